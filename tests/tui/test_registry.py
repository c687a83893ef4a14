"""One registry feeds footer, help, palette and docs."""

from collections import Counter
from pathlib import Path

from manifesto_tui.tui.actions import ACTIONS, BY_ID, footer, for_mode, keys_of
from manifesto_tui.tui.keytable import keys_markdown
from manifesto_tui.tui.screens.main import MainScreen
from manifesto_tui.tui.state import MODES, State

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"


def test_the_page_of_keys_is_current():
    assert DOCS.read_text(encoding="utf-8") == keys_markdown()


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
