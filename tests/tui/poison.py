"""Puts hostile text into every field of a record, each with a mark of its own.

A mark, such as `Zq1fz`, stands before the text and says which field it came from: what is found of
it on a terminal tells that the field was shown, and where. `words` poisons all that people write
freely, in one record that is still read; `alone` adds a copy of a file for each field of it, in
which that field is hostile and the rest is not; `settings` does so with the files there is one of.
"""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, takewhile
from pathlib import Path

from manifesto_tui.governance.amendment import Change
from manifesto_tui.workflow import deciding, proposing, representing, ruling
from manifesto_tui.workflow.desk import Desk
from record.test_format_page import EXAMPLES
from tui import made_up
from tui.foul import fitting, visible

_KEY = r"(?m)^ *(?:- )?([a-z-]+):"
MARK = re.compile(r"Zq[0-9a-f]{2,3}z")
# Keys whose value is words of people: whatever they are, the record is read.
FREE = frozenset(
    [
        *("title", "rationale", "reason", "text", "quote", "name", "role", "organisation", "now"),
        *("constituency", "language", "licence", "author", "date", "url"),
    ]
)
# How many characters of those have room, beside a mark.
_MOST = {"constituency": 58, "language": 29, "licence": 54, "date": 34}
_MOST |= {"rules.yaml: name": 54, "amendment.yaml: name": 54}
_NOT_FREE = frozenset(("manifesto.yaml: text", "editions/*: text", "revision-2.yaml: author"))
_REWORDED = re.compile("m2pq|t6xa")  # Whose new words are hostile: the rest are voted on.
_SINGLE = ("manifesto.yaml", "rules.yaml", "sources.yaml")
_SEVERAL = frozenset(
    ["votes", "comments", "seconds", "proxies", "acceptances", "roll", "editions", "signatories"]
)
_IN_TEXT = {
    "a clause": "Poor systems",
    "a heading": "# Open by default",
    "a quotation": "> “If it",
    "an item": "- A new system",
}
_BESIDE = {
    "manifesto/editions/1-0-0.yaml": f'number: "1.0.0"\ntext: sha256:{"0" * 64}\n'
    "made: 2026-11-19T10:00:00Z\nsteward: alma\ndecisions: [a3dm]\n",
    "manifesto/signatories/kim.yaml": "signatory: kim\nname: Kim Made-Up\nrole: nurse\n"
    "organisation: a made-up ward\nconstituency: clinicians\nedition: 1.0.0\n"
    "signed: 2026-11-19T10:00:00Z\nrecorded-by: alma\n",
    "manifesto/signatories/lou.yaml": "signatory: lou\nname: Lou Made-Up\nrole: carer\n"
    "organisation: a made-up charity\nconstituency: patients\nedition: 1.0.0\n"
    "signed: 2026-11-19T11:00:00Z\nrecorded-by: alma\n",
    "manifesto/signatories/kim-2.yaml": "signatory: kim\nwithdrawn: 2026-11-19T12:00:00Z\n"
    "recorded-by: alma\nreason: Not mine.\n",
    "manifesto/sources.yaml": "made-up:\n  title: A made-up source\n  author: Nobody\n"
    '  date: "2016"\n  url: https://example.org/\n',
    "proposals/2026-11/w8hn-must-not-should/comments/20261118t113000z-bodo.yaml": "member: bodo\n"
    "at: 2026-11-18T11:30:00Z\ntext: How long?\n",
    "proposals/2026-11/w8hn-must-not-should/comments/20261118t114500z-cleo.yaml": "member: cleo\n"
    "at: 2026-11-18T11:45:00Z\nclause: {clause}\nquote: public money\ntext: Whose?\n",
    "proposals/2026-11/w8hn-must-not-should/comments/20261118t123000z-alma.yaml": "member: alma\n"
    "at: 2026-11-18T12:30:00Z\nhides: 20261118t113000z-bodo\ntext: It names a patient.\n",
    "proposals/2026-11/r7q2-proxies/amendment.yaml": "id: r7q2\ntitle: Vote for others\n"
    "proposer: bodo\nfiled: 2026-11-18T10:04:00Z\nbase: {base}\nkind: substantive\nrules:\n"
    "  name: simple\n  propose: member\n  second: member\n  open: steward\n  decide: member\n"
    "  admit: steward\n  seconders: 0\n  discussion-days: 0\n  voting-days: 0\n"
    "  choices: [for, against, abstain]\n  quorum: at least 1/2 of members\n"
    "  threshold: more than 1/2 of for and against\n  each: none\n  signatures: optional\n"
    "rationale: Many of us travel.\n",
}
_NOT_IN_REFS = r"[\0-\x20\x7f~^:?*\[\\.@{/]"
_MEETING = "Funded to last"
_AT = {f"GIT_{who}_DATE": "2026-11-20T09:30:00Z" for who in ("AUTHOR", "COMMITTER")}
_MORE_RULES = """each-quorum: at least 1/3 of members
objections: at least 3/4 of votes cast
lapse-days: 14
idle-days: 60
change-days: 7
"""
_BUDGET = "budget:\n  words: 900\n  principle: none\n  clause: 60\n  sentence: 25\n"


class Marks:
    """Gives each field a mark, the same for the same field."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        """Returns the mark of a field."""
        return self.fields.setdefault(field, f"Zq{len(self.fields):02x}z")

    def unseen(self, seen: set[str]) -> list[str]:
        """Returns the fields whose mark is not among those seen."""
        return sorted(field for field, mark in self.fields.items() if mark not in seen)


def build(directory: Path, home: Path) -> None:
    """Builds the made-up assembly with a file of every kind, and each key that one may have."""
    made_up.build(directory, home)
    _represented(directory, home)
    given = {
        "base": _git(directory, "rev-parse", "HEAD"),
        "clause": _value(next(directory.glob("proposals/*/w8hn-*/amendment.yaml")), "clause"),
    }
    for name, words in _BESIDE.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("format: 1\n" + words.format(**given))
    for name, more in (("rules", _MORE_RULES), ("manifesto", _BUDGET)):
        path = directory / f"manifesto/{name}.yaml"
        path.write_text(path.read_text() + more)
    amendment = next(directory.glob("proposals/*/m2pq-*/amendment.yaml"))
    words = re.sub(r"filed: .*", "filed: 2026-11-18T10:00:00Z", amendment.read_text())
    (amendment.parent / "revision-2.yaml").write_text(words)
    own = next(directory.glob("proposals/*/w8hn-*/amendment.yaml")).read_text()
    wording = re.sub("title: .*", "title: Another wording", own.replace("w8hn", "n3ws"))
    wording = re.sub("proposer: .*", "proposer: bodo", wording).replace("must be", "has to be")
    other = amendment.parent.parent / "n3ws-another-wording"
    other.mkdir()
    named = "sources: [made-up]\namends: w8hn\n"
    (other / "amendment.yaml").write_text(wording.rstrip("\n") + "\n" + named)
    record(directory, "Add a file of every kind")


def _represented(directory: Path, home: Path) -> None:
    """Puts an amendment to the vote on which members may vote for one another, and two do."""
    clock = made_up.Clock(made_up.NOW - timedelta(days=8))
    desk = Desk.open(directory, made_up.environment(home), clock)
    made_up.act_as(desk, "alma")
    ruling.change(desk, replace(desk.assembly.rules, proxies=2), "Let members vote for others")
    clause, was = made_up.anchor(desk, "Minutes lost")
    change = Change(clause=clause, was=f"- {was}", now=f"- {was[:-1]} too.")
    made_up.act_as(desk, "dag")
    with made_up.fixed_ids("p4wd"):
        proposing.propose(desk, "Count minutes too", "They add up.", changes=(change,))
    made_up.act_as(desk, "bodo")
    proposing.second(desk, "p4wd")
    made_up.act_as(desk, "alma")
    clock.on(days=7, hours=23)
    deciding.open_ballot(desk, ["p4wd"], made_up.NOW + timedelta(days=3))
    for giver, holder in (("dag", "alma"), ("cleo", "bodo")):
        made_up.act_as(desk, giver)
        representing.give(desk, "p4wd", holder)
    made_up.act_as(desk, "bodo")
    representing.accept(desk, "p4wd", "cleo")
    _more(desk, clock)
    made_up.act_as(desk, "alma")


def _more(desk: Desk, clock: made_up.Clock) -> None:
    """Adds what can be done by keys: rivals to decide on, a proxy to take back, words to fit."""
    clock.now = made_up.NOW - timedelta(days=4)
    services = "Services and their teams are funded for"
    for by, named, beginning, mark, now in (
        ("dag", "d4yc", services, "", f"{services} ten years, not for projects."),
        ("bodo", "d5yc", services, "", f"{services} good, not for projects."),
        ("dag", "q2tk", "Care teams lead", "# ", "Care teams decide"),
        (
            "alma",
            "f3tb",
            "A new system",
            "- ",
            "A new system must give staff more time for all patients.",
        ),
    ):
        clause, was = made_up.anchor(desk, beginning)
        change = Change(clause=clause, was=mark + was, now=mark + now)
        made_up.act_as(desk, by)
        with made_up.fixed_ids(named):
            proposing.propose(desk, f"Say it as {named} does", "It is shorter.", changes=(change,))
    made_up.act_as(desk, "alma")
    with made_up.fixed_ids("b6rk"):
        deciding.open_ballot(desk, ["d4yc", "d5yc"], made_up.NOW - timedelta(hours=1))
    deciding.open_ballot(desk, ["q2tk"], made_up.NOW + timedelta(days=3))
    for voter in ("alma", "bodo", "cleo"):
        made_up.act_as(desk, voter)
        deciding.vote(desk, "b6rk", ranking=("d5yc", "d4yc", "status-quo"), reason="It reads well.")
    made_up.act_as(desk, "alma")
    representing.give(desk, "q2tk", "cleo")
    # The title of the ballot changes, and the votes are to count nevertheless.
    for path in desk.repo.work_tree.glob("proposals/*/b6rk-*/votes/*.yaml"):
        path.write_text(re.sub("ballot-file: .*\n", "", path.read_text()))


def record(
    directory: Path,
    message: str,
    author: str = "x",
    mail: str = "x@example.org",
    add: str = "-A",
) -> None:
    """Commits all that is there with plain git, as somebody else may."""
    git = ("-c", f"user.name={author}", "-c", f"user.email={mail}")
    _git(directory, *git, "add", add)
    _git(
        directory,
        *(*git, "commit", "-qm", message, "--allow-empty", "--allow-empty-message"),
        "--cleanup=verbatim",
    )


def words(
    directory: Path, texts: Sequence[str], marks: Marks, form: Callable[[str], str] = str
) -> None:
    """Poisons all that people write freely: words in files, the text, authors and messages.

    Each field of each file has one of the texts in turn, as long as it may be. `form` is what each
    is written in; of the text, where brackets may cite a source, what hides is written out.
    """
    in_text = str if form is str else visible
    in_turn = cycle(texts)
    for path in _files(directory):
        kind = kind_of(path)
        for key in _keys(path):
            field = f"{kind}: {key}"
            if key == "now" and not _REWORDED.search(str(path)):
                continue
            if key in FREE and field not in _NOT_FREE:
                text = fitting(next(in_turn), _MOST.get(field, _MOST.get(key, 290)))
                _set(path, key, marks(field) + form(text))
    path = next((directory / "manifesto").glob("*.md"))
    source = path.read_text()
    for field, old in _IN_TEXT.items():
        source = source.replace(
            old, f"{old} {marks(field)}{in_text(fitting(next(in_turn), 290))}", 1
        )
    path.write_text(source, encoding="utf-8", errors="surrogatepass")
    text = form(_for_git(" ".join(texts)))
    record(
        directory,
        marks("the message of a commit") + text,
        marks("the author of a commit") + told_by(text),
        marks("the address of an author") + told_by(text),
    )
    # One with hidden characters is not taken in.
    text = re.sub(r"\s", " ", _shown(fitting(next(in_turn), 290)))
    taken = source.replace("Services and", f"Services {marks('a document to take in')}{text} and")
    taken = re.sub(r" *<!--.*?-->", "", taken)
    (directory / "copy.md").write_text(taken, encoding="utf-8", errors="surrogatepass")


def clean(directory: Path) -> None:
    """Takes out of the text what hides, written out or not."""
    for path in (directory / "manifesto").glob("*.md"):
        source = path.read_text(encoding="utf-8", errors="surrogatepass")
        path.write_text(_shown(source), encoding="utf-8")
    record(directory, "Show what hides", add="manifesto")


def alone(directory: Path, text: str, marks: Marks) -> int:
    """Adds a copy of each file for each of its fields, hostile in that alone; returns how many.

    Files whose names are hostile are added too, and one that holds the bytes as they are.
    """
    seen: set[str] = set()
    number = 0
    of_format = keys_of_format()
    for path in list(_files(directory)):
        kind = kind_of(path)
        for key in (*_keys(path), *sorted(of_format[kind] - set(_keys(path)))):
            field = f"{kind}: {key}"
            if field in seen or path.name in _SINGLE:
                continue
            seen.add(field)
            number += 1
            copied = _copied(directory, path, number)
            _set(copied, key, marks(field) + text[:50_000])
    for field, put in _odd(text, marks).items():
        put(directory, marks(field))
        number += 1
    record(directory, "Add what one can")
    return number


def settings(directory: Path, text: str, marks: Marks) -> Iterator[str]:
    """Makes each field hostile of the files there is one of; yields its name once recorded."""
    for name in _SINGLE:
        path = directory / "manifesto" / name
        whole = path.read_text()
        for key in _keys(path):
            _set(path, key, marks(f"{name}: {key}") + text[:50_000])
            record(directory, f"Change {name}")
            yield f"{name}: {key}"
            path.write_text(whole)
    record(directory, "As it was")


def share(directory: Path, text: str, marks: Marks, form: Callable[[str], str] = str) -> Path:
    """Gives the record a shared place, with acts of others to fetch from it; returns where it is.

    Branch and place are hostile too, and one act meets another that was recorded here.
    """
    shown, in_text = form(_for_git(text)), str if form is str else visible
    called = _fitting_name(form(fitting(_for_git(text), 90)))
    place = directory.parent / f"shared {called}.git"
    other = directory.parent / "other"
    branch = f"main-{re.sub(_NOT_IN_REFS, '', shown)[:60]}z"
    _git(directory, "branch", "-qm", branch)
    _git(directory, "clone", "-q", "--bare", str(directory), str(place))
    _git(directory, "remote", "add", "origin", str(place))
    _git(directory, "fetch", "-q", "origin")
    _git(directory, "branch", "-q", f"--set-upstream-to=origin/{branch}")
    _git(directory, "clone", "-q", str(place), str(other))
    name = next(other.glob("proposals/*/w8hn-*")) / "comments/20261119t113000z-dag.yaml"
    name.write_text("format: 1\nmember: dag\nat: 2026-11-19T11:30:00Z\ntext: It came in.\n")
    record(other, marks("the message of an act that comes in") + shown, "dag")
    for clone, whose in ((other, "theirs"), (directory, "mine")):
        path = next((clone / "manifesto").glob("*.md"))
        # On one line, or both would find room beside each other.
        said = re.sub(r"\s", " ", fitting(text, 90))
        said = f"{_MEETING} {marks(f'what is {whose}')}{in_text(said)}"
        for changed in (path, clone / "copy.md"):
            if changed.exists():
                whole = changed.read_bytes()
                changed.write_bytes(whole.replace(_MEETING.encode(), said.encode(), 1))
        message = marks(f"the message of what is {whose}") + shown
        record(clone, message, marks(f"the author of what is {whose}") + told_by(shown), add="-u")
    _git(other, "push", "-q", "origin", f"HEAD:{branch}")
    return place


def _for_git(text: str) -> str:
    """Returns a text without what git writes otherwise, since it takes it for no text."""
    return re.sub("[\0\ufdd0\uffff]", "", text)


def told_by(text: str) -> str:
    """Returns a text as git keeps it of an author: it takes off what that ends with but letters."""
    return re.sub(r"[\n<>]", "", text) + "z"


def _fitting_name(text: str) -> str:
    """Returns as much of a text as the name of a folder has room for."""
    name = re.sub(r"[/\0\n]", "", text)
    return name.encode("utf-8", "replace")[:160].decode("utf-8", "ignore")


def kind_of(path: Path) -> str:
    """Returns which kind of file this is: its name, or its folder where there are several."""
    return f"{path.parent.name}/*" if path.parent.name in _SEVERAL else path.name


def _files(directory: Path) -> Iterator[Path]:
    for folder in ("manifesto", "proposals"):
        yield from sorted((directory / folder).rglob("*.yaml"))


def _keys(path: Path) -> list[str]:
    return list(dict.fromkeys(re.findall(_KEY, path.read_text())))


def _copied(directory: Path, path: Path, number: int) -> Path:
    """Copies a file beside itself, and one of a proposal with its whole folder."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    new = f"z{letters[number // 31]}{letters[number % 31]}z"
    if path.parent.name in _SEVERAL:
        stem = path.stem[:-4] + new if path.parent.name == "comments" else new
        copied = path.with_name(f"{stem}.yaml")
        shutil.copy(path, copied)
        return copied
    old = path.parent.name.partition("-")[0]
    folder = path.parent.with_name(f"{new}-copied")
    shutil.copytree(path.parent, folder)
    for each in folder.rglob("*.yaml"):
        each.write_text(re.sub(rf"\b{old}\b", new, each.read_text()))
    return folder / path.name


def _odd(text: str, marks: Marks) -> dict[str, Callable[[Path, str], None]]:
    name = re.sub(r"[/\0]", "", text)[:30].strip(".")

    def raw(directory: Path, mark: str) -> None:
        path = directory / "manifesto/roll/bodo.yaml"
        raw = f"name: {mark}{text[:50_000]}"
        path.with_name("zrrz.yaml").write_text(
            re.sub("name: .*", lambda _: raw, path.read_text()), errors="surrogatepass"
        )

    def named(folder: str) -> Callable[[Path, str], None]:
        def put(directory: Path, mark: str) -> None:
            path = directory / folder / f"{mark}{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"format: 1\n{quoted(mark + text[:50_000])}: x\n")

        return put

    def folder(directory: Path, mark: str) -> None:
        path = directory / f"proposals/2026-11/{mark}{name}"
        path.mkdir()
        (path / "amendment.yaml").write_text("format: 1\n")

    return {
        "the bytes as they are in a file of the roll": raw,
        "the name and a key of a file in the roll": named("manifesto/roll"),
        "the name and a key of a file among comments": named(
            "proposals/2026-11/w8hn-must-not-should/comments"
        ),
        "the name of a folder of proposals": folder,
    }


def _set(path: Path, key: str, text: str) -> None:
    path.write_text("\n".join(_poisoned(path.read_text().split("\n"), key, text)))


def keys_of_format() -> dict[str, set[str]]:
    """Returns by kind of file every key that docs/format.md shows."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, words in EXAMPLES.items():
        found[kind_of(Path(path))].update(re.findall(_KEY, words))
    return found


def _poisoned(lines: list[str], key: str, text: str) -> Iterator[str]:
    """Yields the lines of a file with a text as the value of `key`, and not what it held."""
    if not any(re.match(rf" *(?:- )?{key}:", line) for line in lines):
        lines.insert(1, f"{key}:")
    while lines:
        line = lines.pop(0)
        found = re.match(rf"( *(?:- )?){key}:", line)
        if not found:
            yield line
            continue
        yield f"{found[0]} {quoted(text)}"
        # What is deeper, or a list on the same level.
        below = re.compile(f"$| {{{len(found[1]) + 1}}}|{' ' * len(found[1])}- ")
        below = list(takewhile(below.match, lines))
        del lines[: len(below)]


def _shown(text: str) -> str:
    """Returns what of a text shows."""
    return re.sub("⟦U\\+[0-9A-F]+⟧", "", visible(text))


def quoted(text: str) -> str:
    """Returns a text as YAML writes it in double quotes, all but plain letters as escapes."""
    plain = re.compile(r"[ !#-\[\]-~]")
    return '"' + "".join(c if plain.match(c) else f"\\U{ord(c):08X}" for c in text) + '"'


def _value(path: Path, key: str) -> str:
    found = re.search(rf"\b{key}: (.*)", path.read_text())
    assert found
    return found[1]


def _git(directory: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(directory), *words],
        check=True,
        capture_output=True,
        env=os.environ | _AT,
    )
    return done.stdout.decode("utf-8", "replace").strip()
