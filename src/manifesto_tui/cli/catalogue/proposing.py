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
                    help="take a document of the whole text with someone's changes in it, from "
                    "Word or Google Docs, as Markdown or plain words; - reads what you paste",
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
                "--rules",
                metavar="RULES",
                default="",
                help="change the rules instead: a ready name, or a file like rules.yaml",
            ),
            argument(
                "--each-clause", action="store_true", help="file one amendment for each clause"
            ),
            argument(
                "--preview", action="store_true", help="show what would be filed; write nothing"
            ),
            argument(
                "--kind",
                choices=["substantive", "editorial"],
                help="substantive unless given",
            ),
            argument(
                "--to",
                metavar="ID",
                default="",
                help="another wording of this open amendment, which its proposer may accept",
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
            (
                'propose --to k7f3 --reason "So that it can be checked." --from-worktree',
                "Words amendment k7f3 otherwise.",
            ),
            (
                'propose --rules ../rules.yaml --title "Allow proxies" -m "Many travel."',
                "Files a change of the rules.",
            ),
            ("propose --file amendment.yaml", "Files an amendment written by hand."),
            (
                'propose --title "Clearer" --reason "From the meeting." --import returned.docx',
                "Files what someone changed in a document of the whole text.",
            ),
            (
                'propose --title "From the wards" --reason "As discussed." --import - '
                "--each-clause --preview",
                "Shows what a text that you paste would become, clause by clause.",
            ),
        ),
        either=(("from_worktree", "text", "file", "document", "rules"),),
    ),
    Command(
        "revise",
        "File a new revision of your own amendment",
        "proposing:revise",
        (
            ID,
            *_new_words(required=False),
            argument(
                "--rules",
                metavar="RULES",
                help="of a change of the rules: a ready name, or a file like rules.yaml",
            ),
            argument("--title", metavar="T", help="a new title"),
            argument("-m", "--reason", metavar="R", help="new reasons"),
            JSON,
        ),
        more="The earlier revision is kept. Not possible once a ballot is open on it.",
        examples=(
            ("revise k7f3 --from-worktree", "Takes the words you edited in place."),
            ("revise m2pq --rules ../rules.yaml", "Words a change of the rules anew."),
        ),
        either=(("from_worktree", "text", "rules"),),
    ),
    Command(
        "rebase",
        "Fit your own amendment to the text of today, as a new revision",
        "proposing:rebase",
        (
            ID,
            argument(
                "--confirm",
                action="store_true",
                help="yes, it means what it would now say",
            ),
            JSON,
        ),
        more="The earlier revision is kept. Where others changed the same sentence, nobody has "
        "agreed to what it would say: the sentence is shown, and --confirm files it.",
        examples=(("rebase k7f3", "After the text has moved on under k7f3."),),
    ),
    Command(
        "accept",
        "Accept another's wording of your own amendment, as its next revision",
        "proposing:accept",
        (argument("id", metavar="ID", help="the other wording's id or name"), JSON),
        more="The revision has both names, and if it is decided it is told as modified. A wording "
        "that is not accepted stands as a rival.",
        examples=(("accept m2pq", "Where m2pq was proposed --to k7f3, and k7f3 is yours."),),
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
        examples=(
            ('comment k7f3 -m "Who pays for it?"', "Records the comment."),
            (
                'comment k7f3 -m "How long before?" --clause open-2 --quote "before it goes live"',
                "Says something of these words.",
            ),
        ),
    ),
    Command(
        "hide",
        "Hide a comment: your own, or any as a steward",
        "proposing:hide",
        (
            ID,
            argument("comment", metavar="COMMENT", help="its number in `amendment`, or its file"),
            argument("-m", "--reason", metavar="R", required=True, help="why"),
            JSON,
        ),
        more="A further file says that it is hidden, by whom and why; nothing is taken away.",
        examples=(('hide k7f3 2 -m "It names a patient."', "Hides the second comment."),),
    ),
)
