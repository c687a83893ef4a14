"""Runs slow work behind a screen and hands the result back to it.

Nothing that reads or writes the record runs in a handler: a handler says what to do, a worker
does it in a thread, and a message brings the result. While it runs the status line says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual import on
from textual.message import Message
from textual.worker import Worker, WorkerState

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.appearance import app_of, settings_of
from manifesto_tui.tui.remedies import why
from manifesto_tui.tui.safe import Part
from manifesto_tui.tui.screens.paced import Paced

T = TypeVar("T")
R = TypeVar("R")

_NOT_TAKEN = "What you typed meanwhile had nowhere to go."


class Working(Paced[R], Generic[R]):
    """A screen that has work done."""

    under_way: tuple[str, ...] = ()

    @dataclass
    class Done(Message):
        """Some work is done; `then` is to be called with its result."""

        result: Any
        then: Callable[[Any], None]
        doing: str
        worker: Worker[None]

    @dataclass
    class Failed(Message):
        """Some work was refused."""

        problem: ManifestoError
        otherwise: Callable[[ManifestoError], None]
        doing: str
        worker: Worker[None]

    def work(
        self,
        doing: str,
        function: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[ManifestoError], None] | None = None,
        opens: bool = False,
    ) -> Worker[None]:
        """Runs `function` in a thread, then `then` with its result here.

        `doing` is what the status line says meanwhile, "" for nothing. A ManifestoError goes to
        `otherwise`, else to `refused`; anything else is reported as the fault of the program.
        Where `then` opens something to write in, or leaves it, what is typed meanwhile waits.
        """

        def run() -> None:
            try:
                result = function()
            except ManifestoError as problem:
                self.post_message(self.Failed(problem, otherwise or self.refused, doing, worker))
            else:
                self.post_message(self.Done(result, then, doing, worker))

        self.under_way += (doing,) if doing else ()
        self._tell_busy()
        worker = self.run_worker(run, name=doing, group="record", thread=True, exit_on_error=False)
        if opens:
            app_of(self).wait_for(worker)
        return worker

    @on(Done)
    def _done(self, event: Done) -> None:
        event.stop()
        self._finished(event.doing)
        event.then(event.result)
        app_of(self).opened(event.worker)

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._finished(event.doing)
        problem = event.problem
        if app_of(self).forget_ahead(event.worker):
            problem = ManifestoError(
                problem.code, f"{problem.sentence} {_NOT_TAKEN}", problem.hint, problem.where
            )
        event.otherwise(problem)
        app_of(self).opened(event.worker)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Reports what nobody expected, instead of falling over."""
        if event.state in (WorkerState.ERROR, WorkerState.CANCELLED):
            app_of(self).opened(event.worker)
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self._finished(event.worker.name)
            error = event.worker.error
            self.refused(
                ManifestoError(
                    "unexpected",
                    f"That failed inside the program: {type(error).__name__}: {error}.",
                    "Nothing was lost; please report it.",
                )
            )

    def _finished(self, doing: str) -> None:
        left = list(self.under_way)
        if doing in left:
            left.remove(doing)
        self.under_way = tuple(left)
        self._tell_busy()

    def _tell_busy(self) -> None:
        # What was begun last is told; what takes longer shows again once that is done.
        self.busy(self.under_way[-1] if self.under_way else "")

    def busy(self, doing: str) -> None:
        """Shows that work is under way."""

    def refused(self, problem: ManifestoError) -> None:
        """Shows why work was refused."""


class Saying(Working[R], Generic[R]):
    """A screen that has work done, and a line on which it says what happened."""

    said: Part = ""
    said_of = ""
    """Of what that is so, "" where it does not depend on what is selected."""

    def say(self, part: Part) -> None:
        """Says something on the status line."""
        self.said, self.said_of = part, ""
        self.tell_status()

    def refused(self, problem: ManifestoError) -> None:
        """Says why something was refused."""
        self.say(why(problem, settings_of(self)))

    def tell_status(self) -> None:
        """Brings the status line up to date."""
        raise NotImplementedError
