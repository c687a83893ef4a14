"""The short form of `soak.py`: clones act apart at random and end as one."""

import pytest

from record.soak import soak


@pytest.mark.parametrize("seed", [3, 6])
def test_clones_that_act_apart_end_with_one_head_equal_tallies_and_a_proof(seed):
    figures = soak(4, 5, 1, seed)
    assert figures["wrong"] == []
    assert figures["PROVED"] == 1
    # Decisions were made apart: some were made again, some twice.
    assert figures["told: again, after"]
    assert figures["told: the same"]
