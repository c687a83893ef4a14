"""Puts amendments to the vote.

A ballot pins what is voted on, who may vote and what carries: all three as they are at the
commit that `Ballot.base` names.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Option
from manifesto_tui.governance.colliding import collisions_with
from manifesto_tui.governance.collision import Collision, relation
from manifesto_tui.governance.countering import rivals_of
from manifesto_tui.governance.effect import amendment_effect, effect_of, enact, standing
from manifesto_tui.governance.entrenchment import asked, touched
from manifesto_tui.governance.lifecycle import CHANGEABLE, lapses, stage
from manifesto_tui.governance.moment import in_words, moment, written
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import NO_OBJECTION, Rules, Threshold, rules_digest
from manifesto_tui.governance.ruling import refuse_ballot
from manifesto_tui.governance.stranding import undecided
from manifesto_tui.prose import Text

_NOBODY = Threshold.parse("at least 0 members")


def open_ballot(
    assembly: Assembly,
    ids: Sequence[str],
    closes: datetime,
    opener: str,
    now: datetime,
    ballot_id: str | None = None,
    title: str = "",
) -> Ballot:
    """Returns the ballot that puts one amendment, or rivals, to the vote.

    `ids` are ids or prefixes of them; `ballot_id` names a ballot between rivals, which has its own.

    Raises Refused where a rule stands against it (`already-at-the-ballot`, `already-decided`,
    `withdrawn`, `not-seconded`, `too-early`, `closes-too-soon`, `needs-revision`, `collides`,
    and those of `permission`), BadInput for an unknown id or a time in the past.
    """
    refuse(assembly, opener, "open")
    proposals = [_amendment_to_open(assembly, wanted, now) for wanted in ids]
    amendments = [p.amendment for p in proposals if p.amendment]
    if not amendments or len({a.id for a in amendments}) < len(amendments):
        raise BadInput("rivals-wanted", "A ballot is on one amendment, or between different ones.")
    if len(amendments) > 1 and not ballot_id:
        raise BadInput("id-missing", "A ballot between rivals needs an id of its own.")
    for proposal in proposals:
        why = not_yet(proposal, assembly.roll, assembly.rules, now)
        if why:
            raise why
    refuse_ballot(assembly, amendments)
    for amendment in amendments:
        _refuse_unfit(assembly, amendment)
        _refuse_collision(assembly, amendment, ids={a.id for a in amendments})
    ballot = draw_up(
        assembly.text,
        assembly.roll,
        assembly.rules,
        amendments,
        ballot_id=ballot_id if len(amendments) > 1 and ballot_id else amendments[0].id,
        opened=written(now),
        closes=written(closes),
        opener=opener,
        base=assembly.commit,
        title=title,
    )
    least = least_voting(ballot, assembly.rules)
    if closes <= now:
        raise BadInput("closes-in-the-past", f"{in_words(closes)} is not in the future.")
    if moment(ballot.closes) - moment(ballot.opened) < least:
        raise Refused(
            "closes-too-soon",
            f"A ballot like this stays open for at least {least.days} days.",
            f"It may close on {in_words(now + least)} or later.",
        )
    return ballot


def draw_up(
    text: Text,
    roll: Roll,
    rules: Rules,
    amendments: Sequence[Amendment],
    *,
    ballot_id: str,
    opened: str,
    closes: str,
    opener: str,
    base: str,
    title: str = "",
) -> Ballot:
    """Returns the ballot that these amendments get under this text, roll and rules.

    Asks nobody's permission: `verify` draws up again what others opened, and compares. A single
    editorial amendment carries by silence where the rules have it so, unless it touches what is
    entrenched; what does, for the whole ballot, takes what the rules ask of that.

    Raises Refused with code `text-conflict` where an amendment has no effect on this text.
    """
    touches = touched(text, amendments, rules)
    silent = is_silent(amendments, rules) and not touches
    quorum, threshold, each = asked(rules, touches)
    return Ballot(
        id=ballot_id,
        options=tuple(Option(a.id, a.revision, amendment_effect(text, a)) for a in amendments),
        opened=opened,
        closes=closes,
        opener=opener,
        base=base,
        roll=roll.digest,
        electorate=roll.electorate,
        rules=rules_digest(rules),
        quorum=str(_NOBODY if silent else quorum),
        threshold=NO_OBJECTION if silent else str(threshold),
        each="" if silent or each is None else str(each),
        choices=rules.choices,
        title=title,
        proxies=rules.proxies,
        entrenched=touches,
    )


def is_silent(amendments: Sequence[Amendment], rules: Rules) -> bool:
    """Says whether the amendment would carry by nobody objecting, rather than by votes for it."""
    if len(amendments) > 1 or amendments[0].rules:
        return False
    return bool(rules.lapse_days) and amendments[0].kind == "editorial"


def least_voting(ballot: Ballot, rules: Rules) -> timedelta:
    """Returns how long a ballot has to stay open."""
    silent = ballot.threshold == NO_OBJECTION
    return timedelta(days=max(rules.voting_days, rules.lapse_days if silent else 0))


def not_yet(proposal: Proposal, roll: Roll, rules: Rules, at: datetime) -> Refused | None:
    """Returns why an amendment may not be put to the vote yet, or None where it may.

    Seconds count for the revision that they name, from active members other than the proposer.
    """
    amendment = proposal.amendment
    if amendment is None:
        return None
    active = {member.handle for member in roll.active} - {amendment.proposer}
    seconded = {
        s.member
        for s in proposal.seconds
        if s.revision == amendment.revision and s.member in active
    }
    if len(seconded) < rules.seconders:
        return Refused(
            "not-seconded",
            f"Amendment {amendment.id} has {len(seconded)} of the {rules.seconders} seconders "
            "that it needs.",
            f"Another member can: manifesto-tui second {amendment.id}.",
            amendment.id,
        )
    lapsed = lapses(proposal, rules)
    if lapsed and at >= lapsed:
        return Refused(
            "lapsed",
            f"Amendment {amendment.id} has lapsed: nobody acted on it for {rules.idle_days} days.",
            "A second, a comment or a revision brings it back.",
            amendment.id,
        )
    due = moment(amendment.filed) + timedelta(days=rules.discussion_days)
    if at < due:
        return Refused(
            "too-early",
            f"Amendment {amendment.id} is to be discussed until {in_words(due)}.",
            where=amendment.id,
        )
    return None


def rivals_for(assembly: Assembly, amendment: Amendment, now: datetime) -> dict[str, str]:
    """Returns the amendments to rank with one against the status quo, each with the reason why.

    They are those that cannot carry beside it as they stand, that one of the two names as its
    rival, or that word it otherwise; of these, the ones that could be put to the vote now.
    """
    why = {
        found.b: found.why
        for found in collisions_with(assembly, amendment)
        if found.relation == "exclusive"
    }
    proposal = assembly.by_id.get(amendment.id)
    for name in rivals_of(assembly, proposal) if proposal else ():
        why.setdefault(name, "One names the other as its rival.")
    return {name: said for name, said in why.items() if _can_open(assembly, name, now)}


def _can_open(assembly: Assembly, name: str, now: datetime) -> bool:
    proposal = assembly.by_id.get(name)
    if proposal is None or proposal.amendment is None:
        return False
    try:
        _amendment_to_open(assembly, name, now)
        _refuse_unfit(assembly, proposal.amendment)
    except (BadInput, Refused):
        return False
    return not_yet(proposal, assembly.roll, assembly.rules, now) is None


def _amendment_to_open(assembly: Assembly, wanted: str, now: datetime) -> Proposal:
    proposal = assembly.find(wanted)
    at = stage(assembly, proposal, now)
    proposal.proposed()
    if at in CHANGEABLE:
        return proposal
    code = {"withdrawn": "withdrawn", "adopted": "already-decided", "rejected": "already-decided"}
    said = {
        "at the ballot": "is at the ballot already",
        "closed": "is at a ballot that has closed and waits for its decision",
        "adopted": "has been adopted already",
        "rejected": "has been rejected already",
        "withdrawn": "has been withdrawn by its proposer",
        "taken up": "has been taken up by the amendment that it words otherwise",
    }
    raise Refused(
        code.get(at, "already-at-the-ballot"),
        f"{quoted(proposal.title)} {said[at]}.",
        where=proposal.id,
    )


def _refuse_unfit(assembly: Assembly, amendment: Amendment) -> None:
    found = standing(assembly.text, amendment.changes)
    if found.state not in ("clean", "drifted"):
        raise Refused(
            "needs-revision",
            f"{quoted(amendment.title)} no longer fits the text. {found.why}",
            "Its proposer can file a revision on the text as it stands now.",
            amendment.id,
        )
    enact(assembly.text, amendment.changes)


def _refuse_collision(assembly: Assembly, amendment: Amendment, ids: set[str]) -> None:
    """Refuses what could carry together with an amendment at the ballot, but not stand with it."""
    for other in undecided(assembly):
        if other.id in ids or other.amendment is None or assembly.ballot_for(other) is None:
            continue
        found = relation(assembly.text, amendment, other.amendment)
        if found and _cannot_both_carry(assembly, amendment, other.amendment, found):
            raise Refused(
                "collides",
                f"{other.id} is at the ballot, and both cannot carry as they stand. {found.why}",
                "Rivals go on one ballot together; or wait until the other is decided.",
                amendment.id,
            )


def _cannot_both_carry(assembly: Assembly, a: Amendment, b: Amendment, found: Collision) -> bool:
    held = assembly.text.by_anchor
    twice = any(o.relation == "duplicate" and o.clause not in held for o in found.each)
    if found.relation == "exclusive" or twice:
        return True
    # What a ballot pins is how whole clauses would read, so the first to be adopted must not
    # change what the second one's clauses come to, whichever is first.
    for first, second in ((a, b), (b, a)):
        try:
            moved = enact(assembly.text, first.changes)
            if effect_of(moved, second.changes) != effect_of(assembly.text, second.changes):
                return True
        except Refused:
            return True
    return False
