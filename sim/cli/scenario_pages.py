"""``sim scenarios``, ``sim show`` and ``sim check``."""

from collections.abc import Sequence

from sim.cli.guard import print_problem
from sim.cli.notes import print_letters, print_notes
from sim.engine.declared import declared
from sim.engine.own import arranged
from sim.evidence.instruments import differing, remarks
from sim.language import Language, Text
from sim.model.rules.variants import month_of_variants
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario, scenario_names
from sim.scenario.explain import doses, explain, explain_processes, explain_readings, runs_code
from sim.scenario.new import start_file
from sim.scenario.variants import as_chosen
from sim.text.numbers import many

HEADS = (
    Text("plan or safeguard", "计划或保障措施"),
    Text("instrument", "政策工具"),
    Text("dose", "剂量"),
    Text("start", "开始"),
    Text("end", "结束"),
    Text("ramp, months", "爬坡月数"),
    Text("where", "范围"),
)
OFF = Text("off", "关")
COUPLED = (
    Text("coupling: field > reader", "联系：字段 > 读取的过程"),
    Text("written by", "写入的过程"),
    Text("can be held", "能否固定"),
)
YES = Text("yes", "能")
AS_WRITTEN = "as-written"
"""What a checked scenario changes is told against this one."""


def list_scenarios(language: Language) -> None:
    """Print the scenarios of the scenarios folder with what they are."""
    entries = [read_scenario(name, foreign=True) for name in scenario_names()]
    print_table(
        [Text("file", "文件").in_(language), Text("name", "名称").in_(language), ""],
        [(entry.id, entry.name.in_(language), _described(entry, language)) for entry in entries],
        whole=(0,),
    )


def _described(scenario: Scenario, language: Language) -> str:
    """Return what a scenario is, and whether it runs code of one's own."""
    code = runs_code(scenario)
    said = scenario.description.in_(language)
    return said if code is None else f"{said} ({code.in_(language)})"


def start_scenario(name: str, extends: str, language: Language) -> None:
    """Write a scenario file to begin with, and say how to go on.

    Raises:
        Problem: it cannot be written under that name.
    """
    file = start_file(name, extends)
    said = Text(
        f"{file}: change it, then sim check {file.stem}, sim run {file.stem}",
        f"{file}：请修改后运行 sim check {file.stem}、sim run {file.stem}",
    )
    print_line(said.in_(language))


def show_scenario(file: str, language: Language) -> None:
    """Print a scenario with everything that it takes from what it extends.

    Raises:
        Problem: the file cannot be used.
    """
    scenario = read_scenario(file, foreign=True)
    print_line(f"{scenario.name.in_(language)} · {scenario.id} · {scenario.hash()[:12]}")
    print_line(scenario.description.in_(language))
    print_line(_settings(scenario, language))
    print_table(
        [head.in_(language) for head in HEADS],
        [
            (
                row.lever.in_(language),
                row.name.in_(language),
                doses(row.doses).in_(language) if row.on else OFF.in_(language),
                row.start if row.on else "",
                (row.end or "") if row.on else "",
                str(row.ramp_months) if row.on else "",
                row.where.in_(language) if row.on else "",
            )
            for row in explain(scenario)
        ],
        numbers=(2, 5),
    )
    _print_remarks([row.instrument for row in explain(scenario)], language)
    for reading, counts in explain_readings(scenario):
        line = Text(f"read as {reading.en}: {counts.en}", f"口径为{reading.zh}：{counts.zh}")
        print_line(line.in_(language))
    for line in explain_processes(scenario):
        print_line(line.in_(language))
    for name, value in scenario.parameters.items():
        print_line(f"{name} = {value:g}")


def show_couplings(file: str, language: Language) -> None:
    """Print what each process of a scenario's month sees of the others' doing.

    Raises:
        Problem: the file cannot be used.
    """
    scenario = read_scenario(file, foreign=True)
    month = month_of_variants(as_chosen(scenario.variants))
    schedule = arranged(month, scenario.processes, declared)
    print_table(
        [head.in_(language) for head in COUPLED],
        [
            (each.name, ", ".join(each.writers), (each.refused or YES).in_(language))
            for each in schedule.couplings.values()
        ],
        whole=(0,),
    )


def _print_remarks(instruments: Sequence[str], language: Language) -> None:
    """Print what was measured to have no detectable effect, and whose cost is tax forgone."""
    for said in remarks(instruments):
        print_line(said.in_(language))


def _settings(scenario: Scenario, language: Language) -> str:
    return Text(
        f"until {scenario.horizon}, {scenario.replicates} replicates, seed {scenario.seed},"
        f" tolerance {100 * scenario.tolerance:g}%",
        f"至 {scenario.horizon}，模拟 {scenario.replicates} 次，种子 {scenario.seed}，"
        f"左右容差 {100 * scenario.tolerance:g}%",
    ).in_(language)


def check_scenarios(files: Sequence[str], language: Language) -> bool:
    """Say of each scenario file whether it can be run; return whether all of them can."""
    good = [_check(file, language) for file in files]
    return all(good)


def _check(file: str, language: Language) -> bool:
    from sim.experiments.objective_file import is_objective, read_objective
    from sim.experiments.sweep_file import is_sweep

    try:
        if is_objective(file):
            aims = len(read_objective(file).aims)
            told = Text(f"{file}: an objective of {many(aims, 'count')}", f"{file}：{aims} 项目标")
            print_line(told.in_(language))
            return True
        if is_sweep(file):
            return _check_sweep(file, language)
        scenario = read_scenario(file, foreign=True)
    except Problem as problem:
        print_problem(problem, language)
        return False
    mark = scenario.hash()[:12]
    print_line(Text(f"{file}: can be run ({mark})", f"{file}：可以运行（{mark}）").in_(language))
    print_notes(scenario, language)
    _print_remarks(
        differing(*(each.resolved()["settings"] for each in (read_scenario(AS_WRITTEN), scenario))),
        language,
    )
    return True


def _check_sweep(file: str, language: Language) -> bool:
    """Say what a sweep file holds.

    Raises:
        Problem: it cannot be used.
    """
    from sim.experiments.sweep_file import read_sweep

    sweep = read_sweep(file, foreign=True)
    many, factors = len(sweep.scenarios), len(sweep.factors)
    print_line(
        Text(
            f"{file}: can be run, {many} scenarios ({sweep.design} over {factors} factors)",
            f"{file}：可以运行，{many} 个情景（{factors} 个因素，{sweep.design} 设计）",
        ).in_(language)
    )
    print_letters(file, language, sweep.name, sweep.description)
    return True
