"""Tells the life of every clause at once, by its anchor: a page of the web site for each.

The pages have one key over the history of the text, so that a vote costs no reading of that.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from manifesto_tui.governance.effect import text_digest
from manifesto_tui.prose import write_block
from manifesto_tui.publish.site import Wording, clause_page
from manifesto_tui.record import log, snapshot
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.history import rewriting
from manifesto_tui.workflow.page import Frame, Page, key_of
from manifesto_tui.workflow.publishing import Progress, counted

_FOLDER = "clauses/"


class ClausePages:
    """The page of each clause that the text ever had, made only when it is needed."""

    def __init__(self, desk: Desk, frame: Frame, progress: Progress) -> None:
        self._desk = desk
        self._frame = frame
        self._progress = progress

    @cached_property
    def key(self) -> str:
        """The key over all that these pages tell."""
        frame, assembly = self._frame, self._desk.assembly
        told = (self._versions, self._decided, frame.about("", "", "", ""), frame.markdown)
        return key_of((told, assembly.editions, assembly.sources, assembly.manifesto))

    def all(self, known: Mapping[str, str] | None) -> Iterator[Page]:
        """Yields every page; `known` are the keys by path where all is as it was."""
        if known is None:
            yield from self._pages.values()
            return
        for path, key in known.items():
            if path.startswith(_FOLDER):
                yield Page(path, key, partial(self._again, path))

    def _again(self, path: str) -> bytes:
        return self._pages[path].make()

    @cached_property
    def _versions(self) -> tuple[log.Entry, ...]:
        """The commits that changed the text, the earliest first."""
        return log.entries(self._desk.repo, self._desk.assembly.manifesto.text)[::-1]

    @cached_property
    def _decided(self) -> dict[str, str]:
        """Whose decision changed the text, by the digest of the text after it."""
        return {digest: proposal.id for digest, proposal in rewriting(self._desk).items()}

    @cached_property
    def _pages(self) -> dict[str, Page]:
        """The pages by path; the text's history is read once for all of them."""
        made = (self._page(anchor, life) for anchor, life in self._lives().items())
        return {page.path: page for page in made}

    def _page(self, anchor: str, life: Sequence[Wording]) -> Page:
        sources, last = self._desk.assembly.sources, life[-1]
        shows = "The text with the latest wording"
        about = self._frame.about(last.commit, last.digest, last.when, shows)
        return self._frame.page(
            f"{_FOLDER}{anchor}.html",
            (life, about, sources),
            lambda: clause_page(anchor, life, about, sources),
        )

    def _lives(self) -> dict[str, list[Wording]]:
        """Returns every wording of each clause, the earliest first, by anchor."""
        commits = [entry.commit for entry in self._versions]
        files = self._desk.assembly.manifesto.text
        texts = snapshot.read_texts_at(self._desk.repo, commits, files)
        lives: dict[str, list[Wording]] = {}
        reads: dict[str, str | None] = {}
        for entry in counted(self._versions, "Reading the text's history", self._progress):
            text = next(texts)
            digest = text_digest(text)
            now = {a: write_block(c.block) for a, (_, c) in text.by_anchor.items()}
            for anchor in (*now, *(a for a in reads if a not in now)):
                words = now.get(anchor)
                if reads.get(anchor, "") != words:
                    reads[anchor] = words
                    told = entry.when, words, entry.subject, self._decided.get(digest, "")
                    lives.setdefault(anchor, []).append(Wording(*told, entry.commit, digest))
        return lives
