"""Holds an act that nobody else has beside the tip on which it is to be made again."""

from collections.abc import Mapping
from dataclasses import dataclass

from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.paths import folder_of, kind_of
from manifesto_tui.governance.signature import SUFFIX
from manifesto_tui.record import forms, layout
from manifesto_tui.record.objects import Content, read_blobs
from manifesto_tui.record.remaking import Remade, Unsent, reapplied
from manifesto_tui.workflow.desk import Desk


@dataclass(frozen=True)
class Again:
    """One act as it was made at `desk`, and a desk at the tip that it is to be made on."""

    desk: Desk
    act: Unsent
    there: Desk

    def read(self, path: str) -> object:
        """Returns what a file says that the act brought."""
        return forms.read(path, self.data(path))

    def data(self, path: str) -> bytes:
        """Returns a file that the act brought."""
        entry = self.act.changes[path][1]
        assert entry is not None, "only what an act brings is read"
        return dict(read_blobs(self.desk.repo, [entry.id]))[entry.id] or b""

    def held(self, path: str) -> Proposal | None:
        """Returns the proposal that a path lies in, as it is on the tip; None where it is gone."""
        return _in_folder(self.there, path)

    def held_before(self, path: str) -> Proposal | None:
        """Returns the proposal that a path lies in, as it was when the act was made."""
        return _in_folder(self.desk.at(self.act.commit), path)

    def brings_more_than(self, path: str) -> bool:
        """Tells whether the act changes other files than the one at `path` and what hangs on it."""
        if kind_of(path) == "decision":  # Of which it is judged what else it may change.
            return False
        return not self.act.changes.keys() <= {path, path + SUFFIX}

    def as_it_was(self) -> Remade:
        """Returns the act with the files that it had."""
        files = reapplied(self.desk.repo, self.act, self.there.assembly.commit)
        return Remade(files, self.act.message)

    def made(self, files: Mapping[str, Content], *said: str, message: str = "") -> Remade:
        """Returns the act with other files."""
        return Remade(files, message or self.act.message, said)

    def gone(self, said: str) -> Remade:
        """Returns nothing of the act but what people have to be told."""
        return Remade({}, self.act.message, (said,))

    def signed(
        self, path: str, files: Mapping[str, bytes | None], who: str
    ) -> dict[str, bytes | None] | None:
        """Returns files signed anew if the one at `path` was signed; None without the key."""
        required = self.there.assembly.rules.signatures == "required"
        if self.there.handle == who and self.there.key():
            return self.there.signed(files)
        return None if path + SUFFIX in self.act.changes or required else dict(files)

    def in_words(self, path: str, who: str, at: str, words: str, told: str, else_: str) -> Remade:
        """Returns as a comment of a member what they did at `path`, where it cannot stand.

        `else_` is what people have to do where the comment would need a key that is not here.
        """
        folder, held = folder_of(path), self.held(path)
        taken = [comment.path for comment in held.comments] if held else []
        free = layout.comment_path(folder, moment(at), who, taken)
        comment = forms.write(Comment(who, at, words.strip()))
        signed = self.signed(path, {free: comment}, who)
        if signed is None and self.there.assembly.rules.signatures == "required":
            return self.gone(f"{told}. {else_}")
        return self.made(signed or {free: comment}, f"{told}; a comment says so in its place.")


def _in_folder(desk: Desk, path: str) -> Proposal | None:
    folder = folder_of(path)
    return next((p for p in desk.assembly.proposals if p.folder == folder), None)
