"""Declares the commands that vote, count and decide."""

from manifesto_tui.cli.catalogue.reading import ID
from manifesto_tui.cli.command import JSON, Command, argument

COMMANDS = (
    Command(
        "open",
        "Open a ballot on an amendment, or on several as rivals",
        "deciding:open_ballot",
        (
            argument("ids", metavar="ID", nargs="+", help="one amendment, or rivals to be ranked"),
            argument(
                "--closes",
                metavar="WHEN",
                required=True,
                help="a date, a time, or a span from now such as 14d or 2h",
            ),
            argument(
                "--rivals",
                action="store_true",
                help="rank it with the open amendments that cannot carry beside it",
            ),
            JSON,
        ),
        more="From then on the words, the electorate and the rules of this ballot are fixed. Where "
        "open amendments stand against this one, they are named with the words in question, and "
        "--rivals puts them on one ballot, ranked with the text as it is.",
        examples=(
            ("open k7f3 --closes 14d", "Members may vote for a fortnight."),
            ("open k7f3 m2pq --closes 2026-12-01", "Ranks two rivals against the status quo."),
            ("open k7f3 --rivals --closes 14d", "Ranks k7f3 with all that excludes it."),
        ),
    ),
    Command(
        "vote",
        "Vote on an open ballot",
        "deciding:vote",
        (
            ID,
            argument("choice", metavar="CHOICE", nargs="?", help="for, against, abstain, …"),
            argument(
                "--rank",
                metavar="A,B,status-quo",
                help="between rivals: the texts in your order, best first",
            ),
            argument("-m", "--reason", metavar="R", default="", help="why; everyone can read it"),
            argument(
                "--seen",
                metavar="EFFECT",
                help="refuse unless the ballot is on the text with this digest",
            ),
            JSON,
        ),
        more="One vote is one commit. Votes are open: everyone can read who voted how. Until the "
        "ballot closes you may vote again, and the last vote counts.",
        examples=(
            ('vote k7f3 for -m "It opens the market."', "Votes for k7f3."),
            ("vote p4wd --rank m2pq,status-quo,k7f3", "Ranks rivals."),
        ),
        either=(("choice", "rank"),),
    ),
    Command(
        "proxy",
        "Let another member vote for you on a ballot, or vote for another",
        commands=(
            Command(
                "give",
                "Let another member vote for you on a ballot",
                "representing:give",
                (ID, argument("handle", metavar="HANDLE", help="who is to vote for you"), JSON),
                more="It counts once they accept it and vote. If you vote yourself, your own vote "
                "counts. The rules have to allow proxies, and say how many one member may hold.",
                examples=(("proxy give k7f3 sam", "Sam may vote for you on k7f3."),),
            ),
            Command(
                "accept",
                "Accept to vote for another member on a ballot",
                "representing:accept",
                (ID, argument("handle", metavar="HANDLE", help="who gave you the proxy"), JSON),
                more="Your own vote then counts for both. What you accepted cannot be passed on.",
                examples=(("proxy accept k7f3 anna", "Your vote on k7f3 is Anna’s too."),),
            ),
            Command(
                "withdraw",
                "Take your proxy on a ballot back",
                "representing:withdraw",
                (ID, JSON),
                examples=(("proxy withdraw k7f3", "Nobody votes for you on k7f3 any more."),),
            ),
            Command(
                "list",
                "List who votes for whom",
                "representing:list_proxies",
                (
                    argument("id", metavar="ID", nargs="?", help="one ballot; else all undecided"),
                    JSON,
                ),
            ),
        ),
        examples=(("proxy list", "Shows every proxy on ballots that are not decided."),),
    ),
    Command(
        "undo",
        "Take back what you recorded last, by the act that is its opposite",
        "deciding:undo",
        (
            argument("--dry-run", action="store_true", help="say what it would do, write nothing"),
            JSON,
        ),
        more="A vote is undone by casting the one before it again, a proposal by withdrawing it, a "
        "comment by hiding it, an edit of a draft by writing the words back. A proxy goes back to "
        "whom it was given before, or to nobody; a name to the editions that it stood under; rules "
        "to how they read, where a steward may change them. Nothing is removed. "
        "Where the record has no opposite it says so, and what you can do instead (exit code 1).",
        examples=(
            ("undo --dry-run", "Says what would be recorded."),
            ("undo", "Records it, as one commit."),
        ),
    ),
    Command(
        "tally",
        "Count a ballot as it stands, step by step, or all in a line each",
        "deciding:tally",
        (
            argument("id", metavar="ID", nargs="?", help="an amendment; every ballot unless given"),
            JSON,
        ),
        more="Exit code 1 where the one ballot has closed and nothing carried.",
        examples=(
            ("tally k7f3", "By member and by constituency."),
            ("tally", "Every ballot, in a line each."),
        ),
    ),
    Command(
        "decide",
        "Record the result of a closed ballot, and the text if it carried",
        "deciding:decide",
        (ID, JSON),
        more="The count and the change of text are one commit. Exit code 1 where it did not carry.",
        examples=(("decide k7f3", "Deciding late changes nothing."),),
    ),
    Command(
        "ratify",
        "Put the text in force: from then on it changes only by decision",
        "deciding:ratify",
        (JSON,),
        more="It becomes edition 1.0.0, with a tag in git.",
        examples=(("ratify", "Ends the drafting."),),
    ),
    Command(
        "edition",
        "Make the next edition: a numbered, tagged state of the text",
        "editions:edition",
        (
            argument("number", metavar="N", nargs="?", default="", help="the number you expect"),
            argument(
                "--changelog",
                action="store_true",
                help="write nothing: print the changelog of edition N, or of the one to come",
            ),
            JSON,
        ),
        more="The number follows from what was decided since the last: the first part rises with "
        "a principle added, removed or retitled, the second with changed clauses, the third with "
        "editorial changes alone. Whose names stand under words that have changed is shown first.",
        examples=(
            ("edition --changelog", "Shows what the next edition would be."),
            ("edition", "Makes it."),
            ("edition 1.1.0 --changelog", "Prints what an edition brought, as Markdown."),
        ),
    ),
    Command(
        "sign-on",
        "Put your name to an edition, or take it back",
        "editions:sign_on",
        (
            argument("--edition", metavar="N", default="", help="which; the latest unless given"),
            argument("--role", metavar="R", default="", help="what you do, as others read it"),
            argument("--organisation", metavar="O", default="", help="where you do it"),
            argument("--of", metavar="HANDLE", default="", help="stewards: another's name"),
            argument(
                "--name",
                metavar="N",
                default="",
                help="stewards: the name of someone who is no member and has agreed",
            ),
            argument("--constituency", metavar="C", default="", help="whom that someone is of"),
            argument("--withdraw", action="store_true", help="take the name back"),
            argument("-m", "--reason", metavar="R", default="", help="why it is taken back"),
            JSON,
        ),
        more="A signatory need not be a member: a steward records who has agreed, and the file "
        "says so. Taking a name back is a further act; both stay in the record, which is public.",
        examples=(
            ("sign-on --role Nurse", "Puts your name to the latest edition."),
            (
                'sign-on --name "Kim Example" --constituency patients',
                "Records a name that was given to a steward.",
            ),
            ('sign-on --withdraw -m "It is no longer mine."', "Takes your name back."),
        ),
        either=(("withdraw", "edition"), ("withdraw", "name")),
    ),
    Command(
        "signatories",
        "List who put their names to an edition, by constituency",
        "editions:signatories",
        (
            argument("--edition", metavar="N", default="", help="only those of one edition"),
            JSON,
        ),
        more="Where the text has changed since somebody signed, it says by which editions; "
        "editorial changes leave a name where it is.",
        examples=(("signatories", "Lists names, counts and what has changed since."),),
    ),
)
