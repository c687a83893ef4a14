"""A document that never left through here is read as the words that somebody changed in it."""

import json
import shutil
import subprocess
import sys

import pytest

from manifesto_tui.governance.derive import derive_changes
from manifesto_tui.governance.effect import enact
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import read_text, without_anchors
from manifesto_tui.publish import foreign_word
from manifesto_tui.publish.noise import key, same
from manifesto_tui.publish.returned import edited_sources, without_closing
from manifesto_tui.publish.returned_docx import read_docx
from manifesto_tui.publish.returned_words import read_words
from publish.foreign import comments, docx, paragraph, run, tracked
from publish.test_returned import packed

TITLE = "A made-up manifesto"
TEXT = read_text(
    {
        "a.md": "# Open <!-- #open -->\n\nWe don't **wait** - ever - to publish "
        "[what we make](https://e.org/x).\nNobody has to ask. [@made-up] <!-- #open-1 -->\n\n"
        '- It is "free" to read. <!-- #open-2 -->\n  - For staff. <!-- #open-3 -->\n'
        "- It is free to use. <!-- #open-4 -->\n",
        "b.md": "# Kind <!-- #kind -->\n\nNobody is left behind, wherever they live. "
        "<!-- #kind-1 -->\n\n> We were not asked. <!-- #kind-2 -->\n",
    }
)
GOOGLE_TXT = (
    "\ufeffA made-up manifesto\r\n\r\nOpen\r\nWe don’t wait – ever – to publish what we make. "
    "Nobody has to ask.\r\n* It is “free” to\u00a0read.\r\n   * For staff.\r\n"
    "* It is free to use.\r\nKind\r\nNobody is left behind, wherever they live.\r\n"
    "We were not asked.\r\n"
)
NUMBERED = """\
1. Open

1.1  We don't wait - ever - to publish
     what we make. Nobody has to ask.

1.2  • It is "free" to read.

1.3    • For staff.

1.4  • It is free to use.

2. Kind

2.1  Nobody is left behind, wherever
     they live.

2.2  > We were not asked.
"""
MARKDOWN = """\
# **A made-up manifesto**

## **Open**

We don’t wait – ever – to publish what we make. Nobody has to ask.

* It is “free” to read.
  * For staff.
* It is free to use.

## **Kind**

Nobody is left behind, wherever they live.

We were not asked.
"""


def google(first: str = "We don’t wait – ever – to publish ") -> str:
    return (
        paragraph(run(TITLE, b=True), style="Title")
        + paragraph(run("Open", b=True), style="Heading1")
        + paragraph(run(first), run("what we make", u=True), run(". Nobody has to ask."))
        + paragraph(run("It is “free” to\u00a0read."), level=0)
        + paragraph(run("For staff."), level=1)
        + paragraph(run("It is free to use."), level=0)
        + paragraph()
        + paragraph(run("Kind"), style="berschrift1")
        + paragraph(run("Nobody is left behind, "), run("wherever they live."))
        + paragraph(run("We were not asked.", i=True))
    )


def derived(returned):
    sources = edited_sources(TEXT, without_closing(returned, TITLE), TITLE)
    changes = derive_changes(TEXT, read_text(sources))
    if changes:
        enact(TEXT, changes)
    return [(c.verb, c.target, c.now or "") for c in changes]


DOCUMENTS = {
    "google.txt": lambda change: read_words(change(GOOGLE_TXT)),
    "numbered.txt": lambda change: read_words(change(NUMBERED)),
    "foreign.md": lambda change: read_words(change(MARKDOWN)),
    "google.docx": lambda change: read_docx(docx(change(google()))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_program_did_to_the_text_is_no_change(name):
    assert derived(DOCUMENTS[name](lambda source: source)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_that_somebody_changed_are_one_change_with_all_else_as_it_was(name):
    found = derived(DOCUMENTS[name](lambda source: source.replace("has to ask", "needs to ask")))
    assert found == [
        (
            "replace",
            "open-1",
            "We don't **wait** - ever - to publish [what we make](https://e.org/x).\n"
            "Nobody needs to ask. [@made-up]",
        )
    ]


@pytest.mark.parametrize("name", ["google.txt", "google.docx"])
def test_a_new_principle_is_a_heading_with_its_clauses(name):
    words = ("Whole new ground", "Care goes where people are.", "Nobody travels for a form.")
    typed = "\r\n".join(words) + "\r\n"
    set_out = paragraph(run(words[0]), style="Heading1") + "".join(
        paragraph(run(each)) for each in words[1:]
    )
    end = {"google.txt": typed, "google.docx": set_out}[name]
    found = derived(DOCUMENTS[name](lambda source: source + end))
    assert [(verb, now) for verb, _, now in found] == [
        ("insert", f"# {words[0]}"),
        ("insert", words[1]),
        ("insert", words[2]),
    ]


def test_tracked_changes_are_taken_as_accepted_and_their_author_is_a_claim():
    body = google().replace(
        run("Nobody is left behind, "),
        run("Nobody ")
        + tracked("del", "is ")
        + tracked("ins", "must be ", "Made-up Lee")
        + "<w:r><w:rPr><w:b/><w:rPrChange w:id='3' w:author='Made-up Mo'/></w:rPr>"
        "<w:t xml:space='preserve'>left behind, </w:t></w:r>",
    )
    returned = read_docx(docx(body))
    assert derived(returned) == [
        ("replace", "kind-1", "Nobody must be left behind, wherever they live.")
    ]
    assert returned.authors == ("Made-up Mo", "Made-up Lee")


def test_a_paragraph_moved_with_tracking_is_a_move_and_a_deleted_mark_joins_two():
    item = paragraph(run("It is free to use."), level=0)
    gone = paragraph(tracked("moveFrom", "It is free to use."), level=0, mark="moveFrom")
    came = paragraph(tracked("moveTo", "It is free to use."), level=0, mark="moveTo")
    first = paragraph(run("It is “free” to\u00a0read."), level=0)
    body = google().replace(item, gone).replace(first, came + first)
    assert derived(read_docx(docx(body))) == [("move", "open-4", "")]
    parts = paragraph(run("Nobody is left behind, "), run("wherever they live."))
    cut = paragraph(run("Nobody is left "), mark="del") + paragraph(
        run("behind, wherever they live.")
    )
    assert derived(read_docx(docx(google().replace(parts, cut)))) == []


def test_comments_are_read_with_the_words_that_they_are_about():
    said = comments(("Made-up Mo", "Says who?"))
    marked = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/>'
    body = google().replace(run("For staff."), marked.format(run("For staff.")))
    (remark,) = read_docx(docx(body, comments=said)).remarks
    assert (remark.author, remark.words, remark.about) == ("Made-up Mo", "Says who?", "For staff.")


def test_a_document_of_something_else_is_refused():
    with pytest.raises(BadInput, match="Of the 8 clauses"):
        derived(read_words("Buy milk.\nCall the plumber.\n"))


def test_a_link_that_leads_elsewhere_in_the_repository_stays_when_words_change():
    text = read_text(
        {"a.md": "# Open <!-- #o -->\n\nAs [we said](02_x.md) before. <!-- #o-1 -->\n"}
    )
    for said, now in (("before", ()), ("then", ("As [we said](02_x.md) then.",))):
        returned = read_docx(docx(paragraph(run("Open")) + paragraph(run(f"As we said {said}."))))
        found = derive_changes(text, read_text(edited_sources(text, returned)))
        assert tuple(change.now for change in found) == now


def test_a_clause_that_is_gone_is_deleted_and_its_neighbours_stay():
    assert derived(read_words(GOOGLE_TXT.replace("   * For staff.\r\n", ""))) == [
        ("delete", "open-3", "")
    ]


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("We don't wait", "2.3 We don’t wait"),
        ("a - b...", "•\u00a0a – b…"),
        ("skill-sets", "skill- sets"),
        ("進めます。\nスタンフォード大学", "進めます。 スタンフォード大学"),
        ("1. Open", "Open"),
        ("1. Open", "1\tOpen"),
    ],
)
def test_noise_is_no_difference(own, other):
    assert same(own, other)


@pytest.mark.parametrize(
    ("own", "other"),
    [("1. Open", "2. Open"), ("10 days", "12 days"), ("may", "must"), ("a b", "ab")],
)
def test_what_somebody_wrote_is_one(own, other):
    assert not same(own, other)
    assert key("10 days") == "10 days"


DECLARED = "<!DOCTYPE d [<!ENTITY a 'b'>]><d/>"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DEEP = f"<w:document {NAMES}>" + "<w:p>" * 200_000


@pytest.mark.parametrize(
    "content",
    [
        packed(word__document=_DEEP),
        packed(word__document=f"<w:document {NAMES}/>", **{"..__..__evil": b""}),
        packed(word__document=f"<w:document {NAMES}/>", **{"C:evil": b""}),
        packed(word__document="<html/>"),
        packed(word__document=b"\xff\xfe" + DECLARED.encode("utf-16-le")),
    ],
    ids=["deep", "path", "drive", "another", "utf-16"],
)
def test_a_hostile_archive_is_refused(content):
    with pytest.raises(BadInput) as refused:
        read_docx(content)
    assert refused.value.code == "docx"


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no limits")
def test_who_reads_a_word_file_can_open_nothing_and_take_little():
    program = (
        "import json, runpy, socket\n"
        f"given = runpy.run_path({foreign_word.__file__!r}, run_name='read')\n"
        "given['_confine']()\n"
        "found = {}\n"
        "for name, way in {\n"
        "    'file': lambda: open('/dev/null'),\n"
        "    'connection': lambda: socket.socket(),\n"
        "    'memory': lambda: bytearray(400 << 20),\n"
        "}.items():\n"
        "    try:\n        way()\n        found[name] = 'had'\n"
        "    except (OSError, MemoryError):\n        found[name] = 'refused'\n"
        "print(json.dumps(found))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert set(json.loads(done.stdout).values()) == {"refused"}


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("to", ["docx", "plain", "markdown"])
def test_what_pandoc_makes_of_the_text_is_no_change(to, tmp_path):
    source = "\n\n".join(without_anchors(each) for each in TEXT.sources.values())
    made = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", to, "-o", str(tmp_path / "x")],
        input=source.encode(),
        check=True,
        capture_output=True,
    )
    assert made.returncode == 0
    content = (tmp_path / "x").read_bytes()
    assert derived(read_docx(content) if to == "docx" else read_words(content.decode())) == []
