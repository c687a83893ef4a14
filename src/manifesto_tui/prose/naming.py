"""Gives clauses their anchors, and takes them away.

To govern a text each clause needs a name that outlives every edit. `anchor_text` gives one to
each clause that has none: the slug of its principle and the next number never used in it.

    >>> text = anchor_text(read_text({"a.md": "# Open\\n\\nPublish it.\\n"}))
    >>> text.sources["a.md"]
    '# Open\\n<!-- #open -->\\n\\nPublish it. <!-- #open-1 -->\\n'
"""

from collections import Counter
from collections.abc import Iterable
from itertools import count, islice
from pathlib import PurePosixPath

from manifesto_tui.prose.anchor import ANCHOR, code_spans, write_anchor
from manifesto_tui.prose.attributes import lines_of_words, words_end
from manifesto_tui.prose.clause import Clause, Outline, Text
from manifesto_tui.prose.lines import LINE_END, Lines, newline_of
from manifesto_tui.prose.outline import parse, read_text
from manifesto_tui.prose.slug import longer_slugs, slug_of
from manifesto_tui.prose.write import bare_marker, stands_alone


def anchor_text(text: Text, taken: Iterable[str] = ()) -> Text:
    """Returns the text with an anchor on every clause; `taken` are names never to be used again.

    A principle's heading is called by its slug, what stands under it by slug and number.
    """
    used = set(taken)
    used.update(match[1] for source in text.sources.values() for match in ANCHOR.finditer(source))
    highest = _highest(used)
    names: dict[int, str] = {}
    tried: Counter[str] = Counter()
    slug = ""
    for position, (path, clause) in enumerate(text):
        if _heads_principle(clause):
            slug = clause.anchor or _fresh_slug(clause.text, used, tried)
        elif not slug:
            slug = _slug_of_path(path)
        if clause.anchor is not None:
            continue
        if _heads_principle(clause) and slug not in used:
            name = slug
        else:
            highest[slug] = highest.get(slug, 0) + 1
            name = f"{slug}-{highest[slug]}"
        used.add(name)
        names[position] = name
    sources: dict[str, str] = {}
    positions = count()
    for path, outline in text.documents:
        here = enumerate(islice(positions, len(outline.clauses)))
        wanted = {index: names[position] for index, position in here if position in names}
        sources[path] = _write_anchors(outline, wanted)
    return read_text(sources)


def principle_slug(text: Text, anchor: str) -> str:
    """Returns the slug that new anchors beside a clause are made of.

    Raises KeyError where the text has no such clause.
    """
    if anchor not in text.by_anchor:
        raise KeyError(anchor)
    slug = ""
    for path, clause in text:
        if _heads_principle(clause):
            slug = clause.anchor or slug_of(clause.text)
        elif not slug:
            slug = _slug_of_path(path)
        if clause.anchor == anchor:
            break
    return slug


def without_anchors(source: str) -> str:
    """Returns a document without its anchors; nothing else changes."""
    if "<!--" not in source:
        return source
    outline = parse(source)
    blocks = [clause.block for clause in outline.clauses]
    bare = _strip(outline, set())
    if [clause.block for clause in parse(bare).clauses] == blocks:
        return bare
    # An item without words is only kept apart from its neighbours by a comment.
    return _strip(outline, {c.end for c in outline.clauses if c.kind == "item" and not c.text})


def _strip(outline: Outline, held: set[int]) -> str:
    """Returns the source without its anchors, but with empty comments at the places `held`."""
    source = outline.source
    kept: list[str] = []
    at = 0
    for start, end in _anchor_places(outline):
        begin = start
        while begin > at and source[begin - 1] in " \t":
            begin -= 1
        starts_line = begin == 0 or source[begin - 1] in "\r\n"
        if end in held:
            kept += [source[at:start], "<!-- -->"]
            at = end
            continue
        if starts_line and _blank_until(source, end):
            following = LINE_END.match(source, end)
            # The line goes, unless it parts what would flow together without it.
            if following is None or _blank_until(source, following.end()):
                begin -= (2 if source[begin - 2 : begin] == "\r\n" else 1) if begin > at else 0
        elif starts_line or source[end : end + 1] not in ("", " ", "\t", "\r", "\n"):
            begin = start
        kept.append(source[at:begin])
        at = end
    kept.append(source[at:])
    return "".join(kept)


def _blank_until(source: str, at: int) -> bool:
    """Whether nothing stands between a place and the end of its line."""
    while at < len(source) and source[at] in " \t":
        at += 1
    return at == len(source) or source[at] in "\r\n"


def _anchor_places(outline: Outline) -> list[tuple[int, int]]:
    """Returns where the anchors of a document stand: not those shown as code."""
    places: list[tuple[int, int]] = []
    clauses = iter(outline.clauses)
    clause: Clause | None = next(clauses, None)
    spans: list[tuple[int, int]] | None = None
    for match in ANCHOR.finditer(outline.source):
        start, end = match.span()
        while clause is not None and clause.end <= start:
            clause = next(clauses, None)
            spans = None
        if clause is not None and clause.start <= start:
            if clause.kind in ("code", "table", "html") or stands_alone(clause.text):
                if clause.anchor != match[1] or end != clause.end:
                    continue
            else:
                if spans is None:
                    spans = code_spans(outline.source[clause.start : clause.end])
                if any(start - clause.start in range(*span) for span in spans):
                    continue
        places.append((start, end))
    return places


def _highest(used: Iterable[str]) -> dict[str, int]:
    """Returns the highest number used under each slug."""
    highest: dict[str, int] = {}
    for anchor in used:
        slug, _, tail = anchor.rpartition("-")
        if slug and tail.isascii() and tail.isdigit():
            highest[slug] = max(highest.get(slug, 0), int(tail))
    return highest


def _heads_principle(clause: Clause) -> bool:
    """Whether a clause is the heading of a principle, or the title of the text."""
    return clause.kind == "heading" and "." not in clause.number


def _fresh_slug(title: str, used: set[str], tried: Counter[str]) -> str:
    """Returns a slug that nothing is called by; letters tell apart what has one title."""
    slugs = longer_slugs(title)
    for slug in slugs:
        if slug not in used:
            return slug
    while True:
        tried[slugs[0]] += 1
        slug = f"{slugs[0]}-{_letters(tried[slugs[0]])}"
        if slug not in used:
            return slug


def _letters(number: int) -> str:
    """Returns the letters for a number, from 1: b, c, … z, ba, bb and so on, without digits."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    text = ""
    while number:
        number, last = divmod(number, len(letters))
        text = letters[last] + text
    return text


def _slug_of_path(path: str) -> str:
    return slug_of(PurePosixPath(path).stem.replace("_", " ").replace("-", " ") or "text")


def _write_anchors(outline: Outline, names: dict[int, str]) -> str:
    """Returns a document's source with anchors added to the clauses at the given places."""
    if not names:
        return outline.source
    source = outline.source
    lines, newline = Lines(source), newline_of(source)
    kept: list[str] = []
    at = 0
    for index in sorted(names):
        place, before, after = _place(outline, lines, index, newline)
        kept += [source[at:place], before, write_anchor(names[index]), after]
        at = place
    kept.append(source[at:])
    return "".join(kept)


def _place(outline: Outline, lines: Lines, index: int, newline: str) -> tuple[int, str, str]:
    """Returns where the anchor of a clause goes, and what goes before and behind it."""
    source, clause = outline.source, outline.clauses[index]
    body = source[clause.start : clause.end]
    parts = LINE_END.split(body)
    if clause.kind in ("paragraph", "item") and len(parts) > 1 and bare_marker(parts[-1]):
        # Words behind a bare marker would begin a list; the first line never is one.
        return clause.start + len(parts[0].rstrip(" \t")), " ", ""
    if clause.kind == "heading":
        # Within the line it would become part of the name that hosts give to the heading; below a
        # heading that stands in a list, it would end the list.
        inside = lines.column(clause.start) > 0
        if not inside and lines_of_words([_line_below(source, clause.end)]):
            return clause.end, newline, ""
        return clause.start + words_end(parts[0]), " ", ""
    column = lines.column(clause.start)
    if clause.kind == "item" and not clause.text:
        if _blank_until(source, clause.end):
            return clause.end, " ", ""
        # What shares the item's line goes to a line of its own, in the same column.
        return clause.end, " ", newline + " " * (lines.column(clause.end + 1) - 1)
    if clause.kind == "item":
        marker = len(body) - len(body.lstrip("-+*0123456789.)"))
        blank = len(body[marker:]) - len(body[marker:].lstrip(" \t"))
        column += marker + (1 if clause.text[:1] in " \t" else blank)
    words = lines_of_words(parts) if clause.kind in ("paragraph", "item", "quote") else len(parts)
    alone = clause.kind in ("code", "table", "html") or (
        clause.kind == "item" and stands_alone(clause.text)
    )
    if 0 < words < len(parts) and not alone:
        ends = [match.start() for match in LINE_END.finditer(body)]
        return clause.start + len(body[: ends[words - 1]].rstrip(" \t")), " ", ""
    if alone or not words:
        return clause.end, newline + " " * column, ""
    return clause.end, " ", ""


def _line_below(source: str, at: int) -> str:
    """Returns the line below the one that holds a place, "" at the end."""
    above = LINE_END.search(source, at)
    below = LINE_END.search(source, above.end()) if above else None
    return source[above.end() : below.start() if below else len(source)] if above else ""
