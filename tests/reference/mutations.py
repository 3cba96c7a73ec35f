"""Rules broken on purpose: each must be noticed by the comparison with the second implementation.

``python -m tests.reference.mutations`` breaks one rule at a time in a copy of the project, compares
the process that it belongs to, and prints which were noticed. It compiles the broken process anew
each time (the others once), so it takes some minutes and is no part of the tests; named processes
or broken rules are looked at alone. A broken rule goes on reading its parameters, since a parameter
that no rule reads is refused.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from sim.engine.modes import Mode
from tests.reference.processes import COMPARED

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ("--eventful", "--months", *map(str, COMPARED))
"""What the tests compare every process at (``test_every_process_agrees_from_the_same_state``)."""


class Mutation(NamedTuple):
    """One rule broken."""

    process: str
    what: str
    file: str
    old: str
    new: str
    mode: Mode = "compiled"
    """How the rules are run: only the checked mode sees what a word is drawn for, when it hardly
    ever decides anything."""


MUTATIONS = (
    Mutation(
        "rivals", "rivals see a lead at once", "rivals.py",
        "MONTHS_A_YEAR * p.rival_delay", "0.0 * p.rival_delay",
    ),
    Mutation(
        "rivals", "rivals do not see what is won in markets", "rivals.py",
        "return 1.0 - usual / won", "return 0.0 * usual / won",
    ),
    Mutation(
        "rivals", "rivals do not see who is called", "rivals.py",
        "return called / max(1.0, called + p.arrivals)", "return 0.0 * called / p.arrivals",
    ),
    Mutation(
        "market", "rivals' plans do not reach markets", "market.py",
        "p.rival_push * city.rival_effort", "0.0 * p.rival_push",
    ),
    Mutation(
        "finance", "rivals draw no money away", "finance.py",
        "MONTH * city.left_by_rivals", "MONTH",
    ),
    Mutation(
        "entry", "rivals draw no firms away", "entry.py",
        "* eased) * city.left_by_rivals", "* eased)",
    ),
    Mutation(
        "talent", "rivals draw nobody away who comes anyway", "newcomers.py",
        "= paid * city.left_by_rivals", "= paid",
    ),
    Mutation(
        "talent", "rivals draw nobody away whom the plan calls", "newcomers.py",
        "= called * city.left_by_rivals", "= called",
    ),
    Mutation(
        "climate", "nothing remains of the year before", "climate.py",
        "kept = p.climate_persistence", "kept = 0.0 * p.climate_persistence",
    ),
    Mutation(
        "market", "good years do not reach markets", "market.py",
        "* city.demand_climate", "* 1.0",
    ),
    Mutation(
        "finance", "state-owned firms do not feel their assessment", "books.py",
        "choose(firm.kind == STATE_OWNED, city.assessed, 1.0)",
        "choose(firm.kind == STATE_OWNED, 1.0, 1.0)",
    ),
    Mutation(
        "finance", "losses are forgotten at once", "books.py",
        "firm.losses = max(0.0, earlier - profit)",
        "firm.losses = 0.0 * max(0.0, earlier - profit)",
    ),
    Mutation(
        "finance", "good years do not reach funds", "finance.py",
        "* city.inflow_climate", "* 1.0",
    ),
    Mutation(
        "policy", "sentences of a safeguard add to the plan's dose", "policy.py",
        "WHOLE[k] + SAFEGUARDS_PART[k] * p.safeguard_part", "1.0 + 0.0 * p.safeguard_part",
    ),
    Mutation(
        "policy", "sentences of a safeguard saturate as parts of one dose", "policy.py",
        "part * worth(p, dose * reach[branch, place])",
        "worth(p, part * dose * reach[branch, place])",
    ),
    Mutation(
        "administration", "what is named costs no money", "approval.py",
        "city.purse[chosen.kind] -= price_of(city, p, chosen.kind)",
        "city.purse[chosen.kind] -= 0.0 * price_of(city, p, chosen.kind)",
    ),
    Mutation(
        "programmes", "a proposal never lapses", "programmes.py",
        "month - entry.proposed >= p.proposal_life",
        "month - entry.proposed >= 1e9 * p.proposal_life",
    ),
    Mutation(
        "administration", "ministries pay for what is the city's own", "approval.py",
        "kind in NATIONAL", "kind not in NATIONAL",
    ),
    Mutation(
        "administration", "no target presses", "administration.py", "gap / rounds", "0.0 * gap",
    ),
    Mutation(
        "administration", "the staff can do whatever is needed", "administration.py",
        "min(most, needed(world, p, kind, month))",
        "needed(world, p, kind, month)",
    ),
    Mutation(
        "administration", "nobody is turned down", "administration.py",
        "< p.merit_bar", "< p.merit_bar - 1.0",
    ),
    Mutation(
        "jobs", "pay does not follow scarcity", "pay.py",
        "pay *= 1.0 + p.pay_speed * MONTH * tightness", "pay *= 1.0 + 0.0 * p.pay_speed",
    ),
    Mutation(
        "jobs", "who is dearer is asked for as often", "pay.py",
        "dearer ** (-p.level_substitution)", "dearer ** (-0.0 * p.level_substitution)",
    ),
    Mutation(
        "finance", "seniors weigh no more than juniors in a firm's bill", "books.py",
        "weighed = p.senior_premium * seniors",
        "weighed = (1.0 + 0.0 * p.senior_premium) * seniors",
    ),
    Mutation(
        "talent", "seniors come as the pay of juniors says", "newcomers.py",
        "paid_above = world.tracks[track].senior_pay", "paid_above = world.tracks[track].pay",
    ),
    Mutation(
        "jobs", "distance does not matter in a search", "jobs.py",
        "p.distance_push * city.distance[home, district] / 10.0", "0.0 * p.distance_push",
    ),
    Mutation(
        "jobs", "a firm is met as often with one open post as with many", "jobs.py",
        "posts += firm.wanted - firm.talents", "posts += 1.0",
    ),
    Mutation(
        "jobs", "scarce posts are met as often as others", "jobs.py",
        "city.meeting[k] = there / most", "city.meeting[k] = 1.0",
    ),
    Mutation(
        "knowledge", "great science programmes teach nobody", "knowledge.py",
        "support += p.science_gain *", "support += 0.0 * p.science_gain *",
    ),
    Mutation(
        "knowledge", "each node has all that the plan gives for nodes", "knowledge.py",
        "called / nodes_of(world, cluster)", "called",
    ),
    Mutation(
        "knowledge", "nodes bring nothing home", "../world/founding_knowledge.py",
        "know_how / len(seats)", "0.0 * know_how / len(seats)",
    ),
    Mutation(
        "talent", "great science programmes draw no scientists", "newcomers.py",
        "1.0 + p.science_pull *", "1.0 + 0.0 * p.science_pull *",
    ),
    Mutation(
        "knowledge", "other clusters' knowledge counts for nothing", "knowledge.py",
        "p.jacobs", "0.0 * p.jacobs",
    ),
    Mutation(
        "readiness", "quality is not learnt by climbing", "readiness.py",
        "firm.quality += p.learning_by_climbing", "firm.quality += 0.0 * p.learning_by_climbing",
    ),
    Mutation(
        "readiness", "the quality of a climb is read half a word lower", "readiness.py",
        "climb(p, firm, number(world.words[1, k])",
        "climb(p, firm, (world.words[1, k] / 2.0**32)",
    ),
    Mutation(
        "readiness", "of the number of a chance only the byte counts", "../../engine/rare.py",
        "return (byte_of(bytes_, which) + rest) / VALUES",
        "return byte_of(bytes_, which) / VALUES",
    ),
    Mutation(
        "readiness", "a level beyond the gate takes no time", "readiness.py",
        "month - firm.reached >= waiting", "month >= firm.reached",
    ),
    Mutation(
        "readiness", "it does not matter which tracks are named", "readiness.py",
        "1.0 + p.focus_gain * named", "1.0 + 0.0 * p.focus_gain",
    ),
    Mutation(
        "readiness", "every trial succeeds", "readiness.py",
        "verdict >= p.gate_odds", "verdict >= 2.0 + p.gate_odds",
    ),
    Mutation(
        "breakthroughs", "the second product is as likely as the first", "breakthroughs.py",
        "1.0 / (1.0 + done)", "1.0",
    ),
    Mutation(
        "breakthroughs", "what scientists decide does not matter", "breakthroughs.py",
        "1.0 + p.autonomy_gain * free", "1.0 + 0.0 * p.autonomy_gain",
    ),
    Mutation(
        "consequences", "a patron's components are of no use", "consequences.py",
        "local += world.firms[firm.patron].components", "local += 0",
    ),
    Mutation(
        "consequences", "products are new for ever", "consequences.py",
        "firm.fresh -= firm.fresh * MONTH / p.product_life", "firm.fresh -= 0.0 * p.product_life",
    ),
    Mutation(
        "consequences", "promotion leaves new products as they are", "consequences.py",
        "1.0 + p.recommended_gain *", "1.0 + 0.0 * p.recommended_gain *",
    ),
    Mutation(
        "market", "new products do not quicken adoption", "market.py",
        "1.0 + p.product_adoption * offered", "1.0 + 0.0 * p.product_adoption",
    ),
    Mutation(
        "market", "a stop of imports spares everybody", "market.py",
        "1.0 - missing * p.imported_part", "1.0 - 0.0 * p.imported_part",
    ),
    Mutation(
        "linkage", "standards bring no orders", "linkage.py",
        "p.standard_orders * world.tracks", "0.0 * p.standard_orders * world.tracks",
    ),
    Mutation(
        "finance", "older stakes are not diluted", "rounds.py",
        "deals[older].stake *= 1.0 - stake", "deals[older].stake *= 1.0",
    ),
    Mutation(
        "finance", "guidance money joins no round", "rounds.py",
        "    if part > 0.0:", "    if part < 0.0:",
    ),
    Mutation(
        "finance", "what a market takes is no merit", "rounds.py",
        "p.traction * beyond", "0.0 * p.traction * beyond",
    ),
    Mutation(
        "finance", "guidance money makes no round likelier", "rounds.py",
        "p.guidance_ease * min(1.0, called)", "0.0 * p.guidance_ease * min(1.0, called)",
    ),
    Mutation(
        "finance", "guidance money brings no partners", "rounds.py",
        "max(0.0, p.crowding) * part", "0.0 * p.crowding",
    ),
    Mutation(
        "finance", "guidance money is never used up", "rounds.py",
        "return min(part, world.funds[0].dry_powder)", "return part",
    ),
    Mutation(
        "finance", "funds see firms without noise", "rounds.py",
        "p.screening_noise * blur * noise", "0.0 * p.screening_noise * noise",
    ),
    Mutation(
        "finance", "rounds are drawn and not needed", "rounds.py",
        "return max(p.smallest_ticket, going_on + firm.lacking)",
        "return max(p.smallest_ticket, 5000.0 + 0.0 * (going_on + firm.lacking))",
    ),
    Mutation(
        "finance", "the lead of a round is alone", "rounds.py",
        "if left > 0.0 and j != lead", "if left < 0.0 and j != lead",
    ),
    Mutation(
        "finance", "funds with little money choose no more than others", "finance.py",
        "p.scarcity * max(0.0, 1.0 - full)", "0.0 * p.scarcity",
    ),
    Mutation(
        "building", "capacity costs nothing", "building.py",
        "firm.cash -= paid", "firm.cash -= 0.0 * paid",
    ),
    Mutation(
        "market", "patrons buy of whoever is theirs, whatever they sell themselves", "market.py",
        "return min(p.order_part * alone, spent / max(1, patron.partners))",
        "return p.order_part * alone + 0.0 * spent",
    ),
    Mutation(
        "market", "others are served before the patron", "market.py",
        "delivered = min(asked, most)", "delivered = min(asked, max(0.0, most - wanted))",
    ),
    Mutation(
        "building", "orders are not lent on", "building.py",
        "firm.patron != NOBODY, p.order_credit", "firm.patron != NOBODY, 0.0 * p.order_credit",
    ),
    Mutation(
        "building", "nothing is lent on orders alone", "building.py",
        "earned_by_orders(p, firm))", "0.0 * earned_by_orders(p, firm))",
    ),
    Mutation(
        "building", "capacity stands when it is ordered", "building.py",
        "built = min(firm.ordered, pace)",
        "built = firm.ordered + 0.0 * pace",
    ),
    Mutation(
        "finance", "relief does not make research cheaper", "books.py",
        "budget / (cost * user_cost + rent)", "budget / (cost + rent)",
    ),
    Mutation(
        "finance", "grants add nothing to research", "books.py",
        "(1.0 - p.grant_crowding) * MONTHS_A_YEAR", "0.0 * p.grant_crowding",
    ),
    Mutation(
        "finance", "what vouchers buy is no research", "books.py",
        "people = firm.real_rd / cost", "people = talents + 0.0 * firm.real_rd",
    ),
    Mutation(
        "layoffs", "firms dismiss all at once whom they cannot pay", "layoffs.py",
        "math.ceil(p.layoff_pace * (firm.talents - firm.wanted))",
        "math.ceil((1.0 + 0.0 * p.layoff_pace) * (firm.talents - firm.wanted))",
    ),
    Mutation(
        "talent", "nobody retires", "talent.py", "0.0, p.retirement)", "0.0, 0.0 * p.retirement)",
    ),
    Mutation(
        "market", "the spread of growth does not fall with size", "market.py",
        "size ** (-p.spread_slope)", "size ** (0.0 * p.spread_slope)",
    ),
    Mutation(
        "market", "firms sell more than they can make", "market.py",
        "most = firm.capacity * MONTH * supplied(p, firm)",
        "most = wanted + asked + 0.0 * supplied(p, firm)",
    ),
    Mutation(
        "linkage", "ownership does not matter in a tie", "linkage.py",
        "1.0 + p.mixing_choice * ties", "1.0 + 0.0 * p.mixing_choice",
    ),
    Mutation(
        "linkage", "orders do not make a partner", "linkage.py",
        "world.firms[chosen].partners += 1", "world.firms[chosen].partners += 0",
    ),
    Mutation(
        "entry", "a new firm inherits nothing", "entry.py", "p.heredity *", "0.0 * p.heredity *",
    ),
    Mutation(
        "talent", "who founds gives up no pay", "founding.py",
        "pay ** (-p.founding_pay)", "pay ** (0.0 * p.founding_pay)",
    ),
    Mutation(
        "talent", "cheap entry lets nobody found", "founding.py",
        "1.0 + p.access_entry * eased", "1.0 + 0.0 * p.access_entry * eased",
    ),
    Mutation(
        "locations", "nobody founds where entry is cheap", "locations.py",
        "p.access_entry * dose[MARKET_ACCESS", "0.0 * p.access_entry * dose[MARKET_ACCESS",
    ),
    Mutation(
        "entry", "who is let in founds as well as others", "entry.py",
        "choose(marginal, -1.0,", "choose(marginal, 0.0,",
    ),
    Mutation(
        "entry", "dear posts keep out good projects as well as weak ones", "entry.py",
        "max(0.0, 1.0 / opened - 1.0)", "0.0",
    ),
    Mutation(
        "entry", "who is let in has as much money as others", "entry.py",
        "marginal, p.margin_money, 1.0)", "marginal, 1.0 + 0.0 * p.margin_money, 1.0)",
    ),
    Mutation(
        "entry", "firms that are called do not come", "entry.py",
        "p.attraction_gain * called", "0.0 * p.attraction_gain",
    ),
    Mutation(
        "certification", "a technology centre is reviewed each year", "certification.py",
        "month - firm.centre_since >= p.centre_review",
        "month - firm.centre_since >= 0.5 * p.centre_review",
    ),
    Mutation(
        "certification", "a certificate is for ever", "../world/titles.py",
        "firm.certificate_until = month + int(p.certificate_months)",
        "firm.certificate_until = month + 9999 + 0 * int(p.certificate_months)",
    ),
    Mutation(
        "certification", "nobody asks what the certificate saves", "../world/titles.py",
        "p.research_cost * rest >= tax_saved(p, firm)", "p.research_cost * rest < 0.0",
    ),
    Mutation(
        "exit", "who waits in vain never loses hope", "../world/hope.py",
        "p.stopping_rate * max(0.0, 1.0 - hope / p.outside_option)",
        "0.0 * p.stopping_rate * max(0.0, 1.0 - hope / p.outside_option)",
    ),
    Mutation(
        "exit", "help saves the same firm again", "exit.py",
        "left_after(p, min(1.0, near) * support)",
        "max(0.0, 1.0 - p.accelerator_rescue * min(1.0, near) * support)",
    ),
    Mutation(
        "exit", "the insolvent go on", "exit.py",
        "firm.distress >= p.insolvency_months", "firm.distress >= 30000.0 * p.insolvency_months",
    ),
    Mutation(
        "record", "breakthroughs are counted twice", "record.py",
        "[breakthroughs[row].kind]] += 1.0", "[breakthroughs[row].kind]] += 2.0",
    ),
    Mutation(
        "breakthroughs", "a bound is too low", "breakthroughs.py",
        "most_product = push *", "most_product = 0.02 * push *",
    ),
    Mutation(
        "breakthroughs", "a word is drawn for another process", "breakthroughs.py",
        "list_struck(world, month, purposes.BREAKTHROUGH)",
        "list_struck(world, month, purposes.CLIMB)", "checked",
    ),
    Mutation(
        "entry", "a district is left out", "birth.py",
        "range(min(4, DISTRICTS - 4 * group))", "range(min(4, DISTRICTS - 1 - 4 * group))",
    ),
)  # fmt: skip


def noticed(mutation: Mutation, cache: str) -> str:
    """Return what the comparison says of a broken rule: its first difference, or nothing.

    Args:
        mutation: the rule that is broken.
        cache: folder in which the code of the rules that are not broken is kept.

    Raises:
        LookupError: the rule does not read as expected, so the mutation would change nothing.
        RuntimeError: the comparison did not run.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("sim", "tests", "scenarios"):
            shutil.copytree(ROOT / name, place / name)
        file = place / "sim/model/rules" / mutation.file
        text = file.read_text(encoding="utf-8")
        if mutation.old not in text:
            raise LookupError(f"{mutation.file}: {mutation.old}")
        file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
        command = [sys.executable, "-m", "tests.reference.processes", mutation.process]
        said = subprocess.run(
            [*command, *OPTIONS],
            cwd=place,
            env={
                **os.environ,
                "PYTHONPATH": folder,
                "SIM_CACHE": cache,
                "SIM_MODE": mutation.mode,
            },
            capture_output=True,
            text=True,
            check=False,
        )
    lines = (said.stdout or said.stderr).strip().splitlines()
    if said.returncode:
        raise RuntimeError(lines[-1] if lines else "no output")
    return "" if lines == ["they agree"] else lines[0]


def main() -> None:
    """Break one rule after another and say which were noticed."""
    asked = set(sys.argv[1:])
    chosen = [each for each in MUTATIONS if not asked or asked & {each.process, each.what}]
    print("| process | broken rule | first difference that the comparison names |")
    print("| --- | --- | --- |")
    missed = 0
    with tempfile.TemporaryDirectory() as cache:
        for mutation in chosen:
            try:
                found = noticed(mutation, cache) or "NOT NOTICED"
            except (LookupError, RuntimeError) as error:
                found = f"NOT RUN: {error}"
            missed += found.startswith("NOT ")
            print(f"| {mutation.process} | {mutation.what} | {found} |", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
