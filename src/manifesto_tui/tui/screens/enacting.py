"""Does what actions ask for that makes a manifesto one: members, force, editions, names under them.

One method an action, as in `drafting`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.deciding import Deciding
from manifesto_tui.tui.screens.form import Field, Form, Values, writes

if TYPE_CHECKING:
    from manifesto_tui.governance.next_edition import Planned
    from manifesto_tui.workflow.desk import Recorded

_SIGN, _BACK = "put the name to it", "take the name back"


class Enacting(Deciding):
    """The part of the main screen that admits, puts in force, makes editions and signs them."""

    def do_people_admit(self) -> None:
        """Asks who is to be put on the roll."""
        from manifesto_tui.workflow import people

        def send(values: Values) -> Recorded:
            steward = values["role"] == "steward"
            return self.session.call(
                lambda desk: people.admit(
                    desk,
                    values["handle"].strip(),
                    values["name"],
                    values["constituency"],
                    steward=steward,
                )
            )

        def written(values: Values) -> Part:
            return writes(f"manifesto/roll/{values['handle'].strip() or '…'}.yaml")

        known = self.view.assembly.roll.constituencies if self.view else {}
        fields = (
            Field("handle", "Handle", "", "short, small letters; their votes carry it"),
            Field("name", "Name", "", "as others read it"),
            Field("constituency", "Constituency", "", ", ".join(known) or "optional"),
            Field("role", "Role", choices=("member", "steward")),
        )
        form = Form("Admit a member", fields, send, (), written)
        self.ask(form, lambda done: self.recorded("admit", done), "admit")

    def do_ratify(self) -> None:
        """Asks before the text is put in force."""
        from manifesto_tui.workflow import deciding, founding

        told = [
            Passage(
                words(
                    "From then on nobody edits the text any more: only decisions change it. "
                    "This cannot be undone."
                )
            )
        ]
        if self.view and (warning := founding.unwritten(self.view.assembly.text)):
            told.append(Passage(line(warning, "warn"), lead=words("! ", "warn")))
        form = Form(
            "Put the text in force",
            (),
            lambda values: self.session.call(deciding.ratify),
            tuple(told),
            lambda values: writes("manifesto/manifesto.yaml"),
        )
        self.app.push_screen(form, lambda done: self.recorded("ratify", done))

    def do_edition(self) -> None:
        """Shows what the next edition would be, and asks before it is made."""
        from manifesto_tui.tui.draw.editions import planned_rows
        from manifesto_tui.workflow import editions

        def ask(planned: Planned) -> None:
            path = f"manifesto/editions/{planned.number.replace('.', '-')}.yaml"
            form = Form(
                f"Make edition {planned.number}",
                (),
                lambda values: self.session.call(
                    lambda desk: editions.make_edition(desk, planned.number)
                ),
                planned_rows(planned),
                lambda values: join(
                    ("writes ", "quiet"),
                    line(path, "number"),
                    (f" as one commit, with the tag edition-{planned.number}.", "quiet"),
                ),
            )
            self.app.push_screen(form, lambda done: self.recorded("edition", done))

        self.work(
            "Comparing with the last edition",
            lambda: self.session.call(editions.planned),
            ask,
            opens=True,
        )

    def do_sign(self) -> None:
        """Asks under which edition a name is to stand, or whether it is to be taken back."""
        from manifesto_tui.workflow import signing_on

        view, member = self.view, self.view.member if self.view else None
        if view is None or member is None:
            return

        def send(values: Values) -> Recorded:
            of, name = values.get("of", "").strip(), values.get("name", "").strip()
            if values["act"] == _BACK:
                return self.session.call(lambda desk: signing_on.take_back(desk, of))
            return self.session.call(
                lambda desk: signing_on.sign_on(
                    desk,
                    values["edition"].strip(),
                    values["role"],
                    values["organisation"],
                    of=of,
                    name=name,
                    constituency=values.get("constituency", ""),
                )
            )

        def written(values: Values) -> Part:
            place = values.get("of", "").strip() or values.get("name", "").strip() or member.handle
            told = join(line(" as one commit: ", "quiet"), line(place, "strong"))
            return join(("writes under manifesto/signatories/", "quiet"), told, (".", "quiet"))

        fields = [
            Field("act", "What", choices=(_SIGN, _BACK)),
            Field("edition", "Edition", view.edition[0], "the number; the latest unless changed"),
            Field("role", "Role", "", "what you do; optional"),
            Field("organisation", "Organisation", "", "where you do it; optional"),
        ]
        if member.is_steward:
            fields += [
                Field("name", "Name", "", "of someone else who has agreed; empty for yourself"),
                Field("of", "Handle", "", "theirs; made of the name where it is empty"),
                Field("constituency", "Constituency", "", "theirs; optional"),
            ]
        told = words("Names are public, and both signing and taking back stay in the record.")
        form = Form("Sign an edition", tuple(fields), send, (Passage(told),), written)
        self.ask(form, lambda done: self.recorded("sign", done), "sign")
