"""Makes editions of the text in force, and tells what lies between them."""

from collections.abc import Mapping

from manifesto_tui.governance.edition import is_edition_name, latest
from manifesto_tui.governance.next_edition import Planned, plan
from manifesto_tui.governance.permission import refuse
from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.prose import Text
from manifesto_tui.record import forms, layout, tags
from manifesto_tui.workflow.desk import Desk, Recorded
from manifesto_tui.workflow.racing import again_on_the_same_text


def planned(desk: Desk) -> Planned:
    """Returns what the next edition would be; writes nothing.

    Raises Refused "drafting" or "nothing-changed".
    """
    return plan(desk.assembly, text_of_latest(desk))


def text_of_latest(desk: Desk) -> Text | None:
    """Returns the text of the latest edition, None where none has been made."""
    last = latest(desk.assembly.editions)
    return desk.text_at(last.number) if last else None


@again_on_the_same_text
def make_edition(desk: Desk, number: str = "") -> Recorded:
    """Makes the next edition, in one commit with a tag; `number` is what the member expects.

    Raises what `planned` raises, and Refused "another-number" where the changes call for
    another one, or where the member may not make editions.
    """
    member = desk.me()
    refuse(desk.assembly, member.handle, "make an edition")
    if number and not is_edition_name(number):
        raise BadInput("edition", f"“{number}” is no number of an edition.", "Write it like 1.1.0.")
    next_one = planned(desk)
    if number and number != next_one.number:
        raise Refused(
            "another-number",
            f"This would be edition {next_one.number}: {next_one.why}.",
            "Leave the number out; `manifesto-tui edition --changelog` shows what changed.",
        )
    return record_edition(
        desk,
        next_one,
        f"Make edition {next_one.number}",
        "An edition stays; what is decided from now on goes into the next.",
    )


def record_edition(
    desk: Desk,
    planned: Planned,
    message: str,
    undo: str,
    files: Mapping[str, bytes | None] | None = None,
) -> Recorded:
    """Writes an edition, with other files of the same act, and tags the commit."""
    made = planned.made(desk.stamp, desk.me().handle)
    said = [f"It is {made.number}, since {planned.why}."]
    if made.decisions:
        said.append(f"Adopted: {', '.join(made.decisions)}.")
    recorded = desk.record(
        {**(files or {}), layout.edition_path(made.number): forms.write(made)},
        f"{message}\n\n{' '.join(said)}",
        undo=undo,
    )
    tags.tag(desk.repo, made, recorded.commit)
    return recorded
