"""Runs `edition`, `sign-on` and `signatories`."""

from itertools import groupby

from manifesto_tui.cli.call import Call
from manifesto_tui.governance.next_edition import Planned
from manifesto_tui.governance.phrases import capital
from manifesto_tui.workflow import changelog, editions, signing_on


def edition(call: Call) -> int:
    """Makes the next edition, or prints a changelog."""
    given, desk = call.arguments, call.desk()
    if given.changelog:
        text = changelog.changelog_of(desk, given.number)
        if call.printer.as_json:
            call.printer.document({"edition": given.number, "changelog": text})
        else:
            call.printer.text(text.rstrip())
        return 0
    planned = editions.planned(desk)
    _tell(call, planned)
    return call.recorded(
        editions.make_edition(desk, given.number),
        edition=planned.number,
        why=planned.why,
        adopted=[each.amendment.id for each in planned.adopted],
        stale=[each.signatory.handle for each in planned.stale],
    )


def _tell(call: Call, planned: Planned) -> None:
    after = f" after {planned.before.number}" if planned.before else ""
    call.printer.aside(f"Edition {planned.number}{after}: {planned.why}.")
    for each in planned.adopted:
        call.printer.aside(f"  {each.amendment.id}: {each.amendment.title}")
    for name in planned.stale:
        call.printer.aside(f"  {name.sentence}")


def sign_on(call: Call) -> int:
    """Puts a name to an edition, or takes it back."""
    given, desk = call.arguments, call.desk()
    if given.withdraw:
        return call.recorded(signing_on.take_back(desk, given.of, given.reason))
    return call.recorded(
        signing_on.sign_on(
            desk,
            given.edition,
            given.role,
            given.organisation,
            of=given.of,
            name=given.name,
            constituency=given.constituency,
        )
    )


def signatories(call: Call) -> int:
    """Lists whose names stand, by constituency."""
    found = signing_on.names(call.desk(), call.arguments.edition)
    changed = {each.signatory.handle: each for each in found.stale}
    if call.printer.as_json:
        call.printer.document(
            {
                "signatories": [
                    {
                        "handle": each.handle,
                        "name": each.name,
                        "role": each.role,
                        "organisation": each.organisation,
                        "constituency": each.constituency,
                        "edition": each.edition,
                        "signed_on": each.signed,
                        "recorded_by": each.filed_by,
                        "signature": found.signatures[each.handle].state,
                        "changed_since": [edition.number for edition in changed[each.handle].since]
                        if each.handle in changed
                        else [],
                    }
                    for each in found.standing
                ],
                "constituencies": dict(found.counts),
            }
        )
        return 0
    for constituency, group in groupby(found.standing, key=lambda each: each.constituency):
        named = capital(constituency or "in no constituency")
        call.printer.strong(f"{named}: {found.counts[constituency]}")
        for each in group:
            by = f", recorded by {each.recorded_by}" if each.recorded_by else ""
            label = found.signatures[each.handle].label
            call.printer.say(
                f"  {each.about}: edition {each.edition}, {each.signed[:10]}{by} ({label})"
            )
    for name in found.stale:
        call.printer.say(f"! {name.sentence}")
    if not found.standing:
        call.printer.aside("Nobody has put their name to an edition yet.")
    return 0
