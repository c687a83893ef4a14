"""Letters that only look like others are told, and other languages are not."""

import pytest

from manifesto_tui.prose import find_look_alikes


@pytest.mark.parametrize(
    ("text", "beside", "found"),
    [
        ("interf\u0430ces", "", [("interf\u0430ces", "interfaces")]),
        ("plain words", "", []),
        # A whole word in other letters is another language, unless its twin stands beside it.
        ("\u0441\u043e\u0440", "", []),
        ("\u0441\u043e\u0440", "the cop came", [("\u0441\u043e\u0440", "cop")]),
        ("\u0441\u043e\u0440", "the cops came", []),
        # Letters without a twin make it another language for certain.
        ("\u0441\u043e\u0440\u0434", "cop", []),
        ("a\u0434b", "", []),
        ("\u0430b \u0430b", "", [("\u0430b", "ab")]),
    ],
)
def test_a_word_that_looks_like_another_is_told(text, beside, found):
    assert [(one.word, one.plain) for one in find_look_alikes(text, beside)] == found
