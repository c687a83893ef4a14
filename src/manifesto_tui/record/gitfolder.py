"""Reads what git's own folder says in the ordinary case, without starting git.

Starting a process takes longer than everything else when a record is opened again. So a plain
repository that belongs to whoever runs this, and a branch written down in the plain way, are read
as files. Whatever is not exactly that (another owner, a link, a linked work tree, an include, an
extension, a bare or shallow repository) answers None, and git is asked.
"""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

_BRANCH = re.compile(rb"ref: (refs/heads/[A-Za-z0-9._/-]+)\n")
_HEAD = re.compile(rb"(?:ref: refs/[!-~]+|[0-9a-f]{40})\n")
_TIP = re.compile(rb"(?!0+\n)([0-9a-f]{40}|[0-9a-f]{64})\n")
_SECTION = re.compile(r'\[([A-Za-z0-9.-]+)(?: "[^"\\]*")?\]')
_SETTING = re.compile(r"([A-Za-z][A-Za-z0-9-]*)(?:[ \t]*=[ \t]*(.*))?")
_REDIRECTS = ("include", "includeif", "extensions")
_LARGEST = 1 << 20


def work_tree_of(directory: Path) -> Path | None:
    """Returns the work tree whose ordinary repository holds `directory`, None where git decides.

    The repository is then `.git` within it, and both belong to the user who runs this.
    """
    with suppress(OSError, RuntimeError):
        here = directory.resolve(strict=True)
        disk = here.stat().st_dev
        while True:
            if os.path.lexists(here / ".git"):
                return here if _is_ordinary(here, here / ".git") else None
            if os.path.lexists(here / "HEAD") or here == here.parent:
                return None
            here = here.parent
            if here.stat().st_dev != disk:
                return None
    return None


def branch_in(git_dir: Path) -> str | None:
    """Returns the full name of the branch that is checked out, None where git has to say."""
    match = _BRANCH.fullmatch(_read(git_dir / "HEAD") or b"")
    branch = match[1].decode() if match else None
    odd = branch is None or branch == "refs/heads/.invalid" or ".." in branch
    return None if odd else branch


def tip_of(common_dir: Path, branch: str) -> str | None:
    """Returns the commit that a branch points to, None where git has to say."""
    held = _read(common_dir / branch)
    if held is not None:
        match = _TIP.fullmatch(held)
        return match[1].decode() if match else None
    if os.path.lexists(common_dir / branch):
        return None
    # What is not written down by itself may stand among the packed ones, as after `git gc`.
    packed = _read(common_dir / "packed-refs") or b""
    line = re.search(rb"^([0-9a-f]{40,64}) " + re.escape(branch.encode()) + rb"$", packed, re.M)
    return line[1].decode() if line and len(line[1]) in (40, 64) else None


def has_none(common_dir: Path, prefix: str) -> bool:
    """Tells whether surely no ref has a full name that begins so: in doubt git has to say."""
    folder, _, start = prefix.rpartition("/")
    try:
        # First those that lie by themselves: git packs one before it takes it away from there.
        if any(ref.name.startswith(start) for ref in (common_dir / folder).iterdir()):
            return False
    except FileNotFoundError:
        pass
    except OSError:
        return False
    packed = _read(common_dir / "packed-refs")
    if packed is None:
        return not os.path.lexists(common_dir / "packed-refs")
    return b" " + prefix.encode() not in packed


def stamp(path: Path) -> str:
    """Returns what changes with a file of git's."""
    try:
        facts = path.stat()
    except OSError:
        return "none"
    return f"{facts.st_mtime_ns} {facts.st_size} {facts.st_ino}"


def _is_ordinary(work_tree: Path, git_dir: Path) -> bool:
    owner = os.geteuid() if hasattr(os, "geteuid") else -1
    for folder in (work_tree, git_dir, git_dir / "objects", git_dir / "refs"):
        facts = folder.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != owner:
            return False
    if any(os.path.lexists(git_dir / name) for name in ("commondir", "gitdir", "shallow")):
        return False
    settings = _read(git_dir / "config")
    return (
        _HEAD.fullmatch(_read(git_dir / "HEAD") or b"") is not None
        and settings is not None
        and _is_plain(settings)
    )


def _is_plain(settings: bytes) -> bool:
    """Tells whether a configuration says nothing that moves the repository or its files."""
    section = ""
    formats = 0
    for line in settings.decode("utf-8", "replace").split("\n"):
        said = line.strip(" \t\r")
        if not said or said[0] in "#;":
            continue
        if said.endswith("\\") or not said.replace("\t", " ").isprintable():
            return False
        if header := _SECTION.fullmatch(said):
            section = said[1:-1].lower()
            if header[1].lower() in _REDIRECTS or header[1].lower().startswith("extensions."):
                return False
            continue
        setting = _SETTING.fullmatch(said)
        if setting is None:
            return False
        name, value = setting[1].lower(), setting[2]
        if section == "core":
            if name == "worktree" or (name == "bare" and value != "false"):
                return False
            if name == "repositoryformatversion":
                formats += 1
                if value != "0":
                    return False
    return formats == 1


def _read(path: Path) -> bytes | None:
    """Returns a small plain file of git's, None where there is none."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with suppress(OSError):
        handle = os.open(path, flags)
        try:
            facts = os.fstat(handle)
            if stat.S_ISREG(facts.st_mode) and facts.st_size <= _LARGEST:
                return os.read(handle, facts.st_size)
        finally:
            os.close(handle)
    return None
