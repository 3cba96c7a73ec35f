"""Ctrl-C and requests to end, wherever they find the process: status 130, nothing left, no noise.

Moments that a timer would rarely meet are made: a library is replaced by one that interrupts its
own process while it is imported.
"""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from textwrap import indent

import pytest

from tests.cli.test_process import INTERRUPTED, start

IN_CHINESE = "已完成的模拟保存在结果库中，重新运行同一命令即可继续\n已中断：未保留未完成的结果\n"
RUN = ("run", "as-written", "--replicates", "2", "--workers", "1")
NOW = """
import ctypes, os, signal, threading
def now(*_): os.kill(os.getpid(), signal.SIGINT)
"""
MOMENTS = {
    "a request to end": "os.kill(os.getpid(), signal.SIGTERM)",
    "two at once": """
both = {signal.SIGINT, signal.SIGTERM}
signal.pthread_sigmask(signal.SIG_BLOCK, both)
for each in both: signal.pthread_kill(threading.main_thread().ident, each)
signal.pthread_sigmask(signal.SIG_UNBLOCK, both)
""",
    "an error that the library turns into another": """
try: now()
except BaseException: raise ImportError("as SciPy does") from None
""",
    "a destructor": "type('Gone', (), {'__del__': now})()",
    "a callback from C": "ctypes.CFUNCTYPE(None)(now)()",
}


def interrupted(folder: Path, library: str, moment: str, *words: str) -> tuple[int, str, str]:
    """Run a command in which a library interrupts the process while it is imported."""
    stubs, place = folder / "stubs", folder / "place"
    for each in (stubs, place):
        each.mkdir()
    (stubs / f"{library}.py").write_text(NOW + moment)
    process = start(place, *words, PYTHONPATH=str(stubs))
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
@pytest.mark.parametrize(("library", "said"), [("typer", ""), ("matplotlib", INTERRUPTED)])
def test_an_import_is_interrupted(tmp_path: Path, library: str, said: str, moment: str) -> None:
    """While the command line loads; and for figures, beside what has been written already."""
    assert interrupted(tmp_path, library, moment, *RUN) == (130, "", said)
    results = tmp_path / "place" / "results"
    assert {path.name for path in results.glob("*")} <= {"store"}
    assert not list(results.glob(".*"))
    assert not list(results.glob("store/.drafts/*"))


def test_what_was_printed_before_is_shown(tmp_path: Path) -> None:
    words = (*RUN, "--lang", "zh")
    said = interrupted(tmp_path, "matplotlib", "print('before'); now()", *words)
    assert said == (130, "before\n", IN_CHINESE)


AFTER = {
    "as it ends": "import atexit; atexit.register(now)",
    "as its last objects go": "late = type('Late', (), {'__del__': now, 'os': os})()",
}


@pytest.mark.parametrize("late", AFTER.values(), ids=AFTER)
def test_a_command_that_has_ended_is_not_interrupted(tmp_path: Path, late: str) -> None:
    code = f"{NOW}\n{late}\nfrom sim.cli import main\nmain()"
    process = start(tmp_path, "plan", "yulin", program=(sys.executable, "-c", code))
    out, err = process.communicate(timeout=600)
    assert (process.returncode, err) == (0, "")
    assert "guidance_fund" in out


def test_a_lock_file_of_a_library_does_not_stay(tmp_path: Path) -> None:
    """Matplotlib waits for it five seconds each time that it is loaded, for ever."""
    at_once = indent(MOMENTS["two at once"], "    ")
    code = f"""{NOW}
import json
dump = json.dump
def interrupted_dump(*given, **named):
    {at_once}
    dump(*given, **named)
json.dump = interrupted_dump
from sim.cli import main
main()
"""
    fonts = tmp_path / "fonts"
    process = start(tmp_path, *RUN, program=(sys.executable, "-c", code), MPLCONFIGDIR=str(fonts))
    assert process.communicate(timeout=600) == ("", INTERRUPTED)
    assert process.returncode == 130
    (kept,) = fonts.iterdir()
    assert json.loads(kept.read_bytes())


def test_python_users_keep_their_handlers() -> None:
    look = """
import signal
before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
import sim, sim.cli, sim.cli.app, sim.runner
assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
"""
    subprocess.run([sys.executable, "-c", look], check=True)


LAB = ("app", "--port", "0", "--no-open")


def test_the_lab_ends_well_however_often_it_is_asked_to(tmp_path: Path) -> None:
    process = start(tmp_path, *LAB)
    assert process.stdout is not None
    assert "http://" in process.stdout.readline()
    end = time.monotonic() + 60.0
    while process.poll() is None and time.monotonic() < end:
        process.send_signal(signal.SIGINT)
        time.sleep(0.01)
    process.kill()
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 0


def test_the_lab_ends_soon_whatever_its_threads_are_in_the_midst_of(tmp_path: Path) -> None:
    """Here the rules are being compiled, which takes minutes on a busy machine."""
    code = """
import time
from sim.app import growth
growth.warm_up = lambda *_: time.sleep(3600)
from sim.cli import main
main()
"""
    process = start(tmp_path, *LAB, program=(sys.executable, "-c", code))
    assert process.stdout is not None
    assert "http://" in process.stdout.readline()
    time.sleep(2.0)
    process.send_signal(signal.SIGINT)
    try:
        assert process.communicate(timeout=60) == ("", "")
    finally:
        process.kill()
    assert process.returncode == 0
