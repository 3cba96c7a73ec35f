"""The commands of evidence: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_commands import Cluster, Out, Place, Seed, Workers
from sim.cli.guard import guarded
from sim.cli.options import LangOption, language_chosen

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")]
Figures = Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")]


def calibrate(
    runs: Annotated[
        int, typer.Option("--runs", help="In both waves · 两轮合计模拟次数", min=64, max=10_000_000)
    ] = 20_000,
    use: Annotated[
        bool, typer.Option("--use", help="Let runs draw from it · 供此后的运行使用")
    ] = False,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Yes = False,
    figures: Figures = True,
    lang: LangOption = None,
) -> None:
    """Which parameters agree with what was observed · 用观测数据校准参数."""
    language = language_chosen(lang)
    with guarded(language):
        from sim.cli.asking import ask_if_large
        from sim.cli.calibrating import print_calibration, say_used
        from sim.cli.experiment_setting import finished, setting
        from sim.cli.progress import watching
        from sim.evidence.calibration.calibrate import SEED, WAVES, Plan, calibrate, first_wave
        from sim.evidence.calibration.files import Report, files_of, use_from_now_on
        from sim.evidence.calibration.observations import last
        from sim.views.calibration import calibration_figures

        until = last()
        wave, sample = first_wave(runs, SEED if seed is None else seed, until)
        here = setting(wave, sample.replicates, sample.seed, workers, store, cluster)
        ask_if_large([wave], here, yes, language)
        with watching(language) as watch:
            found = calibrate(until, Plan(runs, here.store, here.where, watch, sample.seed))
        report = Report(found)
        print_calibration(report, language)
        figure = calibration_figures(report, language) if figures else ()
        sample = sample._replace(replicates=WAVES * sample.replicates)
        finished(out, f"calibration-{until}", sample, files_of(report), figure, language)
        if use:
            say_used(use_from_now_on(report), language)


COMMANDS = (calibrate,)
