"""Starts git, and is the only module that does.

Every call goes through GitPython's command layer with an argument list, an environment made
from scratch, a configuration that cannot start a program, its own process group and a limit on
time. Nothing inherited can redirect it: `GIT_DIR`, `GIT_INDEX_FILE` and their like never
reach the child. What is asked of which repository is for `git.Repository` to say.
"""

import importlib.util
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.prose import reveal
from manifesto_tui.record.listening import end
from manifesto_tui.record.trouble import failed, missing, too_long

TIMEOUT = 120.0
PIPE = subprocess.PIPE
Running = subprocess.Popen[bytes]
"""A git that was started."""

# What a filter is made of, which a file passes on its way into git; empty, nothing is run.
_FILTER = {"clean": "", "smudge": "", "process": "", "required": "false"}

# Set on every call, whatever the user's or the repository's own configuration says.
_HARDENED = (
    "core.alternateRefsCommand=true",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.fsync=all",
    # Its quicker way, "batch", moves objects into place without looking whether that worked.
    "core.fsyncMethod=fsync",
    "core.filesRefLockTimeout=2000",
    "core.packedRefsTimeout=2000",
    "core.quotePath=true",
    "core.commentChar=#",
    "commit.gpgSign=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "i18n.logOutputEncoding=UTF-8",
    "log.diffMerges=separate",
    "log.follow=false",
    # Without it git tells nothing of what the first commit brought.
    "log.showRoot=true",
    "log.showSignature=false",
    "protocol.ext.allow=never",
    "push.gpgSign=false",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
    "transfer.fsckObjects=true",
)


def _configuring(settings: Sequence[str]) -> dict[str, str]:
    """Returns an environment that gives git settings, each `name=value` or `name`.

    As `-c` would; GitPython looks for passwords in every argument, which takes its time.
    """
    said = {"GIT_CONFIG_COUNT": str(len(settings))}
    for at, each in enumerate(settings):
        said[f"GIT_CONFIG_KEY_{at}"], _, said[f"GIT_CONFIG_VALUE_{at}"] = each.rpartition("=")
    return said


_ENVIRONMENT = {
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    # What a clone lacks it would fetch by the programs that its own configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",
    **_configuring(_HARDENED),
}


def without_filters(names: Iterable[str]) -> dict[str, str]:
    """Returns what keeps git from running these filters, on any file.

    Git looks into a file that is as young as its index, and would see it as its filter leaves it.
    Which filter that is, the repository says.
    """
    taken = (f"filter.{name}.{key}={value}" for name in names for key, value in _FILTER.items())
    return _configuring((*_HARDENED, *taken))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every git is started with: which program it is, and its whole environment.

    Made once for many runs, in the bytes that the system takes: that is a good part of a start.
    """

    program: str
    environment: Mapping[bytes, bytes]

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Surroundings":
        """Takes from an environment what may reach git."""
        kept = {k: v for k, v in environment.items() if not k.upper().startswith("GIT_")}
        # Looked for here once, and not in every folder of the path at every start.
        found = shutil.which("git", path=kept.get("PATH")) or "git"
        return cls(
            found if Path(found).is_absolute() else "git", _encoded({**kept, **_ENVIRONMENT})
        )


def _encoded(environment: Mapping[str, str]) -> dict[bytes, bytes]:
    return {os.fsencode(name): os.fsencode(value) for name, value in environment.items()}


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of git said."""

    status: int
    out: bytes
    error: str


def start(
    args: Sequence[str],
    around: Surroundings,
    cwd: Path,
    stdin: Any = None,
    more: Mapping[str, str] | None = None,
    holding: tuple[int, ...] = (),
) -> Running:
    """Starts git in its own process group, with exactly the environment that is wanted."""
    layer = _layer()
    try:
        interrupt = layer.Git(str(cwd)).execute(
            [around.program, "--no-pager", *args],
            istream=subprocess.DEVNULL if stdin is None else stdin,
            as_process=True,
            exact_environment={**around.environment, **_encoded(more or {})},
            start_new_session=True,
            pass_fds=holding,
        )
    except layer.GitCommandNotFound as error:
        raise missing() from error
    except OSError as error:
        raise Unavailable(
            "git-failed", f"Git could not be started: {error.strerror}.", "Try again."
        ) from error
    process: Running = interrupt.proc
    # The wrapper would end the process when it goes out of scope; this module does it itself.
    interrupt.proc = None
    return process


_LOADING = threading.Lock()


def _layer() -> Any:
    """Returns GitPython's command layer, imported when it is first needed."""
    with _LOADING:
        return _loaded()


@cache
def _loaded() -> Any:
    # Of GitPython only this layer is wanted. To import all of it starts git twice, to ask for its
    # version, and takes longer than most commands do. So its module is imported without the
    # package around it, and whoever imports the package still gets the whole of it.
    known = set(sys.modules)
    spec = None if "git" in known else importlib.util.find_spec("git")
    if spec:
        sys.modules["git"] = importlib.util.module_from_spec(spec)
    try:
        import git.cmd as layer
    finally:
        for name in set(sys.modules) - known:
            if spec and name.partition(".")[0] == "git":
                del sys.modules[name]
    layer.safer_popen = _popen
    return layer


def _popen(
    command: Sequence[str], *, env: Mapping[str, str], exact_environment: Any = None, **options: Any
) -> Running:
    # GitPython adds the whole inherited environment to whatever it is given, and offers no way
    # to take from it. Should it ever stop calling this, Popen refuses the unknown argument.
    return _Process(command, env=exact_environment or env, **options)


class _Process(subprocess.Popen[bytes]):
    """A process that is waited for without looking again and again.

    Within a limit of time, Python sleeps between its looks, ever longer: that costs more than
    most of what git is asked for.
    """

    def wait(self, timeout: float | None = None) -> int:
        """Returns the exit status; raises subprocess.TimeoutExpired as its elder does."""
        if timeout is not None and self.returncode is None and hasattr(os, "pidfd_open"):
            with suppress(OSError):
                ending = os.pidfd_open(self.pid)
                try:
                    looking = select.poll()
                    looking.register(ending, select.POLLIN)
                    looking.poll(max(0.0, timeout) * 1000)
                finally:
                    os.close(ending)
        return super().wait(timeout)


def execute(
    args: Sequence[str],
    environment: Mapping[str, str],
    cwd: Path,
    stdin: bytes | None = None,
    timeout: float | None = TIMEOUT,
    more: Mapping[str, str] | None = None,
    holding: tuple[int, ...] = (),
) -> Result:
    """Runs git and returns what it said; Unavailable "git-timeout" where it takes too long."""
    source = None if stdin is None else PIPE
    around = Surroundings.of(environment)
    return answer(start(args, around, cwd, source, more, holding), stdin, timeout)


def answer(process: Running, stdin: bytes | None, timeout: float | None) -> Result:
    """Waits for what a git says that was started, and ends it where that takes too long."""
    try:
        out, said = process.communicate(stdin, timeout)
    except subprocess.TimeoutExpired as error:
        end(process)
        raise too_long(timeout or 0) from error
    except BaseException:
        end(process)
        raise
    return Result(process.returncode, out, words_of(said))


@contextmanager
def source_of(stdin: bytes) -> Iterator[IO[bytes] | None]:
    """Hands over a file that a process can read these bytes from, whenever it comes to that."""
    if not stdin:
        yield None
        return
    with _nameless_file() as source:
        source.write(stdin)
        source.seek(0)
        yield source


def _nameless_file() -> IO[bytes]:
    # In memory where the system can: what is read needs no folder that can be written.
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("source"), "w+b")
    return tempfile.TemporaryFile()


@contextmanager
def flowing(process: Running, command: str) -> Iterator[IO[bytes]]:
    """Hands over what a git that was started says, as it comes.

    Leaving early ends it; leaving at the end raises Unavailable where it did not succeed.
    """
    out, errors = process.stdout, process.stderr
    assert out is not None
    assert errors is not None
    said: list[bytes] = []
    # Standard error is a pipe; unread, a talkative git would fill it and wait for ever.
    drain = threading.Thread(target=lambda: said.append(errors.read()), daemon=True)
    drain.start()
    try:
        yield out
        finished = not out.read(1)
    except BaseException:
        end(process)
        drain.join()
        raise
    if not finished:
        end(process)
    status = process.wait()
    drain.join()
    out.close()
    errors.close()
    if finished and status:
        raise failed(command, status, words_of(b"".join(said)))


def lines_of(said: bytes, errors: str = "replace") -> list[str]:
    """Returns the lines that git wrote.

    Within one, as in the subject of a commit, may stand what Python takes for the end of a line.
    """
    return said.removesuffix(b"\n").decode("utf-8", errors).split("\n") if said else []


def words_of(said: bytes) -> str:
    """Returns what git said, as people may see it."""
    return reveal(said.decode("utf-8", "replace").strip())
