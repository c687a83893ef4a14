"""Does what actions ask for that begins with words: opens the editor, lists drafts, takes files in.

One method an action, named after it. What each writes is shown before and confirmed after,
with how to undo it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from manifesto_tui.tui.draw.drafts import AFTER, about
from manifesto_tui.tui.draw.when import minute
from manifesto_tui.tui.keeping import SAYINGS
from manifesto_tui.tui.safe import join, line, opening, words
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.form import Values
from manifesto_tui.tui.screens.undoing import Undoing

if TYPE_CHECKING:
    from manifesto_tui.tui.keeping import Keeper
    from manifesto_tui.tui.screens.importing import Taken
    from manifesto_tui.workflow.desk import Recorded
    from manifesto_tui.workflow.drafting import Draft


class Drafting(Undoing):
    """The part of the main screen that writes words."""

    def do_amend(self) -> None:
        """Opens the editor on the selected clause."""
        if place := self.reading.place:
            self._write("amendment", place[1].anchor or "", place[1].text)

    def do_insert(self) -> None:
        """Opens the editor on a new clause after the selected one."""
        if place := self.reading.place:
            self._write("amendment", f"{AFTER}{place[1].anchor}", "")

    def do_edit_outside(self) -> None:
        """Opens the selected clause in the reader's own editor."""
        if place := self.reading.place:
            self._write("amendment", place[1].anchor or "", place[1].text, outside=True)

    def do_edit(self) -> None:
        """Opens the editor on the document of the selected clause."""
        from manifesto_tui.prose import without_anchors

        if self.view and (place := self.reading.place):
            source = self.view.assembly.text.sources[place[0]]
            self._write("edit", place[0], without_anchors(source), at=place[1].anchor or "")

    def _write(
        self,
        purpose: Literal["amendment", "edit"],
        target: str,
        agreed: str,
        outside: bool = False,
        at: str = "",
    ) -> None:
        def begin() -> Draft:
            from manifesto_tui.workflow import drafting

            return self.session.call(lambda desk: drafting.begin(desk, purpose, target, agreed))

        def begun(draft: Draft) -> None:
            # The text may have moved since the draft was begun: compare with what is agreed now.
            self.open_editor(replace(draft, agreed=agreed), outside, at)

        self.work("Opening the editor", begin, begun, opens=True)

    def open_editor(self, draft: Draft, outside: bool = False, at: str = "") -> None:
        """Opens the editor on a draft, at a clause; what it recorded is read again."""
        from manifesto_tui.tui.screens.editor import EditorScreen

        if self.view is None:
            return
        editor = EditorScreen(self.session, self.view, draft, outside, at)
        self.app.push_screen(editor, self.edited)

    def edited(self, recorded: Recorded | None) -> None:
        """Takes in what the editor did."""
        if recorded is not None:
            self.recorded("propose" if "/amendment.yaml" in recorded.paths[0] else "", recorded)
        else:
            self.load_drafts()

    def do_drafts(self) -> None:
        """Lists the drafts, to go on with one."""
        text = self.view.assembly.text if self.view else None
        entries = [
            Entry(
                draft.id,
                join(line(about(draft, text), "strong"), "  ", opening(draft.text, "quiet", 60)),
                f"{draft.target} {draft.title} {draft.text}",
                lead=words("✎ ", "mark"),
                tail=words(minute(draft.saved), "quiet"),
            )
            for draft in self.drafts
        ]
        self.app.push_screen(Finder("Drafts", entries, "find a draft"), self.resume)

    def do_import(self) -> None:
        """Asks for a document from outside, then shows what it would file."""
        from manifesto_tui.tui.screens.importing import Showing, asking, filing

        def show(taken: Taken | None, document: Keeper) -> None:
            if taken is None:
                document.left(lambda: None)
                return
            go_on = partial(ask, taken, document)
            self.app.push_screen(Showing(taken), lambda agreed: go_on() if agreed else None)

        def ask(taken: Taken, document: Keeper) -> None:
            self.ask(filing(self.session, taken), partial(filed, document), "propose a document")

        def filed(document: Keeper, done: Recorded | None) -> None:
            if done is not None:
                document.gone(lambda: self.recorded("propose", done))

        # The document itself is kept until what it says was filed.
        self.keep_asking(asking(self.session), show, "take in a document")

    def resume(self, name: str | None) -> None:
        """Goes on with the draft of this id."""
        for draft in self.drafts:
            if draft.id == name and draft.purpose in SAYINGS:
                self.say_on(draft)
            elif draft.id == name:
                self.open_editor(draft)

    def say_on(self, draft: Draft) -> None:
        """Goes on with what one was about to say of an amendment."""
        raise NotImplementedError

    def discard(self, draft: Draft, told: str) -> None:
        """Asks before a draft is thrown away."""
        from manifesto_tui.tui.screens.filing import discarding_form
        from manifesto_tui.workflow import drafting

        def send(values: Values) -> bool:
            self.session.call(lambda desk: drafting.discard(desk, draft))
            return True

        form = discarding_form(draft.text, words(told, "warn"), send)
        self.app.push_screen(form, lambda done: self.load_drafts())
