"""Pushes, judged before they are let in; in real git, and through git's own hooks."""

import os
import subprocess
from pathlib import Path

import pytest

from attacks import ATTACKS
from attacks.catalogue import Bases
from manifesto_tui.cli import main
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.governance.replay import CODES
from manifesto_tui.governance.replay.page import page
from manifesto_tui.record.git import Repository
from manifesto_tui.workflow.verifying import verify

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def bare(speak, tmp_path):
    """A bare repository that holds the record, with the hook installed; `speak` pushes to it."""
    there = tmp_path / "host.git"
    speak.git("clone", "-q", "--bare", str(speak.folder), str(there))
    speak.git("remote", "add", "origin", str(there))
    speak.done("-C", str(there), "guard", "--install-hook")
    return there


def push(speak, *words):
    command = ["git", "-C", str(speak.folder), "push", "-q", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def tip(speak, where=None):
    return speak.git("-C", str(where or speak.folder), "rev-parse", "main").strip()


def commit(speak, path, words):
    speak.write(path, words)
    speak.git("add", path)
    speak.git("commit", "-qm", "By hand")


def codes(said):
    return [found["code"] for found in said.json["findings"]]


def test_a_push_made_by_the_rules_is_let_in(speak, bare):
    speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")
    done = push(speak, "origin", "main")
    assert done.returncode == 0, done.stderr
    assert tip(speak, bare) == tip(speak)


def test_a_forged_push_is_refused_and_leaves_the_branch_where_it_was(speak, bare):
    before = tip(speak, bare)
    commit(speak, "proposals/2026-11/k7f3-x/votes/ben.yaml", "choice: for\n")
    done = push(speak, "origin", "main")
    assert done.returncode != 0
    assert "NOT PROVED" in done.stderr
    assert tip(speak, bare) == before


def test_another_branch_is_nobodys_business(speak, bare):
    commit(speak, "manifesto/what.bin", "x")
    assert push(speak, "origin", "main:refs/heads/trial").returncode == 0


def test_a_host_set_up_for_another_branch_still_judges_the_record(speak, tmp_path):
    there = tmp_path / "host.git"
    speak.git("init", "-q", "--bare", "-b", "master", str(there))
    speak.git("remote", "add", "origin", str(there))
    speak.done("-C", str(there), "guard", "--install-hook")
    commit(speak, "proposals/2026-11/k7f3-x/votes/ben.yaml", "choice: for\n")
    assert push(speak, "origin", "main").returncode != 0
    speak.git("reset", "-q", "--hard", "HEAD~1")
    assert push(speak, "origin", "main").returncode == 0


def test_before_a_push_the_branch_that_the_remote_goes_by_is_judged(speak, tmp_path):
    there = tmp_path / "host.git"
    speak.git("clone", "-q", "--bare", str(speak.folder), str(there))
    speak.git("remote", "add", "origin", str(there))
    speak.git("fetch", "-q")
    speak.git("remote", "set-head", "origin", "main")
    speak.done("guard", "--install-hook")
    commit(speak, "proposals/2026-11/k7f3-x/votes/ben.yaml", "choice: for\n")
    speak.git("checkout", "-qb", "aside")
    done = push(speak, "origin", "main")
    assert done.returncode != 0
    assert "[unreadable]" in done.stderr + done.stdout
    assert tip(speak, there) != tip(speak)


@pytest.mark.parametrize(
    "name",
    [
        "vote edited",
        "vote renamed",
        "vote after the close",
        "text edited outside a decision",
        "false tally",
        "member who admitted himself",
        "unknown file pushed",
    ],
)
def test_an_attack_is_refused_by_a_bare_host_and_a_good_push_let_in(name, tmp_path):
    attack = ATTACKS[name]
    stage = Bases(tmp_path / "bases").copy(attack.base, tmp_path / "clone")
    host = tmp_path / "host.git"
    stage.git("clone", "-q", "--bare", str(stage.folder), str(host))
    assert main(["-C", str(host), "guard", "--install-hook"]) == 0
    before = stage.head
    words = ("push", "-q", str(host), "main")

    def pushed():
        return subprocess.run(
            ["git", "-C", str(stage.folder), *words], capture_output=True, text=True, check=False
        )

    stage.write("README.md", "# Nobody's business\n")
    stage.commit()
    assert pushed().returncode == 0
    attack.do(stage)
    done = pushed()
    assert done.returncode != 0
    assert f"[{attack.codes[0]}]" in done.stderr
    kept = stage.git(f"--git-dir={host}", "rev-parse", "main~1").strip()
    assert kept == before


def test_a_hook_is_written_where_git_looks_for_hooks(speak, tmp_path):
    speak.git("config", "core.hooksPath", ".githooks")
    speak.done("guard", "--install-hook")
    assert os.access(speak.folder / ".githooks/pre-push", os.X_OK)
    speak.git("config", "core.hooksPath", str(tmp_path / "of-all-repositories"))
    said = speak("guard", "--install-hook")
    assert (said.code, "would never run" in said.err) == (1, True)
    assert "guard --hook pre-push" in said.err
    assert not (tmp_path / "of-all-repositories").exists()


def test_a_rewritten_branch_is_refused(speak, bare):
    speak.git("commit", "-q", "--amend", "-m", "Otherwise")
    done = push(speak, "--force", "origin", "main")
    assert done.returncode != 0
    assert "[push-not-forward]" in done.stderr


def test_the_tag_of_an_edition_is_let_in_with_it_and_never_moves(speak, bare):
    speak.done("ratify")
    done = push(speak, "origin", "main", "edition-1.0.0")
    assert done.returncode == 0, done.stderr
    speak.git("tag", "-f", "-a", "-m", "Edition 1.0.0", "edition-1.0.0", "HEAD~1")
    for words in (("--force", "origin", "edition-1.0.0"), ("origin", ":edition-1.0.0")):
        done = push(speak, *words)
        assert done.returncode != 0
        assert "edition-tag-moved" in done.stderr


def test_the_tag_of_no_edition_and_one_that_leads_elsewhere_are_refused(speak, bare):
    speak.git("tag", "edition-9.0.0")
    done = push(speak, "origin", "edition-9.0.0")
    assert done.returncode != 0
    assert "push-unknown" in done.stderr
    speak.done("ratify")
    speak.git("tag", "-f", "edition-1.0.0", "HEAD~1")
    done = push(speak, "origin", "main", "edition-1.0.0")
    assert done.returncode != 0
    assert "edition-tag-moved" in done.stderr
    speak.git("tag", "v1")
    assert push(speak, "origin", "v1").returncode == 0


def test_what_nothing_allows_is_refused_though_verify_would_not_mind(speak):
    old = tip(speak)
    commit(speak, "manifesto/what.bin", "x")
    assert speak("verify").code == 0
    said = speak("guard", old, "HEAD", "--json")
    assert (said.code, codes(said)) == (1, ["push-unknown"])


def test_a_deleted_branch_is_refused(speak):
    said = speak("guard", "main", "0" * 40, "--json")
    assert (said.code, codes(said)) == (1, ["push-deletes"])


def test_only_what_the_push_brings_is_judged(speak):
    commit(speak, "manifesto/roll/eve.yaml", "name: [\n")
    old = tip(speak)
    speak.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    said = speak("guard", old, "HEAD", "--json")
    assert (said.code, codes(said)) == (0, ["not-proved-before"])


def test_a_new_branch_is_judged_whole(speak):
    assert speak.done("guard", "0" * 40, "main", "--json").json["verdict"] == "PROVED"


def test_somebody_elses_hook_is_left_alone(speak):
    hook = speak.write(".git/hooks/pre-push", "#!/bin/sh\nexit 0\n")
    assert speak("guard", "--install-hook").code == 1
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"
    hook.unlink()
    speak.done("guard", "--install-hook")
    speak.done("guard", "--install-hook")
    assert os.access(hook, os.X_OK)


def test_only_a_quarantine_of_this_repository_is_taken(speak, tmp_path):
    elsewhere = tmp_path / "tmp_objdir-incoming-x"
    elsewhere.mkdir()
    with pytest.raises(Unavailable) as raised:
        Repository.receiving(speak.folder, {**os.environ, "GIT_QUARANTINE_PATH": str(elsewhere)})
    assert raised.value.code == "quarantine"


def test_a_history_without_the_tip_that_was_verified_is_an_error(speak, sit):
    assert verify(sit().repo).verdict == "PROVED"
    lost = tip(speak)
    speak.git("commit", "-q", "--amend", "-m", "Otherwise")
    proof = verify(sit().repo)
    assert [(found.code, found.commit) for found in proof.findings] == [("tip-lost", lost)]
    assert verify(sit().repo).verdict == "NOT PROVED"
    speak.done("verify", "--forget")
    assert speak.done("verify", "--json").json["findings"] == []


def test_replaced_objects_are_an_error(speak):
    blob = speak.git("rev-parse", "main:manifesto.md").strip()
    speak.git("replace", blob, speak.git("rev-parse", "main:manifesto/rules.yaml").strip())
    assert codes(speak("verify", "--json")) == ["replaced-objects"]


def test_grafts_are_an_error(speak):
    speak.write(".git/info/grafts", f"{tip(speak)}\n")
    assert codes(speak("verify", "--json")) == ["grafted"]


def test_a_shallow_clone_proves_nothing(speak, tmp_path):
    speak.git("clone", "-q", "--depth=1", f"file://{speak.folder}", str(tmp_path / "shallow"))
    said = speak("-C", str(tmp_path / "shallow"), "verify", "--json")
    assert (said.code, codes(said)) == (1, ["shallow-clone"])


def test_the_page_of_findings_is_current():
    assert (ROOT / "docs" / "verify.md").read_text(encoding="utf-8") == page()
    assert all(f"`{code}`" in page() for code in CODES)
