"""Every link in the documents leads to a file and a heading that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    page for folder in (ROOT, ROOT / "docs", ROOT / "benchmarks") for page in folder.glob("*.md")
)
LINK = re.compile(r"\]\(<?([^)>\s]+)>?\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.M | re.S)


def headings(page: Path) -> set[str]:
    """The names that git hosts give to a page's headings."""
    found = re.findall(r"^#+ +(.*)$", page.read_text(encoding="utf-8"), re.M)
    plain = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).strip().lower() for title in found)
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_documents_lead_somewhere(page):
    for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        path, _, heading = target.partition("#")
        if path.startswith(("http:", "https:", "mailto:")):
            continue
        led = page.parent / path if path else page
        assert led.exists(), target
        assert not heading or heading in headings(led), target
