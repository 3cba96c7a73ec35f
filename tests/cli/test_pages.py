"""The commands that only show: whole, in both languages, on any terminal."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from sim.evidence import instruments
from sim.evidence.instruments import said_of_counts, said_of_instrument, said_of_instruments
from sim.language import Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import scenario_names
from tests.cli.conftest import Command

COMMANDS = ("plan", "parameters", "scenarios", "show", "check", "run", "replay")
CHINESE = re.compile("[\u4e00-\u9fff]")


def squeezed(text: str) -> str:
    """Return a text without the blanks and line ends that a table adds."""
    return "".join(text.split())


def noted(said: Text) -> str:
    return squeezed(said.in_("zh"))


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_the_help_names_every_command(command: Command, words: tuple[str, ...]) -> None:
    said = command(*words)
    assert said.status == 0
    for name in COMMANDS:
        assert f"  {name} " in said.out


@pytest.mark.parametrize("name", [*COMMANDS, "sweep", "import", "store", "elicit"])
def test_every_command_s_help_is_in_the_language_asked_for(command: Command, name: str) -> None:
    """By an option behind it or before it, or by the surroundings; nothing is in two languages."""
    words = (name, "--help")
    english, chinese = command(*words).out, command("--lang", "zh", *words).out
    assert command(*words, "--lang", "zh").out == chinese
    assert english and not CHINESE.search(english)
    assert not re.search("help[.]|Show|Usage|Options|needed|else:", chinese)
    for lines in chinese.split("\n\n")[1:2]:
        assert CHINESE.search(lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_names_every_count_cluster_and_lever(command: Command, language: str) -> None:
    said = command("plan", "--lang", language)
    assert said.status == 0
    shown = squeezed(said.out)
    for entry in (*PLAN.counts, *PLAN.levers, *PLAN.clusters):
        assert squeezed(entry.name.in_(language)) in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_s_text_is_shown_sentence_by_sentence(command: Command, language: str) -> None:
    """Each with what stands for it, or why nothing does; instruments with what they move."""
    said = command("plan", "--text", "--lang", language)
    shown = squeezed(said.out)
    assert said.status == 0
    for sentence in PLAN.sentences:
        for words in (sentence, *sentence.policies):
            assert squeezed(words.words) in shown
            assert words.left_out is None or squeezed(words.left_out.in_(language)) in shown
    for instrument in PLAN.instruments:
        name = squeezed(instrument.name.in_(language))
        assert any(f"→{name}{colon}" in shown for colon in (":", "："))


def test_the_plan_s_text_is_shown_whole(command: Command) -> None:
    said = command("plan", "yulin", "--text", "--lang", "en")
    assert said.status == 2
    assert "--text" in said.err


@pytest.mark.parametrize("lever", [lever.id for lever in PLAN.levers])
def test_a_lever_shows_every_instrument_with_its_sentence_and_what_it_was_measured_to_move(
    command: Command, lever: str
) -> None:
    said = command("plan", lever, "--lang", "zh")
    assert said.status == 0
    shown = squeezed(said.out)
    for instrument in PLAN.instruments:
        if instrument.lever == lever:
            assert squeezed(instrument.sentence) in shown
            assert squeezed(instrument.acts_on.zh) in shown
            assert noted(said_of_instrument(instrument.id)) in shown
    assert ("少征的税收" in shown) == (lever == "policy_support")


@pytest.mark.parametrize("name", ["yulin", "雨林计划", "Rainforest Plan", "guidance_fund"])
def test_a_lever_or_instrument_goes_by_any_of_its_names(command: Command, name: str) -> None:
    said = command("plan", name)
    assert said.status == 0
    assert "guidance_fund" in said.out


@pytest.mark.parametrize(("typed", "meant"), [("yuln", "yulin"), ("guidance_fnd", "guidance_fund")])
def test_a_misspelt_name_is_answered_with_the_nearest(
    command: Command, typed: str, meant: str
) -> None:
    said = command("plan", typed)
    assert (said.status, said.out) == (2, "")
    assert f"Did you mean {meant}" in said.err


def test_parameters_are_all_listed(command: Command) -> None:
    shown = squeezed(command("parameters").out)
    missing = [name for name in PARAMETERS if squeezed(name) not in shown]
    assert missing == []


def test_parameters_of_a_group_or_one_alone(command: Command) -> None:
    group = command("parameters", "population")
    assert "firms_2022" in group.out
    assert "knowledge_decay" not in group.out
    assert "Parameters shown: 1;" in command("parameters", "firms_2022").out
    said = command("parameters", "firms_2023")
    assert said.status == 2
    assert "firms_2022" in said.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shipped_scenario_is_listed_shown_and_sound(command: Command, language: str) -> None:
    names = scenario_names()
    listed = command("scenarios", "--lang", language).out
    assert all(name in listed for name in names)
    assert command("check", *names).status == 0
    assert "2030-12" in command("show", "as-written", "--lang", language).out


def test_a_scenario_s_readings_are_shown_and_checked(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('extends = "as-written"\n[readings]\ncolleges = "stock"\n', encoding="utf-8")
    assert "read as stock: future technology colleges," in command("show", file, "--lang", "en").out
    assert "口径为存量：未来技术学院、" in command("show", file, "--lang", "zh").out
    assert command("check", file).status == 0
    file.write_text('[readings]\nstandards = "stock"\n', encoding="utf-8")
    said = command("check", file, "--lang", "en")
    assert (said.status, said.out) == (2, "")
    assert "No figure of the stock of 2022 is known" in said.err


@pytest.mark.parametrize(("language", "yes", "no"), [("en", "yes", "no: "), ("zh", "能", "不能：")])
def test_couplings_are_listed_with_who_writes_and_whether_they_can_be_held(
    command: Command, language: str, yes: str, no: str
) -> None:
    out = command("show", "as-written", "--couplings", "--lang", language).out
    (held,) = [line for line in out.splitlines() if "tracks.pay > finance" in line]
    assert held.split()[3:] == ["jobs", yes]
    (refused,) = [line for line in out.splitlines() if "firms.level > market" in line]
    assert "readiness" in refused
    assert no in refused


def test_the_plan_says_how_each_count_can_be_read(command: Command) -> None:
    lines = command("plan").out.splitlines()
    # What was measured of instruments comes after the table, and may begin a line as it does.
    rows = {line.split()[0]: line for line in reversed(lines) if line.strip()}
    for count in PLAN.counts:
        others = [reading for reading in count.readings if reading != count.reading]
        told = f" {count.reading} ({others[0]}) " if others else f" {count.reading} "
        assert told in rows[count.id]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "words", [("plan",), ("plan", "yulin"), ("parameters",), ("scenarios",), ("show", "as-written")]
)
def test_a_narrow_terminal_cuts_nothing(
    command: Command, monkeypatch: pytest.MonkeyPatch, language: str, words: tuple[str, ...]
) -> None:
    wide = command(*words, "--lang", language).out
    monkeypatch.setattr("sim.present.screen.WIDE", 80)
    narrow = command(*words, "--lang", language).out
    assert max(cell_len(line) for line in narrow.splitlines()) <= 80
    # The same letters, which stand elsewhere where cells go on in a second line.
    assert sorted(letters(narrow)) == sorted(letters(wide))


def letters(text: str) -> str:
    """Return a text without blanks and rules."""
    return squeezed(text).replace("─", "")


def test_check_looks_at_every_file(command: Command) -> None:
    said = command("check", "nonesuch", "as-written", "nonesuch-either")
    assert said.status == 2
    assert said.out.startswith("as-written: can be run")
    assert said.err.count("expected the name or path of a scenario") == 2


def test_check_takes_sweeps_as_well(command: Command, tmp_path: Path) -> None:
    status, out, _ = command("check", "scenarios/sweeps/six-plans.toml", "--lang", "en")
    assert (status, "64 scenarios" in out) == (0, True)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('base = "as-written"\ndesign = "no such design"\n')
    status, _, err = command("check", str(wrong), "--lang", "en")
    assert status == 2
    assert "wrong.toml: design" in err


def test_the_plan_says_what_no_instrument_and_which_instruments_move_nothing(
    command: Command,
) -> None:
    shown = squeezed(command("plan", "--lang", "zh").out)
    for said in (said_of_counts(), said_of_instruments()):
        assert said is not None
        assert noted(said) in shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_plan_says_where_tracks_were_read_that_its_text_does_not_list(
    command: Command, language: str
) -> None:
    """The news paragraphs name extended reality; none of the others is in what was printed."""
    shown = squeezed(command("plan", "--lang", language).out)
    elsewhere = [track for track in PLAN.tracks if track.source.en.startswith("figure")]
    assert len(elsewhere) == 10
    for track in elsewhere:
        assert squeezed(track.source.in_(language)) in shown
        assert ("news" in track.source.en) == (track.id == "extended_reality")


def test_a_scenario_says_which_of_its_instruments_move_little(
    command: Command, tmp_path: Path
) -> None:
    nothing, acts = instruments.judged("weak")[0], instruments.judged("acts")[0]
    lever = {entry.id: entry.lever for entry in PLAN.instruments}
    file = tmp_path / "changed.toml"
    for name in (nothing, acts):
        part = "plans" if lever[name] in {each.id for each in PLAN.plans} else "safeguards"
        file.write_text(
            f'extends = "as-written"\n[{part}.{lever[name]}.{name}]\ndose = 2\n', encoding="utf-8"
        )
        told = instruments.said_of_instruments([name])
        assert (told is not None) == (name == nothing)
        shown = squeezed(command("check", file, "--lang", "zh").out)
        assert ("实测" in shown) == (name == nothing)
        assert told is None or noted(told) in shown
    every = said_of_instruments()
    assert every is not None
    assert noted(every) in squeezed(command("show", file, "--lang", "zh").out)
