"""Makes texts for tests: plain ones, and Markdown as twisted as it can be."""

from hypothesis import strategies as st

MARKS = (
    "- ", "* ", "+ ", "1. ", "2) ", "10. ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\n\n", "\r\n",
    "# ", "## ", "#", "> ", ">", "```", "\n```\n", "~~~", "| a | b |", "\n|---|---|\n", "\n===\n",
    "\n---\n", "***", "<div>", "<pre>", "</pre>", "<!-- x -->", "<!-- -->", "<!-- #a1 -->",
    "[x]: /u", "[foo]:", '"t"', "[^1]: f", "\\", "`", "**", "_", "[a](b)", "[@key]", "\ufeff",
    "\u3000", "---\na: b\n---\n",
)  # fmt: skip
WORDS = (
    "we", "must", "may", "publish", "the", "of", "and", "interface", "interfaces", "skill-sets",
    "don't", "1,000", "3.5%", "NHS", "teams", ".", ",", "日本語", "の", "政策を",
    "テキスト", "ภาษาไทย",
    "👨‍👩‍👧", "e\u0301", "می‌خواهم", "क्षि", "**", "[a](http://b)", "?",
)  # fmt: skip

markdown = st.lists(st.sampled_from(MARKS + WORDS), max_size=30).map("".join)
anything = st.text(max_size=200) | markdown
phrases = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", " ", " ", "", "\n", "  "))), max_size=25
).map(lambda parts: "".join(word + space for word, space in parts))


@st.composite
def manifestos(draw: st.DrawFn) -> str:
    """A document as people write them: headings, paragraphs, lists."""
    blocks = draw(
        st.lists(
            st.tuples(
                st.sampled_from(("# ", "## ", "", "", "- ", "  - ", "1. ", "> ")),
                st.lists(st.sampled_from(WORDS[:20]), min_size=1, max_size=12).map(" ".join),
            ),
            max_size=12,
        )
    )
    return "\n\n".join(mark + words for mark, words in blocks) + "\n"


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """A document and another that was made of it: blocks moved, changed, dropped, added."""
    old = draw(manifestos())
    blocks = old.rstrip("\n").split("\n\n")
    kept = draw(st.permutations(blocks)) if draw(st.booleans()) else blocks
    kept = [block for block in kept if draw(st.integers(0, 5))]
    changed = [
        block.replace(" ", f" {draw(st.sampled_from(WORDS))} ", 1) if draw(st.booleans()) else block
        for block in kept
    ]
    return old, "\n\n".join([*changed, *draw(st.lists(phrases, max_size=2))])
