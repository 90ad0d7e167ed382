"""What stands around an article on its page: the tags and names that news sites of three languages use for it."""

import re
from collections.abc import Mapping
from functools import cache

from summarizer import languages
from summarizer.article.unseen import is_unseen
from summarizer.languages.wordlist import either

__all__ = ["claims_rights", "is_around", "is_never_article"]

#: Not "form": some content systems put the whole page into one.
_TAGS = frozenset(
    [
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "figcaption",
        "object",
        "canvas",
        "audio",
        "video",
        "noscript",
    ]
)
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


def claims_rights(line: str) -> bool:
    """Tell whether a line does nothing but claim rights: ``© 2025 Ansa``, ``Riproduzione riservata``."""
    return _rights().fullmatch(line) is not None


@cache
def _rights() -> re.Pattern[str]:
    words = either(re.escape(word) for code in languages.available() for word in languages.get(code).page.rights)
    claim = rf"©|\(c\)\s*\d{{4}}|copyright\s*(?:©|\(c\)|\d{{4}})|{words}"
    return re.compile(rf"\W*(?:{claim}).{{0,60}}", re.IGNORECASE)


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
