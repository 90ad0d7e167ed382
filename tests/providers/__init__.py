"""Loopback servers that accept, refuse and answer as one provider's public documentation says."""
