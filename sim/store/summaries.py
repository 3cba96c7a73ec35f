"""The summary of a result, as a table and as JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.calendar import month_index, month_label
from sim.csv_files import ENCODING, table
from sim.plan import PLAN, Reading
from sim.plan.observable import SEEN, observables
from sim.spec.stored import as_json
from sim.store.folder import writing
from sim.store.plain import number, number_or_none

if TYPE_CHECKING:
    from sim.estimate import CountSummary, Interval, Listed, OtherReading, Summary
    from sim.scenario import Scenario

TABLE = "summary.csv"
DOCUMENT = "summary.json"

OBSERVED = ("observed", "known", "known_by", "known_all_sectors", "known_all_sectors_by")
"""How a count can be observed, and how far the city is, strictly and in all sectors, by when."""
HEADER = (
    *("count", "target", "unit", "median", "p10", "p90"),
    *("likelihood", "likelihood_low", "likelihood_high", "about", "about_low", "about_high"),
    "median_year",
)
"""What files say of a count of a scenario; ``OBSERVED`` is of the city."""


def write_summaries(folder: Path, summary: "Summary") -> None:
    """Write ``summary.csv`` and ``summary.json``.

    Raises:
        Problem: the folder cannot be written.
    """
    document = _with_city(to_document(summary))
    with writing(folder):
        (folder / DOCUMENT).write_text(as_json(document), encoding="utf-8")
        (folder / TABLE).write_text(_table(document), encoding=ENCODING, newline="")


def to_table(summary: "Summary") -> str:
    """Return the counts of a summary as CSV."""
    return _table(_with_city(to_document(summary)))


def _table(document: Mapping[str, Any]) -> str:
    columns = (*HEADER, *OBSERVED)
    return table(columns, ([row[key] for key in columns] for row in document["counts"]))


def _with_city(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with how each count can be observed, and how far the city is."""
    rows = [
        row | dict(zip(OBSERVED, _city(row["count"]), strict=True)) for row in document["counts"]
    ]
    return document | {"counts": rows}


def _city(count: str) -> tuple[str | float | None, ...]:
    if (found := observables().get(count)) is None:
        return (None,) * len(OBSERVED)
    latest = [found.latest(reading) for reading in SEEN]
    ends = [(None, None) if each is None else (each.value, each.date) for each in latest]
    return found.reading, *ends[0], *ends[1]


def listed(scenario: "Scenario") -> "Listed | None":
    """Return what list a scenario's draws come from, None if they come from the prior.

    Raises:
        Problem: the posterior cannot be used.
    """
    from sim.estimate import Listed

    fit = scenario.fit()
    return None if fit is None else Listed(fit.rows, fit.effective_rows)


def to_document(summary: "Summary") -> dict[str, Any]:
    """Return the summary as plain values; likelihoods and shares are fractions."""
    return {
        "at": month_label(summary.at),
        "replicates": summary.replicates,
        "draws": summary.draws,
        "sequential": summary.sequential,
        "posterior": _listed(summary),
        **({"baseline": summary.baseline} if summary.baseline else {}),
        "joint": summary.joint._asdict(),
        "joint_about": summary.joint_about._asdict(),
        "counts": [_row(count, summary.listed) for count in summary.counts],
    }


def _listed(summary: "Summary") -> dict[str, Any] | None:
    """Return what is known of the posterior's list of draws, None for the prior."""
    from sim.estimate.intervals import list_error

    if summary.listed is None:
        return None
    return {
        **summary.listed._asdict(),
        "error_at_most": list_error(0.5, summary.listed.effective),
        "used_again": summary.draws > summary.listed.rows,
    }


def _list_errors(count: "CountSummary", listed: "Listed | None") -> dict[str, float]:
    from sim.estimate.intervals import list_error

    if listed is None:
        return {}
    return {
        "likelihood_list_error": list_error(count.likelihood.value, listed.effective),
        "about_list_error": list_error(count.about.value, listed.effective),
    }


def from_document(document: Mapping[str, Any]) -> "Summary":
    """Return the summary that `to_document` wrote down.

    Raises:
        KeyError, TypeError, ValueError: the document is not one of these.
    """
    from sim.estimate import Interval, Listed, Summary

    told = document.get("posterior")
    joint, joint_about = (
        Interval(**{end: number(value) for end, value in document[key].items()})
        for key in ("joint", "joint_about")
    )
    return Summary(
        counts=tuple(_count(row) for row in document["counts"]),
        joint=joint,
        joint_about=joint_about,
        replicates=int(document["replicates"]),
        draws=int(document["draws"]),
        sequential=bool(document["sequential"]),
        at=month_index(document["at"]),
        listed=None
        if told is None
        else Listed(int(told["rows"]), float(number(told["effective"]))),
        baseline=int(document.get("baseline", 0)),
    )


def _row(count: "CountSummary", listed: "Listed | None") -> dict[str, Any]:
    return {
        "count": count.id,
        "target": count.target,
        "unit": count.unit,
        "median": count.median,
        "p10": count.p10,
        "p90": count.p90,
        **_spread("likelihood", count.likelihood),
        **_spread("about", count.about),
        **_list_errors(count, listed),
        "median_year": count.median_year,
        "reading": count.reading,
        "over_parameters": count.over_parameters,
        "luck_share": count.luck_share,
        "parameter_share": count.parameter_share,
        **({} if count.other is None else {"other_reading": _other_row(count.other)}),
    }


def _other_row(other: "OtherReading") -> dict[str, Any]:
    return {
        "reading": other.reading,
        "median": other.median,
        **_spread("likelihood", other.likelihood),
        **_spread("about", other.about),
    }


def _count(row: Mapping[str, Any]) -> "CountSummary":
    from sim.estimate import CountSummary

    over = row["over_parameters"]
    other = row.get("other_reading")
    return CountSummary(
        id=row["count"],
        target=number(row["target"]),
        unit=row["unit"],
        reading=_reading(row["count"], row),
        median=number(row["median"]),
        p10=number(row["p10"]),
        p90=number(row["p90"]),
        likelihood=_interval(row, "likelihood"),
        about=_interval(row, "about"),
        over_parameters=None if over is None else (number(over[0]), number(over[1])),
        median_year=number_or_none(row["median_year"]),
        luck_share=number_or_none(row["luck_share"]),
        parameter_share=number_or_none(row["parameter_share"]),
        other=None if other is None else _other(row["count"], other),
    )


def _other(count: str, row: Mapping[str, Any]) -> "OtherReading":
    from sim.estimate import OtherReading

    return OtherReading(
        reading=_reading(count, row),
        median=number(row["median"]),
        likelihood=_interval(row, "likelihood"),
        about=_interval(row, "about"),
    )


def _reading(name: str, row: Mapping[str, Any]) -> Reading:
    """Return a row's reading of a count, which must be one that the count can have."""
    found: Reading = row["reading"]
    if not any(count.id == name and found in count.readings for count in PLAN.counts):
        raise ValueError(f"{name} cannot be read as {found!r}")
    return found


def _spread(name: str, interval: "Interval") -> dict[str, float]:
    return {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}


def _interval(row: Mapping[str, Any], name: str) -> "Interval":
    from sim.estimate import Interval

    return Interval(*(number(row[key]) for key in (name, f"{name}_low", f"{name}_high")))
