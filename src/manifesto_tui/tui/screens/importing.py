"""Takes in a document from outside: asks for it, shows what would be filed, files it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.phrases import counted
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.draw.changes import change_rows
from manifesto_tui.tui.row import Passage, Row
from manifesto_tui.tui.safe import join, line, words
from manifesto_tui.tui.screens.dialog import Report
from manifesto_tui.tui.screens.form import Field, Form, Values

if TYPE_CHECKING:
    from manifesto_tui.tui.session import Session
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.previewing import Planned
    from manifesto_tui.workflow.returning import Document

_WHOLE, _EACH = "one amendment", "one for each clause"


@dataclass(frozen=True)
class Taken:
    """A document that was read, cut as it is to be filed, and what comes of it."""

    document: Document
    each_clause: bool
    planned: tuple[Planned, ...]

    @property
    def amendments(self) -> str:
        """How many amendments it would file, in words."""
        return counted(sum(not one.same_as for one in self.planned), "amendment")


def asking(session: Session) -> Form[Taken]:
    """Returns the form that asks for a document; sending it writes nothing."""
    fields = (
        Field("file", "File", "", "Word, Markdown or plain text; empty where you paste"),
        Field("pasted", "Or paste the whole text here", lines=5),
        Field("cut", "As", choices=(_WHOLE, _EACH)),
    )
    return Form(
        "Take in a document",
        fields,
        lambda values: session.call(lambda desk: _taken(desk, values)),
        (),
        lambda values: words("Shows what would be filed; writes nothing.", "quiet"),
        doing="Reading the document",
        verb="show",
    )


def _taken(desk: Desk, values: Values) -> Taken:
    from manifesto_tui.workflow import previewing, proposing, returning

    given, pasted = values["file"].strip(), values["pasted"]
    if given:
        document = returning.from_file(desk, Path(given).expanduser())
    elif pasted.strip():
        document = returning.from_document(desk, pasted.encode("utf-8"), "what was pasted")
    else:
        raise BadInput("no-file", "There is no document yet.", "Name a file, or paste the text.")
    each = values["cut"] == _EACH
    try:
        made = proposing.draw_up(
            desk, "From a document", document.notes, texts=document.sources, each_clause=each
        )
    except BadInput as problem:
        if problem.code == "nothing-changed":
            problem.hint = "Give one in which words have changed."
        raise
    return Taken(document, each, previewing.preview(desk, made))


class Showing(Report):
    """What would be filed, to read; sending goes on to title and reason."""

    actions = (replace(BY_ID["dialog.send"], label="go on"), BY_ID["dialog.cancel"])

    def __init__(self, taken: Taken) -> None:
        notes = [Passage(line(taken.document.notes, "quiet"), above=1)]
        rows = [*planned_rows(taken.planned), *(notes if taken.document.notes else [])]
        super().__init__(f"This would file {taken.amendments}", rows)

    def action_send(self) -> None:
        """Goes on."""
        self.dismiss(True)


def filing(session: Session, taken: Taken) -> Form[Recorded]:
    """Returns the form that asks for title and reason, and files what was shown."""

    def send(values: Values) -> Recorded:
        return session.call(lambda desk: _file(desk, taken, values))

    fields = (
        Field("title", "Title"),
        Field("reason", "Reason", "", "what the document names is added to it", lines=5),
    )
    told = join((f"writes {taken.amendments} under ", "quiet"), ("proposals/", "strong"))
    return Form("Propose what the document says", fields, send, (), lambda values: told)


def _file(desk: Desk, taken: Taken, values: Values) -> Recorded:
    from manifesto_tui.workflow import proposing

    title, reason = values["title"].strip(), values["reason"].strip()
    if not reason:
        raise BadInput("reason-missing", "An amendment needs a reason.", "Say why.")
    done = proposing.propose(
        desk,
        title,
        taken.document.reasons(reason),
        texts=taken.document.sources,
        each_clause=taken.each_clause,
        new_only=True,
    )
    if len(done) == 1:
        return done[0]
    return replace(done[0], message=f"Propose {len(done)} amendments: {title}")


def planned_rows(planned: Sequence[Planned]) -> list[Row]:
    """Returns the rows that show what would be filed, and what is open beside it."""
    rows: list[Row] = []
    for one in planned:
        rows.append(Passage(line(one.amendment.title, "strong"), above=1 if rows else 0))
        if one.same_as:
            same = join(line(one.same_as, "strong"), " proposes just this already; it is left out.")
            rows.append(Passage(same, lead=words("= ", "mark")))
            continue
        rows.extend(change_rows(one.changes))
        rows.extend(
            Passage(join(line(f"{pair.b}: ", "strong"), line(pair.why)), lead=words("⚡ ", "warn"))
            for pair in one.collisions
        )
    return rows
