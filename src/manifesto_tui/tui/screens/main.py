"""The screen one works in: four modes under one header, one status line, one footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher

from manifesto_tui.governance.phrases import counted
from manifesto_tui.tui.actions import ACTIONS, BY_ID, Action, bindings, footer
from manifesto_tui.tui.actions.action import OfOne
from manifesto_tui.tui.actions.permitted import LOADING
from manifesto_tui.tui.appearance import app_of, settings_of
from manifesto_tui.tui.draw.drafts import about
from manifesto_tui.tui.draw.progress import bar
from manifesto_tui.tui.safe import EMPTY, Part, join, line, words
from manifesto_tui.tui.screens.governing import Governing
from manifesto_tui.tui.screens.loading import Loading
from manifesto_tui.tui.screens.sending import SYNCING
from manifesto_tui.tui.screens.sized import Sized
from manifesto_tui.tui.screens.together import Transfer
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.state import Mode, State, View
from manifesto_tui.tui.widgets.amendments import Amendments
from manifesto_tui.tui.widgets.chrome import Header, Line, Status
from manifesto_tui.tui.widgets.compare import Compare
from manifesto_tui.tui.widgets.entries import Entries, Footer, Modes
from manifesto_tui.tui.widgets.past import Past
from manifesto_tui.tui.widgets.reading import Reading
from manifesto_tui.tui.widgets.rows import Rows
from manifesto_tui.tui.widgets.typed import TypedLine

if TYPE_CHECKING:
    from manifesto_tui.prose import Clause
    from manifesto_tui.workflow.card import Card

_MANY = 1000  # Fewer proposals than these are read before a bar could be.


class MainScreen(Sized, Governing):
    """Reads, lists, compares, looks back; opens editor and dialogs."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    AUTO_FOCUS = "#text"

    def __init__(self, session: Session, playing: bool = False) -> None:
        super().__init__()
        self.session = session
        self.playing = playing
        self.mode: Mode = "read"
        self.view: View | None = None
        self.doing = ""
        self.meant = ""
        self.transfer = Transfer()
        self.reading = Reading(id="read")
        self.amendments = Amendments(id="amendments")
        self.compare = Compare(id="compare")
        self.past = Past(id="history")

    def compose(self) -> ComposeResult:
        """Yields the frame and the four modes."""
        yield Header(id="header")
        yield Modes(id="modes")
        with ContentSwitcher(initial="read", id="body"):
            yield self.reading
            yield self.amendments
            yield self.compare
            yield self.past
        with Horizontal(id="ask"):
            yield Line(id="asked")
            yield TypedLine(id="answer", compact=True)
        yield Status(id="status")
        yield Footer(id="footer")

    def on_mount(self) -> None:
        """Reads the record."""
        self.query_one(Header).tell(None, "reading the record …")
        self.session.told = self._told
        self.call_after_refresh(self.once_drawn, self.load)

    def on_unmount(self) -> None:
        """Stops what is still being read: nobody waits for it."""
        self.session.stop.set()

    # What is shown

    def _told(self, done: int, of: int) -> None:
        self.post_message(self.Read(done, of))

    @on(Loading.Begun)
    def _text_is_read(self, event: Loading.Begun) -> None:
        if self.view is None:
            self.query_one(Header).tell(event.view)
            self.reading.show(event.view)

    @on(Loading.Read)
    def _came_on(self, event: Loading.Read) -> None:
        going = event.of >= _MANY and event.done < event.of
        what = f"Reading {event.of:,} proposals"
        self.read_so_far = bar(what, event.done, event.of) if going else EMPTY
        self.tell_status()

    def take(self, view: View, say: Part = "", key: str | None = None) -> None:
        """Shows what was read."""
        first, self.view = self.view is None, view
        self.query_one(Header).tell(view)
        self.reading.show(view)
        self.amendments.show(view, key)
        self.past.show(view)
        if say:
            self.say(say)
        elif first or not self.said:
            self.say(self._greeting(view))
        self.tell()
        self.work_out()
        self.call_after_refresh(app_of(self).set_aside)
        if self.awaited:
            asked, self.awaited = self.awaited, ""
            self.act(asked)

    def _greeting(self, view: View) -> Part:
        if view.member is None:
            # Short, to stay whole beside what stands at the right of an 80-column line.
            if view.handle is None and view.assembly.roll.active:
                told = "Reading only. If you are on the roll, press {settings} to say who you are."
                return settings_of(self).told(told, "warn")
            return words("Reading only. To take part, ask a steward to admit you.", "warn")
        if settings_of(self).problems:
            return line(settings_of(self).problems[0], "warn")
        waiting = len(view.waiting)
        if waiting:
            rivals = any(card.ballot and card.ballot.ranked for card in view.waiting)
            what = "ballot" if rivals else "amendment"
            are = f"{what}s need" if waiting > 1 else f"{what} needs"
            from manifesto_tui.governance.moment import moment, until

            soonest = min((card.ballot.closes for card in view.waiting if card.ballot), key=moment)
            closes = f"closes {until(soonest, view.now)}"
            when = f"; the first {closes}" if waiting > 1 else f", and {closes}"
            there = settings_of(self).told(": press {mode.amendments}.")
            return join((f"! {waiting} {are} your vote{when}", "mark"), there)
        if view.choose:
            told = "What you recorded met what others sent first: press {choose} to choose."
            return settings_of(self).told(told, "warn")
        if view.for_me:
            waits = counted(len(view.for_me), "amendment waits", "amendments wait")
            there = settings_of(self).told(": press {mode.amendments}.")
            return join((f"! {waits} for you", "mark"), there)
        told = "Press {help} for all keys, {guide} for a short guide."
        return settings_of(self).told(told, "quiet")

    def state(self) -> State:
        """Returns where the reader stands."""
        place = self.reading.place
        card = self.amendments.card
        beside = self._on(place[1]) if place and self.mode == "read" else ()
        if self.mode == "read":
            card = next((each for each in beside if each.id == self.meant), None)
            card = card or next(iter(beside), None)
        elif self.mode == "history":
            card = self.past.card
        return State(
            mode=self.mode,
            view=self.view,
            clause=place[1] if place else None,
            card=card,
            beside=beside,
            anchors=self._anchors(place[1] if place else None, card),
            drafts=len(self.drafts),
            chosen=len(self.amendments.chosen),
            busy=self.doing,
            no_undo=self.no_undo,
            terminal=self.app.is_headless is False,
            playing=self.playing,
            finding=bool(self.reading.text.needle or self.amendments.needle),
            changed=self.compare.change is not None,
            whatif=self.mode == "compare" and self.compare.whatif is not None,
        )

    def _anchors(self, clause: Clause | None, card: Card | None) -> tuple[str, ...]:
        if self.mode == "read":
            return (clause.anchor,) if clause and clause.anchor else ()
        if self.mode == "compare":
            return self.compare.anchors
        amendment = card.proposal.amendment if card else None
        changes = amendment.changes if card and amendment else ()
        # A new clause has a history once it is in the text.
        known = self.view.assembly.text.by_anchor if self.view else {}
        named = (each.clause or (each.id if each.id in known else "") for each in changes)
        return tuple(dict.fromkeys(filter(None, named)))

    def _on(self, clause: Clause) -> tuple[Card, ...]:
        return self.view.on_clause.get(clause.anchor or "", ()) if self.view else ()

    def tell(self) -> None:
        """Brings header, status and footer up to date."""
        text = self.view.assembly.text if self.view else None
        self.amendments.show_drafts([(d.id, about(d, text), d.text) for d in self.drafts])
        state = self.state()
        shown = footer(state)
        cannot = {action.id for action in shown if action.why_not(state) not in ("", LOADING)}
        self.query_one(Footer).tell(shown, cannot)
        beside: dict[Mode, str] = {}
        if self.view:
            waiting = len(self.view.for_me)
            beside["amendments"] = f"!{waiting}" if waiting else ""
        self.query_one(Modes).tell(self.mode, beside)
        self.tell_status()

    def tell_status(self) -> None:
        """Brings the status line up to date."""
        doing = self.doing
        if doing == SYNCING and self.transfer.step:
            doing = f"{SYNCING}: {self.transfer.step}"
        then = f"; then {BY_ID[self.awaited].title}" if self.awaited else ""
        if not (doing or then):
            left = join(self.said)
        elif self.read_so_far:
            stops = settings_of(self).told("; {back} stops", "quiet")
            left = join(self.read_so_far, words(then, "mark"), stops)
        else:
            left = words(f"… {doing}{then}", "mark")
        right: list[Part] = []
        if self.mode == "amendments" and self.amendments.needle:
            right.append(join(("filter: ", "quiet"), line(self.amendments.needle, "key"), "  "))
        if self.drafts:
            right.append((f"✎ {counted(len(self.drafts), 'draft')} ", "tag"))
        if self.view and self.view.choose:
            right.append((f"⚡ {self.view.choose} to choose ", "warn"))
        if self.view and self.view.unsent:
            right.append((f"↑ {self.view.unsent} unsent ", "tag"))
        told, facts = join(" ", left), join(*right)
        commit = words(f"{self.view.assembly.commit[:7]} " if self.view else "", "quiet")
        # Which commit it is gives way to what happened; drafts and what waits do not.
        if told.cell_length + facts.cell_length + commit.cell_length + 2 <= self.size.width:
            facts = join(facts, commit)
        self.query_one(Status).show(told, facts)

    def busy(self, doing: str) -> None:
        """Shows on the status line that work is under way."""
        self.doing = doing
        self.tell_status()

    # Moving about

    def switch(self, mode: Mode) -> None:
        """Shows another mode."""
        if mode != self.mode:
            self.mode = mode
            self.said = ""
            self.query_one("#body", ContentSwitcher).current = mode
            if mode == "history":
                self.past.list_all()
        self._first_list().focus()
        self.tell()
        self.work_out()
        if mode == "compare" and self.compare.comparison is None:
            self.compare_start()

    @property
    def _selected(self) -> str:
        return f"{self.mode} {self._first_list().key}"

    def _first_list(self) -> Rows:
        lists: dict[Mode, Rows] = {
            "read": self.reading.text,
            "amendments": self.amendments.list,
            "compare": self.compare.list,
            "history": self.past.list,
        }
        return lists[self.mode]

    def on_resize(self) -> None:
        """Draws lists in one line an amendment where panes stand above one another."""
        self.lay_out()

    def lay_out(self) -> None:
        """Draws the frame and the lists for the room there is."""
        compact = app_of(self).stacked
        self.reading.lay_out(compact)
        self.rest()
        view = self.view
        if view is None or view.is_drawn(compact):
            self.amendments.lay_out(compact)
        else:
            self.work(
                "",
                lambda: self.session.draw(view, compact),
                lambda _: self.amendments.lay_out(app_of(self).stacked),
            )

    def settle(self) -> None:
        """Takes over what the reader chose: panes, and how differences are drawn."""
        around = settings_of(self).around
        self.amendments.draw(around)
        self.compare.draw(around)
        self.post_message(events.Resize(self.size, self.app.size))
        self.tell()

    @on(Reading.ClausePicked)
    def _clause_picked(self) -> None:
        self._picked_another()
        self.rest()

    @on(Amendments.CardPicked)
    @on(Past.Picked)
    def _picked_another(self) -> None:
        if self.said_of and self.said_of != self._selected:
            self.say("")  # Why something could not be done with what was selected before.
        self.tell()
        self.work_out()

    @on(Compare.Picked)
    def _change_picked(self) -> None:
        self.tell()

    @on(Amendments.DraftChosen)
    def _draft_chosen(self, event: Amendments.DraftChosen) -> None:
        self.resume(event.id)

    @on(Past.Asked)
    def _asked_then(self, event: Past.Asked) -> None:
        self.show_then(event.id)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.tell()

    @on(Rows.Chosen, "#text")
    def _text_chosen(self) -> None:
        self.act("clause.amendments")

    # Acting

    def action_do(self, id: str) -> None:
        """Does an action, or says why it cannot be done."""
        self.act(id)

    def act(self, id: str) -> None:
        """Does an action, or says why it cannot be done now."""
        action, self.meant = BY_ID[id], ""
        if action.modes and self.mode not in action.modes:
            modes = (f"mode.{mode}" for mode in action.modes)
            where = " or ".join(f"{BY_ID[mode].title} ({{{mode}}})" for mode in modes)
            self.say(settings_of(self).told(f"“{action.title}” works in {where}.", "warn"))
            return
        reason = action.why_not(self.state())
        if reason == LOADING:
            self.awaited = id
            if not self.doing:  # It was stopped.
                self.load()
            if self.being_read:
                # What is typed now is meant for that, but for what stops it.
                names_of = settings_of(self).names_of
                leaving = (*names_of(BY_ID["back"]), *names_of(BY_ID["quit"]))
                app_of(self).wait_for(self.being_read, leaving)
            self.tell_status()
            return
        if reason:
            self.say(settings_of(self).told(reason, "warn"))
            self.said_of = self._selected
            return
        if isinstance(action.why_not, OfOne) and (able := action.why_not.able(self.state())):
            self.choose_among(able, action)
        else:
            self.carry_out(action)

    def carry_out(self, action: Action, on: str = "") -> None:
        """Does an action that can act: of the amendments on a clause, on the one with this id."""
        self.meant = on
        getattr(self, "do_" + action.id.replace(".", "_").replace("-", "_"))()
        self.tell()

    @on(Entries.Picked)
    def _picked(self, event: Entries.Picked) -> None:
        self.perform(event.meaning)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves a key to the action that belongs in this mode, where two share it."""
        if action != "do" or not parameters:
            return True
        wanted = BY_ID.get(str(parameters[0]))
        if wanted is None or not wanted.modes or self.mode in wanted.modes:
            return True
        # Alone on its key it may run and say where it works.
        return not any(
            other is not wanted
            and set(other.keys) & set(wanted.keys)
            and (not other.modes or self.mode in other.modes)
            for other in ACTIONS
            if other.scope == "app"
        )
