"""Lists every command: its names, arguments and examples, as data.

Imported for each `--help`, so it imports nothing but the command's own types. What stands here
works; nothing is announced that does not.
"""

from manifesto_tui.cli.catalogue import deciding, founding, proposing, reading, sharing

GROUPS = (
    ("Found", founding.COMMANDS),
    ("Read", reading.COMMANDS),
    ("Propose", proposing.COMMANDS),
    ("Decide", deciding.COMMANDS),
    ("Share and prove", sharing.COMMANDS),
)
