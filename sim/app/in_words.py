"""What a package does otherwise than the scenario that it is told from, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from sim.app.package import Package
from sim.language import Text
from sim.plan import PLAN, READINGS, Reading
from sim.scenario.events import events
from sim.scenario.events import told as event_told
from sim.scenario.levers import SETTING, TABLES
from sim.scenario.place import Place
from sim.scenario.posterior import EXPERT, PRIOR
from sim.scenario.rules import rules
from sim.scenario.rules import told as rule_told
from sim.scenario.variants import told as variant_told
from sim.text.catalogue import capital
from sim.views.parameter_names import short_names

NAMES: Mapping[str, Text] = {
    entry.id: entry.name
    for entry in (*PLAN.levers, *PLAN.instruments, *PLAN.districts, *PLAN.clusters)
}


def differences(package: Package) -> tuple[Text, ...]:
    """Return what differs from the package's base, in the order of the keys of a file.

    Its name is not among it: that is shown anyway.
    """
    return tuple(text for key, told in package.said.items() for text in TELLING[key](told))


def settings(told: Mapping[str, Any]) -> Text:
    """Return settings of a lever or an instrument in a row.

    Args:
        told: key of a lever's table -> what a file says there.
    """
    return _joined([SETTINGS[key](told[key]) for key in SETTING if key in told], ", ", "，")


def _joined(texts: list[Text], en: str, zh: str) -> Text:
    return Text(en.join(text.en for text in texts), zh.join(text.zh for text in texts))


def _number(value: float) -> str:
    return f"{value:.12g}"


def _dose(told: float | list[dict[str, Any]]) -> Text:
    if not isinstance(told, list):
        return Text(f"dose {_number(told)}", f"力度 {_number(told)}")
    steps = [(_number(each["value"]), each["from"]) for each in told]
    return Text(
        "dose " + ", ".join(f"{dose} from {start}" for dose, start in steps),
        "力度 " + "，".join(f"{start} 起 {dose}" for dose, start in steps),
    )


def _places(told: object, everywhere: Text, prefix: Text) -> Text:
    if not isinstance(told, list | tuple):
        return everywhere
    listed = _joined([NAMES[name] for name in told], ", ", "、")
    return Text(prefix.en + listed.en, prefix.zh + listed.zh)


def _end(told: str) -> Text:
    if told == "never":
        return Text("without end", "不设终止时间")
    return Text(f"until {told}", f"至 {told}")


SETTINGS: Mapping[str, Callable[[Any], Text]] = {
    "on": lambda told: Text("on", "开启") if told else Text("off", "关闭"),
    "dose": _dose,
    "start": lambda told: Text(f"from {told}", f"自 {told}"),
    "end": _end,
    "ramp_months": lambda told: Text(f"in full after {told} months", f"{told} 个月达到全部力度"),
    "districts": lambda told: _places(told, Text("whole city", "全市"), Text("in ", "限")),
    "clusters": lambda told: _places(
        told, Text("all clusters", "所有集群"), Text("clusters: ", "集群：")
    ),
}
"""Key of a lever's table -> what it says in words."""


def _levers(told: Mapping[str, Mapping[str, Any]]) -> list[Text]:
    """Return a text for each lever, and for each instrument that is told apart."""
    found = []
    for lever, table in told.items():
        common = {key: value for key, value in table.items() if key in SETTING}
        single = {name: value for name, value in table.items() if name not in SETTING}
        every = {lever: common, **single} if common else single
        for name, given in every.items():
            words = settings(given)
            called = NAMES[name]
            found.append(Text(f"{capital(called.en)}: {words.en}", f"{called.zh}：{words.zh}"))
    return found


def _as_of(told: str) -> list[Text]:
    if told == "never":
        return [Text("no facts are used", "不采用已发生的事实")]
    return [Text(f"facts known up to {told}", f"采用截至 {told} 的事实")]


def _draws(told: str) -> list[Text]:
    if told == PRIOR:
        return [Text("parameters drawn from their priors", "参数取自先验")]
    if told.startswith(EXPERT):
        name = told.removeprefix(EXPERT)
        return [Text(f"parameters drawn as {name} holds them", f"参数取自 {name} 的判断")]
    return [Text("parameters drawn as calibrated", "参数取自校准后的后验")]


def _processes(told: Mapping[str, list[str]]) -> list[Text]:
    names = ", ".join(told["without"])
    if not names:
        return [Text("no process of the month is left out", "不去掉任何过程")]
    return [Text(f"without the process: {names}", f"去掉过程：{names}")]


def _readings(told: Mapping[str, Reading]) -> list[Text]:
    counts = {count.id: count.name for count in PLAN.counts}
    return [
        Text(
            f"{capital(counts[name].en)} read as: {READINGS[reading].en}",
            f"{counts[name].zh}按{READINGS[reading].zh}计",
        )
        for name, reading in told.items()
    ]


def _parameters(told: Mapping[str, float], sign: str) -> list[Text]:
    return [
        Text(*(f"{text} {sign} {_number(value)}" for text in short_names()[name]))
        for name, value in told.items()
    ]


def _events(told: list[dict[str, Any]]) -> list[Text]:
    if not told:
        return [Text("no events", "不设事件")]
    return [event_told(event) for event in events(told, Place(""))]


def _rules(told: list[dict[str, Any]]) -> list[Text]:
    if not told:
        return [Text("no rules", "不设规则")]
    return [rule_told(rule) for rule in rules(told, Place(""))]


def _moves(told: list[dict[str, Any]]) -> list[Text]:
    if not told:
        return [Text("no money is moved", "不调整资金")]
    return [
        Text(
            f"{each['share']:.0%} of the money of {each['of']} to {each['to']} from {each['from']}",
            f"自 {each['from']} 起将 {each['of']} 资金的 {each['share']:.0%} 转给 {each['to']}",
        )
        for each in told
    ]


def _budget(told: dict[str, float] | str) -> list[Text]:
    if isinstance(told, str):
        return [Text("no budget", "不设预算")]
    most = _number(told["yearly"])
    return [Text(f"at most {most} 亿元 a year", f"每年至多 {most} 亿元")]


TELLING: Mapping[str, Callable[[Any], list[Text]]] = {
    "name": lambda _: [],
    "description": lambda _: [],
    "horizon": lambda told: [Text(f"run until {told}", f"模拟至 {told}")],
    "replicates": lambda told: [
        Text(f"{told} replicates when run from its file", f"按文件运行时模拟 {told} 次")
    ],
    "seed": lambda told: [Text(f"seed {told}", f"随机种子 {told}")],
    "tolerance": lambda told: [
        Text(
            f"左右 (about) down to {_number(100 * told)} % below a target",
            f"“左右”容差 {_number(100 * told)}%",
        )
    ],
    "draws": _draws,
    "as_of": _as_of,
    "parameters": lambda told: _parameters(told, "="),
    "multipliers": lambda told: _parameters(told, "×"),
    "events": _events,
    "rules": _rules,
    "moves": _moves,
    "budget": _budget,
    "readings": _readings,
    "processes": _processes,
    "variants": lambda told: [variant_told(*pair) for pair in told.items()],
    **dict.fromkeys(TABLES, _levers),
}
"""Key of a scenario file -> what it says in words."""
