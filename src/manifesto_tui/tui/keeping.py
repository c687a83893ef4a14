"""Keeps what is typed as a draft, at every letter, until it is recorded or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.worker import Worker

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.appearance import app_of
from manifesto_tui.tui.screens.worked import Working
from manifesto_tui.tui.session import Session

if TYPE_CHECKING:
    from manifesto_tui.workflow.drafting import Draft

# Saves what is wanted of a draft, or throws it away where that is None.
Keeping = Callable[["Draft", "Draft | None"], "Draft | None"]
# What the words of such a draft are, by its purpose; the editor keeps the others.
SAYINGS = {
    "comment": "comment on",
    "vote": "reason for the vote on",
    "withdraw": "reason to withdraw",
    "hide": "reason to hide a comment on",
}


class Keeper:
    """Saves a draft behind a screen, one saving at a time, the last one last.

    `saved` is what is on the disk, None where nothing is; `told` hears when that is another.
    `keep` saves or throws away, in a worker; in the repository unless it is given.
    """

    def __init__(
        self,
        screen: Working[Any],
        session: Session,
        draft: Draft,
        told: Callable[[], None] = lambda: None,
        keep: Keeping | None = None,
    ) -> None:
        self.screen = screen
        self.session = session
        self.told = told
        self.keep = keep or self._keep_here
        self.draft = draft
        self.saved = draft if draft.saved else None
        self.saving: Worker[None] | None = None
        self._wanted = self.saved
        self._given_up = self.saved
        self._then: Callable[[], object] | None = None
        self._is_gone = False

    @property
    def is_behind(self) -> bool:
        """Whether something else was typed than is on the disk."""
        return not _are_same(self._wanted, self.saved)

    def typed(self, draft: Draft | None) -> None:
        """Takes the draft as it stands now, None where nothing in it is left to be kept.

        One that reads as it was begun is not kept before something else was.
        """
        if self._is_gone:
            return
        if draft is not None:
            draft = replace(draft, beside=self.draft.beside)
        untouched = self.saved is None and _are_same(draft, self.draft)
        self._wanted, self._given_up = None if untouched else draft, self.saved
        self._save()

    def said(self, text: str, title: str = "") -> None:
        """Takes the words that stand in a dialog now; where it is empty nothing is kept."""
        draft = replace(self.draft, text=text, title=title)
        self.typed(draft if text.strip() or title.strip() else None)

    def filled(self, values: Mapping[str, str]) -> None:
        """Takes what stands in a form now otherwise than it usually does."""
        from manifesto_tui.workflow import drafting

        self.typed(drafting.filled_in(self.draft, values))

    def left(self, then: Callable[[], object]) -> None:
        """Does `then` once what was typed is kept; what is typed meanwhile is for after that.

        Where it cannot be kept that is said, and one stays.
        """
        self._then, self._given_up = then, self.saved
        if self.saving:
            app_of(self.screen).wait_for(self.saving)
        self._save()

    def gone(self, then: Callable[[], object]) -> None:
        """Throws the draft away, whatever is still being saved of it, and does `then`."""
        self._wanted, self._is_gone = None, True
        self.left(then)

    def _save(self) -> None:
        if self.saving:
            return
        if self.is_behind and not _are_same(self._wanted, self._given_up):
            wanted, leaves = self._wanted, self._then is not None
            doing = "Saving your draft" if leaves else ""
            keep = partial(self.keep, self.draft, wanted)
            self.saving = self.screen.work(
                doing, keep, self._kept, partial(self._not_kept, wanted), opens=leaves
            )
        elif self._then:
            then, self._then = self._then, None
            then()

    def _keep_here(self, draft: Draft, wanted: Draft | None) -> Draft | None:
        from manifesto_tui.workflow import drafting

        known = self.saved
        return self.session.call(lambda desk: drafting.keep(desk, draft, wanted, known))

    def _kept(self, saved: Draft | None) -> None:
        self.saving, self.saved, self._given_up = None, saved, saved
        if saved is not None and saved.beside != self.draft.beside:
            self.draft = replace(self.draft, beside=saved.beside)
            self._wanted = self._wanted and replace(self._wanted, beside=saved.beside)
        self.told()
        self._save()

    def _not_kept(self, wanted: Draft | None, problem: ManifestoError) -> None:
        self.saving, self._given_up = None, wanted
        if wanted is not None:
            self._then = None
        self.screen.refused(problem)
        self._save()


def _are_same(one: Draft | None, other: Draft | None) -> bool:
    if one is None or other is None:
        return one is other
    return replace(one, saved="") == replace(other, saved="")
