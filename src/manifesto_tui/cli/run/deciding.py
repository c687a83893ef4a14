"""Runs `open`, `vote`, `undo`, `tally`, `decide` and `ratify`."""

from manifesto_tui.cli.call import Call
from manifesto_tui.cli.run.documents import collision_document, rules_document, score_document
from manifesto_tui.governance.moment import in_words
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.workflow import deciding, founding, reading, scoring, undoing
from manifesto_tui.workflow.counting import held_by
from manifesto_tui.workflow.when import read_when


def open_ballot(call: Call) -> int:
    """Opens a ballot."""
    desk = call.desk()
    given = call.arguments
    closes = read_when(given.closes, desk.now())
    ids = list(given.ids)
    rivals = deciding.proposed_rivals(desk, ids[0]) if len(ids) == 1 else {}
    for name, why in rivals.items():
        call.printer.aside(f"{name} is a rival of {ids[0]}. {why}")
    if given.rivals:
        ids += rivals
    elif rivals:
        call.printer.aside(
            "One ballot can rank them against the text as it is: give --rivals. "
            f"This one is on {ids[0]} alone; the others wait until it is decided."
        )
    recorded = deciding.open_ballot(desk, ids, closes)
    done = call.recorded(recorded)
    call.printer.aside(f"Members may vote until {in_words(closes)}: `manifesto-tui vote --help`.")
    return done


def undo(call: Call) -> int:
    """Takes back what the member recorded last."""
    desk = call.desk()
    found = undoing.find_undo(desk)
    call.printer.aside(f"Undoes {quoted(found.of)}. {found.told}")
    for sign, sentence in found.rules:
        call.printer.aside(f"{sign} {sentence}")
    if not call.arguments.dry_run:
        return call.recorded(found.make(desk))
    if call.printer.as_json:
        rules = rules_document(found.rules)
        call.printer.document({"undoes": found.of, "by": found.told, "rules": rules})
    return 0


def vote(call: Call) -> int:
    """Records one vote."""
    given = call.arguments
    if not given.choice and not given.rank:
        raise BadInput(
            "usage",
            "A vote needs a choice.",
            "Give one, such as `for`; between rivals, --rank A,B,status-quo.",
        )
    ranking = [name.strip() for name in (given.rank or "").split(",") if name.strip()]
    desk = call.desk()
    on = held_by(desk, given.id)
    pairs = reading.collisions_on(desk, on)
    for pair in pairs:
        call.printer.aside(f"{pair.a} and {pair.b} collide ({pair.relation}). {pair.why}")
    recorded = deciding.vote(
        desk, given.id, given.choice, ranking, given.reason, seen_effect=given.seen
    )
    done = call.recorded(recorded, collisions=[collision_document(pair) for pair in pairs])
    call.remind(desk)
    return done


def tally(call: Call) -> int:
    """Counts a ballot; 1 where it has closed and nothing carried. Without an id, all of them."""
    if call.arguments.id is None:
        return _tally_all(call)
    counted = deciding.tally(call.desk(), call.arguments.id)
    if call.printer.as_json:
        call.printer.document(counted.as_dict())
    else:
        for sentence in counted.sentences:
            call.printer.say(sentence)
        if counted.counted and not any(counted.signed.values()):
            call.printer.say(f"None of {len(counted.counted)} valid votes is signed.")
        if counted.what_would_change_it:
            call.printer.say("What would change it:")
        for sentence in counted.what_would_change_it:
            call.printer.say(f"  {sentence}")
        waiting = counted.not_voted
        if waiting and counted.state == "open":
            named = ", ".join(waiting[:12]) + (" …" if len(waiting) > 12 else "")
            call.printer.say(f"Not yet voted: {named}.")
        for judged in counted.votes:
            mark = " " if judged.counted else "✗"
            why = f" ({judged.why})" if judged.why else ""
            call.printer.say(f"  {mark} {judged.voter}: {judged.choice}, {judged.label}{why}")
    return 0 if counted.outcome in ("open", "carried") else 1


def _tally_all(call: Call) -> int:
    desk = call.desk()
    found, now = scoring.scores(desk), desk.now()
    if call.printer.as_json:
        listed = [score_document(folder, score, now) for folder, score in found.items()]
        call.printer.document({"ballots": listed})
        return 0
    for folder, score in found.items():
        name = folder.rpartition("/")[2]
        said = score.outcome(now) if score.closed(now) else f"open, so far {score.would_be}"
        counts = f"for {score.for_}, against {score.opposed}, abstaining {score.abstain}"
        call.printer.say(f"{name}  {counts}; {score.present} of {score.electorate} voted: {said}")
    if not found:
        call.printer.aside("No ballot has been opened yet.")
    return 0


def decide(call: Call) -> int:
    """Records the result of a closed ballot; 1 where it did not carry."""
    desk = call.desk()
    counted = deciding.tally(desk, call.arguments.id)
    recorded = deciding.decide(desk, call.arguments.id)
    if not call.printer.as_json:
        for sentence in counted.sentences:
            call.printer.say(sentence)
    call.recorded(recorded, tally=counted.as_dict())
    return 0 if counted.carried else 1


def ratify(call: Call) -> int:
    """Puts the text in force."""
    desk = call.desk()
    warning = founding.unwritten(desk.assembly.text)
    code = call.recorded(deciding.ratify(desk))
    if warning and not call.printer.as_json:
        call.printer.say(f"{warning} An amendment can say what you hold to.")
    return code
