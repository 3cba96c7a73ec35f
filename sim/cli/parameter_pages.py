"""``sim parameters``: every number of the model, where it comes from, and what it means."""

from itertools import groupby

from sim.dependence import Follower, followers
from sim.language import Language, Text
from sim.parameters import PARAMETERS, Parameter, assumption_share, find
from sim.present.screen import print_line
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_source, parameter_unit

SOURCE = Text("source: ", "来源：")


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
    print_line(
        Text(
            f"Parameters shown: {len(chosen)}; {share:.0%} of the model's uncertain parameters are"
            " assumptions without a source.",
            f"共显示 {len(chosen)} 个参数；模型的不确定参数中 {share:.0%} 为无来源的假设。",
        ).in_(language)
    )


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
    print_line(f"{SOURCE.in_(language)}{parameter_source(entry.source, language)}", indent=4)
    for each in followers().values():
        if each.name == entry.name:
            print_line(_follows(each).in_(language), indent=4)


def _follows(each: Follower) -> Text:
    told = f"{each.rank_correlation:+g}".replace("-", "−")
    return Text(
        f"follows {each.follows}, rank correlation {told}: {each.why.en}",
        f"随 {each.follows} 变动，秩相关 {told}：{each.why.zh}",
    )
