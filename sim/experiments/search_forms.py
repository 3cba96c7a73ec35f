"""What a search found, looked at under every form of the model's mechanisms."""

from sim.estimate.robust import across
from sim.experiments.compare import with_same_luck
from sim.experiments.ranking import other_forms, under
from sim.experiments.search import Searched, worth_of
from sim.scenario import Scenario
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.store import Store
from sim.store.work import Where


def over_forms(
    found: Searched, sample: Sample, store: Store, where: Where, watch: Watcher | None = None
) -> Searched:
    """Return a search with how what it ran anew stands over the usual form and all others.

    Under another form parameters come from their priors: a posterior is of the usual forms.

    Args:
        found: the search.
        sample: seed and replicates of each package under each form; luck that it never saw.
        store: where replicates are kept.
        where: where they are run.
        watch: told how many replicates are there.

    Raises:
        Problem: a form and what a package says exclude each other, or the store or the cluster
            cannot be used.
    """
    candidates = [found.base, *found.best, *found.front]
    packages = [each.package.scenario for each in candidates]
    forms = [packages, *([under(each, *form) for each in packages]
                         for form in other_forms(packages[0]))]  # fmt: skip
    fill([each for form in forms for each in form], sample, store, where, watch)
    worth = [
        worth_of(with_same_luck(*(load(each, sample, store) for each in form)), found.goals)
        for form in forms
    ]
    looked = [
        each._replace(across=stand) for each, stand in zip(candidates, across(worth), strict=True)
    ]
    many = 1 + len(found.best)
    return found._replace(base=looked[0], best=tuple(looked[1:many]), front=tuple(looked[many:]))


def check_forms(base: Scenario) -> int:
    """Return under how many forms packages made of a scenario can be run, the usual one included.

    Raises:
        Problem: under one they cannot.
    """
    return 1 + len([under(base, *form) for form in other_forms(base)])
