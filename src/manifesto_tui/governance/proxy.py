"""Says who votes for whom: proxies, given, accepted, and used on one ballot.

A member lets another vote for them; the other accepts; then the vote that the holder casts is
counted for the giver as well. One step only: what a holder has not cast with their own hand is
nobody's vote. Who votes directly is not represented, whenever they do.

    proxies/ann.yaml       ann lets ben vote for her; ann-2.yaml takes that back, or names another
    acceptances/ben.yaml   ben accepts that file of hers, by its digest

Like votes, the last valid file of a giver counts, by the number in its name and never by the time
that it claims.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from manifesto_tui.governance.ballot import Ballot
from manifesto_tui.governance.roll import Roll
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signature import LABELS, State
from manifesto_tui.governance.validity import in_time, proven, turn


@dataclass(frozen=True, slots=True)
class Proxy:
    """A member lets `holder` vote for them on one ballot; without a holder, takes that back.

    `ballot_digest` names the ballot's file, `given` is ISO 8601 with a zone. `path` and `digest`
    tell which file it came from, `signature` what the one beside it comes to.
    """

    ballot: str
    ballot_digest: str
    giver: str
    holder: str
    given: str
    path: str = ""
    digest: str = ""
    signed: bool = False
    signature: State = "unsigned"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A holder accepts one proxy, named by its giver and the digest of its file."""

    ballot: str
    proxy: str
    giver: str
    holder: str
    accepted: str
    path: str = ""
    digest: str = ""
    signed: bool = False
    signature: State = "unsigned"


@dataclass(frozen=True)
class Mandates:
    """Every proxy and every acceptance in a ballot's folder."""

    given: tuple[Proxy, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @cached_property
    def by_digest(self) -> dict[str, Proxy]:
        """The proxies by the digest of their file."""
        return {proxy.digest: proxy for proxy in self.given}

    def around(self, *handles: str) -> "Mandates":
        """Returns those of these members, and all of whoever ever chose one of them."""
        givers = {p.giver for p in self.given if p.giver in handles or p.holder in handles}
        return Mandates(
            tuple(p for p in self.given if p.giver in givers),
            tuple(a for a in self.accepted if a.giver in givers),
        )

    def named(self, files: Mapping[str, str]) -> "Mandates":
        """Returns those alone that a decision names: acceptances by proxies, by file name."""
        given = tuple(p for p in self.given if _file(p.path) in files)
        held = set(files.values())
        return Mandates(given, tuple(a for a in self.accepted if _file(a.path) in held))


@dataclass(frozen=True)
class JudgedProxy:
    """A proxy, the acceptance that goes with it, whether it counts, and in `why` why not.

    `code` is "" for one that counts, else one of `replaced`, `taken-back`, `not-accepted`,
    `direct`, `silent`, `chained`, `too-many`, or of what `fault` returns.
    """

    proxy: Proxy
    acceptance: Acceptance | None = None
    code: str = ""
    why: str = ""

    @property
    def counted(self) -> bool:
        """Whether the holder's vote counts for the giver too."""
        return not self.code

    @property
    def stands(self) -> bool:
        """Whether it is its giver's last and valid, accepted or not, whoever voted."""
        used = "", "not-accepted", "direct", "silent", "chained", "too-many"
        return self.code in used and bool(self.proxy.holder)

    @property
    def signed(self) -> bool:
        """Whether giver and holder both signed."""
        return self.proxy.signed and self.acceptance is not None and self.acceptance.signed

    def as_dict(self) -> dict[str, Any]:
        """Returns the proxy as `tally --json` prints it."""
        return {
            "giver": self.proxy.giver,
            "holder": self.proxy.holder,
            "given": self.proxy.given,
            "accepted": self.acceptance is not None,
            "signed": self.signed,
            "signature": LABELS[self.proxy.signature],
            "counted": self.counted,
            "why": self.why,
        }


def judge_proxies(
    ballot: Ballot, mandates: Mandates, roll: Roll, rules: Rules, direct: Collection[str]
) -> tuple[JudgedProxy, ...]:
    """Judges every proxy, in the order of givers and of their files.

    `direct` names those whose own votes count.
    """
    held = accepted_in_force(ballot, mandates, roll, rules)
    passing_on = {judged.proxy.giver for judged in held if not judged.code}
    taken: dict[str, int] = {}
    found = []
    for judged in sorted(held, key=_in_order_of_acceptance):
        giver, holder = judged.proxy.giver, judged.proxy.holder
        code, why = judged.code, judged.why
        if not code and giver in direct:
            code, why = "direct", "the giver voted directly"
        elif not code and taken.get(holder, 0) >= rules.proxies:
            code, why = "too-many", f"{holder} holds as many as one may already"
        elif not code:
            taken[holder] = taken.get(holder, 0) + 1
            if holder not in direct and holder in passing_on:
                code, why = "chained", f"{holder} gave a proxy too, and a proxy goes one step only"
            elif holder not in direct:
                code, why = "silent", f"{holder} has not voted"
        found.append(replace(judged, code=code, why=why))
    return tuple(sorted(found, key=lambda judged: _in_order(judged.proxy)))


def accepted_in_force(
    ballot: Ballot, mandates: Mandates, roll: Roll, rules: Rules
) -> tuple[JudgedProxy, ...]:
    """Judges every proxy by what giver and holder said alone, whoever has voted.

    Those with no code are in force: valid, their giver's last, and accepted.
    """
    order = sorted(mandates.given, key=_in_order)
    judged = [JudgedProxy(proxy, None, *fault(ballot, proxy, roll, rules)) for proxy in order]
    last = {judged.proxy.giver: at for at, judged in enumerate(judged) if not judged.code}
    accepted: dict[str, Acceptance] = {}
    for acceptance in sorted(mandates.accepted, key=_accepted_in_order, reverse=True):
        if not acceptance_fault(ballot, acceptance, mandates, roll, rules)[0]:
            accepted[acceptance.proxy] = acceptance
    found = []
    for at, one in enumerate(judged):
        if one.code:
            found.append(one)
        elif last[one.proxy.giver] != at:
            found.append(replace(one, code="replaced", why="replaced by a later one"))
        elif not one.proxy.holder:
            found.append(replace(one, code="taken-back", why="it takes back the one before"))
        elif one.proxy.digest not in accepted:
            why = f"{one.proxy.holder} has not accepted it"
            found.append(replace(one, code="not-accepted", why=why))
        else:
            found.append(replace(one, acceptance=accepted[one.proxy.digest]))
    return tuple(found)


def fault(ballot: Ballot, proxy: Proxy, roll: Roll, rules: Rules) -> tuple[str, str]:
    """Returns the code and the reason why a proxy is void, or two empty strings.

    Codes: `not-allowed`, `misnamed`, `another-ballot`, `not-on-the-roll`, `to-oneself`, `late`,
    `no-time`, `unsigned`, `bad-signature`, `key-withdrawn`.
    """
    if not rules.proxies:
        return "not-allowed", "the rules of this ballot allow none"
    if turn(proxy.path, proxy.giver) is None:
        return "misnamed", "its file is not named after its giver"
    if proxy.ballot != ballot.id or (ballot.digest and proxy.ballot_digest != ballot.digest):
        return "another-ballot", "it is for another ballot"
    for handle in filter(None, (proxy.giver, proxy.holder)):
        if _is_absent(roll, handle):
            return "not-on-the-roll", f"{handle} was not on the roll when the ballot opened"
    if proxy.giver == proxy.holder:
        return "to-oneself", "it is to the giver themselves"
    late = in_time(ballot, proxy.given, "given")
    return late if late[0] else proven(proxy.signature, proxy.signed, rules)


def acceptance_fault(
    ballot: Ballot, acceptance: Acceptance, mandates: Mandates, roll: Roll, rules: Rules
) -> tuple[str, str]:
    """Returns the code and the reason why an acceptance is void, or two empty strings.

    Codes: those of `fault`, `no-proxy`, `not-the-holder`.
    """
    if not rules.proxies:
        return "not-allowed", "the rules of this ballot allow none"
    if turn(acceptance.path, acceptance.holder) is None:
        return "misnamed", "its file is not named after its holder"
    named = mandates.by_digest.get(acceptance.proxy)
    if acceptance.ballot != ballot.id or named is None:
        return "no-proxy", "it names no proxy on this ballot"
    if (named.giver, named.holder) != (acceptance.giver, acceptance.holder):
        return "not-the-holder", f"that proxy is by {named.giver} to {named.holder or 'none'}"
    if _is_absent(roll, acceptance.holder):
        said = f"{acceptance.holder} was not on the roll when the ballot opened"
        return "not-on-the-roll", said
    late = in_time(ballot, acceptance.accepted, "accepted")
    return late if late[0] else proven(acceptance.signature, acceptance.signed, rules)


def _is_absent(roll: Roll, handle: str) -> bool:
    member = roll.by_handle.get(handle)
    return member is None or member.retired


def _in_order(proxy: Proxy) -> tuple[str, int, str]:
    return proxy.giver, turn(proxy.path, proxy.giver) or 0, proxy.path


def _accepted_in_order(acceptance: Acceptance) -> tuple[str, int, str]:
    return acceptance.holder, turn(acceptance.path, acceptance.holder) or 0, acceptance.path


def _in_order_of_acceptance(judged: JudgedProxy) -> tuple[tuple[str, int, str], ...]:
    accepted = _accepted_in_order(judged.acceptance) if judged.acceptance else ("", 0, "")
    return accepted, _in_order(judged.proxy)


def _file(path: str) -> str:
    return path.rpartition("/")[2]


def counted_files(judged: Iterable[JudgedProxy]) -> dict[str, str]:
    """Returns the file of each proxy that counts, with that of its acceptance, by file name."""
    return {
        _file(one.proxy.path): _file(one.acceptance.path)
        for one in judged
        if one.counted and one.acceptance
    }
