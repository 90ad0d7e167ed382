"""Files of any kind (PDF, Word, mail, feeds, archives) → the texts of the articles in them, with what is known."""

import summarizer.article  # noqa: F401 - it reads through this package: whoever comes first, it is loaded first
