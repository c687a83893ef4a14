"""Keeps what people are typing, outside the record, so that nothing typed is ever lost.

A draft lives in the git directory that all work trees of a clone share; what is typed where
there is no repository yet, among what is kept of that person. It is written whole, through a
temporary file, fsync and rename, at every save; it goes only when it is discarded. There is one
draft for each person, purpose and target, so that coming back resumes it; and others beside it
where the same was typed at in two windows.

Every function takes the folder `within` which drafts are: a repository's `common_dir`, or that
person's own.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Literal

from manifesto_tui.governance.paths import RULES
from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record.ownfolder import own_folder
from manifesto_tui.record.whole import sync_folder, write_whole

Purpose = Literal[
    "amendment",
    "edit",
    "revision",
    "wording",
    "rules",
    "comment",
    "vote",
    "withdraw",
    "hide",
    "form",
]

_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """What someone has typed so far.

    `target` is what it is about: an anchor, a file's path, or a proposal's id and a file's path,
    a clause's anchor or a comment's name; of a form, what it asks for.
    `base` is the commit that was on the screen, `agreed` the text that was to be changed, `text`
    what was typed, to the character, of a form as JSON, by field. `saved` is ISO 8601 with a zone;
    `beside` tells one apart from what another window has.
    """

    handle: str
    purpose: Purpose
    target: str
    base: str
    agreed: str
    text: str
    title: str = ""
    reason: str = ""
    saved: str = ""
    beside: str = ""

    @property
    def on_rules(self) -> bool:
        """Whether it words the rules, and not the text."""
        return self.target.rpartition(" ")[2] == RULES

    @property
    def id(self) -> str:
        """Names the draft, the same for the same person, purpose and target."""
        named = (self.handle, self.purpose, self.target, *filter(None, (self.beside,)))
        exact = "\0".join(named).encode("utf-8", "surrogatepass")
        readable = re.sub(r"[^a-z0-9]+", "-", f"{self.purpose} {self.target}".lower()).strip("-")
        return f"{readable[:60]}-{sha256(exact).hexdigest()[:8]}"


def save(within: Path, draft: Draft) -> None:
    """Writes the draft so that a crash at any moment leaves the old one or the new one whole.

    Raises Unavailable with code `draft-unsaved` where the disk refuses, or where it is so large
    that it would not be listed again; what was saved before stays.
    """
    folder = own_folder(within, "drafts")
    said = json.dumps(asdict(draft), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    if len(said) > _LARGEST:
        raise Unavailable(
            "draft-unsaved",
            f"The draft is larger than {_LARGEST >> 20} MiB, and is kept as it was before.",
            "Take something out, or copy your words elsewhere before you leave.",
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / f"{draft.id}.json", said)
    except OSError as error:
        raise Unavailable(
            "draft-unsaved",
            f"The draft could not be saved: {error.strerror}.",
            "Copy your words elsewhere before you leave.",
        ) from error


def listed(within: Path, handle: str | None = None) -> tuple[Draft, ...]:
    """Returns the drafts in this clone, the latest first; only `handle`'s where it is given."""
    found = (draft for draft in _read_all(within) if handle is None or draft.handle == handle)
    return tuple(sorted(found, key=lambda draft: (draft.saved, draft.id), reverse=True))


def load(within: Path, id: str) -> Draft | None:
    """Returns the draft that `id` names, or None where there is none."""
    return next(_read_all(within, f"{id}.json"), None)


def discard(within: Path, id: str) -> None:
    """Takes a draft away; nothing happens where there is none."""
    for path in own_folder(within, "drafts").glob("*.json"):
        if path.stem == id:
            path.unlink(missing_ok=True)
            sync_folder(path.parent)


def _read_all(within: Path, names: str = "*.json") -> Iterator[Draft]:
    wanted = {field.name for field in fields(Draft)}
    for path in sorted(own_folder(within, "drafts").glob(names)):
        try:
            if path.is_symlink() or path.stat().st_size > _LARGEST:
                continue
            said = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
            draft = Draft(**{key: said[key] for key in wanted if key in said})
        except (OSError, ValueError, TypeError):
            # A file that is no draft is nobody's words; it is left where it lies.
            continue
        if all(isinstance(getattr(draft, key), str) for key in wanted) and draft.id == path.stem:
            yield draft
