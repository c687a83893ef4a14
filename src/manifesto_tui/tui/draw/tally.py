"""Draws a count: bars, shares, constituencies, and the sentences that tell it.

for      ███████████████████ 12
against  █████ 3

clinicians  ███████▒··  8–1 ✓  9 of 11 voted
quorum      16 of 20 voted ✓  needs 11
needs       at least two thirds: 12 of 15 ✓  takes 10
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from manifesto_tui.tui.draw.nothing import nothing_rows
from manifesto_tui.tui.draw.when import moment
from manifesto_tui.tui.row import Divider, Passage, Roomy, Row
from manifesto_tui.tui.safe import Part, Told, join, line, words

if TYPE_CHECKING:
    from manifesto_tui.governance.outcome import ConstituencyCount, Outcome, ThresholdMet
    from manifesto_tui.governance.score import Score
    from manifesto_tui.governance.tally import Tally
    from manifesto_tui.workflow.card import Card

_BAR = 24
_SHARES = 10
"""How many cells all members of a constituency take."""
_NAMES = (("for", "good"), ("against", "bad"), ("abstain", "quiet"), ("object", "warn"))


def vote_rows(card: Card, now: datetime, told: Told) -> list[Row]:
    """Returns the rows of the votes tab: the count, who voted, who has not."""
    if card.ballot is None:
        return nothing_rows(
            "No ballot has been opened on it yet.",
            "When a steward opens one ({ballot.open}), its text, the roll and the rules are "
            "pinned, and every member on that roll may vote until it closes.",
            told=told,
        )
    if not card.is_counted:
        return [Passage(words("Reading the votes …", "quiet"))]
    rows: list[Row] = [_closing(card, now)]
    if card.tally is not None:
        rows += tally_rows(card.tally)
        rows += _roll_call(card.tally)
    return rows


def _closing(card: Card, now: datetime) -> Row:
    from manifesto_tui.governance.moment import until

    assert card.ballot is not None
    ballot = card.ballot
    if card.stage == "at the ballot":
        said = f"Open until {moment(ballot.closes)}, {until(ballot.closes, now)}."
    else:
        said = f"Closed {moment(ballot.closes)}."
    mine = (
        f"  You voted {card.my_vote.choice or ', '.join(card.my_vote.ranking)}."
        if card.my_vote
        else "  You have not voted."
        if card.needs_my_vote
        else ""
    )
    return Passage(join((said, "strong"), (mine, "mark")))


def tally_rows(tally: Tally) -> list[Row]:
    """Returns the count in bars and in words."""
    numbers = {
        "for": tally.for_,
        "against": tally.against,
        "abstain": tally.abstain,
        "object": tally.object,
    }
    most = max(*numbers.values(), 1)
    rows: list[Row] = []
    if tally.ranking:
        # The numbers are of one text alone: which one has to be known before they are read.
        between = f"Between {tally.subject} and the text as it is:"
        rows.append(Passage(words("Preferred, best first: " + _order(tally)), above=1))
        rows.append(Passage(words(between), above=1))
    for name, role in _NAMES:
        if name == "object" and not tally.object:
            continue
        rows.append(
            Passage(
                join((bar(numbers[name], most), role), f" {numbers[name]}"),
                lead=words(f"{name:<9}"),
                above=0 if rows else 1,
            )
        )
    rows += _asked(tally)
    which = tally.subject if tally.ranking else ""
    rows.append(Passage(outcome(tally.would_be, tally.state == "open", which), above=1))
    rows += [Passage(line(said), lead=words("→ ", "mark")) for said in tally.what_would_change_it]
    rows.append(_signed(tally))
    rows.append(Divider(words("the count, to read aloud", "quiet"), above=1))
    rows += [Passage(words(sentence)) for sentence in tally.sentences]
    return rows


def _asked(tally: Tally) -> Iterator[Row]:
    """Yields what the rules ask for, and whether it is met: constituencies, quorum, share."""
    asked: list[tuple[str, str, bool, str]] = []
    bars: list[Content] = []
    for name, counted in tally.constituencies.items():
        came = f"{counted.for_}–{counted.opposed}"
        voted = f"{counted.present} of {counted.electorate} voted"
        asked.append((name, came, counted.met, voted))
        bars.append(shares(counted))
    quorum, share = tally.quorum, tally.threshold
    came = f"{quorum.present} of {tally.electorate} voted"
    asked.append(("quorum", came, quorum.met, f"needs {quorum.needed}"))
    asked.append(("needs", *_share(share)))
    longest = max(len(name) for name, *_ in asked)
    rows = [
        Passage(
            join(f"{came} ", _met(met), (f"  {more}", "quiet")),
            lead=join(line(name), " " * (longest + 2 - len(name))),
            above=0 if at else 1,
        )
        for at, (name, came, met, more) in enumerate(asked)
    ]
    drawn = tuple(_drawn(row, bar) for row, bar in zip(rows, bars, strict=False))
    yield from (Roomy(drawn, at) for at in range(len(drawn)))
    yield from rows[len(drawn) :]


def _drawn(row: Passage, bar: Content) -> tuple[Passage, ...]:
    """Returns a constituency with its bar, with that in fewer words, and without."""
    large = replace(row, lead=join(row.lead, bar, "  "))
    shorter = row.body[: len(row.body.plain.removesuffix(" voted"))]
    return large, replace(large, body=shorter), row


def _share(share: ThresholdMet) -> tuple[str, bool, str]:
    from manifesto_tui.governance.rules import NO_OBJECTION, Threshold

    if share.rule == NO_OBJECTION:
        return f"{share.rule}: {share.got} against", share.met, ""
    amount = Threshold.parse(share.rule).in_words
    return f"{amount}: {share.got} of {share.of}", share.met, f"takes {share.needed}"


def _signed(tally: Tally) -> Row:
    """Returns the second total: of those votes alone whose signature proves their name."""
    against = tally.signed["against"] + tally.signed["object"]
    return Passage(
        join(
            f"signed: for {tally.signed['for']}, against {against}",
            (f"  {sum(tally.signed.values())} of {tally.quorum.present} valid votes", "quiet"),
        )
    )


def bar(count: int, most: int) -> str:
    """Returns a bar as long as its share of the largest count; one block for any vote at all."""
    return "█" * (max(1, round(count * _BAR / most)) if count else 0)


def shares(counted: ConstituencyCount) -> Content:
    """Returns a bar of all members of a constituency: for █, against ▒, abstaining ░, silent ·."""
    answers = [counted.for_, counted.opposed, counted.abstain]
    members = max(counted.electorate, sum(answers), 1)
    cells = [max(1, round(count * _SHARES / members)) if count else 0 for count in answers]
    while sum(cells) > _SHARES:
        cells[cells.index(max(cells))] -= 1
    drawn = zip("█▒░", cells, ("good", "bad", "quiet"), strict=True)
    parts = [(sign * many, role) for sign, many, role in drawn]
    return join(*parts, ("·" * (_SHARES - sum(cells)), "quiet"))


def outcome(would_be: Outcome, is_open: bool, which: str = "") -> Content:
    """Returns the result, or what the votes so far would come to; `which` of rivals carries."""
    good = would_be == "carried"
    role = "good" if good else "bad"
    mark = "✓" if good else "✗"
    which = which if good else ""
    if is_open:
        told = {
            "carried": "would carry",
            "lost": "would be lost",
            "no quorum": "would miss the quorum",
            "blocked": "would be blocked",
            "open": "open",
        }[would_be]
        return join((f"{mark} As it stands {which or 'it'} {told}.", role))
    return join((f"{mark} {would_be.capitalize()}{which and f': {which}'}.", role))


def short(score: Score) -> str:
    """Returns the count in a few characters: "12–3"."""
    return f"{score.for_}–{score.opposed}"


def _met(met: bool) -> tuple[str, str]:
    return ("✓", "good") if met else ("✗ not met", "bad")


def _order(tally: Tally) -> str:
    from manifesto_tui.governance.ballot import STATUS_QUO

    names = [
        " = ".join("the text as it is" if n == STATUS_QUO else n for n in group)
        for group in tally.ranking
    ]
    return ", ".join(names)


def _roll_call(tally: Tally) -> list[Row]:
    rows: list[Row] = [Divider(words("votes", "quiet"), above=1)]
    for judged in tally.votes:
        vote = judged.vote
        choice = vote.choice or " › ".join(vote.ranking)
        role = {"for": "good", "against": "bad", "object": "warn"}.get(vote.choice, "")
        parts: list[Part] = [(f"{choice:<8}", role), " ", line(vote.voter, "strong")]
        if vote.reason:
            parts += ["  ", line(vote.reason)]
        if not judged.counted:
            parts += [("  not counted: ", "warn"), line(judged.why, "warn")]
        parts.append((f"  {judged.label}", "quiet"))
        rows.append(Passage(join(*parts), indent=2))
    for proxy in tally.proxies:
        if proxy.code in ("replaced", "taken-back"):
            continue
        said = join(("by proxy ", "quiet"), line(proxy.proxy.giver, "strong"), " → ")
        aside = (f"  not counted: {proxy.why}", "warn") if not proxy.counted else ""
        rows.append(Passage(join(said, line(proxy.proxy.holder, "strong"), aside), indent=2))
    if not tally.votes:
        rows.append(Passage(words("Nobody has voted yet.", "quiet")))
    if tally.not_voted:
        listed = ", ".join(tally.not_voted)
        rows.append(Passage(join(("not voted yet: ", "quiet"), line(listed)), above=1))
    return rows
