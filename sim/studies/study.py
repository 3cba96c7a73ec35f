"""What a kind of study is made of, and how one is carried out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, NoneType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, get_args

from sim.digest import model_hash
from sim.language import Text
from sim.scenario import Scenario
from sim.scenario.files import scenario_names
from sim.spec.findings import Figure, Part
from sim.spec.marks import Mark
from sim.store.fill import Sample, Watcher
from sim.store.store import Store
from sim.store.work import Where
from sim.text.catalogue import worded
from sim.text.joining import joined
from sim.text.together import Estimated
from sim.views.of_scenario import remark_on

Found = TypeVar("Found")
HASH_SHOWN = 12
OF_RULES = "page.origin_rules"
"""`Basis.origin` of what a city's pack holds, which was found under certain rules."""


class Option(NamedTuple):
    """What a person may say about one study: an option of its command, or an argument."""

    name: str
    kind: Any
    default: Any
    """None: it has to be said, unless its kind allows that it is not."""
    help: Text
    argument: str = ""
    """What stands for it in the command's usage; empty: it is an option."""
    least: float | None = None
    most: float | None = None
    each: bool = False
    """Several may be given: the study is carried out for each by itself."""
    objects: type[Any] | None = None
    """What Python may give in place of a name: what would be read in the file of that name."""
    names: Callable[[], Iterable[str]] | None = None
    """What it can be besides the name of a scenario, for shells and forms to offer."""
    listed: Callable[[], Iterable[str]] | None = None
    """What each of several can be that are given with commas between them, for shells to offer."""
    called: Callable[[str], Text] | None = None
    """What one of the names is called where people choose among them; None: as it is written."""
    begun: str = ""
    """What a form begins with where a command has to be told."""
    label: Text | None = None
    """What a form calls it, where its help tells of files and of what may be typed."""

    @property
    def flag(self) -> str:
        """Return what it is called on the command line, unless it is an argument."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def has_to_be_said(self) -> bool:
        """Return whether there is no default, and nothing is not what it may be."""
        return self.default is None and NoneType not in get_args(self.kind)

    @property
    def completions(self) -> Callable[[], Iterable[str]] | None:
        """Return what gives a shell what it can be; None: that is not known."""
        return scenario_names if self.objects is Scenario else self.names


PACKAGE = worded("option.package")
FILE = Option(
    *("file", str, "as-written", worded("option.file"), "FILE"), objects=Scenario, label=PACKAGE
)
EACH_FILE = Option(
    *("file", str, None, worded("option.files"), "FILE..."),
    each=True,
    objects=Scenario,
    label=PACKAGE,
)
AS_OF = Option("as_of", str | None, None, worded("run.option_as_of"))


class Setting(NamedTuple):
    """With what luck, where, and into which store a study runs."""

    sample: Sample
    where: Where
    store: Store
    kept: bool = True
    """Whether the store keeps what is run; a study of several scenarios needs that."""
    folder: Path | None = None
    """Where an `OwnFolder` is filled."""
    precision: float | None = None
    """Half-width that all intervals of `Study.estimates` must reach, as a fraction; None: there
    are as many replicates as the sample says."""


class Design(NamedTuple):
    """What one study looks at."""

    scenarios: Sequence[Scenario]
    """The first one tells replicates and seed where nobody else does."""
    stem: str
    """Of its folder's name, before seed and replicates."""
    name: Text
    """What is studied, as figures and reports call it."""
    options: Mapping[str, Any]
    replicates: int | None = None
    """Of each scenario, at most; None: what the options of all studies or the scenario say."""
    expected: int | None = None
    """About how many of these it will take, if it may end before."""
    times: int = 1
    """How many packages it runs for each scenario, where nobody knows before which."""


class OwnFolder(NamedTuple, Generic[Found]):
    """Of a study that writes its folder while it computes, since its replicates may be a million.

    The folder is whole without `study.json`. Whole replicates are kept in the store.
    """

    replicates: Callable[[Found], int]
    """How many there are at the end."""
    figures: Callable[[Found], Iterable[Figure]]
    """Made of what lies in the folder, one by one, if anybody wants them."""


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
    estimates: Callable[[Found], Iterable[Estimated]] | None = None
    """Likelihoods and differences of them that it tells with their intervals, as fractions; None:
    no precision can be asked of it."""
    own_folder: OwnFolder[Found] | None = None
    going_on: Callable[[Design, Collection[str]], Design | None] | None = None
    """Returns its design without scenarios of these hashes, which cannot be run; None: without
    them there is nothing to study."""
    listed: Callable[[], Iterable[Part]] | None = None
    """What there is to choose from, told where its first argument is not given."""
    afterwards: Callable[[Found, Design], Text | None] | None = None
    """Done once the folder stands, if that is asked for; returns what to say of it."""
    shipped: Callable[[], Iterable[Part]] | None = None
    """What it found when the city's pack was made, if that lies there."""
    begun: int = 64
    """Replicates of each scenario that a form begins with, unless `defaults` say how many."""
    hours: bool = False
    """Whether it takes hours: the lab tells how to start it, and leaves it to its command."""
    table: str = ""
    """Name of the table that Python takes where none is named; empty: the study's own name."""


class WithLikelihoods(Protocol):
    """What was found by a study that also tells likelihoods of its packages."""

    @property
    def likelihoods(self) -> tuple[str, str]:
        """Return name and text of the file on them."""


def likelihoods_alone(found: WithLikelihoods, _basis: "Basis") -> Iterator[tuple[str, str]]:
    """Yield the one file of a study that has none beside its likelihoods."""
    yield found.likelihoods


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
    origin: str = "page.origin"
    """Text that says what the replicates are counted over."""

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
            self.origin,
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
