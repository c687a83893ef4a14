"""Hostile text in every field: nothing of it drives the terminal that shows it."""

import pytest

from tui import foul
from tui.terminal import Terminal
from tui.walking import WALK, walk

SIZE = (120, 40)


@pytest.mark.parametrize("name", foul.TEXTS)
def test_the_judge_knows_what_is_not_ours(name):
    harmless = name in ("markup", "markup escaped", "look-alikes", "long", "scripts")
    assert bool(foul.foul(foul.TEXTS[name].encode(), *SIZE)) is not harmless


def test_nothing_hostile_reaches_a_terminal_on_any_screen(tmp_path):
    directory, home = tmp_path / "manifesto", tmp_path / "home"
    foul.build(directory, home)
    foul.poison_all(directory, foul.EVERYTHING)
    terminal = Terminal(directory, home, size=SIZE)
    try:
        terminal.until("◆")
        seen = list(walk(terminal))
        assert terminal.process.poll() is None
    finally:
        terminal.end()
    assert foul.foul(terminal.seen, *SIZE) == ""
    assert seen == [words for _, words, _ in WALK if words]
    assert "⟦U+001B⟧".encode() in terminal.seen
    assert b"[@click=app.quit]x[/]" in terminal.seen
