"""What decides each count, in words: names, shares and what they rest on."""

from sim.estimate import Interval
from sim.estimate.decides import FEWEST_DRAWS
from sim.estimate.records import Decided, Decider, Decisions
from sim.language import Language
from sim.parameters import PARAMETERS
from sim.sampling import replicates_for
from sim.text.catalogue import say, worded
from sim.text.joining import sentences
from sim.text.numbers import percent, percent_range
from sim.views.parameter_names import parameter_evidence, parameter_name

QUESTION = worded("decides.question")
COUNT = worded("decides.count")
DECIDED_BY = worded("decides.decided_by")
FIRST_LOW = worded("decides.first_low")
FIRST_HIGH = worded("decides.first_high")
EXPLAINED = worded("decides.explained")
"""What the columns of tables are called."""
SHOWN = 3
"""Parameters named beside a count; ``decides.csv`` has all of them."""
REPLICATES_NEEDED = replicates_for(FEWEST_DRAWS)
NOTHING = "—"
ASSUMED = "*"
"""Beside a share: no document, statistic or study supports the parameter."""


def decider(found: Decider, language: Language) -> str:
    """Return a parameter with its share, and what it rests on: a star where it is assumed."""
    told = f"{parameter_name(found.parameter, language)} {percent(found.share.value)}"
    if found.parameter not in PARAMETERS:  # of another version
        return told
    if PARAMETERS[found.parameter].assumed:
        return told + ASSUMED
    rests = parameter_evidence(found.parameter)
    return say("list.bracketed", language, name=told, inside=rests)


def deciders(found: Decided, language: Language) -> list[str]:
    """Return the first few parameters that decide a count, or that nothing does."""
    if not found.deciders:
        return [say("decides.nothing", language)]
    return [decider(each, language) for each in found.deciders[:SHOWN]]


def explained(found: Decided) -> str:
    """Return how much of a count the parameters named foretell."""
    return NOTHING if found.explained is None else percent(found.explained)


def likelihood_in(quarter: Interval | None) -> str:
    """Return the likelihood in a quarter of the draws, with its interval."""
    if quarter is None:
        return NOTHING
    return f"{percent(quarter.value)} ({percent_range(quarter.low, quarter.high)})"


def from_how_many(language: Language) -> str:
    """Return how many replicates it takes to tell what decides each count."""
    return say("decides.from_how_many", language, replicates=REPLICATES_NEEDED)


def too_few(decisions: Decisions, language: Language) -> str:
    """Return the same of a run that has fewer."""
    draws = say("decides.too_few", language, fewest=FEWEST_DRAWS, number=decisions.draws)
    return sentences(from_how_many(language), draws, language=language)


def how_to_read(decisions: Decisions, language: Language, *, of_run: bool = True) -> str:
    """Return what the numbers of the table mean, how often they err, and where a run has more."""
    told = say("decides.reading", language, draws=str(decisions.draws))
    return sentences(told, say("decides.file", language), language=language) if of_run else told
