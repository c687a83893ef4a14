"""Finds the real texts that the comparison is tried on, where they are at hand."""

import json
import lzma
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def corpus(name: str) -> Path:
    """Returns the place of a file of real texts; skips the test where there is none."""
    folder = Path(os.environ.get("MANIFESTO_CORPUS", _BESIDE))
    path = folder / name
    if not path.is_file():
        pytest.skip(f"No {name} in {folder}; MANIFESTO_CORPUS can name another folder.")
    return path


def history() -> dict[str, dict[str, str]]:
    """The files of each commit of the Clinical Digital Manifesto, by its short name."""
    path = corpus("clinical-digital-manifesto-history.json")
    commits = json.loads(path.read_text(encoding="utf-8"))
    return {commit["commit"][:7]: commit["files"] for commit in commits}


def amendments() -> Iterator[tuple[str, str, str]]:
    """Every file that a pull request of team-mirai/policy changed: its name, before, after."""
    path = corpus("team-mirai-policy-300.jsonl.xz")
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            pull: dict[str, Any] = json.loads(line)
            for file in pull["files"]:
                name = f"{pull['pull']} {file['path']}"
                yield name, file["base"] or "", file["head"] or ""
