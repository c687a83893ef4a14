"""Many amendments to one text: other wordings, lists that say what waits, and what was said."""

import pytest

from cli.speaking import TEXT, adopt, building, copied, settle

EVER = TEXT.replace("It costs nothing.", "It costs nothing, ever.")


@pytest.fixture(scope="module")
def assembly_once(tmp_path_factory):
    with building(tmp_path_factory.mktemp("many")) as speak:
        adopt(speak, "ada", "ben", "cleo")
        speak.done("ratify")
        return speak.folder


@pytest.fixture
def speak(assembly_once, tmp_path, monkeypatch):
    """A speaker in an assembly of `ada`, a steward, `ben` and `cleo`, its text in force."""
    return copied(assembly_once, settle(tmp_path, monkeypatch))


def file(speak, words, title="Say ever", *more):
    draft = speak.write("../draft.md", words)
    said = speak.done(
        *("propose", "--title", title, "--reason", "Why.", "--text", str(draft), "--json", *more)
    )
    return said.recorded["paths"][0].split("/")[2].partition("-")[0]


def listed(speak, *words):
    return [card["id"] for card in speak.done("list", *words, "--json").json["amendments"]]


def carry(speak, named, *voters):
    speak.act_as("ada")
    speak.done("open", named, "--closes", "1h")
    for handle in voters:
        speak.act_as(handle)
        speak.done("vote", named, "for")
    speak.at("2026-11-01T10:30:00Z")
    speak.done("decide", named)


def test_another_wording_is_accepted_by_the_proposer_and_adopted_as_modified(speak):
    filed = file(speak, EVER)
    speak.act_as("ben")
    wording = file(speak, EVER.replace("ever.", "to anyone."), "", "--to", filed)
    card = speak.done("amendment", wording, "--json").json
    assert (card["title"], card["amends"], card["rivals"]) == ("Say ever", filed, [filed])
    refused = speak("accept", wording)
    assert (refused.code, "ada’s" in refused.err or "ada's" in refused.err) == (1, True)

    speak.act_as("ada")
    assert listed(speak, "--needs", "wording") == [filed]
    assert "ben’s wording" in speak.done("accept", wording).out
    assert listed(speak, "--state", "taken up") == [wording]
    assert listed(speak, "--needs-me") == []
    carry(speak, filed, "ada", "ben", "cleo")
    assert "to anyone" in speak.done("show").out
    assert "Adopted as modified: with the wording of ben." in speak.done("amendment", filed).out
    assert "adopted as modified" in speak.done("list").out
    assert "as modified with the wording of ben" in speak.done("history").out
    assert speak.done("verify", "--json").json["verdict"] == "PROVED"


def test_a_wording_that_is_not_accepted_stands_as_a_rival_and_can_carry(speak):
    filed = file(speak, EVER)
    speak.act_as("ben")
    wording = file(speak, EVER.replace("ever.", "to anyone."), "", "--to", filed)
    carry(speak, wording, "ben", "cleo", "ada")
    assert "to anyone" in speak.done("show").out
    assert "as modified" not in speak.done("amendment", wording).out
    assert speak.done("verify", "--json").json["verdict"] == "PROVED"


def test_lists_are_narrowed_by_state_author_principle_and_words(speak):
    first = file(speak, EVER, "Say ever")
    speak.act_as("ben")
    second = file(speak, TEXT.replace("people who use", "patients and staff who use"), "Name them")
    assert listed(speak, "--by", "ben") == listed(speak, "--by", "made-up BEN") == [second]
    assert listed(speak, "--principle", "1") == [first]
    assert listed(speak, "--principle", "The second") == [second]
    assert listed(speak, "--find", "staff PATIENTS") == [second]
    assert listed(speak, "--find", "staff", "--by", "ada") == []
    assert listed(speak, "--state", "open", "--mine") == [second]
    unknown = speak("list", "--principle", "9")
    assert (unknown.code, "There are: 1" in unknown.err) == (2, True)
    assert speak("list", "--needs", "money").code == 2


def test_the_list_of_what_needs_me_names_what_for(speak):
    filed = file(speak, EVER)
    other = file(speak, TEXT.replace("It costs nothing.", "It is free."), "Free")
    assert set(listed(speak, "--needs-me")) == {filed, other}
    assert "⚡ excludes" in speak.done("list", "--needs", "conflict").out
    speak.done("open", other, "--closes", "4d")
    speak.act_as("ben")
    assert listed(speak, "--needs-me") == [other]
    assert "needs your vote" in speak.done("list", "--needs-me").out
    assert listed(speak, "--needs", "closing") == []
    speak.at("2026-11-03T09:00:00Z")
    assert listed(speak, "--needs", "closing") == [other]
    speak.done("vote", other, "for")
    assert listed(speak, "--needs-me") == []
    speak.at("2026-12-20T09:00:00Z")
    assert listed(speak, "--needs", "decision") == [other]
    assert listed(speak, "--needs", "stale") == [filed]


def test_what_others_have_touched_is_rebased_when_its_proposer_confirms_it(speak):
    filed = file(speak, EVER)
    speak.act_as("ben")
    other = file(speak, TEXT.replace("It costs nothing.", "Reading it costs nothing."), "Reading")
    carry(speak, other, "ada", "ben", "cleo")
    speak.act_as("ada")
    assert listed(speak, "--needs-me") == listed(speak, "--needs", "confirmation") == [filed]
    before = speak.state()
    asked = speak("rebase", filed)
    assert (asked.code, "Reading it costs nothing, ever." in asked.err) == (1, True)
    assert "--confirm" in asked.err
    assert speak.state() == before
    speak.done("rebase", filed, "--confirm")
    card = speak.done("amendment", filed, "--json").json
    assert (card["standing"], card["revision"], card["asks"]) == ("clean", 2, [])
    assert speak.done("verify", "--json").json["verdict"] == "PROVED"


def test_words_of_a_clause_are_quoted_as_they_stand_and_a_comment_is_hidden_not_deleted(speak):
    filed = file(speak, EVER)
    clause = speak.done("amendment", filed, "--json").json["changes"][0]["clause"]
    speak.act_as("ben")
    speak.done("comment", filed, "-m", "How long?", "--clause", clause, "--quote", "nothing, ever")
    wrong = speak("comment", filed, "-m", "How?", "--clause", clause, "--quote", "something else")
    assert (wrong.code, "something else" in wrong.err) == (2, True)
    assert "“nothing, ever”" in speak.done("amendment", filed).out
    speak.act_as("cleo")
    assert speak("hide", filed, "1", "-m", "I do not like it.").code == 1
    speak.act_as("ada")
    speak.done("hide", filed, "1", "-m", "Off the matter.")
    shown = speak.done("amendment", filed)
    assert ("How long?" in shown.out, "hidden by ada: Off the matter." in shown.out) == (
        False,
        True,
    )
    assert "How long?" in speak.git("grep", "-h", "How", "HEAD", "--", "proposals")
    assert speak.done("verify", "--json").json["verdict"] == "PROVED"


def test_rivals_are_proposed_and_ranked_on_one_ballot_with_the_text_as_it_is(speak):
    one = file(speak, EVER)
    two = file(speak, TEXT.replace("It costs nothing.", "It is free."), "Free")
    apart = file(speak, TEXT.replace("people who use", "patients who use"), "Patients")
    speak.act_as("ben")
    wording = file(speak, TEXT.replace("It costs nothing.", "No charge."), "", "--to", two)
    speak.act_as("ada")
    said = speak.done("open", two, "--rivals", "--closes", "1h", "--json").recorded
    assert f"{one} is a rival" not in said["message"]
    ballot = said["paths"][0].split("/")[2].partition("-")[0]
    options = speak.done("amendment", ballot, "--json").json["rivals"]
    assert set(options) == {one, two, wording}
    for handle in ("ada", "ben", "cleo"):
        speak.act_as(handle)
        speak.done("vote", ballot, "--rank", f"{wording},{two},status-quo,{one}")
    speak.at("2026-11-01T10:30:00Z")
    speak.done("decide", ballot)
    assert "No charge." in speak.done("show").out
    assert listed(speak, "--state", "open") == [apart]
    assert speak.done("verify", "--json").json["verdict"] == "PROVED"


def test_opening_one_of_several_rivals_says_which_others_there_are(speak):
    one = file(speak, EVER)
    two = file(speak, TEXT.replace("It costs nothing.", "It is free."), "Free")
    said = speak.done("open", one, "--closes", "1h")
    assert f"{two} is a rival of {one}. Both change the same words" in said.err
    assert "--rivals" in said.err


def test_adopting_one_of_twenty_five_consensual_changes_leaves_twenty_four_valid(speak):
    words = "".join(f"- Point {n} of the list stands.\n" for n in range(25))
    speak.act_as("ada")
    speak.write("../long.md", speak.read("manifesto.md") + "\n# Points\n\n" + words)
    filed = speak.done(
        *("propose", "--title", "Points", "--reason", "Why.", "--text", "../long.md", "--json")
    )
    named = filed.recorded["paths"][0].split("/")[2].partition("-")[0]
    carry(speak, named, "ada", "ben", "cleo")
    speak.act_as("ada")
    draft = speak.write("../draft.md", speak.read("manifesto.md").replace("of the", "on this"))
    asked = ("propose", "--title", "On", "--reason", "Why.", "--each-clause")
    recorded = speak.done(*asked, "--text", str(draft), "--json").json["recorded"]
    each = [done["paths"][0].split("/")[2].partition("-")[0] for done in recorded]
    assert len(each) == 25
    speak.done("open", each[7], "--closes", "1h")
    for handle in ("ada", "ben", "cleo"):
        speak.act_as(handle)
        speak.done("vote", each[7], "for")
    speak.at("2026-11-01T12:00:00Z")
    speak.done("decide", each[7])
    left = speak.done("list", "--state", "open", "--json").json["amendments"]
    assert {card["id"] for card in left} == {*each} - {each[7]}
    assert {card["standing"] for card in left} == {"clean"}
    assert (
        speak.done("whatif", *(card["id"] for card in left), "--json").json["stat"]["replaced"]
        == 24
    )


def test_what_collides_is_said_with_the_very_words_before_a_vote_is_written(speak):
    one = file(speak, EVER)
    two = file(speak, TEXT.replace("It costs nothing.", "It is free."), "Free")
    speak.done("open", one, "--closes", "1h")
    said = speak.done("vote", one, "for").err
    assert f"{one} and {two} collide (exclusive)." in said or f"{two} and {one} collide" in said
    assert "words of 1.3: “" in said
    assert "“is free”" in said
    assert said.index("collide") < said.index("Writing one commit")
    speak.act_as("ben")
    (pair,) = speak.done("vote", one, "for", "--json").json["collisions"]
    assert {pair["a"], pair["b"]} == {one, two}
    assert pair["each"][0]["clause"] == pair["clauses"][0]
