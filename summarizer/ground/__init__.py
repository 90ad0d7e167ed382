"""Hold what a model wrote against the article: quotes, evidence, figures, language, instructions."""

from summarizer.ground.locate import locate

__all__ = ["locate"]
