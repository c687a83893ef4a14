"""The desk: it reads the tip, writes one commit at a time, and loses no race."""

from dataclasses import replace
from datetime import timedelta

import pytest

from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.record import snapshot
from manifesto_tui.record.git import Repository
from manifesto_tui.workflow import deciding, discussing, editing, people, proposing, revising
from manifesto_tui.workflow.reading import card, cards
from manifesto_tui.workflow.ways import By


def edited(desk, was="It costs nothing.", now="It costs nothing, ever."):
    return {path: s.replace(was, now) for path, s in desk.assembly.text.sources.items()}


def filed_by(desk):
    recorded = proposing.propose(desk, "Say ever", "Because.", texts=edited(desk))
    return recorded[0].message.split()[1].rstrip(":")


def opened(desk):
    filed = filed_by(desk)
    deciding.open_ballot(desk, [filed], desk.now() + timedelta(days=7))
    return filed


def test_a_vote_that_lost_the_race_is_worked_out_anew_and_recorded(sit, speak):
    filed = opened(sit())
    slow, fast = sit(), sit()
    assert slow.assembly.commit == fast.assembly.commit
    people.admit(fast, "cleo", "Made-up Cleo")
    deciding.vote(slow, filed, "for")
    assert [v.choice for v in slow.assembly.find(filed).votes] == ["for"]
    assert "cleo" in slow.assembly.roll.by_handle


def test_a_second_vote_from_a_stale_desk_replaces_the_first_and_keeps_its_file(sit):
    filed = opened(sit())
    one, other = sit(), sit()
    deciding.vote(one, filed, "for")
    deciding.vote(other, filed, "against")
    assert [v.choice for v in sit().assembly.find(filed).votes] == ["against", "for"]
    assert deciding.tally(sit(), filed).against == 1


def test_words_typed_against_a_text_that_has_moved_are_not_laid_over_it(sit):
    slow, fast = sit(), sit()
    typed = edited(slow, "Anyone may read it.", "Everyone may read it.")
    editing.save_text(fast, edited(fast), "Say ever")
    with pytest.raises(Refused) as refused:
        editing.save_text(slow, typed, "Say everyone")
    assert refused.value.code == "text-moved"
    assert "ever." in sit().assembly.text.sources["manifesto.md"]


def test_what_is_written_is_announced_before_and_can_be_stopped(sit, speak):
    desk = sit()
    told = []

    def stop(paths, message):
        told.append((paths, message))
        raise Refused("stopped", "Not now.")

    desk.announce = stop
    before = speak.state()
    with pytest.raises(Refused):
        people.admit(desk, "cleo", "Made-up Cleo")
    assert told == [(("manifesto/roll/cleo.yaml",), "Admit cleo")]
    assert speak.state() == before


def test_the_desk_remembers_what_was_recorded_at_it(sit):
    desk = sit()
    recorded = people.admit(desk, "cleo", "Made-up Cleo")
    assert desk.recorded == [recorded]
    assert recorded.commit == desk.repo.head()
    assert recorded.undo == (By("roll retire", "cleo"), " takes them off again.")


def test_nobody_known_is_at_the_desk_and_may_still_read(sit, speak):
    speak.git("config", "--unset", "manifesto.handle")
    desk = sit()
    assert (desk.handle, desk.member) == (None, None)
    assert cards(desk) == ()
    with pytest.raises(Refused):
        desk.me()


def test_a_card_shows_an_amendment_that_was_decided_as_it_was(sit):
    desk = sit()
    filed = opened(desk)
    for handle in ("ada", "ben"):
        desk.repo.configure("manifesto.handle", handle)
        deciding.vote(desk, filed, "for")
    before = [(c.kind, c.was, c.now) for c in card(desk, filed).changes]
    late = sit(desk.now() + timedelta(days=8))
    deciding.decide(late, filed)
    shown = card(late, filed)
    assert shown.stage == "adopted"
    assert [(c.kind, c.was, c.now) for c in shown.changes] == before
    assert shown.words_delta == 1


def test_a_card_asks_for_the_vote_of_members_on_the_ballots_roll_only(sit):
    desk = sit()
    filed = opened(desk)
    assert card(desk, filed).needs_my_vote
    people.admit(desk, "cleo", "Made-up Cleo")
    desk.repo.configure("manifesto.handle", "cleo")
    assert not card(desk, filed).needs_my_vote


def test_a_vote_is_planned_without_writing_anything(sit, speak):
    desk = sit()
    filed = opened(desk)
    before = speak.state()
    planned = deciding.plan_vote(desk, filed, "for", reason="Because.")
    assert speak.state() == before
    assert planned.path.endswith("/votes/ada.yaml")
    assert b"choice: for" in planned.content or b'choice: "for"' in planned.content
    done = deciding.vote(desk, filed, "for", reason="Because.", seen_effect=planned.effect)
    assert done.paths == (planned.path,)
    assert replace(planned.vote, digest="", path="") == replace(
        desk.assembly.find(filed).votes[0], digest="", path=""
    )


def test_an_edit_that_cannot_be_recorded_leaves_the_file_as_it_was_typed(sit, speak):
    typed = speak.read("manifesto.md") + "\nA new clause.\n"
    speak.write("manifesto.md", typed)
    speak.git("checkout", "-q", "--detach")
    with pytest.raises(Refused):
        editing.edit(sit(), "Because")
    assert speak.read("manifesto.md") == typed


def test_two_comments_in_one_second_are_two_files(sit):
    desk = sit()
    filed = opened(desk)
    one = discussing.comment(desk, filed, "One.")
    two = discussing.comment(desk, filed, "Two.")
    assert one.paths != two.paths
    assert {c.text for c in desk.assembly.find(filed).comments} == {"One.", "Two."}


def test_nothing_is_recorded_that_could_not_be_read_back(sit, speak):
    desk = sit()
    filed = opened(desk)
    before = speak.state()
    with pytest.raises(BadInput) as refused:
        discussing.comment(desk, filed, "word " * 20_000)
    assert "65,536" in refused.value.sentence
    assert speak.state() == before


def test_a_file_of_a_proposal_is_written_once(sit, speak):
    desk = sit()
    opened(desk)
    path = next(p for p in desk.recorded[0].paths)
    content = (desk.repo.work_tree / path).read_bytes()
    before = speak.state()
    with pytest.raises(Refused) as refused:
        desk.record({path: content}, "Write it again")
    assert (refused.value.code, refused.value.where) == ("written-once", path)
    assert speak.state() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, filed: discussing.comment(desk, filed, "\u202e"),
        lambda desk, filed: revising.withdraw(desk, filed, "\x1b[31m"),
        lambda desk, filed: deciding.vote(desk, filed, "for", reason="a\u200bb"),
        lambda desk, filed: people.admit(desk, "cleo", "Cleo\x07"),
        lambda desk, filed: editing.save_text(desk, edited(desk), "\x9b"),
        lambda desk, filed: proposing.propose(desk, "\x1b]8", "R", texts=edited(desk)),
        lambda desk, filed: proposing.propose(desk, "T", "\u2066", texts=edited(desk)),
    ],
    ids=["comment", "withdraw", "vote", "admit", "edit", "title", "reason"],
)
def test_hidden_characters_are_recorded_nowhere(sit, speak, act):
    desk = sit()
    filed = opened(desk)
    before = speak.state()
    with pytest.raises(Refused) as refused:
        act(desk, filed)
    assert refused.value.code == "hidden-characters"
    assert speak.state() == before


def test_a_new_revision_can_be_seconded_anew(sit, speak):
    filed = filed_by(sit())
    speak.git("config", "manifesto.handle", "ben")
    first = proposing.second(sit(), filed)
    with pytest.raises(Refused, match="already"):
        proposing.second(sit(), filed)
    speak.git("config", "manifesto.handle", "ada")
    desk = sit()
    revising.revise(desk, filed, texts=edited(desk, now="It costs nobody anything."))
    speak.git("config", "manifesto.handle", "ben")
    again = proposing.second(sit(), filed)
    assert first.paths != again.paths
    assert {s.revision for s in sit().assembly.find(filed).seconds} == {1, 2}


def test_a_commit_that_was_read_before_is_found_again_without_git(sit, monkeypatch):
    desk = sit()
    tip = desk.assembly.commit
    once = desk.assembly_at(tip)

    def refuse(*_):
        raise AssertionError("git was asked")

    monkeypatch.setattr(Repository, "resolve", refuse)
    assert desk.assembly_at(tip) is once


def test_the_text_of_an_earlier_commit_is_read_without_the_record_of_that_time(sit, monkeypatch):
    desk = sit()
    text = desk.assembly.text
    monkeypatch.setattr(snapshot, "read_assembly", lambda *_: pytest.fail("It was read whole."))
    assert desk.text_at("HEAD~1") == text
