"""Tells the life of every clause at once, by its anchor, for the pages of the web site."""

from collections.abc import Mapping, Sequence

from manifesto_tui.governance.effect import text_digest
from manifesto_tui.prose import write_block
from manifesto_tui.publish.site import Wording
from manifesto_tui.record import snapshot
from manifesto_tui.record.history import Logged
from manifesto_tui.workflow.desk import Desk
from manifesto_tui.workflow.publishing import Progress, counted


def lives_of(
    desk: Desk, versions: Sequence[Logged], adopting: Mapping[str, str], progress: Progress
) -> dict[str, list[Wording]]:
    """Returns every wording of each clause that the text ever had, the earliest first, by anchor.

    `versions` are the commits that changed the text, the earliest first; `adopting` names what
    was adopted by the digest of the text after it.
    """
    commits = [entry.commit for entry in versions]
    texts = snapshot.read_texts_at(desk.repo, commits, desk.assembly.manifesto.text)
    lives: dict[str, list[Wording]] = {}
    reads: dict[str, str | None] = {}
    for entry in counted(versions, "Reading the text's history", progress):
        text = next(texts)
        digest = text_digest(text)
        now = {a: write_block(c.block) for a, (_, c) in text.by_anchor.items()}
        for anchor in (*now, *(a for a in reads if a not in now)):
            words = now.get(anchor)
            if reads.get(anchor, "") != words:
                reads[anchor] = words
                told = entry.when, words, entry.subject, adopting.get(digest, "")
                lives.setdefault(anchor, []).append(Wording(*told, entry.commit, digest))
    return lives
