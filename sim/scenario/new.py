"""A scenario file to begin with."""

import os
from pathlib import Path
from typing import Final

from sim.language import Text
from sim.problems import Problem
from sim.scenario.files import BESIDE, SUFFIX
from sim.scenario.place import shown
from sim.scenario.read import read_scenario

TEMPLATE: Final = """\
# What differs from another scenario; all else is as there. Keys: sim show {id}, scenarios/README.md
# 只写与所继承情景不同之处，其余相同。查看结果：sim show {id}

extends = "{base}"
name = {{ en = "{id}", zh = "{id}" }}

# Take away the hash to use a line. 去掉行首井号即可启用。
# [plans]
# "雁阵" = {{ dose = 1.5, start = "2024-01" }}
# yulin = false

# [plans.lingpao.pilot_zones]
# districts = ["浦东", "闵行"]

# [safeguards]
# climate = false
"""


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
        expected = Text(
            "a name of letters, digits, hyphens and underscores",
            "由字母、汉字、数字、连字符和下划线组成的名称",
        )
        raise Problem("NAME", "", shown(name), expected)
    read_scenario(base, foreign=True)
    file = BESIDE / f"{identity}{SUFFIX}"
    try:
        BESIDE.mkdir(exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(TEMPLATE.format(id=identity, base=base))
    except FileExistsError as error:
        expected = Text("a name that is not taken", "尚未使用的名称")
        raise Problem(str(file), "", "a file of that name", expected) from error
    except OSError as error:
        expected = Text("a folder that can be written", "可写入的文件夹")
        raise Problem(str(file), "", os.strerror(error.errno or 0), expected) from error
    return file
