"""Protects what the rest of the package counts on: ids, their order, and both languages."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

import pytest

from sim import city
from sim.figures import figure
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.plan import PLAN

ORDER = {
    "counts": "output colleges innovation_centres clusters pilot_zones components products"
    " standards leading_firms ecosystem_firms technology_centres hightech_enterprises scenarios",
    "clusters": "health intelligence energy space materials",
    "tracks": "brain_computer biosecurity synthetic_biology gene_cell_therapy"
    " intelligent_computing general_ai extended_reality quantum six_g advanced_nuclear"
    " energy_storage deep_sea aerospace membranes composites non_silicon_chips",
    "districts": "huangpu xuhui changning jingan putuo hongkou yangpu minhang baoshan jiading"
    " pudong jinshan songjiang qingpu fengxian chongming",
    "zones": "lingang zhangjiang zizhu",
    "plans": "zhuji lingpao xieshou kaiyuan yanzhen yulin",
    "safeguards": "organisation strategic_research policy_support reform climate",
    "instruments": "technology_colleges research_institute consortia innovation_centres"
    "      transfer_nodes  big_science pilot_zones accelerators test_fields"
    " ecosystem_cultivation  soe_assessment ownership_ties firm_attraction stars sourcing"
    " validation integration  promotion open_challenges scientist_autonomy global_talents"
    " risk_sharing  workstations guidance_fund financial_products standards_bodies"
    " ip_protection forums  coordination designations track_focus ministry_cooperation"
    " expert_group promotion_platform super_deduction first_of_kind  vouchers"
    " consumer_subsidies  product_promotion grants talent_services financing_support"
    " market_access talent_burden  land data tolerance trial_applications"
    " scenario_building",
}


def texts(entry: object, path: str = "PLAN") -> Iterator[tuple[str, Text]]:
    """Yield every text in both languages, with where it is."""
    if isinstance(entry, Text):
        yield path, entry
    elif isinstance(entry, tuple):
        for number, part in enumerate(entry):
            yield from texts(part, f"{path}.{getattr(part, 'id', number)}")
    elif is_dataclass(entry):
        for field in fields(entry):
            yield from texts(getattr(entry, field.name), f"{path}.{field.name}")


def chinese(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize("group", ORDER)
def test_ids_stand_in_the_order_that_tables_rely_on(group: str) -> None:
    assert [entry.id for entry in getattr(PLAN, group)] == ORDER[group].split()


def test_levers_are_plans_then_safeguards() -> None:
    assert [lever.kind for lever in PLAN.levers] == ["plan"] * 6 + ["safeguard"] * 5
    of_levers = [entry for lever in PLAN.levers for entry in lever.instruments]
    assert list(PLAN.instruments) == of_levers
    for lever in PLAN.levers:
        assert {entry.lever for entry in lever.instruments} == {lever.id}


def test_tracks_stand_cluster_by_cluster() -> None:
    clusters = [track.cluster for track in PLAN.tracks]
    assert list(dict.fromkeys(clusters)) == [cluster.id for cluster in PLAN.clusters]
    assert [clusters.count(cluster.id) for cluster in PLAN.clusters] == [4, 5, 2, 2, 3]


def test_targets_are_the_published_ones() -> None:
    published = [figure(f"F{number:03}").number for number in range(1, 14)]
    assert [count.target for count in PLAN.counts] == published


def test_only_the_clusters_are_not_about() -> None:
    assert [count.id for count in PLAN.counts if not count.about] == ["clusters"]


def test_acts_are_counted_from_october_2022_and_output_over_a_year() -> None:
    by_reading = {
        reading: {count.id for count in PLAN.counts if count.reading == reading}
        for reading in ("flow", "new")
    }
    assert by_reading["flow"] == {"output"}
    assert by_reading["new"] == {"colleges", "components", "products", "standards", "leading_firms"}


def test_a_count_can_be_read_as_what_is_known_of_it() -> None:
    """A stock of 2022 is known of colleges alone; output has no stock."""
    readings = {count.id: count.readings for count in PLAN.counts}
    assert readings["output"] == ("flow",)
    assert readings["colleges"] == ("new", "stock")
    for name in ("components", "products", "standards", "leading_firms"):
        assert readings[name] == ("new",)
    assert all(len(found) == 2 for found in readings.values() if found[0] == "stock")
    assert {name: found[0] for name, found in readings.items()} == PLAN.readings


def test_what_stood_before_is_the_figure_s_number() -> None:
    known = {count.id: count.before for count in PLAN.counts if count.before is not None}
    assert list(known) == ["colleges"]
    assert known["colleges"].number == figure("F027").number == 1
    assert "F027" in known["colleges"].source.en
    assert "F027" in known["colleges"].source.zh


def test_every_kind_of_programme_is_called_for_by_one_instrument() -> None:
    called = [
        entry.programme for entry in PLAN.instruments if entry.programme and not entry.part_of
    ]
    assert sorted(called) == sorted(PROGRAMME_KINDS)


def test_every_instruments_cost_is_a_parameter() -> None:
    with city.file("parameters.csv").open(encoding="utf-8") as file:
        parameters = {row["name"] for row in csv.DictReader(file)}
    missing = [entry.cost for entry in PLAN.instruments if entry.cost not in parameters]
    assert missing == []


def test_as_written_is_a_dose_of_one_after_a_ramp() -> None:
    assert {entry.dose for entry in PLAN.instruments} == {1.0}
    assert {entry.ramp_months for entry in PLAN.instruments} == {6, 12}


def test_whatever_a_person_reads_is_in_both_languages() -> None:
    found = list(texts(PLAN))
    assert len(found) > len(PLAN.instruments) * 2
    for path, text in found:
        assert text.en.strip(), path
        assert not chinese(text.en.replace("(亿元)", "")), path
        assert chinese(text.zh) or text.zh == "6G", path
        assert not set(text.zh) & set(",;:()?"), path


def test_every_sentence_has_an_english_rendering() -> None:
    entries: tuple[Any, ...] = (*PLAN.counts, *PLAN.clusters, *PLAN.instruments, *PLAN.sentences)
    for entry in entries:
        assert chinese(entry.sentence)
        assert entry.gloss.endswith("."), entry.gloss
        assert not chinese(entry.gloss), entry.gloss


def test_nobody_can_change_the_plan() -> None:
    with pytest.raises(FrozenInstanceError):
        PLAN.counts[0].target = 1  # type: ignore[misc]


def test_reading_the_plan_loads_nothing_heavy() -> None:
    """The command line must answer at once."""
    heavy = "{'numpy', 'numba', 'mesa', 'scipy', 'pyarrow', 'matplotlib'}"
    code = f"import sys, sim.plan; sys.exit(sorted({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
