"""Lists what finds and shows: the text, what differs, what it has been."""

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.actions.action import Action
from manifesto_tui.tui.state import Mode

_READ: tuple[Mode, ...] = ("read",)
_AMENDMENTS: tuple[Mode, ...] = ("amendments",)

READ: tuple[Action, ...] = (
    Action(
        "find",
        ("slash",),
        "Find or filter",
        "Finds words in the text, or narrows a list to what contains them.",
        "Read",
        label="find",
    ),
    Action(
        "find.next",
        ("n",),
        "Next match or change",
        "Goes to the next match; without one, to the next clause or change that is proposed.",
        "Read",
    ),
    Action("find.previous", ("N",), "Previous match", "Goes to the match before.", "Read"),
    Action(
        "diff.style",
        ("s",),
        "Inline, side by side, clean",
        "Changes how differences are drawn.",
        "Read",
        label="style",
        modes=("amendments", "compare"),
    ),
    Action(
        "clause.amendments",
        ("d",),
        "Show the diff",
        "Opens the first amendment on the selected clause and shows what it changes.",
        "Read",
        label="diff",
        modes=_READ,
        why_not=c.clause_is_amended,
    ),
    Action(
        "text.marked",
        ("m",),
        "Proposals in place",
        "Shows below each clause what every open amendment would make of it.",
        "Read",
        label="in place",
        modes=_READ,
        why_not=c.loaded,
    ),
    Action(
        "clause.history",
        ("h",),
        "History of this clause",
        "Shows every wording the clause has had, who decided it and why.",
        "Read",
        label="history",
        modes=_READ,
        why_not=c.clause_is_anchored,
    ),
    Action(
        "compare.choose",
        ("equals_sign",),
        "Choose what to compare",
        "Asks which two editions, commits or amendments to compare.",
        "Read",
        label="choose",
        modes=("compare",),
        why_not=c.loaded,
    ),
    Action(
        "whatif.choose",
        ("m",),
        "Into the what-if, or out",
        "Takes the selected amendment into a set, in the order of choosing, for W to show.",
        "Read",
        modes=_AMENDMENTS,
        why_not=c.can_choose,
    ),
    Action(
        "whatif",
        ("W",),
        "What if",
        "Shows the text with the chosen amendments in it, in that order, or with the selected one.",
        "Read",
        modes=_AMENDMENTS,
        why_not=c.has_chosen,
    ),
    Action(
        "lists",
        ("l",),
        "Lists",
        "Narrows the list: what needs you, what is in conflict, closing, stale, yours, by state.",
        "Read",
        label="lists",
        modes=_AMENDMENTS,
        why_not=c.loaded,
    ),
)
