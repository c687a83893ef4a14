"""Reads the files of a replay, each once at a commit, and checks the signatures beside them."""

from collections.abc import Container

from manifesto_tui.governance.assembly import Assembly
from manifesto_tui.governance.paths import MANIFESTO
from manifesto_tui.governance.replay.state import PLAIN, Blob, State
from manifesto_tui.governance.replay.values import Assemble
from manifesto_tui.governance.signature import CheckSignature, cannot_check
from manifesto_tui.prose import Text


class Reader:
    """Reads files through `assemble`, each once at a commit, and checks signatures by `check`.

    `judged` holds the commits of this history that were judged before.
    """

    def __init__(self, assemble: Assemble, check: CheckSignature = cannot_check) -> None:
        self._assemble = assemble
        self.check = check
        self.judged: Container[str] = ()
        self._read: dict[tuple[str, str], Assembly] = {}

    def file(self, path: str, blob: Blob, data: bytes) -> Assembly:
        """Returns what one file says by itself."""
        key = path, blob.name
        if key not in self._read:
            self._read[key] = self._assemble({path: data})
        return self._read[key]

    def forget(self) -> None:
        """Lets go of what was read: it is part of a state by now, or says nothing."""
        self._read.clear()

    def fault(self, path: str, blob: Blob, data: bytes) -> str:
        """Returns why a file cannot be read, "" where it can."""
        found = self.file(path, blob, data).problems
        return next((p.sentence for p in found if p.place.path == path and is_error(p)), "")

    def says(self, path: str, blob: Blob | None, data: bytes | None) -> Assembly | None:
        """Returns what a file says, None where it is no plain file or cannot be read."""
        if blob is None or blob.mode != PLAIN or data is None or self.fault(path, blob, data):
            return None
        return self.file(path, blob, data)

    def text(self, state: State) -> tuple[Text, tuple[str, ...]]:
        """Returns the text, and the paths of those of its files that are missing or unreadable."""
        paths = state.settings.text if state.settings else ()
        wanted = {path: state.files.get(path) for path in paths}
        given = {
            path: blob.data
            for path, blob in wanted.items()
            if blob and blob.data is not None and blob.mode == PLAIN
        }
        found = self._assemble({**given, MANIFESTO: state.settings_file})
        read = {path for path, _ in found.text.documents}
        return found.text, tuple(path for path in paths if path not in read)


def is_error(problem: object) -> bool:
    """Says whether a problem is an error, rather than advice."""
    return getattr(problem, "severity", "error") == "error"
