"""Holds the made-up text, people and votes that the demo plays with.

Nothing here is about anyone: the ward, its manifesto and its members do not exist.
"""

TITLE = "A made-up manifesto for a made-up ward"

AGREED = """\
# A made-up manifesto for a made-up ward

## The ward leads

The people who do the work lead how its tools are made. There is much time to win back, and the \
ward needs better ways of trying things out to find it.

## We hear what is wrong

Anyone may say what does not work, and must hear back within a week.

## Tools fit the work

- A tool should need one sign-in.
- A tool should take less time than paper did.

## Open by default

Every supplier documents its interfaces.

## We shift control from suppliers to the ward

Contracts say that the ward decides what changes next.
"""

_LEADS = "needs better ways of trying things out to find it."
_INSERTED = (
    "\n\nWhere this means changing a contract, we change it. Where it means opening up what we "
    "have made, we open it."
)
_CONTRACTS = "Contracts say that the ward decides what changes next."
_SKILLS = (
    "The {} of those who make tools here are not yet where they need to be. We learn together, "
    "and share what works."
)

# Two drafts of the same evening, one word, one hyphen and one title apart.
FIRST_DRAFT = AGREED.replace(
    _LEADS, "needs the time, the room and the skills to find it." + _INSERTED
).replace(_CONTRACTS, _SKILLS.format("skill-sets"))

SECOND_DRAFT = (
    AGREED.replace(_LEADS, "needs the time, the room and the skills to realise it." + _INSERTED)
    .replace("We shift control from suppliers to the ward", "We grow the skills of our own teams")
    .replace(_CONTRACTS, _SKILLS.format("skillsets"))
)

# What is proposed later, as replacements in the text as it then reads.
SIGN_IN = ("A tool should need one sign-in.", "A tool must need one sign-in, and no other.")
INTERFACES = (
    "Every supplier documents its interfaces.",
    "Every supplier publishes its interfaces before a tool goes live, free to use.",
)

CONSTITUENCIES = ("clinicians",) * 4 + ("technologists",) * 3 + ("patients",) * 2

# Somebody who signs without being a member.
SUPPORTER = "Made-up Supporter"
ORGANISATION = "A made-up charity"

# How members 1 to 9 answer; "" for one who does not vote.
ON_THE_DRAFT = ("for", "for", "against", "for", "for", "against", "for", "for", "for")
ON_SIGN_IN = ("for", "for", "for", "for", "for", "for", "abstain", "against", "against")
ON_INTERFACES = ("", "for", "", "", "for", "for", "", "for", "")
