"""The embedded model: which ones are known, how to fetch one, how to serve it on this machine.

``catalogue`` names models and their files, ``fetch`` brings a file and checks it, ``serve`` runs an
OpenAI-compatible server for it in a child process (``child``). Everything past that point goes through
``summarizer.llm`` like any other endpoint.
"""
