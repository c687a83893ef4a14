from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.replay.sharing import SharedMap

STEPS = st.lists(st.tuples(st.text(max_size=3), st.none() | st.integers(0, 5)), max_size=60)


def made(steps) -> tuple[SharedMap[int], dict[str, int]]:
    shared: SharedMap[int] = SharedMap()
    plain: dict[str, int] = {}
    for key, value in steps:
        shared = shared.put(key, value)
        if value is None:
            plain.pop(key, None)
        else:
            plain[key] = value
    return shared, plain


@given(STEPS)
def test_a_shared_map_holds_what_a_dictionary_would(steps):
    shared, plain = made(steps)
    assert dict(shared.items()) == plain
    assert len(shared) == len(plain)
    assert all((key in shared) == (key in plain) for key, _ in steps)


@given(STEPS, STEPS)
def test_an_older_map_is_left_as_it_was(first, later):
    shared, plain = made(first)
    changed = shared
    for key, value in later:
        changed = changed.put(key, value)
    assert dict(shared.items()) == plain


@given(STEPS, STEPS, STEPS)
def test_the_differences_of_two_maps_are_those_of_two_dictionaries(common, mine, yours):
    ours, our_plain = made(common + mine)
    theirs, their_plain = made(common + yours)
    keys = our_plain.keys() | their_plain.keys()
    assert {key: (a, b) for key, a, b in ours.differences(theirs)} == {
        key: (our_plain.get(key), their_plain.get(key))
        for key in keys
        if our_plain.get(key) != their_plain.get(key)
    }
