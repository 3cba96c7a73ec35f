"""What a kind of study is made of, and how one is carried out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from sim.digest import model_hash
from sim.language import Text
from sim.scenario import Scenario
from sim.spec.findings import Figure, Findings, Part
from sim.spec.marks import Mark
from sim.store.fill import Sample, Watcher
from sim.store.store import Store
from sim.store.work import Where
from sim.text.catalogue import worded
from sim.text.joining import joined
from sim.views.of_scenario import remark_on

Found = TypeVar("Found")
HASH_SHOWN = 12


class Option(NamedTuple):
    """What a person may say about one study: an option of its command, or an argument."""

    name: str
    kind: type[Any]
    default: Any
    help: Text
    argument: str = ""
    """What stands for it in the command's usage; empty: it is an option."""
    least: float | None = None
    most: float | None = None


FILE = Option("file", str, "as-written", worded("option.file"), argument="FILE")


class Setting(NamedTuple):
    """With what luck, where, and into which store a study runs."""

    sample: Sample
    where: Where
    store: Store


class Design(NamedTuple):
    """What one study looks at."""

    scenarios: Sequence[Scenario]
    """The first one tells replicates and seed where nobody else does."""
    stem: str
    """Of its folder's name, after the kind of study."""
    name: Text
    """What is studied, as figures and reports call it."""
    options: Mapping[str, Any]


class Study(NamedTuple, Generic[Found]):
    """A kind of study."""

    id: str
    """The name of its command."""
    help: Text
    design: Callable[[Mapping[str, Any]], Design]
    """Returns what is looked at, from the values of `options`; raises `Problem`."""
    compute: Callable[[Design, Setting, Watcher], Found]
    parts: Callable[[Found, "Basis"], Iterable[Part]]
    """What it says, in the order in which it is read."""
    options: Sequence[Option] = ()
    defaults: Mapping[str, Any] = MappingProxyType({})
    """Of options that all studies have, where they differ."""
    without: Sequence[str] = ()
    """Options that all others have."""
    seconds: Callable[[Design, Setting], float] | None = None
    """Of a study whose replicates are in no store: how long it will take."""
    files: Callable[[Found, "Basis"], Iterator[tuple[str, str]]] | None = None
    """Files beside its tables and figures: names and texts."""


class Basis(NamedTuple):
    """What findings rest on."""

    name: Text
    """What is studied."""
    sample: Sample
    model: str
    """Hash of the model that ran."""
    remark: Text | None = None
    """A sentence for the foot of figures, on how counts are read."""
    scenarios: Sequence[Scenario] = ()

    def figure(
        self, name: str, title: Text, subtitle: Text, mark: Mark, *notes: Text, alternative: Text
    ) -> Figure:
        """Return a mark with what is written around it.

        Args:
            name: stem of its files.
            title: what it says.
            subtitle: what it shows.
            mark: the figure itself.
            *notes: what its marks are, for the foot.
            alternative: what there is to see, for people who cannot.
        """
        origin = worded(
            "page.origin",
            replicates=f"{self.sample.replicates:,}",
            seed=self.sample.seed,
            model_hash=self.model[:HASH_SHOWN],
        )
        told = notes if self.remark is None else (*notes, self.remark)
        foot = (joined(told), joined((worded("page.conditional"), origin)))
        kicker = worded("page.experiment", name=self.name)
        return Figure(name, kicker, title, subtitle, mark, foot, alternative)


def basis_of(name: Text, scenarios: Sequence[Scenario], sample: Sample) -> Basis:
    """Return what findings on scenarios rest on, made by this model."""
    remark = remark_on(*(each.resolved() for each in scenarios))
    return Basis(name, sample, model_hash(), remark, scenarios)


def carried_out(
    study: Study[Any], design: Design, setting: Setting, watch: Watcher
) -> tuple[Findings, list[tuple[str, str]]]:
    """Carry out a study; return what it found, and the files beside its tables.

    Raises:
        Problem: as the study does.
    """
    found = study.compute(design, setting, watch)
    sample = setting.sample
    basis = basis_of(design.name, design.scenarios, sample)
    findings = Findings(
        study.id,
        design.name,
        model_hash(),
        sample.seed,
        sample.replicates,
        tuple(study.parts(found, basis)),
    )
    files = [] if study.files is None else list(study.files(found, basis))
    return findings, files
