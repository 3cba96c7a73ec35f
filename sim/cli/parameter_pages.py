"""``sim parameters``: every number of the model, where it comes from, and what it means."""

from itertools import groupby

from sim.dependence import Follower, followers
from sim.language import Language, Text
from sim.parameters import PARAMETERS, Parameter, assumption_share, find
from sim.present.screen import print_line
from sim.text.catalogue import say, worded
from sim.text.joining import COLON
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_source, parameter_unit


def show_parameters(name: str | None, language: Language) -> None:
    """Print all parameters, those of a group or vector, or one.

    Raises:
        Problem: no parameter, vector or group has that name.
    """
    chosen = _chosen(name)
    for group, entries in groupby(chosen, key=lambda entry: entry.group):
        print_line(f"[{group}]")
        for entry in entries:
            _show(entry, language)
        print_line()
    share = assumption_share()
    print_line(say("parameters.shown", language, chosen=len(chosen), share=share))


def _chosen(name: str | None) -> list[Parameter]:
    chosen = [
        entry
        for entry in PARAMETERS.values()
        if name is None or name in (entry.group, entry.name, entry.name.partition(":")[0])
    ]
    if not chosen and name is not None:
        return [find(name, "sim parameters")]
    return chosen


def _show(entry: Parameter, language: Language) -> None:
    # One line to search for, then what explains it: legible at any width.
    prior = PRIORS[entry.prior.kind].in_(language)
    if entry.prior.kind != "fixed":
        prior += f" {entry.prior.low:g} - {entry.prior.high:g}"
    unit = f" {parameter_unit(entry.unit, language)}" if entry.unit else ""
    print_line(f"{entry.name} = {entry.default:g}{unit} · {prior}")
    print_line(f"{parameter_meaning(entry.name).in_(language)}", indent=4)
    source = parameter_source(entry.source, language)
    print_line(f"{say('facts.source', language)}{COLON.in_(language)}{source}", indent=4)
    for each in followers().values():
        if each.name == entry.name:
            print_line(_follows(each).in_(language), indent=4)


def _follows(each: Follower) -> Text:
    told = f"{each.rank_correlation:+g}".replace("-", "−")
    return worded("parameters.follows", follows=each.follows, correlation=told, why=each.why)
