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
    for handle in ("ben", "cleo"):
        speak.done("roll", "admit", handle, "--name", f"Made-up {handle.title()}")
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


def test_a_decision_that_two_took_apart_is_told_and_harms_neither_clone(three):
    ada, ben, _ = three.values()
    filed = amend(ben, "hold to", "stand for")
    sync_all(three)
    ada.done("open", filed, "--closes", "7d")
    ada.done("vote", filed, "for")
    sync_all(three)
    ben.done("vote", filed, "for")
    sync_all(three)
    ada.at("2026-11-09T00:00:00Z")
    ada.done("decide", filed)
    ben.done("decide", filed)
    ada.done("sync")
    before = ben.git("rev-parse", "HEAD")
    said = ben("sync")
    assert said.code == 1
    assert "only people can unite" in said.err
    assert ben.git("rev-parse", "HEAD") == before
    assert ben.git("status", "--porcelain") == ""
    assert "stand for" in ben.read(FILE)


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
    assert "git remote add origin ADDRESS" in said.err
