"""What makes a function a rule. A rule stays ordinary Python; the mark says how it is compiled."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, Final, ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Back = TypeVar("Back")
ATTRIBUTE: Final = "__rule__"


@dataclass(frozen=True)
class Mark:
    """What is compiled where a rule is called."""

    function: FunctionType = field()  # not a method of the mark
    inlined: bool


def rule(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """Mark a function that runs in every mode.

    LLVM inlines it where that pays. Short and literal integers reach its compiled form as int64,
    so that one version serves all callers and arithmetic on them does not wrap round.
    """
    setattr(function, ATTRIBUTE, Mark(cast(FunctionType, function), inlined=False))
    return function


def inlined(function: Callable[Given, Back]) -> Callable[Given, Back]:
    """Mark a rule that is compiled into the very loop that calls it, so that it can be vectorised.

    Only for the few short functions where that is measured to pay.
    """
    setattr(function, ATTRIBUTE, Mark(cast(FunctionType, function), inlined=True))
    return function


def in_python(
    plain: Callable[..., Any],
) -> Callable[[Callable[Given, Back]], Callable[Given, Back]]:
    """Let plain Python call ``plain`` where compiled code has the rule: words of fixed width wrap.

    Both must do the same; ``tests/engine`` holds them to it.
    """

    def decorate(function: Callable[Given, Back]) -> Callable[Given, Back]:
        def stand_in(*given: Given.args, **named: Given.kwargs) -> Back:
            return cast(Back, plain(*given, **named))

        stand_in.__name__, stand_in.__doc__ = function.__name__, function.__doc__
        setattr(stand_in, ATTRIBUTE, mark_of(function))
        return stand_in

    return decorate


def mark_of(thing: Any) -> Mark | None:
    """Return a rule's mark; None for anything else."""
    return getattr(thing, ATTRIBUTE, None)
