"""Does what actions ask for of proxies, of the rules and of who is a steward.

One method an action, as in `drafting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.amending import Amending
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.form import Form, writes

if TYPE_CHECKING:
    from manifesto_tui.governance.roll import Member
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.drafting import Draft

_IN_FORCE = "in force"


class Governing(Amending):
    """The part of the main screen that says who votes for whom, and by which rules."""

    def do_proxy_give(self) -> None:
        """Asks who is to vote for the reader, then asks again before it is recorded."""
        if self.view is None:
            return
        others = [m for m in self.view.assembly.roll.active if m.handle != self.view.handle]
        finder = Finder("Who votes for you?", _people(others), "find a member")
        self.app.push_screen(finder, lambda holder: self._give(holder) if holder else None)

    def _give(self, holder: str) -> None:
        from manifesto_tui.workflow import representing

        self.confirm(
            f"Let {holder} vote for you on",
            f"Once {holder} has accepted, their vote counts for you as well, for as long as you "
            "do not vote yourself. They cannot pass it on.",
            "proxies/",
            lambda desk, card, values: representing.give(desk, card.id, holder),
        )

    def do_proxy_accept(self) -> None:
        """Asks whose proxy is to be accepted, where several were given."""
        view, offered = self.view, self.state().offered
        if view is None or not offered:
            return
        if len(offered) == 1:
            self._accept(offered[0])
            return
        people = [m for m in view.assembly.roll.active if m.handle in offered]
        finder = Finder("Whose proxy do you accept?", _people(people), "find a member")
        self.app.push_screen(finder, lambda giver: self._accept(giver) if giver else None)

    def _accept(self, giver: str) -> None:
        from manifesto_tui.workflow import representing

        self.confirm(
            f"Accept to vote for {giver} on",
            f"Your own vote then counts for {giver} too, until they vote or take it back.",
            "acceptances/",
            lambda desk, card, values: representing.accept(desk, card.id, giver),
        )

    def do_proxy_withdraw(self) -> None:
        """Asks before the reader's proxy ends."""
        from manifesto_tui.workflow import representing

        self.confirm(
            "Take your proxy back on",
            f"{self.state().given} then votes for you no more; you may vote, or give another.",
            "proxies/",
            lambda desk, card, values: representing.withdraw(desk, card.id),
        )

    def do_rules_change(self) -> None:
        """Asks which rules to begin with, and opens the editor on them."""
        from manifesto_tui.governance.rules import READY_IN_SHORT

        entries = [Entry(_IN_FORCE, words("the rules in force", "strong"), "the rules in force")]
        entries += [
            Entry(
                name,
                join(words(name, "strong"), (f"  {told}", "quiet")),
                f"{name} {told}",
                clip=False,
            )
            for name, told in READY_IN_SHORT.items()
        ]
        finder = Finder("Begin with which rules?", entries, "find ready rules")
        self.app.push_screen(finder, lambda name: self._word_rules(name) if name else None)

    def _word_rules(self, name: str) -> None:
        def begin() -> Draft:
            from manifesto_tui.workflow import drafting

            beginning = "" if name == _IN_FORCE else name
            return self.session.call(lambda desk: drafting.begin_rules(desk, beginning))

        self.work("Opening the editor", begin, self.open_editor, opens=True)

    def do_people_steward(self) -> None:
        """Asks who, then says what would change and asks again."""
        if self.view is None:
            return
        members = self.view.assembly.roll.active
        finder = Finder("Who is to be a steward, or no longer?", _people(members), "find a member")
        self.app.push_screen(finder, lambda handle: self._steward(handle) if handle else None)

    def _steward(self, handle: str) -> None:
        from manifesto_tui.workflow import people

        member = self.view.assembly.roll.by_handle.get(handle) if self.view else None
        if member is None:
            return
        ends = member.is_steward
        told = (
            "They admit members, open ballots and change rules no more."
            if ends
            else "Stewards admit members, open ballots and change rules."
        )

        def send(desk: Desk) -> Recorded:
            return people.relieve(desk, handle) if ends else people.appoint(desk, handle)

        verb = "End the stewardship of " if ends else "Make a steward of "
        form = Form(
            join((verb, "strong"), line(member.name, "key")),
            (),
            lambda values: self.session.call(send),
            (Passage(words(told)),),
            lambda values: writes(f"manifesto/roll/{handle}.yaml"),
        )
        self.app.push_screen(form, lambda done: self.recorded("steward", done))


def _people(members: Sequence[Member]) -> list[Entry]:
    return [
        Entry(
            member.handle,
            join(line(member.name, "strong"), line(f"  {member.handle}", "quiet")),
            f"{member.name} {member.handle} {member.constituency}",
            tail=words("steward" if member.is_steward else "", "tag"),
        )
        for member in members
    ]
