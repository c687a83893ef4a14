"""Which files are the text, when a repository is adopted."""

import pytest

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow.choosing import chosen_paths


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (["README.md", "docs/index.md", "docs/manifesto.md"], "docs/manifesto.md"),
        (["MANIFESTO.md", "notes.md"], "MANIFESTO.md"),
        (["README.md", "CONTRIBUTING.md", "text.md"], "text.md"),
    ],
)
def test_the_likely_file_is_found(files, chosen):
    assert chosen_paths(files, []) == (chosen,)


@pytest.mark.parametrize("files", [["a.md", "b.md"], ["README.md"], []])
def test_nothing_is_guessed(files):
    with pytest.raises(BadInput):
        chosen_paths(files, [])


def test_globs_give_the_reading_order():
    files = ["a/1.md", "a/2.md", "intro.md", "deep/a/b.md"]
    assert chosen_paths(files, ["intro.md", "a/*.md"]) == ("intro.md", "a/1.md", "a/2.md")
    assert chosen_paths(files, ["./*.md"]) == ("intro.md",)
    assert chosen_paths(files, ["deep/**/*.md"]) == ("deep/a/b.md",)
    assert chosen_paths(files, ["**"]) == tuple(sorted(files))


def test_a_glob_that_matches_nothing_is_named():
    with pytest.raises(BadInput) as refused:
        chosen_paths(["a.md"], ["text/*.md"])
    assert "text/*.md" in refused.value.sentence
