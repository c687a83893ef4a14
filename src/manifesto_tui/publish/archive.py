"""Packs files into a zip whose bytes depend on nothing but them.

DOCX, ODT and EPUB are zips. Ordinary ones carry the time and the machine they were made on;
these carry neither, so that the same text gives the same file anywhere.
"""

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(files: Iterable[tuple[str, bytes]], stored: tuple[str, ...] = ()) -> bytes:
    """Returns a zip of the files in this order; those named in `stored` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Else it would tell Windows from the rest.
            entry.external_attr = 0o644 << 16
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, method)
    return out.getvalue()
