"""The best packages within a budget, for one goal or several at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.calendar import month_label
from sim.experiments.costs import spent
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.packages import Space
from sim.experiments.search import FINALISTS, Candidate, Searched, search, unseen
from sim.experiments.search_forms import check_forms, over_forms
from sim.language import NOTHING, Text
from sim.model.world.layout import DUE
from sim.problems import Problem
from sim.scenario import Scenario, as_known_in, check, knowing_nothing, read_scenario
from sim.scenario.place import Place
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, table
from sim.store.fill import Watcher
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import likelihood
from sim.studies.shared.goals import COUNT, SCENARIO, goals_of
from sim.studies.shared.known import told_of_past
from sim.studies.shared.objectives import OBJECTIVE
from sim.studies.shared.searched_figure import figure
from sim.studies.shared.searched_tables import BEST, Ranked, columns_of, levers, run_anew
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import commas, joined, semicolons, series, unquoted
from sim.text.numbers import percent


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


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what was found in sentences, finalists, the best one, the front, then files."""
    searched = found.searched
    basis = adjusted_by(basis, searched.known)
    said = _found(searched)
    yield Sentence(said, "lead")
    yield Sentence(verdict(searched.best))
    yield Sentence(_limits(searched))
    yield from _least_regret(searched)
    yield from told_of_past(basis.scenarios[0], found.forgotten, searched.kept)
    columns = [*columns_of(searched), *run_anew(searched)]
    given = Ranked(0, worded("search.given"), searched.base, given=True)
    finalists = [given, *_ranked(searched.best, "#", 1)]
    title = worded("search.finalists")
    yield table("finalists", title, columns, finalists)
    yield table("", worded("search.best"), BEST, levers(searched.best[0]))
    cost = len(searched.goals) == 1
    along = worded("search.front_cost" if cost else "search.front_goals")
    yield table("front", along, columns, _ranked(searched.front, "F", 0))
    yield Sentence(worded("search.note"), "note")
    yield Sentence(worded("search.robust_note"), "note")
    if (over := searched.base.across) is not None:
        yield Sentence(worded("search.forms_note", number=over.forms), "note")
    yield from caveats(basis, searched.known)
    yield figure(searched, basis, said)
    every = [Ranked(number, NOTHING, each) for number, each in enumerate(searched.tried)]
    tried = [each._replace(shown=None) for each in columns_of(searched)]
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


STUDY = Study(
    id="search",
    help=worded("search.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option(
            *("count", str | None, None, worded("search.option_count"), "COUNT"),
            listed=COUNT.names,
        ),
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
