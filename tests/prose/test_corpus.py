from manifesto_tui.prose import apply, by_weight, compare, compare_texts, parse, read_text
from prose.corpus import amendments, history


def reads(outline):
    return [clause.block for clause in outline.clauses]


def test_every_real_amendment_applies_to_the_clauses_of_its_head():
    count = 0
    for name, base, head in amendments():
        old, new = parse(base), parse(head)
        assert (old.source, new.source) == (base, head)
        changes = compare(old, new)
        assert reads(apply(old, changes)) == reads(new), name
        for change in changes:
            assert "".join(t for op, t in change.words if op in "=-") == change.was, name
            assert "".join(t for op, t in change.words if op in "=+") == change.now, name
        count += 1
    assert count >= 300


def test_every_two_states_of_a_real_history_compare():
    states = list(history().values())
    for at, files in enumerate(states):
        for others in states[at + 1 :]:
            for path in files.keys() & others.keys():
                old, new = parse(files[path]), parse(others[path])
                assert reads(apply(old, compare(old, new))) == reads(new)


def changes_between(old: str, new: str):
    states = history()
    return compare_texts(read_text(states[old]), read_text(states[new]))


def test_the_retitling_that_git_let_through_is_shown_first():
    first = by_weight(changes_between("4601337", "396bbe3"))[0]
    assert (first.kind, first.weight, first.block) == ("replaced", "title", "heading")
    assert first.was == "5. We shift control from Big IT to NHS care teams"
    assert first.now == "5. We develop the capabilities of digital teams in the NHS"


def test_find_became_realise_and_a_hyphen_went():
    changes = changes_between("71ccb9a", "396bbe3")
    marked = [[(op, t) for op, t in change.words if op != "="] for change in changes]
    assert [("-", "find"), ("+", "realise")] in marked
    spelt = marked.index([("-", "skill-sets"), ("+", "skillsets")])
    assert changes[spelt].weight == "spelling"


def test_a_list_that_became_headings_is_no_rewrite():
    changes = [c for c in changes_between("7d6bf89", "73cf0a2") if c.path == "docs/manifesto.md"]
    assert [change.kind for change in changes] == ["split"] * 5
    assert sum(change.weight == "layout" for change in changes) >= 4
