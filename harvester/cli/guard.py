"""Turns every way in which a command can end into one line for the user and an exit code."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from harvester.cli.terminal import complain, say
from harvester.errors import Exit, HarvestError

P = ParamSpec("P")


def guarded(command: Callable[P, Exit]) -> Callable[P, None]:
    """Make a command end with its exit code, and never with a traceback unless `HARVEST_DEBUG` is set."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        raise typer.Exit(_ended(functools.partial(command, *args, **kwargs)))

    return wrapper


def to_the_end(call: Callable[[], object]) -> str | int | None:
    """Run the whole program, and give its exit code once all that it said is written.

    The help is written outside of any command, and the end of a long text only when its stream is flushed: a full disk
    behind standard output shows here.
    """
    code: str | int | None = Exit.DONE
    try:
        try:
            call()
        except SystemExit as ended:
            code = ended.code
        sys.stdout.flush()
    except BrokenPipeError:
        _mute(1)
        code = Exit.UNREADABLE
    except OSError as error:
        if os.environ.get("HARVEST_DEBUG"):
            raise
        _mute(1)
        complain("error", f"standard output: {error.strerror or error}", "lead it to a file elsewhere")
        code = Exit.UNREADABLE
    try:
        sys.stderr.flush()
    except OSError:
        _mute(2)  # nobody can be told, and that fails no job
    return code


def _ended(call: Callable[[], Exit]) -> Exit:
    try:
        return call()
    except HarvestError as error:
        complain("error", str(error), error.hint)
        return error.exit
    except KeyboardInterrupt:
        say("\ninterrupted; what was saved before stands as it was")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _mute(1)
        return Exit.UNREADABLE
    except MemoryError:
        complain(
            "error", "there is not enough memory", "harvest fewer inputs at once, or lower [limits] in a --config file"
        )
        return Exit.PARTIAL
    except Exception as error:
        if os.environ.get("HARVEST_DEBUG"):
            raise
        complain(
            "error",
            f"a bug in harvest: {type(error).__name__}: {error}",
            "HARVEST_DEBUG=1 shows where; please report that with the input that leads to it",
        )
        return Exit.BUG


def _mute(stream: int) -> None:
    """Let a stream lead nowhere: whoever read it has enough, and Python would complain when it flushes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
