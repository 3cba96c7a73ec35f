"""Who has an identity: namespaces that keep the luck of one kind from another's.

A namespace is the highest byte of an identity (`sim.engine.chance.identity`), so identities of two
kinds are never the same, whatever numbers name them. The plain integers below are for compiled
rules.
"""

from enum import IntEnum, auto
from typing import Final


class Namespace(IntEnum):
    """Kinds of things that luck belongs to. A new one goes to the end: others keep their luck."""

    FIRST_FIRM = auto()
    """A firm that is there in month 0, by its number."""
    FIRST_FUND = auto()
    """A fund that is there in month 0, by its number; 0 is the guidance fund."""
    FIRST_TALENT = auto()
    """A talent who is there in month 0, by their number."""
    FIRST_PROGRAMME = auto()
    """A programme that is open in month 0, by its kind and its number among them."""
    KNOWN_PROGRAMME = auto()
    """A programme that is known to have opened, by its kind, number and month of opening."""
    PROGRAMME = auto()
    """A programme that is proposed, by its kind, place and month."""
    START_UP = auto()
    """A firm founded by a talent, by the talent's identity and the month."""
    FIRM_FROM_OUTSIDE = auto()
    """A firm that may move in, by its number and the month."""
    LEADING_FIRM = auto()
    """A leading firm outside future industries, by its number."""
    GRADUATE = auto()
    """A graduate of a university, by number and month."""
    COLLEGE_GRADUATE = auto()
    """A graduate of a technology college, by the college's identity, number and month."""
    ARRIVAL = auto()
    """A person who may come of themselves, by number and month."""
    CALLED = auto()
    """A person who may come because the plan calls, by number and month."""
    ADDED_FIRM = auto()
    """A firm that somebody adds between two months, by its number among all that are added."""
    ADDED_TALENT = auto()
    """A talent whom somebody adds, likewise."""
    ADDED_FUND = auto()
    """A fund that somebody adds, likewise."""
    PLACE = auto()
    """A place where programmes may be proposed, by cluster, district and four kinds at a time."""
    CHOICE = auto()
    """A firm's choice of district, by the firm's identity and four districts at a time."""
    MEETING = auto()
    """A firm's meeting with a fund, by the firm's identity and the meeting's number."""
    SEARCH = auto()
    """The month's search for posts, by the month."""
    CALLS = auto()
    """The calls for a kind of programme, by the kind."""
    CITY = auto()
    """The city as a whole."""


FIRST_FIRM: Final = Namespace.FIRST_FIRM.value
FIRST_FUND: Final = Namespace.FIRST_FUND.value
FIRST_TALENT: Final = Namespace.FIRST_TALENT.value
FIRST_PROGRAMME: Final = Namespace.FIRST_PROGRAMME.value
KNOWN_PROGRAMME: Final = Namespace.KNOWN_PROGRAMME.value
PROGRAMME: Final = Namespace.PROGRAMME.value
START_UP: Final = Namespace.START_UP.value
FIRM_FROM_OUTSIDE: Final = Namespace.FIRM_FROM_OUTSIDE.value
LEADING_FIRM: Final = Namespace.LEADING_FIRM.value
GRADUATE: Final = Namespace.GRADUATE.value
COLLEGE_GRADUATE: Final = Namespace.COLLEGE_GRADUATE.value
ARRIVAL: Final = Namespace.ARRIVAL.value
CALLED: Final = Namespace.CALLED.value
ADDED_FIRM: Final = Namespace.ADDED_FIRM.value
ADDED_TALENT: Final = Namespace.ADDED_TALENT.value
ADDED_FUND: Final = Namespace.ADDED_FUND.value
PLACE: Final = Namespace.PLACE.value
CHOICE: Final = Namespace.CHOICE.value
MEETING: Final = Namespace.MEETING.value
SEARCH: Final = Namespace.SEARCH.value
CALLS: Final = Namespace.CALLS.value
CITY: Final = Namespace.CITY.value
