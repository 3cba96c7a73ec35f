"""The tables ``[parameters]`` and ``[multipliers]``: parameters fixed, or their draws scaled."""

from sim.parameters import PARAMETERS, Parameter, find
from sim.scenario import check
from sim.scenario.place import Place
from sim.scenario.shape import Shape, shape_of, shaped, table

FARTHEST = 10.0
"""How many times as large as anything the prior allows a value may be. Further out there is no
evidence left, and a population may no longer fit in memory."""


DIVISORS = frozenset(
    {
        *("adoption_2022", "anchor_distance", "centre_half", "contagion_half", "debt_term"),
        *("funds_2022", "guidance_leverage", "guidance_years", "knowledge_decay"),
        *("knowledge_half_distance", "knowledge_scale", "leading_adoption", "need_firms"),
        *("need_talents", "news_rate", "order_distance", "output_2022", "powder_years"),
        *(
            "matching_curve",
            "private_inflow",
            "promotion_half",
            "rd_decay",
            "reference_team",
            "sales_a_head",
        ),
        *("share_2022", "spread_size", "talent_cost", "workstation_half"),
    }
)
"""Parameters that the rules divide by: they may be small, but not nought."""


@shaped(lambda: table({name: _shape(each) for name, each in PARAMETERS.items()}))
def fixed_parameters(value: object, place: Place) -> dict[str, float]:
    """Take a table of names of parameters and values to fix them at.

    Raises:
        Problem: a name is unknown, or a value is not a number or absurd for its parameter.
    """
    return check.by_id(check.mapping(value, place), place, _known, _fixed)


@shaped(lambda: table({name: shape_of(_factor_of(name)) for name in PARAMETERS}))
def multiplied_parameters(value: object, place: Place) -> dict[str, float]:
    """Take a table of names of parameters and factors to multiply their draws by.

    Raises:
        Problem: a name is unknown, or a factor is not a number from 0 to 10, or is nought for
            what the rules divide by.
    """
    return check.by_id(check.mapping(value, place), place, _known, _factor)


def _known(name: str, place: Place) -> str:
    with place.blamed_for(name):
        return find(name).name


def _fixed(name: str, value: object, place: Place) -> float:
    parameter = find(name)
    fixed = check.number(*allowed(parameter))(value, place)
    with place.blamed_for(value):
        parameter.check(fixed, place.file)
    return fixed


def _factor(name: str, value: object, place: Place) -> float:
    return _factor_of(name)(value, place)


def _factor_of(name: str) -> check.Check[float]:
    return check.number(1.0 / FARTHEST if _divides(name) else 0.0, FARTHEST)


def _shape(parameter: Parameter) -> Shape:
    """Return what a parameter may be fixed at, with what it means and its unit."""
    told = f"{parameter.meaning.en} · {parameter.meaning.zh} ({parameter.unit})"
    return {**shape_of(check.number(*allowed(parameter))), "description": told}


def allowed(parameter: Parameter) -> tuple[float, float]:
    """Return the least and the greatest value that a scenario may fix a parameter at.

    A share stays one; what is never negative stays so; else ten times what the prior allows. A
    parameter without one is a rule or a switch, and only has to be a finite number.
    """
    if parameter.prior.kind == "fixed":
        return -check.LARGEST, check.LARGEST
    low, high = parameter.prior.low, parameter.prior.high
    least = low / FARTHEST if _divides(parameter.name) else 0.0
    if parameter.unit == "share" and low >= 0.0 and high <= 1.0:
        return least, 1.0
    span = FARTHEST * max(abs(low), abs(high))
    return (least if low >= 0.0 else -span), (0.0 if high <= 0.0 else span)


def _divides(name: str) -> bool:
    return name.partition(":")[0] in DIVISORS
