"""Scenario files: where they are, and what is in them as TOML."""

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from sim import city
from sim.language import Text, plain
from sim.problems import Problem, meant, nearest
from sim.scenario.keys import said
from sim.scenario.place import Place, shorten, shown
from sim.text.catalogue import worded

SUFFIX = ".toml"
BESIDE = Path("scenarios")
"""The folder of scenarios in the folder that the user is in."""
_INSTALLED = Path(__file__).resolve().parents[1] / "shipped"
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _INSTALLED.parents[1] / BESIDE
"""The folder of scenarios that comes with the program: data of an installed package, made from the
project's own folder, which stands in for it where the project is run from its sources."""

_SLIPS = (
    (re.compile(r"[=\[{,]\s*[“”‘’„«»＂＇`]|^\s*[“”‘’]"), "hint.straight_quotes"),
    (re.compile(r"=\s*\d{4}[-/.年]\d{1,2}(?!\d|-\d)"), "hint.month_quoted"),
    (
        re.compile(r"=\s*(on|off|yes|no|True|False|TRUE|FALSE|ON|OFF|是|否|开|关)\s*($|[,}#])"),
        "hint.true_and_false",
    ),
    (re.compile(r"^[^\"'#]*[＝，［］｛｝：]"), "hint.half_width_signs"),
    # A line that begins with a name, not quoted, which is not all in plain Latin letters.
    (re.compile(r"^\s*\[*[^\"'#=]*[^\x00-\x7f]"), "hint.chinese_quoted"),
)
"""What people often write in a line that is then no TOML, and what is right, by the name of its
text; the first holds."""
_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def scenario_folders() -> tuple[Path, ...]:
    """Return the folders of scenarios, the user's first: what is there shadows what is shipped."""
    return tuple(folder for folder in (BESIDE, SHIPPED) if folder.is_dir())


def scenario_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of scenarios of this city in alphabetical order.

    Args:
        folder: where to look; by default in all of ``scenario_folders()``.

    Raises:
        Problem: a folder cannot be read.
    """
    folders = scenario_folders() if folder is None else (folder,)
    return tuple(sorted({name for place in folders for name in _names(place)}))


def _names(folder: Path) -> Iterator[str]:
    try:
        files = [file for file in folder.iterdir() if file.suffix == SUFFIX]
    except OSError as error:
        expected = worded("expected.scenario_folder")
        raise Problem(str(folder), "", os.strerror(error.errno or 0), expected) from error
    yield from (file.stem for file in files if of_this_city(file))


def of_this_city(file: Path) -> bool:
    """Return whether a file is about the city of this process; one that says none is about any."""
    with suppress(Problem):  # told by whoever reads the file
        about = _city_of(file, changed_at(file))
        return about == "" or city.find(about, str(file), file.parent) == city.folder()
    return True


@lru_cache(maxsize=256)
def _city_of(file: Path, _changed: int) -> str:
    """Return the city that a file says; the list of scenarios is made again and again."""
    return str(said(read_toml(file), "city") or "")


def changed_at(file: Path) -> int:
    """Return when a file was changed, in nanoseconds; 0 if there is none."""
    with suppress(OSError):
        return file.stat().st_mtime_ns
    return 0


def find(name: str | Path, nearby: Path | None = None) -> Path:
    """Return the file that a path or a name means.

    A file at that path comes first, with or without ``.toml``; then one of that name among the
    scenarios where the user is, then one among the project's; last one of this city whose title
    it is, in Chinese or English.

    Args:
        name: a path or the name of a scenario.
        nearby: folder that a path is relative to; by default the one where the user is.

    Raises:
        FileNotFoundError: there is no such file.
    """
    for folder in (nearby or Path(), BESIDE, SHIPPED):
        for file in (folder / name, folder / f"{name}{SUFFIX}"):
            if _is(file, Path.is_file):
                return file
    for folder in scenario_folders():
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            if plain(str(name)) in _titles(file, changed_at(file)) and of_this_city(file):
                return file
    raise FileNotFoundError(str(name))


@lru_cache(maxsize=256)
def _titles(file: Path, _changed: int) -> frozenset[str]:
    """Return a file's own name in both languages, without spaces and punctuation."""
    with suppress(Problem):  # told by whoever reads the file
        name = said(read_toml(file), "name")
        titles = name.values() if isinstance(name, dict) else (name,)
        return frozenset(plain(each) for each in titles if isinstance(each, str))
    return frozenset()


def alike(name: str | Path, nearby: Path | None = None) -> Text | None:
    """Say why a path or name may mean no scenario: its folder is not there, or it is misspelt."""
    folder = (nearby or Path()) / Path(name).parent
    if not _is(folder, Path.is_dir):
        lost = shorten(str(folder))
        return worded("hint.no_folder", folder=lost)
    return meant(nearest(Path(name).stem, scenario_names()))


def names_in(folder: str) -> list[str]:
    """Return the names of this city's files in a folder beside the scenarios, in order."""
    places = (each / folder for each in (BESIDE, SHIPPED))
    files = (file for place in places for file in place.glob(f"*{SUFFIX}"))
    return sorted({file.stem for file in files if of_this_city(file)})


def find_in(folder: str, path_or_name: str | Path, expected: Text) -> Path:
    """Return the file that a path, or a name in a folder beside the scenarios, means.

    Raises:
        Problem: there is none; it says what was expected, and the nearest name.
    """
    for place in (Path(), BESIDE / folder, SHIPPED / folder):
        for file in (place / path_or_name, place / f"{path_or_name}{SUFFIX}"):
            if _is(file, Path.is_file):
                return file
    close = nearest(Path(path_or_name).stem, names_in(folder))
    raise Problem(str(path_or_name), "", "—", expected, meant(close))


def read_toml(file: Path) -> dict[str, object]:
    """Return what a TOML file says.

    Raises:
        Problem: it cannot be read or is not TOML; names the line.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        expected = worded("expected.readable_file")
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected) from error
    except UnicodeDecodeError as error:
        found = f"byte {error.start}: 0x{error.object[error.start]:02x}"
        raise Problem(str(file), "", found, worded("expected.utf8")) from error
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_toml(file, text, str(error)) from error


def _not_toml(file: Path, text: str, message: str) -> Problem:
    """Return the problem with a text that is not TOML, as the parser's message tells it."""
    lines = text.split("\n")
    match = _LINE.search(message)
    number = min(int(match[1]), len(lines)) if match else len(lines)
    reason = shorten(_LINE.sub("", message))
    expected = worded("expected.toml", reason=reason)
    line = lines[number - 1]
    found = shorten(line).strip() or shown(line)
    hint = next((worded(key) for slip, key in _SLIPS if slip.search(line)), None)
    return Problem(f"{file}:{number}", "", found, expected, hint)


def upwards(file: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """Yield a file and then all that it extends, one after the other, each with what it says.

    Raises:
        Problem: one of them is missing, is not TOML, or extends itself through others.
    """
    seen: dict[Path, Path] = {}
    while True:
        document = read_toml(file)
        seen[file.resolve()] = file
        yield file, document
        name = said(document, "extends")
        if name is None:
            return
        file = _extended(file, name, seen)


def _extended(file: Path, name: object, seen: dict[Path, Path]) -> Path:
    """Return the file that another one extends."""
    place = Place(str(file), ("extends",))
    expected = worded("expected.other_scenario")
    if not isinstance(name, str) or not name:
        raise place.problem(name, expected)
    try:
        found = find(name, file.parent)
    except FileNotFoundError as error:
        raise place.problem(name, expected, alike(name, file.parent)) from error
    if found.resolve() in seen:
        path = [*seen.values(), found]
        way = shorten(" -> ".join(entry.name for entry in path))
        expected = worded("expected.no_circle")
        raise Problem(str(file), "extends", way, expected)
    return found


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """Return whether there is a file or folder; a path that the system refuses has none."""
    try:
        return kind(path)
    except (OSError, ValueError):
        return False
