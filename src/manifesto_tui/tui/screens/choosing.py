"""Asks which of two acts shall stand, where what one recorded met what others sent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from manifesto_tui.governance.problem import Refused
from manifesto_tui.tui.actions import BY_ID, Action, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.changes import change_rows
from manifesto_tui.tui.draw.rules import signed_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.workflow.weighing import Choice, Side


class Choosing(Dialog[Content]):
    """Shows both acts, nothing chosen beforehand; leaves with what to say of what was done."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("choice")]
    actions: tuple[Action, ...] = (
        BY_ID["choice.mine"],
        BY_ID["choice.theirs"],
        BY_ID["dialog.send"],
        BY_ID["dialog.cancel"],
    )

    def __init__(self, session: Session, choice: Choice) -> None:
        super().__init__("Which of the two shall stand?")
        self.session = session
        self.choice = choice
        self.stands = ""

    def most(self) -> int:
        """Returns how many lines of both acts are in sight at once; what choosing does stays so."""
        height = self.app.size.height
        return super().most() if height < 30 else height * 9 // 10 - 9

    def inside(self) -> ComposeResult:
        """Yields both acts, then what choosing would do."""
        yield Rows(id="shown", picks=False, fit=self.most())
        yield Rows(id="written", picks=False, still=True, fit=3)

    def on_mount(self) -> None:
        """Shows both."""
        super().on_mount()
        shown = self.query_one("#shown", Rows)
        shown.show(choice_rows(self.choice))
        shown.focus()
        self._tell()

    def action_choose(self, whose: str) -> None:
        """Marks one of them."""
        self.stands = whose
        self._tell()

    def _tell(self) -> None:
        name = line(f"“{self.choice.kept.subject}”", "strong")
        written = {
            "": settings_of(self).told(
                "{choice.mine} for yours, {choice.theirs} for theirs; nothing is written yet.",
                "quiet",
            ),
            "mine": join(
                ("yours: ", "key"),
                ("records ", "quiet"),
                name,
                (" anew over theirs, as one commit; theirs stays in the record.", "quiet"),
            ),
            "theirs": join(
                ("theirs: ", "key"),
                ("writes nothing, and lets ", "quiet"),
                name,
                (" go for good: it was never sent, and cannot be had back.", "quiet"),
            ),
        }[self.stands]
        self.query_one("#written", Rows).show([Passage(written)], top=True)

    def action_send(self) -> None:
        """Does what was chosen."""
        commit, mine = self.choice.kept.commit, self.stands == "mine"
        if not self.stands:
            nothing = Refused("no-choice", "Nothing is chosen yet.", "Choose yours or theirs.")
            self.refused(nothing)
            return

        def send() -> str:
            from manifesto_tui.workflow import settling

            if mine:
                recorded = self.session.call(lambda desk: settling.choose_mine(desk, commit))
                return recorded.subject
            return self.session.call(lambda desk: settling.choose_theirs(desk, commit)).subject

        def sent(subject: str) -> None:
            told = "✓ Recorded over theirs: " if mine else "✓ Let go, so that theirs stands: "
            then = settings_of(self).told("; {sync} sends it." if mine else ".")
            self.leave(join((told, "good"), line(subject, "strong"), then))

        self.work("Recording" if mine else "Letting it go", send, sent, opens=True)


def choice_rows(choice: Choice) -> list[Row]:
    """Returns the rows that show why both cannot stand, then either side."""
    rows: list[Row] = []
    if choice.why:
        rows.append(Passage(line(choice.why, "warn"), lead=words("⚡ ", "warn")))
    rows += _side("yours, not sent", choice.mine)
    rows += _side("theirs, sent first", choice.theirs)
    return rows


def _side(whose: str, side: Side) -> list[Row]:
    rows: list[Row] = [Divider(words(whose, "key"), above=1)]
    rows += [Passage(join(line(f"{name}: ", "quiet"), line(said))) for name, said in side.acts]
    rows += change_rows(side.changes)
    rows += signed_rows(side.lines)
    if not (side.changes or side.lines):
        rows.append(Passage(words("It changed none of the same words.", "quiet")))
    return rows
