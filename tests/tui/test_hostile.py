"""Text from a hostile repository changes nothing on any screen.

Every field that others write carries markup that would crash, vanish or run, and characters
that would drive the terminal; each screen must show the first as it stands and none of the
second.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from manifesto_tui.tui.app import ManifestoApp
from tui import made_up
from tui.test_frames import SCREENS

MARKUP = "[/] [@click=app.quit]x[/] [sic] [b]"
CONTROL = "\x1b[31m \x1b]52;c;Zm9v\x07 \x9b31m \u202eevil\u200b"
HOSTILE = MARKUP + CONTROL
DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")


EDITIONS = {
    "editions/1-0-0.yaml": (
        f'number: "1.0.0"\ntext: sha256:{"0" * 64}\nmade: 2026-11-19T10:00:00Z\nsteward: alma\n'
    ),
    "signatories/kim.yaml": "edition: 1.0.0\nsigned: 2026-11-19T10:00:00Z\n"
    + f"constituency: {json.dumps(MARKUP)}\n"
    + "".join(f"{key}: {json.dumps(HOSTILE)}\n" for key in ("name", "role", "organisation")),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """The made-up assembly with a hostile proposal, comment, vote, member and clause."""
    directory = tmp_path_factory.mktemp("hostile") / "manifesto"
    made_up.build(directory, home)
    text = next((directory / "manifesto").glob("*.md"))
    text.write_text(text.read_text().replace("Poor systems", f"{MARKUP} Poor systems"))
    roll = directory / "manifesto/roll/bodo.yaml"
    roll.write_text(roll.read_text().replace("Bodo Made-Up", json.dumps(HOSTILE)))
    settings = directory / "manifesto/manifesto.yaml"
    settings.write_text(settings.read_text().replace("The Made-Up Manifesto", json.dumps(MARKUP)))
    for path in directory.glob("proposals/*/*/amendment.yaml"):
        words = path.read_text()
        words = re.sub(r"(?m)^title: .*$", lambda _: f"title: {json.dumps(HOSTILE)}", words)
        words = re.sub(
            r"(?ms)^rationale: .*\Z", lambda _: f"rationale: {json.dumps(HOSTILE)}\n", words
        )
        path.write_text(words)
    for path in [
        *directory.glob("proposals/*/*/votes/*.yaml"),
        *directory.glob("proposals/*/*/comments/*.yaml"),
        *directory.glob("proposals/*/*/withdrawal.yaml"),
    ]:
        words = re.sub(
            r"(?ms)^(reason|text): .*?(?=^\w|\Z)",
            lambda found: f"{found[1]}: {json.dumps(HOSTILE)}\n",
            path.read_text(),
        )
        path.write_text(words)
    for name, words in EDITIONS.items():
        path = directory / "manifesto" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("format: 1\n" + words)
    subprocess.run(["git", "-C", str(directory), "add", "manifesto"], check=True)
    git = ["git", "-C", str(directory), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([*git, "commit", "-qam", HOSTILE.replace("\x00", "")], check=True)
    return directory


@pytest.mark.parametrize("part", range(3))
async def test_hostile_text_changes_nothing(part, opened, hostile):
    async with opened(hostile, (120, 40)) as app:
        for keys in list(SCREENS.values())[part::3]:
            await app.press(*keys)
            assert app.app.is_running
            assert app.app.return_value is None
            assert DRIVING.search(app.frame.replace("\n", "")) is None
            assert_markup_is_words(app.app)
            await app.home()


async def test_the_titles_are_shown_as_they_stand(opened, hostile):
    async with opened(hostile, (160, 48)) as app:
        await app.press("2")
        assert "[@click=app.quit]x[/] [sic]" in app.frame
        assert "⟦U+001B⟧" in app.frame


def assert_markup_is_words(app: ManifestoApp) -> None:
    """No cell of the screen carries an action that the record put there."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            meta = segment.style.meta if segment.style else {}
            assert "@click" not in meta
            assert not (segment.style and segment.style.link)


async def test_the_names_of_signatories_are_shown_as_they_stand(opened, hostile):
    async with opened(hostile, (160, 48)) as app:
        await app.press("P")
        assert "signed: [/] [@click=app.quit]x[/] [sic]" in app.frame
        await app.home()
        await app.press("4", "g")
        assert "Edition 1.0.0" in app.frame
