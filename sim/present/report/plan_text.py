"""The plan's text, sentence by sentence, with what stands for it in the model."""

from sim import city
from sim.evidence.coverage import coverage, notes
from sim.language import Language
from sim.plan.levers import SENTENCES_FILE
from sim.present.report.document import Block, Heading, Paragraph
from sim.present.report.studied import table_blocks
from sim.store.manifest import checksum


def plan_text(language: Language) -> list[Block]:
    """Return the section on what the plan says and what the model holds of it."""
    told = coverage()
    file = city.file(SENTENCES_FILE)
    source = f"{city.folder().name}/{file.name} · sha256 {checksum(file)[:12]}"
    return [
        Heading(2, told.title.in_(language), "coverage"),
        *(Paragraph(each.text.in_(language), each.tone) for each in notes()),
        *table_blocks(told, "coverage", source, language),
    ]
