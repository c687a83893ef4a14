"""Draws the text and its outline: numbered clauses, with what is proposed on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.tui.draw.cards import whose
from manifesto_tui.tui.draw.changes import marked
from manifesto_tui.tui.draw.inline import inline, verbatim
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import EMPTY, join, line, words
from manifesto_tui.tui.state import View

if TYPE_CHECKING:
    from manifesto_tui.prose import Clause, ClauseChange, Text
    from manifesto_tui.workflow.card import Card

NUMBER = 5


def clause_key(path: str, clause: Clause) -> str:
    """Returns what names a clause in a list: its anchor, or its place where it has none."""
    return clause.anchor or f"{path}:{clause.line}"


def clauses_by_key(text: Text) -> dict[str, tuple[str, Clause]]:
    """Returns path and clause by the key that a row carries."""
    found: dict[str, tuple[str, Clause]] = {}
    for path, clause in text:
        found.setdefault(clause_key(path, clause), (path, clause))
    return found


Changes = Mapping[str, "Sequence[ClauseChange]"]


def text_rows(view: View | None, text: Text, changes: Changes | None = None) -> list[Row]:
    """Returns a row for each clause, in reading order; `view` None leaves the tags out.

    With `changes` by amendment, what each open one would change stands below its clause: first
    what it would read, then what would be new after it.
    """
    rows: list[Row] = []
    for path, outline in text.documents:
        if outline.clauses and outline.clauses[0].kind != "heading":
            rows.append(Divider(line(path, "quiet"), above=1 if rows else 0))
        before = None
        for clause in outline.clauses:
            close = before is not None and before.kind == clause.kind == "item"
            rows.append(_clause_row(view, path, clause, above=0 if close or not rows else 1))
            before = clause
            if view is not None and changes is not None:
                rows += _proposed(view, clause, changes)
    return rows


def _clause_row(view: View | None, path: str, clause: Clause, above: int) -> Row:
    key = clause_key(path, clause)
    cards = view.on_clause.get(clause.anchor or "", ()) if view else ()
    tags = tuple(_tag(card) for card in cards if card.is_still_open)
    if clause.kind == "heading":
        body = line(clause.text, "title")
    else:
        body = body_of(clause)
    if tags:
        body = join(body, "  ", *_spaced(tags))
    lead = line(clause.number, "title" if clause.kind == "heading" else "number")
    lead = join(lead, " " * max(NUMBER - len(clause.number), 1))
    return Passage(body, key=key, lead=join(lead, bullet_of(clause)), above=above)


def _proposed(view: View, clause: Clause, changes: Changes) -> list[Row]:
    reads: list[Row] = []
    new: list[Row] = []
    for card in view.on_clause.get(clause.anchor or "", ()):
        amendment = card.proposal.amendment
        if not card.is_still_open or amendment is None or card.id not in changes:
            continue
        # The colour tells whose it is at a glance; the id says so.
        role = whose(view.places[card.id] + 1)
        lead = join(" " * (NUMBER - 2), ("┊ ", role), line(card.id, role), " ")
        if card.standing and card.misfit:
            why = line(card.standing.why)
            told = join((f"⚡ {card.misfit}, so not drawn here: ", "warn"), why)
            reads.append(Passage(told, lead=lead))
            continue
        after = {change.id for change in amendment.changes if change.after == clause.anchor}
        for change in changes[card.id]:
            row = Passage(marked(change.words, role), lead=lead)
            if change.clause in after:
                new.append(row)
            elif clause.anchor in (change.clause, *_anchors(change)):
                reads.append(row)
    return reads + new


def _anchors(change: ClauseChange) -> Iterator[str | None]:
    return (clause.anchor for clause in change.old)


def body_of(clause: Clause) -> Content:
    """Returns the words of a clause as they read."""
    if clause.kind in ("table", "code", "html"):
        return verbatim(clause.text)
    return inline(clause.text)


def bullet_of(clause: Clause) -> Content:
    """Returns the mark before an item of a list or a quotation."""
    if clause.kind == "item":
        return words(
            "  " * max(clause.depth - 1, 0) + ("◦ " if clause.depth > 1 else "• "), "quiet"
        )
    return words("│ ", "quiet") if clause.kind == "quote" else EMPTY


def _tag(card: Card) -> Content:
    # What is at the ballot has its words fixed; whether they still fit is not known beforehand.
    said = card.misfit if card.is_changeable else ""
    told = f"[⚡ {card.id} {said}]" if said else f"[{card.id} {card.stage}]"
    # One tag never breaks over two lines.
    return line(told.replace(" ", "\N{NO-BREAK SPACE}"), "tag")


def _spaced(tags: tuple[Content, ...]) -> Iterator[Content]:
    for index, tag in enumerate(tags):
        if index:
            yield words(" ")
        yield tag


def outline_rows(view: View, compact: bool = False) -> list[Row]:
    """Returns a row for each heading with the number of open amendments under it.

    Headings wrap where there is room for it; `compact` cuts them to a line each.
    """
    rows: list[Row] = []
    for heading, path, counted in _sections(view):
        depth = heading.number.count(".")
        body = line(heading.text, "strong" if depth == 0 else "")
        rows.append(
            Passage(
                body,
                key=clause_key(path, heading),
                lead=join(
                    "  " * depth,
                    line(heading.number, "number"),
                    " " * max(3 - len(heading.number), 1),
                ),
                tail=line(f"◆{counted}", "tag") if counted else EMPTY,
                clip=compact,
            )
        )
    return rows


def _sections(view: View) -> list[tuple[Clause, str, int]]:
    found: list[tuple[Clause, str, set[str]]] = []
    for path, clause in view.assembly.text:
        if clause.kind == "heading":
            found.append((clause, path, set()))
        if not found:
            continue
        for card in view.on_clause.get(clause.anchor or "", ()):
            if card.is_still_open:
                found[-1][2].add(card.id)
    return [(clause, path, len(ids)) for clause, path, ids in found]


def section_of(text: Text, key: str) -> str:
    """Returns the key of the heading that a clause stands under, "" where there is none."""
    heading = ""
    for path, clause in text:
        if clause.kind == "heading":
            heading = clause_key(path, clause)
        if clause_key(path, clause) == key:
            return heading
    return ""
