"""Takes a published document back in, as edited texts that `propose` makes an amendment of.

A Word file, or a Markdown document of the whole text, says which commit it left from: what its
sender changed is worked out against the text of that commit, and then fitted to the text of
today, so that nothing decided in between is undone by it.
"""

from collections.abc import Mapping
from pathlib import Path

from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import standing
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused
from manifesto_tui.prose import Text, read_text
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.incoming import read_words


def from_document(desk: Desk, file: Path) -> Mapping[str, str]:
    """Returns the text's sources by path as the document wants them.

    Raises BadInput where the document cannot be read or changes nothing, Refused "in-conflict"
    where the text has moved away from it.
    """
    if file.suffix.lower() in (".docx", ".docm"):
        sources, base = _from_word(desk, file)
    else:
        sources, base = _from_markdown(desk, file)
    text = desk.assembly.text
    if base.sources == text.sources:
        return sources
    changes = tuple(derive_changes(base, read_text(sources, base), desk.taken()))
    found = standing(text, changes)
    if found.text is None:
        raise Refused(
            "in-conflict",
            f"The text has moved away from what this document was made of: {found.why}",
            "Publish today's text and make the changes there.",
            str(file),
        )
    return found.text.sources


def _from_word(desk: Desk, file: Path) -> tuple[dict[str, str], Text]:
    from manifesto_tui.publish.returned import edited_sources
    from manifesto_tui.publish.returned_docx import LARGEST_FILE, read_docx

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise BadInput(
            "no-file", f"It cannot be read: {problem.strerror}.", "Check the name.", str(file)
        ) from None
    returned = read_docx(content)
    base = _base(desk, returned.commit)
    return edited_sources(base, returned), base


def _from_markdown(desk: Desk, file: Path) -> tuple[dict[str, str], Text]:
    from manifesto_tui.publish.returned import edited_markdown, read_markdown

    source, commit = read_markdown(read_words(file))
    base = _base(desk, commit)
    return edited_markdown(base, source), base


def _base(desk: Desk, commit: str) -> Text:
    """Returns the text that a document left as: that of its commit, else today's."""
    try:
        return desk.text_at(commit) if commit else desk.assembly.text
    except ManifestoError:
        return desk.assembly.text
