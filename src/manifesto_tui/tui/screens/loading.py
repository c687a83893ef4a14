"""Reads the record behind the main screen, and works out what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content
from textual.message import Message
from textual.worker import Worker

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.draw.when import minute
from manifesto_tui.tui.keeping import Keeper
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.screens.worked import Saying
from manifesto_tui.tui.state import Mode, View
from manifesto_tui.tui.widgets.chrome import Header

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.publish.redline import Passage as Place
    from manifesto_tui.tui.screens.form import Form
    from manifesto_tui.tui.session import Session
    from manifesto_tui.tui.widgets.amendments import Amendments
    from manifesto_tui.tui.widgets.past import Past
    from manifesto_tui.tui.widgets.reading import Reading
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.drafting import Draft

T = TypeVar("T")


class Loading(Saying[None]):
    """The part of the main screen that fetches what is shown."""

    session: Session
    mode: Mode
    view: View | None
    reading: Reading
    amendments: Amendments
    past: Past
    drafts: tuple[Draft, ...] = ()
    being_read: Worker[None] | None = None

    @dataclass
    class Begun(Message):
        """The text is read, and the amendments are not yet."""

        view: View

    @dataclass
    class Read(Message):
        """So many of so many proposals are read."""

        done: int
        of: int

    read_so_far: Content = EMPTY
    awaited: str = ""

    def take(self, view: View, say: Part = "", key: str | None = None) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def tell(self) -> None:
        """Brings the frame up to date."""
        raise NotImplementedError

    def ask(self, form: Form[T], then: Callable[[T | None], None], of: str) -> None:
        """Asks with a form, which goes on with what was typed into it before.

        `then` is done with its result, or None where it was left; `of` is what it asks for,
        under which it is kept until it was done.
        """

        if form.fields:
            self.keep_asking(form, partial(_then, then), of)
        else:
            self.app.push_screen(form, then)

    def keep_asking(self, form: Form[T], then: Callable[[T | None, Keeper], None], of: str) -> None:
        """Asks as `ask` does; `then` says to the keeper whether what was typed may go."""
        from manifesto_tui.workflow import drafting

        self.work(
            "",
            lambda: self.session.call(lambda desk: drafting.begin(desk, "form", of, "")),
            lambda draft: self.fill_in(form, then, Keeper(self, self.session, draft)),
            opens=True,
        )

    def fill_in(
        self, form: Form[T], then: Callable[[T | None, Keeper], None], keeper: Keeper
    ) -> None:
        """Opens a form with what was kept of it, and has kept what is typed."""
        from manifesto_tui.workflow import drafting

        usual = {field.name: field.first for field in form.fields}
        form.fill_in(drafting.values_of(keeper.draft), minute(keeper.draft.saved))
        form.typed = lambda values: keeper.filled(
            {name: value for name, value in values.items() if value != usual[name]}
        )
        self.app.push_screen(form, lambda result: then(result, keeper))

    def do_try(self, then: Callable[[], None] = lambda: None) -> None:
        """Opens a made-up assembly."""
        raise NotImplementedError

    def offer_guide(self) -> None:
        """Shows the guide by itself to who is here for the first time."""
        raise NotImplementedError

    def load(self, say: Part = "", key: str | None = None) -> None:
        """Reads the record in a worker and shows it; the first time the text before the rest."""
        compact, first = self.amendments.compact, self.view is None
        self.session.stop.clear()

        def read() -> tuple[View, tuple[Draft, ...]]:
            if first:
                self.post_message(self.Begun(self.session.begin()))
            from manifesto_tui.workflow import drafting

            return self.session.read(compact), self.session.call(drafting.mine)

        def taken(found: tuple[View, tuple[Draft, ...]]) -> None:
            view, self.drafts = found
            asked = bool(self.awaited)
            self.take(view, say, key)
            if first and self.drafts and not say:
                many = (
                    f"{len(self.drafts)} drafts wait" if len(self.drafts) > 1 else "A draft waits"
                )
                there = settings_of(self).told("press {drafts} to go on.")
                self.say(join((f"✎ {many} for you: ", "mark"), there))
            elif first and not asked:
                self.offer_guide()

        self.being_read = self.work("Reading the record", read, taken, self._not_loaded)

    def look_again(self) -> None:
        """Reads the record again where something was recorded elsewhere than in this window."""
        shown = self.view.assembly.commit if self.view else ""

        def seen(tip: str | None) -> None:
            is_shown = self.view is not None and self.view.assembly.commit == shown
            if tip not in (None, shown) and is_shown and not self.under_way:
                self.load(words("Something was recorded here meanwhile; it is shown.", "quiet"))

        if shown and not self.under_way:
            look = partial(self.session.call, lambda desk: desk.repo.head())
            self.work("", look, seen, lambda _: None)  # Whoever acts next hears of what is wrong.

    def load_drafts(self) -> None:
        """Reads the list of drafts again."""
        from manifesto_tui.workflow import drafting

        def taken(drafts: tuple[Draft, ...]) -> None:
            before, self.drafts = len(self.drafts), drafts
            if len(drafts) > before:
                kept = "✓ The draft is kept: press {drafts} to go on with it."
                self.say(settings_of(self).told(kept, "good"))
            self.tell()

        self.work("", lambda: self.session.call(drafting.mine), taken)

    def _not_loaded(self, problem: ManifestoError) -> None:
        self.read_so_far, self.awaited = EMPTY, ""
        if problem.code == "stopped":
            told = "Reading was stopped; what was read is kept. {reload} goes on."
            self.say(settings_of(self).told(told, "warn"))
            return
        if self.view is not None:
            self.refused(problem)
            return
        from manifesto_tui.tui.screens.starting import Start

        self.query_one(Header).tell(None, "nothing is open")
        self.app.push_screen(Start(self.session.directory, problem), self._start)

    def _start(self, answer: str | None) -> None:
        if answer == "again":
            self.load()
        elif answer == "try":
            self.do_try(then=self.load)
        elif answer == "join":
            from manifesto_tui.tui.screens.sharing import Joining

            self.app.push_screen(Joining(self.session), self._joined)
        elif answer in ("found", "adopt"):
            self._begin_one(adopt=answer == "adopt")
        else:
            self.app.exit(0)

    def _joined(self, title: str | None) -> None:
        here = settings_of(self).told(" In the settings ({settings}) you say who you are.")
        said = join(("✓ Here is ", "good"), line(f"“{title}”.", "strong"), here)
        self.load(said if title else "")

    def _begin_one(self, adopt: bool) -> None:
        from manifesto_tui.tui.screens.starting import Founding
        from manifesto_tui.workflow import drafting

        here = self.session
        keep = partial(drafting.keep_outside, here.environment, here.clock)

        def begun(draft: Draft) -> None:
            keeper = Keeper(self, here, draft, keep=keep)
            self.fill_in(Founding(here, adopt), partial(_then, self._founded), keeper)

        of = f"{'adopt' if adopt else 'found'} {here.directory.absolute()}"
        begin = partial(drafting.begin_outside, of, here.environment)
        self.work("", begin, begun, self._not_loaded, opens=True)

    def _founded(self, said: str | None) -> None:
        if said is None:
            self.load()
        else:
            told = (
                ". You are its only steward; {people.admit} admits others, and {sync} asks where "
                "you share it."
            )
            then = settings_of(self).told(told)
            self.load(join(("✓ Founded ", "good"), line(f"“{said}”", "strong"), then))

    def work_out(self) -> None:
        """Works out in the background what the amendments on the screen change."""
        if self.view is None:
            return
        listed = self.mode == "amendments"
        shown: Amendments | Past | Reading = self.amendments if listed else self.reading
        if self.mode == "history":
            shown = self.past
        count = self.mode != "read"
        if cards := [self.view.by_id[name] for name in shown.wanted()]:
            self.work("", partial(self.changes_of, cards, count), self._worked_out)
        elif near := [self.view.by_id[name] for name in shown.wanted_next()]:
            # Nobody waits for these, nor wants to hear why one of them cannot be had.
            self.work("", partial(self.changes_of, near, count), self._learn, lambda _: None)
        if listed and (name := self.amendments.wanted_around()):
            self.work("", lambda: self._around_of(name), self.amendments.learn_around)

    def _around_of(self, name: str) -> dict[str, Sequence[Place]]:
        from manifesto_tui.publish.redline import redline
        from manifesto_tui.workflow.comparing import diff

        found = self.session.call(lambda desk: diff(desk, name))
        return {name: redline(found.before, found.after, found.changes)}

    def changes_of(
        self, cards: list[Card], count: bool = True
    ) -> dict[str, Sequence[ClauseChange]]:
        """Returns what each of some amendments would change; for a worker."""
        return {card.id: self.session.changes(card, count) for card in cards}

    def _worked_out(self, found: dict[str, Sequence[ClauseChange]]) -> None:
        self._learn(found)
        self.work_out()

    def _learn(self, found: dict[str, Sequence[ClauseChange]]) -> None:
        self.reading.learn(found)
        self.amendments.learn(found)
        self.past.learn(found)


def _then(then: Callable[[T | None], None], result: T | None, keeper: Keeper) -> None:
    """Goes on once what was typed is kept, or is gone where it was done."""
    go_on = partial(then, result)
    if result is None:
        keeper.left(go_on)
    else:
        keeper.gone(go_on)
