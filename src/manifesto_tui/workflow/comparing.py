"""Compares: two commits, editions, files or folders, an amendment, or two amendments.

What A and B stand for is tried in this order: an amendment's id, a revision of the repository,
a file or a folder on disk. Two files need no repository at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.governance.edition import is_edition_name, latest
from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.governance.problem import BadInput, ManifestoError
from manifesto_tui.prose import ClauseChange, Text, compare_texts, read_text, reveal
from manifesto_tui.publish.interchange import stat
from manifesto_tui.record import log
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.effects import before_and_after
from manifesto_tui.workflow.incoming import read_words


@dataclass(frozen=True)
class Comparison:
    """The clause-level changes between two texts.

    `from_` and `to` say in words or ids what was compared. `changes` are in text order;
    `prose.by_weight` puts the weightiest first. `stat` counts them as `diff --json` does.
    """

    from_: str
    to: str
    before: Text
    after: Text
    changes: tuple[ClauseChange, ...]
    stat: Mapping[str, int]


def diff(desk: Desk, a: str, b: str | None = None, directory: Path = Path()) -> Comparison:
    """Compares A with B; an amendment alone with the text it amends, else A with the tip.

    `directory` is where names of files are looked for. Raises BadInput where A or B is nothing
    known.
    """
    if b is None:
        proposal = _amendment(desk, a)
        if proposal is not None:
            before, after = before_and_after(desk, desk.find(proposal))
            return compared("the text", f"with {proposal}", before, after)
        return compared(a, "the text", _read(desk, a, directory), desk.assembly.text)
    return compared(a, b, _read(desk, a, directory), _read(desk, b, directory))


def diff_forward(desk: Desk, a: str, b: str | None = None) -> Comparison:
    """Compares as `diff` does, but so that the words of an amendment are what is new.

    For who named two states without saying which is the later one.
    """
    if b is not None and is_amendment(desk, a) and not is_amendment(desk, b):
        a, b = b, a
    return diff(desk, a, b)


def since_last(desk: Desk) -> Comparison:
    """Compares the text with the latest edition; else as it was put in force, else as founded."""
    assembly = desk.assembly
    last = latest(assembly.editions)
    if last:
        return compared(
            f"edition {last.number}", "the text", desk.text_at(last.number), assembly.text
        )
    commit, told = log.founding(desk.repo, assembly.commit) or assembly.commit, "the founding"
    if assembly.manifesto.state == "in-force":
        for entry in reversed(log.entries(desk.repo, (MANIFESTO,))):
            if desk.assembly_at(entry.commit).manifesto.state == "in-force":
                commit, told = entry.commit, "the text put in force"
                break
    return compared(told, "the text", desk.text_at(commit), assembly.text)


def is_amendment(desk: Desk, name: str) -> bool:
    """Tells whether `diff` takes this name for an amendment's."""
    return _amendment(desk, name) is not None


def compare_files(a: Path, b: Path) -> Comparison:
    """Compares two Markdown files, or two folders of them, outside any repository."""
    return compared(
        str(a), str(b), read_path(a, alone=a.is_file()), read_path(b, alone=b.is_file())
    )


def compared(from_: str, to: str, before: Text, after: Text) -> Comparison:
    """Returns the comparison of two texts under these names."""
    changes = compare_texts(before, after)
    return Comparison(from_, to, before, after, changes, stat(changes))


def read_path(path: Path, alone: bool = False) -> Text:
    """Reads a Markdown file, or every one in a folder, as a text.

    `alone` leaves the file's name out of it, so that two files of different names compare as
    versions of one.
    """
    if path.is_dir():
        files = sorted(p for p in path.rglob("*.md") if p.is_file() and ".git" not in p.parts)
        if not files:
            raise BadInput("no-text", f"There is no Markdown file in {path}.", "Name another.")
        return read_text({str(p.relative_to(path)): reveal(read_words(p)) for p in files})
    return read_text({"" if alone else path.name: reveal(read_words(path))})


def _placed(desk: Desk, text: Text, name: str) -> Text:
    """Returns one file's text under the path of the text file that it is a copy of.

    So that a draft beside the repository compares with the file it was copied from.
    """
    known = desk.assembly.manifesto.text
    if len(text.documents) == 1 and "" in text.sources:
        own = [path for path in known if path.rpartition("/")[2] == Path(name).name]
        path = own[0] if len(own) == 1 else known[0] if len(known) == 1 else ""
        return read_text({path: text.sources[""]})
    return text


def _amendment(desk: Desk, name: str) -> str | None:
    """Returns the id that `name` is a prefix of, where it is an amendment's and nothing else."""
    try:
        return desk.find(name).id
    except BadInput as problem:
        if problem.code == "id-ambiguous" and not _is_revision(desk, name):
            raise
        return None


def _is_revision(desk: Desk, name: str) -> bool:
    try:
        desk.resolve(name)
    except ManifestoError:
        return False
    return True


def _read(desk: Desk, name: str, directory: Path) -> Text:
    proposal = _amendment(desk, name)
    if proposal is not None:
        return before_and_after(desk, desk.find(proposal))[1]
    if _is_revision(desk, name):
        return desk.text_at(name)
    path = directory / name
    if path.exists():
        return _placed(desk, read_path(path, alone=path.is_file()), name)
    if is_edition_name(name):
        desk.resolve(name)  # It says which editions there are.
    raise BadInput(
        "nothing-known",
        f"“{name}” is no amendment, no revision and no file.",
        "`manifesto-tui list` shows the amendments, `manifesto-tui history` the decisions.",
    )
