"""The documentation as a site (``make docs``): the pages of the repository, and where they hang."""

import re
from typing import Any, Final

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

Pages = tuple[tuple[str, str], ...]

NAVIGATION: Final[dict[str, Pages]] = {
    "For analysts · 分析人员": (
        ("The guide", "docs/guide"),
        ("指南", "docs/guide.zh"),
        ("中文说明", "README.zh"),
        ("Gallery", "docs/gallery"),
        ("图库", "docs/gallery.zh"),
    ),
    "Files · 文件": (
        ("Scenarios · 情景", "scenarios/README"),
        ("All keys · 全部键", "docs/keys"),
        ("Results · 结果", "results/README"),
        ("Experts' answers · 专家问卷", "scenarios/experts/README"),
        ("A city's pack · 城市数据包", "docs/cities"),
    ),
    "The model · 模型": (
        ("What it does · 模型说明", "docs/model"),
        ("Why so · 建模取舍", "docs/decisions"),
        ("Processes of one's own · 自有过程", "docs/processes"),
    ),
    "What speaks for it · 依据": (
        ("Validation · 检验", "docs/validation"),
        ("Evidence · 已发表证据", "docs/evidence"),
        ("Instruments · 政策工具", "docs/instruments"),
        ("Data · 数据", "docs/data"),
        ("Sanity · 结果检视", "docs/sanity"),
        ("Reach · 作用范围", "docs/reach"),
        ("Verification · 代码核验", "docs/verification"),
    ),
    "Reference · 参考": (
        ("From Python · Python 接口", "docs/api"),
        ("Many machines · 大规模", "docs/scaling"),
        ("Architecture · 架构", "docs/architecture"),
        ("Contributing · 参与", "CONTRIBUTING"),
        ("Changes · 更新", "CHANGELOG"),
    ),
}
"""Captions, and under each the pages: what they are called, and their files."""

project = "Shanghai future-industry simulator · 上海未来产业模拟器"
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = [f"{page}.md" for pages in NAVIGATION.values() for _, page in pages]
include_patterns += ["README.md", "docs/*.md"]
exclude_patterns = [".venv", "build"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_copyright = False
html_extra_path = ["index.html"]
FONTS: Final = "../../sim/views/fonts"
html_static_path = ["site.css", f"{FONTS}/NotoSansSC-subset.otf", f"{FONTS}/OFL.txt"]
html_css_files = ["site.css"]
smartquotes = False
html_search_language = "both"

CHINESE: Final = re.compile("[\u3400-\u9fff]+")


class Search(SearchEnglish):
    """Chinese as pairs of neighbouring characters, which need no list of words; else English."""

    lang = "both"
    js_splitter_code = """
var splitQuery = (query) =>
  (query.match(/[\\u3400-\\u9fff]+|(?:(?![\\u3400-\\u9fff])[\\p{Letter}\\p{Number}_])+/gu) || [])
    .flatMap((run) => /[\\u3400-\\u9fff]/.test(run) && run.length > 1
      ? Array.from(run.slice(1), (letter, at) => run[at] + letter) : [run]);
"""

    def split(self, input: str) -> list[str]:
        """Return the words of a text."""
        pairs = (run[at : at + 2] for run in CHINESE.findall(input) for at in range(len(run) - 1))
        return [*super().split(CHINESE.sub(" ", input)), *pairs]


def hang(_app: Sphinx, page: str, content: list[str]) -> None:
    """Hang the other pages under the first one, which stays as it is for those who read it here."""
    if page == root_doc:
        for caption, pages in NAVIGATION.items():
            listed = "\n".join(f"{called} <{path}>" for called, path in pages)
            content[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{listed}\n```\n"


def tell(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Say of Chinese pages that they are, and what those need who read by ear or by keys."""
    context["language"] = "zh" if page.endswith(".zh") else "en"
    context["body"] = context.get("body", "").replace("<pre>", '<pre tabindex="0">')
    tree = context.get("furo_navigation_tree", "")
    context["furo_navigation_tree"] = tree.replace(
        'role="heading"', 'role="heading" aria-level="2"'
    )


def setup(app: Sphinx) -> None:
    """Tell Sphinx of what is done here."""
    app.add_search_language(Search)
    app.connect("source-read", hang)
    app.connect("html-page-context", tell, priority=900)  # after the theme
