"""Lines of Chinese on a terminal."""

import pytest
from rich.cells import cell_len

from sim.present.screen import CLOSING, OPENING, broken, print_line


@pytest.mark.parametrize("columns", range(20, 41))
def test_no_line_begins_with_closing_punctuation(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sim.present.screen.WIDE", columns)
    text = (
        "高新技术企业的可能性（按严格口径）上升，产出不变；其余各项难分高下。" * 3
        + "（见“说明”）。"
    )
    print_line(text)
    lines = capsys.readouterr().out.splitlines()
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in CLOSING]


@pytest.mark.parametrize("columns", range(12, 60))
def test_no_number_or_word_is_broken_and_no_line_is_too_long(columns: int) -> None:
    """Chinese has no spaces between words, so a number may stand anywhere in a line."""
    text = (
        "未来产业产值（92%的配对、×0.960）；中国标准（–149 … –107，95%的抽样）；"
        "“雨林计划”的 guidance_fund 至2030-12共 1,234.5 亿元。"
    )
    lines = broken(text, columns)
    whole = ("92%", "×0.960", "–149", "–107", "95%", "2030-12", "1,234.5", "guidance_fund")
    for word in whole:
        assert word not in text or len(word) > columns or any(word in line for line in lines)
    assert max(map(cell_len, lines)) <= columns
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not [line for line in lines if line[:1] in CLOSING or line[-1:] in OPENING]


def test_english_breaks_at_spaces_and_what_is_too_wide_goes_on() -> None:
    assert broken("a bc def ghij", 5) == ["a bc", "def", "ghij"]
    assert broken("abcdefghij k", 4) == ["abcd", "efgh", "ij k"]
    assert broken("they don’t", 8) == ["they", "don’t"]
    assert broken("", 4) == [""]
    assert broken("  set in", 20) == ["  set in"]


def test_empty_lines_stay(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("一。\n\n二。")
    assert capsys.readouterr().out.splitlines() == ["一。", "", "二。"]
