"""Sets what came back beside the text that went out, as edited sources to propose.

People who edit in Word see words, not Markdown. So each paragraph is paired with the clause it
was; where its words are the same the clause stays to the byte, and where they changed only the
changed words do: emphasis, links and citations stay where they were.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from manifesto_tui.prose import Clause, Text, parse, word_diff
from manifesto_tui.prose.clause import Block
from manifesto_tui.prose.write import block_lines
from manifesto_tui.publish.blocks import VERBATIM
from manifesto_tui.publish.escaping import block_of, escaped
from manifesto_tui.publish.inlines import shown, words_of
from manifesto_tui.publish.returned_docx import Paragraph, Returned
from manifesto_tui.publish.table import table_rows

_ALIKE = 50  # Of 100: below this two paragraphs are two, not one that was edited.
_LOOKED_THROUGH = 200
_FOOTER = re.compile(r"\n---\n\n\*[^\n]*\n(?:[^\n]*\n)*?Text digest: sha256:[^\n]*\n[^\0]*\Z")
_COMMIT = re.compile(r"at commit ([0-9a-f]{7,64}),")
_HOLLOW = re.compile(r"\[\]\([^()\n]*\)|\*{4}|(?<!`)``(?!`)|~{4}|\[\]")


def read_markdown(source: str) -> tuple[str, str]:
    """Returns a Markdown document that came back without its closing lines, and its commit."""
    found = _FOOTER.search(source)
    if found is None:
        return source, ""
    commit = _COMMIT.search(found[0])
    return source[: found.start()].rstrip("\n") + "\n", commit[1] if commit else ""


def edited_sources(text: Text, returned: Returned) -> dict[str, str]:
    """Returns the sources of a text, by path, as a Word file that came back wants them."""
    clauses = [*text]
    pairs = _paired([_seen(c) for _, c in clauses], [p.words for p in returned.paragraphs])
    blocks: list[tuple[int | None, Block]] = []
    depths = _depths(clauses, returned.paragraphs, pairs)
    for at, paragraph in enumerate(returned.paragraphs):
        own = pairs.get(at)
        blocks.append(
            (own, _block(clauses[own][1] if own is not None else None, paragraph, depths))
        )
    return _sources(text, clauses, blocks)


def edited_markdown(text: Text, source: str) -> dict[str, str]:
    """Returns the sources of a text as one Markdown document of all of them wants them."""
    clauses = [*text]
    outline = parse(source)
    pairs = _paired([c.text for _, c in clauses], [c.text for c in outline.clauses])
    named = {c.anchor: at for at, (_, c) in enumerate(clauses) if c.anchor}
    blocks = [
        (named.get(clause.anchor or "", pairs.get(at)), clause.block)
        for at, clause in enumerate(outline.clauses)
    ]
    return _sources(text, clauses, blocks)


def _seen(clause: Clause) -> str:
    if clause.kind == "table":
        return "\n".join(
            " | ".join(" ".join(c.split()) for c in r) for r in table_rows(clause.text)
        )
    return clause.text if clause.kind in VERBATIM else words_of(clause.text)


def _paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Returns for places in `new` the place in `old` that each was."""
    left = [" ".join(words.split()) for words in old]
    right = [" ".join(words.split()) for words in new]
    pairs: dict[int, int] = {}
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            for step in range(op.src_end - op.src_start):
                pairs[op.dest_start + step] = op.src_start + step
    taken = set(pairs.values())
    free: dict[str, int] = {}
    for at, words in enumerate(left):
        if at not in taken:
            free.setdefault(words, at)
    for at, words in enumerate(right):  # What only moved is the same, wherever it stands.
        if at not in pairs and words in free:
            pairs[at] = free.pop(words)
            taken.add(pairs[at])
    lost = [at for at in range(len(left)) if at not in taken]
    for at, words in enumerate(right):
        if at in pairs or not lost:
            continue
        near = min(range(len(lost)), key=lambda n: abs(lost[n] - at))
        window = lost[max(0, near - _LOOKED_THROUGH) : near + _LOOKED_THROUGH]
        best = max(window, key=lambda n: fuzz.ratio(left[n], words))
        if fuzz.ratio(left[best], words) >= _ALIKE:
            pairs[at] = best
            lost.remove(best)
    return pairs


def _depths(
    clauses: Sequence[tuple[str, Clause]], paragraphs: Sequence[Paragraph], pairs: dict[int, int]
) -> dict[int, int]:
    """Returns which depth of the source each level of Word's headings stands for."""
    depths: dict[int, int] = {}
    for at, own in pairs.items():
        if paragraphs[at].kind == clauses[own][1].kind == "heading":
            depths.setdefault(paragraphs[at].depth, clauses[own][1].depth)
    return depths


def _block(own: Clause | None, paragraph: Paragraph, depths: dict[int, int]) -> Block:
    depth = paragraph.depth
    if paragraph.kind == "heading":
        depth = depths.get(depth, depth)
    if own is not None and " ".join(_seen(own).split()) == " ".join(paragraph.words.split()):
        return own.block
    if paragraph.kind == "table":
        return Block("table", _table(paragraph.words))
    if paragraph.kind == "code":
        return Block(own.kind if own else "code", paragraph.words)
    like = Block(paragraph.kind, "", depth, paragraph.ordered)
    if own is None or own.kind in VERBATIM:
        return block_of(paragraph.words, like)
    if own.kind == paragraph.kind:
        like = own.block
    made = Block(like.kind, _transplanted(own.text, paragraph.words), like.depth, like.ordered)
    return made if words_of(made.text) == paragraph.words else block_of(paragraph.words, like)


def _transplanted(source: str, words: str) -> str:
    """Returns the Markdown of a clause with the words that changed, and all its marks."""
    entries = shown(source)
    parts: list[str] = []
    at = 0
    for op, span in word_diff(words_of(source), words):
        if op == "+":
            parts.append(escaped(span))
            continue
        left = len(span)
        while left and at < len(entries):
            seen, style = entries[at]
            if seen:
                left -= len(seen)
                parts += [source[at]] if op == "=" else []
            elif op == "=" or not style.cite:
                parts.append(source[at])
            at += 1
    parts += source[at:]
    return _HOLLOW.sub("", "".join(parts)).strip()


def _table(words: str) -> str:
    head, *rows = [
        [cell.replace("|", "\\|") for cell in line.split(" | ")] for line in words.split("\n")
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _sources(
    text: Text,
    clauses: Sequence[tuple[str, Clause]],
    blocks: Sequence[tuple[int | None, Block]],
) -> dict[str, str]:
    """Returns blocks as the files of the text; what is new goes where what it follows went."""
    paths = list(text.sources)
    parts: dict[str, list[str]] = {path: [] for path in paths}
    path = paths[0] if paths else ""
    before: dict[str, str] = {}
    for own, block in blocks:
        anchor = None
        if own is not None:
            path, clause = clauses[own]
            anchor = clause.anchor
        made = "\n".join(block_lines(block, anchor))
        if block.kind == "item":
            indent = "    " * (block.depth - 1)
            made = "\n".join(indent + line if line else "" for line in made.split("\n"))
        tight = before.get(path) == block.kind == "item"
        parts[path].append(("\n" if tight else "\n\n" if parts[path] else "") + made)
        before[path] = block.kind
    return {path: "".join(found) + "\n" for path, found in parts.items()}
