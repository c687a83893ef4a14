"""Changes the rules: proposes a change, or makes it directly where the rules have it so."""

from pathlib import Path

from manifesto_tui.governance import ruling
from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.governance.rules import READY, Rules
from manifesto_tui.record import forms, layout
from manifesto_tui.record.yaml import Unreadable
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.incoming import all_wrong, read_words
from manifesto_tui.workflow.proposing import filing
from manifesto_tui.workflow.racing import again_on_the_same_text
from manifesto_tui.workflow.wording import one_line, refuse_hidden


def rules_named(name: str, file: Path) -> Rules:
    """Returns the ready rules of that name, else those that a file holds, as `rules.yaml` does.

    Raises BadInput with the place of the first mistake, or where there is no such file.
    """
    if name in READY:
        return READY[name]
    if not file.is_file():
        raise BadInput(
            "rules-unknown",
            f"“{name}” are no ready rules, and no file.",
            f"There are: {', '.join(READY)}; or name a file like manifesto/rules.yaml.",
        )
    return rules_worded(read_words(file), str(file))


def worded(rules: Rules) -> str:
    """Returns rules as `rules.yaml` words them, to be edited."""
    return forms.write(rules).decode("utf-8")


def rules_worded(words: str, where: str = "line") -> Rules:
    """Returns the rules that somebody worded as `rules.yaml` does; BadInput with the place else.

    `where` names what they were worded in.
    """
    try:
        found = forms.read(RULES, words.encode("utf-8", "surrogatepass"))
    except Unreadable as unreadable:
        raise all_wrong(unreadable, where) from None
    assert isinstance(found, Rules), "the path says that these are rules"
    return found


@again_on_the_same_text
def propose(desk: Desk, title: str, rationale: str, rules: Rules) -> Recorded:
    """Files an amendment that changes the rules; BadInput where they are those in force."""
    member = desk.me()
    assembly = desk.assembly
    refuse(assembly, member.handle, "propose")
    title = one_line(title)
    if not title:
        raise BadInput("title-missing", "An amendment needs a title.", "Give one with --title.")
    for words, what in ((title, "The title"), (rationale, "The reason"), (rules.name, "The name")):
        refuse_hidden(words, what)
    ruling.refuse_wrong(assembly.rules, assembly.text, rules)
    amendment = Amendment(
        id=layout.new_id(assembly.by_id),
        title=title,
        proposer=member.handle,
        filed=desk.stamp,
        base=assembly.commit,
        changes=(),
        rationale=rationale.strip(),
        rules=rules,
    )
    return desk.record(*filing(desk, amendment))


@again_on_the_same_text
def change(desk: Desk, rules: Rules, reason: str) -> Recorded:
    """Changes the rules directly, as one commit.

    Raises Refused "not-a-steward", or "rules-entrenched" where they change by ballot alone.
    """
    member = desk.me()
    if not one_line(reason):
        raise BadInput(
            "reason-missing", "A change of the rules needs a reason.", "Give it with -m."
        )
    refuse_hidden(reason, "The reason")
    before = desk.assembly.rules
    ruling.refuse_direct(desk.assembly, member.handle, rules)
    said = "\n".join(f"{sign} {words}" for sign, words in ruling.difference(before, rules))
    return desk.record(
        {RULES: desk.over(RULES, rules)},
        f"Change the rules: {one_line(reason)}\n\n{said}",
        undo="Change them back; ballots that open in between go by these.",
    )
