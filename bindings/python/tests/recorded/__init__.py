"""Recorded traffic of a real store: its files, and how what came is held against what was recorded."""
