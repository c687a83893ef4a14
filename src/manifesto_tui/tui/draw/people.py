"""Draws who the members are, by constituency, and by which rules they decide."""

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.keyring import hangs_on_one
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import describe
from manifesto_tui.tui.draw.editions import names_rows
from manifesto_tui.tui.row import Divider, Passage, Row
from manifesto_tui.tui.safe import Part, Told, join, line, words

MEMBER = "member:"


def people_rows(assembly: Assembly, handle: str | None, told: Told) -> list[Row]:
    """Returns the roll by constituency, then who signed an edition, then the rules in words."""
    rows: list[Row] = []
    second = "Name a second one: press {people.steward}."
    if advice := hangs_on_one(assembly.roll, assembly.rules, second):
        rows.append(Passage(told(advice, "warn"), lead=words("! ", "warn")))
    groups: dict[str, list[Member]] = {}
    for member in assembly.roll.active:
        groups.setdefault(member.constituency or "in no constituency", []).append(member)
    for name, members in sorted(groups.items()):
        label = join(line(name, "key"), (f" {len(members)}", "quiet"))
        rows.append(Divider(label, above=1 if rows else 0))
        rows += [_member(member, handle) for member in members]
    if len(assembly.roll.active) < 2:
        rows.append(Passage(words("Nobody else is on the roll yet.", "strong"), above=1))
        rows.append(Passage(told("A steward admits the next member: {people.admit}.", "quiet")))
    retired = [member for member in assembly.roll.members if member.retired]
    if retired:
        rows.append(Divider(words("retired", "quiet"), above=1))
        rows += [_member(member, handle) for member in retired]
    rows += names_rows(assembly)
    rows.append(Divider(words("rules", "key"), above=1))
    rows += [Passage(words(sentence)) for sentence in describe(assembly.rules)]
    return rows


def _member(member: Member, handle: str | None) -> Row:
    parts: list[Part] = [line(member.name, "strong"), line(f"  {member.handle}", "quiet")]
    if member.is_steward:
        parts.append(("  steward", "tag"))
    if member.handle == handle:
        parts.append(("  you", "mark"))
    return Passage(join(*parts), key=f"{MEMBER}{member.handle}")
