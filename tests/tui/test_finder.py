"""A list that is narrowed by letters: what stands in it, in which order."""

from textual.content import Content

from manifesto_tui.prose import reveal
from manifesto_tui.tui.screens.finder import Entry, Finder, found


def listed(texts: list[str], needle: str) -> list[str]:
    finder = Finder("Go to", [Entry(str(at), Content(), text) for at, text in enumerate(texts)])
    return [entry.key for entry in found(finder.entries, needle)]


def test_what_hides_stands_where_it_would_written_out():
    texts = ["Then pay", "pay\u200bment", "\u202epay now", "Pay now"]
    for needle in ("pay", "payment", "pn", "u+202e"):
        assert listed(texts, needle) == listed([reveal(text) for text in texts], needle)
    assert listed(texts, "pay") == ["1", "3", "0", "2"]


def test_letters_are_found_near_one_another_and_not_all_over_a_sentence():
    texts = ["Shows the text, its outline and what is read", "Send and fetch", "Go to, or do"]
    assert listed(texts, "share") == []
    assert listed(texts, "fch") == ["1"]
    assert listed(texts, "gto") == ["2"]
