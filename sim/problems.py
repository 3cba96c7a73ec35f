"""Bad input, said in one way: where, which key, what was found, what was expected."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sim.language import Text
from sim.text.catalogue import say, worded

MOST_TOLD = 50
"""Problems after which no more are looked for: thousands would take a minute to find."""


class Problem(Exception):  # noqa: N818 - it is what it tells, not a fault of the program
    """Something that a person gave cannot be used; shown without a traceback, exit status 2."""

    def __init__(
        self, where: str, key: str, found: str, expected: Text, hint: Text | None = None
    ) -> None:
        """Describe the problem.

        Args:
            where: file or option that it is in.
            key: name within that file, "" if none.
            found: what was found there.
            expected: what would have been right.
            hint: a way on, if there is one.
        """
        super().__init__(where, key, found, expected, hint)
        self.where = where
        self.key = key
        self.found = found
        self.expected = expected
        self.hint = hint

    @property
    def each(self) -> "tuple[Problem, ...]":
        """Return the problems that it consists of: itself."""
        return (self,)

    def in_(self, language: str) -> str:
        """Return the message in ``language``."""
        where = self.where.replace("\n", "\\n")  # the name of a file may hold anything
        place = f"{where}: {self.key}" if self.key else where
        told = {"place": place, "found": self.found, "expected": self.expected}
        message = say("list.found", language, **told)
        if self.hint is None:
            return message
        return say("list.hint", language, message=message, hint=self.hint)

    def __str__(self) -> str:
        """Return the message in English."""
        return self.in_("en")


class Problems(Problem):
    """Several problems, told together; the first speaks for all where one is asked for."""

    def __init__(self, found: Sequence[Problem]) -> None:
        """Put problems together; there is at least one."""
        first = found[0]
        super().__init__(first.where, first.key, first.found, first.expected, first.hint)
        self.args = (found,)
        self._each = tuple(one for problem in found for one in problem.each)

    @property
    def each(self) -> tuple[Problem, ...]:
        """Return the problems that it consists of."""
        return self._each

    def in_(self, language: str) -> str:
        """Return the messages in ``language``, one a line."""
        return "\n".join(problem.in_(language) for problem in self.each)


class Gathered:
    """The problems met so far in something that is looked through to its end."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[Problem] = []
        self._told: set[str] = set()

    def add(self, problem: Problem) -> None:
        """Take note of a problem; one that was met before is not told twice.

        Raises:
            Problem: there are so many that nobody reads on; what follows is not looked at.
        """
        for each in problem.each:
            if (said := str(each)) not in self._told:
                self._told.add(said)
                self._found.append(each)
        if len(self._found) >= MOST_TOLD:
            self.tell()

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Take note of the problem that ends the body of the ``with`` statement, and go on."""
        try:
            yield
        except Problem as problem:
            self.add(problem)

    def tell(self) -> None:
        """Raise what was met, if anything was.

        Raises:
            Problem: something was.
        """
        if self._found:
            raise self._found[0] if len(self._found) == 1 else Problems(self._found)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Look through something to its end, and tell all that is wrong with it at once.

    Raises:
        Problem: something was noted.
    """
    found = Gathered()
    yield found
    found.tell()


def meant(name: str | None) -> Text | None:
    """Return the question whether a name was meant, if there is one."""
    return worded("hint.did_you_mean", name=name) if name else None


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return the valid name most like ``name``, or None if none is alike."""
    found = difflib.get_close_matches(name.lower(), list(valid), n=1, cutoff=0.5)
    return found[0] if found else None
