"""Ask before a large experiment starts, and say how long it will take."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

import typer

from sim.cli.experiment_options import Asked
from sim.language import Language
from sim.present.screen import print_line
from sim.problems import Problem
from sim.runner import seconds_a_replicate
from sim.scenario import Scenario
from sim.store.block import REPLICATES
from sim.store.fill import missing_blocks
from sim.store.work import threads
from sim.studies.study import Setting
from sim.text.catalogue import worded

LARGE = 20_000
"""Replicates still to run from which on it is asked first."""


class Wanted(NamedTuple):
    """What a study needs."""

    scenarios: Sequence[Scenario]
    here: Setting
    whole: bool = False
    """Whether it needs whole replicates."""


def ask_about(wanted: Sequence[Wanted], asked: Asked) -> None:
    """Make sure of a place to run, and ask whether to go on if many replicates are still to run.

    Args:
        wanted: what studies need that follow each other, in the same place.
        asked: whether to ask, and in which language.

    Raises:
        Problem: the cluster is not there or has no workers, or it is large and there is nobody to
            ask.
        typer.Abort: the answer is no.
    """
    blocks = sum(len(s) * -(-here.sample.replicates // REPLICATES) for s, here, _ in wanted)
    scenarios, here, _ = wanted[0]
    if here.where.cluster is None and (asked.yes or blocks * REPLICATES < LARGE):
        return
    missing = [
        blocks
        for some, there, whole in wanted
        for blocks in missing_blocks(some, there.sample, there.store, whole=whole).values()
    ]
    many = REPLICATES * sum(map(len, missing))
    if many:
        ask_if_many(many, scenarios[0], here, asked)


def say_prior(scenarios: Sequence[Scenario], language: Language) -> None:
    """Say which parameters are drawn from their priors, before anything else is said."""
    for told in dict.fromkeys(each.told_of_prior() for each in scenarios):
        if told is not None:
            print_line(told.in_(language))


def ask_if_many(runs: int, scenario: Scenario, here: Setting, asked: Asked) -> None:
    """Make sure of a place to run, and ask whether to go on with so many replicates.

    Raises:
        Problem: the cluster is not there or has no workers, or they are many and there is nobody
            to ask.
        typer.Abort: the answer is no.
    """
    running = threads(here.where)
    if asked.yes or runs < LARGE:
        return
    one = seconds_a_replicate(scenario.setup(), here.sample.seed)
    minutes = runs * one / running / 60.0
    said = worded(
        "cli.still_to_run",
        runs=runs,
        minutes=worded("cli.minutes", number=round(minutes)),
        threads=worded("study.threads", number=running),
    )
    if not sys.stdin.isatty():
        expected = worded("expected.fewer_or_yes", most=LARGE)
        raise Problem("--replicates", "", said.in_(asked.language), expected)
    typer.confirm(said.in_(asked.language), abort=True, err=True)
