"""A scenario file to begin with."""

import json
import os
from pathlib import Path
from typing import Final

from sim.calendar import DECEMBER, month_label
from sim.plan import PLAN
from sim.problems import Problem
from sim.scenario.files import BESIDE, SUFFIX
from sim.scenario.place import shown
from sim.scenario.read import read_scenario
from sim.text.catalogue import worded

TEMPLATE: Final = """\
# What differs from another scenario; all else is as there. Keys: sim show {id}, scenarios/README.md
# 只写与所继承情景不同之处，其余相同。查看结果：sim show {id}

extends = "{base}"
name = {{ en = "{id}", zh = "{id}" }}

# Take away the hash to use a line. 去掉行首井号即可启用。
# [plans]
# "{first}" = {{ dose = 1.5, start = "{start}" }}
# {last} = false

# [plans.{other}.{instrument}]
# districts = {districts}

# [safeguards]
# {safeguard} = false
"""


def template(identity: str, base: str) -> str:
    """Return the text of a file to begin with: its examples are levers of this city's plan."""
    other = PLAN.plans[len(PLAN.plans) // 2]
    districts = [entry.name.zh for entry in PLAN.districts[:2]]
    return TEMPLATE.format(
        id=identity,
        base=base,
        first=PLAN.plans[0].name.zh,
        start=month_label((DECEMBER + 1) + 12),
        last=PLAN.plans[-1].id,
        other=other.id,
        instrument=other.instruments[0].id,
        districts=json.dumps(districts, ensure_ascii=False),
        safeguard=PLAN.safeguards[0].id,
    )


def start_file(name: str, base: str) -> Path:
    """Write a scenario file to begin with into the user's folder of scenarios; return its path.

    Args:
        name: of the scenario: letters, digits, hyphens and underscores.
        base: scenario that it extends.

    Raises:
        Problem: the name cannot be one, it is taken, there is no such base, or the folder cannot
            be written.
    """
    identity = name.removesuffix(SUFFIX)
    if not identity or not identity.replace("-", "a").replace("_", "a").isalnum():
        expected = worded("expected.plain_name")
        raise Problem("NAME", "", shown(name), expected)
    read_scenario(base, foreign=True)
    file = BESIDE / f"{identity}{SUFFIX}"
    try:
        BESIDE.mkdir(exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(template(identity, base))
    except FileExistsError as error:
        expected = worded("expected.free_name")
        raise Problem(str(file), "", "a file of that name", expected) from error
    except OSError as error:
        expected = worded("expected.writable_folder")
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected) from error
    return file
