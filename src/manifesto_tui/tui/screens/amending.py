"""Does what actions ask for on an amendment that is there already: revises it, words it otherwise.

One method an action, as in `drafting`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.when import minute
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.form import Field, Form, Values, writes
from manifesto_tui.tui.screens.sending import Sending

if TYPE_CHECKING:
    from manifesto_tui.governance.rebasing import Rebased
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.drafting import Draft


class Amending(Sending):
    """The part of the main screen that changes amendments."""

    def do_revise(self) -> None:
        """Opens the editor on one's own amendment."""
        self._rewrite("revision")

    def do_word_otherwise(self) -> None:
        """Opens the editor on another's amendment."""
        self._rewrite("wording")

    def do_edit_outside(self) -> None:
        """Opens the selected clause, or one's own amendment, in the reader's own editor."""
        if self.mode == "amendments":
            self._rewrite("revision", outside=True)
        else:
            super().do_edit_outside()

    def _rewrite(self, purpose: Literal["revision", "wording"], outside: bool = False) -> None:
        card = self.state().card
        if card is None:
            return

        def begin() -> Draft:
            from manifesto_tui.workflow import drafting

            return self.session.call(lambda desk: drafting.begin_again(desk, purpose, card.id))

        open_it = partial(self.open_editor, outside=outside)
        self.work("Opening the editor", begin, open_it, opens=True)

    def do_rebase(self) -> None:
        """Shows what the amendment would say on the text of today, and asks."""
        card = self.state().card
        amendment = card.proposal.amendment if card else None
        if self.view is None or card is None or amendment is None:
            return
        from manifesto_tui.governance.rebasing import rebase as drawn_up

        try:
            rebased = drawn_up(self.view.assembly.text, amendment.changes)
        except ManifestoError as problem:
            self.refused(problem)
            return
        from manifesto_tui.workflow import revising

        path = f"{card.proposal.folder}/revision-{amendment.revision + 1}.yaml"
        form = Form(
            join(("Fit to the text ", "strong"), line(card.id, "key"), " ", line(card.title)),
            (),
            lambda values: self.session.call(
                lambda desk: revising.rebase(desk, card.id, confirm=True)
            ),
            _rebased_rows(rebased),
            lambda values: writes(path),
        )
        self.app.push_screen(form, lambda done: self.recorded("rebase", done, card.id))

    def do_accept(self) -> None:
        """Asks before another's wording becomes the next revision of one's own amendment."""
        card = self.state().card
        wording = card.proposal.amendment if card else None
        if self.view is None or card is None or wording is None:
            return
        target = self.view.by_id[wording.amends]
        from manifesto_tui.workflow import revising

        told = (
            Passage(
                join(
                    "It becomes the next revision of ",
                    line(target.id, "key"),
                    ", with your name and that of ",
                    line(wording.proposer, "strong"),
                    ". Title and reasons stay yours; seconds are given anew.",
                )
            ),
        )
        number = (target.proposal.amendment.revision if target.proposal.amendment else 1) + 1
        path = f"{target.proposal.folder}/revision-{number}.yaml"
        form = Form(
            join(("Accept the wording ", "strong"), line(card.id, "key"), " ", line(card.title)),
            (),
            lambda values: self.session.call(lambda desk: revising.accept(desk, card.id)),
            told,
            lambda values: writes(path),
        )
        self.app.push_screen(form, lambda done: self.recorded("accept", done, target.id))

    def do_comment_hide(self) -> None:
        """Asks which comment, then why."""
        state = self.state()
        card, member = state.card, state.member
        if card is None or member is None:
            return
        from manifesto_tui.governance.discussion import may_hide

        entries = [
            Entry(
                said.comment.name,
                join(line(said.comment.member, "strong"), "  ", line(said.comment.text)),
                f"{said.comment.member} {said.comment.text}",
                tail=words(minute(said.comment.at), "quiet"),
            )
            for said in card.discussion
            if said.hidden is None and may_hide(member, said.comment)
        ]
        finder = Finder("Hide which comment?", entries, "find a comment")
        self.app.push_screen(finder, lambda name: self._hide(card, name) if name else None)

    def _hide(self, card: Card, name: str) -> None:
        from manifesto_tui.workflow import discussing

        def send(desk: Desk, card: Card, values: Values) -> Recorded:
            return discussing.hide(desk, card.id, name, values["reason"])

        self.confirm(
            "Hide a comment on",
            "The comment stays in the record; what is shown is that it is hidden, and why.",
            "comments/",
            send,
            Field("reason", "Reason", hint="others read it"),
            keep="hide",
            about=name,
        )

    def say_on(self, draft: Draft) -> None:
        """Goes on with what one was about to say, or asks to discard what nobody can say now."""
        named, _, about = draft.target.partition(" ")
        self.switch("amendments")
        self.amendments.filter("")
        self.amendments.list.select(named)
        card = self.state().card
        action = BY_ID["comment.hide" if draft.purpose == "hide" else draft.purpose]
        why_not = action.why_not(self.state())
        if card is None or card.id != named or why_not:
            told = why_not or f"There is no amendment {named}."
            self.discard(draft, settings_of(self).told(told).plain)
        elif draft.purpose == "hide":
            self._hide(card, about)
        elif draft.purpose == "comment":
            self.comment_on(about)
        else:
            self.act(action.id)

    def do_ballot_open(self) -> None:
        """Looks which rivals there are, and asks until when the ballot is open."""
        card = self.state().card
        if card is None:
            return

        def look() -> dict[str, str]:
            from manifesto_tui.workflow import deciding

            return self.session.call(lambda desk: deciding.proposed_rivals(desk, card.id))

        self.work("Looking for rivals", look, self._ask_open, opens=True)

    def _ask_open(self, rivals: dict[str, str]) -> None:
        from manifesto_tui.governance.rules import what_carries
        from manifesto_tui.workflow import deciding
        from manifesto_tui.workflow.when import read_when

        card = self.state().card
        rules = self.view.assembly.rules if self.view else None
        days = f"{rules.voting_days}d" if rules and rules.voting_days else "7d"
        asks = [card.entrenched if card else "", *(what_carries(rules) if rules else ())]
        told = "From then on its text is fixed, and everyone on the roll may vote.\n"
        told += " ".join(filter(None, asks))
        for name, why in rivals.items():
            told += f"\n⚡ {name} is a rival. {why}"
        if rivals:
            told += "\nOne ballot can rank them all with the text as it is: leave them named below."

        def send(desk: Desk, card: Card, values: Values) -> Recorded:
            ids = [card.id, *values["rivals"].replace(",", " ").split()]
            return deciding.open_ballot(desk, ids, read_when(values["closes"], desk.now()))

        self.confirm(
            "Open the ballot on",
            told,
            "ballot.yaml",
            send,
            Field(
                "closes",
                "Closes",
                days,
                "14d is a fortnight, 2h are two hours; or a day, as 2026-12-01",
            ),
            Field(
                "rivals",
                "Together with",
                " ".join(rivals),
                "short names of rivals, to be ranked with it",
            ),
        )


def _rebased_rows(rebased: Rebased) -> tuple[Row, ...]:
    if rebased.is_same:
        told = "The same words go and come as before: nobody needs to be asked."
        return (Passage(words(told, "good"), lead=words("✓ ", "good")),)
    asked: list[Row] = [
        Passage(words("Nobody has agreed to this yet. Is it what you mean?", "warn"))
    ]
    asked += [Passage(line(each), lead=words("? ", "mark"), above=1) for each in rebased.confirm]
    return tuple(asked)
