"""``sim run --profile``: where the time of a replicate goes."""

from collections.abc import Mapping
from typing import Any

from sim.language import Language, Text
from sim.present.screen import print_line, print_table
from sim.run_specification import specified
from sim.scenario import Scenario
from sim.trace.times import times_of

HEADS = (Text("process", "过程"), Text("ms a replicate", "每次模拟，毫秒"), Text("share", "占比"))
START = Text("the start of October 2022", "2022年10月的起点")
WHOLE = Text("together", "合计")


def print_profile(scenario: Scenario, language: Language, asked: Mapping[str, Any]) -> None:
    """Print the time of the start and of each process, of one replicate on one thread.

    Args:
        scenario: that is run.
        language: of the table.
        asked: options of the run; seed, horizon, as_of and draws count.

    Raises:
        Problem: an option cannot be used, or a process from a file cannot be used.
    """
    done = specified(scenario, **asked)
    found = times_of(done.scenario.setup(), done.seed)
    told = {START.in_(language): found.start, **found.processes}
    whole = sum(told.values())
    rows = [*told.items(), (WHOLE.in_(language), whole)]
    print_table(
        [head.in_(language) for head in HEADS],
        [(name, f"{1000 * took:.2f}", f"{took / whole:.0%}") for name, took in rows],
        numbers=(1, 2),
    )
    call = f"{1e6 * found.call:.1f}"
    said = Text(
        f"Replicate 0 on one thread, machine code loaded. Calling a process from here takes {call}"
        " µs, which is taken off: a run calls them from compiled code.",
        f"第 0 次模拟，单线程，机器码已载入。在此调用一个过程需 {call} 微秒，已扣除："
        "正式运行由编译代码调用。",
    )
    print_line(said.in_(language))
