"""The full-screen app: what people read, amend and vote in.

Shows what the workflow returns and hands on what people ask for; decides nothing. It imports
the workflow and the values beneath it, never the record, git or the command line. Nothing may
import it except the command line, lazily, in one place.
"""

import sys

# Nothing here speaks TLS, and asyncio does without it, as in a Python that was built so: 4 MB less.
if "ssl" not in sys.modules and "asyncio" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
