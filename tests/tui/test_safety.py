"""No plain `str` reaches a widget as markup: the doors it could take are watched."""

import ast
from pathlib import Path

import pytest

import manifesto_tui.tui
from manifesto_tui.prose import find_hidden
from manifesto_tui.tui import safe
from manifesto_tui.tui.safe import join, line, opening, words

TUI = Path(manifesto_tui.tui.__file__).parent

# Widgets of Textual that read a `str` as markup, and calls that do.
READS_MARKUP = {
    "Static", "Label", "Button", "OptionList", "Select", "Checkbox", "RadioButton", "Tree",
    "DataTable", "TabbedContent", "TabPane", "Tab", "Markdown", "Collapsible", "Digits", "Log",
    "RichLog", "SelectionList", "Toast", "notify", "from_markup", "border_title",
    "border_subtitle", "tooltip",
}  # fmt: skip


def names_used(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda p: p.stem)
def test_nothing_that_reads_markup_is_used(path):
    assert names_used(path) & READS_MARKUP == set()


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda p: p.stem)
def test_only_the_workflow_and_values_are_imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert [m for m in modules if m.startswith(("manifesto_tui.record", "manifesto_tui.cli"))] == []


def test_markup_stays_words():
    for text in ("[/]", "[sic]", "[@click=app.quit]x[/]", "[ @click=app.quit]x", r"\[b]"):
        assert words(text).plain == text
        assert words(text).spans == []


def test_hidden_characters_are_shown():
    assert words("a\u202eb\x1b[31m").plain == "a⟦U+202E⟧b⟦U+001B⟧[31m"
    assert join(("\x9b", "key"), "\x07").plain == "⟦U+009B⟧⟦U+0007⟧"


def test_what_is_let_through_unlooked_at_hides_nothing():
    assert all(find_hidden(character) == () for character in safe.SHOWS_ITSELF)


def test_a_line_has_no_breaks():
    assert line("a\n\tb").plain == "a b"


def test_what_is_cut_ends_in_an_ellipsis():
    assert opening("short").plain == "short"
    assert opening("word " * 60, of=9).plain == "word word…"
    assert opening("a\nb" * 200).plain.endswith("…")
