"""Shows one amendment at a time, large and alone, for a meeting with a projector.

The agenda is what is undecided, as the text has it, after the result that was asked for. Space goes
on, the arrows step; nothing here writes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from manifesto_tui.prose import ClauseChange, Text
from manifesto_tui.tui.actions import BY_ID, Action, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.columns import GAP
from manifesto_tui.tui.draw.slides import Page, Slide, slides
from manifesto_tui.tui.safe import EMPTY, join, line, words
from manifesto_tui.tui.screens.dialog import does_nothing
from manifesto_tui.tui.screens.paced import Paced
from manifesto_tui.tui.widgets.chrome import Line, Status
from manifesto_tui.tui.widgets.drawn import MARGIN
from manifesto_tui.tui.widgets.entries import Entries, Footer
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.workflow.card import Card

MEASURE = 60
BESIDE = 120  # Columns from which before and after stand beside one another.
WIDEST = 2 * MEASURE + GAP + 12
TINY = 18  # Lines below which no room is left empty.
Item = tuple["Card", tuple[ClauseChange, ...]]


class Present(Paced[None]):
    """One amendment of the agenda step by step: each clause before and after, why, the count.

    `text` is the text of today; `said` stands at the foot until the first key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The words under it would scroll by some of these: ours come first.
        *(replace(binding, priority=True) for binding in bindings("present")),
    ]
    actions: tuple[Action, ...] = tuple(
        BY_ID[f"present.{name}"] for name in ("on", "back", "next", "previous", "leave")
    )

    def __init__(
        self, agenda: list[Item], text: Text, first: int = 0, said: Content = EMPTY
    ) -> None:
        super().__init__()
        self.agenda = agenda
        self.text = text
        self.at = first
        self.step = 0
        self.said = said
        self.slides: list[Slide] = []

    def compose(self) -> ComposeResult:
        """Yields the title, the words, where in the agenda they are, and the keys."""
        yield Line(id="title")
        yield Rows(id="slide", picks=False, measure=MEASURE)
        yield Status(id="where")
        yield Footer(id="keys")

    def on_mount(self) -> None:
        """Shows the first item; of one that is decided, its result."""
        self.query_one("#keys", Footer).tell(self.actions)
        card, _ = self.agenda[self.at]
        self._begin(self.at, -1 if card.has_result else 0)

    def on_resize(self) -> None:
        """Takes the steps that there is room for, and stays where one was."""
        if not self.slides:
            return  # It is told what to show first.
        here, self.slides = self.slides[self.step], self._steps()
        same = [(each.clause == here.clause) * 2 + (each.step == here.step) for each in self.slides]
        self.step = same.index(max(same))
        self._tell()

    def _steps(self) -> list[Slide]:
        card, changes = self.agenda[self.at]
        size = self.app.size
        # What stands around the words, as the styles have it: margins, title, place and keys.
        around = 3 if size.height < TINY else 7
        width = min(size.width, WIDEST) - self._sides - MARGIN - 2
        beside = size.width >= BESIDE and not settings_of(self).on("panes", "stacked")
        width = width if beside else min(width, MEASURE)
        self.query_one("#slide", Rows).measure = width
        return slides(card, changes, self.text, Page(width, size.height - around, beside))

    @property
    def _sides(self) -> int:
        """The cells left and right of what is shown, as the styles have it."""
        return 2 if self.app.size.height < TINY else 8

    def _begin(self, at: int, step: int = 0) -> None:
        self.at = at
        self.slides = self._steps()
        self.step = step % len(self.slides)
        self._tell()

    def _tell(self) -> None:
        card, _ = self.agenda[self.at]
        amiss = f", {card.misfit}" if card.is_still_open and card.misfit else ""
        self.query_one("#title", Line).show(
            join(line(card.title, "title")),
            join(line(card.id, "key"), f"  {card.stage}", (amiss, "warn")),
        )
        self.query_one("#slide", Rows).show(self.slides[self.step].rows, top=True)
        self._tell_where()

    def _tell_where(self) -> None:
        here = self.slides[self.step]
        clauses = max(slide.clause for slide in self.slides)
        beside = here.clause or clauses
        steps = []
        for slide in self.slides:
            if slide.clause not in (0, beside):
                continue
            on_it = slide is here
            several = on_it and slide.clause and clauses > 1
            name = f"{slide.step} {slide.clause} of {clauses}" if several else slide.step
            steps.append((f" [{name}] " if on_it else f"  {name}  ", "key" if on_it else "quiet"))
        at = words(f"{self.at + 1} of {len(self.agenda)}", "quiet")
        told = join(*steps)
        if told.cell_length + at.cell_length + 2 > min(self.app.size.width, WIDEST) - self._sides:
            told = join(*(step for step in steps if step[1] == "key"))
        self.query_one("#where", Status).show(self.said or told, at)

    def _say(self, said: Content) -> None:
        self.said = said
        self._tell_where()

    def action_turn(self, by: int) -> None:
        """Reads on where there is more, goes a step on, or after the last to the next amendment."""
        slide = self.query_one("#slide", Rows)
        if 0 < slide.scroll_offset.y + max(by, 0) <= slide.max_scroll_y:
            slide.scroll_relative(y=by * max(slide.size.height - 1, 1), animate=False)
            self._say(EMPTY)
        elif 0 <= self.step + by < len(self.slides):
            self.said = EMPTY
            self.step += by
            self._tell()
        else:
            self._go(by, 0 if by > 0 else -1)

    def action_item(self, by: int) -> None:
        """Goes to another amendment of the agenda."""
        self._go(by, 0)

    def _go(self, by: int, step: int) -> None:
        if 0 <= self.at + by < len(self.agenda):
            self.said = EMPTY
            self._begin(self.at + by, step)
        else:
            end = "end" if by > 0 else "beginning"
            told = f"This is the {end} of the agenda; {{present.leave}} leads out."
            self._say(settings_of(self).told(told, "mark"))

    def on_key(self, event: events.Key) -> None:
        """Says of a key that does nothing here which ones do."""
        if event.key not in self.active_bindings:
            self._say(does_nothing(event.key, self.actions, settings_of(self)))

    @on(Entries.Picked)
    def _picked(self, event: Entries.Picked) -> None:
        event.stop()
        self.call_later(self.run_action, BY_ID[event.meaning].run)

    def on_click(self, event: events.Click) -> None:
        """Goes a step on, as a presenter's remote does that clicks; a key below is that key."""
        if not isinstance(event.widget, Footer):
            self.action_turn(1)

    def action_leave(self) -> None:
        """Goes back to the app."""
        self.dismiss(None)
