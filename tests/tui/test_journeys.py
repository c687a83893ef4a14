"""The whole path through the keys of the running app, on a real repository."""

import subprocess
from pathlib import Path

from manifesto_tui.workflow import verifying
from manifesto_tui.workflow.desk import Desk
from tui import made_up


def log(directory: Path) -> list[str]:
    """The subjects of all commits, the latest first."""
    done = subprocess.run(
        ["git", "-C", str(directory), "log", "--format=%s"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


async def test_from_nothing_to_a_decision(opened, clock, tmp_path):
    directory = tmp_path / "new"
    directory.mkdir()
    async with opened(directory, (100, 30)) as app:
        assert "Begin a manifesto here" in app.frame
        await app.press("enter")
        await app.write("A Made-Up Manifesto")
        await app.press("tab")
        await app.write("alma")
        await app.press("tab")
        await app.write("Alma Made-Up")
        await app.press("ctrl+j")
        assert "You are its only steward" in app.frame
        assert "1    The first principle" in app.frame

        # Amend the first clause under the heading.
        await app.press("j", "a")
        await app.write(" Nobody is left out.")
        assert "{+" in app.frame and "out.+}" in app.frame
        await app.press("ctrl+j")
        await app.write("Leave nobody out")
        await app.press("tab")
        await app.write("It should be said.")
        assert "writes one amendment under proposals/" in app.frame
        await app.press("ctrl+j")
        assert "Recorded: Propose" in app.status
        assert log(directory)[0].endswith(": Leave nobody out")

        # Put it to the vote for two hours.
        await app.press("2", "o", "ctrl+u")
        await app.write("2h")
        await app.press("ctrl+j")
        assert "needs your vote" in app.frame
        await app.press("v")
        assert "( ) for" in app.frame and "(•)" not in app.frame
        await app.press("enter")
        await app.write("Agreed.")
        assert "You may change it until" in " ".join(app.frame.split())
        await app.press("ctrl+j")
        assert "at the ballot, you: for" in app.frame

        # After it has closed, count it.
        await app.press("exclamation_mark")
        assert "Its ballot is open until" in app.status
        clock.on(hours=3)
        await app.press("R")
        assert "! 1 for you" in app.frame and "2 Amendments !1" in app.frame
        await app.press("exclamation_mark")
        assert "decision.yaml" in app.frame
        await app.press("ctrl+j")
        assert "adopted" in app.frame
        await app.press("1")
        assert "Nobody is left out." in app.frame
        await app.press("V")
        assert "PROVED" in app.frame and "NOT PROVED" not in app.frame
    assert [line.partition(" ")[0] for line in log(directory)] == [
        "Decide",
        "Vote",
        "Open",
        "Propose",
        "Found",
    ]


async def test_an_edit_while_drafting_is_one_commit_with_its_reason(opened, own, home, clock):
    async with opened(own) as app:
        await app.press("e", "ctrl+end")
        await app.write(" More words.")
        await app.press("ctrl+j")
        assert "Record your edit" in app.frame
        await app.write("Say more")
        await app.press("ctrl+j")
        assert "✓ Recorded: Say more" in app.status
    assert log(own)[0] == "Say more"
    text = "".join(p.read_text() for p in (own / "manifesto").glob("*.md"))
    assert "More words." in text
    assert verifying.verify(
        Desk.open(own, app.app.session.environment, clock).repo
    ).verdict.startswith("PROVED")


async def test_what_was_typed_survives_a_crash(opened, own):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await app.write(" Typed before the crash")
        app.app.exit(1)
    async with opened(own) as again:
        assert "A draft waits for you: press f" in again.status
        await again.press("f", "enter")
        assert "Typed before the crash" in again.frame


async def test_esc_leaves_with_the_draft_kept(opened, own):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await app.write(" New words")
        await app.press("escape")
        assert "The draft is kept: press f" in app.status
        await app.press("a")
        assert "{+New words+}" in app.frame


async def test_a_vote_may_be_changed_and_the_change_undone(opened, own):
    async with opened(own) as app:
        await app.press("2", "v", "enter", "ctrl+j")
        assert "you: for" in app.frame
        await app.press("u")
        assert "A first vote can be changed and not unsaid." in app.status
        await app.press("v", "j", "enter")
        assert "It replaces your vote “for”" in " ".join(app.frame.split())
        await app.press("ctrl+j")
        assert "you: against" in app.frame
        await app.press("u")
        assert "Casts your vote before it again: for." in app.frame
        await app.press("ctrl+j")
        assert "you: for" in app.frame
    assert log(own)[:3] == ["Vote on k7f3: for", "Vote on k7f3: against", "Vote on k7f3: for"]


async def test_a_vote_without_a_choice_is_not_sent(opened, own):
    before = log(own)
    async with opened(own) as app:
        await app.press("2", "v", "ctrl+j")
        assert "Nothing is chosen yet." in app.frame
        await app.press("escape")
    assert log(own) == before


async def test_an_amendment_is_withdrawn_by_its_proposer_after_being_asked(opened, own):
    async with opened(own) as app:
        await app.press("2", "j", "w")
        await app.write("Said elsewhere")
        await app.press("ctrl+j")
        assert "w8hn Must, not should" in app.frame
        assert "withdrawn" in app.frame
        await app.press("[")
        assert "withdrawn by alma: Said elsewhere" in " ".join(app.frame.split())
    assert log(own)[0] == "Withdraw w8hn: Must, not should"


async def test_another_members_amendment_cannot_be_withdrawn_and_says_why(opened, own):
    async with opened(own) as app:
        await app.press("2", "j", "j", "w")
        assert app.status.startswith("Only its proposer can withdraw it.")


async def test_what_was_refused_stays_in_the_form(opened, own):
    async with opened(own) as app:
        await app.press("2", "j", "o", "ctrl+u")
        await app.write("soon")
        await app.press("ctrl+j")
        assert "“soon” is not a time." in app.frame
        await app.press("escape")


async def test_someone_not_on_the_roll_reads_and_is_told_why_they_cannot_act(opened, own):
    subprocess.run(["git", "-C", str(own), "config", "manifesto.handle", "nobody-here"], check=True)
    async with opened(own) as app:
        assert "reading only" in app.frame
        assert app.status.startswith("Reading only. To take part, ask a steward to admit you.")
        await app.press("j", "a")
        assert app.status.startswith("nobody-here is not on the roll")


async def test_where_nobody_is_known_the_setting_is_told_only_when_an_action_is_tried(opened, own):
    for key in ("manifesto.handle", "user.email"):
        value = "stranger@made-up.invalid" if key == "user.email" else None
        change = [key, value] if value else ["--unset", key]
        subprocess.run(["git", "-C", str(own), "config", *change], check=True)
    async with opened(own, (120, 30)) as app:
        assert app.status.startswith("Reading only. If you are on the roll, press , to say who")
        await app.press("j", "a")
        assert "It is not known who you are: press , to say so." in app.status
        await app.press("comma", "enter", *"alma", "enter", "escape")
        assert "you: Alma Made-Up" in app.frame


async def test_help_runs_what_it_lists(opened, world):
    async with opened(world) as app:
        await app.press("question_mark", *"history")
        await app.press("enter")
        assert "Decisions 2" in app.frame


async def test_the_palette_goes_to_a_clause(opened, world):
    async with opened(world) as app:
        await app.press("ctrl+p", *"funded", "enter")
        assert "▌ 3" in app.frame


async def test_the_filter_narrows_and_esc_shows_all_again(opened, world):
    async with opened(world) as app:
        await app.press("2", "slash", *"rejected")
        assert "Amendments 1" in app.frame
        await app.press("enter", "escape")
        assert "Amendments 6" in app.frame


async def test_keys_that_were_set_otherwise_work_and_are_shown(opened, world, tmp_path):
    folder = tmp_path / "manifesto-tui"
    folder.mkdir()
    (folder / "settings.toml").write_text('[keys]\n"mode.amendments" = "z"\nfind = "ctrl+f"\n')
    async with opened(world, XDG_CONFIG_HOME=str(tmp_path)) as app:
        assert "ctrl+f find" in app.frame
        await app.press("z")
        assert "Amendments 6" in app.frame


async def test_the_mouse_picks_modes_tabs_and_rows(opened, world):
    async with opened(world) as app:
        await app.pilot.click("#modes", offset=(14, 0))
        await app.settle()
        assert "Amendments 6" in app.frame
        await app.pilot.click("#cards", offset=(10, 1))
        await app.pilot.click("#tabs", offset=(10, 0))
        await app.settle()
        assert "[Reasons]" in app.frame
        assert "A principle that only should be kept is not one." in app.frame


async def test_without_colour_nothing_is_lost(opened, world):
    async with opened(world, MANIFESTO_THEME="paper-contrast") as app:
        await app.press("2")
        assert "[-Suppliers document their interfaces-]" in app.frame


async def test_no_repository_says_so_and_leaves(opened, tmp_path):
    async with opened(tmp_path) as app:
        assert "There is no manifesto in this folder yet" in " ".join(app.frame.split())
        await app.press("escape")
    assert app.app.return_code == 0


async def test_a_source_is_completed_by_tab(opened, own):
    (own / "manifesto/sources.yaml").write_text(
        "format: 1\nmade-up-2016:\n  title: A made-up report\n"
    )
    git = ["git", "-C", str(own), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "add", "manifesto/sources.yaml"], check=True)
    subprocess.run([*git, "commit", "-qm", "Add a source"], check=True)
    async with opened(own) as app:
        await app.press("j", "j", "a", "space", "left_square_bracket", "at", *"made")
        assert "A made-up report" in app.frame
        await app.press("tab")
        assert "[@made-up-2016]" in app.frame


async def test_rivals_are_ranked_against_the_text_as_it_is(opened, own, home, clock):
    desk = Desk.open(own, made_up.environment(home), clock)
    with made_up.fixed_ids("b2cd"):
        made_up.propose_open(desk)
    async with opened(own) as app:
        await app.press("2", "slash", *"should be open", "enter", "o")
        assert "⚡ w8hn is a rival. Both change the same words" in app.frame
        with made_up.fixed_ids("x9yz"):
            await app.press("ctrl+j")
        assert log(own)[0] == "Open the ballot x9yz between b2cd and w8hn"
        await app.press("escape", "slash", *"should be open or", "enter")
        assert "! 2 for you" in app.frame and "2 Amendments !2" in app.frame
        await app.press("escape", "slash", *"state:at", "enter")
        # One vote on both rivals, asked for once.
        assert app.frame.count("needs your vote") == 2
        assert app.frame.count("ranked with x9yz") == 2
        await app.press("escape", "slash", *"should be open or", "enter")
        await app.press("v")
        assert "the text as it is" in app.frame
        await app.press("enter", "enter", "ctrl+j")
        assert "Rank all of them." in app.frame
        await app.press("enter", "backspace", "j", "enter")
        assert "1. w8hn" in app.frame and "2. " not in app.frame
        await app.press("enter", "enter")
        assert "2. status-quo" in app.frame and "3. b2cd" in app.frame
        await app.press("backspace", "enter", "enter", "enter")
        assert "You may change it until" in " ".join(app.frame.split())
        await app.press("ctrl+j")
        assert "you: ranked" in app.frame
    assert log(own)[0].startswith("Vote on x9yz: b2cd")


async def test_what_waits_for_somebody_is_said_first_and_counted_alike(opened, own, clock):
    clock.on(days=5)
    async with opened(own) as app:
        assert app.status.startswith("! 1 amendment waits for you: press 2.")
        assert "2 Amendments !1" in app.frame
        await app.press("2")
        assert "! 1 for you" in app.frame and "to be counted" in app.frame


async def test_a_draft_stands_first_in_the_list(opened, own):
    async with opened(own) as app:
        await app.press("j", "j", "a")
        await app.write(" New words")
        await app.press("escape", "2", "g")
        assert "▌ ✎  draft clause 1.2" in app.frame
        await app.press("enter")
        assert "{+New words+}" in app.frame
