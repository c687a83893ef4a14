"""Every kind of file goes to bytes and back, and says precisely what is wrong with it."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest

from manifesto_tui.governance.ballot import Vote
from manifesto_tui.governance.manifesto import Budget, Manifesto, Source
from manifesto_tui.governance.paths import MANIFESTO, RULES, SOURCES
from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.governance.rules import READY
from manifesto_tui.record import forms, layout, plain
from manifesto_tui.record.yaml import Unreadable
from record.made import DIGEST, FILES, FOLDER, VOTE


@pytest.mark.parametrize("path", FILES)
def test_a_value_comes_back_from_its_file(path):
    value = FILES[path]
    data = forms.write(value)
    if isinstance(value, Vote | Proxy | Acceptance):
        value = replace(value, path=path, digest=f"sha256:{sha256(data).hexdigest()}")
    assert forms.read(path, data) == value


@pytest.mark.parametrize("name", READY)
def test_ready_rules_come_back(name):
    assert forms.read(RULES, forms.write(READY[name])) == READY[name]


def test_word_budgets_come_back_with_no_limit_kept_apart_from_the_usual_one():
    settings = Manifesto("Made up", ("manifesto/a.md",), budget=Budget(900, None, 60, None))
    assert forms.read(MANIFESTO, forms.write(settings)) == settings


def test_sources_come_back_in_their_order():
    sources = {"z-1999": Source("z-1999", "Z"), "a-2016": Source("a-2016", "A", "An author")}
    read = forms.read(SOURCES, forms.write(sources))
    assert list(read.items()) == list(sources.items())


@pytest.mark.parametrize("path", FILES)
def test_files_that_are_written_need_no_slow_reading(path):
    written = forms.write(FILES[path]).decode()
    odd_names = "''" if '"":' in written or "proposals/2026" in written else ""
    assert odd_names or plain.read(written) is not None


@pytest.mark.parametrize(
    ("changed", "place", "words"),
    [
        (("choice: for", "choise: for"), "5:1", "“choise” is not known"),
        (("choice: for", "ch\u043eice: for"), "5:1", "“ch\u043eice” is not known"),
        (("choice: for", "choice: For!"), "5:9", "“For!” is not a name"),
        (("voter: anna", "voter: ben"), "4:8", "not whom the file is named after"),
        (("cast: 2026-11-20T13:00:00Z", "cast: 2026-02-30T13:00:00Z"), "6:7", "not a time"),
        (("cast: 2026-11-20T13:00:00Z", "cast: 2026-11-20"), "6:7", "not a time"),
        (("cast: 2026-", "cast: 9999-"), "6:7", "not a time"),
        (("cast: 2026-", "cast: 0001-"), "6:7", "not a time"),
        ((DIGEST, "sha256:abc"), "3:9", "64 hexadecimal digits"),
        (("format: 1", "format: 2"), "1:9", "expected 1"),
        (("format: 1", f"format: {'9' * 5000}"), "1:9", "expected 1"),
        (("ballot: k7f3", "ballot: [k7f3]"), "2:9", "a list or a map"),
    ],
)
def test_an_error_names_line_column_and_what_was_expected(changed, place, words):
    data = forms.write(VOTE).decode().replace(*changed).encode()
    with pytest.raises(Unreadable) as raised:
        forms.read(VOTE.path, data)
    (problem,) = (p for p in raised.value.problems if words in p.sentence)
    assert str(problem.place) == f"{VOTE.path}:{place}"


@pytest.mark.parametrize("key", ["quorum", "threshold", "each"])
def test_a_ballot_whose_share_cannot_be_counted_by_is_told_and_not_taken(key):
    path = next(path for path in FILES if path.endswith("/ballot.yaml"))
    written = re.sub(rf"(?m)^{key}: .*$", f"{key}: most of us", forms.write(FILES[path]).decode())
    with pytest.raises(Unreadable) as raised:
        forms.read(path, written.encode())
    (problem,) = raised.value.problems
    assert "“most of us” is no share and no number — expected" in problem.sentence


@pytest.mark.parametrize(
    "key", ["discussion-days", "voting-days", "lapse-days", "idle-days", "change-days"]
)
def test_more_days_than_a_century_has_are_no_number_of_days(key):
    assert forms.read(RULES, f"format: 1\n{key}: 36525\n".encode())
    with pytest.raises(Unreadable) as raised:
        forms.read(RULES, f"format: 1\n{key}: 36526\n".encode())
    (problem,) = raised.value.problems
    assert problem.sentence == "“36526” is too many days — expected 36525 at most."


@pytest.mark.parametrize("key", ["quorum", "threshold", "each", "each-quorum", "objections"])
def test_a_share_that_was_left_empty_is_not_taken_for_the_usual_one(key):
    with pytest.raises(Unreadable) as raised:
        forms.read(RULES, f"format: 1\n{key}:\nname: x\n".encode())
    (problem,) = raised.value.problems
    assert problem.sentence.startswith("“” is no share and no number — expected one like")


def test_a_misspelt_word_budget_is_told_with_those_there_are():
    data = b"format: 1\ntitle: T\ntext: []\nbudget:\n  wrods: 3\n"
    with pytest.raises(Unreadable) as raised:
        forms.read(MANIFESTO, data)
    (problem,) = raised.value.problems
    assert problem.sentence.endswith("expected clause, principle, sentence, words.")


def test_everything_wrong_with_a_file_is_told_at_once():
    with pytest.raises(Unreadable) as raised:
        forms.read(VOTE.path, b"format: 1\nvoter: anna\nmood: good\n")
    keys = " ".join(problem.sentence for problem in raised.value.problems)
    assert all(f"“{key}”" in keys for key in ("ballot", "effect", "cast", "choice", "mood"))


def test_hidden_characters_are_shown_in_what_people_read():
    data = b'format: 1\nname: "Anna\\u202E"\n'
    assert forms.read(layout.member_path("anna"), data).name == "Anna⟦U+202E⟧"


def test_an_id_that_looks_like_a_number_stays_words():
    path = "proposals/2026-11/1e10-x/withdrawal.yaml"
    data = b"format: 1\nmember: 1e10\nat: 2026-11-20T13:00:00Z\nreason: no\n"
    withdrawal = forms.read(path, data)
    assert (withdrawal.member, withdrawal.reason) == ("1e10", "no")


@pytest.mark.parametrize(
    "change",
    [
        "- clause: open-1\n",
        "- after: open-1\n  now: x\n",
        "- after: open-1\n  id: open-2\n  now: x\n  was: y\n",
        "- clause: open-1\n  was: x\n  move-after: open-1\n",
    ],
)
def test_a_change_that_is_no_change_is_refused(change):
    head = (
        "format: 1\nid: k7f3\ntitle: T\nproposer: anna\nfiled: 2026-11-20T13:00:00Z\n"
        f'base: "{"1" * 40}"\nchanges:\n'
    )
    with pytest.raises(Unreadable):
        forms.read(f"{FOLDER}/amendment.yaml", f"{head}{change}".encode())


@pytest.mark.parametrize(
    "path", ["../x.md", "/x.md", "a/.git/x.md", "a//x.md", ".GIT/x.md", "a.sh"]
)
def test_a_text_outside_the_repository_or_in_gits_folder_is_refused(path):
    data = f'format: 1\ntitle: T\ntext:\n- "{path}"\n'.encode()
    with pytest.raises(Unreadable, match="no path of a text"):
        forms.read(MANIFESTO, data)


def test_what_is_wrong_with_a_change_of_the_rules_is_told_once():
    path = layout.amendment_path(FOLDER, 3)
    data = forms.write(FILES[path]).decode().replace("kind: substantive", "kind: odd")
    with pytest.raises(Unreadable) as raised:
        forms.read(path, data.encode())
    assert [problem.sentence for problem in raised.value.problems] == [
        "“odd” is not known here — expected substantive or editorial."
    ]
