"""Answers that come another day, at half the price: the same run, its questions put through the Batch API."""
