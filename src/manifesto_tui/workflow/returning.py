"""Takes a document from outside in, as edited texts that `propose` makes an amendment of.

Word, Google Docs, Markdown, plain text, from a file or pasted. One that left through here says
which commit it left from: what its sender changed is worked out against the text of that commit,
and then fitted to the text of today, so that nothing decided in between is undone by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.prose import Text, read_text
from manifesto_tui.publish.paragraphs import Returned
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.incoming import read_bytes, words_of_file

LARGEST = 20 * 1024 * 1024
"""How many bytes of a document are read at most."""
_ARCHIVE = b"PK"  # With this every Word file begins, and no text does.


@dataclass(frozen=True)
class Document:
    """What a document wants of the text: its sources by path.

    `notes` is what else it says, to stand with the reasons: who is named beside its changes, and
    its comments. Those names are claims.
    """

    sources: Mapping[str, str]
    notes: str = ""

    def reasons(self, reason: str) -> str:
        """Returns somebody's reason with the notes below it."""
        return "\n\n".join(filter(None, (reason.strip(), self.notes)))


def from_file(desk: Desk, file: Path) -> Document:
    """Reads a document in a file; raises what `from_document` raises."""
    return from_document(desk, read_bytes(file, LARGEST), str(file))


def from_document(desk: Desk, content: bytes, name: str = "") -> Document:
    """Reads a document, as a file holds it or as it was pasted.

    Raises BadInput where it cannot be read or is none of this text, Refused "in-conflict" where
    the text has moved away from it.
    """
    from manifesto_tui.publish.returned import edited_sources, without_closing

    title = desk.assembly.manifesto.title
    returned = without_closing(_read(content, name), title)
    base = _base(desk, returned.commit)
    sources = edited_sources(base, returned, title)
    notes = _notes(returned)
    text = desk.assembly.text
    if base.sources == text.sources:
        return Document(sources, notes)
    changes = tuple(derive_changes(base, read_text(sources, base), desk.taken()))
    found = standing(text, changes)
    if found.text is None:
        raise Refused(
            "in-conflict",
            f"The text has moved away from what this document was made of: {found.why}",
            "Publish today's text and make the changes there.",
            name,
        )
    return Document(found.text.sources, notes)


def _read(content: bytes, name: str) -> Returned:
    if content.startswith(_ARCHIVE) or name.lower().endswith((".docx", ".docm")):
        from manifesto_tui.publish.returned_docx import read_docx

        return read_docx(content)
    from manifesto_tui.publish.returned_words import read_words

    return read_words(words_of_file(content, name))


def _notes(returned: Returned) -> str:
    """Says who and what a document names; it proves nothing of them."""
    lines = []
    if returned.authors:
        lines.append(f"Marked in the document as by {', '.join(returned.authors)}.")
    for remark in returned.remarks:
        about = f" on “{remark.about}”" if remark.about else ""
        by = f" marked as by {remark.author}" if remark.author else ""
        lines.append(f"Comment in the document{by}{about}: {remark.words}")
    return "\n\n".join(lines)


def _base(desk: Desk, commit: str) -> Text:
    """Returns the text that a document left as: that of its commit, else today's."""
    try:
        return desk.text_at(commit) if commit else desk.assembly.text
    except ManifestoError:
        return desk.assembly.text
