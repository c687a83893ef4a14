"""Reads and writes people: members on the roll, and signatories. A file's name is the handle."""

from manifesto_tui.governance.manifesto import Signatory
from manifesto_tui.governance.roll import Member
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.layout import stem
from manifesto_tui.record.yaml import Value


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
    """Reads `manifesto/signatories/<handle>.yaml`."""
    return Signatory(
        handle=stem(fields.path),
        name=fields.text("name"),
        constituency=fields.text("constituency", "", 64),
        edition=fields.text("edition", None, 40),
        signed=fields.moment("signed"),
    )


def write_signatory(signatory: Signatory) -> dict[str, Value]:
    """Writes `manifesto/signatories/<handle>.yaml`."""
    fields: dict[str, Value] = {"name": signatory.name}
    if signatory.constituency:
        fields["constituency"] = signatory.constituency
    return {**fields, "edition": signatory.edition, "signed": signatory.signed}
