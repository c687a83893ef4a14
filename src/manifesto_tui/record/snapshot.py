"""Makes an assembly of the record's files: at a commit, in the work tree, or from bytes.

One bad file becomes a problem and is kept out; it never hides the others. Only where the
manifesto's own settings cannot be read is there nothing to show.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TypeVar

from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import (
    MANIFESTO,
    PROPOSALS,
    RULES,
    SOURCES,
    folder_of,
    keeps_a_folder,
    kind_of,
)
from manifesto_tui.governance.problem import BadInput, ManifestoError, Place, Problem
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.prose import Text, read_text, reveal_line
from manifesto_tui.record import disk, forms
from manifesto_tui.record.git import Repository
from manifesto_tui.record.lazy import LazyProposals, lazy_assembly, proposal_of
from manifesto_tui.record.objects import PLAIN, Entry, list_files, list_tree, read_blobs
from manifesto_tui.record.opening import open_at, outside_proposals
from manifesto_tui.record.shelf import Shelf
from manifesto_tui.record.yaml import Unreadable, not_utf8

_T = TypeVar("_T")
_AT_ONCE = 200
_FOLDERS = ("manifesto", "proposals")


@dataclass(frozen=True, slots=True)
class Bad:
    """Stands for a file that could not be read."""

    problems: tuple[Problem, ...]


_GONE = Bad(
    (
        Problem(
            Place(MANIFESTO),
            "file-missing",
            "This file is gone.",
            f"Bring it back: `git restore {MANIFESTO}`.",
        ),
    )
)


def assemble(files: Mapping[str, bytes], commit: str = "") -> Assembly:
    """Makes an assembly of files by path, each as its bytes.

    Raises BadInput with code `no-manifesto` where its settings are missing or broken.
    """
    return build({path: _read(path, data) for path, data in files.items()}, commit)


def assemble_part(files: Mapping[str, bytes]) -> Assembly:
    """Makes an assembly of a few files, settings among them or not; never raises."""
    values = {path: _read(path, data) for path, data in files.items()}
    settings = values.get(MANIFESTO)
    if isinstance(settings, Manifesto):
        return build(values)
    part = build({RULES: Rules(), **values, MANIFESTO: Manifesto("", ())})
    problems = settings.problems if isinstance(settings, Bad) else ()
    return replace(part, problems=(*problems, *part.problems))


def read_text_at(repo: Repository, commit: str, paths: Sequence[str]) -> Text:
    """Reads the text alone, from files that one commit holds, in the order of `paths`."""
    return next(read_texts_at(repo, (commit,), paths))


def read_own_text(repo: Repository, commit: str) -> Text:
    """Reads the text alone, as the settings at that commit name it; raises as `assemble` does."""
    entries, contents = outside_proposals(repo, commit)
    plain = {path for path, entry in entries.items() if entry.mode == PLAIN}
    settings = _value(MANIFESTO, contents.get(MANIFESTO)) if MANIFESTO in plain else None
    wanted = plain.intersection(settings.text if isinstance(settings, Manifesto) else ())
    values = {path: _value(path, contents.get(path)) for path in wanted}
    return build({MANIFESTO: settings, **values}, commit, repo.memory.get("text")).text


def read_texts_at(repo: Repository, commits: Sequence[str], paths: Sequence[str]) -> Iterator[Text]:
    """Reads the text alone at each of these commits, in two processes for hundreds of them."""
    before: Text | None = None
    for first in range(0, len(commits), _AT_ONCE):
        listed = list(list_files(repo, commits[first : first + _AT_ONCE], paths))
        ids = (entry.id for found in listed for entry in found.values() if entry.mode == PLAIN)
        data = dict(read_blobs(repo, ids))
        for found in listed:
            values = {
                path: _read_file(path, held)
                for path in paths
                if path in found and found[path].mode == PLAIN
                if (held := data[found[path].id]) is not None
            }
            sources = {path: text for path, text in values.items() if isinstance(text, str)}
            before = read_text(sources, before)
            yield before


def read_assembly(repo: Repository, commit: str) -> Assembly:
    """Reads what the record says at one commit; raises as `assemble` does.

    Proposals are listed, and read when one of them is looked at.
    """
    opening = open_at(repo, commit)
    values: dict[str, object] = {}
    for path, entry in opening.entries.items():
        data = opening.contents.get(path)
        plain = entry.mode == PLAIN
        values[path] = _value(path, data) if plain else Bad((not_plain(path, entry.mode),))
    odd = {path: Bad((_odd(path, mode),)) for path, mode in opening.odd.items()}
    read = partial(_read_entries, repo)
    shelf = Shelf(repo, commit, opening.folders, read, opening.grown)
    known = build(values | odd, commit, repo.memory.get("text"))
    repo.memory["text"] = known.text
    made = lazy_assembly(known, shelf, repo.memory.get("assembly"))
    repo.memory["assembly"] = made
    return made


def trees(assembly: Assembly) -> Mapping[str, str]:
    """Returns the id of each proposal's tree by its folder, in the order of the proposals.

    Empty for an assembly that was not read at a commit.
    """
    shelf: Shelf | None = assembly.__dict__.get("_shelf")
    return shelf.folders if shelf else {}


def fetch(assembly: Assembly, folders: Iterable[str]) -> None:
    """Reads some proposals in one go, who would else be read along with those beside them."""
    shelf: Shelf | None = assembly.__dict__.get("_shelf")
    if shelf:
        shelf.fetch(folders)


def fetch_votes(assembly: Assembly, folder: str) -> None:
    """Reads the votes in one folder, which would else be read along with those beside it."""
    shelf: Shelf | None = assembly.__dict__.get("_shelf")
    if shelf and folder in shelf.folders:
        shelf.fetch_votes(folder)


def read_all(assembly: Assembly) -> None:
    """Reads every proposal, but for its votes, as who makes a list of all of them wants it."""
    if isinstance(assembly.proposals, LazyProposals):
        assembly.proposals.read()


def _value(path: str, data: bytes | None) -> object:
    return too_large(path) if data is None else _read(path, data)


def _odd(path: str, mode: str) -> Problem:
    return _unknown(path) if mode in ("040000", PLAIN) else not_plain(path, mode)


def read_worktree(repo: Repository, instead: Manifesto | None = None) -> Assembly:
    """Reads the record as it stands on disk, committed or not, through no link.

    Where its settings cannot be read, it goes by those `instead`, and says what is wrong.
    """
    values: dict[str, object] = {}
    for start in _FOLDERS:
        for path, plain in disk.list_files(repo.work_tree, start):
            if plain:
                values[path] = _read_disk(repo, path)
            elif kind_of(path):
                values[path] = Bad((not_plain(path),))
    settings = values.get(MANIFESTO, _GONE)
    wrong = settings.problems if isinstance(settings, Bad) else ()
    if wrong and instead:
        settings = values[MANIFESTO] = instead
    if isinstance(settings, Manifesto):
        for path in settings.text:
            if path not in values:
                values[path] = _read_disk(repo, path)
    found = build({path: value for path, value in values.items() if value is not None})
    problems = sorted((*wrong, *found.problems), key=lambda problem: problem.place)
    return replace(found, problems=tuple(problems))


def read_new_files(repo: Repository, commit: str, text: Sequence[str]) -> dict[str, str]:
    """Reads Markdown files on disk that stand among those of the text and were never committed.

    A folder that holds one file of the text alone may hold anything; there nothing is read.
    """
    beside = [path.rpartition("/")[0] for path in text]
    folders = {each for each in beside if each == "manifesto" or (each and beside.count(each) > 1)}
    found = [
        path
        for folder in sorted(folders)
        for path, plain in disk.list_files(repo.work_tree, folder)
        if plain and path.endswith(".md") and path.rpartition("/")[0] == folder
    ]
    known = list_tree(repo, commit, found) if found else {}
    read = {path: _read_disk(repo, path) for path in found if path not in known}
    return {path: words for path, words in read.items() if isinstance(words, str)}


def build(values: Mapping[str, object], commit: str = "", like: Text | None = None) -> Assembly:
    """Puts the values that were read from files together; of a text `like` it, what is the same."""
    settings = values.get(MANIFESTO)
    if not isinstance(settings, Manifesto):
        raise _no_manifesto(settings)
    problems = [problem for v in values.values() if isinstance(v, Bad) for problem in v.problems]
    rules = values.get(RULES)
    if not isinstance(rules, Rules):
        if rules is None:
            sentence = "There are no rules; those of “each-constituency” are taken."
            problems.append(Problem(Place(RULES), "no-rules", sentence))
        rules = Rules()
    sources: dict[str, str] = {}
    for path in settings.text:
        text = values.get(path)
        if isinstance(text, str):
            sources[path] = text
        elif text is None:
            sentence = f"The text file {reveal_line(path)} is missing."
            hint = f"Bring it back, or take it out of {MANIFESTO}."
            problems.append(Problem(Place(MANIFESTO), "text-missing", sentence, hint))
    cited = values.get(SOURCES)
    return Assembly(
        commit=commit,
        manifesto=settings,
        rules=rules,
        roll=Roll(tuple(_all(values, Member))),
        text=read_text(sources, like),
        sources=cited if isinstance(cited, dict) else {},
        signatories=tuple(_all(values, Signatory)),
        editions=tuple(sorted(_all(values, Edition), key=lambda edition: edition.order)),
        proposals=_proposals(values),
        problems=tuple(sorted(problems, key=lambda problem: problem.place)),
    )


def _all(values: Mapping[str, object], kind: type[_T]) -> list[_T]:
    return [value for _, value in sorted(values.items(), key=_path) if isinstance(value, kind)]


def _path(item: tuple[str, object]) -> str:
    return item[0]


def _proposals(values: Mapping[str, object]) -> tuple[Proposal, ...]:
    folders: dict[str, list[object]] = {}
    for path in sorted(path for path in values if path.startswith(f"{PROPOSALS}/")):
        folder = folder_of(path)
        if folder:
            folders.setdefault(folder, []).append(values[path])
    return tuple(proposal_of(folder, held) for folder, held in folders.items())


def _read_entries(repo: Repository, entries: Mapping[str, Entry]) -> dict[str, object]:
    values: dict[str, object] = {}
    wanted: dict[str, list[str]] = {}
    for path, entry in entries.items():
        if entry.mode != PLAIN:
            values[path] = Bad((not_plain(path, entry.mode),))
        else:
            wanted.setdefault(entry.id, []).append(path)
    for blob, data in read_blobs(repo, wanted):
        for path in wanted[blob]:
            values[path] = too_large(path) if data is None else _read_file(path, data)
    return values


def _read_disk(repo: Repository, path: str) -> object:
    try:
        data = disk.read_file(repo.work_tree, path)
    except ManifestoError as error:
        return Bad((Problem(Place(path), error.code, error.sentence, error.hint),))
    return None if data is None else _read_file(path, data)


@lru_cache(maxsize=16_384)
def _read(path: str, data: bytes) -> object:
    # Replaying a history reads the same files at every commit.
    return _read_file(path, data)


def _read_file(path: str, data: bytes) -> object:
    """Reads one file as what its path says: a value, words of the text, or what is wrong."""
    kind = kind_of(path)
    if kind == "signature":
        return data
    if kind:
        try:
            return forms.read(path, data)
        except Unreadable as error:
            return Bad(error.problems)
    if path.startswith(f"{PROPOSALS}/") or path.endswith((".yaml", ".yml")):
        return Bad((_unknown(path),)) if not keeps_a_folder(path) else data
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Bad((not_utf8(_shown(path), error),))


def _unknown(path: str) -> Problem:
    sentence = "No file of the record has this name; it counts for nothing."
    return Problem(Place(_shown(path)), "unknown-file", sentence, severity="warning")


def not_plain(path: str, mode: str = "") -> Problem:
    """Says that something is no plain file."""
    what = {"120000": "a symbolic link", "100755": "executable", "160000": "a submodule"}
    sentence = f"This is {what.get(mode, 'no plain file')} — expected a plain file."
    return Problem(Place(_shown(path)), "not-a-plain-file", sentence)


def too_large(path: str) -> Bad:
    """Stands for a file that is too large to be read."""
    sentence = "This file has more than 4 MiB — expected less."
    return Bad((Problem(Place(_shown(path)), "file-too-large", sentence),))


def _shown(path: str) -> str:
    return reveal_line(path.encode("utf-8", "replace").decode())


def _no_manifesto(settings: object) -> BadInput:
    if isinstance(settings, Bad):
        first = settings.problems[0]
        return BadInput("no-manifesto", first.sentence, "Correct the file.", str(first.place))
    return BadInput(
        "no-manifesto",
        "There is no manifesto here yet.",
        "Found one with `manifesto-tui init DIR --title TITLE`, or make this repository's "
        "Markdown one with `manifesto-tui adopt`.",
    )
