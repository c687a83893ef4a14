"""Publishing from a real record: files, meeting papers, the site, and documents that come back."""

import json
import os
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from cli.speaking import TEXT, adopt, settle
from manifesto_tui.cli.printing import Printer
from manifesto_tui.governance.problem import BadInput
from manifesto_tui.prose import find_hidden
from manifesto_tui.publish.formats import BY_NAME, NAMES
from manifesto_tui.workflow import deriving
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.publishing import publish
from manifesto_tui.workflow.returning import from_file


@pytest.fixture
def assembly(tmp_path, monkeypatch):
    """Three made-up members, and a ballot open on one amendment; returns speaker and id."""
    speak = settle(tmp_path, monkeypatch)
    adopt(speak, "ada", "ben", title="A made-up manifesto")
    draft = speak.write("../draft.md", TEXT.replace("costs nothing.", "costs nothing, ever."))
    given = ("--title", "Say ever", "--reason", "To be clear.", "--text", str(draft), "--json")
    filed = speak.done("propose", *given).recorded["message"].split()[1].rstrip(":")
    speak.done("open", filed, "--closes", "2026-11-15T09:00:00Z")
    return speak, filed


def desk(speak):
    return Desk.open(speak.folder, {}, lambda: datetime(2026, 11, 2, tzinfo=UTC))


@pytest.mark.parametrize("format", NAMES)
def test_every_format_shows_what_the_table_says_it_can(assembly, format):
    speak, filed = assembly
    if BY_NAME[format].extra:
        pytest.importorskip("typst", reason="the extra is not installed")
    for can, asked in ((BY_NAME[format].text, {}), (BY_NAME[format].redline, {"amendment": filed})):
        if can:
            once = publish(desk(speak), format, **asked)
            assert once == publish(desk(speak), format, **asked)
        else:
            with pytest.raises(BadInput):
                publish(desk(speak), format, **asked)


@pytest.mark.parametrize("format", ["md", "txt", "csv", "json", "html"])
def test_a_text_that_hides_something_shows_it_in_every_format(assembly, format):
    speak, _ = assembly
    hidden = "Pay \u202eyap\u202c \x1b[2J \x9b31m zero\u200bwidth."
    speak.write("manifesto.md", speak.read("manifesto.md") + f"\n{hidden}\n")
    speak.git("commit", "-qam", "Hide something")
    said = speak.done("publish", "--format", format).out
    assert find_hidden(said) == ()
    if format == "json":
        assert json.loads(said)["clauses"][-1]["text"] == hidden
    else:
        assert "⟦U+202E⟧yap⟦U+202C⟧" in said


@pytest.mark.parametrize(("name", "of"), [("text", None), ("changes", "--amendment")])
def test_json_meets_its_schema_and_says_what_it_shows_and_whether_verified(assembly, name, of):
    speak, filed = assembly
    asked = (of, filed) if of else ()
    made = json.loads(speak.done("publish", "--format", "json", "--verify", *asked).out)
    place = files("manifesto_tui.publish").joinpath(f"schemas/{name}.schema.json")
    jsonschema.validate(made, json.loads(place.read_text(encoding="utf-8")))
    assert made["verified"].startswith("PROVED")
    assert made["published"] == "2026-11-01T09:00:00Z"
    assert {"commit", "text", "edition"} <= made.keys()


@pytest.mark.parametrize("paper", ["booklet", "decisions", "ballot"])
def test_a_meeting_has_its_papers(assembly, paper):
    speak, filed = assembly
    more = ("--amendment", filed) if paper == "ballot" else ()
    said = speak.done("publish", "--format", "txt", "--paper", paper, *more).out
    if paper == "decisions":
        assert "Nothing has been decided yet." in said
    else:
        assert f"{filed}: Say ever" in said
        assert "{+, ever+}" in said


def test_a_record_of_decisions_counts_in_words(assembly):
    speak, filed = assembly
    speak.done("vote", filed, "for")
    speak.at("2026-11-16T09:00:00Z")
    speak.done("decide", filed)
    said = speak.done("publish", "--format", "txt", "--paper", "decisions").out
    assert "One for, no against." in said


def test_a_file_that_exists_is_replaced_only_on_purpose(assembly, tmp_path):
    speak, _ = assembly
    target = tmp_path / "out.html"
    speak.done("publish", "--format", "html", "-o", target)
    target.write_text("mine", encoding="utf-8")
    assert speak("publish", "--format", "html", "-o", target).code == 1
    assert target.read_text(encoding="utf-8") == "mine"
    speak.done("publish", "--format", "html", "-o", target, "--force")
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_no_link_is_written_through_and_no_folder_of_git(assembly, tmp_path):
    speak, _ = assembly
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "kept.txt")
    for target in (tmp_path / "link.txt", speak.folder / ".git" / "config", tmp_path):
        assert speak("publish", "--format", "txt", "-o", target, "--force").code == 1
    assert (tmp_path / "kept.txt").read_text(encoding="utf-8") == "kept"


def test_a_disk_that_refuses_leaves_no_half_file(assembly, tmp_path, monkeypatch):
    speak, _ = assembly

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("manifesto_tui.record.whole.os.fsync", full)
    said = speak("publish", "--format", "txt", "-o", tmp_path / "out.txt")
    assert said.code == 3
    assert "No space left on device" in said.err
    assert [f.name for f in tmp_path.iterdir() if "out.txt" in f.name] == []


@pytest.mark.parametrize("format", NAMES)
def test_a_file_made_by_source_date_epoch_is_the_same_whenever_it_is_made(assembly, format):
    speak, filed = assembly
    if BY_NAME[format].extra:
        pytest.importorskip("typst", reason="the extra is not installed")
    asked = () if BY_NAME[format].text else ("--amendment", filed)
    made = []
    speak.monkeypatch.delenv("MANIFESTO_NOW")
    speak.monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793523600")
    for _ in range(2):
        speak.done("publish", "--format", format, *asked, "-o", f"made-{len(made)}")
        made.append((speak.folder / f"made-{len(made)}").read_bytes())
    assert made[0] == made[1]


def test_source_date_epoch_dates_no_act_and_gives_way_to_the_clock_of_all(assembly, tmp_path):
    speak, _ = assembly
    speak.monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    said = speak.done("publish", "--format", "json").out
    assert json.loads(said)["published"] == "2026-11-01T09:00:00Z"
    speak.monkeypatch.delenv("MANIFESTO_NOW")
    assert json.loads(speak.done("publish", "--format", "json").out)["published"].startswith(
        "1970-"
    )
    speak.done("propose", "--title", "T", "--reason", "R", "--text", tmp_path / "draft.md")
    assert "1970" not in speak.git("log", "-1", "--format=%aI")
    speak.monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    for command in (("publish", "--format", "md"), ("site", str(tmp_path / "site"))):
        said = speak(*command)
        assert (said.code, said.err.splitlines()[0]) == (
            2,
            "SOURCE_DATE_EPOCH is “yesterday”, which is no number of seconds since 1970.",
        )
    assert not (tmp_path / "site").exists()


def test_a_site_made_twice_of_one_commit_is_the_same_to_the_byte(assembly, tmp_path):
    speak, _ = assembly
    speak.monkeypatch.delenv("MANIFESTO_NOW")
    speak.monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793523600")
    for folder in ("one", "two"):
        speak.done("site", tmp_path / folder)
    names = [p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*")]
    assert len(names) > 8
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    "asked",
    [
        ("publish", "--format", "html", "-o", "x"),
        ("publish", "--format", "html", "--paper", "booklet", "-o", "x"),
        ("site", "public"),
    ],
    ids=["text", "paper", "site"],
)
def test_an_export_shows_on_a_terminal_how_far_it_has_come(assembly, monkeypatch, asked):
    speak, _ = assembly
    shown = []
    monkeypatch.setattr(Printer, "passing", lambda self, text: shown.append(text))
    speak.done(*asked)
    assert [text for text in shown if text]
    assert shown[-1] == ""


def test_a_pdf_that_lacks_a_font_says_so_in_one_sentence(assembly, monkeypatch):
    typst = pytest.importorskip("typst", reason="the extra is not installed")
    speak, _ = assembly
    compiled = typst.compile

    def on_a_bare_computer(template, *, pdf_standards, **given):
        if pdf_standards:
            problem = typst.TypstError("no font")
            problem.message = 'the text `"日"` could not be displayed with font `"X"`'
            raise problem
        return compiled(template, pdf_standards=pdf_standards, **given)

    monkeypatch.setattr(typst, "compile", on_a_bare_computer)
    said = speak.done("publish", "--format", "pdf", "-o", "x.pdf")
    assert said.err.splitlines()[0] == (
        "The PDF is an ordinary one, neither PDF/A-2a nor PDF/UA-1: no font on this computer "
        "has “日”."
    )
    assert (speak.folder / "x.pdf").read_bytes().startswith(b"%PDF-")


def test_pdf_without_its_extra_is_one_sentence(assembly, monkeypatch):
    speak, _ = assembly
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    said = speak("publish", "--format", "pdf", "-o", "x.pdf")
    assert said.code == 3
    assert said.err.splitlines()[0] == "PDF needs Typst, which is not installed."
    assert "'.[all]'" in said.err


def test_the_site_is_whole_and_every_link_in_it_leads_somewhere(assembly, tmp_path):
    speak, filed = assembly
    folder = tmp_path / "site"
    speak.done("site", folder)
    found = {str(p.relative_to(folder)) for p in folder.rglob("*.html")}
    assert {"index.html", "amendments/index.html", f"amendments/{filed}.html"} <= found
    assert {"changelog.html", "signatories.html", "verify.html"} <= found
    pages = {name: html.fromstring((folder / name).read_bytes()) for name in found}
    for name, page in pages.items():
        assert page.xpath("//script | //@src") == []
        for target in page.xpath("//@href"):
            path, _, place = target.partition("#")
            file = (folder / name).parent.joinpath(path).resolve() if path else folder / name
            assert file.is_file(), (name, target)
            if place:
                there = pages[str(file.relative_to(folder.resolve()))]
                assert place in there.xpath("//@id"), (name, target)
    lives = {f"clauses/{p.name}" for p in (folder / "clauses").iterdir()}
    assert lives == {each for each in pages["index.html"].xpath("//@href") if "clauses/" in each}


def test_a_clause_was_decided_by_what_changed_it_and_not_by_new_rules_after_that(
    assembly, tmp_path
):
    speak, filed = assembly
    speak.done("vote", filed, "for")
    speak.at("2026-11-16T09:00:00Z")
    speak.done("decide", filed)
    rules = speak.read("manifesto/rules.yaml") + "proxies: 1\n"
    given = ("--rules", speak.write("../rules.yaml", rules), "--title", "Proxies", "-m", "x")
    speak.done("propose", *given)
    speak.done("open", "proxies", "--closes", "2026-11-30T09:00:00Z")
    speak.done("vote", "proxies", "for")
    speak.at("2026-12-16T09:00:00Z")
    speak.done("decide", "proxies")
    speak.done("site", tmp_path / "site")
    lives = [page.read_text("utf-8") for page in (tmp_path / "site" / "clauses").iterdir()]
    (life,) = (life for life in lives if "costs nothing, ever." in life)
    assert life.count(f"amendments/{filed}.html") == life.count("Decided by") == 1


def test_the_markdown_pages_have_titles_of_their_own_and_every_link_leads_somewhere(
    assembly, tmp_path
):
    speak, filed = assembly
    folder = tmp_path / "docs"
    speak.done("site", folder, "--markdown")
    titles = set()
    for file in folder.rglob("*.md"):
        page = file.read_text(encoding="utf-8")
        titles.add(page.splitlines()[0])
        for target in re.findall(r"\]\(<(.*?)>\)", page):
            path, _, place = target.partition("#")
            assert path.endswith(".md"), (file, target)
            there = (file.parent / path).read_text(encoding="utf-8")
            assert not place or f'<a id="{place}"></a>' in there, (file, target)
    assert f"# {filed}: Say ever" in titles
    assert len(titles) == len(list(folder.rglob("*.md")))


def test_a_page_of_an_amendment_names_the_edition_that_it_amends_and_no_later_one(
    assembly, tmp_path
):
    speak, filed = assembly
    speak.done("vote", filed, "for")
    speak.at("2026-11-16T09:00:00Z")
    speak.done("ratify")
    for act in (("decide", filed), ("edition",), ("sign-on", "--name", "Made-up Signatory")):
        speak.done("site", tmp_path / "site")
        speak.done(*act)
    speak.done("site", tmp_path / "site")
    speak.done("site", tmp_path / "fresh")
    for made in (tmp_path / "fresh").rglob("*.*"):
        again = tmp_path / "site" / made.relative_to(tmp_path / "fresh")
        assert made.read_bytes() == again.read_bytes(), made
    page = (tmp_path / "site" / "amendments" / f"{filed}.html").read_text(encoding="utf-8")
    assert "The text that it amends, at edition 1.0.0, commit" in page
    assert "1.1.0" not in page


def test_a_vote_rewrites_the_page_it_belongs_to_and_hardly_any_other(
    assembly, tmp_path, monkeypatch
):
    speak, filed = assembly
    folder = tmp_path / "site"
    speak.done("site", folder)
    page = folder / "amendments" / f"{filed}.html"
    lives = {p: p.stat().st_mtime_ns for p in (folder / "clauses").iterdir()}
    assert "ada: for" not in page.read_text(encoding="utf-8")
    speak.done("vote", filed, "for")
    with monkeypatch.context() as patch:
        patch.delattr(
            "manifesto_tui.workflow.clause_pages.ClausePages._lives"
        )  # The text's history is as it was.
        speak.done("site", folder)
    assert "ada: for" in page.read_text(encoding="utf-8")
    assert {p: p.stat().st_mtime_ns for p in (folder / "clauses").iterdir()} == lives
    lost = next(iter(lives))
    before = lost.read_bytes()
    lost.unlink()
    speak.done("site", folder)
    assert lost.read_bytes() == before
    fresh = tmp_path / "fresh"
    speak.done("site", fresh)
    for made in folder.rglob("*.*"):
        assert made.read_bytes() == (fresh / made.relative_to(folder)).read_bytes(), made


def test_a_build_that_stopped_half_way_is_gone_on_with(assembly, tmp_path, monkeypatch):
    speak, _ = assembly
    folder, left = tmp_path / "site", [3]
    synced = os.fsync

    def nearly_full(handle):
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        synced(handle)

    with monkeypatch.context() as patch:
        patch.setattr("manifesto_tui.record.whole.os.fsync", nearly_full)
        said = speak("site", folder)
    assert said.code == 3
    assert "cannot be written: No space left on device." in said.err
    assert not list(folder.rglob("*.part"))
    assert (folder / "index.html").exists()
    speak.done("site", folder)
    for command in (("site", speak.folder / ".git" / "site"), ("site", folder / "index.html")):
        assert speak(*command).code == 1
    assert not (speak.folder / ".git" / "site").exists()


def test_a_site_is_not_written_among_the_files_of_the_record(assembly):
    speak, _ = assembly
    for place in ("manifesto", "proposals", "proposals/2026-11/site", "manifesto/roll"):
        said = speak("-C", str(speak.folder), "site", str(speak.folder / place))
        assert (said.code, said.out) == (1, "")
        assert "lies in a folder of the record." in said.err
    assert speak.git("status", "--porcelain") == ""


def test_the_site_leaves_files_alone_that_it_did_not_write(assembly, tmp_path):
    speak, _ = assembly
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("mine", encoding="utf-8")
    said = speak("site", folder)
    assert said.code == 1
    assert (folder / "index.html").read_text(encoding="utf-8") == "mine"


def test_a_list_of_what_was_written_that_points_elsewhere_takes_nothing_away(assembly, tmp_path):
    speak, _ = assembly
    folder = tmp_path / "site"
    folder.mkdir()
    outside = tmp_path / "outside.html"
    outside.write_text("mine", encoding="utf-8")
    (folder / ".site.json").write_text('{"../outside.html": ["a", "b"]}', encoding="utf-8")
    speak.done("site", folder)
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_site_that_a_former_version_built_is_gone_on_with(assembly, tmp_path):
    speak, _ = assembly
    folder = tmp_path / "site"
    speak.done("site", folder)
    keys = folder / ".site.json"
    now = keys.read_bytes()
    former = {path: [key, "of the bytes"] for path, key in json.loads(now).items()}
    keys.write_text(json.dumps(former), encoding="utf-8")
    written = {p: p.stat().st_mtime_ns for p in folder.rglob("*.*") if p != keys}
    speak.done("site", folder)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*.*") if p != keys} == written
    assert keys.read_bytes() == now


@pytest.mark.parametrize(("format", "name"), [("docx", "text.docx"), ("md", "text.md")])
def test_a_document_that_comes_back_becomes_an_amendment(assembly, tmp_path, format, name):
    speak, _ = assembly
    made = publish(desk(speak), format)
    file: Path = tmp_path / name
    file.write_bytes(made)
    with pytest.raises(BadInput):
        deriving.derived(desk(speak), from_file(desk(speak), file).sources)
    if format == "docx":
        from publish.test_returned import edited

        file.write_bytes(edited(made, "writes down what", "publishes what"))
    else:
        file.write_bytes(made.replace(b"writes down what", b"publishes what"))
    (change,) = deriving.derived(desk(speak), from_file(desk(speak), file).sources)
    assert change.now == "Every ward publishes what it learns."
