"""Renders a paper in the format that was asked for; each format is loaded when it is used."""

from collections.abc import Callable

from manifesto_tui.publish.paper import Paper

Tell = Callable[[str], None]


def untold(sentence: str) -> None:
    """Hears a sentence that nobody wants to hear."""


def render(paper: Paper, format: str, tell: Tell = untold) -> bytes:
    """Returns the paper in one of the formats that show papers.

    `tell` hears in a sentence where the file is less than its format promises. Raises KeyError for
    any other format, and Unavailable where an extra is missing.
    """
    match format:
        case "html":
            from manifesto_tui.publish.html import html

            return html(paper)
        case "docx":
            from manifesto_tui.publish.docx import docx

            return docx(paper)
        case "pdf":
            from manifesto_tui.publish.pdf import pdf

            return pdf(paper, tell)
        case "odt":
            from manifesto_tui.publish.odt import odt

            return odt(paper)
        case "epub":
            from manifesto_tui.publish.epub import epub

            return epub(paper)
        case "akn":
            from manifesto_tui.publish.akn import akn

            return akn(paper)
        case "md" | "critic":
            from manifesto_tui.publish.markdown import markdown_paper

            return markdown_paper(paper).encode("utf-8")
        case "txt":
            from manifesto_tui.publish.plain import plain_paper

            return plain_paper(paper).encode("utf-8")
    raise KeyError(format)
