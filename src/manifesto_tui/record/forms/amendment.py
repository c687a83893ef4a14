"""Reads and writes what people propose, and what others say of it."""

from typing import cast

from manifesto_tui.governance.amendment import (
    Amendment,
    AmendmentKind,
    Change,
    Comment,
    Second,
    Withdrawal,
)
from manifesto_tui.governance.paths import ID, folder_of, stem
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.forms.settings import read_rules, write_rules
from manifesto_tui.record.yaml import Prose, Value

_KINDS = ("substantive", "editorial")


def read_amendment(fields: Fields) -> Amendment:
    """Reads `amendment.yaml`, or a later `revision-<n>.yaml`."""
    named = fields.name("id")
    folder = folder_of(fields.path).rpartition("/")[2]
    if not ID.fullmatch(named) or (folder and not folder.startswith(f"{named}-")):
        fields.wrong("id", f"“{named}” is not this folder's id", folder[:4] or "four characters")
    rules = next((read_rules(inner) for inner in fields.section("rules")), None)
    kind = cast(AmendmentKind, fields.one_of("kind", _KINDS, "substantive"))
    if rules and kind == "editorial":
        fields.wrong("kind", "A change of the rules is never editorial", "substantive")
    name = stem(fields.path)
    revision = int(name.removeprefix("revision-")) if name.startswith("revision-") else 1
    return Amendment(
        id=named,
        title=fields.text("title"),
        proposer=fields.name("proposer"),
        filed=fields.moment("filed"),
        base=fields.commit("base"),
        kind=kind,
        changes=tuple(_read_change(entry) for entry in fields.maps("changes")) if not rules else (),
        rules=rules,
        rationale=fields.prose("rationale", ""),
        sources=fields.names("sources"),
        rivals=fields.names("rivals"),
        revision=revision,
        amends=fields.name("amends", ""),
        takes_up=fields.name("takes-up", ""),
        author=fields.name("author", ""),
    )


def _read_change(entry: Fields) -> Change:
    change = Change(
        clause=entry.name("clause", ""),
        was=entry.optional_prose("was"),
        now=entry.optional_prose("now"),
        after=entry.name("after", ""),
        id=entry.name("id", ""),
        move_after=entry.name("move-after", ""),
    )
    inserted = change.after or change.id
    if inserted:
        good = change.after and change.id and change.now is not None
        if not good or change.clause or change.was is not None or change.move_after:
            entry.wrong("after", "This insertion is not complete", "after, id and now alone")
    elif not change.clause or change.was is None:
        entry.wrong("clause", "This change is not complete", "clause and was, or after, id and now")
    elif change.now is None and change.move_after == change.clause:
        entry.wrong("move-after", "A clause cannot move after itself", "another clause")
    return change


def write_amendment(amendment: Amendment) -> dict[str, Value]:
    """Writes one revision of an amendment."""
    fields: dict[str, Value] = {
        "id": amendment.id,
        "title": amendment.title,
        "proposer": amendment.proposer,
        "filed": amendment.filed,
        "base": amendment.base,
        "kind": amendment.kind,
    }
    if amendment.rules:
        fields["rules"] = write_rules(amendment.rules)
    else:
        fields["changes"] = [_write_change(change) for change in amendment.changes]
    if amendment.rationale:
        fields["rationale"] = Prose(amendment.rationale)
    if amendment.sources:
        fields["sources"] = amendment.sources
    if amendment.rivals:
        fields["rivals"] = amendment.rivals
    linked = {
        "amends": amendment.amends,
        "takes-up": amendment.takes_up,
        "author": amendment.author,
    }
    return {**fields, **{key: name for key, name in linked.items() if name}}


def _write_change(change: Change) -> dict[str, Value]:
    named = {"clause": change.clause, "after": change.after, "id": change.id}
    fields: dict[str, Value] = {key: value for key, value in named.items() if value}
    if change.was is not None:
        fields["was"] = Prose(change.was)
    if change.move_after:
        fields["move-after"] = change.move_after
    if change.now is not None:
        fields["now"] = Prose(change.now)
    return fields


def read_second(fields: Fields) -> Second:
    """Reads `seconds/<handle>.yaml`, `seconds/<handle>-2.yaml` for revision 2."""
    member = fields.owner("member")
    return Second(member, fields.moment("at"), fields.integer("revision", 1))


def write_second(second: Second) -> dict[str, Value]:
    """Writes a member's support."""
    return {"member": second.member, "at": second.at, "revision": second.revision}


def read_comment(fields: Fields) -> Comment:
    """Reads `comments/<time>-<handle>.yaml`."""
    return Comment(
        member=fields.name("member"),
        at=fields.moment("at"),
        clause=fields.name("clause", ""),
        quote=fields.prose("quote", ""),
        hides=fields.name("hides", ""),
        text=fields.prose("text"),
        path=fields.path,
    )


def write_comment(comment: Comment) -> dict[str, Value]:
    """Writes what a member says of an amendment."""
    fields: dict[str, Value] = {"member": comment.member, "at": comment.at}
    if comment.clause:
        fields["clause"] = comment.clause
    if comment.quote:
        fields["quote"] = Prose(comment.quote)
    if comment.hides:
        fields["hides"] = comment.hides
    return {**fields, "text": Prose(comment.text)}


def read_withdrawal(fields: Fields) -> Withdrawal:
    """Reads `withdrawal.yaml`."""
    return Withdrawal(fields.name("member"), fields.moment("at"), fields.prose("reason", ""))


def write_withdrawal(withdrawal: Withdrawal) -> dict[str, Value]:
    """Writes that the proposer takes the amendment back."""
    fields: dict[str, Value] = {"member": withdrawal.member, "at": withdrawal.at}
    if withdrawal.reason:
        fields["reason"] = Prose(withdrawal.reason)
    return fields
