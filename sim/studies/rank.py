"""Which levers to turn first for an objective, how surely, and what a point costs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sim.estimate.groups import Floats
from sim.estimate.objectives import Objective, aimed_at
from sim.estimate.records import Decisions
from sim.experiments.likelihoods import likelihoods_file, stored_for
from sim.experiments.objective_file import ALL
from sim.experiments.ranking import (
    BY,
    LIKELIHOOD,
    PROGRESS,
    SCORE,
    Ranked,
    holding,
    other_forms,
    paired,
    ranked,
    under,
)
from sim.experiments.turns import UP, levers, offered, turned
from sim.language import Text
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.table import table
from sim.store.fill import Ensemble, Watcher, fill, load
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import NONE
from sim.studies.shared.known import known_until, told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.shared.other_readings import Other, other_readings, other_readings_file
from sim.studies.shared.ranked import (
    IN_FILE,
    WAYS,
    Found,
    columns_of,
    figure,
    place,
    points,
    price,
    priced,
    what,
)
from sim.studies.shared.turning import Turning, before, turned_by, turned_file
from sim.studies.shared.turning import turned as shown_turned
from sim.studies.study import AS_OF, FILE, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import capitalised, commas, listed, series, unquoted
from sim.text.multiples import times
from sim.text.numbers import percent

FIRST = 3
"""Turns that are told of in sentences."""
NAMED = 11
"""Levers that one sentence names at most."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the base, and it with each lever turned.

    Raises:
        Problem: a file or an option is wrong, or no lever can be turned so.
    """
    base, since = known_until(read_scenario(options["file"], foreign=True), options["as_of"])
    objective = asked(options, [base])
    if objective is None:
        expected = worded("expected.objective_or_all")
        raise Problem("--objective", "", NONE, expected)
    if (way := options["way"]) not in WAYS:
        raise Problem("--way", "", way, series(WAYS))
    by = options["by"] or (SCORE if objective.weighted else LIKELIHOOD)
    if by not in BY:
        raise Problem("--by", "", by, series(BY))
    turns = turned(base, levers(options["levers"]), WAYS[way], options["up"], since)
    packages, forgotten = with_one_past([base, *(each.package for each in turns)])
    base, *others = packages
    turns = [each._replace(package=own) for each, own in zip(turns, others, strict=True)]
    if options["variants"]:  # whether they can be run so is told before anything runs
        for form in other_forms(base):
            under(base, *form)
    told = {**options, "objective": objective, "by": by, "turns": turns}
    told |= {"forgotten": forgotten, "since": since}
    name = worded("rank.name", base=unquoted(base.name), objective=unquoted(objective.name))
    stem = f"rank-{base.id}-{objective.id}" + (f"-from-{since}" if since else "")
    return Design(packages, stem, name, told)


def going_on(looked_at: Design, hashes: Collection[str]) -> Design | None:
    """Return the turns that can be run; None: the base cannot, or no turn can."""
    base, *packages = looked_at.scenarios
    turns = [each for each in looked_at.options["turns"] if each.package.hash() not in hashes]
    left = [each for each in packages if each.hash() not in hashes]
    if base.hash() in hashes or not turns or len(left) == len(packages):
        return None
    return looked_at._replace(
        scenarios=[base, *left], options={**looked_at.options, "turns": turns}
    )


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, rank the turns, and look whether they hold under variants."""
    options, packages = looked_at.options, looked_at.scenarios
    objective, turns, by = options["objective"], options["turns"], options["by"]
    base, *others = _run(packages, setting, watch)
    same = [base.draws == each.draws for each in others]
    kept = min(float(each.mean()) for each in same)
    known = stored_for(base, *others)
    pairs = paired(objective, by, base, others, known.baseline)
    found = ranked(objective, turns, pairs, by=by, per_cost=options["per_cost"])
    forms = other_forms(packages[0]) if options["variants"] else []
    if forms:
        sample = setting.sample._replace(replicates=options["variants"])
        ordered = [packages[0], *(each.turn.package for each in found)]
        asked_of = [[under(each, *form) for each in ordered] for form in forms]
        here = setting._replace(sample=sample)
        every = iter(_run([one for own in asked_of for one in own], here, watch))
        looked = []
        for own in asked_of:
            first, *rest = (next(every) for _ in own)
            looked.append(paired(objective, by, first, rest))
        found = list(holding(found, looked))
    likelihoods = likelihoods_file(packages[:1], setting.sample, setting.store)
    by = _turning(objective, base, {each.scenario.id: each for each in others}, found)
    return Found(objective, found, options, kept, len(forms), likelihoods, known, by)


def _turning(
    objective: Objective, base: Ensemble, turns: Mapping[str, Ensemble], found: Sequence[Ranked]
) -> list[Decisions]:
    """Return what turns the effects of each turn."""

    def aimed(at: Ensemble) -> Floats:
        return aimed_at(at.counts, objective, base.scenario.readings)

    usual = before(base, aimed(base), [aim.count.id for aim in objective.aims])
    own = [turns[each.turn.package.id] for each in found]
    return [turned_by(usual, aimed(each), each.draws) for each in own]


def _run(packages: Sequence[Scenario], setting: Setting, watch: Watcher) -> list[Ensemble]:
    sample, where, store = setting[:3]
    fill(packages, sample, store, where, watch)
    return [load(each, sample, store) for each in packages]


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what to turn first, the table, what cannot be told apart, the figure and the files."""
    base, basis = basis.scenarios[0], adjusted_by(basis, found.known)
    yield Sentence(in_one_sentence(found.objective), "lead")
    yield from told_of_past(base, found.options["forgotten"], found.kept)
    if (since := found.options["since"]) is not None:
        yield Sentence(worded("rank.since", since=since))
    for way in WAYS[found.options["way"]]:
        yield from _sentences(found, [each for each in found.turns if each.turn.way == way], way)
    title = worded("rank.table", base=unquoted(base.name), pairs=basis.sample.replicates)
    yield table("rank", title, columns_of(found), found.turns)
    yield Sentence(worded("rank.note", what=what(found)), "note")
    if found.variants:
        pairs = found.options["variants"]
        yield Sentence(worded("rank.variants_note", number=found.variants, pairs=pairs), "note")
    of_turns = found.turning_of(base)
    yield from shown_turned(_first(found, of_turns))
    every = [
        Other((base.id, each.turn.package.id), each.turn.package.name, other)
        for each in found.turns
        for other in each.others
    ]
    firsts = {each.packages for each in _first(found, of_turns)}
    yield from other_readings([each for each in every if each.packages in firsts], several=True)
    aims = len(found.objective.aims)
    yield from caveats(basis, found.known, intervals=len(found.turns) * (1 + 2 * aims))
    yield figure(found, basis)
    lines = [(found.objective, each, at) for each in found.turns for at in range(aims)]
    yield table("rank_counts", title, IN_FILE, lines)
    yield turned_file(of_turns)
    yield from other_readings_file(every)


def _first(found: Found, every: Sequence[Turning]) -> list[Turning]:
    """Return those of the first few turns each way, of all turns."""
    ways = [each.turn.way for each in found.turns]
    return [
        own
        for way in dict.fromkeys(ways)
        for own in [own for own, its in zip(every, ways, strict=True) if its == way][:FIRST]
    ]


def _clear(each: Ranked, way: str) -> bool:
    """Return whether a turn surely helps, or leaving out surely hurts."""
    return each.gain.low > 0.0 if way == UP else each.gain.high < 0.0


def _sentences(found: Found, turns: Sequence[Ranked], way: str) -> Iterator[Part]:
    """Yield the first few turns one way, and those that cannot be told apart from nothing."""
    clear = [each for each in turns if each.rank and _clear(each, way)][:FIRST]
    if clear:
        by = worded("rank.by_cost" if found.options["per_cost"] else f"rank.by_{way}")
        yield Sentence(worded("rank.first", by=by), "lead")
        yield Listing(tuple(_told(each, len(turns)) for each in clear))
        sure = [each for each in clear if each.rank and each.rank.high <= FIRST]
        names = commas(each.turn.name for each in sure)
        key = "rank.sure" if sure else "rank.sure_none"
        yield Sentence(worded(key, names=names, first=FIRST))
    open_ = [each for each in turns if each.gain.tie]
    if open_:
        names = _named([each.turn.name for each in open_])
        yield Sentence(worded("rank.open" if clear else "rank.open_all", names=names))
        if not clear and found.options["by"] != PROGRESS:
            yield Sentence(worded("rank.progress"))
    told = [_on_count(found, turns, at, way) for at in range(len(found.objective.aims))]
    yield Sentence(worded(f"rank.counts_{way}"))
    yield Listing(tuple(told))


def _named(names: Sequence[Text]) -> Text:
    """Return names as a list, and how many more there are."""
    told, left = commas(names[:NAMED]), len(names) - NAMED
    return worded("rank.and_others", names=told, number=left) if left > 0 else told


def _on_count(found: Found, turns: Sequence[Ranked], at: int, way: str) -> Text:
    """Return which turns raise one of the counts most (down: lower it), where that is clear."""
    wanted = way == UP
    clear = [
        each for each in turns if each.effects[at].told_apart and each.effects[at].rises == wanted
    ]
    clear.sort(key=lambda each: each.effects[at].ratio.value, reverse=wanted)
    names = [
        worded(
            "rank.by_ratio",
            name=each.turn.name,
            ratio=times(each.effects[at].ratio.value),
            pairs=percent(each.effects[at].certainty.up),
            draws=percent(each.effects[at].certainty.down),
        )
        for each in clear[:FIRST]
    ]
    count = capitalised(found.objective.aims[at].count.name)
    told = listed(names, worded("rank.none_clear"))
    return worded("rank.on_count", count=count, told=told)


def _told(each: Ranked, many: int) -> Text:
    return worded(
        "rank.one",
        name=each.turn.package.name,
        points=points(each),
        place=place(each),
        many=many,
        price=worded("rank.no_price") if price(each) is None else worded(
            f"rank.price_{each.turn.way}", price=priced(each)
        ),
    )  # fmt: skip


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield the likelihoods of the base."""
    del basis
    yield found.likelihoods


STUDY = Study(
    id="rank",
    help=worded("rank.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        FILE,
        OBJECTIVE._replace(begun=ALL),
        AS_OF,
        Option("levers", str, "plans,safeguards", worded("rank.option_levers"), listed=offered),
        Option(
            *("way", str, "up", worded("rank.option_way")),
            names=lambda: WAYS,
            called=lambda name: worded(f"rank.option_way_{name}"),
            label=worded("rank.option_way_label"),
        ),
        Option("up", float, 1.5, worded("rank.option_up"), least=1.01, most=10.0),
        Option(
            *("by", str | None, None, worded("rank.option_by")),
            names=lambda: BY,
            called=lambda name: worded(f"rank.option_by_{name}"),
            label=worded("rank.option_by_label"),
        ),
        Option("per_cost", bool, False, worded("rank.option_per_cost")),
        Option("variants", int, 0, worded("rank.option_variants"), least=0),
    ),
    files=files,
    estimates=lambda found: (each.gain for each in found.turns),
    going_on=going_on,
)
