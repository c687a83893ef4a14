"""Brings a clone and a remote together: fetch, unite, send.

Nothing is ever forced. What both sides recorded under `proposals/` unites by itself, since files
there are only added; two votes of one member, cast on two machines, both stay. Decisions that
were made apart are made one after the other. Where both sides changed the same words, people
decide. A remote whose history no longer contains the last tip seen, or where an edition names
another text than it did, is an alarm that shows what vanished, not an update.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from manifesto_tui.governance.problem import Refused
from manifesto_tui.prose import reveal
from manifesto_tui.record import commit as commits
from manifesto_tui.record import transfer, unreached
from manifesto_tui.record.alarm import refuse_rewritten
from manifesto_tui.record.git import Repository
from manifesto_tui.record.guarded import send_beside
from manifesto_tui.record.remaking import UNITED, Remaker, remake, troubled
from manifesto_tui.record.running import lines_of
from manifesto_tui.record.seen import branch_at, chosen_remote, see, tracked, tracking
from manifesto_tui.record.sides import CodeApart, Settle, contents, parted, united
from manifesto_tui.record.tags import REFS, is_within
from manifesto_tui.record.transfer import Place, Watch

_ATTEMPTS = 8
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Synced:
    """What became of it: acts that came, acts that went, and where they went.

    `branch` is the remote's branch; one's own there where the shared one is protected. `came`
    and `went` are the subjects of the latest acts, the newest first. Merges are no acts. `said`
    holds what people must know of acts that were made again, `editions` the numbers of those that
    came or went, and `answer` what the remote said where its own branch took nothing.
    """

    remote: str
    branch: str
    received: int
    sent: int
    united: bool
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    answer: str = ""


def sync(
    repo: Repository,
    settle: Settle | None = None,
    when: datetime | None = None,
    remaker: Remaker | None = None,
    watch: Watch | None = None,
    handle: str = "sync",
) -> Synced:
    """Fetches, unites and sends, again where someone was quicker.

    `handle` names the branch of one's own that is sent where the shared one takes nothing directly.
    Raises Refused with code `nothing-to-sync`, `detached-head`, `no-remote`, `unrelated`,
    `remote-rewritten`, `edition-moved`, `needs-people`, `not-a-plain-file`, `file-too-large`,
    `stopped` or what `commit` raises, and Unavailable with `no-network`, `no-right-to-fetch`,
    `no-right-to-send`, `worked-in`, `remote-locked`, `disk` or `sync-failed`; whatever was
    recorded here stays and goes with the next sync.
    """
    branch, _ = transfer.what_is_sent(repo)
    remote, watch = chosen_remote(repo), watch or Watch()
    if not remote:
        raise unreached.no_remote()
    received, merged = 0, False
    came: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    late: set[tuple[str | None, str]] = set()
    for _ in range(_ATTEMPTS):
        try:
            place = transfer.look(repo, remote, branch, watch)
            here = transfer.editions_here(repo)
            _fetch(repo, place, here, watch)
            theirs = place.tip
            if theirs is not None:
                ours = _tip(repo)
                try:
                    made, told = _unite(repo, ours, theirs, settle, when, remaker)
                except CodeApart as met:
                    # What they sent has been fetched, so that git can unite the two without them.
                    raise CodeApart(met.path, branch_at(remote, branch)) from met
                merged |= made
                said += told
                new = _subjects(repo, f"{ours}..{theirs}")
                received += len(new)
                came = (*new, *came)[:_TOLD]
                editions += _take_editions(repo, place, here, ours)
            ours = _tip(repo)
            taker, held, answer = _send(repo, place, ours, handle, watch)
            if taker == branch:
                editions += _send_editions(repo, place, here, ours, watch)
        except Refused as error:
            if error.code != "tip-moved":
                raise
            late.add((place.tip, _tip(repo)))
            continue
        known = (f"^{tip}" for tip in (theirs, held) if tip)
        went = _subjects(repo, ours, *known) if held != ours else ()
        counted = received, len(went), merged, came, went[:_TOLD]
        # Who was late once is told once.
        return Synced(remote, taker, *counted, tuple(dict.fromkeys(said)), editions, answer)
    if len(late) == 1:
        raise unreached.locked(place.branch)
    raise Refused("tip-moved", "Others were quicker each time.", "Try again in a moment.")


def unsent(repo: Repository) -> int | None:
    """Returns how many acts wait here to be sent, None where there is nowhere to send them.

    Asks nobody: what counts is what was seen of the remote last.
    """
    span = _waiting(repo)
    return None if span is None else _count(repo, span)


def waiting(repo: Repository) -> tuple[str, ...]:
    """Returns what the latest acts say that wait here to be sent, the newest first."""
    span = _waiting(repo)
    return () if span is None else _subjects(repo, span, most=_TOLD)


def _waiting(repo: Repository) -> str | None:
    branch, head = repo.branch(), repo.head()
    if branch is None or head is None:
        return None
    remote = chosen_remote(repo)
    if not remote:
        return None
    theirs = tracked(repo, remote, branch)
    return f"{theirs}..{head}" if theirs else head


def _fetch(repo: Repository, place: Place, here: Mapping[str, str], watch: Watch) -> None:
    """Fetches what is new and notes it; raises where something vanished or moved there.

    `here` are the tags of editions in this clone.
    """
    remote, branch = place.remote, place.branch
    new = [name for name, there in place.editions.items() if here.get(name) != there]
    wanted = {branch: place.tip, **{name: place.editions[name] for name in new}}
    names = [name for name, tip in wanted.items() if tip and not repo.knows(tip)]
    if names:
        transfer.fetch(repo, place, names, watch)
    if place.tip and not repo.knows(place.tip):
        raise Refused("tip-moved", "Someone sends at the same moment.", "Try again.")
    refuse_rewritten(repo, place, here)
    if place.tip is not None:
        if tracked(repo, remote, branch) != place.tip:
            repo.point(tracking(remote, branch), place.tip)
        see(repo, remote, {branch: place.tip})


def _take_editions(
    repo: Repository, place: Place, here: dict[str, str], before: str
) -> tuple[str, ...]:
    """Takes the tags of editions that came with the branch to `here`; returns their numbers.

    An edition names a text of this history; what others tag is theirs. What was made here, was
    never sent and is no part of the history any more loses its tag. `before` was the tip.
    """
    tip = _tip(repo)
    for name, tag in list(here.items()):
        gone = place.editions.get(name) != tag and not is_within(repo, tag, tip)
        if gone and is_within(repo, tag, before):
            repo.run(("update-ref", "-d", name, tag))
            del here[name]
    taken = [
        name
        for name, tag in place.editions.items()
        if name not in here and place.tip and is_within(repo, tag, place.tip)
    ]
    for name in taken:
        repo.point(name, place.editions[name], "0" * len(place.editions[name]))
        here[name] = place.editions[name]
    see(repo, place.remote, dict(place.editions))
    return tuple(map(_number, taken))


def _unite(
    repo: Repository,
    ours: str,
    theirs: str,
    settle: Settle | None,
    when: datetime | None,
    remaker: Remaker | None,
) -> tuple[bool, tuple[str, ...]]:
    """Moves the branch so that it contains both tips.

    Tells whether that took a merge, and what people must know of acts that were made again.
    """
    base = theirs if ours == theirs else repo.base_of(ours, theirs)
    if base == theirs:
        return False, ()
    sides = parted(repo, ours, theirs, base)
    if base == ours:
        commits.advance(repo, contents(repo, sides.its, sides.texts), ours, theirs)
        return False, ()
    trouble = troubled(sides)
    if trouble and remaker:
        return True, remake(repo, sides, trouble, remaker, when)
    try:
        files = united(repo, sides, settle)
    except Refused as met:
        if met.code != "needs-people" or remaker is None or not sides.text_moved_apart():
            raise
        # One by one they can be told apart: those that met others' wait, the rest goes on.
        return True, remake(
            repo, sides, frozenset(filter(sides.is_text, sides.mine)), remaker, when
        )
    commits.merge(repo, files, UNITED, ours, theirs, when)
    return True, ()


def _send(
    repo: Repository, place: Place, ours: str, handle: str, watch: Watch
) -> tuple[str, str, str]:
    """Sends our tip; returns the branch it went to, and what that held, "" where it is new.

    What the place said comes third, where it is another branch. Raises `tip-moved` if late.
    """
    held = place.tip or ""
    if held == ours:
        return place.branch, held, ""
    said = transfer.push(repo, place, [f"{ours}:{place.branch}"], watch)
    if not said:
        repo.point(tracking(place.remote, place.branch), ours)
        see(repo, place.remote, {place.branch: ours})
        if place.tip is None:
            transfer.go_by_what_was_sent(repo, place)
        return place.branch, held, ""
    if unreached.was_quicker(said):
        raise Refused("tip-moved", "Someone was quicker.", "Try again.")
    if unreached.is_worked_on(said):
        raise unreached.worked_in(transfer.is_worked_in(repo, place.remote))
    if not unreached.is_guarded(said):
        raise unreached.not_sent(said)
    return *send_beside(repo, place, ours, handle, watch), unreached.answer(said)


def _send_editions(
    repo: Repository, place: Place, here: Mapping[str, str], ours: str, watch: Watch
) -> tuple[str, ...]:
    """Sends the editions of `here` that the shared place lacks; returns their numbers."""
    lacking = [
        name
        for name, tag in here.items()
        if name not in place.editions and is_within(repo, tag, ours)
    ]
    if lacking and (said := transfer.push(repo, place, [f"{n}:{n}" for n in lacking], watch)):
        raise unreached.not_sent(said)
    see(repo, place.remote, {name: here[name] for name in lacking})
    return tuple(map(_number, lacking))


def _tip(repo: Repository) -> str:
    tip = repo.head()
    if tip is None:
        raise Refused("tip-moved", "The branch is gone.", "Try again.")
    return tip


def _number(name: str) -> str:
    return name.removeprefix(REFS)


def _is_empty(span: str) -> bool:
    """Whether nothing lies between two tips since they are one, as after most of all syncs."""
    since, _, tip = span.partition("..")
    return since == tip


def _count(repo: Repository, span: str) -> int:
    if _is_empty(span):
        return 0
    return int(repo.run(("rev-list", "--count", "--no-merges", span, "--")))


def _subjects(repo: Repository, *span: str, most: int = -1) -> tuple[str, ...]:
    if _is_empty(span[0]):
        return ()
    asked = ("log", "--no-merges", "--format=%s", f"--max-count={most}", *span, "--")
    said = repo.run(asked, timeout=None)
    return tuple(reveal(line) for line in lines_of(said))
