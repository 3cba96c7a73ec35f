"""What texts say of the plan in words: its year, and how many counts, plans and core districts."""

from typing import Final

from sim import city
from sim.language import TERMS, Text
from sim.plan.load import PLAN
from sim.text.joining import capitalised
from sim.text.numbers import in_words

YEAR: Final = city.about().due[:4]
"""Of the December at whose end the counts are due."""
ISSUED: Final = city.about().first[:4]
"""The year in which the plan was issued."""
COUNTS: Final = in_words(len(PLAN.counts))
"""How many counts there are, as are the next of others."""
SIX: Final = in_words(len(PLAN.plans))
"""How many plans."""
SAFEGUARDS: Final = in_words(len(PLAN.safeguards))
"""How many safeguards."""
CORE: Final = in_words(sum(district.core for district in PLAN.districts))
CITY: Final = city.about().name

TERMS.update(
    due_year=Text(YEAR, YEAR),
    n_counts=COUNTS,
    N_counts=capitalised(COUNTS),
    all_counts=Text(*2 * (str(len(PLAN.counts)),)),
    n_plans=SIX,
    N_plans=capitalised(SIX),
    n_safeguards=SAFEGUARDS,
    N_safeguards=capitalised(SAFEGUARDS),
    n_core=CORE,
    n_packages=Text(*2 * (str(2 ** len(PLAN.plans)),)),
    city=CITY,
)
