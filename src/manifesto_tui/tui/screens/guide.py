"""Leads someone who is here for the first time through four short steps.

It opens by itself until it was left once; a setting, kept with the person's own, says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from manifesto_tui.tui.actions import BY_ID, bindings
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.settings import Settings
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.entries import Footer, Tabs
from manifesto_tui.tui.widgets.rows import Rows

_WHO, _TRY = BY_ID["settings"], BY_ID["try"]
_ON, _BACK = BY_ID["guide.on"], BY_ID["guide.back"]
_PLAY = replace(_TRY, label="try it without risk")
_LEAVE = replace(BY_ID["dialog.cancel"], label="leave")

_READ = (
    "The text is numbered. {list.down} {list.up} or the arrows go through it, {pane.next} to the "
    "outline, {find} finds words.",
    "A tag such as [k7f3 open] says that someone wants to change a clause: {clause.amendments} "
    "shows how, {clause.history} every wording it has had.",
)
_AMEND = (
    "{amend} on a clause opens the editor. What you type is a draft, saved as you type, and "
    "nobody else sees it.",
    "{draft.propose} proposes it: it asks for a title and your reasons, and shows what will be "
    "written. The text stays as it is until it is decided.",
    "{undo} takes back what you recorded last.",
)
_DRAFT = "While it is being drafted, {edit} changes it at once, without a vote."
_VOTE = (
    "{mode.amendments} lists what is proposed; ! marks what needs your vote. {vote} shows the "
    "change first, then asks; nothing is chosen for you.",
    "Until the ballot closes you may vote again: the last vote counts. Votes are open to all and "
    "stay in the record.",
    "{sync} fetches what others did and sends what you did. {help} lists every key.",
)


STEPS = ("1 Who you are", "2 Read", "3 Amend", "4 Vote")


class Guide(Dialog[str]):
    """Who you are, read, amend, vote: a page each. Leaves with the id of an action, or nothing.

    `at` is the step that is shown, and where the next guide goes on once this one was left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # The words have keys of their own on some of these: ours come first.
        *(replace(binding, priority=True) for binding in bindings("guide")),
        *(
            Binding(",".join(action.keys), f"leave_for('{action.id}')", show=False, id=action.id)
            for action in (_WHO, _TRY)
        ),
    ]

    def __init__(self, view: View | None, playing: bool = False, at: int = 0) -> None:
        super().__init__("A short guide")
        self.view = view
        self.playing = playing
        self.at = at

    def inside(self) -> ComposeResult:
        """Yields the steps and the words of one."""
        yield Tabs(STEPS, id="step")
        yield Rows(id="page", picks=False)

    def on_mount(self) -> None:
        """Shows the first step."""
        super().on_mount()
        self.pages = pages(self.view, settings_of(self), self.playing)
        self.query_one("#page", Rows).focus()
        self._tell()

    def _tell(self) -> None:
        self.query_one("#step", Tabs).pick(STEPS[self.at])
        rows = [Passage(join(part), above=1) for part in self.pages[self.at]]
        self.query_one("#page", Rows).show(rows, top=True)
        self.busy("")  # What was said of a key is past.
        # The box tells these too, once it is there.
        back = (_BACK,) if self.at else ()
        self.actions = (_ON, *back, *(() if self.playing else (_PLAY,)), _LEAVE)
        self.query_one("#keys", Footer).tell(self.actions)

    def pick(self, id: str) -> None:
        """Goes to a step, a step back, or to try everything, where that was clicked."""
        if id in STEPS:
            self.at = STEPS.index(id)
            self._tell()
        elif id == _BACK.id:
            self.action_turn(-1)
        elif id == _TRY.id:
            self.action_leave_for(id)
        else:
            super().pick(id)

    def action_turn(self, by: int) -> None:
        """Turns the page, once it was read to its end; leaves after the last."""
        page = self.query_one("#page", Rows)
        if by > 0 and page.scroll_offset.y < page.max_scroll_y:
            page.action_page(0.9)
            return
        if self.at + by >= len(self.pages):
            self.at = 0
            self.dismiss(None)
            return
        self.at = max(self.at + by, 0)
        self._tell()

    def action_leave_for(self, id: str) -> None:
        """Leaves to say who one is, or to try everything without risk."""
        if id == _WHO.id:
            self.at = max(self.at, 1)
        if id != _TRY.id or not self.playing:
            self.dismiss(id)

    def action_send(self) -> None:
        """Turns the page."""
        self.action_turn(1)


def pages(view: View | None, keys: Settings, playing: bool) -> list[list[Part]]:
    """Returns the words of the four steps, for whoever reads, with the keys that they have."""

    def told(step: Iterable[str]) -> list[Part]:
        return [keys.told(sentence) for sentence in step]

    drafted = view is not None and view.assembly.manifesto.state == "drafting"
    amend = (*_AMEND[:2], _DRAFT, *_AMEND[2:]) if drafted else _AMEND
    return [_who(view, keys, playing), told(_READ), told(amend), told(_VOTE)]


def _who(view: View | None, keys: Settings, playing: bool) -> list[Part]:
    if view is None:
        return ["The record is still being read."]
    title = view.assembly.manifesto.title
    told: list[Part] = [
        join(
            "This is “",
            line(title, "strong"),
            "”, kept with all that was ever proposed, voted and decided on it: ",
            keys.told("press {verify} to have it checked."),
        )
    ]
    if view.member:
        told.append(
            join(
                "You act as ",
                line(view.member.name, "strong"),
                line(f" ({view.member.handle})."),
                " What you record carries that name.",
            )
        )
    elif view.handle is None and view.assembly.roll.active:
        told.append("It is not known who you are, so you can read everything and change nothing.")
        told.append(keys.told("If you are on the roll, press {settings} to say who you are."))
    else:
        told.append("You are not on the roll, and can read everything. A steward can admit you.")
    if not playing:
        said = "To learn by doing, press {try}: a made-up assembly in which nothing can go wrong."
        told.append(keys.told(said))
    return told
