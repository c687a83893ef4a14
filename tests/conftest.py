"""Lets a busy machine take as long as it needs: no test of a property is timed."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
