"""Protects the files: all of them, in both formats, the same bytes every time and everywhere."""

import threading
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from sim.language import Language
from sim.plan import PLAN
from sim.present.figure import drawn, figures_of
from sim.studies.shared import courses
from sim.studies.shared.likelihoods import likelihood
from sim.studies.shared.of_run import figures
from sim.views.figures import draw_all
from sim.views.source import Run

MakeRun = Callable[..., Run]


def draw_figures(run: Run, folder: Path, language: Language) -> list[Path]:
    """Draw only two figures, so that drawing takes no time."""
    declared = (
        courses.fan(run, PLAN.counts[0], run.counts()[:, :, 0]),
        courses.output_by_cluster(run),
    )
    return draw_all(figures_of(declared, language), folder)


def contents(files: list[Path]) -> dict[str, bytes]:
    """Bytes of files by name."""
    return {file.name: file.read_bytes() for file in files}


def test_every_figure_that_a_result_promises_is_there(fake_run: MakeRun) -> None:
    stems = [each.name for each in figures(fake_run())]
    assert stems == [
        "likelihood",
        "decides",
        *(f"fan_{count.id}" for count in PLAN.counts),
        "map_firms",
        "map_output",
        "map_talents",
        "output_by_cluster",
        "certificates",
    ]


def test_each_figure_is_written_as_png_and_svg(fake_run: MakeRun, tmp_path: Path) -> None:
    files = draw_figures(fake_run(), tmp_path / "new" / "figures", "zh")
    assert [file.name for file in files] == [
        "fan_output.png",
        "fan_output.svg",
        "output_by_cluster.png",
        "output_by_cluster.svg",
    ]
    assert files[0].read_bytes().startswith(b"\x89PNG")
    assert b"Software" not in files[0].read_bytes()


def test_an_svg_needs_no_font_and_names_no_date(fake_run: MakeRun, tmp_path: Path) -> None:
    svg = draw_figures(fake_run(), tmp_path, "zh")[1].read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "font-family" not in svg
    assert "dc:date" not in svg
    assert "Matplotlib" not in svg


def test_same_bytes_whatever_the_settings_and_the_threads(
    fake_run: MakeRun, tmp_path: Path
) -> None:
    """A person's matplotlib settings and a second thread change nothing; the settings stay."""
    expected = contents(draw_figures(fake_run(), tmp_path / "first", "en"))
    found: dict[str, dict[str, bytes]] = {}

    def draw(name: str) -> None:
        found[name] = contents(draw_figures(fake_run(), tmp_path / name, "en"))

    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.hashsalt": None}):
        threads = [threading.Thread(target=draw, args=(name,)) for name in ("second", "third")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert mpl.rcParams["font.size"] == 30
    assert found == {"second": expected, "third": expected}


def test_languages_differ(fake_run: MakeRun, tmp_path: Path) -> None:
    chinese = contents(draw_figures(fake_run(), tmp_path / "zh", "zh"))
    english = contents(draw_figures(fake_run(), tmp_path / "en", "en"))
    assert all(chinese[name] != english[name] for name in chinese)


def test_figures_are_drawn_without_pyplot(fake_run: MakeRun) -> None:
    """No figure is left open in a global list, whichever is drawn."""
    import sys

    figure = drawn(likelihood(fake_run()), "en")
    assert isinstance(figure, Figure)
    manager = sys.modules.get("matplotlib.pyplot")
    assert manager is None or manager.get_fignums() == []
