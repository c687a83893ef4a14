"""Renders the pages of the static web site; each is a paper, set in the site's frame.

Plain files without script, which any host can serve and any reader can keep. The same papers
are written as Markdown for a site that MkDocs makes. Nothing here reads the record: what each
page tells comes in, and one page goes out.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from manifesto_tui.governance.ballot import Decision
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Source
from manifesto_tui.governance.moment import day, instant
from manifesto_tui.governance.phrases import capital
from manifesto_tui.governance.signatory import Signatory, by_constituency
from manifesto_tui.prose import Text, reveal
from manifesto_tui.publish.blocks import Block, Piece, plain_block, redline_blocks, text_blocks
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.inlines import PLAIN, Style
from manifesto_tui.publish.meeting import Motion, decision_sentences, proposed_by
from manifesto_tui.publish.paper import Paper, made_paper, markdown_blocks
from manifesto_tui.publish.redline import Passage

_PAGE = re.compile(r"(?:\.\./)?(?:[a-z]+/)?[a-z0-9][a-z0-9-]{0,63}\.html(?:#[a-z0-9-]{1,64})?")
PAGES = (
    ("index.html", "Text"),
    ("amendments/index.html", "Amendments"),
    ("changelog.html", "Changelog"),
    ("signatories.html", "Signatories"),
    ("verify.html", "Verify"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a clause read from one moment on, and why; `words` is None where it was taken out.

    `commit` and `digest` name the text that first read so.
    """

    when: str
    words: str | None
    why: str
    proposal: str
    commit: str
    digest: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One amendment in the list of all."""

    id: str
    title: str
    stage: str
    filed: str


@dataclass(frozen=True, slots=True)
class News:
    """One entry of the feed."""

    name: str
    title: str
    at: str
    target: str
    summary: str


def linked(words: str, target: str, before: str = "", after: str = "", kind: str = "item") -> Block:
    """Returns a line with a link to another page of the site in it; no link to anything else."""
    pieces = (
        Piece("=", reveal(before)),
        Piece("=", reveal(words), Style(link=target if _PAGE.fullmatch(target) else "")),
        Piece("=", reveal(after)),
    )
    kept = tuple(piece for piece in pieces if piece.text)
    return Block("item" if kind == "item" else "paragraph", kept, 1 if kind == "item" else 0)


def text_page(text: Text, provenance: Provenance, sources: Mapping[str, Source]) -> Paper:
    """Returns the first page: the text, each clause's number leading to its life."""
    paper = made_paper(text_blocks(text), provenance, sources, "")
    return replace(paper, clause_pages="clauses/")


def amendments_page(listed: Iterable[Listed], provenance: Provenance) -> Paper:
    """Returns the list of all amendments, by stage."""
    blocks: list[Block] = []
    stages: dict[str, list[Listed]] = {}
    for each in listed:
        stages.setdefault(each.stage, []).append(each)
    for stage, members in stages.items():
        blocks.append(plain_block("heading", capital(stage), 1))
        blocks += (
            linked(f"{e.id}: {e.title}", f"{e.id}.html", after=f", {day(e.filed)}") for e in members
        )
    if not blocks:
        blocks.append(plain_block("paragraph", "No amendment has been filed yet."))
    return made_paper(blocks, provenance, {}, "Amendments")


def amendment_page(
    motion: Motion, votes: Sequence[str], provenance: Provenance, sources: Mapping[str, Source]
) -> Paper:
    """Returns one amendment: redline, reasons, discussion, count and votes."""
    blocks = [plain_block("paragraph", proposed_by(motion))]
    if motion.standing:
        blocks.append(plain_block("paragraph", motion.standing))
    blocks.append(plain_block("heading", "What it changes", 1))
    blocks += (replace(block, anchor="") for block in redline_blocks(motion.passages))
    if motion.rationale:
        blocks.append(plain_block("heading", "Reason", 1))
        blocks += markdown_blocks(motion.rationale, deeper=1)
    if motion.rivals:
        blocks.append(plain_block("heading", "Rivals", 1))
        blocks += (linked(f"{id_}: {title}", f"{id_}.html") for id_, title in motion.rivals)
    if motion.comments:
        blocks.append(plain_block("heading", "Discussion", 1))
        for comment in motion.comments:
            about = f" on clause {comment.clause}" if comment.clause else ""
            said = f"{comment.member}{about}, {instant(comment.at)}:"
            blocks.append(plain_block("paragraph", said))
            if comment.quote:
                blocks.append(plain_block("quote", comment.quote))
            blocks += markdown_blocks(comment.text, deeper=2)
    told = decision_sentences(motion.decision) if motion.decision else motion.count
    if told:
        blocks.append(plain_block("heading", "The count", 1))
        blocks += (plain_block("paragraph", sentence) for sentence in told)
    if votes:
        blocks.append(plain_block("heading", "Votes", 1))
        blocks += (plain_block("item", vote, 1) for vote in votes)
    return made_paper(blocks, provenance, sources, f"{motion.id}: {motion.title}")


def clause_page(
    anchor: str, life: Sequence[Wording], provenance: Provenance, sources: Mapping[str, Source]
) -> Paper:
    """Returns a clause's life: every wording it has had, the latest first."""
    blocks: list[Block] = []
    if life[-1].words is not None:
        target = f"../index.html#{anchor}"
        blocks.append(linked("Where it stands in the text", target, kind="paragraph"))
    for wording in reversed(life):
        blocks.append(plain_block("heading", day(wording.when), 1))
        if wording.words is None:
            blocks.append(plain_block("paragraph", "Taken out of the text."))
        else:
            blocks += markdown_blocks(wording.words, deeper=1)
        if wording.proposal:
            target = f"../amendments/{wording.proposal}.html"
            blocks.append(linked(wording.proposal, target, "Decided by ", ".", kind="paragraph"))
        else:
            blocks.append(plain_block("paragraph", f"Reason given: {wording.why}"))
    return made_paper(blocks, provenance, sources, f"Clause {anchor}")


def edition_page(
    edition: Edition,
    text: Text,
    changed: Iterable[Passage],
    adopted: Iterable[tuple[str, str]],
    names: Sequence[Signatory],
    provenance: Provenance,
    sources: Mapping[str, Source],
) -> Paper:
    """Returns an edition as it was made: its text, what it changed, and who signed it.

    `changed` are the passages that read otherwise in the edition before, `adopted` the ids and
    titles of the amendments that it comprises.
    """
    blocks = list(text_blocks(text))
    blocks.append(plain_block("heading", "What it changed", 1))
    blocks.append(plain_block("paragraph", f"Made on {day(edition.made)} by {edition.steward}."))
    blocks += (linked(f"{id_}: {title}", f"../amendments/{id_}.html") for id_, title in adopted)
    blocks += (replace(block, anchor="") for block in redline_blocks(changed))
    blocks.append(plain_block("heading", "Who signed it", 1))
    blocks += _names(names, has_links=False) or [
        plain_block("paragraph", "Nobody has signed this edition yet.")
    ]
    return made_paper(blocks, provenance, sources, f"Edition {edition.number}")


def edition_file(number: str) -> str:
    """Returns where the page of an edition is, for good."""
    return f"editions/{number.replace('.', '-')}.html"


def changelog_page(
    decided: Iterable[tuple[str, str, bool, Decision]],
    editions: Iterable[Edition],
    provenance: Provenance,
) -> Paper:
    """Returns every decision and every edition, the latest first, each with a link to its page.

    A decision comes as id, title, whether it has a page, and decision.
    """
    entries: list[tuple[str, int, Block]] = []
    for each in editions:
        target, before = edition_file(each.number), f"{day(each.made)}: "
        entries.append((each.made, 1, linked(f"Edition {each.number}", target, before)))
    for name, title, has_page, decision in decided:
        result = "adopted" if decision.adopted == name else decision.outcome
        before, after = f"{day(decision.decided)}: ", f", {result}"
        target = f"amendments/{name}.html" if has_page else ""
        entries.append((decision.decided, 0, linked(f"{name}: {title}", target, before, after)))
    # What was decided at the time of an edition is in it.
    entries.sort(key=lambda entry: entry[:2], reverse=True)
    blocks = [block for _, _, block in entries]
    if not blocks:
        blocks.append(plain_block("paragraph", "Nothing has been decided yet."))
    return made_paper(blocks, provenance, {}, "Changelog")


def signatories_page(
    names: Sequence[Signatory], changed: Sequence[str], provenance: Provenance
) -> Paper:
    """Returns whose names stand, by constituency, and under which words that have changed."""
    blocks = _names(names, has_links=True)
    if changed:
        blocks.append(plain_block("heading", "What has changed since", 1))
        blocks += (plain_block("item", sentence, 1) for sentence in changed)
    if not blocks:
        blocks.append(plain_block("paragraph", "Nobody has signed an edition yet."))
    return made_paper(blocks, provenance, {}, "Signatories")


def _names(names: Sequence[Signatory], *, has_links: bool) -> list[Block]:
    """Returns names under a heading for each constituency, with how many it has."""
    blocks: list[Block] = []
    # Those in no constituency come last.
    for constituency, count in sorted(by_constituency(names).items(), key=lambda each: not each[0]):
        title = capital(constituency or "others")
        blocks.append(plain_block("heading", f"{title}: {count}", 2))
        for name in (each for each in names if each.constituency == constituency):
            edition, signed = f"edition {name.edition}", f", {day(name.signed)}"
            target = edition_file(name.edition) if has_links else ""
            blocks.append(linked(edition, target, f"{name.about}, ", signed))
    return blocks


def verify_page(sentences: Iterable[str], provenance: Provenance) -> Paper:
    """Returns what was verified, when, and how anyone can check it."""
    blocks = [plain_block("paragraph", sentence) for sentence in sentences]
    blocks.append(plain_block("heading", "Check it yourself", 1))
    blocks.append(
        plain_block(
            "paragraph",
            "Clone the repository, install the program, and let it replay every decision. It asks "
            "nobody: what it judges is in your clone.",
        )
    )
    commands = (
        "git clone REPOSITORY manifesto\npip install manifesto-tui\n"
        "manifesto-tui -C manifesto verify"
    )
    blocks.append(Block("code", (Piece("=", commands, PLAIN),)))
    return made_paper(blocks, provenance, {}, "What was verified")


def page_html(paper: Paper, path: str) -> bytes:
    """Returns a page in the site's frame."""
    from manifesto_tui.publish.html import framed

    return framed("site.html", paper, path=path, up="../" * path.count("/"), pages=PAGES)


def page_markdown(paper: Paper) -> bytes:
    """Returns a page for a site that something else makes out of Markdown."""
    from manifesto_tui.publish.markdown import markdown_page

    return markdown_page(paper).encode("utf-8")


def feed(provenance: Provenance, news: Sequence[News]) -> bytes:
    """Returns the news as an Atom feed."""
    from manifesto_tui.publish.html import environment

    latest = max((entry.at for entry in news), default=provenance.published)
    made = (
        environment()
        .get_template("feed.xml")
        .render(
            title=reveal(provenance.title),
            language=provenance.language_tag,
            name=hashlib.sha256(provenance.title.encode()).hexdigest()[:16],
            updated=latest,
            entries=[replace(e, title=reveal(e.title), summary=reveal(e.summary)) for e in news],
        )
    )
    return made.encode("utf-8")
