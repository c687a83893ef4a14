"""Lists what goes on around it: files, proof, people, others’ clones, colours."""

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.actions import stewards as s
from manifesto_tui.tui.actions.action import Action

SHARE: tuple[Action, ...] = (
    Action(
        "publish",
        ("x",),
        "Publish",
        "Writes the text, a redline or a meeting's papers to a file: Word, PDF, web page, more.",
        "Share",
        why_not=c.loaded,
    ),
    Action(
        "verify",
        ("V",),
        "Prove",
        "Replays the whole history and says whether the text is what was agreed.",
        "Share",
        why_not=c.loaded,
    ),
    Action(
        "check",
        ("C",),
        "Check",
        "Lists what is wrong in the text and in the record's files.",
        "Share",
        why_not=c.loaded,
    ),
    Action(
        "undo",
        ("u",),
        "Undo",
        "Takes back what you recorded last, by the act that is its opposite, after asking.",
        "Share",
        why_not=c.can_undo,
    ),
    Action(
        "people",
        ("P",),
        "People and rules",
        "Shows the roll and the signatories by constituency, and the rules in words.",
        "Share",
        why_not=c.loaded,
    ),
    Action(
        "people.admit",
        ("A",),
        "Admit a member",
        "Puts someone on the roll, as one commit.",
        "Share",
        why_not=s.can_admit,
    ),
    Action(
        "people.steward",
        ("F",),
        "Name a steward",
        "Makes a member a steward, or a steward an ordinary member again, as one commit.",
        "Share",
        why_not=s.can_name,
    ),
    Action(
        "rules.change",
        ("U",),
        "Change the rules",
        "Words the rules anew, beginning with those in force or with ready ones; proposes them.",
        "Share",
        why_not=c.can_propose,
    ),
    Action(
        "present",
        ("p",),
        "Present",
        "Shows one amendment at a time for a projector: before, after, the count; first a result, "
        "where one is selected.",
        "Share",
        why_not=c.has_agenda,
    ),
    Action(
        "sync",
        ("S",),
        "Send and fetch",
        "Fetches what others recorded, and sends what was recorded here; shows what goes on. The "
        "first time it asks for the shared place.",
        "Share",
        why_not=c.can_sync,
    ),
    Action(
        "choose",
        ("X",),
        "Choose between two acts",
        "Shows what you recorded beside what others sent first, where both cannot stand, and asks "
        "which of them shall.",
        "Share",
        why_not=c.has_to_choose,
    ),
    Action("reload", ("R",), "Reload", "Reads the record again.", "Share"),
    Action(
        "copy",
        ("y",),
        "Copy",
        "Copies the selected clause or its change, or the name of an amendment or an edition.",
        "Share",
        why_not=c.loaded,
    ),
    Action(
        "settings",
        ("comma",),
        "Settings",
        "Shows and changes what is yours to choose: who you are, colours, panes, reminders, keys.",
        "Share",
    ),
    Action(
        "theme",
        ("t",),
        "Colours",
        "Changes between light, dark, high contrast, and blue and orange.",
        "Share",
    ),
)
