"""Protects lines of text: nothing lost, nothing too long, Chinese rules of line breaks."""

from hypothesis import given
from hypothesis import strategies as st

from sim.views.fonts import width
from sim.views.wrap import CLOSING, ELLIPSIS, OPENING, pieces, shorten, wrap

SIZE = 10.0
TEXTS = st.text(alphabet="ab c,.()未来产业，。（）“”2030%", max_size=60)


@given(TEXTS)
def test_pieces_make_up_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


@given(TEXTS, st.floats(30, 300))
def test_lines_lose_nothing_and_fit(text: str, room: float) -> None:
    lines = wrap(text, SIZE, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert width(line, SIZE) <= room or len(pieces(line)) == 1


@given(TEXTS, st.floats(60, 300))
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, room: float
) -> None:
    lines = wrap(text.replace(" ", ""), SIZE, room)
    assert not any(line and line[0] in CLOSING for line in lines[1:])
    assert not any(line and line[-1] in OPENING for line in lines[:-1])


def test_breaks_fall_where_readers_expect_them() -> None:
    assert pieces("All 13 counts") == ["All ", "13 ", "counts"]
    assert pieces("到2030年，达到") == ["到", "2030", "年，", "达", "到"]


def test_line_breaks_of_the_text_are_kept() -> None:
    assert wrap("one\ntwo", SIZE, 500) == ["one", "two"]


@given(TEXTS, st.floats(30, 300))
def test_a_shortened_text_fits_and_says_that_it_is_shortened(text: str, room: float) -> None:
    short = shorten(text, SIZE, room)
    assert width(short, SIZE) <= room
    assert short == text or short.endswith(ELLIPSIS)
