"""What decides each count, on the terminal: names and likelihoods whole, or how many it takes."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.estimate.records import Decided, Decider, Decisions, Interval
from sim.language import Language
from sim.plan import PLAN
from sim.present.terminal import print_parts
from sim.studies.shared.decisions import decisions_told
from sim.views.parameter_names import parameter_name

LOW, HIGH = Interval(0.1, 0.05, 0.2), Interval(0.9, 0.8, 0.95)
NAMED = tuple(
    Decider(name, Interval(share, share / 2, 2 * share), rises=True)
    for name, share in (
        ("market_pace", 0.31),
        ("rd_decay", 0.17),
        ("rd_ratio", 0.12),
        ("team", 0.05),
    )
)
FIRST, *OTHERS = (count.id for count in PLAN.counts)
FOUND = Decisions(
    128, (Decided(FIRST, 0.6, NAMED, LOW, HIGH), *(Decided(each, 0.0, ()) for each in OTHERS))
)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> StringIO:
    """Return what is printed on a terminal of the width asked for."""
    written = StringIO()
    shown = Console(width=request.param, file=written, highlight=False, force_terminal=True)
    monkeypatch.setattr("sim.present.screen.console", lambda: shown)
    return written


@pytest.mark.parametrize(("screen", "width"), [(60, 60), (80, 80), (160, 160)], indirect=["screen"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_shares_and_both_quarters_fit_any_terminal(
    screen: StringIO, width: int, language: Language
) -> None:
    print_parts(decisions_told(FOUND), language)
    plain = screen.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert "…" not in plain
    assert max(map(cell_len, plain.split("\n"))) <= width
    shown = " ".join(plain.split())
    for number in ("10% (5–20%)", "90% (80–95%)", "60%"):
        assert number in shown
    assert plain.count("\n") <= (70 if width < 80 else 40)  # two lines a count, and how to read


@pytest.mark.parametrize("screen", [160], indirect=True)
@pytest.mark.parametrize(
    ("language", "assumed", "study", "figure", "nothing"),
    [
        ("en", "31%*", "17% (literature)", "12% (statistic)", "nothing that stands clear"),
        ("zh", "31%*", "17%（文献）", "12%（统计）", "没有明显超出偶然"),
    ],
)
def test_each_name_says_what_it_rests_on(
    screen: StringIO, language: Language, assumed: str, study: str, figure: str, nothing: str
) -> None:
    print_parts(decisions_told(FOUND), language)
    shown = " ".join(screen.getvalue().split())
    for text in (assumed, study, figure, nothing):
        assert text in shown
    assert parameter_name("market_pace", language) in shown
    assert parameter_name("team", language) not in shown  # three are named; decides.csv has all


@pytest.mark.parametrize("screen", [160], indirect=True)
def test_too_few_replicates_say_how_many_it_takes(screen: StringIO) -> None:
    few = Decisions(4, tuple(Decided(each, None, ()) for each in OTHERS))
    print_parts(decisions_told(few), "en")
    assert "128 replicates" in screen.getvalue()
    print_parts(decisions_told(None), "en")
    assert screen.getvalue().count("\n") == 1
