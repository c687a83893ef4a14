"""Attacks on the roll, the keys and the rules: who belongs, and what holds."""

from dataclasses import replace

from attacks.catalogue import attack
from attacks.stage import RULES, STEWARD, Stage, member, public
from manifesto_tui.governance.rules import READY, Threshold
from manifesto_tui.record import layout


def _roll(handle: str) -> str:
    return layout.member_path(handle)


@attack("roll-by-non-steward", base="unsigned")
def friend_admitted_by_a_member(stage: Stage) -> None:
    """A member who is no steward admits a friend."""
    stage.write(_roll("fay"), member("fay", keys=()))
    stage.commit("cem")


@attack("roll-by-stranger")
def member_who_admitted_himself(stage: Stage) -> None:
    """Somebody whom the roll does not know admits himself, where stewards have keys."""
    stage.write(_roll("mallory"), member("mallory"))
    stage.sign(_roll("mallory"), "mallory")
    stage.commit("mallory")


@attack("roll-unproven", base="unsigned")
def member_who_admitted_himself_without_keys(stage: Stage) -> None:
    """Somebody whom the roll does not know admits himself, where nobody has a key."""
    stage.write(_roll("mallory"), member("mallory", keys=()))
    stage.commit("mallory")


@attack("roll-by-non-steward", base="unsigned")
def member_who_made_himself_a_steward(stage: Stage) -> None:
    """A member gives himself the steward's role."""
    stage.write(_roll("cem"), member("cem", keys=(), roles=("steward",)))
    stage.commit("cem")


@attack("roll-by-non-steward", base="unsigned")
def steward_by_mailmap(stage: Stage) -> None:
    """A member admits a friend, and a .mailmap says that the member is the steward."""
    stage.write(".mailmap", "Ada <ada@example.org> <cem@example.org>\n")
    stage.write(_roll("fay"), member("fay", keys=()))
    stage.commit("cem")


@attack("key-swapped")
def key_swapped_by_someone_else(stage: Stage) -> None:
    """Somebody puts their own key in the place of eve's."""
    stage.record(_roll("eve"), member("eve", keys=(public("mallory"),)), "cem")


@attack("key-swapped")
def key_swapped_by_a_steward(stage: Stage) -> None:
    """A steward adds a key of theirs to a member's, to vote in their name."""
    keys = (public("eve"), public("mallory"))
    stage.record(_roll("eve"), member("eve", keys=keys), STEWARD)


@attack("key-swapped")
def key_withdrawn_by_a_member(stage: Stage) -> None:
    """A member withdraws another's key, so that they cannot vote."""
    stage.record(_roll("eve"), member("eve", keys=()), "cem")


@attack("roll-undone")
def key_given_back_by_a_merge(stage: Stage) -> None:
    """A steward withdraws eve's key, and a merge keeps her file of the side without that."""
    before = stage.head
    stage.record(_roll("eve"), member("eve", keys=()), STEWARD)
    stage.git("branch", "withdrawn")
    stage.git("reset", "-q", "--hard", before)
    stage.write("notes.txt", "Mine.\n")
    stage.commit("cem")
    stage.git("merge", "-q", "-s", "ours", "-m", "Bring both together", "withdrawn")


@attack("rules-undone")
def rules_from_before_brought_back_by_a_merge(stage: Stage) -> None:
    """A steward makes a quorum of every member, and a merge with the commit before loses it."""
    before = stage.head
    more = replace(READY["simple"], quorum=Threshold.parse("at least 5 members"))
    stage.record(RULES, more, STEWARD)
    stage.git("branch", "more")
    stage.git("reset", "-q", "--hard", before)
    stage.write("notes.txt", "Mine.\n")
    stage.commit("cem")
    stage.git("merge", "-q", "-s", "ours", "-m", "Bring both together", "more")


@attack("rules-by-non-steward", base="unsigned")
def rules_changed_by_a_member(stage: Stage) -> None:
    """A member who is no steward lowers the threshold."""
    stage.write(RULES, replace(READY["simple"], quorum=READY["two-thirds"].quorum, voting_days=1))
    stage.commit("cem")


@attack("rules-by-stranger")
def rules_changed_by_a_stranger(stage: Stage) -> None:
    """Somebody whom the roll does not know changes the rules, where stewards have keys."""
    stage.write(RULES, replace(READY["simple"], voting_days=1))
    stage.commit("mallory")


@attack("record-unsigned", base="required")
def unsigned_rules_where_a_signature_is_required(stage: Stage) -> None:
    """The rules are changed without a signature, where one is required."""
    stage.write(RULES, replace(READY["simple"], signatures="optional"))
    stage.commit(STEWARD)


@attack("rules-unproven", base="unsigned")
def rules_changed_by_a_stranger_without_keys(stage: Stage) -> None:
    """Somebody whom the roll does not know changes the rules, where nobody has a key."""
    stage.write(RULES, replace(READY["simple"], voting_days=1))
    stage.commit("mallory")
