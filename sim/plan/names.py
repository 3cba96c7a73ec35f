"""From a name, as somebody writes it, to the entry of the plan that goes by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from sim.language import Text, plain
from sim.problems import Problem, nearest
from sim.text.catalogue import worded
from sim.text.joining import series

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "lever": ("计划", "jihua", "plan"),
    "district": ("新区", "区", "xinqu", "qu", "newarea", "district"),
    "cluster": ("产业集群", "集群", "产业", "cluster"),
    "track": ("赛道", "track"),
    "zone": ("先导区", "zone"),
}
"""Kind of entry -> endings that say the kind and may be left out, as `plain` leaves them."""


WHERE = "plan"


class Former(NamedTuple):
    """What has become part of an entry, and since which year."""

    names: tuple[str, ...]
    heir: str
    """Id of the entry."""
    year: int


@dataclass(frozen=True)
class Named:
    """Anything in the plan that goes by an id and by names in both languages."""

    id: str
    """What code and files call it."""
    name: Text
    """What people call it."""
    aliases: tuple[str, ...]
    """What else it goes by."""


class Within(NamedTuple):
    """What lies in an entry and is none itself: a zone in a district, a track in a cluster."""

    names: tuple[str, ...]
    """In the form of `plain`."""
    of: str
    """Id of the entry."""


@dataclass(frozen=True)
class Directory:
    """The names of all entries of a kind."""

    kind: str
    names: Mapping[str, Text]
    """Id -> name."""
    keys: Mapping[str, str]
    """Any name in the forms of `plain` and of `key` -> id."""
    former: tuple[Former, ...] = ()
    within: tuple[Within, ...] = ()

    def find(self, name: str, also: Self | None = None) -> str:
        """Return the id of the entry that goes by ``name``.

        Args:
            name: any of its names.
            also: what else could be named there, told where nothing goes by the name.

        Raises:
            Problem: none does; names the nearest.
        """
        found = self.keys.get(key(self.kind, name))
        if found is None:
            raise Problem(WHERE, self.kind, name, self._expected(also), self._hint(name, also))
        return found

    def _expected(self, also: Self | None) -> Text:
        own = {"kind": worded(f"plan.{self.kind}"), "names": series(self.names)}
        if also is None:
            return worded("expected.of_kind", **own)
        parts = {"part": worded(f"plan.{also.kind}"), "parts": series(also.names)}
        return worded("expected.of_kind_or_part", **own, **parts)

    def _hint(self, name: str, also: Self | None) -> Text | None:
        for former in self.former:
            if key(self.kind, name) in former.names:
                told = {"name": name, "year": former.year, "heir": former.heir}
                return worded("hint.former", whole=self.names[former.heir], **told)
        for part in self.within:
            if plain(name) in part.names:
                told = {"name": name, "kind": worded(f"plan.{self.kind}"), "id": part.of}
                return worded("hint.within", place=self.names[part.of], **told)
        known = {**self.keys, **(also.keys if also else {})}
        names = {**self.names, **(also.names if also else {})}
        close = nearest(plain(name), known)
        if close is None:
            return None
        return worded("hint.did_you_mean_called", id=known[close], name=names[known[close]])


def key(kind: str, name: str) -> str:
    """Return the form in which names of a kind are compared: plain, and without its ending."""
    short = plain(name)
    for ending in ENDINGS.get(kind, ()):
        if short.endswith(ending) and short != ending:
            return short.removesuffix(ending)
    return short


def directory(
    kind: str,
    entries: Iterable[Named],
    former: tuple[Former, ...] = (),
    within: tuple[Within, ...] = (),
) -> Directory:
    """Return the names of some entries of a kind.

    Raises:
        Problem: two entries go by the same name.
    """
    names: dict[str, Text] = {}
    keys: dict[str, str] = {}
    for entry in entries:
        names[entry.id] = entry.name
        for name in (entry.id, *entry.name, *entry.aliases):
            for form in (plain(name), key(kind, name)):
                if keys.setdefault(form, entry.id) != entry.id:
                    both = f"{name}: {keys[form]}, {entry.id}"
                    raise Problem(WHERE, kind, both, worded("expected.name_of_one"))
    return Directory(kind, names, keys, former, within)
