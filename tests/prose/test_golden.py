"""What this room says of some texts stays as it was, to the character.

Each page in `golden` holds texts in which many rules meet, and what was said of them when somebody
last looked. `MANIFESTO_GOLDEN=write` writes the answers anew; look at the difference before you
record it. Why an answer is as it is stands in docs/diff-cases.md and in the other tests.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from manifesto_tui.prose import (
    Block,
    Outline,
    anchor_text,
    apply,
    citations,
    compare,
    compare_texts,
    contributions,
    count_words,
    delete_clause,
    insert_clause,
    merge,
    parse,
    plain,
    principle_slug,
    read_block,
    read_text,
    replace_clause,
    sentences,
    slug_of,
    without_anchors,
    word_diff,
    write_block,
)
from manifesto_tui.prose.weight import weigh_words

PAGES = Path(__file__).parent / "golden"
MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
Entry = dict[str, Any]


def marked(words: list[tuple[str, str]]) -> str:
    return "".join(MARKS[op].format(text) for op, text in words)


def of_words(base: str, ours: str, theirs: str) -> Entry:
    """A clause, and two that people made of it."""
    both = merge(base, ours, theirs)
    return {
        "ours": marked(word_diff(base, ours)),
        "weights": [weigh_words(base, ours), weigh_words(ours, theirs)],
        "both": [both.state, both.text or [(c.base, c.ours, c.theirs) for c in both.conflicts]],
        "whose": "".join(f"{c.op}{c.by}:{c.text}" for c in contributions([base, ours, theirs])),
    }


def of_changes(old: str, new: str) -> Entry:
    """A document, and another that was made of it."""
    before, after = parse(old), parse(new)
    changes = compare(before, after)
    some = apply(before, changes[::2])
    files = [read_text(in_two(source)) for source in (old, new)]
    return {
        "changes": [
            f"{c.kind} {c.block} {c.number} {c.clause} {c.weight} {c.after} {c.in_place}: "
            + marked(c.words)
            for c in changes
        ],
        "made": apply(before, changes).source,
        "some made": some.source,
        "in two files": [
            f"{c.kind} {c.path} {c.number} {c.old_at} {c.new_at} {c.after} {c.in_place}"
            for c in compare_texts(*files)
        ],
    }


def in_two(source: str) -> dict[str, str]:
    """A document cut before its second heading; where there is none, the second one is empty."""
    at = source.find("\n#", 1) + 1 or len(source)
    return {"a.md": source[:at], "b.md": source[at:]}


def of_edits(source: str, at: int, markdown: str) -> Entry:
    """A document, a clause in it, and a block that takes its place or stands behind it."""
    text = anchor_text(read_text({"some_file.md": source}), taken=["file-3"])
    outline = text.documents[0][1]
    clause = outline.clauses[at % len(outline.clauses)]
    assert clause.anchor is not None
    block = read_block(markdown, like=clause.block)
    return {
        "numbers": " ".join(f"{c.number or '-'}:{c.kind}" for c in outline.clauses),
        "anchored": outline.source,
        "slug": principle_slug(text, clause.anchor),
        "without": "as before" if bare(outline) == source else bare(outline),
        "block": write_block(block),
        "replaced": replace_clause(outline, clause.anchor, block).source,
        "inserted": insert_clause(outline, clause.anchor, "new-1", read_block(markdown)).source,
        "first": insert_clause(outline, None, "new-1", Block("paragraph", "First.")).source,
        "deleted": delete_clause(outline, clause.anchor).source,
    }


def bare(outline: Outline) -> str:
    return without_anchors(outline.source)


def of_speech(text: str) -> Entry:
    """A clause as it is read aloud."""
    return {
        "plain": plain(text),
        "words": count_words(text),
        "sentences": sentences(text),
        "cites": citations(text),
        "slug": slug_of(text),
    }


def of_blocks(source: str) -> Entry:
    """A document, block by block, with its anchors and the lines that they stand on."""
    return {
        "blocks": [
            f"{c.start}-{c.end} {c.kind} {c.depth} {c.ordered} {c.anchor}: {c.text}"
            for c in parse(source).clauses
        ]
    }


TOLD = {
    "words": of_words,
    "changes": of_changes,
    "edits": of_edits,
    "speech": of_speech,
    "blocks": of_blocks,
}


def entries(page: str) -> list[Entry]:
    return json.loads((PAGES / f"{page}.json").read_text(encoding="utf-8"))


def as_told(page: str, asked: list[Any]) -> Entry:
    """Question and answer, as a page has them."""
    return json.loads(json.dumps({"asked": asked, **TOLD[page](*asked)}))


@pytest.mark.parametrize("page", TOLD)
def test_the_answers_are_those_on_the_page(page):
    wanted = entries(page)
    found = [as_told(page, entry["asked"]) for entry in wanted]
    if os.environ.get("MANIFESTO_GOLDEN") == "write":
        words = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        (PAGES / f"{page}.json").write_text(words, encoding="utf-8")
    else:
        for one, other in zip(found, wanted, strict=True):
            assert one == other
