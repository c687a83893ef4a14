"""One registry feeds footer, help, palette and docs."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from manifesto_tui import tui
from manifesto_tui.tui.actions import ACTIONS, BY_ID, footer, for_mode, key_name, keys_of
from manifesto_tui.tui.appearance import settings_of
from manifesto_tui.tui.keytable import keys_markdown
from manifesto_tui.tui.screens.dialog import Dialog
from manifesto_tui.tui.screens.editor import EditorScreen
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.tui.state import MODES, State

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"
TUI = Path(tui.__file__).parent


def test_the_page_of_keys_is_current():
    assert DOCS.read_text(encoding="utf-8") == keys_markdown()


_PATH = (
    *("settings", "people", "people.admit", "edit", "sync", "ratify", "amend", "draft.propose"),
    *("draft.discard", "ballot.open", "vote", "decide", "verify", "publish", "edition", "present"),
)


def test_the_guide_names_every_key_from_the_founding_to_the_next_edition():
    guide = DOCS.with_name("guide.md").read_text(encoding="utf-8")
    missing = [name for name in _PATH if f"`{key_name(BY_ID[name].keys[0])}`" not in guide]
    assert missing == []


_KEYS = re.compile(r"\b(enter|esc|f\d+)\b|\b(tab|space) \w+s\b|shift\+|[Pp]ress [a-zA-Z?/](\W|$)")


def test_no_sentence_names_a_key_that_may_be_another_here():
    for path in sorted(TUI.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                is_told = " " in node.value and id(node) not in docs
                named = _KEYS.search(re.sub(r"\{[\w.-]+\}", "", node.value))
                assert not (is_told and named), (path.name, node.value)


def test_ids_are_given_once():
    assert len(BY_ID) == len(ACTIONS)


def test_no_key_means_two_things_in_one_mode():
    for mode in MODES:
        keys = Counter(key for action in for_mode(mode) for key in action.keys)
        assert [key for key, times in keys.items() if times > 1] == []


def test_every_action_says_what_it_does_in_a_sentence():
    for action in ACTIONS:
        assert action.help.endswith("."), action.id
        assert action.title and action.group and keys_of(action)


def test_every_action_of_the_app_has_someone_to_do_it():
    for action in ACTIONS:
        if action.scope == "app" and not action.run:
            name = "do_" + action.id.replace(".", "_").replace("-", "_")
            assert callable(getattr(MainScreen, name, None)), action.id


def test_before_anything_is_read_every_action_answers():
    for action in ACTIONS:
        reason = action.why_not(State())
        assert reason == "" or reason.endswith("."), action.id


def test_the_footer_never_holds_more_than_seven_keys():
    for mode in MODES:
        shown = footer(State(mode=mode))
        assert len(shown) <= 7
        assert shown[-1].id == "help"


async def test_every_action_is_in_the_palette_and_in_the_help_and_says_so_or_acts(opened, world):
    async with opened(world) as app:
        for way in ("ctrl+p", "question_mark"):
            await app.press(way)
            listed = {entry.key for entry in app.app.screen.entries}
            wanted = {a.id for a in ACTIONS if way == "question_mark" or a.scope == "app"}
            assert wanted <= listed
            await app.press("escape")


_TURNS = {
    "theme",
    "text.marked",
    "diff.style",
    "diff.context",
    "diff.order",
    "whatif.choose",
    "detail.next",
    "detail.previous",
    "try",
}
"""What does something else each time, or makes up something else."""


async def test_every_action_does_the_same_by_key_and_from_palette_or_footer(opened, own):
    async with opened(own, (120, 40)) as app:
        for action in ACTIONS:
            if action.scope not in ("app", "list") or action.id == "quit":
                continue
            ends = []
            for way in ("key", "name"):
                await app.home()
                mode = action.modes[0] if action.modes else "read"
                await app.press(BY_ID[f"mode.{mode}"].keys[0])
                before = app.frame
                if way == "key":
                    await app.press(action.keys[0])
                else:
                    app.app.screen.perform(action.id)
                    await app.settle()
                screen = app.app.screen
                # Behind a dialog another may be drawn yet; its name tells which it is.
                ends.append((type(screen), getattr(screen, "title_line", app.frame)))
                if app.app.screen.query("#ask.-asking"):
                    await app.press("escape")
            if action.id in _TURNS:
                assert app.frame != before, action.id
            else:
                assert ends[0] == ends[1], action.id


@pytest.mark.parametrize("mode", MODES)
async def test_whatever_cannot_act_says_why_when_its_key_is_pressed(mode, opened, world):
    async with opened(world) as app:
        for action in ACTIONS:
            if action.scope != "app" or action.run:
                continue
            await app.press(BY_ID[f"mode.{mode}"].keys[0])
            screen = app.app.screen
            mine = not action.modes or mode in action.modes
            theirs = (set(a.keys) & set(action.keys) for a in for_mode(mode) if a is not action)
            why = action.why_not(screen.state()) if mine else "" if any(theirs) else " works in "
            if why:
                await app.press(action.keys[0])
                told = settings_of(screen).told(why).plain.strip()
                assert app.app.screen is screen and told in app.status, action.id


async def test_by_mouse_alone_whatever_the_help_lists_is_done(opened, world):
    async with opened(world) as app:
        place = next(start for start, _, name in app.places() if name == "help")
        await app.click("#footer", place)
        for _ in range(2):  # Selects it, then does it.
            await app.click("#found", 4, row=4)
        assert app.app.screen.mode == "compare"


async def test_whatever_the_footer_shows_can_be_clicked(opened, own):
    async with opened(own, (160, 48)) as app:
        for mode in MODES:
            await app.home()
            await app.press(BY_ID[f"mode.{mode}"].keys[0])
            for start, _, name in app.places():
                before = app.frame
                await app.click("#footer", start)
                assert app.frame != before, (mode, name)
                if app.app.screen.query("#ask.-asking"):
                    await app.press("escape")
                await app.home()
                await app.press(BY_ID[f"mode.{mode}"].keys[0])


_EDITED = tuple(action for action in ACTIONS if action.scope == "editor")


async def test_every_action_of_the_editor_does_the_same_by_key_from_its_list_and_by_mouse(
    opened, own
):
    async with opened(own, (160, 48)) as app:
        for action in _EDITED:
            ends = []
            for way in ("key", "list", "mouse"):
                await app.home()
                await app.press("j", "j", "a")
                if way == "key":
                    await app.press(action.keys[0])
                elif way == "list":
                    await app.press("f1")
                    await app.write(action.title)
                    await app.press("enter")
                else:
                    place = next(
                        (start for start, _, name in app.places() if name == action.id), None
                    )
                    if place is None:
                        continue
                    await app.click("#footer", place)
                ends.append((type(app.app.screen), app.app.focused and app.app.focused.id))
                while isinstance(app.app.screen, Dialog | EditorScreen):
                    await app.press("escape")
            assert len(set(ends)) == 1, (action.id, ends)


async def test_whatever_a_dialog_shows_at_its_foot_can_be_clicked(opened, own):
    async with opened(own, (120, 40)) as app:
        for keys in (("2", "v"), ("comma",), ("P",)):
            await app.home()
            await app.press(*keys)
            for _, _, name in app.places("#keys"):
                await app.home()
                await app.press(*keys)
                before = app.frame
                place = next(start for start, _, n in app.places("#keys") if n == name)
                await app.click("#keys", place)
                assert app.frame != before or name.startswith("vote."), (keys, name)
