"""``sim patterns``: the command, and what it prints."""

import math
import sys
from typing import Annotated

import typer

from sim.cli.experiment_options import AS_WRITTEN, Out, Seed, Workers
from sim.cli.guard import guarded
from sim.cli.options import File, LangOption, language_chosen
from sim.language import Text

REPLICATES = 64


def patterns(
    file: File = AS_WRITTEN,
    replicates: Annotated[
        int, typer.Option("--replicates", help="Replicates to measure · 模拟次数")
    ] = REPLICATES,
    seed: Seed = None,
    workers: Workers = None,
    out: Out = None,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """Do simulated firms look like real ones? · 与真实企业的典型规律对照."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.experiment_setting import finished
        from sim.cli.pattern_pages import print_patterns
        from sim.cli.progress import watching
        from sim.evidence.patterns.files import files_of_patterns
        from sim.evidence.patterns.look import look, seconds_a_replicate
        from sim.experiments.fill import Sample
        from sim.order import check, even, processors
        from sim.scenario import read_scenario
        from sim.views.from_patterns import pattern_figures

        scenario = read_scenario(file)
        for name, value in (("replicates", replicates), ("seed", seed), ("workers", workers)):
            if value is not None:
                check(name, value)
        sample = Sample(scenario.seed if seed is None else seed, even(replicates))
        threads = workers or processors()
        setup = scenario.setup()
        seconds = seconds_a_replicate(setup, sample.seed) * sample.replicates / threads
        print(_duration(sample.replicates, threads, seconds).in_(language), file=sys.stderr)
        with watching(language) as watch:
            found = look(setup, sample.seed, sample.replicates, threads, watch)
        print_patterns(found.findings, scenario, sample.replicates, language)
        texts = files_of_patterns(found, scenario, sample)
        figure = pattern_figures(found, scenario, sample, language) if figures else ()
        finished(out, f"patterns-{scenario.id}", sample, texts, figure, language)


def _duration(replicates: int, workers: int, seconds: float) -> Text:
    said = max(1, math.ceil(seconds))
    return Text(
        f"{replicates} replicates: about {said} s on {workers} threads",
        f"模拟 {replicates} 次：{workers} 线程约需 {said} 秒",
    )
