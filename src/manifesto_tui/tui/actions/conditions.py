"""Says when an action cannot act, and why, in one sentence that helps.

Each condition is a pure question to the state. The workflow asks again when the action runs:
these only spare people a refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from manifesto_tui.tui.actions.permitted import LOADING, acting, stewards_alone
from manifesto_tui.tui.draw.when import moment
from manifesto_tui.tui.remedies import UNREAD
from manifesto_tui.tui.state import State

if TYPE_CHECKING:
    from manifesto_tui.workflow.card import Card

NO_ANCHOR = "This clause has no anchor yet; `manifesto-tui adopt` gives every clause one."


def _pick(state: State) -> str:
    """Says what leads to an amendment, where none is selected."""
    if state.view and not state.view.cards:
        return "Nothing has been proposed yet: press {mode.read}, then {amend} on a clause."
    if state.mode == "amendments":
        return "Select an amendment first; this is none."
    return "Select an amendment first: press {mode.amendments} for the list."


def always(state: State) -> str:
    """Can always act."""
    return ""


def loaded(state: State) -> str:
    """Needs the record to have been read."""
    return "" if state.view else LOADING


def not_playing(state: State) -> str:
    """Needs to be elsewhere than in the made-up assembly."""
    return "This is the made-up assembly; {back} leaves it." if state.playing else ""


def can_sync(state: State) -> str:
    """Needs a record that is meant for others."""
    if state.playing:
        return "This is the made-up assembly: nothing of it is sent. {back} leaves it."
    return loaded(state)


def can_amend(state: State) -> str:
    """Needs a clause with an anchor and a member."""
    return can_edit(state) or stewards_alone(state, "propose")


def can_edit(state: State) -> str:
    """Needs such a clause, and the right to propose where the text is in force."""
    if reason := acting(state):
        return reason
    if state.clause is None:
        return "Select a clause first."
    if state.clause.anchor is None:
        return NO_ANCHOR
    return "" if state.drafting else stewards_alone(state, "propose")


def can_edit_outside(state: State) -> str:
    """Needs also a real terminal to hand over."""
    if not state.terminal:
        key = "{revise}" if state.mode == "amendments" else "{amend}"
        return f"Your own editor cannot be opened here; press {key} to edit in the app."
    return can_revise(state) if state.mode == "amendments" else can_amend(state)


def has_a_diff(state: State) -> str:
    """Needs an amendment: on the selected clause, or the selected one."""
    if state.view is None:
        return LOADING
    if state.mode == "compare":
        otherwise = "" if state.whatif else "; {diff.style} draws them otherwise"
        return f"The differences stand here already{otherwise}."
    if state.card:
        return ""
    return {
        "read": "No amendment touches this clause.",
        "amendments": _pick(state),
        "history": "Select a decision first; {mode.compare} compares editions.",
    }[state.mode]


def has_a_life(state: State) -> str:
    """Needs a clause with an anchor, or what changes one."""
    if state.view is None:
        return LOADING
    if state.anchors:
        return ""
    if state.changed if state.mode == "compare" else state.mode == "read" and state.clause:
        return NO_ANCHOR
    return {
        "read": "Select a clause first.",
        "amendments": "Select an amendment that changes a clause of the text first.",
        "compare": "Select a clause that changes first."
        if state.whatif
        else "No change is selected here; {compare.choose} compares other states of the text.",
        "history": "Select a decision on a clause first.",
    }[state.mode]


def has_drafts(state: State) -> str:
    """Needs a kept draft."""
    return "" if state.drafts else "There are no drafts; press {amend} on a clause to begin one."


def can_vote(state: State) -> str:
    """Needs an open ballot."""
    if reason := acting(state):
        return reason
    if state.card is None:
        return _pick(state)
    stage = state.card.stage
    if reason := _unread(state.card):
        return reason
    if stage == "open":
        return "No ballot is open on it yet; a steward opens one with {ballot.open}."
    if stage == "closed":
        return "The ballot has closed; {decide} counts it."
    return "" if stage == "at the ballot" else f"It is {stage}: there is nothing to vote on."


def _represents(state: State) -> str:
    """Needs an open ballot whose rules let members vote for one another."""
    if reason := can_vote(state):
        return reason
    assert state.card is not None
    if state.card.ballot is None or not state.card.ballot.proxies:
        return "The rules of this ballot allow no proxies."
    return ""


def can_give_proxy(state: State) -> str:
    """Needs such a ballot, and that one has not voted on it."""
    if reason := _represents(state):
        return reason
    assert state.card is not None
    return "You have voted, and your own vote goes before a proxy." if state.card.my_vote else ""


def can_accept_proxy(state: State) -> str:
    """Needs a proxy that somebody gave the reader."""
    if reason := _represents(state):
        return reason
    return "" if state.offered else "Nobody has given you a proxy here that waits for you."


def can_withdraw_proxy(state: State) -> str:
    """Needs a proxy that the reader gave."""
    if reason := _represents(state):
        return reason
    return "" if state.given else "You have given nobody your proxy here."


def can_propose(state: State) -> str:
    """Needs the right to propose."""
    return acting(state) or stewards_alone(state, "propose")


def _undecided(state: State) -> str:
    if reason := acting(state):
        return reason
    if state.card is None:
        return _pick(state)
    if not state.card.is_undecided:
        return f"It is {state.card.stage} already."
    return _unread(state.card)


def _unread(card: Card) -> str:
    return UNREAD if card.kind == "unreadable" else ""


def _before_the_ballot(state: State) -> str:
    """Needs an undecided amendment on which no ballot was opened."""
    if reason := _undecided(state):
        return reason
    assert state.card is not None
    if state.card.kind == "ballot":
        return "This is a ballot: select one of the amendments on it."
    if state.card.stage == "closed":
        return "Its ballot has closed: its words are fixed."
    if not state.card.is_changeable:
        return "It is at the ballot: its words are fixed."
    return ""


def can_revise(state: State) -> str:
    """Needs an amendment of one's own before the ballot."""
    if reason := _before_the_ballot(state):
        return reason
    assert state.card is not None
    if state.is_mine(state.card):
        return stewards_alone(state, "revise")
    return "Only its proposer revises it; {word.otherwise} words it otherwise."


def can_rebase(state: State) -> str:
    """Needs one's own amendment, and a text that has moved under it."""
    if reason := can_revise(state):
        return reason
    assert state.card is not None
    if state.card.standing is None or state.card.standing.state == "clean":
        return "It fits the text as it is."
    if state.card.misfit:
        return f"It cannot be fitted by itself ({state.card.misfit}): {{revise}} words it anew."
    return ""


def can_word_otherwise(state: State) -> str:
    """Needs somebody else's amendment before the ballot."""
    if reason := _before_the_ballot(state):
        return reason
    assert state.card is not None
    if state.card.kind == "rules":
        return "It changes the rules: {rules.change} words others, to be put to the vote beside it."
    if state.is_mine(state.card):
        return "It is yours: {revise} revises it."
    return stewards_alone(state, "propose")


def can_accept(state: State) -> str:
    """Needs another wording of one's own amendment."""
    if reason := _before_the_ballot(state):
        return reason
    assert state.card is not None and state.view is not None
    amendment = state.card.proposal.amendment
    target = state.view.by_id.get(amendment.amends) if amendment and amendment.amends else None
    if target is None:
        return "It is not another wording of an amendment."
    return "" if state.is_mine(target) else "Only the proposer of that amendment accepts it."


def can_hide(state: State) -> str:
    """Needs a comment that one may hide: one's own, or any for a steward."""
    if reason := acting(state):
        return reason
    if state.card is None:
        return _pick(state)
    from manifesto_tui.governance.discussion import may_hide

    assert state.member is not None
    for said in state.card.discussion:
        if said.hidden is None and may_hide(state.member, said.comment):
            return ""
    return "There is no comment here that you may hide."


def can_choose(state: State) -> str:
    """Needs an undecided amendment."""
    if state.view is None:
        return LOADING
    if state.card is None or state.card.kind == "ballot":
        return _pick(state)
    if reason := _unread(state.card):
        return reason
    return "" if state.card.is_undecided else f"It is {state.card.stage} already."


def shows_changes(state: State) -> str:
    """Needs a comparison, or in the list of amendments one that is selected."""
    if state.whatif:
        return "A what-if always shows the whole text, its words marked by whose they are."
    return _pick(state) if state.mode == "amendments" and state.card is None else ""


def has_chosen(state: State) -> str:
    """Needs chosen amendments, or a selected one."""
    return "" if state.chosen else can_choose(state)


def can_second(state: State) -> str:
    """Needs an amendment of someone else before the ballot."""
    if reason := _undecided(state):
        return reason
    card = state.card
    assert card is not None
    if card.stage == "closed":
        return "Its ballot has closed: {decide} counts it."
    if not card.is_changeable:
        return "It is at the ballot already: vote on it with {vote}."
    if card.kind == "ballot":
        return "A ballot between rivals is not seconded."
    if state.is_mine(card):
        return "You proposed it; someone else has to second it."
    amendment, handle = card.proposal.amendment, state.view and state.view.handle
    wanted = (handle, amendment.revision if amendment else 1)
    if any((second.member, second.revision) == wanted for second in card.proposal.seconds):
        return "You have seconded it already."
    return stewards_alone(state, "second")


def can_comment(state: State) -> str:
    """Needs an amendment."""
    if reason := acting(state):
        return reason
    if state.card is None:
        return _pick(state)
    if state.card.kind == "ballot":
        return "Comment on one of the rivals."
    return _unread(state.card)


def can_open(state: State) -> str:
    """Needs an amendment that is before the ballot, and the right to open one."""
    if reason := _undecided(state):
        return reason
    assert state.card is not None
    if state.card.stage == "lapsed":
        return "It has lapsed: a second, a comment or a revision revives it."
    if state.card.stage != "open":
        return "Its ballot has been opened already."
    if reason := stewards_alone(state, "open"):
        return reason
    if state.card.misfit:
        return f"Its text no longer fits ({state.card.misfit}); it needs a new revision."
    return ""


def can_decide(state: State) -> str:
    """Needs a ballot whose time is over."""
    if reason := acting(state):
        return reason
    if state.card is None:
        return _pick(state)
    if reason := _unread(state.card):
        return reason
    if state.card.stage == "open":
        return "No ballot was opened on it yet."
    if state.card.stage == "at the ballot":
        closes = moment(state.card.ballot.closes) if state.card.ballot else ""
        return f"Its ballot is open until {closes}; it is counted after that."
    if "refiling" in state.card.asks:
        return "What carried no longer fits; it can be filed again."
    if state.card.stage != "closed":
        return f"It is {state.card.stage} already."
    return stewards_alone(state, "decide")


def can_withdraw(state: State) -> str:
    """Needs an open amendment of one's own."""
    if reason := _undecided(state):
        return reason
    assert state.card is not None
    if state.card.kind == "ballot":
        return "A ballot cannot be withdrawn."
    return "" if state.is_mine(state.card) else "Only its proposer can withdraw it."


def has_agenda(state: State) -> str:
    """Needs an amendment that is not decided yet, or a result."""
    if state.view is None:
        return LOADING
    result = state.card is not None and state.card.has_result
    if result or any(card.is_still_open for card in state.view.cards):
        return ""
    return "Nothing is open, and no result is selected: there is nothing to present."


def has_to_choose(state: State) -> str:
    """Needs an act that met what others sent first."""
    if state.view is None:
        return LOADING
    return "" if state.view.choose else "Nothing waits for you to choose between."


def can_undo(state: State) -> str:
    """Needs a member, and no act that is known to have no opposite."""
    return acting(state) or state.no_undo
