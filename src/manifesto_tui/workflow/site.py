"""Builds the static web site from the record; a second time only the pages that changed.

Each page has a key over all that it tells. The keys stand in `.site.json` beside the pages: a page
whose key is the same and whose file is still there is left alone, and only files named there are
ever replaced or taken away. The lives of the clauses have a key over the history of the text
besides, so that a vote costs no reading of that.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from manifesto_tui.governance.problem import ManifestoError, Refused
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.publishing import (
    Progress,
    check_place,
    counted,
    not_written,
    unheard,
    write_file,
)
from manifesto_tui.workflow.site_pages import SitePages

_KEYS = ".site.json"
_LIVES = ".lives"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    written: int
    kept: int
    removed: int


def build_site(
    desk: Desk,
    directory: Path,
    *,
    markdown: bool = False,
    verdict: str = "",
    force: bool = False,
    progress: Progress = unheard,
) -> Built:
    """Writes the site into a folder, or its pages as Markdown for a site that MkDocs makes.

    A build that stopped half-way is gone on with by the next one.

    Raises Refused "file-exists" where a file stands in the way that no build before this one
    wrote, unless `force` says to replace it, "in-the-record" for a place among its files, and
    Unavailable "not-written" where the system refuses.
    """
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise Refused("not-a-folder", f"{directory} is no plain folder.", "Name another.")
    check_place(directory)
    top = desk.repo.work_tree.resolve()
    if any(directory.resolve().is_relative_to(top / name) for name in ("manifesto", "proposals")):
        sentence = f"{directory} lies in a folder of the record."
        raise Refused("in-the-record", sentence, "Name another place.")
    _make_folder(directory)
    known = _known(directory)
    site = SitePages(desk, markdown, verdict, progress)
    lives = site.clauses.key
    planned = list(site.all(known if known.get(_LIVES) == lives else None))
    kept: dict[str, str] = {}
    written = 0
    try:
        for page in counted(planned, "Writing pages", progress):
            target = directory / page.path
            before = known.get(page.path)
            if before != page.key or not target.is_file() or target.is_symlink():
                content = page.make()
                _make_folder(target.parent)
                write_file(target, content, replace=force or before is not None)
                written += 1
            kept[page.path] = page.key
    except BaseException:
        with suppress(ManifestoError):
            _remember(directory, {**known, **kept})
        raise
    kept[_LIVES] = lives
    gone = [path for path in known if path not in kept]
    for path in gone:
        (directory / path).unlink(missing_ok=True)
    _remember(directory, kept)
    return Built(written, len(planned) - written, len(gone))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise not_written(folder, problem) from None
    if folder.is_symlink():
        raise Refused("not-a-folder", f"{folder} is a link.", "Name another folder.")


def _remember(directory: Path, kept: dict[str, str]) -> None:
    said = json.dumps(kept, indent=0, sort_keys=True).encode()
    write_file(directory / _KEYS, said, replace=True)


def _known(directory: Path) -> dict[str, str]:
    """Reads what the last build wrote; a file that says anything else is no such file."""
    try:
        found = json.loads((directory / _KEYS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    # Former versions wrote a list for each page, which began with the key.
    keys = {path: next(iter(e), "") if isinstance(e, list) else e for path, e in found.items()}
    return {
        path: key
        for path, key in keys.items()
        if isinstance(key, str)
        and not Path(path).is_absolute()
        and ".." not in Path(path).parts
        and (Path(path).suffix in (".html", ".md", ".css", ".xml") or path == _LIVES)
    }
