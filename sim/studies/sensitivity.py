"""What the answer depends on: parameters, levers and luck, ranks of plans, what can be learnt."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from sim.digest import model_hash
from sim.evidence.sensitivity.analysis import Sensitivity, Size, sensitivity
from sim.evidence.sensitivity.identify import LEVEL, Identified
from sim.evidence.sensitivity.indices import Indices
from sim.evidence.sensitivity.ranking import FEWEST, Ranking
from sim.evidence.sensitivity.shares import Shares
from sim.experiments.attribution import PLANS
from sim.language import Text
from sim.plan import PLAN
from sim.problems import Problem
from sim.sampling import LUCKS_A_DRAW
from sim.scenario import drawn_from, read_scenario
from sim.scenario.posterior import PRIOR
from sim.spec.findings import Part, Sentence
from sim.spec.stored import as_json
from sim.spec.table import Column, read, table
from sim.store.fill import Watcher
from sim.studies.shared.counts import NONE
from sim.studies.shared.sensitive_figures import (
    factor_name,
    identifiability,
    index_bars,
    mostly,
    pinned,
    plan_ranks,
    screening,
    share_bars,
    sole_firsts,
)
from sim.studies.shared.sensitive_files import RANKED, in_files
from sim.studies.study import FILE, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import ended, listed, semicolons, unquoted
from sim.text.numbers import percent, whole
from sim.views.parameter_names import short_names

LARGEST: Final = 3
"""Factors named for each count."""
LISTED: Final = 12
"""Parameters named of those that can be learnt."""
NAMES: Final = [count.name for count in PLAN.counts]
PAIRS: Final = len(PLANS) * (len(PLANS) - 1) // 2


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, drawn from the prior, and how large its analysis is.

    Raises:
        Problem: the file is wrong, or the base sample is no power of two.
    """
    base = drawn_from(read_scenario(options["file"], foreign=True), PRIOR)
    if (sample := options["base"]) & (sample - 1):
        raise Problem("--base", "", str(sample), worded("sensitivity.power_of_two"))
    size = Size(*(options[name] for name in Size._fields))
    name = worded("experiment.sensitivity", base=unquoted(base.name))
    # The replicates of the whole: what is asked about beforehand, and what the folder is named by.
    return Design((base,), f"sensitivity-{base.id}", name, {"size": size}, size.runs)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Sensitivity:
    """Screen parameters, take the variance apart, rank the plans, see what history gives away."""
    (base,), (sample, where, store) = looked_at.scenarios, setting[:3]
    return sensitivity(base, looked_at.options["size"], sample.seed, store, where, watch)


def parts(found: Sensitivity, basis: Basis) -> Iterator[Part]:
    """Yield what carries each count, where its variance lies, how plans rank, what is learnt."""
    basis = basis._replace(origin="page.origin_in_all")
    yield Sentence(semicolons((mostly(found.value_shares), sole_firsts(found.rankings))),
                   "lead")  # fmt: skip
    indexed = [*zip(NAMES, range(len(NAMES)), strict=True)]
    yield table("", worded("index_bars.subtitle"), _largest(found.values), indexed)
    shares = [*zip(NAMES, found.value_shares, found.reached_shares, strict=True)]
    yield table("", worded("sensitivity.shares_subtitle"), SHARES, shares)
    ranked = [*zip((*NAMES, worded("plan_ranks.expected")), found.rankings, strict=True)]
    yield table("", worded("plan_ranks.table"), RANKS, ranked)
    yield Sentence(worded("plan_ranks.told"), "note")
    yield from _learnt(found.identified)
    yield screening(found.screened, basis)
    yield index_bars(found.values, basis)
    yield share_bars(found.value_shares, basis)
    yield plan_ranks(found.rankings, basis)
    yield identifiability(found.identified, basis)
    yield from in_files(found)


def _largest(found: Indices) -> Sequence[Column[tuple[Text, int]]]:
    def told(row: tuple[Text, int]) -> Text:
        number = row[1]
        if np.isnan(found.total[number]).all():
            return worded("sensitivity.still")
        order = (-np.nan_to_num(found.total[number])).argsort(kind="stable")[:LARGEST]
        return semicolons(_index(found, number, int(k)) for k in order)

    def first(row: tuple[Text, int]) -> str:
        total = float(found.first[row[1]].sum())
        return NONE if np.isnan(total) else f"{total:.2f}"

    return (
        read(worded("sensitivity.count"), lambda row: row[0], share=1.4, number=False),
        read(worded("sensitivity.largest"), told, share=3.0, number=False),
        read(worded("sensitivity.first_sum"), first),
    )


def _index(found: Indices, number: int, factor: int) -> Text:
    value, error = found.total[number, factor], found.total_error[number, factor]
    told = NONE if np.isnan(value) else f"{value:.2f} ± {error:.2f}"
    name = factor_name(found.factors[factor])
    return worded("list.pair", one=name, other=told)


SharesRow = tuple[Text, Shares | None, Shares | None]


def _share(which: int, part: str) -> Column[SharesRow]:
    def shown(row: SharesRow) -> str:
        found: Shares | None = row[which]  # type: ignore[assignment]
        return NONE if found is None else percent(getattr(found, part))

    head = worded(f"sensitivity.{part}")
    if which > 1:
        head = worded("sensitivity.in_brackets", part=head)
    return read(head, shown, which - 1)


SHARES: Sequence[Column[SharesRow]] = (
    read(worded("sensitivity.count"), lambda row: row[0], share=1.4, number=False),
    *(_share(which, part) for which in (1, 2) for part in Shares._fields),
)
RankedRow = tuple[Text, Ranking]


def _first(row: RankedRow) -> Text | str:
    found = row[1]
    told = [f"{PLANS[plan]} ({whole(100 * found.effects[plan])})" for plan in found.first]
    return "; ".join(told) if told else worded("plan_ranks.tie")


def _often(row: RankedRow) -> str:
    found = row[1]
    return percent(float(found.ranks[found.first, 0].sum())) if found.first else NONE


def _upset(row: RankedRow) -> Text:
    upset = [short_names()[split.parameter] for split in row[1].splits if split.reorders]
    return listed(upset, Text(NONE, NONE))


RANKS: Sequence[Column[RankedRow]] = (
    read(worded("sensitivity.count"), lambda row: row[0], share=1.4, number=False),
    read(worded("plan_ranks.first"), _first, share=1.6, number=False),
    read(worded("plan_ranks.often"), _often),
    read(worded("plan_ranks.clear"), lambda row: f"{row[1].clear}/{PAIRS}"),
    read(worded("plan_ranks.upset"), _upset, share=1.6, number=False),
)


def _learnt(found: Identified) -> Iterator[Part]:
    """Yield which parameters can be learnt, and how many."""
    columns: Sequence[Column[int]] = (
        read(worded("identifiable.parameter"), lambda k: short_names()[found.names[k]],
             number=False),
        read(worded("identifiable.explained"), lambda k: percent(float(found.explained[k]))),
        read(worded("identifiable.p"), lambda k: f"{found.p_value[k]:.2f}"),
    )  # fmt: skip
    if found.found:
        yield table("", worded("identifiable.table"), columns, found.found[:LISTED])
    told = {"until": found.until, "draws": found.draws, "level": percent(LEVEL)}
    many = {"found": len(found.found), "all": len(found.names)}
    yield Sentence(worded("identifiable.told", **told, **many), "note")
    yield Sentence(ended(pinned(found)))


def files(found: Sensitivity, _basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``sensitivity.json``: how large the analysis was, and how plans rank."""
    learnt = found.identified
    said = {
        "model_hash": model_hash(),
        "seed": found.seed,
        "size": found.size._asdict(),
        "runs": found.size.runs,
        "important": list(found.values.factors),
        "identifiable": {
            "until": learnt.until,
            "draws": learnt.draws,
            "parameters": [learnt.names[k] for k in learnt.found],
        },
        "rankings": {
            count: {
                "pairs_in_clear_order": each.clear,
                "may_come_first": [PLANS[plan] for plan in each.first],
                "splits": [
                    {
                        "parameter": split.parameter,
                        "tau_b": split.tau,
                        "p_value": split.p_value,
                        "reorders": split.reorders,
                        "ahead_where_low": PLANS[split.low],
                        "ahead_where_high": PLANS[split.high],
                    }
                    for split in each.splits
                ],
            }
            for count, each in zip(RANKED, found.rankings, strict=True)
        },
    }
    yield "sensitivity.json", as_json(said)


def _option(name: str, default: int, least: int, most: int | None = None) -> Option:
    return Option(name, int, default, worded(f"sensitivity.option_{name}"), least=least, most=most)


STUDY = Study(
    id="sensitivity",
    help=worded("sensitivity.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        FILE,
        _option("trajectories", 8, 2, 1000),
        _option("important", 8, 1, 64),
        _option("base", 256, 8, 65_536),
        _option("replicates", 64, FEWEST * LUCKS_A_DRAW),
        _option("histories", 1024, 16, 4096),
    ),
    without=("replicates",),
    files=files,
    table="indices",
)
