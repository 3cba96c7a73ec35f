"""The summary on disk: a fixed header, the same numbers in both files, nothing lost on the way."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.estimate import Summary, summarise
from sim.estimate.readings import Readings, others
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.store import write_summaries
from sim.store.summaries import from_document, to_document
from tests.store.made import trajectory

HEADER = (
    "count,target,unit,median,p10,p90,likelihood,likelihood_low,likelihood_high,"
    "about,about_low,about_high,median_year,"
    "observed,known,known_by,known_all_sectors,known_all_sectors_by"
)


COLLEGES = [count.id for count in PLAN.counts].index("colleges")


def a_summary(readings: Readings = PLAN.readings) -> Summary:
    """Return a summary of eight replicates, in which colleges depend on their reading."""
    counts = np.stack([trajectory(number).counts for number in range(8)])
    counts[:, :, COLLEGES] = np.floor(counts[:, :, COLLEGES])
    return summarise(counts, np.arange(8) // 2, DUE, 0.1, False, readings)


def test_the_header_that_others_read(tmp_path: Path) -> None:
    write_summaries(tmp_path, a_summary())
    lines = (tmp_path / "summary.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == HEADER
    assert [line.partition(",")[0] for line in lines[1:]] == [count.id for count in PLAN.counts]


def test_both_files_say_the_same(tmp_path: Path) -> None:
    write_summaries(tmp_path, a_summary())
    document = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    with (tmp_path / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    for row, entry in zip(table, document["counts"], strict=True):
        for key, text in row.items():
            value = entry[key]
            if isinstance(value, float):
                assert float(text) == value
            else:
                assert text == ("" if value is None else str(value))


def test_the_document_says_how_it_was_estimated() -> None:
    document = to_document(a_summary())
    assert document["at"] == "2030-12"
    assert (document["replicates"], document["draws"], document["sequential"]) == (8, 4, False)
    assert document["joint"]["low"] <= document["joint"]["value"] <= document["joint"]["high"]
    assert {"over_parameters", "luck_share", "parameter_share"} <= set(document["counts"][0])


def test_a_summary_survives_being_written_and_read() -> None:
    summary = a_summary()
    unknown = replace(summary.counts[0], median_year=None, luck_share=None, parameter_share=None)
    assert summary.counts[COLLEGES].other is not None
    for each in (
        summary,
        a_summary(others(PLAN.readings)),
        replace(summary, counts=(unknown, *summary.counts[1:]), sequential=True),
    ):
        assert from_document(json.loads(json.dumps(to_document(each)))) == each


def test_readings_are_in_the_document_and_not_in_the_table(tmp_path: Path) -> None:
    """The other reading is told where a likelihood differs in it, and nowhere else."""
    summary = a_summary()
    write_summaries(tmp_path, summary)
    document = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    for row, count in zip(document["counts"], summary.counts, strict=True):
        assert row["reading"] == count.reading
        assert ("other_reading" in row) == (count.other is not None)
    colleges = document["counts"][COLLEGES]
    there = a_summary({**PLAN.readings, "colleges": "stock"}).counts[COLLEGES]
    assert colleges["other_reading"] == {
        "reading": "stock",
        "median": there.median,
        "likelihood": there.likelihood.value,
        "likelihood_low": there.likelihood.low,
        "likelihood_high": there.likelihood.high,
        "about": there.about.value,
        "about_low": there.about.low,
        "about_high": there.about.high,
    }
    assert "stock" not in (tmp_path / "summary.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("number", "reading"), [(COLLEGES, "flow"), (0, "new"), (COLLEGES, None)])
def test_a_reading_that_a_count_cannot_have_is_noticed(number: int, reading: object) -> None:
    document = to_document(a_summary())
    document["counts"][number]["reading"] = reading
    with pytest.raises(ValueError, match="cannot be read as"):
        from_document(document)
