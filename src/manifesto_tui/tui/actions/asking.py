"""Lists the keys of what asks: dialogs, lists that letters narrow, the vote, the guide."""

from manifesto_tui.tui.actions.action import Action

DIALOG: tuple[Action, ...] = (
    Action(
        "dialog.send",
        ("ctrl+j", "ctrl+s"),
        "Record it",
        "Writes what the dialog says it will write.",
        "Dialog",
        label="record",
        scope="dialog",
        run="send",
    ),
    Action(
        "dialog.cancel",
        ("escape",),
        "Cancel",
        "Leaves the dialog; nothing is written.",
        "Dialog",
        label="leave",
        scope="dialog",
        run="cancel",
    ),
)

VOTE: tuple[Action, ...] = (
    Action(
        "vote.down",
        ("J",),
        "Read on",
        "Scrolls the change that is voted on.",
        "Dialog",
        label="read on",
        scope="vote",
        run="read(1)",
    ),
    Action(
        "vote.up",
        ("K",),
        "Read back",
        "Scrolls the change that is voted on back.",
        "Dialog",
        label="back",
        scope="vote",
        run="read(-1)",
    ),
    Action(
        "vote.clear",
        ("backspace",),
        "Take the order back",
        "Takes all places of a ranking back.",
        "Dialog",
        scope="vote",
        run="clear",
    ),
)

CHOICE: tuple[Action, ...] = (
    Action(
        "choice.mine",
        ("m",),
        "Yours stands",
        "Chooses what you recorded, to be recorded again over what others sent first.",
        "Dialog",
        label="yours",
        scope="choice",
        run="choose('mine')",
    ),
    Action(
        "choice.theirs",
        ("t",),
        "Theirs stands",
        "Chooses what others sent first; what you recorded is let go.",
        "Dialog",
        label="theirs",
        scope="choice",
        run="choose('theirs')",
    ),
)

FINDER: tuple[Action, ...] = (
    Action(
        "finder.choose",
        ("enter",),
        "Choose",
        "Takes what is selected in a list that letters narrow.",
        "Dialog",
        label="choose",
        scope="finder",
        run="send",
    ),
    Action(
        "finder.down",
        ("down", "ctrl+n"),
        "Next in the list",
        "Selects the next, while letters keep narrowing the list.",
        "Dialog",
        scope="finder",
        run="move(1)",
    ),
    Action(
        "finder.up",
        ("up", "ctrl+p"),
        "The one before",
        "Selects the one before, while letters keep narrowing the list.",
        "Dialog",
        scope="finder",
        run="move(-1)",
    ),
    Action(
        "finder.page-down",
        ("pagedown",),
        "A page of the list down",
        "Selects one a screen further down.",
        "Dialog",
        scope="finder",
        run="page(1)",
    ),
    Action(
        "finder.page-up",
        ("pageup",),
        "A page of the list up",
        "Selects one a screen further up.",
        "Dialog",
        scope="finder",
        run="page(-1)",
    ),
)

FIELD: tuple[Action, ...] = (
    Action(
        "field.next",
        ("space", "right"),
        "Next choice",
        "Changes a field of a few words, or a setting, to its next one.",
        "Dialog",
        label="change",
        scope="field",
        run="turn(1)",
    ),
    Action(
        "field.previous",
        ("left",),
        "Choice before",
        "Changes a field of a few words, or a setting, to the one before.",
        "Dialog",
        scope="field",
        run="turn(-1)",
    ),
)

GUIDE: tuple[Action, ...] = (
    Action(
        "guide.on",
        ("enter", "right", "space", "n"),
        "Next step",
        "Turns to the next step of the guide; leaves it after the last.",
        "Dialog",
        label="go on",
        scope="guide",
        run="turn(1)",
    ),
    Action(
        "guide.back",
        ("left", "b"),
        "Step before",
        "Turns back to the step before.",
        "Dialog",
        label="back",
        scope="guide",
        run="turn(-1)",
    ),
)
