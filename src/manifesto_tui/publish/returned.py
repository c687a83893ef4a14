"""Sets a document from outside beside the text, as edited sources to propose.

People who edit in Word or Google Docs see words, not Markdown, and every anchor is gone. So each
paragraph is paired with the clause it was; where only a program made it differ the clause stays
to the byte, and where somebody changed words only those change: emphasis, links and citations
stay where they were, and so does how the clause is set. What left through here and says so is
believed in how it is set as well.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import Block, Clause, Kind, Text, citations, word_diff
from manifesto_tui.prose.align import Aligner, in_order
from manifesto_tui.prose.layout import Piece, lay_out
from manifesto_tui.publish.blocks import VERBATIM
from manifesto_tui.publish.escaping import block_of, escaped
from manifesto_tui.publish.inlines import Shown, link_targets, shown, words_of
from manifesto_tui.publish.noise import bare, in_house, key, same, without_citations
from manifesto_tui.publish.paragraphs import Paragraph, Returned
from manifesto_tui.publish.returned_words import seen

_DIGEST = re.compile(r"Text digest: ?sha256:[0-9a-f]{64}")
_COMMIT = re.compile(r"at commit ([0-9a-f]{7,64}),")
_HOLLOW = re.compile(r"\[\]\([^()\n]*\)|\*{4}|(?<!`)``(?!`)|~{4}|\[\]")
_LINK = re.compile(r"(?<!\\)\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_FEW = 4  # Of so few clauses most may go.
_Placed = tuple[int | None, Block]


def without_closing(returned: Returned, title: str) -> Returned:
    """Returns a document without what says where it comes from: its title and closing lines.

    The commit in those lines is kept.
    """
    kept = list(returned.paragraphs)
    commit = returned.commit
    digest = next((at for at, p in enumerate(kept) if _DIGEST.search(p.words)), None)
    if digest is not None:
        start = digest
        while start and (_COMMIT.search(kept[start - 1].words) or kept[start - 1].words == title):
            start -= 1
        found = _COMMIT.search(" ".join(p.words for p in kept[start : digest + 1]))
        commit = commit or (found[1] if found else "")
        del kept[start:]
    return replace(returned, paragraphs=tuple(kept), commit=commit)


def edited_sources(text: Text, returned: Returned, title: str = "") -> dict[str, str]:
    """Returns the sources of a text, by path, as a document from outside wants them.

    `title` is the manifesto's, which such a document may begin with. Raises BadInput
    "not-this-text" where the document holds less than half of the clauses.
    """
    clauses = [*text]
    pairs = _paired([clause for _, clause in clauses], returned)
    _refuse_another(len(clauses), len(pairs))
    kept = _unsaid(clauses, pairs, returned)
    scraps = {key(part) for at in kept for part in re.split(r"[|\n]", clauses[at][1].text)}
    setting = _Setting([clause for _, clause in clauses], returned, pairs)
    blocks: list[_Placed] = []
    for at, paragraph in enumerate(returned.paragraphs):
        own = pairs.get(at)
        if own is None and (
            _is_front(returned, at, title, pairs) or key(paragraph.words) in scraps
        ):
            continue
        if own is not None:
            blocks.append((own, setting.edited(clauses[own][1], paragraph)))
        else:
            blocks.append((None, setting.new(paragraph, blocks[-1][1] if blocks else None)))
    for at in kept:
        place = next((n for n, (own, _) in enumerate(blocks) if own == at - 1), -1)
        blocks.insert(place + 1, (at, clauses[at][1].block))
    return _sources(text, blocks)


def _refuse_another(clauses: int, paired: int) -> None:
    if clauses > _FEW and paired * 2 < clauses:
        raise BadInput(
            "not-this-text",
            f"Of the {clauses} clauses of the text only {paired} are in this document, and all "
            "others would be deleted.",
            "Give a document of the whole text, or change a copy of its files: --text FILE.",
        )


def _unsaid(
    clauses: Sequence[tuple[str, Clause]], pairs: dict[int, int], returned: Returned
) -> list[int]:
    """Returns clauses that a format cannot hold: nobody who used it has deleted them."""
    if returned.is_ours:
        return []
    kinds = ("html", "table", "code") if returned.is_plain else ("html",)
    found = set(pairs.values())
    return [
        at
        for at, (_, clause) in enumerate(clauses)
        if at not in found and (clause.kind in kinds or not key(_readable(clause)))
    ]


def _is_front(returned: Returned, at: int, title: str, pairs: dict[int, int]) -> bool:
    """Whether a paragraph stands before the text: its title, or what is set beside that."""
    paragraph = returned.paragraphs[at]
    is_title = paragraph.is_title or (bool(title) and key(paragraph.words) == key(title))
    return is_title and not any(earlier in pairs for earlier in range(at))


def _paired(clauses: Sequence[Clause], returned: Returned) -> dict[int, int]:
    """Returns for places in the document the place in the text that each was."""

    cited = dict.fromkeys(name for clause in clauses for name in citations(clause.text))

    def words(kind: Kind, said: str, depth: int, anchor: str | None) -> Clause:
        if returned.is_plain:  # What a paragraph is was guessed.
            kind, depth = "paragraph", 0
        said = without_citations(said, cited)
        return Clause(kind, key(said), depth, False, anchor or None, "", 0, 0, 0)

    show = seen if returned.is_ours else _readable
    old = [words(c.kind, show(c), c.depth, c.anchor) for c in clauses]
    new = [words(p.kind, p.words, p.depth, p.anchor) for p in returned.paragraphs]
    return {at: own for own, at in Aligner(old, new).run().items()}


class _Setting:
    """How a text sets its clauses, for those that a document edits or adds."""

    def __init__(
        self, clauses: Sequence[Clause], returned: Returned, pairs: dict[int, int]
    ) -> None:
        self._is_ours = returned.is_ours
        self._numbered = {c.kind for c in clauses if c.kind != "item" and bare(seen(c))[1]}
        self._depths: dict[int, int] = {}  # Of a document's headings, in the text.
        for at, own in pairs.items():
            if returned.paragraphs[at].kind == clauses[own].kind == "heading":
                self._depths.setdefault(returned.paragraphs[at].depth, clauses[own].depth)
        heads = (c for c in clauses if c.kind == "heading" and c.number and "." not in c.number)
        self._principle = next((c.depth for c in heads), 1)
        # A document that numbers what the text does not is read without its numbers.
        typed = sum(
            bool(bare(returned.paragraphs[at].words)[1]) and not bare(seen(clauses[own]))[1]
            for at, own in pairs.items()
        )
        self._is_numbered = returned.is_plain or (typed > 0 and typed * 2 >= len(pairs))

    def edited(self, own: Clause, paragraph: Paragraph) -> Block:
        """Returns a clause as a document words it, set as it was unless that was meant."""
        if paragraph.markdown and self._is_ours:
            return self._as_typed(paragraph)
        said, wanted = (seen if self._is_ours else _readable)(own), paragraph.words
        targets = link_targets(paragraph.markdown)
        relinked = bool(targets) and targets != link_targets(own.text)
        if not self._is_ours:
            # A converter may show a citation, number it or drop it: it stays.
            wanted = without_citations(wanted, citations(own.text))
            if same(without_citations(said, citations(own.text)), wanted) and not relinked:
                return own.block
        elif same(said, wanted) and not relinked:
            return own.block
        if paragraph.kind == "table" or own.kind in VERBATIM or paragraph.kind == "code":
            return self._verbatim(own, paragraph)
        like = own.block
        if self._is_ours and own.kind != paragraph.kind:
            like = self._like(paragraph)
        if relinked:
            return replace(like, text=paragraph.markdown)
        words = in_house(said, wanted)
        entries = shown(own.text) if self._is_ours else _entries(own.text)
        text = _transplanted(own.text, entries, words, keep_citations=not self._is_ours)
        if self._is_ours:
            read = words_of(text)
        else:
            read = "".join(word for word, _ in _entries(text))
            read = without_citations(read, citations(own.text))
        return replace(like, text=text) if read == words else block_of(words, like)

    def new(self, paragraph: Paragraph, before: Block | None) -> Block:
        """Returns a clause that the text does not have, to stand behind another."""
        if paragraph.kind in VERBATIM:
            return self._verbatim(None, paragraph)
        like = self._like(paragraph)
        if like.kind == "item":
            deepest = 1 + (before.depth if before and before.kind == "item" else 0)
            like = replace(like, depth=min(like.depth, deepest))
        if paragraph.markdown:
            return replace(like, text=paragraph.markdown)
        words = paragraph.words.replace("\u00a0", " ")
        if self._is_numbered and like.kind not in self._numbered:
            words = bare(words)[0]
        return block_of(words.strip(), like)

    def _like(self, paragraph: Paragraph) -> Block:
        depth = paragraph.depth
        if paragraph.kind == "heading":
            depth = self._depths.get(depth, self._principle + max(0, depth - 1))
            depth = min(6, depth)
        return Block(paragraph.kind, "", depth, paragraph.ordered)

    def _as_typed(self, paragraph: Paragraph) -> Block:
        return Block(paragraph.kind, paragraph.markdown, paragraph.depth, paragraph.ordered)

    def _verbatim(self, own: Clause | None, paragraph: Paragraph) -> Block:
        if paragraph.markdown:
            return self._as_typed(paragraph)
        depth = own.depth if own else 0
        if paragraph.kind == "table":
            return Block("table", _table(paragraph.words), depth)
        if paragraph.kind == "code":
            kind = own.kind if own and own.kind in VERBATIM else "code"
            return Block(kind, paragraph.words, depth)
        return block_of(paragraph.words, self._like(paragraph))


def _entries(source: str) -> list[Shown]:
    """Returns what each character of a clause shows once it went through another program.

    That shows any link by its words alone, where we show as typed one that leads nowhere safe.
    """
    entries = shown(source)
    for link in _LINK.finditer(source):
        if entries[link.start()][0] == "[":
            for at in (link.start(), *range(link.end(1), link.end())):
                entries[at] = ("", entries[at][1])
    return entries


def _readable(clause: Clause) -> str:
    """Returns the words of a clause as another program shows them."""
    if clause.kind in VERBATIM:
        return seen(clause)
    return "".join(word for word, _ in _entries(clause.text))


def _transplanted(source: str, entries: Sequence[Shown], words: str, keep_citations: bool) -> str:
    """Returns the Markdown of a clause with the words that changed, and all its marks.

    `entries` say what each character of it shows.
    """
    cited = [style.cite for _, style in entries]
    # The space before a citation goes where it goes.
    cited = [
        cites or (after and said.isspace())
        for (said, _), cites, after in zip(entries, cited, [*cited[1:], False], strict=True)
    ]
    parts: list[str] = []
    at = 0
    for op, span in word_diff("".join(word for word, _ in entries), words):
        if op == "+":
            parts.append(escaped(span))
            continue
        left = len(span)
        while left and at < len(entries):
            said = entries[at][0]
            left -= len(said)
            if op == "=" or (keep_citations if cited[at] else not said):
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


def _sources(text: Text, blocks: Sequence[_Placed]) -> dict[str, str]:
    """Returns blocks as the files of the text; what is new goes where what it follows went."""
    clauses = [*text]
    first = {
        path: next((n for n, (p, _) in enumerate(clauses) if p == path), 0) for path in text.sources
    }
    pairs = {own: at for at, (own, _) in enumerate(blocks) if own is not None}
    in_place = {at for _, at in in_order(pairs)}
    pieces: dict[str, list[Piece]] = {path: [] for path in text.sources}
    path = next(iter(pieces), "")
    for at, (own, block) in enumerate(blocks):
        clause = clauses[own][1] if own is not None else None
        if own is not None and at in in_place:
            path = clauses[own][0]
        stands = own is not None and clauses[own][0] == path
        changed = clause is None or block != clause.block or not stands
        place = own - first[path] if own is not None and stands else None
        anchor = clause.anchor if clause else None
        pieces[path].append(Piece(place, block if changed else None, anchor if changed else None))
    return {path: lay_out(o, pieces[path]).source for path, o in text.documents}
