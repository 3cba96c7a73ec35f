"""Write a report: one HTML file and one PDF, both or neither."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sim.experiments.files import write_files
from sim.language import Language, visible
from sim.present.report.compose import document
from sim.present.report.to_html import html
from sim.present.report.to_pdf import pdf

HTML, PDF = "report.html", "report.pdf"


def write_report(folders: Sequence[Path], target: Path, language: Language) -> Path:
    """Write the report on some results; the same results give the same bytes.

    Args:
        folders: of results, whatever commands wrote them.
        target: folder of the report; a name that is taken gets a number.
        language: of the report.

    Returns:
        The folder.

    Raises:
        Problem: a folder is no result, or damaged, or does not go with the others, or the report
            cannot be written.
    """
    said = document(folders, language)
    return write_files(target, [(HTML, visible(html(said)))], partial(_write_pdf, pdf(said)))


def _write_pdf(content: bytes, folder: Path) -> None:
    (folder / PDF).write_bytes(content)
