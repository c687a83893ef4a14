"""Draws a what-if: the text with several amendments in it, each word by whose it is.

A colour tells the amendments apart at a glance, a raised number behind the words says which it
is, and the legend says what the number stands for.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.publish.marks import superscript
from manifesto_tui.tui.draw.cards import whose
from manifesto_tui.tui.draw.changes import piece
from manifesto_tui.tui.draw.text import bullet_of
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import EMPTY, Part, join, line, opening, words

if TYPE_CHECKING:
    from manifesto_tui.workflow.whatif import Marked, WhatIf

NUMBER = 6


def legend_rows(found: WhatIf) -> list[Row]:
    """Returns which amendment each number is, how it fits, and what all would spend."""
    rows: list[Row] = []
    for part in found.parts:
        sign = superscript(part.number) if part.fits else "✗"
        # The id bears the colour too: of a raised number alone there is too little to see.
        role = whose(part.number) if part.fits else "bad"
        lead = words(f"{sign:<3}", role)
        body = join(
            line(part.id, role), " ", line(part.title), line(f" · {part.proposer}", "quiet")
        )
        if part.why:
            body = join(body, "\n", line(part.why, "warn"))
        rows.append(Passage(body, lead=lead, key=f"part:{part.id}"))
    over = found.spending.over
    rows.append(Divider(words("the length it would have", "quiet"), above=1))
    rows.append(Passage(line(found.spending.sentence, "warn" if over else "")))
    return rows


def consolidated_rows(found: WhatIf) -> list[Row]:
    """Returns the whole text as it would read, what changes marked by whose it is."""
    rows: list[Row] = []
    for each in found.passages:
        clause = each.passage.clause
        heading = clause.kind == "heading"
        number = f"{clause.number:<{NUMBER}}"
        lead = line(number, "title" if heading else "number")
        if clause.kind == "item":
            lead = join(lead, bullet_of(clause))
        rows.append(
            Passage(
                _words(each, heading),
                key=_key(each),
                lead=lead,
                above=1 if rows and clause.kind != "item" else 0,
            )
        )
    return rows


def changed_rows(found: WhatIf) -> list[Row]:
    """Returns a line for each passage that changes, to go to."""
    rows: list[Row] = []
    for each in found.passages:
        if each.passage.change:
            numbers = [(superscript(number), whose(number)) for number in each.by]
            text = opening(f" {each.passage.clause.text}")
            lead = line(f"{each.passage.clause.number:<{NUMBER}}", "number")
            rows.append(Passage(join(*numbers, text), key=_key(each), lead=lead, clip=True))
    return rows or [Passage(words("Nothing would change.", "quiet"))]


def _key(each: Marked) -> str:
    # A clause that moved stands in two places.
    return f"{each.passage.kind}:{each.passage.clause.anchor or each.passage.clause.line}"


def _words(each: Marked, heading: bool) -> Content:
    if not each.passage.change:
        return (
            line(each.passage.clause.text, "title") if heading else words(each.passage.clause.text)
        )
    parts: list[Part] = []
    for part, after in zip_longest(each.words, each.words[1:]):
        ends = after is None or after.op == "=" or after.by != part.by
        sign = superscript(part.by) if ends else ""
        parts.append(piece(part.op, part.text, whose(part.by), sign))
    return join(*parts) if parts else EMPTY
