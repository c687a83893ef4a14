"""Writes: the words and the reasons on one side, what they change and what to watch on the other.

Every keystroke is drafted: the draft is saved in a worker while one types, on leaving, and is
there again at the next start, also after a crash.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.document._document import Document
from textual.timer import Timer
from textual.widgets import ContentSwitcher, TextArea

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.actions import ACTIONS, BY_ID, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.drafts import heading
from manifesto_tui.tui.keeping import Keeper
from manifesto_tui.tui.outside import edit_outside
from manifesto_tui.tui.row import Divider, Row
from manifesto_tui.tui.safe import Part, join, words
from manifesto_tui.tui.screens.filing import discarding_form, filing_form
from manifesto_tui.tui.screens.finder import Finder, help_entry
from manifesto_tui.tui.screens.form import Values
from manifesto_tui.tui.screens.worked import Saying
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.chrome import Header, Status
from manifesto_tui.tui.widgets.entries import Entries, Footer
from manifesto_tui.tui.widgets.pane import Pane
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.tui.widgets.typed import TypedArea
from manifesto_tui.tui.writing import (
    begins_at,
    changes_of,
    check_rows,
    citing,
    diff_rows,
    source_rows,
    sources_like,
    warned,
)

if TYPE_CHECKING:
    from manifesto_tui.workflow.desk import Recorded
    from manifesto_tui.workflow.drafting import Draft

Left = "Recorded | None"
_AT_ONCE = 20_000  # Letters that are looked through within a keystroke; more, in a pause.
_PAUSE = 0.3
# Where there is little room the last of these are left out, but for help.
_SHOWN = (
    "draft.propose",
    "draft.reasons",
    "draft.leave",
    "draft.save",
    "draft.outside",
    "draft.help",
)


class EditorScreen(Saying["Recorded"]):
    """Edits one draft; leaves with what was recorded, or with None and the draft kept.

    `at` is the anchor of the clause at which to begin in a whole document.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The text area has keys of its own on some of these: ours come first.
        *(replace(binding, priority=True) for binding in bindings("editor")),
        Binding("ctrl+home", "edge(False)", show=False),
        Binding("ctrl+end", "edge(True)", show=False),
    ]

    def __init__(
        self, session: Session, view: View, draft: Draft, outside: bool = False, at: str = ""
    ) -> None:
        super().__init__()
        self.at = at
        self.session = session
        self.view = view
        self.draft = draft
        self.outside = outside
        self.part: Literal["text", "reasons"] = "text"
        self.keeper = Keeper(self, session, draft, self.tell_status)
        self.looking = False
        self.pause: Timer | None = None
        self.diff: list[Row] = []
        self.checks: list[Row] = []

    # What is shown

    def compose(self) -> ComposeResult:
        """Yields the words beside what they change."""
        yield Header(id="header")
        with Horizontal(id="writing"):
            yield Pane(
                "Your words",
                ContentSwitcher(
                    self._area("text", self.draft.text),
                    self._area("reasons", self.draft.reason),
                    initial="text",
                    id="areas",
                ),
                id="words-pane",
            )
            yield Pane("What changes", Rows(id="live", picks=False), id="live-pane")
        yield Status(id="status")
        yield Footer(id="footer")

    def _area(self, id: str, text: str) -> TextArea:
        area = TypedArea(
            text,
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            compact=True,
            placeholder="Why should the text change? Others decide by these words."
            if id == "reasons"
            else "",
        )
        area.theme = "css"
        return area

    def on_mount(self) -> None:
        """Shows the draft, and says where it comes from."""
        self.query_one(Header).tell(self.view)
        first, *others = (BY_ID[name] for name in _SHOWN)
        if self.draft.purpose == "edit" and self.view.assembly.manifesto.state == "drafting":
            first = replace(first, label="record")
        self.query_one(Footer).tell((first, *others))
        resumed = bool(self.draft.saved)
        if resumed and self.draft.base != self.view.assembly.commit:
            self.said = words(
                "This draft was begun on an earlier text; look at the differences again.", "warn"
            )
        elif resumed:
            self.said = words("Your draft, as you left it.", "quiet")
        else:
            self.said = settings_of(self).told(
                "Saved as you type; {draft.propose} when you are ready.", "quiet"
            )
        self._tell_pane()
        self._tell()
        area = self.query_one("#text", TypedArea)
        area.focus()
        if self.draft.purpose == "amendment":
            area.move_cursor(area.document.end)
        elif begins := begins_at(self.draft, self.view, self.at):
            assert isinstance(area.document, Document)
            where = area.document.get_location_from_index(begins)
            self.call_after_refresh(area.open_at, where)
        if self.outside:
            self.call_after_refresh(self.do_draft_outside)

    @property
    def heading(self) -> str:
        """Which clause or document this is about."""
        return heading(self.draft, self.view.assembly.text)

    def _tell_pane(self) -> None:
        label = "Your words" if self.part == "text" else "Your reasons"
        self.query_one("#words-pane", Pane).tell(f"{label} · {self.heading}")

    def _tell(self) -> None:
        text = self.query_one("#text", TextArea).text
        if len(text) + len(self.draft.agreed) <= 2 * _AT_ONCE:
            self._looked(self._look(text))
        else:
            if self.pause:
                self.pause.stop()
            self.pause = self.set_timer(_PAUSE, self._look_through)
            self._tell_live()
        self.tell_status()

    def _look(self, text: str) -> tuple[str, list[Row], list[Row]]:
        hints = settings_of(self).on("hints", "on")
        checks = check_rows(self.draft, text, self.view, hints)
        return text, diff_rows(self.draft, text), checks

    def _look_through(self) -> None:
        """Works out what long words change, behind the screen: letters never wait for it."""
        if not self.looking:
            self.looking = True
            text = self.query_one("#text", TextArea).text
            self.work("", lambda: self._look(text), self._looked)

    def _looked(self, found: tuple[str, list[Row], list[Row]]) -> None:
        self.looking = False
        text, self.diff, self.checks = found
        self._tell_live()
        if text != self.query_one("#text", TextArea).text:
            self._tell()

    def _tell_live(self) -> None:
        rows = list(self.diff)
        if (typed := self._citing()) is not None:
            rows += source_rows(typed, self.view, settings_of(self).told)
        rows.append(Divider(words("to watch", "quiet"), above=1))
        wrong = len(warned(self.checks))  # Told where it stays in sight.
        note = words(f"! {wrong} to watch", "warn") if wrong else ""
        self.query_one("#live-pane", Pane).tell("What changes", note)
        self.query_one("#live", Rows).show([*rows, *self.checks])

    def tell_status(self) -> None:
        """Brings the status line up to date."""
        if self.keeper.saving or self.keeper.is_behind:
            kept: Part = ("✎ saving … ", "tag")
        else:
            kept = ("✓ draft saved ", "good") if self.keeper.saved else ("no draft yet ", "quiet")
        self.query_one(Status).show(join(" ", self.said), join(kept))

    # Drafting

    @property
    def typed(self) -> Draft:
        """The draft as it stands on the screen."""
        return replace(
            self.draft,
            text=self.query_one("#text", TextArea).text,
            reason=self.query_one("#reasons", TextArea).text,
        )

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._keep()
        self._tell()

    def _keep(self) -> None:
        if self.is_mounted:
            self.keeper.typed(self.typed)

    # Acting

    def action_do(self, id: str) -> None:
        """Does one of the editor's actions."""
        if run := BY_ID[id].run:
            self.call_later(self.run_action, run)
        else:
            getattr(self, "do_" + id.replace(".", "_"))()

    @on(Entries.Picked)
    def _picked(self, event: Entries.Picked) -> None:
        event.stop()
        self.action_do(event.meaning)

    def action_side(self) -> None:
        """Moves between the words and the differences."""
        live = self.query_one("#live", Rows)
        area = self.query_one("#text", TextArea)
        typed = self._citing() if area.has_focus else None
        if typed is not None and (keys := sources_like(typed, self.view)):
            area.insert(f"{keys[0][len(typed) :]}]")
            return
        if live.has_focus:
            self.query_one(f"#{self.part}", TextArea).focus()
        else:
            live.focus()

    def _citing(self) -> str | None:
        """Returns what is typed of a source's key before the cursor, None where none is."""
        area = self.query_one("#text", TextArea)
        row, column = area.cursor_location
        return citing(area.document.get_line(row)[:column])

    def action_edge(self, end: bool) -> None:
        """Goes to the first or the last letter."""
        area = self.query_one(f"#{self.part}", TextArea)
        area.move_cursor(area.document.end if end else (0, 0))

    def do_draft_help(self) -> None:
        """Lists every key of the editor; enter does what is chosen."""
        chosen = settings_of(self)
        entries = [help_entry(each, chosen) for each in ACTIONS if each.scope == "editor"]
        finder = Finder(
            "Every key of the editor", entries, "type to filter, {finder.choose} does it"
        )
        self.app.push_screen(finder, lambda name: self.action_do(name) if name else None)

    def busy(self, doing: str) -> None:
        """Shows that work is under way."""
        if doing:
            self.say(words(f"… {doing}", "mark"))

    def do_draft_save(self) -> None:
        """Saves the draft now."""
        self._keep()
        self.say(words("Your draft is kept in this folder; nobody else sees it.", "quiet"))

    def do_draft_reasons(self) -> None:
        """Changes between the words and the reasons."""
        self.part = "reasons" if self.part == "text" else "text"
        self.query_one("#areas", ContentSwitcher).current = self.part
        self.query_one(f"#{self.part}", TextArea).focus()
        self._tell_pane()

    def do_draft_undo(self) -> None:
        """Takes back what was typed last."""
        self.query_one(f"#{self.part}", TextArea).undo()

    def do_draft_redo(self) -> None:
        """Brings back what was taken back last."""
        self.query_one(f"#{self.part}", TextArea).redo()

    def do_draft_outside(self) -> None:
        """Goes on in the reader's own editor."""
        area = self.query_one("#text", TextArea)
        try:
            written = edit_outside(self.app, self.session.environment, area.text)
        except ManifestoError as problem:
            self.refused(problem)
            return
        if written == area.text:
            self.say(words("You changed nothing in your editor.", "quiet"))
            return
        area.replace(written, (0, 0), area.document.end)  # So that it can be taken back.
        if area.text != written:
            area.text = written
        self.say(settings_of(self).told("Taken over from your editor; {draft.undo} takes it back."))

    def do_draft_leave(self) -> None:
        """Goes back with the draft kept."""
        self._keep()
        self.keeper.left(lambda: self.dismiss(None))

    def do_draft_discard(self) -> None:
        """Throws the draft away, after asking."""

        def done(gone: bool | None) -> None:
            if gone:
                self.keeper.gone(lambda: self.dismiss(None))

        told = words("What you typed here is lost; nothing else changes.")
        self.app.push_screen(discarding_form(self.typed.text, told), done)

    def do_draft_propose(self) -> None:
        """Asks for what is missing and files it."""
        try:
            if self.draft.purpose == "amendment":
                changes_of(self.typed, self.view, ())
        except ManifestoError as problem:
            self.refused(problem)
            return
        form = filing_form(self.session, self.view, self.typed, self.heading, self._take_over)
        self.app.push_screen(form, self._proposed)

    def _take_over(self, values: Values) -> None:
        """Keeps with the draft what is typed into the form that files it."""
        reasons = self.query_one("#reasons", TextArea)
        reason = values["reason"]
        if "title" in values:
            self.draft = replace(self.draft, title=values["title"])
        else:  # The form asks for one line: those below it stay.
            reason += "".join(reasons.text.partition("\n")[1:])
        if reason != reasons.text:
            reasons.text = reason
        self._keep()

    def _proposed(self, recorded: Recorded | None) -> None:
        if recorded is not None:
            self.keeper.gone(lambda: self.dismiss(recorded))
