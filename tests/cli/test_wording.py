"""What the program says in Chinese has Chinese punctuation."""

import re
from pathlib import Path

import pytest

import sim

ROOT = Path(sim.__file__).parent
ROOMS = ("cli", "store", "trace")
SAYING = sorted(
    [
        ROOT / "order.py",
        ROOT / "runner.py",
        *(file for room in ROOMS for file in (ROOT / room).iterdir()),
    ]
)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]")

UNITS = re.compile("[万亿]元")
"""Stand in English sentences too, where half-width punctuation follows them."""


@pytest.mark.parametrize("file", [file for file in SAYING if file.suffix == ".py"], ids=str)
def test_chinese_texts_have_full_width_punctuation(file: Path) -> None:
    text = UNITS.sub("", file.read_text(encoding="utf-8"))
    assert HALF_WIDTH.findall(text) == []


def test_half_width_punctuation_is_noticed() -> None:
    assert HALF_WIDTH.search("损坏;请用")
    assert not HALF_WIDTH.search("损坏；请用 manifest, 2")
