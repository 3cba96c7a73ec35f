"""Every problem is said in one message, in the language asked for, with exit status 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from sim.language import Language
from sim.problems import Problem

BAD_INPUT = 2
INTERRUPTED = 130


@contextmanager
def guarded(language: Language) -> Iterator[None]:
    """Turn a problem into its message and status 2, and Ctrl-C into one line and status 130."""
    try:
        yield
    except Problem as problem:
        print(problem.in_(language), file=sys.stderr)
        raise typer.Exit(BAD_INPUT) from None
    except KeyboardInterrupt:
        stopped = (
            "已中断：没有写入任何结果" if language == "zh" else "interrupted: no result written"
        )
        print(stopped, file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
