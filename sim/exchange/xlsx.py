"""A result as a workbook: names, units, intervals and sources in both languages, no formulas."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from sim.csv_files import is_number, text_of
from sim.exchange.fields import ENDS, fields_of, rows_of
from sim.exchange.result import Taken, counts_by_year, decembers
from sim.language import NOTHING, Text
from sim.parameters import PARAMETERS
from sim.plan import PLAN, READINGS
from sim.spec.findings import Listing, Sentence
from sim.spec.table import Cell, Head, Table
from sim.text.catalogue import worded
from sim.workbook import Sheet, Value, workbook

MOST_ROWS: Final = 1_048_000
"""Rows that a sheet of Excel has, less a few."""
READ_SO: Final = (
    ("_low, _high", worded("sheet.interval")),
    ("_p10, _p90", worded("sheet.middle")),
    ("likelihood", worded("sheet.likelihood")),
)
"""How columns are read, for the first sheet."""
COUNTS: Final = (
    *("scenario", "count", "name_en", "name_zh", "unit_en", "unit_zh", "reading_en", "reading_zh"),
    *("target", "median", "p10", "p90", "strict", "strict_low", "strict_high"),
    *("about", "about_low", "about_high", "over_p10", "over_p90", "median_year"),
    *("luck_share", "parameter_share", "sentence", "gloss", "section"),
)
"""Columns of the sheet of counts, by their names among the texts, as are the next of theirs."""
PARAMETER: Final = (
    *("parameter", "meaning_en", "meaning_zh", "unit", "default", "prior", "lowest", "highest"),
    *("fixed", "source"),
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
        yield [key, *told.both, value]
    for key, told in READ_SO:
        yield [key, *told.both, ""]


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
                    *(str(package.scenario["id"]), each.id, *entry.name.both, *entry.unit.both),
                    *(*READINGS[each.reading].both, each.target, each.median, each.p10, each.p90),
                    *(*each.likelihood, *each.about, *over, each.median_year),
                    *(each.luck_share, each.parameter_share),
                    *(entry.sentence, entry.gloss, f"{entry.section.zh} · {entry.section.en}"),
                ]
            )
    return Sheet("目标 Counts", [*_heads(_words(COUNTS)), *rows], 2)


def _years(taken: Taken) -> Sheet:
    """Return the course of each count: median and 80 % range at the end of each year."""
    names = {count.id: count for count in PLAN.counts}
    years = list(decembers(taken))
    rows: list[list[Value]] = []
    for name, found in counts_by_year(taken):
        for told, values in zip(QUANTILES, found.tolist(), strict=True):
            entry = names[name]
            rows.append([*entry.name.both, *entry.unit.both, *told.both, *values])
    heads = chain(*(worded(key).both for key in ("run.count", "column.unit", "sheet.quantile")))
    return Sheet("逐年 Years", [[*heads, *years], *rows])


QUANTILES: Final = (worded("sheet.median"), ENDS["_p10"], ENDS["_p90"])


def _sentences(taken: Taken) -> Iterator[list[Value]]:
    for part in taken.findings.parts if taken.findings else ():
        if isinstance(part, Sentence):
            yield [part.tone, *part.text.both]
        if isinstance(part, Listing):
            for each in part.items:
                yield ["", *each.both]


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
        return [worded("sheet.in_english", head=head.text),
                worded("sheet.in_chinese", head=head.text)]  # fmt: skip
    return [_ended(head.text, field) for field in head.fields]


def _ended(text: Text, field: str) -> Text:
    """Return the title of a field, which may be the end of an interval."""
    told = next((told for end, told in ENDS.items() if field.endswith(end)), None)
    if told is None or not text.en:
        return told or text
    return worded("column.end_of", of=text, end=told)


def _values(head: Head, cell: Cell) -> list[Value]:
    return list(cell.values) if head.fields else list(cell.text.both)


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
        meaning = PARAMETERS[each["name"]].meaning if each["name"] in PARAMETERS else NOTHING
        prior = each["prior"]
        rows.append(
            [
                *(each["name"], *meaning.both, each["unit"], each["default"]),
                *(prior["kind"], prior["low"], prior["high"], each["fixed"], each["source"]),
            ]
        )
    return Sheet("参数 Parameters", [*_heads(_words(PARAMETER)), *rows], 2)


def _words(names: Iterable[str]) -> Iterator[Text]:
    """Yield the titles of columns, by their names among the texts."""
    return (worded(f"sheet.{name}") for name in names)


def _heads(texts: Iterable[Text]) -> list[list[Value]]:
    given = list(texts)
    return [[each.en for each in given], [each.zh for each in given]]
