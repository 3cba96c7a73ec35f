"""The table ``[variants]``: mechanisms that a scenario switches to another form."""

from collections.abc import Mapping

from sim.engine.variants import Chosen, Variant
from sim.language import Text
from sim.problems import meant, nearest
from sim.scenario import check
from sim.scenario.place import Place
from sim.scenario.shape import Shape, shaped, table
from sim.text.catalogue import worded
from sim.text.joining import alternatives

TABLE = "variants"


def known() -> Mapping[str, Variant]:
    """Return the mechanisms that have several forms, by subject."""
    from sim.model.rules.variants import VARIANTS  # takes a while to load

    return VARIANTS


def _shape() -> Shape:
    return table({of: {"enum": list(each.choices)} for of, each in known().items()})


@shaped(_shape)
def chosen_variants(value: object, place: Place) -> dict[str, str]:
    """Take a table of subjects and choices.

    Raises:
        Problem: a subject or a choice is unknown; names the nearest.
    """
    given = check.mapping(value, place)
    return check.by_id(given, place, subject, choice) if given else {}


def subject(name: str, place: Place) -> str:
    """Take the name of a mechanism that has several forms.

    Raises:
        Problem: it is none; names the nearest.
    """
    if name not in known():
        raise place.unknown(name, known())
    return name


def choice(of: str, value: object, place: Place) -> str:
    """Take one of a mechanism's forms.

    Raises:
        Problem: it is none; names the nearest.
    """
    choices = known()[of].choices
    if isinstance(value, str) and value in choices:
        return value
    close = nearest(value, choices) if isinstance(value, str) else None
    raise place.problem(value, alternatives(f'"{each}"' for each in choices), meant(close))


def unusual(given: Mapping[str, str]) -> dict[str, str]:
    """Return the choices other than the usual ones, in the table's order."""
    if not given:
        return {}
    return {
        each: form_of(given, each)
        for each, variant in known().items()
        if form_of(given, each) != variant.usual
    }


def form_of(given: Mapping[str, str], of: str) -> str:
    """Return the form that a mechanism has where some have another than the usual one."""
    return given.get(of, known()[of].usual)


def as_chosen(given: Mapping[str, str]) -> Chosen:
    """Return choices in the form that a setup holds."""
    return tuple(given.items())


def told(of: str, form: str) -> Text:
    """Return a choice in words."""
    variant = known()[of]
    called = variant.choices[form].name
    return worded("scenario.variant", name=variant.name, called=called, of=of, form=form)
