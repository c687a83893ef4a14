"""The full-screen app: what people read, amend and vote in.

Shows what the workflow returns and hands on what people ask for; decides nothing. It imports
the workflow and the values beneath it, never the record, git or the command line. Nothing may
import it except the command line, lazily, in one place.
"""
