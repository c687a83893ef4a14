"""Tells a count step by step, so that anyone can follow it with a pencil.

16 of 20 members voted; quorum 11: met.
For 12, against 3; at least two thirds of 15 is 10: met.
Clinicians 8 to 1: met.
Carried.
"""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from manifesto_tui.governance.ballot import STATUS_QUO, Ballot
from manifesto_tui.governance.entrenchment import told
from manifesto_tui.governance.moment import in_words, moment
from manifesto_tui.governance.outcome import ConstituencyCount, Outcome, Tally
from manifesto_tui.governance.phrases import capital, counted, listed
from manifesto_tui.governance.rules import NO_OBJECTION, Rules, Threshold, what_carries

_LISTED = 8
_OUTCOMES: dict[Outcome, str] = {
    "carried": "Carried",
    "lost": "Lost",
    "no quorum": "No quorum",
    "blocked": "Blocked",
    "open": "Open",
}


def tell_rules(ballot: Ballot, rules: Rules) -> tuple[str, ...]:
    """Returns the sentences that tell what a ballot asks, before anything is counted.

    `rules` are those that were in force when it opened.
    """
    if ballot.threshold == NO_OBJECTION:
        return ("It carries if nobody objects or votes against it.",)
    return what_carries(
        replace(
            rules,
            quorum=Threshold.parse(ballot.quorum),
            threshold=Threshold.parse(ballot.threshold),
            each=Threshold.parse(ballot.each) if ballot.each else None,
            choices=() if ballot.ranked else ballot.choices,
            lapse_days=0,
        )
    )


def tell(tally: Tally, ballot: Ballot, rules: Rules) -> tuple[str, ...]:
    """Returns the sentences that tell a count, the result last."""
    said = [_present(tally), *_represented(tally)]
    if ballot.ranked:
        said.append(f"Preferred in this order: {_in_order(tally.ranking)}.")
        said.append(f"Between {tally.subject} and the status quo:")
    if ballot.entrenched:
        said.append(told(ballot.entrenched, Threshold.parse(ballot.threshold)))
    said.append(_shares(tally, ballot))
    said += [
        _constituency(name, count, ballot, rules) for name, count in tally.constituencies.items()
    ]
    if tally.abstain:
        said.append(f"{counted(tally.abstain, 'member')} abstained.")
    if tally.object and ballot.threshold != NO_OBJECTION:
        said.append(_objections(tally, rules))
    said += _signatures(tally, rules)
    said += _set_aside(tally)
    said.append(_result(tally, ballot))
    return tuple(said)


def _present(tally: Tally) -> str:
    quorum = tally.quorum
    return (
        f"{quorum.present} of {tally.electorate} members voted{_by_proxy(tally)}; "
        f"quorum {quorum.needed}: {_met(quorum.met)}."
    )


def _by_proxy(tally: Tally) -> str:
    count = len(tally.represented)
    return f", {count} of them by proxy" if count else ""


def _represented(tally: Tally) -> list[str]:
    """Tells who voted for whom besides, and which proxies do not count."""
    held: dict[str, list[str]] = {}
    for proxy in tally.represented:
        held.setdefault(proxy.proxy.holder, []).append(proxy.proxy.giver)
    said = [
        f"{holder} voted also for {listed(givers)}, who gave {holder} the proxy."
        for holder, givers in sorted(held.items())[:_LISTED]
    ]
    if len(held) > _LISTED:
        said.append(f"{len(held) - _LISTED} more voted also for others.")
    quiet = ("replaced", "taken-back", "direct")
    aside = [p for p in tally.proxies if not p.counted and p.code not in quiet]
    whose = [f"{p.proxy.giver}’s, {p.why}" for p in aside]
    return [*said, *_not_counted(whose, "proxy does", "proxies do")]


def _not_counted(whose: list[str], does: str, do: str) -> list[str]:
    if not whose:
        return []
    more = f"; and {len(whose) - _LISTED} more" if len(whose) > _LISTED else ""
    return [f"{counted(len(whose), does, do)} not count: {'; '.join(whose[:_LISTED])}{more}."]


def _shares(tally: Tally, ballot: Ballot) -> str:
    if ballot.threshold == NO_OBJECTION:
        objected = counted(tally.opposed, "member")
        return f"{objected} objected or voted against; none may: {_met(not tally.opposed)}."
    asked = Threshold.parse(ballot.threshold)
    abstaining = f", abstaining {tally.abstain}" if asked.of == "votes cast" else ""
    return (
        f"For {tally.for_}, against {tally.opposed}{abstaining}; "
        f"{_asked(asked, tally.threshold.of, tally.threshold.needed)}: "
        f"{_met(tally.threshold.met)}."
    )


def _asked(asked: Threshold, of: int, needed: int) -> str:
    if asked.number is not None:
        return f"{asked.in_words} members is {needed}"
    members = " members" if asked.of == "members" else ""
    # What nobody voted for does not carry: the share of nobody is one, not none.
    least = ", and no fewer than 1" if needed > asked.needed(of) else ""
    return f"{asked.in_words} of {of}{members} is {asked.needed(of)}{least}"


def _constituency(name: str, count: ConstituencyCount, ballot: Ballot, rules: Rules) -> str:
    said = f"{capital(name)} {count.for_} to {count.opposed}"
    if not ballot.each and not rules.each_quorum:
        return f"{said}."
    if rules.each_quorum and ballot.threshold != NO_OBJECTION:
        quorum = rules.each_quorum.needed(count.electorate)
        said += f", {count.present} of {count.electorate} voting where {quorum} must"
    if ballot.each:
        asked = Threshold.parse(ballot.each)
        simple = asked.share == Fraction(1, 2) and asked.strict and asked.of == "for and against"
        either = count.for_ + count.opposed
        if not either:
            said += ", and who does not vote for or against has not agreed"
        elif not simple:
            of = {"for and against": either, "votes cast": count.present}
            said += f"; {_asked(asked, of.get(asked.of, count.electorate), count.needed)}"
    return f"{said}: {_met(count.met)}."


def _objections(tally: Tally, rules: Rules) -> str:
    objecting = counted(tally.object, "member objects", "members object")
    if rules.objections is None:
        return f"{objecting}, which blocks until it is withdrawn."
    outvoted = "not blocked" if tally.would_be == "carried" else "that is not reached here"
    if tally.would_be not in ("carried", "blocked"):
        return f"{objecting}."
    return f"{objecting}; {rules.objections.sentence_part} outvote that: {outvoted}."


def _set_aside(tally: Tally) -> list[str]:
    others = [vote for vote in tally.votes if not vote.counted and vote.code != "replaced"]
    whose = [f"{vote.voter}, {vote.why}" for vote in others]
    return [*_replaced(tally), *_not_counted(whose, "vote does", "votes do")]


def _replaced(tally: Tally) -> list[str]:
    """Tells whose votes were replaced by a later one, and how many of each."""
    earlier = Counter(vote.voter for vote in tally.votes if vote.code == "replaced")
    if len(earlier) == 1:
        ((voter, many),) = earlier.items()
        told = f"{counted(many, 'earlier vote')} of {voter} {'was' if many == 1 else 'were'}"
        return [f"{told} replaced by a later one."]
    whose = [f"{many} of {voter}" for voter, many in earlier.items()]
    more = f", and of {len(whose) - _LISTED} more" if len(whose) > _LISTED else ""
    told = f"{earlier.total()} earlier votes were replaced by later ones"
    return [f"{told}: {', '.join(whose[:_LISTED])}{more}."] if whose else []


def _result(tally: Tally, ballot: Ballot) -> str:
    result = _OUTCOMES[tally.would_be]
    if tally.would_be == "carried" and ballot.ranked:
        result += f": {tally.subject}"
    elif tally.tied:
        names = [_name(name) for name in tally.tied]
        result += f": {' and '.join(names)} are tied for first place, so the status quo stays"
    elif ballot.ranked:
        result += ": the status quo stays"
    if tally.state == "closed":
        return f"{result}."
    try:
        closes = in_words(moment(ballot.closes))
    except ValueError:
        closes = "a time that cannot be read"
    return f"The ballot is open until {closes}. As it stands: {result[0].lower()}{result[1:]}."


def _in_order(ranking: tuple[tuple[str, ...], ...]) -> str:
    return "; then ".join(
        " and ".join(map(_name, group)) + (", tied" if len(group) > 1 else "") for group in ranking
    )


def _name(option: str) -> str:
    return "the status quo" if option == STATUS_QUO else option


def _met(met: bool) -> str:
    return "met" if met else "not met"


def _signatures(tally: Tally, rules: Rules) -> list[str]:
    """Tells how many of the votes that count are signed, where anybody signed at all."""
    signed = sum(tally.signed.values())
    if not tally.counted or not (signed or rules.signatures == "required"):
        return []
    against = tally.signed["against"] + tally.signed["object"]
    return [
        f"Of {tally.quorum.present} valid votes {signed} {'is' if signed == 1 else 'are'} signed: "
        f"for {tally.signed['for']}, against {against}."
    ]
