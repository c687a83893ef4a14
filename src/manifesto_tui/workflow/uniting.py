"""Unites two texts that were edited apart from one another while still being drafted.

Clause by clause: what one side changed goes into the text as the other left it. Where both changed
the same words nothing is united, and people are told which.
"""

from dataclasses import replace

from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.wording import written
from manifesto_tui.prose import Text
from manifesto_tui.record.sides import Sides
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.wording import changed_files

_HINT = "Yours is kept here. Agree on one, record it, and synchronise again."


def settle(desk: Desk, sides: Sides) -> dict[str, bytes]:
    """Returns the text with both sides' edits; Refused "needs-people" where they met."""
    was, mine, its = (desk.assembly_at(c) for c in (sides.base, sides.ours, sides.theirs))
    states = {was.manifesto.state, mine.manifesto.state, its.manifesto.state}
    if states == {"in-force"}:
        raise apart("The text in force was changed here without a decision.")
    if states != {"drafting"}:
        raise apart("The text was put in force on one side, and changed on the other.")
    if len({was.manifesto.text, mine.manifesto.text, its.manifesto.text}) > 1:
        raise apart("Both sides changed the text, and which files it is made of.")
    return changed_files(mine.text, laid_over(was.text, mine.text, its.text))


def laid_over(was: Text, mine: Text, its: Text, mine_wins: bool = False) -> Text:
    """Returns others' text with what one changed from `was`, clause by clause.

    Raises Refused "needs-people", naming the clause and its words, where both changed the same;
    with `mine_wins` only where there is nothing left to lay it over.
    """
    # Both sides may have given a new clause the same anchor; ours gets another one then.
    new = {a: clause for a, (_, clause) in its.by_anchor.items() if a not in was.by_anchor}
    ours = {a: clause.block for a, (_, clause) in mine.by_anchor.items()}
    taken = {a for a, clause in new.items() if a in ours and ours[a] != clause.block}
    wanted = derive_changes(was, mine, taken)
    if mine_wins:
        found = its.by_anchor
        wanted = tuple(
            replace(c, was=written(found[c.clause][1].block)) if c.clause in found else c
            for c in wanted
        )
    try:
        return enact(its, wanted)
    except Refused as why:
        raise apart(f"Both sides edited the text. {why.sentence}") from why


def apart(sentence: str) -> Refused:
    """Says what waits for people."""
    return Refused("needs-people", sentence, _HINT)
