"""Every screen looks as it did: plain text frames, compared exactly.

`MANIFESTO_FRAMES=write` writes them anew; look at the difference before you record it.
"""

import os
from pathlib import Path

import pytest

FRAMES = Path(__file__).parent / "frames"

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
    "present-after": ("2", "p", "space"),
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


async def test_the_form_that_founds_a_manifesto_looks_as_it_did(opened, tmp_path):
    async with opened(tmp_path) as app:
        await app.press("enter", *["tab"] * 4, "right")
        for width, height in ((80, 24), (120, 40), (160, 48)):
            await app.resize(width, height)
            compare(app.frame, FRAMES / f"founding-{width}x{height}.txt")


async def test_two_acts_to_choose_between_look_as_they_did(opened, own, apart):
    async with opened(own) as app:
        for name, keys in (("sync-apart", "S"), ("choose", "X"), ("choose-mine", "m")):
            await app.press(keys)
            for width, height in ((80, 24), (120, 40), (160, 48)):
                await app.resize(width, height)
                compare(app.frame, FRAMES / f"{name}-{width}x{height}.txt")


def compare(frame: str, path: Path) -> None:
    if os.environ.get("MANIFESTO_FRAMES") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(frame, encoding="utf-8")
    assert frame == path.read_text(encoding="utf-8")
