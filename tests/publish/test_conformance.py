"""Asks others' tools whether the published files are what they say they are.

Each tool is used where it is installed. `make conformance` fetches with npm those that neither pip
nor apt brings, and says which were not there.
"""

import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from manifesto_tui.cli import main
from manifesto_tui.prose import compare_texts, read_text
from manifesto_tui.publish import Provenance, redline
from manifesto_tui.publish.paper import redline_paper, text_paper
from manifesto_tui.publish.render import render
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.papers import PAPERS, meeting_paper
from publish.others import AXE, axe, needs, run, tool
from publish.test_redlines import NEW, OLD

SOURCE = Provenance("Made up", "c" * 40, "sha256:" + "d" * 64, "in-force", "2026-11-01T09:00:00Z")


def text():
    return text_paper(read_text({"a.md": NEW}), SOURCE, {})


def changed():
    old, new = read_text({"a.md": OLD}), read_text({"a.md": NEW})
    return redline_paper(redline(old, new, compare_texts(old, new)), SOURCE, {})


@pytest.fixture(params=[text, changed], ids=["text", "redline"])
def paper(request):
    return request.param()


@needs("vnu")
def test_vnu_finds_no_error_in_a_page(paper, tmp_path):
    (tmp_path / "page.html").write_bytes(render(paper, "html"))
    run("vnu", "--errors-only", tmp_path / "page.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site of the made-up assembly."""
    place = tmp_path_factory.mktemp("made-up")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(place))
        assert main(["demo", str(place / "demo")]) == 0
        assert main(["-C", str(place / "demo"), "site", str(place / "site")]) == 0
    return place / "site"


@needs("vnu")
def test_vnu_finds_no_error_in_any_page_of_a_site(site):
    run("vnu", "--errors-only", *sorted(site.rglob("*.html")))
    run("vnu", "--errors-only", "--css", *sorted(site.rglob("*.css")))


@needs("mkdocs")
def test_mkdocs_builds_the_pages_of_a_site_and_finds_no_broken_link(site, tmp_path):
    demo = site.parent / "demo"
    assert main(["-C", str(demo), "site", "--markdown", str(tmp_path / "docs")]) == 0
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Made up\nvalidation: {anchors: warn}\n", "utf-8"
    )
    run("mkdocs", "build", "--strict", "--config-file", tmp_path / "mkdocs.yml")
    assert (tmp_path / "site" / "index.html").exists()


@needs("chromium")
@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here; make conformance fetches it")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
class TestAxe:
    def test_it_finds_nothing_wrong_with_a_page(self, paper, dark, tmp_path):
        (tmp_path / "page.html").write_bytes(render(paper, "html"))
        assert axe(tmp_path / "page.html", dark=dark)["violations"] == []

    @pytest.mark.parametrize("folder", [".", "amendments", "clauses"])
    def test_it_finds_nothing_wrong_with_pages_of_a_site(self, site, folder, dark):
        for page in sorted((site / folder).glob("*.html"))[:4]:
            assert axe(page, dark=dark)["violations"] == []

    def test_it_would_find_what_is_wrong(self, dark, tmp_path):
        page = tmp_path / "page.html"
        wrong = render(text(), "html").replace(b"<html lang=", b"<html data-lang=")
        page.write_bytes(wrong)
        assert [found[0] for found in axe(page, dark=dark)["violations"]] == ["html-has-lang"]


@needs("ooxml-validator")
def test_microsofts_validator_finds_no_error_in_a_word_file(paper, tmp_path):
    (tmp_path / "paper.docx").write_bytes(render(paper, "docx"))
    said = json.loads(run("ooxml-validator", tmp_path / "paper.docx"))
    assert (said["ok"], said["errors"]) == (True, [])


@needs("epubcheck")
def test_epubcheck_finds_no_error_in_a_book(paper, tmp_path):
    (tmp_path / "book.epub").write_bytes(render(paper, "epub"))
    run("epubcheck", tmp_path / "book.epub")


@needs("verapdf")
def test_verapdf_finds_every_pdf_fit_for_archives_and_for_all_readers(site, tmp_path):
    pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    (tmp_path / "text.pdf").write_bytes(render(text(), "pdf"))
    (tmp_path / "redline.pdf").write_bytes(render(changed(), "pdf"))
    desk = Desk.open(site.parent / "demo", {}, lambda: datetime.now(UTC))
    ballot = next(p.id for p in desk.assembly.proposals if p.ballot and not p.decision)
    for paper in PAPERS:
        about = ballot if paper == "ballot" else None
        (tmp_path / f"{paper}.pdf").write_bytes(meeting_paper(desk, paper, "pdf", about))
    run("verapdf", "PDFA-2A,PDFUA-1", *sorted(tmp_path.glob("*.pdf")))


@needs("verapdf")
def test_verapdf_would_find_what_is_wrong(tmp_path):
    pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    (tmp_path / "x.pdf").write_bytes(render(text(), "pdf").replace(b"id:part>", b"id:trap>"))
    for profile in ("PDFA-2A", "PDFUA-1"):
        with pytest.raises(AssertionError, match=f"FAIL {profile}"):
            run("verapdf", profile, tmp_path / "x.pdf")


def test_a_pdf_says_that_it_is_for_archives_and_for_all_readers(paper):
    pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    content = render(paper, "pdf")
    for name in (b"pdfaid:part>2<", b"pdfaid:conformance>A<", b"pdfuaid:part>1<"):
        assert name in content


@needs("pdfinfo")
def test_a_pdf_is_tagged_and_its_structure_tells_the_words_in_reading_order(paper, tmp_path):
    pytest.importorskip("typst", reason="the extra [pdf] is not installed")
    (tmp_path / "paper.pdf").write_bytes(render(paper, "pdf"))
    about = dict(line.split(":", 1) for line in run("pdfinfo", tmp_path / "paper.pdf").splitlines())
    assert (about["Tagged"].strip(), about["Title"].strip()) == ("yes", "Made up")
    told = run("pdfinfo", "-struct-text", tmp_path / "paper.pdf")
    read = _letters("".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE)))
    at = 0
    for block in paper.blocks:
        for piece in block.pieces:
            at = read.index(_letters(piece.text), at) + 1
    elements = set(re.findall(r"^ *(\w+) .*\(block\)", told, re.MULTILINE))
    assert {"H1", "H2", "P", "LI"} <= elements


def _letters(words):
    """What is left of words however they were broken into lines."""
    return re.sub(r"[\W_]", "", words)


@needs("pandoc")
@pytest.mark.parametrize("format", ["docx", "odt", "epub"])
def test_pandoc_reads_every_paragraph(format, tmp_path):
    (tmp_path / f"text.{format}").write_bytes(render(text(), format))
    read = run("pandoc", "-t", "plain", "--wrap=none", tmp_path / f"text.{format}")
    words = " ".join(read.replace("[", "").replace("]", "").split())
    for block in text().blocks:
        wanted = " ".join(block.words.replace("[", "").replace("]", "").split())
        assert wanted in words


@needs("soffice")
def test_libreoffice_saves_a_redline_again_with_its_changes(tmp_path):
    (tmp_path / "redline.docx").write_bytes(render(changed(), "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    target = ("--convert-to", "docx:MS Word 2007 XML", "--outdir", tmp_path / "again")
    run("soffice", profile, "--headless", *target, tmp_path / "redline.docx")
    with zipfile.ZipFile(tmp_path / "again" / "redline.docx") as archive:
        again = etree.fromstring(archive.read("word/document.xml"))
    for tag, least in (("ins", 3), ("del", 3), ("moveFrom", 1), ("moveTo", 1)):
        assert len(again.xpath(f"//*[local-name()='{tag}']")) >= least
    for way in ("accept", "reject") if tool("pandoc") else ():
        asked = (f"--track-changes={way}", "-t", "plain", "--wrap=none")
        saved, made = (tmp_path / name / "redline.docx" for name in ("again", "."))
        assert run("pandoc", *asked, saved) == run("pandoc", *asked, made)


@pytest.mark.parametrize("format", ["docx", "odt", "epub"])
def test_a_package_is_sound_and_says_first_what_it_is(format):
    with zipfile.ZipFile(io.BytesIO(render(text(), format))) as archive:
        assert archive.testzip() is None
        first = archive.infolist()[0]
        assert first.date_time == (1980, 1, 1, 0, 0, 0)
        if format != "docx":
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
