"""What the cards say as CSV: one row a parameter, and one row an estimate."""

from typing import Final

from sim.csv_files import table
from sim.evidence.cards.derive import overlap, verdict
from sim.evidence.cards.files import Card, cards
from sim.parameters import PARAMETERS

OF_PARAMETERS: Final = (
    *("parameter", "card", "about", "basis", "in_use", "estimates", "pooled"),
    *("prior", "low", "default", "high", "used_prior", "used_low", "used_default", "used_high"),
    *("used_within", "judged_low", "judged_middle", "judged_high", "improve_en", "improve_zh"),
)
OF_ESTIMATES: Final = (
    *("card", "row", "what_en", "what_zh", "figure", "value", "low", "high", "sign", "design"),
    *("population_en", "population_zh", "years", "source", "address", "quality", "directness"),
)


def files_of_cards() -> list[tuple[str, str]]:
    """Return name and text of the tables of all cards."""
    found = cards().values()
    parameters = [row for card in found for row in _parameter_rows(card)]
    estimates = [row for card in found for row in _estimate_rows(card)]
    return [
        ("cards.csv", table(OF_PARAMETERS, parameters)),
        ("estimates.csv", table(OF_ESTIMATES, estimates)),
    ]


def _parameter_rows(card: Card) -> list[tuple[object, ...]]:
    found = verdict(card)
    prior = found.prior
    derived = ("",) * 4 if prior is None else tuple(prior)
    judged = ("",) * 3 if card.judged is None else tuple(card.judged.at)
    pooled = sum(study.value is not None for study in card.studies)
    said = (card.about, found.basis, card.in_use, len(card.studies), pooled)
    rows = []
    for name in card.parameters:
        used = PARAMETERS[name].prior
        within = "" if prior is None else round(overlap(prior, name), 2)
        in_table = (used.kind, used.low, used.mode, used.high)
        rows.append((name, card.name, *said, *derived, *in_table, within, *judged, *card.improve))
    return rows


def _estimate_rows(card: Card) -> list[tuple[object, ...]]:
    rows = []
    for study in card.studies:
        value = "" if study.value is None else study.value
        sign = "" if study.sign is None else study.sign
        number = (study.figure, value, *(study.ends or ("", "")), sign, study.design)
        read = (study.years, study.source, study.address, study.quality, study.directness)
        rows.append((card.name, study.row, *study.what, *number, *study.population, *read))
    return rows
