"""The page of ready rules says what they say."""

from pathlib import Path

from manifesto_tui.governance.rules import READY, READY_IN_SHORT
from manifesto_tui.governance.rules_page import page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_current():
    code = "from manifesto_tui.governance.rules_page import page; print(page(), end='')"
    assert PAGE.read_text(encoding="utf-8") == page(), f'run: python -c "{code}" > docs/rules.md'


def test_each_of_the_ready_rules_is_told_in_one_sentence():
    assert list(READY_IN_SHORT) == list(READY)
    assert all(told.count(".") == 1 and told.endswith(".") for told in READY_IN_SHORT.values())
