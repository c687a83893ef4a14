"""Declares the commands that publish, prove and play."""

from manifesto_tui.cli.command import JSON, Command, argument

# The names in publish/formats.py, which a test holds to these: loading that room for each --help
# would cost more than the help.
FORMATS = ("docx", "pdf", "html", "odt", "epub", "md", "txt", "critic", "akn", "json", "csv")
PAPERS = ("booklet", "ballot", "decisions", "changelog")
SHELLS = ("bash", "zsh", "fish")

COMMANDS = (
    Command(
        "publish",
        "Write the text, a redline of it or a meeting's papers in a format to pass on",
        "publishing:publish",
        (
            argument("--format", choices=FORMATS, required=True, help="which format"),
            argument("-o", "--output", metavar="FILE", help="where; standard output unless given"),
            argument("--force", action="store_true", help="replace FILE where it exists"),
            argument("--at", metavar="REV", help="as it stood at an edition, a commit or a tag"),
            argument("--anchors", action="store_true", help="keep the anchors (md, txt)"),
            argument("--verify", action="store_true", help="prove the clone and print the verdict"),
            argument("--amendment", metavar="ID", help="what this amendment changes"),
            argument("--redline", metavar="A..B", help="what changed between editions or commits"),
            argument(
                "--whatif",
                metavar="ID",
                action="append",
                default=[],
                help="what would change were it adopted; once or more, in this order",
            ),
            argument(
                "--paper",
                choices=PAPERS,
                help="instead of the text a meeting's paper: the open amendments, the ballot "
                "paper (with --amendment), the record of decisions, the changelog by edition",
            ),
        ),
        more="Every file says which edition, commit and text digest it shows, and whether the "
        "clone was proved. A redline is tracked changes in docx. pdf needs the extra: pip install "
        "'manifesto-tui[pdf]'. FILE is written whole or not at all, and replaced only with "
        "--force.",
        examples=(
            ("publish --format html -o manifesto.html", "One page, complete in itself."),
            ("publish --format docx --amendment k7f3 -o k7f3.docx", "Tracked changes for Word."),
            ("publish --format critic --redline 1.0.0..HEAD", "What changed since edition 1.0.0."),
            ("publish --format html --at 1.0.0 -o 1.0.0.html", "An edition as it was made."),
            ("publish --format pdf --paper booklet -o booklet.pdf", "For the meeting."),
        ),
        either=(("at", "amendment", "redline", "whatif"), ("paper", "at", "redline", "whatif")),
    ),
    Command(
        "site",
        "Build the static web site: text, amendments, each clause's life, feed",
        "publishing:site",
        (
            argument("directory", metavar="DIR", help="where; made if it is not there"),
            argument("--markdown", action="store_true", help="Markdown pages for MkDocs instead"),
            argument("--verify", action="store_true", help="prove the clone and print the verdict"),
            argument("--force", action="store_true", help="replace files that no build wrote"),
        ),
        more="Plain files without script or anything from elsewhere, ready for any host. Built "
        "again, only the pages that changed are written. docs/hosting.md tells how to publish it.",
        examples=(
            ("site public --verify", "For GitLab Pages."),
            ("site docs/manifesto --markdown", "For a site that MkDocs makes."),
        ),
    ),
    Command(
        "verify",
        "Prove from this clone alone that the text is what was agreed",
        "publishing:verify",
        (
            argument(
                "--forget",
                action="store_true",
                help="first forget which tip was verified last, after an agreed rewriting",
            ),
            argument(
                "--full",
                action="store_true",
                help="prove everything afresh, also what this clone proved before",
            ),
            argument(
                "--explain",
                metavar="CLAUSE",
                help="also tell each wording of a clause, the reasons and the count behind it",
            ),
            JSON,
        ),
        more="Exit code 1 where the proof fails; each finding names a commit and a file, and "
        "docs/verify.md explains each code. The clone remembers the tip that it proved, and "
        "misses it in a history that was rewritten; what it proved once it does not prove again.",
        examples=(
            ("verify", "PROVED, PROVED WITH NOTES, or NOT PROVED."),
            ("verify --explain open-2", "Also why clause open-2 reads as it does."),
        ),
    ),
    Command(
        "guard",
        "Judge a push before it is let in",
        "guarding:guard",
        (
            argument("old", metavar="OLD", nargs="?", help="the branch's tip before; zeros if new"),
            argument("new", metavar="NEW", nargs="?", help="the branch's tip after"),
            argument(
                "--install-hook",
                action="store_true",
                help="let git ask at each push: pre-receive in a bare repository, else pre-push",
            ),
            argument(
                "--hook",
                choices=("pre-receive", "pre-push"),
                help="read the push from standard input as git gives it to this hook",
            ),
            JSON,
        ),
        more="The same replay as verify, of what the push brings alone, and stricter: what it "
        "does not know how to allow, it refuses with exit code 1. Works in a bare repository. "
        "As a hook it judges the branch that holds the record, and no other.",
        examples=(
            ("guard origin/main HEAD", "Says whether this push would be let in."),
            ("guard --install-hook", "Asks at each push from now on."),
        ),
        either=(("install_hook", "hook", "old"), ("hook", "json"), ("install_hook", "json")),
    ),
    Command(
        "share",
        "Name the place that members share, once",
        "syncing:share",
        (
            argument("address", metavar="ADDRESS", nargs="?", help="where it is, or will be"),
            JSON,
        ),
        more="ADDRESS is what a host such as GitHub or GitLab gives you, or a folder that all of "
        "you reach, such as one on a shared disk: an empty one is made ready. The place has to "
        "answer, and to be empty or to hold this record. Nothing is sent before `sync`. Members "
        "who have their folder from there need not name it. Without ADDRESS it says which it is.",
        examples=(
            ("share ../manifesto.git", "A folder, made where there is none."),
            ("share", "Says where this folder sends and fetches."),
        ),
    ),
    Command(
        "join",
        "Get a manifesto that others share, into a folder of your own",
        "syncing:join",
        (
            argument("address", metavar="ADDRESS", help="where it is shared"),
            argument("directory", metavar="DIR", help="a new folder"),
            argument("--handle", metavar="H", help="your handle on the roll"),
            JSON,
        ),
        more="ADDRESS is as `share` takes it; ask whoever founded the manifesto for it. DIR has to "
        "be new or empty. From then on `sync` fetches what others record, and sends what you do.",
        examples=(
            ("join ../manifesto.git ../mine --handle anna", "Gets it, as one of its members."),
        ),
    ),
    Command(
        "sync",
        "Fetch what others recorded, and send what was recorded here",
        "syncing:sync",
        (
            argument("--mine", metavar="ACT", help="first record an act that waits over theirs"),
            argument("--theirs", metavar="ACT", help="first let an act that waits go"),
            JSON,
        ),
        more="Nothing is ever forced or lost. Without a network it says so, and what waits goes "
        "with the next one (exit code 3). Decisions made apart are made one after the other: yours "
        "is counted again on the text as it then reads, and waits for people where the words "
        "collide. What others sent first stands. An act of yours that changed the same words of "
        "a draft, or the same key of a member, the rules or the settings, waits here until you "
        "choose: --mine records it over theirs, as a new act; --theirs lets it go. Everything "
        "else is sent. Where the shared place no longer holds what it held, or an "
        "edition moved there, it raises the alarm and changes nothing (exit code 1). Where the "
        "shared branch is guarded, your acts go to a branch of your own, the same one each time. "
        "Ctrl-C stops it and leaves everything as it was.",
        examples=(
            ("sync", "Says what came in, what was sent and what waits."),
            ("sync --mine 3f2a9c1", "Records what waits under this name over theirs."),
            ("sync --json", "The same as one document."),
        ),
        either=(("mine", "theirs"),),
    ),
    Command(
        "status",
        "Say who you are here, and what waits to be sent or finished",
        "syncing:status",
        (JSON,),
        more="Asks nobody: what counts is what was seen of the shared place last.",
        examples=(("status", "Lists the acts that were not sent yet."),),
    ),
    Command(
        "serve",
        "Show the app in a browser on this machine",
        "opening:serve",
        (
            argument("--port", metavar="N", type=int, default=8000, help="8000 unless given"),
            argument(
                "--host",
                metavar="H",
                default="127.0.0.1",
                help="this machine alone unless given",
            ),
        ),
        more="It prints an address with a secret in it: whoever opens that acts as you do here. "
        "Needs the extra `serve`: `pipx install '.[all]'`, in the clone.",
        examples=(
            ("serve", "Prints the address to open, and serves it until ctrl+c."),
            ("serve --port 8765", "The same on another port."),
        ),
    ),
    Command(
        "settings",
        "Show what you chose for yourself, or choose otherwise",
        "choosing:settings",
        (
            argument("name", metavar="NAME", nargs="?", help="one of those listed"),
            argument("value", metavar="VALUE", nargs="?", help="what it is to be"),
            JSON,
        ),
        more="They are yours and not the manifesto's: a file in your own configuration, in which "
        "your comments stay. The app changes the same file under `,`.",
        examples=(
            ("settings", "Lists each setting, with what it is for."),
            ("settings theme paper-contrast", "Shows the app light and in high contrast."),
            ("settings closing-days 7", "Reminds of ballots that close within a week."),
        ),
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
        examples=(("demo", "Tells it aloud, and says which command opens it."),),
    ),
    Command(
        "completion",
        "Print what lets a shell complete these commands",
        "completing:completion",
        (argument("shell", choices=SHELLS, help="which shell"),),
        more="Names of amendments, members and clauses are completed from the manifesto in the "
        "folder. bash: add the output to ~/.bashrc. zsh: add it to ~/.zshrc, after "
        "compinit. fish: write it to ~/.config/fish/completions/manifesto-tui.fish.",
        examples=(("completion bash", "Prints what ~/.bashrc needs."),),
    ),
)
