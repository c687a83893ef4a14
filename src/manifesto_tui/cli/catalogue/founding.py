"""Declares the commands that found a manifesto and keep its roll."""

from manifesto_tui.cli.command import JSON, Command, argument

_FOUNDER = (
    argument("--title", metavar="T", required=True, help="what the manifesto is called"),
    argument("--name", metavar="N", help="your name on the roll; git's user.name unless given"),
    argument("--handle", metavar="H", help="your handle on the roll; from your name unless given"),
    argument(
        "--constituency", metavar="C", default="", help="whom you count for, such as clinicians"
    ),
    argument(
        "--rules",
        metavar="NAME",
        default="each-constituency",
        help="which ready rules, each-constituency unless given: simple, two-thirds, "
        "each-constituency, consent, lazy; docs/rules.md says what they mean",
    ),
)

COMMANDS = (
    Command(
        "init",
        "Found a manifesto: a repository with text, rules and you on the roll",
        "founding:init",
        (
            argument("directory", metavar="DIR", help="a new folder, or a repository of yours"),
            *_FOUNDER,
            JSON,
        ),
        more="Everything is one commit. Members may edit the text until it is ratified.",
        examples=(
            ('init ~/manifesto --title "Our manifesto"', "Founds it in a new folder."),
            (
                'init . --title "Our manifesto" --rules simple --handle anna',
                "Founds it beside what a repository holds, with simple majority.",
            ),
        ),
    ),
    Command(
        "adopt",
        "Make an existing Markdown repository governable",
        "founding:adopt",
        (
            argument(
                "--text",
                metavar="GLOB",
                action="append",
                default=[],
                help="which committed files are the text; once or more, in reading order",
            ),
            *_FOUNDER,
            JSON,
        ),
        more="Gives every clause its permanent anchor and adds the settings, in one commit. "
        "History is kept. Without --text the file called manifesto.md is the text, or the only "
        "Markdown file that could be.",
        examples=(
            (
                'adopt --title "Clinical Digital Manifesto"',
                "Adopts manifesto.md, in the top folder or in docs.",
            ),
            ('adopt --text "text/*.md" --title "Our manifesto"', "Adopts a folder of files."),
        ),
    ),
    Command(
        "roll",
        "Show and keep the roll of members",
        commands=(
            Command("list", "List the members", "people:list_members", (JSON,)),
            Command(
                "admit",
                "Put someone on the roll",
                "people:admit",
                (
                    argument("handle", metavar="HANDLE", help="small letters, digits, hyphens"),
                    argument("--name", metavar="N", required=True, help="what they are called"),
                    argument("--constituency", metavar="C", default="", help="whom they count for"),
                    argument(
                        "--role", choices=["steward"], help="stewards admit members, open ballots"
                    ),
                    argument(
                        "--address",
                        metavar="A",
                        action="append",
                        default=[],
                        help="an e-mail address that git may know them by; it becomes public",
                    ),
                    argument(
                        "--key", metavar="PUBKEY", help="their SSH key: its .pub file, sent to you"
                    ),
                    JSON,
                ),
                examples=(
                    (
                        'roll admit sam --name "Sam Example" --constituency clinicians',
                        "Admits a clinician.",
                    ),
                ),
            ),
            Command(
                "key",
                "Show your keys, add one, or withdraw one",
                "keys:key",
                (
                    argument(
                        "--new", action="store_true", help="make an ed25519 key in this clone"
                    ),
                    argument("--file", metavar="PUBKEY", help="take an SSH key: its .pub file"),
                    argument(
                        "--withdraw",
                        metavar="KEY",
                        action="append",
                        default=[],
                        help="by its line, or by how its fingerprint begins",
                    ),
                    argument("--lost", action="store_true", help="withdraw all keys at once"),
                    argument(
                        "--of",
                        metavar="HANDLE",
                        default="",
                        help="another member's: stewards give the first and withdraw any",
                    ),
                    JSON,
                ),
                more="A key proves that what you record is yours. The private half stays with "
                "you; the roll holds the public one. A key counts from the commit that adds it "
                "until the one that withdraws it, whatever any date says.",
                examples=(
                    ("roll key", "Shows your keys, and which of them signs here."),
                    ("roll key --new", "Makes a key; what you record is signed from then on."),
                    ("roll key --lost", "Withdraws your keys, since one was lost or stolen."),
                ),
                either=(("--new", "--file"),),
            ),
            Command(
                "steward",
                "Make a member a steward, or an ordinary member again",
                "people:steward",
                (
                    argument("handle", metavar="HANDLE", help="whose"),
                    argument("--end", action="store_true", help="end their stewardship"),
                    JSON,
                ),
                more="Stewards admit members, open ballots and change rules. Two are the least: a "
                "sole steward who leaves, or loses their only key, cannot be replaced.",
                examples=(("roll steward sam", "Sam is a steward from then on."),),
            ),
            Command(
                "retire",
                "Take someone off the active roll",
                "people:retire",
                (argument("handle", metavar="HANDLE", help="whose"), JSON),
                examples=(("roll retire sam", "Sam keeps their place in history."),),
            ),
        ),
        examples=(("roll list", "Shows who may vote, and for whom they count."),),
    ),
    Command(
        "rules",
        "Say in words which rules are in force",
        "people:rules",
        (
            argument("--set", metavar="RULES", help="change them: a ready name, or a file"),
            argument("-m", "--reason", metavar="R", default="", help="why; needed with --set"),
            JSON,
        ),
        more="Stewards change the rules directly. Where the rules are entrenched and the text is "
        "in force, they change by ballot alone: `propose --rules`. Either way changed rules count "
        "for ballots that open after the change.",
        examples=(
            ("rules", "Prints the rules in sentences."),
            ('rules --set consent -m "We decide by consent."', "Takes ready rules."),
            ('rules --set ../rules.yaml -m "As agreed in May."', "Takes rules from a file."),
        ),
    ),
)
