"""Reads and writes the settings: the manifesto, its rules, what it cites."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Literal, cast

from manifesto_tui.governance.manifesto import Budget, Manifesto, Source, State
from manifesto_tui.governance.rules import Entrenched, Rules, Threshold, Who
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.yaml import Value

_MARKDOWN = (".md", ".markdown")
_WHO = ("propose", "second", "open", "decide", "admit")


def read_manifesto(fields: Fields) -> Manifesto:
    """Reads `manifesto/manifesto.yaml`."""
    text = fields.texts("text", required=True)
    for path in text:
        parts = path.split("/")
        outside = path.startswith("/") or "\\" in path or {"", ".", ".."} & set(parts)
        if outside or ".git" in map(str.lower, parts) or not path.lower().endswith(_MARKDOWN):
            fields.wrong("text", f"“{path}” is no path of a text", "one like manifesto/01-open.md")
    if len(set(text)) < len(text):
        fields.wrong("text", "A file stands twice in the reading order", "each file once")
    return Manifesto(
        title=fields.text("title"),
        language=fields.text("language", "en-GB", 35),
        licence=fields.text("licence", "CC-BY-4.0", 60),
        state=cast(State, fields.one_of("state", ("drafting", "in-force"), "drafting")),
        text=text,
        budget=_read_budget(fields),
        ratified=fields.digest("ratified", ""),
    )


def _read_budget(fields: Fields) -> Budget:
    budget = Budget()
    for inner in fields.section("budget"):
        budget = Budget(
            words=inner.optional_integer("words"),
            principle=inner.optional_integer("principle"),
            clause=inner.optional_integer("clause"),
            sentence=inner.optional_integer("sentence", budget.sentence),
        )
    return budget


def write_manifesto(manifesto: Manifesto) -> dict[str, Value]:
    """Writes `manifesto/manifesto.yaml`."""
    fields: dict[str, Value] = {
        "title": manifesto.title,
        "language": manifesto.language,
        "licence": manifesto.licence,
        "state": manifesto.state,
        "text": manifesto.text,
    }
    if manifesto.budget != Budget():
        fields["budget"] = {
            name: "none" if limit is None else limit
            for name, limit in asdict(manifesto.budget).items()
        }
    if manifesto.ratified:
        fields["ratified"] = manifesto.ratified
    return fields


def read_rules(fields: Fields) -> Rules:
    """Reads `manifesto/rules.yaml`."""
    ready = Rules()
    choices = fields.names("choices") or ready.choices
    for missing in sorted({"for", "against"} - set(choices)):
        fields.wrong("choices", f"The choice “{missing}” is missing", "for and against among them")
    for unknown in sorted(set(choices) - {"for", "against", "abstain", "object"}):
        fields.wrong("choices", f"“{unknown}” is no choice", "for, against, abstain or object")
    signatures = fields.one_of("signatures", ("optional", "required"), "optional")

    def who(key: str) -> Who:
        return cast(Who, fields.one_of(key, ("member", "steward"), getattr(ready, key)))

    def optional(key: str) -> Threshold | None:
        if not fields.has(key):
            return cast(Threshold | None, getattr(ready, key.replace("-", "_")))
        return fields.parsed(key, lambda t: None if t == "none" else Threshold.parse(t), None)

    return Rules(
        name=fields.text("name", ready.name, 60),
        propose=who("propose"),
        second=who("second"),
        open=who("open"),
        decide=who("decide"),
        admit=who("admit"),
        seconders=fields.integer("seconders", 0),
        discussion_days=fields.days("discussion-days"),
        voting_days=fields.days("voting-days"),
        choices=choices,
        quorum=fields.parsed("quorum", Threshold.parse, ready.quorum),
        threshold=fields.parsed("threshold", Threshold.parse, ready.threshold),
        each=optional("each"),
        each_quorum=optional("each-quorum"),
        objections=optional("objections"),
        lapse_days=fields.days("lapse-days"),
        idle_days=fields.days("idle-days"),
        proxies=fields.integer("proxies", 0),
        entrenched=_read_entrenched(fields),
        change_days=fields.days("change-days"),
        signatures=cast(Literal["optional", "required"], signatures),
    )


def _read_entrenched(fields: Fields) -> Entrenched | None:
    found: Entrenched | None = None
    for inner in fields.section("entrenched"):
        clauses, rules = inner.names("clauses"), inner.flag("rules")
        if not clauses and not rules:
            inner.wrong("clauses", "Nothing is entrenched here", "clauses, or rules: true")
        if not inner.has("threshold"):
            inner.text("threshold")
        found = Entrenched(
            threshold=inner.parsed("threshold", Threshold.parse, Rules().threshold),
            clauses=clauses,
            rules=rules,
            quorum=_optional(inner, "quorum"),
            each=_optional(inner, "each"),
        )
    return found


def _optional(fields: Fields, key: str) -> Threshold | None:
    found: Threshold | None = fields.parsed(key, Threshold.parse, None)
    return found


def _write_entrenched(entrenched: Entrenched) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    if entrenched.clauses:
        fields["clauses"] = entrenched.clauses
    if entrenched.rules:
        fields["rules"] = True
    fields["threshold"] = str(entrenched.threshold)
    if entrenched.quorum:
        fields["quorum"] = str(entrenched.quorum)
    if entrenched.each:
        fields["each"] = str(entrenched.each)
    return fields


def write_rules(rules: Rules) -> dict[str, Value]:
    """Writes `manifesto/rules.yaml`."""
    fields: dict[str, Value] = {
        "name": rules.name,
        **{key: getattr(rules, key) for key in _WHO},
        "seconders": rules.seconders,
        "discussion-days": rules.discussion_days,
        "voting-days": rules.voting_days,
        "choices": rules.choices,
        "quorum": str(rules.quorum),
        "threshold": str(rules.threshold),
        "each": str(rules.each or "none"),
        "signatures": rules.signatures,
    }
    if rules.each_quorum:
        fields["each-quorum"] = str(rules.each_quorum)
    if rules.objections:
        fields["objections"] = str(rules.objections)
    if rules.lapse_days:
        fields["lapse-days"] = rules.lapse_days
    if rules.idle_days:
        fields["idle-days"] = rules.idle_days
    if rules.proxies:
        fields["proxies"] = rules.proxies
    if rules.entrenched:
        fields["entrenched"] = _write_entrenched(rules.entrenched)
    if rules.change_days:
        fields["change-days"] = rules.change_days
    return fields


def read_sources(fields: Fields) -> Mapping[str, Source]:
    """Reads `manifesto/sources.yaml`: one entry a source, by its key."""
    found = {}
    for key, entry in fields.everything():
        found[key] = Source(
            key,
            title=entry.text("title"),
            author=entry.text("author", ""),
            date=entry.text("date", "", 40),
            url=entry.text("url", "", 1000),
        )
    return found


def write_sources(sources: Mapping[str, Source]) -> dict[str, Value]:
    """Writes `manifesto/sources.yaml`, in the order given."""
    written: dict[str, Value] = {}
    for key, source in sources.items():
        facts = {"title": source.title, "author": source.author, "date": source.date}
        facts["url"] = source.url
        written[key] = {name: fact for name, fact in facts.items() if fact or name == "title"}
    return written
