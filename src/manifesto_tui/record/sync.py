"""Brings a clone and a remote together: fetch, unite, send.

Nothing is ever forced. What both sides recorded under `proposals/` unites by itself, since files
there are only added; two votes of one member, cast on two machines, both stay. Where both sides
changed the text or the settings, `settle` decides, or people do. A remote whose history no longer
contains the last tip seen is an alarm that shows what vanished, not an update.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from manifesto_tui.governance.problem import ManifestoError, Refused, Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record import commit as commits
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.layout import kind_of
from manifesto_tui.record.objects import Entry, read_blobs

Sides = tuple[bytes | None, bytes | None, bytes | None]
Settle = Callable[[Mapping[str, Sides]], Mapping[str, bytes | None]]

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}")
_ATTEMPTS = 8
_TOLD = 20
_SECONDS = 600.0
_PERSONAL = {"vote", "comment", "second"}
_NO_RIGHT = ("permission", "denied", "403", "not allowed", "read-only", "authentication", "401")
_NO_NETWORK = ("could not resolve", "unable to access", "could not read from remote", "timed out")


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of it: acts that came, acts that went, and where they went.

    `branch` is the remote's branch; another than one's own where that one is protected. `came`
    and `went` are the subjects of the latest acts, the newest first. Merges are no acts.
    """

    remote: str
    branch: str
    received: int
    sent: int
    united: bool
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


def sync(repo: Repository, settle: Settle | None = None, when: datetime | None = None) -> Synced:
    """Fetches, unites and sends, again where someone was quicker.

    Raises Refused with code `no-remote`, `remote-rewritten`, `needs-people` or what `commit`
    raises, and Unavailable with `no-network` or `no-right-to-send`; whatever was recorded here
    stays and goes with the next sync.
    """
    branch = repo.branch()
    if branch is None or repo.head() is None:
        raise Refused(
            "nothing-to-sync",
            "There is nothing recorded here to send.",
            "Found a manifesto first, or check out the branch that holds it.",
        )
    remote = _remote(repo, branch)
    received, united = 0, False
    came: tuple[str, ...] = ()
    for _ in range(_ATTEMPTS):
        theirs = _fetch(repo, remote, branch)
        try:
            if theirs is not None:
                ours = _tip(repo)
                united |= _unite(repo, ours, theirs, settle, when)
                received += _count(repo, f"{ours}..{theirs}")
                came = (*_subjects(repo, f"{ours}..{theirs}"), *came)[:_TOLD]
            ours = _tip(repo)
            place = _send(repo, remote, branch, ours, theirs)
        except Refused as error:
            if error.code != "tip-moved":
                raise
            continue
        span = f"{theirs}..{ours}" if theirs else ours
        went = _subjects(repo, span)
        return Synced(remote, place, received, _count(repo, span), united, came, went)
    raise Refused("tip-moved", "Others were quicker each time.", "Try again in a moment.")


def unsent(repo: Repository) -> int | None:
    """Returns how many acts wait here to be sent, None where there is nowhere to send them.

    Asks nobody: what counts is what was seen of the remote last.
    """
    branch, head = repo.branch(), repo.head()
    if branch is None or head is None:
        return None
    try:
        remote = _remote(repo, branch)
    except Refused:
        return None
    name = branch.removeprefix("refs/heads/")
    seen = repo.ask(("rev-parse", "--verify", "--quiet", f"refs/remotes/{remote}/{name}"))
    theirs = seen.out.decode().strip()
    return _count(repo, f"{theirs}..{head}" if theirs else head)


def _remote(repo: Repository, branch: str) -> str:
    configured = repo.config(f"branch.{branch.removeprefix('refs/heads/')}.remote")
    names = repo.run(("remote",)).decode("utf-8", "replace").split()
    chosen = configured or ("origin" if "origin" in names else names[0] if names else "")
    if not _NAME.fullmatch(chosen) or chosen not in names:
        raise Refused(
            "no-remote",
            "This folder knows no shared place to send to and fetch from.",
            "Whoever set it up can name one, once: git remote add origin ADDRESS.",
        )
    return chosen


def _fetch(repo: Repository, remote: str, branch: str) -> str | None:
    """Returns the remote branch's tip, None where it has none yet; raises on a rewritten one."""
    asked = ("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance")
    program = "--upload-pack=git-upload-pack"
    result = repo.ask(
        (*_trusted(repo), *asked, program, "--end-of-options", remote, branch), timeout=_SECONDS
    )
    if result.status:
        if "couldn't find remote ref" in result.error:
            _check_not_gone(repo, remote, branch)
            return None
        raise _network(result.error)
    theirs = repo.run(("rev-parse", "--verify", "FETCH_HEAD^{commit}")).decode().strip()
    name = branch.removeprefix("refs/heads/")
    tracking = repo.ask(("rev-parse", "--verify", "--quiet", f"refs/remotes/{remote}/{name}"))
    for seen in {_seen(repo).get(f"{remote} {branch}", ""), tracking.out.decode().strip()}:
        if is_commit_id(seen) and _known(repo, seen) and not repo.holds(seen, theirs):
            raise _rewritten(repo, seen, theirs)
    repo.run(("update-ref", f"refs/remotes/{remote}/{name}", theirs))
    _see(repo, remote, branch, theirs)
    return theirs


def _unite(
    repo: Repository, ours: str, theirs: str, settle: Settle | None, when: datetime | None
) -> bool:
    """Moves the branch so that it contains both tips; tells whether that took a merge."""
    if repo.holds(theirs, ours):
        return False
    base = repo.ask(("merge-base", ours, theirs)).out.decode().strip()
    if not base:
        raise Refused(
            "unrelated",
            "What is recorded here and what the shared place holds never were one.",
            "Clone the shared place anew, and propose there what is missing.",
        )
    from_them = _changes(repo, base, theirs)
    if base == ours:
        commits.advance(repo, _contents(repo, from_them), ours, theirs)
        return False
    files = _merged(repo, _changes(repo, base, ours), from_them, settle)
    message = "Unite with what others recorded"
    commits.merge(repo, files, message, ours, theirs, when)
    return True


Changes = Mapping[str, tuple[Entry | None, Entry | None]]


def _changes(repo: Repository, old: str, new: str) -> Changes:
    """Returns what became of each file from one commit to another; refuses what is no file."""
    asked = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff")
    words = repo.run((*asked, old, new), timeout=None).decode("utf-8", "surrogateescape")
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    parts = words.split("\0")[:-1]
    for facts, path in zip(parts[::2], parts[1::2], strict=True):
        old_mode, mode, before, after, _ = facts[1:].split(" ")
        if mode not in ("100644", "000000"):
            raise Refused(
                "other-files",
                f"The other side changed {reveal(path)}, which is no plain file.",
                "Unite the two with git itself: git pull.",
            )
        was = None if old_mode == "000000" else Entry(old_mode, before)
        found[path] = (was, None if mode == "000000" else Entry(mode, after))
    return found


def _merged(
    repo: Repository, ours: Changes, theirs: Changes, settle: Settle | None
) -> dict[str, bytes | None]:
    """Returns the files that the other side adds to ours, once both are united."""
    files = dict(_contents(repo, theirs))
    both = {path for path in theirs if path in ours and ours[path][1] != theirs[path][1]}
    for path in sorted(path for path in both if kind_of(path) in _PERSONAL):
        # The remote's stays where it is, since others have seen it; ours gets a name of its own.
        mine = ours[path][1]
        both.discard(path)
        if mine is not None:
            files[_free(path, {*ours, *theirs, *files})] = _contents(repo, {path: ours[path]})[path]
    if _touches_text(ours) and _touches_text(theirs):
        both |= {path for path in (*ours, *theirs) if _is_text(path)}
    if both:
        files |= _settled(repo, both, ours, theirs, settle)
    return files


def _settled(
    repo: Repository, paths: set[str], ours: Changes, theirs: Changes, settle: Settle | None
) -> Mapping[str, bytes | None]:
    if settle is None:
        named = ", ".join(reveal(path) for path in sorted(paths)[:3])
        raise Refused(
            "needs-people",
            f"Both sides changed what only people can unite: {named}.",
            "Yours is kept here. Agree on one, record it, and synchronise again.",
        )
    sides: dict[str, Sides] = {}
    for path in sorted(paths):
        was, mine = ours.get(path) or (theirs[path][0],) * 2
        its = theirs[path][1] if path in theirs else was
        entries = {"was": (None, was), "mine": (None, mine), "its": (None, its)}
        held = _contents(repo, entries)
        sides[path] = (held["was"], held["mine"], held["its"])
    return settle(sides)


def _is_text(path: str) -> bool:
    return not path.startswith("proposals/") and not path.startswith("manifesto/roll/")


def _touches_text(changes: Changes) -> bool:
    return any(map(_is_text, changes))


def _free(path: str, taken: set[str]) -> str:
    start, number = path.removesuffix(".yaml"), 2
    while f"{start}-{number}.yaml" in taken:
        number += 1
    return f"{start}-{number}.yaml"


def _contents(repo: Repository, changes: Changes) -> dict[str, bytes | None]:
    ids = [after.id for _, after in changes.values() if after]
    held = dict(read_blobs(repo, ids))
    found: dict[str, bytes | None] = {}
    for path, (_, after) in changes.items():
        found[path] = held[after.id] if after else None
        if after and found[path] is None:
            raise Refused("file-too-large", f"{reveal(path)} has more than 4 MiB.")
    return found


def _send(repo: Repository, remote: str, branch: str, ours: str, theirs: str | None) -> str:
    """Sends our tip, and returns the branch it went to; raises `tip-moved` if late."""
    if theirs == ours:
        return branch
    said = _push(repo, remote, ours, branch)
    if not said:
        name = branch.removeprefix("refs/heads/")
        repo.run(("update-ref", f"refs/remotes/{remote}/{name}", ours))
        _see(repo, remote, branch, ours)
        return branch
    if "fetch first" in said or "non-fast-forward" in said or "failed to update ref" in said:
        raise Refused("tip-moved", "Someone was quicker.", "Try again.")
    if "cannot lock ref" in said or "failed to lock" in said:
        raise Refused("tip-moved", "Someone sends at the same moment.", "Try again.")
    if "remote rejected" in said or "protected" in said:
        # A protected branch takes no one's commits directly: a branch of one's own can be asked
        # to be pulled from.
        own = f"refs/heads/manifesto/{(repo.config('manifesto.handle') or 'sync')}-{ours[:10]}"
        if not _push(repo, remote, ours, own):
            return own
    raise _network(said, sending=True)


def _push(repo: Repository, remote: str, commit: str, branch: str) -> str:
    asked = ("push", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no")
    program = "--receive-pack=git-receive-pack"
    place = ("--end-of-options", remote, f"{commit}:{branch}")
    result = repo.ask((*_trusted(repo), *asked, program, *place), timeout=_SECONDS)
    said = f"{result.error}\n{result.out.decode('utf-8', 'replace')}".lower()
    return said if result.status else ""


def _trusted(repo: Repository) -> tuple[str, ...]:
    """Takes from the user's own configuration, and not from this repository's, what runs programs.

    A repository that came as an archive brings a configuration that somebody else wrote.
    """
    said = repo.ask(("config", "--global", "--includes", "--list", "-z")).out
    helpers, own = ["credential.helper="], {"core.sshcommand": "ssh", "core.askpass": ""}
    for entry in said.decode("utf-8", "replace").split("\0"):
        name, _, value = entry.partition("\n")
        if name == "credential.helper":
            helpers.append(f"credential.helper={value}")
        elif name in own:
            own[name] = value
    settings = [*helpers, *(f"{name}={value}" for name, value in own.items()), "core.gitProxy="]
    return tuple(part for setting in settings for part in ("-c", setting))


def _tip(repo: Repository) -> str:
    tip = repo.head()
    if tip is None:
        raise Refused("tip-moved", "The branch is gone.", "Try again.")
    return tip


def _count(repo: Repository, span: str) -> int:
    return int(repo.run(("rev-list", "--count", "--no-merges", span)))


def _subjects(repo: Repository, span: str) -> tuple[str, ...]:
    said = repo.run(("log", "--no-merges", "--format=%s", f"-{_TOLD}", span))
    return tuple(reveal(line) for line in said.decode("utf-8", "replace").splitlines())


def _known(repo: Repository, commit: str) -> bool:
    return repo.ask(("cat-file", "-e", f"{commit}^{{commit}}")).status == 0


def _seen(repo: Repository) -> dict[str, str]:
    try:
        held = json.loads((repo.common_dir / "manifesto-tui" / "seen.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in held.items() if isinstance(v, str)} if isinstance(held, dict) else {}


def _see(repo: Repository, remote: str, branch: str, tip: str) -> None:
    """Keeps the last tip seen, since anyone's plain `git fetch` would move git's own note of it."""
    folder = repo.common_dir / "manifesto-tui"
    folder.mkdir(exist_ok=True)
    temporary = folder / f"seen-{tip[:12]}.tmp"
    temporary.write_text(json.dumps({**_seen(repo), f"{remote} {branch}": tip}))
    temporary.replace(folder / "seen.json")


def _check_not_gone(repo: Repository, remote: str, branch: str) -> None:
    seen = _seen(repo).get(f"{remote} {branch}")
    if seen:
        raise _rewritten(repo, seen, "")


def _rewritten(repo: Repository, seen: str, theirs: str) -> Refused:
    span = (seen, f"^{theirs}") if theirs else (seen,)
    gone = repo.run(("log", "--format=%h %s", "-5", *span)).decode("utf-8", "replace")
    listed = "; ".join(reveal(line) for line in gone.splitlines())
    return Refused(
        "remote-rewritten",
        f"The shared place no longer holds what it held when last seen. Gone there: {listed}.",
        "Nothing was changed here. Ask who keeps that place before anything else.",
    )


def _network(said: str, sending: bool = False) -> ManifestoError:
    kept = "What you recorded is kept here and goes with the next sync."
    lowered = said.lower()
    if sending or (any(word in lowered for word in _NO_RIGHT)):
        remedy = f"Ask who keeps it for the right. {kept}"
        if sending:
            said = "The shared place takes nothing from you."
            return Unavailable("no-right-to-send", said, remedy)
        return Unavailable("no-right-to-fetch", "The shared place does not let you in.", remedy)
    if "cannot run ssh" in lowered:
        missing = "The program ssh, which reaches the shared place, is not installed."
        return Unavailable("no-network", missing, f"Install OpenSSH. {kept}")
    if any(word in lowered for word in _NO_NETWORK) or "does not appear to be" in lowered:
        return Unavailable("no-network", "The shared place cannot be reached.", kept)
    lines = [line for line in said.splitlines() if line.strip()]
    return Unavailable("sync-failed", f"Git said: {lines[0] if lines else 'nothing'}.", kept)
