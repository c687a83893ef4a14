"""Real amendments to one text, filed and adopted one by one: the benchmark's course, cut short."""

import pytest

real = pytest.importorskip("benchmarks.many_real", reason="the benchmarks are not here")


def test_real_amendments_are_adopted_one_by_one_and_none_is_lost(tmp_path):
    corpus = real.corpus()
    if corpus is None:
        pytest.skip(f"the corpus {real.NAME} is not here; MANIFESTO_CORPUS may name its folder")
    played = real.play(tmp_path, real.pulls(corpus)[:12])
    assert len(played.filed) + sum(map(len, played.refused.values())) == 12
    assert len(played.adopted) + sum(played.stopped.values()) == len(played.filed)
    assert len(played.adopted) > 6
    assert played.lost == set()
    assert played.same_text
    assert played.verdict == "PROVED"
