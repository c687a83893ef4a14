"""Runs one command line from its words to its exit code.

The only module that reads the environment and the clock. Whatever goes wrong is told in one
sentence: what stopped a verb by itself, what nobody expected by its name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from manifesto_tui.cli.parser import PROGRAM, Misused, build, refuse_both

TYPE_CHECKING = False
if TYPE_CHECKING:  # What `--help` does not need is not loaded for it.
    from argparse import Namespace

    from manifesto_tui.governance.problem import ManifestoError

_INTERRUPTED = 130
_PIPE_CLOSED = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line given, or the program's own, and returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    environment = dict(os.environ)
    try:
        try:
            return _run(words, environment)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has left; what Python would still write goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run(words: list[str], environment: Mapping[str, str]) -> int:
    try:
        if "_ARGCOMPLETE" in environment:
            from manifesto_tui.cli.completion import complete

            complete(build(), environment)
        namespace = build(words).parse_args(words)
        if namespace.command:
            refuse_both(namespace)
    except Misused as misused:
        from manifesto_tui.governance.problem import BadInput

        return _stopped(
            BadInput("usage", misused.sentence, f"`{misused.program} --help` tells how it goes."),
            words,
            environment,
        )
    except SystemExit as shown:
        return int(shown.code or 0)
    return _done(namespace, words, environment)


def _done(namespace: Namespace, words: list[str], environment: Mapping[str, str]) -> int:
    from manifesto_tui.governance.problem import ManifestoError, Unavailable

    try:
        return _call(namespace, environment)
    except ManifestoError as problem:
        return _stopped(problem, words, environment)
    except BrokenPipeError:
        raise
    except OSError as problem:
        where = str(problem.filename or "")
        reason = (problem.strerror or str(problem)).rstrip(".")
        return _stopped(
            Unavailable("system", f"The system refused: {reason}.", where=where), words, environment
        )
    except Exception as problem:  # The last resort: nobody sees a traceback.
        if environment.get("MANIFESTO_DEBUG"):
            raise
        return _stopped(
            Unavailable(
                "unexpected",
                f"Something went wrong that should not: {type(problem).__name__}: {problem}.",
                f"Please report it; MANIFESTO_DEBUG=1 {PROGRAM} … shows where it happened.",
            ),
            words,
            environment,
        )


def _call(namespace: Namespace, environment: Mapping[str, str]) -> int:
    import importlib
    from datetime import UTC, datetime
    from pathlib import Path

    from manifesto_tui.cli.call import Call, clock_of
    from manifesto_tui.cli.printing import Printer

    printer = Printer.standard(environment, getattr(namespace, "json", False))
    clock = clock_of(environment, lambda: datetime.now(UTC))
    call = Call(namespace, Path(namespace.directory_to_use), environment, clock, printer)
    name = namespace.run if namespace.command else "opening:open_app"
    module, _, function = name.partition(":")
    run = getattr(importlib.import_module(f"manifesto_tui.cli.run.{module}"), function)
    try:
        done: int = run(call)
        return done
    finally:
        printer.passing("")


def _stopped(problem: ManifestoError, words: list[str], environment: Mapping[str, str]) -> int:
    from manifesto_tui.cli.printing import Printer

    Printer.standard(environment, "--json" in words).error(problem)
    return problem.exit_code
