"""``sim parameters``: every number of the model, where it comes from, and what it means."""

from sim.cli.screen import print_line, print_table
from sim.language import Language, Text
from sim.parameters import PARAMETERS, Parameter, assumption_share, find

HEADS = (
    Text("name", "名称"),
    Text("default", "默认值"),
    Text("unit", "单位"),
    Text("prior", "先验"),
    Text("source", "来源"),
    Text("meaning", "含义"),
)
PRIORS = {
    "fixed": Text("fixed", "固定"),
    "uniform": Text("uniform", "均匀"),
    "loguniform": Text("log-uniform", "对数均匀"),
    "triangular": Text("triangular", "三角"),
}


def show_parameters(name: str | None, language: Language) -> None:
    """Print all parameters, those of a group or vector, or one.

    Raises:
        Problem: no parameter, vector or group has that name.
    """
    chosen = [
        entry
        for entry in PARAMETERS.values()
        if name is None or name in (entry.group, entry.name, entry.name.partition(":")[0])
    ]
    if not chosen and name is not None:
        chosen = [find(name, "sim parameters")]
    print_table(
        [head.in_(language) for head in HEADS],
        [_row(entry, language) for entry in chosen],
        numbers=(1,),
    )
    share = assumption_share()
    print_line(
        Text(
            f"{len(chosen)} parameters shown; {share:.0%} of the model's uncertain parameters are"
            " assumptions without a source.",
            f"共显示 {len(chosen)} 个参数；模型的不确定参数中 {share:.0%} 为无来源的假设。",
        ).in_(language)
    )


def _row(entry: Parameter, language: Language) -> tuple[str, ...]:
    prior = PRIORS[entry.prior.kind].in_(language)
    if entry.uncertain:
        prior += f" {entry.prior.low:g} - {entry.prior.high:g}"
    return (
        entry.name,
        f"{entry.default:g}",
        entry.unit,
        prior,
        entry.source,
        entry.meaning.in_(language),
    )
