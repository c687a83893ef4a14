"""Does what actions ask for that writes nothing to the record: goes, finds, shows, checks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import BadInput, ManifestoError, Unavailable
from manifesto_tui.tui.draw.changes import Style
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.screens.dialog import Field, Form, Report, Values
from manifesto_tui.tui.screens.guide import Guide
from manifesto_tui.tui.screens.present import Present
from manifesto_tui.tui.screens.starting import Founding, Start
from manifesto_tui.tui.screens.worked import Working
from manifesto_tui.tui.state import OPEN_STAGES, Mode, State, View
from manifesto_tui.tui.themes import THEMES
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange, Text
    from manifesto_tui.tui.session import Session
    from manifesto_tui.tui.widgets.amendments import Amendments
    from manifesto_tui.tui.widgets.compare import Compare
    from manifesto_tui.tui.widgets.past import Past
    from manifesto_tui.tui.widgets.reading import Reading
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.comparing import Comparison
    from manifesto_tui.workflow.desk import Desk
    from manifesto_tui.workflow.drafting import Draft

FORMATS = {"Markdown": "md", "plain text": "txt", "JSON": "json"}


class Looking(Working[None]):
    """The part of the main screen that only reads."""

    session: Session
    mode: Mode
    view: View | None
    reading: Reading
    amendments: Amendments
    compare: Compare
    past: Past
    drafts: tuple[Draft, ...] = ()
    undo: str = ""
    undo_act: str = ""
    undo_id: str = ""

    def state(self) -> State:
        """Returns where the reader stands."""
        raise NotImplementedError

    def take(self, view: View, say: Part = "", key: str | None = None) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def say(self, part: Part) -> None:
        """Says on the status line what happened."""
        raise NotImplementedError

    def switch(self, mode: Mode) -> None:
        """Shows another mode."""
        raise NotImplementedError

    def tell(self) -> None:
        """Brings the frame up to date."""
        raise NotImplementedError

    def act(self, id: str) -> None:
        """Does an action."""
        raise NotImplementedError

    # Reading the record

    def load(self, say: Part = "", key: str | None = None) -> None:
        """Reads the record in a worker and shows it."""

        compact = self.amendments.compact

        def read() -> tuple[View, tuple[Draft, ...]]:
            from manifesto_tui.workflow import drafting

            return self.session.read(compact), self.session.call(drafting.mine)

        def taken(found: tuple[View, tuple[Draft, ...]]) -> None:
            first = self.view is None
            view, self.drafts = found
            self.take(view, say, key)
            if first and self.drafts and not say:
                many = (
                    f"{len(self.drafts)} drafts wait" if len(self.drafts) > 1 else "A draft waits"
                )
                self.say(join((f"✎ {many} for you: ", "mark"), ("press f to go on.", "")))

        self.work("Reading the record", read, taken, self._not_loaded)

    def load_drafts(self) -> None:
        """Reads the list of drafts again."""
        from manifesto_tui.workflow import drafting

        def taken(drafts: tuple[Draft, ...]) -> None:
            before, self.drafts = len(self.drafts), drafts
            if len(drafts) > before:
                self.say(words("✓ The draft is kept: press f to go on with it.", "good"))
            self.tell()

        self.work("", lambda: self.session.call(drafting.mine), taken)

    def _not_loaded(self, problem: ManifestoError) -> None:
        if self.view is not None:
            self.refused(problem)
            return
        self.app.push_screen(Start(self.session.directory, problem), self._start)

    def _start(self, answer: str | None) -> None:
        if answer == "again":
            self.load()
        elif answer in ("found", "adopt"):
            founding = Founding(self.session, adopt=answer == "adopt")
            self.app.push_screen(founding, self._founded)
        else:
            self.app.exit(0)

    def _founded(self, said: str | None) -> None:
        if said is None:
            self.load()
        else:
            self.load(join(("✓ ", "good"), line(said)))

    def work_out(self) -> None:
        """Works out in the background what the amendments on the screen change."""
        if self.view is None:
            return
        reading = self.mode != "amendments"
        wanted = self.reading.wanted() if reading else [self.amendments.wanted()]
        cards = [self.view.by_id[name] for name in wanted if name]
        if cards:
            self.work("", partial(self._changes, cards), self._worked_out)

    def _changes(self, cards: list[Card]) -> dict[str, Sequence[ClauseChange]]:
        return {card.id: self.session.changes(card) for card in cards}

    def _worked_out(self, found: dict[str, Sequence[ClauseChange]]) -> None:
        self.reading.learn(found)
        self.amendments.learn(found)

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
        """Shows a comparison."""
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
        """Goes one step out: clears what was looked for, the detail, the mode, then the app."""
        if self.reading.text.needle and self.mode == "read":
            self.reading.text.find("")
            self.say(EMPTY)
        elif self.mode == "amendments" and self.amendments.needle:
            self.amendments.filter("")
            self.say(EMPTY)
        elif isinstance(self.focused, Rows) and self.focused.id in ("detail", "then", "compared"):
            self.focus_previous()
        elif self.mode != "read":
            self.switch("read")
        else:
            told = (Passage(words("Drafts are kept, and what is recorded stays recorded.")),)
            leave = Form(
                "Leave?", (), lambda values: True, told, doing="", verb="leave", enter=True
            )
            self.app.push_screen(leave, lambda yes: self.app.exit(0) if yes else None)

    def do_detail_down(self) -> None:
        """Scrolls the detail."""
        self._scroll_detail(3)

    def do_detail_up(self) -> None:
        """Scrolls the detail back."""
        self._scroll_detail(-3)

    def _scroll_detail(self, by: int) -> None:
        details = {
            "read": self.reading.life,
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

    def do_clause_amendments(self) -> None:
        """Shows the first amendment on the selected clause."""
        card = self.state().card
        if card:
            self.switch("amendments")
            self.amendments.filter("")
            self.amendments.open_tab("Diff")
            self.amendments.list.select(card.id)

    def do_diff_style(self) -> None:
        """Draws differences in the next style."""
        pane = self.amendments if self.mode == "amendments" else self.compare
        style: Style = pane.next_style()
        self.say(words(f"Differences are drawn {style}.", "quiet"))

    # Looking at things

    def compare_start(self) -> None:
        """Compares the text of today with the latest edition, or as it was put in force."""
        from manifesto_tui.workflow.comparing import since_last

        if self.view:
            self.work("Comparing", lambda: self.session.call(since_last), self.compare.show)

    def do_compare_choose(self) -> None:
        """Asks what to compare."""

        def send(values: Values) -> Comparison:
            return self._compared(values["a"].strip(), values["b"].strip() or None)

        fields = (
            Field("a", "From", "", "an edition (1.0.0), a commit, a tag, or an amendment's id"),
            Field("b", "To", "", "nothing for the text of today"),
        )
        form = Form("Compare", fields, send, doing="Comparing", verb="compare")
        self.app.push_screen(form, lambda found: self.compare.show(found) if found else None)

    def _compared(self, a: str, b: str | None) -> Comparison:
        from manifesto_tui.workflow.comparing import diff

        if not a:
            raise BadInput("nothing-named", "Nothing is named yet.", "Name a commit or an id.")
        return self.session.call(lambda desk: diff(desk, a, b))

    def show_then(self, id: str) -> None:
        """Shows the text as it read with a decision, or as an edition."""

        def then(desk: Desk) -> Text:
            from manifesto_tui.governance.edition import is_edition_name
            from manifesto_tui.workflow.comparing import diff

            return desk.text_at(id) if is_edition_name(id) else diff(desk, id).after

        work = self.past.show_text
        self.work(
            "Reading the text as it was",
            lambda: self.session.call(then),
            lambda text: work(id, text),
        )

    def do_verify(self) -> None:
        """Replays the history in a worker and shows the verdict."""
        from manifesto_tui.tui.draw.report import proof_rows
        from manifesto_tui.workflow.verifying import verify

        def show(rows: list[Row]) -> None:
            self.app.push_screen(Report("Proof", rows))

        self.work(
            "Replaying the whole history",
            lambda: proof_rows(self.session.call(lambda desk: verify(desk.repo))),
            show,
        )

    def do_clause_history(self) -> None:
        """Shows every wording of the selected clause."""
        from manifesto_tui.tui.draw.report import wording_rows
        from manifesto_tui.workflow.explaining import explain

        if not (place := self.reading.place):
            return
        clause = place[1]

        def show(rows: list[Row]) -> None:
            self.app.push_screen(Report(f"The life of clause {clause.number}", rows))

        self.work(
            "Reading the history of the clause",
            lambda: wording_rows(
                self.session.call(lambda desk: explain(desk, clause.anchor or ""))
            ),
            show,
        )

    def do_people(self) -> None:
        """Shows the roll and the rules."""
        from manifesto_tui.tui.draw.people import people_rows

        if self.view:
            rows = people_rows(self.view.assembly, self.view.handle)
            self.app.push_screen(Report("People and rules", rows))

    def do_guide(self) -> None:
        """Shows the four steps."""
        self.app.push_screen(Guide(self.view))

    def do_present(self) -> None:
        """Shows what is undecided, one after the other, for a projector."""
        if self.view is None:
            return
        agenda = [c for c in self.view.ordered if c.stage in OPEN_STAGES and c.kind != "ballot"]
        chosen = self.state().card
        first = agenda.index(chosen) if chosen in agenda else 0

        def show(found: dict[str, Sequence[ClauseChange]]) -> None:
            items = [(card, tuple(found[card.id])) for card in agenda]
            self.app.push_screen(Present(items, first))

        self.work("Preparing the agenda", partial(self._changes, agenda), show)

    def do_check(self) -> None:
        """Lists the problems in the working tree."""
        from manifesto_tui.tui.draw.report import problem_rows
        from manifesto_tui.workflow.reading import check

        def show(rows: list[Row]) -> None:
            self.app.push_screen(Report("Check", rows))

        self.work("Checking", lambda: problem_rows(self.session.call(check)), show)

    def do_publish(self) -> None:
        """Asks which format and where, and writes the file."""

        def send(values: Values) -> str:
            return self._publish(FORMATS[values["format"]], values["path"].strip())

        def written(values: Values) -> Part:
            return join(
                ("writes the file ", "quiet"),
                line(values["path"] or "…", "number"),
                ("; the record stays as it is.", "quiet"),
            )

        name = self.view.assembly.manifesto.title if self.view else "manifesto"
        from manifesto_tui.prose import slug_of

        fields = (
            Field("format", "Format", choices=tuple(FORMATS)),
            Field("path", "File", f"{slug_of(name)}.md", "in the folder you started from"),
        )
        form = Form("Publish the text", fields, send, (), written, "Writing", verb="write")
        self.app.push_screen(form, lambda said: self.say(line(said, "good")) if said else None)

    def _publish(self, format: str, path: str) -> str:
        from manifesto_tui.workflow.publishing import publish, write_file

        if not path:
            raise BadInput("no-path", "No file is named.", "Name one.")
        target = Path(path).expanduser()
        notes: list[str] = []
        content = self.session.call(lambda desk: publish(desk, format, tell=notes.append))
        try:
            write_file(target, content)
        except OSError as problem:
            raise Unavailable(
                "not-written", f"{target} cannot be written: {problem.strerror}.", "Name another."
            ) from None
        return " ".join((f"✓ Wrote {target}.", *notes, "Delete the file to undo it."))

    def do_copy(self) -> None:
        """Copies the selected clause, or the id of the amendment."""
        card, place = self.state().card, self.reading.place
        if self.mode == "read" and place:
            self.app.copy_to_clipboard(place[1].text)
            self.say(words("Copied the clause.", "quiet"))
        elif card:
            self.app.copy_to_clipboard(card.id)
            self.say(join("Copied ", line(card.id, "key"), "."))

    def do_theme(self) -> None:
        """Changes to the next colours."""
        names = [theme.name for theme in THEMES]
        at = names.index(self.app.theme) if self.app.theme in names else -1
        self.app.theme = names[(at + 1) % len(names)]
        self.say(words(f"Colours: {self.app.theme}.", "quiet"))
