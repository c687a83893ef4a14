"""Names what came in from outside: the paragraphs of a document, whoever wrote it in whatever."""

from dataclasses import dataclass

from manifesto_tui.prose import Kind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it came: what it is, its words as readers see them, how deep it stands.

    `is_title` marks the title of a whole document, which is no clause of the text as a rule.
    `markdown` and `anchor` are what a Markdown document says of it; "" elsewhere.
    """

    kind: Kind
    words: str
    depth: int = 0
    ordered: bool = False
    is_title: bool = False
    markdown: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in a document: who is said to have made it, and the words it is about."""

    author: str
    words: str
    about: str = ""


@dataclass(frozen=True)
class Returned:
    """A document from outside.

    `commit` is the one that it left from, "" where it says none. `is_plain` where nothing but
    words came, so that what is a heading had to be guessed. `authors` are the names beside its
    tracked changes; whether they are true nobody knows.
    """

    paragraphs: tuple[Paragraph, ...]
    commit: str = ""
    is_plain: bool = False
    authors: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it left through here, so that how its paragraphs are set is what is meant."""
        anchored = any(paragraph.anchor for paragraph in self.paragraphs)
        return not self.is_plain and (bool(self.commit) or anchored)
