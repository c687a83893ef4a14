"""Declares the commands that draft and propose."""

from manifesto_tui.cli.catalogue.reading import ID
from manifesto_tui.cli.command import JSON, Argument, Command, argument


def _new_words(required: bool) -> tuple[Argument, ...]:
    return (
        argument(
            "--from-worktree",
            action="store_true",
            help="take the text files as you have edited them on disk",
        ),
        argument(
            "--text",
            metavar="FILE",
            action="append",
            default=[],
            help="take this edited copy of a text file; anchors may be gone; once or more",
        ),
        *(
            (
                argument(
                    "--file", metavar="A.yaml", help="take an amendment written as in the record"
                ),
                argument(
                    "--import",
                    dest="document",
                    metavar="FILE",
                    help="take a whole Word or Markdown document with someone's changes in it",
                ),
            )
            if required
            else ()
        ),
    )


COMMANDS = (
    Command(
        "edit",
        "Record your edits of the text while it is being drafted",
        "proposing:edit",
        (argument("-m", "--reason", metavar="REASON", required=True, help="why"), JSON),
        more="Edit the text's files with any editor, then record them. New clauses get anchors.",
        examples=(('edit -m "Say it in shorter words"', "Records what you changed."),),
    ),
    Command(
        "propose",
        "File an amendment",
        "proposing:propose",
        (
            argument("--title", metavar="T", help="what it is called"),
            argument("-m", "--reason", metavar="R", help="why; needed unless --file gives it"),
            *_new_words(required=True),
            argument(
                "--each-clause", action="store_true", help="file one amendment for each clause"
            ),
            argument(
                "--kind",
                choices=["substantive", "editorial"],
                help="substantive unless given",
            ),
            argument(
                "--rival",
                metavar="ID",
                action="append",
                default=[],
                help="an amendment that this one stands against; once or more",
            ),
            argument(
                "--source",
                metavar="KEY",
                action="append",
                default=[],
                help="what it rests on, from manifesto/sources.yaml; once or more",
            ),
            JSON,
        ),
        more="Edit the text's files freely, or a copy of them: which clauses changed is worked "
        "out. Your files stay as you left them.",
        examples=(
            (
                'propose --title "Publish every interface" --reason "So others can build." '
                "--from-worktree",
                "Proposes what you edited in place.",
            ),
            (
                'propose --title "Shorter" --reason "Fewer words." --text draft.md --each-clause',
                "Files one amendment for each clause that draft.md changes.",
            ),
            ("propose --file amendment.yaml", "Files an amendment written by hand."),
            (
                'propose --title "Clearer" --reason "From the meeting." --import returned.docx',
                "Files what came back in a document that `publish` wrote.",
            ),
        ),
        either=(("from_worktree", "text", "file", "document"),),
    ),
    Command(
        "revise",
        "File a new revision of your own amendment",
        "proposing:revise",
        (
            ID,
            *_new_words(required=False),
            argument("--title", metavar="T", help="a new title"),
            argument("-m", "--reason", metavar="R", help="new reasons"),
            JSON,
        ),
        more="The earlier revision is kept. Not possible once a ballot is open on it.",
        examples=(("revise k7f3 --from-worktree", "Takes the words you edited in place."),),
        either=(("from_worktree", "text"),),
    ),
    Command(
        "rebase",
        "Fit your own amendment to the text of today, as a new revision",
        "proposing:rebase",
        (ID, JSON),
        examples=(("rebase k7f3", "After the text has moved on under k7f3."),),
    ),
    Command(
        "withdraw",
        "Take your own amendment back",
        "proposing:withdraw",
        (ID, argument("-m", "--reason", metavar="R", default="", help="why"), JSON),
        examples=(('withdraw k7f3 -m "m2pq says it better."', "It stays in the record."),),
    ),
    Command(
        "second",
        "Support an amendment before the vote",
        "proposing:second",
        (ID, JSON),
        examples=(("second k7f3", "Records your support."),),
    ),
    Command(
        "comment",
        "Say something of an amendment",
        "proposing:comment",
        (
            ID,
            argument("-m", "--text", metavar="TEXT", required=True, help="what you say"),
            argument("--clause", metavar="ANCHOR", default="", help="of which clause"),
            argument("--quote", metavar="WORDS", default="", help="of which words in it"),
            JSON,
        ),
        examples=(('comment k7f3 -m "Who pays for it?"', "Records the comment."),),
    ),
)
