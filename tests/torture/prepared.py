"""Prepares repositories as somebody hostile would, each in one way."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from torture.scenes import git

Prepare = Callable[[Path, Path, str], None]
HOSTILE = "[/] [@click=app.quit]x[/] \\e[31m \\e]52;c;Zm9v\\a \\u202eevil\\u200b \\U000E0041"
_KEYS = """core.pager core.editor core.askPass core.alternateRefsCommand core.gitProxy
core.fsmonitor diff.external diff.evil.command diff.evil.textconv filter.evil.clean
filter.evil.smudge filter.evil.process merge.evil.driver gpg.program gpg.ssh.program pager.log
sequence.editor interactive.diffFilter uploadpack.packObjectsHook credential.helper core.sshCommand
remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs man.viewer browser.cmd
gpg.ssh.defaultKeyCommand trailer.x.command mergetool.x.cmd difftool.x.cmd alias.show alias.log"""
_HOOKS = """applypatch-msg pre-commit prepare-commit-msg commit-msg post-commit pre-rebase
post-checkout post-merge pre-push pre-receive update proc-receive post-receive post-update
reference-transaction push-to-checkout pre-auto-gc post-rewrite post-index-change
fsmonitor-watchman"""


def _programs(folder: Path, trap: Path, _: str) -> None:
    for key in _KEYS.split():
        git(folder, "config", key, trap)
    git(folder, "config", "log.showSignature", "true")


def _included(folder: Path, trap: Path, _: str) -> None:
    more = folder / ".git" / "more"
    more.write_text(
        f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\thooksPath = {trap.parent}\n"
    )
    git(folder, "config", "include.path", more)
    git(folder, "config", "includeIf.gitdir:/.path", more)


def _attributes(folder: Path, trap: Path, known: str) -> None:
    _programs(folder, trap, known)
    words = "* diff=evil filter=evil merge=union ident export-subst\n*.yaml -diff binary\n"
    _commit(folder, {".gitattributes": words})
    (folder / ".git" / "info").mkdir(exist_ok=True)
    (folder / ".git" / "info" / "attributes").write_text(words)


def _hooks(folder: Path, trap: Path, _: str) -> None:
    (folder / ".git" / "hooks").mkdir(exist_ok=True)
    for hook in _HOOKS.split():
        place = folder / ".git" / "hooks" / hook
        place.unlink(missing_ok=True)
        place.symlink_to(trap)


def _remote(url: str, *settings: tuple[str, str]) -> Prepare:
    def prepare(folder: Path, trap: Path, _: str) -> None:
        git(folder, "config", "remote.origin.url", url.replace("TRAP", str(trap)))
        git(folder, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        for key, value in settings:
            git(folder, "config", key.replace("TRAP", str(trap)), value.replace("TRAP", str(trap)))

    return prepare


def _embedded(folder: Path, trap: Path, _: str) -> None:
    git(folder, "init", "--quiet", "--bare", "docs")
    git(folder / "docs", "config", "core.fsmonitor", trap)
    (folder / "inner").mkdir()
    (folder / "inner" / ".git").write_text("gitdir: ../docs\n")


def _elsewhere(folder: Path, trap: Path, _: str) -> None:
    git(folder, "config", "core.worktree", trap.parent)


def _mailmap(folder: Path, trap: Path, _: str) -> None:
    _commit(folder, {".mailmap": "Somebody Else <e@x> <made-up@example.org>\n"})


def _replaced(folder: Path, trap: Path, _: str) -> None:
    other = git(folder, "commit-tree", "HEAD^{tree}", "-m", "Other").strip()
    git(folder, "replace", git(folder, "rev-parse", "HEAD").strip(), other)


def _grafted(folder: Path, trap: Path, _: str) -> None:
    (folder / ".git" / "info").mkdir(exist_ok=True)
    head = git(folder, "rev-parse", "HEAD")
    (folder / ".git" / "info" / "grafts").write_text(head)
    (folder / ".git" / "shallow").write_text(head)


def _alternates(folder: Path, trap: Path, _: str) -> None:
    place = folder / ".git" / "objects" / "info"
    place.mkdir(exist_ok=True)
    (place / "alternates").write_text("/nowhere/at/all\n../../../../../..\n")


def _odd_names(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*")).relative_to(folder)
    names = ["a\nb", "\x1b[31m", "\u202egnp", "-rf", "a" * 300, "ANNA", "anna\u0301", "\udcff", " "]
    _import(folder, [("100644", f"{place}/votes/{name}.yaml", "x: y\n") for name in names])


def _odd_refs(folder: Path, trap: Path, _: str) -> None:
    head = git(folder, "rev-parse", "HEAD")
    for name in ("-x", "--all", "HEAD", "--output=x", "\x1b[31m", "main.lock"):
        (folder / ".git" / "refs" / "heads" / name).write_text(head)
        (folder / ".git" / "refs" / "tags" / name).write_text(head)


def _odd_commit(folder: Path, trap: Path, _: str) -> None:
    tree = git(folder, "rev-parse", "HEAD^{tree}").strip()
    head = git(folder, "rev-parse", "HEAD").strip()
    who = b"\xff\x1b[31m <\xfe> 99999999999999999 +9999\n"
    odd = f"tree {tree}\nparent {head}\n".encode() + b"author " + who + b"committer " + who
    odd += b"\nodd \x1b]52;c;x\x07 \0 \xff\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    made = subprocess.run(command, input=odd, cwd=folder, capture_output=True, check=True).stdout
    git(folder, "update-ref", "refs/heads/main", made.decode().strip())


def _large(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*"))
    for path in (place / "votes" / "big.yaml", folder / "manifesto" / "big.md"):
        with path.open("wb") as file:
            file.truncate(100 << 20)
        git(folder, "add", path)
    git(folder, "commit", "--quiet", "-m", "Large")


def _crowded(folder: Path, trap: Path, known: str) -> None:
    """A million entries in one tree, all of them the same file."""
    blob = git(folder, "rev-parse", "HEAD:manifesto/rules.yaml").strip()
    lines = "".join(f"100644 blob {blob}\tx{n:07}.yaml\n" for n in range(1_000_000))
    command = ["git", "mktree"]
    made = subprocess.run(
        command, input=lines.encode(), cwd=folder, capture_output=True, check=True
    )
    tree = made.stdout.decode().strip()
    held = git(folder, "ls-tree", "HEAD") + f"040000 tree {tree}\tcrowd\n"
    held = "".join(sorted(held.splitlines(keepends=True), key=lambda line: line.split("\t")[1]))
    root = subprocess.run(command, input=held.encode(), cwd=folder, capture_output=True, check=True)
    head = git(folder, "commit-tree", root.stdout.decode().strip(), "-p", "HEAD", "-m", "Crowd")
    git(folder, "update-ref", "refs/heads/main", head.strip())


def _links(folder: Path, trap: Path, _: str) -> None:
    _import(
        folder,
        [("120000", "manifesto/sources.yaml", "/etc/passwd"), ("120000", "proposals/x", "/")],
    )
    text = folder / "manifesto.md"
    text.unlink()
    text.symlink_to("/etc/passwd")


def _linked_folder(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*")).relative_to(folder)
    _import(folder, [("120000", f"{place}/seconds", "/tmp"), ("120000", f"{place}/comments", "..")])


def _pipe(folder: Path, trap: Path, _: str) -> None:
    """A pipe where the text should be: whoever opens it to read waits for ever."""
    (folder / "manifesto.md").unlink()
    os.mkfifo(folder / "manifesto.md")
    (folder / "manifesto" / "rules.yaml").unlink()
    os.mkfifo(folder / "manifesto" / "rules.yaml")


def _submodule(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*")).relative_to(folder)
    modules = f'[submodule "x"]\n\tpath = x\n\turl = ext::{trap}\n\tupdate = !{trap}\n'
    _commit(folder, {".gitmodules": modules})
    _import(folder, [("160000", "x", "1" * 40), ("160000", f"{place}/seconds", "1" * 40)])
    git(folder, "config", "submodule.recurse", "true")


def _text(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*")).relative_to(folder)
    said = f'"{HOSTILE}"'
    held = (folder / place / "votes" / "ben.yaml").read_text()
    files = {
        f"{place}/votes/cleo.yaml": held.replace("voter: ben", "voter: cleo") + f"reason: {said}\n",
        f"{place}/comments/20261103t090000z-ben.yaml": f"format: 1\nmember: ben\n"
        f"at: 2026-11-03T09:00:00Z\ntext: {said}\n",
        "manifesto/roll/dag.yaml": f"format: 1\nhandle: dag\nname: {said}\n",
    }
    _commit(folder, files, HOSTILE.replace("\\e", "\x1b"))


def _bombs(folder: Path, trap: Path, known: str) -> None:
    place = next(folder.glob(f"proposals/*/{known}*")).relative_to(folder)
    bomb = "a: &a [x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*a, *a]\n" for n in range(9))
    files = {
        f"{place}/votes/cleo.yaml": bomb,
        f"{place}/votes/dag.yaml": "[" * 60_000,
        f"{place}/votes/eve.yaml": "a: " + "x" * 70_000,
        f"{place}/withdrawal.yaml": "%YAML 1.1\n---\n<<: *a\n",
        "manifesto/roll/dag.yaml": "!!python/object/apply:os.system [id]\n",
        "manifesto/sources.yaml": "\ufeffa: 1e9999999\n",
    }
    _commit(folder, files)


def _leftovers(folder: Path, trap: Path, _: str) -> None:
    """What this program keeps in git's folder, by somebody else's hand."""
    own = folder / ".git" / "manifesto-tui"
    for name in ("pending", "drafts", "claims"):
        (own / name).mkdir(parents=True, exist_ok=True)
    before = '{"../../../escaped": null, "/etc/x": 1}'
    noted = f'{{"branch": "refs/heads/main", "sign": "", "before": {before}}}'
    (own / "pending" / "x.json").write_text(noted)
    (own / "pending" / "y.json").write_bytes(b"\xff\0")
    (own / "drafts" / "x.json").write_text('{"handle": 1}')
    (own / "drafts" / "pipe.json").symlink_to("/dev/zero")
    (own / "seen.json").write_text("[" * 9000)
    for file in own.glob("cache*"):
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)


def _damaged(folder: Path, trap: Path, _: str) -> None:
    (folder / ".git" / "index").write_bytes(b"DIRC nonsense")
    (folder / ".git" / "FETCH_HEAD").write_bytes(b"\0\xff")
    (folder / ".git" / "logs" / "HEAD").write_bytes(b"\0\xff")


PREPARED: Mapping[str, Prepare] = {
    "programs in the configuration": _programs,
    "programs in an included configuration": _included,
    "attributes that hide, filter and unite": _attributes,
    "hooks of every name": _hooks,
    "a remote that is a command": _remote("ext::TRAP %S"),
    "a remote that insteadOf makes a command": _remote(
        "https://example.invalid/x", ("url.ext::TRAP .insteadOf", "https://")
    ),
    "a remote with programs of its own": _remote(
        "../hub.git", ("remote.origin.uploadpack", "TRAP"), ("remote.origin.receivepack", "TRAP")
    ),
    "a remote over a prepared ssh": _remote(
        "ssh://nobody@localhost:1/x", ("core.sshCommand", "TRAP"), ("ssh.variant", "simple")
    ),
    "a remote that asks for passwords": _remote(
        "http://localhost:1/x", ("credential.helper", "!TRAP"), ("core.askPass", "TRAP")
    ),
    "a remote that is an option": _remote("--upload-pack=TRAP"),
    "repositories within": _embedded,
    "files elsewhere": _elsewhere,
    "a mailmap": _mailmap,
    "replaced objects": _replaced,
    "grafts": _grafted,
    "alternates": _alternates,
    "odd names of files": _odd_names,
    "odd names of branches": _odd_refs,
    "an odd commit": _odd_commit,
    "files of 100 MB": _large,
    "a tree of a million": _crowded,
    "links": _links,
    "links for folders": _linked_folder,
    "pipes": _pipe,
    "submodules": _submodule,
    "hostile words": _text,
    "bombs of YAML": _bombs,
    "leftovers": _leftovers,
    "damage": _damaged,
}


def _commit(folder: Path, files: Mapping[str, str], message: str = "Prepare") -> None:
    for path, words in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(words)
        git(folder, "add", "--force", path)
    git(folder, "commit", "--quiet", "--no-verify", "-m", message)


def _import(folder: Path, entries: list[tuple[str, str, str]]) -> None:
    """Commits tree entries that no git would add: mode, path, and bytes or an id."""
    parts = ["commit refs/heads/main\ncommitter x <x> 0 +0000\ndata 0\n"]
    parts.append(f"from {git(folder, 'rev-parse', 'HEAD').strip()}\n")
    for mode, path, data in entries:
        quoted = '"' + "".join(f"\\{byte:03o}" for byte in os.fsencode(path)) + '"'
        if mode == "160000":
            parts.append(f"M 160000 {data} {quoted}\n")
        else:
            parts.append(f"M {mode} inline {quoted}\ndata {len(data)}\n{data}\n")
    command = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(command, input="".join(parts).encode(), cwd=folder, check=True)
