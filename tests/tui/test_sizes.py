"""Dialogs while the window is pulled at: what is typed stays, and where one is stays in sight."""

import pkgutil
from importlib import import_module

import pytest
from textual.widgets import Input, TextArea

from manifesto_tui.tui import screens
from manifesto_tui.tui.screens.dialog import Dialog, Leading
from manifesto_tui.tui.screens.form import Choice
from manifesto_tui.tui.screens.sharing import Reaching
from tui.driving import Driven

SIZES = ((60, 18), (80, 24), (30, 10))
LARGE = (160, 48)
# Of each kind of dialog what opens it, and a few more of those that are asked most.
DIALOGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Finder": (("question_mark",), ("ctrl+p",), ("x",), ("x", "enter"), ("2", "l"), ("F",), ("U",)),
    "Form": (
        ("A",),
        ("D",),
        ("ctrl+r",),
        ("j", "j", "a", *"well", "ctrl+j"),
        ("2", "c"),
        ("2", "j", "w"),
        ("2", "j", "o"),
        ("F", "enter"),
        ("x", "enter", "enter"),
        ("3", "equals_sign"),
    ),
    "Report": (("C",), ("j", "j", "h")),
    "Proving": (("V",),),
    "People": (("P",),),
    "Guide": (("f2", "enter"),),
    "SettingsScreen": (("comma",),),
    "Leaving": (("q",),),
    "Naming": (("S",),),
    "Press": (("comma", "G", "enter", *"vote", "enter"),),
    "VoteDialog": (("2", "v", "enter"), ("2", "v", "tab")),
    "Showing": (("D", *"text.md", "ctrl+j"),),
}
ELSEWHERE = {"Start", "Founding", "Joining", "Choosing", "Together", "Trying"}


def kinds(of: type) -> set[str]:
    return {each.__name__ for each in of.__subclasses__()}.union(*map(kinds, of.__subclasses__()))


def test_every_kind_of_dialog_is_among_them():
    for module in pkgutil.iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    assert kinds(Dialog) - {Leading.__name__, Reaching.__name__} == {*DIALOGS, *ELSEWHERE}


def typed(app: Driven) -> list[str]:
    lines = [each.value for each in app.app.screen.query(Input)]
    return lines + [each.text for each in app.app.screen.query(TextArea)]


def in_sight(app: Driven) -> bool:
    """Whether one sees where one is, down to the cursor, and what can be done."""
    screen = app.app.screen
    keys = screen.find_widget(screen.query_one("#keys")).visible_region
    if not (keys.height and app.places("#keys")):
        return False
    here = screen.focused
    if here is None:
        return True
    seen = screen.find_widget(here).visible_region
    if isinstance(here, Input | TextArea):
        return seen.contains_point(here.cursor_screen_offset)
    if isinstance(here, Choice):
        return "▌" in app.frame.splitlines()[seen.y]
    return seen.area > 0


async def pulled_at(app: Driven) -> None:
    """Pulls at the window of a dialog, goes through all that can be reached, and back."""
    for box in app.app.screen.query(Input):
        box.value += "typed "
    for area in app.app.screen.query(TextArea):
        area.insert("typed\n" * 9)
    await app.settle()
    said, frame, here = typed(app), app.frame, app.app.screen.focused
    for size in SIZES:
        await app.resize(*size)
        assert in_sight(app), app.frame
        for _ in app.app.screen.focus_chain:
            await app.press("tab")
            assert in_sight(app), app.frame
        assert app.app.screen.focused is here
    await app.resize(*LARGE)
    assert typed(app) == said
    assert app.frame.splitlines() == frame.splitlines()


@pytest.mark.parametrize("keys", [keys for each in DIALOGS.values() for keys in each], ids="-".join)
async def test_nothing_is_lost_and_all_stays_in_reach(keys, opened, own, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = next((own / "manifesto").glob("*.md")).read_text()
    (tmp_path / "text.md").write_text(text.replace("Suppliers", "Makers"))
    async with opened(own, LARGE) as app:
        await app.press(*keys)
        name = next(kind for kind, all_keys in DIALOGS.items() if keys in all_keys)
        assert type(app.app.screen).__name__ == name, app.frame
        await pulled_at(app)


async def test_the_form_that_founds_a_manifesto_stays_in_reach(opened, tmp_path):
    async with opened(tmp_path, LARGE) as app:
        await pulled_at(app)
        await app.home()
    for keys in (("enter",), ("down", "enter")):
        async with opened(tmp_path, LARGE) as app:
            await app.press(*keys)
            await pulled_at(app)


async def test_a_choice_between_two_acts_stays_in_reach(opened, own, apart):
    async with opened(own, LARGE) as app:
        await app.press("S")
        await pulled_at(app)
        await app.press("X", "m")
        await pulled_at(app)


SMALL = (30, 10)


def read_in(app: Driven) -> list[str]:
    return [line.strip("│ ▁▂▃▄▅▆▇█") for line in app.frame.splitlines()[4:7]]


async def test_the_guide_is_read_to_its_end_on_the_smallest_screen(opened, world):
    async with opened(world, LARGE) as app:
        await app.press("f2")
        pages = [page for step in app.app.screen.pages for page in step]
    async with opened(world, SMALL) as app:
        await app.press("f2")
        read = list[str]()
        while type(app.app.screen).__name__ == "Guide":
            assert len(read) < 200
            read += read_in(app)
            assert "[" in app.frame.splitlines()[3], "the step that one is at stays in sight"
            await app.press("enter")
    words = " ".join(read).split()
    for page in pages:
        assert all(word in words for word in page.plain.split()), page.plain
    async with opened(world, SMALL) as app:
        await app.press("f2", "G", "enter")
        assert "[2 Read]" in app.frame
        await app.press("left")
        assert "[1 Who you are]" in app.frame


async def test_on_the_smallest_screen_the_change_is_read_before_one_chooses(opened, own):
    async with opened(own, SMALL) as app:
        await app.press("2", "v")
        assert "( )" not in app.frame
        seen = ""
        for _ in range(30):
            seen += "\n".join(read_in(app))
            await app.press("J")
        assert "{+" in seen
        await app.press("K", *"KKKKKKKKKKKKKKKKKKKKKKKKKKKKKK", "enter")
        assert "( ) for" in app.frame and app.app.screen.choice == ""
        await app.press("enter")
        assert app.app.screen.choice == "for"


async def test_on_the_smallest_screen_what_one_goes_to_has_the_room(opened, world):
    async with opened(world, SMALL) as app:
        await app.press("2")
        assert app.frame.count(" k7f3 ") == 2
        await app.press("tab")
        assert app.app.screen.focused.size.height > 2
        await app.press("shift+tab")
        assert app.app.screen.focused.size.height > 2
        await app.press("4")
        assert "4 History" in app.frame
        await app.press("comma")
        assert "Alma Made-Up (alma)" in app.frame and "What you record" in app.frame
