"""Keys, signatures, and attacks on them made with plain git. Everyone here is made up."""

import shutil
import subprocess
from pathlib import Path

import pytest

from cli.speaking import Speaker
from manifesto_tui.record import keys
from manifesto_tui.record.git import Repository

FIRST, VOTING, CLOSED = "2026-11-01T09:00:00Z", "2026-11-02T09:00:00Z", "2026-12-01T09:00:00Z"
RULES = "manifesto/rules.yaml"


class Assembly:
    """An assembly in which `ada`, a steward, and `ben` have keys and a ballot is open."""

    def __init__(self, speak: Speaker) -> None:
        self.speak = speak

    def key_of(self, handle: str) -> str:
        folder = self.speak.folder / ".git/manifesto-tui/keys"
        return (folder / f"{handle}.pub").read_text().strip()

    def vote(self, handle: str, *more: str) -> None:
        self.speak.act_as(handle)
        self.speak.done("vote", "publish", "for", *more)

    @property
    def folder(self) -> str:
        return self.path_of("ballot.yaml").rpartition("/")[0]

    def path_of(self, end: str) -> str:
        names = self.speak.git("ls-files", "proposals").split()
        return next(name for name in names if name.endswith(end))

    def commit(self, author: str = "Ada <ada@example.org>") -> str:
        """Commits what is in the work tree as anybody could, with plain git."""
        self.speak.git("add", "-A")
        self.speak.git("commit", "-qm", "Made by hand", "--author", author)
        return self.speak.git("rev-parse", "HEAD").strip()

    def sign(self, path: str, handle: str) -> None:
        """Signs a file with a member's key."""
        folder = self.speak.folder / ".git/manifesto-tui/keys"
        repo = Repository.discover(self.speak.folder, {"PATH": "/usr/local/bin:/usr/bin:/bin"})
        held = keys.HeldKey(self.key_of(handle), folder / handle)
        made = keys.sign(repo, held, (self.speak.folder / path).read_bytes())
        (self.speak.folder / f"{path}.sig").write_bytes(made)

    def require(self) -> None:
        """Makes the rules require signatures, signed by the steward."""
        self.speak.write(RULES, self.speak.read(RULES).replace("optional", "required"))
        self.sign(RULES, "ada")
        self.commit()

    def codes(self) -> list[tuple[str, str]]:
        said = self.speak("verify", "--json").json
        return [(found["code"], found["path"]) for found in said["findings"]]

    def labels(self) -> dict[str, str]:
        said = self.speak("tally", "publish", "--json").json
        return {vote["voter"]: vote["signature"] for vote in said["votes"]}


@pytest.fixture
def unopened(speak, monkeypatch) -> Assembly:
    """The keys are on the roll and an amendment is filed."""
    held = Assembly(speak)
    speak.at(FIRST)
    for handle in ("ben", "ada"):
        speak.act_as(handle)
        speak.done("roll", "key", "--new")
    speak.done("ratify")
    speak.git("config", "user.email", "ada@example.org")
    text = speak.read("manifesto.md")
    line = next(line for line in text.splitlines() if line.endswith("-->") and "#" not in line[:2])
    speak.write("manifesto.md", text.replace(line, "Every word is new here. " + line, 1))
    speak.done("propose", "--title", "Publish", "--reason", "Because", "--from-worktree")
    speak.git("checkout", "-q", "--", ".")
    return held


@pytest.fixture
def held(unopened) -> Assembly:
    unopened.speak.act_as("ada")
    unopened.speak.done("open", "publish", "--closes", "14d")
    unopened.speak.at(VOTING)
    return unopened


def test_what_a_member_records_is_signed_and_proved(held):
    held.vote("ada")
    held.vote("ben", "--reason", "Yes")
    tally = held.speak.done("tally", "publish", "--json").json
    assert held.labels() == {"ada": "signed", "ben": "signed"}
    assert (tally["signed"]["for"], tally["for"]) == (2, 2)
    assert "Of 2 valid votes 2 are signed: for 2, against 0." in tally["sentences"]
    held.speak.at(CLOSED)
    held.speak.done("decide", "publish")
    proof = held.speak.done("verify", "--json").json
    assert (proof["verdict"], proof["assurance"]) == ("PROVED", "signed")
    names = held.speak.git("ls-files", "proposals").split()
    assert [f"{n}.sig" for n in names if n.endswith(".yaml")] == [n for n in names if ".sig" in n]
    assert "(signed)" in held.speak.done("amendment", "publish").out


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed here")
def test_ssh_keygen_checks_every_file_without_this_program(held, tmp_path):
    held.vote("ben")
    signers = tmp_path / "signers"
    signers.write_text(f"ada {held.key_of('ada')}\nben {held.key_of('ben')}\n")
    for end, who in (("votes/ben.yaml", "ben"), ("ballot.yaml", "ada"), ("amendment.yaml", "ada")):
        path = held.speak.folder / held.path_of(end)
        names = ("-n", "manifesto", "-f", str(signers), "-I", who, "-s", f"{path}.sig")
        command = ["ssh-keygen", "-Y", "verify", *names]
        done = subprocess.run(command, input=path.read_bytes(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


def test_an_unsigned_vote_is_labelled_and_counts_where_signatures_are_optional(held):
    shutil.rmtree(held.speak.folder / ".git/manifesto-tui/keys")
    held.vote("ben")
    assert held.labels() == {"ben": "unsigned, name not proven"}
    assert "ben: for, unsigned, name not proven" in held.speak.done("tally", "publish").out
    assert held.codes() == []


def test_without_a_key_a_verb_refuses_where_signatures_are_required(unopened):
    unopened.require()
    shutil.rmtree(unopened.speak.folder / ".git/manifesto-tui/keys")
    said = unopened.speak("open", "publish", "--closes", "14d")
    assert said.code == 1
    assert "no key of yours" in said.err
    assert "roll key --lost" in said.err


def test_rotation_is_proved_and_takes_nothing_back(held):
    held.vote("ben")
    held.speak.done("roll", "key", "--new")
    old = held.speak.done("roll", "key", "--json").json["keys"][0]["fingerprint"]
    held.speak.done("roll", "key", "--withdraw", old)
    assert held.labels() == {"ben": "signed"}
    held.vote("ben", "--reason", "Again, with the new key")
    said = held.speak.done("tally", "publish", "--json").json
    assert [vote["signature"] for vote in said["votes"]] == ["signed", "signed"]
    assert held.codes() == []


def test_a_lost_key_is_replaced_by_a_steward(held):
    lost = held.speak.folder / ".git/manifesto-tui/keys/ben"
    lost.unlink()
    Path(f"{lost}.pub").unlink()
    held.speak.act_as("ben")
    assert "A key of ben was" in held.speak("roll", "key", "--lost").err
    held.speak.act_as("ada")
    held.speak.done("roll", "key", "--of", "ben", "--lost")
    held.speak.act_as("ben")
    assert "without a steward’s signature" in held.speak("roll", "key", "--new").err
    held.speak.act_as("ada")
    held.speak.done("roll", "key", "--of", "ben", "--file", f"{lost}.pub")
    held.vote("ben")
    assert (held.codes(), held.labels()) == ([], {"ben": "signed"})


def test_a_member_is_admitted_with_a_key_and_signs_from_the_first_day(held, tmp_path):
    repo = Repository.discover(held.speak.folder, {"PATH": "/usr/local/bin:/usr/bin:/bin"})
    (tmp_path / "cleo.pub").write_text(keys.make(repo, "cleo").public + " cleo@laptop\n")
    held.speak.act_as("ada")
    words = ("roll", "admit", "cleo", "--name", "Made-up Cleo", "--key", str(tmp_path / "cleo.pub"))
    held.speak.done(*words)
    held.speak.act_as("cleo")
    held.speak.done("comment", "publish", "-m", "Good morning")
    said = held.speak.done("amendment", "publish", "--json").json
    assert [c["signature"] for c in said["comments"]] == ["signed"]
    assert held.codes() == []
    held.speak.act_as("ada")
    twice = (*words[:2], "dora", *words[3:])
    assert "on the roll already, as cleo’s" in held.speak(*twice).err
    held.speak.done("roll", "retire", "cleo")
    assert "comes back with the key that they had" in held.speak(*words).err
    held.speak.done(*words[:-2])
    assert held.codes() == []


def test_members_have_keys_of_their_own(held):
    held.speak.act_as("ben")
    pub = held.speak.folder / ".git/manifesto-tui/keys/ada.pub"
    assert "on the roll already, as ada’s" in held.speak("roll", "key", "--file", str(pub)).err
    said = held.speak("roll", "key", "--of", "ada", "--lost")
    assert (said.code, "not-a-steward" in said.err or "no steward" in said.err) == (1, True)


def test_every_kind_of_record_is_labelled_signed_or_not(held):
    held.speak.act_as("ben")
    held.speak.done("comment", "publish", "-m", "I agree")
    shutil.rmtree(held.speak.folder / ".git/manifesto-tui/keys")
    held.speak.done("comment", "publish", "-m", "Still")
    held.vote("ben")
    held.vote("ada")
    held.speak.at(CLOSED)
    held.speak.done("decide", "publish")
    said = held.speak.done("amendment", "publish", "--json").json
    labels = {found["path"].rpartition("/")[2]: found["signature"] for found in said["signatures"]}
    assert labels["amendment.yaml"] == labels["ballot.yaml"] == "signed"
    assert labels["decision.yaml"] == "unsigned, name not proven"
    found = sorted(c["signature"] for c in said["comments"])
    assert found == ["signed", "unsigned, name not proven"]
    out = held.speak.done("amendment", "publish").out
    assert "(signed): I agree" in " ".join(out.split())
    assert "Put to the vote by ada on 1 November 2026, 09:00 UTC (signed)." in out
    assert "(unsigned, name not proven)." in out.partition("Decided by")[2]
    assert "None of 2 valid votes is signed." in held.speak.done("tally", "publish").out
    assert held.speak.done("verify", "--json").json["assurance"] == "mixed"


# Attacks; `tests/attacks` has many more. These also see what people are shown of them.


def test_a_vote_signed_with_anothers_key_is_caught(held):
    held.vote("ada")
    held.speak.git("reset", "-q", "--soft", "HEAD~1")
    held.sign(held.path_of("votes/ada.yaml"), "ben")
    held.commit()
    path = held.path_of("votes/ada.yaml")
    assert held.codes() == [("signature-mismatch", path)]
    assert held.labels() == {"ada": "does not match"}
    assert held.speak("tally", "publish", "--json").json["for"] == 0


def test_a_signed_vote_from_another_manifesto_fits_no_ballot_here(held):
    """The same assembly, founded twice: handles, keys, ids and effects are all equal."""
    elsewhere = held.speak.folder.parent / "elsewhere"
    shutil.copytree(held.speak.folder, elsewhere)
    other = Assembly(Speaker(elsewhere, held.speak.monkeypatch))
    ballot = other.folder + "/ballot.yaml"
    other.speak.git("reset", "-q", "--hard", "HEAD~1")
    other.speak.at("2026-11-01T10:00:00Z")
    other.speak.act_as("ada")
    other.speak.done("open", "publish", "--closes", "14d")
    other.speak.at(VOTING)
    other.vote("ben")
    assert other.codes() == []
    for end in ("votes/ben.yaml", "votes/ben.yaml.sig"):
        held.speak.write(f"{held.folder}/{end}", other.speak.read(f"{other.folder}/{end}"))
    held.commit("Ben <ben@example.org>")
    assert other.speak.read(ballot) != held.speak.read(ballot)
    assert held.codes() == [("vote-elsewhere", f"{held.folder}/votes/ben.yaml")]
    assert held.speak("tally", "publish", "--json").json["for"] == 0


@pytest.mark.parametrize("signer", ["", "ada"])
def test_a_key_swapped_by_someone_else_is_caught(held, signer):
    path = "manifesto/roll/ben.yaml"
    other = keys.make(
        Repository.discover(held.speak.folder, {"PATH": "/usr/local/bin:/usr/bin:/bin"}), "eve"
    )
    held.speak.write(path, held.speak.read(path).replace(held.key_of("ben"), other.public))
    if signer:
        held.sign(path, signer)
    else:
        (held.speak.folder / f"{path}.sig").unlink(missing_ok=True)
    held.commit("Ben <ben@example.org>")
    assert held.codes() == [("key-swapped", path)]


def test_a_vote_with_a_withdrawn_key_is_caught(held):
    held.speak.act_as("ben")
    held.speak.done("roll", "key", "--lost")
    held.vote("ben")
    held.speak.git("reset", "-q", "--soft", "HEAD~1")
    path = held.path_of("votes/ben.yaml")
    held.sign(path, "ben")
    held.commit()
    assert held.codes() == [("signature-withdrawn", path)]
    assert held.labels() == {"ben": "key withdrawn"}
    assert held.speak("tally", "publish", "--json").json["for"] == 0


def test_records_without_a_signature_are_caught_where_one_is_required(unopened):
    unopened.require()
    unopened.speak.act_as("ada")
    unopened.speak.done("open", "publish", "--closes", "14d")
    unopened.speak.at(VOTING)
    unopened.vote("ben")
    path = unopened.path_of("votes/ben.yaml")
    assert unopened.labels() == {"ben": "signed"}
    unopened.speak.git("reset", "-q", "--soft", "HEAD~1")
    (unopened.speak.folder / f"{path}.sig").unlink()
    unopened.commit("Ben <ben@example.org>")
    assert unopened.codes() == [("vote-unsigned", path)]
    assert unopened.speak("tally", "publish", "--json").json["for"] == 0


def test_a_signature_that_comes_later_proves_nothing(held):
    shutil.copytree(held.speak.folder / ".git/manifesto-tui/keys", held.speak.folder.parent / "k")
    shutil.rmtree(held.speak.folder / ".git/manifesto-tui/keys")
    held.vote("ben")
    shutil.copytree(held.speak.folder.parent / "k", held.speak.folder / ".git/manifesto-tui/keys")
    path = held.path_of("votes/ben.yaml")
    held.sign(path, "ben")
    held.commit()
    assert held.codes() == [("signature-late", f"{path}.sig")]
    assert held.labels() == {"ben": "unsigned, name not proven"}
