"""A result as a workbook: names, units, intervals and sources in both languages, no formulas."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from sim.csv_files import is_number, text_of
from sim.exchange.fields import ENDS, fields_of, rows_of
from sim.exchange.result import Taken, counts_by_year, decembers
from sim.language import Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN, READINGS
from sim.spec.findings import Listing, Sentence
from sim.spec.table import Cell, Head, Table
from sim.workbook import Sheet, Value, workbook

MOST_ROWS: Final = 1_048_000
"""Rows that a sheet of Excel has, less a few."""
READ_SO: Final = (
    ("_low, _high", Text("ends of the 95 % interval", "95% 区间的两端")),
    ("_p10, _p90", Text("middle 80 % of the replicates", "中间 80% 的模拟")),
    (
        "likelihood",
        Text(
            "share of replicates at the target or above when counts are due; about: 左右",
            "到期时达到目标的模拟所占份额；about 为左右判定",
        ),
    ),
)
"""How columns are read, for the first sheet."""
COUNTS: Final[Sequence[Text]] = (
    Text("count", "代号"),
    Text("name, English", "英文名称"),
    Text("name, Chinese", "中文名称"),
    Text("unit, English", "英文单位"),
    Text("unit, Chinese", "中文单位"),
    Text("reading, English", "英文口径"),
    Text("reading, Chinese", "中文口径"),
    Text("target", "目标值"),
    Text("median", "中位数"),
    Text("10 % quantile", "10% 分位数"),
    Text("90 % quantile", "90% 分位数"),
    Text("likelihood, strict", "可能性（严格）"),
    *(Text(f"strict: {each.en}", f"严格：{each.zh}") for each in (ENDS["_low"], ENDS["_high"])),
    Text("likelihood, 左右", "可能性（左右）"),
    *(Text(f"左右: {each.en}", f"左右：{each.zh}") for each in (ENDS["_low"], ENDS["_high"])),
    Text("likelihood over parameters, 10 %", "可能性随参数，10%"),
    Text("likelihood over parameters, 90 %", "可能性随参数，90%"),
    Text("year in which half had reached it", "半数模拟达成年份"),
    Text("share of luck", "偶然的份额"),
    Text("share of parameters", "参数的份额"),
    Text("source, Chinese", "出处（原文）"),
    Text("source, English", "出处（英译）"),
    Text("section", "章节"),
)
PARAMETER: Final[Sequence[Text]] = (
    Text("parameter", "参数"),
    Text("meaning, English", "英文含义"),
    Text("meaning, Chinese", "中文含义"),
    Text("unit", "单位"),
    Text("default", "默认值"),
    Text("prior", "先验"),
    Text("lowest", "下限"),
    Text("highest", "上限"),
    Text("fixed at", "固定为"),
    Text("source", "来源"),
)


def as_workbook(taken: Taken) -> bytes:
    """Return a result as a workbook."""
    return workbook(list(_sheets(taken)))


def _sheets(taken: Taken) -> Iterator[Sheet]:
    yield Sheet("说明 About", [["", "what", "项目", "value 内容"], *_about(taken)])
    if taken.packages:
        yield _counts(taken)
    if taken.given.result is not None:
        yield _years(taken)
    own = set[str]()
    if taken.findings is not None:
        yield Sheet("结论 Findings", [["", "English", "中文"], *_sentences(taken)])
        for part in taken.findings.parts:
            if isinstance(part, Table) and part.rows:
                own.add(part.name)
                yield _table(part)
    for path in taken.files():
        if path.suffix == ".csv" and path.parent == taken.folder and path.stem not in own:
            yield from _file(taken, path.stem)
    if taken.given.result is not None:
        yield _parameters(taken)


def _about(taken: Taken) -> Iterator[list[Value]]:
    for key, told, value in taken.origin():
        yield [key, *told, value]
    for key, told in READ_SO:
        yield [key, *told, ""]


def _counts(taken: Taken) -> Sheet:
    """Return the counts of each package, with the plan's own words for each."""
    entries = {count.id: count for count in PLAN.counts}
    rows: list[list[Value]] = []
    for package in taken.packages:
        for each in package.summary.counts:
            entry = entries[each.id]
            over: Sequence[Value] = each.over_parameters or (None, None)
            rows.append(
                [
                    *(str(package.scenario["id"]), each.id, *entry.name, *entry.unit),
                    *(*READINGS[each.reading], each.target, each.median, each.p10, each.p90),
                    *(*each.likelihood, *each.about, *over, each.median_year),
                    *(each.luck_share, each.parameter_share),
                    *(entry.sentence, entry.gloss, f"{entry.section.zh} · {entry.section.en}"),
                ]
            )
    heads = [Text("scenario", "情景"), *COUNTS]
    return Sheet("目标 Counts", [*_heads(heads), *rows], 2)


def _years(taken: Taken) -> Sheet:
    """Return the course of each count: median and 80 % range at the end of each year."""
    names = {count.id: count for count in PLAN.counts}
    years = list(decembers(taken))
    rows: list[list[Value]] = []
    for name, found in counts_by_year(taken):
        for told, values in zip(QUANTILES, found.tolist(), strict=True):
            rows.append([*names[name].name, *names[name].unit, *told, *values])
    heads = [Text("count", "count"), Text("目标", "目标"), Text("unit", "unit"),
             Text("单位", "单位"), Text("quantile", "quantile"),
             Text("分位数", "分位数")]  # fmt: skip
    return Sheet("逐年 Years", [[*(each.en for each in heads), *years], *rows])


QUANTILES: Final = (Text("median", "中位数"), ENDS["_p10"], ENDS["_p90"])


def _sentences(taken: Taken) -> Iterator[list[Value]]:
    for part in taken.findings.parts if taken.findings else ():
        if isinstance(part, Sentence):
            yield [part.tone, *part.text]
        if isinstance(part, Listing):
            for each in part.items:
                yield ["", *each]


def _table(part: Table) -> Sheet:
    """Return a table: what files hold of it, and what is only read, in both languages."""
    fields = list(chain.from_iterable(map(_fields, part.heads)))
    heads = list(chain.from_iterable(map(_titles, part.heads)))
    rows = [
        list(
            chain.from_iterable(
                _values(head, cell) for head, cell in zip(part.heads, row, strict=True)
            )
        )
        for row in part.rows
    ]
    title: list[Value] = [f"{part.title.en} · {part.title.zh}"]
    return Sheet(part.name or part.title.zh, [title, *_heads(heads), fields, *rows], 4)


def _fields(head: Head) -> list[Value]:
    return list(head.fields) or ["", ""]


def _titles(head: Head) -> list[Text]:
    if not head.fields:
        return [Text(f"{head.text.en} (English)", f"{head.text.zh}（英文）"),
                Text(f"{head.text.en} (Chinese)", f"{head.text.zh}（中文）")]  # fmt: skip
    return [_ended(head.text, field) for field in head.fields]


def _ended(text: Text, field: str) -> Text:
    """Return the title of a field, which may be the end of an interval."""
    told = next((told for end, told in ENDS.items() if field.endswith(end)), None)
    if told is None or not text.en:
        return told or text
    return Text(f"{text.en}: {told.en}", f"{text.zh}：{told.zh}")


def _values(head: Head, cell: Cell) -> list[Value]:
    return list(cell.values) if head.fields else list(cell.text)


def _file(taken: Taken, stem: str) -> Iterator[Sheet]:
    """Yield a table that only programs read, in as many sheets as it needs."""
    path = taken.folder / f"{stem}.csv"
    fields = fields_of(taken, path) or []
    heads, *rows = rows_of(path) or [[]]
    told = [each.meaning for each in fields]
    for at in range(0, max(1, len(rows)), MOST_ROWS):
        some = [[_typed(cell) for cell in row] for row in rows[at : at + MOST_ROWS]]
        yield Sheet(stem, [*_heads(told), list(heads), *some], 3)


def _typed(cell: str) -> Value:
    """Return a cell of a CSV file of ours as it was before it was written."""
    return float(cell) if is_number(cell) else text_of(cell)


def _parameters(taken: Taken) -> Sheet:
    result = taken.given.result
    told = result.manifest["parameters"] if result is not None else []
    rows: list[list[Value]] = []
    for each in told:
        meaning = PARAMETERS[each["name"]].meaning if each["name"] in PARAMETERS else ("", "")
        prior = each["prior"]
        rows.append(
            [
                *(each["name"], *meaning, each["unit"], each["default"]),
                *(prior["kind"], prior["low"], prior["high"], each["fixed"], each["source"]),
            ]
        )
    return Sheet("参数 Parameters", [*_heads(PARAMETER), *rows], 2)


def _heads(texts: Iterable[Text]) -> list[list[Value]]:
    given = list(texts)
    return [[each.en for each in given], [each.zh for each in given]]
