"""Asks before the app is left; whoever goes on with a key of the screen behind, stays."""

from __future__ import annotations

from textual import events

from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import words
from manifesto_tui.tui.screens.form import Form

LEAVE = "leave"


class Leaving(Form[str]):
    """Leaves with `LEAVE`, with None to stay, or with a key that is meant for what is behind."""

    def __init__(self, told: str) -> None:
        rows = (Passage(words(told)),)
        super().__init__("Leave?", (), lambda _: LEAVE, rows, doing="", verb="leave", enter=True)

    def on_key(self, event: events.Key) -> None:
        """Stays, and hands the key on, where it means something behind and nothing here."""
        if event.key in settings_of(self).names_of(BY_ID["list.enter"]):
            return
        here = self.active_bindings.get(event.key)
        scrolls = self.query_one("#form").max_scroll_y > 0
        is_free = here is None or (here.node is self.query_one("#form") and not scrolls)
        if is_free and event.key in self.app.screen_stack[-2].active_bindings:
            event.stop()
            event.prevent_default()
            self.dismiss(event.key)
