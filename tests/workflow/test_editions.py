"""Editions and signatories at a desk: tagged, found by name, signed, and proved."""

import json

import pytest

from manifesto_tui.governance.problem import BadInput, Refused
from manifesto_tui.workflow import (
    changelog,
    comparing,
    deciding,
    editions,
    publishing,
    signing_on,
    verifying,
)
from manifesto_tui.workflow.site import build_site
from manifesto_tui.workflow.undoing import find_undo

CLOSED = "2026-11-20T09:00:00Z"


@pytest.fixture
def in_force(speak, sit):
    deciding.ratify(sit())
    return speak


@pytest.fixture
def changed(in_force):
    """One amendment was adopted since edition 1.0.0."""
    speak = in_force
    source = speak.read("manifesto.md")
    line = next(line for line in source.splitlines() if line.endswith("-->") and line[0].isalpha())
    speak.write("manifesto.md", source.replace(line, f"Every team must agree. {line}"))
    speak.done("propose", "--title", "Agree", "--reason", "Because", "--from-worktree")
    speak.git("checkout", "-q", ".")
    speak.done("open", "agree", "--closes", "7d")
    for handle in ("ada", "ben"):
        speak.act_as(handle)
        speak.done("vote", "agree", "for")
    speak.act_as("ada")
    speak.at(CLOSED)
    speak.done("decide", "agree")
    return speak


def codes(desk):
    return [(found.code, found.severity) for found in verifying.verify(desk.repo).findings]


def tag(speak, name="edition-1.0.0"):
    return speak.git("rev-parse", f"{name}^{{commit}}").strip()


def test_ratifying_makes_the_first_edition_and_tags_its_commit(in_force, sit):
    desk = sit()
    (made,) = desk.assembly.editions
    assert (made.number, made.steward) == ("1.0.0", "ada")
    assert tag(in_force) == desk.resolve("1.0.0") == desk.assembly.commit
    assert in_force.git("cat-file", "-t", "edition-1.0.0").strip() == "tag"
    assert codes(desk) == []


def test_a_tag_that_a_crash_left_out_is_made_at_the_next_start(in_force, sit):
    before = in_force.git("rev-parse", "edition-1.0.0")
    in_force.git("tag", "-d", "edition-1.0.0")
    sit()
    assert in_force.git("rev-parse", "edition-1.0.0") == before


def test_a_packed_tag_is_a_tag(in_force, sit):
    in_force.git("pack-refs", "--all")
    sit()
    assert not (in_force.folder / ".git" / "refs" / "tags" / "edition-1.0.0").exists()


def test_a_moved_tag_is_a_finding_and_leads_nobody_astray(in_force, sit):
    made = tag(in_force)
    in_force.git("tag", "-f", "-a", "-m", "Edition 1.0.0", "edition-1.0.0", "HEAD~1")
    desk = sit()
    assert codes(desk) == [("edition-tag-moved", "error")]
    assert desk.resolve("1.0.0") == desk.resolve("edition-1.0.0") == made


def test_a_tag_made_by_hand_is_a_note(in_force, sit):
    in_force.git("tag", "-f", "edition-1.0.0", "HEAD")
    in_force.git("tag", "edition-7.0.0", "HEAD")
    assert codes(sit()) == [("edition-tag-plain", "note"), ("edition-tag-alone", "note")]
    with pytest.raises(BadInput, match="There is no edition"):
        sit().resolve("edition-7.0.0")


def test_a_tag_of_something_else_is_found_where_no_edition_has_its_name(in_force, sit):
    in_force.git("tag", "0.3.1", "HEAD~1")
    assert sit().resolve("0.3.1") == tag(in_force, "0.3.1")


def test_a_draft_has_no_editions(sit):
    with pytest.raises(Refused, match="still a draft"):
        editions.make_edition(sit())


def test_the_next_edition_follows_from_the_decisions(changed, sit):
    desk = sit()
    with pytest.raises(Refused, match=r"would be edition 1\.1\.0"):
        editions.make_edition(desk, "2.0.0")
    said = changelog.changelog_of(desk)
    assert "The number would be 1.1.0: clauses were changed." in said
    assert "{++Every team must agree. ++}" in said
    assert "Two for, no against." in said
    recorded = editions.make_edition(desk, "1.1.0")
    assert tag(changed, "edition-1.1.0") == recorded.commit
    assert codes(sit()) == []
    with pytest.raises(Refused, match="reads as edition"):
        editions.make_edition(sit())


def test_who_is_no_steward_makes_no_edition(changed, sit):
    changed.act_as("ben")
    with pytest.raises(Refused, match="only stewards may make an edition"):
        editions.make_edition(sit())


def test_an_editions_name_stands_for_its_commit_everywhere(changed, sit):
    editions.make_edition(sit())
    old = changed.done("show", "--at", "1.0.0", "--plain").out
    assert "Every team must agree." not in old
    assert "Every team must agree." in changed.done("diff", "1.0.0", "1.1.0").out
    assert "Every team must agree." in changed.done("diff", "1.0.0").out
    said = json.loads(publishing.publish(sit(), "json", at="1.0.0"))
    assert (said["edition"], said["commit"]) == ("1.0.0", tag(changed))
    assert "Edition 1.1.0, at" in publishing.publish(sit(), "txt").decode()
    for words in (("show", "--at", "9.0.0"), ("diff", "1.0.0", "9.0.0")):
        said = changed(*words)
        assert (said.code, "There are: 1.0.0, 1.1.0." in said.err) == (2, True)


def test_a_text_that_has_changed_since_is_no_edition(changed, sit):
    said = publishing.publish(sit(), "txt").decode()
    assert "In force, changed since edition 1.0.0, at" in said


def test_members_sign_for_themselves_and_stewards_record_others(in_force, sit):
    signing_on.sign_on(sit(), role="Nurse")
    signing_on.sign_on(sit(), name="Made-up Kim", constituency="patients")
    in_force.act_as("ben")
    signing_on.sign_on(sit())
    found = signing_on.names(sit())
    assert [each.handle for each in found.standing] == ["ben", "ada", "made-up-kim"]
    assert dict(found.counts) == {"": 2, "patients": 1}
    assert codes(sit()) == []


def test_who_is_no_steward_records_nobody_else(in_force, sit):
    in_force.act_as("ben")
    for arguments in ({"of": "ada"}, {"name": "Made-up Kim"}):
        with pytest.raises(Refused, match="only stewards may record"):
            signing_on.sign_on(sit(), **arguments)
    with pytest.raises(Refused, match="only stewards may record"):
        signing_on.take_back(sit(), of="ada")


def test_a_name_is_not_put_there_twice_nor_taken_back_twice(in_force, sit):
    signing_on.sign_on(sit())
    with pytest.raises(Refused, match="stands under edition"):
        signing_on.sign_on(sit())
    signing_on.take_back(sit(), reason="No longer.")
    with pytest.raises(Refused, match="stands under no edition"):
        signing_on.take_back(sit())
    signing_on.sign_on(sit())
    assert [each.place for each in signing_on.names(sit()).standing] == [3]
    assert codes(sit()) == []


def test_a_members_name_is_not_given_to_someone_else(in_force, sit):
    with pytest.raises(BadInput, match="is on the roll as ben"):
        signing_on.sign_on(sit(), name="made-up  ben", of="somebody")
    with pytest.raises(BadInput, match="is on the roll as Made-up Ben"):
        signing_on.sign_on(sit(), name="Somebody", of="ben")
    with pytest.raises(Refused, match="hidden character"):
        signing_on.sign_on(sit(), name="Made-up \u202eKim")


def test_names_whose_words_have_changed_are_told(changed, sit):
    signing_on.sign_on(sit(), edition="1.0.0", role="Nurse")
    assert signing_on.names(sit()).stale == ()
    planned = editions.planned(sit())
    assert [each.signatory.handle for each in planned.stale] == ["ada"]
    editions.make_edition(sit())
    found = signing_on.names(sit())
    (sentence,) = (each.sentence for each in found.stale)
    (name,) = sit().assembly.editions[1].decisions
    assert sentence.endswith(f"(Nurse) signed 1.0.0; the text has changed since: 1.1.0 ({name}).")
    signing_on.sign_on(sit())
    assert signing_on.names(sit()).stale == ()
    assert [each.edition for each in signing_on.names(sit(), "1.0.0").standing] == ["1.0.0"]


def test_a_signing_undone_leaves_the_name_under_the_edition_before(changed, sit):
    signing_on.sign_on(sit(), edition="1.0.0", role="Nurse")
    editions.make_edition(sit())
    signing_on.sign_on(sit(), role="Doctor")
    found = find_undo(sit())
    said = (
        "Takes the name back, and puts the name of Made-up Founder under 1.0.0 again, as it stood."
    )
    assert found.told == said
    found.make(sit())
    assert [(n.edition, n.role) for n in signing_on.names(sit()).standing] == [("1.0.0", "Nurse")]
    assert signing_on.names(sit(), "1.1.0").standing == ()
    assert codes(sit()) == []


def test_what_a_signatory_files_is_signed_with_their_key(speak, sit):
    speak.done("roll", "key", "--new")
    speak.done("ratify")
    speak.done("sign-on")
    found = signing_on.names(sit())
    assert found.signatures["ada"].state == "signed"
    assert (speak.folder / "manifesto" / "editions" / "1-0-0.yaml.sig").is_file()
    assert codes(sit()) == []


def test_each_edition_has_a_page_of_its_own_on_the_site(changed, sit, tmp_path):
    signing_on.sign_on(sit(), edition="1.0.0", role="Nurse")
    editions.make_edition(sit())
    build_site(sit(), tmp_path / "site")
    first, second = (
        (tmp_path / "site" / "editions" / f"{name}.html").read_text("utf-8")
        for name in ("1-0-0", "1-1-0")
    )
    assert "Every team must agree." not in first and "Nurse" in first
    assert "Every team must agree." in second and "Nobody has signed this edition yet." in second
    for name in ("changelog.html", "feed.xml"):
        assert "editions/1-1-0.html" in (tmp_path / "site" / name).read_text("utf-8")
    assert "the text has changed since: 1.1.0" in (
        tmp_path / "site" / "signatories.html"
    ).read_text("utf-8")
    assert build_site(sit(), tmp_path / "site").written == 0


def test_compare_begins_with_the_latest_edition(changed, sit):
    found = comparing.since_last(sit())
    assert (found.from_, [change.now for change in found.changes]) == (
        "edition 1.0.0",
        [found.changes[0].now],
    )
    assert "Every team must agree." in found.changes[0].now


def test_compare_begins_with_the_founding_of_a_draft(sit):
    assert comparing.since_last(sit()).from_ == "the founding"


def test_a_shallow_clone_tags_no_edition_that_it_cannot_find(in_force, tmp_path):
    speak = in_force
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    made = speak.git("rev-parse", "edition-1.0.0")
    place, folder = f"file://{speak.folder}", str(tmp_path / "shallow")
    for depth in ("1", "2"):
        speak.git("clone", "-q", "--no-tags", f"--depth={depth}", place, f"{folder}{depth}")
        speak.done("-C", f"{folder}{depth}", "show")
        assert speak.git("-C", f"{folder}{depth}", "tag") == ""
        said = speak("-C", f"{folder}{depth}", "show", "--at", "1.0.0")
        assert (said.code, "git fetch --unshallow" in said.err) == (1, True)
        told = speak.done("-C", f"{folder}{depth}", "history", "--json").json
        assert [each["commit"] for each in told["editions"]] == [""]
        speak.git("-C", f"{folder}{depth}", "fetch", "-q", "--unshallow", "--no-tags")
        speak.done("-C", f"{folder}{depth}", "show")
        assert speak.git("-C", f"{folder}{depth}", "rev-parse", "edition-1.0.0") == made
