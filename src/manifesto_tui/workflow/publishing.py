"""Publishes the text, a redline of it, or a meeting's papers, in a format to pass on."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from manifesto_tui.governance.assembly import Proposal
from manifesto_tui.governance.edition import latest, number_of
from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.lifecycle import stage
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused, Unavailable
from manifesto_tui.governance.rules import Rules, describe
from manifesto_tui.prose import Text, escape_in_json, read_text
from manifesto_tui.publish import (
    Provenance,
    changes_document,
    clauses_csv,
    markdown,
    markdown_redline,
    plain_redline,
    plain_text,
    redline,
    text_document,
)
from manifesto_tui.publish.formats import BY_NAME, NAMES
from manifesto_tui.publish.paper import redline_paper, text_paper
from manifesto_tui.publish.render import Tell, render, untold
from manifesto_tui.record.whole import write_whole
from manifesto_tui.workflow.comparing import Comparison, compared, diff
from manifesto_tui.workflow.counting import rules_amended
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.reading import show
from manifesto_tui.workflow.whatif import all_in, what_if

Progress = Callable[[str, int, int], None]
"""Hears what is being done, how many are done, and of how many; 0 of 0 where nobody knows."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a redline shows: a comparison, where it comes from, and whose it is."""

    found: Comparison
    source: Provenance
    author: str = ""
    of_rules: bool = False

    @property
    def before(self) -> str:
        """The digest of the text before: a change of the rules leaves it as it is."""
        return self.source.digest if self.of_rules else text_digest(self.found.before)


def unheard(what: str, done: int, of: int) -> None:
    """Hears of a progress that nobody wants to see."""


def counted(items: Sequence[Item], what: str, progress: Progress) -> Iterator[Item]:
    """Yields the items, and tells after each how many are done."""
    for done, item in enumerate(items, start=1):
        yield item
        progress(what, done, len(items))


def publish(
    desk: Desk,
    format: str,
    at: str | None = None,
    amendment: str | None = None,
    redline: tuple[str, str] | None = None,
    *,
    whatif: Sequence[str] = (),
    anchors: bool = False,
    verified: str = "",
    tell: Tell = untold,
    progress: Progress = unheard,
) -> bytes:
    """Returns the text at the tip or at `at`, or a redline.

    A redline shows what an amendment changes, what changed between two revisions, or what
    several amendments would change if they were adopted in this order (`whatif`). `verified` is
    a verdict to print with it; `tell` hears where the file is less than its format promises.

    Raises BadInput "format" where the format cannot show what was asked for.
    """
    check_format(format)
    if amendment or redline or whatif:
        if not BY_NAME[format].redline:
            raise _cannot(format, "changes", "redline")
        progress("Comparing", 0, 0)
        changes = _changes(desk, amendment, redline or ("", ""), whatif, verified)
        progress(f"Setting {len(changes.found.changes)} changes as {format}", 0, 0)
        return _redlined(desk, format, changes, tell)
    if not BY_NAME[format].text:
        raise BadInput(
            "format",
            "CriticMarkup shows changes, and there is nothing to compare with.",
            "Give --amendment ID or --redline A..B.",
        )
    text = show(desk, at)
    progress(f"Setting {len(list(text))} clauses as {format}", 0, 0)
    source = provenance(desk, text, desk.resolve(at) if at else "", verified)
    match format:
        case "json":
            return _json(text_document(text, source))
        case "csv":
            return clauses_csv(text, source).encode("utf-8")
        case "txt":
            return plain_text(text, source, anchors=anchors).encode("utf-8")
        case "md":
            return markdown(text, source, anchors=anchors).encode("utf-8")
    return render(text_paper(text, source, desk.assembly.sources), format, tell)


def check_format(format: str, papers: bool = False) -> None:
    """Raises BadInput "format" for a format that there is not, or that shows no `papers`."""
    if format not in BY_NAME:
        raise BadInput("format", f"“{format}” is no format.", f"There are: {', '.join(NAMES)}.")
    if papers and not BY_NAME[format].papers:
        raise _cannot(format, "a meeting's papers", "papers")


def write_file(path: Path, content: bytes, replace: bool = False) -> None:
    """Writes a published file whole or not at all, through a temporary file beside it.

    Raises Refused "file-exists" unless it may be replaced, and Unavailable "not-written" where
    the system does not let it. A link is never written through.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused("not-a-file", f"{path} is no plain file.", "Name another.")
    if path.exists() and not replace:
        raise Refused("file-exists", f"{path} exists already.", "Name another, or give --force.")
    check_place(path)
    if not path.parent.is_dir():
        raise BadInput("no-folder", f"{path.parent} is no folder.", "Make it, or name another.")
    try:
        write_whole(path, content, mode=0o644)
    except OSError as problem:
        raise not_written(path, problem) from None


def check_place(path: Path) -> None:
    """Raises Refused "in-git" for a place in git's own folder."""
    if ".git" in (part.lower() for part in path.resolve().parts):
        raise Refused("in-git", f"{path} lies in git's own folder.", "Name another place.")


def not_written(path: Path, problem: OSError) -> Unavailable:
    """Returns what stops somebody whom the system does not let write there."""
    reason = problem.strerror or str(problem)
    return Unavailable(
        "not-written", f"{path} cannot be written: {reason}.", "Make room there, or name another."
    )


def critic_of(compared: Comparison) -> str:
    """Returns the whole text with its changes in CriticMarkup, as plain text."""
    passages = redline(compared.before, compared.after, compared.changes)
    return markdown_redline(passages)


def provenance(
    desk: Desk, text: Text, commit: str = "", verified: str = "", shows: str = ""
) -> Provenance:
    """Returns what a file says of the text in it."""
    try:
        assembly = desk.assembly_at(commit) if commit else desk.assembly
    except ManifestoError:
        # Older than the manifesto: there were no settings yet.
        assembly = desk.assembly
    settings = assembly.manifesto
    digest = text_digest(text)
    # Only a text in force is an edition; a later commit whose text is the same still shows it.
    edition, last = number_of(assembly.editions, digest), latest(assembly.editions)
    return Provenance(
        title=settings.title,
        commit=commit or assembly.commit,
        digest=digest,
        state=settings.state,
        published=written(desk.now()),
        language=settings.language,
        licence=settings.licence,
        edition=edition,
        verified=verified,
        shows=shows,
        since=last.number if last and not edition else "",
    )


def _changes(
    desk: Desk,
    amendment: str | None,
    revisions: tuple[str, str],
    whatif: Sequence[str],
    verified: str,
) -> _Changes:
    """Returns what one amendment, a set of them, or one revision after another changes."""
    if amendment:
        proposal = desk.find(amendment)
        is_done = stage(desk.assembly, proposal, desk.now()) == "adopted"
        shows = f"What amendment {proposal.id} {'changed' if is_done else 'would change'}"
        author = proposal.amendment.proposer if proposal.amendment else ""
        if proposal.amendment and proposal.amendment.rules:
            source = provenance(desk, desk.assembly.text, "", verified, f"{shows} in the rules")
            found = _of_the_rules(desk, proposal, proposal.amendment.rules)
            return _Changes(found, source, author, of_rules=True)
        found = diff(desk, amendment)
        return _Changes(found, provenance(desk, found.after, "", verified, shows), author)
    if whatif:
        found = all_in(what_if(desk, whatif)).comparison
        named = ", then ".join(desk.find(prefix).id for prefix in whatif)
        shows = f"What if {named} were adopted"
        return _Changes(found, provenance(desk, found.after, "", verified, shows))
    first, second = revisions
    found = diff(desk, first, second)
    shows = f"What changed from {first} to {second}"
    source = provenance(desk, found.after, desk.resolve(second), verified, shows)
    return _Changes(found, source)


def _of_the_rules(desk: Desk, proposal: Proposal, new: Rules) -> Comparison:
    """Returns the rules in words as they are and as a change of them would have them."""
    before, after = (
        read_text(
            {RULES: "\n".join(["# The rules", "", *(f"- {said}" for said in describe(rules))])}
        )
        for rules in (rules_amended(desk, proposal), new)
    )
    return compared("the rules", f"with {proposal.id}", before, after)


def _redlined(desk: Desk, format: str, changes: _Changes, tell: Tell) -> bytes:
    found, source = changes.found, changes.source
    if format == "json":
        return _json(
            {
                **changes_document(found.changes, found.from_, found.to),
                "shows": source.shows,
                "commit": source.commit,
                "edition": source.edition,
                "text_before": changes.before,
                "text": source.digest,
                "published": source.published,
                "verified": source.verified,
            }
        )
    passages = redline(found.before, found.after, found.changes)
    match format:
        case "txt":
            return plain_redline(passages, source).encode("utf-8")
        case "md" | "critic":
            return markdown_redline(passages, source).encode("utf-8")
    paper = redline_paper(passages, source, desk.assembly.sources, changes.author)
    return render(paper, format, tell)


def _cannot(format: str, what: str, field: str) -> BadInput:
    able = [name for name in NAMES if getattr(BY_NAME[name], field)]
    return BadInput("format", f"{format} cannot show {what}.", f"Use {', '.join(able)}.")


def is_binary(format: str) -> bool:
    """Whether a format is not for reading on a terminal."""
    return BY_NAME[format].is_binary


def extension(format: str) -> str:
    """Returns how names of files in this format end."""
    return BY_NAME[format].extension


def _json(document: object) -> bytes:
    made = escape_in_json(json.dumps(document, ensure_ascii=False, indent=2))
    return f"{made}\n".encode()
