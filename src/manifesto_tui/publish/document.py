"""Says what a published file shows: which manifesto, at which commit, with which words.

Every file that leaves the program carries this, so that two people can tell whether they hold
the same text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a published text comes from.

    `digest` is the text's "sha256:…". `state` is "drafting" or "in-force"; `edition` "" where
    the commit is none. `published` is ISO 8601 with a zone. `verified` is a verdict such as
    "PROVED", or "" where nobody checked. `shows` says what is shown where it is not simply the
    text at that commit: an amendment, or the difference between two. `since` is the latest edition
    where the text has changed after it.
    """

    title: str
    commit: str
    digest: str
    state: str
    published: str
    language: str = "en-GB"
    licence: str = ""
    edition: str = ""
    verified: str = ""
    shows: str = ""
    since: str = ""

    @property
    def language_tag(self) -> str:
        """The language, or English where the manifesto gives no tag that is one."""
        tag = self.language
        return tag if tag.replace("-", "").isalnum() and tag.isascii() else "en-GB"

    @property
    def standing(self) -> str:
        """What kind of text this is, as one phrase."""
        if self.shows:
            return self.shows
        if self.edition:
            return f"Edition {self.edition}"
        if self.state != "in-force":
            return "A draft, not yet agreed"
        return f"In force, changed since edition {self.since}" if self.since else "In force"

    @property
    def lines(self) -> tuple[str, ...]:
        """The provenance in sentences, for the end of a document."""
        edition = f"edition {self.edition}, " if self.shows and self.edition else ""
        checked = f"Verified: {self.verified}." if self.verified else "Not verified here."
        return (
            f"{self.standing}, at {edition}commit {self.commit[:12]}, "
            f"published {self.published[:10]}.",
            f"Text digest: {self.digest}.",
            checked,
            *([f"Licence: {self.licence}."] if self.licence else []),
        )
