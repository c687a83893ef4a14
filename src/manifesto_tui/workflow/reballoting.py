"""Makes again what hangs on a ballot, where others opened one before.

Of two ballots on one amendment the one that was sent stands. A vote or a proxy on the other goes
to it where it asks the same. Where it does not, a vote is kept as a comment. So is a withdrawal
that came after the amendment was put to the vote; a revision is filed by itself.
"""

from dataclasses import replace

from manifesto_tui.governance.amendment import Amendment, Withdrawal
from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.ballot import Ballot, Vote
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.opening import draw_up
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import Refused
from manifesto_tui.governance.proxy import Acceptance, Proxy, acceptance_fault, fault
from manifesto_tui.record import forms, layout
from manifesto_tui.record.remaking import Remade
from manifesto_tui.workflow.again import Again
from manifesto_tui.workflow.counting import pinned

# What is made again is signed after it was judged.
_SOUND = ("", "unsigned")


def opened(again: Again, path: str) -> Remade:
    """Returns the opening of a ballot, drawn up anew where the text or the roll has changed."""
    was = again.read(path)
    assert isinstance(was, Ballot), "the path says that it is a ballot"
    assembly = again.there.assembly
    names = ", ".join(option.amendment for option in was.options)
    try:
        now = _drawn_up(assembly, was)
    except Refused as why:
        return again.gone(f"The ballot on {names} does not stand: {why.sentence}")
    if again.desk.repo.holds(was.base, assembly.commit):
        kept = replace(now, base=was.base)
        if forms.write(kept) == again.data(path):
            return again.as_it_was()
    signed = again.signed(path, {path: forms.write(now)}, was.opener)
    if signed is None:
        return again.gone(f"The ballot on {names} waits for {was.opener}, whose key is not here.")
    return again.made(signed)


def vote(again: Again, path: str) -> Remade:
    """Returns a vote as it was, or on the ballot that stands where that one asks the same."""
    was, held = again.read(path), again.held(path)
    assert isinstance(was, Vote), "the path says that it is a vote"
    ballot = held.ballot if held else None
    if held and ballot and was.effect == ballot.effect:
        if was.ballot_digest in ("", ballot.digest):
            return again.as_it_was()
        roll, _ = pinned(again.there, ballot)
        free = layout.vote_path(held.folder, was.voter, [vote.path for vote in held.votes])
        data = forms.write(replace(was, ballot_digest=ballot.digest))
        signed = again.signed(path, {free: data}, was.voter)
        in_time = was.voter in roll.by_handle and moment(was.cast) < moment(ballot.closes)
        if signed is not None and in_time:
            return again.made(signed)
    answer = " > ".join(was.ranking) or was.choice
    return again.in_words(
        *(path, was.voter, was.cast),
        f"I voted {answer} on a ballot that does not stand. {was.reason}",
        f"{was.voter} voted {answer} on {was.ballot} as it was put here, which does not stand",
        "Ask them to vote again, or to say so.",
    )


def proxy(again: Again, path: str) -> Remade:
    """Returns a proxy as it was, or for the ballot that stands where that one asks the same."""
    was, held = again.read(path), again.held(path)
    assert isinstance(was, Proxy), "the path says that it is a proxy"
    ballot = held.ballot if held else None
    if held and ballot and ballot.digest == was.ballot_digest:
        return again.as_it_was()
    before = again.held_before(path)
    asked = before.ballot.effect if before and before.ballot else ""
    if held and ballot and ballot.effect == asked:
        free = layout.proxy_path(held.folder, was.giver, [p.path for p in held.proxies])
        now = replace(was, ballot_digest=ballot.digest, path=free)
        if fault(ballot, now, *pinned(again.there, ballot))[0] in _SOUND:
            signed = again.signed(path, {free: forms.write(now)}, was.giver)
            if signed is not None:
                return again.made(signed)
    told = f"{was.giver} gave a proxy for {was.ballot} as it was put here"
    return again.gone(f"{told}: give it again.")


def acceptance(again: Again, path: str) -> Remade:
    """Returns what a holder accepted as it was, or of the same proxy as it was made again."""
    was, held = again.read(path), again.held(path)
    assert isinstance(was, Acceptance), "the path says that it is an acceptance"
    ballot, before = held.ballot if held else None, again.held_before(path)
    meant = next((p for p in before.proxies if p.digest == was.proxy), None) if before else None
    for given in held.proxies if held else ():
        if given.digest == was.proxy:
            return again.as_it_was()
        if held is None or ballot is None or meant is None or not _is_same(given, meant):
            continue
        free = layout.acceptance_path(held.folder, was.holder, [a.path for a in held.acceptances])
        now = replace(was, proxy=given.digest, path=free)
        wrong = acceptance_fault(ballot, now, held.mandates, *pinned(again.there, ballot))
        signed = again.signed(path, {free: forms.write(now)}, was.holder)
        if wrong[0] in _SOUND and signed is not None:
            return again.made(signed)
    return again.gone(
        f"{was.holder} accepted to vote for {was.giver} on {was.ballot} as it was put here: "
        "accept it again."
    )


def filed(again: Again, path: str) -> Remade:
    """Returns an amendment as it was; a revision of one at the ballot as one by itself."""
    held = again.held(path)
    if held is None or held.amendment is None or not again.there.assembly.ballot_for(held):
        return again.as_it_was()
    was = again.read(path)
    assert isinstance(was, Amendment), "the path says that it is an amendment"
    new = layout.new_id(again.there.assembly.by_id)
    alone = replace(was, id=new, revision=1, rivals=(*was.rivals, held.id))
    free = layout.amendment_path(layout.proposal_folder(moment(was.filed), new, was.title))
    told = f"{held.id} was revised here after it was put to the vote there: that ballot stands"
    signed = again.signed(path, {free: forms.write(alone)}, was.proposer)
    if signed is None:
        return again.gone(f"{told}. Ask {was.proposer} to file it anew.")
    message = f"Propose {new}: {was.title}"
    return again.made(signed, f"{told}, and the revision is filed as {new}.", message=message)


def withdrawal(again: Again, path: str) -> Remade:
    """Returns a withdrawal as it was; in words where the amendment is at the ballot by now."""
    was, held = again.read(path), again.held(path)
    assert isinstance(was, Withdrawal), "the path says that it is a withdrawal"
    if held is None or not again.there.assembly.ballot_for(held):
        return again.as_it_was()
    return again.in_words(
        *(path, was.member, was.at),
        f"I withdrew this before I knew that it was put to the vote. {was.reason}",
        f"{held.id} was withdrawn here after it was put to the vote there: the ballot stands",
        "Ask them to say why.",
    )


def _is_same(one: Proxy, other: Proxy) -> bool:
    return (one.giver, one.holder, one.given) == (other.giver, other.holder, other.given)


def _drawn_up(assembly: Assembly, was: Ballot) -> Ballot:
    """Returns a ballot as it has to be on this record; Refused where it cannot stand."""
    refuse(assembly, was.opener, "open")
    held = [assembly.by_id[option.amendment] for option in was.options]
    for proposal, option in zip(held, was.options, strict=True):
        what = proposal.id
        if assembly.ballot_for(proposal):
            raise Refused("already-at-the-ballot", f"{what} was put to the vote there before.")
        if proposal.withdrawal:
            raise Refused("withdrawn", f"{what} was withdrawn there.")
        if proposal.amendment is None or proposal.amendment.revision != option.revision:
            raise Refused("needs-revision", f"{what} was revised there.")
    return draw_up(
        *(assembly.text, assembly.roll, assembly.rules),
        [proposal.amendment for proposal in held if proposal.amendment],
        ballot_id=was.id,
        opened=was.opened,
        closes=was.closes,
        opener=was.opener,
        base=assembly.commit,
        title=was.title,
    )
