"""Numbers that stand for names in the tables: plain integers that compiled rules can use."""

from collections import Counter

from sim.mechanisms import MECHANISMS, PROGRAMME_KINDS
from sim.plan import PLAN
from sim.plan.catalogue import GATES, LICENSED

# Firm.kind
STARTUP, ESTABLISHED, STATE_OWNED, MOVED_IN, LEADING = range(5)
FIRM_KINDS = ("start-up", "established", "state-owned", "moved in", "leading")

# Firm.exit_reason
STILL_HERE, INSOLVENT, CLOSED, ACQUIRED, MOVED_AWAY = range(5)
EXIT_REASONS = ("", "insolvent", "closed", "acquired", "moved away")

# Talents.level
JUNIOR, SENIOR, SCIENTIST, ENTREPRENEUR = range(4)
TALENT_LEVELS = ("junior", "senior", "strategic scientist", "entrepreneur")

# Talents.origin
LOCAL, GRADUATE, BROUGHT_IN = range(3)
TALENT_ORIGINS = ("local", "graduate", "brought in")

# Talents.employer: a firm row from 0 on, or
SEARCHING = -1
INSTITUTE_BASE = -2  # employer = INSTITUTE_BASE - programme row

# Fund.kind
GUIDANCE, MARKET, CORPORATE, DISTRICT_FUND = range(4)
FUND_KINDS = ("guidance", "market", "corporate", "district")

# Programme.kind
(
    COLLEGE,
    INSTITUTE,
    INNOVATION_CENTRE,
    CONSORTIUM,
    TRANSFER_NODE,
    PILOT_ZONE,
    ACCELERATOR,
    TEST_FIELD,
    VALIDATION,
    INTEGRATION,
    PROMOTION,
    WORKSTATION,
) = range(len(PROGRAMME_KINDS))

# Programme.stage
PROPOSED, APPROVED, BUILDING, OPEN = range(4)
STAGES = ("proposed", "approved", "building", "open")

# Breakthrough.kind
COMPONENT, PRODUCT, STANDARD, LEADING_MOVE = range(4)

_MECHANISMS = {name: i for i, name in enumerate(MECHANISMS)}
_INSTRUMENTS = {instrument.id: i for i, instrument in enumerate(PLAN.instruments)}
INSTRUMENTS = len(_INSTRUMENTS)


def mechanism(name: str) -> int:
    """Return the number of a mechanism.

    Raises:
        KeyError: there is no such mechanism.
    """
    return _MECHANISMS[name]


def instrument(name: str) -> int:
    """Return the number of an instrument.

    Raises:
        KeyError: the plan has no such instrument.
    """
    return _INSTRUMENTS[name]


_CALLED = {entry.programme: _MECHANISMS[name] for name, entry in MECHANISMS.items()}
MECHANISM_OF = tuple(_CALLED[kind] for kind in PROGRAMME_KINDS)
"""Number of the mechanism that calls for each kind of programme."""
MOVED = tuple(_MECHANISMS[entry.moves] for entry in PLAN.instruments)
"""Number of the mechanism that each instrument moves."""
PAYS_FOR = tuple(
    PROGRAMME_KINDS.index(entry.programme) if entry.programme else -1 for entry in PLAN.instruments
)
"""Kind of programme that each instrument calls for and pays for, -1 for none."""

_PARTS = Counter(entry.part_of for entry in PLAN.instruments if entry.part_of)
SAFEGUARDS_PART = tuple(
    1.0 / _PARTS[entry.part_of] if entry.part_of else -1.0 * (entry.id in _PARTS)
    for entry in PLAN.instruments
)
"""How often an instrument's dose holds ``safeguard_part``: what the text says twice, as a plan's
instrument and as sentences of a safeguard, is one dose that they share; -1 of the plan's, and of
the sentences what makes 1 together; 0 of all others, which have a dose of their own."""
WHOLE = tuple(float(entry.part_of is None) for entry in PLAN.instruments)
"""1 but for those sentences."""


_CLUSTER_NUMBERS = {cluster.id: i for i, cluster in enumerate(PLAN.clusters)}
CLUSTER_OF = tuple(_CLUSTER_NUMBERS[track.cluster] for track in PLAN.tracks)
"""Number of each track's cluster."""
CLUSTER_OF_BRANCH = (*range(len(PLAN.clusters)), *CLUSTER_OF)
"""Number of each branch's cluster: branches are the clusters, then the tracks."""
_DISTRICT_NUMBERS = {district.id: district.number for district in PLAN.districts}
DISTRICT_OF_PLACE = (
    *(2 * tuple(range(len(PLAN.districts)))),
    *(_DISTRICT_NUMBERS[zone.district] for zone in PLAN.zones),
)
"""Number of each place's district: places are the districts, then what of each lies outside the
zones that the plan names, then these zones."""
GATE_OF = tuple(GATES.index(track.gate) for track in PLAN.tracks)
"""Number of the gate between each track's firms and their market."""
IS_LICENSED = tuple(gate in LICENSED for gate in GATES)
"""Whether an authority opens each gate."""
STAGE_OF_LEVEL = (0, 0, 0, 0, 0, 1, 1, 1, 2, 2)
"""Which kind of scenario a firm at each level needs: 0 validation, 1 integration, 2 promotion."""
