"""What a random number is for: the last word of its counter, so that no two decisions share luck.

The plain integers below are for compiled rules. A process declares those for which it draws.
"""

from enum import IntEnum, auto
from typing import Final


class Purpose(IntEnum):
    """Decisions that chance takes part in. A new one goes to the end: others keep their luck."""

    POPULATION = auto()
    """Who and what there is in month 0."""
    PROPOSAL = auto()
    """Whether a programme is proposed at a place."""
    BUILDING_TIME = auto()
    """How long a programme is built."""
    PRIORITY = auto()
    """A proposal's luck among proposals."""
    CLOSING = auto()
    """Whether a programme closes."""
    MEMBERSHIP = auto()
    """Whether a firm joins a consortium that opens."""
    GRADUATE = auto()
    """Track, skill and home of a graduate."""
    ARRIVAL = auto()
    """Whether a person comes, and who they are."""
    TALENT_MONTH = auto()
    """What happens to a talent in a month."""
    SEARCH = auto()
    """Which posts a talent looks at, and whether one is taken."""
    CLIMB = auto()
    """Whether a firm climbs a level or falls back."""
    BREAKTHROUGH = auto()
    """Whether a firm has a component, a product or a standard."""
    MEETING = auto()
    """How many funds a firm meets."""
    SCREENING = auto()
    """Which fund a firm meets, and what that sees."""
    VALUE = auto()
    """Whether a firm is listed."""
    NEWS = auto()
    """Whether a firm's competitive weight jumps, and how far."""
    LINK = auto()
    """Whether a firm wins orders, and whose."""
    LEADING_ENTRY = auto()
    """Who a leading firm is, and whether it opens a unit."""
    FOUNDING = auto()
    """Level, cash and quality of a firm that is founded."""
    NEW_FIRM = auto()
    """Quality and age of a firm that comes, skill of a person who arrives."""
    DISTRICT_CHOICE = auto()
    """How a firm likes districts."""
    CELL_CHOICE = auto()
    """Which cell of a district a firm takes."""
    MOVING_IN = auto()
    """Whether a firm comes from outside, and which."""
    FILING = auto()
    """How a certificate's filing goes."""
    ENDING = auto()
    """Whether a firm is given up, bought or leaves."""
    MOVE = auto()
    """Whether a firm considers to move."""
    TRAIT = auto()
    """Whether a firm ever files, and for what it cares."""
    RD_HABIT = auto()
    """How much a firm likes R&D."""
    GLANCE = auto()
    """Bytes that say of most agents that nothing happens."""
    CALL = auto()
    """How long ago the last round of calls for a kind of programme was in month 0."""
    NEED = auto()
    """How much more or less than others at its stage a firm needs."""
    CLIMATE = auto()
    """How good a year is for everybody."""


POPULATION: Final = Purpose.POPULATION.value
PROPOSAL: Final = Purpose.PROPOSAL.value
BUILDING_TIME: Final = Purpose.BUILDING_TIME.value
PRIORITY: Final = Purpose.PRIORITY.value
CLOSING: Final = Purpose.CLOSING.value
MEMBERSHIP: Final = Purpose.MEMBERSHIP.value
GRADUATE: Final = Purpose.GRADUATE.value
ARRIVAL: Final = Purpose.ARRIVAL.value
TALENT_MONTH: Final = Purpose.TALENT_MONTH.value
SEARCH: Final = Purpose.SEARCH.value
CLIMB: Final = Purpose.CLIMB.value
BREAKTHROUGH: Final = Purpose.BREAKTHROUGH.value
MEETING: Final = Purpose.MEETING.value
SCREENING: Final = Purpose.SCREENING.value
VALUE: Final = Purpose.VALUE.value
NEWS: Final = Purpose.NEWS.value
LINK: Final = Purpose.LINK.value
LEADING_ENTRY: Final = Purpose.LEADING_ENTRY.value
FOUNDING: Final = Purpose.FOUNDING.value
NEW_FIRM: Final = Purpose.NEW_FIRM.value
DISTRICT_CHOICE: Final = Purpose.DISTRICT_CHOICE.value
CELL_CHOICE: Final = Purpose.CELL_CHOICE.value
MOVING_IN: Final = Purpose.MOVING_IN.value
FILING: Final = Purpose.FILING.value
ENDING: Final = Purpose.ENDING.value
MOVE: Final = Purpose.MOVE.value
TRAIT: Final = Purpose.TRAIT.value
RD_HABIT: Final = Purpose.RD_HABIT.value
GLANCE: Final = Purpose.GLANCE.value
CALL: Final = Purpose.CALL.value
NEED: Final = Purpose.NEED.value
CLIMATE: Final = Purpose.CLIMATE.value

AT_THE_START: Final = frozenset({POPULATION, LINK, TRAIT, FILING, RD_HABIT, NEED})
"""Those for which the world of month 0 is drawn."""
