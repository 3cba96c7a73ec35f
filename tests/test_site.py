"""Protects the documentation as a site: whole, found by search, and without the network."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.app.browsing import BROWSER, FLAGS, IN_A_BROWSER

ROOT = Path(__file__).parents[1]
STRICT = ("--quiet", "--fail-on-warning", "--keep-going", "--fresh-env", "--conf-dir", "docs/site")
"""As ``make docs`` builds it: whatever Sphinx warns of fails."""
LOADED = {"src", "srcset", "data", "poster", "action"}
"""Attributes that name what a browser fetches by itself."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built strictly."""
    folder = tmp_path_factory.mktemp("site")
    command = (sys.executable, "-m", "sphinx", *STRICT)
    places = ("--doctree-dir", str(folder / "trees"), ".", str(folder / "html"))
    done = subprocess.run(
        [*command, *places], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


class Fetched(HTMLParser):
    """What a page makes a browser fetch."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.places: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link":
            self.places.append(given.get("href", ""))
        self.places += (given[name] for name in LOADED & set(given))


def fetched(site: Path) -> Iterator[tuple[str, str]]:
    """Yield each page and sheet of style with each thing that it makes a browser fetch."""
    for page in site.rglob("*.html"):
        reader = Fetched()
        reader.feed(page.read_text(encoding="utf-8"))
        yield from ((page.name, place) for place in reader.places)
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        for place in re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""", text):
            yield sheet.name, place


def test_the_makefile_builds_it_as_strictly() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ndocs:")[2]
    assert " ".join(STRICT) in " ".join(recipe.partition("\n\n")[0].replace("\\\n", "").split())


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    places = set(fetched(site))
    assert len(places) > 100
    assert {each for each in places if re.match("(https?:)?//", each[1])} == set()


def test_every_picture_stands_in_the_gallery_of_its_language() -> None:
    pictures = {path.name for path in (ROOT / "docs/images").iterdir()}
    chinese = {name for name in pictures if name.endswith(".zh.png")}
    both = {name for name in pictures - chinese if name.replace(".png", ".zh.png") not in chinese}
    for page, wanted in (("gallery", pictures - chinese), ("gallery.zh", chinese | both)):
        text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
        assert sorted(re.findall(r"\(images/([^)]+)\)", text)) == sorted(wanted)


def test_every_page_is_there(site: Path) -> None:
    names = [path.stem for path in (ROOT / "docs").glob("*.md")]
    assert {name for name in names if not (site / f"docs/{name}.html").exists()} == set()
    assert 'url=README.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_code_is_reached_by_keys_and_captions_say_their_level(site: Path) -> None:
    """What scrolls can be scrolled without a mouse; a heading without a level is none by ear."""
    guide = (site / "docs/guide.html").read_text(encoding="utf-8")
    assert '<pre tabindex="0">' in guide and 'role="heading" aria-level' in guide
    assert not re.search('<pre>|role="heading">', guide)


@pytest.fixture
def page() -> Iterator[Page]:
    """Yield a page of a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield browser.new_page(viewport={"width": 390, "height": 844})
        browser.close()


@IN_A_BROWSER
def test_it_is_read_and_searched_from_a_folder_in_both_languages(site: Path, page: Page) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    expect(page).to_have_url(re.compile("README.html"))
    for name, language in (("README", "en"), ("docs/guide.zh", "zh"), ("docs/validation", "en")):
        page.goto((site / f"{name}.html").as_uri())
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for words, found in (("引导基金的力度", "分析人员指南"), ("paired replicates", "guide")):
        page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
        expect(page.locator("#search-results li").filter(has_text=found)).not_to_have_count(0)
    page.goto(f"{(site / 'search.html').as_uri()}?q=鲸鱼")
    expect(page.locator("#search-results p").first).to_contain_text("did not match")
    assert {url for url in asked if not re.match("file:|data:", url)} == set()
