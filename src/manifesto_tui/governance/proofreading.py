"""Reads a text over: anchors, hidden characters, long sentences, citations, references, counts.

Each problem stands at its place in the file and says what to do about it.
"""

from collections.abc import Collection, Iterator

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.budget import spending, words_in
from manifesto_tui.governance.enumeration import wrong_counts
from manifesto_tui.governance.problem import Place, Problem
from manifesto_tui.governance.referring import broken_references
from manifesto_tui.prose import (
    Clause,
    Outline,
    citations,
    count_words,
    find_hidden,
    plain,
    sentences,
    shortened,
)

_SETTINGS = "manifesto/manifesto.yaml"
_SPOKEN = ("paragraph", "item", "quote")


def proofread(assembly: Assembly, missing: Collection[str] = ()) -> Iterator[Problem]:
    """Yields every problem of the text itself; `missing` as `broken_references` takes it."""
    yield from _anchors(assembly)
    for path, outline in assembly.text.documents:
        yield from _hidden(path, outline)
        for clause in outline.clauses:
            yield from _sentences(assembly, path, outline, clause)
            yield from _citations(assembly, path, outline, clause)
    yield from _references(assembly, missing)
    yield from _unsourced(assembly)
    yield from _lengths(assembly)
    if _in_english(assembly):
        yield from _counts(assembly)


def _in_english(assembly: Assembly) -> bool:
    return assembly.manifesto.language.lower().startswith("en")


def _anchors(assembly: Assembly) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for path, clause in assembly.text:
        place = Place(path, clause.line)
        if clause.anchor is None:
            if clause.kind != "html":
                yield Problem(
                    place,
                    "anchor-missing",
                    f"This clause has no anchor yet: “{shortened(plain(clause.text))}”.",
                    "Recording the text gives it one.",
                    "note",
                )
        elif clause.anchor in first:
            yield Problem(
                place,
                "anchor-twice",
                f"The anchor {clause.anchor} stands at {first[clause.anchor]} already.",
                "Delete it here; recording the text gives the clause a new one.",
            )
        else:
            first[clause.anchor] = place


def _hidden(path: str, outline: Outline) -> Iterator[Problem]:
    for hidden in find_hidden(outline.source):
        yield Problem(
            _place(path, outline, hidden.offset),
            "hidden-character",
            f"There is a character here that nobody sees: U+{_code(hidden.codepoint)}"
            f" ({hidden.name}).",
            "Delete it.",
        )


def _sentences(
    assembly: Assembly, path: str, outline: Outline, clause: Clause
) -> Iterator[Problem]:
    longest = assembly.manifesto.budget.sentence
    if longest is None or clause.kind not in _SPOKEN:
        return
    for sentence in sentences(plain(clause.text)):
        words = count_words(sentence)
        if words > longest:
            yield Problem(
                _find(path, outline, clause, sentence[:12]),
                "long-sentence",
                f"This sentence has {words} words: “{shortened(sentence)}”.",
                f"Sentences of at most {longest} words are read by more people.",
                "warning",
            )


def _citations(
    assembly: Assembly, path: str, outline: Outline, clause: Clause
) -> Iterator[Problem]:
    for key in citations(clause.text):
        if key not in assembly.sources:
            yield Problem(
                _find(path, outline, clause, f"@{key}"),
                "source-unknown",
                f"The sources hold no “{key}”.",
                "Add it to manifesto/sources.yaml, or correct the key.",
            )


def _references(assembly: Assembly, missing: Collection[str]) -> Iterator[Problem]:
    outlines = dict(assembly.text.documents)
    for found in broken_references(assembly.text, _in_english(assembly), missing):
        place = _find(found.path, outlines[found.path], found.clause, found.words)
        yield Problem(place, "reference-broken", found.sentence, found.hint)


def _counts(assembly: Assembly) -> Iterator[Problem]:
    for wrong in wrong_counts(assembly.text, assembly.manifesto.title):
        place = Place(wrong.path or _SETTINGS, wrong.line)
        hint = "Correct the number, or what is counted."
        yield Problem(place, "count-wrong", wrong.sentence, hint, "warning")


def _unsourced(assembly: Assembly) -> Iterator[Problem]:
    """Yields the clauses of principles that rest on no source, where the text cites any.

    The items of a list rest on what the paragraph before them cites.
    """
    cited = {key for _, clause in assembly.text for key in citations(clause.text)}
    argued = {key for p in assembly.proposals for a in p.revisions for key in a.sources}
    for key in sorted(set(assembly.sources) - cited - argued):
        yield Problem(
            Place("manifesto/sources.yaml"),
            "source-unused",
            f"No clause and no amendment cites the source “{key}”.",
            f"Cite it as [@{key}], or leave it out.",
            "note",
        )
    if not cited:
        return
    above = False
    for path, clause in assembly.text:
        own = bool(citations(clause.text))
        sourced = own or (clause.kind == "item" and above)
        above = sourced
        in_principle = clause.number.partition(".")[0] not in ("", "0")
        if clause.kind in _SPOKEN and in_principle and not sourced:
            yield Problem(
                Place(path, clause.line),
                "unsourced",
                f"Clause {clause.number} cites no source: “{shortened(plain(clause.text))}”.",
                "Cite what it rests on as [@key].",
                "note",
            )


def _lengths(assembly: Assembly) -> Iterator[Problem]:
    budget, text = assembly.manifesto.budget, assembly.text
    spent = spending(budget, text, text)
    if spent.whole.is_over:
        yield Problem(
            Place(_SETTINGS),
            "budget-words",
            f"The text has {spent.whole.after} words, {budget.words} allowed.",
            "Delete what is said twice, or raise the budget.",
        )
    for principle in spent.principles:
        if principle.is_over:
            path, line = next(
                (path, clause.line)
                for path, clause in text
                if clause.kind == "heading" and plain(clause.text) == principle.name
            )
            yield Problem(
                Place(path, line),
                "budget-principle",
                f"“{principle.name}” has {principle.after} words, {principle.limit} allowed.",
                "Shorten it.",
            )
    for path, clause in text:
        words = words_in(clause)
        if budget.clause is not None and words > budget.clause:
            yield Problem(
                Place(path, clause.line),
                "budget-clause",
                f"This clause has {words} words, {budget.clause} allowed.",
                "Split it, or shorten it.",
            )


def _find(path: str, outline: Outline, clause: Clause, words: str) -> Place:
    at = outline.source.find(words, clause.start, clause.end)
    return Place(path, clause.line) if at < 0 else _place(path, outline, at)


def _place(path: str, outline: Outline, offset: int) -> Place:
    before = outline.source[:offset]
    return Place(path, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _code(codepoint: int | str) -> str:
    return f"{codepoint:04X}" if isinstance(codepoint, int) else codepoint.removeprefix("U+")
