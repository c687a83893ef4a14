"""Opens the full-screen app.

    run(Path("."), environment, clock)

The app holds what all screens share: the session, the colours, the keys. It shows the first
screen at once and reads the record behind it.
"""

from __future__ import annotations

import gc
import select
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.driver import Driver
from textual.screen import Screen

from manifesto_tui.tui.ahead import InOrder
from manifesto_tui.tui.mends import mend
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.settings import Settings, read_settings
from manifesto_tui.tui.themes import THEMES, Palette, ansi_of, palette

SIDE_BY_SIDE = 85
"""How many columns there are, at least, where panes stand side by side."""

_WIDTHS = [(0, "-stacked"), (SIDE_BY_SIDE, "-wide"), (120, "-three"), (170, "-vast")]

_SETTLED = 10.0  # Seconds after which the record is read, or never will be.
_LOOK = 3.0  # Seconds between two looks at whether the terminal is still there, and at memory.
_RESTS = 1.0  # Seconds without a key after which nobody is held up.
_ROUNDS = gc.get_threshold()[2]  # So often what is younger is looked through before all is.


class ManifestoApp(InOrder):
    """The app over one repository."""

    TITLE = "manifesto-tui"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-low"), (30, "-tall")]

    def __init__(
        self,
        directory: Path,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        # Without colours there are the terminal's own two alone, not a grey for each of ours.
        self.is_plain = "NO_COLOR" in environment
        super().__init__(ansi_color=True if self.is_plain else None)
        mend()
        # What scrolls is at once where it goes: each step on the way would be drawn.
        self.animation_level = "none"
        self.session = Session(directory, environment, clock)
        self.palette: Palette = {}
        self._sets_aside = not gc.isenabled()
        for theme in THEMES:
            self.register_theme(theme)
        self.settle(read_settings(environment))

    def settle(self, settings: Settings) -> None:
        """Takes what the reader chose: colours, panes, keys."""
        self.settings = settings
        self.wear(settings.theme)
        self.set_keymap(dict(settings.keys))
        # One width where panes stand above one another whatever the width.
        self.HORIZONTAL_BREAKPOINTS = [
            (at, "-stacked" if settings.on("panes", "stacked") else name) for at, name in _WIDTHS
        ]

    def wear(self, theme: str) -> None:
        """Takes these colours, or the terminal's own where it shows no others."""
        self.theme = ansi_of(theme) if self.is_plain or self.has_few_colours else theme

    @property
    def has_few_colours(self) -> bool:
        """Whether the terminal shows sixteen colours, its owner's, and no others."""
        shown = self.is_running and not self.is_headless
        return shown and self.console.color_system == "standard"

    @property
    def stacked(self) -> bool:
        """Whether panes stand above one another: there is little room, or the reader wants it."""
        return self.size.width < SIDE_BY_SIDE or self.settings.on("panes", "stacked")

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """Those behind that may be seen: not the blank one that Textual puts behind all."""
        return [screen for screen in super()._background_screens if screen.id != "_default"]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Returns our own variables for themes that do not have them."""
        return dict(THEMES[0].variables)

    def watch_theme(self, theme: str) -> None:
        """Takes the palette of another theme."""
        self.palette = palette(self.get_theme(theme) or THEMES[0])

    def copy_to_clipboard(self, text: str) -> None:
        """Copies words, what hides in them written out: who knows where they are pasted."""
        from manifesto_tui.prose import reveal

        super().copy_to_clipboard(reveal(text))

    def get_driver_class(self) -> type[Driver]:
        """Returns what draws: on a terminal our own, in a browser Textual's."""
        from manifesto_tui.tui.driver import TerminalDriver

        chosen = super().get_driver_class()
        return TerminalDriver if chosen in TerminalDriver.__bases__ else chosen

    def on_mount(self) -> None:
        """Shows the first screen, in the colours that the terminal has."""
        self.settle(self.settings)
        self.push_screen(MainScreen(self.session))
        if self._sets_aside:
            self.set_timer(_SETTLED, self._not_read)
        if not self.is_headless:
            self.set_interval(_LOOK, self._leave_alone)
            self.set_interval(_LOOK, self._look_through)
            self.set_interval(_LOOK, self._look_again)

    def set_aside(self) -> None:
        """Has memory looked through again for what could go, but not what was read by now.

        That goes by itself once nothing holds it any more, and to look through 10,000 amendments
        every few seconds would hold up a key for 50 ms of work each time.
        """
        if self._sets_aside:
            gc.collect()
            gc.freeze()
            gc.set_threshold(*gc.get_threshold()[:2], 10 * _ROUNDS)
            gc.enable()

    def _look_through(self) -> None:
        """Has memory looked through while nobody types, where that would soon hold up a key."""
        if self.typed_ago > _RESTS and gc.get_count()[2] > _ROUNDS:
            gc.collect()

    def _look_again(self) -> None:
        """Has what another window recorded read, where somebody reads and does nothing else."""
        if isinstance(self.screen, MainScreen) and self.typed_ago > _RESTS:
            self.screen.look_again()

    def _not_read(self) -> None:
        if not gc.isenabled():
            self.set_aside()

    def _leave_alone(self) -> None:
        """Leaves once the terminal is gone, which nobody may have said: drafts are kept."""
        terminal = select.poll()
        terminal.register(sys.__stdin__ or 0, 0)
        if any(event & select.POLLHUP for _, event in terminal.poll(0)):
            self.exit()


def run(directory: Path, environment: Mapping[str, str], clock: Callable[[], datetime]) -> int:
    """Runs the app until it is left; returns the exit code."""
    return ManifestoApp(directory, environment, clock).run() or 0
