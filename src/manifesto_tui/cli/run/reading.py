"""Runs `show`, `check`, `list` and `amendment`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.documents import card_document, problem_document
from manifesto_tui.cli.run.lines import card_line, print_change, print_rules
from manifesto_tui.governance.budget import words_of
from manifesto_tui.governance.lifecycle import STILL_OPEN
from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.moment import instant
from manifesto_tui.governance.phrases import capital, counted
from manifesto_tui.governance.problem import ManifestoError
from manifesto_tui.prose import Text
from manifesto_tui.publish import plain_text
from manifesto_tui.workflow import reading
from manifesto_tui.workflow.card import TOLD, Card
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.labelling import label_all
from manifesto_tui.workflow.narrowing import Wanted, narrowed


def show(call: Call) -> int:
    """Prints the text, numbered."""
    desk = call.desk()
    at = call.arguments.at
    if call.printer.as_json:
        from manifesto_tui.workflow.publishing import publish

        call.printer.raw(publish(desk, "json", at=at))
        return 0
    print_text(call, desk, at, call.arguments.anchors, heading=not call.arguments.plain)
    if not call.arguments.plain:
        call.remind(desk)
    return 0


def print_text(
    call: Call, desk: Desk, at: str | None = None, anchors: bool = False, heading: bool = True
) -> None:
    """Prints the text with a heading that says which text it is."""
    text = reading.show(desk, at)
    if heading:
        settings = _settings(desk, at)
        words = words_of(text)
        state = "in force" if settings.state == "in-force" else "a draft, not yet agreed"
        commit = desk.resolve(at) if at else desk.assembly.commit
        call.printer.strong(settings.title)
        call.printer.say(f"{capital(state)}; {words} words; commit {commit[:7]}.")
        call.printer.say()
    call.printer.text(plain_text(text, anchors=anchors).rstrip("\n"))


def _settings(desk: Desk, at: str | None) -> Manifesto:
    """Returns the settings as they were, today's for a text from before there were any."""
    try:
        return (desk.assembly_at(at) if at else desk.assembly).manifesto
    except ManifestoError:
        return desk.assembly.manifesto


def check(call: Call) -> int:
    """Lists every problem in the working tree; 1 where one of them is an error."""
    problems = reading.check(call.desk())
    if call.printer.as_json:
        call.printer.document({"problems": [problem_document(p) for p in problems]})
    else:
        for problem in problems:
            label = "" if problem.severity == "error" else f"{problem.severity}: "
            hint = f" {problem.hint}" if problem.hint else ""
            call.printer.say(f"{problem.place}: {label}{problem.sentence}{hint}")
        errors = sum(p.severity == "error" for p in problems)
        advice = len(problems) - errors
        call.printer.aside(
            "No problem was found."
            if not problems
            else f"{counted(errors, 'error')}, {counted(advice, 'piece')} of advice."
        )
    return 1 if any(p.severity == "error" for p in problems) else 0


def list_amendments(call: Call) -> int:
    """Lists the amendments, those that wait for a vote marked."""
    given = call.arguments
    desk = call.desk()
    wanted = Wanted(
        state=given.state,
        by=given.by,
        principle=given.principle,
        find=given.find,
        mine=given.mine,
        needs="vote" if given.needs_vote else given.needs,
        needs_me=given.needs_me,
    )
    cards = narrowed(reading.cards(desk), wanted, desk.assembly, desk.handle)
    label_all(desk, cards)
    if call.printer.as_json:
        call.printer.document({"amendments": [card_document(card) for card in cards]})
        return 0
    for card in cards:
        call.printer.say(card_line(card))
    if not cards:
        call.printer.aside(
            "None of that kind."
            if wanted != Wanted() and desk.assembly.proposals
            else "None filed yet."
        )
    call.remind(desk)
    return 0


def amendment(call: Call) -> int:
    """Shows one amendment whole."""
    desk = call.desk()
    card = reading.card(desk, call.arguments.id)
    if call.printer.as_json:
        call.printer.document(card_document(card, whole=True))
        return 0
    say = call.printer.say
    call.printer.strong(f"{card.id}  {card.title}")
    for sentence in _standing(card):
        call.printer.spans([("", sentence)])
    found = card.proposal.amendment
    if found and found.rationale:
        say()
        call.printer.spans([("", found.rationale)])
    if found and found.sources:
        say()
        say(f"Sources: {', '.join(found.sources)}.")
    if card.rules:
        say()
        say("It changes the rules:")
        print_rules(call.printer, card.rules, "  ")
    if card.changes:
        say()
        for change in card.changes:
            print_change(call.printer, change)
    _said(call, card, desk.assembly.text)
    for did in card.deeds:
        say()
        say(f"{did.what} by {did.by} on {instant(did.at)} ({did.label}).")
    if card.tally:
        say()
        say("The count:")
        for sentence in card.tally.sentences:
            say(f"  {sentence}")
    return 0


_STANDINGS = {
    "clean": "It fits the text as it stands.",
    "drifted": "The text has moved under it, and its words still fit.",
    "touched": "Others have changed the same sentence, so its proposer has to confirm it.",
    "conflict": "It is in conflict with the text as it stands.",
    "moot": "There is nothing left for it to do.",
}


def _standing(card: Card) -> list[str]:
    """Returns in sentences where an amendment stands."""
    if card.kind == "unreadable":
        return ["What it proposes cannot be read: `manifesto-tui check` says what is wrong."]
    about = f"{card.kind}; {card.words_delta:+d} words"
    if card.kind == "rules":
        about = "a change of the rules"
    said = [
        f"{capital(card.stage)}; {about}; proposed by "
        f"{card.proposer} on {instant(card.filed)} ({card.signature.label})."
    ]
    if card.standing and "refiling" in card.asks:
        said.append(card.standing.why)
    elif card.standing and card.stage in STILL_OPEN:
        said.append(f"{_STANDINGS[card.standing.state]} {card.standing.why}".strip())
    said += [card.entrenched] if card.entrenched else []
    said += _authors(card)
    if card.rivals:
        said.append(f"Rivals: {', '.join(card.rivals)}.")
    for found in card.collisions:
        said.append(f"Collides with {card.beside(found)} ({found.relation}): {found.why}")
    said += [f"! {capital(TOLD[need])}." for need in card.asks]
    if card.my_vote:
        said.append(f"You voted {', '.join(card.my_vote.ranking) or card.my_vote.choice}.")
    return said


def _authors(card: Card) -> list[str]:
    """Returns in sentences whose wording it is, where it is not all the proposer's."""
    amendment = card.proposal.amendment
    if amendment is None:
        return []
    said = []
    if card.modified_by:
        verb = "Adopted as modified" if card.stage == "adopted" else "Modified"
        said.append(f"{verb}: with the wording of {', '.join(card.modified_by)}.")
    if amendment.amends:
        state = (
            "has been accepted by its proposer"
            if card.stage == "taken up"
            else f"`manifesto-tui accept {card.id}` is its proposer's to say"
        )
        said.append(f"It words {amendment.amends} otherwise; {state}.")
    return said


def _said(call: Call, card: Card, agreed: Text) -> None:
    for second, label in card.seconds:
        call.printer.say()
        call.printer.say(f"Seconded by {second.member} ({label}).")
    for number, said in enumerate(card.discussion, start=1):
        comment, hidden = said.comment, said.hidden
        about = f" on {agreed.number_of(comment.clause)}" if comment.clause else ""
        if comment.quote:
            about += f" “{' '.join(comment.quote.split())}”"
        text = f"(hidden by {hidden.member}: {hidden.text})" if hidden else comment.text
        label = card.label(comment.path)
        call.printer.say()
        call.printer.text(
            f"{number}. {comment.member}{about}, {instant(comment.at)} ({label}): {text}"
        )
