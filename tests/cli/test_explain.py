"""Why a clause reads as it does: its wordings, the reasons and the count."""

from cli.speaking import TEXT

CLAUSE = "first-principle-3"


def test_each_wording_is_told_with_its_reasons_and_its_count(proposed):
    speaker, filed = proposed
    speaker.done("ratify")
    speaker.done("open", filed, "--closes", "7d")
    for handle in ("ada", "ben"):
        speaker.act_as(handle)
        speaker.done("vote", filed, "for")
    speaker.at("2026-11-10T09:00:00Z")
    speaker.done("decide", filed)
    first, last = speaker.done("verify", "--explain", CLAUSE, "--json").json["wordings"][-2:]
    assert (first["amendment"], first["sentences"]) == ("", [])
    assert (last["amendment"], last["words"]) == (filed, "It costs nothing, ever.")
    assert (last["reasons"], last["votes"], last["signed"]) == ("To be clear.", 2, 0)
    assert last["sentences"][-1] == "Carried."
    told = speaker.done("verify", "--explain", CLAUSE).out
    assert "Reasons: To be clear." in told
    assert "0 of 2 votes that counted are signed." in told


def test_every_part_in_a_wording_has_the_label_of_its_signature(proposed):
    speaker, filed = proposed
    speaker.act_as("ben")
    speaker.done("roll", "key", "--new")
    speaker.done("second", filed)
    speaker.act_as("ada")
    speaker.done("ratify")
    speaker.done("open", filed, "--closes", "7d")
    for handle, choice in (("ada", "against"), ("ada", "for"), ("ben", "for")):
        speaker.act_as(handle)
        speaker.done("vote", filed, choice)
    speaker.at("2026-11-10T09:00:00Z")
    speaker.done("decide", filed)
    parts = speaker.done("verify", "--explain", CLAUSE, "--json").json["wordings"][-1]["signatures"]
    bare = "unsigned, name not proven"
    assert [(p["by"], p["did"], p["said"], p["signature"]) for p in parts] == [
        ("ada", "proposed", "", bare),
        ("ben", "seconded", "", "signed"),
        ("ada", "opened the ballot", "", bare),
        ("ada", "voted", "against", bare),
        ("ada", "voted", "for", bare),
        ("ben", "voted", "for", "signed"),
        ("ben", "recorded the result", "", "signed"),
    ]
    assert [p["why"] for p in parts if p["why"]] == ["replaced by a later vote"]
    told = speaker.done("verify", "--explain", CLAUSE).out
    assert "ben voted for (signed)." in told
    assert f"ada voted against ({bare}; it does not count: replaced by a later vote)." in told


def test_an_unknown_clause_is_named(founded):
    said = founded("verify", "--explain", "nowhere-9")
    assert said.code == 2
    assert "nowhere-9" in said.err


def test_a_ballot_between_rivals_names_once_what_each_of_them_meets(founded):
    def file(title, old, new):
        draft = founded.write("../draft.md", TEXT.replace(old, new))
        founded.done("propose", "--title", title, "--reason", "Why.", "--text", str(draft))

    file("One", "nothing", "one coin")
    file("Two", "nothing", "two coins")
    file("Third", "It costs", "It always costs")
    listed = founded.done("list", "--json").json["amendments"]
    rivals = [card["id"] for card in listed if card["title"] != "Third"]
    founded.done("open", *rivals, "--closes", "7d")
    asks = founded.done("list", "--needs-vote").out
    assert asks.count("\n") == 1 and "rivals" in asks
    _, _, met = asks.partition("order matters with ")
    assert met and "," not in met
