"""Names principles: a short slug that anchors are made of.

A slug is made once, from the title as it stands, and then only lives on in anchors; so it should
be short and say what the principle is about. Titles without Latin letters get a digest instead.

    >>> slug_of("4. We will bring the NHS into the open, modern computing era")
    'bring-nhs-open'
"""

import hashlib
import re
import unicodedata

from manifesto_tui.prose.speech import plain

LONGEST = 24
_NUMBERING = re.compile(r"^\W*(?:\d+(?:\.\d+)*)?[\W_]*")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY_LIST = """
    a an and any are as at be been by can do does every for from has have how in into is it
    its must no nor not of on or our ours shall should so than that the their them there
    these they this those to too us was we were what which who will with within you your
"""
_EMPTY = frozenset(_EMPTY_LIST.split())


def slug_of(title: str) -> str:
    """Returns a slug for a title: at most three telling words, never empty."""
    return longer_slugs(title)[0]


def longer_slugs(title: str) -> list[str]:
    """Returns slugs for a title, the shortest first, for when a slug is taken."""
    words = _NUMBERING.sub("", plain(title[:500]).translate(_APOSTROPHES), count=1)
    latin = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    found = _WORD.findall(latin)
    # Where little is left of the title, the letters that were lost carried its sense.
    letters = sum(character.isalpha() for character in words)
    if not found or sum(map(len, found)) * 2 < letters:
        digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).hexdigest()
        return ["p" + digest[:6], "p" + digest[:12]]
    telling = [word for word in found if word not in _EMPTY] or found
    slugs: list[str] = []
    for count in range(3, 9):
        slug = "-".join(telling[:count])
        limit = LONGEST if not slugs else 56
        if len(slug) > limit:
            slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
        if slug not in slugs:
            slugs.append(slug)
    return slugs


_APOSTROPHES = {ord("'"): None, ord("’"): None}
