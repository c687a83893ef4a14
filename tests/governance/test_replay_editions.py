"""Replays histories with editions and signatories, sound and forged."""

import pytest

from governance.history import (
    STEWARD,
    History,
    edition_file,
    folder,
    member,
    reword,
    signatory_file,
)
from governance.paper import paper
from manifesto_tui.governance.edition import Edition, Tag
from manifesto_tui.governance.replay.editions import judge_tags

DIGEST = "sha256:" + "0" * 64


@pytest.fixture
def history() -> History:
    """An assembly that has adopted k7f3 and made edition 1.0.0."""
    made = History()
    made.adopt("k7f3")
    made.edition()
    return made


def only(history: History, code: str, path: str) -> None:
    assert [(found.code, found.path) for found in history.proof().findings] == [(code, path)]


def test_editions_and_signatories_made_by_the_rules_are_proved(history):
    first = history.head
    history.sign("bea", author="bea")
    history.sign("kim", "Made-up Kim", recorded_by=STEWARD)
    history.adopt("m2pq", reword("teams-1", "for years", "for many years"))
    second = history.edition()
    history.sign("bea", author="bea", edition="1.1.0")
    history.sign("kim", name="", edition="", signed="", withdrawn="2026-12-01T12:00:00Z",
                 recorded_by=STEWARD)  # fmt: skip
    proof = history.proof()
    assert proof.findings == ()
    assert dict(proof.editions) == {"1.0.0": first, "1.1.0": second}


def test_an_editorial_amendment_makes_a_patch():
    history = History()
    history.edition()
    history.propose("m2pq", reword("open-2", "Records follow", "Records, then, follow"),
                    kind="editorial")  # fmt: skip
    history.open("m2pq")
    history.vote("m2pq", "ada", "bea", "cem")
    history.decide("m2pq")
    history.edition()
    assert history.proof().findings == ()
    assert [each.number for each in history.assembly.editions] == ["1.0.0", "1.0.1"]


def test_a_number_that_does_not_follow(history):
    history.adopt("m2pq", reword("teams-1", "for years", "for many years"))
    history.edition(number="2.0.0")
    only(history, "edition-number", edition_file("2.0.0"))


def test_a_first_edition_with_another_number():
    history = History()
    history.edition(number="1.2.0")
    only(history, "edition-number", edition_file("1.2.0"))


def test_the_same_text_made_an_edition_again(history):
    digest = history.assembly.editions[0].text
    made = Edition("1.0.1", digest, "2026-12-01T12:00:00Z", STEWARD)
    history.commit({edition_file("1.0.1"): paper(made)})
    only(history, "edition-number", edition_file("1.0.1"))


def test_an_edition_of_another_text():
    history = History()
    history.edition(text=DIGEST)
    only(history, "edition-text", edition_file("1.0.0"))


def test_an_edition_that_hides_a_decision():
    history = History()
    history.adopt("k7f3")
    history.edition(decisions=())
    only(history, "edition-decisions", edition_file("1.0.0"))


def test_an_edition_made_by_no_steward():
    history = History()
    history.edition(steward="bea")
    only(history, "edition-maker", edition_file("1.0.0"))


def test_an_edition_of_a_draft():
    history = History(in_force=False)
    text = history.proof().text
    made = Edition("1.0.0", text, "2026-12-01T12:00:00Z", STEWARD)
    history.commit({edition_file("1.0.0"): paper(made)})
    only(history, "edition-early", edition_file("1.0.0"))


def test_an_edition_changed_after_it_was_made(history):
    (made,) = history.assembly.editions
    history.commit({edition_file("1.0.0"): paper(made) + b" "})
    only(history, "record-edited", edition_file("1.0.0"))


def test_an_edition_taken_away(history):
    history.commit({edition_file("1.0.0"): None})
    only(history, "record-deleted", edition_file("1.0.0"))


def test_an_edition_made_on_a_branch_is_known_where_it_is_merged():
    history = History()
    fork = history.head
    history.propose("m2pq", reword("teams-1", "for years", "for many years"))
    other = history.head
    history.add(history.trees[fork], "Ada <ada@example.org>", [fork])
    made = history.edition()
    history.head, tip = other, history.head
    history.merge(tip)
    proof = history.proof()
    assert proof.findings == ()
    assert dict(proof.editions) == {"1.0.0": made}
    history.open("m2pq")
    history.vote("m2pq", "ada", "bea", "cem")
    history.decide("m2pq")
    history.edition()
    assert history.proof().findings == ()


def test_a_name_that_no_member_recorded(history):
    history.sign("kim", "Made-up Kim")
    only(history, "signatory-by", signatory_file("kim"))


def test_a_name_recorded_by_no_steward(history):
    history.sign("kim", "Made-up Kim", recorded_by="bea")
    only(history, "signatory-by", signatory_file("kim"))


def test_a_name_under_an_edition_there_is_not(history):
    history.sign("bea", edition="3.0.0")
    only(history, "signatory-edition", signatory_file("bea"))


def test_a_name_taken_back_that_stands_nowhere(history):
    history.sign("bea", edition="", signed="", withdrawn="2026-12-01T12:00:00Z")
    only(history, "signatory-edition", signatory_file("bea"))


def test_a_member_under_another_name(history):
    history.sign("bea", "Somebody else")
    only(history, "signatory-name", signatory_file("bea"))


def test_a_member_counted_for_others(history):
    history.sign("bea", constituency="patients")
    only(history, "signatory-name", signatory_file("bea"))


def test_a_members_name_under_another_handle(history):
    history.sign("kim", member("bea").name.upper(), recorded_by=STEWARD)
    only(history, "signatory-name", signatory_file("kim"))


def test_a_name_in_another_ones_file(history):
    history.sign("kim", "Made-up Kim", recorded_by=STEWARD)
    act = history.assembly.signatories[0]
    history.commit({signatory_file("lee"): paper(act)})
    only(history, "signatory-name", signatory_file("lee"))


def test_hidden_characters_in_a_name(history):
    history.sign("kim", "Made-up \u202eKim", recorded_by=STEWARD)
    only(history, "hidden-characters", signatory_file("kim"))


def test_an_unsigned_name_where_signatures_are_required():
    from dataclasses import replace

    from manifesto_tui.governance.rules import READY

    history = History(replace(READY["simple"], signatures="required"))
    history.edition()
    history.sign("bea", author="bea")
    codes = {(found.code, found.path) for found in history.proof().findings}
    assert ("record-unsigned", edition_file("1.0.0")) in codes
    assert ("record-unsigned", signatory_file("bea")) in codes


def test_a_file_that_is_none_of_an_editions(history):
    history.commit({"manifesto/editions/notes.txt": b"Notes."})
    only(history, "path-unknown", "manifesto/editions/notes.txt")


def test_tags_are_held_against_the_commits():
    editions = {"1.0.0": "a" * 40, "1.1.0": "b" * 40, "2.0.0": "c" * 40}
    tags = (
        Tag("edition-1.0.0", "a" * 40, True),
        Tag("edition-1.1.0", "d" * 40, True),
        Tag("edition-3.0.0", "e" * 40, True),
    )
    found = judge_tags("f" * 40, editions, tags)
    assert [(each.code, each.commit[0]) for each in found] == [
        ("edition-tag-moved", "b"),
        ("edition-tag-missing", "c"),
        ("edition-tag-alone", "f"),
    ]


def test_a_tag_that_somebody_made_by_hand_is_a_note():
    found = judge_tags("f" * 40, {"1.0.0": "a" * 40}, [Tag("edition-1.0.0", "a" * 40, False)])
    assert [(each.code, each.severity) for each in found] == [("edition-tag-plain", "note")]


def test_a_decision_and_the_edition_with_it_may_come_together(history):
    history.propose("m2pq", reword("teams-1", "for years", "for many years"))
    history.open("m2pq")
    history.vote("m2pq", "ada", "bea", "cem")
    files = history.decision_files("m2pq")
    assert f"{folder('m2pq')}/decision.yaml" in files
    tree = dict(history.trees[history.head])
    history.commit(files)
    edition = history.trees[history.edition()]
    both = {path: entry for path, entry in edition.items() if tree.get(path) != entry}
    history.deltas = history.deltas[:-2]
    history.head = history.deltas[-1].commit
    history.commit({path: data for path, (_, data) in both.items()})
    assert history.proof().findings == ()


def test_a_name_is_taken_back_once(history):
    back = {"name": "", "edition": "", "signed": "", "withdrawn": "2026-12-01T12:00:00Z"}
    history.sign("kim", "Made-up Kim", recorded_by=STEWARD)
    history.sign("kim", recorded_by=STEWARD, **back)
    assert history.codes() == []
    history.sign("kim", recorded_by=STEWARD, **back)
    only(history, "signatory-edition", signatory_file("kim", 3))


def test_what_is_wrong_with_editions_names_and_tags_is_said():
    history = History()
    history.adopt("k7f3")
    history.edition(number="1.2.0", text=DIGEST, steward="bea", decisions=("m2pq",))
    history.sign("zoe", "Made-up Zoe")
    history.sign("bea", "Somebody else", edition="3.0.0")
    history.sign("kim", member("bea").name, recorded_by=STEWARD, edition="1.2.0")
    history.sign("lee", edition="", signed="", withdrawn="now", recorded_by=STEWARD)
    act = history.assembly.signatories[0]
    history.commit({signatory_file("max"): paper(act)})
    assert [found.sentence for found in history.proof().findings] == [
        "“bea” is no steward, and only stewards may make an edition.",
        "Edition 1.2.0 names another text than its commit has.",
        "Edition 1.2.0 comprises k7f3 and names m2pq.",
        "“zoe” is not on the roll, and only members may sign an edition for themselves.",
        "Made-up Zoe signed edition 1.0.0, and there is none.",
        "Somebody else signed edition 3.0.0, and there is none.",
        "bea is on the roll by another name, or for another constituency.",
        "“Bea, made up” is the name of bea, and stands for kim.",
        "lee takes back a name that stands nowhere.",
        f"The file of {act.handle} is not named after them.",
    ]
    found = judge_tags(
        "f" * 40,
        {"1.0.0": "0123456789abcdef", "1.1.0": "b" * 40, "2.0.0": "c" * 40},
        (
            Tag("edition-1.0.0", "fedcba9876543210", True),
            Tag("edition-1.1.0", "b" * 40, False),
            Tag("edition-3.0.0", "fedcba9876543210", True),
        ),
    )
    assert [each.sentence for each in found] == [
        "The tag edition-1.0.0 leads to fedcba987654, and the edition is 0123456789ab.",
        "The tag edition-1.1.0 is not annotated as the edition's own is.",
        "This clone has no tag edition-2.0.0; opening the manifesto makes it.",
        "The tag edition-3.0.0 leads to fedcba987654, and the record has no such edition.",
    ]


def test_which_number_an_edition_has_and_why_is_said(history):
    history.adopt("m2pq", reword("teams-1", "for years", "for many years"))
    history.edition(number="2.0.0")
    assert [found.sentence for found in history.proof().findings] == [
        "This is called edition 2.0.0, and is 1.1.0: clauses were changed."
    ]
    first = History()
    first.edition(number="1.2.0", decisions=("m2pq",))
    assert [found.sentence for found in first.proof().findings] == [
        "This is called edition 1.2.0, and is 1.0.0: it is the first.",
        "Edition 1.2.0 comprises no decision and names m2pq.",
    ]
    hidden = History()
    hidden.adopt("k7f3")
    hidden.edition(decisions=())
    assert [found.sentence for found in hidden.proof().findings] == [
        "Edition 1.0.0 comprises k7f3 and names none."
    ]


def test_a_retired_members_name_may_be_anothers(history):
    history.commit({"manifesto/roll/eve.yaml": paper(member("eve", retired=True))})
    history.sign("kim", member("eve").name, recorded_by=STEWARD)
    assert history.codes() == []
