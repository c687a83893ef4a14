"""Rebuilds the real manifesto's history as a git repository, where the corpus is at hand."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

NAME = "clinical-digital-manifesto-history.json"
BESIDE = Path(__file__).parent.parent.parent.parent / "shared" / "corpus"


@dataclass(frozen=True)
class Commit:
    """One commit of the corpus; its author and date are as the real history claims them."""

    id: str
    parents: tuple[str, ...]
    author: str
    date: str
    subject: str
    files: dict[str, str]


def find_corpus() -> Path | None:
    """Returns the corpus that MANIFESTO_CORPUS names, as a file or a folder, or the one beside."""
    given = os.environ.get("MANIFESTO_CORPUS")
    places = [Path(given), Path(given) / NAME] if given else [BESIDE / NAME]
    return next((place for place in places if place.is_file()), None)


def load() -> tuple[Commit, ...]:
    """Returns the commits, parents first; skips the test where there is no corpus."""
    found = find_corpus()
    if found is None:
        pytest.skip(f"the corpus {NAME} is not here; MANIFESTO_CORPUS may name its folder")
    return tuple(
        Commit(c["commit"], tuple(c["parents"]), c["author"], c["date"], c["subject"], c["files"])
        for c in json.loads(found.read_text(encoding="utf-8"))
    )


def stream(commits) -> bytes:
    """Returns the commits in the language of `git fast-import`, each on a branch of its own."""
    marks = {commit.id: number for number, commit in enumerate(commits, start=1)}
    out = []
    for commit in commits:
        mark = marks[commit.id]
        who = f"{commit.author} <author-{mark}@history.invalid> {mark} +0000".encode()
        out += [b"commit refs/heads/at-%s\nmark :%d\n" % (commit.id[:7].encode(), mark)]
        out += [b"author " + who + b"\ncommitter " + who + b"\n", data(commit.subject)]
        for word, parent in zip((b"from", *[b"merge"] * 9), commit.parents, strict=False):
            out.append(b"%s :%d\n" % (word, marks[parent]))
        out.append(b"deleteall\n")
        for path, text in commit.files.items():
            out += [f"M 100644 inline {path}\n".encode(), data(text)]
    return b"".join(out)


def data(text: str) -> bytes:
    words = text.encode("utf-8")
    return b"data %d\n%b\n" % (len(words), words)
