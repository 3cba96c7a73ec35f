"""Tables of a TOML file, read with the expected type or refused with a clear message."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from sim.language import Text
from sim.problems import Problem, meant, nearest
from sim.text.catalogue import worded
from sim.text.joining import alternatives, series

NOTHING = "—"
"""What a message says was found where there is nothing, in any language."""


class Table(NamedTuple):
    """A table in a file, and where in it the table stands."""

    file: str
    place: str
    values: Mapping[str, Any]

    def only(self, *keys: str) -> "Table":
        """Return the table itself, having made sure that it has no other keys.

        Raises:
            Problem: it has another key; names the nearest allowed one.
        """
        for key in self.values:
            if key not in keys:
                hint = meant(nearest(key, keys))
                raise Problem(self.file, self._at(key), key, series(keys), hint)
        return self

    def text(self, key: str) -> str:
        """Return a text that is not empty.

        Raises:
            Problem: it is missing or of another type.
        """
        return str(self._checked(key, isinstance(self.values.get(key), str), "some_text"))

    def choice(self, key: str, *choices: str) -> str:
        """Return one of some texts.

        Raises:
            Problem: it is missing or another.
        """
        if self.values.get(key) not in choices:
            raise self.problem(key, alternatives(choices))
        return str(self.values[key])

    def whole(self, key: str) -> int:
        """Return a whole number of at least 0.

        Raises:
            Problem: it is missing or something else.
        """
        value = self.values.get(key)
        fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return int(self._checked(key, fits, "whole_number_at_least_0"))

    def number(self, key: str) -> float:
        """Return a number.

        Raises:
            Problem: it is missing or of another type.
        """
        value = self.values.get(key)
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return float(self._checked(key, fits, "number"))

    def flag(self, key: str) -> bool:
        """Return true or false.

        Raises:
            Problem: it is missing or of another type.
        """
        fits = isinstance(self.values.get(key), bool)
        return bool(self._checked(key, fits, "true_or_false"))

    def both(self, key: str) -> Text:
        """Return a text in both languages.

        Raises:
            Problem: it is missing, or lacks a language.
        """
        value = self._checked(key, isinstance(self.values.get(key), dict), "en_and_zh")
        table = Table(self.file, self._at(key), value).only("en", "zh")
        return Text(table.text("en"), table.text("zh"))

    def table(self, key: str) -> "Table":
        """Return a table within this one.

        Raises:
            Problem: it is missing or of another type.
        """
        value = self._checked(key, isinstance(self.values.get(key), dict), "table")
        return Table(self.file, self._at(key), value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty if it is not there.

        Raises:
            Problem: it is something else.
        """
        value = self.values.get(key, [])
        fits = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        if not fits:
            raise Problem(self.file, self._at(key), repr(value), worded("expected.texts"))
        return tuple(value)

    def tables(self, key: str) -> Iterator["Table"]:
        """Yield the tables of a list, each named by its id or its number from 1.

        Raises:
            Problem: there is no list, or something in it is not a table.
        """
        value = self.values.get(key)
        fits = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        entries = self._checked(key, fits, "list_of_tables")
        for number, entry in enumerate(entries, 1):
            yield Table(self.file, f"{self._at(key)}.{entry.get('id', number)}", entry)

    def problem(self, key: str, expected: Text, hint: Text | None = None) -> Problem:
        """Return the problem that the value of a key is not as expected."""
        found = repr(self.values[key]) if key in self.values else NOTHING
        return Problem(self.file, self._at(key), found, expected, hint)

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def _checked(self, key: str, fits: bool, expected: str) -> Any:
        if not fits or self.values[key] in ("", {}):
            raise self.problem(key, worded(f"expected.{expected}"))
        return self.values[key]


def read(folder: Traversable, name: str) -> Table:
    """Return a whole TOML file as a table.

    Raises:
        Problem: the file is missing, or is not TOML in UTF-8.
    """
    try:
        return Table(name, "", tomllib.loads((folder / name).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # not there, bad UTF-8 or bad TOML
        found = str(error) if isinstance(error, ValueError) else error.strerror or NOTHING
        raise Problem(name, "", found, worded("expected.toml_file")) from error
