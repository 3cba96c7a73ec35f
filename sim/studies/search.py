"""The best packages within a budget, for one goal or several at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.calendar import month_label
from sim.estimate import Interval
from sim.experiments.costs import spent
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.packages import LEVERS, Space
from sim.experiments.search import FINALISTS, Candidate, Searched, search, unseen
from sim.experiments.search_forms import check_forms, over_forms
from sim.language import NOTHING, Text
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario import Scenario, as_known_in, check, knowing_nothing, read_scenario
from sim.scenario.place import Place
from sim.spec import palette, scales
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Dots, Ending, Layer, Line, Panel, Panels, Pieces, Scale, numbers
from sim.spec.table import Column, Value, read, table
from sim.store.fill import Watcher
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import NONE, likelihood
from sim.studies.shared.goals import SCENARIO, goals_of
from sim.studies.shared.known import told_of_past
from sim.studies.shared.objectives import OBJECTIVE
from sim.studies.shared.points import marked
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import commas, joined, semicolons, series, unquoted
from sim.text.numbers import percent

NAMES = {lever.id: lever.name for lever in PLAN.levers}
SIZE = (10.0, 5.6)
HIGH = 4.4
"""Inches: of a sheet with one chart, and of a row of several."""
ANEW = 6.5
SEEN, GIVEN_UP = 4.5, 3.0
"""Sizes of dots: run anew, as the search saw them, and given up."""


class Found(NamedTuple):
    """What the search came to, and the file on the likelihoods of the package given."""

    searched: Searched
    forgotten: str | None
    """Month up to which facts were to be known, where packages differ before."""
    likelihoods: tuple[str, str]


def design(options: Mapping[str, Any]) -> Design:
    """Return the package from which the search starts.

    Raises:
        Problem: a file, a goal or a month is wrong, or nothing can be bought for the budget.
    """
    base = read_scenario(options["scenario"], foreign=True)
    if options["as_of"] is not None:
        base = as_known_in(base, options["as_of"])
    wanted = goals_of(options["count"] or "", options["objective"], base)
    since, forgotten = options["since"], None
    if since is not None:
        check.month(since, Place("--since"))
    if base.as_of is not None and (since is None or since <= base.as_of):
        base, forgotten = knowing_nothing(base), base.as_of
    space = Space(base, options["budget"] or price(base), since)
    if space.budget <= space.bound:
        expected = worded("search.more_than", bound=f"{space.bound:.1f}", since=since)
        raise Problem("--budget", "", f"{space.budget:g}", expected)
    times = options["trials"] + 1 + FINALISTS
    if options["variants"]:  # whether they can be run so is told before anything runs
        times += check_forms(base) * (1 + FINALISTS)
    told = {**options, "goals": wanted, "space": space, "forgotten": forgotten}
    names = "-".join(each.id for each in wanted)
    name = worded("experiment.search", count=commas(each.name for each in wanted))
    return Design([base], f"search-{names}", name, told, times=times)


def price(scenario: Scenario) -> float:
    """Return what a scenario spends until counts are due, as a budget; tax forgone is left out.

    Raises:
        Problem: it costs nothing, and nothing can be bought for that.
    """
    found = spent(scenario, DUE + 1)
    if found <= 0.0:
        raise Problem("--budget", "", "—", worded("search.no_cost"))
    return found


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Search, and judge what was found on luck that the search never saw."""
    sample, where, store = setting[:3]
    space, goals, trials = (looked_at.options[key] for key in ("space", "goals", "trials"))
    found = search(space, goals, trials, sample, store, where, watch)
    if variants := looked_at.options["variants"]:
        found = over_forms(found, unseen(sample, variants), store, where, watch)
    told = likelihoods_file([found.base.package.scenario], sample, store)
    return Found(found, looked_at.options["forgotten"], told)


class Ranked(NamedTuple):
    """A candidate in one of the tables."""

    number: int
    name: Text
    candidate: Candidate
    given: bool = False
    """It is the package that the search started from."""


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what was found in sentences, finalists, the best one, the front, then files."""
    searched = found.searched
    basis = adjusted_by(basis, searched.known)
    yield Sentence(_found(searched), "lead")
    yield Sentence(verdict(searched.best))
    yield Sentence(_limits(searched))
    yield from _least_regret(searched)
    yield from told_of_past(basis.scenarios[0], found.forgotten, searched.kept)
    columns = [*_columns(searched), *_run_anew(searched)]
    given = Ranked(0, worded("search.given"), searched.base, given=True)
    finalists = [given, *_ranked(searched.best, "#", 1)]
    title = worded("search.finalists")
    yield table("finalists", title, columns, finalists)
    yield table("", worded("search.best"), BEST, _levers(searched.best[0]))
    cost = len(searched.goals) == 1
    along = worded("search.front_cost" if cost else "search.front_goals")
    yield table("front", along, columns, _ranked(searched.front, "F", 0))
    yield Sentence(worded("search.note"), "note")
    yield Sentence(worded("search.robust_note"), "note")
    if (over := searched.base.across) is not None:
        yield Sentence(worded("search.forms_note", number=over.forms), "note")
    yield from caveats(basis, searched.known)
    yield figure(searched, basis)
    every = [Ranked(number, NOTHING, each) for number, each in enumerate(searched.tried)]
    tried = [each._replace(shown=None) for each in _columns(searched)]
    tried[0] = tried[0]._replace(fields=("package",))
    replicates: Column[Ranked] = Column(("replicates",), lambda row: (row.candidate.replicates,))
    yield table("search", title, [*tried, replicates], every)


def _ranked(found: Sequence[Candidate], mark: str, shift: int) -> list[Ranked]:
    """Return candidates numbered in files from `shift` on, and to readers from one on."""
    return [
        Ranked(at + shift, Text(*2 * (f"{mark}{at + 1}",)), each) for at, each in enumerate(found)
    ]


def _found(searched: Searched) -> Text:
    """Return how likely each goal is with the best package, and with the one given."""
    best, base = searched.best[0], searched.base
    told = [
        worded(
            "search.likely",
            goal=unquoted(goal.name),
            after=likelihood(best.fresh[at]),
            before=likelihood(base.fresh[at]),
        )
        for at, goal in enumerate(searched.goals)
    ]
    given_up = sum(each.replicates < searched.base.replicates for each in searched.tried)
    said = semicolons(told)
    return worded("search.lead", tried=len(searched.tried), early=given_up, told=said)


def verdict(best: Sequence[Candidate]) -> Text:
    """Return which finalists are better than the package given, in one goal at least."""
    better = [
        f"#{at}"
        for at, each in enumerate(best, start=1)
        if any(gain.low > 0.0 for gain in each.gains)
        and not any(gain.high < 0.0 for gain in each.gains)
    ]
    if not better:
        return worded("search.none_better")
    return worded("search.better", names=series(better))


def _least_regret(searched: Searched) -> Iterator[Sentence]:
    """Yield which of the finalists and the package given is never far from the best, if known."""
    named = [(worded("search.given"), searched.base)]
    named += [(each.name, each.candidate) for each in _ranked(searched.best, "#", 1)]
    known = [(name, each.across) for name, each in named if each.across is not None]
    if known:
        name, over = min(known, key=lambda each: each[1].worst)
        told = {"worst": f"{100 * over.worst:.1f}", "near": percent(over.near)}
        yield Sentence(worded("search.least_regret", name=name, forms=over.forms, **told))


def _limits(searched: Searched) -> Text:
    """Return what was sought: budget, and from when on packages may differ."""
    space = searched.space
    said = worded("search.limits", budget=f"{space.budget:g}", due=month_label(DUE))
    if space.since is None:
        return said
    bound = f"{space.bound:.1f}"
    since = worded("search.since", since=space.since, bound=bound)
    return joined((said, since))


def _columns(searched: Searched) -> list[Column[Ranked]]:
    """Return the columns of every package: what it is, costs, and was found to be worth."""
    seen = [_seen(searched, at) for at in range(len(searched.goals))]
    return [
        Column(
            ("rank",), lambda row: (row.number,), worded("search.package"),
            lambda row: row.name, number=False,
        ),
        Column(
            ("cost",), lambda row: (row.candidate.package.cost,), worded("search.cost"),
            lambda row: f"{row.candidate.package.cost:.0f}",
        ),
        *seen,
        Column([f"{lever}.dose" for lever in LEVERS], lambda row: row.candidate.package.doses),
        Column([f"{lever}.start" for lever in LEVERS], lambda row: row.candidate.package.starts),
    ]  # fmt: skip


def _field(searched: Searched, name: str, at: int) -> str:
    """Return a field's name: with the goal's where there are several."""
    return name if len(searched.goals) == 1 else f"{name}_{searched.goals[at].id}"


def _head(searched: Searched, key: str, at: int) -> Text:
    what = worded(f"search.{key}")
    if len(searched.goals) == 1:
        return what
    return worded("search.of_goal", goal=searched.goals[at].name, what=what)


def _seen(searched: Searched, at: int) -> Column[Ranked]:
    return Column(
        (_field(searched, "likelihood_found", at),),
        lambda row: (row.candidate.found[at],),
        _head(searched, "seen", at),
        lambda row: percent(row.candidate.found[at]),
        at,
    )


def _run_anew(searched: Searched) -> Iterator[Column[Ranked]]:
    """Yield the columns of what was run anew: likelihoods, gains, and regret over draws."""
    for at in range(len(searched.goals)):
        yield from _of_goal(searched, at)
    yield Column(
        ("regret", "regret_90", "near"), _stands, worded("search.regret"),
        lambda row: _regret(row.candidate), len(searched.goals),
    )  # fmt: skip
    over: Column[Ranked] = Column(
        ("regret_worst", "near_forms", "holds", "forms"), _over, worded("search.over"),
        lambda row: _over_shown(row.candidate), len(searched.goals),
    )  # fmt: skip
    yield over if searched.base.across is not None else over._replace(shown=None)


def _of_goal(searched: Searched, at: int) -> Iterator[Column[Ranked]]:
    fields = [_field(searched, name, at) for name in ("likelihood", "low", "high")]
    yield Column(
        fields, lambda row: row.candidate.fresh[at], _head(searched, "fresh", at),
        lambda row: likelihood(row.candidate.fresh[at]), at, share=1.5,
    )  # fmt: skip
    names = ("gain", "gain_low", "gain_high", "told_apart")
    yield Column(
        [_field(searched, name, at) for name in names],
        lambda row: _gain(row, at),
        _head(searched, "gain", at),
        lambda row: _gain_shown(row, at),
        at,
        share=1.8,
        quiet=lambda row: not row.given and row.candidate.gains[at].tie,
    )


def _gain(row: Ranked, at: int) -> tuple[Value, ...]:
    """Return a gain as files hold it: nothing for the package given."""
    if row.given:
        return (None,) * 4
    gain = row.candidate.gains[at]
    return (*gain[:3], not gain.tie)


def _gain_shown(row: Ranked, at: int) -> Text | str:
    return NONE if row.given else marked(row.candidate.gains[at])


def _stands(row: Ranked) -> tuple[Value, ...]:
    return tuple(row.candidate.robust or (None,) * 3)


def _regret(candidate: Candidate) -> str:
    found = candidate.robust
    assert found is not None
    return f"{100 * found.regret:.1f} ({100 * found.regret_90:.1f})"


def _over(row: Ranked) -> tuple[Value, ...]:
    return tuple(row.candidate.across or (None,) * 4)


def _over_shown(candidate: Candidate) -> str:
    found = candidate.across
    assert found is not None
    return f"{100 * found.worst:.1f} · {percent(found.near)} · {found.holds} / {found.forms}"


Lever = tuple[str, float, str]
"""A plan or safeguard of a package, its dose and its start."""


def _levers(candidate: Candidate) -> list[Lever]:
    return list(zip(LEVERS, candidate.package.doses, candidate.package.starts, strict=True))


BEST: Sequence[Column[Lever]] = (
    read(worded("search.lever"), lambda row: NAMES[row[0]], share=2.0, number=False),
    read(worded("search.dose"), lambda row: f"{row[1]:.2f}"),
    read(worded("search.start"), lambda row: row[2] if row[1] > 0 else NONE),
)


def figure(searched: Searched, basis: Basis) -> Figure:
    """Return packages by cost and likelihood; for several goals, by their likelihoods."""
    goals = len(searched.goals)
    panels = tuple(_panel(searched, at) for at in ([0] if goals == 1 else range(1, goals)))
    columns = min(2, len(panels))
    size = SIZE if len(panels) == 1 else (2 * 6.6, 2.2 + HIGH * -(-len(panels) // 2))
    key = "cost" if goals == 1 else "goals"
    told = worded("search.interval")
    return basis.figure(
        "front",
        worded(f"search.title_{key}", goal=commas(each.name for each in searched.goals)),
        worded(f"search.subtitle_{key}"),
        Panels(panels, columns, size, "each" if len(panels) <= columns else "last"),
        told,
        alternative=_found(searched),
    )


def _panel(searched: Searched, at: int) -> Panel:
    """Return the likelihood of one goal against cost, or against that of the first goal."""
    single = len(searched.goals) == 1
    up = scales.shares()._replace(label=worded("search.likelihood", goal=searched.goals[at].name))
    if single:
        costs = [each.package.cost for each in (*searched.tried, searched.base)]
        across = _upward(max(1.0, *costs))
    else:
        first = worded("search.likelihood", goal=searched.goals[0].name)
        across = scales.shares()._replace(label=first)
    layers = tuple(_layers(searched, at, single=single))
    return Panel(NOTHING, across, up, layers, endings=tuple(_endings(searched)) if single else ())


def _upward(top: float) -> Scale:
    found = scales.upward(top)
    return found._replace(low=-0.03 * top, high=1.03 * top, label=worded("search.cost_axis"))


def _layers(searched: Searched, at: int, *, single: bool) -> Iterator[Layer]:
    """Yield the front, what the search saw, what it gave up, and what was run anew."""

    def seen(each: Candidate) -> tuple[float, float]:
        return (each.package.cost if single else each.found[0]), each.found[at]

    def fresh(each: Candidate) -> tuple[float, float]:
        return (each.package.cost if single else each.fresh[0].value), each.fresh[at].value

    def dots(
        points: Sequence[tuple[float, float]], key: str, colour: str, size: float, *, hollow: bool
    ) -> Dots:
        across, up = (numbers(each[end] for each in points) for end in (0, 1))
        return Dots(across, up, colour, size=size, name=worded(f"search.{key}"), hollow=hollow)

    along = sorted(map(seen, searched.front))
    costs, likely = (numbers(each[end] for each in along) for end in (0, 1))
    yield Line(costs, likely, palette.BANDS[2], 1.6)
    whole = searched.base.replicates
    early = [seen(each) for each in searched.tried if each.replicates < whole]
    if early:
        yield dots(early, "given_up", palette.PALE, GIVEN_UP, hollow=False)
    judged = [seen(each) for each in searched.tried if each.replicates == whole]
    yield dots(judged, "as_seen", palette.GREY, SEEN, hollow=True)
    anew = (*searched.best, *searched.front)
    yield Pieces(tuple((*seen(each), *fresh(each)) for each in anew), palette.PALE, 0.9)
    for own, key, colour in (
        (anew, "again", palette.BLUE),
        ((searched.base,), "given", palette.VERMILION),
    ):
        yield Pieces(tuple(_upright(fresh(each), each.fresh[at]) for each in own), colour, 1.8)
        if not single:
            yield Pieces(tuple(_level(fresh(each), each.fresh[0]) for each in own), colour, 1.8)
        yield dots([fresh(each) for each in own], key, colour, ANEW, hollow=False)


def _upright(at: tuple[float, float], found: Interval) -> tuple[float, float, float, float]:
    return at[0], found.low, at[0], found.high


def _level(at: tuple[float, float], found: Interval) -> tuple[float, float, float, float]:
    return found.low, at[1], found.high, at[1]


def _endings(searched: Searched) -> Iterator[Ending]:
    """Yield what the best package and the one given come to, beside the chart."""
    for name, each, colour in (
        ("#1", searched.best[0], palette.BLUE),
        (worded("search.given"), searched.base, palette.VERMILION),
    ):
        value = percent(each.fresh[0].value)
        text = worded("list.pair", one=name, other=value)
        yield Ending(each.fresh[0].value, text, colour)


STUDY = Study(
    id="search",
    help=worded("search.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option("count", str | None, None, worded("search.option_count"), argument="COUNT"),
        Option("budget", float | None, None, worded("search.option_budget"), least=1.0),
        Option("trials", int, 60, worded("search.option_trials"), least=2, most=10_000),
        SCENARIO,
        OBJECTIVE,
        Option("since", str | None, None, worded("search.option_since")),
        AS_OF,
        Option("variants", int, 0, worded("search.option_variants"), least=0),
    ),
    defaults={"replicates": 64},
    files=likelihoods_alone,
)
