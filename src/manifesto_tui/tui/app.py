"""Opens the full-screen app.

    run(Path("."), environment, clock)

The app holds what all screens share: the session, the colours, the keys. It shows the first
screen at once and reads the record behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.settings import read_settings
from manifesto_tui.tui.themes import THEMES, Palette, palette


class ManifestoApp(App[int]):
    """The app over one repository."""

    TITLE = "manifesto-tui"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    HORIZONTAL_BREAKPOINTS = [
        (0, "-stacked"),
        (85, "-wide"),
        (120, "-three"),
        (170, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (18, "-low"), (30, "-tall")]

    def __init__(
        self,
        directory: Path,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self.session = Session(directory, environment, clock)
        self.palette: Palette = {}
        for theme in THEMES:
            self.register_theme(theme)
        self.settings = read_settings(environment)
        self.theme = self.settings.theme
        self.set_keymap(dict(self.settings.keys))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Returns our own variables for themes that do not have them."""
        return dict(THEMES[0].variables)

    def watch_theme(self, theme: str) -> None:
        """Takes the palette of another theme."""
        self.palette = palette(self.get_theme(theme) or THEMES[0])

    def on_mount(self) -> None:
        """Shows the first screen."""
        self.push_screen(MainScreen(self.session))


def run(directory: Path, environment: Mapping[str, str], clock: Callable[[], datetime]) -> int:
    """Runs the app until it is left; returns the exit code."""
    return ManifestoApp(directory, environment, clock).run() or 0
