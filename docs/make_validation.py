"""Write the generated part of docs/validation.md from what ``make evidence`` left in results.

``python docs/make_validation.py`` prints it; ``--write`` puts it between the page's markers, and
small copies of the figures that it shows beside the other pictures of the documentation.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import written
from PIL import Image

from sim.evidence.calibration.synthetic import FEW
from sim.evidence.influence import by_status, parse
from sim.evidence.patterns.bands import IN_VIEW, patterns
from sim.plan import PLAN
from sim.plan.observable import observables

ROOT = Path(__file__).resolve().parent.parent
EVIDENCE = ROOT / "results" / "evidence"
IMAGES = ROOT / "docs" / "images"
NAMES = {count.id: count.name.en for count in PLAN.counts}
PLANS = [lever.id for lever in PLAN.levers if lever.kind == "plan"]
LARGEST = 3
"""Factors named for each count."""
MOST = 10
"""Parameters named of those that can be learnt."""
WIDE = 1400
"""Pixels across of a picture: legible on a page, and small in a repository."""
PICTURES = {
    "screening": "Morris screening of all uncertain parameters, a chart for each count",
    "index_bars": "First-order and total Sobol' indices of each count, with intervals",
    "shares": "Parts of each count's variance: levers, parameters, luck",
    "plan_ranks": "Chance of each plan to be the one that a count can least do without",
    "identifiable": "Spread left of each parameter if all were observed, and with what was published",
}
"""Figures of the sensitivity analysis that the page shows, and what they are."""
CERTAIN, PROBABLE = 0.9, 0.75
"""Shares of parameter draws from which a direction is said, and said to be probable."""
MUCH = 0.5
"""Assumed share from which a level is not said without the word."""
READINGS = {"strict": "under its own label", "all_sectors": "all sectors"}
Row = dict[str, str]


def rows(path: str) -> list[Row]:
    """Return the rows of a table that the evidence left."""
    with (EVIDENCE / path).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def document(path: str) -> dict[str, Any]:
    """Return a JSON document that the evidence left."""
    found: dict[str, Any] = json.loads((EVIDENCE / path).read_text(encoding="utf-8"))
    return found


def line(*cells: str) -> str:
    """Return a row of a table in Markdown."""
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def head(*cells: str) -> list[str]:
    """Return the head of a table in Markdown."""
    return [line(*cells), line(*["---"] * len(cells))]


def percent(value: str | float) -> str:
    """Return a fraction as a whole percentage."""
    return f"{100 * float(value):.0f}"


def picture(stem: str) -> str:
    """Return a picture in Markdown."""
    return f"![{PICTURES[stem]}](images/sensitivity-{stem}.png)"


def shrink_pictures() -> None:
    """Write small copies of the figures that the page shows; the same figure, the same bytes."""
    for stem in PICTURES:
        with Image.open(EVIDENCE / "sensitivity" / "figures" / f"{stem}.png") as figure:
            small = figure.convert("RGB")
        small.thumbnail((WIDE, small.height), Image.Resampling.LANCZOS)
        # The default method drops the colour of small marks: this one covers all that there are.
        small.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            IMAGES / f"sensitivity-{stem}.png", optimize=True
        )


def likelihoods() -> Iterator[str]:
    """Yield likelihoods before and after calibration, and without each plan."""
    runs = {
        "before, as written": "prior/as-written",
        "as written": "posterior/as-written",
        "business as usual": "posterior/business-as-usual",
        **{f"without `{plan}`": f"posterior/without-{plan}" for plan in PLANS},
    }
    found = {
        name: {row["count"]: row for row in rows(f"{at}/summary.csv")} for name, at in runs.items()
    }
    yield from head("count", *runs)
    for count, name in NAMES.items():
        whole = found["as written"][count]
        cells = [percent(each[count]["likelihood"]) for each in found.values()]
        cells[1] += f" ({percent(whole['likelihood_low'])} to {percent(whole['likelihood_high'])})"
        yield line(name, *cells)
    manifest = document("posterior/as-written/manifest.json")
    yield ""
    yield (
        f"Strict likelihoods in per cent, {manifest['replicates']} replicates each with the same luck, seed"
        f" {manifest['seed']}, model {manifest['model_hash'][:12]}; in brackets, 95 % Monte-Carlo intervals."
    )


def sayable() -> Iterator[str]:
    """Yield, for each count, what may be said to a minister and what may not."""
    now = {row["count"]: row for row in rows("posterior/as-written/summary.csv")}
    plan = {row["count"]: row for row in rows("compare/comparison.csv")}
    assumed = {each.id: by_status([each])["assumed"] for each in parse(_influence()).of("level")}
    yield from head(
        "count",
        "strict, %",
        "左右, %",
        "without any plan, %",
        "points by the plan",
        "more by the plan",
        "same sign in draws, %",
        "assumed, %",
        "published",
        "may be said",
        "may not be said",
    )
    for count, name in NAMES.items():
        row, effect = now[count], plan[count]
        # The comparison's first package is the plan, its second is without: the other way round.
        more = sorted(0.0 - float(effect[key]) for key in ("amount_low", "amount", "amount_high"))
        likelier = sorted(
            -100.0 * float(effect[key])
            for key in ("difference_low", "difference", "difference_high")
        )
        sign = max(float(effect["draws_up"]), float(effect["draws_down"]))
        readings = list(dict.fromkeys(known.reading for known in observables()[count].known))
        published = ", ".join(READINGS[each] for each in readings) or "nothing"
        raises = _direction(more, likelier, sign)
        yield line(
            name,
            f"{percent(row['likelihood'])} ({percent(row['likelihood_low'])} to {percent(row['likelihood_high'])})",
            percent(row["about"]),
            percent(effect["likelihood_second"]),
            f"{likelier[1]:+.0f} ({likelier[0]:+.0f} to {likelier[2]:+.0f})",
            f"{more[1]:.3g} ({more[0]:.3g} to {more[2]:.3g})",
            percent(sign),
            percent(assumed[count]),
            published,
            raises,
            _not_said(assumed[count], readings),
        )
    yield ""
    yield (
        f"*May be said* follows from a rule: the plan raises (lowers) a count where the 95 % interval of the paired"
        f" difference excludes nought and at least {percent(CERTAIN)} % of parameter draws have that sign, probably so from"
        f" {percent(PROBABLE)} % on; otherwise, where the likelihoods differ beyond 95 %, only that the target is likelier (less likely) with the plan. A level is never said without the word assumed where more than"
        f" half of what explains it is, nor as a forecast that could be checked where nothing is published under the"
        " plan's own label. *Assumed*: share of the explained rank variance, definitions in the sum (`sim influence`)."
    )


def _direction(more: Sequence[float], likelier: Sequence[float], sign: float) -> str:
    if not more[0] <= 0.0 <= more[2] and sign >= PROBABLE:
        verb = "raises" if more[1] > 0.0 else "lowers"
        return f"the plan {verb} it" if sign >= CERTAIN else f"the plan probably {verb} it"
    if likelier[0] <= 0.0 <= likelier[2]:
        return "whether the plan moves it cannot be told"
    return f"the target is {'likelier' if likelier[1] > 0.0 else 'less likely'} with the plan"


def _not_said(assumed: float, readings: Sequence[str]) -> str:
    told = []
    if assumed > MUCH:
        told.append("the level without *as assumed*")
    if "strict" not in readings:
        told.append("that anybody can check it today")
    return "; ".join(told) or "more digits than the interval allows"


def _influence() -> str:
    return (EVIDENCE / "influence" / "influence.csv").read_text(encoding="utf-8-sig")


def calibration() -> Iterator[str]:
    """Yield the observations beside what the model has for them, and the diagnostics."""
    yield from head(
        "observation", "figures", "observed", "spread", "prior, 5 to 95 %", "posterior, 5 to 95 %",
        "tail given the others",
    )  # fmt: skip
    sources = {pattern.id: pattern.source for pattern in patterns()}
    for row in rows("calibration/observations.csv"):
        named = row["patterns"].split()
        stands = f" (pattern{'s' * (len(named) > 1)} {', '.join(named)})" if named else ""
        seen = row["low"] if row["low"] == row["high"] else f"{row['low']} to {row['high']}"
        yield line(
            f"`{row['id']}`{stands}: {row['why']}",
            row["figures"] or "; ".join(dict.fromkeys(sources[name] for name in named)),
            seen,
            row["spread"],
            *(
                f"{float(row[f'{of}_5']):.2f} to {float(row[f'{of}_95']):.2f}"
                for of in ("prior", "posterior")
            ),
            row["tail_given_others"] + (" (conflict)" if row["conflict"] == "True" else ""),
        )
    said = document("calibration/calibration.json")
    learnt = _named(said["learnt"])
    yield ""
    yield (
        f"{sum(said['draws'])} parameter draws in {len(said['draws'])} waves with {said['lucks_a_draw']} lucks each; effective"
        f" sample size {said['effective_sample_size']:.0f}; the posterior's list has {said['rows']} rows, {said['distinct_rows']} distinct. Conflicts: {', '.join(said['conflicts']) or 'none'}."
        f" Parameters that moved by more than chance ({said['shift_by_chance']:.2f} standard deviations of"
        f" their priors): {learnt}. All others are as the priors left them: the observations cannot pin them down."
    )
    yield ""
    now, best = (_named(said[key]) for key in ("narrowed", "narrowed_at_best"))
    yield (
        f"Narrowed to 0.8 of the prior's spread or less: {now}. Were all observed quantities known exactly, by straight"
        f" lines: {best}. More than that no smaller spread of these observations can bring, only other quantities."
    )
    for source, check in said["synthetic"].items():
        yield ""
        yield _known_truths(source, check)


def _named(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "none"


def _known_truths(source: str, check: dict[str, Any]) -> str:
    least, _, median, _ = check["effective"]
    recovered = sorted(check["recovery"].items(), key=lambda item: -item[1])[:LARGEST]
    named = ", ".join(f"`{name}` {value:.2f}" for name, value in recovered)
    return (
        f"On {check['truths']} known truths from the {source}, ranks are uniform with p = {check['p_value']:.2f} (a right"
        " procedure falls below 0.05 at most 5 times in 100) and 80 % intervals hold"
        f" {percent(check['covered'])} % of them; those of the other draws alone hold {percent(check['beside'])} %."
        f" Of other draws, {median:.0f} effective ones lie near a truth at the median, {least:.0f} at least, and fewer"
        f" than {FEW} near {check['few']} truths; none is left out. Truth and posterior mean correlate most for {named}."
    )


def hindcasts() -> Iterator[str]:
    """Yield forecasts from the end of each year, of figures and of designations, with their scores."""
    yield from head(
        "figure",
        "from",
        "to",
        "published",
        "forecast, 5 to 95 %",
        "CRPS",
        "last value",
        "linear trend",
    )
    for row in rows("hindcast/hindcast.csv"):
        yield line(
            row["figure"],
            row["base"],
            row["year"],
            row["published"],
            f"{row['forecast_5']} to {row['forecast_95']}",
            row["crps"],
            row["crps_last_value"],
            row["crps_linear_trend"],
        )
    yield ""
    for said in document("hindcast/hindcast.json")["years"]:
        if (mean := said["mean_crps"]) is not None:
            yield (
                f"From {said['known_until']}: mean CRPS {mean['model']:.3f} (last value"
                f" {mean['last_value']:.3f}, linear trend {mean['linear_trend']:.3f});"
                f" {said['in_80']} of {said['forecasts']} in the 80 % interval, {said['in_90']} in the"
                " 90 % interval."
            )
    yield ""
    yield from head(
        "designation", "from", "for", "known", "forecast, 10 to 90 %", "80 % interval",
        "interval score", "last value", "linear trend",
    )  # fmt: skip
    for row in rows("hindcast/designations.csv"):
        yield line(
            row["quantity"],
            row["known"],
            row["date"],
            f"{float(row['low']):g} to {float(row['high']):g}",
            f"{row['forecast_10']} to {row['forecast_90']}",
            "hit" if row["hit"] == "True" else "missed",
            row["interval_score"],
            row["interval_score_last_value"],
            row["interval_score_linear_trend"],
        )


def stylised() -> Iterator[str]:
    """Yield each pattern with its band and verdict."""
    yield from head(
        "pattern",
        "median",
        "80 % of replicates",
        "band",
        "pass rate (95 %)",
        "verdict",
        "validates",
    )
    names = {pattern.id: (pattern.name.en, pattern.band.en) for pattern in patterns()}
    for row in rows("patterns/patterns.csv"):
        name, band = names[row["pattern"]]
        rate = f"{percent(row['pass_rate'])} ({percent(row['pass_low'])} to {percent(row['pass_high'])})"
        yield line(
            name,
            _three(row["median"]),
            f"{_three(row['p10'])} to {_three(row['p90'])}",
            band,
            rate,
            row["verdict"],
            "yes" if row["validates"] == "True" else f"no: {IN_VIEW[row['in_view']].en}",
        )


def _three(written: str) -> str:
    return f"{float(written):.3g}" if written else "—"


def sensitivities() -> Iterator[str]:
    """Yield what carries each count, where its variance lies, and how the plans rank."""
    indices: dict[str, list[Row]] = {}
    for row in rows("sensitivity/indices.csv"):
        if row["of"] == "value":
            indices.setdefault(row["count"], []).append(row)
    shares = {row["count"]: row for row in rows("sensitivity/shares.csv") if row["of"] == "value"}
    yield from head(
        "count", "largest total indices (± 95 %)", "levers", "parameters", "luck", "together"
    )
    for count, name in NAMES.items():
        order = sorted(indices[count], key=lambda row: -float(row["total"] or 0.0))[:LARGEST]
        told = "; ".join(
            f"{row['factor']} {float(row['total']):.2f} ± {float(row['total_error']):.2f}"
            for row in order
        )
        parts = [
            percent(shares[count][part]) for part in ("levers", "parameters", "luck", "together")
        ]
        yield line(name, told, *parts)
    for stem in ("screening", "index_bars", "shares"):
        yield from ("", picture(stem))
    yield ""
    ranks: dict[str, list[Row]] = {}
    for row in rows("sensitivity/ranking.csv"):
        ranks.setdefault(row["count"], []).append(row)
    said = document("sensitivity/sensitivity.json")
    yield from head(
        "count",
        "first plans (points)",
        "first in resamples",
        "pairs in clear order",
        "reordered by",
    )
    for count, plans in ranks.items():
        rows_of = {row["plan"]: row for row in plans}
        ranking = said["rankings"][count]
        first = ranking["may_come_first"]
        told, often = "none is clear of the others", "—"
        if first:
            told = "; ".join(
                f"`{plan}` ({100 * float(rows_of[plan]['effect']):+.0f})" for plan in first
            )
            often = f"{percent(sum(float(rows_of[plan]['rank_1']) for plan in first))} %"
        upset = [f"`{split['parameter']}`" for split in ranking["splits"] if split["reorders"]]
        yield line(
            NAMES.get(count, "targets reached"),
            told,
            often,
            str(ranking["pairs_in_clear_order"]),
            ", ".join(upset) or "—",
        )
    yield ""
    yield (
        f"Plans named together cannot be told apart; of {len(PLANS) * (len(PLANS) - 1) // 2} pairs, those in clear"
        " order are so at once with 95 %. A parameter reorders the plans where two change places, clearly each"
        " time, between the half of the draws where it is low and that where it is high."
    )
    known = rows("sensitivity/identifiable.csv")
    pinned = [row for row in known if row["above_chance"] == "1"]
    strongest = ", ".join(f"`{row['parameter']}`" for row in pinned[:MOST])
    yield from ("", picture("plan_ranks"), "")
    yield (
        f"What was observable up to {said['identifiable']['until']} says something, beyond chance, of {len(pinned)} of"
        f" {len(known)} uncertain parameters; most of {strongest or 'none'}. The others cannot be checked against these years at all."
    )
    yield from ("", picture("identifiable"))
    size = said["size"]
    yield ""
    yield (
        f"{said['runs']} runs: {size['trajectories']} Morris trajectories over all uncertain parameters, Sobol' indices of the"
        f" {size['important']} that matter most with a base sample of {size['base']}, and 64 packages of {size['replicates']} replicates."
    )


def facts() -> Iterator[str]:
    """Yield each likelihood as one fact after another is told, with what each step clearly moved."""
    told = rows("facts/facts.csv")
    steps = {row["step"]: row for row in told}
    yield from head("step", "month", "what becomes known", "runs kept")
    for number, row in steps.items():
        name = f"`{row['fact']}`" if row["fact"] else "nothing" if number == "0" else "observations"
        yield line(number, row["as_of"] or "—", name, f"{percent(row['kept'])} %")
    yield ""
    yield from head("count", *steps)
    found: dict[str, list[str]] = {}
    for row in told:
        moved = f" ({100 * float(row['change']):+.0f})" if row["told_apart"] == "True" else ""
        found.setdefault(row["count"], []).append(f"{percent(row['likelihood'])}{moved}")
    for count, name in NAMES.items():
        yield line(name, *found[count])
    yield ""
    yield (
        "Strict likelihoods in per cent under the same luck; in brackets, by how many points the step clearly moved it"
        " (95 %). Runs kept: the share of the runs tried that agree with all that is known by then."
    )


PARTS: Sequence[tuple[str, Callable[[], Iterator[str]]]] = (
    ("### What may be said to a minister, and what not", sayable),
    ("### Likelihoods before and after calibration", likelihoods),
    ("### Calibration", calibration),
    ("### Hindcasts", hindcasts),
    ("### Patterns", stylised),
    ("### What the answer depends on", sensitivities),
    ("### Fact by fact", facts),
)


def generated() -> str:
    """Return the generated part of the page."""
    return "\n\n".join(f"{title}\n\n" + "\n".join(part()) for title, part in PARTS)


if __name__ == "__main__" and written.main("validation", generated, __doc__):
    shrink_pictures()
