"""The examples in docs/format.md are files of the record, in the form that is written."""

import re
from pathlib import Path

import pytest

from manifesto_tui.governance.paths import Kind, kind_of
from manifesto_tui.record import forms

PAGE = Path(__file__).parents[2] / "docs" / "format.md"
EXAMPLES = dict(
    re.findall(
        r"^`((?:manifesto|proposals)/\S+\.yaml)`.*?\n```yaml\n(.*?)```",
        PAGE.read_text(encoding="utf-8"),
        re.DOTALL | re.MULTILINE,
    )
)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_read_and_written_back(path):
    value = forms.read(path, EXAMPLES[path].encode())
    assert forms.write(value).decode() == EXAMPLES[path]


def test_every_kind_of_file_has_an_example():
    kinds = {kind_of(path) for path in EXAMPLES}
    assert kinds == set(Kind.__args__) - {"signature"}
