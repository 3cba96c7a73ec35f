"""``sim patterns``: the command, and what it prints."""

import math
import sys

from sim.cli.experiment_options import AS_WRITTEN, Asked, experiment
from sim.cli.options import File
from sim.language import Text
from sim.text.numbers import many


@experiment(without=("store", "cluster", "yes"), replicates=64)
def patterns(asked: Asked, file: File = AS_WRITTEN) -> None:
    """Do simulated firms look like real ones? · 与真实企业的典型规律对照."""
    from sim.cli.asking import say_still_prior
    from sim.cli.experiment_setting import finish, setting
    from sim.cli.pattern_pages import print_patterns
    from sim.cli.progress import watching
    from sim.evidence.patterns.files import files_of_patterns
    from sim.evidence.patterns.look import look, seconds_a_replicate
    from sim.scenario import read_scenario
    from sim.views.from_patterns import pattern_figures

    scenario = read_scenario(file)
    here = setting(scenario, asked)
    sample, threads = here.sample, here.where.workers
    setup = scenario.setup()
    say_still_prior([scenario], asked.language)
    seconds = seconds_a_replicate(setup, sample.seed) * sample.replicates / threads
    said = _duration(sample.replicates, threads, seconds)
    print(said.in_(asked.language), file=sys.stderr)
    with watching(asked.language) as watch:
        found = look(setup, sample.seed, sample.replicates, threads, watch)
    print_patterns(found.findings, scenario, sample.replicates, asked.language)
    texts = files_of_patterns(found, scenario, sample)
    figure = pattern_figures(found, scenario, sample, asked.language)
    finish(asked, f"patterns-{scenario.id}", here, texts, figure)


def _duration(replicates: int, workers: int, seconds: float) -> Text:
    said = max(1, math.ceil(seconds))
    return Text(
        f"{replicates} replicates: about {said} s on {many(workers, 'thread')}",
        f"模拟 {replicates} 次：{workers} 线程约需 {said} 秒",
    )
