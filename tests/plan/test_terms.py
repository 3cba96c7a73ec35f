"""What is Shanghai's stands in its pack: code and texts say it in words that the pack gives."""

import re
from pathlib import Path

from sim.plan import CITY, COUNTS, ISSUED, SIX, YEAR
from sim.text.catalogue import worded
from sim.text.numbers import in_words

SIM = Path(__file__).parents[2] / "sim"
SAID = re.compile(
    r"thirteen|十三|2030|shanghai|上海|six plans|六大|five safeguards|五项|64 pack|64种",
    re.IGNORECASE,
)
MEANT = {
    "__init__.py": 2,  # what the program is called
    "calendar.py": 3,  # examples of months
    "city.py": 2,  # the pack that is meant where none is named
    "engine/kept.py": 1,
    "exchange/result.py": 1,  # what the program is called
    "extras.py": 1,  # the same
    "model/world/setup.py": 1,  # an example
    "present/report/typeset.py": 1,  # the same
    "store/manifest.py": 1,
}
"""Lines of each file that say one of these, and why they may."""


def test_only_what_is_meant_names_this_city_or_its_numbers() -> None:
    found = {
        path.relative_to(SIM).as_posix(): len(lines)
        for path in sorted((*SIM.rglob("*.py"), *SIM.rglob("*.toml")))
        if "cities" not in path.parts
        and (lines := [line for line in path.read_text("utf-8").splitlines() if SAID.search(line)])
    }
    assert found == MEANT


def test_texts_name_what_the_pack_gives() -> None:
    assert (YEAR, ISSUED, COUNTS.en, COUNTS.zh, SIX.en, CITY.zh) == (
        *("2030", "2022", "thirteen", "十三", "six", "上海"),
    )
    assert worded("likelihood.joint").en == "All thirteen together"


def test_numbers_in_words() -> None:
    said = [in_words(number) for number in (0, 1, 10, 13, 20, 21)]
    assert [text.en for text in said] == ["no", "one", "ten", "thirteen", "twenty", "21"]
    assert [text.zh for text in said] == ["零", "一", "十", "十三", "二十", "21"]
