"""A run through the Batch API, step by step: its commands, the steps, and what is told of them."""
