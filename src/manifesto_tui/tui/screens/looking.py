"""Does what writes nothing to the record: goes from place to place, and shows what is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.tui.draw.around import CONTEXTS, Around
from manifesto_tui.tui.draw.changes import STYLES
from manifesto_tui.tui.safe import EMPTY, words
from manifesto_tui.tui.screens.form import Field, Form, Values
from manifesto_tui.tui.screens.loading import Loading
from manifesto_tui.tui.state import Mode, State
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.tui.widgets.compare import Compare
    from manifesto_tui.workflow.comparing import Comparison


class Looking(Loading):
    """The part of the main screen that only reads."""

    compare: Compare
    playing: bool = False

    def state(self) -> State:
        """Returns where the reader stands."""
        raise NotImplementedError

    def switch(self, mode: Mode) -> None:
        """Shows another mode."""
        raise NotImplementedError

    def act(self, id: str) -> None:
        """Does an action."""
        raise NotImplementedError

    def do_text_marked(self) -> None:
        """Shows the text with what is proposed in place, or without."""
        marked = self.reading.mark()
        self.work_out()
        said = "Every open amendment stands in its place." if marked else "The text as it is."
        self.say(words(said, "quiet"))

    # Going

    def do_mode_read(self) -> None:
        """Shows the text."""
        self.switch("read")

    def do_mode_amendments(self) -> None:
        """Shows the amendments."""
        self.switch("amendments")

    def do_mode_compare(self) -> None:
        """Shows a comparison; where a what-if stood, what changed since the last edition."""
        if self.compare.whatif:
            self.compare_start()
        self.switch("compare")

    def do_mode_history(self) -> None:
        """Shows the decisions."""
        self.switch("history")

    def do_reload(self) -> None:
        """Reads the record again."""
        self.load(words("Read again.", "quiet"))

    def do_quit(self) -> None:
        """Leaves."""
        self.app.exit(0)

    def do_back(self) -> None:
        """Goes one step out: clears what was looked for, the detail, the mode, then the app.

        While a large record is read it stops that.
        """
        if self.read_so_far:
            self.session.stop.set()
        elif self.reading.text.needle and self.mode == "read":
            self.reading.text.find("")
            self.say(EMPTY)
        elif self.mode == "amendments" and self.amendments.needle:
            self.amendments.filter("")
            self.say(EMPTY)
        elif isinstance(self.focused, Rows) and self.focused.id in ("detail", "then", "compared"):
            self.focus_previous()
        elif self.mode == "compare" and self.compare.whatif:
            self.switch("amendments")
        elif self.mode != "read":
            self.switch("read")
        else:
            self._ask_to_leave()

    def _ask_to_leave(self) -> None:
        said = "Drafts are kept, and what is recorded stays recorded."
        if self.playing:
            said = "You go back to where you were; this made-up assembly is thrown away."
        from manifesto_tui.tui.screens.leaving import LEAVE, Leaving

        def answered(key: str | None) -> None:
            if key == LEAVE:
                self._leave()
            elif key and (meant := self.active_bindings.get(key)):
                self.call_later(self.app.run_action, meant.binding.action, meant.node)

        self.app.push_screen(Leaving(said), answered)

    def _leave(self) -> None:
        if self.playing:
            self.dismiss(None)
        else:
            self.app.exit(0)

    def do_detail_down(self) -> None:
        """Scrolls the detail."""
        self._scroll_detail(3)

    def do_detail_up(self) -> None:
        """Scrolls the detail back."""
        self._scroll_detail(-3)

    def _scroll_detail(self, by: int) -> None:
        details = {
            "read": self.reading.detail,
            "amendments": self.amendments.detail,
            "compare": self.compare.diff,
            "history": self.past.detail,
        }
        details[self.mode].scroll_relative(y=by, animate=False)

    def do_detail_next(self) -> None:
        """Shows the next tab."""
        self.amendments.turn(1)

    def do_detail_previous(self) -> None:
        """Shows the tab before."""
        self.amendments.turn(-1)

    def do_diff_style(self) -> None:
        """Draws differences in the next style."""
        at = STYLES.index(self._around.style) + 1
        style = STYLES[at % len(STYLES)]
        self._draw(replace(self._around, style=style))
        self.say(words(f"Differences are drawn {style}.", "quiet"))

    def do_diff_context(self) -> None:
        """Shows more of the clauses around each change, at last the whole text."""
        context = next((c for c in CONTEXTS if c > self._around.context), 0)
        self._draw(replace(self._around, context=context, opened=()))
        self.say(words(self._around.told, "quiet"))

    def do_diff_order(self) -> None:
        """Shows changes in the order of the text, or the weightiest first."""
        around = self._around
        self._draw(replace(around, in_text_order=not around.in_text_order, opened=()))
        self.say(words(self._around.told, "quiet"))

    @property
    def _around(self) -> Around:
        return self.amendments.around if self.mode == "amendments" else self.compare.around

    def _draw(self, around: Around) -> None:
        (self.amendments if self.mode == "amendments" else self.compare).draw(around)
        self.work_out()

    # Looking at things

    def compare_start(self) -> None:
        """Compares the text of today with the latest edition, or as it was put in force."""
        from manifesto_tui.workflow.comparing import since_last

        if self.view:
            self.work("Comparing", lambda: self.session.call(since_last), self.compare.show)

    def do_compare_choose(self) -> None:
        """Asks what to compare."""
        from manifesto_tui.tui.draw.editions import comparable_rows

        def send(values: Values) -> Comparison:
            return self._compared(values["a"].strip(), values["b"].strip() or None)

        # The last two are what people compare most; typing replaces them.
        editions = [e.number for e in self.view.assembly.editions] if self.view else []
        a, b = editions[-2:] if len(editions) > 1 else ("", "")
        fields = (
            Field("a", "From", a, "an edition (1.0.0), a commit, a tag, or an amendment's id"),
            Field("b", "To", b, "nothing for the text of today"),
        )
        told = comparable_rows(self.view) if self.view else ()
        form = Form("Compare", fields, send, told, doing="Comparing", verb="compare")
        self.ask(form, lambda found: self.compare.show(found) if found else None, "compare")

    def _compared(self, a: str, b: str | None) -> Comparison:
        from manifesto_tui.workflow.comparing import diff_forward

        if not a:
            raise BadInput("nothing-named", "Nothing is named yet.", "Name a commit or an id.")
        return self.session.call(lambda desk: diff_forward(desk, a, b))

    def show_then(self, id: str) -> None:
        """Shows the text as it read with a decision, or as an edition."""

        from manifesto_tui.workflow.history import text_then

        work = self.past.show_text
        self.work(
            "Reading the text as it was",
            lambda: self.session.call(lambda desk: text_then(desk, id)),
            lambda text: work(id, text),
        )
