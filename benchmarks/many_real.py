"""Real amendments, all at once: filed, compared, adopted one by one, and proved.

Builds a repository at the base that most pull requests of a file share, files through the real
workflow every one that applies there, says how they collide, and adopts them in the order of
filing while it watches the others. The text at the end is compared with what the decisions make
of the text that was put in force. The member is made up, the amendments are real.

Reads `team-mirai-policy-300.jsonl.xz`, or any file like it, that the environment variable
MANIFESTO_CORPUS names (a file or its folder), or the one in ../shared/corpus.
"""

import json
import lzma
import os
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import Section, most_memory, shown
from manifesto_tui.governance.colliding import collisions
from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import enact, standing
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.prose import Text, read_text
from manifesto_tui.workflow import (
    deciding,
    deriving,
    founding,
    proposing,
    revising,
    verifying,
    whatif,
)
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.editing import anchored

NAME = "team-mirai-policy-300.jsonl.xz"
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_SHORT = timedelta(minutes=1)
_WHY = {
    "text-conflict": "in conflict with the text",
    "nothing-changed": "without a change of any clause",
    "file-too-large": "larger than a file of the record may be (it asks for --each-clause)",
    "text-unwritable": "such as Markdown cannot say of this text",
}
_FIRST = 100


def run() -> Iterator[Section]:
    """Yields the table of the first real amendments, as many as end in a few minutes."""
    return _run(_FIRST)


def run_whole() -> Iterator[Section]:
    """Yields the table of all real amendments, which takes long."""
    return _run(None)


def _run(first: int | None) -> Iterator[Section]:
    section = Section(
        "Many real amendments to one text (team-mirai/policy, CC BY 4.0)",
        "none is lost, the text at the end is what the decisions make of it, and it is proved",
        ("what", "value"),
    )
    path = corpus()
    if path is None:
        section.add(NAME, "not here")
        yield section
        return
    with tempfile.TemporaryDirectory() as folder:
        for what, value in play(Path(folder), pulls(path)[:first]).figures():
            section.add(what, value)
    if first:
        section.add("all of them", "`python -m benchmarks many_real`")
    yield section


def corpus() -> Path | None:
    """Returns the file of amendments, or None where there is none."""
    given = Path(os.environ.get("MANIFESTO_CORPUS", _BESIDE))
    return next((place for place in (given, given / NAME) if place.is_file()), None)


@dataclass(frozen=True)
class Pull:
    """One pull request: its number, the commit it left from, its files before and after."""

    number: int
    commit: str
    before: dict[str, str | None]
    after: dict[str, str | None]


def pulls(path: Path) -> list[Pull]:
    """Returns the pull requests of a corpus, as far as they are about Markdown."""
    found = []
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pull: dict[str, Any] = json.loads(line)
            files = [file for file in pull["files"] if file["path"].endswith(".md")]
            if files:
                before = {file["path"]: file["base"] for file in files}
                after = {file["path"]: file["head"] for file in files}
                found.append(Pull(pull["pull"], pull["base"], before, after))
    return found


def base_of(found: Sequence[Pull]) -> dict[str, str]:
    """Returns the files of the commit that most pulls left from.

    A file that none of those shows is taken as most of the others have it.
    """
    most = Counter(pull.commit for pull in found).most_common(1)[0][0]
    versions: dict[str, Counter[str]] = defaultdict(Counter)
    there: dict[str, str] = {}
    for pull in found:
        for path, words in pull.before.items():
            if words is not None:
                versions[path][words] += 1
                if pull.commit == most:
                    there[path] = words
    usual = {path: counts.most_common(1)[0][0] for path, counts in versions.items()}
    return dict(sorted({**usual, **there}.items()))


@dataclass
class Played:
    """What was done, how long it took, and what went wrong; `lost` and `broken` are to be empty."""

    pulls: int
    clauses: int = 0
    applying: set[int] = field(default_factory=set)
    filed: dict[str, int] = field(default_factory=dict)
    refused: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    pairs: Counter[str] = field(default_factory=Counter)
    fitting: int = 0
    adopted: list[str] = field(default_factory=list)
    confirmed: int = 0
    stopped: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    lost: set[str] = field(default_factory=set)
    same_text: bool = False
    verdict: str = ""
    findings: Counter[str] = field(default_factory=Counter)
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def _why(self, numbers: set[int]) -> str:
        return _counted(Counter({why: len(of & numbers) for why, of in self.refused.items()}))

    def figures(self) -> Iterator[tuple[str, object]]:
        """Yields the rows of the table."""
        yield "pull requests, and clauses of the text", f"{self.pulls}, {self.clauses}"
        yield "that `git apply` could put on the text", len(self.applying)
        yield "filed as amendments", len(self.filed)
        yield "not filed, though git could apply them", self._why(self.applying)
        others = {number for numbers in self.refused.values() for number in numbers}
        yield "not filed, nor could git apply them", self._why(others - self.applying)
        yield "filing one", _median(self.taken["file"])
        yield "pairs that are not independent", _counted(self.pairs)
        yield "all collisions", _median(self.taken["collide"])
        yield "what-if of all that fit together", f"{self.fitting}, {_median(self.taken['if'])}"
        yield "adopted, of these confirmed again first", f"{len(self.adopted)}, {self.confirmed}"
        yield "not adopted", _counted(self.stopped)
        yield "one adopted: opened, voted on, decided", _median(self.taken["adopt"])
        yield "… the last tenth of them", _median(self.taken["adopt"][-len(self.adopted) // 10 :])
        yield "how all others stand, after each", _median(self.taken["watch"])
        yield "states of the others, summed over all decisions", _counted(self.states)
        yield "lost", len(self.lost)
        yield "text at the end as the decisions make it", "yes" if self.same_text else "NO"
        yield "verify", f"{self.verdict}, {_median(self.taken['verify'])}"
        yield "what it notes", _counted(self.findings)
        yield "memory of the process at most", f"{most_memory()} MB"


def play(folder: Path, found: Sequence[Pull]) -> Played:
    """Files, compares and adopts; everything goes through the workflow, as in the two faces."""
    desk = _found(folder, base_of(found))
    played = Played(len(found), len(desk.assembly.text.by_anchor))
    played.applying = _applying(folder, found)
    for pull in found:
        _file(desk, pull, played)
    start = time.perf_counter()
    played.pairs.update(pair.relation for pair in collisions(desk.assembly))
    _note(played, "collide", start)
    _what_if(desk, played)
    founded = desk.assembly.text
    for proposal in undecided(desk.assembly):
        _adopt(desk, proposal.id, played)
        _watch(desk, played)
    played.same_text = _replayed(desk, founded, played.adopted) == desk.assembly.text.sources
    start = time.perf_counter()
    proof = verifying.verify(desk.repo)
    played.verdict = proof.verdict
    played.findings.update(found.code for found in proof.findings)
    _note(played, "verify", start)
    return played


def _applying(folder: Path, found: Sequence[Pull]) -> set[int]:
    """Returns the numbers of the pull requests whose patches git can put on the text."""
    place = folder / "patches"
    subprocess.run(["git", "init", "-q", str(place)], check=True)

    def git(*words: str, given: bytes = b"") -> tuple[int, bytes]:
        done = subprocess.run(["git", "-C", str(place), *words], input=given, capture_output=True)
        return done.returncode, done.stdout

    def tree(files: dict[str, str | None]) -> str:
        git("read-tree", "--empty")
        listed = b""
        for path, words in files.items():
            if words is not None:
                _, blob = git("hash-object", "-w", "--stdin", given=words.encode())
                listed += b"100644 %b\t%b\0" % (blob.strip(), path.encode())
        git("update-index", "-z", "--index-info", given=listed)
        return git("write-tree")[1].decode().strip()

    base = tree(dict(base_of(found)))
    applying = set()
    for pull in found:
        _, patch = git("diff", "--binary", tree(pull.before), tree(pull.after))
        git("read-tree", base)
        status, _ = git("apply", "--check", "--cached", given=patch)
        applying |= {pull.number} if status == 0 else set()
    return applying


class _Clock:
    """Goes on by a minute whenever somebody waits for a ballot to close."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def _found(folder: Path, sources: dict[str, str]) -> Desk:
    home, place = folder / "home", folder / "manifesto"
    home.mkdir()
    place.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Made-up Ada\n\temail = ada@made-up.invalid\n"
        "[init]\n\tdefaultBranch = main\n"
    )
    environment = {"HOME": str(home), "PATH": os.environ["PATH"]}
    for path, words in sources.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(words.encode("utf-8"))
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Write the text"]):
        subprocess.run(["git", "-C", str(place), *command], check=True, env=environment)
    clock = _Clock()
    founding.adopt(
        *(place, "Real amendments", environment, clock),
        globs=["**/*.md"],
        handle="ada",
        rules="simple",
    )
    desk = Desk.open(place, environment, clock)
    deciding.ratify(desk)
    return desk


def _file(desk: Desk, pull: Pull, played: Played) -> None:
    start = time.perf_counter()
    text = desk.assembly.text
    if any(path not in text.sources for path, words in pull.before.items() if words is not None):
        played.refused["of another file"].add(pull.number)
        return
    try:
        before = {path: words for path, words in pull.before.items() if words is not None}
        after = {path: words for path, words in pull.after.items() if words is not None}
        new = {path: after.pop(path) for path in [*after] if path not in text.sources}
        base = text
        if any(text.sources[path] != words for path, words in before.items()):
            there = read_text({**text.sources, **before}, text)
            base = anchored(text, there, desk.taken())
        # A file that is new is proposed as it is from a work tree: at the end of the one before.
        after, _ = deriving.with_new_files({**base.sources, **after}, new)
        changed = derive_changes(base, read_text({**base.sources, **after}, base), desk.taken())
        if not changed:
            raise BadInput("nothing-changed", "No clause reads otherwise.")
        done = proposing.propose(
            *(desk, f"Pull request {pull.number}", "As it was proposed."), changes=tuple(changed)
        )
    except ManifestoError as problem:
        played.refused[_WHY.get(problem.code, problem.code)].add(pull.number)
        return
    played.filed[done[0].message.split()[1].rstrip(":")] = pull.number
    _note(played, "file", start)


def _what_if(desk: Desk, played: Played) -> None:
    text, chosen = desk.assembly.text, []
    for proposal in undecided(desk.assembly):
        try:
            text = enact(text, proposal.revisions[-1].changes)
        except Refused:
            continue
        chosen.append(proposal.id)
    start = time.perf_counter()
    if whatif.what_if(desk, chosen).comparison.after.sources == text.sources:
        played.fitting = len(chosen)
    _note(played, "if", start)


def _adopt(desk: Desk, name: str, played: Played) -> None:
    assert isinstance(desk.clock, _Clock)
    start = time.perf_counter()
    found = standing(desk.assembly.text, desk.find(name).revisions[-1].changes)
    try:
        if found.state == "touched":
            revising.rebase(desk, name, True)
            played.confirmed += 1
        deciding.open_ballot(desk, [name], desk.now() + _SHORT)
        deciding.vote(desk, name, "for")
        desk.clock.now += _SHORT
        deciding.decide(desk, name)
    except Refused as problem:
        played.stopped[f"{found.state}: {problem.code}"] += 1
        return
    played.adopted.append(name)
    _note(played, "adopt", start)


def _watch(desk: Desk, played: Played) -> None:
    start = time.perf_counter()
    there = {p.id for p in desk.assembly.proposals if p.revisions}
    played.lost |= played.filed.keys() - there
    for proposal in undecided(desk.assembly):
        played.states[standing(desk.assembly.text, proposal.revisions[-1].changes).state] += 1
    _note(played, "watch", start)


def _replayed(desk: Desk, text: Text, adopted: Sequence[str]) -> dict[str, str]:
    for name in adopted:
        text = enact(text, desk.find(name).revisions[-1].changes)
    return text.sources


def _note(played: Played, what: str, start: float) -> None:
    played.taken[what].append(time.perf_counter() - start)


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in found.most_common() if count) or "none"


def _median(times: Sequence[float]) -> str:
    return shown(sorted(times)[len(times) // 2]) if times else "none"
