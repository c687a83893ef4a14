"""What founding leaves, and what it finds half done."""


def test_founding_goes_on_where_a_killed_one_left_half_a_repository(speak, tmp_path):
    new = tmp_path / "new"
    (new / ".manifesto-tui-abc" / ".git").mkdir(parents=True)
    speak.done("init", str(new), "--title", "Made up")
    assert sorted(path.name for path in new.iterdir()) == [".git", "manifesto"]
