"""What a Python source does, apart from how it is laid out and what it says to people.

Two sources with the same words do the same. Comments, docstrings, blank lines and line breaks are
no words, and nor is what a ``Text`` says. Every supported Python finds the same words; `ast.dump`
would not do, since its form changes from version to version.
"""

import io
import tokenize
from collections.abc import Iterable, Iterator
from typing import Final

SKIPPED: Final = frozenset({"COMMENT", "NL", "ENCODING", "ENDMARKER"})
BLOCKS: Final = {"INDENT": "{", "DEDENT": "}"}
"""A block is a block, however far it is indented."""
STARTS: Final = frozenset({"FSTRING_START", "TSTRING_START"})
ENDS: Final = frozenset({"FSTRING_END", "TSTRING_END"})
"""Python 3.12 takes f-strings apart, 3.14 template strings too; here each stays one string."""
TOLD: Final = "Text"
"""The call whose arguments are for people."""

Position = tuple[int, int]
Token = tuple[str, str, Position, Position]
"""Kind by name, text, start and end, as row from 1 and column from 0."""
Word = tuple[str, str]


def words(source: str) -> Iterator[str]:
    """Yield the words of a source, each logical line ending in an empty one.

    Raises:
        SyntaxError: it is no Python.
        tokenize.TokenError: it ends within brackets or a string.
    """
    tokens = (
        (tokenize.tok_name[token.type], token.string, token.start, token.end)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
    )
    return of_tokens(tokens, source)


def of_tokens(tokens: Iterable[Token], source: str) -> Iterator[str]:
    """Yield the words of a source that has been taken apart into tokens by some Python."""
    line: list[Word] = []
    for kind, text in _whole_strings(tokens, source.splitlines(keepends=True)):
        if kind in BLOCKS:
            yield BLOCKS[kind]
        elif kind == "NEWLINE":
            # A line of nothing but strings is a docstring, of a module, a constant or a field too.
            if any(each != "STRING" for each, _ in line):
                yield from _without_texts(line)
                yield ""
            line = []
        elif kind not in SKIPPED:
            line.append((kind, text))


def _whole_strings(tokens: Iterable[Token], lines: list[str]) -> Iterator[Word]:
    """Yield kind and text of each token, strings that were taken apart put together again."""
    depth, began = 0, (0, 0)
    for kind, text, start, end in tokens:
        if kind in STARTS:
            began = start if depth == 0 else began
            depth += 1
        elif kind in ENDS:
            depth -= 1
            if depth == 0:
                yield "STRING", _between(lines, began, end)
        elif depth == 0:
            yield kind, text


def _between(lines: list[str], start: Position, end: Position) -> str:
    """Return a part of a source, given its lines."""
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    inner = lines[start[0] : end[0] - 1]
    return "".join([lines[start[0] - 1][start[1] :], *inner, lines[end[0] - 1][: end[1]]])


def _without_texts(line: list[Word]) -> Iterator[str]:
    """Yield the words of a line, of each call of ``Text`` only that there is one."""
    depth = 0
    for number, (_, word) in enumerate(line):
        if depth > 0:
            depth += (word in ("(", "[", "{")) - (word in (")", "]", "}"))
        elif word == "(" and number > 0 and line[number - 1] == ("NAME", TOLD):
            depth = 1
        else:
            yield word
