from hypothesis import given
from hypothesis import strategies as st

from manifesto_tui.governance.replay.sharing import SharedMap

STEPS = st.lists(st.tuples(st.text(max_size=3), st.none() | st.integers(0, 5)), max_size=60)


UNDER = {"": 7, "a": 8, "b": 9, "é": 10}


def made(steps, under=None) -> tuple[SharedMap[int], dict[str, int]]:
    shared: SharedMap[int] = SharedMap() if under is None else SharedMap.over(under)
    plain: dict[str, int] = dict(under or {})
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


@given(STEPS)
def test_what_lies_under_a_map_is_hidden_by_what_lies_over_it(steps):
    shared, plain = made(steps, UNDER)
    assert dict(shared.items()) == plain
    assert len(shared) == len(plain)
    assert {key: shared.get(key) for key in UNDER} == {key: plain.get(key) for key in UNDER}
    assert shared.under == UNDER == {"": 7, "a": 8, "b": 9, "é": 10}
    own = dict(shared.own())
    assert {**UNDER, **{k: v for k, v in own.items() if v is not None}}.items() >= plain.items()
    assert set(own) <= {key for key, _ in steps}


@given(STEPS, STEPS)
def test_maps_over_different_things_are_compared_as_a_whole(mine, yours):
    ours, our_plain = made(mine, UNDER)
    theirs, their_plain = made(yours, {"b": 9, "c": 1})
    keys = our_plain.keys() | their_plain.keys()
    assert {key: (a, b) for key, a, b in ours.differences(theirs)} == {
        key: (our_plain.get(key), their_plain.get(key))
        for key in keys
        if our_plain.get(key) != their_plain.get(key)
    }


def test_a_change_copies_only_the_slots_on_its_way():
    many: SharedMap[int] = SharedMap()
    for number in range(5000):
        many = many.put(f"key {number}", number)
    sizes = [len(bucket) for branch in many._root for bucket in branch or ()]
    assert max(sizes) < 20
    assert len(list(many.differences(many.put("key 7", 8)))) == 1
