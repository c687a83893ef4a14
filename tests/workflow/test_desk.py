"""The desk: it reads the tip, writes one commit at a time, and loses no race."""

from dataclasses import replace
from datetime import timedelta

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.workflow import deciding, editing, people, proposing
from manifesto_tui.workflow.reading import card, cards


def edited(desk, was="It costs nothing.", now="It costs nothing, ever."):
    return {path: s.replace(was, now) for path, s in desk.assembly.text.sources.items()}


def opened(desk):
    recorded = proposing.propose(desk, "Say ever", "Because.", texts=edited(desk))
    filed = recorded[0].message.split()[1].rstrip(":")
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
    assert "roll retire cleo" in recorded.undo


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
