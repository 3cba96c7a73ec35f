"""What the program says in Chinese has Chinese punctuation."""

import re
from pathlib import Path

import pytest

import sim
from sim.cli.app import whole_app

ROOT = Path(sim.__file__).parent
ROOMS = ("cli", "store", "trace")
SAYING = sorted(
    [
        ROOT / "ranges.py",
        ROOT / "runner.py",
        *(file for room in ROOMS for file in (ROOT / room).glob("*.py")),
    ]
)
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]")

QUOTED = re.compile("[万亿]元|左右|tcp://主机:端口")
"""What stands in English sentences too, where half-width punctuation follows, and an address."""


def test_chinese_texts_have_full_width_punctuation() -> None:
    texts = [(file, QUOTED.sub("", file.read_text(encoding="utf-8"))) for file in SAYING]
    assert [(file, found) for file, text in texts if (found := HALF_WIDTH.findall(text))] == []


def test_half_width_punctuation_is_noticed() -> None:
    assert HALF_WIDTH.search("损坏;请用")
    assert not HALF_WIDTH.search("损坏；请用 manifest, 2")


def test_no_line_of_help_is_cut_or_ends_in_two_stops(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["plan"], ["run"], ["store"], ["elicit", "form"]):
        with pytest.raises(SystemExit):
            whole_app(words[:1], "zh")([*words, "--help"], prog_name="sim")
    told = capsys.readouterr().out
    assert "行动方案的目标有多大可能实现？" in told
    assert not re.search(r"[^]}A-Z]\.\.\.", told)  # as arguments have it
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]\.(\s|$)", told)
