"""Keeps what is typed into a dialog as a draft, at every letter, until it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.tui.screens.worked import Working
from manifesto_tui.tui.session import Session

if TYPE_CHECKING:
    from manifesto_tui.workflow.drafting import Draft

# What the words of such a draft are, by its purpose; the editor keeps the others.
SAYINGS = {
    "comment": "comment on",
    "vote": "reason for the vote on",
    "withdraw": "reason to withdraw",
    "hide": "reason to hide a comment on",
}


class Keeper:
    """Saves the words of one dialog behind a screen, one saving at a time, the last one last."""

    def __init__(self, screen: Working[Any], session: Session, draft: Draft) -> None:
        self.screen = screen
        self.session = session
        self.draft = self.saved = draft
        self.saving = False
        self.then: Callable[[], None] | None = None

    def typed(self, text: str, title: str = "") -> None:
        """Takes what stands in the dialog now."""
        self.draft = replace(self.draft, text=text, title=title)
        self._save()

    def left(self, then: Callable[[], None]) -> None:
        """Does `then` once what was typed is kept."""
        self.then = then
        self._save()

    def recorded(self, then: Callable[[], None]) -> None:
        """Throws the draft away, since its words are in the record, and does `then`."""
        self.typed("")
        self.left(then)

    def _save(self) -> None:
        if self.saving:
            return
        if (self.draft.text, self.draft.title) != (self.saved.text, self.saved.title):
            draft, self.saving = self.draft, True
            self.screen.work("", lambda: self._keep(draft), self._kept, self._not_kept)
        elif self.then:
            then, self.then = self.then, None
            then()

    def _keep(self, draft: Draft) -> Draft:
        from manifesto_tui.workflow import drafting

        if draft.text.strip() or draft.title.strip():
            self.session.call(lambda desk: drafting.save(desk, draft))
        else:
            self.session.call(lambda desk: drafting.discard(desk, draft))
        return draft

    def _kept(self, draft: Draft) -> None:
        self.saving, self.saved = False, draft
        self._save()

    def _not_kept(self, problem: ManifestoError) -> None:
        self.saving, self.saved = False, self.draft
        self.screen.refused(problem)
        self._save()
