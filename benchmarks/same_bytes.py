"""Are trajectories the same bytes as those of the first core: ``python -m benchmarks.same_bytes``.

``trajectories.json`` holds the SHA-256 of what replicates left behind under commit 0df98e3. A
posterior and the measured instruments are bound to a digest of the rules' code; where that code has
been rewritten and every trajectory has stayed the same, ``--bind`` binds them to it anew. It
refuses where one byte differs: then calibration and measurement must be made anew.
"""

import argparse
import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim import city, ensemble, read_scenario
from sim.digest import priors_digest, rules_digest

SCENARIOS: Final = ("as-written", "business-as-usual")
SEED: Final = 7
REPLICATES: Final = 3
FILE: Final = Path(__file__).with_name("trajectories.json")
BOUND: Final = (city.file("posterior.json"), city.file("evidence/instruments.csv"))


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
    """Return the hashes of the first core."""
    found: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def bind() -> None:
    """Write the digests of rules and priors as they are now where the old ones stand."""
    said = json.loads(BOUND[0].read_text(encoding="utf-8"))
    for file in BOUND:
        text = file.read_text(encoding="utf-8")
        text = text.replace(said["rules"], rules_digest()).replace(said["priors"], priors_digest())
        file.write_text(text, encoding="utf-8")


def main() -> None:
    """Compare, and bind anew if asked to and nothing differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bind", action="store_true", help="bind posterior and instruments anew")
    asked = parser.parse_args()
    found = hashes()
    differing = [name for name, digest in kept().items() if found[name] != digest]
    for name in differing:
        sys.stdout.write(f"{name}: other bytes than those of commit 0df98e3\n")
    if differing:
        sys.exit(1)
    sys.stdout.write(f"{len(found)} trajectories: the same bytes as under commit 0df98e3\n")
    if asked.bind:
        bind()


if __name__ == "__main__":
    main()
