"""Finds the peers that are installed, each as a function from two lists of tokens to opcodes."""

import difflib
import importlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
ABSENT = "absent"


def tokens(text: str) -> list[str]:
    """Cuts a text as difflib's users do: words, white space, marks."""
    return TOKEN.findall(text)


def module(name: str) -> ModuleType | None:
    """Returns a module, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def by_difflib(a: list[str], b: list[str]) -> list[Any]:
    return difflib.SequenceMatcher(None, a, b).get_opcodes()


def by_cydifflib() -> Callable[[list[str], list[str]], Any] | None:
    peer = module("cydifflib")
    if peer is None:
        return None
    return lambda a, b: peer.SequenceMatcher(None, a, b).get_opcodes()


def by_patience() -> Callable[[list[str], list[str]], Any] | None:
    peer = module("patiencediff")
    if peer is None:
        return None
    return lambda a, b: peer.PatienceSequenceMatcher(None, a, b).get_opcodes()


def by_dmp() -> Callable[[str, str], Any] | None:
    """Google's diff-match-patch in Python, with its own clean-up."""
    peer = module("diff_match_patch")
    if peer is None:
        return None

    def diff(a: str, b: str) -> Any:
        engine = peer.diff_match_patch()
        found = engine.diff_main(a, b)
        engine.diff_cleanupSemantic(found)
        return found

    return diff


def by_fast_dmp() -> Callable[[str, str], Any] | None:
    """The same in C++."""
    peer = module("fast_diff_match_patch")
    if peer is None:
        return None
    return lambda a, b: peer.diff(a, b, cleanup="Semantic", counts_only=False)


def by_process(*command: str) -> Callable[[str, str], Any] | None:
    """A program that compares two files."""
    if shutil.which(command[0]) is None:
        return None
    folder = Path(tempfile.mkdtemp())

    def diff(a: str, b: str) -> Any:
        (folder / "a").write_text(a, encoding="utf-8")
        (folder / "b").write_text(b, encoding="utf-8")
        return subprocess.run([*command, "a", "b"], cwd=folder, capture_output=True, check=False)

    return diff
