"""What becomes of a draft does not depend on how long the disk takes to save it."""

from threading import Event

import pytest

from manifesto_tui.tui.screens.form import Form
from manifesto_tui.workflow import drafting
from tui.test_journeys import log


@pytest.fixture
def disk(monkeypatch):
    """A disk that takes its time over the next thing that is saved: `began`, and `go_on`."""

    class Disk:
        began, go_on = Event(), Event()

    save = drafting.save

    def slowly(desk, draft):
        Disk.began.set()
        assert Disk.go_on.wait(60)
        return save(desk, draft)

    monkeypatch.setattr(drafting, "save", slowly)
    return Disk


async def typed_meanwhile(app, disk, *keys):
    """Types a letter, and more while that one is being saved."""
    app._send("x")
    await app.until(disk.began.is_set)
    for key in keys:
        app._send(key)


async def test_a_discarded_draft_stays_discarded(opened, own, disk):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await typed_meanwhile(app, disk, "y", "ctrl+x")
        await app.until(lambda: isinstance(app.app.screen, Form))
        app._send("ctrl+j")
        disk.go_on.set()
        await app.settle()
        assert app.app.screen.drafts == ()


async def test_a_proposed_draft_does_not_come_back(opened, own, disk):
    async with opened(own) as app:
        await app.press("j", "j", "a", "ctrl+j")
        await app.settle()
    async with opened(own) as app:
        await app.press("j", "j", "a")
        disk.go_on.set()
        await app.write(" More.")
        await app.press("ctrl+j", "tab", *"Because.", "shift+tab")
        disk.began.clear()
        disk.go_on.clear()
        await typed_meanwhile(app, disk, *"yz", "ctrl+j")
        disk.go_on.set()
        await app.settle()
        assert log(own)[0].endswith(": xyz")
        assert app.app.screen.drafts == ()


async def test_what_was_typed_last_is_kept_when_one_leaves(opened, own, disk):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await typed_meanwhile(app, disk, "y", "escape")
        disk.go_on.set()
        await app.settle()
        (draft,) = app.app.screen.drafts
        assert draft.text.endswith("xy")


async def test_an_editor_that_was_only_looked_into_leaves_no_draft(opened, own):
    async with opened(own) as app:
        await app.press("2", "j", "e", "escape")  # One's own amendment, whose words are there.
        assert app.app.screen.drafts == ()
