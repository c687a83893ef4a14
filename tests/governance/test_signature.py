"""What a signature proves, by the keys that a member has and had."""

import pytest

from governance.sealing import fits, key, seal
from manifesto_tui.governance.signature import (
    UNSIGNED,
    Checked,
    Signature,
    cannot_check,
    weigh,
)

FILE = b"made-up words"


@pytest.mark.parametrize(
    ("signature", "keys", "former", "wanted"),
    [
        (None, ("ann",), (), UNSIGNED),
        (seal(FILE, key("ann")), ("ann",), (), Signature("signed", key("ann"))),
        (seal(FILE, key("ann")), ("ben", "ann"), ("ann",), Signature("signed", key("ann"))),
        (
            seal(b"other", key("ann")),
            ("ann",),
            (),
            Signature("mismatch", key("ann"), "the file is another"),
        ),
        (b"scrawl", ("ann",), (), Signature("unchecked", "", "nobody knows its kind")),
        (
            seal(FILE, key("ann")),
            ("ben",),
            ("ann",),
            Signature("withdrawn", key("ann"), "its key had been withdrawn before"),
        ),
        (
            seal(FILE, key("ann")),
            (),
            (),
            Signature("unchecked", key("ann"), "the roll held no key of theirs"),
        ),
        (
            seal(FILE, key("ann")),
            ("ben",),
            (),
            Signature("mismatch", key("ann"), "it was made with a key that is not theirs"),
        ),
    ],
)
def test_what_a_signature_comes_to(signature, keys, former, wanted):
    held, had = [f"{key(k)} a comment" for k in keys], [f"{key(k)} a comment" for k in former]
    assert weigh(FILE, signature, fits, held, had) == wanted


def test_where_nothing_checks_signatures_nothing_is_proved():
    assert cannot_check(FILE, b"x") == Checked("unknown", "", "nothing here can check signatures")
    assert weigh(FILE, b"x", cannot_check, [key("ann")]).state == "unchecked"


def test_people_read_a_label():
    labels = [Signature(state).label for state in ("signed", "mismatch", "withdrawn")]
    assert labels == ["signed", "does not match", "key withdrawn"]
    assert UNSIGNED.label == "unsigned, name not proven"
