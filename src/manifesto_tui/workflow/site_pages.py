"""Says which pages the web site has, and what each of them tells."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from manifesto_tui.governance.amendment import Amendment
from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.lifecycle import STAGES, STILL_OPEN, stage
from manifesto_tui.governance.signatory import stale, standing, under
from manifesto_tui.governance.signature import LABELS
from manifesto_tui.prose import compare_texts
from manifesto_tui.publish import site as pages
from manifesto_tui.publish.paper import Paper
from manifesto_tui.publish.redline import redline
from manifesto_tui.workflow.clause_pages import ClausePages
from manifesto_tui.workflow.counting import with_signatures
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.history import decisions
from manifesto_tui.workflow.motions import motion
from manifesto_tui.workflow.page import Frame, Page, key_of
from manifesto_tui.workflow.publishing import Progress, provenance


class SitePages:
    """Every page of the site, each made only when it is needed."""

    def __init__(self, desk: Desk, markdown: bool, verdict: str, progress: Progress) -> None:
        self._desk = desk
        self._verdict = verdict
        self._assembly = desk.assembly
        self._source = provenance(desk, self._assembly.text, verified=verdict)
        self._frame = Frame(self._assembly, self._source, markdown)
        self.clauses = ClausePages(desk, self._frame, progress)

    def all(self, clauses: Mapping[str, str] | None) -> Iterator[Page]:
        """Yields every page; `clauses` are the keys of the clauses' where they are as they were."""
        assembly, source = self._assembly, self._source
        yield self._frame.page(
            "index.html",
            source,
            lambda: pages.text_page(assembly.text, source, assembly.sources),
        )
        listed = [
            pages.Listed(p.id, p.title, stage(assembly, p, self._desk.now()), p.revisions[0].filed)
            for p in assembly.proposals
            if p.amendment
        ]
        listed.sort(key=lambda each: (STAGES.index(each.stage), each.filed, each.id))
        yield self._frame.page(
            "amendments/index.html", (listed, source), lambda: pages.amendments_page(listed, source)
        )
        for proposal in assembly.proposals:
            if proposal.amendment:
                yield self._amendment(proposal, proposal.amendment)
        yield from self.clauses.all(clauses)
        decided = [p for p, _ in reversed(decisions(self._desk))]
        yield self._frame.page(
            "changelog.html",
            ([_files(p) for p in decided], assembly.editions, source),
            lambda: self._changelog(decided),
        )
        for before, edition in zip((None, *assembly.editions), assembly.editions, strict=False):
            yield self._edition(before, edition)
        stand = standing(assembly.signatories)
        changed = [each.sentence for each in stale(stand, assembly.editions)]
        yield self._frame.page(
            "signatories.html",
            (stand, changed, source),
            lambda: pages.signatories_page(stand, changed, source),
        )
        yield self._frame.page(
            "verify.html",
            (source, self._verdict),
            lambda: pages.verify_page(self._verified(), source),
        )
        if not self._frame.markdown:
            from manifesto_tui.publish.html import stylesheet

            style = stylesheet().encode()
            yield Page("style.css", key_of(style), lambda: style)
            news = self._news()
            yield Page("feed.xml", key_of(news), lambda: pages.feed(source, news))

    def _amendment(self, proposal: Proposal, amendment: Amendment) -> Page:
        assembly = self._assembly
        reached = stage(assembly, proposal, self._desk.now())
        held = assembly.ballot_for(proposal)
        # A decided amendment's page tells nothing that later acts could change.
        text = self._source.digest if reached in STILL_OPEN else ""
        told = (
            *(_files(proposal), held and _files(held), reached, text),
            *(assembly.sources, assembly.editions),
        )

        def make() -> Paper:
            found = motion(self._desk, proposal)
            votes = with_signatures(self._desk, held).votes if held else ()
            said = [
                f"{vote.voter}: {', '.join(vote.ranking) or vote.choice}, "
                f"{LABELS[vote.signature]}" + (f". {vote.reason}" if vote.reason else "")
                for vote in votes
            ]
            shows = "The text that it amends"
            about = self._frame.about(amendment.base, found.against, amendment.filed, shows)
            return pages.amendment_page(found, said, about, assembly.sources)

        return self._frame.page(f"amendments/{proposal.id}.html", told, make)

    def _edition(self, before: Edition | None, edition: Edition) -> Page:
        names = under(self._assembly.signatories, edition.number)
        about = replace(
            self._source,
            commit=self._desk.resolve(edition.number),
            digest=edition.text,
            state="in-force",
            edition=edition.number,
            published=edition.made,
            verified="",
        )
        by_id = self._assembly.by_id
        titles = [(name, by_id[name].title) for name in edition.decisions if name in by_id]

        def make() -> Paper:
            text = self._desk.text_at(edition.number)
            then = self._desk.text_at(before.number) if before else text
            every = redline(then, text, compare_texts(then, text))
            changed = [passage for passage in every if passage.change]
            sources = self._assembly.sources
            return pages.edition_page(edition, text, changed, titles, names, about, sources)

        told = (edition, names, titles, about, self._assembly.sources)
        return self._frame.page(pages.edition_file(edition.number), told, make)

    def _changelog(self, decided: list[Proposal]) -> Paper:
        shown = [(p.id, p.title, bool(p.amendment), p.decision) for p in decided if p.decision]
        return pages.changelog_page(shown, self._assembly.editions, self._source)

    def _verified(self) -> list[str]:
        if not self._verdict:
            return ["Nobody has verified the record for this page."]
        return [
            f"Verdict: {self._verdict}, for commit {self._source.commit}, "
            f"when this page was made ({self._source.published}).",
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
            for p, d in reversed(decisions(self._desk))
        ]
        found += [
            pages.News(
                each.tag,
                f"Edition {each.number}",
                each.made,
                pages.edition_file(each.number),
                f"Adopted since the last: {', '.join(each.decisions) or 'nothing'}.",
            )
            for each in self._assembly.editions
        ]
        found += [
            pages.News(
                f"{p.id}-filed",
                f"Filed: {p.title}",
                p.revisions[0].filed,
                f"amendments/{p.id}.html",
                p.amendment.rationale,
            )
            for p in self._assembly.proposals
            if p.amendment
        ]
        return sorted(found, key=lambda news: (news.at, news.name), reverse=True)[:50]


def _files(proposal: Proposal) -> tuple[object, ...]:
    """Returns everything that the files of a proposal say, also where they are read late."""
    return tuple(getattr(proposal, field.name) for field in fields(Proposal))
