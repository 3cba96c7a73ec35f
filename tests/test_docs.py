"""Protects the documentation: what it names exists, and what a command wrote into it is current."""

import ast
import csv
import inspect
import io
import re
import shlex
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cli.app import whole_app
from sim.evidence.cards.derive import verdict
from sim.evidence.instruments import judged
from sim.experiments.objective_file import read_objective
from sim.experiments.sweep_file import read_sweep
from sim.language import Language
from sim.ledger import ledger
from sim.mechanisms import PROGRAMME_KINDS
from sim.model.rules.month import SCHEDULE
from sim.model.world import tables
from sim.model.world.layout import COUNTS, MEASURES
from sim.parameters import PARAMETERS
from sim.plan import PLAN
from sim.scenario import read_scenario, scenario_names
from tests.scripts import script

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT, ROOT / "docs", ROOT / "scenarios", ROOT / "results")
PAGES = sorted(chain.from_iterable(folder.glob("*.md") for folder in FOLDERS))
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MODEL = (ROOT / "docs/model.md").read_text(encoding="utf-8")
PREPARING = (
    "climate",
    "policy",
    "rivals",
    "screening draws",
    "access",
    "consequences",
    "locations",
)
"""Processes that only prepare the month for others: section 3 says what each is for."""
GOING_ON = ("proposals", "administration", "jobs", "layoffs", "building")
"""Processes that go on with what the one before began, in the same section."""
PROCESSES = [name for name in SCHEDULE.names if name not in (*PREPARING, *GOING_ON)]
TWINS = [(f"{page}.md", f"{page}.zh.md") for page in ("README", "docs/guide", "docs/gallery")]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
STANDS_FOR = {"mine", "文件", "名称"}
"""Words that stand for what a reader writes, besides words in capitals."""
SHORT = {"u", "z", "k", "dose", "services", "city"}
"""What the model's equations introduce themselves."""
FOR_PROCESSES = (
    "sim.calendar",
    "sim.engine.measure",
    "sim.engine.process",
    "sim.language",
    "sim.ensemble",
)
"""What the page on processes of one's own imports."""
PLUMBING = {"__init__.py", "room.py"}
"""Files in sim/model/rules that say nothing about the model."""

each_page = pytest.mark.parametrize(
    "path", PAGES, ids=[path.relative_to(ROOT).as_posix() for path in PAGES]
)


def read(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> list[str]:
    """Return the fenced blocks of some languages."""
    return [body for language, body in FENCE.findall(text) if language in languages]


def in_sentences(text: str) -> set[str]:
    """Return what stands between single backticks outside blocks."""
    return set(INLINE.findall(FENCE.sub("", text)))


def commands(lines: Iterator[str] | list[str]) -> Iterator[list[str]]:
    """Yield the words of every line that is a command of this project."""
    for line in lines:
        if re.match(r"(sim|make|python) [\w/-]", line.strip()):
            yield shlex.split(line.partition("    ")[0], comments=True)


def parameter_names() -> set[str]:
    """Return the names of scalar parameters and of vectors."""
    return {name.partition(":")[0] for name in PARAMETERS}


def code_names() -> set[str]:
    """Return every name that the model's description may use as code."""
    entries = (PLAN.levers, PLAN.instruments, PLAN.clusters, PLAN.tracks, PLAN.districts)
    fields = (*tables.FIRM_FIELDS, *tables.TALENT_FIELDS)
    return {
        *SHORT,
        *parameter_names(),
        *SCHEDULE.names,
        *COUNTS,
        *MEASURES,
        *PROGRAMME_KINDS,
        *(entry.id for entry in chain.from_iterable(entries)),
        *(field.name for field in fields),
    }


@pytest.mark.parametrize("page", ["api", "cities", "data", "evidence", "instruments", "keys"])
def test_a_page_that_is_written_is_up_to_date(page: str) -> None:
    text = read(f"docs/{page}.md")
    written = script("written").updated(text, page, script(f"make_{page}").generated())
    assert written == text, f"run: python docs/make_{page}.py --write"


def test_priors_are_taken_from_cards_and_never_typed() -> None:
    """Into the table as it is: rows of other parameters stay, and each new source has its words."""
    adopting = script("make_priors")
    table = read("sim/cities/shanghai/parameters.csv")
    found = adopting.chosen(["crowding", "college_lag"])
    new, told = adopting.adopted(table, found)
    before, after = (
        {row["name"]: row for row in csv.DictReader(io.StringIO(text))} for text in (table, new)
    )
    assert {name for name in before if before[name] != after[name]} <= {"crowding", "college_lag"}
    for name, card in found.items():
        prior = verdict(card).prior
        assert prior is not None
        kind, *ends = prior
        assert after[name]["prior"] == kind
        assert [float(after[name][key]) for key in ("low", "default", "high")] == ends
        assert told[after[name]["source"]]
    with pytest.raises(SystemExit, match="no card"):
        adopting.chosen(["crowdin"])


def test_a_range_of_figures_cites_all_of_it() -> None:
    assert script("make_data").cited("F249 to F251, and F012") == {"F012", "F249", "F250", "F251"}


def test_a_row_of_the_ledger_is_used_as_it_says() -> None:
    data = script("make_data")
    cited = data.uses()
    found = {name: data.use_of(cited.get(name, ())) for name in ledger()}
    assert found == {name: entry.use for name, entry in ledger().items()}


def test_what_contributing_names_exists() -> None:
    named = re.findall(r"`((?:sim|tests|docs)/[\w/.]+)`", CONTRIBUTING)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_model_page_has_a_section_a_process_in_the_order_of_the_month() -> None:
    assert re.findall(r"^### 7\.\d+ (\w+)$", MODEL, re.MULTILINE) == list(PROCESSES)
    assert re.findall(r"^\d+\. `(\w+)`:", MODEL, re.MULTILINE) == list(PROCESSES)


def test_the_model_page_names_every_rule_file() -> None:
    files = {path.name for path in ROOT.glob("sim/model/rules/*.py")} - PLUMBING
    assert {name for name in files if f"`sim/model/rules/{name}`" not in MODEL} == set()


def test_the_model_page_names_no_parameter_that_does_not_exist() -> None:
    assert set(re.findall(r"\bp\.(\w+)", MODEL)) - {"x"} - parameter_names() == set()
    names = {word for word in in_sentences(MODEL) if re.fullmatch(r"[a-z]\w*", word)}
    assert names - code_names() == set()


def test_the_model_page_names_every_parameter() -> None:
    named = in_sentences(MODEL) | set(re.findall(r"\bp\.(\w+)", MODEL))
    assert parameter_names() - named == set()


def test_the_model_page_doses_instruments_and_names_all_of_them() -> None:
    ids = {entry.id for entry in PLAN.instruments}
    assert set(re.findall(r"dose\[(\w+)\]", MODEL)) - {"i"} <= ids
    assert ids - set(re.findall(r"\w+", MODEL)) == set()


def test_the_model_page_counts_only_programmes_that_exist() -> None:
    assert set(re.findall(r"services\[(\w+)\]", MODEL)) - {"k"} <= set(PROGRAMME_KINDS)


@each_page
def test_commands_exist(path: Path) -> None:
    text = read(path)
    lines = [line for body in blocks(text, "sh", "text") for line in body.split("\n")]
    for program, *words in commands([*lines, *in_sentences(text)]):
        {"sim": check_sim, "make": check_make, "python": check_python}[program](words)


@cache
def commands_for(name: str) -> Any:
    """Return the group of commands that a command line of that command is read with."""
    return whole_app([name], "en")


def check_sim(words: list[str]) -> None:
    group = commands_for(words[0])
    name, *rest = words
    if name in {option for entry in group.params for option in entry.opts}:
        return
    assert name in group.commands, words
    if rest and f"{name} {rest[0]}" in group.commands:
        name, rest = f"{name} {rest[0]}", rest[1:]
    if rest and rest[0] in getattr(group.commands[name], "commands", {}):
        group, (name, *rest) = group.commands[name], rest
    options = {option for entry in group.commands[name].params for option in entry.opts}
    assert {word for word in rest if word.startswith("--")} <= options, words
    given = rest[: next((k for k, word in enumerate(rest) if word.startswith("--")), len(rest))]
    named = [word for word in given if not word.isupper() and word not in STANDS_FOR]
    if name == "plan":
        assert all(PLAN.resolve("lever", word) for word in named)
    if name in ("run", "show", "check"):
        assert {Path(word).stem for word in named} <= set(scenario_names()), words


def check_make(words: list[str]) -> None:
    targets = re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE)
    assert {word for word in words if "=" not in word} <= set(targets), words


def check_python(words: list[str]) -> None:
    script = Path(words[1].replace(".", "/")) if words[0] == "-m" else Path(words[0])
    assert (ROOT / script).exists() or (ROOT / script.with_suffix(".py")).exists(), words


DEPLOYERS = ("dask_jobqueue", "dask_kubernetes.operator")
"""What people install to start a cluster: named in a page, and no dependency of ours."""


@each_page
def test_scenarios_in_pages_can_be_read(path: Path, tmp_path: Path) -> None:
    for number, body in enumerate(blocks(read(path), "toml")):
        file = tmp_path / f"{number}.toml"
        file.write_text(body, encoding="utf-8")
        if re.search("^design", body, re.MULTILINE):
            assert read_sweep(file).points
        elif re.search("^counts", body, re.MULTILINE):
            assert read_objective(file).aims
        elif "file =" not in body:  # tests/cli/test_own_process.py runs what names code
            assert read_scenario(file).name.zh != file.stem


@each_page
def test_python_in_pages_calls_what_there_is(path: Path) -> None:
    for body in blocks(read(path), "python"):
        for node in ast.walk(ast.parse(body)):
            if isinstance(node, ast.ImportFrom):
                assert node.module in ("sim", "mesa.batchrunner", *DEPLOYERS, *FOR_PROCESSES)
                if node.module == "sim":
                    assert {alias.name for alias in node.names} <= set(sim.__all__)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in sim.__all__:
                check_call(node)


def check_call(node: ast.Call) -> None:
    """Check that a function of ours takes the arguments that a page gives it."""
    function = getattr(sim, node.func.id)  # type: ignore[attr-defined]
    given: list[None] = [None] * len(node.args)
    inspect.signature(function).bind(*given, **{str(word.arg): None for word in node.keywords})


@pytest.mark.parametrize(("english", "chinese"), TWINS)
def test_both_languages_show_the_same(english: str, chinese: str) -> None:
    one, two = read(english), read(chinese)
    assert len(re.findall(r"^##", one, re.MULTILINE)) == len(re.findall(r"^##", two, re.MULTILINE))
    for language in ("sh", "toml", "python"):
        assert len(blocks(one, language)) == len(blocks(two, language))
    assert [ast.dump(ast.parse(code)) for code in blocks(one, "python")] == [
        ast.dump(ast.parse(code)) for code in blocks(two, "python")
    ]
    shown = [
        [words[:2] for words in commands("\n".join(blocks(text, "sh")).split("\n"))]
        for text in (one, two)
    ]
    assert shown[0] == shown[1] != []


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_readme_says_of_instruments_what_was_measured(page: str, language: Language) -> None:
    text, whole = " ".join(read(page).split()), len(PLAN.instruments)
    acts, weak, none = (len(judged(verdict)) for verdict in ("acts", "weak", "none"))
    assert acts + weak + none == whole
    said = {
        "en": f"{acts} of {whole} move a count or another outcome clearly, {weak} more only weakly,"
        f" and {none} nothing",
        "zh": f"{whole} 项中有 {acts} 项使某项目标或其他结果明显变动，另有 {weak} 项作用微弱，"
        f"{none} 项无",
    }
    assert said[language] in text
