"""The summary on disk: a fixed header, the same numbers in both files, nothing lost on the way."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.estimate import Summary, summarise
from sim.plan import PLAN
from sim.store import write_summaries
from sim.store.summaries import from_document, to_document
from sim.world.layout import END_OF_2030
from tests.store.made import trajectory

HEADER = (
    "count,target,unit,median,p10,p90,likelihood,likelihood_low,likelihood_high,"
    "about,about_low,about_high,median_year"
)


def a_summary() -> Summary:
    counts = np.stack([trajectory(number).counts for number in range(8)])
    return summarise(counts, np.arange(8) // 2, END_OF_2030, 0.1, False)


def test_the_header_that_others_read(tmp_path: Path) -> None:
    write_summaries(tmp_path, a_summary())
    lines = (tmp_path / "summary.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADER
    assert [line.partition(",")[0] for line in lines[1:]] == [count.id for count in PLAN.counts]


def test_both_files_say_the_same(tmp_path: Path) -> None:
    write_summaries(tmp_path, a_summary())
    document = json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))
    with (tmp_path / "summary.csv").open(encoding="utf-8", newline="") as file:
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
    for each in (summary, replace(summary, counts=(unknown, *summary.counts[1:]), sequential=True)):
        assert from_document(json.loads(json.dumps(to_document(each)))) == each
