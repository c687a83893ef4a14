"""Raises the alarm where a shared place lost what it held, or where an edition moved there.

What it held is known from what was seen of it last, from what git had fetched when this clone was
first read, and from git's own note, which alone would not do: it moves with a plain `git fetch`.
"""

from collections.abc import Mapping
from contextlib import suppress

from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.prose import reveal
from manifesto_tui.record.git import Repository, is_commit_id
from manifesto_tui.record.running import lines_of
from manifesto_tui.record.seen import first_fetched, last_seen, see, tracked
from manifesto_tui.record.tags import REFS, is_within
from manifesto_tui.record.transfer import Place


def refuse_rewritten(repo: Repository, place: Place, here: Mapping[str, str]) -> None:
    """Raises Refused "remote-rewritten" or "edition-moved" where a shared place is not to be taken.

    `here` are the tags of editions in this clone. What the place has was fetched.
    """
    remote, branch = place.remote, place.branch
    before = [last_seen(repo, remote, branch)]
    if place.tip:
        # A branch that is not there may never have been: what git fetched once proves nothing.
        before += [first_fetched(repo, remote, branch), tracked(repo, remote, branch)]
    for seen in filter(is_commit_id, dict.fromkeys(before)):
        if seen == place.tip or not repo.knows(seen):
            continue
        if place.tip is None or not repo.holds(seen, place.tip):
            _remember(repo, remote, branch, seen)
            raise _rewritten(repo, seen, place.tip)
    for name, there in place.editions.items():
        known = _known(repo, place, name, here.get(name, ""))
        if known not in ("", there):
            _remember(repo, remote, name, known)
            raise _edition_moved(name, known, there)


def _known(repo: Repository, place: Place, name: str, here: str) -> str:
    """Returns the tag that an edition has to have, "" where that is not known.

    `here` is the one in this clone. One that was made here and never sent is no edition yet,
    whatever its number.
    """
    remote, there = place.remote, place.editions[name]
    seen = last_seen(repo, remote, name) or first_fetched(repo, remote, name)
    if here in ("", there):
        # What others tag, and tag again, is theirs.
        return seen if seen not in ("", there) and is_within(repo, seen, repo.head() or "") else ""
    sent = place.tip or tracked(repo, remote, place.branch)
    return here if seen or is_within(repo, here, sent) else ""


def _remember(repo: Repository, remote: str, ref: str, known: str) -> None:
    """Keeps what an alarm goes by, which git's own note may not hold after its next fetch."""
    if not last_seen(repo, remote, ref):
        # Who may only read here is told all the same.
        with suppress(ManifestoError):
            see(repo, remote, {ref: known})


def _rewritten(repo: Repository, seen: str, theirs: str | None) -> Refused:
    span = (seen, f"^{theirs}") if theirs else (seen,)
    gone = repo.run(("log", "--format=%h %s", "-5", *span, "--"))
    listed = "; ".join(reveal(line) for line in lines_of(gone))
    return Refused(
        "remote-rewritten",
        f"The shared place no longer holds what it held when last seen. Gone there: {listed}.",
        "Nothing was changed here. Ask who keeps that place before anything else; if it was "
        "agreed, join it anew in an empty folder, and keep this one: it shows what was there.",
    )


def _edition_moved(name: str, here: str, there: str) -> Refused:
    number = reveal(name.removeprefix(REFS))
    return Refused(
        "edition-moved",
        f"Edition {number} is not the same at the shared place: here it is {here[:10]}, there "
        f"{there[:10]}.",
        "Nothing was changed here. An edition never moves: ask who keeps that place.",
    )
