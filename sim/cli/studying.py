"""The commands of studies, made from what each study declares."""

import inspect
from collections.abc import Callable, Container, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.completion import completing
from sim.cli.experiment_options import Asked, experiment
from sim.language import Language
from sim.studies import registry

if TYPE_CHECKING:
    from sim.studies.study import Option

Command = tuple[str, str, Callable[..., None]]


def commands(wanted: Container[str], language: Language) -> Iterator[Command]:
    """Yield the command of every kind of study: name, help, and what it does.

    Args:
        wanted: names of those that are called; of all others only name and help are there, so that
            nothing is loaded for them.
        language: of their help.
    """
    for name in registry.names():
        called = _command(name, language) if name in wanted else _stub
        yield name, registry.help_of(name).in_(language), called


def _stub() -> None:
    raise AssertionError("a command that is called is there in full")


def _command(name: str, language: Language) -> Callable[..., None]:
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
            annotation=_annotation(option, language),
        )
        for option in study.options
    ]
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    own = {option.name for option in study.options}
    lacking = {*study.without, *(own & {*Asked._fields})}
    if study.estimates is None:
        lacking.add("precision")
    return experiment(lacking, each, **study.defaults)(command)


def _annotation(option: "Option", language: Language) -> Any:
    told = option.help.in_(language)
    kind = list[option.kind] if option.each else option.kind  # type: ignore[name-defined]
    names = None if option.completions is None else completing(option.completions)
    if option.listed is not None:
        names = completing(option.listed, listed=True)
    if option.argument:
        argument = typer.Argument(metavar=option.argument, help=told, autocompletion=names)
        return Annotated[kind, argument]
    least, most = option.least, option.most
    said = typer.Option(option.flag, help=told, min=least, max=most, autocompletion=names)
    return Annotated[kind, said]
