"""Makes again what was recorded here and never sent, where others' acts came first.

A decision is counted again, by the member who took it, at the time they took it, and its text is
laid over the text as others' decisions left it. Where that cannot be, the decision waits for
people: the ballot and every vote on it stand, and whoever decides next is told why. Of two ballots
on one amendment the one that was sent stands; a vote on the other goes to it where it asks the
same, and is kept as a comment where it does not. An edit of a text that is still being drafted is
laid over the others' edits, clause by clause.
"""

from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex

from manifesto_tui.governance.amendment import Amendment, Comment
from manifesto_tui.governance.assembly import Assembly, Proposal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.opening import draw_up
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.proxy import Proxy
from manifesto_tui.governance.replay import Finding
from manifesto_tui.record import commit as commits
from manifesto_tui.record import forms, history, layout
from manifesto_tui.record.alongside import Content
from manifesto_tui.record.objects import read_blobs
from manifesto_tui.record.remaking import ASIDE, Remade, Unsent, reapplied, united_by_key, without
from manifesto_tui.record.sides import SIG, Sides, is_ours
from manifesto_tui.workflow.counting import pinned
from manifesto_tui.workflow.deciding import concluded
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.uniting import apart, changed, how_to_choose, laid_over
from manifesto_tui.workflow.verifying import prove


class Maker:
    """Makes acts again at one desk; see `record.remaking.Remaker`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def again(self, act: Unsent, tip: str) -> Remade:
        """Returns an act as it is on `tip`; Refused "needs-people" where only they can make it."""
        there = self._desk.at(tip)
        of_kind = {layout.kind_of(path): path for path, (_, now) in act.changes.items() if now}
        makers = {
            "decision": self._decide,
            "ballot": self._open,
            "vote": self._vote,
            "amendment": self._file,
        }
        for kind, maker in makers.items():
            if kind in of_kind:
                return maker(act, there, of_kind[kind])
        reasons = {
            "manifesto": self._ratified_apart,
            "edition": self._edition,
            "proxy": self._proxy,
            "withdrawal": self._too_late,
        }
        for kind, reason in reasons.items():
            waits = reason(act, there, of_kind[kind]) if kind in of_kind else ""
            if waits:
                return Remade({}, act.message, (waits,))
        try:
            return Remade(self.united(act, there), act.message)
        except Refused as met:
            texts = self._desk.assembly_at(act.commit).manifesto.text
            if met.code != "needs-people" or not all(is_ours(path, texts) for path in act.changes):
                raise
            told = f"“{act.subject}” waits here, unsent. {met.sentence} {how_to_choose(act.commit)}"
            return Remade({}, act.message, (told,), waits=True)

    def united(self, act: Unsent, there: Desk, mine_wins: bool = False) -> dict[str, Content]:
        """Returns the files of an act as it is after what others recorded, with both changes.

        Raises Refused "needs-people" where they changed the same, unless `mine_wins`.
        """
        repo, tip = self._desk.repo, there.assembly.commit
        edited = self._edited(act, there, mine_wins)
        keyed = united_by_key(repo, act, tip, mine_wins)
        if keyed:
            needed = there.assembly.rules.signatures == "required"
            needed |= any(path + SIG in act.changes for path in keyed)
            if needed and not there.key():
                raise apart("What both sides changed has to be signed, and the key is not here.")
        texts = there.assembly.manifesto.text if edited is not None else ()
        files = reapplied(repo, without(act, (*keyed, *texts)), tip)
        return {**files, **(edited or {}), **(there.signed(keyed) if keyed else {})}

    def judge(self, made: str, sides: Sides) -> None:
        """Raises Refused "needs-people" where the new tip would not be proved, and ours was."""
        found = self._faults(made, sides.theirs)
        if found:
            known = {(f.code, f.path) for f in self._faults(sides.ours, sides.theirs)}
            found = [f for f in found if (f.code, f.path) not in known]
        if found:
            raise apart(f"After what others recorded it would not be proved: {found[0].sentence}")

    def refuse_unproved(self, files: Mapping[str, Content], message: str) -> None:
        """Raises Refused "needs-people" where these files, recorded now, would not be proved."""
        desk, ref = self._desk, f"{ASIDE}{token_hex(8)}"
        tip = desk.assembly.commit
        try:
            made = commits.aside(desk.repo, commits.Act(files, message, desk.now()), tip, ref)
            found = self._faults(made, tip)
        finally:
            desk.repo.ask(("update-ref", "-d", ref))
        if found:
            raise apart(f"It would not be proved: {found[0].sentence}")

    def _faults(self, tip: str, theirs: str) -> list[Finding]:
        brought = history.between(self._desk.repo, theirs, tip)
        proof = prove(self._desk.repo, tip)
        return [f for f in proof.findings if f.severity == "error" and f.commit in brought]

    def _read(self, act: Unsent, path: str) -> object:
        return forms.read(path, self._data(act, path))

    def _data(self, act: Unsent, path: str) -> bytes:
        entry = act.changes[path][1]
        assert entry is not None, "only what an act brings is read"
        return dict(read_blobs(self._desk.repo, [entry.id]))[entry.id] or b""

    # Decisions

    def _decide(self, act: Unsent, there: Desk, path: str) -> Remade:
        was = self._read(act, path)
        assert isinstance(was, Decision), "the path says that it is a decision"
        held = _held(there, path)
        beside = {path, layout.RULES, *there.assembly.manifesto.text}
        if not {p.removesuffix(SIG) for p in act.changes} <= beside:
            raise apart(f"What decided {was.ballot} here changed other files as well.")
        if held is None or held.ballot is None:
            said = f"{was.ballot} waits for people: the ballot that decided it does not stand."
            return Remade({}, act.message, (said,))
        name = f"{held.id}, “{held.title}”,"
        if held.decision:
            return Remade({}, act.message, (_twice(name, was, held.decision),))
        try:
            now, files = concluded(there, held, was.decider, moment(was.decided))
        except (Refused, BadInput) as why:
            said = f"{name} waits for people: others decided before it. {why.sentence} {why.hint}"
            return Remade({}, act.message, (said.strip(),))
        signed = self._signed(act, there, path, files, was.decider)
        if signed is None:
            said = f"{name} waits for {was.decider}, whose key is not here, to decide it again."
            return Remade({}, act.message, (said,))
        if now.outcome == was.outcome:
            told = f"{name} was decided again, after what others decided: {now.outcome}."
            return Remade(signed, act.message, (told,))
        told = f"{name} was counted again with the votes that came in: {now.outcome}, "
        told += f"where it was {was.outcome} without them."
        return Remade(signed, f"Decide {held.id}: {now.outcome}", (told,))

    def _signed(
        self, act: Unsent, there: Desk, path: str, files: Mapping[str, bytes | None], who: str
    ) -> dict[str, bytes | None] | None:
        """Returns files signed anew if the one at `path` was signed; None without the key."""
        needed = path + SIG in act.changes or there.assembly.rules.signatures == "required"
        if there.handle == who and there.key():
            return there.signed(files)
        return None if needed else dict(files)

    # Ballots and votes

    def _open(self, act: Unsent, there: Desk, path: str) -> Remade:
        was = self._read(act, path)
        assert isinstance(was, Ballot), "the path says that it is a ballot"
        assembly = there.assembly
        names = ", ".join(option.amendment for option in was.options)
        try:
            now = _drawn_up(assembly, was)
        except Refused as why:
            return Remade(
                {}, act.message, (f"The ballot on {names} does not stand: {why.sentence}",)
            )
        if self._desk.repo.holds(was.base, assembly.commit):
            kept = replace(now, base=was.base)
            if forms.write(kept) == self._data(act, path):
                return Remade(reapplied(self._desk.repo, act, assembly.commit), act.message)
        signed = self._signed(act, there, path, {path: forms.write(now)}, was.opener)
        if signed is None:
            said = f"The ballot on {names} waits for {was.opener}, whose key is not here."
            return Remade({}, act.message, (said,))
        return Remade(signed, act.message)

    def _vote(self, act: Unsent, there: Desk, path: str) -> Remade:
        """Returns a vote as it was, or on the ballot that stands where that one asks the same."""
        was, held = self._read(act, path), _held(there, path)
        assert isinstance(was, Vote), "the path says that it is a vote"
        ballot = held.ballot if held else None
        if held is None or ballot is None or was.effect != ballot.effect:
            return self._said_instead(act, there, path, was)
        if was.ballot_digest in ("", ballot.digest):
            return Remade(reapplied(self._desk.repo, act, there.assembly.commit), act.message)
        roll, _ = pinned(there, ballot)
        free = layout.vote_path(held.folder, was.voter, [vote.path for vote in held.votes])
        data = forms.write(replace(was, ballot_digest=ballot.digest))
        signed = self._signed(act, there, path, {free: data}, was.voter)
        in_time = was.voter in roll.by_handle and moment(was.cast) < moment(ballot.closes)
        if signed is None or not in_time:
            return self._said_instead(act, there, path, was)
        return Remade(signed, act.message)

    def _said_instead(self, act: Unsent, there: Desk, path: str, was: Vote) -> Remade:
        """Returns as a comment what a member voted on a ballot that does not stand."""
        folder, held = layout.folder_of(path), _held(there, path)
        answer = " > ".join(was.ranking) or was.choice
        words = f"I voted {answer} on a ballot that does not stand. {was.reason}".strip()
        taken = [comment.path for comment in held.comments] if held else []
        free = layout.comment_path(folder, moment(was.cast), was.voter, taken)
        comment = forms.write(Comment(was.voter, was.cast, words))
        told = (
            f"{was.voter} voted {answer} on {was.ballot} as it was put here, which does not stand"
        )
        signed = self._signed(act, there, path, {free: comment}, was.voter)
        if signed is None and there.assembly.rules.signatures == "required":
            return Remade({}, act.message, (f"{told}. Ask them to vote again, or to say so.",))
        files = signed or {free: comment}
        return Remade(files, act.message, (f"{told}; a comment says so in its place.",))

    def _proxy(self, act: Unsent, there: Desk, path: str) -> str:
        was, held = self._read(act, path), _held(there, path)
        assert isinstance(was, Proxy), "the path says that it is a proxy"
        if held and held.ballot and held.ballot.digest == was.ballot_digest:
            return ""
        return f"{was.giver} gave a proxy for {was.ballot} as it was put here: give it again."

    def _file(self, act: Unsent, there: Desk, path: str) -> Remade:
        """Returns an amendment as it was; a revision of one at the ballot as one by itself."""
        held = _held(there, path)
        if held is None or held.amendment is None or not there.assembly.ballot_for(held):
            return Remade(reapplied(self._desk.repo, act, there.assembly.commit), act.message)
        was = self._read(act, path)
        assert isinstance(was, Amendment), "the path says that it is an amendment"
        new = layout.new_id(there.assembly.by_id)
        filed = replace(was, id=new, revision=1, rivals=(*was.rivals, held.id))
        free = layout.amendment_path(layout.proposal_folder(moment(was.filed), new, was.title))
        told = f"{held.id} was revised here after it was put to the vote there: that ballot stands"
        signed = self._signed(act, there, path, {free: forms.write(filed)}, was.proposer)
        if signed is None:
            return Remade({}, act.message, (f"{told}. Ask {was.proposer} to file it anew.",))
        message = f"Propose {new}: {was.title}"
        return Remade(signed, message, (f"{told}, and the revision is filed as {new}.",))

    def _too_late(self, act: Unsent, there: Desk, path: str) -> str:
        held = _held(there, path)
        if held is None or not there.assembly.ballot_for(held):
            return ""
        return (
            f"{held.id} was withdrawn here after it was put to the vote there: the ballot stands."
        )

    # Editions

    def _edition(self, act: Unsent, there: Desk, path: str) -> str:
        was = self._read(act, path)
        assert isinstance(was, Edition), "the path says that it is an edition"
        if any(was.number == known.number for known in there.assembly.editions):
            return f"Edition {was.number} was made there as well; the one sent first stands."
        if was.text == text_digest(there.assembly.text):
            return ""
        return f"Edition {was.number} waits: others changed the text it was made of. Make it again."

    # The text while it is being drafted

    def _edited(self, act: Unsent, there: Desk, mine_wins: bool) -> dict[str, bytes | None] | None:
        """Returns the text's files with what an act edited in them, None where it edited none.

        An act that also changes which files the text is made of is not read clause by clause.
        """
        paths = there.assembly.manifesto.text
        if not any(path in paths for path in act.changes):
            return None
        if there.assembly.manifesto.state == "in-force":
            raise apart("The text was put in force there, and changed here.")
        was = self._desk.assembly_at(f"{act.commit}^")
        mine = self._desk.assembly_at(act.commit)
        if was.manifesto.text != mine.manifesto.text:
            return None
        text = laid_over(was.text, mine.text, there.assembly.text, mine_wins)
        return changed(there.assembly.text, text)

    def _ratified_apart(self, act: Unsent, there: Desk, path: str) -> str:
        """Returns why putting the text in force has to wait, "" where it need not."""
        settings = self._read(act, path)
        assert isinstance(settings, Manifesto), "the path says that they are the settings"
        if settings.state != "in-force" or there.assembly.manifesto.state == "in-force":
            return ""
        if settings.ratified == text_digest(there.assembly.text):
            return ""
        return (
            "The text was put in force here, and others changed it before: ratify what it says now."
        )


def _drawn_up(assembly: Assembly, was: Ballot) -> Ballot:
    """Returns a ballot as it has to be on this record; Refused where it cannot stand."""
    refuse(assembly, was.opener, "open")
    held = [assembly.by_id[option.amendment] for option in was.options]
    for proposal, option in zip(held, was.options, strict=True):
        what = proposal.id
        if assembly.ballot_for(proposal):
            raise Refused("already-at-the-ballot", f"{what} was put to the vote there before.")
        if proposal.withdrawal:
            raise Refused("withdrawn", f"{what} was withdrawn there.")
        if proposal.amendment is None or proposal.amendment.revision != option.revision:
            raise Refused("needs-revision", f"{what} was revised there.")
    return draw_up(
        *(assembly.text, assembly.roll, assembly.rules),
        [proposal.amendment for proposal in held if proposal.amendment],
        ballot_id=was.id,
        opened=was.opened,
        closes=was.closes,
        opener=was.opener,
        base=assembly.commit,
        title=was.title,
    )


def _held(there: Desk, path: str) -> Proposal | None:
    folder = layout.folder_of(path)
    return next((p for p in there.assembly.proposals if p.folder == folder), None)


def _twice(name: str, was: Decision, stands: Decision) -> str:
    if (was.outcome, was.adopted) == (stands.outcome, stands.adopted):
        return f"{name} was decided there as well, and came to the same: {was.outcome}."
    return (
        f"{name} was decided there first and came to {stands.outcome}, where with the votes known "
        f"here it came to {was.outcome}. The decision that was sent first stands."
    )
