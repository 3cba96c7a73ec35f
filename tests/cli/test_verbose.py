"""``sim --verbose`` and SIM_LOG: what is done, on standard error, and nothing unless asked for."""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.engine.declared import described
from sim.engine.own import load
from sim.text import logs
from tests.cli.conftest import Command

LINE = re.compile(r"\d\d:\d\d:\d\d (sim\.[\w.]+): .+")
OWN = """
from sim.engine.process import process

@process("mine", reads=("city: month",))
def mine(world, p, month):
    world.city[0].month
"""
SCENARIO = """
extends = "as-written"
[parameters]
firms_2022 = 300
talents_2022 = 2000
"""


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(logs.VARIABLE, "")
    logger = logging.getLogger(logs.PACKAGE)
    before = list(logger.handlers)
    yield
    logger.handlers[:], logger.propagate = before, True
    logger.setLevel(logging.NOTSET)


def test_a_run_tells_what_it_does_if_asked(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SCENARIO, encoding="utf-8")
    words = ("run", "mine.toml", "--replicates", "16", "--no-figures", "--lang", "en")
    said = subprocess.run(
        [sys.executable, "-m", "sim", "--verbose", *words],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line for line in said.stderr.splitlines() if LINE.fullmatch(line)]
    for logger, what in (
        ("sim.scenario.read", "reads the scenario mine.toml"),
        ("sim.engine.compiling", " months in "),
        ("sim.ensemble", "replicates 0 to 15 start"),
        ("sim.ensemble", "replicates 0 to 15 ended"),
        ("sim.store.store", "0 blocks are kept, 1 are to be run"),
        ("sim.store.store", "kept the block"),
    ):
        assert any(f"{logger}: " in line and what in line for line in lines), (logger, what)
    assert not any(LINE.fullmatch(line) for line in said.stdout.splitlines())


def test_code_from_outside_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "mine.py"
    file.write_text(OWN, encoding="utf-8")
    with caplog.at_level(logging.INFO, logs.PACKAGE):
        load(described(file, "market"))
    assert f"runs code from outside the package: {file}" in caplog.text


def test_nothing_is_told_unless_asked(command: Command) -> None:
    assert command("show", "as-written").err == ""
    assert "reads the scenario" in command("show", "as-written", "--verbose", "--lang", "en").err


def test_the_variable_asks_too_in_both_languages(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(logs.VARIABLE, "debug")
    assert "读取情景" in command("show", "as-written", "--lang", "zh").err


def test_a_level_that_there_is_not_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(logs.VARIABLE, "loud")
    said = command("show", "as-written", "--lang", "en")
    assert said.status == 2
    assert "SIM_LOG" in said.err
    assert "loud" in said.err


def test_what_others_named_cannot_act_or_begin_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.show("info")
    path = "a\x1b[31m\n00:00:00 sim.store: all is well"
    logging.getLogger("sim.store").info(logs.Said("block_kept", path=path))
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "\\u001b[31m\\u000a" in said
