"""Edits the text directly, which members may do only while it is being drafted."""

from collections.abc import Mapping

from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.phrases import abridged
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.prose import Text, anchor_text, compare_texts, read_text
from manifesto_tui.record import disk
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.workflow.deriving import from_worktree
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again_on_the_same_text
from manifesto_tui.workflow.wording import changed_files, refuse_hidden


@again_on_the_same_text
def edit(desk: Desk, reason: str) -> Recorded:
    """Records the work tree's edits of the text as one commit, with anchors for new clauses.

    Raises Refused "in-force" once the text is ratified, BadInput "nothing-changed" where the
    files are as they were.
    """
    typed = from_worktree(desk)
    changed = _changed(desk, typed, reason)
    written = []
    try:
        for path, data in changed.items():
            # What is recorded has to be what stands on disk, new anchors included.
            _write(desk, path, data)
            written.append(path)
        return desk.record(changed, _message(reason))
    except BaseException:
        for path in written:
            _write(desk, path, typed[path].encode("utf-8"))
        raise


@again_on_the_same_text
def save_text(desk: Desk, sources: Mapping[str, str], reason: str) -> Recorded:
    """Records edited sources of the text, by path, as one commit with its reason."""
    return desk.record(_changed(desk, sources, reason), _message(reason))


def _write(desk: Desk, path: str, data: bytes) -> None:
    """Writes a text file of the work tree whole, by way of git's own folder."""
    folder = own_folder(desk.repo.git_dir)
    folder.mkdir(exist_ok=True)
    disk.write_file(desk.repo.work_tree, path, data, folder / "edit.tmp")


def _changed(desk: Desk, sources: Mapping[str, str], reason: str) -> dict[str, bytes]:
    """Returns the files that an edit changes, with every clause anchored."""
    member = desk.me()
    assembly = desk.assembly
    if assembly.manifesto.state == "in-force":
        raise Refused(
            "in-force",
            "The text is in force and changes only by decision.",
            "Propose it instead: `manifesto-tui propose --from-worktree --title … --reason …`.",
        )
    refuse(assembly, member.handle, "edit")
    if not reason.strip():
        raise BadInput("reason-missing", "An edit needs a reason.", "Give one with -m.")
    refuse_hidden(reason, "The reason")
    old = assembly.text
    if all(source == old.sources.get(path) for path, source in sources.items()):
        raise BadInput(
            "nothing-changed",
            "There is nothing to record: the text's files are as they were.",
            f"Edit one first: {abridged(tuple(old.sources), 6)}.",
        )
    for path, source in sources.items():
        refuse_hidden(source, "The text", path)
    new = anchored(old, read_text({**old.sources, **sources}, old), desk.taken())
    return changed_files(old, new)


def _message(reason: str) -> str:
    subject, _, body = reason.strip().partition("\n")
    return subject.rstrip(".") + (f"\n\n{body.strip()}" if body.strip() else "")


def anchored(old: Text, new: Text, taken: frozenset[str]) -> Text:
    """Returns `new` with an anchor on every clause, those of `old` where a clause lost its own.

    Where no anchor was lost, new clauses get theirs and every other byte stays as it was typed.
    """
    lost = old.by_anchor.keys() - new.by_anchor.keys()
    bare = [clause for _, clause in new if clause.anchor is None]
    if lost and bare:
        restored = enact(old, derive_changes(old, new, taken))
        if not compare_texts(restored, new):
            return restored
    return anchor_text(new, taken)
