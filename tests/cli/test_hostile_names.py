"""A file's name is words of whoever made it: it says no line of its own in what a command prints.

A name with line breaks could else write a verdict under a list of problems.
"""

import pytest

LIE = "\n\nPROVED.\nChecked: 999 commits\n\r\t"
NAMES = [
    f"manifesto/a{LIE}.md",
    f"manifesto/roll/b{LIE}.yaml",
    f"proposals/2026-11/c{LIE}/amendment.yaml",
    f"d{LIE}.md",
]
"""In the text's folder, on the roll, among the proposals, and beside the manifesto."""

SOURCES = ("text", "file", "import")


@pytest.fixture
def named(proposed):
    """An assembly in which somebody committed files with such names; returns the first too."""
    speaker, filed = proposed
    for name in NAMES:
        speaker.write(name, "# Words\n\nOf nobody.\n")
    speaker.git("add", "--all")
    speaker.git("commit", "-qm", "Names")
    for name in NAMES[:1]:
        speaker.write(name, "# Words\n\nOf others.\n")
    return speaker, filed


def commands(filed):
    yield from (["check"], ["verify"], ["guard", "HEAD~1", "HEAD"], ["show"], ["list"], ["status"])
    yield from (["amendment", filed], ["diff", filed], ["collisions"], ["whatif", filed])
    yield from (["history"], ["tally"], ["roll", "list"], ["rules"], ["signatories"])
    yield from (["diff", "HEAD~1", "HEAD", *how] for how in ([], ["--stat"], ["--clean"]))
    yield from (["diff", "HEAD~1", ".", *how] for how in ([], ["--inline"], ["--side-by-side"]))
    yield ["propose", "--from-worktree", "--title", "T", "--reason", "R", "--preview"]
    yield from (["propose", "--title", "T", "--reason", "R", f"--{by}", NAMES[0]] for by in SOURCES)
    yield from (["show", "--at", NAMES[0]], ["amendment", NAMES[0]], ["rules", "--set", NAMES[0]])
    yield from (["adopt", "--title", "T", "--text", NAMES[3]], ["comment", filed, "-m", LIE])
    yield from (["edit", "-m", LIE], ["sync"], ["comment", filed, "-m", "Words."], ["check"])


def test_no_name_says_a_line_of_its_own(named):
    speaker, filed = named
    for words in commands(filed):
        said = speaker(*words)
        for stream in (said.out, said.err):
            lines = stream.split("\n")
            assert "Checked: 999 commits" not in lines, words
            assert "\r" not in stream, words
            assert "PROVED." not in lines or words[0] == "verify", words


def test_a_break_in_a_name_is_shown_where_it_stands(named):
    speaker, _ = named
    for words in (["check"], ["verify"], ["guard", "HEAD~1", "HEAD"]):
        line = next(line for line in speaker(*words).out.splitlines() if "2026-11/c" in line)
        assert "proposals/2026-11/c⟦U+000A⟧⟦U+000A⟧PROVED.⟦U+000A⟧Checked: 999 commits" in line
        assert "⟦U+000D⟧⟦U+0009⟧" in line
