"""The reader's own settings: what can be used counts, the rest is said and left aside."""

from pathlib import Path

from manifesto_tui.tui.actions import BY_ID
from manifesto_tui.tui.settings import Settings, read_settings


def settings(tmp_path: Path, words: str, **extra: str) -> Settings:
    folder = tmp_path / "manifesto-tui"
    folder.mkdir()
    (folder / "settings.toml").write_text(words)
    return read_settings({"XDG_CONFIG_HOME": str(tmp_path), **extra})


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert read_settings({"HOME": str(tmp_path)}) == Settings()
    assert read_settings({}) == Settings()


def test_a_key_may_be_another(tmp_path):
    found = settings(tmp_path, '[keys]\nvote = "ctrl+v, slash"\n')
    assert found.keys_of(BY_ID["vote"]) == "ctrl+v /"
    assert found.first_key(BY_ID["vote"]) == "ctrl+v"
    assert found.keys_of(BY_ID["comment"]) == "c"


def test_an_unknown_action_and_an_unknown_theme_are_said(tmp_path):
    found = settings(tmp_path, 'theme = "mauve"\n[keys]\nvoet = "x"\nvote = ""\n')
    assert found.theme == "ink"
    assert found.keys == {}
    assert [p.partition(": ")[2] for p in found.problems] == [
        "there is no theme “mauve”; there are ink, paper, ink-contrast, paper-contrast, "
        "ink-blue-orange, paper-blue-orange, ansi-dark, ansi-light.",
        "there is no action “voet”; is “vote” meant? docs/keys.md names them all.",
        'vote needs a key, such as "ctrl+v".',
    ]


def test_a_key_that_means_two_things_is_said(tmp_path):
    found = settings(tmp_path, '[keys]\nreload = "u"\n')
    assert found.problems[0].endswith("u means both “Undo” and “Reload”.")


def test_a_broken_file_is_said(tmp_path):
    found = settings(tmp_path, "[keys\n")
    assert len(found.problems) == 1
    assert found.theme == "ink"


def test_the_environment_chooses_the_colours_over_the_file(tmp_path):
    assert settings(tmp_path, 'theme = "ink"', MANIFESTO_THEME="paper").theme == "paper"


def test_a_key_that_lists_take_first_is_said(tmp_path):
    found = settings(tmp_path, '[keys]\nvote = "j"\n')
    assert found.problems[0].endswith("j means both “Down” and “Vote”.")


async def test_the_list_of_keys_to_choose_names_keys_and_no_actions(opened, world):
    async with opened(world, (160, 48)) as app:
        await app.press("comma", "end", "enter")
        assert "Another key for which action?" in app.frame
        assert "shift+tab goes back." in app.frame
        assert "{" not in app.frame
