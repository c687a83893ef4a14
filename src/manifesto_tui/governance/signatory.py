"""Keeps those who put their names to an edition, and tells which names stand under which words.

A signatory need not be a member. Each signing, and each taking back, is a file of its own, in
order: `anna.yaml`, `anna-2.yaml`, … The last one says how things stand.

    >>> standing(acts)                      # whose name stands now
    >>> stale(standing(acts), editions)     # … and under words that have changed since
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manifesto_tui.governance.edition import Edition, is_substantive, latest


@dataclass(frozen=True, slots=True)
class Signatory:
    """Someone puts their name to an edition, or takes it back.

    `signed` is when, ISO 8601 with a zone, "" in an act that takes the name back: then
    `withdrawn` is when. `recorded_by` is the member who filed it, "" for the signatory, who is a
    member then. `place` counts a signatory's acts from 1.
    """

    handle: str
    name: str = ""
    constituency: str = ""
    edition: str = ""
    signed: str = ""
    role: str = ""
    organisation: str = ""
    recorded_by: str = ""
    withdrawn: str = ""
    reason: str = ""
    place: int = 1

    @property
    def filed_by(self) -> str:
        """The member who filed it."""
        return self.recorded_by or self.handle

    @property
    def about(self) -> str:
        """The name as it is shown: with role and organisation, where they are given."""
        more = ", ".join(part for part in (self.role, self.organisation) if part)
        return f"{self.name} ({more})" if more else self.name


@dataclass(frozen=True, slots=True)
class Stale:
    """A name that stands under words which have changed since, by these later editions."""

    signatory: Signatory
    since: tuple[Edition, ...]

    @property
    def sentence(self) -> str:
        """Whose name stands under which words, and by which editions those have changed."""
        signed = f"{self.signatory.about} signed {self.signatory.edition}"
        return f"{signed}; the text has changed since: {', '.join(map(_comprising, self.since))}."


def _comprising(edition: Edition) -> str:
    decided = f" ({', '.join(edition.decisions)})" if edition.decisions else ""
    return edition.number + decided


def standing(acts: Iterable[Signatory]) -> tuple[Signatory, ...]:
    """Returns each signatory's last signing, without those who took their names back."""
    return _last(_not_taken_back(acts))


def under(acts: Iterable[Signatory], number: str) -> tuple[Signatory, ...]:
    """Returns whose names stand under one edition, also of those who signed a later one since."""
    return _last(act for act in _not_taken_back(acts) if act.edition == number)


def stood_before(acts: Iterable[Signatory], act: Signatory) -> tuple[Signatory, ...]:
    """Returns the signings of one signatory that stood until an act: the last of each edition."""
    earlier = (one for one in acts if one.handle == act.handle and one.place < act.place)
    last = {one.edition: one for one in _not_taken_back(earlier)}
    return tuple(sorted(last.values(), key=lambda one: one.place))


def _not_taken_back(acts: Iterable[Signatory]) -> list[Signatory]:
    """Returns the signings that no later act of the same signatory took back."""
    kept: dict[str, list[Signatory]] = {}
    for act in sorted(acts, key=lambda act: act.place):
        kept[act.handle] = [] if act.withdrawn else [*kept.get(act.handle, ()), act]
    return [act for several in kept.values() for act in several]


def _last(acts: Iterable[Signatory]) -> tuple[Signatory, ...]:
    last = {act.handle: act for act in sorted(acts, key=lambda act: act.place)}
    by_name = sorted(last.values(), key=lambda a: (a.constituency, a.name.casefold(), a.handle))
    return tuple(by_name)


def by_constituency(signatories: Iterable[Signatory]) -> dict[str, int]:
    """Returns how many names each constituency has, "" for those in none, in that order."""
    counts: dict[str, int] = {}
    for signatory in signatories:
        counts[signatory.constituency] = counts.get(signatory.constituency, 0) + 1
    return dict(sorted(counts.items()))


def stale(signatories: Iterable[Signatory], editions: Sequence[Edition]) -> tuple[Stale, ...]:
    """Returns the names that stand under an edition whose words were changed by a later one.

    Editorial changes alone leave a name where it is.
    """
    newest = latest(editions)
    ordered = sorted(editions, key=lambda edition: edition.order)
    found = []
    for signatory in signatories:
        if newest and is_substantive(signatory.edition, newest.number):
            own = next((e.order for e in ordered if e.number == signatory.edition), ())
            since = tuple(e for e in ordered if e.order > own)
            found.append(Stale(signatory, since))
    return tuple(found)
