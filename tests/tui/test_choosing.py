"""The settings screen changes the reader's own file, and the app at once."""

import subprocess
import tomllib
from pathlib import Path


def written(app) -> dict[str, object]:
    folder = Path(app.app.session.environment["XDG_CONFIG_HOME"])
    return tomllib.loads((folder / "manifesto-tui" / "settings.toml").read_text())


async def test_colours_and_panes_change_at_once_and_are_kept(opened, world, tmp_path):
    async with opened(world, (120, 40), XDG_CONFIG_HOME=str(tmp_path)) as app:
        await app.press("comma", "j", "j", "enter")
        assert app.app.theme == "paper" and written(app) == {"theme": "paper"}
        await app.press("left", "j", "enter", "escape")
        assert app.app.theme == "ink"
        assert app.app.screen.has_class("-stacked")
    async with opened(world, (120, 40), XDG_CONFIG_HOME=str(tmp_path)) as again:
        assert again.app.screen.has_class("-stacked")


async def test_a_key_is_another_and_is_shown_so_everywhere(opened, world, tmp_path):
    async with opened(world, XDG_CONFIG_HOME=str(tmp_path)) as app:
        await app.press("comma", "G", "enter", *"vote", "enter", "j")
        assert "j means both “Down” and “Vote”." in app.frame
        await app.press("Z", "escape", "escape")
        assert written(app) == {"keys": {"vote": "Z"}}
        await app.press("2")
        assert "Z vote" in app.frame.splitlines()[-1]
        await app.press("Z")
        assert "Vote on" in app.frame or "( ) for" in app.frame
        await app.press("escape", "comma", "G", "enter", *"vote", "enter", "backspace")
        assert written(app) == {"keys": {}}


async def test_who_one_is_can_be_said_without_git(opened, own, tmp_path):
    async with opened(own, XDG_CONFIG_HOME=str(tmp_path)) as app:
        await app.press("comma", "enter", *"bodo", "enter")
        assert "Bodo Made-Up (bodo)" in app.frame
        await app.press("escape")
        assert "you: Bodo Made-Up" in app.frame
    done = subprocess.run(
        ["git", "-C", str(own), "config", "manifesto.handle"], capture_output=True, text=True
    )
    assert done.stdout.strip() == "bodo"


async def test_a_file_that_cannot_be_changed_is_left_and_said(opened, world, tmp_path):
    path = tmp_path / "manifesto-tui" / "settings.toml"
    path.parent.mkdir()
    path.write_text("[keys\n")
    async with opened(world, XDG_CONFIG_HOME=str(tmp_path)) as app:
        await app.press("comma", "j", "j", "enter")
        assert "The settings file cannot be changed line by line" in app.frame
    assert path.read_text() == "[keys\n"


async def test_any_format_can_be_published_after_a_look_at_it(opened, world, tmp_path):
    target = tmp_path / "text.html"
    async with opened(world) as app:
        await app.press("x", "enter", *"html", "enter")
        assert "here as plain words" in app.frame
        await app.press("ctrl+u")
        await app.write(str(target))
        await app.press("ctrl+j")
        assert "✓ Wrote" in app.status
    assert target.read_text().startswith("<!doctype html>") or "<html" in target.read_text()
