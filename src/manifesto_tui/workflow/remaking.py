"""Makes again what was recorded here and never sent, where others' acts came first.

A decision is counted again, by the member who took it, at the time they took it, and its text is
laid over the text as others' decisions left it. Where that cannot be, the decision waits for
people: the ballot and every vote on it stand, and whoever decides next is told why. What hangs on
a ballot is made again by `reballoting`. An edit of a text that is still being drafted is laid over
the others' edits, clause by clause, and a change of settings over others' changes, key by key; one
that met theirs waits whole until somebody chooses, see `settling`.
"""

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING

from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import moment
from manifesto_tui.governance.paths import RULES, kind_of
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.governance.signature import SUFFIX
from manifesto_tui.record import commit as commits
from manifesto_tui.record.objects import Content
from manifesto_tui.record.remaking import ASIDE, Remade, Unsent, reapplied, united_by_key, without
from manifesto_tui.record.sides import Sides, is_ours
from manifesto_tui.workflow import reballoting
from manifesto_tui.workflow.again import Again
from manifesto_tui.workflow.deciding import concluded
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.uniting import apart, laid_over
from manifesto_tui.workflow.wording import changed_files

if TYPE_CHECKING:
    from manifesto_tui.governance.replay import Finding


class Maker:
    """Makes acts again at one desk; see `record.remaking.Remaker`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def again(self, act: Unsent, tip: str) -> Remade:
        """Returns an act as it is on `tip`; Refused "needs-people" where only they can make it."""
        there = self._desk.at(tip)
        again = Again(self._desk, act, there)
        of_kind = {kind_of(path): path for path, (_, now) in act.changes.items() if now}
        for kind, maker in _MAKERS.items():
            if kind in of_kind:
                made = maker(again, of_kind[kind])
                if again.brings_more_than(of_kind[kind]) and made != again.as_it_was():
                    told = f"{quoted(act.subject)} holds more than one act, and one cannot stand."
                    raise apart(told)
                return made
        for kind, reason in _REASONS.items():
            waits = reason(again, of_kind[kind]) if kind in of_kind else ""
            if waits:
                return again.gone(waits)
        try:
            return Remade(self.united(act, there), act.message)
        except Refused as met:
            texts = self._desk.assembly_at(act.commit).manifesto.text
            if met.code != "needs-people" or not all(is_ours(path, texts) for path in act.changes):
                raise
            told = f"{quoted(act.subject)} waits here, unsent. {met.sentence}"
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
            needed |= any(path + SUFFIX in act.changes for path in keyed)
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

    def _faults(self, tip: str, before: str) -> "list[Finding]":
        # Most that is synchronised is never made again: what judges is loaded only where it is.
        from manifesto_tui.workflow.verifying import faults_since

        return faults_since(self._desk.repo, tip, before)

    def _edited(self, act: Unsent, there: Desk, mine_wins: bool) -> dict[str, bytes] | None:
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
        return changed_files(there.assembly.text, text)


def _decided(again: Again, path: str) -> Remade:
    was, held, act = again.read(path), again.held(path), again.act
    assert isinstance(was, Decision), "the path says that it is a decision"
    beside = {path, RULES, *again.there.assembly.manifesto.text}
    if not {p.removesuffix(SUFFIX) for p in act.changes} <= beside:
        raise apart(f"What decided {was.ballot} here changed other files as well.")
    if held is None or held.ballot is None:
        return again.gone(
            f"{was.ballot} waits for people: the ballot that decided it does not stand."
        )
    name = f"{held.id}, {quoted(held.title)},"
    if held.decision:
        return again.gone(_twice(name, was, held.decision))
    try:
        now, files = concluded(again.there, held, was.decider, moment(was.decided))
    except (Refused, BadInput) as why:
        said = f"{name} waits for people: others decided before it. {why.sentence} {why.hint}"
        return again.gone(said.strip())
    signed = again.signed(path, files, was.decider)
    if signed is None:
        return again.gone(
            f"{name} waits for {was.decider}, whose key is not here, to decide it again."
        )
    if now.outcome == was.outcome:
        told = f"{name} was decided again, after what others decided: {now.outcome}."
        return again.made(signed, told)
    told = f"{name} was counted again with the votes that came in: {now.outcome}, "
    told += f"where it was {was.outcome} without them."
    return again.made(signed, told, message=f"Decide {held.id}: {now.outcome}")


def _edition_apart(again: Again, path: str) -> str:
    """Returns why an edition cannot stand, "" where it can."""
    was, assembly = again.read(path), again.there.assembly
    assert isinstance(was, Edition), "the path says that it is an edition"
    if any(was.number == known.number for known in assembly.editions):
        return f"Edition {was.number} was made there as well; the one sent first stands."
    if was.text == text_digest(assembly.text):
        return ""
    return f"Edition {was.number} waits: others changed the text it was made of. Make it again."


def _ratified_apart(again: Again, path: str) -> str:
    """Returns why putting the text in force has to wait, "" where it need not."""
    settings, assembly = again.read(path), again.there.assembly
    assert isinstance(settings, Manifesto), "the path says that they are the settings"
    if settings.state != "in-force" or assembly.manifesto.state == "in-force":
        return ""
    if settings.ratified == text_digest(assembly.text):
        return ""
    return "The text was put in force here, and others changed it before: ratify what it says now."


def _twice(name: str, was: Decision, stands: Decision) -> str:
    if (was.outcome, was.adopted) == (stands.outcome, stands.adopted):
        return f"{name} was decided there as well, and came to the same: {was.outcome}."
    return (
        f"{name} was decided there first and came to {stands.outcome}, where with the votes known "
        f"here it came to {was.outcome}. The decision that was sent first stands."
    )


_MAKERS: Mapping[str, Callable[[Again, str], Remade]] = {
    "decision": _decided,
    "ballot": reballoting.opened,
    "vote": reballoting.vote,
    "proxy": reballoting.proxy,
    "acceptance": reballoting.acceptance,
    "amendment": reballoting.filed,
    "withdrawal": reballoting.withdrawal,
}
_REASONS: Mapping[str, Callable[[Again, str], str]] = {
    "manifesto": _ratified_apart,
    "edition": _edition_apart,
}
