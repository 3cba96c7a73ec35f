"""``sim cards``: what was published on parameters, and the prior that follows by a rule."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sim import city
from sim.evidence.cards.derive import BASES, Verdict, disagree, dishonest, overlap, verdict
from sim.evidence.cards.files import FOLDER, MEMORY, Card, Study, cards
from sim.evidence.cards.table import files_of_cards
from sim.experiments.files import write_files
from sim.language import Language, Text
from sim.parameters import PARAMETERS
from sim.present.screen import print_line, print_table
from sim.problems import Problem, meant, nearest
from sim.text.catalogue import say, titles, worded
from sim.text.joining import COLON, COMMA, SEMICOLON
from sim.toml_tables import NOTHING
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_unit

HEADS: Final = (
    *("parameter", "rests_on", "rows", "prior_in_use", "follows", "in_use", "used_within"),
)
OF_STUDIES: Final = (
    *("row", "measured", "figure", "design", "whom", "years", "read_as", "steps_away"),
)


def show_cards(name: str | None, language: Language) -> None:
    """Print all cards in one table, or one card whole.

    Raises:
        Problem: the pack has none, a card is not what it should be, or none has that name.
    """
    found = _found()
    if name is None:
        _show_all(found, language)
    else:
        _show(_one(name, found), language)


def check_cards(language: Language) -> None:
    """Say that cards and the table of parameters agree on which priors are in use.

    Raises:
        Problem: a card says otherwise of its prior than the table has.
    """
    found = _found()
    for name in dishonest(found):
        card = found[name]
        found_, right = (str(each).lower() for each in (card.in_use, not card.in_use))
        file = f"{FOLDER}/{name.replace(':', '-')}.toml"
        hint = worded("hint.shows_both", name=name)
        raise Problem(file, "in_use", found_, Text(right, right), hint)
    used = sum(card.in_use for card in found.values())
    print_line(say("cards.checked", language, found=len(found), used=used))


def write_cards(folder: Path, language: Language) -> None:
    """Write the tables of all cards into a new folder, and say where.

    Raises:
        Problem: the pack has none, or the folder cannot be written.
    """
    _found()
    written = write_files(folder, files_of_cards(), lambda _: None)
    print(say("cli.result", language, folder=written))


def _found() -> Mapping[str, Card]:
    found = cards()
    if not found:
        raise Problem(str(city.folder()), FOLDER, NOTHING, worded("expected.cards"))
    return found


def _one(name: str, found: Mapping[str, Card]) -> Card:
    for card in found.values():
        if name == card.name or name in card.parameters:
            return card
    raise Problem("sim cards", "NAME", name, worded("expected.card"), meant(nearest(name, found)))


def _show_all(found: Mapping[str, Card], language: Language) -> None:
    verdicts = {name: verdict(card) for name, card in found.items()}
    print_table(
        titles("cards", HEADS, language),
        [_line(name, card, verdicts[card.name], language) for card in found.values()
         for name in card.parameters],
        numbers=(2, 6),
        whole=(0,),
    )  # fmt: skip
    bases = Counter(verdicts[card.name].basis for card in found.values() for _ in card.parameters)
    told = [f"{words.in_(language)} {bases[basis]}" for basis, words in BASES.items()]
    listed = COMMA.in_(language).join(told)
    total = bases.total()
    print_line(say("cards.total", language, total=total, listed=listed))


def _line(name: str, card: Card, found: Verdict, language: Language) -> list[str]:
    used = PARAMETERS[name].prior
    within = "" if found.prior is None else f"{overlap(found.prior, name):.0%}"
    return [
        name,
        BASES[found.basis].in_(language),
        str(len(card.studies)),
        _prior(used.kind, used.low, used.mode, used.high, language),
        _derived(found, language),
        _yes(card.in_use, language),
        within,
    ]


def _yes(so: bool, language: Language) -> str:
    return say(f"setting.{'yes' if so else 'no'}", language)


def _prior(kind: str, low: float, default: float, high: float, language: Language) -> str:
    return f"{PRIORS[kind].in_(language)} {low:g}, {default:g}, {high:g}"


def _derived(found: Verdict, language: Language) -> str:
    if found.prior is None:
        return say("cards.none_follows", language)
    return _prior(*found.prior, language)


def _show(card: Card, language: Language) -> None:
    found = verdict(card)
    colon = COLON.in_(language)
    for name in card.parameters:
        entry = PARAMETERS[name]
        unit = parameter_unit(entry.unit, language)
        used = entry.prior
        print_line(f"{name} ({unit}){colon}{parameter_meaning(name).in_(language)}")
        told = _prior(used.kind, used.low, used.mode, used.high, language)
        print_line(f"{say('cards.prior_in_use', language)}{colon}{told}", indent=4)
    rests = BASES[found.basis].in_(language)
    print_line(f"{say('cards.follows', language)}{colon}{_derived(found, language)} ({rests})")
    print_line(f"{say('cards.in_use', language)}{colon}{_yes(card.in_use, language)}")
    _say_why(card, language)
    if card.studies:
        print_table(
            titles("cards", OF_STUDIES, language),
            [_study(study, language) for study in card.studies],
            numbers=(7,),
            whole=(0,),
        )
        for study in card.studies:
            remembered = study.address == MEMORY
            told = say("cards.from_memory", language) if remembered else study.address
            print_line(f"{study.row}{colon}{study.source}, {told}", indent=4)
    print_line(f"{say('cards.improve', language)}{colon}{card.improve.in_(language)}")


def _say_why(card: Card, language: Language) -> None:
    colon = COLON.in_(language)
    if card.link is not None:
        link = worded("cards.link")
        factor = "{:g}, {:g}, {:g}".format(*card.link.factor)
        why = card.link.why.in_(language)
        print_line(f"{link.in_(language)}{colon}× {factor}{SEMICOLON.in_(language)}{why}")
    if card.judged is not None:
        judged = worded("cards.judged")
        ends = "{:g}, {:g}, {:g}".format(*card.judged.at)
        rows = COMMA.in_(language).join(card.judged.rows)
        print_line(f"{judged.in_(language)}{colon}{ends} {rows}".rstrip())
    if card.about == "effect" and disagree(card):
        print_line(say("cards.disagree", language))


def _study(study: Study, language: Language) -> list[str]:
    return [
        study.row,
        study.what.in_(language),
        study.figure,
        say(f"design.{study.design}", language),
        study.population.in_(language),
        study.years,
        say(f"quality.{study.quality}", language),
        str(study.directness),
    ]
