"""Three people in three clones of one shared place: each acts, each sends, each proves the same."""

import json

import pytest

from cli.speaking import Speaker

FILE = "manifesto/01-first-principle.md"


@pytest.fixture
def three(speak, tmp_path):
    """Ada, Ben and Cleo, all made up, each in a clone of one bare repository."""
    hub = tmp_path / "hub.git"
    speak.folder.mkdir()
    speak.git("init", "-q", "--bare", str(hub))
    speak.done("init", ".", "--title", "A made-up manifesto", "--handle", "ada")
    speak.done("roll", "admit", "ben", "--name", "Made-up Ben", "--role", "steward")
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    speak.done("ratify")
    speak.git("remote", "add", "origin", str(hub))
    speak.done("sync")
    people = {"ada": speak}
    for handle in ("ben", "cleo"):
        speak.git("clone", "-q", str(hub), str(tmp_path / handle))
        people[handle] = Speaker(tmp_path / handle, speak.monkeypatch)
        people[handle].act_as(handle)
    return people


def sync_all(people):
    """Everyone sends and fetches, twice: after that all have everything."""
    for speaker in (*people.values(), *people.values()):
        speaker.done("sync")


def amend(speaker, was, now):
    draft = speaker.write(f"../drafts/{FILE}", speaker.read(FILE).replace(was, now))
    target = draft.parent / FILE.rpartition("/")[2]
    said = speaker.done(
        "propose", "--title", now, "--reason", "R.", "--text", str(target), "--json"
    )
    return said.recorded["message"].split()[1].rstrip(":")


def heads(people):
    return {speaker.git("rev-parse", "HEAD") for speaker in people.values()}


def test_three_people_agree_apart_and_each_clone_proves_the_same_text(three):
    ada, ben, cleo = three.values()
    filed = amend(ben, "hold to", "stand for")
    cleo_filed = amend(cleo, "one sentence a line", "in short sentences")
    sync_all(three)
    assert len(heads(three)) == 1

    ada.done("second", filed)
    cleo.done("second", filed)
    ada.done("open", filed, "--closes", "7d")
    sync_all(three)

    # All three vote before anyone has seen another's vote.
    for speaker in three.values():
        speaker.done("vote", filed, "for")
    said = ada.done("sync").out
    assert "1 act sent." in said
    said = ben.done("sync").out
    assert "1 act came in." in said
    assert f"+ Vote on {filed}: for" in said
    sync_all(three)
    assert ada.done("tally", filed, "--json").json["for"] == 3

    ada.at("2026-11-09T00:00:00Z")
    cleo.done("comment", cleo_filed, "-m", "Said while another decides.")
    ada.done("decide", filed)
    sync_all(three)
    assert len(heads(three)) == 1

    proofs = [speaker.done("verify", "--json").json for speaker in three.values()]
    assert {proof["verdict"] for proof in proofs} == {"PROVED"}
    assert len({proof["text"] for proof in proofs}) == 1
    shown = [json.loads(s.done("publish", "--format", "json").out) for s in three.values()]
    assert shown[0] == shown[1] == shown[2]
    for speaker in three.values():
        assert "stand for" in speaker.read(FILE)
        assert proofs[0]["text"] in speaker.done("publish", "--format", "md").out
        assert speaker.git("status", "--porcelain") == ""


@pytest.fixture
def two_ballots(three):
    """Two amendments that all voted for, whose ballots have closed; by what each changes."""
    ada, ben, cleo = three.values()

    def put(*pairs):
        filed = [amend(*one) for one in ((ben, *pairs[0]), (cleo, *pairs[1]))]
        sync_all(three)
        # Apart, so that ballots can be open together that could not be opened after one another.
        ada.done("open", filed[0], "--closes", "7d")
        ben.done("open", filed[1], "--closes", "7d")
        sync_all(three)
        for speaker in three.values():
            for one in filed:
                speaker.done("vote", one, "for")
        sync_all(three)
        ada.at("2026-11-09T00:00:00Z")
        return filed

    return put


def proved(people):
    proofs = [speaker.done("verify", "--json").json for speaker in people.values()]
    return {(p["verdict"], p["head"], p["text"]) for p in proofs}


def verdict_of(people):
    """Returns the verdict of all clones, which have to be one."""
    [(verdict, _, _)] = proved(people)
    return verdict


@pytest.fixture
def overtaken(three, two_ballots):
    """Decided by Ben, but not sent: what changes the words that Ada's decision changed before."""
    ada, ben, _ = three.values()
    first, second = two_ballots(("hold to", "stand for"), ("hold to", "live by"))
    ada.done("decide", first)
    ada.done("sync")
    ben.done("decide", second)
    return second


def test_one_ballot_decided_apart_has_one_decision(three, two_ballots):
    ada, ben, _ = three.values()
    filed, _ = two_ballots(("hold to", "stand for"), ("The first principle", "A first one"))
    ada.done("decide", filed)
    ben.done("decide", filed)
    ben.done("comment", filed, "-m", "Said after it.")
    ada.done("sync")
    said = ben.done("sync").out
    assert f"{filed}, “stand for”, was decided there as well, and came to the same" in said
    sync_all(three)
    assert len(proved(three)) == 1
    assert "Said after it." in ada.done("amendment", filed).out
    assert ben.git("log", "--oneline", f"--grep=Decide {filed}").count("\n") == 1


def test_two_decisions_made_apart_are_made_one_after_the_other(three, two_ballots):
    ada, ben, _ = three.values()
    first, second = two_ballots(("hold to", "stand for"), ("The first principle", "A first one"))
    ada.done("decide", first)
    ada.done("sync")
    ben.done("verify")
    ben.done("decide", second)
    ben.done("comment", second, "-m", "Said after it.")
    own = ben.git("log", "-2", "--format=%an %at %s")
    ben.done("verify")
    said = ben.done("sync").out
    assert f"{second}, “A first one”, was decided again, after what others decided" in said
    assert ben.git("log", "-2", "--format=%an %at %s") == own
    assert ben.git("rev-list", "--merges", "HEAD~2..HEAD") == ""
    sync_all(three)
    assert verdict_of(three) == "PROVED"
    for speaker in three.values():
        assert "stand for" in speaker.read(FILE)
        assert "A first one" in speaker.read(FILE)
        assert speaker.git("status", "--porcelain") == ""


def test_a_decision_whose_words_were_decided_otherwise_waits_for_people(three, overtaken):
    ada, ben, _ = three.values()
    ben.done("comment", overtaken, "-m", "Said after it.")
    said = ben.done("sync").out
    assert f"{overtaken}, “live by”, waits for people: others decided before it." in said
    assert "The same words of clause 1.1 have changed since; they now read “" in said
    sync_all(three)
    assert verdict_of(three) == "PROVED"
    assert "Said after it." in ada.done("amendment", overtaken).out
    assert ada.done("tally", overtaken, "--json").json["for"] == 3
    refused = ada("decide", overtaken)
    assert (refused.code, "stand for" in refused.err) == (1, True)


def test_what_carried_and_cannot_be_put_in_force_is_filed_again(three, overtaken):
    ada, ben, _ = three.values()
    ben.done("sync")
    [asked] = [card["asks"] for card in listed(ben) if card["id"] == overtaken]
    assert asked == ["refiling"]
    assert listed(ben, "--needs-me") == []
    assert "what carried no longer fits: file it again)" in ben.done("list").out
    assert "confirm" not in ben.done("amendment", overtaken).out
    assert ben.done("check", "--json").json["problems"] == []
    ben.write(FILE, ben.read(FILE).replace("stand for", "live by"))
    ben.done("propose", "--from-worktree", "--title", "Again", "--reason", "To be clear.")
    ben.git("restore", FILE)
    [again] = [card["id"] for card in listed(ben) if card["title"] == "Again"]
    assert ben.done("collisions", "--json").json["pairs"] == []
    ada.done("sync")
    ben.done("sync")
    ada.done("sync")
    ada.done("open", again, "--closes", "2027-11-16T09:00:00Z")
    for speaker in (ada, ben):
        speaker.done("sync")
        speaker.done("vote", again, "for")
        speaker.done("sync")
    ben.at("2027-11-17T09:00:00Z")
    ben.done("decide", again)
    sync_all(three)
    assert "live by" in ben.read(FILE)
    assert verdict_of(three) == "PROVED"


def listed(speaker, *words):
    return speaker.done("list", *words, "--json").json["amendments"]


def test_what_cannot_be_sent_is_kept_and_goes_later(three, tmp_path):
    ada = three["ada"]
    hub = tmp_path / "hub.git"
    hub.rename(tmp_path / "away.git")
    ada.done("roll", "admit", "dora", "--name", "Made-up Dora")
    said = ada("sync")
    assert (said.code, said.out) == (3, "")
    assert "goes with the next sync" in said.err
    assert json.loads(ada("sync", "--json").err)["error"]["code"] == "no-network"
    (tmp_path / "away.git").rename(hub)
    assert ada.done("sync", "--json").json["went"] == ["Admit dora"]


def test_without_a_shared_place_sync_says_how_to_name_one(speak):
    speak.folder.mkdir()
    speak.done("init", ".", "--title", "A made-up manifesto")
    said = speak("sync")
    assert (said.code, said.out) == (1, "")
    assert (
        said.err.splitlines()[1] == "This folder knows no shared place to send to and fetch from."
    )
    assert "`manifesto-tui share ADDRESS` names one, once." in said.err
