"""The jobs of docs/hosting.md: their own lines, run in a checkout as GitHub and GitLab make one."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

PAGE = Path(__file__).parent.parent.parent / "docs" / "hosting.md"
NONE = "0" * 40
FORGED = "proposals/2026-11/k7f3-x/votes/ben.yaml"


def jobs(word):
    """The job files of the page that have a key, read as YAML."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    read = (YAML(typ="safe", pure=True).load(block) for block in blocks)
    return next(found for found in read if isinstance(found, dict) and word in found)


GITHUB = jobs("jobs")["jobs"]["guard"]["steps"]
GITLAB = jobs("guard")["guard"]


def expression(words, context):
    """What GitHub puts in the place of `${{ a.b || c.d }}`: the first that is not empty."""
    for name in words.strip().removeprefix("${{").removesuffix("}}").split("||"):
        found = context
        for part in name.strip().split("."):
            found = found.get(part, {}) if isinstance(found, dict) else {}
        if found:
            return found
    return ""


class Host:
    """A shared place, and the checkouts that jobs run in."""

    def __init__(self, speak, tmp_path):
        self.speak, self.place = speak, tmp_path
        self.shared = tmp_path / "host.git"
        speak.git("clone", "-q", "--bare", str(speak.folder), str(self.shared))
        speak.git("remote", "add", "origin", str(self.shared))
        self.before = self.tip()
        programs = tmp_path / "programs"
        programs.mkdir()
        ours = f'#!/bin/sh\nexec "{sys.executable}" -P -m manifesto_tui "$@"\n'
        pip = '#!/bin/sh\ntest "$*" = "install manifesto-tui"\n'
        for name, words in (("manifesto-tui", ours), ("pip", pip)):
            (programs / name).write_text(words)
            (programs / name).chmod(0o755)
        self.path = f"{programs}:{os.environ['PATH']}"

    def tip(self):
        return self.speak.git("rev-parse", "HEAD").strip()

    def checkout(self, ref, depth=0):
        """Fetches one ref as a runner does, into a folder of its own, with no branch."""
        there = self.place / f"job-{len(list(self.place.glob('job-*')))}"
        asked = ["--depth", str(depth)] if depth else []
        for words in (
            ["init", "-q", str(there)],
            [
                "-C",
                str(there),
                "fetch",
                "-q",
                *asked,
                f"file://{self.shared}",
                f"+{ref}:refs/remotes/job",
            ],
            ["-C", str(there), "checkout", "-q", "--detach", "refs/remotes/job"],
        ):
            subprocess.run(["git", *words], check=True, capture_output=True)
        return there

    def run(self, there, lines, more):
        """Runs the lines one after the other, as runners do, and returns code and output."""
        env = {**os.environ, "PATH": self.path, "CI": "true", **more}
        for words in lines:
            command = ["sh", "-eu", "-c", words]
            done = subprocess.run(command, cwd=there, env=env, capture_output=True, text=True)
            if done.returncode:
                break
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def host(speak, tmp_path):
    return Host(speak, tmp_path)


def github(host, event, ref="refs/heads/main", depth=0):
    checkout = next(step for step in GITHUB if step.get("uses", "").startswith("actions/checkout"))
    there = host.checkout(ref, depth or checkout["with"]["fetch-depth"])
    env = {
        name: expression(words, {"github": {"event": event}})
        for step in GITHUB
        for name, words in step.get("env", {}).items()
    }
    lines = [step["run"] for step in GITHUB if "run" in step]
    return host.run(there, lines, {**env, "GITHUB_ACTIONS": "true"})


def gitlab(host, variables, ref="refs/heads/main"):
    there = host.checkout(ref, int(GITLAB["variables"]["GIT_DEPTH"]))
    sha = subprocess.run(
        ["git", "-C", str(there), "rev-parse", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return host.run(there, GITLAB["script"], {"CI_COMMIT_SHA": sha, **variables})


def honest(host):
    host.speak.done("roll", "admit", "cleo", "--name", "Made-up Cleo")


def forged(host):
    host.speak.write(FORGED, "choice: for\n")
    host.speak.git("add", FORGED)
    host.speak.git("commit", "-qm", "By hand")


def push(host, ref="refs/heads/main"):
    host.speak.git("push", "-qf", "origin", f"HEAD:{ref}")


@pytest.mark.parametrize(("act", "code"), [(honest, 0), (forged, 1)])
def test_a_push_to_the_branch_is_judged(host, act, code):
    act(host)
    push(host)
    assert github(host, {"before": host.before})[0] == code
    assert gitlab(host, {"CI_COMMIT_BEFORE_SHA": host.before})[0] == code


@pytest.mark.parametrize(("act", "code"), [(honest, 0), (forged, 1)])
def test_a_request_is_judged_although_the_branch_has_moved_on(host, act, code):
    speak = host.speak
    act(host)
    push(host, "refs/merge-requests/1/head")
    side = host.tip()
    speak.git("reset", "-q", "--hard", host.before)
    speak.done("roll", "admit", "dana", "--name", "Made-up Dana")
    push(host)
    speak.git("merge", "-q", "--no-ff", "-m", "Merge 1 into main", side)
    push(host, "refs/pull/1/merge")
    event = {"pull_request": {"base": {"sha": host.before}}}
    assert github(host, event, "refs/pull/1/merge")[0] == code
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": host.before, "CI_COMMIT_BEFORE_SHA": NONE}
    assert gitlab(host, variables, "refs/merge-requests/1/head")[0] == code


def test_the_first_push_of_a_branch_is_judged_from_its_founding(host):
    honest(host)
    push(host)
    assert github(host, {"before": NONE})[0] == 0
    assert gitlab(host, {"CI_COMMIT_BEFORE_SHA": NONE})[0] == 0


def test_a_push_that_drops_what_was_there_does_not_pass(host):
    honest(host)
    dropped = host.tip()
    host.speak.git("reset", "-q", "--hard", host.before)
    host.speak.done("roll", "admit", "dana", "--name", "Made-up Dana")
    push(host)
    for code, said in (
        github(host, {"before": dropped}),
        gitlab(host, {"CI_COMMIT_BEFORE_SHA": dropped}),
    ):
        assert code == 2
        assert dropped in said


def test_a_checkout_without_the_whole_history_does_not_pass(host):
    honest(host)
    push(host)
    code, said = github(host, {"before": host.tip()}, depth=1)
    assert code == 1
    assert "shallow-clone" in said
