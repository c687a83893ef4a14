"""Reads and writes editions. A file is named after the number: `1-0-0.yaml`."""

from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.paths import stem
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.yaml import Value


def read_edition(fields: Fields) -> Edition:
    """Reads `manifesto/editions/1-0-0.yaml`."""
    named = stem(fields.path).replace("-", ".")
    number = fields.edition("number")
    if number and number != named:
        fields.wrong("number", f"“{number}” is not what the file is named after", named)
    return Edition(
        number=number,
        text=fields.digest("text"),
        made=fields.moment("made"),
        steward=fields.name("steward"),
        decisions=fields.names("decisions"),
    )


def write_edition(edition: Edition) -> dict[str, Value]:
    """Writes `manifesto/editions/1-0-0.yaml`."""
    fields: dict[str, Value] = {
        "number": edition.number,
        "text": edition.text,
        "made": edition.made,
        "steward": edition.steward,
    }
    if edition.decisions:
        fields["decisions"] = edition.decisions
    return fields
