from hypothesis import example, given
from hypothesis import strategies as st

from manifesto_tui.prose import (
    anchor_text,
    apply,
    by_weight,
    compare,
    compare_texts,
    parse,
    read_text,
)
from prose.texts import markdown, revisions


def reads(outline):
    return [clause.block for clause in outline.clauses]


def told(old: str, new: str):
    return [(c.kind, c.weight) for c in compare(parse(old), parse(new))]


@given(revisions())
@example(("# a\n", ""))
@example(("", "# a"))
def test_changes_made_on_the_old_text_give_the_new(pair):
    old, new = map(parse, pair)
    assert reads(apply(old, compare(old, new))) == reads(new)
    assert reads(apply(new, compare(new, old))) == reads(old)


@given(markdown, markdown)
@example("- \n\n  a", "---<!-- #a1 -->")
@example("[^1]: f\n\n---\n\n    code", "x")
def test_changes_made_on_any_text_give_any_other(old, new):
    a, b = parse(old), parse(new)
    assert reads(apply(a, compare(a, b))) == reads(b)


@given(revisions())
def test_a_clause_that_stays_keeps_its_anchor(pair):
    from manifesto_tui.prose import anchor_text

    old = anchor_text(read_text({"a.md": pair[0]})).documents[0][1]
    new = parse(pair[1])
    changes = compare(old, new)
    result = apply(old, changes)
    lost = {c.anchor for change in changes for c in change.old[len(change.new) :]}
    assert {c.anchor for c in old.clauses} - lost <= {c.anchor for c in result.clauses}
    anchors = [c.anchor for c in result.clauses if c.anchor]
    assert len(anchors) == len(set(anchors))


@given(revisions(), revisions(), revisions(), st.integers(0, 3))
def test_documents_that_nobody_touched_make_no_difference(first, second, third, touched):
    from manifesto_tui.prose.compare import _compare

    pairs = {"a.md": first, "b.md": second, "c.md": third}
    old = anchor_text(read_text({path: was for path, (was, _) in pairs.items()}))
    after = {
        path: now if at == touched else old.sources[path]
        for at, (path, (_, now)) in enumerate(pairs.items())
    }
    new = read_text(after, old)
    sides = [[*zip(*text, strict=True)] or [(), ()] for text in (old, new)]
    (old_paths, before), (new_paths, after) = sides
    assert compare_texts(old, new) == _compare(before, after, old_paths, new_paths, None)


@given(markdown)
def test_a_text_does_not_differ_from_itself(source):
    assert compare(parse(source), parse(source)) == ()


@given(revisions())
def test_some_of_the_changes_can_be_made(pair):
    old, new = map(parse, pair)
    changes = compare(old, new)
    for change in changes:
        apply(old, [change])
    assert apply(old, []) is old


def test_what_is_untouched_keeps_its_bytes():
    old = "Title\n=====\n\n*  a\n*  b\n\n\n\n[l]: /u\n\nx [l]  \n"
    new = "# Title\n\n- a\n- b\n\nx [l] y"
    changed = apply(parse(old), compare(parse(old), parse(new))).source
    assert changed == "Title\n=====\n\n*  a\n*  b\n\n\n\n[l]: /u\n\nx [l] y  \n"


def test_kinds_of_change():
    text = "We publish every interface before it goes live and we keep it open for all."
    other = "Suppliers share their data with patients who ask for it within a week."
    assert told(text, text.replace("live", "public")) == [("replaced", "wording")]
    assert told(text, f"{text}\n\n{other}") == [("inserted", "commitment")]
    assert told(f"{text}\n\n{other}", text) == [("deleted", "commitment")]
    assert told(f"# A\n\n{text}\n\n# B\n\n{other}", f"# A\n\n# B\n\n{other}\n\n{text}") == [
        ("moved", "layout")
    ]
    assert told(f"{text} {other}", f"{text}\n\n{other}") == [("split", "layout")]
    assert told(f"{text}\n\n{other}", f"{text} {other}") == [("merged", "layout")]
    assert told(f"- {text}", f"# {text}") == [("replaced", "layout")]
    assert told("1. **Open**\nwe publish all of it", "## 1. Open\n\nwe publish all of it") == [
        ("split", "layout")
    ]


def test_a_change_of_kind_only_has_equal_words():
    (change,) = compare(parse("1. Publish it."), parse("## Publish it."))
    assert change.was == change.now == "Publish it."


def test_weights():
    base = "Every supplier must publish 3 interfaces in the organisation."
    for new, weight in (
        (base.replace("must", "should"), "modality"),
        (base.replace("must", "must not"), "modality"),
        (base.replace("must publish", "must only publish"), "modality"),
        (base.replace("Every", "Some"), "scope"),
        (base.replace("3", "4"), "scope"),
        (base.replace("publish", "share"), "wording"),
        (base.replace("organisation", "organization"), "spelling"),
        (base.replace("organisation.", "organisation"), "spelling"),
        (base.replace("publish", "**publish**"), "layout"),
        (base.replace(" in ", "\nin "), "layout"),
    ):
        assert told(base, new) == [("replaced", weight)], new
    assert told("# Open", "# Closed") == [("replaced", "title")]
    assert told("私たちは公開しなければならない。", "私たちは公開すべきである。") == [
        ("replaced", "modality")
    ]
    assert told("我们应当公开。", "我们可以公开。") == [("replaced", "modality")]


def test_the_weightiest_comes_first():
    old = parse("# Open\n\nWe find it.\n\n# Fair\n\nWe may pay.\n")
    new = parse("# Open\n\nWe realise it.\n\n# Just\n\nWe must pay.\n")
    changes = by_weight(compare(old, new))
    assert [change.weight for change in changes] == ["title", "modality", "wording"]


def test_a_clause_moves_to_another_file():
    words = "We publish every interface before it goes live."
    old = read_text({"a.md": f"# A\n\n{words}\n", "b.md": "# B\n"})
    new = read_text({"a.md": "# A\n", "b.md": f"# B\n\n{words}\n"})
    (change,) = compare_texts(old, new)
    assert (change.kind, change.path, change.number) == ("moved", "b.md", "2.1")


def test_a_clause_that_comes_to_stand_before_the_next_file_has_moved():
    words = "We publish every interface before it goes live."
    old = read_text({"a.md": f"# A\n\n{words}\n", "b.md": "# B\n"})
    new = read_text({"a.md": "# A\n", "b.md": f"{words}\n\n# B\n"})
    assert [(c.kind, c.path) for c in compare_texts(old, new)] == [("moved", "b.md")]


def test_a_file_that_was_renamed_is_no_change_of_its_clauses():
    words = "# A\n\nWe publish every interface.\n"
    assert compare_texts(read_text({"a.md": words}), read_text({"b.md": words})) == ()
