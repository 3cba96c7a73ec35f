"""Lines of text that fit a width, in Chinese (breaks almost anywhere) and English (at spaces)."""

from sim.views.fonts import width

# A line starts with none of these marks: comma, full stop, semicolon, colon, ideographic comma,
# exclamation and question mark, closing brackets and quotation marks, full and half width, and per
# cent and middle dot.
CLOSING = frozenset(
    "\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\uff09\u300b\u201d\u2019%,.;:!?)]\u00b7"
)
# A line ends with none of these: opening brackets and quotation marks, full and half width.
OPENING = frozenset("\uff08\u300a\u201c\u2018([")
ELLIPSIS = "…"


def _is_wide(mark: str) -> bool:
    """Whether a character belongs to the Chinese part of a text, where lines may break."""
    return mark >= "\u2e80"


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if after == " " or after in CLOSING or before in OPENING:
        return False
    return _is_wide(before) or _is_wide(after)


def pieces(text: str) -> list[str]:
    """Cut a text at every place where a line may break; joined again, the pieces give the text."""
    found: list[str] = []
    for mark in text:
        if found and not _may_break(found[-1][-1], mark):
            found[-1] += mark
        else:
            found.append(mark)
    return found


def wrap(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines.

    Args:
        text: the text; its own line breaks are kept.
        size: font size in points.
        room: width of a line in points; a piece that cannot be broken may stand out.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in pieces(paragraph):
            if line and width((line + piece).rstrip(), size) > room:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines


def shorten(text: str, size: float, room: float) -> str:
    """Return the text if it fits a width in points, else its beginning and an ellipsis."""
    if width(text, size) <= room:
        return text
    end = len(text)
    while end and width(text[:end] + ELLIPSIS, size) > room:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS
