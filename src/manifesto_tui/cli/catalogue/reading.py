"""Declares the commands that read: the text, its problems, the amendments, the differences."""

from manifesto_tui.cli.command import JSON, Command, argument

ID = argument("id", metavar="ID", help="an amendment's id or name, or the start of either")

COMMANDS = (
    Command(
        "show",
        "Print the text, numbered",
        "reading:show",
        (
            argument("--at", metavar="REV", help="as it stood at an edition, a commit or a tag"),
            argument("--plain", action="store_true", help="the text alone, without a heading"),
            argument("--anchors", action="store_true", help="add each clause's permanent name"),
            JSON,
        ),
        examples=(
            ("show", "Prints the text as it stands."),
            ("show --at 1.0.0", "Prints edition 1.0.0."),
            ("show --at HEAD~3 --anchors", "Prints an earlier state with its anchors."),
        ),
    ),
    Command(
        "check",
        "List every problem in the working tree",
        "reading:check",
        (JSON,),
        more="Each problem is printed as path:line:column: sentence. Exit code 1 where one of "
        "them is an error; warnings and notes are advice.",
        examples=(("check", "Checks the text and the record as they stand on disk."),),
    ),
    Command(
        "list",
        "List the amendments",
        "reading:list_amendments",
        (
            argument(
                "--state",
                metavar="S",
                default="",
                help="only those that are open, at the ballot, closed, adopted, rejected, "
                "withdrawn, taken up or lapsed",
            ),
            argument("--by", metavar="WHO", default="", help="only those by this handle or name"),
            argument(
                "--principle",
                metavar="P",
                default="",
                help="only those that touch this principle: its number, anchor or title",
            ),
            argument(
                "--find", metavar="WORDS", default="", help="only those with all of these words"
            ),
            argument("--mine", action="store_true", help="only those that you proposed"),
            argument(
                "--needs-me",
                action="store_true",
                help="only those that wait for you: to vote, confirm, answer, revise or count",
            ),
            argument("--needs-vote", action="store_true", help="only those that await your vote"),
            argument(
                "--needs",
                metavar="N",
                default="",
                help="only those that ask for a vote, confirmation, wording, decision or refiling, "
                "or are in conflict, closing or stale",
            ),
            JSON,
        ),
        more="A closing ballot closes within three days, unless `settings` says otherwise; a stale "
        "amendment is one on which nobody has acted for thirty days, or for half of the days after "
        "which it lapses.",
        examples=(
            ("list --needs-me", "Lists what waits for you, and for what."),
            ("list --needs-vote", "Lists what waits for your vote."),
            ('list --state "at the ballot"', "Lists what is being voted on."),
            ("list --principle 2 --by anna", "Lists Anna's amendments to principle 2."),
        ),
    ),
    Command(
        "amendment",
        "Show one amendment: its changes, reasons, count and collisions",
        "reading:amendment",
        (ID, JSON),
        examples=(("amendment k7f3", "Shows everything about k7f3."),),
    ),
    Command(
        "diff",
        "Show clause by clause how two texts differ, or what an amendment changes",
        "comparing:diff",
        (
            argument(
                "a",
                metavar="A",
                help="an amendment, an edition, a commit, a file or a folder",
            ),
            argument("b", metavar="B", nargs="?", help="the other; without it, today's text"),
            argument("--inline", action="store_true", help="marked {+added+} and [-removed-]"),
            argument("--side-by-side", action="store_true", help="old words left, new right"),
            argument("--clean", action="store_true", help="the changed clauses as they would read"),
            argument("--critic", action="store_true", help="the whole text in CriticMarkup"),
            argument("--stat", action="store_true", help="only how many clauses changed, and how"),
            argument(
                "--order",
                choices=["weight", "text"],
                help="what matters most first, or as the text runs; weight for an amendment, "
                "text for the rest",
            ),
            JSON,
        ),
        more="Two files or two folders need no repository. What matters most is shown first for "
        "an amendment: titles and commitments, must and should, then words, spelling, layout. "
        "Two amendments are compared as the texts that each would make.",
        examples=(
            ("diff k7f3", "Shows what amendment k7f3 changes."),
            ("diff k7f3 m2pq", "Shows how the texts of two amendments differ."),
            ("diff 1.0.0 2.0.0", "Compares two editions."),
            ("diff HEAD~5 HEAD --side-by-side", "Compares two commits."),
            ("diff old.md new.md --stat", "Compares two files, anywhere."),
        ),
        either=(("inline", "side_by_side", "clean", "critic", "stat", "json"),),
    ),
    Command(
        "collisions",
        "Show how the open amendments relate, pair by pair",
        "comparing:collisions",
        (JSON,),
        more="Pairs that are independent are left out. The others are exclusive (the same words), "
        "duplicates (the same change), or depend on their order.",
        examples=(("collisions", "Names clauses and words."),),
    ),
    Command(
        "whatif",
        "Print the text as it would read with these amendments",
        "comparing:whatif",
        (
            argument("ids", metavar="ID", nargs="+", help="amendments, in the order to adopt them"),
            argument("--clean", action="store_true", help="the whole text, without marks"),
            JSON,
        ),
        more="Changed words end in the number of the amendment that they come from; the numbers "
        "are told below the text, with the length that it would have. Nothing is written. Exit "
        "code 1 where one does not fit after those before it: it is left out, and says why.",
        examples=(("whatif k7f3 m2pq", "Shows both at once."),),
    ),
    Command(
        "history",
        "Tell what was decided and which editions were made, or the life of one clause",
        "history:history",
        (
            argument("--clause", metavar="ANCHOR", help="every wording of this clause"),
            JSON,
        ),
        examples=(
            ("history", "Lists decisions and editions in the order of time."),
            ("history --clause open-2", "Shows each wording, when, and by which amendment."),
        ),
    ),
)
