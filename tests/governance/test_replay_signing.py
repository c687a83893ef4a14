"""Whose word a file is: signatures beside record files, roll and rules, and what each comes to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from governance.history import RULES, SIMPLE, History, edition_file, folder, member, signatory_file
from governance.making import NOW
from governance.paper import assemble, paper
from governance.sealing import key, seal
from manifesto_tui.governance.amendment import Comment, Second, Withdrawal
from manifesto_tui.governance.moment import written
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.replay import replay
from manifesto_tui.governance.rules import Rules
from manifesto_tui.governance.signatory import Signatory

K7F3 = folder("k7f3")
SETTINGS = "manifesto/manifesto.yaml"
ADA, BEA, MAL = "Ada <ada@example.org>", "Bea <bea@example.org>", "Mal <mal@example.com>"


def at(handle: str) -> str:
    return f"manifesto/roll/{handle}.yaml"


def sealed(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """Puts the seal of a member's key beside each file."""
    return files | {f"{path}.sig": seal(data, key(name)) for path, data in files.items()}


class Sealed(History):
    """An assembly in which Ada, a steward, and Bea and Cem have keys that sign what they file."""

    def __init__(self, rules: Rules = SIMPLE, keys: tuple[str, ...] = ("bea", "cem", "ada")):
        super().__init__(rules, in_force=False, keys=keys)

    def put(self, path: str, value: object, name: str, author: str = ADA) -> str:
        return self.commit(sealed({path: paper(value)}, name), author)

    def told(self) -> list[tuple[str, str]]:
        """Returns the codes and paths found at the last commit."""
        return [(f.code, f.path) for f in self.proof().findings if f.commit == self.head]


@pytest.fixture
def held() -> Sealed:
    return Sealed()


@pytest.fixture
def opened() -> Sealed:
    """Everything so far is signed, and a ballot is open."""
    history = Sealed()
    settings = replace(history.assembly.manifesto, title="Made-up and signed")
    history.put(SETTINGS, settings, "ada")
    open_k7f3(history)
    return history


def open_k7f3(history: Sealed) -> None:
    history.propose("k7f3")
    again(history, f"{K7F3}/amendment.yaml", "bea")
    history.open("k7f3")
    again(history, f"{K7F3}/ballot.yaml", "ada")


def again(history: History, path: str, name: str) -> None:
    """Makes the last commit anew, with a seal beside the file that it brought."""
    data = history.files[path]
    (history.head,) = history.deltas.pop().parents
    history.commit(sealed({path: data}, name))


def vote(history: Sealed, handle: str, beside: bytes | None = None, **more: object) -> str:
    """Votes; with a seal of the member's own where no other is given."""
    ((path, data),) = history.vote_file("k7f3", handle, **more).items()
    beside = seal(data, key(handle)) if beside is None else beside
    history.commit({path: data, **({f"{path}.sig": beside} if beside else {})})
    return path


def test_what_everybody_signed_is_signed(opened):
    for handle in ("ada", "bea", "cem"):
        vote(opened, handle)
    proof = opened.proof()
    assert (proof.verdict, proof.assurance) == ("PROVED", "signed")
    assert (proof.counts["records"], proof.counts["signed"]) == (5, 5)


def test_one_vote_unsigned_makes_it_mixed(opened):
    vote(opened, "ada")
    vote(opened, "dov", b"")
    proof = opened.proof()
    assert (proof.verdict, proof.assurance) == ("PROVED", "mixed")
    assert (proof.counts["records"], proof.counts["signed"]) == (4, 3)


def test_what_was_signed_on_a_branch_is_signed_where_it_is_merged(opened):
    fork = opened.head
    vote(opened, "bea")
    other = opened.head
    opened.head = fork
    vote(opened, "cem")
    opened.merge(other)
    proof = opened.proof()
    assert (proof.assurance, proof.counts["signed"], proof.counts["votes"]) == ("signed", 4, 2)


DATA = b"another file"
OTHER = "does not match: the file is another"


@pytest.mark.parametrize(
    ("handle", "beside", "code", "said"),
    [
        (
            "bea",
            seal(DATA, key("bea")),
            "signature-mismatch",
            OTHER,
        ),
        (
            "dov",
            seal(DATA, key("bea")),
            "signature-mismatch",
            OTHER,
        ),
        ("bea", b"scrawl", "signature-unchecked", "cannot be checked here: nobody knows its kind"),
    ],
)
def test_a_signature_that_is_none(opened, handle, beside, code, said):
    path = vote(opened, handle, beside)
    (found,) = opened.proof().findings
    assert (found.code, found.path) == (code, path)
    assert found.sentence == f"The signature beside this file {said}."
    assert opened.proof().counts["signed"] == 2


def voted_with(history: Sealed, handle: str, name: str) -> str:
    ((path, data),) = history.vote_file("k7f3", handle).items()
    history.commit({path: data, f"{path}.sig": seal(data, key(name))})
    return history.proof().findings[-1].sentence


def test_a_signature_by_another_than_the_voter(opened):
    said = "The signature beside this file does not match: it was made with a key that is not "
    assert voted_with(opened, "bea", "cem") == said + "theirs."
    unknown = "The signature beside this file cannot be checked here: the roll held no key of "
    assert voted_with(opened, "dov", "dov") == unknown + "theirs."
    assert [code for code, _ in opened.codes()] == ["signature-mismatch", "signature-unchecked"]


def test_a_signature_by_a_key_that_was_withdrawn_before(opened):
    opened.put(at("bea"), member("bea", keys=()), "bea", BEA)
    assert opened.codes() == []
    said = (
        "The signature beside this file is by a withdrawn key: its key had been withdrawn before."
    )
    assert voted_with(opened, "bea", "bea") == said
    assert [code for code, _ in opened.codes()] == ["signature-withdrawn"]


def test_a_signature_that_is_a_link_is_none(opened):
    ((path, data),) = opened.vote_file("k7f3", "bea").items()
    opened.commit({path: data})
    tree = opened.trees[opened.head] | {f"{path}.sig": ("120000", seal(data, key("bea")))}
    (parent,) = opened.deltas.pop().parents
    opened.add(tree, ADA, [parent])
    assert opened.told() == [("record-mode", f"{path}.sig")]
    assert opened.proof().counts["signed"] == 2


def test_a_signature_without_its_file_proves_nothing(opened):
    path = vote(opened, "dov", b"")
    opened.commit({f"{path}.sig": seal(opened.files[path], key("dov"))})
    (found,) = opened.proof().findings
    assert (found.code, found.path) == ("signature-late", f"{path}.sig")
    assert found.sentence == "This signature came without its file, so it proves nothing."


AT = written(NOW + timedelta(hours=1))
FILED = {
    f"{K7F3}/seconds/cem.yaml": (Second("cem", AT), "cem"),
    f"{K7F3}/comments/2026-11-21t10-cem.yaml": (Comment("cem", AT, "Made-up words."), "cem"),
    f"{K7F3}/withdrawal.yaml": (Withdrawal("bea", AT), "bea"),
}


@pytest.mark.parametrize("path", FILED)
def test_whoever_files_a_thing_signs_it(path):
    history = Sealed(replace(SIMPLE, signatures="required"))
    history.propose("k7f3")
    again(history, f"{K7F3}/amendment.yaml", "bea")
    said, name = FILED[path]
    history.commit({path: paper(said)})
    assert history.told() == [("record-unsigned", path)]
    (history.head,) = history.deltas.pop().parents
    history.put(path, said, "ada")
    assert history.told() == [("signature-mismatch", path)]
    (history.head,) = history.deltas.pop().parents
    history.put(path, said, name)
    assert history.told() == []


def test_proxy_and_acceptance_are_signed_by_giver_and_holder():
    history = Sealed(replace(SIMPLE, signatures="required", proxies=1))
    open_k7f3(history)
    digest = history.proposal("k7f3").ballot.digest
    proxy = Proxy("k7f3", digest, "bea", "cem", AT)
    path = f"{K7F3}/proxies/bea.yaml"
    history.commit({path: paper(proxy)})
    assert history.told() == [("proxy-void", path)]
    (history.head,) = history.deltas.pop().parents
    history.put(path, proxy, "bea")
    assert history.told() == []
    given = history.proposal("k7f3").proxies[0]
    path = f"{K7F3}/acceptances/cem.yaml"
    accepted = Acceptance("k7f3", given.digest, "bea", "cem", AT)
    history.put(path, accepted, "bea")
    assert history.told() == [("signature-mismatch", path)]
    (history.head,) = history.deltas.pop().parents
    history.put(path, accepted, "cem")
    assert history.told() == []
    vote(history, "cem")
    assert history.codes() == []
    assert history.proof().counts["signed"] == 5


def test_an_edition_and_a_name_under_it_are_signed_by_who_files_them():
    history = Sealed(replace(SIMPLE, signatures="required"))
    ratified = replace(history.assembly.manifesto, state="in-force")
    history.put(SETTINGS, replace(ratified, ratified=history.proof().text), "ada")
    history.edition()
    again(history, edition_file("1.0.0"), "bea")
    assert history.told() == [("signature-mismatch", edition_file("1.0.0"))]
    again(history, edition_file("1.0.0"), "ada")
    assert history.told() == []
    act = Signatory("kim", "Made-up Kim", "", "1.0.0", AT, recorded_by="ada")
    history.put(signatory_file("kim"), act, "bea")
    assert history.told() == [("signature-mismatch", signatory_file("kim"))]
    (history.head,) = history.deltas.pop().parents
    history.put(signatory_file("kim"), act, "ada")
    assert history.told() == []


def test_where_signatures_are_required_a_record_without_a_good_one_is_found_once():
    history = Sealed(replace(SIMPLE, signatures="required"))
    history.propose("k7f3")
    path = f"{K7F3}/amendment.yaml"
    assert history.told() == [("record-unsigned", path)]
    (found,) = history.proof().findings
    assert found.sentence == "This file is not signed by its author, and the rules require it."
    data = history.files[path]
    (history.head,) = history.deltas.pop().parents
    history.commit({path: data, f"{path}.sig": b"scrawl"})
    assert history.told() == [("record-unsigned", path)]


@pytest.mark.parametrize(
    ("handle", "beside", "codes"),
    [
        ("bea", None, []),
        ("bea", b"", ["vote-unsigned"]),
        ("bea", b"scrawl", ["vote-unsigned"]),
        ("bea", seal(DATA, key("bea")), ["signature-mismatch"]),
    ],
)
def test_a_vote_is_judged_by_what_its_ballot_asks_of_signatures(handle, beside, codes):
    history = Sealed(replace(SIMPLE, signatures="required"))
    open_k7f3(history)
    vote(history, handle, beside)
    assert [code for code, _ in history.codes()] == codes


# The roll and the rules


ROLL = ("roll", at("fay"), member("fay"))
OWN = ("roll", at("bea"), member("bea", constituency="patients", keys=(key("bea"),)))
NAME = ("roll", at("bea"), member("bea", name="Bea B., made up", keys=(key("bea"),)))
NEW_RULES = ("rules", RULES, replace(SIMPLE, name="others"))


@pytest.mark.parametrize(
    ("change", "name", "author", "code"),
    [
        (ROLL, "ada", MAL, ""),
        (ROLL, "", ADA, "roll-unproven"),
        (ROLL, "", BEA, "roll-by-non-steward"),
        (ROLL, "", MAL, "roll-by-stranger"),
        (ROLL, "bea", MAL, "signature-mismatch"),
        (OWN, "ada", ADA, ""),
        (OWN, "bea", BEA, "roll-by-non-steward"),
        (OWN, "", MAL, "roll-by-stranger"),
        (NAME, "", MAL, ""),
        (NAME, "bea", BEA, ""),
        (NEW_RULES, "ada", MAL, ""),
        (NEW_RULES, "", ADA, "rules-unproven"),
        (NEW_RULES, "", BEA, "rules-by-non-steward"),
        (NEW_RULES, "", MAL, "rules-by-stranger"),
        (NEW_RULES, "bea", MAL, "signature-mismatch"),
    ],
)
def test_who_changes_the_roll_and_the_rules(held, change, name, author, code):
    _, path, value = change
    held.commit(sealed({path: paper(value)}, name) if name else {path: paper(value)}, author)
    assert held.told() == ([(code, path)] if code else [])


def test_strangers_are_told_apart_by_what_the_stewards_could_have_signed_with():
    history = Sealed(keys=())
    for author, code in ((ADA, []), (MAL, ["roll-unproven"])):
        fork = history.head
        history.commit({at("fay"): paper(member("fay"))}, author)
        assert [code for code, _ in history.told()] == code
        history.deltas.pop()
        history.head = fork
    bare = History(in_force=False)
    bare.commit({at("ada"): paper(member("ada", addresses=()))})
    bare.commit({at("fay"): paper(member("fay"))}, MAL)
    assert bare.codes() == []


@pytest.mark.parametrize(
    ("author", "path", "said"),
    [
        (ADA, at("fay"), "Nothing proves that a steward changed the roll: fay."),
        (ADA, RULES, "Nothing proves that a steward changed rules or settings."),
        (MAL, at("fay"), "Somebody whom the roll does not know changed the roll: fay, and no "
         "steward signed it."),
        (BEA, at("fay"), "bea, who is no steward, changed the roll: fay."),
        (BEA, RULES, "bea, who is no steward, changed the rules or the settings."),
    ],
)  # fmt: skip
def test_who_changed_what_is_said_in_a_sentence(held, author, path, said):
    value = member("fay") if path == at("fay") else NEW_RULES[2]
    held.commit({path: paper(value)}, author)
    assert [found.sentence for found in held.proof().findings] == [said]


def test_the_first_key_signs_for_itself_and_proves_no_name():
    history = Sealed(replace(SIMPLE, signatures="required"))
    new = paper(member("dov", keys=(key("dov"),)))
    history.commit({at("dov"): new, f"{at('dov')}.sig": seal(new, key("dov"))})
    assert history.told() == [("record-unsigned", at("dov"))]
    history = Sealed()
    history.commit({at("dov"): new, f"{at('dov')}.sig": seal(new, key("dov"))})
    assert history.told() == []


def test_a_key_swapped_without_the_one_before(held):
    swapped = paper(member("bea", keys=(key("mal"),)))
    held.commit({at("bea"): swapped, f"{at('bea')}.sig": seal(swapped, key("mal"))}, MAL)
    assert held.told() == [("key-swapped", at("bea"))]


def test_a_key_withdrawn_on_one_branch_stays_withdrawn_after_a_merge(opened):
    fork = opened.head
    opened.put(at("bea"), member("bea", keys=()), "ada")
    other = opened.head
    opened.head = fork
    opened.commit({"readme.md": b"x"})
    opened.merge(other, {name: opened.trees[other][name][1] for name in (at("bea"),)})
    assert opened.codes() == []
    voted_with(opened, "bea", "bea")
    assert [code for code, _ in opened.codes()] == ["signature-withdrawn"]


def test_where_nothing_can_check_signatures_they_are_notes(opened):
    proof = replay(opened.deltas, assemble)
    assert (proof.verdict, proof.assurance) == ("PROVED WITH NOTES", "unsigned")
    assert {found.code for found in proof.findings} == {"signature-unchecked"}
