"""Publishes: asks what, in which format, and where, and shows first what the file will hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import slug_of
from manifesto_tui.publish.formats import BY_NAME, FORMATS, Format
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.finder import Entry, Finder
from manifesto_tui.tui.screens.form import Field, Form, Values
from manifesto_tui.tui.state import View

if TYPE_CHECKING:
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.desk import Desk

_PAPERS = {
    "booklet": "A booklet for the meeting: every open amendment with its reasons",
    "decisions": "A record of the decisions, with the counts",
    "changelog": "What each edition changed",
}
_PREVIEWED = 40


@dataclass(frozen=True, slots=True)
class Work:
    """Something to publish, in a format. `name` begins the name of its file."""

    kind: str
    named: str
    name: str
    title: str
    format: str = "txt"

    def content(self, desk: Desk, tell: Callable[[str], None]) -> bytes:
        """Returns the bytes of the file; `tell` hears where it is less than is promised."""
        from manifesto_tui.workflow.papers import meeting_paper
        from manifesto_tui.workflow.publishing import publish

        if self.kind == "paper":
            return meeting_paper(desk, self.named, self.format, tell=tell)
        if self.kind == "amendment":
            return publish(desk, self.format, amendment=self.named, tell=tell)
        if self.kind == "since":
            return publish(desk, self.format, redline=(self.named, desk.assembly.commit), tell=tell)
        return publish(desk, self.format, tell=tell)

    def can_be(self, format: Format) -> bool:
        """Says whether a format can show it."""
        if self.kind == "paper":
            return format.papers
        return format.text if self.kind == "text" else format.redline


def works(view: View, card: Card | None) -> list[Work]:
    """Returns what there is to publish: the text, what changes it, the papers of a meeting."""
    name = slug_of(view.assembly.manifesto.title) or "manifesto"
    found = [Work("text", "", name, "The text as it is")]
    if card and card.is_on_the_text:
        told = f"What {card.id} would change: {card.title}"
        found.append(Work("amendment", card.id, f"{name}-{card.id}", told))
    edition, is_it = view.edition
    if edition and not is_it:
        told = f"What has changed since edition {edition}"
        found.append(Work("since", edition, f"{name}-since-{edition}", told))
    found += [Work("paper", paper, f"{name}-{paper}", told) for paper, told in _PAPERS.items()]
    return found


def asking_what(found: list[Work]) -> Finder:
    """Returns the list of what there is to publish, each under its place in the list."""
    entries = [
        Entry(str(at), line(work.title, "strong"), work.title) for at, work in enumerate(found)
    ]
    return Finder("Publish what?", entries, "find")


def asking_format(work: Work) -> Finder:
    """Returns the list of formats that can show it."""
    entries = [
        Entry(
            each.name,
            line(each.title),
            f"{each.name} {each.title} {each.extension}",
            lead=words(f"{each.name:<7} ", "key"),
            tail=words(each.extension, "quiet"),
        )
        for each in FORMATS
        if work.can_be(each)
    ]
    return Finder("In which format?", entries, "find a format")


def preview(desk: Desk, work: Work) -> tuple[bytes, list[Row]]:
    """Returns the bytes of the file, and rows that show how it begins."""
    notes: list[str] = []
    content = work.content(desk, notes.append)
    wanted = BY_NAME[work.format]
    shown = content
    if wanted.is_binary or wanted.name in ("html", "akn"):
        shown = Work(work.kind, work.named, work.name, work.title).content(desk, lambda said: None)
    lines = shown.decode("utf-8").splitlines()
    if shown is not content or wanted.name == "txt":
        lines = _whole(lines)
    size = f"{max(len(content) // 1000, 1)} kB" if len(content) >= 1000 else f"{len(content)} bytes"
    as_plain = "" if shown is content else ", here as plain words"
    rows: list[Row] = [Divider(words(f"{wanted.title}, {size}{as_plain}", "quiet"))]
    rows += [Passage(line(note, "warn"), lead=words("! ", "mark")) for note in notes]
    rows += [Passage(line(each)) for each in lines[:_PREVIEWED]]
    if len(lines) > _PREVIEWED:
        rows.append(Passage(words(f"… and {len(lines) - _PREVIEWED} lines more", "quiet")))
    return content, rows


def _whole(lines: list[str]) -> list[str]:
    """Returns the lines of plain words whole: they are broken anew for the room there is."""
    from manifesto_tui.publish.plain import WIDTH

    whole: list[str] = []
    before = ""
    for each in lines:
        first = each.strip().partition(" ")[0]
        if first and before and len(before) + 1 + len(first) > WIDTH:
            whole[-1] += f" {each.strip()}"
        else:
            whole.append(each)
        before = each
    return whole


def asking_where(work: Work, content: bytes, rows: list[Row]) -> Form[str]:
    """Returns the form that shows how the file begins, and asks where it is to be."""
    name = f"{work.name}{BY_NAME[work.format].extension}"

    def written(values: Values) -> Part:
        return join(
            ("writes the file ", "quiet"),
            line(values["path"] or "…", "number"),
            ("; the record stays as it is.", "quiet"),
        )

    fields = (Field("path", "File", name, "in the folder you started from"),)
    return Form(
        join(("Publish  ", "strong"), line(work.title)),
        fields,
        lambda values: _write(values["path"].strip(), content),
        tuple(rows),
        written,
        "Writing",
        verb="write",
    )


def _write(path: str, content: bytes) -> str:
    from manifesto_tui.workflow.publishing import write_file

    if not path:
        raise BadInput("no-path", "No file is named.", "Name one.")
    target = Path(path).expanduser()
    write_file(target, content)
    return f"✓ Wrote {target}. Delete the file to undo it."
