"""Does what actions ask for around the text: proof, people, files, the projector, settings.

A screen is loaded when it is first wanted, so that the first one is there sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from weakref import finalize

from textual.content import Content

from manifesto_tui.tui.appearance import app_of, settings_of
from manifesto_tui.tui.row import Row
from manifesto_tui.tui.safe import EMPTY, join, line, words
from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.screens.living import Living
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.settings import Settings, read_settings
from manifesto_tui.tui.themes import THEMES
from manifesto_tui.tui.widgets.typed import TypedLine

if TYPE_CHECKING:
    from manifesto_tui.governance.problem import ManifestoError
    from manifesto_tui.prose import ClauseChange, Text
    from manifesto_tui.tui.screens.publishing import Work
    from manifesto_tui.workflow.card import Card


class Around(Living):
    """The part of the main screen that shows and hands on."""

    guide_at = 0

    def do_verify(self) -> None:
        """Replays the history and shows the verdict."""
        from manifesto_tui.tui.screens.proving import Proving

        def left(ended: bool | None) -> None:
            if not ended:
                self.say(settings_of(self).told("The proof was stopped; {verify} begins it again."))

        self.app.push_screen(Proving(self.session), left)

    def do_people(self) -> None:
        """Shows the roll and the rules."""

        def go_on(answer: str | None) -> None:
            if answer and answer.startswith("by:"):
                self.switch("amendments")
                self.amendments.filter(answer)
                self.tell()
            elif answer:
                self.act(answer)

        from manifesto_tui.tui.screens.people import People

        if self.view:
            self.app.push_screen(People(self.view), go_on)

    def do_guide(self) -> None:
        """Shows the four steps."""
        self._show_guide(lambda: None)

    def offer_guide(self) -> None:
        """Shows the four steps by itself, until they were left once; never over what was opened."""
        from manifesto_tui.workflow.settings import change, settings_path

        if self.app.screen is not self or isinstance(self.focused, TypedLine):
            return
        environment = self.session.environment
        if self.playing or settings_of(self).on("guide", "off") or not settings_path(environment):
            return

        def put_away() -> None:
            self.work("", write, app_of(self).settle, once_more)

        def once_more(problem: ManifestoError) -> None:
            told = f"The guide opens again at the next start: {problem.sentence}"
            self.say(line(f"{told} MANIFESTO_GUIDE=off keeps it away.", "warn"))

        def write() -> Settings:
            change(environment, "guide", "off")
            return read_settings(environment)

        self._show_guide(put_away)

    def _show_guide(self, left: Callable[[], None]) -> None:
        from manifesto_tui.tui.screens.guide import Guide

        guide = Guide(self.view, self.playing, self.guide_at)

        def go_on(id: str | None) -> None:
            left()
            self.guide_at = guide.at
            if id == "settings":
                # Once it is said who is here, the guide goes on with what they can do.
                self.do_settings(then=self.do_guide)
            elif id:
                self.act(id)

        self.app.push_screen(guide, go_on)

    def do_try(self, then: Callable[[], None] = lambda: None) -> None:
        """Makes up an assembly and opens it over the present screen; it goes when it is left.

        `then` is done after that, or where making it up was stopped.
        """
        from manifesto_tui.tui.screens.main import MainScreen
        from manifesto_tui.tui.screens.trying import Trying

        folder = mkdtemp(prefix="manifesto-")
        there = Session(Path(folder), self.session.environment, self.session.clock)
        # When it is left, or stopped, or with the app.
        throw_away = finalize(self.app, rmtree, folder, ignore_errors=True)

        def leave(_: object = None) -> None:
            throw_away()
            then()

        def enter(made: bool | None) -> None:
            if made:
                self.app.push_screen(MainScreen(there, playing=True), leave)
            else:
                leave()

        self.app.push_screen(Trying(there), enter)

    def do_present(self) -> None:
        """Shows what is undecided, one after the other, for a projector."""
        from manifesto_tui.tui.screens.present import Present

        if self.view is None:
            return
        text, chosen = self.view.assembly.text, self.state().card
        agenda = in_text_order(text, self.view.cards)
        if chosen and chosen.has_result:
            agenda = [chosen, *agenda]
        first, said = _first(agenda, chosen)

        def show(found: dict[str, Sequence[ClauseChange]]) -> None:
            items = [(card, tuple(found[card.id])) for card in agenda]
            self.app.push_screen(Present(items, text, first, said))

        self.work("Preparing the agenda", partial(self.changes_of, agenda), show)

    def do_check(self) -> None:
        """Lists the problems in the working tree."""
        from manifesto_tui.tui.draw.report import problem_rows
        from manifesto_tui.workflow.reading import check

        def show(rows: list[Row]) -> None:
            self.app.push_screen(Report("Check", rows))

        self.work("Checking", lambda: problem_rows(self.session.call(check)), show)

    def do_publish(self) -> None:
        """Asks what, then which format, and where; shows before what the file will hold."""
        from manifesto_tui.tui.screens import publishing

        if self.view is None:
            return
        found = publishing.works(self.view, self.state().card)

        def named(at: str | None) -> None:
            if at is not None:
                work = found[int(at)]
                ask = publishing.asking_format(work)
                self.app.push_screen(ask, lambda name: chosen(work, name))

        def chosen(work: Work, name: str | None) -> None:
            if name is not None:
                wanted = replace(work, format=name)
                self.work(
                    f"Setting it as {name}",
                    lambda: self.session.call(lambda desk: publishing.preview(desk, wanted)),
                    lambda made: ask_where(wanted, *made),
                    opens=True,
                )

        def ask_where(work: Work, content: bytes, rows: list[Row]) -> None:
            form = publishing.asking_where(work, content, rows)
            of = f"publish {work.name} as {work.format}"
            self.ask(form, lambda said: self.say(line(said, "good")) if said else None, of)

        self.app.push_screen(publishing.asking_what(found), named)

    def do_copy(self) -> None:
        """Copies the selected clause or its change, or the name of the amendment or edition."""
        card, place = self.state().card, self.reading.place
        edition = self.past.edition if self.mode == "history" else None
        if self.mode == "read" and place:
            self.app.copy_to_clipboard(place[1].text)
            self.say(words("Copied the clause.", "quiet"))
        elif self.mode == "compare" and self.compare.words:
            self.app.copy_to_clipboard(self.compare.words)
            self.say(words("Copied the words.", "quiet"))
        elif name := card.id if card else edition.number if edition else "":
            self.app.copy_to_clipboard(name)
            self.say(join("Copied ", line(name, "key"), "."))
        else:
            self.say(words("Nothing is selected that could be copied.", "warn"))

    def do_theme(self) -> None:
        """Changes to the next colours."""
        app, names = app_of(self), [theme.name for theme in THEMES]
        if app.is_plain or app.has_few_colours:
            self.say(words("Only the terminal's own colours are shown here.", "warn"))
            return
        at = names.index(app.theme) if app.theme in names else -1
        app.wear(names[(at + 1) % len(names)])
        self.say(words(f"Colours: {self.app.theme}; in the settings they are kept.", "quiet"))

    def do_settings(self, then: Callable[[], None] = lambda: None) -> None:
        """Shows what the reader may choose for themselves; `then` is done after that."""
        from manifesto_tui.tui.screens.settings import SettingsScreen

        def settled(anew: bool | None) -> None:
            self.settle()
            if anew:
                self.load(words("Read again.", "quiet"))
            then()

        self.app.push_screen(SettingsScreen(self.session, self.view, self.playing), settled)

    def settle(self) -> None:
        """Takes over what the reader chose: panes, and how differences are drawn."""
        raise NotImplementedError


def in_text_order(text: Text, cards: Sequence[Card]) -> list[Card]:
    """Returns the agenda: what is still open, as the text has it, like the booklet of a meeting."""
    places = {clause.anchor: at for at, (_, clause) in enumerate(text) if clause.anchor}

    def place(card: Card) -> tuple[int, str, str]:
        amendment = card.proposal.amendment
        named = ((each.target, each.after) for each in (amendment.changes if amendment else ()))
        found = [places[name] for each in named for name in each if name in places]
        return min(found, default=len(places)), card.filed, card.id

    return sorted((c for c in cards if c.is_still_open and c.is_amendment), key=place)


def _first(agenda: Sequence[Card], chosen: Card | None) -> tuple[int, Content]:
    """Returns where the agenda begins, and what is said of what was chosen and is not on it."""
    if chosen is None or chosen in agenda:
        return (agenda.index(chosen) if chosen else 0), EMPTY
    among = [at for at, card in enumerate(agenda) if card.id in chosen.proposal.amendments]
    if among and chosen.is_still_open:  # Rivals: the first of them.
        return among[0], EMPTY
    why = f"{chosen.id} is {chosen.stage}: what is open stands on the agenda."
    return 0, line(why, "mark")
