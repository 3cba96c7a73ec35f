"""``sim facts``: what has happened, and what was likely at each date."""

from collections.abc import Sequence

from sim.evidence.updates import Update
from sim.language import Language, Text
from sim.plan import PLAN
from sim.present.screen import print_line, print_table
from sim.scenario.facts import KINDS, Fact, facts_file
from sim.scenario.new_fact import Added

HEADS = (
    Text("date", "时间"),
    Text("kind", "类别"),
    Text("what", "对象"),
    Text("where or range", "地点或区间"),
    Text("source", "来源"),
    Text("note", "说明"),
)
NOTHING = Text("nothing", "无")
KNOWN = Text("known up to", "已知截至")


def list_facts(facts: Sequence[Fact], language: Language) -> None:
    """Print the table of facts."""
    print_table(
        [head.in_(language) for head in HEADS],
        [
            [
                fact.date,
                KINDS[fact.kind].in_(language),
                fact.what,
                fact.place if fact.high is None else f"{fact.low:g} - {fact.high:g}",
                fact.source,
                fact.note.in_(language),
            ]
            for fact in facts
        ],
        whole=(0, 2),
    )
    print_line(Text(f"From {facts_file()}", f"取自 {facts_file()}").in_(language))


def say_added(added: Added, name: str, language: Language) -> None:
    """Say where a new fact stands, and whether runs use it."""
    file = added.file
    print_line(Text(f"Added {name} to {file}", f"已将 {name} 写入 {file}").in_(language))
    if added.copied:
        told = Text(
            "The table began as a copy of the city's own, and takes its place in this folder",
            "该表由城市自带的表复制而来，在此文件夹中取而代之",
        )
        print_line(told.in_(language))
    if not added.used:
        read = facts_file()
        told = Text(f"Runs do not read it here: they read {read}", f"模拟在此读取 {read}，不读此表")
        print_line(told.in_(language))


def print_updates(found: Sequence[Update], language: Language) -> None:
    """Print each count's likelihood given what was known at each date."""
    heads = [each.as_of or NOTHING.in_(language) for each in found]
    rows = [
        [
            count.name.in_(language),
            *(f"{100 * each.summary.counts[number].likelihood.value:.0f}%" for each in found),
        ]
        for number, count in enumerate(PLAN.counts)
    ]
    print_table([KNOWN.in_(language), *heads], rows, numbers=range(1, 1 + len(heads)))
    widest = max(count.likelihood.half_width for each in found for count in each.summary.counts)
    print_line(
        Text(
            f"Strict likelihoods, each within {100 * widest:.0f} points at 95 %; the same luck at"
            " every date.",
            f"严格判定的可能性，95%误差不超过 {100 * widest:.0f} 个百分点；各时点运气相同。",
        ).in_(language)
    )
