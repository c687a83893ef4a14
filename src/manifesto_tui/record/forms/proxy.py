"""Reads and writes who votes for whom: proxies that are given, and accepted."""

from manifesto_tui.governance.proxy import Acceptance, Proxy
from manifesto_tui.record.forms.fields import Fields
from manifesto_tui.record.yaml import Value


def read_proxy(fields: Fields) -> Proxy:
    """Reads `proxies/<giver>.yaml`, or a later `proxies/<giver>-<n>.yaml`."""
    return Proxy(
        ballot=fields.name("ballot"),
        ballot_digest=fields.digest("ballot-file"),
        giver=fields.owner("giver"),
        holder=fields.name("holder", ""),
        given=fields.moment("given"),
        path=fields.path,
        digest=fields.file_digest,
    )


def write_proxy(proxy: Proxy) -> dict[str, Value]:
    """Writes that a member lets another vote for them, or takes that back."""
    fields: dict[str, Value] = {
        "ballot": proxy.ballot,
        "ballot-file": proxy.ballot_digest,
        "giver": proxy.giver,
    }
    if proxy.holder:
        fields["holder"] = proxy.holder
    return {**fields, "given": proxy.given}


def read_acceptance(fields: Fields) -> Acceptance:
    """Reads `acceptances/<holder>.yaml`, or a later `acceptances/<holder>-<n>.yaml`."""
    return Acceptance(
        ballot=fields.name("ballot"),
        proxy=fields.digest("proxy"),
        giver=fields.name("giver"),
        holder=fields.owner("holder"),
        accepted=fields.moment("accepted"),
        path=fields.path,
        digest=fields.file_digest,
    )


def write_acceptance(acceptance: Acceptance) -> dict[str, Value]:
    """Writes that a member accepts to vote for another."""
    return {
        "ballot": acceptance.ballot,
        "proxy": acceptance.proxy,
        "giver": acceptance.giver,
        "holder": acceptance.holder,
        "accepted": acceptance.accepted,
    }
