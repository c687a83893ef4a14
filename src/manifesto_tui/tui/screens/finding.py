"""Does what actions ask for that finds: words in a text, an action, a clause, an amendment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input

from manifesto_tui.tui.actions import ACTIONS, Action
from manifesto_tui.tui.actions.action import PLACES
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.text import clause_key
from manifesto_tui.tui.safe import EMPTY, join, line, words
from manifesto_tui.tui.screens.around import Around
from manifesto_tui.tui.screens.finder import Entry, Finder, help_entry
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from manifesto_tui.prose import Clause
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.whatif import WhatIf


_LISTS = {
    "": "everything",
    "needs:me": "what needs me",
    "needs:vote": "my vote",
    "needs:confirmation": "my confirmation: the text has moved under it",
    "needs:wording": "another wording waits for my answer",
    "needs:closing": "closing soon",
    "needs:conflict": "in conflict with the text or with another",
    "needs:stale": "nobody acts on it",
    "needs:decision": "closed, to be counted",
    "needs:refiling": "carried, but to be filed again",
    "by:me": "mine",
    "state:open": "open",
    "state:at": "at the ballot",
    "state:adopted": "adopted",
    "state:rejected": "rejected",
    "state:withdrawn": "withdrawn",
    "state:lapsed": "lapsed",
    "sort:closing": "everything, what closes next first",
    "sort:newest": "everything, the newest first",
    "sort:title": "everything, by title",
}


def _card(card: Card) -> Content:
    return join(line(card.id, "key"), " ", line(card.title))


def _clause(clause: Clause) -> Content:
    return join(line(clause.number, "number"), "  ", line(clause.text))


class Finding(Around):
    """The part of the main screen that finds."""

    def do_find(self) -> None:
        """Asks for words on the status line."""
        self._ask("filter " if self.mode == "amendments" else "find ")

    def _ask(self, label: str) -> None:
        self.query_one("#ask", Horizontal).add_class("-asking")
        self.query_one("#asked", Line).show(words(f" {label}", "key"))
        answer = self.query_one("#answer", Input)
        answer.value = self.amendments.needle if self.mode == "amendments" else ""
        answer.focus()

    @on(Input.Changed, "#answer")
    def _looking_for(self, event: Input.Changed) -> None:
        event.stop()
        if self.query_one("#ask").has_class("-asking"):
            self._look_for(event.value)

    def _look_for(self, typed: str) -> None:
        if self.mode == "amendments":
            left = self.amendments.filter(typed)
            self.say(words(f"{left} of {len(self.view.cards) if self.view else 0}.", "quiet"))
            return
        found = self._searched().find(typed)
        self.say(words(f"{found} with “{typed}”." if typed else "", "quiet"))

    @on(Input.Submitted, "#answer")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self._asked()

    def _asked(self) -> None:
        self.query_one("#ask").remove_class("-asking")
        (self.amendments.list if self.mode == "amendments" else self._searched()).focus()
        self.tell()

    def on_key(self, event: events.Key) -> None:
        """Leaves the search field on esc, forgetting what was looked for."""
        if event.key == "escape" and self.query_one("#ask").has_class("-asking"):
            event.stop()
            event.prevent_default()
            # Not by what the field says of it, which comes when nothing is asked any more.
            self._look_for("")
            self.say(EMPTY)
            self._asked()

    def _searched(self) -> Rows:
        return {
            "read": self.reading.text,
            "amendments": self.amendments.detail,
            "compare": self.compare.diff,
            "history": self.past.list,
        }[self.mode]

    def do_find_next(self) -> None:
        """Goes to the next match, or the next change."""
        self._find(1)

    def do_find_previous(self) -> None:
        """Goes to the match before, or the change before."""
        self._find(-1)

    def _find(self, way: int) -> None:
        if self.mode == "compare":
            if self.compare.step(way):
                self.say(EMPTY)
            else:
                end = f"This is the {'last' if way > 0 else 'first'} change."
                self.say(words(end if self.compare.list.key else "Nothing differs.", "quiet"))
        elif self._searched().find_next(way):
            return
        elif self.mode == "read" and self.reading.next_amended(way):
            self.say(words("The next clause that an amendment touches.", "quiet"))
        elif self.mode == "amendments" and self.amendments.detail.next_divider(way):
            return
        else:
            self.say(words("There is nothing further.", "quiet"))

    def do_lists(self) -> None:
        """Lists the lists, each with how many stand in it."""
        if self.view is None:
            return
        sieve = self.view.sieve
        entries = [
            Entry(
                f"list:{typed}",
                line(told),
                told,
                lead=words("▽ ", "tag"),
                tail=words(str(len(sieve.keep(typed))), "key"),
            )
            for typed, told in _LISTS.items()
        ]
        self.app.push_screen(Finder("Show which list?", entries, "find a list"), self._run_list)

    def _run_list(self, key: str | None) -> None:
        if key is not None:
            self.amendments.filter(key.partition(":")[2])
            self.tell()

    def do_whatif_choose(self) -> None:
        """Takes the selected amendment into the set, or out."""
        many = self.amendments.choose()
        told = f"{many} chosen: {{whatif}} shows the text with them." if many else "None is chosen."
        self.say(settings_of(self).told(told, "quiet"))

    def do_whatif(self) -> None:
        """Shows the text with the chosen amendments in it."""
        from manifesto_tui.workflow.whatif import what_if

        card = self.amendments.card
        ids = self.amendments.chosen or ([card.id] if card else [])

        def show(found: WhatIf) -> None:
            self.compare.show_whatif(found)
            self.switch("compare")

        self.work(
            "Working out what if", lambda: self.session.call(lambda desk: what_if(desk, ids)), show
        )

    def carry_out(self, action: Action, on: str = "") -> None:
        """Does an action that can act."""
        raise NotImplementedError

    def choose_among(self, cards: Sequence[Card], action: Action) -> None:
        """Does an action on the amendment on a clause that it can act on, or asks on which."""
        if len(cards) == 1:
            self.carry_out(action, cards[0].id)
            return
        handle = self.view.handle if self.view else None
        entries = [
            Entry(
                card.id,
                _card(card),
                f"{card.id} {card.title}",
                lead=words("◆ ", "tag"),
                tail=words(f"{'yours, ' * (card.proposer == handle)}{card.stage}", "quiet"),
            )
            for card in cards
        ]

        def chosen(id: str | None) -> None:
            if id is not None:
                self.carry_out(action, id)

        self.app.push_screen(
            Finder(f"{action.title}: which one?", entries, "find an amendment"), chosen
        )

    # Help and palette

    def do_help(self) -> None:
        """Lists every key; enter runs it."""
        state = self.state()
        settings = settings_of(self)
        entries = [help_entry(action, settings, action.why_not(state)) for action in ACTIONS]
        finder = Finder("Every key", entries, "type to filter, {finder.choose} runs it")
        self.app.push_screen(finder, self._run)

    def do_palette(self) -> None:
        """Finds an action, a clause or an amendment."""
        state, settings = self.state(), settings_of(self)
        entries = [
            Entry(
                action.id,
                join(line(action.title), "  ", settings.told(action.why_not(state), "quiet")),
                action.title,
                lead=words("  "),
                tail=words(settings.keys_of(action), "key"),
            )
            for action in ACTIONS
            if action.scope == "app"
        ]
        if self.view:
            mark, sign = words("◆ ", "tag"), words("¶ ", "quiet")
            entries += [
                Entry(f"card:{card.id}", partial(_card, card), f"{card.id} {card.title}", lead=mark)
                for card in self.view.cards
            ]
            entries += [
                Entry(
                    f"clause:{clause_key(path, clause)}",
                    partial(_clause, clause),
                    f"{clause.number} {clause.text}",
                    lead=sign,
                )
                for path, clause in self.view.assembly.text
            ]
        finder = Finder("Go to, or do", entries, "an action, a clause, an amendment")
        self.app.push_screen(finder, self._run)

    def _run(self, key: str | None) -> None:
        if key is None:
            return
        kind, _, rest = key.partition(":")
        if kind == "card" and rest:
            self.switch("amendments")
            self.amendments.filter("")
            self.amendments.list.select(rest)
        elif kind == "clause" and rest:
            self.switch("read")
            self.reading.go(rest)
        else:
            self.perform(key)

    def perform(self, id: str) -> None:
        """Does an action of any part of the screen, as if its key had been pressed."""
        action = next(a for a in ACTIONS if a.id == id)
        if action.scope == "list":
            if isinstance(self.focused, Rows):
                self.call_later(self.focused.run_action, action.run)
        elif action.scope != "app":
            self.say(words(f"{action.title} works {PLACES[action.scope]}.", "warn"))
        elif action.run:
            self.call_later(self.run_action, action.run)
        else:
            if action.modes and self.mode not in action.modes:
                self.switch(action.modes[0])
            self.act(id)
