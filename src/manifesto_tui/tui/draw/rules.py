"""Draws rules, sentence by sentence: what a ballot asks, what goes and what comes by a change."""

from collections.abc import Sequence

from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import line, words

_ROLES = {"-": "bad", "+": "good"}


def rules_rows(difference: Sequence[tuple[str, str]]) -> list[Row]:
    """Returns a row for each sentence, "-" or "+" before it; nothing where no rule changes."""
    if not difference:
        return []
    heading = Passage(words("It changes the rules, for ballots that open after it:", "strong"))
    return [heading, *signed_rows(difference)]


def asked_rows(sentences: Sequence[str]) -> list[Row]:
    """Returns what a ballot asks for, a sentence a row."""
    heading = Divider(words("what it takes", "quiet"), above=1)
    return [heading, *(Passage(line(said), lead=words("· ", "quiet")) for said in sentences)]


def signed_rows(difference: Sequence[tuple[str, str]]) -> list[Row]:
    """Returns a row for each of these lines, with its sign before it."""
    return [
        Passage(line(sentence), lead=words(f"{sign} ", _ROLES[sign]), above=1)
        for sign, sentence in difference
    ]
