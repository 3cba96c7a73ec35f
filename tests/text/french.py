"""A copy of the package with a catalogue more, in French, that has little yet."""

import os
import shutil
from pathlib import Path

import sim

HEAD = r"""
msgid ""
msgstr ""
"Language: fr_FR\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""
"""In French nought is one, in English many."""
TEXTS = {
    "lab.language": "Français",
    "lab.title": "Laboratoire des politiques de {city}",
    "plan_table.target": "cible",
    "fan.target": "cible {nobody}",
    "mark.comma": "",
    "gates.help": "Ce qui retient chaque objectif",
}
"""One has braces that nobody fills in, one is not translated yet: English stands for them, and for
what is marked as fuzzy."""
MORE = """
#, fuzzy
msgid "lab.stop"
msgstr "Halte"

msgid "study.threads"
msgid_plural "study.threads"
msgstr[0] "{number} fil"
msgstr[1] "{number} fils"
"""


def with_french(folder: Path) -> dict[str, str]:
    """Copy the package into a folder, with French; return the surroundings in which it is used."""
    root, package = Path(sim.__file__).parents[1], folder / "sim"
    shutil.copytree(root / "sim", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(root / "scenarios", folder / "scenarios")
    told = (f'msgid "{name}"\nmsgstr "{text}"\n' for name, text in TEXTS.items())
    text = "\n".join((HEAD.lstrip(), *told)) + MORE
    (package / "text" / "fr.po").write_text(text, encoding="utf-8")
    own = {**os.environ, "PYTHONPATH": str(folder)}
    return {key: value for key, value in own.items() if key not in ("SIM_LANG", "LC_ALL")}
