"""The answer on the first page: a sentence, one picture, its numbers and how sure they are."""

from collections.abc import Sequence
from functools import partial

from sim.language import Language
from sim.present.figure import drawn
from sim.present.report.answers import Number, answer
from sim.present.report.brief import caveat
from sim.present.report.compared import Compared
from sim.present.report.document import Block, Listing, Paragraph, Picture
from sim.present.report.drawing import picture
from sim.present.report.given import Given
from sim.present.report.wording import bracketed
from sim.spec.findings import Figure
from sim.text.joining import COLON, sentences

BRACKETS = "()（）"


def answered(
    given: Sequence[Given], found: Sequence[Compared], later: list[Block], language: Language
) -> list[Block]:
    """Return the answer as the brief has it; its picture is taken from where it stands later.

    Args:
        given: the results.
        found: comparisons among them.
        later: the blocks of the sections, from which the picture is taken away.
        language: of all words.
    """
    told = answer(given, found, language)
    blocks: list[Block] = [Paragraph(told.sentence, "lead")]
    if told.figure is not None:
        blocks.append(_taken(told.figure, told.source, later, language))
    if told.numbers:
        blocks.append(Listing(tuple(_number(each, language) for each in told.numbers)))
    how = filter(None, (told.how_to_read, caveat(given, told, language)))
    return [*blocks, Paragraph(sentences(*how, language=language), "note")]


def _taken(figure: Figure, source: str, later: list[Block], language: Language) -> Picture:
    """Return a figure as a block: the one that shows the same later, which is then not there."""
    title, words = figure.title.in_(language), figure.alternative.in_(language)
    own = picture("answer", partial(drawn, figure, language), title, words, source)
    for block in later:
        if isinstance(block, Picture) and block.paper == own.paper:
            later.remove(block)
            return block
    return own


def _number(number: Number, language: Language) -> str:
    inside = bracketed(number.interval.strip(BRACKETS), language)
    return f"{number.about}{COLON.in_(language)}{number.value}{inside}"
