"""Draws an amendment up again on the text as it has become.

    rebased = rebase(text, amendment.changes)
    rebased.changes      # what the new revision holds
    rebased.is_same      # the same words go and come: nobody needs to be asked

Nothing is overwritten: what others have changed since stays, and where both changed one sentence
the proposer is asked, since nobody has agreed to it yet.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.amendment import Change
from manifesto_tui.governance.effect import ChangeStanding, enact, standing
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.wording import written
from manifesto_tui.prose import Text, reveal, word_diff


@dataclass(frozen=True, slots=True)
class Rebased:
    """Changes drawn up again, and the sentences that the proposer has to confirm.

    Changes that there is nothing left to do for are left out.
    """

    changes: tuple[Change, ...]
    confirm: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the same words are taken away and added as before."""
        return not self.confirm


def rebase(text: Text, changes: Sequence[Change]) -> Rebased:
    """Returns an amendment's changes drawn up on this text.

    Raises Refused with code `text-conflict` where the same words have changed, and `moot` where
    nothing is left of the amendment, `text-unwritable` where Markdown cannot say it any more.
    """
    found = standing(text, changes)
    if found.is_unwritable:
        enact(text, changes)
    if found.state == "conflict":
        stuck = next(e for e in found.each if e.state in ("conflict", "moot") and not e.is_done)
        raise Refused(
            "text-conflict",
            stuck.why,
            "The proposer can write these words anew in a revision.",
            stuck.change.target,
        )
    kept = [each for each in found.each if each.state != "moot"]
    if not kept:
        raise Refused("moot", found.why, "The proposer can withdraw it.")
    made = [(each, _drawn_up(text, each)) for each in kept]
    confirm = [
        each.why
        for each, change in made
        if each.state == "touched" or not _same_words(each.change, change)
    ]
    return Rebased(tuple(change for _, change in made), tuple(confirm))


def _drawn_up(text: Text, each: ChangeStanding) -> Change:
    there = text.by_anchor.get(each.change.clause)
    if there is None:
        return each.change
    was = reveal(written(there[1].block))
    now = each.change.now
    if now is not None and each.block is not None:
        now = reveal(written(each.block))
    return replace(each.change, was=was, now=now)


def _same_words(old: Change, new: Change) -> bool:
    return _changed(old) == _changed(new)


def _changed(change: Change) -> Counter[tuple[str, str]]:
    """Counts the words that a change takes away and adds, wherever they stand."""
    if change.was is None or change.now is None:
        return Counter()
    return Counter(
        (sign, word)
        for sign, words in word_diff(change.was, change.now)
        if sign != "="
        for word in words.split()
    )
