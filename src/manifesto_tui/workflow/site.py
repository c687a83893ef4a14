"""Builds the static web site from the record; a second time only the pages that changed.

Each page has a key over all that it tells. The keys stand in `.site.json` beside the pages, with
the digest of what was written: a page whose key is the same and whose file is still there is
left alone, and only files named there are ever replaced or taken away. The lives of the clauses
have a key over the history of the text besides, so that a vote costs no reading of that.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from manifesto_tui import __version__
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.edition import Edition, of_text
from manifesto_tui.governance.lifecycle import STAGES, STILL_OPEN, stage
from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.governance.signatory import stale, standing, under
from manifesto_tui.governance.signature import LABELS
from manifesto_tui.prose import compare_texts
from manifesto_tui.publish import site as pages
from manifesto_tui.publish.document import Provenance
from manifesto_tui.publish.paper import Paper
from manifesto_tui.publish.redline import redline
from manifesto_tui.record import history as log
from manifesto_tui.workflow.counting import with_signatures
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.history import decisions
from manifesto_tui.workflow.lives import lives_of
from manifesto_tui.workflow.motions import motion
from manifesto_tui.workflow.publishing import (
    Progress,
    check_place,
    counted,
    not_written,
    provenance,
    unheard,
    write_file,
)

_KEYS = ".site.json"
_LIVES = ".lives"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    written: int
    kept: int
    removed: int


@dataclass(frozen=True)
class _Page:
    path: str
    key: str
    make: Callable[[], bytes]


def build_site(
    desk: Desk,
    directory: Path,
    *,
    markdown: bool = False,
    verdict: str = "",
    force: bool = False,
    progress: Progress = unheard,
) -> Built:
    """Writes the site into a folder, or its pages as Markdown for a site that MkDocs makes.

    A build that stopped half-way is gone on with by the next one.

    Raises Refused "file-exists" where a file stands in the way that no build before this one
    wrote, unless `force` says to replace it, and Unavailable "not-written" where the system
    refuses.
    """
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise Refused("not-a-folder", f"{directory} is no plain folder.", "Name another.")
    check_place(directory)
    _make_folder(directory)
    known = _known(directory)
    plan = _Plan(desk, markdown, verdict, progress, known)
    planned = list(plan.all())
    kept: dict[str, list[str]] = {}
    written = 0
    try:
        for page in counted(planned, "Writing pages", progress):
            target = directory / page.path
            before = known.get(page.path)
            if before and before[0] == page.key and target.is_file() and not target.is_symlink():
                kept[page.path] = before
                continue
            content = page.make()
            _make_folder(target.parent)
            digest = hashlib.sha256(content).hexdigest()
            write_file(target, content, replace=force or before is not None)
            kept[page.path] = [page.key, digest]
            written += 1
    except BaseException:
        with suppress(ManifestoError):
            _remember(directory, {**known, **kept})
        raise
    kept[_LIVES] = [plan.lives_key, ""]
    gone = [path for path in known if path not in kept]
    for path in gone:
        (directory / path).unlink(missing_ok=True)
    _remember(directory, kept)
    return Built(written, len(planned) - written, len(gone))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise not_written(folder, problem) from None
    if folder.is_symlink():
        raise Refused("not-a-folder", f"{folder} is a link.", "Name another folder.")


def _remember(directory: Path, kept: dict[str, list[str]]) -> None:
    said = json.dumps(kept, indent=0, sort_keys=True).encode()
    write_file(directory / _KEYS, said, replace=True)


def _known(directory: Path) -> dict[str, list[str]]:
    """Reads what the last build wrote; a file that says anything else is no such file."""
    try:
        found = json.loads((directory / _KEYS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        path: entry
        for path, entry in found.items()
        if isinstance(entry, list)
        and len(entry) == 2
        and not Path(path).is_absolute()
        and ".." not in Path(path).parts
        and (Path(path).suffix in (".html", ".md", ".css", ".xml") or path == _LIVES)
    }


class _Plan:
    """Every page of the site, each made only when it is needed."""

    def __init__(
        self,
        desk: Desk,
        markdown: bool,
        verdict: str,
        progress: Progress,
        known: Mapping[str, Sequence[str]],
    ) -> None:
        self.desk = desk
        self.progress = progress
        self.known = known
        self.markdown = markdown
        self.verdict = verdict
        self.assembly = desk.assembly
        self.source = provenance(desk, self.assembly.text, verified=verdict)
        self.text = self.source.digest

    def all(self) -> Iterator[_Page]:
        assembly, source = self.assembly, self.source
        yield self._page(
            "index.html",
            (self.text, source),
            lambda: pages.text_page(assembly.text, source, assembly.sources),
        )
        listed = [
            pages.Listed(p.id, p.title, stage(assembly, p, self.desk.now()), p.revisions[0].filed)
            for p in assembly.proposals
            if p.amendment
        ]
        listed.sort(key=lambda each: (STAGES.index(each.stage), each.filed, each.id))
        yield self._page(
            "amendments/index.html", (listed, source), lambda: pages.amendments_page(listed, source)
        )
        for proposal in assembly.proposals:
            if proposal.amendment:
                yield self._amendment(proposal)
        yield from self._clauses()
        decided = [p for p, _ in reversed(decisions(self.desk))]
        yield self._page(
            "changelog.html",
            ([_files(p) for p in decided], assembly.editions, source),
            lambda: self._changelog(decided),
        )
        for before, edition in zip((None, *assembly.editions), assembly.editions, strict=False):
            yield self._edition(before, edition)
        stand = standing(assembly.signatories)
        changed = [each.sentence for each in stale(stand, assembly.editions)]
        yield self._page(
            "signatories.html",
            (stand, changed, source),
            lambda: pages.signatories_page(stand, changed, source),
        )
        yield self._page(
            "verify.html",
            (source, self.verdict),
            lambda: pages.verify_page(self._verified(), source),
        )
        if not self.markdown:
            from manifesto_tui.publish.html import stylesheet

            style = stylesheet().encode()
            yield _Page("style.css", _key(style), lambda: style)
            news = self._news()
            yield _Page("feed.xml", _key(news), lambda: pages.feed(source, news))

    def _page(self, path: str, told: object, make: Callable[[], Paper]) -> _Page:
        key = _key((told, self.assembly.manifesto))
        if self.markdown:
            path = path.removesuffix(".html") + ".md"
            return _Page(path, key, lambda: pages.page_markdown(make()))
        return _Page(path, key, lambda: pages.page_html(make(), path))

    def _amendment(self, proposal: Proposal) -> _Page:
        assembly = self.assembly
        reached = stage(assembly, proposal, self.desk.now())
        held = assembly.ballot_for(proposal)
        # A decided amendment's page tells nothing that later acts could change.
        text = self.text if reached in STILL_OPEN else ""
        told = (
            *(_files(proposal), held and _files(held), reached, text),
            *(assembly.sources, assembly.editions),
        )

        def make() -> Paper:
            found = motion(self.desk, proposal)
            votes = with_signatures(self.desk, held).votes if held else ()
            said = [
                f"{vote.voter}: {', '.join(vote.ranking) or vote.choice}, "
                f"{LABELS[vote.signature]}" + (f". {vote.reason}" if vote.reason else "")
                for vote in votes
            ]
            return pages.amendment_page(
                found, said, self._about(proposal, found.against), assembly.sources
            )

        return self._page(f"amendments/{proposal.id}.html", told, make)

    def _about(self, proposal: Proposal, against: str) -> Provenance:
        """Says which text an amendment is shown against, in words that later acts leave alone."""
        amendment = proposal.amendment
        assert amendment is not None, "a ballot between rivals has no page of its own"
        return replace(
            self.source,
            commit=amendment.base,
            digest=against,
            published=amendment.filed,
            verified="",
            edition=self._edition_of(against),
            shows="The text that it amends",
        )

    def _edition_of(self, digest: str) -> str:
        found = of_text(self.assembly.editions, digest)
        return found.number if found else ""

    def _edition(self, before: Edition | None, edition: Edition) -> _Page:
        names = under(self.assembly.signatories, edition.number)
        about = replace(
            self.source,
            commit=self.desk.resolve(edition.number),
            digest=edition.text,
            state="in-force",
            edition=edition.number,
            published=edition.made,
            verified="",
        )
        by_id = self.assembly.by_id
        titles = [(name, by_id[name].title) for name in edition.decisions if name in by_id]

        def make() -> Paper:
            text = self.desk.text_at(edition.number)
            then = self.desk.text_at(before.number) if before else text
            every = redline(then, text, compare_texts(then, text))
            changed = [passage for passage in every if passage.change]
            sources = self.assembly.sources
            return pages.edition_page(edition, text, changed, titles, names, about, sources)

        told = (edition, names, titles, about, self.assembly.sources)
        return self._page(pages.edition_file(edition.number), told, make)

    @cached_property
    def _versions(self) -> tuple[log.Logged, ...]:
        """The commits that changed the text, the earliest first."""
        return log.log(self.desk.repo, self.assembly.manifesto.text)[::-1]

    @cached_property
    def _adopting(self) -> dict[str, str]:
        """What was adopted by a decision, by the digest of the text after it."""
        return {d.text_after: p.id for p, d in decisions(self.desk) if d.adopted}

    @cached_property
    def lives_key(self) -> str:
        """The key over all that the pages of the clauses tell."""
        about = replace(self.source, commit="", digest="", published="", verified="", edition="")
        told = (self._versions, self._adopting, about, self.markdown)
        return _key((told, self.assembly.editions, self.assembly.sources, self.assembly.manifesto))

    def _clauses(self) -> Iterator[_Page]:
        """Yields a page for each clause that the text ever had."""
        if self.known.get(_LIVES, [""])[0] != self.lives_key:
            yield from self._lives.values()
            return
        for path, entry in self.known.items():
            if path.startswith("clauses/"):
                yield _Page(path, entry[0], partial(self._again, path))

    def _again(self, path: str) -> bytes:
        return self._lives[path].make()

    @cached_property
    def _lives(self) -> dict[str, _Page]:
        """The page of each clause, by path; the text's history is read once for all of them."""
        lives = lives_of(self.desk, self._versions, self._adopting, self.progress)
        made = (self._life(anchor, life) for anchor, life in lives.items())
        return {page.path: page for page in made}

    def _life(self, anchor: str, life: list[pages.Wording]) -> _Page:
        about = replace(
            self.source,
            commit=life[-1].commit,
            digest=life[-1].digest,
            published=life[-1].when,
            verified="",
            edition=self._edition_of(life[-1].digest),
            shows="The text with the latest wording",
        )
        return self._page(
            f"clauses/{anchor}.html",
            (life, about, self.assembly.sources),
            lambda: pages.clause_page(anchor, life, about, self.assembly.sources),
        )

    def _changelog(self, decided: list[Proposal]) -> Paper:
        shown = [(p.id, p.title, bool(p.amendment), p.decision) for p in decided if p.decision]
        return pages.changelog_page(shown, self.assembly.editions, self.source)

    def _verified(self) -> list[str]:
        if not self.verdict:
            return ["Nobody has verified the record for this page."]
        return [
            f"Verdict: {self.verdict}, for commit {self.source.commit}, "
            f"when this page was made ({self.source.published}).",
            "Every commit since the founding was judged by the rules then in force, every ballot "
            "counted again, and the text rebuilt from its decisions.",
        ]

    def _news(self) -> list[pages.News]:
        found = [
            pages.News(
                p.id,
                f"Decided: {p.title}",
                d.decided,
                f"amendments/{p.id}.html" if p.amendment else "changelog.html",
                d.outcome,
            )
            for p, d in reversed(decisions(self.desk))
        ]
        found += [
            pages.News(
                each.tag,
                f"Edition {each.number}",
                each.made,
                pages.edition_file(each.number),
                f"Adopted since the last: {', '.join(each.decisions) or 'nothing'}.",
            )
            for each in self.assembly.editions
        ]
        found += [
            pages.News(
                f"{p.id}-filed",
                f"Filed: {p.title}",
                p.revisions[0].filed,
                f"amendments/{p.id}.html",
                p.amendment.rationale,
            )
            for p in self.assembly.proposals
            if p.amendment
        ]
        return sorted(found, key=lambda news: (news.at, news.name), reverse=True)[:50]


def _files(proposal: Proposal) -> tuple[object, ...]:
    """Returns everything that the files of a proposal say, also where they are read late."""
    return tuple(getattr(proposal, field.name) for field in dataclasses.fields(Proposal))


def _key(told: object) -> str:
    return hashlib.sha256(f"{__version__}\n{told!r}".encode("utf-8", "replace")).hexdigest()[:32]
