"""Review: digests corrected by people in a page of this machine, and written back."""
