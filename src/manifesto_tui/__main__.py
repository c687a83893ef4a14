"""Runs the command line: `python -m manifesto_tui`."""

from manifesto_tui.cli import main

raise SystemExit(main())
