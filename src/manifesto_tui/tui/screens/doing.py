"""Does what actions ask for: opens dialogs and the editor, and says what was recorded.

One method an action, named after it. What each writes is shown before and confirmed after,
with how to undo it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from textual import on
from textual.content import Content

from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.tui.draw.when import moment
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.dialog import Field, Form, Report, Values
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.together import Heard, Together, Transfer
from manifesto_tui.tui.screens.undoing import Undoing

if TYPE_CHECKING:
    from manifesto_tui.governance.next_edition import Planned
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.tui.screens.importing import Taken
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.drafting import Draft
    from manifesto_tui.workflow.syncing import Progress, Synced
    from manifesto_tui.workflow.weighing import Choice

_SIGN, _BACK = "put the name to it", "take the name back"
SYNCING = "Sending and fetching"


class Doing(Undoing):
    """The part of the main screen that writes."""

    transfer: Transfer

    # Drafting

    def do_amend(self) -> None:
        """Opens the editor on the selected clause."""
        if place := self.reading.place:
            self._write("amendment", place[1].anchor or "", place[1].text)

    def do_insert(self) -> None:
        """Opens the editor on a new clause after the selected one."""
        from manifesto_tui.tui.writing import AFTER

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
            self._write("edit", place[0], without_anchors(source))

    def _write(
        self, purpose: Literal["amendment", "edit"], target: str, agreed: str, outside: bool = False
    ) -> None:
        def begin() -> Draft:
            from manifesto_tui.workflow import drafting

            return self.session.call(lambda desk: drafting.begin(desk, purpose, target, agreed))

        def begun(draft: Draft) -> None:
            # The text may have moved since the draft was begun: compare with what is agreed now.
            self.open_editor(replace(draft, agreed=agreed), outside)

        self.work("Opening the editor", begin, begun, opens=True)

    def open_editor(self, draft: Draft, outside: bool = False) -> None:
        """Opens the editor on a draft; what it recorded is read again."""
        from manifesto_tui.tui.screens.editor import EditorScreen

        if self.view is None:
            return
        self.app.push_screen(EditorScreen(self.session, self.view, draft, outside), self.edited)

    def edited(self, recorded: Recorded | None) -> None:
        """Takes in what the editor did."""
        if recorded is not None:
            self.recorded("propose" if "/amendment.yaml" in recorded.paths[0] else "", recorded)
        else:
            self.load_drafts()

    def do_drafts(self) -> None:
        """Lists the drafts, to go on with one."""
        entries = [
            Entry(
                draft.id,
                join(line(self.about(draft), "strong"), "  ", line(draft.text[:60], "quiet")),
                f"{draft.target} {draft.title} {draft.text}",
                lead=words("✎ ", "mark"),
                tail=words(moment(draft.saved), "quiet"),
            )
            for draft in self.drafts
        ]
        self.app.push_screen(Finder("Drafts", entries, "find a draft"), self.resume)

    def do_import(self) -> None:
        """Asks for a document from outside, then shows what it would file."""
        from manifesto_tui.tui.screens.importing import Showing, asking, filing

        def show(taken: Taken | None) -> None:
            if taken is not None:
                self.app.push_screen(Showing(taken), lambda go_on: ask(taken) if go_on else None)

        def ask(taken: Taken) -> None:
            form = filing(self.session, taken)
            self.app.push_screen(form, lambda done: self.recorded("propose", done))

        self.app.push_screen(asking(self.session), show)

    def resume(self, name: str | None) -> None:
        """Goes on with the draft of this id."""
        for draft in self.drafts:
            if draft.id == name:
                self.open_editor(draft)

    def about(self, draft: Draft) -> str:
        from manifesto_tui.tui.writing import AFTER

        anchor = draft.target.removeprefix(AFTER)
        by_anchor = self.view.assembly.text.by_anchor if self.view else {}
        if draft.purpose == "rules":
            return "the rules"
        if draft.purpose == "revision":
            return f"your amendment {draft.target.partition(' ')[0]}"
        if draft.purpose == "wording":
            return f"another wording of {draft.target.partition(' ')[0]}"
        if draft.purpose == "edit" or anchor not in by_anchor:
            return draft.target
        number = by_anchor[anchor][1].number
        return f"after {number}" if draft.target.startswith(AFTER) else f"clause {number}"

    # Deciding

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
        self, card: Card, shown: list[tuple[str, tuple[ClauseChange, ...]]], seen: str
    ) -> None:
        from manifesto_tui.tui.screens.vote import VoteDialog

        if self.view is None or card.ballot is None:
            return
        moved = bool(seen) and card.ballot.effect != seen
        dialog = VoteDialog(self.session, self.view, card, shown, moved)
        self.app.push_screen(dialog, lambda recorded: self.recorded("vote", recorded, card.id))

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
        from manifesto_tui.workflow import discussing

        place = self.reading.place if self.mode == "read" else None
        clause = place[1].anchor or "" if place else ""

        def send(desk: Desk, card: Card, values: Values) -> Recorded:
            return discussing.comment(desk, card.id, values["text"], clause, values["quote"])

        self.confirm(
            "Comment on",
            "",
            "comments/",
            send,
            Field("text", "What you say", hint="open to all, and it stays", lines=6),
            Field("quote", "About the words", hint="as they stand; nothing for all of it"),
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
    ) -> None:
        """Asks before something is done to the selected amendment, and says what it writes."""
        card = self.state().card
        if card is None:
            return
        name = join((f"{verb} ", "strong"), line(card.id, "key"), " ", line(card.title))

        def written(values: Values) -> Part:
            place = f"{card.proposal.folder}/{path}"
            if values.get("rivals", "").strip():
                place = "a ballot of their own under proposals/"
            return join(("writes ", "quiet"), line(place, "number"), (" as one commit.", "quiet"))

        form = Form(
            name,
            fields,
            lambda values: self.session.call(lambda desk: send(desk, card, values)),
            tuple(Passage(words(part)) for part in told.split("\n") if part),
            written,
        )
        act = verb.partition(" ")[0].casefold()
        self.app.push_screen(form, lambda done: self.recorded(act, done, card.id))

    def do_people_admit(self) -> None:
        """Asks who is to be put on the roll."""
        from manifesto_tui.workflow import people

        def send(values: Values) -> Recorded:
            steward = values["role"] == "steward"
            return self.session.call(
                lambda desk: people.admit(
                    desk,
                    values["handle"].strip(),
                    values["name"],
                    values["constituency"],
                    steward=steward,
                )
            )

        def written(values: Values) -> Part:
            path = f"manifesto/roll/{values['handle'].strip() or '…'}.yaml"
            return join(("writes ", "quiet"), line(path, "number"), (" as one commit.", "quiet"))

        known = self.view.assembly.roll.constituencies if self.view else {}
        fields = (
            Field("handle", "Handle", "", "short, small letters: it is what votes"),
            Field("name", "Name", "", "as others read it"),
            Field("constituency", "Constituency", "", ", ".join(known) or "optional"),
            Field("role", "Role", choices=("member", "steward")),
        )
        form = Form("Admit a member", fields, send, (), written)
        self.app.push_screen(form, lambda done: self.recorded("admit", done))

    def do_ratify(self) -> None:
        """Asks before the text is put in force."""
        from manifesto_tui.workflow import deciding

        told = words(
            "From then on nobody edits the text any more: only decisions change it. "
            "This cannot be undone."
        )
        form = Form(
            "Put the text in force",
            (),
            lambda values: self.session.call(deciding.ratify),
            (Passage(told),),
            lambda values: join(
                ("writes ", "quiet"),
                ("manifesto/manifesto.yaml", "number"),
                (" as one commit.", "quiet"),
            ),
        )
        self.app.push_screen(form, lambda done: self.recorded("ratify", done))

    def do_edition(self) -> None:
        """Shows what the next edition would be, and asks before it is made."""
        from manifesto_tui.tui.draw.editions import planned_rows
        from manifesto_tui.workflow import editions

        def ask(planned: Planned) -> None:
            path = f"manifesto/editions/{planned.number.replace('.', '-')}.yaml"
            form = Form(
                f"Make edition {planned.number}",
                (),
                lambda values: self.session.call(
                    lambda desk: editions.make_edition(desk, planned.number)
                ),
                planned_rows(planned),
                lambda values: join(
                    ("writes ", "quiet"),
                    line(path, "number"),
                    (f" as one commit, with the tag edition-{planned.number}.", "quiet"),
                ),
            )
            self.app.push_screen(form, lambda done: self.recorded("edition", done))

        self.work(
            "Comparing with the last edition",
            lambda: self.session.call(editions.planned),
            ask,
            opens=True,
        )

    def do_sign(self) -> None:
        """Asks under which edition a name is to stand, or whether it is to be taken back."""
        from manifesto_tui.workflow import signing_on

        view, member = self.view, self.view.member if self.view else None
        if view is None or member is None:
            return

        def send(values: Values) -> Recorded:
            of, name = values.get("of", "").strip(), values.get("name", "").strip()
            if values["act"] == _BACK:
                return self.session.call(lambda desk: signing_on.take_back(desk, of))
            return self.session.call(
                lambda desk: signing_on.sign_on(
                    desk,
                    values["edition"].strip(),
                    values["role"],
                    values["organisation"],
                    of=of,
                    name=name,
                    constituency=values.get("constituency", ""),
                )
            )

        def written(values: Values) -> Part:
            place = values.get("of", "").strip() or values.get("name", "").strip() or member.handle
            told = join(line(" as one commit: ", "quiet"), line(place, "strong"))
            return join(("writes under manifesto/signatories/", "quiet"), told, (".", "quiet"))

        fields = [
            Field("act", "What", choices=(_SIGN, _BACK)),
            Field("edition", "Edition", view.edition[0], "the number; the latest unless changed"),
            Field("role", "Role", "", "what you do; optional"),
            Field("organisation", "Organisation", "", "where you do it; optional"),
        ]
        if member.is_steward:
            fields += [
                Field("name", "Name", "", "of someone else who has agreed; empty for yourself"),
                Field("of", "Handle", "", "theirs; made of the name where it is empty"),
                Field("constituency", "Constituency", "", "theirs; optional"),
            ]
        told = words("Names are public, and both signing and taking back stay in the record.")
        form = Form("Sign an edition", tuple(fields), send, (Passage(told),), written)
        self.app.push_screen(form, lambda done: self.recorded("sign", done))

    # Together

    def do_sync(self) -> None:
        """Fetches what others recorded and sends what was recorded here; shows what goes on."""
        from manifesto_tui.workflow import syncing

        going = SYNCING in self.under_way
        transfer = self.transfer = self.transfer if going else Transfer()
        self.app.push_screen(Together(transfer), self._after_sync)
        if going:
            return

        def send(desk: Desk) -> Synced:
            self.post_message(Heard(transfer, waits=syncing.waiting(desk).lines))
            watch = syncing.Watch(self._hear(transfer), transfer.stop)
            return syncing.sync(desk, watch)

        self.work(SYNCING, lambda: self.session.apart(send), self._synced, self._not_synced)

    def _hear(self, transfer: Transfer) -> Callable[[Progress], None]:
        def hear(progress: Progress) -> None:
            self.post_message(Heard(transfer, progress.sentence))

        return hear

    @on(Heard)
    def _heard(self, event: Heard) -> None:
        event.transfer.step = event.step
        event.transfer.waits = event.waits or event.transfer.waits
        self.tell()
        if shown := self._shown_transfer():
            shown.tell()

    def _shown_transfer(self) -> Together | None:
        return next((s for s in self.app.screen_stack if isinstance(s, Together)), None)

    def _synced(self, done: Synced) -> None:
        self.load(join(("✓ ", "good"), line(" ".join(done.told))))
        if shown := self._shown_transfer():
            shown.finish(done)
        elif done.said:
            self.app.push_screen(Together(self.transfer, done), self._after_sync)

    def _after_sync(self, id: str | None) -> None:
        if id:
            self.act(id)

    def do_choose(self) -> None:
        """Lays what was recorded here beside what was sent first, and asks which shall stand."""
        from manifesto_tui.tui.screens.choosing import Choosing
        from manifesto_tui.workflow import weighing

        def ask(found: tuple[Choice, ...]) -> None:
            if found:
                self.app.push_screen(Choosing(self.session, found[0]), chosen)

        def chosen(said: Content | None) -> None:
            if said is not None:
                self.load(said)

        self.work(
            "Comparing yours with theirs",
            lambda: self.session.call(weighing.choices),
            ask,
            opens=True,
        )

    def _not_synced(self, problem: ManifestoError) -> None:
        # Others' acts may have come in, even where nothing could be sent.
        self.load(join(line(f"{problem.sentence} ", "warn"), line(problem.hint)))
        if shown := self._shown_transfer():
            shown.dismiss(None)
        if isinstance(problem, Refused) and problem.code != "stopped":
            # It waits for people, and one line is too short for what they have to know.
            rows: list[Row] = [
                Passage(line(problem.sentence, "warn")),
                Passage(line(problem.hint), above=1),
            ]
            self.app.push_screen(Report("Nothing was sent", rows))

    def on_unmount(self) -> None:
        """Stops what goes on over a network, so that leaving never waits for it."""
        self.transfer.stop.set()


def _ballot(desk: Desk, id: str) -> tuple[Card, list[tuple[str, tuple[ClauseChange, ...]]]]:
    from manifesto_tui.workflow.reading import card

    desk.reload()
    found = card(desk, id)
    ids = [option.amendment for option in found.ballot.options] if found.ballot else []
    texts = [card(desk, option) for option in ids]
    return found, [(f"{text.id} {text.title}", text.changes) for text in texts]
