"""Finds, from any widget, the colours and the settings of the app it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from manifesto_tui.tui.app import ManifestoApp
    from manifesto_tui.tui.settings import Settings
    from manifesto_tui.tui.themes import Palette


def app_of(widget: DOMNode) -> ManifestoApp:
    """Returns the app that a widget is in."""
    return cast("ManifestoApp", widget.app)


def palette_of(widget: DOMNode) -> Palette:
    """Returns how each role looks now."""
    return app_of(widget).palette


def settings_of(widget: DOMNode) -> Settings:
    """Returns what the reader chose."""
    return app_of(widget).settings
