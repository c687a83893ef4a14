"""Clauses are numbered as people count them in a meeting."""

import pytest

from manifesto_tui.prose import parse


@pytest.mark.parametrize(
    ("source", "numbers"),
    [
        ("", ""),
        ("a\n\nb", "0.1 0.2"),
        ("# A\n\nx", "1 1.1"),
        ("x\n\n# A\n\ny", "0.1 1 1.1"),
        (
            "# A\n\n## B\n\n### C\n\nx\n\n## D\n\ny\n\n# E\n\nz",
            "1 1.1 1.1.1 1.1.1.1 1.2 1.2.1 2 2.1",
        ),
        # One heading alone above the others is the title, where the text begins with it.
        ("# T\n\nx\n\n## A\n\n### B\n\n## C\n\n### D", "- 0.1 1 1.1 2 2.1"),
        ("# T\n\n## A\n\n# B", "1 1.1 2"),
        ("x\n\n# T\n\n## A", "0.1 1 1.1"),
        ("- x\n\n# T\n\n## A", "0.1 1 1.1"),
        ("## A\n\n# T", "0.1 1"),
        # A level may be left out; a shallower heading still comes after, not within.
        ("# A\n\n#### B\n\nx\n\n### C\n\ny\n\n#### D\n\n# E", "1 1.1 1.1.1 1.2 1.2.1 1.2.2 2"),
        ("# A\n\n## B\n\n## C\n\nx\n\n# D\n\n## E", "1 1.1 1.2 1.2.1 2 2.1"),
    ],
)
def test_numbers_follow_the_headings(source, numbers):
    assert " ".join(clause.number or "-" for clause in parse(source).clauses) == numbers
