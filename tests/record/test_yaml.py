"""One reader decides what a file says, and the quick one never contradicts it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_tui.record import plain, yaml
from manifesto_tui.record.yaml import Prose, Unreadable

_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r\x00")
_TEXT = st.text(_CHARACTERS, max_size=40) | st.text(" \n:#-'\"|>[]{}&*!?,ab\\~01e.", max_size=20)
_KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True) | _TEXT
_SCALARS = _TEXT | _TEXT.map(Prose)
_VALUES = st.recursive(
    _SCALARS,
    # No form holds a list of lists, and the writer knows of none.
    lambda inner: (
        st.lists(inner.filter(lambda item: not isinstance(item, list)), max_size=4)
        | st.dictionaries(_KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)
_LINES = st.text("ab:-|#[],'\"\\ {}&*!?%@`~<.1\u00a0é", max_size=14)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(_KEYS.filter(lambda key: key != "<<"), _VALUES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(fields):
    data = yaml.write(fields).encode()
    try:
        read = yaml.read("x.yaml", data).bare()
    except Unreadable as error:
        assert "deep" in str(error) or "stands as a key" in str(error) or "<<" in str(fields)
    else:
        assert read == fields


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(
        st.sampled_from(["", "  ", "- ", "    "]).flatmap(
            lambda indent: st.one_of(
                _LINES.map(lambda rest: indent + rest),
                st.tuples(st.sampled_from(["a:", "b: |-", "c: |", "d: x", "- e: y", "- z"])).map(
                    lambda one: indent + one[0]
                ),
            )
        ),
        max_size=8,
    )
)
def test_the_quick_reader_agrees_with_ruamel_or_keeps_silent(lines):
    source = "\n".join(lines) + "\n"
    quick = plain.read(source)
    if quick is not None:
        assert yaml.read_slowly("x.yaml", source).bare() == quick.bare()


@pytest.mark.parametrize(
    "source",
    [
        "a: 1",
        "a:\t1\n",
        "A: 1\n",
        "a: 1\na: 2\n",
        "a: 1\n\n",
        "a: 'b'\n",
        "a: b: c\n",
        'a: "\\n"\n',
        "a: {}\n",
        "a: [1,2]\n",
        "a:\n",
        "a:\nb: 1\n",
        "a:\n  B: 1\n",
        "a:\n- \n",
        "a:\n- 'b'\n",
        "a:\n- b: 'c'\n",
        "a: |+\n  b\n",
        "a: |\n",
        "a: |\nb: 1\n",
        "a: |\n\n  b\n",
        "a: |\n   b\n",
        "a: |\n  b\n\n",
        "a: |\n  b\n  \nb: 1\n",
        "  a: 1\n",
        "".join(f"{'  ' * n}a:\n" for n in range(16)) + "  " * 16 + "a: b\n",
        "a:\n" + "".join(f"{'  ' * n}- a:\n" for n in range(8)) + "  " * 8 + "- b\n",
    ],
)
def test_the_quick_reader_keeps_silent_where_it_is_not_sure(source):
    assert plain.read(source) is None


@pytest.mark.parametrize(
    ("source", "fields"),
    [
        ("a: b c:d e#f\n", {"a": "b c:d e#f"}),
        ('a: "1 \\"2\\\\"\n', {"a": '1 "2\\'}),
        ("a: []\nb: [c, d-e]\n", {"a": [], "b": ["c", "d-e"]}),
        ("a:\n  b: c\n  d:\n    e: f\ng: h\n", {"a": {"b": "c", "d": {"e": "f"}}, "g": "h"}),
        (
            "a:\n- b\n- c: d\n  e: f\n- g: |-\n    h\n\n    i\n",
            {"a": ["b", {"c": "d", "e": "f"}, {"g": "h\n\ni"}]},
        ),
        ("a: |\n  b\n\n  c\nd: |-\n  e\n", {"a": "b\n\nc\n", "d": "e"}),
        ('a:\n  "": b\n  c: d\n"": e\n', {"a": {"": "b", "c": "d"}, "": "e"}),
        ('a:\n- "": b\n  c: d\n', {"a": [{"": "b", "c": "d"}]}),
    ],
)
def test_what_this_program_writes_is_read_quickly_and_alike(source, fields):
    quick = plain.read(source)
    assert quick is not None
    assert quick.bare() == yaml.read_slowly("x.yaml", source).bare() == fields


@settings(max_examples=600, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode()))
def test_no_bytes_are_too_odd_to_be_refused_in_a_sentence(data):
    try:
        yaml.read("x.yaml", data)
    except Unreadable as error:
        assert all(problem.sentence.endswith(".") for problem in error.problems)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a: &x 1\nb: *x\n", "anchor"),
        ("a: &x [*x]\n", "anchor"),
        ("a: [x]\nb: [*a, *a]\nc: [*b, *b]\n", "alias"),
        ("a: !!python/object:os.system x\n", "tag"),
        ("%YAML 1.1\n---\na: 1\n", "directive"),
        ("%YAML 1.3\n---\na: 1\n", "not YAML"),
        ("%YAML 1.3\na: 1\n", "not YAML"),
        ("a: 1\n---\nb: 1\n", "second document"),
        ("a: 1\na: 2\n", "stands twice"),
        ('"": 1\n"": 2\n', "stands twice"),
        ("<<: {a: 1}\n", "merge key"),
        ("? [a]\n: 1\n", "stands as a key"),
        ("[" * 17 + "]" * 17 + "\n", "too deep"),
        ("", "empty"),
        ("a: [1\n", "not YAML"),
        ('a: "\\ud800"\n', "half a character"),
        ("\ufeffa: 1\n", "byte order mark"),
        ("a: \ufeff\n", "U+FEFF"),
        ("a: \x1b[31m\n", "U+001B"),
        ("a: \0\n", "U+0000"),
        ("a: b\u2028c\n", "U+2028"),
    ],
)
def test_what_the_record_has_no_use_for_is_refused(source, words):
    with pytest.raises(Unreadable) as raised:
        yaml.read("x.yaml", source.encode())
    assert words.lower() in str(raised.value).lower()


@pytest.mark.parametrize(
    ("source", "at", "what", "expected"),
    [
        (
            "a: 1\n\tb: 2\n",
            "2:1",
            "This is not YAML: found character '\\t' that cannot start any token",
            "spaces",
        ),
        (
            "a: 1\nb: @c\n",
            "2:4",
            "This is not YAML: found character '@' that cannot start any token",
            "it in quotes",
        ),
        (
            'a: "b\n',
            "2:1",
            "This is not YAML: found unexpected end of stream",
            "the quote that ends it",
        ),
        (
            "a: b: c\n",
            "1:5",
            "This is not YAML: mapping values are not allowed here",
            "“: ” in quotes, or on a line of its own",
        ),
        (
            "a: [1\n",
            "2:1",
            "This is not YAML: expected ',' or ']', but got '<stream end>'",
            "keys and values",
        ),
        ("%YAML 1.2\n---\na: 1\n", "1:1", "A directive stands here", "none"),
        ("# Ours\n\n%YAML 1.2\n---\na: 1\n", "3:1", "A directive stands here", "none"),
        ("", "1:1", "The file is empty", "keys and values"),
        ("# Nothing yet\n", "1:1", "The file is empty", "keys and values"),
        ("a: " + "x" * yaml.LARGEST, "1:1", "The file has 65,539 bytes", "65,536 at most"),
        ("a: 1\n" * 5001, "1:1", "The file has too many lines or values", "5,000 at most"),
        ("\ufeffa: 1\n", "1:1", "A byte order mark stands here", "the file without it"),
        (
            "a: \ufeff\n",
            "1:4",
            "A character stands here that cannot be seen, U+FEFF",
            "it as an escape in quotes",
        ),
        ("a: é\udc80\n", "1:5", "This is not UTF-8", "UTF-8"),
        ('a: "\\Uffffffff"\n', "1:1", "This is not YAML that can be read", "keys and values"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_was_expected(source, at, what, expected):
    with pytest.raises(Unreadable) as raised:
        yaml.read("x.yaml", source.encode("utf-8", "surrogateescape"))
    assert str(raised.value) == f"x.yaml:{at}: {what} — expected {expected}."


def test_a_list_with_too_many_values_is_refused():
    with pytest.raises(Unreadable, match="5,000 at most"):
        yaml.read("x.yaml", b"a: [" + b"x," * 5001 + b"]\n")


def test_utf_16_is_refused_with_its_place():
    with pytest.raises(Unreadable, match=r"x\.yaml:1:1: This is not UTF-8"):
        yaml.read("x.yaml", "a: 1\n".encode("utf-16"))


@pytest.mark.parametrize(
    "word", ["no", "on", "null", "~", "1e5", "1234e5678901", "0x1f", "2026-11-20", "1_0"]
)
def test_words_that_other_readers_mistake_are_quoted(word):
    assert yaml.write({"a": word}) == f'a: "{word}"\n'


def test_prose_is_a_block_and_short_words_are_not():
    written = yaml.write({"title": "Publish it", "now": Prose("Publish it.\n\nAll of it.")})
    assert written == "title: Publish it\nnow: |-\n  Publish it.\n\n  All of it.\n"
