"""A person's own file keeps its comments, its order and its spelling when the program edits it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.record import forms, layout, yaml
from manifesto_tui.record.revise import revise
from record.made import ANNA, FILES

OWN = b"""\
# Our manifesto. Please ask before you change this.
title: 'A made-up manifesto'   # the working title

format: 1
# Reading order.
text: [ manifesto/a.md,
        manifesto/b.md ]
state: drafting

# The end.
"""
READ = Manifesto("A made-up manifesto", ("manifesto/a.md", "manifesto/b.md"))


def test_what_does_not_change_stays_to_the_byte():
    assert forms.read(MANIFESTO, OWN) == READ
    ratified = replace(READ, state="in-force", ratified="sha256:" + "5e" * 32)
    made = forms.rewrite(MANIFESTO, OWN, ratified)
    assert made.startswith(OWN.replace(b"drafting", b"in-force"))
    assert forms.read(MANIFESTO, made) == ratified


def test_what_hides_in_a_value_that_does_not_change_stays_as_it_was():
    own = OWN.replace(b"state", b'licence: "CC\\u200b-BY"\nstate')
    read = forms.read(MANIFESTO, own)
    assert read.licence == "CC⟦U+200B⟧-BY"
    made = forms.rewrite(MANIFESTO, own, replace(read, state="in-force"))
    assert made.startswith(own.replace(b"drafting", b"in-force"))


def test_a_key_that_is_not_wanted_goes_and_its_neighbours_comments_stay():
    retired = b"format: 1\n# Her name.\nname: Anna\nretired: true\n# Below.\nroles: [steward]\n"
    path = layout.member_path("anna")
    again = replace(forms.read(path, retired), retired=False)
    wanted = b"format: 1\n# Her name.\nname: Anna\n# Below.\nroles: [steward]\n"
    assert forms.rewrite(path, retired, again) == wanted


@pytest.mark.parametrize(
    ("own", "wanted", "made"),
    [
        ("a: b   # c\nd: e\n", {"a": "x", "d": "e"}, "a: x   # c\nd: e\n"),
        ("a: 'b # b' # c", {"a": "x"}, "a: x # c\n"),
        ("a: b\n  b # c\n", {"a": "x"}, "a: x # c\n"),
        ("a: >-  # c\n  # b\n", {"a": "x\ny\n"}, "a: |  # c\n  x\n  y\n"),
        ("a: [b, c]  # d\n", {"a": ["b"]}, "a: [b]  # d\n"),
        ("a: # all\n# one\n- b # c\n- d # e\n", {"a": ["d"]}, "a: # all\n# one\n- d # e\n"),
        ("a:\n  - b # c\n  # f\n  - d\n", {"a": ["b"]}, "a:\n  - b # c\n  # f\n"),
        ("a:\n  - b # c\n", {"a": ["x", "b", "1"]}, 'a:\n  - x\n  - b # c\n  - "1"\n'),
        ("a:\n  # f\n  - b\n  # g\n  - c\n", {"a": ["c", "b"]}, "a:\n  # g\n  - c\n  # f\n  - b\n"),
        ("a: # all\n  # f\n  - b # c\nd: e\n", {"d": "e"}, "# f\nd: e\n"),
        ("a: # all\n  # f\n  - b # c\n", {"a": []}, "# f\na: [] # all\n"),
        (
            "a: # all\n  # f\n  b: c # d\n  e: f # g\n  # i\n# h\n",
            {"a": {"b": "x", "e": "f", "j": "k"}},
            "a: # all\n  # f\n  b: x # d\n  e: f # g\n  # i\n  j: k\n# h\n",
        ),
        ("a: {b: c} # d\n", {"a": {"b": "x"}}, "a: # d\n  b: x\n"),
        ("{a: b} # d\n", {"a": "x"}, "a: x # d\n"),
        ("a: {} # d\n", {"a": {"b": "x"}}, "a: # d\n  b: x\n"),
        ("# f\na:\n  {b: c,\n  d: e}\n", {"a": {"b": "x", "d": "e"}}, "# f\na:\n  b: x\n  d: e\n"),
        ("{a: b # c\n, d: e}\n", {"a": "x", "d": "e"}, "a: x\nd: e\n"),
    ],
)
def test_comments_stay_beside_what_stays(own, wanted, made):
    assert revise("x.yaml", own.encode(), wanted).decode() == made


def test_a_value_with_very_many_marks_of_comments_is_written_anew():
    own = b"a: b # c\n" + b"  # d\n" * 50 + b"e: f # g\n"
    assert revise("x.yaml", own, {"a": "x", "e": "f"}) == b"a: x\ne: f # g\n"


@pytest.mark.parametrize("data", [None, b"", b"a: [", b"- a\n", b"a: 1\nb: 2\n", b"a: |\n  x"])
def test_a_file_that_says_something_else_is_written_whole_or_corrected(data):
    path = layout.member_path("anna")
    assert forms.read(path, forms.rewrite(path, data, ANNA)) == ANNA


_KEYS = st.sampled_from(["a", "b", "c", "d", "e"])
_VALUES = st.text("ab: #\n-", max_size=8) | st.lists(st.text("ab ", max_size=4), max_size=3)
_MAPS = st.dictionaries(_KEYS, _VALUES, min_size=1)


@settings(max_examples=300, deadline=None)
@given(_MAPS, _MAPS, st.lists(st.sampled_from(["# x\n", "\n"]), max_size=3))
def test_the_outcome_always_says_what_was_wanted(old, wanted, between):
    source = "".join("".join(between) + yaml.write({key: value}) for key, value in old.items())
    made = revise("x.yaml", source.encode(), wanted)
    assert yaml.read("x.yaml", made).bare() == wanted


_COMMENTED = st.lists(st.sampled_from(["a", "b: c", "- d", "# e", "f # g", " ", "[h]", "|", "'"]))


@settings(max_examples=300, deadline=None)
@given(st.lists(_COMMENTED, max_size=6), _MAPS)
def test_whatever_a_person_wrote_the_outcome_says_what_was_wanted(lines, wanted):
    source = "".join(f"{' '.join(words)}\n" for words in lines)
    made = revise("x.yaml", source.encode(), wanted)
    assert yaml.read("x.yaml", made).bare() == wanted


@pytest.mark.parametrize("path", FILES)
def test_our_own_files_are_rewritten_as_they_are(path):
    data = forms.write(FILES[path])
    assert forms.rewrite(path, data, FILES[path]) == data
