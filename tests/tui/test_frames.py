"""Every screen looks as it did: plain text frames, compared exactly.

`MANIFESTO_FRAMES=write` writes them anew; look at the difference before you record it.
"""

import os
import re
from pathlib import Path

import pytest

from manifesto_tui.workflow import founding
from tui import made_up, poison

FRAMES = Path(__file__).parent / "frames"
SIZES = ((80, 24), (120, 40), (160, 48))


def on(amendment: str) -> tuple[str, ...]:
    return ("2", "slash", *amendment, "enter")


SCREENS = {
    "read": (),
    "read-clause": ("j", "j", "j", "j", "j", "j", "j"),
    "read-found": ("slash", *"open", "enter"),
    "clause-history": ("j", "j", "h"),
    "amendments": ("2",),
    "amendments-side-by-side": ("2", "s"),
    "amendments-clean": ("2", "s", "s"),
    "reasons": ("2", "right_square_bracket"),
    "votes": ("2", "right_square_bracket", "right_square_bracket"),
    "discussion": ("2", "j", "left_square_bracket", "left_square_bracket"),
    "life": ("2", "left_square_bracket"),
    "amendments-around": ("2", "z"),
    "compare": ("2", "3"),
    "compare-around": ("3", "equals_sign", *"k7f3", "ctrl+j", "z", "O"),
    "compare-whole": ("3", "equals_sign", *"k7f3", "ctrl+j", "z", "z", "z"),
    "what-if": ("2", "j", "m", "j", "m", "W"),
    "lists": ("2", "l"),
    "history": ("4",),
    "history-text": ("4", "enter"),
    "help": ("question_mark",),
    "help-filtered": ("question_mark", *"vote"),
    "palette": ("ctrl+p", *"open"),
    "vote": ("2", "v"),
    "vote-chosen": ("2", "v", "enter"),
    "comment": ("2", "c"),
    "open-ballot": ("2", "j", "o"),
    "withdraw": ("2", "j", "w"),
    "why-not": ("2", "exclamation_mark"),
    "ratify": ("ctrl+r",),
    "verify": ("V",),
    "check": ("C",),
    "publish": ("x",),
    "publish-amendment": ("2", "x", "down", "enter"),
    "publish-preview": ("x", "enter", "enter"),
    "settings": ("comma",),
    "settings-keys": ("comma", "G", "enter"),
    "settings-press": ("comma", "G", "enter", *"vote", "enter"),
    "editor": ("j", "j", "a"),
    "editor-document": ("e",),
    "leave": ("q",),
    "in-place": ("m", "n"),
    "people": ("P",),
    "admit": ("A",),
    "guide": ("f2", "enter"),
    "present": ("2", "p"),
    "present-why": ("2", "p", "space"),
}
# On an assembly with proxies, rivals, wordings and words to fit.
MORE = {
    "rivals": (*on("b6rk"),),
    "rivals-reasons": (*on("b6rk"), "right_square_bracket"),
    "votes-rivals": (*on("b6rk"), "right_square_bracket", "right_square_bracket"),
    "decide": (*on("b6rk"), "exclamation_mark"),
    "votes-proxies": (*on("p4wd"), "right_square_bracket", "right_square_bracket"),
    "vote-proxies": (*on("p4wd"), "v"),
    "proxy-give": (*on("k7f3"), "L"),
    "proxy-accept": (*on("p4wd"), "M"),
    "proxy-withdraw": (*on("q2tk"), "T"),
    "fit": (*on("f3tb"), "B"),
    "accept": (*on("n3ws"), "Y"),
    "revise": (*on("w8hn"), "e"),
    "word-otherwise": (*on("m2pq"), "a"),
    "hide": (*on("w8hn"), "H"),
    "second": (*on("m2pq"), "+"),
    "rules-amendment": (*on("r7q2"),),
    "ready-rules": ("U",),
    "rules": ("U", "enter"),
    "steward": ("F",),
    "steward-named": ("F", *"bodo", "enter"),
    "take-in": ("D",),
    "taken-in": ("D", *"copy.md", "ctrl+j"),
    "filing-taken-in": ("D", *"copy.md", "ctrl+j", "ctrl+j"),
    "compare-choose": ("3", "equals_sign"),
    "drafts": ("j", "j", "a", *" and more", "escape", "f"),
    "filing": ("j", "j", "a", *" and more", "ctrl+t", *"Why", "ctrl+j"),
    "discard": ("j", "j", "a", *" and more", "ctrl+x"),
    "editor-keys": ("j", "j", "a", "f1"),
    "editor-insert": ("j", "j", "i"),
    "filtered-to-nothing": ("2", "slash", *"zzzz", "enter"),
    "found-nothing": ("slash", *"zzzz", "enter"),
    "in-conflict": ("2", "slash", *"state:conflict", "enter"),
}


@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_looks_as_it_did(name, opened, world):
    async with opened(world, (80, 24)) as app:
        await app.press(*SCREENS[name])
        small = app.frame
        await app.resize(120, 40)
        large = app.frame
    async with opened(world, (160, 48)) as app:
        await app.press(*SCREENS[name])
        larger = app.frame
    compare(small, FRAMES / f"{name}-80x24.txt")
    compare(large, FRAMES / f"{name}-120x40.txt")
    compare(larger, FRAMES / f"{name}-160x48.txt")


@pytest.mark.parametrize("name", MORE)
async def test_what_is_rarer_looks_as_it_did(name, opened, rich, monkeypatch):
    monkeypatch.chdir(rich)
    async with opened(rich) as app:
        await app.press(*MORE[name])
        await look_as_they_did(app, name)


async def test_the_form_that_founds_a_manifesto_looks_as_it_did(opened, tmp_path):
    async with opened(tmp_path) as app:
        await app.press("enter", *["tab"] * 4, "right")
        await look_as_they_did(app, "founding")


@pytest.fixture
def rich(tmp_path, rich_once):
    """A copy of an assembly with a file of every kind, and a document to take in."""
    made_up.copy(rich_once, tmp_path / "manifesto")
    return tmp_path / "manifesto"


@pytest.fixture(scope="session")
def rich_once(tmp_path_factory, home):
    directory = tmp_path_factory.mktemp("rich") / "manifesto"
    poison.build(directory, home)
    words = next((directory / "manifesto").glob("*.md")).read_text()
    taken = re.sub(r" *<!--.*?-->", "", words).replace("Services and", "Services, data and")
    (directory / "copy.md").write_text(taken)
    return directory


async def test_what_is_done_once_a_text_is_in_force_looks_as_it_did(opened, rich):
    shows = (
        ("undo", ("2", "j", "j", "c", *"I agree.", "ctrl+j", "u")),
        ("decided", ("escape", "1", "ctrl+r", "ctrl+j", *on("b6rk"), "exclamation_mark", "ctrl+j")),
        ("edition", ("ctrl+n",)),
        ("edition-made", ("ctrl+j",)),
        ("sign", ("I",)),
        ("signed", ("ctrl+j", "P")),
    )
    async with opened(rich) as app:
        for name, keys in shows:
            await app.press(*keys)
            await look_as_they_did(app, name)


@pytest.mark.parametrize("mode", ["1", "2", "3", "4", "P", "x", "V", "C", "ctrl+r"])
async def test_what_is_newly_founded_looks_as_it_did(opened, tmp_path, mode, home, clock):
    founding.init(
        *(tmp_path / "manifesto", "New", made_up.environment(home), clock),
        name="Alma Made-Up",
        handle="alma",
    )
    async with opened(tmp_path / "manifesto") as app:
        await app.press(mode)
        await look_as_they_did(app, f"new-{mode}")


async def test_two_acts_to_choose_between_look_as_they_did(opened, own, apart):
    async with opened(own) as app:
        for name, keys in (("sync-apart", "S"), ("choose", "X"), ("choose-mine", "m")):
            await app.press(keys)
            await look_as_they_did(app, name)


async def look_as_they_did(app, name):
    for width, height in SIZES:
        await app.resize(width, height)
        compare(app.frame, FRAMES / f"{name}-{width}x{height}.txt")
    await app.resize(80, 24)


def compare(frame: str, path: Path) -> None:
    if os.environ.get("MANIFESTO_FRAMES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")
