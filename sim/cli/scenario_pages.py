"""``sim scenarios``, ``sim show`` and ``sim check``."""

from collections.abc import Sequence

from sim.cli.guard import print_problem
from sim.cli.notes import print_letters, print_notes
from sim.engine.declared import declared
from sim.engine.own import arranged
from sim.evidence.instruments import differing, remarks
from sim.language import Language
from sim.model.rules.variants import month_of_variants
from sim.present.screen import print_line, print_table
from sim.problems import Problem
from sim.scenario import Scenario, read_scenario, scenario_names
from sim.scenario.explain import doses, explain, explain_processes, explain_readings, runs_code
from sim.scenario.new import start_file
from sim.scenario.variants import as_chosen
from sim.text.catalogue import say, titles, worded

TABLE = "scenario_table"
"""Section of the titles among the texts, as are the names of these."""
HEADS = ("lever", "instrument", "dose", "start", "end", "ramp", "where")
COUPLED = ("coupling", "written_by", "can_be_held")
AS_WRITTEN = "as-written"
"""What a checked scenario changes is told against this one."""


def list_scenarios(language: Language) -> None:
    """Print the scenarios of the scenarios folder with what they are."""
    entries = [read_scenario(name, foreign=True) for name in scenario_names()]
    print_table(
        [*titles(TABLE, ("file", "name"), language), ""],
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
    print_line(say("scenario_table.started", language, file=file, stem=file.stem))


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
        titles(TABLE, HEADS, language),
        [
            (
                row.lever.in_(language),
                row.name.in_(language),
                doses(row.doses).in_(language) if row.on else say("scenario_table.off", language),
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
        print_line(say("scenario_table.read_as", language, reading=reading, counts=counts))
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
    yes = worded("scenario_table.yes")
    print_table(
        titles(TABLE, COUPLED, language),
        [
            (each.name, ", ".join(each.writers), (each.refused or yes).in_(language))
            for each in schedule.couplings.values()
        ],
        whole=(0,),
    )


def _print_remarks(instruments: Sequence[str], language: Language) -> None:
    """Print what was measured to have no detectable effect, and whose cost is tax forgone."""
    for said in remarks(instruments):
        print_line(said.in_(language))


def _settings(scenario: Scenario, language: Language) -> str:
    return say(
        "scenario_table.size",
        language,
        horizon=scenario.horizon,
        replicates=scenario.replicates,
        seed=scenario.seed,
        tolerance=100 * scenario.tolerance,
    )


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
            print_line(say("scenario_table.objective", language, file=file, number=aims))
            return True
        if is_sweep(file):
            return _check_sweep(file, language)
        scenario = read_scenario(file, foreign=True)
    except Problem as problem:
        print_problem(problem, language)
        return False
    mark = scenario.hash()[:12]
    print_line(say("scenario_table.can_be_run", language, file=file, mark=mark))
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
        say(
            "scenario_table.sweep",
            language,
            file=file,
            scenarios=many,
            design=sweep.design,
            factors=factors,
        )
    )
    print_letters(file, language, sweep.name, sweep.description)
    return True
