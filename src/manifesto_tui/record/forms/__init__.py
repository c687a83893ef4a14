"""Turns the record's files into values and values into files.

One schema for each kind of file, used both ways. Reading is strict: a key that is unknown,
missing or of the wrong shape is a problem with its place, and the whole file then counts for
nothing. Writing is canonical: the same value always gives the same bytes.

    >>> vote = read("proposals/2026-11/k7f3-open/votes/anna.yaml", data)
    >>> write(vote) == data
    True
"""

from collections.abc import Callable, Mapping

from manifesto_tui.governance.amendment import Amendment, Comment, Second, Withdrawal
from manifesto_tui.governance.ballot import Ballot, Decision, Vote
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Manifesto, Source
from manifesto_tui.governance.paths import Kind, kind_of
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.record import yaml
from manifesto_tui.record.forms import amendment, ballot, editions, people, proxy, settings
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.revise import revise

Form = (
    Manifesto
    | Rules
    | Member
    | Signatory
    | Edition
    | Amendment
    | Second
    | Comment
    | Withdrawal
    | Ballot
    | Vote
    | Proxy
    | Acceptance
    | Decision
)
Sources = Mapping[str, Source]

_READ: dict[Kind, Callable[[Fields], object]] = {
    "manifesto": settings.read_manifesto,
    "rules": settings.read_rules,
    "sources": settings.read_sources,
    "member": people.read_member,
    "signatory": people.read_signatory,
    "edition": editions.read_edition,
    "amendment": amendment.read_amendment,
    "second": amendment.read_second,
    "comment": amendment.read_comment,
    "withdrawal": amendment.read_withdrawal,
    "ballot": ballot.read_ballot,
    "vote": ballot.read_vote,
    "proxy": proxy.read_proxy,
    "acceptance": proxy.read_acceptance,
    "decision": ballot.read_decision,
}
_WRITE: dict[type, Callable[..., Mapping[str, yaml.Value]]] = {
    Manifesto: settings.write_manifesto,
    Rules: settings.write_rules,
    Member: people.write_member,
    Signatory: people.write_signatory,
    Edition: editions.write_edition,
    Amendment: amendment.write_amendment,
    Second: amendment.write_second,
    Comment: amendment.write_comment,
    Withdrawal: amendment.write_withdrawal,
    Ballot: ballot.write_ballot,
    Vote: ballot.write_vote,
    Proxy: proxy.write_proxy,
    Acceptance: proxy.write_acceptance,
    Decision: ballot.write_decision,
}


def read(path: str, data: bytes) -> object:
    """Reads one file of the record as what its path says it is.

    Raises `yaml.Unreadable` with every problem found in it.
    """
    kind = kind_of(path)
    reader = _READ.get(kind) if kind else None
    if reader is None:
        sentence = "No file of the record has this name."
        raise yaml.Unreadable(Problem(Place(path), "unknown-file", sentence, severity="warning"))
    fields = Fields(path, yaml.read(path, data), data)
    value = reader(fields)
    fields.check()
    return value


def write(value: Form | Sources) -> bytes:
    """Writes one value, or what clauses cite, as the bytes of its file."""
    return yaml.write(_fields(value)).encode()


def rewrite(path: str, data: bytes | None, value: Form | Sources) -> bytes:
    """Writes a value over the file that a person may have written, and keeps their comments.

    `data` is the file as it is, None where there is none.
    """
    return write(value) if data is None else revise(path, data, _fields(value))


def _fields(value: Form | Sources) -> Mapping[str, yaml.Value]:
    if isinstance(value, Mapping):
        return {"format": 1, **settings.write_sources(value)}
    return {"format": 1, **_WRITE[type(value)](value)}
