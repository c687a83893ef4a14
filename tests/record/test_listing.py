import pytest

from manifesto_tui.record.listing import Listing, packed

PATHS = ["proposals/2026-01/a-b", "proposals/2026-01/a", "proposals/2026-02/c"]
TREES = [digit * 40 for digit in "abc"]
KEPT = packed(dict(zip(PATHS, TREES, strict=True)))
SINCE = {PATHS[1]: "d" * 40}
NOW = {PATHS[0]: TREES[0], PATHS[1]: SINCE[PATHS[1]], PATHS[2]: TREES[2]}


@pytest.fixture
def listing():
    return Listing(KEPT, SINCE)


@pytest.mark.parametrize("path", PATHS)
def test_one_folder_is_found_before_all_were_looked_at_and_afterwards(listing, path):
    assert listing[path] == NOW[path]
    assert list(listing.items()) == list(NOW.items())
    assert listing[path] == NOW[path]


@pytest.mark.parametrize("path", ["proposals/2026-01/aa", "proposals", "", "proposals/2026-02/d"])
def test_a_folder_that_is_not_there_is_not_found(listing, path):
    assert path not in listing
    assert dict(listing.items()) == NOW
    assert path not in listing


def test_they_come_in_their_order_and_are_counted(listing):
    assert list(listing) == PATHS
    assert list(listing.values()) == list(NOW.values())
    assert len(listing) == 3
    assert [listing.at(place) for place in range(3)] == PATHS
    assert listing == NOW


def test_none_at_all():
    assert dict(Listing(packed({}), {}).items()) == {}


@pytest.mark.parametrize("cut", [1, 20, 61])
def test_what_was_cut_short_is_refused(cut):
    with pytest.raises(ValueError, match="tree"):
        Listing(KEPT[:-cut], {})
