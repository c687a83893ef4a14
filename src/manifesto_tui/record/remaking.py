"""Makes again, on top of what others sent, what was recorded here and never sent.

Two decisions that were made apart are made one after the other: the one that others have seen
stands, the one that nobody has seen is counted again and laid over the text as it then reads. All
that was recorded here since goes on top of it, each act by its author, with its date and words.
What was recorded before that stays as it is.

Nothing moves before all of it is made and judged. Then the branch moves at once, or not at all.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from typing import Protocol

from manifesto_tui.governance.paths import MANIFESTO, RULES, folder_of, kind_of
from manifesto_tui.governance.signature import SUFFIX
from manifesto_tui.prose import shortened
from manifesto_tui.record import commit as commits
from manifesto_tui.record.git import Repository
from manifesto_tui.record.keywise import KEYED, keywise
from manifesto_tui.record.objects import Content, list_tree, read_blobs
from manifesto_tui.record.sides import (
    GIVES_WAY,
    Changes,
    Sides,
    changes,
    contents,
    is_ours,
    lines_united,
    moved,
    needs_people,
    parted,
    text_paths,
    united,
)
from manifesto_tui.record.verified import last_verified, remember
from manifesto_tui.record.waiting import keep_aside, let_go

UNITED = "Unite with what others recorded"
ASIDE = "refs/manifesto-tui/aside/"
_FACTS = re.compile(r"^author (.*?) ?<(.*)> (\d+ [+-]\d{4})$", re.MULTILINE)
_ENCODING = re.compile(rb"^encoding (\S+)$", re.MULTILINE)
_ONLY_ONE = {"decision", "ballot", "edition"}


@dataclass(frozen=True, slots=True)
class Unsent:
    """One act that nobody else has: its commit, its author as git writes it, what it changed."""

    commit: str
    author: str
    message: str
    changes: Changes

    @property
    def subject(self) -> str:
        """What the act says of itself in one line, as people may see it."""
        return shortened(self.message.partition("\n")[0], 200)


@dataclass(frozen=True, slots=True)
class Remade:
    """An act as it is made again, and what people have to be told; without files it goes.

    One that `waits` is kept as it was made, until somebody chooses.
    """

    files: Mapping[str, Content]
    message: str
    said: tuple[str, ...] = ()
    waits: bool = False


class Remaker(Protocol):
    """Makes acts again that depend on what others recorded."""

    def again(self, act: Unsent, tip: str) -> Remade:
        """Returns an act as it is on `tip`.

        Raises Refused "needs-people" where only they can; then nothing moves.
        """
        ...

    def judge(self, made: str, sides: Sides) -> None:
        """Raises Refused where the new tip would not be proved."""
        ...


def troubled(sides: Sides) -> frozenset[str]:
    """Returns the paths of ours that cannot stand as they are beside the other side's."""
    both = sides.both()
    records = {path.removesuffix(SUFFIX) for path in both}
    found = {path for path in records if kind_of(path) in _ONLY_ONE | KEYED}
    # A revision that cannot move out of the way, since the other side put it to the vote.
    found |= {
        path
        for path in records
        if kind_of(path) == "amendment" and f"{folder_of(path)}/ballot.yaml" in sides.its
    }
    # Two files of one name, of which one has a signature beside it, cannot both move.
    found |= {
        path
        for path in records
        if kind_of(path) in GIVES_WAY
        and (path + SUFFIX in sides.mine) != (path + SUFFIX in sides.its)
    }
    found |= _at_the_ballot(sides)
    decisions = {path for path in sides.mine if kind_of(path) == "decision"}
    apart = sides.text_moved_apart() or (RULES in sides.mine and RULES in sides.its)
    if apart and (decisions or MANIFESTO in sides.mine):
        found |= decisions | {p for p in sides.mine if p in sides.texts or p == MANIFESTO}
    return frozenset(found)


def _at_the_ballot(sides: Sides) -> set[str]:
    """Returns our withdrawals of what they put to the vote, and our ballots where theirs may meet.

    A ballot between rivals lies in a folder of its own, so that paths alone do not tell.
    """
    ballots = {path for path in sides.mine if kind_of(path) == "ballot"}
    met = any(
        kind_of(path) in ("ballot", "withdrawal")
        or (kind_of(path) == "amendment" and not path.endswith("/amendment.yaml"))
        for path in sides.its
    )
    late = {
        path
        for path in sides.mine
        if kind_of(path) == "withdrawal" and f"{folder_of(path)}/ballot.yaml" in sides.its
    }
    return late | (ballots if met else set())


def remake(
    repo: Repository, sides: Sides, paths: frozenset[str], maker: Remaker, when: datetime | None
) -> tuple[str, ...]:
    """Makes again what touches these paths and all that came after it; tells what people must know.

    Moves the branch. Raises what `maker` raises and what `commit` raises; then nothing moved.
    """
    ref = f"{ASIDE}{token_hex(8)}"
    waiting: list[str] = []
    exchanged = False
    try:
        kept = _kept(repo, sides, paths)
        tip = sides.theirs
        said: list[str] = []
        if not repo.holds(kept, tip):
            before = parted(repo, kept, tip)
            act = commits.Act(united(repo, before), UNITED, when, tip)
            tip = commits.aside(repo, act, kept, ref)
        for unsent in _unsent(repo, sides, kept):
            done = maker.again(unsent, tip)
            said += done.said
            if done.waits:
                waiting.append(unsent.commit)
            elif done.files:
                act = commits.Act(done.files, done.message, when, author=unsent.author)
                tip = commits.aside(repo, act, tip, ref)
        _check_others(repo, sides, tip)
        maker.judge(tip, sides)
        texts = frozenset((*sides.texts, *text_paths(repo, tip)))
        files = contents(repo, changes(repo, sides.ours, tip), texts)
        _remember(repo, tip)
        keep_aside(repo, waiting)
        commits.exchange(repo, files, sides.ours, tip)
        exchanged = True
    finally:
        repo.ask(("update-ref", "-d", ref))
        if not exchanged:
            let_go(repo, waiting)
    return tuple(said)


def reapplied(repo: Repository, act: Unsent, tip: str) -> dict[str, Content]:
    """Returns the files of an act as it is on `tip`, where nobody has to decide anything.

    Raises Refused "needs-people" where others changed the same since.
    """
    texts = text_paths(repo, tip)
    there = list_tree(repo, tip, tuple(act.changes)) if act.changes else {}
    mine = contents(repo, act.changes, texts)
    files: dict[str, Content] = {}
    renamed: set[str] = set()
    for path, (was, is_) in act.changes.items():
        record = path.removesuffix(SUFFIX)
        its = there.get(path)
        if record in renamed or its == is_:
            continue
        if kind_of(record) in GIVES_WAY and was is None and record in there:
            renamed.add(record)
            files.pop(record + SUFFIX, None)
            within = tuple(list_tree(repo, tip, (record.rpartition("/")[0],)))
            pair = {p: mine[p] for p in (record, record + SUFFIX) if p in mine}
            files |= moved(pair, record, (*within, *files))
        elif its == was:
            files[path] = mine[path]
        elif not is_ours(path, texts):
            files[path] = lines_united(repo, path, was, is_, its)
        else:
            raise needs_people([path])
    return files


def united_by_key(
    repo: Repository, act: Unsent, tip: str, mine_wins: bool = False
) -> dict[str, bytes]:
    """Returns the settings that an act and others changed, as they are on `tip` with both changes.

    Raises Refused "needs-people" where they changed the same key, unless `mine_wins`.
    """
    keyed = {path: act.changes[path] for path in act.changes if kind_of(path) in KEYED}
    there = list_tree(repo, tip, tuple(keyed)) if keyed else {}
    met = {
        path: (was, is_, its)
        for path, (was, is_) in keyed.items()
        if is_ and (its := there.get(path)) and its not in (was, is_)
    }
    ids = {entry.id for entries in met.values() for entry in entries if entry}
    held = dict(read_blobs(repo, sorted(ids)))
    return {
        path: keywise(
            path,
            held[was.id] if was else None,
            held[is_.id] or b"",
            held[its.id] or b"",
            mine_wins,
        )
        for path, (was, is_, its) in met.items()
    }


def without(act: Unsent, paths: Iterable[str]) -> Unsent:
    """Returns an act without what it did to some files and to their signatures."""
    gone = {end for path in paths for end in (path, path + SUFFIX)}
    return replace(act, changes={p: c for p, c in act.changes.items() if p not in gone})


def _kept(repo: Repository, sides: Sides, paths: frozenset[str]) -> str:
    """Returns the last commit of ours before any that touches one of the paths.

    Raises Refused "needs-people" where there is none: where ours has a beginning of its own.
    """
    asked = ("rev-list", "--first-parent", "--reverse", "--parents")
    span = (sides.ours, f"^{sides.theirs}", "--")
    for line in repo.run((*asked, *span), timeout=None).decode().splitlines():
        commit, *parents = line.split()
        if not parents:
            if begun := list_tree(repo, commit, tuple(paths)):
                raise needs_people(begun)
            continue
        first, *others = parents
        theirs = all(repo.holds(other, sides.theirs) for other in others)
        if not theirs or paths & set(changes(repo, first, commit)):
            return first
    return sides.ours


def _unsent(repo: Repository, sides: Sides, kept: str) -> list[Unsent]:
    asked = ("rev-list", "--topo-order", "--reverse", "--no-merges", "--parents")
    span = (sides.ours, f"^{sides.theirs}", f"^{kept}", "--")
    lines = repo.run((*asked, *span), timeout=None).decode().splitlines()
    return [unsent_at(repo, *line.split()[:2]) for line in lines]


def unsent_at(repo: Repository, commit: str, parent: str = "") -> Unsent:
    """Returns what one commit did after its parent."""
    ((_, held),) = read_blobs(repo, [commit])
    head, _, message = _in_words(held or b"").partition("\n\n")
    said = _FACTS.search(head)
    name, address, date = said.groups() if said else ("", "", "0 +0000")
    name, address = (
        " ".join(re.sub(r"[<>\x00-\x1f\x7f]", " ", part).split()) for part in (name, address)
    )
    did = changes(repo, parent, commit) if parent else {}
    return Unsent(commit, f"{name} <{address}> {date}", message.strip(), did)


def _in_words(commit: bytes) -> str:
    """Reads a commit as it is kept, in the encoding that it names."""
    named = _ENCODING.search(commit.partition(b"\n\n")[0])
    with suppress(LookupError, UnicodeError):
        return commit.decode(named[1].decode() if named else "utf-8", "replace")
    return commit.decode("utf-8", "replace")


def _check_others(repo: Repository, sides: Sides, tip: str) -> None:
    """Raises where others' code, laid commit on commit, did not come out as it was."""
    mine = {
        path: after
        for path, (_, after) in sides.mine.items()
        if not is_ours(path, sides.texts) and path not in sides.its
    }
    there = list_tree(repo, tip, tuple(mine)) if mine else {}
    wrong = [path for path, entry in mine.items() if there.get(path) != entry]
    if wrong:
        raise needs_people(wrong)


def _remember(repo: Repository, tip: str) -> None:
    """Lets the clone remember the last verified commit that is still there.

    What was made again was nobody else's, so that its former tip is not to be missed.
    """
    branch = repo.branch() or ""
    last = last_verified(repo, branch)
    if last and not repo.holds(last, tip):
        remember(repo, branch, repo.base_of(last, tip))
