"""``sim store``: what is kept, whether it is sound, where it comes from, and what may go."""

from typing import Annotated

import typer

from sim.cli.guard import BAD_INPUT, guarded
from sim.cli.options import LangOption
from sim.problems import Problem
from sim.text.catalogue import say, worded

store_app = typer.Typer(name="store", help="help.what_experiments_keep", rich_markup_mode=None)
Place = Annotated[str | None, typer.Option("--store", help="help.store_folder_or_url")]
Name = Annotated[str | None, typer.Argument(metavar="NAME", help="help.scenario_or_hash")]


@store_app.command("list", help="help.sim_store_list_")
def list_(store: Place = None, lang: LangOption = None) -> None:
    """List what is there."""
    with guarded(lang) as language:
        from sim.cli.stored import open_store, print_entries
        from sim.store.inventory import entries

        print_entries(entries(open_store(store)), language)


@store_app.command(help="help.sim_store_verify")
def verify(
    store: Place = None,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="help.set_damaged_blocks_aside"),
    ] = False,
    rerun: Annotated[
        int,
        typer.Option("--rerun", help="help.run_n_blocks_again_at", min=0),
    ] = 0,
    lang: LangOption = None,
) -> None:
    """Read every block and check its checksum."""
    with guarded(lang) as language:
        from sim.cli.stored import open_store, print_damaged, print_differing
        from sim.store.inventory import clear_drafts, damaged
        from sim.store.rerun import at_random, differing

        place = open_store(store)
        found = damaged(place, repair=repair)
        print_damaged(found, repair, clear_drafts(place) if repair else 0, language)
        if found and not repair:
            raise typer.Exit(BAD_INPUT)
        if rerun:
            tasks = at_random(place, rerun)
            false = differing(place, tasks)
            print_differing(false, len(tasks), language)
            if false:
                raise typer.Exit(BAD_INPUT)


@store_app.command(help="help.sim_store_explain")
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME", help="help.scenario_or_hash")],
    store: Place = None,
    file: Annotated[bool, typer.Option("--file", help="help.as_a_scenario_file")] = False,
    lang: LangOption = None,
) -> None:
    """Say where numbers came from."""
    with guarded(lang) as language:
        from sim.cli.stored import open_store, print_origin
        from sim.store.inventory import chosen
        from sim.store.scenario_text import scenario_text

        found = chosen(open_store(store), name, other_versions=False)
        if file:
            print(scenario_text(found[0].said))
            return
        for entry in found:
            print_origin(entry, language)


@store_app.command(help="help.sim_store_query")
def query(
    question: Annotated[str, typer.Argument(metavar="SQL", help="help.to_the_view_months")],
    store: Place = None,
    csv: Annotated[bool, typer.Option("--csv", help="help.as_csv")] = False,
    lang: LangOption = None,
) -> None:
    """Ask in SQL (DuckDB)."""
    with guarded(lang) as language:
        from sim.cli.stored import open_store, print_answer
        from sim.experiments.questions import ask

        names, rows = ask(open_store(store), question)
        print_answer(names, rows, language, as_csv=csv)


@store_app.command(help="help.sim_store_remove")
def remove(
    name: Name = None,
    other_versions: Annotated[
        bool, typer.Option("--other-versions", help="help.of_other_models")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="help.everything_in_the_store")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="help.do_not_ask")] = False,
    store: Place = None,
    lang: LangOption = None,
) -> None:
    """Remove results."""
    with guarded(lang) as language:
        if (name is not None and everything) or not (name or other_versions or everything):
            raise Problem("sim store remove", "NAME", name or "—", worded("expected.one_to_remove"))
        from sim.cli.stored import open_store, print_entries
        from sim.store.inventory import chosen, clear_drafts
        from sim.store.inventory import remove as remove_entries

        place = open_store(store)
        gone = chosen(place, name, other_versions=other_versions)
        print_entries(gone, language)
        if gone and not yes:
            typer.confirm(say("store.remove_all", language), abort=True)
        remove_entries(place, gone)
        clear_drafts(place)
