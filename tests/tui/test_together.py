"""The key that sends and fetches, between two clones of one shared place."""

import asyncio
from threading import Event

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.workflow import people, settling, verifying
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.syncing import Progress, Watch, sync
from tui import made_up
from tui.conftest import git


async def test_what_came_in_is_listed_and_what_waited_is_sent(opened, own, hub, other):
    people.admit(other, "emil", "Emil Made-Up", "patients")
    sync(other)
    async with opened(own) as app:
        assert "unsent" not in app.status
        await app.press("2", "c")
        await app.write("Well said.")
        await app.press("ctrl+j")
        assert "↑ 1 unsent" in app.frame
        await app.press("S")
        assert "+ Admit emil" in app.frame
        assert "1 act sent." in app.frame
        await app.press("escape")
        assert app.status.startswith("✓ 1 act came in. 1 act sent.")
        assert "unsent" not in app.status
        await app.press("P")
        assert "Emil Made-Up" in app.frame
    assert git(hub, "rev-parse", "HEAD") == git(own, "rev-parse", "HEAD")


async def test_without_a_shared_place_it_asks_for_one_and_goes_on(opened, own, tmp_path):
    async with opened(own) as app:
        await app.press("S")
        assert "Name the shared place" in app.frame and "git" not in app.frame.replace("GitHub", "")
        await app.write("github.com/made/up")
        await app.press("ctrl+j")
        assert "“github.com/made/up” is no address." in app.frame
        await app.press("ctrl+u")
        await app.write(f"{tmp_path}/on the disk/manifesto")
        await app.press("ctrl+j")
        assert "There is no folder" in app.frame
        (tmp_path / "on the disk").mkdir()
        await app.press("ctrl+j")
        assert "acts sent." in app.status and "unsent" not in app.status
    there = tmp_path / "on the disk" / "manifesto"
    assert git(there, "rev-parse", "main") == git(own, "rev-parse", "HEAD")
    assert not list(own.glob(".git/manifesto-tui/drafts/*"))


async def test_the_settings_say_where_one_shares_and_name_it(opened, own, tmp_path):
    async with opened(own) as app:
        await app.press("comma", "j")
        assert "Shared place" in app.frame and "nowhere yet" in app.frame
        await app.press("enter")
        await app.write("../hub")
        await app.press("ctrl+j")
        assert str(tmp_path / "hub") in "".join(app.frame.replace("│", "").replace("▌", "").split())
        await app.press("escape")
        assert "unsent" in app.status
        await app.press("S")
        assert "acts sent." in app.status


async def test_to_ask_whether_a_place_answers_can_be_stopped(opened, own, monkeypatch):
    asked = Event()

    def never(repo, address, watch):
        asked.set()
        assert watch.stop.wait(60)
        raise Refused("stopped", "Stopped.", "Nothing was named.")

    monkeypatch.setattr("manifesto_tui.record.place.name_place", never)
    async with opened(own) as app:
        await app.press("S")
        await app.write("https://example.org/m")
        app._send("ctrl+j")
        await app.until(asked.is_set)
        app._send("ctrl+j")
        await app.press("escape")
        assert "✗ Stopped. Nothing was named." in app.frame
        await app.press("escape")
        assert "Name the shared place" not in app.frame


async def test_nothing_of_the_made_up_assembly_is_sent(opened, own):
    async with opened(own) as app:
        await app.press("f3", "S")
        assert "nothing of it is sent" in app.status
        await app.press("comma")
        assert "Shared place" not in app.frame


async def test_texts_changed_apart_are_told_whole_and_ones_own_waits(opened, own, apart):
    async with opened(own) as app:
        await app.press("X")
        assert app.status.startswith("Nothing waits for you to choose between.")
        await app.press("S")
        told = " ".join(app.frame.replace("│", " ").split())
        assert "! “Say makers” waits here, unsent. Both sides edited the text. The same" in told
        assert "manifesto-tui sync" not in told
        assert "Sellers" in "".join(apart.reload().text.sources.values())
        assert [act.subject for act in settling.waiting(apart)] == ["Say makers"]


async def test_yours_is_chosen_over_theirs_where_the_sync_ends(opened, own, apart):
    async with opened(own) as app:
        await app.press("S", "X")
        shown = app.frame
        assert "[-Suppliers-]{+Makers+}" in shown and "[-Suppliers-]{+Sellers+}" in shown
        await app.press("ctrl+j")
        assert "Nothing is chosen yet." in app.frame
        await app.press("m", "ctrl+j")
        assert app.status.startswith("✓ Recorded over theirs: Say makers; S sends it")
        assert "1 to choose" not in app.status
        await app.press("u")
        assert "Writes the words back as they were before." in app.frame
    assert "Makers document" in "".join(apart.reload().text.sources.values())
    assert settling.waiting(apart) == ()


async def test_theirs_is_chosen_by_mouse_and_palette_and_yours_goes(opened, own, apart):
    async with opened(own) as app:
        await app.press("S", "escape")
        assert "⚡ 1 to choose" in app.status
        await app.press("ctrl+p")
        await app.write("choose between two")
        await app.press("enter")
        assert "cannot be had back" not in app.frame
        await app.click("#keys", next(x for x, _, told in app.places("#keys") if "theirs" in told))
        assert "cannot be had back" in app.frame
        await app.press("escape")
        assert [act.subject for act in settling.waiting(apart)] == ["Say makers"]
        await app.press("X", "t", "ctrl+j")
        assert app.status.startswith("✓ Let go, so that theirs stands: Say makers")
    assert "Sellers document" in "".join(apart.reload().text.sources.values())
    assert settling.waiting(apart) == ()


async def test_without_a_network_what_waits_is_kept_and_counted(opened, own, hub, home, clock):
    people.admit(Desk.open(own, made_up.environment(home), clock), "emil", "Emil Made-Up")
    hub.rename(hub.with_name("away.git"))
    async with opened(own, (120, 30)) as app:
        await app.press("S")
        assert app.status.startswith(
            "The shared place cannot be reached. What you recorded is kept"
        )
        assert "↑ 1 unsent" in app.status


@pytest.fixture
def stalled(monkeypatch):
    """Makes a transfer come to 45 per cent and no further, until it may end or is stopped."""
    may_end = Event()

    def slow(desk: Desk, watch: Watch) -> object:
        watch.told(Progress("Fetching", 45))
        while not may_end.wait(0.01):
            if watch.stop.is_set():
                raise Refused("stopped", "It was stopped.", "What you recorded is kept.")
        return sync(desk)

    monkeypatch.setattr("manifesto_tui.workflow.syncing.sync", slow)
    yield may_end
    may_end.set()


async def test_while_it_is_under_way_one_reads_on_and_is_told(opened, own, hub, stalled):
    async with opened(own) as app:
        app._send("S")
        await app.until(lambda: "Fetching, 45 %" in app.frame and "read on" in app.frame)
        app._send("enter")
        await app.until(lambda: app.status.startswith("… Sending and fetching: Fetching, 45 %"))
        app._send("S")
        await app.until(lambda: "read on" in app.frame)
        stalled.set()
        await app.settle()
        assert app.status.startswith("✓ Nothing new came in.")


async def test_esc_stops_it_and_leaves_what_waits(opened, own, hub, home, clock, stalled):
    people.admit(Desk.open(own, made_up.environment(home), clock), "emil", "Emil Made-Up")
    async with opened(own) as app:
        app._send("S")
        await app.until(lambda: "1 act not sent yet" in app.frame and "↑ Admit emil" in app.frame)
        await app.press("escape")
        assert app.status.startswith("It was stopped.")
        assert "↑ 1 unsent" in app.status


async def test_leaving_stops_it(opened, own, hub, stalled):
    async with opened(own) as app:
        app._send("S")
        await app.until(lambda: "Fetching, 45 %" in app.frame)
    assert not [worker for worker in app.app.workers if worker.is_running]


async def test_leaving_a_proof_stops_it(opened, own, monkeypatch):
    left, ended = Event(), Event()

    def halfway(repo, told):
        told(1, 2)
        left.wait(60)
        with pytest.raises(Refused):
            told(2, 2)
        ended.set()
        raise Refused("stopped", "It was stopped.", "Begin it again.")

    monkeypatch.setattr(verifying, "verify", halfway)
    async with opened(own) as app:
        app._send("V")
        await app.until(lambda: "Replaying 2 commits ████████████░░░░░░░░░░░░ 50 %" in app.frame)
        app._send("escape")
        await app.until(lambda: "Proof" not in app.frame)
        left.set()
        # The screen that began it is gone, so that no worker of the app's is waited for.
        assert await asyncio.to_thread(ended.wait, 60)


async def test_who_begins_in_an_empty_folder_gets_what_others_share(opened, hub, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    async with opened(mine) as app:
        await app.press("down", "enter")
        await app.write("../nowhere")
        await app.press("ctrl+j")
        assert "There is no folder" in app.frame
        await app.press("ctrl+u")
        await app.write("../hub.git")
        await app.press("ctrl+j")
        assert app.status.startswith("✓ Here is “The Made-Up Manifesto”.")
        assert "reading only" in app.frame
        await app.press("S")
        assert "Nothing new came in" in app.status
    assert git(mine, "rev-parse", "HEAD") == git(hub, "rev-parse", "HEAD")


async def test_in_a_folder_with_other_things_it_says_where_to_begin(opened, hub, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    async with opened(tmp_path / "full") as app:
        await app.press("down", "enter")
        await app.write(str(hub))
        await app.press("ctrl+j")
        words = app.frame.replace("│", " ").split()
        assert "make a new folder, and start in that." in " ".join(words)
        assert "git" not in app.frame.replace("GitHub", "").replace("hub.git", "")
