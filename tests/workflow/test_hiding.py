"""A text that hides something, as one pasted from elsewhere may, is cleaned by an amendment."""

from datetime import UTC, datetime

import pytest

from manifesto_tui.governance.problem import Refused
from manifesto_tui.workflow import deciding, proposing
from manifesto_tui.workflow.verifying import verify

LATER = datetime(2026, 11, 9, 9, tzinfo=UTC)
SEEN = "It costs nothing."
HIDES = "It co\u00adsts\u200b nothing."


@pytest.fixture
def pasted(speak):
    """The assembly, whose text somebody pasted in with a soft hyphen and a space of no width."""
    words = speak.read("manifesto.md").replace(SEEN, HIDES)
    speak.write("manifesto.md", words)
    speak.git("commit", "-qam", "Paste the text")
    return speak


def rewritten(desk, words):
    return {path: s.replace(HIDES, words) for path, s in desk.assembly.text.sources.items()}


def test_an_amendment_takes_out_what_hides_and_is_proved(pasted, sit):
    desk = sit()
    proposing.propose(desk, "Show it", "Because.", texts=rewritten(desk, SEEN))
    (proposal,) = desk.assembly.proposals
    (change,) = proposal.amendment.changes
    assert change.was == "- It co⟦U+00AD⟧sts⟦U+200B⟧ nothing."
    deciding.open_ballot(desk, [proposal.id], datetime(2026, 11, 8, 9, tzinfo=UTC))
    deciding.vote(desk, proposal.id, "for")
    deciding.decide(sit(LATER), proposal.id)
    assert SEEN in pasted.read("manifesto.md")
    assert verify(sit(LATER).repo).verdict == "PROVED"


@pytest.mark.parametrize("kept", ["co\u00adsts", "co⟦U+200D⟧sts"])
def test_what_hides_is_not_voted_in_again(pasted, sit, kept):
    desk = sit()
    with pytest.raises(Refused) as refused:
        proposing.propose(desk, "T", "R", texts=rewritten(desk, f"It {kept} little."))
    assert refused.value.code == "hidden-characters"


def test_a_document_that_came_back_with_tokens_changes_nothing_by_them(pasted, sit):
    desk = sit()
    came_back = rewritten(desk, "It co⟦U+00AD⟧sts⟦U+200B⟧ nothing.")
    more = {p: s.replace("Anyone may read it.", "All may read it.") for p, s in came_back.items()}
    proposing.propose(desk, "T", "R", texts=more)
    (change,) = desk.assembly.proposals[0].amendment.changes
    assert change.now == "- All may read it."
