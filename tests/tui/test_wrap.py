"""Lines break at spaces, lose nothing, and never grow wider than the pane."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from manifesto_tui.tui.wrap import breaks, height

LETTERS = "ab é—“ 日本語　한국 🙂👩‍⚕️ e\u0301 سلام \n"


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in breaks(text, width)]


def test_lines_break_at_spaces():
    assert lines("We publish every interface.", 12) == ["We publish", "every", "interface."]


def test_a_word_wider_than_the_line_is_cut():
    assert lines("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]


def test_japanese_breaks_without_spaces():
    assert lines("日本語のマニフェスト", 8) == ["日本語の", "マニフェ", "スト"]


def test_line_breaks_are_kept():
    assert lines("a\n\nb", 10) == ["a", "", "b"]


@given(st.text(LETTERS + "xyz ", max_size=120), st.integers(2, 30))
def test_nothing_is_lost_but_the_space_at_a_break(text, width):
    found = breaks(text, width)
    kept = set()
    for start, end in found:
        kept.update(range(start, end))
    lost = {text[i] for i in range(len(text)) if i not in kept}
    assert lost <= {" ", "\n"}


@given(
    st.text(LETTERS + "xyz ", max_size=120) | st.text("xyz  \n", max_size=120), st.integers(0, 30)
)
def test_a_text_is_as_high_as_it_has_lines(text, width):
    assert height(text, width) == len(breaks(text, width))


@given(st.text(LETTERS + "xyz ", max_size=120), st.integers(3, 30))
@example("\u200d \u3000\u3000", 3)
@example("\u200d\u200d\u3000\u3000", 3)
@example("xyz \u0301", 3)
def test_no_line_is_wider_than_the_pane(text, width):
    for line in lines(text, width):
        assert cell_len(line.rstrip(" ")) <= width
