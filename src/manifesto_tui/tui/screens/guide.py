"""Leads someone who is here for the first time through four short steps."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.state import View
from manifesto_tui.tui.widgets.chrome import Line
from manifesto_tui.tui.widgets.rows import Rows

_PLAY = "To try all of this without any risk: `manifesto-tui demo DIR` makes a made-up assembly."


class Guide(Dialog[str]):
    """Who you are, read, amend, vote: a page each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,right,space,n", "turn(1)", show=False),
        Binding("left,b", "turn(-1)", show=False),
    ]
    actions = (
        replace(BY_ID["list.enter"], label="go on"),
        replace(BY_ID["dialog.cancel"], label="leave"),
    )

    def __init__(self, view: View | None) -> None:
        super().__init__(words("A short guide", "title"))
        self.pages = pages(view)
        self.at = 0

    def inside(self) -> ComposeResult:
        """Yields the step and its words."""
        yield Line(id="step")
        yield Rows(id="page", picks=False, still=True, fit=16)

    def on_mount(self) -> None:
        """Shows the first step."""
        super().on_mount()
        self._tell()

    def _tell(self) -> None:
        name, rows = self.pages[self.at]
        step = f"  {self.at + 1} of {len(self.pages)}  "
        self.query_one("#step", Line).show(join((step, "quiet"), (name, "key")))
        self.query_one("#page", Rows).show(rows, top=True)

    def action_turn(self, by: int) -> None:
        """Turns the page; leaves after the last."""
        if self.at + by >= len(self.pages):
            self.dismiss(None)
            return
        self.at = max(self.at + by, 0)
        self._tell()

    def action_send(self) -> None:
        """Turns the page."""
        self.action_turn(1)


def pages(view: View | None) -> list[tuple[str, list[Row]]]:
    """Returns the four steps, told for whoever reads."""
    return [
        ("Who you are", _paragraphs(*_who(view))),
        (
            "Read",
            _paragraphs(
                join(
                    "The text is numbered. ",
                    ("j k", "key"),
                    " or the arrows go through it, ",
                    ("tab", "key"),
                    " to the outline, ",
                    ("/", "key"),
                    " finds words.",
                ),
                join(
                    "A tag such as ",
                    ("[k7f3 open]", "tag"),
                    " says that someone wants to change a clause: ",
                    ("d", "key"),
                    " shows how, ",
                    ("h", "key"),
                    " every wording it has had.",
                ),
            ),
        ),
        (
            "Amend",
            _paragraphs(
                join(
                    ("a", "key"),
                    " on a clause opens the editor. What you type is a draft, saved "
                    "as you type, and nobody else sees it.",
                ),
                join(
                    ("ctrl+j", "key"),
                    " proposes it: it asks for a title and your reasons, and "
                    "shows what will be written. The text stays as it is until it is decided.",
                ),
                join(("u", "key"), " takes back what you recorded last."),
            ),
        ),
        (
            "Vote",
            _paragraphs(
                join(
                    ("2", "key"),
                    " lists what is proposed; ",
                    ("!", "mark"),
                    " marks what needs your vote. ",
                    ("v", "key"),
                    " shows the change first, then asks; nothing is chosen for you.",
                ),
                words(
                    "Until the ballot closes you may vote again: the last vote counts. Votes are "
                    "open to all and stay in the record."
                ),
                words(_PLAY, "quiet"),
            ),
        ),
    ]


def _who(view: View | None) -> list[Part]:
    if view is None:
        return ["The record is still being read."]
    title = view.assembly.manifesto.title
    told: list[Part] = [
        join(
            "This is ",
            line(title, "strong"),
            ", kept with all that was ever proposed, voted and decided on it: anyone can have "
            "that checked with ",
            ("V", "key"),
            ".",
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
    else:
        told.append(line(view.who_trouble or "You are not on the roll, and can read everything."))
        told.append(join("If you are on the roll, say so in the settings: ", (",", "key"), "."))
    return told


def _paragraphs(*parts: Part) -> list[Row]:
    return [Passage(join(part), above=1) for part in parts]
