"""Publishes the text, or a redline of it, in a format to pass on."""

import json
import os
import tempfile
from pathlib import Path

from manifesto_tui.governance.effect import text_digest
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused
from manifesto_tui.prose import Text
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
from manifesto_tui.workflow.comparing import Comparison, diff
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.reading import show

FORMATS = ("md", "txt", "json", "critic", "csv")


def publish(
    desk: Desk,
    format: str,
    at: str | None = None,
    amendment: str | None = None,
    redline: tuple[str, str] | None = None,
    *,
    anchors: bool = False,
    verified: str = "",
) -> bytes:
    """Returns the text at the tip or at `at`, or what an amendment or two revisions change.

    A redline is Markdown with CriticMarkup in `md` and `critic`, marked plain text in `txt`, and
    the document of `diff --json` in `json`. `verified` is a verdict to print with it.

    Raises BadInput "format" where the format cannot show what was asked for.
    """
    if format not in FORMATS:
        raise BadInput("format", f"“{format}” is no format.", f"There are: {', '.join(FORMATS)}.")
    if amendment:
        compared = diff(desk, amendment)
        shows = f"What amendment {desk.find(amendment).id} would change"
        return _redlined(format, compared, _provenance(desk, compared.after, "", verified, shows))
    if redline:
        compared = diff(desk, *redline)
        shows = f"What changed from {redline[0]} to {redline[1]}"
        commit = desk.repo.resolve(redline[1])
        source = _provenance(desk, compared.after, commit, verified, shows)
        return _redlined(format, compared, source)
    if format == "critic":
        raise BadInput(
            "format",
            "CriticMarkup shows changes, and there is nothing to compare with.",
            "Give --amendment ID or --redline A..B.",
        )
    text = show(desk, at)
    source = _provenance(desk, text, desk.repo.resolve(at) if at else "", verified)
    if format == "json":
        return _json(text_document(text, source))
    if format == "csv":
        return clauses_csv(text, source).encode("utf-8")
    if format == "txt":
        return plain_text(text, source, anchors=anchors).encode("utf-8")
    return markdown(text, source, anchors=anchors).encode("utf-8")


def write_file(path: Path, content: bytes, replace: bool = False) -> None:
    """Writes a published file whole or not at all, through a temporary file beside it.

    Raises Refused "file-exists" unless it may be replaced. A link is never written through.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused("not-a-file", f"{path} is no plain file.", "Name another.")
    if path.exists() and not replace:
        raise Refused("file-exists", f"{path} exists already.", "Name another, or give --force.")
    if ".git" in path.absolute().parts:
        raise Refused("in-git", f"{path} lies in git's own folder.", "Name another place.")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def critic_of(compared: Comparison) -> str:
    """Returns the whole text with its changes in CriticMarkup, as plain text."""
    passages = redline(compared.before, compared.after, compared.changes)
    return markdown_redline(passages)


def _redlined(format: str, compared: Comparison, source: Provenance) -> bytes:
    if format == "csv":
        raise BadInput(
            "format", "A redline cannot be shown as csv.", "Use md, txt, critic or json."
        )
    if format == "json":
        document = changes_document(compared.changes, compared.from_, compared.to)
        digests = {"text_before": text_digest(compared.before), "text": source.digest}
        return _json({**document, "commit": source.commit, **digests})
    passages = redline(compared.before, compared.after, compared.changes)
    if format == "txt":
        return plain_redline(passages, source).encode("utf-8")
    return markdown_redline(passages, source).encode("utf-8")


def _provenance(desk: Desk, text: Text, commit: str, verified: str, shows: str = "") -> Provenance:
    try:
        assembly = desk.assembly_at(commit) if commit else desk.assembly
    except ManifestoError:
        # Older than the manifesto: there were no settings yet.
        assembly = desk.assembly
    settings = assembly.manifesto
    return Provenance(
        title=settings.title,
        commit=commit or assembly.commit,
        digest=text_digest(text),
        state=settings.state,
        published=written(desk.now()),
        language=settings.language,
        licence=settings.licence,
        verified=verified,
        shows=shows,
    )


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
