"""Founds a manifesto: in a new folder, or in a repository that has its text already."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypedDict, Unpack

from manifesto_tui.governance.manifesto import Manifesto
from manifesto_tui.governance.paths import MANIFESTO, RULES
from manifesto_tui.governance.phrases import quoted
from manifesto_tui.governance.problem import BadInput, ManifestoError, Refused, Unavailable
from manifesto_tui.governance.roll import Member
from manifesto_tui.governance.rules import READY
from manifesto_tui.prose import Text, anchor_text, read_text, reveal, slug_of
from manifesto_tui.record import commit as commits
from manifesto_tui.record import forms, identity, layout
from manifesto_tui.record.beginning import begin, sweep
from manifesto_tui.record.git import Repository
from manifesto_tui.record.objects import PLAIN, list_tree, read_files
from manifesto_tui.record.snapshot import not_plain, too_large
from manifesto_tui.record.unborn import check_no_record_waits
from manifesto_tui.record.yaml import not_utf8
from manifesto_tui.workflow.choosing import chosen_paths
from manifesto_tui.workflow.desk import Announce, Clock, Desk, Recorded
from manifesto_tui.workflow.people import check_handle
from manifesto_tui.workflow.wording import one_line, refuse_hidden

_USUAL = "each-constituency"
_ODD = {
    PLAIN: "Split it into several files and commit them.",
    "100755": "Make it a plain one and commit that: chmod -x {path}, then git commit {path}.",
}
FIRST_FILE = "manifesto/01-first-principle.md"
_TO_BE_REPLACED = "Write what you hold to here in place of this, one sentence a line."
_FIRST_TEXT = f"# The first principle\n\n{_TO_BE_REPLACED}\n"


class Said(TypedDict, total=False):
    """Who founds a manifesto and by which ready rules; all of it may be left out.

    `announce` hears what is about to be written.
    """

    name: str | None
    handle: str | None
    constituency: str
    rules: str
    announce: Announce | None


def unwritten(text: Text) -> str:
    """Returns a warning where the text still says what a new one begins with, "" else."""
    at = next((f"Clause {each.number}" for _, each in text if each.text == _TO_BE_REPLACED), "")
    return f"{at} still says what every new manifesto begins with." if at else ""


def init(
    directory: Path,
    title: str,
    environment: Mapping[str, str],
    clock: Clock,
    **said: Unpack[Said],
) -> Desk:
    """Founds a manifesto in `directory`: text, rules and the founder on the roll, one commit.

    The folder is made where there is none; a repository without a manifesto is founded in as
    it is. Raises Refused for a folder that holds other things or a manifesto already,
    Unavailable "no-identity" where git does not know who founds it; nothing is left behind.
    """
    _check(title, said)
    made_folder = not directory.exists()
    repo, made_repository = _place(directory, environment)
    try:
        files = {
            **_settings(repo, title, (FIRST_FILE,), said),
            **_encoded(anchor_text(read_text({FIRST_FILE: _FIRST_TEXT}))),
        }
        message = f"Found {quoted(one_line(title))}"
        if announce := said.get("announce"):
            announce(tuple(files), message)
        # Who acts here is noted first: were it noted after, a crash could leave a founder nameless.
        identity.remember(repo, _founder(repo, said).handle)
        commit = commits.commit(repo, files, message, repo.head(), clock())
    except (ManifestoError, OSError):
        if made_repository and repo.head() is None:
            shutil.rmtree(directory if made_folder else directory / ".git", ignore_errors=True)
        raise
    desk = Desk(repo, environment, clock, said.get("announce"))
    undo = f"Delete {directory}." if made_repository else f"`git revert {commit[:7]}` takes it out."
    desk.recorded.append(Recorded(commit, tuple(files), message, (undo,)))
    return desk


def adopt(
    directory: Path,
    title: str,
    environment: Mapping[str, str],
    clock: Clock,
    *,
    globs: Sequence[str] = (),
    **said: Unpack[Said],
) -> Recorded:
    """Makes an existing Markdown repository governable: anchors and settings, one commit.

    `globs` say which files are the text; without any, the one that is likely. History is kept.
    Raises BadInput where no file matches or several could be meant.
    """
    _check(title, said)
    repo = Repository.discover(directory, environment)
    head = repo.head()
    if head is None:
        check_no_record_waits(repo)
        raise Refused(
            "nothing-committed",
            "This repository has no commit yet, so there is no text to adopt.",
            "Commit your Markdown first, or found a new manifesto with `manifesto-tui init`.",
        )
    tracked = list_tree(repo, head, ())
    if MANIFESTO in tracked:
        raise _founded_already()
    paths = chosen_paths([p for p in tracked if p.casefold().endswith(".md")], globs)
    sources = _read_words(repo, head, paths)
    text = anchor_text(read_text({path: sources[path] for path in paths}))
    files = {
        **_settings(repo, title, paths, said),
        **_encoded(text),
    }
    message = f"Adopt the text as {quoted(one_line(title))}"
    if announce := said.get("announce"):
        announce(tuple(files), message)
    identity.remember(repo, _founder(repo, said).handle)
    commit = commits.commit(repo, files, message, head, clock())
    return Recorded(
        commit,
        tuple(files),
        message,
        (f"`git revert {commit[:7]}` takes the anchors and the settings out again.",),
    )


def _settings(repo: Repository, title: str, paths: tuple[str, ...], said: Said) -> dict[str, bytes]:
    founder = _founder(repo, said)
    return {
        MANIFESTO: forms.write(Manifesto(title=one_line(title), text=paths)),
        RULES: forms.write(READY[said.get("rules", _USUAL)]),
        layout.member_path(founder.handle): forms.write(founder),
    }


def _founder(repo: Repository, said: Said) -> Member:
    called = one_line(said.get("name") or identity.author(repo)[0])
    constituency = one_line(said.get("constituency", ""))
    for words, what in ((called, "The name"), (constituency, "The constituency")):
        refuse_hidden(words, what)
    return Member(said.get("handle") or slug_of(called), called, constituency, roles=("steward",))


def _encoded(text: Text) -> dict[str, bytes]:
    return {path: source.encode("utf-8") for path, source in text.sources.items()}


def _check(title: str, said: Said) -> None:
    """Raises where a title, a handle or the name of ready rules cannot be one."""
    rules, handle = said.get("rules", _USUAL), said.get("handle")
    if rules not in READY:
        raise BadInput(
            "rules-unknown", f"“{rules}” are no rules.", f"There are: {', '.join(READY)}."
        )
    if not title.strip():
        raise BadInput("title-missing", "A manifesto needs a title.", "Give one with --title.")
    refuse_hidden(title, "The title")
    if handle is not None:
        check_handle(handle)


def _founded_already() -> Refused:
    return Refused(
        "founded-already",
        "There is a manifesto in this repository already.",
        "Open it with `manifesto-tui`, or read it with `manifesto-tui show`.",
        MANIFESTO,
    )


def _place(directory: Path, environment: Mapping[str, str]) -> tuple[Repository, bool]:
    """Returns the repository to found in, and whether it was made for that."""
    if directory.exists() and not directory.is_dir():
        raise BadInput("not-a-folder", f"{directory} is a file.", "Name a folder.")
    try:
        repo = Repository.discover(_nearest(directory), environment)
    except Unavailable as problem:
        if problem.code != "not-a-repository":
            raise
        sweep(directory)
        if directory.exists() and any(directory.iterdir()):
            raise Refused(
                "folder-not-empty",
                f"{directory} holds other files and is no git repository.",
                "Name a new folder; or run `git init` and commit there, then "
                "`manifesto-tui adopt --title …`.",
            ) from None
        return begin(directory, environment), True
    if repo.work_tree.resolve() != directory.resolve():
        raise Refused(
            "inside-a-repository",
            f"{directory} lies inside the repository at {repo.work_tree}.",
            "Found it outside, or name that repository's own folder.",
        )
    check_no_record_waits(repo)
    head = repo.head()
    if head is not None and any(
        p.startswith(("manifesto/", "proposals/")) for p in list_tree(repo, head, ())
    ):
        raise _founded_already()
    return repo, False


def _nearest(directory: Path) -> Path:
    """Returns the folder, or the nearest one above it that exists."""
    folder = directory.absolute()
    while not folder.is_dir():
        folder = folder.parent
    return folder


def _read_words(repo: Repository, commit: str, paths: tuple[str, ...]) -> dict[str, str]:
    """Returns files of one commit by path; BadInput where one is no plain file in UTF-8."""
    found, entries = {}, list_tree(repo, commit, paths)
    read = read_files(repo, entries)
    for path in paths:
        data, mode = read.get(path), entries[path].mode
        if data is None:
            odd = not_plain(path, mode) if mode != PLAIN else too_large(path).problems[0]
            hint = _ODD.get(mode, "Say which file is the text: `--text GLOB`.")
            raise BadInput(odd.code, odd.sentence, hint.format(path=reveal(path)), str(odd.place))
        try:
            found[path] = data.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong, hint = not_utf8(reveal(path), error), "Save it as UTF-8 and commit it."
            raise BadInput(wrong.code, wrong.sentence, hint, str(wrong.place)) from None
    return found
