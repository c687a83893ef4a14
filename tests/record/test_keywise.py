"""Settings that two sides changed unite key by key, or are refused with the key."""

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.record.keywise import keywise

MEMBER = "manifesto/roll/ben.yaml"
WAS = b"format: 1\nname: Ben\nkeys: [a, b]\naddresses: [ben@example.org]\n"


def test_other_keys_unite_over_their_file_and_its_comments_stay():
    its = b"# See the minutes.\nformat: 1\nname: Ben\nkeys: [a, b]\n"
    mine = WAS.replace(b"Ben", b"Benjamin")
    made = keywise(MEMBER, WAS, mine, its)
    assert made == b"# See the minutes.\nformat: 1\nname: Benjamin\nkeys: [a, b]\n"


def test_of_a_members_keys_and_addresses_each_stands_for_itself():
    mine = WAS.replace(b"[a, b]", b"[b, c]")
    its = WAS.replace(b"[a, b]", b"[a, b, d]").replace(b"[ben@example.org]", b"[b@example.org]")
    made = keywise(MEMBER, WAS, mine, its).decode()
    assert "keys: [b, d, c]\n" in made
    assert "b@example.org" in made


def test_a_key_that_both_set_is_refused_by_name_unless_ours_wins():
    mine, its = WAS.replace(b"Ben", b"Benjamin"), WAS.replace(b"Ben", b"Benedict")
    with pytest.raises(Refused, match=r"“name” in manifesto/roll/ben\.yaml"):
        keywise(MEMBER, WAS, mine, its)
    assert b"name: Benjamin\n" in keywise(MEMBER, WAS, mine, its, mine_wins=True)


def test_the_same_member_admitted_by_both_is_refused_where_they_differ():
    mine, its = (b"format: 1\nname: %s\n" % name for name in (b"Cleo", b"Clea"))
    with pytest.raises(Refused) as refused:
        keywise(MEMBER, None, mine, its)
    assert refused.value.code == "needs-people"
    assert keywise(MEMBER, None, its, its) == its


def test_what_could_not_be_read_together_is_refused():
    was = b"format: 1\ntitle: T\nlanguage: en\ntext: [one.md]\n"
    path = "manifesto/manifesto.yaml"
    its = was.replace(b"title: T", b"title: U")
    with pytest.raises(Refused, match=r"changed manifesto/manifesto\.yaml, and together"):
        keywise(path, was, was + b"state: in-force\nnothing: known\n", its)


def test_sources_unite_source_by_source():
    path, was = "manifesto/sources.yaml", b"format: 1\na:\n  title: A\n"
    made = keywise(path, was, was + b"b:\n  title: B\n", was.replace(b"title: A", b"title: AA"))
    assert made == b"format: 1\na:\n  title: AA\nb:\n  title: B\n"
