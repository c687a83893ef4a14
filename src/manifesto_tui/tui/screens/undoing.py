"""Says what was recorded, and takes one's last act back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.finding import Finding
from manifesto_tui.tui.screens.form import Form

if TYPE_CHECKING:
    from manifesto_tui.workflow.desk import Recorded
    from manifesto_tui.workflow.undoing import Undo
    from manifesto_tui.workflow.ways import By, Told


# What does here what a verb does; what is recorded last, the key that undoes takes back.
_ACTIONS = {
    "comment": "comment",
    "proxy accept": "proxy.accept",
    "proxy give": "proxy.give",
    "proxy withdraw": "proxy.withdraw",
    "roll admit": "people.admit",
    "roll retire": "undo",
    "roll steward": "people.steward",
    "sign-on": "sign",
    "undo": "undo",
    "withdraw": "undo",
}


class Undoing(Finding):
    """The part of the main screen that looks back at what was just written."""

    last: str = ""
    no_undo: str = ""

    def recorded(self, act: str, recorded: Recorded | None, id: str = "") -> None:
        """Says what was recorded and how to undo it, and reads again."""
        if recorded is None:
            return
        named = id
        if act == "propose":
            named = recorded.paths[0].split("/")[-2].partition("-")[0]
        said = join(
            ("✓ Recorded: ", "good"),
            line(recorded.subject, "strong"),
            line(f" ({recorded.commit[:7]}). "),
            self._how_to_undo(recorded.undo),
        )
        self.load(said, named or None)
        self.last = recorded.commit
        self.work("", self._why_no_undo, self._undo_known)

    def _how_to_undo(self, told: Told) -> Content:
        keys = settings_of(self)

        def worded(part: str | By) -> Content:
            if isinstance(part, str):
                return line(part, "quiet")
            action = _ACTIONS.get(part.verb)
            return keys.told(f"{{{action}}}") if action else line(part.command, "quiet")

        return join(*map(worded, told))

    def _why_no_undo(self) -> str:
        try:
            self._find_undo()
        except ManifestoError as problem:
            return f"{problem.sentence} {problem.hint}"
        return ""

    def _undo_known(self, why_not: str) -> None:
        self.no_undo = why_not
        self.tell()

    def _find_undo(self) -> Undo:
        from manifesto_tui.workflow.undoing import find_undo

        return self.session.call(lambda desk: find_undo(desk, self.last))

    def do_undo(self) -> None:
        """Shows what would take the last act back, and asks."""
        from manifesto_tui.tui.draw.rules import rules_rows

        def ask(undo: Undo) -> None:
            told = (
                Passage(join(("undoes ", "quiet"), line(undo.of, "strong"))),
                Passage(line(undo.told), above=1),
                *rules_rows(undo.rules),
            )
            form = Form(
                "Undo what you did last",
                (),
                lambda values: self.session.call(undo.make),
                told,
                lambda values: words(
                    "writes one commit; what it undoes stays in the record.", "quiet"
                ),
                "Taking it back",
                verb="undo",
            )
            self.app.push_screen(form, lambda done: self.recorded("undo", done))

        self.work("Looking what was last", self._find_undo, ask, opens=True)
