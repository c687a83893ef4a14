"""Explains a clause: each wording it has had, by which amendment, why, and with what count.

Also what the signature of everybody who had a part in it proves.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.countering import modified_by
from manifesto_tui.governance.signature import UNSIGNED
from manifesto_tui.governance.tally import Tally
from manifesto_tui.record import layout
from manifesto_tui.workflow.counting import signatures_in, tally_of
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.life import Wording, life


@dataclass(frozen=True, slots=True)
class Part:
    """What one member did towards a wording, and what people read of the signature beside it.

    `did` is "proposed", "revised", "seconded", "opened the ballot", "voted", "gave a proxy",
    "took the proxy back", "accepted the proxy" or "recorded the result". `said` is the answer of
    a vote, or "to" and "of" whom a proxy was. `why` says why a vote or a proxy does not count.
    """

    did: str
    by: str
    path: str
    signature: str
    said: str = ""
    why: str = ""

    @property
    def sentence(self) -> str:
        """The part as one line."""
        said = f" {self.said}" if self.said else ""
        why = f"; it does not count: {self.why}" if self.why else ""
        return f"{self.by} {self.did}{said} ({self.signature}{why})."


@dataclass(frozen=True, slots=True)
class Explained:
    """One wording and what it rests on; `count` is empty for an edit while drafting.

    `votes` are those that counted, `signed` how many of them stand beside a signature;
    `modified_by` whose wording the amendment had taken up; `parts` what each member did, from
    the proposal to the result.
    """

    wording: Wording
    reasons: str = ""
    count: tuple[str, ...] = ()
    votes: int = 0
    signed: int = 0
    modified_by: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Returns the wording as `verify --explain --json` prints it."""
        return {
            "commit": self.wording.commit,
            "when": self.wording.when,
            "author": self.wording.author,
            "message": self.wording.message,
            "words": self.wording.words,
            "how": self.wording.how,
            "amendment": _decided(self.wording),
            "modified_by": list(self.modified_by),
            "reasons": self.reasons,
            "sentences": list(self.count),
            "votes": self.votes,
            "signed": self.signed,
            "signatures": [asdict(part) for part in self.parts],
        }


def explain(desk: Desk, anchor: str) -> tuple[Explained, ...]:
    """Returns every wording of a clause with its grounds; BadInput "clause-unknown" for none."""
    return tuple(_explained(desk, wording) for wording in life(desk, anchor))


def _decided(wording: Wording) -> str:
    proposal = wording.proposal
    decision = proposal.decision if proposal else None
    return decision.adopted if decision else ""


def _explained(desk: Desk, wording: Wording) -> Explained:
    adopted, held = _decided(wording), wording.proposal
    if not adopted or held is None:
        return Explained(wording)
    proposal = desk.find(adopted)
    amendment = proposal.amendment
    tally = tally_of(desk, held)
    return Explained(
        wording,
        reasons=amendment.rationale.strip() if amendment else "",
        count=tally.sentences,
        votes=len(tally.counted),
        signed=sum(judged.vote.signed for judged in tally.counted),
        modified_by=modified_by(proposal),
        parts=tuple(_parts(desk, proposal, held, tally)),
    )


def _parts(desk: Desk, proposal: Proposal, held: Proposal, tally: Tally) -> Iterator[Part]:
    """Yields what each member did; `held` is the folder of the ballot that was counted."""
    labels = {
        path: found.label
        for folder in {proposal.folder: proposal, held.folder: held}.values()
        for path, found in signatures_in(desk, folder).items()
    }

    def part(did: str, by: str, path: str, said: str = "", why: str = "") -> Part:
        return Part(did, by, path, labels.get(path, UNSIGNED.label), said, why)

    for amendment in proposal.revisions:
        path = layout.amendment_path(proposal.folder, amendment.revision)
        yield part("proposed" if amendment.revision == 1 else "revised", amendment.proposer, path)
    for second in proposal.seconds:
        path = layout.second_path(proposal.folder, second.member, second.revision)
        yield part("seconded", second.member, path)
    if held.ballot:
        yield part("opened the ballot", held.ballot.opener, layout.ballot_path(held.folder))
    for judged in tally.votes:
        yield part("voted", judged.voter, judged.vote.path, judged.choice, judged.why)
    for one in tally.proxies:
        proxy, accepted = one.proxy, one.acceptance
        did = "gave a proxy" if proxy.holder else "took the proxy back"
        to = f"to {proxy.holder}" if proxy.holder else ""
        yield part(did, proxy.giver, proxy.path, to, one.why if proxy.holder else "")
        if accepted:
            yield part("accepted the proxy", accepted.holder, accepted.path, f"of {proxy.giver}")
    if held.decision:
        path = layout.decision_path(held.folder)
        yield part("recorded the result", held.decision.decider, path)
