"""One article as a file held it, and the bounds within which files are read."""

from dataclasses import dataclass, field, replace

from summarizer.article.model import Known
from summarizer.errors import ArticleError

__all__ = ["Limits", "Piece"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One article as a file held it: its text, what the file knows of it, and how it is called within the file.

    Attributes:
        name: its place within the file (``#3``, ``inside.pdf``, ``message 2``); empty where the file is one article.
        stem: suggestion for an output file; empty where the file's own name will do.
        text: plain text, or a page's HTML where `page` is true: `summarizer.article.page` takes the article out.
        page: whether `text` is HTML.
        known: title, author, date (ISO 8601), outlet, address and findings; what is known wins over the page's word.
        problem: why this one cannot be read while the others can; then `text` is empty.
    """

    name: str
    stem: str
    text: str
    page: bool = False
    known: Known = field(default_factory=Known)
    problem: ArticleError | None = None

    def __post_init__(self) -> None:
        """Keep of a problem its words alone: the frames that it went through hold all that was read."""
        if self.problem is not None:
            self.problem.__traceback__ = self.problem.__cause__ = self.problem.__context__ = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds within which a file is read: what is beyond is refused, or left out and reported.

    Attributes:
        text_bytes: largest text of one article, in UTF-8.
        file_bytes: largest file with more than text in it: pictures, fonts, attachments.
        unpacked_bytes: most that an archive, or a document that is one, may unpack to.
        pages: of a document; those after are not read.
        entries: of an archive, a feed or a mailbox; those after are not read.
        depth: how many files may hold one another: 2 reads a PDF in a mail in an archive.
        seconds: after which no further page or entry is begun.
    """

    text_bytes: int = 2_000_000
    file_bytes: int = 50_000_000
    unpacked_bytes: int = 200_000_000
    pages: int = 500
    entries: int = 1_000
    depth: int = 2
    seconds: float = 60.0

    def inside(self) -> "Limits":
        """Return the bounds for a file within the file."""
        return replace(self, depth=self.depth - 1)
