"""A document from outside, on the command line: shown first, filed as asked, once."""

import io

import pytest

from publish.foreign import comments, docx, paragraph, run, tracked

PASTED = (
    "\ufeffA made-up manifesto\r\n\r\nThe first principle\r\nEvery ward writes down what it "
    "learns.\r\n* Everybody may read it.\r\n* It costs nothing, ever.\r\nThe second principle\r\n"
    "We must ask the people who use a tool.\r\n"
)
WORDS = ("--title", "From the wards", "--reason", "As discussed.")


@pytest.fixture
def paste(monkeypatch):
    def pasted(words: str) -> None:
        stream = io.TextIOWrapper(io.BytesIO(words.encode("utf-8")), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stream)

    return pasted


def test_what_would_be_filed_is_shown_and_nothing_is_written(founded, paste):
    before = founded.state()
    paste(PASTED)
    said = founded.done("propose", *WORDS, "--import", "-", "--each-clause", "--preview")
    assert "[-Anyone-]{+Everybody+} may read it." in said.out
    assert "This would file 2 amendments. Nothing was written." in said.err
    assert founded.state() == before


def test_a_pasted_text_becomes_an_amendment_a_clause_each_of_them_once(founded, paste):
    paste(PASTED)
    filed = founded.done("propose", *WORDS, "--import", "-", "--each-clause", "--json").json
    titles = [each["message"].partition(": ")[2].split("\n")[0] for each in filed["recorded"]]
    assert titles == ["From the wards (1.2)", "From the wards (1.3)"]
    paste(PASTED)
    again = founded("propose", *WORDS, "--import", "-", "--each-clause")
    assert again.code == 1
    assert "propose just this already" in again.err
    paste(PASTED.replace("We must ask", "We always ask"))
    planned = founded.done(
        *("propose", *WORDS, "--import", "-", "--each-clause", "--preview", "--json")
    ).json["would_file"]
    ids = [each["message"].split()[1].rstrip(":") for each in filed["recorded"]]
    assert [each["same_as"] for each in planned] == [*ids, ""]
    paste(PASTED.replace("We must ask", "We always ask"))
    (new,) = founded.done("propose", *WORDS, "--import", "-", "--each-clause", "--json").json[
        "recorded"
    ]
    assert "(2.1)" in new["message"]


def test_who_marked_a_word_file_is_told_as_a_claim_beside_the_reason(founded, tmp_path):
    body = (
        paragraph(run("The first principle"), style="Heading1")
        + paragraph(run("Every ward writes down what it learns."))
        + paragraph(tracked("del", "Anyone"), tracked("ins", "Everybody"), run(" may read it."))
        + paragraph(run("It costs nothing."), level=0)
        + paragraph(run("The second principle"), style="Heading1")
        + paragraph(run("We must ask the people who use a tool."))
    )
    file = tmp_path / "back.docx"
    file.write_bytes(docx(body, comments=comments(("Made-up Lee", "Is this so?"))))
    founded.done("propose", *WORDS, "--import", str(file))
    (card,) = founded.done("list", "--json").json["amendments"]
    shown = founded.done("amendment", card["id"], "--json").json
    assert shown["rationale"] == (
        "As discussed.\n\nMarked in the document as by Made-up Mo.\n\n"
        "Comment in the document marked as by Made-up Lee: Is this so?"
    )
    assert shown["proposer"] == "ada"
    assert [change["now"] for change in shown["changes"]] == ["Everybody may read it."]


@pytest.mark.parametrize("words", ["", "Buy milk.\n", "\x00\x01"])
def test_what_is_none_of_the_text_is_refused(founded, paste, words):
    before = founded.state()
    paste(words)
    said = founded("propose", *WORDS, "--import", "-")
    assert said.code == 2
    assert said.err.count("\n") <= 2
    assert founded.state() == before
