"""Turns values into rows: what a clause, a change, an amendment, a count look like.

Pure functions from what the workflow returns to `Row`s. They know no widget, no screen and no
colour, only the roles of the palette, so that every view can be tested as text.
"""
