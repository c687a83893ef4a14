"""Reads amendments from files that somebody wrote: edited copies of the text, or YAML by hand."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.problem import BadInput, Problem
from manifesto_tui.record import forms, yaml
from manifesto_tui.record.yaml import Unreadable, not_utf8
from manifesto_tui.workflow.desk import Desk

_LARGEST = 4 * 1024 * 1024
# What the program adds itself when it files an amendment; whoever writes one may leave it out.
_FILLED_IN = {
    "format": "1",
    "id": "x000",
    "title": '"-"',
    "proposer": "nobody",
    "filed": '"2000-01-01T00:00:00Z"',
    "base": f'"{"0" * 40}"',
}
_LIKE = "proposals/2000-01/x000-x/amendment.yaml"


def from_files(desk: Desk, files: Sequence[Path]) -> Mapping[str, str]:
    """Returns edited copies of text files by the path of the file that each is a copy of.

    A copy is known by its place in the work tree, else by its name, else because the text is one
    file. Raises BadInput where none of these tells.
    """
    texts: dict[str, str] = {}
    for file in files:
        path = _original(desk, file)
        if path in texts:
            raise BadInput(
                "text-twice", f"Two files stand for {path}.", "Name one copy of each.", str(file)
            )
        texts[path] = read_words(file)
    return texts


def from_file(file: Path) -> Amendment:
    """Reads an amendment written by hand, as the record keeps them.

    `id`, `proposer`, `filed` and `base` may be left out: filing it sets them. Raises BadInput
    with the place of the first mistake.
    """
    written = read_words(file)
    try:
        yaml.read(_LIKE, written.encode("utf-8"))  # Before anything is added that is not in it.
    except Unreadable as unreadable:
        raise all_wrong(unreadable, str(file)) from None
    missing = [
        f"{key}: {value}\n"
        for key, value in _FILLED_IN.items()
        if not re.search(rf"^{key}\s*:", written, re.MULTILINE)
    ]
    kept = re.sub(r"^(id|proposer|filed|base)\s*:.*$", _filled_in, written, flags=re.MULTILINE)
    try:
        found = forms.read(_LIKE, ("".join(missing) + kept).encode("utf-8"))
    except Unreadable as unreadable:
        raise all_wrong(unreadable, str(file), len(missing)) from None
    assert isinstance(found, Amendment), "the path says that it is an amendment"
    return found


def all_wrong(unreadable: Unreadable, name: str, above: int = 0) -> BadInput:
    """Returns all that is wrong with a file of that name: the first mistake, and then the others.

    `above` is how many lines stood before its own when it was read.
    """
    first, *others = sorted(unreadable.problems, key=lambda problem: problem.place)

    def place(found: Problem) -> str:
        return f"{name}:{max(1, found.place.line - above)}:{found.place.column}"

    also = [f"{place(other)}: {other.sentence}" for other in others]
    hint = " ".join(filter(None, [first.hint, *also]))
    return BadInput(first.code, first.sentence, hint, place(first))


def read_words(file: Path) -> str:
    """Returns a file's words; BadInput where it cannot be read or is no UTF-8."""
    return words_of_file(read_bytes(file, _LARGEST), str(file))


def read_bytes(file: Path, most: int) -> bytes:
    """Returns what a file holds, at most one byte more than `most`; BadInput where it cannot."""
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as problem:
        raise BadInput(
            "no-file", f"It cannot be read: {problem.strerror}.", "Check the name.", str(file)
        ) from None


def words_of_file(data: bytes, name: str) -> str:
    """Returns the words that a file of this name holds; BadInput where they are no UTF-8."""
    if len(data) > _LARGEST:
        raise BadInput("file-too-large", "It has more than 4 MiB.", "Name a text.", name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong, hint = not_utf8(name, error), "Save it as UTF-8."
        raise BadInput(wrong.code, wrong.sentence, hint, str(wrong.place)) from None


def _filled_in(match: re.Match[str]) -> str:
    return f"{match[1]}: {_FILLED_IN[match[1]]}"


def _original(desk: Desk, file: Path) -> str:
    known = desk.assembly.manifesto.text
    try:
        inside = file.resolve().relative_to(desk.repo.work_tree.resolve()).as_posix()
    except ValueError:
        inside = ""
    if inside in known:
        return inside
    named = [path for path in known if path.rpartition("/")[2] == file.name]
    if len(named) == 1:
        return named[0]
    if len(known) == 1:
        return known[0]
    raise BadInput(
        "path-unknown",
        "It has the name of no file of the text, so it is not clear which one it is a copy of.",
        f"Give the copy one of these names: {', '.join(known)}.",
        str(file),
    )
