"""The JSON documents: their shapes are kept, and every field is described."""

import re
from pathlib import Path

import pytest

from cli.speaking import TEXT

PAGE = Path(__file__).parent.parent.parent / "docs" / "json.md"
DESCRIBED = frozenset(
    name
    for code in re.findall(r"`([^`\n]+)`", PAGE.read_text(encoding="utf-8"))
    for name in re.findall(r"[a-z_]+", code)
)


@pytest.fixture
def decided(proposed):
    """An amendment that carried; the speaker and its id."""
    speaker, filed = proposed
    speaker.done("comment", filed, "-m", "Good.", "--clause", "second-principle")
    speaker.done("open", filed, "--closes", "7d")
    for handle in ("ada", "ben"):
        speaker.act_as(handle)
        speaker.done("vote", filed, "for")
    speaker.at("2026-11-10T09:00:00Z")
    speaker.done("decide", filed)
    speaker.act_as("ada")
    speaker.done("ratify")
    speaker.done("sign-on", "--role", "Nurse")
    return speaker, filed


def fields(document):
    """Yields the names of all fields, at any depth, but those that are data."""
    if isinstance(document, list):
        for item in document:
            yield from fields(item)
    elif isinstance(document, dict):
        for name, value in document.items():
            yield name
            if name not in ("totals", "constituencies", "settings"):
                yield from fields(value)


REPORTS = [
    ("show",),
    ("check",),
    ("list",),
    ("amendment", "ID"),
    ("diff", "ID"),
    ("collisions",),
    ("tally",),
    ("tally", "ID"),
    ("verify",),
    ("history",),
    ("signatories",),
    ("edition", "1.0.0", "--changelog"),
    ("history", "--clause", "first-principle-2"),
    ("roll", "list"),
    ("roll", "key"),
    ("rules",),
    ("settings",),
    ("status",),
    ("share",),
]


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_every_field_is_described_and_nothing_else_is_printed(decided, words):
    speaker, filed = decided
    said = speaker.done(*(filed if word == "ID" else word for word in words), "--json")
    assert said.err == ""
    assert set(fields(said.json)) <= DESCRIBED


def test_every_field_of_what_is_written_is_described(founded):
    filed = []
    for name, now in (("One", "ever"), ("Other", "never")):
        draft = founded.write(
            "../draft.md", TEXT.replace("costs nothing.", f"costs nothing {now}.")
        )
        words = ("propose", "--title", name, "-m", "To be clear.", "--text", str(draft), "--json")
        assert set(fields(founded.done(*words, "--preview").json)) <= DESCRIBED
        filed.append(founded.done(*words).recorded["message"].split()[1].rstrip(":"))
    assert set(fields(founded.done("collisions", "--json").json)) <= DESCRIBED
    assert set(fields(founded.done("undo", "--dry-run", "--json").json)) <= DESCRIBED
    founded.done("open", filed[0], "--closes", "7d")
    said = founded.done("vote", filed[0], "for", "--json").json
    assert said["collisions"][0]["each"]
    assert set(fields(said)) <= DESCRIBED


def test_a_comparison_has_the_promised_shape(decided):
    speaker, filed = decided
    said = speaker.done("diff", filed, "--json").json
    assert set(said) == {"from", "to", "changes", "stat"}
    assert set(said["changes"][0]) == {
        *("kind", "block", "clause", "path", "number", "weight", "was", "now", "words")
    }
    assert set(said["stat"]) >= {
        *("replaced", "inserted", "deleted", "moved", "words_added", "words_removed")
    }


def test_a_count_has_the_promised_shape(decided):
    speaker, filed = decided
    said = speaker.done("tally", filed, "--json").json
    assert set(said) >= {
        *("ballot", "state", "outcome", "for", "against", "abstain", "object", "electorate"),
        *("quorum", "threshold", "constituencies", "ranking", "votes"),
    }
    assert said["quorum"] == {"needed": 2, "present": 2, "met": True}
    assert set(said["threshold"]) == {"rule", "needed", "got", "met"}
    assert set(said["votes"][0]) == {
        "voter",
        "choice",
        "cast",
        "signed",
        "signature",
        "counted",
        "why",
    }


def test_a_proof_has_the_promised_shape(decided):
    speaker, _ = decided
    said = speaker.done("verify", "--json").json
    assert set(said) == {"verdict", "genesis", "head", "text", "assurance", "counts", "findings"}
    counted = {"commits", "amendments", "votes", "decisions", "records", "signed"}
    assert set(said["counts"]) == counted
    assert (said["counts"]["votes"], said["assurance"]) == (2, "unsigned")


def test_what_waits_has_the_promised_shape(decided, tmp_path):
    speaker, _ = decided
    assert speaker.done("status", "--json").json["unsent"] is None
    speaker.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    said = speaker.done("status", "--json").json
    assert set(said) == {"handle", "commit", "state", "unsent", "waiting", "choose", "drafts"}
    assert said["unsent"] == int(speaker.git("rev-list", "--count", "HEAD"))
    assert said["waiting"][0] == speaker.git("log", "-1", "--format=%s").strip()


def test_sending_and_fetching_has_the_promised_shape(decided, tmp_path):
    speaker, _ = decided
    speaker.git("init", "-q", "--bare", str(tmp_path / "hub.git"))
    speaker.git("remote", "add", "origin", str(tmp_path / "hub.git"))
    said = speaker.done("sync", "--json")
    assert said.err == ""
    assert set(said.json) == {
        *("place", "received", "sent", "united", "came", "went", "said", "editions", "beside"),
        *("waiting", "choose", "answer"),
    }
    assert (said.json["received"], said.json["waiting"]) == (0, 0)
    assert said.json["sent"] > 1
    assert said.json["went"][0].startswith("Sign edition 1.0.0")
    assert set(said.json) <= DESCRIBED


def test_problems_have_the_promised_shape(founded):
    founded.write("manifesto/roll/ben.yaml", "name: [\n")
    said = founded("check", "--json")
    assert said.code == 1
    problem = said.json["problems"][0]
    assert set(problem) == {*("path", "line", "column", "severity", "code", "sentence", "hint")}
    assert problem["path"] == "manifesto/roll/ben.yaml"


def test_an_error_is_a_document_on_standard_error(founded):
    said = founded("amendment", "zzzz", "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith('{"error": {"code": "id-unknown", "message": ')


def test_wrong_usage_is_a_document_too(founded):
    said = founded("vote", "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith('{"error": {"code": "usage"')


def test_a_what_if_says_whose_the_words_are_in_fields_that_are_described(proposed):
    speaker, filed = proposed
    found = speaker.done("whatif", filed, "--json").json
    assert set(fields(found)) <= DESCRIBED
    (marked,) = found["marked"]
    assert ["+", ", ever", filed] in marked["words"]
