"""What founding leaves, and what it finds half done."""


def test_founding_goes_on_where_a_killed_one_left_half_a_repository(speak, tmp_path):
    new = tmp_path / "new"
    (new / ".manifesto-tui-abc" / ".git").mkdir(parents=True)
    speak.done("init", str(new), "--title", "Made up")
    assert sorted(path.name for path in new.iterdir()) == [".git", "manifesto"]


def test_a_clone_in_which_nothing_is_checked_out_is_told_what_to_check_out(speak, tmp_path):
    speak.done("init", str(tmp_path / "first"), "--title", "Made up")
    speak.git("init", "-q", "--bare", "--initial-branch=master", str(tmp_path / "hub"))
    for name in ("main", "main:manifesto/kim-1", "main:trunk"):
        speak.git("-C", str(tmp_path / "first"), "push", "-q", str(tmp_path / "hub"), name)
        speak.git("clone", "-q", str(tmp_path / "hub"), str(tmp_path / name.replace(":", "-")))
        for words in (["show"], ["init", ".", "--title", "T"], ["adopt", "--title", "T"]):
            said = speak("-C", str(tmp_path / name.replace(":", "-")), *words)
            assert (said.code, said.out) == (1, "")
            assert "Check it out: `git switch main`." in said.err
            assert ("main, trunk." in said.err) is name.endswith("trunk")
    speak.git("-C", str(tmp_path / "main"), "switch", "-q", "main")
    speak.done("-C", str(tmp_path / "main"), "show")


def test_who_puts_in_force_what_every_new_manifesto_says_is_told_so(speak, tmp_path):
    for name, words in (("as-it-was", None), ("written", "We publish what we make.")):
        here = tmp_path / name
        speak.done("init", str(here), "--title", "Made up")
        text = next((here / "manifesto").glob("*.md"))
        if words:
            first = "Write what you hold to here in place of this, one sentence a line."
            text.write_text(text.read_text().replace(first, words))
            speak.done("-C", str(here), "edit", "-m", "Written.")
        said = speak.done("-C", str(here), "ratify").out
        assert ("Clause 1.1 still says what every new" in said) is (words is None)
