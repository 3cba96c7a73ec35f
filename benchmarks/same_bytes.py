"""Are trajectories the same bytes as when they were recorded: ``python -m benchmarks.same_bytes``.

``trajectories.json`` holds the SHA-256 of what a few replicates left behind. Where a change is not
meant to change a number, they stay; where it is, CHANGELOG.md announces it, and ``--write`` records
them anew.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim import ensemble, read_scenario

SCENARIOS: Final = ("as-written", "business-as-usual")
SEED: Final = 7
REPLICATES: Final = 3
FILE: Final = Path(__file__).with_name("trajectories.json")


def hashes() -> dict[str, str]:
    """Return the SHA-256 of counts and measures of each trajectory, drawn from the prior."""
    found: dict[str, str] = {}
    for name in SCENARIOS:
        setup = replace(read_scenario(name), draws="prior").setup()
        for left in ensemble.run(setup, SEED, range(REPLICATES)):
            bytes_left = left.counts.tobytes() + left.measures.tobytes()
            found[f"{name} {left.replicate}"] = hashlib.sha256(bytes_left).hexdigest()
    return found


def kept() -> dict[str, str]:
    """Return the hashes as they were recorded."""
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Compare, or record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="record what is found")
    found = hashes()
    if parser.parse_args().write:
        FILE.write_text(f"{json.dumps(found, indent=2)}\n", encoding="utf-8")
    differing = [name for name, digest in kept().items() if found[name] != digest]
    for name in differing:
        sys.stdout.write(f"{name}: other bytes than those recorded\n")
    if differing:
        sys.exit(1)
    sys.stdout.write(f"{len(found)} trajectories: the same bytes as recorded\n")


if __name__ == "__main__":
    main()
