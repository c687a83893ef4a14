"""Does what actions ask for on the way to a decision: seconds, says, votes, withdraws, counts.

One method an action, as in `drafting`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.drafting import Drafting
from manifesto_tui.tui.screens.form import Field, Form, Values, writes

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.tui.keeping import Keeper
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.drafting import Purpose


class Deciding(Drafting):
    """The part of the main screen that decides."""

    def do_vote(self) -> None:
        """Reads the ballot again, then asks for the vote."""
        card = self.state().card
        if card is None or self.view is None:
            return
        seen = card.ballot.effect if card.ballot else ""
        self.work(
            "Reading the ballot",
            lambda: self.session.call(lambda desk: _ballot(desk, card.id)),
            lambda found: self._ask_vote(*found, seen),
            opens=True,
        )

    def _ask_vote(
        self,
        card: Card,
        shown: list[tuple[str, tuple[ClauseChange, ...]]],
        asked: tuple[str, ...],
        seen: str,
    ) -> None:
        from manifesto_tui.tui.screens.vote import VoteDialog

        if self.view is None or card.ballot is None:
            return
        moved = bool(seen) and card.ballot.effect != seen
        keeper = self.keeper("vote", card.id)
        dialog = VoteDialog(self.session, self.view, card, shown, asked, moved, keeper)

        def voted(done: Recorded | None) -> None:
            # Who has many votes to cast goes on with the next.
            following = self.amendments.after_vote(card) if self.mode == "amendments" else card.id
            self.said_in(keeper, "vote", done, following)

        self.app.push_screen(dialog, voted)

    def keeper(self, purpose: Purpose, target: str) -> Keeper:
        """Returns what keeps the words of a dialog, with those that were kept before."""
        from manifesto_tui.tui.keeping import Keeper
        from manifesto_tui.workflow import drafting

        assert self.view is not None, "a dialog opens over what was read"
        fresh = drafting.blank(self.view.handle, purpose, target, self.view.assembly.commit)
        kept = next((draft for draft in self.drafts if draft.id == fresh.id), fresh)
        return Keeper(self, self.session, kept)

    def said_in(self, keeper: Keeper, act: str, done: Recorded | None, id: str) -> None:
        """Takes in what a dialog recorded; or keeps its words, where it was left."""
        if done is None:
            keeper.left(self.load_drafts)
        else:
            keeper.gone(lambda: self.recorded(act, done, id))

    def do_second(self) -> None:
        """Asks before seconding."""
        from manifesto_tui.workflow import proposing

        self.confirm(
            "Second",
            "You support putting it to the vote. That stands in the record for good.",
            "seconds/",
            lambda desk, card, values: proposing.second(desk, card.id),
        )

    def do_comment(self) -> None:
        """Asks for the words of a comment, on the amendment or on words of the clause."""
        place = self.reading.place if self.mode == "read" else None
        self.comment_on(place[1].anchor or "" if place else "")

    def comment_on(self, clause: str) -> None:
        """Asks for the words of a comment on the selected amendment, or on one of its clauses."""
        from manifesto_tui.workflow import discussing

        def send(desk: Desk, card: Card, values: Values) -> Recorded:
            return discussing.comment(desk, card.id, values["text"], clause, values["quote"])

        self.confirm(
            "Comment on",
            "",
            "comments/",
            send,
            Field("text", "What you say", hint="open to all, and it stays", lines=6),
            Field("quote", "About the words", hint="copied as they stand; empty for all of it"),
            keep="comment",
            about=clause,
        )

    def do_withdraw(self) -> None:
        """Asks before withdrawing."""
        from manifesto_tui.workflow import revising

        self.confirm(
            "Withdraw",
            "It stays in the record as withdrawn; to go back, propose it again.",
            "withdrawal.yaml",
            lambda desk, card, values: revising.withdraw(desk, card.id, values["reason"]),
            Field("reason", "Reason", hint="optional"),
            keep="withdraw",
        )

    def do_decide(self) -> None:
        """Shows the count, and asks before the decision is written."""
        from manifesto_tui.workflow import deciding

        card = self.state().card
        told = card.tally.said if card and card.tally else ""
        self.confirm(
            "Decide",
            told,
            "decision.yaml, and the text where it carried,",
            lambda desk, card, values: deciding.decide(desk, card.id),
        )

    def confirm(
        self,
        verb: str,
        told: str,
        path: str,
        send: Callable[[Desk, Card, Values], Recorded],
        *fields: Field,
        keep: Purpose | None = None,
        about: str = "",
    ) -> None:
        """Asks before something is done to the selected amendment, and says what it writes.

        `keep` keeps what is typed into the fields as a draft for that, `about` a part of it.
        """
        card = self.state().card
        if card is None:
            return
        keeper = self.keeper(keep, f"{card.id} {about}".strip()) if keep else None
        if keeper:
            kept = (keeper.draft.text, keeper.draft.title)
            fields = tuple(replace(f, value=v) for f, v in zip(fields, kept, strict=False))
        name = join((f"{verb} ", "strong"), line(card.id, "key"), " ", line(card.title))

        def written(values: Values) -> Part:
            place = f"{card.proposal.folder}/{path}"
            if values.get("rivals", "").strip():
                place = "a ballot of their own under proposals/"
            return writes(place)

        form = Form(
            name,
            fields,
            lambda values: self.session.call(lambda desk: send(desk, card, values)),
            tuple(Passage(words(part)) for part in told.split("\n") if part),
            written,
        )
        act = verb.partition(" ")[0].casefold()
        if keeper is None:
            self.ask(form, lambda done: self.recorded(act, done, card.id), f"{act} {card.id}")
            return
        form.typed = lambda values: keeper.said(*values.values())
        self.app.push_screen(form, lambda done: self.said_in(keeper, act, done, card.id))


def _ballot(
    desk: Desk, id: str
) -> tuple[Card, list[tuple[str, tuple[ClauseChange, ...]]], tuple[str, ...]]:
    from manifesto_tui.workflow.counting import rules_told
    from manifesto_tui.workflow.reading import card

    desk.reload()
    found = card(desk, id)
    ids = [option.amendment for option in found.ballot.options] if found.ballot else []
    texts = [card(desk, option) for option in ids]
    asked = rules_told(desk, found.ballot) if found.ballot else ()
    return found, [(f"{text.id} {text.title}", text.changes) for text in texts], asked
