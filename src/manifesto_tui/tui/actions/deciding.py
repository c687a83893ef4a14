"""Lists what members do about an amendment, and what stewards do about the text."""

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.actions.action import Action
from manifesto_tui.tui.state import Mode

_AMENDMENTS: tuple[Mode, ...] = ("amendments",)
_BOTH: tuple[Mode, ...] = ("read", "amendments")

DECIDE: tuple[Action, ...] = (
    Action(
        "vote",
        ("v",),
        "Vote",
        "Records your vote on the selected amendment, as one commit.",
        "Decide",
        label="vote",
        modes=_BOTH,
        why_not=c.can_vote,
    ),
    Action(
        "second",
        ("plus",),
        "Second",
        "Records that you support putting the amendment to the vote.",
        "Decide",
        modes=_BOTH,
        why_not=c.can_second,
    ),
    Action(
        "comment",
        ("c",),
        "Comment",
        "Records what you say of the selected amendment.",
        "Decide",
        label="comment",
        modes=_BOTH,
        why_not=c.can_comment,
    ),
    Action(
        "comment.hide",
        ("H",),
        "Hide a comment",
        "Hides one of your own comments, or any as a steward; it stays in the record.",
        "Decide",
        modes=_AMENDMENTS,
        why_not=c.can_hide,
    ),
    Action(
        "ballot.open",
        ("o",),
        "Open the ballot",
        "Puts the selected amendment to the vote: pins its text, the roll and the rules.",
        "Decide",
        label="open ballot",
        modes=_BOTH,
        why_not=c.can_open,
    ),
    Action(
        "decide",
        ("exclamation_mark",),
        "Decide",
        "Counts a closed ballot and, where it carried, changes the text, in one commit.",
        "Decide",
        label="decide",
        modes=_AMENDMENTS,
        why_not=c.can_decide,
    ),
    Action(
        "withdraw",
        ("w",),
        "Withdraw",
        "Takes your own amendment back.",
        "Decide",
        modes=_BOTH,
        why_not=c.can_withdraw,
    ),
    Action(
        "ratify",
        ("ctrl+r",),
        "Put the text in force",
        "Ratifies the text: from then on only decisions change it.",
        "Decide",
        why_not=c.can_ratify,
    ),
    Action(
        "edition",
        ("ctrl+n",),
        "Make the next edition",
        "Numbers the text by what was decided since the last edition, and tags it.",
        "Decide",
        why_not=c.can_make_edition,
    ),
    Action(
        "sign",
        ("I",),
        "Sign an edition",
        "Puts your name to the latest edition, or takes it back; stewards record others' names.",
        "Decide",
        why_not=c.can_sign,
    ),
)
