"""Finds where a repository lies: its files, git's folder, and the one that linked trees share.

An ordinary one is found without starting git; of any other git says where it lies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import gitfolder
from manifesto_tui.record.running import execute, lines_of
from manifesto_tui.record.trouble import undiscovered

_FOLDERS = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one repository lies; what the folders are, `git.Repository` says."""

    work_tree: Path
    git_dir: Path
    common_dir: Path
    shallow: bool = False


def around(directory: Path, environment: Mapping[str, str]) -> Whereabouts:
    """Finds the repository that holds a folder; raises as `git.Repository.discover` says."""
    if not directory.is_dir():
        sentence = f"There is no folder {reveal(str(directory))}."
        raise BadInput("no-such-folder", sentence, "Check its name.")
    found = gitfolder.work_tree_of(directory)
    if found:
        return Whereabouts(found, found / ".git", found / ".git")
    asked = ("rev-parse", "--is-bare-repository", "--show-toplevel", *_FOLDERS)
    _, top, *folders = _told(directory, environment, asked)
    if not directory.resolve().is_relative_to(Path(top).resolve()):
        raise Unavailable(
            "no-work-tree",
            f"The repository's configuration puts its files elsewhere, in {reveal(top)}.",
            "Run it there, or remove core.worktree from the configuration.",
        )
    return _lying(directory, top, *folders)


def receiving(directory: Path, environment: Mapping[str, str]) -> Whereabouts:
    """Finds the repository that a push comes to or goes from; without files, where it is bare."""
    if not ((directory / "HEAD").is_file() and (directory / "objects").is_dir()):
        return around(directory, environment)
    asked = (f"--git-dir={directory.resolve()}", "rev-parse", *_FOLDERS)
    folders = _told(directory, environment, asked)
    return _lying(directory, folders[0], *folders)


def _told(directory: Path, environment: Mapping[str, str], asked: tuple[str, ...]) -> list[str]:
    """Returns what git answers, a line to a question."""
    result = execute(asked, environment, cwd=directory)
    lines = lines_of(result.out, "surrogateescape")
    if result.status:
        raise undiscovered(directory, result.error, lines[:1] == ["true"])
    return lines


def _lying(directory: Path, top: str, git_dir: str, common: str, shallow: str) -> Whereabouts:
    shared = Path(common) if Path(common).is_absolute() else (directory / common).resolve()
    return Whereabouts(Path(top), Path(git_dir), shared, shallow == "true")
