"""How results show themselves in a notebook: the tables and figures of the report."""

from typing import Any

from sim.present.report.deciding import of_run
from sim.present.report.given import Given, Stamp
from sim.present.report.held import of_run as held_of_run
from sim.present.report.likelihoods import chart
from sim.present.report.studied import blocks_of
from sim.present.report.tables import table
from sim.present.report.to_html import fragment
from sim.spec.study_result import StudyResult
from sim.store import Result
from sim.studies.study import HASH_SHOWN


def html_of(shown: Any) -> str:
    """Return a result of a run or of any other study as a piece of HTML.

    Raises:
        TypeError: it is none of these.
    """
    if isinstance(shown, Result):
        return _result(shown)
    if isinstance(shown, StudyResult):
        return _studied(shown)
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


def _studied(shown: StudyResult) -> str:
    found = shown.findings
    rests = f"seed {found.seed} · n {found.replicates:,} · model {found.model_hash[:HASH_SHOWN]}"
    source = f"sim {found.study} · {rests}"
    return fragment([*blocks_of(found, "", source, shown.language)], shown.language)
