"""The experiment store: blocks of replicates that are run once and read ever after.

A block lies under the model that made it, the scenario (what determines its trajectories) and the
seed, and its name ends with the SHA-256 of its bytes:

    <place>/<model>/<scenario>/scenario.json
    <place>/<model>/<scenario>/s<seed>/<first replicate>-<sha256>.parquet
    <place>/<model>/<scenario>/w<seed>/...    whole blocks, which runs begin again from

So a block is found by what it is, a damaged one is known by its name, two processes that run the
same block write the same file, and versions of the model cannot be mixed. A file appears under its
name only when it is whole.
"""

import hashlib
import json
import logging
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import fsspec

from sim.digest import model_hash
from sim.language import Text
from sim.problems import Problem
from sim.scenario.place import shorten, shown
from sim.spec.stored import as_json
from sim.store.block import (
    REPLICATES,
    Done,
    Kept,
    Task,
    contradicting,
    folder_of,
    kept,
    name_of,
    origin,
    seed_folder,
)
from sim.store.refused import refused
from sim.store.unfinished import undone
from sim.text.catalogue import worded
from sim.text.logs import Said

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.store.held import HeldRun

LOG = logging.getLogger(__name__)
PLACE = "results/store"
"""Where experiments are kept unless told otherwise."""
SCENARIO = "scenario.json"
DESCRIPTION = re.compile(r"scenario(-[0-9a-f]{12})?\.json")
"""Names of what is written down about a scenario's folder: the first's, and those of others that do
the same, told apart by a hash of what they are called."""
DESCRIBED = {
    **{"id": str, "name": dict, "hash": str, "model_hash": str},
    **{"settings": dict, "parameters": dict},
}
"""What every description says, and as what."""
DRAFTS = ".drafts"
DAMAGED = "damaged"
REPLACE = worded("hint.replace_block")
AGAIN = worded("hint.write_anew")


class Damaged(Problem):
    """A block is not what its name says."""


class Store:
    """Blocks of replicates in a folder on this disk, or anywhere that fsspec reaches."""

    def __init__(self, place: str = PLACE) -> None:
        """Open a store; it comes into being with its first block.

        Args:
            place: a folder, or a URL such as ``s3://bucket/folder``.

        Raises:
            Problem: there is no way to reach such a place.
        """
        self.place = place
        self.aside: list[str] = []
        """Damaged blocks that were set aside since it was opened."""
        try:
            self.files, self.root = fsspec.core.url_to_fs(place)
        except (ImportError, ValueError, OSError) as error:
            expected = worded("expected.folder_or_url")
            raise Problem("--store", "", place, expected, Text(str(error), str(error))) from error

    def folder_of(self, mark: str) -> str:
        """Return the folder of the blocks of the scenario with a hash, whatever their seed."""
        return f"{self.root}/{folder_of(model_hash(), mark)}"

    def missing(
        self, folder: str, seed: int, replicates: range, *, whole: bool = False
    ) -> list[int]:
        """Return the first replicates of the blocks that have to be run, in order.

        A damaged block is set aside and missing; so are two that say different things of the same
        replicates, since one of them is false.

        Args:
            folder: of a scenario, as ``folder_of`` returns it.
            seed: seed of the ensemble.
            replicates: those that are wanted, from the first of a block on.
            whole: whether the blocks are to have the measures of every month.

        Raises:
            Problem: the store cannot be read or written.
        """
        near = (
            block
            for block in self.blocks(folder, seed, whole=whole)
            if replicates.start <= block.first < replicates.stop
        )
        sound = [block for block in near if self._is_sound(block)]
        doubtful = contradicting(sound)
        for block in doubtful:
            self.set_aside(block)
        there = {block.first for block in sound if block not in doubtful}
        wanted = range(replicates.start, replicates.stop, REPLICATES)
        found = [first for first in wanted if first not in there]
        here = len(wanted) - len(found)
        LOG.info(Said("blocks", folder=folder, here=here, missing=len(found), seed=seed))
        return found

    def blocks(self, folder: str, seed: int, *, whole: bool = False) -> list[Kept]:
        """Return the blocks of a scenario's folder and a seed, by their first replicate.

        Raises:
            Problem: the store cannot be read.
        """
        folder = f"{folder}/{seed_folder(seed, whole)}"
        with refused(folder):
            try:
                paths = self.files.ls(folder, detail=False, refresh=True)
            except FileNotFoundError:
                return []
        found = [block for block in map(kept, paths) if block is not None]
        return sorted(found, key=lambda block: (block.first, block.sha256))

    def one_each(self, folder: str, seed: int, *, whole: bool = False) -> dict[int, Kept]:
        """Return the blocks of a scenario's folder and a seed, each by its first replicate.

        Raises:
            Damaged: two are of the same replicates, and one of them is false.
            Problem: the store cannot be read.
        """
        blocks = self.blocks(folder, seed, whole=whole)
        for block in contradicting(blocks):
            raise Damaged(block.path, f"{block.first}", "2", worded("expected.one_block"), REPLACE)
        return {block.first: block for block in blocks}

    def read(self, block: Kept) -> bytes:
        """Return a block's bytes.

        Raises:
            Damaged: its bytes are not those that were written, or belong elsewhere.
            Problem: it cannot be read.
        """
        with refused(block.path):
            content: bytes = self.files.cat_file(block.path)
        found = hashlib.sha256(content).hexdigest()
        if found != block.sha256:
            raise Damaged(block.path, "sha256", found, Text(block.sha256, block.sha256), REPLACE)
        says = origin(content)
        place = "-" if says is None else says.place
        if not block.path.endswith(f"/{place}-{found}.parquet"):
            raise Damaged(block.path, "origin", place, worded("expected.own_block"), REPLACE)
        LOG.debug(Said("block_read", path=block.path))
        return content

    def write(self, folder: str, task: Task, done: Done) -> None:
        """Put a block into a scenario's folder.

        Raises:
            Problem: the store cannot be written, or another version of the model ran the block.
        """
        check_version(done)
        sha256 = hashlib.sha256(done.content).hexdigest()
        path = f"{folder}/{name_of(task)}-{sha256}.parquet"
        self.put(path, done.content)
        LOG.info(Said("block_kept", path=path))

    def describe(self, scenario: "Scenario | HeldRun", mark: str) -> None:
        """Write down what a scenario's folder holds, once, or again where it cannot be read.

        Scenarios that do the same share a folder; each writes down what it is called.

        Args:
            scenario: what to write down.
            mark: its hash.

        Raises:
            Problem: the store cannot be written.
        """
        folder = self.folder_of(mark)
        said = {"model_hash": model_hash(), "hash": mark, **scenario.resolved()}
        file = f"{folder}/{SCENARIO}"
        with suppress(Problem):  # it is not there, or a power cut left half of it
            first = self._description(file)
            if first["hash"] == mark:
                if (first["id"], first["name"]) == (said["id"], said["name"]):
                    return
                called = json.dumps([said["id"], said["name"]]).encode()
                file = f"{folder}/scenario-{hashlib.sha256(called).hexdigest()[:12]}.json"
                self._description(file)
                return
        self.put(file, as_json(said).encode())

    def descriptions(self, folder: str) -> list[dict[str, Any]]:
        """Return what is written down about a scenario's folder, the first that ran it first.

        Raises:
            Problem: it cannot be read or is not what was written.
        """
        with refused(folder):
            paths = self.files.ls(folder, detail=False, refresh=True)
        others = [
            path
            for path in sorted(paths)
            if (name := path.rpartition("/")[2]) != SCENARIO and DESCRIPTION.fullmatch(name)
        ]
        return [self._description(path) for path in (f"{folder}/{SCENARIO}", *others)]

    def _description(self, path: str) -> dict[str, Any]:
        with refused(path):
            text = self.files.cat_file(path)
        expected = worded("expected.stored_scenario")
        try:
            said = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Problem(path, "", shorten(str(error)), expected, AGAIN) from error
        for key, kind in DESCRIBED.items():
            found = said.get(key) if isinstance(said, dict) else said
            if not isinstance(found, kind):
                raise Problem(path, key, shown(found), expected, AGAIN)
        if not all(isinstance(said["name"].get(language), str) for language in ("en", "zh")):
            raise Problem(path, "name", shown(said["name"]), expected, AGAIN)
        return dict(said)

    def put(self, path: str, content: bytes) -> None:
        """Write a file that appears whole or not at all.

        Raises:
            Problem: the store cannot be written.
        """
        draft = f"{self.root}/{DRAFTS}/{uuid4().hex}"

        def clear() -> None:
            with suppress(OSError):
                self.files.rm(draft)

        with refused(path), undone(clear):
            self.files.makedirs(f"{self.root}/{DRAFTS}", exist_ok=True)
            self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self.files.pipe_file(draft, content)
            self.files.mv(draft, path)

    def _is_sound(self, block: Kept) -> bool:
        """Return whether a block is what its name says; if not, set it aside."""
        try:
            self.read(block)
        except Damaged:
            self.set_aside(block)
            return False
        return True

    def set_aside(self, block: Kept) -> None:
        """Move a damaged block out of the way, for people to look at.

        Raises:
            Problem: the store cannot be written.
        """
        with refused(block.path):
            self.files.makedirs(f"{self.root}/{DAMAGED}", exist_ok=True)
            name = block.path.removeprefix(f"{self.root}/").replace("/", "_")
            self.files.mv(block.path, f"{self.root}/{DAMAGED}/{name}")
        self.aside.append(block.path)
        LOG.warning(Said("block_aside", path=block.path))


def check_version(done: Done) -> None:
    """Make sure that this version of the model ran a block.

    Raises:
        Problem: another one did.
    """
    if done.model_hash != model_hash():
        expected = worded("expected.model", digest=model_hash())
        hint = worded("hint.worker_of_other_version")
        raise Problem("--cluster", "model_hash", done.model_hash, expected, hint)
