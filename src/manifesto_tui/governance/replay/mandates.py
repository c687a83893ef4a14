"""Judges proxies: who lets whom vote for them, who accepted, and that it goes one step only."""

from collections.abc import Iterator

from manifesto_tui.governance.proxy import (
    Acceptance,
    Proxy,
    acceptance_fault,
    accepted_in_force,
    fault,
)
from manifesto_tui.governance.replay.state import Folder
from manifesto_tui.governance.replay.values import Finding, finding

# What the signature itself is found to be was said already.
_SAID = ("bad-signature", "key-withdrawn")


def judge_mandate(
    commit: str, before: Folder | None, after: Folder, file: Proxy | Acceptance, path: str
) -> Iterator[Finding]:
    """Judges one proxy or one acceptance against the ballot that its folder holds."""
    if after.opened is None:
        said = "A proxy is given or accepted where no ballot is open."
        yield finding("proxy-without-ballot", commit, path, said)
        return
    ballot, pinned = after.opened
    if isinstance(file, Proxy):
        code, why = fault(ballot, file, pinned.roll, pinned.rules)
        what, void = f"The proxy of {file.giver}", "proxy-void"
    else:
        mandates = after.mandates().around(file.giver)
        code, why = acceptance_fault(ballot, file, mandates, pinned.roll, pinned.rules)
        what, void = f"What {file.holder} accepts", "acceptance-void"
    if code in _SAID:
        return
    if code:
        yield finding(void, commit, path, f"{what} is void: {why}.")
    elif before and before.decision:
        said = f"{what} came after the decision, and did not count."
        yield finding("proxy-after-decision", commit, path, said)
    elif before and isinstance(file, Acceptance):
        yield from _one_step(commit, before, file.giver, file.holder, path)


def _one_step(commit: str, before: Folder, giver: str, holder: str, path: str) -> Iterator[Finding]:
    """Judges whether a holder may take one proxy more, by those in force at the parent."""
    if before.opened is None:
        return
    ballot, pinned = before.opened
    mandates = before.mandates().around(giver, holder)
    in_force = accepted_in_force(ballot, mandates, pinned.roll, pinned.rules)
    held = [judged.proxy for judged in in_force if not judged.code]
    if any(p.giver == holder or p.holder == giver for p in held):
        said = f"{holder} accepts the proxy of {giver}, and one of the two has passed a proxy on."
        yield finding("proxy-chained", commit, path, said)
    elif sum(p.holder == holder and p.giver != giver for p in held) >= pinned.rules.proxies:
        said = f"{holder} accepts more proxies than the rules of the ballot allow one member."
        yield finding("proxy-too-many", commit, path, said)
