"""Proposes: files amendments, and supports what others filed."""

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack, get_args

from manifesto_tui.governance.amendment import Amendment, AmendmentKind, Change, Second
from manifesto_tui.governance.derive import split_changes
from manifesto_tui.governance.duplicate import wanted_already
from manifesto_tui.governance.paths import SOURCES
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.prose import Text
from manifesto_tui.record import forms, layout
from manifesto_tui.workflow.deriving import derived, fit
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again, again_on_the_same_text
from manifesto_tui.workflow.revising import open_amendment
from manifesto_tui.workflow.ways import By, Told
from manifesto_tui.workflow.wording import commit_message, one_line, refuse_hidden


class Wanted(TypedDict, total=False):
    """What an amendment is made of besides its title and reason; all of it may be left out.

    What it changes comes from `texts`, edited sources by path (files left out stay as they
    are, anchors may be gone), or from `changes` as they are. `amends` makes it another wording
    of an open amendment, with its title where none is given: a rival that its proposer may
    `accept`.
    """

    texts: Mapping[str, str] | None
    changes: Sequence[Change] | None
    each_clause: bool
    kind: AmendmentKind
    sources: Sequence[str]
    rivals: Sequence[str]
    amends: str


@again_on_the_same_text
def propose(
    desk: Desk, title: str, rationale: str, *, new_only: bool = False, **wanted: Unpack[Wanted]
) -> tuple[Recorded, ...]:
    """Files an amendment, or with `each_clause` one for each clause; a commit each.

    Raises what `draw_up` raises; nothing is written then. `new_only` leaves out what an open
    amendment wants already; Refused "duplicate" where that is all.
    """
    made = draw_up(desk, title, rationale, **wanted)
    return desk.record_all([filing(desk, one) for one in (_new(desk, made) if new_only else made)])


def filing(desk: Desk, amendment: Amendment) -> tuple[dict[str, bytes], str, Told]:
    """Returns the act that files an amendment: its file, what the commit says, how to undo it."""
    folder = layout.proposal_folder(desk.now(), amendment.id, amendment.title)
    return (
        {layout.amendment_path(folder): forms.write(amendment)},
        commit_message(f"Propose {amendment.id}: {amendment.title}", amendment.rationale),
        (By("withdraw", amendment.id), " takes it back."),
    )


def _new(desk: Desk, amendments: Sequence[Amendment]) -> list[Amendment]:
    known = [(each, wanted_already(desk.assembly, each.changes)) for each in amendments]
    new = [each for each, other in known if other is None]
    others = dict.fromkeys(other.id for _, other in known if other)
    if new:
        return new
    raise Refused(
        "duplicate",
        f"{', '.join(others)} {'proposes' if len(others) == 1 else 'propose'} just this already.",
        f"Support it: `manifesto-tui second {next(iter(others), '')}`.",
    )


def draw_up(
    desk: Desk, title: str, rationale: str, **wanted: Unpack[Wanted]
) -> tuple[Amendment, ...]:
    """Returns the amendment that would be filed, or with `each_clause` one for each clause.

    Raises BadInput where nothing would change or something in it is unknown, Refused where the
    member may not propose or the words hold hidden characters. Nothing is written.
    """
    member = desk.me()
    assembly = desk.assembly
    refuse(assembly, member.handle, "propose")
    amends, each_clause = wanted.get("amends"), wanted.get("each_clause", False)
    kind, sources = wanted.get("kind", "substantive"), tuple(wanted.get("sources", ()))
    target = open_amendment(desk, amends)[1] if amends else None
    title = one_line(title) or (target.title if target else "")
    if not title:
        raise BadInput("title-missing", "An amendment needs a title.", "Give one with --title.")
    refuse_hidden(title, "The title")
    refuse_hidden(rationale, "The reason")
    if kind not in get_args(AmendmentKind):
        raise BadInput("kind", f"“{kind}” is not a kind of amendment.", "substantive or editorial.")
    _known_sources(desk, sources)
    named = tuple(desk.find(rival).id for rival in wanted.get("rivals", ()))
    changes = wanted.get("changes")
    if target and target.rules:
        raise BadInput(
            "another-kind",
            f"{target.id} changes the rules, not the text.",
            "Propose other rules: `manifesto-tui propose --rules FILE`; or comment on it.",
        )
    if changes is None:
        changes = derived(desk, wanted.get("texts") or {}, like=target)
    fit(assembly.text, changes)
    if target and target.changes == tuple(changes):
        raise BadInput(
            "nothing-changed", f"{target.id} reads so already.", "Second it, or word it otherwise."
        )
    if target and each_clause:
        raise BadInput("usage", "Another wording is one amendment.", "Leave out --each-clause.")
    groups = split_changes(assembly.text, changes) if each_clause else (tuple(changes),)
    taken = set(assembly.by_id)
    made = []
    for group in groups:
        amendment = Amendment(
            id=layout.new_id(taken),
            title=_title(title, group, assembly.text, several=len(groups) > 1),
            proposer=member.handle,
            filed=desk.stamp,
            base=assembly.commit,
            changes=group,
            rationale=rationale.strip(),
            kind=kind,
            sources=sources,
            rivals=named,
            amends=target.id if target else "",
        )
        taken.add(amendment.id)
        made.append(amendment)
    return tuple(made)


@again
def second(desk: Desk, prefix: str) -> Recorded:
    """Records the member's support of an amendment before the vote."""
    member = desk.me()
    proposal, amendment = open_amendment(desk, prefix)
    refuse(desk.assembly, member.handle, "second")
    revision = amendment.revision
    if any((s.member, s.revision) == (member.handle, revision) for s in proposal.seconds):
        raise Refused(
            "seconded", f"You have seconded {proposal.id} already.", "There is nothing to do."
        )
    path = layout.second_path(proposal.folder, member.handle, revision)
    support = Second(member.handle, desk.stamp, revision)
    return desk.record(
        {path: forms.write(support)},
        f"Second {proposal.id}",
        undo=("What was said stands; say otherwise with ", By("comment"), "."),
    )


def _known_sources(desk: Desk, sources: Sequence[str]) -> None:
    for key in sources:
        if key not in desk.assembly.sources:
            raise BadInput(
                "source-unknown",
                f"{key} is not in the list of sources.",
                f"Add it to {SOURCES} first.",
                SOURCES,
            )


def _title(title: str, group: Sequence[Change], text: Text, several: bool) -> str:
    if not several:
        return title
    anchor = group[0].target if group[0].verb != "insert" else group[0].after
    number = text.by_anchor[anchor][1].number if anchor in text.by_anchor else ""
    return f"{title} ({number or anchor})"
