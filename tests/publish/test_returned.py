"""A document that left and came back with changes becomes edits of the clauses it holds."""

import io
import shutil
import subprocess
import sys
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import compare_texts, read_text
from manifesto_tui.publish import Provenance, markdown
from manifesto_tui.publish.docx import docx
from manifesto_tui.publish.paper import redline_paper, text_paper
from manifesto_tui.publish.paragraphs import Paragraph, Returned
from manifesto_tui.publish.redline import redline
from manifesto_tui.publish.returned import edited_sources, without_closing
from manifesto_tui.publish.returned_docx import read_docx
from manifesto_tui.publish.returned_words import read_words

SOURCE = Provenance("Made up", "c" * 40, "sha256:" + "d" * 64, "in-force", "2026-11-01T09:00:00Z")
TEXT = read_text(
    {
        "a.md": "# Open <!-- #open -->\n\nWe **publish** [all of it](https://e.org/x) "
        "we make. [@made-up] <!-- #open-1 -->\n\n- Free to read. <!-- #open-2 -->\n"
        "- Free to `use`. <!-- #open-3 -->\n",
        "b.md": "# Kind <!-- #kind -->\n\nNobody is left behind.\nNot one. <!-- #kind-1 -->\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n<!-- #kind-2 -->\n",
    }
)


def left(text=TEXT):
    return docx(text_paper(text, SOURCE, {}))


def edited(content, was, now):
    """Changes the document part of a Word file as an editor would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                assert was.encode() in part
                part = part.replace(was.encode(), now.encode())
            new.writestr(name, part)
    return out.getvalue()


def changes(content):
    after = read_text(edited_sources(TEXT, read_docx(content)))
    return [(c.kind, c.clause, c.now) for c in compare_texts(TEXT, after)]


def test_a_word_file_that_nobody_changed_changes_nothing():
    assert changes(left()) == []


def test_it_says_which_commit_it_left_from():
    assert read_docx(left()).commit == "c" * 40


def test_changed_words_keep_the_marks_around_them():
    assert changes(edited(left(), ">publish<", ">give away<")) == [
        ("replaced", "open-1", "We **give away** [all of it](https://e.org/x) we make. [@made-up]")
    ]


def test_a_paragraph_typed_in_word_is_words_and_no_markup():
    typed = "<w:p><w:r><w:t># 2 * 3 [not] a &lt;b&gt; heading</w:t></w:r></w:p><w:sectPr>"
    assert changes(edited(left(), "<w:sectPr>", typed)) == [
        ("inserted", None, "\\# 2 \\* 3 \\[not\\] a \\<b> heading")
    ]


def test_a_redline_that_comes_back_is_read_as_accepted():
    new = read_text({**TEXT.sources, "a.md": TEXT.sources["a.md"].replace("Free", "Gratis")})
    passages = redline(TEXT, new, compare_texts(TEXT, new))
    content = docx(redline_paper(passages, SOURCE, {}))
    assert changes(content) == [
        ("replaced", "open-2", "Gratis to read."),
        ("replaced", "open-3", "Gratis to `use`."),
    ]


def test_a_markdown_document_comes_back_without_its_closing_lines():
    for anchors in (False, True):
        source = markdown(TEXT, SOURCE, anchors=anchors)
        returned = without_closing(read_words(source), SOURCE.title)
        assert returned.commit == "c" * 12
        assert compare_texts(TEXT, read_text(edited_sources(TEXT, returned))) == ()
        changed = without_closing(read_words(source.replace("Nobody is", "None are")), "Made up")
        found = compare_texts(TEXT, read_text(edited_sources(TEXT, changed)))
        assert [(c.clause, c.path) for c in found] == [("kind-1", "b.md")]


def test_a_wrapped_line_that_somebody_shortened_still_belongs_to_its_number():
    wrapped = (
        "2.1   Staff should be able to feed back easily, openly\n"
        "      about any system that they use to care for patients, sure that this\n"
        "      will be collected, shared, interpreted and acted on by somebody who\n"
        "      can change it.\n\n"
        "      • It is short\n"
        "        and goes on.\n"
    )
    words = [paragraph.words for paragraph in read_words(wrapped).paragraphs]
    assert [first.split(",")[0] for first in words] == [
        "2.1   Staff should be able to feed back easily",
        "It is short and goes on.",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), max_size=6))
def test_any_words_that_come_back_are_read_as_those_words(lines):
    from manifesto_tui.prose import reveal
    from manifesto_tui.publish.inlines import words_of

    words = [" ".join(reveal(line).split()) for line in lines]
    paragraphs = tuple(Paragraph("paragraph", each) for each in words if each)
    found = read_text(edited_sources(read_text({"a.md": ""}), Returned(paragraphs)))
    assert [words_of(c.text) for _, c in found] == [p.words for p in paragraphs]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_file_that_libreoffice_saved_again_changes_nothing(tmp_path):
    (tmp_path / "left.docx").write_bytes(left())
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
         str(tmp_path / "back"), str(tmp_path / "left.docx")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert changes((tmp_path / "back" / "left.docx").read_bytes()) == []


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{('&' + a + ';') * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        packed(other=b""),
        packed(word__document=b" " * (30 << 20)),
        packed(word__document=f"{BOMB}]><w:document {NAMES}>&i;</w:document>"),
        packed(word__document=f"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><w:document {NAMES}/>"),
        packed(word__document="<w:document>"),
        packed(**{f"part{n}": b"" for n in range(2100)}),
    ],
    ids=["empty", "cut", "none", "zip-bomb", "entities", "external", "broken", "many-parts"],
)
def test_a_hostile_word_file_is_refused_in_one_sentence(content):
    with pytest.raises(BadInput) as refused:
        read_docx(content)
    assert refused.value.code == "docx"
    assert refused.value.sentence.endswith(".")


def _with_revisions(paragraphs):
    one = '<w:ins w:id="1" w:author="x"><w:r><w:t>new </w:t></w:r></w:ins><w:del w:id="2" '
    one += 'w:author="x"><w:r><w:delText>old </w:delText></w:r></w:del>'
    paragraph = f"<w:p>{one * 100}</w:p>"
    return packed(
        word__document=f"<w:document {NAMES}><w:body>{paragraph * paragraphs}</w:body></w:document>"
    )


def _read_and_refused(content):
    found = read_docx(content)
    with pytest.raises(BadInput) as refused:
        edited_sources(TEXT, found)
    assert refused.value.code == "not-this-text"
    return found


def _calls(content):
    """How many functions are called to read a file: what a machine's haste does not change."""
    called = 0

    def count(_frame, event, _argument):
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        _read_and_refused(content)
    finally:
        sys.setprofile(None)
    return called


def test_ten_thousand_revisions_are_read_within_bounds():
    content = _with_revisions(100)
    tracemalloc.start()
    found = _read_and_refused(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.paragraphs) == 100
    assert peak < 200 << 20


def test_twice_as_many_revisions_are_no_more_than_twice_the_work():
    _read_and_refused(_with_revisions(1))  # What is made once is made.
    assert _calls(_with_revisions(40)) < 2.2 * _calls(_with_revisions(20))
