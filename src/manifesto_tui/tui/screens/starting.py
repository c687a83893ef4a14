"""What is shown where there is no manifesto to open: why, and what one can do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.governance.rules import READY
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line
from manifesto_tui.tui.screens.dialog import Field, Form, Values
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.worked import why
from manifesto_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session

_FOUND = "found"
_ADOPT = "adopt"
_NOTHING = "There is no manifesto in this folder yet."
_LEAVE_FOR_IT = "If yours is elsewhere, leave, and go to the folder that holds it."


class Start(Finder):
    """Says why nothing could be opened, and offers what helps."""

    def __init__(self, directory: Path, problem: ManifestoError) -> None:
        offers = {
            "no-manifesto": (_FOUND, _ADOPT),
            "not-a-repository": (_FOUND,),
            "nothing-committed": (_FOUND,),
        }.get("" if problem.where else problem.code, ())
        said = {
            _FOUND: ("Begin a manifesto here", f"in {directory.absolute()}"),
            _ADOPT: (
                "Adopt the text that is here",
                "gives every clause an anchor; history is kept",
            ),
            "try": ("Try it on a made-up assembly", "nothing there is real; leaving it leads back"),
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
        nothing = join(line(f"{_NOTHING} ", "warn"), line(_LEAVE_FOR_IT))
        self.told = nothing if offers else why(problem)
        super().__init__("There is nothing to open yet", entries)

    def inside(self) -> ComposeResult:
        """Yields what is wrong, then what one can do."""
        yield Rows(id="told", picks=False, still=True, fit=8)
        yield from super().inside()

    def on_mount(self) -> None:
        """Says what is wrong."""
        super().on_mount()
        self.query_one("#told", Rows).show([Passage(self.told)])


class Founding(Form[str]):
    """Asks for what a new manifesto needs, and founds it."""

    def __init__(self, session: Session, adopt: bool) -> None:
        self.session = session
        self.adopt = adopt

        def written(values: Values) -> Part:
            return join(
                ("writes ", "quiet"),
                ("manifesto/", "number"),
                (" and you on the roll as a steward, as one commit.", "quiet"),
            )

        fields = (
            Field("title", "Title", "", "what the manifesto is called"),
            Field("handle", "Your handle", "", "short, small letters: it is what votes"),
            Field("name", "Your name", "", "as others read it"),
            Field("constituency", "Your constituency", "", "optional: clinicians, patients, …"),
            Field("rules", "Rules", "each-constituency", choices=tuple(READY)),
        )
        verb = "Adopt this text" if adopt else "Found a manifesto"
        super().__init__(verb, fields, self._send, (), written, "Founding", verb="found")

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
        return f"Founded “{values['title'].strip()}”. You are its only steward: name a second one."
