"""Declares the commands that publish, prove and play."""

from manifesto_tui.cli.command import JSON, Command, argument

FORMATS = ("md", "txt", "json", "critic", "csv")

COMMANDS = (
    Command(
        "publish",
        "Write the text, or a redline of it, in a format to pass on",
        "publishing:publish",
        (
            argument("--format", choices=FORMATS, required=True, help="which format"),
            argument("-o", "--output", metavar="FILE", help="where; standard output unless given"),
            argument("--force", action="store_true", help="replace FILE where it exists"),
            argument("--at", metavar="REV", help="as it stood at a commit, a tag or a branch"),
            argument("--anchors", action="store_true", help="keep the anchors (md, txt)"),
            argument("--verify", action="store_true", help="prove the clone and print the verdict"),
            argument("--amendment", metavar="ID", help="what this amendment changes"),
            argument("--redline", metavar="A..B", help="what changed between two revisions"),
        ),
        more="Every file says which commit and which text digest it shows.",
        examples=(
            ("publish --format md -o manifesto.md", "Clean Markdown."),
            ("publish --format critic --amendment k7f3", "An amendment in CriticMarkup."),
            ("publish --format txt --redline HEAD~9..HEAD", "What changed, marked."),
        ),
        either=(("at", "amendment", "redline"),),
    ),
    Command(
        "verify",
        "Prove from this clone alone that the text is what was agreed",
        "publishing:verify",
        (JSON,),
        more="Exit code 1 where the proof fails; each finding names a commit and a file.",
        examples=(("verify", "PROVED, PROVED WITH NOTES, or NOT PROVED."),),
    ),
    Command(
        "demo",
        "Play a made-up assembly aloud, from founding to proof",
        "demo:demo",
        (
            argument(
                "directory", metavar="DIR", nargs="?", help="where; a temporary folder unless given"
            ),
        ),
        more="Everyone and everything in it is made up, and says so.",
        examples=(("demo", "Then opens with the command it prints."),),
    ),
)
