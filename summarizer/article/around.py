"""What stands around an article on its page: the tags and names that news sites of three languages use for it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from summarizer import languages
from summarizer.article.findings import Finding
from summarizer.article.unseen import is_unseen
from summarizer.languages.language import Page
from summarizer.languages.wordlist import either

__all__ = ["asks_to_subscribe", "is_around", "is_never_article", "is_part", "stands_around", "unsigned", "walled"]

_LONGEST = 200  # a longer line is prose

#: Not "form": some content systems put the whole page into one.
_TAGS = frozenset([
    "nav", "aside", "footer", "form", "button", "select", "figcaption", "object", "canvas", "audio", "video",
    "noscript",
])  # fmt: skip
#: Banners about cookies and consent: they may hold more text than a short article.
_BANNER = re.compile(r"cookie|consent|gdpr|privacy|iubenda|onetrust|didomi|\bcmp\b|qc-cmp|cc-window", re.IGNORECASE)
_NAMES = re.compile(
    r"related|correlat|leggi-?anche|read-?(?:also|more|next)|most-?(?:read|popular|viewed)|piu-?lett|popular"
    r"|trending|newsletter|subscri|abbonat|sidebar|footer|^nav|-nav|_nav|navbar|navig|^menu|-menu|_menu|breadcrumb"
    r"|^comments?$|comments?-(?:list|area|section|form)|promo|banner|share|^social|-social|^caption|-caption|_caption"
    r"|didascal|advert|^ads?$|^ads?-|^adv$|-ads?$|sponsor|copyright|disclaimer|login|signup|paywall|modal|popup"
    r"|recommend|tuijian|xiangguan|^hot|-hot$|author-?bio|^(?:post-|entry-|article-)?tags?$|tag-?list|skip-link",
    re.IGNORECASE,
)
#: What content systems write on the article itself: "post tag-export category-banner has-sidebar".
_TAXONOMY = re.compile(r"^(?:tag|category|post|type|status|format|has|is|no|with)-", re.IGNORECASE)
_WHOLE = frozenset(["html", "body", "article", "main", "h1", "p"])


def is_part(line: str) -> bool:
    """Tell whether a line may be a part of an article."""
    return not stands_around(line) and not asks_to_subscribe(line)


def walled(lines: Sequence[str]) -> Iterator[Finding]:
    """Note a page that may show only the beginning of its article, by its lines that ask for a subscription."""
    if lines:
        first = " ".join(lines[0].split())[:60]
        message = (
            f"the page asks for a subscription (“{first}”) and may hold only the article's beginning; get the whole"
        )
        yield Finding("article.truncated", message)


def stands_around(line: str) -> bool:
    """Tell whether a line is no part of an article: it claims rights, leads elsewhere, or announces advertising.

    ``© 2025 Ansa``, ``Leggi anche: …``, ``Advertisement``, ``上一篇：…``; a sentence with such a word stays.
    """
    return len(line) <= _LONGEST and _surroundings().fullmatch(line) is not None


def asks_to_subscribe(line: str) -> bool:
    """Tell whether a line stands in the place of what a page shows to subscribers only."""
    return len(line) <= _LONGEST and _wall().search(line) is not None


def unsigned(name: str) -> str:
    """Return an author's name without the word before it: ``By Anna Lee``, ``作者：王芳``."""
    return _byline().sub("", name.strip(), count=1)


@cache
def _surroundings() -> re.Pattern[str]:
    rights, elsewhere = _words(lambda page: page.rights), _words(lambda page: page.elsewhere)
    claim = rf"©|\(c\)\s*\d{{4}}|copyright\s*(?:©|\(c\)|\d{{4}})|{rights}"
    return re.compile(rf"\W*(?:(?:{claim}).{{0,60}}|(?:{elsewhere})\s*(?:\W*|[:：»›>|–—-].*))", re.IGNORECASE)


@cache
def _wall() -> re.Pattern[str]:
    joins, reads, walls = (
        _words(lambda page: page.joins), _words(lambda page: page.reads_on), _words(lambda page: page.walls)
    )  # fmt: skip
    # an imperative begins its clause
    begins = r"(?:\A|[,，;；.。!！?？:：])\W*(?:\w+ )?"
    edge = r"(?![a-zà-ÿ])"
    return re.compile(
        rf"{begins}(?:(?:{joins}){edge}.*(?:{reads}){edge}|(?:{reads}){edge}.*(?:{joins}){edge})|(?<!\w)(?:{walls})"
        rf"|(?<=[\u3400-\u9fff])(?:{walls})",
        re.IGNORECASE,
    )


@cache
def _byline() -> re.Pattern[str]:
    words = _words(lambda page: page.by)
    return re.compile(rf"\A(?:{words})(?:\s*[:：]\s*|\s+(?=\S+\s+\S|[\u3400-\u9fff]))", re.IGNORECASE)


def _words(of: Callable[[Page], tuple[str, ...]]) -> str:
    """Return a pattern of the words of all languages, the longest first."""
    found = {word for code in languages.available() for word in of(languages.get(code).page)}
    return either(re.escape(word).replace("'", "['’]") for word in sorted(found, key=len, reverse=True))


def is_around(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element seems to hold what surrounds an article, by its tag or its names."""
    if is_never_article(tag, attributes):
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}".split()
    if tag in ("p", "span"):
        names = [name for name in names if "caption" in name or "didascal" in name]
    elif tag in _WHOLE:
        return False
    return any(_NAMES.search(name) for name in names if not _TAXONOMY.match(name))


def is_never_article(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether an element is not shown, navigation by its tag, or asks for consent to cookies."""
    if tag in _TAGS or is_unseen(attributes):
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return tag not in _WHOLE and any(_BANNER.search(name) for name in names.split() if not _TAXONOMY.match(name))
