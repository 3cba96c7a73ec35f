"""The evaluations, each as a function of a trial: who is treated, compared with whom, how long.

Each returns its statistics by id; one that a city cannot give, for want of the instrument, is not
there, and one with too few cases is not a number.
"""

from collections.abc import Callable, Mapping
from typing import Final

from sim.evidence.replication.arms import Found, Trial
from sim.evidence.replication.of_city import approval, guidance, registration, talents
from sim.evidence.replication.of_firms import (
    deduction,
    grant,
    order,
    star_list,
    threshold,
    voucher,
)
from sim.evidence.replication.of_support import accelerator, bureau, forum, guarantee, subsidy

DESIGNS: Final[Mapping[str, tuple[Callable[[Trial], Found], tuple[str, ...]]]] = {
    "threshold": (threshold, ("relabelled",)),
    "deduction": (deduction, ("real",)),
    "guidance": (guidance, ("private", "early", "founded")),
    "talents": (talents, ("start_ups", "quality", "high_growth", "patent_active")),
    "registration": (registration, ("entry", "exit", "productivity")),
    "grant": (grant, ("first", "second")),
    "list": (star_list, ("sales", "survival", "round_soon", "round_later")),
    "voucher": (voucher, ("additional", "innovation")),
    "order": (order, ("staff", "other_sales", "productivity")),
    "approval": (approval, ("launch", "trials")),
    "accelerator": (accelerator, ("outside", "closed")),
    "guarantee": (guarantee, ("staff", "default", "founded")),
    "bureau": (bureau, ("founded", "patents")),
    "subsidy": (subsidy, ("sales",)),
    "forum": (forum, ("pairs",)),
}
"""How each evaluation is simulated, and the statistics that this gives."""
KNOWN: Final = {name: statistics for name, (_, statistics) in DESIGNS.items()}
