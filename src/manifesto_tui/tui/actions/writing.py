"""Lists what writes words: drafts of amendments, and others’ documents."""

from manifesto_tui.tui.actions import conditions as c
from manifesto_tui.tui.actions.action import Action
from manifesto_tui.tui.state import Mode

_READ: tuple[Mode, ...] = ("read",)
_AMENDMENTS: tuple[Mode, ...] = ("amendments",)

WRITE: tuple[Action, ...] = (
    Action(
        "amend",
        ("a",),
        "Amend this clause",
        "Opens the editor on the selected clause; what you write is a draft until you propose it.",
        "Write",
        label="amend",
        modes=_READ,
        why_not=c.can_amend,
        stays=_READ,
    ),
    Action(
        "insert",
        ("i",),
        "Add a clause here",
        "Opens the editor on a new clause after the selected one.",
        "Write",
        modes=_READ,
        why_not=c.can_amend,
    ),
    Action(
        "edit",
        ("e",),
        "Edit the document",
        "Opens the editor on the whole document of the selected clause. While drafting it "
        "records your edit; once the text is in force it proposes it as an amendment.",
        "Write",
        label="edit",
        modes=_READ,
        why_not=c.can_edit,
    ),
    Action(
        "revise",
        ("e",),
        "Revise",
        "Opens the editor on your own amendment; what you write becomes its next revision.",
        "Write",
        label="revise",
        modes=_AMENDMENTS,
        why_not=c.can_revise,
    ),
    Action(
        "rebase",
        ("B",),
        "Fit to the text",
        "Fits your own amendment to a text that has moved; what others touched you confirm.",
        "Write",
        label="fit",
        modes=_AMENDMENTS,
        why_not=c.can_rebase,
    ),
    Action(
        "word.otherwise",
        ("a",),
        "Word it otherwise",
        "Opens the editor on another's amendment: what you write is a wording they may accept.",
        "Write",
        label="word otherwise",
        modes=_AMENDMENTS,
        why_not=c.can_word_otherwise,
    ),
    Action(
        "accept",
        ("Y",),
        "Accept this wording",
        "Makes another's wording of your amendment its next revision, with both names.",
        "Write",
        label="accept",
        modes=_AMENDMENTS,
        why_not=c.can_accept,
    ),
    Action(
        "edit.outside",
        ("E",),
        "Edit in $EDITOR",
        "Opens the selected clause, or your own amendment, in your own editor.",
        "Write",
        modes=("read", "amendments"),
        why_not=c.can_edit_outside,
    ),
    Action(
        "import",
        ("D",),
        "Take in a document",
        "Reads a document of the whole text from Word, Google Docs or a paste, and shows what it "
        "would file, before anything is written.",
        "Write",
        why_not=c.can_propose,
    ),
    Action(
        "drafts",
        ("f",),
        "Drafts",
        "Lists the drafts kept in this folder, to go on with one or discard it.",
        "Write",
        why_not=c.has_drafts,
    ),
)
