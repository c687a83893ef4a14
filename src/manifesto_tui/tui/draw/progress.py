"""Draws how far long work has come."""

from textual.content import Content

from manifesto_tui.tui.safe import join

_CELLS = 24


def bar(what: str, done: int, of: int) -> Content:
    """Returns a bar with its share: `Reading 10,000 proposals ██████░░ 75 %`."""
    full = _CELLS * done // max(of, 1)
    share = 100 * done // max(of, 1)
    return join((f"{what} {'█' * full}{'░' * (_CELLS - full)} {share} %", "mark"))
