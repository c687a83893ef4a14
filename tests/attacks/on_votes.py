"""Attacks on votes: by whom, on what, when, and how often."""

import base64
from dataclasses import replace
from datetime import timedelta

from attacks.catalogue import attack
from attacks.stage import (
    SIMPLE,
    STEWARD,
    VOTED,
    Stage,
    folder,
    stage_at,
    vote_path,
)
from governance.making import CLOSES, NOW
from manifesto_tui.governance.moment import written
from manifesto_tui.record import layout


@attack("vote-not-on-the-roll")
def vote_by_a_non_member(stage: Stage) -> None:
    """Somebody who is not on the roll votes."""
    stage.vote("k7f3", "mallory", signer="")


@attack("vote-not-on-the-roll")
def vote_by_a_member_of_tomorrow(stage: Stage) -> None:
    """A member admitted after the ballot opened votes on it."""
    from attacks.stage import member

    stage.record(layout.member_path("fay"), member("fay"), STEWARD)
    stage.vote("k7f3", "fay")


@attack("unreadable")
def vote_under_anothers_handle(stage: Stage) -> None:
    """A vote stands under dov's name and says that it is eve's."""
    stage.vote("k7f3", "eve", file="dov")


@attack("signature-mismatch")
def vote_signed_by_anothers_key(stage: Stage) -> None:
    """Eve votes in dov's name, and signs with her own key."""
    stage.vote("k7f3", "dov", signer="eve")


@attack("signature-mismatch")
def vote_altered_after_signing(stage: Stage) -> None:
    """A vote is turned round on its way, and its signature kept."""
    path = vote_path("k7f3", "dov")
    stage.put(path, stage.vote_of("k7f3", "dov"), "dov")
    stage.edit(path, "choice: for", "choice: against")
    stage.commit("dov")


@attack("signature-mismatch")
def signature_of_another_vote(stage: Stage) -> None:
    """A second vote in bea's name comes with the signature of her first."""
    path = vote_path("k7f3", "bea")
    stage.put(vote_path("k7f3", "bea-2"), stage.vote_of("k7f3", "bea", "against"), "")
    stage.write(vote_path("k7f3", "bea-2") + ".sig", stage.read(f"{path}.sig"))
    stage.commit("bea")


@attack("signature-mismatch")
def signature_made_for_another_purpose(stage: Stage) -> None:
    """A vote comes with something that dov signed for another purpose."""
    from manifesto_tui.record.signatures import NAMESPACE

    path = vote_path("k7f3", "dov")
    stage.put(path, stage.vote_of("k7f3", "dov"), "dov")

    lines = stage.read(f"{path}.sig").splitlines()
    blob = base64.b64decode("".join(lines[1:-1])).replace(NAMESPACE, b"file\0\0\0\0\0")
    stage.write(
        f"{path}.sig", "\n".join([lines[0], base64.b64encode(blob).decode(), lines[-1], ""])
    )
    stage.commit("dov")


@attack("signature-late")
def signature_added_later(stage: Stage) -> None:
    """A vote is signed in a later commit, when others had it in their hands."""
    path = vote_path("k7f3", "dov")
    stage.vote("k7f3", "dov", signer="")
    stage.sign(path, "dov")
    stage.commit("dov")


@attack("signature-withdrawn")
def vote_with_a_withdrawn_key(stage: Stage) -> None:
    """Dov's key was lost and withdrawn, and whoever found it votes with it."""
    from attacks.stage import member

    stage.record(layout.member_path("dov"), member("dov", keys=()), STEWARD)
    stage.vote("k7f3", "dov")


@attack("signature-unchecked")
def signature_of_an_unknown_kind(stage: Stage) -> None:
    """A vote comes with a signature of a kind that nobody here knows."""

    path = vote_path("k7f3", "dov")
    vote = stage.vote_of("k7f3", "dov")
    stage.put(path, vote, "dov")
    lines = stage.read(f"{path}.sig").splitlines()
    blob = base64.b64decode("".join(lines[1:-1])).replace(b"ssh-ed25519", b"ssh-dilithi")
    stage.write(
        f"{path}.sig", "\n".join([lines[0], base64.b64encode(blob).decode(), lines[-1], ""])
    )
    stage.commit("dov")


@attack("vote-unsigned", base="required")
def unsigned_vote_where_one_is_required(stage: Stage) -> None:
    """A vote comes without a signature where the rules require one."""
    stage.vote("k7f3", "dov", signer="")


@attack("decision-votes")
def one_member_counted_twice(stage: Stage) -> None:
    """A member votes twice, and the decision names both votes as counted."""
    stage.vote("k7f3", "bea", "for", file="bea-2")
    made, _ = stage.decision("k7f3")
    stage.decide("k7f3", counted=("bea.yaml", *made.counted))


@attack("decision-tally")
def two_votes_of_one_member_added_up(stage: Stage) -> None:
    """A member votes twice, and the decision adds both to the total."""
    stage.vote("k7f3", "bea", "for", file="bea-2")
    made, _ = stage.decision("k7f3")
    stage.decide("k7f3", totals={**made.totals, "for": made.totals["for"] + 1})


@attack("vote-late")
def vote_after_the_close(stage: Stage) -> None:
    """A vote is cast after its ballot has closed."""
    stage.vote("k7f3", "dov", cast=written(CLOSES + timedelta(minutes=1)))


@attack("vote-after-decision", base="decided")
def vote_after_the_decision(stage: Stage) -> None:
    """A vote that claims to be in time arrives after the decision."""
    stage.vote("k7f3", "dov")


@attack("vote-other-effect")
def vote_on_another_effect(stage: Stage) -> None:
    """A vote names another text than the one on its ballot."""
    stage.vote("k7f3", "dov", effect="sha256:" + "0" * 64)


@attack("vote-elsewhere")
def vote_replayed_from_another_ballot(stage: Stage) -> None:
    """A member's signed vote on one ballot is copied into another's folder."""
    stage.open("p4wd")
    stage.vote("p4wd", "dov")
    for end in ("", ".sig"):
        stage.write(vote_path("k7f3", "dov") + end, stage.read(vote_path("p4wd", "dov") + end))
    stage.commit("dov")


@attack("vote-elsewhere")
def vote_replayed_from_another_manifesto(stage: Stage) -> None:
    """A signed vote comes from another manifesto with the same members, text and amendment."""
    other = stage_at(stage.folder.parent / "other")
    other.found(SIMPLE)
    other.propose("k7f3")
    other.open("k7f3", opened=written(NOW - timedelta(hours=1)))
    other.vote("k7f3", "dov")
    for end in ("", ".sig"):
        stage.write(vote_path("k7f3", "dov") + end, other.read(vote_path("k7f3", "dov") + end))
    stage.commit("dov")


@attack("vote-without-ballot")
def vote_before_the_ballot(stage: Stage) -> None:
    """A vote stands where no ballot was opened."""
    vote = replace(stage.vote_of("k7f3", "dov"), ballot="p4wd")
    stage.record(vote_path("p4wd", "dov"), vote, "dov")


@attack("vote-not-a-choice")
def answer_that_is_not_offered(stage: Stage) -> None:
    """A vote gives an answer that its ballot does not offer."""
    stage.vote("k7f3", "dov", "object")


@attack("unreadable")
def vote_without_a_readable_time(stage: Stage) -> None:
    """A vote's time has no zone, so that it is late for some and not for others."""
    path = vote_path("k7f3", "dov")
    vote = stage.vote_of("k7f3", "dov")
    stage.write(path, vote)
    stage.edit(path, written(VOTED), written(VOTED).removesuffix("Z"))
    stage.sign(path, "dov")
    stage.commit("dov")


@attack("vote-not-on-the-roll")
def vote_that_rides_along_in_a_merge(stage: Stage) -> None:
    """A merge brings a stranger's vote that neither side has."""
    stage.git("checkout", "-q", "-b", "aside", "HEAD~1")
    stage.vote("k7f3", "dov")
    stage.git("checkout", "-q", "main")
    stage.git("merge", "-q", "--no-ff", "--no-commit", "aside")
    stage.put(vote_path("k7f3", "mallory"), stage.vote_of("k7f3", "mallory"), "")
    stage.commit()


@attack("comment-void")
def comment_by_a_stranger(stage: Stage) -> None:
    """Somebody who is not on the roll comments."""
    from manifesto_tui.governance.amendment import Comment

    path = f"{folder('k7f3')}/comments/20261120t100000z-mallory.yaml"
    stage.record(path, Comment("mallory", "2026-11-20T10:00:00Z", "Words."), "mallory", signer="")
