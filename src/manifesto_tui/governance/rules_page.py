"""Writes the page of the ready rules, `docs/rules.md`, from the rules themselves.

The page is what `page()` returns; a test fails where the file is another.
"""

from manifesto_tui.governance.rules import READY, READY_IN_SHORT, describe

OPENING = """\
# Rules

A manifesto is founded with ready rules, `manifesto-tui init DIR --title T --rules NAME`; without a
name with `each-constituency`. `manifesto-tui rules` prints the rules in force in sentences like
those below, and so does the app (People). [format.md](format.md) lists every key of
`manifesto/rules.yaml`.

## How they change

While the text is being drafted stewards change the rules: `manifesto-tui rules --set FILE -m WHY`.
So they may once it is in force, unless the rules are entrenched; anyone who may propose can put a
change of the rules to the vote: `manifesto-tui propose --rules FILE`. Changed rules count for
ballots that open after the change. A ballot that is open keeps the rules that it pinned, whoever
counts it and whenever.

## What can be added to any of them

- **Objections** (`object` among `choices`) block until they are withdrawn, by voting again, or
  until the share in `objections` is for the amendment.
- **Silence** (`lapse-days`): an editorial amendment carries, quorum or not, where its ballot was
  open for that many days and nobody objected or voted against it.
- **Lapse** (`idle-days`): an amendment that nobody revises, seconds or comments on for so many
  days has lapsed, until somebody does; no ballot is opened on it before. Nothing is written.
- **Proxies** (`proxies: 2`): a member may let another vote for them, who accepts, on one ballot and
  one step. `manifesto-tui proxy --help`.
- **Entrenchment** (`entrenched`): named clauses, whole principles and the rules themselves take a
  share of their own.
- **A delay** (`change-days`): a change of the rules that carried comes into force so many days
  after its ballot.

## Ready rules
"""


def page() -> str:
    """Returns the whole page."""
    parts = [OPENING]
    for name, rules in READY.items():
        sentences = "\n".join(f"- {sentence}" for sentence in describe(rules)[1:])
        parts.append(f"### `{name}`\n\n{READY_IN_SHORT[name]}\n\n{sentences}\n")
    return "\n".join(parts)
