"""Scenario files: where they are, and what is in them as TOML."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from sim.language import Text
from sim.problems import Problem, nearest
from sim.scenario.place import Place, meant, shorten, shown

SUFFIX = ".toml"
BESIDE = Path("scenarios")
"""The folder of scenarios in the folder that the user is in."""
_INSTALLED = Path(__file__).resolve().parents[1] / "shipped"
SHIPPED = _INSTALLED if _INSTALLED.is_dir() else _INSTALLED.parents[1] / BESIDE
"""The folder of scenarios that comes with the program: data of an installed package, made from the
project's own folder, which stands in for it where the project is run from its sources."""

_QUOTES = Text("Names in Chinese stand in quotation marks", "中文名称须加引号")
_BARE_NAME = re.compile(r"\s*\[*[^\"'#=]*[^\x00-\x7f]")
"""A line that begins with a name, not quoted, which is not all in plain Latin letters."""
_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def scenario_folders() -> tuple[Path, ...]:
    """Return the folders of scenarios, the user's first: what is there shadows what is shipped."""
    return tuple(folder for folder in (BESIDE, SHIPPED) if folder.is_dir())


def scenario_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of scenarios in alphabetical order.

    Args:
        folder: where to look; by default in all of ``scenario_folders()``.

    Raises:
        Problem: a folder cannot be read.
    """
    folders = scenario_folders() if folder is None else (folder,)
    return tuple(sorted({name for place in folders for name in _names(place)}))


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from (file.stem for file in folder.iterdir() if file.suffix == SUFFIX)
    except OSError as error:
        expected = Text("a folder of scenario files", "存放情景文件的文件夹")
        raise Problem(str(folder), "", os.strerror(error.errno or 0), expected) from error


def find(name: str | Path, nearby: Path | None = None) -> Path:
    """Return the file that a path or a name means.

    A file at that path comes first, with or without ``.toml``; then one of that name among the
    scenarios where the user is, then one among the project's.

    Args:
        name: a path or the name of a scenario.
        nearby: folder that a path is relative to; by default the one where the user is.

    Raises:
        FileNotFoundError: there is no such file.
    """
    for folder in (nearby or Path(), BESIDE, SHIPPED):
        for file in (folder / name, folder / f"{name}{SUFFIX}"):
            if _is_file(file):
                return file
    raise FileNotFoundError(str(name))


def alike(name: str | Path) -> Text | None:
    """Return the question whether a scenario with a similar name was meant."""
    return meant(nearest(Path(name).stem, scenario_names()))


def read_toml(file: Path) -> dict[str, object]:
    """Return what a TOML file says.

    Raises:
        Problem: it cannot be read or is not TOML; names the line.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        expected = Text("a file that can be read", "可读取的文件")
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected) from error
    except UnicodeDecodeError as error:
        found = f"byte {error.start}: 0x{error.object[error.start]:02x}"
        raise Problem(str(file), "", found, Text("text in UTF-8", "UTF-8 文本")) from error
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
    expected = Text(f"valid TOML ({reason})", f"合法的 TOML（{reason}）")
    line = lines[number - 1]
    found = shorten(line).strip() or shown(line)
    hint = _QUOTES if _BARE_NAME.match(line) else None
    return Problem(f"{file}:{number}", "", found, expected, hint)


def chain(file: Path) -> list[tuple[Path, dict[str, object]]]:
    """Return a file and all that it extends, the outermost first, each with what it says.

    Raises:
        Problem: one of them is missing, is not TOML, or extends itself through others.
    """
    return list(_upwards(file))[::-1]


def _upwards(file: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    seen: dict[Path, Path] = {}
    while True:
        document = read_toml(file)
        seen[file.resolve()] = file
        yield file, document
        if "extends" not in document:
            return
        file = _extended(file, document["extends"], seen)


def _extended(file: Path, name: object, seen: dict[Path, Path]) -> Path:
    """Return the file that another one extends."""
    place = Place(str(file), ("extends",))
    expected = Text("the name or path of another scenario", "另一情景的名称或路径")
    if not isinstance(name, str) or not name:
        raise place.problem(name, expected)
    try:
        found = find(name, file.parent)
    except FileNotFoundError as error:
        raise place.problem(name, expected, alike(name)) from error
    if found.resolve() in seen:
        path = [*seen.values(), found]
        way = shorten(" -> ".join(entry.name for entry in path))
        expected = Text("files that do not extend each other in a circle", "不循环继承的文件")
        raise Problem(str(file), "extends", way, expected)
    return found


def _is_file(path: Path) -> bool:
    """Return whether there is a file; a path that the system refuses (too long, say) has none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
