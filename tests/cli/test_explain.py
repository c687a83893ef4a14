"""Why a clause reads as it does: its wordings, the reasons and the count."""

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


def test_an_unknown_clause_is_named(founded):
    said = founded("verify", "--explain", "nowhere-9")
    assert said.code == 2
    assert "nowhere-9" in said.err
