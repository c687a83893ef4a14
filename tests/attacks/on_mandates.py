"""Attacks on proxies, and on rules that are entrenched."""

from dataclasses import replace

from attacks.catalogue import attack
from attacks.stage import RULES, SIMPLE, STEWARD, Stage, folder
from governance.making import NOW
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy


def give(stage: Stage, giver: str, holder: str, *, signer: str | None = None, n: int = 1) -> None:
    ballot = stage.assembly.find("k7f3").ballot
    assert ballot is not None
    name = giver if n == 1 else f"{giver}-{n}"
    proxy = Proxy("k7f3", ballot.digest, giver, holder, written(NOW))
    stage.record(f"{folder('k7f3')}/proxies/{name}.yaml", proxy, giver, signer=signer)


def accept(stage: Stage, holder: str, giver: str, *, n: int = 1, by: str = "") -> None:
    given = next(p for p in stage.assembly.find("k7f3").proxies if p.giver == giver)
    by = by or holder
    name = by if n == 1 else f"{by}-{n}"
    accepted = Acceptance("k7f3", given.digest, giver, by, written(NOW))
    stage.record(f"{folder('k7f3')}/acceptances/{name}.yaml", accepted, by)


@attack("proxy-void")
def proxy_where_the_rules_allow_none(stage: Stage) -> None:
    """A member lets another vote for them where the rules allow no proxies."""
    give(stage, "dov", "ada")


@attack("proxy-void", base="bound")
def proxy_of_a_stranger(stage: Stage) -> None:
    """Somebody who is not on the roll lets a member vote for them."""
    give(stage, "mallory", "ada", signer="")


@attack("signature-mismatch", base="bound")
def proxy_signed_by_its_holder(stage: Stage) -> None:
    """A member writes and signs another's proxy to themselves."""
    give(stage, "dov", "ada", signer="ada")


@attack("acceptance-void", base="bound")
def proxy_accepted_by_another(stage: Stage) -> None:
    """A member accepts a proxy that was given to somebody else."""
    give(stage, "dov", "ada")
    accept(stage, "ada", "dov", by="eve")


@attack("proxy-chained", base="bound")
def proxy_passed_on(stage: Stage) -> None:
    """A holder passes on what they were given, and their own vote, to a third."""
    give(stage, "dov", "eve")
    accept(stage, "eve", "dov")
    give(stage, "eve", "ada")
    accept(stage, "ada", "eve")


@attack("proxy-too-many", base="bound")
def proxies_gathered(stage: Stage) -> None:
    """A member accepts more proxies than the rules allow."""
    give(stage, "dov", "ada")
    give(stage, "eve", "ada")
    accept(stage, "ada", "dov")
    accept(stage, "ada", "eve", n=2)


@attack("record-edited", base="bound")
def proxy_turned_to_another(stage: Stage) -> None:
    """Somebody edits a proxy, so that another may vote for its giver."""
    give(stage, "dov", "eve")
    stage.edit(f"{folder('k7f3')}/proxies/dov.yaml", "holder: eve", "holder: ada")
    stage.commit("ada")


@attack("decision-tally", base="bound")
def proxy_counted_that_nobody_accepted(stage: Stage) -> None:
    """A decision counts a proxy that its holder never accepted."""
    give(stage, "dov", "ada")
    stage.decide("k7f3", totals={"for": 4, "against": 0, "abstain": 0})


@attack("rules-edited", base="bound")
def entrenched_rules_changed_by_a_steward(stage: Stage) -> None:
    """A steward changes rules that only a ballot may change."""
    stage.record(RULES, replace(SIMPLE, proxies=5), STEWARD)


@attack("rules-edited", base="bound")
def entrenched_rules_brought_from_an_old_branch(stage: Stage) -> None:
    """A steward changes the rules on a branch from before the text was in force, and merges it."""
    founding = stage.git("rev-list", "--max-parents=0", "HEAD").strip()
    stage.git("switch", "-q", "-c", "old", founding)
    stage.record(RULES, replace(SIMPLE, proxies=5), STEWARD)
    stage.git("switch", "-q", "main")
    stage.git("merge", "-q", "--no-ff", "-m", "Unite", "old")


@attack("proxy-without-ballot", base="bound")
def proxy_before_the_ballot(stage: Stage) -> None:
    """A proxy stands where no ballot was opened, to be used when one is."""
    proxy = Proxy("p4wd", "sha256:" + "0" * 64, "dov", "ada", written(NOW))
    stage.record(f"{folder('p4wd')}/proxies/dov.yaml", proxy, "dov")


@attack("proxy-after-decision", base="bound")
def proxy_after_the_decision(stage: Stage) -> None:
    """A proxy that claims to be in time arrives after the decision."""
    stage.decide("k7f3")
    give(stage, "dov", "ada")
