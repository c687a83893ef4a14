"""Every example that help shows is run, as it stands there, and does not fail.

Each scene is a folder with a made-up assembly, and goes down its lines: a line is an example, and
what is no line is what somebody does besides. An example that is in no scene fails a test, unless
it says here why it is not.
"""

import io
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.speaking import Speaker, adopt, building, copied, settle
from manifesto_tui.cli.catalogue import GROUPS
from manifesto_tui.record import layout
from publish.foreign import docx, paragraph, run, tracked

ELSEWHERE = {
    "demo": "tests/cli plays it where it tells of demos",
    "serve": "it runs until it is ended; test_serving.py starts it",
    "serve --port 8765": "the same",
    "sync --mine 3f2a9c1": "no commit is called so twice; tests/workflow/test_syncing.py does it",
}
TEXT = """\
# We work in the open <!-- #open -->

Suppliers document their interfaces. <!-- #open-1 -->

Every system publishes its interfaces before it goes live.
We look whether that is so. <!-- #open-2 -->

# We ask people <!-- #people -->

We ask the people who use a tool. <!-- #people-1 -->
"""
RULES = "format: 1\nname: simple\nproxies: 2\n"
BY_HAND = """\
title: Say it plainly
kind: substantive
changes:
- clause: people-1
  was: We ask the people who use a tool.
  now: We ask whoever uses a tool.
rationale: So that everybody is meant.
"""
LOOK = "We look whether that is so."
RETURNED = docx(
    paragraph(run("We work in the open"), style="Heading1")
    + paragraph(
        tracked("del", "Suppliers"), tracked("ins", "Makers"), run(" document their interfaces.")
    )
    + paragraph(run(f"Every system publishes its interfaces before it goes live. {LOOK}"))
    + paragraph(run("We ask people"), style="Heading1")
    + paragraph(run("We ask the people who use a tool."))
)
CHANCE = layout.new_id
Step = str | Callable[[Speaker], object]


def examples() -> Iterator[str]:
    for _, commands in GROUPS:
        for command in commands:
            for each in (command, *command.commands):
                yield from (line for line, _ in each.examples)


def does(line: str) -> Step:
    """Somebody does this besides."""
    return lambda speak: speak.done(*shlex.split(line))


def by(handle: str) -> Step:
    return lambda speak: speak.act_as(handle)


def at(now: str) -> Step:
    return lambda speak: speak.at(now)


def named(*names: str) -> Step:
    """What is filed next is called so."""

    def name(speak: Speaker) -> None:
        left = iter(names)
        speak.monkeypatch.setattr(layout, "new_id", lambda taken: next(left, "") or CHANCE(taken))

    return name


def file(path: str, words: str) -> Step:
    return lambda speak: speak.write(path, words)


def text(old: str = "", new: str = "") -> Step:
    """The text on disk reads so, and but for that as it was recorded."""

    def edited(speak: Speaker) -> None:
        speak.git("restore", "manifesto.md")
        speak.write("manifesto.md", speak.read("manifesto.md").replace(old, new))

    return edited


def filed(name: str, old: str, new: str) -> tuple[Step, ...]:
    asked = f"propose --title 'As {name}' --reason 'Made up.' --text ../draft.md"
    return named(name), file("../draft.md", TEXT.replace(old, new)), does(asked)


def pasted(words: str) -> Step:
    stream = io.TextIOWrapper(io.BytesIO(words.encode()), encoding="utf-8")
    return lambda speak: speak.monkeypatch.setattr("sys.stdin", stream)


K7F3 = filed("k7f3", "goes live.", "goes live, free to use.")
M2PQ = filed("m2pq", "Suppliers document", "All suppliers document")
RIVAL = filed("m2pq", "goes live.", "goes live, at a fair price.")
# One scene a line or more; the lines of a scene come after one another in one folder.
SCENES: dict[str, tuple[Step, ...]] = {
    "reading": (
        *(*K7F3, *M2PQ, does("comment k7f3 -m Hm")),
        *("show", "show --at HEAD~3 --anchors", "check", "list --needs-me", "list --needs-vote"),
        *('list --state "at the ballot"', "list --principle 2 --by anna", "amendment k7f3"),
        *("diff k7f3", "diff k7f3 m2pq", "diff HEAD~5 HEAD --side-by-side", "collisions"),
        *(file("old.md", "# One\n\nWe go.\n"), file("new.md", "# One\n\nWe run.\n")),
        *("diff old.md new.md --stat", "whatif k7f3 m2pq", "history", "history --clause open-2"),
        *("tally", "signatories", "proxy list", "status", "completion bash", "settings"),
        *("settings theme paper-contrast", "settings closing-days 7", "verify"),
        *("verify --explain open-2", "publish --format html -o manifesto.html"),
        "publish --format docx --amendment k7f3 -o k7f3.docx",
        "publish --format pdf --paper booklet -o booklet.pdf",
        *("site public --verify", "site docs/manifesto --markdown"),
    ),
    "people": (
        *("roll list", does("roll retire sam")),
        'roll admit sam --name "Sam Example" --constituency clinicians',
        *("roll steward sam", "roll key", "roll key --new", "roll key --lost", "roll retire sam"),
    ),
    "rules": (
        *("rules", 'rules --set consent -m "We decide by consent."'),
        *(file("../rules.yaml", RULES), 'rules --set ../rules.yaml -m "As agreed in May."'),
    ),
    "editing": (
        text("Suppliers document", "All suppliers document"),
        'edit -m "Say it in shorter words"',
        *("undo --dry-run", "undo"),
    ),
    "proposing": (
        text("Suppliers document", "All suppliers document"),
        'propose --title "Publish every interface" --reason "So others can build." --from-worktree',
        file("draft.md", TEXT.replace("the people who", "whoever").replace("before it", "when it")),
        'propose --title "Shorter" --reason "Fewer words." --text draft.md --each-clause',
        *(*K7F3, named("a111"), text("goes live.", "goes live, at no charge.")),
        'propose --to k7f3 --reason "So that it can be checked." --from-worktree',
        *(text(), named("b111", "c111", "d111"), file("../rules.yaml", RULES)),
        'propose --rules ../rules.yaml --title "Allow proxies" -m "Many travel."',
        *(file("amendment.yaml", BY_HAND), "propose --file amendment.yaml"),
        lambda speak: (speak.folder / "returned.docx").write_bytes(RETURNED),
        'propose --title "Clearer" --reason "From the meeting." --import returned.docx',
        pasted(TEXT.replace("Every system", "Each system")),
        'propose --title "From the wards" --reason "As discussed." --import - --each-clause '
        "--preview",
    ),
    "revising": (
        *(*K7F3, text("goes live.", "goes live, at no charge."), "revise k7f3 --from-worktree"),
        *(text("We look", "Members look"), does("edit -m 'Say who'")),
        *("rebase k7f3", by("sam"), "second k7f3", by("anna")),
        *(named("m2pq"), text("before it goes live", "as soon as it goes live")),
        does("propose --to k7f3 --reason 'Sooner.' --from-worktree"),
        *("accept m2pq", 'comment k7f3 -m "Who pays for it?"', does("comment k7f3 -m Hm")),
        *('hide k7f3 2 -m "It names a patient."', 'withdraw k7f3 -m "m2pq says it better."'),
    ),
    "revising a change of the rules": (
        *(file("../rules.yaml", RULES), named("m2pq")),
        does("propose --rules consent --title 'By consent' -m 'Made up.'"),
        "revise m2pq --rules ../rules.yaml",
    ),
    "a quotation": (
        *K7F3,
        'comment k7f3 -m "How long before?" --clause open-2 --quote "before it goes live"',
    ),
    "a ballot": (
        *(*K7F3, file("../rules.yaml", RULES), does("rules --set ../rules.yaml -m 'Made up.'")),
        *("open k7f3 --closes 14d", "proxy give k7f3 sam", by("sam"), "proxy accept k7f3 anna"),
        *(by("anna"), "proxy withdraw k7f3", 'vote k7f3 for -m "It opens the market."'),
        *(by("sam"), does("vote k7f3 for"), "tally k7f3", at("2026-12-20T09:00:00Z")),
        "decide k7f3",
    ),
    "rivals": (
        *(*K7F3, *RIVAL, named("p4wd"), "open k7f3 --rivals --closes 14d"),
        "vote p4wd --rank m2pq,status-quo,k7f3",
    ),
    "a ballot until a day": (*K7F3, *RIVAL, named("p4wd"), "open k7f3 m2pq --closes 2026-12-01"),
    "editions": (
        *("ratify", "show --at 1.0.0", "publish --format html --at 1.0.0 -o 1.0.0.html"),
        *(*K7F3, does("open k7f3 --closes 14d"), does("vote k7f3 for"), by("sam")),
        *(does("vote k7f3 for"), by("anna"), at("2026-12-20T09:00:00Z"), does("decide k7f3")),
        *("edition --changelog", "edition", "edition 1.1.0 --changelog", "sign-on --role Nurse"),
        'sign-on --name "Kim Example" --constituency patients',
        'sign-on --withdraw -m "It is no longer mine."',
        *filed("m2pq", "# We ask people", "# We listen to people"),
        *(does("open m2pq --closes 14d"), does("vote m2pq for"), by("sam"), does("vote m2pq for")),
        *(by("anna"), at("2027-01-20T09:00:00Z"), does("decide m2pq"), does("edition")),
        *("diff 1.0.0 2.0.0", "publish --format critic --redline 1.0.0..HEAD"),
    ),
    "sharing": (
        *("share ../manifesto.git", "share", "sync", "sync --json"),
        *("join ../manifesto.git ../mine --handle anna", *K7F3),
        *("guard origin/main HEAD", "guard --install-hook"),
    ),
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    with building(tmp_path_factory.mktemp("examples")) as speak:
        adopt(speak, "anna", "sam", "eve", text=TEXT)
        return speak.folder


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_examples_do_what_they_say(scene, begun, tmp_path, monkeypatch):
    speak = copied(begun, settle(tmp_path, monkeypatch))
    for step in scene:
        if isinstance(step, str):
            said = speak(*shlex.split(step))
            assert said.code == 0, (step, said.err)
        else:
            step(speak)


@pytest.mark.parametrize("line", [e for e in examples() if e.split()[0] in ("init", "adopt")])
def test_examples_of_founding_do_what_they_say(line, tmp_path, monkeypatch):
    speak = settle(tmp_path, monkeypatch)
    speak.folder.mkdir()
    words = [word.replace("~", str(tmp_path / "home")) for word in shlex.split(line)]
    if words[0] == "adopt":
        speak.git("init", "-q")
        speak.write("text/01.md" if "text/*.md" in words else "README.md", TEXT)
        speak.write("text/02.md" if "text/*.md" in words else "manifesto.md", TEXT)
        speak.git("add", ".")
        speak.git("commit", "-qm", "Write the text")
    assert speak.done(*words).err


def test_no_example_is_left_out():
    shown = {line for line in examples() if line.split()[0] not in ("init", "adopt")}
    run = {step for scene in SCENES.values() for step in scene if isinstance(step, str)}
    assert shown == run | ELSEWHERE.keys()
