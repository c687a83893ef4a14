"""Proposes: files amendments, revises and rebases them, accepts other wordings, withdraws."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from manifesto_tui.governance.amendment import (
    Amendment,
    AmendmentKind,
    Change,
    Second,
    Withdrawal,
)
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.derive import derive_changes, split_changes
from manifesto_tui.governance.duplicate import wanted_already
from manifesto_tui.governance.effect import enact, standing
from manifesto_tui.governance.lifecycle import stage
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.rebasing import rebase as drawn_up
from manifesto_tui.prose import Text, read_text
from manifesto_tui.record import forms, layout, snapshot
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again, again_on_the_same_text
from manifesto_tui.workflow.wording import one_line, refuse_hidden


def from_worktree(desk: Desk) -> Mapping[str, str]:
    """Returns the text files as they stand on disk, by path; nothing is written.

    Raises BadInput for a text file that is gone or cannot be read.
    """
    found = snapshot.read_worktree(desk.repo)
    for path in desk.assembly.manifesto.text:
        if path not in found.text.sources:
            problem = next((p for p in found.problems if p.place.path == path), None)
            raise BadInput(
                problem.code if problem else "text-missing",
                problem.sentence if problem else "This text file is gone.",
                (problem and problem.hint) or f"Bring it back: `git restore {path}`.",
                str(problem.place) if problem else path,
            )
    return {path: found.text.sources[path] for path in desk.assembly.manifesto.text}


def with_new_files(desk: Desk, texts: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Returns edited sources with what stands in new files, and where the words of each went.

    An amendment changes clauses, not the list of files: a new file's clauses are proposed at the
    end of the file before it by name.
    """
    made = dict(texts)
    went: dict[str, str] = {}
    known = desk.assembly.manifesto.text
    found = snapshot.read_new_files(desk.repo, desk.assembly.commit, known)
    for path, words in sorted(found.items()):
        before = [each for each in known if each < path and _folder(each) == _folder(path)]
        went[path] = home = before[-1] if before else known[0]
        made[home] = made[home].rstrip("\n") + "\n\n" + words.lstrip("\ufeff\n")
    return made, went


@again_on_the_same_text
def propose(
    desk: Desk,
    title: str,
    rationale: str,
    *,
    texts: Mapping[str, str] | None = None,
    changes: Sequence[Change] | None = None,
    each_clause: bool = False,
    kind: AmendmentKind = "substantive",
    sources: Sequence[str] = (),
    rivals: Sequence[str] = (),
    amends: str = "",
    new_only: bool = False,
) -> tuple[Recorded, ...]:
    """Files an amendment, or with `each_clause` one for each clause; a commit each.

    Takes what `draw_up` takes and raises what it raises; nothing is written then. `new_only`
    leaves out what an open amendment wants already; Refused "duplicate" where that is all.
    """
    made = draw_up(
        desk,
        title,
        rationale,
        texts=texts,
        changes=changes,
        each_clause=each_clause,
        kind=kind,
        sources=sources,
        rivals=rivals,
        amends=amends,
    )
    acts = []
    for amendment in _new(desk, made) if new_only else made:
        folder = layout.proposal_folder(desk.now(), amendment.id, amendment.title)
        acts.append(
            (
                {layout.amendment_path(folder): forms.write(amendment)},
                _subject(f"Propose {amendment.id}: {amendment.title}", amendment.rationale),
                f"`manifesto-tui withdraw {amendment.id}` takes it back.",
            )
        )
    return desk.record_all(acts)


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
    desk: Desk,
    title: str,
    rationale: str,
    *,
    texts: Mapping[str, str] | None = None,
    changes: Sequence[Change] | None = None,
    each_clause: bool = False,
    kind: AmendmentKind = "substantive",
    sources: Sequence[str] = (),
    rivals: Sequence[str] = (),
    amends: str = "",
) -> tuple[Amendment, ...]:
    """Returns the amendment that would be filed, or with `each_clause` one for each clause.

    What it changes comes from `texts`, edited sources by path (files left out stay as they
    are, anchors may be gone), or from `changes` as they are. `amends` makes it another wording
    of an open amendment, with its title where none is given: a rival that its proposer may
    `accept`.

    Raises BadInput where nothing would change or something in it is unknown, Refused where the
    member may not propose or the words hold hidden characters. Nothing is written.
    """
    member = desk.me()
    assembly = desk.assembly
    refuse(assembly, member.handle, "propose")
    target = _open(desk, amends)[1] if amends else None
    title = one_line(title) or (target.title if target else "")
    if not title:
        raise BadInput("title-missing", "An amendment needs a title.", "Give one with --title.")
    refuse_hidden(title, "The title")
    refuse_hidden(rationale, "The reason")
    if kind not in get_args(AmendmentKind):
        raise BadInput("kind", f"“{kind}” is not a kind of amendment.", "substantive or editorial.")
    _known_sources(desk, sources)
    named = tuple(desk.find(rival).id for rival in rivals)
    wanted = tuple(changes) if changes is not None else derived(desk, texts or {}, like=target)
    _fit(assembly.text, wanted)
    if target and target.changes == wanted:
        raise BadInput(
            "nothing-changed", f"{target.id} reads so already.", "Second it, or word it otherwise."
        )
    if target and each_clause:
        raise BadInput("usage", "Another wording is one amendment.", "Leave out --each-clause.")
    groups = split_changes(assembly.text, wanted) if each_clause else (wanted,)
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
            sources=tuple(sources),
            rivals=named,
            amends=target.id if target else "",
        )
        taken.add(amendment.id)
        made.append(amendment)
    return tuple(made)


def derived(
    desk: Desk, texts: Mapping[str, str], base: Text | None = None, like: Amendment | None = None
) -> tuple[Change, ...]:
    """Returns the clause-level changes that turn the text into these edited sources.

    A clause that an amendment they are `like` inserts keeps the name that it has there.

    Raises BadInput "path-unknown" for a file that is not part of the text, and
    "nothing-changed" where the sources read as the text does.
    """
    old = base or desk.assembly.text
    unknown = [path for path in texts if path not in old.sources]
    if unknown:
        raise BadInput(
            "path-unknown",
            f"{unknown[0]} is not a file of the text.",
            f"The text is: {', '.join(old.sources)}.",
            unknown[0],
        )
    own = {change.id for change in like.changes} - set(old.by_anchor) if like else set()
    new = read_text({**old.sources, **texts}, old)
    changes = tuple(derive_changes(old, new, desk.taken() - own))
    if not changes:
        raise BadInput(
            "nothing-changed",
            "There is nothing to propose: the text reads as it did.",
            "Edit the text's files first; `manifesto-tui show` names them.",
        )
    return changes


@again_on_the_same_text
def revise(
    desk: Desk,
    prefix: str,
    *,
    texts: Mapping[str, str] | None = None,
    changes: Sequence[Change] | None = None,
    title: str | None = None,
    rationale: str | None = None,
) -> Recorded:
    """Files a new revision of one's own amendment, against the text of today; the old one stays.

    Raises Refused where it is another's, or frozen by a ballot.
    """
    proposal, amendment = _own_open(desk, prefix, "revise")
    wanted = amendment.changes
    if changes is not None:
        wanted = tuple(changes)
    elif texts is not None:
        wanted = derived(desk, texts, like=amendment)
    _fit(desk.assembly.text, wanted)
    refuse_hidden(title or "", "The title")
    refuse_hidden(rationale or "", "The reason")
    revised = replace(
        amendment,
        changes=wanted,
        title=one_line(title or amendment.title),
        rationale=amendment.rationale if rationale is None else rationale.strip(),
        filed=desk.stamp,
        base=desk.assembly.commit,
        revision=amendment.revision + 1,
    )
    if wanted != amendment.changes:
        # The words are the proposer's own from here on.
        revised = replace(revised, takes_up="", author="")
    if replace(
        revised, filed=amendment.filed, base=amendment.base, revision=amendment.revision
    ) == (amendment):
        raise BadInput("nothing-changed", "The revision says what the last one said.", "Change it.")
    return _record_revision(desk, proposal, revised, "Revise")


@again_on_the_same_text
def rebase(desk: Desk, prefix: str, confirm: bool = False) -> Recorded:
    """Fits one's own amendment to the text of today, as a new revision; the old one stays.

    Where not the very same words go and come, nobody has agreed to what it would say: it is
    filed once the proposer confirms it.

    Raises Refused "to-confirm" with the sentences that would result, "in-conflict" where the
    same words changed, and "nothing-to-rebase" where it fits as it is.
    """
    proposal, amendment = _own_open(desk, prefix, "revise")
    text = desk.assembly.text
    found = standing(text, amendment.changes)
    if found.state == "clean":
        raise Refused(
            "nothing-to-rebase", f"{proposal.id} fits the text as it is.", "There is nothing to do."
        )
    if found.text is None:
        raise Refused(
            "in-conflict",
            f"{proposal.id} cannot be fitted by itself: it is {found.state} with the text.",
            f"Edit the text's files and run `manifesto-tui revise {proposal.id} --from-worktree`.",
            proposal.folder,
        )
    rebased = drawn_up(text, amendment.changes)
    if rebased.confirm and not confirm:
        raise Refused(
            "to-confirm",
            f"Others have changed what {proposal.id} changes. {' '.join(rebased.confirm)}",
            f"If that is what you mean: `manifesto-tui rebase {proposal.id} --confirm`; else "
            f"revise it.",
            proposal.folder,
        )
    revised = replace(
        amendment,
        changes=rebased.changes,
        filed=desk.stamp,
        base=desk.assembly.commit,
        revision=amendment.revision + 1,
    )
    return _record_revision(desk, proposal, revised, "Rebase")


@again_on_the_same_text
def accept(desk: Desk, prefix: str) -> Recorded:
    """Accepts another's wording of one's own amendment, as its next revision with both names.

    Title and reasons stay the proposer's. Raises Refused "not-a-wording" where `prefix` words
    nothing otherwise, "not-yours" where it words another's amendment.
    """
    proposal, wording = _open(desk, prefix)
    if not wording.amends:
        raise Refused(
            "not-a-wording",
            f"{proposal.id} is not another wording of an amendment.",
            "`manifesto-tui amendment` names the wordings that were filed of yours.",
            proposal.folder,
        )
    target, amendment = _own_open(desk, wording.amends, "accept a wording of")
    _fit(desk.assembly.text, wording.changes)
    revised = replace(
        amendment,
        changes=wording.changes,
        kind=wording.kind,
        sources=tuple(dict.fromkeys((*amendment.sources, *wording.sources))),
        filed=desk.stamp,
        base=wording.base,
        revision=amendment.revision + 1,
        takes_up=wording.id,
        author=wording.proposer,
    )
    verb = f"Accept {wording.proposer}’s wording {wording.id} in"
    return _record_revision(desk, target, revised, verb)


@again_on_the_same_text
def withdraw(desk: Desk, prefix: str, reason: str = "") -> Recorded:
    """Takes one's own amendment back; Refused where it is another's or at the ballot."""
    refuse_hidden(reason, "The reason")
    proposal, amendment = _own_open(desk, prefix, "withdraw")
    withdrawal = Withdrawal(desk.me().handle, desk.stamp, reason.strip())
    return desk.record(
        {layout.withdrawal_path(proposal.folder): forms.write(withdrawal)},
        _subject(f"Withdraw {proposal.id}: {amendment.title}", reason),
        undo="A withdrawal stands; to go back, propose it again.",
    )


@again
def second(desk: Desk, prefix: str) -> Recorded:
    """Records the member's support of an amendment before the vote."""
    member = desk.me()
    proposal, amendment = _open(desk, prefix)
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
        undo="What was said stands; say otherwise with `manifesto-tui comment`.",
    )


def _record_revision(desk: Desk, proposal: Proposal, revised: Amendment, verb: str) -> Recorded:
    return desk.record(
        {layout.amendment_path(proposal.folder, revised.revision): forms.write(revised)},
        f"{verb} {proposal.id}, revision {revised.revision}: {revised.title}",
        undo=f"Revision {revised.revision - 1} is kept; revise again to go back to its words.",
    )


def _open(desk: Desk, prefix: str) -> tuple[Proposal, Amendment]:
    proposal = desk.find(prefix)
    amendment = proposal.amendment
    if amendment is None:
        raise BadInput(
            "not-an-amendment",
            f"{proposal.id} is a ballot between rivals.",
            "Name one of the rivals.",
            proposal.folder,
        )
    reached = stage(desk.assembly, proposal, desk.now())
    if reached not in ("open", "lapsed"):
        raise Refused(
            "not-open",
            f"{proposal.id} is {reached}, not open.",
            "Only an open amendment can change; propose another.",
            proposal.folder,
        )
    return proposal, amendment


def _own_open(desk: Desk, prefix: str, act: str) -> tuple[Proposal, Amendment]:
    member = desk.me()
    proposal, amendment = _open(desk, prefix)
    if amendment.proposer != member.handle:
        raise Refused(
            "not-yours",
            f"{proposal.id} is {amendment.proposer}'s, and only its proposer may {act} it.",
            f"Word it otherwise: `manifesto-tui propose --to {proposal.id}`; or comment on it.",
            proposal.folder,
        )
    return proposal, amendment


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _fit(text: Text, changes: Sequence[Change]) -> None:
    for change in changes:
        refuse_hidden(change.now or "", "The new wording")
    enact(text, changes)


def _known_sources(desk: Desk, sources: Sequence[str]) -> None:
    for key in sources:
        if key not in desk.assembly.sources:
            raise BadInput(
                "source-unknown",
                f"{key} is not in the list of sources.",
                f"Add it to {layout.SOURCES} first.",
                layout.SOURCES,
            )


def _title(title: str, group: Sequence[Change], text: Text, several: bool) -> str:
    if not several:
        return title.strip()
    anchor = group[0].target if group[0].verb != "insert" else group[0].after
    number = text.by_anchor[anchor][1].number if anchor in text.by_anchor else ""
    return f"{title.strip()} ({number or anchor})"


def _subject(subject: str, body: str) -> str:
    short = subject if len(subject) <= 72 else subject[:71] + "…"
    return f"{short}\n\n{body.strip()}" if body.strip() else short
