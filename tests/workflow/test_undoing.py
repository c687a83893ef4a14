"""The last act is taken back by its opposite, and where there is none that is said."""

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.workflow import deciding, discussing, people, proposing, revising, verifying
from manifesto_tui.workflow.counting import current_vote
from manifesto_tui.workflow.editing import save_text
from manifesto_tui.workflow.undoing import find_undo, undo


@pytest.fixture
def desk(sit):
    return sit()


@pytest.fixture
def amendment(desk):
    """An amendment of the first clause, by the member at the desk; its id."""
    path = next(iter(desk.assembly.text.sources))
    words = desk.assembly.text.sources[path].rstrip() + "\n\nA clause at the end.\n"
    proposing.propose(desk, "Say more", "It is short.", texts={path: words})
    return desk.assembly.proposals[-1].id


def why_not(desk) -> str:
    with pytest.raises(Refused) as refused:
        find_undo(desk)
    assert refused.value.hint
    return refused.value.sentence


def test_a_changed_vote_is_cast_again_as_it_was_and_a_first_one_stays(desk, amendment):
    deciding.open_ballot(desk, [amendment], desk.now().replace(day=20))
    deciding.vote(desk, amendment, "against", reason="Too long.")
    assert why_not(desk) == "A first vote can be changed and not unsaid."
    deciding.vote(desk, amendment, "for")
    assert find_undo(desk).told == "Casts your vote before it again: against."
    undo(desk)
    now = current_vote(desk.find(amendment), "ada")
    assert (now.choice, now.reason) == ("against", "Too long.")
    assert find_undo(desk).told == "Casts your vote before it again: for."
    assert verifying.verify(desk.repo).verdict.startswith("PROVED")


def test_a_proposal_is_withdrawn_and_a_withdrawal_stands(desk, amendment):
    assert find_undo(desk).told.startswith(f"Withdraws {amendment};")
    undo(desk)
    assert desk.find(amendment).withdrawal
    assert why_not(desk) == "A withdrawal stands."


def test_a_revision_gives_way_to_the_one_before(desk, amendment):
    revising.revise(desk, amendment, title="Say much more")
    undo(desk)
    assert [r.title for r in desk.find(amendment).revisions] == [
        "Say more",
        "Say much more",
        "Say more",
    ]


def test_a_comment_is_hidden_and_stays_hidden(desk, amendment):
    discussing.comment(desk, amendment, "Hasty words")
    undo(desk)
    assert [c.hides for c in desk.find(amendment).comments if c.text != "Hasty words"] == [
        next(c.name for c in desk.find(amendment).comments if c.text == "Hasty words")
    ]
    assert why_not(desk) == "What is hidden stays hidden."


def test_the_words_of_a_draft_are_written_back(desk):
    path, before = next(iter(desk.assembly.text.sources.items()))
    save_text(desk, {path: before.rstrip() + "\n\nToo much.\n"}, "Say too much")
    undo(desk)
    assert desk.assembly.text.sources[path] == before


def test_who_was_admitted_retires_and_comes_back(desk):
    people.admit(desk, "cleo", "Made-up Cleo", "patients")
    undo(desk)
    assert desk.assembly.roll.by_handle["cleo"].retired
    undo(desk)
    cleo = desk.assembly.roll.by_handle["cleo"]
    assert (cleo.retired, cleo.constituency) == (False, "patients")


def test_another_members_act_is_theirs(speak, sit):
    proposing.propose(
        sit(),
        "Say more",
        "It is short.",
        texts={p: s + "\n\nMore.\n" for p, s in list(sit().assembly.text.sources.items())[:1]},
    )
    speak.act_as("ben")
    assert why_not(sit()) == "What was recorded last is ada’s, not yours."


def test_the_command_says_it_first_and_does_it(speak):
    speak.act_as("ada")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    said = speak.done("undo", "--dry-run", "--json")
    assert said.json == {
        "undoes": "Admit cleo",
        "by": "Retires Made-up Cleo; they stay on the roll for history.",
    }
    speak.done("undo")
    assert "cleo  Made-up Cleo (retired)" in speak.done("roll", "list").out
