"""The commands of studies, made from what each study declares."""

import inspect
from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.completion import completing
from sim.cli.experiment_options import Asked, experiment
from sim.language import BOTH, Text, default_language
from sim.studies import registry

if TYPE_CHECKING:
    from sim.studies.study import Option


def commands(wanted: Container[str]) -> dict[str, Callable[..., None]]:
    """Return the command of every kind of study, by its name.

    Args:
        wanted: names of those that are called; of all others only name and help are there, so that
            nothing is loaded for them.
    """
    return {
        name: _command(name) if name in wanted else _stub(registry.help_of(name))
        for name in registry.names()
    }


def _stub(help_: Text) -> Callable[..., None]:
    def stub() -> None:
        raise AssertionError("a command that is called is there in full")

    stub.__doc__ = _helping(help_)
    return stub


def _helping(text: Text) -> str:
    """Return help in English and Chinese, or in the third language that the surroundings ask for.

    ``--lang`` is not known yet when commands are made.
    """
    own = default_language()
    return text.in_(own) if own not in BOTH else " · ".join(text.both)


def _command(name: str) -> Callable[..., None]:
    """Return a command that carries out a kind of study."""
    study = registry.study(name)
    each = next((option.name for option in study.options if option.each), "")

    def command(asked: Asked, **given: Any) -> None:
        from sim.cli.carrying_out import carry_out
        from sim.present.as_json import parts_line
        from sim.present.terminal import print_parts
        from sim.problems import gathering

        if study.listed is not None and given[study.options[0].name] is None:
            if asked.json:
                print(parts_line(study.listed()))
            else:
                print_parts(study.listed(), asked.language)
            return
        values = [given] if not each else [given | {each: value} for value in given[each]]
        designs = []
        with gathering() as wrong:
            for one in values:
                with wrong.noted():
                    designs.append(study.design(one))
        carry_out(study, designs, asked)

    parameters = [
        inspect.Parameter(
            option.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if option.has_to_be_said else option.default,
            annotation=_annotation(option),
        )
        for option in study.options
    ]
    command.__doc__ = _helping(study.help)
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    own = {option.name for option in study.options}
    lacking = {*study.without, *(own & {*Asked._fields})}
    if study.estimates is None:
        lacking.add("precision")
    return experiment(lacking, each, **study.defaults)(command)


def _annotation(option: "Option") -> Any:
    told = _helping(option.help)
    kind = list[option.kind] if option.each else option.kind  # type: ignore[name-defined]
    names = None if option.completions is None else completing(option.completions)
    if option.argument:
        argument = typer.Argument(metavar=option.argument, help=told, autocompletion=names)
        return Annotated[kind, argument]
    least, most = option.least, option.most
    said = typer.Option(option.flag, help=told, min=least, max=most, autocompletion=names)
    return Annotated[kind, said]
