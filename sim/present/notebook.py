"""How results show themselves in a notebook: the tables and figures of the report."""

from functools import partial
from typing import Any

from sim.experiments.compare import Comparison
from sim.language import default_language
from sim.present.figure import drawn
from sim.present.report.changes import change_tables
from sim.present.report.compared import of_comparison
from sim.present.report.deciding import of_run
from sim.present.report.document import Block, Paragraph
from sim.present.report.drawing import picture
from sim.present.report.given import Given, Stamp
from sim.present.report.held import of_run as held_of_run
from sim.present.report.likelihoods import chart
from sim.present.report.tables import table
from sim.present.report.to_html import fragment
from sim.spec.findings import Figure
from sim.store import Result
from sim.store.fill import Sample
from sim.studies.shared.compared import all_together
from sim.studies.study import basis_of
from sim.studies.sweep import Found, parts


def html_of(shown: Any) -> str:
    """Return a result, a comparison or a sweep as a piece of HTML.

    Raises:
        TypeError: it is none of these.
    """
    if isinstance(shown, Result):
        return _result(shown)
    if isinstance(shown, Comparison):
        return _comparison(shown)
    if isinstance(shown, Found):
        return _sweep(shown)
    raise TypeError(type(shown).__name__)


def _result(result: Result) -> str:
    stamps = tuple(
        Stamp(name, str(stamp["sha256"])) for name, stamp in result.manifest["files"].items()
    )
    given = Given("", "run", result.folder, stamps, {}, result)
    language = result.language
    decisions = result.decisions()
    told = [] if decisions is None else of_run(given, decisions, language)
    return fragment([chart(given, language), *table(held_of_run(given), language), *told], language)


def _comparison(found: Comparison) -> str:
    """Return tables; a figure would have to name a seed, which a comparison does not know."""
    language = default_language()
    rests = basis_of(found.first.name, [found.first], Sample(0, 0))
    source = f"model {rests.model[:12]}"
    blocks: list[Block] = [*change_tables(of_comparison(found, rests, source), 1, language)]
    together = Paragraph(all_together(found).in_(language))
    return fragment([*blocks, together], language)


def _sweep(found: Found) -> str:
    language, sweep = default_language(), found.sweep
    basis = basis_of(sweep.name, sweep.scenarios, found.sample)
    source = f"{sweep.id} · seed {found.sample.seed} · model {basis.model[:12]}"
    blocks: list[Block] = [
        picture(each.name, partial(drawn, each, language), sweep.name.in_(language), "", source)
        for each in parts(found, basis)
        if isinstance(each, Figure)
    ]
    return fragment(blocks, language)
