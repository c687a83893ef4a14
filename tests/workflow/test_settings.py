"""What a person chose for themselves: one line changes, and everything else stays as it was."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.record.toml import with_value
from manifesto_tui.workflow.settings import SETTINGS, change, chosen

FILE = """\
# mine
theme = "ink"  # for the evening
closing-days = 5

[keys]
# one hand
"list.down" = 'n'
vote = "ctrl+v" # as elsewhere
"""


def test_one_value_changes_and_comments_stay():
    assert with_value(FILE, "", "theme", '"paper"') == FILE.replace('"ink"', '"paper"')
    assert with_value(FILE, "keys", "list.down", '"t"') == FILE.replace("'n'", '"t"')


def test_what_is_new_stands_with_its_kind():
    new = with_value(FILE, "", "order", '"text"')
    assert new == FILE.replace("5\n", '5\norder = "text"\n')
    assert with_value(FILE, "keys", "people.admit", '"L"') == FILE + '"people.admit" = "L"\n'
    assert with_value("", "keys", "vote", '"L"') == '[keys]\nvote = "L"\n'


def test_what_is_taken_out_takes_its_line_along():
    assert "vote" not in with_value(FILE, "keys", "vote", None)
    assert with_value(FILE, "keys", "undo", None) == FILE


@pytest.mark.parametrize(
    "odd", ["keys.vote = 'x'\n", "keys = {vote = 'x'}\n", 'theme = """\nink"""\n', "[keys\n"]
)
def test_a_file_written_otherwise_is_left_as_it_is(odd, tmp_path):
    path = tmp_path / "manifesto-tui" / "settings.toml"
    path.parent.mkdir()
    path.write_text(odd)
    with pytest.raises(Refused) as refused:
        change(
            {"XDG_CONFIG_HOME": str(tmp_path)}, "theme" if "theme" in odd else "keys.vote", "paper"
        )
    assert refused.value.code == "settings-odd"
    assert path.read_text() == odd


@given(st.dictionaries(st.sampled_from(["theme", "vote", "a.b", "ü"]), st.text(max_size=9)))
def test_whatever_is_written_reads_as_it_was_meant(values):
    source = FILE
    for name, value in values.items():
        source = with_value(source, "keys", name, _toml(value))
        assert tomllib.loads(source)["keys"][name] == value
    assert "# mine" in source and "# one hand" in source


def _toml(value: str) -> str:
    plain = "".join(c if c.isalnum() and c.isascii() else f"\\U{ord(c):08x}" for c in value)
    return f'"{plain}"'


def test_what_is_chosen_counts_and_what_cannot_be_is_said(tmp_path):
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    path = change(environment, "closing-days", "7")
    change(environment, "theme", "paper")
    assert path.read_text() == 'closing-days = 7\ntheme = "paper"\n'
    assert chosen(environment).closing_days == 7
    with pytest.raises(BadInput):
        change(environment, "theme", "mauve")
    with pytest.raises(BadInput):
        change(environment, "font", "large")
    path.write_text("font = 3\n")
    assert chosen(environment).problems[0].endswith("there is no setting “font”.")


def test_each_setting_says_what_it_is_for():
    for setting in SETTINGS:
        assert setting.sentence.endswith(".") and setting.usual in setting.choices


def test_what_the_environment_chose_wrongly_is_said_of_the_environment(tmp_path):
    path = tmp_path / "manifesto-tui" / "settings.toml"
    path.parent.mkdir()
    path.write_text('order = "sideways"\n')
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "MANIFESTO_THEME": "mud"}
    theme, order = chosen(environment).problems
    assert theme.startswith("MANIFESTO_THEME: there is no theme “mud”;")
    assert order.startswith(f"{path}: there is no order “sideways”;")
