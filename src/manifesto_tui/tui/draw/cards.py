"""Draws amendments: in the list, and in the tabs of the detail.

! k7f3 Publish every interface                       needs your vote
✎ m2pq Charge nothing for interfaces                            open
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from manifesto_tui.tui.draw import tally as tallies
from manifesto_tui.tui.draw.inline import inline
from manifesto_tui.tui.draw.when import day, minute, short_day
from manifesto_tui.tui.remedies import UNREAD
from manifesto_tui.tui.row import Divider, Later, Passage, Row
from manifesto_tui.tui.safe import EMPTY, Part, Told, join, line, opening, plain, words
from manifesto_tui.tui.themes import WHOSE

if TYPE_CHECKING:
    from manifesto_tui.governance.assembly import Assembly
    from manifesto_tui.governance.collision import Collision
    from manifesto_tui.prose import ClauseChange, Text
    from manifesto_tui.tui.state import View
    from manifesto_tui.workflow.card import Card

DRAFT = "draft:"
_JOINED = "\N{NO-BREAK SPACE}"  # No line ends with a dot or within a date.
_BEFORE = 4  # Cells of the mark and of the gap beside the id.
TABS = ("Diff", "Reasons", "Votes", "Discussion", "History")


def mark(card: Card, handle: str | None) -> tuple[str, str, str]:
    """Returns a card's mark, its word and its role: never a colour alone."""
    if card.kind == "unreadable":
        return "✗", "cannot be read", "bad"
    if "vote" in card.asks:
        return "!", "needs your vote", "mark"
    if card.stage == "adopted":
        return "✓", "adopted as modified" if card.modified_by else "adopted", "good"
    if card.stage == "rejected":
        return "✗", "rejected", "bad"
    if card.stage == "withdrawn":
        return "↩", "withdrawn", "quiet"
    if card.stage == "taken up":
        return "↪", f"taken up by {_amends(card)}", "quiet"
    if card.stage == "lapsed":
        return "…", "lapsed", "quiet"
    if "confirmation" in card.asks:
        return "?", "needs your confirmation", "mark"
    if "wording" in card.asks:
        return "?", "another wording: your answer", "mark"
    if "refiling" in card.asks:
        return "■", "to be filed again", "warn"
    if card.ranked_on and card.stage in ("closed", "at the ballot"):
        return "·", f"{'closed' if card.stage == 'closed' else 'ranked'} with {card.ranked_on}", ""
    if card.stage == "closed":
        return "■", "to be counted", "mark"
    if card.stage == "at the ballot":
        voted = f", you: {card.my_vote.choice or 'ranked'}" if card.my_vote else ""
        return "●", f"at the ballot{voted}", "number"
    if card.misfit:
        return "⚡", card.misfit, "warn"
    if any(pair.relation != "order" for pair in card.collisions):
        return "⚡", _collides(card), "warn"
    if card.standing and card.standing.state == "touched":
        return "⚡", "its text moved", "warn"
    drifted = card.standing is not None and card.standing.state == "drifted"
    moved = ", fits a moved text" if drifted else ""
    if card.proposer == handle:
        return "✎", f"yours, open{moved}", ""
    return "○", f"open{moved}", ""


def _amends(card: Card) -> str:
    return card.proposal.amendment.amends if card.proposal.amendment else ""


def _collides(card: Card) -> str:
    pair = next(pair for pair in card.collisions if pair.relation != "order")
    other = card.beside(pair)
    return f"same as {other}" if pair.relation == "duplicate" else f"rivals {other}"


def _raised(number: int) -> str:
    from manifesto_tui.publish.marks import superscript

    return superscript(number)


def card_row(card: Card, handle: str | None, compact: bool, now: datetime, number: int = 0) -> Row:
    """Returns the row of one amendment: one line where room is short, else two.

    `number` is its place in the set of a what-if, 0 where it is not in it.
    """
    if number:
        return _drawn(card, handle, compact, now, number)
    draw = _drawer(handle, compact, now)
    if compact:
        return Later(card.id, plain(line(card.title)), 0, draw, card, clip=True)
    body = plain(*_in_two(card, handle, now))
    return Later(card.id, body, _BEFORE + len(card.id), draw, card, below=1)


@lru_cache(maxsize=4)
def _drawer(handle: str | None, compact: bool, now: datetime) -> Callable[[Card], Passage]:
    """Returns what draws one card after the other: one for all rows of a list."""
    return partial(_drawn, handle=handle, compact=compact, now=now)


def _drawn(
    card: Card, handle: str | None, compact: bool, now: datetime, number: int = 0
) -> Passage:
    sign, said, role = mark(card, handle)
    chosen = (f"{_raised(number)} ", whose(number)) if number else " "
    lead = join(sign_of(sign, role), line(card.id, "key"), chosen)
    if compact:
        return Passage(line(card.title), key=card.id, lead=lead, tail=words(said, role), clip=True)
    return Passage(join(*_in_two(card, handle, now)), key=card.id, lead=lead, below=1)


def _in_two(card: Card, handle: str | None, now: datetime) -> list[Part]:
    """Returns the title, and under it how it stands."""
    _, said, role = mark(card, handle)
    return [line(card.title, "strong"), "\n", (said, role or "quiet"), *_facts(card, now)]


def whose(number: int) -> str:
    """Returns the role that colours what one of several amendments brings."""
    return f"whose-{(number - 1) % WHOSE}"


def draft_row(name: str, about: str, text: str) -> Row:
    """Returns the row of one of the reader's own drafts."""
    lead = join(sign_of("✎", "mark"), ("draft", "key"), " ")
    body = join(line(about, "strong"), "  ", opening(text, "quiet"))
    return Passage(body, key=DRAFT + name, lead=lead, tail=words("yours", "mark"), clip=True)


def sign_of(sign: str, role: str) -> Content:
    """Returns a mark in three cells; "⚡" is two wide."""
    return words(sign + " " * (3 - cell_len(sign)), role or "quiet")


def _facts(card: Card, now: datetime) -> list[Part]:
    facts: list[Part] = [(f" ·{_JOINED}", "quiet"), line(card.proposer, "quiet")]
    if card.filed:
        when = short_day(card.filed, now).replace(" ", _JOINED)
        facts.append((f" ·{_JOINED}{when}", "quiet"))
    if card.own_score:
        facts.append((f" ·{_JOINED}{tallies.short(card.own_score)}", "quiet"))
    return facts


def heading(card: Card, assembly: Assembly, told: Told) -> list[Row]:
    """Returns what stands above the tabs of a detail: title, who, when, what collides."""
    by = assembly.roll.by_handle.get(card.proposer)
    name = f"{by.name} ({card.proposer})" if by else card.proposer
    kind = {"ballot": "between rivals", "unreadable": "cannot be read"}.get(card.kind, card.kind)
    rows: list[Row] = [
        Passage(line(card.title, "title")),
        Passage(
            join(
                line(card.id, "key"),
                (f"  {card.stage}", "strong"),
                (f"  {kind}", "quiet"),
                join((" · ", "quiet"), line(name)) if name else "",
                (f" · {day(card.filed)}" if card.filed else "", "quiet"),
                (f" · {card.signature.label}" if card.is_judged else "", "quiet"),
            )
        ),
    ]
    return rows + warnings(card, told)


def warnings(card: Card, told: Told) -> list[Row]:
    """Returns what everyone should know before voting: moved text, rivals, duplicates."""
    rows: list[Row] = [
        Passage(line(who, "mark"), lead=words("✎ ", "mark")) for who in _authors(card)
    ]
    if card.kind == "unreadable":
        rows.append(Passage(told(UNREAD, "bad"), lead=words("✗ ", "bad")))
    rows += [
        Passage(told(_ASKS[need], "mark"), lead=words("! ", "mark"))
        for need in card.asks
        if need in _ASKS
    ]
    if card.stage == "lapsed":
        rows.append(Passage(words("It has lapsed: a second, a comment or a revision revives it.")))
    stands = standing_rows(card)
    if stands and card.standing and card.standing.state == "conflict":
        why = f"{card.standing.why} Its changes are shown in the text that they were written for."
        stands.append(Passage(line(why), lead=words("   ")))
    rows += stands
    if card.entrenched:
        rows.append(Passage(line(card.entrenched, "warn"), lead=words("▲ ", "warn")))
    return rows + collision_rows(card)


def standing_rows(card: Card) -> list[Row]:
    """Returns a row that says how the text moved under an open amendment; none where it did not."""
    if card.standing is None or card.standing.state == "clean" or card.stage != "open":
        return []
    said = {
        "drifted": "The text has moved since; the amendment still fits.",
        "touched": "The same sentence was changed since: the proposer has to confirm it.",
        "conflict": "It is in conflict with the text of today: it needs a new revision.",
        "moot": "The clause is gone, or reads so already.",
    }.get(card.standing.state, card.standing.state)
    return [Passage(words(said, "warn"), lead=words("⚡ ", "warn"))]


def collision_rows(card: Card, anchor: str = "") -> list[Row]:
    """Returns a row for each open amendment that one collides with, with the very words.

    `anchor` leaves out those that meet it in other clauses alone.
    """
    return [
        Passage(
            join(
                _which_of(card, pair),
                (f"{pair.relation} with ", "warn"),
                line(card.beside(pair), "key"),
                ": ",
                line(pair.why),
            ),
            lead=words("⚡ ", "warn"),
        )
        for pair in card.collisions
        if not anchor or anchor in pair.clauses
    ]


def _which_of(card: Card, pair: Collision) -> Content:
    """Returns which rival of a ballot it is that collides, for a ballot between rivals."""
    if card.kind != "ballot":
        return EMPTY
    return line(f"{pair.a if card.beside(pair) == pair.b else pair.b}: ", "key")


_ASKS = {
    "confirmation": "It waits for your confirmation: {rebase} fits it to the text, {revise} words "
    "it anew.",
    "wording": "Somebody words it otherwise: select that wording, and {accept} accepts it.",
    "refiling": "What carried no longer fits: the text or the rules have changed since. File it "
    "again as they are now.",
    "stale": "Nobody has acted on it for long.",
}


def _authors(card: Card) -> list[str]:
    amendment = card.proposal.amendment
    told = []
    if card.modified_by:
        verb = "Adopted as modified" if card.stage == "adopted" else "Modified"
        told.append(f"{verb}: with the wording of {', '.join(card.modified_by)}.")
    if amendment and amendment.amends:
        told.append(f"Another wording of {amendment.amends}, whose proposer may accept it.")
    return told


def with_length(
    rows: list[Row], card: Card, changes: Sequence[ClauseChange], view: View
) -> list[Row]:
    """Adds to an open amendment's changes how long the text would be; first where that is too long.

    Where no budget is set, or it would be as long as it is, nothing is added.
    """
    from manifesto_tui.governance.budget import Spent, words_more

    limit = view.assembly.manifesto.budget.words
    longer = words_more(changes)
    if limit is None or not longer or not card.is_undecided:
        return rows
    spent = Spent("", view.words, view.words + longer, limit)
    if not spent.is_over:
        return [*rows, Passage(words(f"The text with it: {spent}.", "quiet"), above=1)]
    told = f"The text with it: {spent}, {spent.after - limit} too many."
    return [Passage(words(told, "warn"), lead=words("! ", "warn"), below=1), *rows]


def reason_rows(card: Card, assembly: Assembly) -> list[Row]:
    """Returns the rows of the reasons tab: why, resting on what."""
    amendment = card.proposal.amendment
    rows: list[Row] = []
    for paragraph in amendment.rationale.split("\n\n") if amendment else ():
        if paragraph.strip():
            rows.append(Passage(inline(paragraph.strip()), above=1 if rows else 0))
    if not rows:
        rows.append(Passage(words("No reasons were given.", "quiet")))
    for key in amendment.sources if amendment else ():
        source = assembly.sources.get(key)
        told = f"{source.author}, {source.title}, {source.date}" if source else "unknown source"
        rows.append(
            Passage(
                join(line(told), line(f" {source.url}" if source and source.url else "", "quiet")),
                lead=line(f"[{key}] ", "tag"),
                above=1,
            )
        )
    return rows


def discussion_rows(card: Card, text: Text, told: Told) -> list[Row]:
    """Returns the rows of the discussion tab: seconds and comments in the order of time."""
    rows: list[Row] = []
    rows += [
        Passage(
            join(
                line(second.member, "strong"),
                f" seconded revision {second.revision}",
                (f", {minute(second.at)}, {label}", "quiet"),
            ),
            lead=words("+ ", "good"),
        )
        for second, label in card.seconds
    ]
    for said in card.discussion:
        comment = said.comment
        on = f" on {text.number_of(comment.clause)}" if comment.clause else ""
        rows.append(
            Divider(
                join(
                    line(comment.member, "strong"),
                    (f"{on} {minute(comment.at)}, {card.label(comment.path)}", "quiet"),
                ),
                above=1 if rows else 0,
            )
        )
        if said.hidden:
            hidden = f"hidden by {said.hidden.member}: {said.hidden.text}"
            rows.append(Passage(line(hidden, "quiet"), lead=words("– ", "quiet")))
            continue
        if comment.quote:
            rows.append(Passage(line(comment.quote, "quiet"), lead=words("│ ", "quiet")))
        rows += [Passage(words(part)) for part in comment.text.split("\n\n") if part.strip()]
    if not rows:
        rows.append(Passage(told("Nobody has said anything yet. Press {comment} to.", "quiet")))
    return rows


def life_rows(card: Card) -> list[Row]:
    """Returns the rows of the history tab: what happened to it, oldest first."""
    proposal = card.proposal
    told: list[tuple[str, str, Content]] = []

    def by(said: str, member: str, label: str, more: Part = "") -> Content:
        return join(f"{said} by ", line(member, "strong"), more, (f"  {label}", "quiet"))

    for revision, label in card.revisions:
        said = "filed" if revision.revision == 1 else f"revised (revision {revision.revision})"
        theirs = f" with {revision.author}’s wording {revision.takes_up}"
        more = line(theirs, "mark") if revision.takes_up else ""
        told.append((revision.filed, "○", by(said, revision.proposer, label, more)))
    told += [(s.at, "+", by("seconded", s.member, label)) for s, label in card.seconds]
    told += [(c.at, "…", by("comment", c.member, card.label(c.path))) for c in proposal.comments]
    for vote in proposal.votes if card.ballot else ():
        cast = join(line(vote.voter, "strong"), f" voted {vote.choice or 'with a ranking'}")
        told.append((vote.cast, "·", join(cast, (f"  {card.label(vote.path)}", "quiet"))))
    for deed in card.deeds:
        came = ""
        if deed.what == "Decided" and proposal.decision:
            came = f": {proposal.decision.outcome}"
        elif deed.what == "Withdrawn" and proposal.withdrawal and proposal.withdrawal.reason:
            came = f": {proposal.withdrawal.reason}"
        told.append(
            (deed.at, _DEEDS[deed.what], by(deed.what.lower(), deed.by, deed.label, line(came)))
        )
    rows: list[Row] = []
    for at, sign, happened in sorted(told, key=lambda entry: entry[0]):
        lead = join((f"{sign} ", "mark"), (f"{minute(at):<24}", "quiet"))
        rows.append(Passage(happened, lead=lead))
    return rows


_DEEDS = {"Withdrawn": "↩", "Put to the vote": "●", "Decided": "■"}
