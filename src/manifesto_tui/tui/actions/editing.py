"""Lists the keys of the editor and of dialogs, where letters are text."""

from manifesto_tui.tui.actions.action import Action

EDITOR: tuple[Action, ...] = (
    Action(
        "draft.save",
        ("ctrl+s",),
        "Save the draft",
        "Saves the draft now; it is also saved as you type.",
        "Editor",
        label="save draft",
        scope="editor",
    ),
    Action(
        "draft.propose",
        ("ctrl+j",),
        "Propose",
        "Asks for a title and reasons and files the amendment; an edit while drafting asks only "
        "for the reason.",
        "Editor",
        label="propose",
        scope="editor",
    ),
    Action(
        "draft.outside",
        ("ctrl+e",),
        "Open $EDITOR",
        "Goes on with the draft in your own editor.",
        "Editor",
        label="$EDITOR",
        scope="editor",
    ),
    Action(
        "draft.leave",
        ("escape",),
        "Leave",
        "Goes back; the draft is kept.",
        "Editor",
        label="leave, keep draft",
        scope="editor",
    ),
    Action(
        "draft.discard",
        ("ctrl+x",),
        "Discard the draft",
        "Throws the draft away, after asking.",
        "Editor",
        scope="editor",
    ),
    Action(
        "draft.reasons",
        ("ctrl+t",),
        "Text or reasons",
        "Changes between the words and the reasons for them.",
        "Editor",
        label="reasons",
        scope="editor",
    ),
)

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
