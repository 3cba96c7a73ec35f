"""Digests of rules and priors: what is done changes them, how it is written does not."""

import os
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import sim.tokens
from sim.digest import MODEL, digest_of_priors, digest_of_rules, priors_digest
from sim.language import Text
from sim.parameters import PARAMETERS, UNCERTAIN, Parameter
from sim.plan import PLAN
from sim.tokens import of_tokens, words

SOURCE = '''"""A rule."""

from sim.language import Text

RATE = 0.5
"""Of something."""
LABELS = {"firms": Text("firms", f"企业{1}")}


def rule(firm: int) -> str:
    """Say what it does."""
    # Why it is so.
    if firm > RATE:
        return f"{firm!r:>{3}}" + "x"
    return ""
'''


def changed(old: str, new: str) -> str:
    assert old in SOURCE
    return SOURCE.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Of something.", "Of something else."),
        ('    """Say what it does."""\n', ""),
        ("    # Why it is so.\n", ""),
        ("RATE:\n", "RATE:  # so\n\n"),
        ("        return f", "            return f"),
        ('Text("firms", f"企业{1}")', 'Text("companies", "公司")'),
        ("(firm: int) -> str", "(\n    firm: int\n) -> str"),
    ],
)
def test_how_a_rule_is_written_changes_nothing(old: str, new: str) -> None:
    assert list(words(changed(old, new))) == list(words(SOURCE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.5", "0.6"),
        ("firm > RATE", "firm >= RATE"),
        ("!r", "!s"),
        ("{3}", "{4}"),
        ('"x"', '"y"'),
        ('"firms":', '"talents":'),
        (
            '    if firm > RATE:\n        return f"',
            '    if firm > RATE:\n        pass\n    return f"',
        ),
    ],
)
def test_what_a_rule_does_changes_its_words(old: str, new: str) -> None:
    assert list(words(changed(old, new))) != list(words(SOURCE))


def test_strings_that_a_newer_python_takes_apart_are_put_together() -> None:
    """What Python 3.12 makes of an f-string, as 3.11 cannot show it."""
    source = 'x = f"{a!r}b"\n'
    row = [
        ("NAME", "x", 0, 1), ("OP", "=", 2, 3), ("FSTRING_START", 'f"', 4, 6), ("OP", "{", 6, 7),
        ("NAME", "a", 7, 8), ("OP", "!", 8, 9), ("NAME", "r", 9, 10), ("OP", "}", 10, 11),
        ("FSTRING_MIDDLE", "b", 11, 12), ("FSTRING_END", '"', 12, 13), ("NEWLINE", "\n", 13, 14),
    ]  # fmt: skip
    tokens = [(kind, text, (1, start), (1, end)) for kind, text, start, end in row]
    assert list(of_tokens(tokens, source)) == list(words(source)) == ["x", "=", 'f"{a!r}b"', ""]


OTHER = """
import hashlib, importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("tokens", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
home = pathlib.Path(sys.argv[1]).parent
found = hashlib.sha256()
for path in sorted(each for name in sys.argv[2:] for each in (home / name).rglob("*.py")):
    found.update("\\n".join(module.words(path.read_text(encoding="utf-8"))).encode())
print(found.hexdigest())
"""


def _newer() -> list[str]:
    """Return the other Pythons of this machine that can be started."""
    found = [shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14)]
    return [each for each in found if each and _says(each, "-c", "print(1)") == "1"]


def _says(*call: str) -> str:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(call, capture_output=True, text=True, env=environment, check=False)
    return done.stdout.strip()


def test_every_python_here_finds_the_same_words_in_the_folders_that_digests_read() -> None:
    others = _newer()
    if not others:
        pytest.skip("no other Python on this machine")
    folders = [name for name in MODEL if not name.endswith(".py")]
    asked = ("-c", OTHER, str(Path(sim.tokens.__file__)), *folders)
    here = _says(sys.executable, *asked)
    assert len(here) == 64
    assert {_says(python, *asked) for python in others} == {here}


Change = Callable[[Parameter], Parameter]
NAME, FIRST = next(iter(UNCERTAIN.items()))


@pytest.mark.parametrize(
    "change",
    [
        lambda each: replace(each, source="another"),
        lambda each: replace(each, meaning=Text("another", "另一")),
        lambda each: replace(each, group="another"),
    ],
    ids=("source", "meaning", "group"),
)
def test_sources_and_notes_of_parameters_change_nothing(change: Change) -> None:
    assert digest_of_priors({**PARAMETERS, NAME: change(FIRST)}) == priors_digest()


@pytest.mark.parametrize(
    "change",
    [
        lambda each: replace(each, default=each.default * 1.0001),
        lambda each: replace(each, name="another"),
        lambda each: replace(each, prior=replace(each.prior, high=each.prior.high * 1.0001)),
        lambda each: replace(each, prior=replace(each.prior, kind="fixed")),
    ],
    ids=("default", "name", "end", "kind"),
)
def test_numbers_and_priors_change_the_digest(change: Change) -> None:
    assert digest_of_priors({**PARAMETERS, NAME: change(FIRST)}) != priors_digest()


def test_the_order_of_a_vector_counts_and_that_of_the_table_does_not() -> None:
    rows = list(PARAMETERS.items())
    vector = [name for name in PARAMETERS if ":" in name][:2]
    one, two = (list(PARAMETERS).index(name) for name in vector)
    swapped = [*rows]
    swapped[one], swapped[two] = rows[two], rows[one]
    assert digest_of_priors(dict(swapped)) != priors_digest()
    by_field = sorted(rows, key=lambda row: row[0].partition(":")[0], reverse=True)
    assert digest_of_priors(dict(by_field)) == priors_digest()


def test_of_the_plan_only_what_rules_read_counts() -> None:
    district = PLAN.districts[0]
    renamed = replace(district, name=Text("Another", "另一"))
    larger = replace(district, population=district.population + 1)

    def digest(first: object) -> str:
        plan = replace(PLAN, districts=(first, *PLAN.districts[1:]))  # type: ignore[arg-type]
        return digest_of_rules({"a.py": SOURCE}, "1,2", plan)

    assert digest(renamed) == digest(district) != digest(larger)
    assert digest_of_rules({"a.py": SOURCE}, "1,3", PLAN) != digest(district)


def test_a_source_that_is_no_python_is_an_error() -> None:
    with pytest.raises((SyntaxError, tokenize.TokenError)):
        list(words("x = ("))
