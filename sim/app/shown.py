"""What a page shows of a package and of its answers, as plain data for the browser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.app.answers import Answer, Change
from sim.app.in_words import settings
from sim.app.package import Package
from sim.calendar import month_label
from sim.estimate.paired import Difference
from sim.estimate.records import Interval
from sim.evidence.instruments import said_of_instrument
from sim.experiments.costs import FORGONE, cost
from sim.language import Language
from sim.model.world.layout import DUE
from sim.parameters import PARAMETERS
from sim.plan import PLAN, Count, Instrument, Lever
from sim.plan.names import Named
from sim.scenario import Scenario, Setting
from sim.scenario.doses import plain_steps
from sim.studies.shared.observed import in_short
from sim.text.catalogue import capital, say, texts
from sim.text.joining import SEMICOLON
from sim.text.numbers import exact, percent, percent_range, plain, points
from sim.views.parameter_names import parameter_source

LEAST = 30
"""Replicates below which a likelihood is no more than a hint, and is not set in large type."""
ALL = "all"
"""Stands for all counts together."""
GROUPS = (("plans", "plan", PLAN.plans), ("safeguards", "safeguard", PLAN.safeguards))
LIMITS: Mapping[str, tuple[Sequence[Named], Sequence[tuple[Named, str]]]] = {
    "districts": (PLAN.districts, [(zone, zone.district) for zone in PLAN.zones]),
    "clusters": (PLAN.clusters, [(track, track.cluster) for track in PLAN.tracks]),
}
"""What an instrument can be limited to: wholes, and each part of one with the id of its whole."""
LEVER_WORDS = (
    "details", "dose", "from", "start", "where", "only", "section", "acts_on", "cost", "sentence",
    "measured", "differs",
)  # fmt: skip
TABLE_WORDS = ("count", "chart", "likelihood", "change", "median", "about")


def labels(language: Language, *names: str) -> dict[str, str]:
    """Return words of the lab by their names; the page fills their braces in."""
    return {name: texts()[f"lab.{name}"].in_(language) for name in names}


def levers(package: Package, language: Language, heard: int = 0) -> dict[str, Any]:
    """Return the panel of levers: every lever and instrument with its setting and sources.

    Args:
        package: whose settings are shown.
        language: of the words.
        heard: number of the last wish of the panel that was answered.
    """
    return {
        "heard": heard,
        "words": labels(language, *LEVER_WORDS),
        "months": [month_label(number) for number in range(DUE + 1)],
        "limits": {
            field: {
                "name": say(f"lab.{field}", language),
                "every": say(f"lab.all_{field}", language),
                "wholes": [
                    {
                        **_named(whole, language),
                        "parts": [_named(part, language) for part, of in parts if of == whole.id],
                    }
                    for whole in wholes
                ],
            }
            for field, (wholes, parts) in LIMITS.items()
        },
        "groups": [
            {
                "kind": kind,
                "name": say(f"lab.{key}", language, number=len(group)),
                "levers": [_lever(lever, package.scenario, language) for lever in group],
            }
            for key, kind, group in GROUPS
        ],
    }


def _named(entry: Named, language: Language) -> dict[str, Any]:
    return {"id": entry.id, "name": capital(entry.name.in_(language))}


SHOWN: Mapping[str, Callable[[Setting], Any]] = {
    "dose": lambda setting: (setting.dose, setting.later),
    "start": lambda setting: setting.start,
    "districts": lambda setting: setting.districts,
    "clusters": lambda setting: setting.clusters,
}
"""What the panel shows of a setting, to see whether instruments of a lever have it in common."""


def _lever(lever: Lever, scenario: Scenario, language: Language) -> dict[str, Any]:
    settings = [scenario.settings[entry.id] for entry in lever.instruments]
    on = [setting for setting in settings if setting.on]
    told = on or settings
    some_on = 0 < len(on) < len(settings)
    return {
        "id": lever.id,
        "name": capital(lever.name.in_(language)),
        "section": lever.section.in_(language),
        "cost": say("lab.cost_until_due", language, cost=plain(_lever_cost(lever, scenario))),
        "setting": {
            **_setting(told[0]),
            "on": bool(on),
            "some": say("lab.some_on", language, on=len(on), all=len(settings)) if some_on else "",
            "mixed": {
                field: len({read(setting) for setting in told}) > 1 for field, read in SHOWN.items()
            },
        },
        "instruments": [
            _instrument(entry, scenario.settings[entry.id], language) for entry in lever.instruments
        ],
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "on": setting.on,
        "dose": setting.dose,
        "start": setting.start,
        **{field: getattr(setting, field) for field in LIMITS},
    }


def _instrument(entry: Instrument, setting: Setting, language: Language) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": capital(entry.name.in_(language)),
        "acts_on": capital(entry.acts_on.in_(language)),
        "measured": capital(said_of_instrument(entry.id).in_(language)),
        "sentence": entry.sentence,
        "gloss": entry.gloss if language != "zh" else "",
        "section": entry.section.in_(language),
        "cost": _unit_cost(entry, language),
        "setting": _setting(setting),
        "told": settings(_limits(setting)).in_(language),
    }


def _limits(setting: Setting) -> dict[str, Any]:
    """Return when, where and, where that changes, how much an instrument acts, as far as told."""
    told = {key: getattr(setting, key) for key in ("start", "end", "districts", "clusters")}
    if setting.later:
        told = {
            "dose": plain_steps(setting.steps),
            **{key: told[key] for key in told if key != "start"},
        }
    return {key: value for key, value in told.items() if value is not None}


def _unit_cost(entry: Instrument, language: Language) -> str:
    if entry.cost is None:
        return say("lab.no_cost", language)
    unit = PARAMETERS[entry.cost]
    ends = {"low": f"{unit.prior.low:g}", "high": f"{unit.prior.high:g}"}
    source = parameter_source(unit.source, language)
    told = say("lab.a_year", language, cost=f"{unit.default:g}", source=source, **ends)
    if entry.id not in FORGONE:
        return told
    return SEMICOLON.in_(language).join((told, FORGONE[entry.id].in_(language)))


def _lever_cost(lever: Lever, scenario: Scenario) -> float:
    """Return what a lever costs until counts are due: the whole without what the rest costs."""
    own = {entry.id for entry in lever.instruments}
    rest = {
        name: replace(setting, on=setting.on and name in own)
        for name, setting in scenario.settings.items()
    }
    return cost(replace(scenario, settings=rest), DUE + 1)


def likelihoods(
    answer: Answer | None,
    change: Change | None,
    language: Language,
    *,
    busy: bool,
    older: bool = False,
    of: str = "",
) -> dict[str, Any]:
    """Return the table of the counts, empty cells where nothing is known yet.

    Args:
        answer: what is known, None if nothing is.
        change: against the reference, None if nothing is known of it.
        language: of the words.
        busy: whether more is coming.
        older: whether the answer is still that of the package before.
        of: hash of the scenario whose replicates they are, and seed.
    """
    return {
        "older": older,
        "of": of,
        "few": answer is not None and answer.summary.replicates < LEAST,
        "words": labels(language, *TABLE_WORDS),
        "caption": say("lab.caption", language),
        "busy": busy,
        "rows": [
            *(
                _row(number, count, answer, change, language)
                for number, count in enumerate(PLAN.counts)
            ),
            _joint(answer, change, language),
        ],
    }


def _row(
    number: int, count: Count, answer: Answer | None, change: Change | None, language: Language
) -> dict[str, Any]:
    unit = count.unit.in_(language)
    apart = " ·" if unit[0].isdigit() else ""  # or else "5,000 100 million yuan"
    target = f"≥ {exact(count.target)}{apart} {unit}"
    known = in_short(count)
    name = {
        "id": count.id,
        "name": capital(count.name.in_(language)),
        "target": target,
        "known": "" if known is None else known.in_(language),
    }
    if answer is None:
        return {**name, **_cells(None, None)}
    found = answer.summary.counts[number]
    about = found.about if count.about else None
    return {
        **name,
        **_cells(found.likelihood, change.strict[number] if change else None),
        "median": plain(found.median),
        "range": f"{plain(found.p10)} – {plain(found.p90)}",
        "about": percent(about.value) if about else "",
        "about_interval": percent_range(about.low, about.high) if about else "",
    }


def _joint(answer: Answer | None, change: Change | None, language: Language) -> dict[str, Any]:
    name = {"id": ALL, "name": say("lab.all_counts", language), "target": "", "known": ""}
    if answer is None:
        return {**name, **_cells(None, None)}
    about = answer.summary.joint_about
    return {
        **name,
        **_cells(answer.summary.joint, change.joint if change else None),
        "about": percent(about.value),
        "about_interval": percent_range(about.low, about.high),
    }


def _cells(found: Interval | None, difference: Difference | None) -> dict[str, Any]:
    cells: dict[str, Any] = {
        **dict.fromkeys(("median", "range", "about", "about_interval"), ""),
        "value": None, "low": 0.0, "high": 0.0, "before": None,
        "likelihood": "…", "interval": "", "change": "", "change_interval": "", "direction": "",
    }  # fmt: skip
    if found is not None:
        cells |= found._asdict()
        cells["likelihood"] = percent(found.value)
        cells["interval"] = percent_range(found.low, found.high)
    if found is not None and difference is not None:
        cells["before"] = min(1.0, max(0.0, found.value - difference.value))
        cells["change"] = points(round(difference.value, 3))
        cells["change_interval"] = (
            f"{points(round(difference.low, 3))} … {points(round(difference.high, 3))}"
        )
        cells["direction"] = "tie" if difference.tie else "up" if difference.value > 0 else "down"
    return cells
