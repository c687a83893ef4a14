"""Asks for a vote: who you are, which text it is about, nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import TextArea

from manifesto_tui.governance.ballot import STATUS_QUO, Ballot
from manifesto_tui.governance.moment import until
from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import ClauseChange
from manifesto_tui.tui.actions import BY_ID, Action, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.cards import collision_rows
from manifesto_tui.tui.draw.changes import change_rows
from manifesto_tui.tui.draw.rules import asked_rows, rules_rows
from manifesto_tui.tui.draw.tally import tally_rows
from manifesto_tui.tui.draw.when import moment
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.tui.widgets.typed import TypedArea

if TYPE_CHECKING:
    from manifesto_tui.tui.keeping import Keeper
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.deciding import PlannedVote
    from manifesto_tui.workflow.desk import Recorded

Shown = Sequence[tuple[str, Sequence[ClauseChange]]]

_MEANS = {
    "for": "adopt these words",
    "against": "keep the text as it is",
    "abstain": "be counted as present, for neither side",
    "object": "block it with a reason, until that is answered",
}


class VoteDialog(Dialog["Recorded"]):
    """Takes one vote on one ballot. `shown` are the changes by title of the text they make.

    `asked` says in sentences what the ballot takes to carry. That and the count so far stand after
    the changes: who only reads these has all that is voted on.
    `keeper` keeps the reason as it is typed; what is chosen is never kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("vote"),
    ]
    actions: tuple[Action, ...] = (
        BY_ID["dialog.send"],
        BY_ID["vote.down"],
        BY_ID["vote.up"],
        BY_ID["dialog.cancel"],
    )

    def __init__(
        self,
        session: Session,
        view: View,
        card: Card,
        shown: Shown,
        asked: Sequence[str] = (),
        moved: bool = False,
        keeper: Keeper | None = None,
    ) -> None:
        # Of rivals all are voted on: that is the ballot's, whichever of them was selected.
        on = view.by_id.get(card.ranked_on, card)
        super().__init__(join(("Vote on ", "strong"), line(on.id, "key"), " ", line(on.title)))
        assert card.ballot is not None, "there is a ballot to vote on"
        self.session = session
        self.view = view
        self.card = card
        self.on = on
        self.ballot: Ballot = card.ballot
        self.shown = shown
        self.asked = asked
        self.moved = moved
        self.keeper = keeper
        self.choice = ""
        self.ranking: list[str] = []
        self.planned: PlannedVote | None = None

    def inside(self) -> ComposeResult:
        """Yields who votes, what on, the choices, the reason."""
        yield Line(id="who")
        yield Rows(id="shown", picks=False, fit=self.most())
        yield Rows(id="choices", fit=6, offers=True)
        yield Line(id="label-reason", classes="field")
        reason = self.keeper.draft.text if self.keeper else ""
        yield TypedArea(reason, id="reason", soft_wrap=True, tab_behavior="focus", compact=True)
        yield Rows(id="written", picks=False, still=True, fit=5)

    def most(self) -> int:
        """Returns how many lines of the change are in sight at once."""
        if self._is_tiny:  # All of it: the whole box scrolls.
            return 200
        # In a box of nearly the whole height all else takes 17 lines, and the choices.
        left = int(self.app.size.height * 0.92) - 19 - len(self._options())
        return 5 if self.app.size.height < 30 else max(left, 5)

    @property
    def _is_tiny(self) -> bool:
        return self.app.size.height < 18

    def on_mount(self) -> None:
        """Shows the text first; nothing is chosen."""
        super().on_mount()
        member = self.view.member
        who = f"{member.name} ({member.handle})" if member else self.view.handle or ""
        where = f", {member.constituency}" if member and member.constituency else ""
        others = ", ".join(self._represented())
        also = (f", and for {others} by proxy", "mark") if others else ""
        self.query_one("#who", Line).show(
            join(("  you: ", "quiet"), line(who, "strong"), line(where, "quiet"), also),
            join(("text ", "quiet"), line(digests(self.ballot), "number"), " "),
        )
        self.query_one("#shown", Rows).show(self._text_rows())
        ranked = self.ballot.ranked
        label = "  Reason" + ("" if ranked else " (others will read it)")
        self.query_one("#label-reason", Line).show(words(label, "strong"))
        choices = self.query_one("#choices", Rows)
        reason = self.query_one("#reason", TextArea)
        reason.move_cursor(reason.document.end)
        self._tell()
        # Where there is no room for both the change is read first, then comes what to choose.
        self.is_read = not self._is_tiny
        choices.focus()

    def _represented(self) -> list[str]:
        """Returns who is represented by the vote that is cast here."""
        proxies = self.card.tally.proxies if self.card.tally else ()
        return [
            judged.proxy.giver
            for judged in proxies
            if judged.proxy.holder == self.view.handle and judged.code in ("", "silent")
        ]

    def _text_rows(self) -> list[Row]:
        rows: list[Row] = []
        if self.moved:
            rows.append(
                Passage(
                    words(
                        "The text changed since you last saw it; this is what is voted on.", "warn"
                    ),
                    lead=words("⚡ ", "warn"),
                )
            )
        rows += collision_rows(self.on)
        for title, changes in self.shown:
            if len(self.shown) > 1:
                rows.append(Divider(line(title, "title"), above=1 if rows else 0))
            rows += change_rows(changes)
        rows += rules_rows(self.card.rules) + asked_rows(self.asked)
        if self.card.tally:
            rows.append(Divider(words("the count so far", "quiet"), above=1))
            rows += tally_rows(self.card.tally)
        return rows

    def _options(self) -> tuple[str, ...]:
        if self.ballot.ranked:
            return (*(option.amendment for option in self.ballot.options), STATUS_QUO)
        return self.ballot.choices

    def _tell(self) -> None:
        rows: list[Row] = []
        for name in self._options():
            if self.ballot.ranked:
                place = f"{self.ranking.index(name) + 1}." if name in self.ranking else "  "
                lead = join((f"{place} ", "key"))
                card = self.view.by_id.get(name)
                title = card.title if card else "the text as it is"
                body = join(line(name, "key"), " ", line(title))
            else:
                on_it = name == self.choice
                lead = join(("(•) " if on_it else "( ) ", "key" if on_it else "quiet"))
                body = join(line(name, "strong"), (f"  {_MEANS.get(name, '')}", "quiet"))
            rows.append(Passage(body, key=name, lead=lead, clip=True))
        with self.prevent(Rows.Moved):
            self.query_one("#choices", Rows).show(rows)
        self._tell_written()

    def _replaced(self) -> str:
        if self.planned is None or (old := self.planned.replaces) is None:
            return ""
        ranked = ["the text as it is" if name == STATUS_QUO else name for name in old.ranking]
        return f". It replaces your vote “{old.choice or ', then '.join(ranked)}”"

    def _tell_written(self) -> None:
        closes = self.ballot.closes
        when = f"{moment(closes)}, {until(closes, self.view.now)}"
        if self.planned is None:
            ask = (
                "Rank the texts: {list.enter} gives the next place, {vote.clear} takes all back."
                if self.ballot.ranked
                else "Choose with {list.enter}; nothing is written yet."
            )
            told = settings_of(self).told
            parts: list[Part] = [told(f"{ask} The ballot closes {when}.", "quiet")]
        else:
            subject = self.planned.message.partition("\n")[0]
            parts = [
                ("writes ", "quiet"),
                line(self.planned.path, "number"),
                (" as one commit, ", "quiet"),
                line(f"“{subject}”"),
                line(self._replaced(), "quiet"),
                (f". You may change it until {when}, by voting again.", "quiet"),
            ]
            if self.ballot.ranked:
                parts.append(settings_of(self).told(" {vote.clear} takes the order back.", "quiet"))
        self.query_one("#written", Rows).show([Passage(join(*parts))], top=True)

    def reveal(self) -> None:
        """Brings in sight what would be written, and the choices once they may be seen."""
        if not self.is_read:
            return
        if self.planned and not self._is_tiny:  # There it stands a screen below the choices.
            self.query_one("#written").scroll_visible(animate=False)
        super().reveal()

    @on(Rows.Moved, "#choices")
    def _go_on(self) -> None:
        self.is_read = True
        self.reveal()

    @on(Rows.Chosen, "#choices")
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        if not self.is_read:  # Nobody chooses what they do not see.
            self._go_on()
            return
        if self.ballot.ranked:
            if event.key not in self.ranking:
                self.ranking.append(event.key)
            done = len(self.ranking) == len(self._options())
        else:
            self.choice, done = event.key, True
        if done:
            self._plan()
        self._tell()
        if not self.ballot.ranked:
            self.query_one("#reason", TextArea).focus()
        elif not done:  # To the next without a place; a whole order may still be taken back here.
            at = self._options().index(event.key)
            around = (*self._options()[at:], *self._options()[:at])
            following = next(name for name in around if name not in self.ranking)
            self.query_one("#choices", Rows).select(following)

    @on(TextArea.Changed, "#reason")
    def _reasoned(self, event: TextArea.Changed) -> None:
        if self.keeper:
            self.keeper.said(event.text_area.text)

    def action_clear(self) -> None:
        """Takes all places of a ranking back."""
        self.ranking.clear()
        self.planned = None
        self._tell()
        self.query_one("#choices", Rows).select(self._options()[0])

    def action_read(self, by: int) -> None:
        """Scrolls the text that is voted on."""
        shown = self.query_one("#shown", Rows)
        place = shown if shown.max_scroll_y else self.query_one("#box")
        place.scroll_relative(y=by, animate=False)

    def _plan(self) -> None:
        name, choice, ranking = self.card.id, self.choice or None, tuple(self.ranking)
        effect = self.ballot.effect

        def plan() -> PlannedVote:
            from manifesto_tui.workflow.deciding import plan_vote

            return self.session.call(
                lambda desk: plan_vote(desk, name, choice, ranking, "", seen_effect=effect)
            )

        def planned(made: PlannedVote) -> None:
            self.planned = made
            self._tell_written()
            self.reveal()

        self.work("", plan, planned)

    def action_send(self) -> None:
        """Records the vote on exactly the text that was shown."""
        if not self.choice and len(self.ranking) != len(self._options()):
            nothing = "Nothing is chosen yet." if not self.ballot.ranked else "Rank all of them."
            there = settings_of(self).told("Choose above, with {list.enter}.").plain
            self.refused(Refused("no-choice", nothing, there))
            self.query_one("#choices", Rows).focus()
            return
        name, choice, ranking = self.card.id, self.choice or None, tuple(self.ranking)
        reason, effect = self.query_one("#reason", TextArea).text.strip(), self.ballot.effect

        def send() -> Recorded:
            from manifesto_tui.workflow.deciding import vote

            return self.session.call(
                lambda desk: vote(desk, name, choice, ranking, reason, seen_effect=effect)
            )

        self.work("Recording your vote", send, self.leave, opens=True)


def digests(ballot: Ballot) -> str:
    """Returns the first characters of the digests of the texts on a ballot."""
    return " ".join(o.effect.removeprefix("sha256:")[:10] for o in ballot.options)
