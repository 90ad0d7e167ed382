"""Digests on Ray Data: many machines at one set of articles, each text paid for once.

`digests` is for whoever has a Ray pipeline, `kept` for whoever wants the digests in a folder of Parquet files; the
command ``summarizer summarize … --ray`` is the second one. Needs the extra ``[ray]``.
"""

from summarizer.ray.cluster import joined
from summarizer.ray.dataset import Work, digests, kept, tables
from summarizer.ray.output import Output, begin

__all__ = ["Output", "Work", "begin", "digests", "joined", "kept", "tables"]
