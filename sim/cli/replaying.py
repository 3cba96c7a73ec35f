"""``sim replay``: one replicate again, through the Mesa model, and a firm's life in it."""

from pathlib import Path

import numpy as np

from sim.calendar import month_label
from sim.cluster_model import ClusterModel
from sim.digest import model_hash
from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.store import Result, load_result
from sim.store.manifest import MANIFEST
from sim.store.result import check_replicate
from sim.text.catalogue import say, titles, worded
from sim.text.joining import series
from sim.trace.life import Event, life_of
from sim.trace.listing import Listed, some_firms
from sim.trace.names import Called, called

LIST = "firms"
FIRM = "firm:"
EXAMPLES = 3
TRACEABLE = worded("expected.traceable")
LISTS_SOME = worded("hint.trace_lists_some")
OLD_MODEL = worded("hint.other_model")
HEADS = ("trace", "track", "district", "founded", "readiness", "sales", "end")
"""Titles, by their names among the texts, as are the next."""
LIFE = ("month", "what_happens")


def replay_one(folder: Path, replicate: int, traced: str | None, language: Language) -> None:
    """Rerun a replicate, say that it gives the bytes that are stored, and trace a firm if asked.

    Args:
        folder: of the result.
        replicate: number of the replicate.
        traced: ``firm:`` and how its name ends or its identity, ``firms``, or None.
        language: of what is printed.

    Raises:
        Problem: the result is damaged, has no such replicate, or the bytes differ, as they may
            when another version of the model made it; or there is no such firm.
    """
    asked = _asked(traced)
    result = load_result(folder, language)
    check_replicate(result, replicate)
    model = ClusterModel(result.scenario().setup(), result.seed, replicate)
    life = [] if asked is None else list(life_of(model, asked))
    while model.running:
        model.step()
    _check(result, model)
    if asked is not None and not life:
        raise _unknown(str(traced), model)
    print_line(say("replay.same_bytes", language, replicate=replicate, month=model.month))
    if traced == LIST:
        _print_firms(some_firms(model), language)
    elif life:
        _print_life(life, language)


def _check(result: Result, model: ClusterModel) -> None:
    """Compare a model that has run to its horizon with the replicate of the stored result.

    Raises:
        Problem: there is no such replicate, or the bytes differ.
    """
    replicate, found = model.luck[1], model.trajectory()
    try:
        counts, measures = result.recorded(replicate)
        if not (np.array_equal(counts, found.counts) and np.array_equal(measures, found.measures)):
            expected = worded("expected.stored_bytes")
            raise Problem(str(result.folder), "replicate", str(replicate), expected)
    except Problem as problem:
        raise (_of_another_model(result) or problem) from None


def _of_another_model(result: Result) -> Problem | None:
    found, expected = str(result.manifest["model_hash"]), model_hash()
    if found == expected:
        return None
    where = str(result.folder / MANIFEST)
    return Problem(where, "model_hash", found, Text(expected, expected), OLD_MODEL)


def _asked(traced: str | None) -> Called | None:
    """Return the firm to trace; None if none is named.

    Raises:
        Problem: it is written wrongly.
    """
    if traced is None or traced == LIST:
        return None
    found = called(traced.removeprefix(FIRM)) if traced.startswith(FIRM) else None
    if found is None:
        raise Problem("--trace", "", traced, TRACEABLE)
    return found


def _unknown(traced: str, model: ClusterModel) -> Problem:
    examples = [f"{FIRM}{firm.called}" for firm in some_firms(model)[:EXAMPLES]]
    expected = worded("expected.firm", names=series(examples))
    return Problem("--trace", "", traced, expected, LISTS_SOME)


def _print_firms(firms: list[Listed], language: Language) -> None:
    rows = [
        [
            f"{FIRM}{firm.called}",
            firm.track.in_(language),
            firm.district.in_(language),
            str(firm.founded),
            str(firm.level),
            f"{firm.sales:.2f}",
            firm.fate.in_(language),
        ]
        for firm in firms
    ]
    print_line(say("replay.listed", language))
    print_table(titles("replay", HEADS, language), rows, numbers=(3, 4, 5), whole=(0,))


def _print_life(life: list[Event], language: Language) -> None:
    rows = [[month_label(max(event.month, 0)), event.what.in_(language)] for event in life]
    print_table(titles("replay", LIFE, language), rows, whole=(0,))
    if life[-1].kind != "ends":
        print_line(say("replay.ends_there", language))
