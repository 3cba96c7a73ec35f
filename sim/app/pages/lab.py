"""The page: heading, levers, views; and how they hear of each other."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from nicegui import Client, ui
from nicegui.element import Element

from sim.app.growth import Engine
from sim.app.in_words import differences
from sim.app.links import LISTS, choices, fits_a_link, from_address, options, to_address
from sim.app.package import (
    FIRST_BASE,
    LARGEST_FILE,
    WORDS,
    Package,
    from_toml,
    named,
    preset,
    to_toml,
    with_instrument,
    with_lever,
)
from sim.app.pages.charting import hand_out
from sim.app.pages.elements import Address, FileButton, Levers, put, quoted, text, tool
from sim.app.pages.pickers import languages, presets
from sim.app.pages.views import VIEWS, View
from sim.app.session import Session
from sim.app.shown import levers
from sim.csv_files import Sent
from sim.experiments.costs import cost
from sim.language import LANGUAGES, Language, catalogue
from sim.model.world.layout import DUE
from sim.plan import PLAN
from sim.problems import Problem
from sim.text.catalogue import say
from sim.text.joining import semicolons
from sim.text.numbers import plain

THEMES: Final = ("light", "dark")


class Page:
    """One tab's page."""

    def __init__(self, engine: Engine, query: str, language: Language, client: Client) -> None:
        """Build the page for a link; what is wrong with the link is told on it.

        Args:
            engine: that runs replicates for all tabs.
            query: the link.
            language: of the page, unless the link says another.
            client: the tab.
        """
        problem = None
        try:
            asked = from_address(query)
        except Problem as found:
            problem, asked = found, from_address("")
        told = options(query)
        language = told["lang"] if told.get("lang") in LANGUAGES else language
        self.session = Session(engine, asked.package, language, client, asked.reference)
        self.session.view = told["view"] if told.get("view") in VIEWS else "likelihoods"
        self.session.dark = told.get("theme") == "dark"
        self.theme_is_said = told.get("theme") in THEMES
        self.session.chosen = choices(told)
        self.theme = ui.dark_mode(self.session.dark if self.theme_is_said else None)
        self.address = Address()
        # Before the page is connected the server hears of nothing: what is chosen would be lost.
        self.frame = ui.element("fieldset").classes("lab").props("disabled role=presentation")
        # The page has one main part, and that is ours.
        for outer in self.frame.ancestors():
            if outer.tag == "q-page":
                outer.props["role"] = "none"
        self.view: View | None = None
        self.panel: Levers
        self.build()
        self.session.on_package.append(self.package_changed)
        self.session.on_reference.append(self.reference_changed)
        self.session.on_choice.append(self._address)
        self.session.on_view.append(self.show)
        self.session.on_problem.append(partial(self.tell, "problem"))
        if problem is not None:
            self.tell("link_problem", problem)
        client.on_delete(self.close)
        client.on_connect(self._connected)
        client.on_disconnect(self.session.pause)

    def close(self) -> None:
        """End what is done for the tab alone: it is gone."""
        self._leave()
        self.session.close()

    def _leave(self) -> None:
        """Leave the view that is shown, if there is one."""
        if self.view is not None:
            self.view.close()
            self.view = None

    async def _connected(self) -> None:
        """Begin, or go on, for a screen of this width; what was done before can be undone."""
        self.frame.props.pop("disabled", None)
        self.frame.update()
        with suppress(TimeoutError):
            told = await self.frame.client.run_javascript("return lab.about()")
            self.session.narrow = bool(told["narrow"])
            if not self.theme_is_said and bool(told["dark"]) != self.session.dark:
                self.session.dark = not self.session.dark
                self.build()
            self.session.recall(told["steps"])
        if self.frame.client.has_socket_connection:  # it may have gone while it was asked
            self.session.begin()

    def build(self) -> None:
        """Build everything anew, in the session's language."""
        language = self.session.language
        self.heard = 0
        self.frame.clear()
        with self.frame:
            self.alert = ui.element("div").classes("alert").props("role=alert")
            text(say("lab.lost", language), "p", "lost").props("role=alert")
            self._header()
            with ui.element("div").classes("body"):
                with ui.element("aside") as self.aside:
                    self.aside.props["aria-label"] = say("lab.levers", language)
                    self.panel = Levers(levers(self.session.package, language), self.asked)
                with ui.element("main").props("id=main tabindex=-1") as self.main:
                    pass
        self._leave()
        self.show(self.session.view)

    def _header(self) -> None:
        language = self.session.language
        with ui.element("header"):
            skip = text(say("lab.skip", language), "a", "skip")
            skip.props["href"] = "#main"
            with ui.element("div").classes("top"):
                text(say("lab.title", language), "h1")
                with ui.element("div").classes("tools"):
                    languages(language, self.take_language)
                    dark = self.session.dark
                    tool(
                        say("lab.light" if dark else "lab.dark", language),
                        self.switch_theme,
                        mark="theme",
                    )
            self._package_bar()
            with ui.element("nav") as bar:
                bar.props["aria-label"] = say("lab.views", language)
                self.tabs = {name: self._tab(name) for name in ("levers", *VIEWS)}

    def _package_bar(self) -> None:
        language = self.session.language
        with ui.element("div").classes("package"):
            with ui.element("label").classes("preset"):
                text(say("lab.preset", language))
                self.preset = presets(self.session.package.base, language, self.choose)
            self.name = text("", "span", "name").props("data-do=name")
            self.reference = text("", "span", "reference").props("data-do=reference")
            with ui.element("div").classes("tools"):
                self.pin = tool(say("lab.pin", language), self.pin_this, mark="pin")
                self.unpin = tool(say("lab.unpin", language), self.pin_default, mark="unpin")
                self.undo = tool("↶", self.step_back, name=say("lab.undo", language), mark="undo")
                self.redo = tool("↷", self.step_forth, name=say("lab.redo", language), mark="redo")
                tool(say("lab.reset", language), self.reset, mark="reset")
                tool(say("lab.copy", language), self.copy_link, mark="copy")
                tool(say("lab.save", language), self.save, mark="save")
                FileButton(say("lab.load", language), LARGEST_FILE, self.load)
            self.differs = text("", "p", "differs").props("data-do=differs tabindex=0")
        self._name_package()

    def _tab(self, name: str) -> Element:
        act: Callable[[], object] = lambda: self.show(name)  # noqa: E731
        return tool(say(f"lab.{name}", self.session.language), act, kind="tab", mark=f"view-{name}")

    def show(self, name: str) -> None:
        """Show a view; ``levers`` is one where the screen is narrow.

        The one that is shown stays as it is: built anew, it would lose what is chosen meanwhile.
        """
        self.frame.classes(add="show-levers" if name == "levers" else "",
                           remove="" if name == "levers" else "show-levers")  # fmt: skip
        for other, tab in self.tabs.items():
            if other == name:
                tab.props["aria-current"] = "page"
            else:
                tab.props.pop("aria-current", None)
            tab.update()
        self._page_says("lab.tab()")
        if name == "levers" or (self.view is not None and name == self.session.view):
            return
        self._leave()
        self.session.view = name
        self.main.clear()
        with self.main:
            self.view = VIEWS[name](self.session)
        self._address()

    def asked(self, wish: dict[str, Any]) -> None:
        """Change a lever or an instrument, as the panel asks.

        Whatever comes of it, the panel hears how things are: what it was not given it must not
        show.
        """
        if isinstance(number := wish.get("number"), int):
            self.heard = number
        before = self.session.package
        self._do(wish)
        if self.session.package is before:
            self._show_levers()

    def _do(self, wish: dict[str, Any]) -> None:
        session = self.session
        try:
            lever = next(each for each in PLAN.levers if each.id == wish["lever"])
            field, value = str(wish["field"]), wish["value"]
            if field not in ("on", "dose", "start", *LISTS):
                return
            if field in LISTS and value is None:
                value = WORDS[field]
            told = {field: value}
            if wish["instrument"] is None:
                package = with_lever(session.package, lever, **told)
            else:
                package = with_instrument(session.package, lever, str(wish["instrument"]), **told)
        except Problem as problem:
            self.tell("problem", problem)
            return
        except (StopIteration, KeyError, TypeError):
            return
        self.quiet()
        session.move(session.history.do(package))

    def choose(self, name: str) -> None:
        """Start from another scenario of the folder."""
        self._go(lambda: preset(name))

    def reset(self) -> None:
        """Go back to the scenario that the package is told from."""
        self._go(lambda: preset(self.session.package.base))

    async def load(self, file: Sent) -> None:
        """Take a package from a file, which is read beside the pages: they go on."""
        try:
            package = await self.session.aside(_read, file)
        except Problem as problem:
            self.tell("file_problem", problem)
            self._name_package()
            return
        self._go(lambda: package)

    def _go(self, find: Callable[[], Package], failing: str = "problem") -> None:
        try:
            package = find()
        except Problem as problem:
            self.tell(failing, problem)
            self._name_package()
            return
        self.quiet()
        self.session.move(self.session.history.do(package))

    def step_back(self) -> None:
        """Undo."""
        self.session.move(self.session.history.undo())

    def step_forth(self) -> None:
        """Redo."""
        self.session.move(self.session.history.redo())

    def pin_this(self) -> None:
        """Tell changes against the package of now from here on."""
        self.session.pin(self.session.package)

    def pin_default(self) -> None:
        """Tell changes against the plan as written again."""
        self.session.pin(preset(FIRST_BASE))

    def copy_link(self) -> None:
        """Put the package's link on the clipboard."""
        done = quoted(say("lab.copied", self.session.language))
        self._page_says(f"lab.copy({done})")

    def save(self) -> None:
        """Hand the package out as a scenario file."""
        package = self.session.package
        name = f"{package.base}-{package.scenario.hash()[:8]}.toml"
        hand_out(self.session.client, name, to_toml(package).encode())

    def take_language(self, language: Language) -> None:
        """Show everything in another language."""
        self.session.language = language
        self.build()

    def switch_theme(self) -> None:
        """Show everything dark, or light."""
        self.theme_is_said = True
        self.session.dark = not self.session.dark
        self.theme.value = self.session.dark
        self.build()

    def package_changed(self) -> None:
        """Show another package everywhere."""
        self._show_levers()
        self._name_package()
        self._address()

    def reference_changed(self) -> None:
        """Show against what changes are told."""
        self._name_package()
        self._address()

    def _show_levers(self) -> None:
        self.panel.show(levers(self.session.package, self.session.language, self.heard))

    def tell(self, key: str, problem: Problem) -> None:
        """Say that something could not be done, and why."""
        language = self.session.language
        self.alert.clear()
        with self.alert:
            text(say(f"lab.{key}", language), "strong")
            text(problem.in_(language))
            tool(say("lab.close", language), self.quiet, kind="quiet")
        self.alert.classes(add="told")

    def quiet(self) -> None:
        """Take the message away."""
        self.alert.clear()
        self.alert.classes(remove="told")

    def _name_package(self) -> None:
        session, language = self.session, self.session.language
        package = session.package
        name = named(package).in_(language)
        spent = plain(cost(package.scenario, DUE + 1))
        prior = package.scenario.told_of_prior()
        drawn = f" · {prior.in_(language).rstrip('.。')}" if prior else ""
        put(self.name, f"{name} · {say('lab.cost_until_due', language, cost=spent)}{drawn}")
        put(
            self.reference,
            say("lab.reference", language, name=named(session.reference).in_(language)),
        )
        put(self.differs, self._differences())
        self.preset.props["value"] = package.base
        self.preset.update()
        for button, there in (
            (self.undo, session.history.past),
            (self.redo, session.history.undone),
            (self.pin, not package.same_as(session.reference)),
            (self.unpin, not session.reference.same_as(preset(FIRST_BASE))),
        ):
            button.props["disabled"] = not there
            button.update()

    def _differences(self) -> str:
        """Return all that the package does otherwise than its scenario of the folder."""
        language = self.session.language
        package = self.session.package
        listed = semicolons(differences(package))
        name = preset(package.base).scenario.name
        return say("lab.differs_from", language, name=name, list=listed) if listed.en else ""

    def _address(self) -> None:
        """Let the address of the page be the link of what it shows."""
        session = self.session
        extra = {"lang": session.language, "view": session.view}
        if self.theme_is_said:  # else each browser that opens the link shows what it likes
            extra["theme"] = THEMES[session.dark]
        more = urlencode(extra | session.chosen, safe=":")
        query = f"{to_address(session.package, session.reference)}&{more}"
        self.address.show(catalogue(session.language).tag, query, session.history.links())

    def _page_says(self, code: str) -> None:
        self.frame.client.run_javascript(code)


def _read(file: Sent) -> Package:
    return fits_a_link(from_toml(file.content.decode(errors="replace"), file.name), file.name)
