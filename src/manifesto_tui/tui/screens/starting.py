"""What is shown where there is no manifesto to open: why, and what one can do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.governance.rules import READY_IN_SHORT
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.remedies import why
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.form import Field, Form, Values
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session

_FOUND = "found"
_ADOPT = "adopt"
_JOIN = "join"
_NOTHING = "There is no manifesto in this folder yet."
_BEGUN = (
    "A manifesto is a text that its members change together: anyone proposes, members vote, and "
    "what carries goes into the text. You begin with a few clauses to write over."
)
_ADOPTED = (
    "Your text becomes one that its members change together: anyone proposes, members vote, and "
    "what carries goes into it. Each clause gets a mark that readers do not see, to be found by."
)
_LEAVE_FOR_IT = "If yours is elsewhere, leave, and go to the folder that holds it."


class Start(Finder):
    """Says why nothing could be opened, and offers what helps."""

    def __init__(self, directory: Path, problem: ManifestoError) -> None:
        offers = {
            "no-manifesto": (_FOUND, _ADOPT),
            "not-a-repository": (_FOUND, _JOIN),
            "nothing-committed": (_FOUND,),
        }.get("" if problem.where else problem.code, ())
        said = {
            _FOUND: ("Begin a manifesto here", f"in {directory.absolute()}"),
            _ADOPT: (
                "Adopt the text that is here",
                "as it stands; its history is kept",
            ),
            _JOIN: ("Get one that others share", "into this folder"),
            "try": ("Try it on a made-up assembly", "nothing there is real"),
            "again": ("Look again", ""),
            "quit": ("Leave", ""),
        }
        entries = [
            Entry(
                name,
                join(line(said[name][0], "strong"), "  ", line(said[name][1], "quiet")),
                said[name][0],
            )
            for name in (*offers, "try", "again", "quit")
        ]
        self.problem = None if offers else problem
        super().__init__("There is nothing to open yet", entries)

    def inside(self) -> ComposeResult:
        """Yields what is wrong, then what one can do."""
        yield Rows(id="told", picks=False, still=True, fit=8)
        yield from super().inside()

    def on_mount(self) -> None:
        """Says what is wrong."""
        super().on_mount()
        told = join(line(f"{_NOTHING} ", "warn"), line(_LEAVE_FOR_IT))
        if self.problem:
            told = why(self.problem, settings_of(self))
        self.query_one("#told", Rows).show([Passage(told)])

    def action_cancel(self) -> None:
        """Takes back what was typed, and leaves where nothing was: that ends the app."""
        needle = self.query_one("#needle", Input)
        if needle.value:
            needle.value = ""
        else:
            super().action_cancel()

    def on_resize(self) -> None:
        """Leaves room for the list, however little there is."""
        self.query_one("#told", Rows).refit(max(min(self.app.size.height - 12, 8), 1))


class Founding(Form[str]):
    """Asks for what a new manifesto needs, and founds it; leaves with its title."""

    def __init__(self, session: Session, adopt: bool) -> None:
        self.session = session
        self.adopt = adopt

        def written(values: Values) -> Part:
            return join(
                line(f"{values['rules']}: ", "key"),
                line(READY_IN_SHORT[values["rules"]]),
                (" You may change them later.\n", "quiet"),
                ("writes ", "quiet"),
                ("manifesto/", "number"),
                (" and you on the roll as a steward, as one commit.", "quiet"),
            )

        fields = (
            Field("title", "Title", "", "what the manifesto is called"),
            Field("handle", "Your handle", "", "short, small letters; your votes carry it"),
            Field("name", "Your name", "", "as others read it"),
            Field(
                "constituency",
                "Your constituency",
                "",
                "optional: the group you vote in, such as patients",
            ),
            Field(
                "rules",
                "Rules",
                "each-constituency",
                hint="how votes are counted",
                choices=tuple(READY_IN_SHORT),
            ),
        )
        name = "Adopt the text that is here" if adopt else "Begin a manifesto here"
        told = (Passage(words(_ADOPTED if adopt else _BEGUN)),)
        verb = "adopt" if adopt else "begin"
        super().__init__(name, fields, self._send, told, written, "Founding", verb=verb)

    def _send(self, values: Values) -> str:
        from manifesto_tui.workflow import founding

        here = self.session
        do = founding.adopt if self.adopt else founding.init
        do(
            here.directory,
            values["title"],
            here.environment,
            here.clock,
            name=values["name"].strip() or None,
            handle=values["handle"].strip() or None,
            constituency=values["constituency"].strip(),
            rules=values["rules"],
        )
        return values["title"].strip()
