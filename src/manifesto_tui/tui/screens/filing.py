"""Asks for what a draft still lacks, says what filing it writes, and files it; or discards it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from manifesto_tui.governance.ruling import by_ballot_alone
from manifesto_tui.tui.row import Passage
from manifesto_tui.tui.safe import Part, join, line, words
from manifesto_tui.tui.screens.form import Field, Form, Values
from manifesto_tui.tui.session import Session
from manifesto_tui.tui.state import View
from manifesto_tui.tui.writing import changes_of, check_rows, warned

if TYPE_CHECKING:
    from manifesto_tui.workflow.desk import Desk, Recorded
    from manifesto_tui.workflow.drafting import Draft

_BY_BALLOT, _AT_ONCE = "put it to the members", "change them at once"


def filing_form(
    session: Session, view: View, draft: Draft, heading: str, typed: Callable[[Values], None]
) -> Form[Recorded]:
    """Returns the form that files a draft: an edit, an amendment, or a change of the rules.

    `typed` hears what is typed into it, to be kept with the draft.
    """
    if draft.purpose == "edit" and view.assembly.manifesto.state == "drafting":
        form = _edit(session, draft)
    elif draft.purpose == "rules":
        form = _rules(session, view, draft)
    else:
        form = _amendment(session, view, draft, heading)
    form.told = tuple(warned(check_rows(draft, draft.text, view, hints=False)))
    form.typed = typed
    return form


def discarding_form(
    text: str, told: Part, send: Callable[[Values], bool] = lambda values: True
) -> Form[bool]:
    """Returns the form that asks before a draft is thrown away; `told` says what is lost."""
    rows = (Passage(join(told)), Passage(words(text), above=1))
    return Form("Discard this draft?", (), send, rows, doing="Discarding", verb="discard")


def _amendment(session: Session, view: View, draft: Draft, heading: str) -> Form[Recorded]:
    def send(values: Values) -> Recorded:
        return session.call(lambda desk: _propose(desk, draft, view, values))

    def written(values: Values) -> Part:
        title = values["title"].strip() or "…"
        if draft.purpose == "revision":
            named = draft.target.partition(" ")[0]
            return join(
                ("writes the next revision of ", "quiet"),
                line(named, "key"),
                (" as one commit; the one before is kept.", "quiet"),
            )
        return join(
            ("writes one amendment under ", "quiet"),
            ("proposals/", "number"),
            (" as one commit, ", "quiet"),
            line(f"“Propose …: {title}”"),
            (". The text stays as it is until the assembly decides.", "quiet"),
        )

    fields = [
        Field("title", "Title", draft.title, "what it does, in a few words"),
        Field("reason", "Reasons", draft.reason, "why; others decide by these", lines=6),
    ]
    if draft.purpose != "revision":
        fields.append(Field("kind", "Kind", "substantive", choices=("substantive", "editorial")))
    name = f"Propose · {heading}"
    return Form(name, tuple(fields), send, (), written, "Filing the amendment")


def _rules(session: Session, view: View, draft: Draft) -> Form[Recorded]:
    ways = [_BY_BALLOT]
    if view.member and view.member.is_steward and not by_ballot_alone(view.assembly):
        ways.append(_AT_ONCE)

    def send(values: Values) -> Recorded:
        return session.call(lambda desk: _change_rules(desk, draft, values))

    def written(values: Values) -> Part:
        if values["way"] == _AT_ONCE:
            told = " as one commit: they count for every ballot that opens after it."
            return join(("writes ", "quiet"), ("manifesto/rules.yaml", "number"), told)
        return join(
            ("writes one amendment under ", "quiet"),
            ("proposals/", "number"),
            (" as one commit. The rules stay until a ballot on it alone carries.", "quiet"),
        )

    fields = (
        Field("title", "Title", draft.title, "what it does, in a few words"),
        Field("reason", "Reasons", draft.reason, "why; others decide by these", lines=6),
        Field("way", "How", choices=tuple(ways)),
    )
    return Form("Change the rules", fields, send, (), written, "Recording")


def _edit(session: Session, draft: Draft) -> Form[Recorded]:
    def send(values: Values) -> Recorded:
        return session.call(lambda desk: _save(desk, draft, values["reason"]))

    def written(values: Values) -> Part:
        return join(
            ("writes ", "quiet"),
            line(draft.target, "number"),
            (
                " as one commit: while the text is being drafted, members edit it directly.",
                "quiet",
            ),
        )

    fields = (Field("reason", "Reason for this edit", draft.reason.partition("\n")[0]),)
    return Form(f"Record your edit · {draft.target}", fields, send, (), written)


def _propose(desk: Desk, draft: Draft, view: View, values: Values) -> Recorded:
    from manifesto_tui.workflow import drafting, proposing, revising
    from manifesto_tui.workflow.ruling import rules_worded

    kind: Literal["substantive", "editorial"] = (
        "editorial" if values.get("kind") == "editorial" else "substantive"
    )
    title, reason = values["title"].strip(), values["reason"].strip()
    if draft.purpose == "revision":
        named = draft.target.partition(" ")[0]
        if draft.on_rules:
            rules = rules_worded(draft.text)
            return revising.revise(desk, named, rules=rules, title=title, rationale=reason)
        texts = drafting.rewritten(desk, draft)
        return revising.revise(desk, named, texts=texts, title=title, rationale=reason)
    if draft.purpose == "wording":
        named, texts = draft.target.partition(" ")[0], drafting.rewritten(desk, draft)
        recorded = proposing.propose(desk, title, reason, texts=texts, kind=kind, amends=named)
    elif draft.purpose == "edit":
        recorded = proposing.propose(
            desk, title, reason, texts={draft.target: draft.text}, kind=kind
        )
    else:
        changes = changes_of(draft, replace(view, assembly=desk.assembly), desk.taken())
        recorded = proposing.propose(desk, title, reason, changes=changes, kind=kind)
    return recorded[0]


def _change_rules(desk: Desk, draft: Draft, values: Values) -> Recorded:
    from manifesto_tui.workflow import ruling

    rules = ruling.rules_worded(draft.text)
    title, reason = values["title"].strip(), values["reason"].strip()
    if values["way"] == _AT_ONCE:
        return ruling.change(desk, rules, ". ".join(filter(None, (title, reason))))
    return ruling.propose(desk, title, reason, rules)


def _save(desk: Desk, draft: Draft, reason: str) -> Recorded:
    from manifesto_tui.workflow import editing

    return editing.save_text(desk, {draft.target: draft.text}, reason)
