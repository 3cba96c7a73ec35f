"""A resolved scenario as the text of a scenario file."""

import json
from collections.abc import Mapping
from typing import Any

from sim.plan import PLAN


def scenario_text(resolved: Mapping[str, Any]) -> str:
    """Return a resolved scenario as the text of a scenario file that does the same."""
    lines = [
        f"name = {inline(resolved['name'])}",
        f"description = {inline(resolved['description'])}",
        *(
            f"{key} = {_value(resolved[key])}"
            for key in ("horizon", "replicates", "seed", "tolerance", "draws", "as_of")
            if resolved.get(key) is not None
        ),
    ]
    if limit := resolved.get("budget"):
        lines.append(f"budget = {_value(limit)}")
    for kind, table in (("plan", "plans"), ("safeguard", "safeguards")):
        for lever in (entry for entry in PLAN.levers if entry.kind == kind):
            lines += ["", f"[{table}.{lever.id}]"]
            lines += [
                f"{entry.id} = {inline(resolved['settings'][entry.id])}"
                for entry in lever.instruments
            ]
    for table in ("readings", "parameters", "multipliers", "variants"):
        if resolved.get(table):
            lines += ["", f"[{table}]"]
            lines += [f"{_key(key)} = {_value(value)}" for key, value in resolved[table].items()]
    for table in ("events", "rules", "moves"):
        for entry in resolved.get(table, ()):
            lines += ["", f"[[{table}]]"]
            lines += [f"{key} = {_value(value)}" for key, value in entry.items()]
    if changes := resolved.get("processes"):
        added = ", ".join(
            inline({key: own[key] for key in ("file", "after")}) for own in changes["add"]
        )
        lines += ["", "[processes]", f"without = {_value(changes['without'])}", f"add = [{added}]"]
        if files := dict.fromkeys(own["file"] for own in changes.get("measures", ())):
            lines += [f"measures = [{', '.join(inline({'file': name}) for name in files)}]"]
    return "\n".join(lines)


def inline(entries: Mapping[str, Any]) -> str:
    """Return a table as TOML has it on one line, without what is None."""
    said = (f"{key} = {_value(value)}" for key, value in entries.items() if value is not None)
    return f"{{ {', '.join(said)} }}"


def _value(value: Any) -> str:
    """Return a value as TOML; JSON writes all but tables in the same way."""
    if isinstance(value, Mapping):
        return inline(value)
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return f"[{', '.join(map(inline, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name)
