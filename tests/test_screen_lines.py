"""Lines of Chinese on a terminal."""

import pytest

from sim.present.screen import CLOSING, print_line


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


def test_empty_lines_stay(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("一。\n\n二。")
    assert capsys.readouterr().out.splitlines() == ["一。", "", "二。"]
