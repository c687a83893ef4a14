"""Reads what somebody edited, freely, as changes to the clauses of the text."""

from collections.abc import Mapping, Sequence

from manifesto_tui.governance.amendment import Amendment, Change
from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.phrases import abridged
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import Text, read_text
from manifesto_tui.record import snapshot
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.wording import refuse_hidden


def from_worktree(desk: Desk) -> Mapping[str, str]:
    """Returns the text files as they stand on disk, by path; nothing is written.

    Raises BadInput for a text file that is gone or cannot be read.
    """
    found = snapshot.read_worktree(desk.repo, desk.assembly.manifesto)
    for path in desk.assembly.manifesto.text:
        if path not in found.text.sources:
            problem = next((p for p in found.problems if p.place.path == path), None)
            raise BadInput(
                problem.code if problem else "text-missing",
                problem.sentence if problem else "This text file is gone.",
                (problem and problem.hint) or f"Bring it back: `git restore {path}`.",
                str(problem.place) if problem else path,
            )
    return {path: found.text.sources[path] for path in desk.assembly.manifesto.text}


def new_files(desk: Desk) -> Mapping[str, str]:
    """Returns what stands in files on disk beside those of the text, and was never committed."""
    return snapshot.read_new_files(desk.repo, desk.assembly.commit, desk.assembly.manifesto.text)


def with_new_files(
    texts: Mapping[str, str], new: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Returns the text's sources with what stands in new files, and where the words of each went.

    An amendment changes clauses, not the list of files: a new file's clauses are proposed at the
    end of the file before it by name.
    """
    made = dict(texts)
    went: dict[str, str] = {}
    known = [*texts]
    for path, words in sorted(new.items()):
        before = [each for each in known if each < path and _folder(each) == _folder(path)]
        went[path] = home = before[-1] if before else known[0]
        made[home] = made[home].rstrip("\n") + "\n\n" + words.lstrip("\ufeff\n")
    return made, went


def derived(
    desk: Desk, texts: Mapping[str, str], like: Amendment | None = None
) -> tuple[Change, ...]:
    """Returns the clause-level changes that turn the text into these edited sources.

    A clause that an amendment they are `like` inserts keeps the name that it has there.

    Raises BadInput "path-unknown" for a file that is not part of the text, and
    "nothing-changed" where the sources read as the text does.
    """
    old = desk.assembly.text
    unknown = [path for path in texts if path not in old.sources]
    if unknown:
        raise BadInput(
            "path-unknown",
            f"{unknown[0]} is not a file of the text.",
            f"The text is: {', '.join(old.sources)}.",
            unknown[0],
        )
    own = {change.id for change in like.changes} - set(old.by_anchor) if like else set()
    new = read_text({**old.sources, **texts}, old)
    changes = tuple(derive_changes(old, new, desk.taken() - own))
    if not changes:
        raise BadInput(
            "nothing-changed",
            "There is nothing to propose: the text reads as it did.",
            f"Edit the text first: {abridged(tuple(old.sources), 6)}.",
        )
    return changes


def fit(text: Text, changes: Sequence[Change]) -> None:
    """Raises Refused where changes cannot be made to a text, or say what nobody could see."""
    for change in changes:
        refuse_hidden(change.now or "", "The new wording", known=change.was or "")
    enact(text, changes)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
