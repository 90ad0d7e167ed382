"""Checks: what may be wrong with a statement about an article or with the translation of a line, one file each."""
