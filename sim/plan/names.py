"""From a name, as somebody writes it, to the entry of the plan that goes by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.language import Text, plain
from sim.problems import Problem, nearest

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "lever": ("计划", "jihua", "plan"),
    "district": ("新区", "区", "xinqu", "qu", "newarea", "district"),
    "cluster": ("产业集群", "集群", "产业", "cluster"),
}
"""Kind of entry -> endings that say the kind and may be left out, as `plain` leaves them."""

KINDS: Mapping[str, Text] = {
    "lever": Text("a plan or safeguard", "计划或保障措施"),
    "instrument": Text("an instrument", "举措"),
    "count": Text("a count", "目标"),
    "cluster": Text("a cluster", "集群"),
    "track": Text("a track", "赛道"),
    "district": Text("a district", "区"),
}

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

    def find(self, name: str) -> str:
        """Return the id of the entry that goes by ``name``.

        Raises:
            Problem: none does; names the nearest.
        """
        found = self.keys.get(key(self.kind, name))
        if found is None:
            raise Problem(WHERE, self.kind, name, self._expected(), self._hint(name))
        return found

    def _expected(self) -> Text:
        words, ids = KINDS[self.kind], tuple(self.names)
        return Text(f"{words.en}: {', '.join(ids)}", f"{words.zh}：{'、'.join(ids)}")

    def _hint(self, name: str) -> Text | None:
        for former in self.former:
            if key(self.kind, name) in former.names:
                en, zh = self.names[former.heir]
                return Text(
                    f"{name} has been part of {en} since {former.year}: write {former.heir}",
                    f"{name}自{former.year}年起并入{zh}：请写 {former.heir}",
                )
        for part in self.within:
            if plain(name) in part.names:
                en, zh = self.names[part.of]
                whole = KINDS[self.kind]
                return Text(
                    f"{name} lies in {en}, and what is asked for here is {whole.en}: {part.of}?",
                    f"{name}在{zh}内，此处须写{whole.zh}：{part.of}？",
                )
        close = nearest(plain(name), self.keys)
        if close is None:
            return None
        entry = self.keys[close]
        en, zh = self.names[entry]
        return Text(f"Did you mean {entry} ({en})?", f"是否想写 {entry}（{zh}）？")


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
                    expected = Text("a name of one entry only", "每个名称只对应一个条目")
                    raise Problem(WHERE, kind, both, expected)
    return Directory(kind, names, keys, former, within)
