"""Getting what others share, by one command, without git."""

from cli.speaking import Speaker, adopt


def test_a_member_gets_it_and_is_known(speak, tmp_path, monkeypatch):
    adopt(speak, "anna", "sam")
    speak.done("share", "../shared")
    speak.done("sync")
    at = Speaker(tmp_path, monkeypatch)
    where = ("join", str(tmp_path / "shared"), "mine")
    refused = at(*where, "--handle", "nobody")
    assert (refused.code, (tmp_path / "mine").exists()) == (2, False)
    said = at.done(*where, "--handle", "sam", "--json").json
    assert said["handle"] == "sam"
    mine = Speaker(tmp_path / "mine", monkeypatch)
    assert mine.done("status", "--json").json["handle"] == "sam"
    assert mine.done("share").out.startswith(f"The shared place is {tmp_path}/shared.")
    assert at(*where).code == 1
    (tmp_path / "file").touch()
    unwritable = at(*where[:2], "file/within")
    assert (unwritable.code, unwritable.out) == (3, "")
    assert "cannot be written: Not a directory. Choose another folder." in " ".join(
        unwritable.err.split()
    )
    mine.done("verify")
