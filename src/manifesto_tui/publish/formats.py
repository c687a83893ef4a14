"""Names the formats that leave the program: the one table that every face and page reads.

A format shows the text, a redline, or both; a meeting paper is set like a text. What needs more
than the base install says which extra brings it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, and what it can show.

    `text` tells whether it shows the agreed text, `redline` whether it shows changes, `papers`
    whether it shows meeting papers. `is_binary` ones are never written to a terminal. `extra`
    is the optional part of the install that it needs, "" for none.
    """

    name: str
    title: str
    extension: str
    text: bool = True
    redline: bool = True
    papers: bool = True
    is_binary: bool = False
    extra: str = ""


FORMATS = (
    Format("docx", "Word, redlines as tracked changes", ".docx", is_binary=True),
    Format("pdf", "PDF", ".pdf", is_binary=True, extra="pdf"),
    Format("html", "Web page, complete in one file", ".html"),
    Format("odt", "OpenDocument text", ".odt", redline=False, is_binary=True),
    Format("epub", "E-book", ".epub", is_binary=True),
    Format("md", "Markdown", ".md"),
    Format("txt", "Plain text", ".txt"),
    Format("critic", "Markdown with CriticMarkup", ".md", text=False),
    Format("akn", "Akoma Ntoso, for archives", ".xml", papers=False),
    Format("json", "JSON", ".json", papers=False),
    Format("csv", "Rows of clauses", ".csv", redline=False, papers=False),
)
"""Every format, in the order in which people are told of them: first what most can open."""

BY_NAME = {each.name: each for each in FORMATS}
NAMES = tuple(BY_NAME)
