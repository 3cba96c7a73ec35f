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
from sim.present.screen import COLON, COMMA, SEMICOLON, print_line, print_table
from sim.problems import Problem, nearest
from sim.toml_tables import NOTHING
from sim.views.parameter_names import PRIORS, parameter_meaning, parameter_unit

HEADS: Final = (
    Text("parameter", "参数"),
    Text("rests on", "依据"),
    Text("rows", "行数"),
    Text("prior in use", "所用先验"),
    Text("follows", "推得先验"),
    Text("in use", "已采用"),
    Text("used within", "重合"),
)
OF_STUDIES: Final = (
    Text("row", "编号"),
    Text("what was measured", "所测"),
    Text("figure", "数值"),
    Text("design", "设计"),
    Text("whom", "对象"),
    Text("years", "年份"),
    Text("read as", "查阅情况"),
    Text("steps away", "距离"),
)
DESIGNS: Final[Mapping[str, Text]] = {
    "count": Text("count", "计数"),
    "experiment": Text("experiment", "实验"),
    "threshold": Text("threshold", "断点"),
    "meta-analysis": Text("meta-analysis", "元分析"),
    "before and after": Text("before and after", "双重差分"),
    "instrument": Text("instrument", "工具变量"),
    "structural": Text("structural", "结构模型"),
    "matching": Text("matching", "匹配"),
    "panel": Text("panel", "面板"),
    "descriptive": Text("descriptive", "描述"),
    "review": Text("review", "综述"),
}
QUALITIES: Final[Mapping[str, Text]] = {
    "official": Text("official", "官方"),
    "press-official": Text("press, official", "媒体引官方"),
    "mirror": Text("copy", "转载"),
    "secondary": Text("secondary", "二手"),
    "derived": Text("derived", "推算"),
    "unverified": Text("not found again", "未能查证"),
    "seen-abstract": Text("abstract", "见摘要"),
    "seen-excerpt": Text("excerpt", "见摘录"),
    "recalled": Text("recalled", "凭记忆"),
}
YES, NO = Text("yes", "是"), Text("no", "否")
NONE = Text("none follows", "无从推得")


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
        said = Text("false", "false") if card.in_use else Text("true", "true")
        file = f"{FOLDER}/{name.replace(':', '-')}.toml"
        hint = Text(f"sim cards {name} shows both", f"sim cards {name} 列出两者")
        raise Problem(file, "in_use", str(card.in_use).lower(), said, hint)
    used = sum(card.in_use for card in found.values())
    told = Text(
        f"{len(found)} cards, and the priors in use follow from {used} of them, as they say.",
        f"共 {len(found)} 张证据卡；其中 {used} 张的推得先验已采用，各卡所述均属实。",
    )
    print_line(told.in_(language))


def write_cards(folder: Path, language: Language) -> None:
    """Write the tables of all cards into a new folder, and say where.

    Raises:
        Problem: the pack has none, or the folder cannot be written.
    """
    _found()
    written = write_files(folder, files_of_cards(), lambda _: None)
    print(Text(f"Result: {written}", f"结果：{written}").in_(language))


def _found() -> Mapping[str, Card]:
    found = cards()
    if not found:
        expected = Text("a folder of cards in the city's pack", "城市数据包中的证据卡文件夹")
        raise Problem(str(city.folder()), FOLDER, NOTHING, expected)
    return found


def _one(name: str, found: Mapping[str, Card]) -> Card:
    for card in found.values():
        if name == card.name or name in card.parameters:
            return card
    close = nearest(name, found)
    hint = Text(f"Did you mean {close}?", f"是否想写 {close}？") if close else None
    expected = Text("a parameter that has a card", "有证据卡的参数")
    raise Problem("sim cards", "NAME", name, expected, hint)


def _show_all(found: Mapping[str, Card], language: Language) -> None:
    verdicts = {name: verdict(card) for name, card in found.items()}
    print_table(
        [head.in_(language) for head in HEADS],
        [_line(name, card, verdicts[card.name], language) for card in found.values()
         for name in card.parameters],
        numbers=(2, 6),
        whole=(0,),
    )  # fmt: skip
    bases = Counter(verdicts[card.name].basis for card in found.values() for _ in card.parameters)
    told = [f"{words.in_(language)} {bases[basis]}" for basis, words in BASES.items()]
    listed = COMMA.in_(language).join(told)
    total = bases.total()
    print_line(
        Text(
            f"{total} parameters have a card; they rest on: {listed}. Used within: part of the"
            " prior in use that lies within the one that follows.",
            f"共 {total} 个参数有证据卡，依据为：{listed}。重合：所用先验落在推得先验之内的部分。",
        ).in_(language)
    )


def _line(name: str, card: Card, found: Verdict, language: Language) -> list[str]:
    used = PARAMETERS[name].prior
    within = "" if found.prior is None else f"{overlap(found.prior, name):.0%}"
    return [
        name,
        BASES[found.basis].in_(language),
        str(len(card.studies)),
        _prior(used.kind, used.low, used.mode, used.high, language),
        _derived(found, language),
        (YES if card.in_use else NO).in_(language),
        within,
    ]


def _prior(kind: str, low: float, default: float, high: float, language: Language) -> str:
    return f"{PRIORS[kind].in_(language)} {low:g}, {default:g}, {high:g}"


def _derived(found: Verdict, language: Language) -> str:
    return NONE.in_(language) if found.prior is None else _prior(*found.prior, language)


def _show(card: Card, language: Language) -> None:
    found = verdict(card)
    colon = COLON.in_(language)
    for name in card.parameters:
        entry = PARAMETERS[name]
        unit = parameter_unit(entry.unit, language)
        used = entry.prior
        print_line(f"{name} ({unit}){colon}{parameter_meaning(name).in_(language)}")
        told = _prior(used.kind, used.low, used.mode, used.high, language)
        print_line(f"{HEADS[3].in_(language)}{colon}{told}", indent=4)
    rests = BASES[found.basis].in_(language)
    print_line(f"{HEADS[4].in_(language)}{colon}{_derived(found, language)} ({rests})")
    used_now = (YES if card.in_use else NO).in_(language)
    print_line(f"{HEADS[5].in_(language)}{colon}{used_now}")
    _say_why(card, language)
    if card.studies:
        print_table(
            [head.in_(language) for head in OF_STUDIES],
            [_study(study, language) for study in card.studies],
            numbers=(7,),
            whole=(0,),
        )
        for study in card.studies:
            where = Text("from memory", "凭记忆") if study.address == MEMORY else None
            told = where.in_(language) if where else study.address
            print_line(f"{study.row}{colon}{study.source}, {told}", indent=4)
    better = Text("What would say more", "何者可改进")
    print_line(f"{better.in_(language)}{colon}{card.improve.in_(language)}")


def _say_why(card: Card, language: Language) -> None:
    colon = COLON.in_(language)
    if card.link is not None:
        link = Text("Link (an assumption)", "换算（属假设）")
        factor = "{:g}, {:g}, {:g}".format(*card.link.factor)
        why = card.link.why.in_(language)
        print_line(f"{link.in_(language)}{colon}× {factor}{SEMICOLON.in_(language)}{why}")
    if card.judged is not None:
        judged = Text("Judged (5 %, middle, 95 %)", "判断（5%、中值、95%）")
        ends = "{:g}, {:g}, {:g}".format(*card.judged.at)
        rows = COMMA.in_(language).join(card.judged.rows)
        print_line(f"{judged.in_(language)}{colon}{ends} {rows}".rstrip())
    if card.about == "effect" and disagree(card):
        told = Text(
            "Evaluations disagree on the sign, so nought and both signs are held.",
            "各评估方向不一，故先验含零与正负两侧。",
        )
        print_line(told.in_(language))


def _study(study: Study, language: Language) -> list[str]:
    return [
        study.row,
        study.what.in_(language),
        study.figure,
        DESIGNS[study.design].in_(language),
        study.population.in_(language),
        study.years,
        QUALITIES[study.quality].in_(language),
        str(study.directness),
    ]
