"""Bad input: one clear sentence with place and remedy, the right exit code, nothing written."""

import json
import shutil

import pytest

from cli.speaking import TEXT
from manifesto_tui.governance.problem import ManifestoError


def refused(speaker, *words):
    """Runs a command that must fail and leave everything as it was; returns what it said."""
    before = speaker.state()
    said = speaker(*words)
    assert speaker.state() == before
    assert said.out == ""
    assert "Traceback" not in said.err
    return said


def error_of(speaker, *words):
    """Returns the exit code and the error document of a command that must fail."""
    said = refused(speaker, *words, "--json")
    return said.code, json.loads(said.err)["error"]


@pytest.fixture
def voting(proposed):
    """A ballot on one amendment, open until 15 November."""
    speaker, filed = proposed
    speaker.done("open", filed, "--closes", "2026-11-15T09:00:00Z")
    return speaker, filed


def test_a_file_that_cannot_be_parsed_is_named_with_line_and_column(founded):
    file = founded.write("../broken.yaml", "title: Broken\nchanges:\n- clause: [\n")
    said = refused(founded, "propose", "--file", str(file))
    assert said.code == 2
    place, _, sentence = said.err.splitlines()[0].partition(": ")
    assert place.startswith(str(file))
    line = place.removeprefix(str(file)).split(":")
    assert int(line[1]) in (3, 4)
    assert sentence


def test_an_amendment_with_an_unknown_key_is_refused_with_its_place(founded):
    file = founded.write("../odd.yaml", "title: Odd\nrationale: None.\nchoice: yes\nchanges: []\n")
    code, error = error_of(founded, "propose", "--file", str(file))
    assert code == 2
    assert error["where"] == f"{file}:3:1"
    assert "choice" in error["message"]


@pytest.mark.parametrize(
    "now",
    ["yesterday", "1969-12-31T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"],
)
def test_a_clock_by_which_git_could_date_nothing_is_refused(founded, now):
    founded.at(now)
    code, error = error_of(founded, "roll", "admit", "sam", "--name", "Sam")
    assert (code, error["code"]) == (2, "clock")
    assert error["message"] == f"MANIFESTO_NOW is “{now}”, which is not a time after 1970."


def test_a_time_that_nobody_lives_to_see_hides_nothing(proposed):
    speaker, filed = proposed
    lapsing = speaker.write("../rules.yaml", "format: 1\nidle-days: 60\n")
    speaker.done("rules", "--set", str(lapsing), "-m", "They lapse.")
    folder = next(speaker.folder.glob(f"proposals/*/{filed}-*"))
    path = f"{folder.relative_to(speaker.folder)}/comments/99991231t235959z-ada.yaml"
    speaker.write(path, "format: 1\nmember: ada\nat: 9999-12-31T23:59:59Z\ntext: |-\n  Late.\n")
    speaker.git("add", path)
    speaker.git("commit", "-qm", "Late")
    assert filed in speaker.done("list").out
    assert f"{path}:3:5: This is not a time" in speaker("check").out


def test_broken_settings_hide_nothing_else_that_is_wrong(founded):
    founded.write("manifesto/manifesto.yaml", "format: 1\ntitel: T\nstate: odd\n")
    founded.write("manifesto/roll/sam.yaml", "format: 1\n")
    said = founded("check")
    assert (said.code, said.err) == (1, "5 errors, 0 pieces of advice.\n")
    assert [line.partition(": ")[0] for line in said.out.splitlines()] == [
        *["manifesto/manifesto.yaml:1:1"] * 2,
        "manifesto/manifesto.yaml:2:1",
        "manifesto/manifesto.yaml:3:8",
        "manifesto/roll/sam.yaml:1:1",
    ]


def test_settings_that_are_gone_from_the_disk_are_no_missing_manifesto(founded):
    (founded.folder / "manifesto/manifesto.yaml").unlink()
    said = founded("check")
    gone = "This file is gone. Bring it back: `git restore manifesto/manifesto.yaml`.\n"
    assert (said.code, said.out) == (1, f"manifesto/manifesto.yaml: {gone}")
    code, error = error_of(founded, "edit", "-m", "Why not")
    assert (code, error["code"]) == (2, "nothing-changed")


@pytest.mark.parametrize("kind", ["votes/ada", "comments/20261101t090000z-ada", "roll/ada"])
def test_a_file_that_cannot_be_read_is_no_act_to_take_back(proposed, kind):
    speaker, _ = proposed
    folder = speaker.git("ls-files", "proposals").strip().rpartition("/")[0]
    path = f"{'manifesto' if kind == 'roll/ada' else folder}/{kind}.yaml"
    speaker.write(path, "broken: [")
    speaker.git("add", path)
    speaker.git("commit", "-qm", "Broken")
    code, error = error_of(speaker, "undo", "--dry-run")
    assert (code, error["code"]) == (1, "no-opposite")
    assert error["message"] == "That was no act of a member on the record."


def test_an_amendment_that_cannot_be_read_is_no_ballot_between_rivals(proposed):
    speaker, filed = proposed
    path = speaker.git("ls-files", "proposals").strip()
    speaker.write(path, "format: 1\nbroken: [\n")
    speaker.git("commit", "-qam", "Broken")
    acts = ("withdraw", "second", "revise", "rebase", "diff", "whatif")
    for words in (*((act, filed) for act in acts), ("open", filed, "--closes", "2d")):
        code, error = error_of(speaker, *words)
        assert (code, error["code"]) == (2, "unreadable")
        assert error["message"] == f"What {filed} proposes cannot be read."
        assert error["hint"] == "`manifesto-tui check` says what is wrong."
    assert error_of(speaker, "undo", "--dry-run")[1]["code"] == "unreadable"


def test_a_text_file_that_is_not_utf_8_is_refused(founded):
    file = founded.folder.parent / "draft.md"
    file.write_bytes(b"# Caf\xe9\n")
    code, error = error_of(founded, "propose", "--title", "T", "--reason", "R", "--text", str(file))
    assert (code, error["code"], error["where"]) == (2, "not-utf-8", f"{file}:1:6")


def test_what_is_not_utf_8_behind_a_byte_order_mark_is_told_with_its_place(founded):
    file = founded.folder.parent / "draft.md"
    file.write_bytes(b"\xef\xbb\xbf# Caf\xc3\xa9\xff\n")
    code, error = error_of(founded, "propose", "--title", "T", "--reason", "R", "--text", str(file))
    assert (code, error["code"], error["where"]) == (2, "not-utf-8", f"{file}:1:7")


def test_a_text_file_that_is_not_there_is_refused(founded):
    said = refused(founded, "propose", "--title", "T", "--reason", "R", "--text", "gone.md")
    assert said.code == 2
    assert "gone.md: It cannot be read: No such file or directory." in said.err


def test_a_file_that_somebody_hands_over_is_told_of_as_the_records_own(founded):
    rules = founded.write("../r.yaml", "format: 1\nname: ours\nquorum: maybe\nmood: good\n")
    said = refused(founded, "rules", "--set", rules, "-m", "x")
    first, second = said.err.splitlines()
    assert said.code == 2
    assert first.startswith(f"{rules}:3:9: “maybe” is no share and no number — expected one like")
    assert second.startswith(f"{rules}:4:1: The key “mood” is not known here — expected ")
    wrong = founded.write("../a.yaml", "")
    wrong.write_bytes("é".encode() + b"\xff")
    said = refused(founded, "propose", "--file", wrong)
    assert said.err.startswith(f"{wrong}:1:2: This is not UTF-8 — expected UTF-8.\n")
    for words, what in (("%YAML 1.2\n---\ntitle: x\n", "A directive"), ("", "The file is empty")):
        wrong.write_text(words)
        assert f"{wrong}:1:1: {what}" in refused(founded, "propose", "--file", wrong).err


def test_settings_that_cannot_be_parsed_are_named_with_their_place(founded):
    founded.write("manifesto/manifesto.yaml", "title: [\n")
    founded.git("commit", "-qam", "Break the settings")
    code, error = error_of(founded, "show")
    assert (code, error["code"]) == (2, "no-manifesto")
    assert error["where"].startswith("manifesto/manifesto.yaml:")


def test_a_missing_roll_is_told_to_whoever_acts(founded):
    shutil.rmtree(founded.folder / "manifesto" / "roll")
    founded.git("commit", "-qam", "Lose the roll")
    code, error = error_of(founded, "edit", "-m", "Because")
    assert (code, error["code"]) == (1, "not-on-the-roll")
    assert "roll" in error["hint"]


def test_a_missing_roll_is_a_problem_that_check_names(founded):
    shutil.rmtree(founded.folder / "manifesto" / "roll")
    said = founded("check")
    assert said.code == 1
    assert "manifesto/roll: There is nobody on the roll" in said.out


def test_a_link_to_a_file_that_is_not_there_is_a_problem(founded):
    founded.write("manifesto.md", TEXT + "\n[Here](beside.md) and [there](gone.md).\n")
    founded.write("beside.md", "# Beside\n")
    said = founded("check")
    assert said.code == 1
    assert "There is no file gone.md." in said.out
    assert "beside.md" not in said.out


def test_a_vote_by_someone_not_on_the_roll_is_refused(voting):
    speaker, filed = voting
    speaker.act_as("zoe")
    said = refused(speaker, "vote", filed, "for")
    assert said.code == 1
    assert "zoe is not on the roll of this manifesto." in said.err
    assert "roll admit zoe" in said.err


def test_a_vote_by_someone_admitted_after_the_ballot_opened_is_refused(voting):
    speaker, filed = voting
    speaker.done("roll", "admit", "zoe", "--name", "Made-up Zoe")
    speaker.act_as("zoe")
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "not-on-the-roll")
    assert "when this ballot opened" in error["message"]


def test_nobody_at_the_keyboard_is_told_how_to_say_who(voting):
    speaker, filed = voting
    speaker.git("config", "--unset", "manifesto.handle")
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "who-are-you")
    assert "git config manifesto.handle" in error["hint"]


def test_an_unknown_id_is_refused_with_those_there_are(voting):
    speaker, filed = voting
    for words in (["vote", "zzzzz", "for"], ["tally", "zzzzz"], ["amendment", "zzzzz"]):
        code, error = error_of(speaker, *words)
        assert (code, error["code"]) == (2, "id-unknown")
        assert error["message"] == "No proposal answers to “zzzzz”."
        assert filed in error["hint"]


def test_an_ambiguous_prefix_is_refused_with_both_names(proposed):
    speaker, _ = proposed
    draft = speaker.read("manifesto.md").replace("Every ward", "Each ward")
    file = speaker.write("../draft.md", draft)
    speaker.done("propose", "--title", "Say each", "--reason", "Shorter.", "--text", str(file))
    code, error = error_of(speaker, "amendment", "say")
    assert (code, error["code"]) == (2, "id-ambiguous")
    assert "say-ever" in error["message"]
    assert "say-each" in error["message"]


def test_a_choice_that_is_not_one_is_refused_with_the_choices(voting):
    speaker, filed = voting
    code, error = error_of(speaker, "vote", filed, "maybe")
    assert (code, error["code"]) == (2, "not-a-choice")
    assert "maybe" in error["message"]
    assert "for, against, abstain" in error["hint"]


def test_a_closed_ballot_takes_no_vote(voting):
    speaker, filed = voting
    speaker.at("2026-11-15T09:00:00Z")
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "ballot-closed")
    assert "15 November 2026" in error["message"]


def test_an_open_ballot_cannot_be_decided(voting):
    speaker, filed = voting
    code, error = error_of(speaker, "decide", filed)
    assert (code, error["code"]) == (1, "ballot-open")


def test_a_ballot_that_was_never_opened_takes_no_vote(proposed):
    speaker, filed = proposed
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "no-ballot")
    assert f"manifesto-tui open {filed}" in error["hint"]


def test_a_vote_on_words_that_were_not_seen_is_refused(voting):
    speaker, filed = voting
    code, error = error_of(speaker, "vote", filed, "for", "--seen", "sha256:0")
    assert (code, error["code"]) == (1, "text-moved")


def test_a_member_who_is_no_steward_cannot_open_a_ballot(proposed):
    speaker, filed = proposed
    speaker.act_as("ben")
    code, error = error_of(speaker, "open", filed, "--closes", "14d")
    assert (code, error["code"]) == (1, "not-a-steward")


def test_a_closing_time_that_is_none_is_refused(proposed):
    speaker, filed = proposed
    code, error = error_of(speaker, "open", filed, "--closes", "whenever")
    assert (code, error["code"]) == (2, "when")
    assert "14d" in error["hint"]


def test_a_dirty_text_stops_its_decision_and_keeps_the_edits(voting):
    speaker, filed = voting
    for handle in ("ada", "ben"):
        speaker.act_as(handle)
        speaker.done("vote", filed, "for")
    speaker.at("2026-11-16T09:00:00Z")
    edited = speaker.read("manifesto.md") + "\nMy own words.\n"
    speaker.write("manifesto.md", edited)
    code, error = error_of(speaker, "decide", filed)
    assert (code, error["code"]) == (1, "work-tree-dirty")
    assert "manifesto.md" in error["message"]
    assert speaker.read("manifesto.md") == edited


def test_a_dirty_file_elsewhere_is_left_alone_and_stops_nothing(voting):
    speaker, filed = voting
    speaker.write("notes.md", "Mine.\n")
    speaker.write("manifesto.md", speaker.read("manifesto.md") + "\nMine.\n")
    said = speaker.done("vote", filed, "for", "--json").recorded
    assert speaker.read("manifesto.md").endswith("\nMine.\n")
    assert speaker.git("show", "--format=", "--name-only", said["commit"]).split() == said["paths"]


def test_a_detached_head_records_nothing(voting):
    speaker, filed = voting
    speaker.git("checkout", "-q", "--detach")
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "detached-head")
    assert "git switch" in error["hint"]


def test_an_unborn_repository_has_nothing_to_show(speak):
    speak.folder.mkdir()
    speak.git("init", "-q")
    for words in (["show"], ["list"], ["adopt", "--title", "T"]):
        code, error = error_of(speak, *words)
        assert (code, error["code"]) == (1, "nothing-committed")
        assert "manifesto-tui init" in error["hint"]


def test_a_branch_that_was_lost_is_not_taken_for_one_without_a_commit(voting):
    speaker, filed = voting
    (speaker.folder / ".git" / "refs" / "heads" / "main").write_text("")
    for words in (["show"], ["vote", filed, "for"], ["sync"], ["init", ".", "--title", "T"]):
        code, error = error_of(speaker, *words)
        assert (code, error["code"]) == (3, "branch-lost")
        assert "git update-ref refs/heads/main" in error["hint"]


def test_who_is_on_the_roll_need_not_be_known_to_git(voting):
    speaker, filed = voting
    (speaker.folder.parent / "home" / ".gitconfig").write_text("", encoding="utf-8")
    assert speaker("vote", filed, "for").code == 0
    handle = speaker.git("config", "manifesto.handle").strip()
    assert speaker.git("log", "-1", "--format=%an <%ae>").strip() == (
        f"{handle} <{handle}@manifesto.invalid>"
    )


def test_without_an_identity_nothing_is_founded(speak):
    (speak.folder.parent / "home" / ".gitconfig").write_text("", encoding="utf-8")
    said = speak("init", str(speak.folder / "new"), "--title", "T")
    assert said.code == 3
    assert "Git does not know who you are." in said.err
    assert not (speak.folder / "new").exists()
    assert speak("init", str(speak.folder / "new"), "--title", "T", "--name", "Anna").code == 0


def test_a_folder_that_is_no_repository_is_named(speak):
    speak.folder.mkdir()
    for words in (["show"], ["verify"], ["vote", "k7f3", "for"], []):
        said = speak(*words)
        assert (said.code, said.out) == (3, "")
        assert f"{speak.folder} holds no manifesto: it is not in a git repository." in said.err
        assert "manifesto-tui init" in said.err
    assert list(speak.folder.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named(speak):
    for words in (["show"], ["verify"], ["guard", "HEAD~1", "HEAD"], []):
        said = speak(*words)
        assert (said.code, said.out) == (2, "")
        assert f"There is no folder {speak.folder}." in said.err


def test_a_repository_without_a_manifesto_says_how_to_begin(speak):
    speak.folder.mkdir()
    speak.git("init", "-q")
    speak.write("text.md", "# Text\n")
    speak.git("add", ".")
    speak.git("commit", "-qm", "Text")
    code, error = error_of(speak, "show")
    assert (code, error["code"]) == (2, "no-manifesto")
    assert "adopt" in error["hint"]


def test_wrong_usage_says_which_and_where_to_read_more(speak):
    said = speak("vote")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "The following arguments are required: ID.",
        "`manifesto-tui vote --help` tells how it goes.",
    ]


def test_two_arguments_that_exclude_each_other_are_named(speak):
    said = speak("vote", "k7f3", "for", "--rank", "a,b")
    assert said.code == 2
    assert "CHOICE and --rank cannot both be given." in said.err


def test_an_unknown_command_is_named(speak):
    said = speak("vot")
    assert said.code == 2
    assert said.err.splitlines()[0] == "“vot” is no command; did you mean “vote”?"


def test_an_unknown_format_is_named_with_those_there_are(speak):
    said = speak("publish", "--format", "fax")
    assert said.code == 2
    assert "“fax” is no --format; there are: docx, " in said.err


def test_an_unknown_revision_is_refused(founded):
    code, error = error_of(founded, "show", "--at", "nowhere")
    assert (code, error["code"]) == (2, "unknown-revision")


def test_a_clock_that_is_none_is_refused(founded):
    founded.at("noon")
    code, error = error_of(founded, "show")
    assert (code, error["code"]) == (2, "clock")


def test_hidden_characters_are_refused_in_what_is_proposed(founded):
    words = founded.read("manifesto.md").replace("costs nothing", "costs no\u202ething")
    founded.write("manifesto.md", words)
    code, error = error_of(founded, "propose", "--title", "T", "--reason", "R", "--from-worktree")
    assert (code, error["code"]) == (1, "hidden-characters")
    assert "202E" in error["message"]


def test_nothing_changed_is_nothing_to_propose(founded):
    code, error = error_of(founded, "propose", "--title", "T", "--reason", "R", "--from-worktree")
    assert (code, error["code"]) == (2, "nothing-changed")


def test_a_text_in_force_cannot_be_edited(founded):
    founded.done("ratify")
    founded.write("manifesto.md", founded.read("manifesto.md") + "\nMore.\n")
    code, error = error_of(founded, "edit", "-m", "Because")
    assert (code, error["code"]) == (1, "in-force")
    assert "propose" in error["hint"]


def test_a_folder_that_holds_other_files_is_not_founded_in(speak):
    speak.write("mine.txt", "Mine.\n")
    said = speak("init", str(speak.folder), "--title", "T")
    assert said.code == 1
    assert "holds other files" in said.err
    assert [p.name for p in speak.folder.iterdir()] == ["mine.txt"]


def test_a_manifesto_is_not_founded_twice(founded):
    code, error = error_of(founded, "adopt", "--title", "Again")
    assert (code, error["code"]) == (1, "founded-already")
    code, error = error_of(founded, "init", str(founded.folder), "--title", "Again")
    assert (code, error["code"]) == (1, "founded-already")


def test_an_ambiguous_text_is_not_adopted(speak):
    speak.write("one.md", "# One\n")
    speak.write("two.md", "# Two\n")
    speak.write("README.md", "# Read me\n")
    speak.git("init", "-q")
    speak.git("add", ".")
    speak.git("commit", "-qm", "Texts")
    code, error = error_of(speak, "adopt", "--title", "T")
    assert (code, error["code"]) == (2, "text-ambiguous")
    assert "one.md, two.md" in error["message"]
    assert "--text" in error["hint"]


def test_what_nobody_expected_is_told_without_a_traceback(founded, monkeypatch):
    def fail(*_):
        raise RuntimeError("a made-up fault")

    monkeypatch.setattr("manifesto_tui.workflow.reading.check", fail)
    said = refused(founded, "check")
    assert said.code == 3
    assert "RuntimeError: a made-up fault" in said.err


def test_every_kind_of_error_has_its_exit_code():
    codes = {kind.__name__: kind.exit_code for kind in ManifestoError.__subclasses__()}
    assert codes == {"Refused": 1, "BadInput": 2, "Unavailable": 3}


@pytest.mark.parametrize("odd", ["executable", "a symbolic link", "too large"])
def test_a_text_that_is_no_plain_file_is_not_adopted(speak, odd):
    file = speak.write("text.md", "# Text\n" if odd != "too large" else "word " * (1 << 20))
    if odd == "executable":
        file.chmod(0o755)
    elif odd != "too large":
        file.rename(file.with_name("other"))
        file.symlink_to("other")
    speak.git("init", "-q")
    speak.git("add", ".")
    speak.git("commit", "-qm", "Text")
    code, error = error_of(speak, "adopt", "--title", "T")
    assert (code, error["where"]) == (2, "text.md")
    expected = {
        "executable": (
            "This is executable — expected a plain file.",
            "Make it a plain one and commit that: chmod -x text.md, then git commit text.md.",
        ),
        "a symbolic link": (
            "This is a symbolic link — expected a plain file.",
            "Say which file is the text: `--text GLOB`.",
        ),
        "too large": (
            "This file has more than 4 MiB — expected less.",
            "Split it into several files and commit them.",
        ),
    }
    assert (error["message"], error["hint"]) == expected[odd]


def test_a_text_with_edits_of_its_own_is_not_adopted(speak):
    speak.write("manifesto.md", "# Text\n")
    speak.git("init", "-q")
    speak.git("add", ".")
    speak.git("commit", "-qm", "Text")
    speak.write("manifesto.md", "# Text\n\nMine.\n")
    code, error = error_of(speak, "adopt", "--title", "T")
    assert (code, error["code"]) == (1, "work-tree-dirty")
    assert "manifesto.md" in error["message"]
    assert speak.read("manifesto.md") == "# Text\n\nMine.\n"


def test_without_git_it_says_so(founded, monkeypatch):
    monkeypatch.setenv("PATH", str(founded.folder / "nowhere"))
    said = founded("show")
    assert (said.code, said.out) == (3, "")
    assert said.err.splitlines()[0] == "Git is not installed, or not on the PATH."


def test_in_the_middle_of_a_merge_nothing_is_recorded(voting):
    speaker, filed = voting
    speaker.git("checkout", "-qb", "other")
    speaker.write("notes.txt", "Theirs.\n")
    speaker.git("add", ".")
    speaker.git("commit", "-qm", "Theirs")
    speaker.git("checkout", "-q", "main")
    speaker.git("merge", "-q", "--no-commit", "--no-ff", "other")
    code, error = error_of(speaker, "vote", filed, "for")
    assert (code, error["code"]) == (1, "in-the-middle-of-merge")
    assert "git merge --continue" in error["hint"]
