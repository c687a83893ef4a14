"""Makes small assemblies to test with. Every member in them is made up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from manifesto_tui.governance.ballot import Ballot, Option, Vote
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.roll import Member, Roll
from manifesto_tui.governance.rules import READY, Rules, rules_digest

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CLOSES = NOW + timedelta(days=7)
AFTER = CLOSES + timedelta(hours=1)
EFFECT = "sha256:" + "e" * 64


def roll_of(**constituencies: int) -> Roll:
    """Makes a roll with so many members in each constituency; `none` stands for "in none"."""
    return Roll(
        tuple(
            Member(f"{name}-{letters(n)}", f"{name} {n}", "" if name == "none" else name)
            for name, members in constituencies.items()
            for n in range(members)
        )
    )


def letters(n: int) -> str:
    """Numbers in letters, since a number at the end of a handle would look like a second vote."""
    return "abcdefghijklmnopqrstuvwxyz"[n % 26] + (letters(n // 26 - 1) if n >= 26 else "")


def ballot_of(
    roll: Roll, rules: Rules = READY["each-constituency"], *names: str, **changed: object
) -> Ballot:
    """Makes a ballot on one amendment, or between the named rivals."""
    options = names or ("k7f3",)
    values: dict[str, object] = {
        "id": "r7va" if len(options) > 1 else options[0],
        "options": tuple(Option(name, 1, EFFECT) for name in options),
        "opened": written(NOW),
        "closes": written(CLOSES),
        "opener": "steward",
        "base": "c" * 40,
        "roll": roll.digest,
        "electorate": roll.electorate,
        "rules": rules_digest(rules),
        "quorum": str(rules.quorum),
        "threshold": str(rules.threshold),
        "each": str(rules.each or ""),
        "choices": rules.choices,
    }
    return Ballot(**(values | changed))  # type: ignore[arg-type]


def vote_of(ballot: Ballot, voter: str, choice: str = "for", n: int = 1, **changed: object) -> Vote:
    """Makes the n-th vote of a member on a ballot."""
    name = voter if n == 1 else f"{voter}-{n}"
    values: dict[str, object] = {
        "ballot": ballot.id,
        "effect": ballot.effect,
        "voter": voter,
        "choice": choice,
        "cast": written(NOW + timedelta(hours=n)),
        "path": f"proposals/2026-11/{ballot.id}-some-title/votes/{name}.yaml",
        "digest": sha256(f"{voter} {choice} {n}".encode()).hexdigest(),
    }
    return Vote(**(values | changed))  # type: ignore[arg-type]


def rank(ballot: Ballot, voter: str, *ranking: str, **changed: object) -> Vote:
    """Makes a vote that ranks rivals."""
    return vote_of(ballot, voter, "", ranking=ranking, **changed)


def proxy_of(giver: str, holder: str, n: int = 1, /, **changed: object) -> Proxy:
    """Makes the n-th proxy of a member."""
    name = giver if n == 1 else f"{giver}-{n}"
    path = f"proposals/2026-11/k7f3-some-title/proxies/{name}.yaml"
    made = Proxy("k7f3", "", giver, holder, written(NOW), path, f"sha256:{name}>{holder}")
    return replace(made, **changed)  # type: ignore[arg-type]


def acceptance_of(proxy: Proxy, n: int = 1, /, **changed: object) -> Acceptance:
    """Makes the acceptance of a proxy, the n-th of its holder."""
    name = proxy.holder if n == 1 else f"{proxy.holder}-{n}"
    path = f"proposals/2026-11/k7f3-some-title/acceptances/{name}.yaml"
    made = Acceptance("k7f3", proxy.digest, proxy.giver, proxy.holder, written(NOW), path, "d")
    return replace(made, **changed)  # type: ignore[arg-type]


def votes_of(ballot: Ballot, roll: Roll, **answers: str) -> list[Vote]:
    """Makes votes by constituency: `clinicians="for for against"` in the order of handles."""
    votes = []
    for name, given in answers.items():
        members = [m for m in roll.active if m.constituency == ("" if name == "none" else name)]
        votes += [
            vote_of(ballot, m.handle, a) for m, a in zip(members, given.split(), strict=False)
        ]
    return votes
