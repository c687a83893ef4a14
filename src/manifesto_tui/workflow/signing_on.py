"""Ties signatories to editions, lets them take their names back, and tells how names stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from manifesto_tui.governance.edition import Edition, find_edition, latest
from manifesto_tui.governance.paths import SIGNATORIES
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signatory import (
    Signatory,
    Stale,
    by_constituency,
    stale,
    standing,
    under,
)
from manifesto_tui.governance.signature import UNSIGNED, Signature
from manifesto_tui.prose import slug_of
from manifesto_tui.record import forms, layout
from manifesto_tui.record.objects import list_tree
from manifesto_tui.workflow.counting import provenance
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.people import check_handle
from manifesto_tui.workflow.racing import again
from manifesto_tui.workflow.ways import By
from manifesto_tui.workflow.wording import one_line, refuse_hidden


@dataclass(frozen=True)
class Names:
    """Whose names stand, how many by constituency, and which under words that have changed.

    `signatures` tells by handle what the signature beside each proves.
    """

    standing: tuple[Signatory, ...]
    counts: Mapping[str, int]
    stale: tuple[Stale, ...]
    signatures: Mapping[str, Signature]


def names(desk: Desk, edition: str = "") -> Names:
    """Returns whose names stand under an edition, or under any."""
    assembly = desk.assembly
    acts = assembly.signatories
    if edition:
        stand = under(acts, find_edition(assembly.editions, edition).number)
    else:
        stand = standing(acts)
    filed = {layout.signatory_path(each.handle, each.place): each for each in stand}
    proved = provenance(desk).of(SIGNATORIES, {path: each.filed_by for path, each in filed.items()})
    return Names(
        stand,
        by_constituency(stand),
        stale(stand, assembly.editions),
        {each.handle: proved.get(path, UNSIGNED) for path, each in filed.items()},
    )


@again
def sign_on(
    desk: Desk,
    edition: str = "",
    role: str = "",
    organisation: str = "",
    *,
    of: str = "",
    name: str = "",
    constituency: str = "",
) -> Recorded:
    """Puts a name to an edition, the latest unless one is named, as one commit.

    Without `of` and `name` it is the member's own. A steward records another's: a member's by
    their handle, anybody else's by name. Members go by the name and the constituency that the
    roll has of them.

    Raises Refused "not-a-steward", "no-edition" or "signed-already", BadInput for a name that
    cannot stand.
    """
    me, assembly = desk.me(), desk.assembly
    chosen = _edition(desk, edition)
    handle = check_handle(of or (slug_of(name)[:56].strip("-") if name else me.handle))
    by = _recorded_by(desk, handle)
    member = assembly.roll.by_handle.get(handle)
    named = _member_name(member, name) if member else _new_name(desk, handle, name)
    act = Signatory(
        handle=handle,
        name=named,
        constituency=member.constituency if member else one_line(constituency),
        edition=chosen.number,
        signed=desk.stamp,
        role=one_line(role),
        organisation=one_line(organisation),
        recorded_by=by,
    )
    for what in ("name", "constituency", "role", "organisation"):
        refuse_hidden(getattr(act, what), f"The {what}")
    if any(_same(act, each) for each in under(assembly.signatories, chosen.number)):
        raise Refused(
            "signed-already",
            f"The name of {act.name} stands under edition {chosen.number} already.",
            "There is nothing to do.",
        )
    return _record(desk, [act], act.name)


@again
def take_back(desk: Desk, of: str = "", reason: str = "") -> Recorded:
    """Takes a name back from every edition that it stands under; both acts stay in the record.

    Raises Refused "not-signed" where it stands nowhere.
    """
    handle = check_handle(of or desk.me().handle)
    by = _recorded_by(desk, handle)
    refuse_hidden(reason, "The reason")
    stands = next((s for s in standing(desk.assembly.signatories) if s.handle == handle), None)
    if stands is None:
        raise Refused(
            "not-signed",
            f"The name of {handle} stands under no edition.",
            "`manifesto-tui signatories` lists the names that do.",
        )
    act = Signatory(
        handle=handle,
        withdrawn=desk.stamp,
        reason=reason.strip(),
        recorded_by=by,
    )
    return _record(desk, [act], stands.name)


@again
def put_back(desk: Desk, signings: Sequence[Signatory], anew: bool = False) -> Recorded:
    """Puts one name back to where it stood by these signings, made again, each as one commit.

    `anew` takes it from every edition first, as a commit too: all of them are written, or none.
    Returns the last.
    """
    handle = signings[0].handle
    by = _recorded_by(desk, handle)
    member = desk.assembly.roll.by_handle.get(handle)
    acts = [
        replace(
            signing,
            name=member.name if member else signing.name,
            constituency=member.constituency if member else signing.constituency,
            signed=desk.stamp,
            recorded_by=by,
        )
        for signing in signings
    ]
    if anew:
        first = acts[0]
        taken = Signatory(first.handle, withdrawn=desk.stamp, recorded_by=first.recorded_by)
        acts.insert(0, taken)
    return _record(desk, acts, acts[-1].name)


def _recorded_by(desk: Desk, handle: str) -> str:
    """Returns who files an act of this signatory for them, "" for a member's own; Refused else."""
    me = desk.me()
    refuse(desk.assembly, me.handle, "sign" if handle == me.handle else "record a signatory")
    return "" if handle == me.handle else me.handle


def _record(desk: Desk, acts: Sequence[Signatory], name: str) -> Recorded:
    """Files acts of one signatory, whose name that is, one after the other; returns the last."""
    taken = list_tree(desk.repo, desk.assembly.commit, (SIGNATORIES,))
    free = (n for n in count(1) if layout.signatory_path(acts[0].handle, n) not in taken)
    filed = []
    for act in acts:
        act = replace(act, place=next(free))
        said = (
            f"Sign edition {act.edition}: {name}" if act.signed else f"Take back the name of {name}"
        )
        of = f"--of {act.handle}" if act.recorded_by else ""
        if act.signed:
            undo = (By("sign-on", f"{of} --withdraw".strip()), " takes it back.")
        else:
            named = "" if act.handle in desk.assembly.roll.by_handle else "--name …"
            undo = (By("sign-on", f"{of} {named}".strip()), " puts it there again.")
        path = layout.signatory_path(act.handle, act.place)
        filed.append(({path: forms.write(act)}, said, undo))
    return desk.record_all(filed)[-1]


def _edition(desk: Desk, name: str) -> Edition:
    editions = desk.assembly.editions
    found = find_edition(editions, name) if name else latest(editions)
    if found is None:
        raise Refused(
            "no-edition",
            "There is no edition to sign yet.",
            "A steward makes one: `manifesto-tui ratify`, and then `manifesto-tui edition`.",
        )
    return found


def _member_name(member: Member, name: str) -> str:
    if name and one_line(name) != member.name:
        raise BadInput(
            "name-of-a-member",
            f"{member.handle} is on the roll as {member.name}.",
            "Leave the name out, or give someone else's with another --of HANDLE.",
        )
    return member.name


def _new_name(desk: Desk, handle: str, name: str) -> str:
    """Returns the name of a signatory who is no member."""
    named = one_line(name)
    if not named:
        raise BadInput(
            "name-missing", f"{handle} is not on the roll.", "Give their name with --name."
        )
    for member in desk.assembly.roll.active:
        if member.name.casefold() == named.casefold():
            raise BadInput(
                "name-of-a-member",
                f"“{named}” is on the roll as {member.handle}.",
                f"Record it as theirs with --of {member.handle}, or tell the two names apart.",
            )
    for known in standing(desk.assembly.signatories):
        if known.handle == handle and known.name.casefold() != named.casefold():
            raise Refused(
                "handle-taken",
                f"{handle} is {known.about} already.",
                "Give another handle with --of HANDLE.",
            )
    return named


def _same(one: Signatory, other: Signatory) -> bool:
    known = ("handle", "name", "constituency", "role", "organisation")
    return all(getattr(one, key) == getattr(other, key) for key in known)
