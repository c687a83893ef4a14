"""Files of the work tree are read and written through no link, and others' as git would."""

import inspect
import sys
from io import BytesIO

import pytest

from manifesto_tui.governance.problem import Unavailable
from manifesto_tui.record import disk


def link_to(root, target):
    disk.write_anything(root, "here/link", "120000", BytesIO(target), root / "scratch")


@pytest.mark.parametrize("target", [b"", b"a\0b", b"x" * 4096])
def test_a_link_that_no_system_can_make_is_left_out(tmp_path, target):
    link_to(tmp_path, b"elsewhere")
    assert (tmp_path / "here" / "link").readlink().name == "elsewhere"
    link_to(tmp_path, target)
    assert not (tmp_path / "here" / "link").is_symlink()
    assert not (tmp_path / "scratch").is_symlink()


def test_a_name_that_the_disk_refuses_is_not_taken_for_another_kind_of_file(tmp_path, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "held").write_bytes(b"held\n")
    monkeypatch.setattr(disk.os, "open", refuse)
    with pytest.raises(Unavailable) as raised:
        disk.read_file(tmp_path, "held")
    assert raised.value.code == "disk"
    assert not disk.stands(tmp_path, "held")


def test_folders_are_listed_in_order_however_deep_they_lie(tmp_path):
    deep = tmp_path / "top"
    for _ in range(150):
        deep.mkdir()
        deep /= "d"
    for name in ("top/a", "top/e", "top/d/b"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "top/d/link").symlink_to("b")
    (deep.parent / "last").write_bytes(b"")
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 100)
    try:
        found = list(disk.list_files(tmp_path, "top"))
    finally:
        sys.setrecursionlimit(usual)
    last = "top" + "/d" * 149 + "/last"
    assert [path for path, _ in found] == ["top/a", "top/d/b", last, "top/d/link", "top/e"]
    assert [path for path, plain in found if not plain] == ["top/d/link"]
