"""Runs the cases on docs/diff-cases.md."""

import re
from pathlib import Path

import pytest

from manifesto_tui.prose import compare, parse, word_diff

PAGE = Path(__file__).resolve().parents[2] / "docs" / "diff-cases.md"
SOURCE = PAGE.read_text(encoding="utf-8")
TITLES = r"\*\*(?P<title>[^*]+)\*\*[^\n]*\n\n"
CASES = [
    pytest.param(match["body"], id=match["title"].strip(".,"))
    for match in re.finditer(TITLES + r"```case\n(?P<body>.*?)```", SOURCE, re.DOTALL)
]
DOCUMENTS = [
    pytest.param(match["body"], id=match["title"].strip(".,"))
    for match in re.finditer(TITLES + r"````document\n(?P<body>.*?)````", SOURCE, re.DOTALL)
]
MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


def test_every_case_on_the_page_is_run():
    assert len(CASES) == SOURCE.count("```case\n")
    assert len(DOCUMENTS) == SOURCE.count("````document\n")


@pytest.mark.parametrize("body", CASES)
def test_clause(body):
    fields = dict(re.findall(r"^(was|now|is|weight): +(.*)$", body, re.MULTILINE))
    was, now = (fields[side].replace("⏎", "\n").replace("␠", " ") for side in ("was", "now"))
    marked = "".join(MARKS[op].format(text) for op, text in word_diff(was, now))
    assert marked == fields["is"].replace("⏎", "\n").replace("␠", " ")
    changes = compare(parse(was), parse(now))
    assert [change.weight for change in changes] == [fields["weight"]]


@pytest.mark.parametrize("body", DOCUMENTS)
def test_document(body):
    old, new, wanted = re.split(r"^----\n", body, flags=re.MULTILINE)
    changes = compare(parse(old), parse(new))
    told = [f"{change.kind} {change.number} {change.weight}" for change in changes]
    assert told == wanted.splitlines()
