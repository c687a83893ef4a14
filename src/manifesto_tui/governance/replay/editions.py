"""Judges editions and signatories: numbers, digests and names, and the tags that lead to them.

An edition's file is the truth: it says which number the text of its commit has, and both follow
from the history. A signatory's file says who put whose name there. A tag is only a pointer to
the commit that brought the edition's file, which anybody may move; so it is compared, never read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from manifesto_tui.governance.edition import (
    FIRST,
    Edition,
    Tag,
    comprised,
    edition_named,
    kinds_of,
    latest,
    level_of,
    raised,
    why,
)
from manifesto_tui.governance.paths import Place
from manifesto_tui.governance.replay.acts import refusal
from manifesto_tui.governance.replay.state import Made, State
from manifesto_tui.governance.replay.values import FileChange, Finding, finding
from manifesto_tui.governance.signatory import Signatory, standing
from manifesto_tui.prose import compare_texts, find_hidden


def made_at(commit: str, before: State, state: State, place: Place) -> State:
    """Returns the state that knows by which commit an edition was brought, and on which text.

    One that is written over stays what it was.
    """
    made, earlier = state.editions.get(place.name), before.editions.get(place.name)
    if made is None or place.kind != "edition":
        return state
    if earlier:
        return _with(state, place, earlier)
    blobs = ((path, state.files.get(path)) for path, _ in state.text.documents)
    papers = {path: blob.name for path, blob in blobs if blob}
    return _with(state, place, replace(made, commit=commit, text=state.text, papers=papers))


def with_made(state: State, giver: State, place: Place) -> State:
    """Returns the state of a merge with an edition as the parent knows it that brings it."""
    made = giver.editions.get(place.name)
    return _with(state, place, made) if made else state


def _with(state: State, place: Place, made: Made) -> State:
    return replace(state, editions={**state.editions, place.name: made})


def judge_naming(
    commit: str, before: State, after: State, place: Place, change: FileChange
) -> Iterator[Finding]:
    """Judges one new file of an edition or of a signatory."""
    made, act = after.editions.get(place.name), after.signatories.get(place.name)
    if place.kind == "edition":
        return (
            _judge_edition(commit, before, after, made.edition, change.path) if made else iter(())
        )
    return _judge_signatory(commit, before, after, act, place, change) if act else iter(())


def _judge_edition(
    commit: str, before: State, after: State, edition: Edition, path: str
) -> Iterator[Finding]:
    refused = refusal(before, edition.steward, "make an edition")
    if refused:
        yield finding("edition-maker", commit, path, refused.sentence)
    if not after.in_force:
        said = f"Edition {edition.number} was made while the text was a draft."
        yield finding("edition-early", commit, path, said)
    if edition.text != after.digest:
        said = f"Edition {edition.number} names another text than its commit has."
        yield finding("edition-text", commit, path, said)
    else:
        number, because = _number_due(before, after)
        if edition.number != number:
            said = f"This is called edition {edition.number}, and is {number}: {because}."
            yield finding("edition-number", commit, path, said)
    due = _decisions_due(before, after)
    if sorted(edition.decisions) != sorted(due):
        said = f"Edition {edition.number} comprises {', '.join(due) or 'no decision'} and names "
        said += f"{', '.join(edition.decisions) or 'none'}."
        yield finding("edition-decisions", commit, path, said)


def _number_due(before: State, after: State) -> tuple[str, str]:
    """Returns which number the text of a commit has, if it is an edition, and why."""
    known = [made.edition for made in before.editions.values()]
    last = latest(known)
    if last is None:
        return FIRST, "it is the first"
    if last.text == after.digest:
        return last.number, "the text reads as it did then"
    made = next(made for made in before.editions.values() if made.edition is last)
    changes = compare_texts(made.text, after.text) if made.text else ()
    due = set(_decisions_due(before, after))
    kinds = kinds_of(
        amendment
        for _, folder, decision in after.decided(after.adopted)
        for name, amendment in after.amendments_on(folder).items()
        if name == decision.adopted and name in due
    )
    level = level_of(changes, kinds)
    return raised(last.number, level), why(level)


def _decisions_due(before: State, after: State) -> list[str]:
    known = comprised(made.edition for made in before.editions.values())
    adopted = (decision.adopted for _, _, decision in after.decided(after.adopted))
    return [name for name in adopted if name not in known]


def _judge_signatory(
    commit: str, before: State, after: State, act: Signatory, place: Place, change: FileChange
) -> Iterator[Finding]:
    path, is_own = change.path, act.filed_by == act.handle
    refused = refusal(before, act.filed_by, "sign" if is_own else "record a signatory")
    if refused:
        yield finding("signatory-by", commit, path, refused.sentence)
    hidden = find_hidden((change.new or b"").decode("utf-8", "replace"))
    if hidden:
        said = f"This file holds a character that nobody sees: {hidden[0].name}."
        yield finding("hidden-characters", commit, path, said)
    if not re.fullmatch(rf"{re.escape(act.handle)}(?:-[0-9]+)?", place.name):
        said = f"The file of {act.handle} is not named after them."
        yield finding("signatory-name", commit, path, said)
    elif act.withdrawn:
        if not any(each.handle == act.handle for each in standing(_acts(before, act.handle))):
            said = f"{act.handle} takes back a name that stands nowhere."
            yield finding("signatory-edition", commit, path, said)
    else:
        if edition_named([made.edition for made in after.editions.values()], act.edition) is None:
            said = f"{act.name} signed edition {act.edition}, and there is none."
            yield finding("signatory-edition", commit, path, said)
        wrong = _misnamed(before, act)
        if wrong:
            yield finding("signatory-name", commit, path, wrong)


def _acts(state: State, handle: str) -> Iterator[Signatory]:
    """Yields what the files of one signatory say, as far as their numbers go on."""
    act, number = state.signatories.get(handle), 1
    while act:
        yield act
        number += 1
        act = state.signatories.get(f"{handle}-{number}")


def _misnamed(before: State, act: Signatory) -> str:
    """Returns what is wrong with the name or the constituency that a signatory goes by."""
    member = before.members.get(act.handle)
    if member and (member.name, member.constituency) != (act.name, act.constituency):
        return f"{act.handle} is on the roll by another name, or for another constituency."
    named = act.name.casefold()
    for other in before.members.values():
        if other.handle != act.handle and not other.retired and other.name.casefold() == named:
            return f"“{act.name}” is the name of {other.handle}, and stands for {act.handle}."
    return ""


def judge_tags(head: str, editions: Mapping[str, str], tags: Iterable[Tag]) -> Iterator[Finding]:
    """Judges the tags of a clone by the commits that brought the editions, each by its number.

    `head` is the commit that findings stand at whose edition there is not.
    """
    names = {f"edition-{number}": commit for number, commit in editions.items()}
    known = {tag.name: tag for tag in tags}
    for name, commit in names.items():
        tag = known.get(name)
        if tag is None:
            said = f"This clone has no tag {name}; opening the manifesto makes it."
            yield finding("edition-tag-missing", commit, "", said)
        elif tag.commit != commit:
            said = f"The tag {name} leads to {tag.commit[:12]}, and the edition is {commit[:12]}."
            yield finding("edition-tag-moved", commit, "", said)
        elif not tag.is_ours:
            said = f"The tag {name} is not annotated as the edition's own is."
            yield finding("edition-tag-plain", commit, "", said)
    for name, tag in known.items():
        if name not in names:
            said = f"The tag {name} leads to {tag.commit[:12]}, and the record has no such edition."
            yield finding("edition-tag-alone", head, "", said)
