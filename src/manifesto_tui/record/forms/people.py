"""Reads and writes people: members on the roll, and signatories. A file's name is the handle."""

from manifesto_tui.governance.paths import stem
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.yaml import Prose, Value


def read_member(fields: Fields) -> Member:
    """Reads `manifesto/roll/<handle>.yaml`."""
    return Member(
        handle=stem(fields.path),
        name=fields.text("name"),
        constituency=fields.text("constituency", "", 64),
        addresses=fields.texts("addresses"),
        keys=fields.texts("keys"),
        roles=fields.names("roles"),
        retired=fields.flag("retired"),
    )


def write_member(member: Member) -> dict[str, Value]:
    """Writes `manifesto/roll/<handle>.yaml`."""
    fields: dict[str, Value] = {"name": member.name}
    if member.constituency:
        fields["constituency"] = member.constituency
    for key in ("addresses", "keys", "roles"):
        if getattr(member, key):
            fields[key] = getattr(member, key)
    if member.retired:
        fields["retired"] = True
    return fields


def read_signatory(fields: Fields) -> Signatory:
    """Reads an act of a signatory: `manifesto/signatories/<handle>.yaml`, then `<handle>-2.yaml`.

    A file that names no handle is the first act of whom it is named after.
    """
    named = stem(fields.path)
    handle = fields.owner("signatory") if fields.has("signatory") else named
    number = named.removeprefix(handle).removeprefix("-")
    place = int(number) if number.isdecimal() else 1
    recorded_by = fields.name("recorded-by", "")
    if fields.has("withdrawn"):
        return Signatory(
            handle=handle,
            withdrawn=fields.moment("withdrawn"),
            reason=fields.prose("reason", ""),
            recorded_by=recorded_by,
            place=place,
        )
    return Signatory(
        handle=handle,
        name=fields.text("name"),
        constituency=fields.text("constituency", "", 64),
        edition=fields.edition("edition"),
        signed=fields.moment("signed"),
        role=fields.text("role", ""),
        organisation=fields.text("organisation", ""),
        recorded_by=recorded_by,
        place=place,
    )


def write_signatory(signatory: Signatory) -> dict[str, Value]:
    """Writes an act of a signatory."""
    fields: dict[str, Value] = {"signatory": signatory.handle}
    for key in ("name", "role", "organisation", "constituency", "edition", "signed", "withdrawn"):
        if getattr(signatory, key):
            fields[key] = getattr(signatory, key)
    if signatory.recorded_by:
        fields["recorded-by"] = signatory.recorded_by
    if signatory.reason:
        fields["reason"] = Prose(signatory.reason)
    return fields
