"""Draws the life of a clause: what is proposed on it, what it has read, what came to nothing.

✓ k7f3 adopted                        ─────
Suppliers [-document-]{+publish+} their interfaces.
“ Nobody can build on what nobody may read.
12–3  ✓ Carried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from manifesto_tui.tui.draw import tally as tallies
from manifesto_tui.tui.draw.cards import collision_rows, mark, sign_of
from manifesto_tui.tui.draw.changes import marked
from manifesto_tui.tui.draw.inline import inline
from manifesto_tui.tui.draw.when import day
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import EMPTY, Told, join, line, words
from manifesto_tui.tui.state import View

if TYPE_CHECKING:
    from manifesto_tui.prose import ClauseChange
    from manifesto_tui.workflow.card import Card
    from manifesto_tui.workflow.life import Wording

_REASON = 240  # Characters of a reason that are told here; its amendment tells all.
Changes = Mapping[str, "Sequence[ClauseChange]"]


def clause_rows(
    view: View,
    anchor: str,
    number: str,
    changes: Changes,
    told: Told,
    wordings: Sequence[Wording] | None = None,
) -> list[Row]:
    """Returns the third pane of the reader: the life of one clause, what is open first.

    `changes` holds those worked out so far, by id of the amendment; `wordings` are all that the
    clause has had, the earliest first, None while they are not known.
    """
    cards, others = view.told_on(anchor)
    rows: list[Row] = []
    if not cards:
        rows += [
            Passage(words(f"Nobody has proposed a change to {number or 'this clause'}.", "quiet")),
            Passage(told("Press {amend} to amend it.", "quiet"), above=1),
        ]
    worded = [(wording, _brought(view, wording)) for wording in wordings or ()]
    adopted = {card.id for _, card in worded if card}
    for card in cards:
        if card.is_still_open:
            rows += _proposed(view, card, anchor, changes, above=2 if rows else 0)
    rows += _worded(view, worded, above=2 if rows else 0)
    for card in cards:
        if not card.is_still_open and card.id not in adopted:
            rows += _proposed(view, card, anchor, changes, above=2 if rows else 0)
    if others:
        more = told(f"And {others} more: {{mode.amendments}} lists all.", "quiet")
        rows.append(Passage(more, above=2))
    if wordings is None and anchor:
        whole = told("{clause.history} tells every wording it has had.", "quiet")
        rows.append(Passage(whole, above=2))
    return rows


def _proposed(view: View, card: Card, anchor: str, changes: Changes, above: int) -> list[Row]:
    """Returns what one amendment would make, or would have made, of the clause."""
    sign, said, role = mark(card, view.handle)
    label = join(sign_of(sign, role), line(card.id, "key"), f" {said}")
    rows: list[Row] = [
        Divider(label, above=above),
        Passage(line(card.title, "strong")),
        Passage(join(line(card.proposer, "quiet"), (f", {day(card.filed)}", "quiet"))),
    ]
    for change in changes.get(card.id, ()):
        new = anchor in _inserted_after(card, change.clause)
        if not new and anchor not in {change.clause, *(c.anchor for c in change.old)}:
            continue
        lead = words("new clause after it: ", "good") if new else EMPTY
        rows.append(Passage(join(lead, marked(change.words)), above=1))
    return [*rows, *collision_rows(card, anchor=anchor), *_grounds(card)]


def _worded(view: View, worded: Sequence[tuple[Wording, Card | None]], above: int) -> list[Row]:
    """Returns every wording, the latest first, against the one before it."""
    from manifesto_tui.prose import word_diff

    rows: list[Row] = []
    earlier = ["", *(wording.words or "" for wording, _ in worded)]
    for was, (wording, card) in reversed(list(zip(earlier, worded, strict=False))):
        when = day(wording.when)
        if card:
            sign, said, role = mark(card, view.handle)
            label = join(
                sign_of(sign, role), line(card.id, "key"), f" {said}", (f" {when}", "quiet")
            )
        else:
            author = wording.author.partition(" <")[0]
            label = join(sign_of("·", "mark"), line(f"{when} {author}", "quiet"))
        rows.append(Divider(label, above=2 if rows else above))
        if card:
            rows.append(Passage(line(card.title, "strong")))
        if wording.words is None:
            rows.append(Passage(words("It was taken out.", "bad")))
        rows.append(Passage(marked(word_diff(was, wording.words or "")), above=1 if card else 0))
        if wording.how:
            rows.append(Passage(line(wording.how), lead=words("→ ", "mark")))
        if card:
            rows += _grounds(card)
        else:
            rows.append(Passage(line(wording.message, "quiet"), lead=words("“ ", "quiet")))
    return rows


def _brought(view: View, wording: Wording) -> Card | None:
    """Returns the amendment that brought a wording, None for an edit while drafting."""
    decision = wording.proposal.decision if wording.proposal else None
    return view.by_id.get(decision.adopted) if decision else None


def _grounds(card: Card) -> list[Row]:
    """Returns the first of the reasons, and the count, both in short."""
    from manifesto_tui.prose import shortened

    rows: list[Row] = []
    amendment = card.proposal.amendment
    reason = amendment.rationale.strip().partition("\n\n")[0] if amendment else ""
    if reason:
        reason = shortened(reason, _REASON)
        rows.append(Passage(inline(reason), lead=words("“ ", "quiet"), above=1))
    if card.own_score:
        came = tallies.outcome(card.own_score.would_be, card.stage == "at the ballot")
        rows.append(Passage(join(tallies.short(card.own_score), "  ", came), above=1))
    elif card.score:
        told = f"What ballot {card.ranked_on} came to is told of {card.score.subject}."
        rows.append(Passage(line(told, "quiet"), above=1))
    return rows


def _inserted_after(card: Card, clause: str | None) -> set[str]:
    """Returns the anchor that a new clause would stand after."""
    amendment = card.proposal.amendment
    changes = amendment.changes if amendment else ()
    return {change.after for change in changes if change.id == clause and change.after}
