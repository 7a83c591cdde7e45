"""Words that a copy drops when it makes a claim surer: bounds, hedges, and words that say who said it."""

from __future__ import annotations

import re

# What a qualifier does, and the words that do it. A word of one row may stand for another of the same row.
QUALIFIERS: dict[str, str] = {
    "at least": r"at (?:the )?least|no (?:less|fewer) than|not (?:less|fewer) than|a minimum of|minimum|or more\b",
    "more than": r"more than|over (?=\d)|upwards of|in excess of|exceeding|above (?=\d)",
    "at most": r"at most|up to(?! now)|as (?:many|much) as|no more than|fewer than|less than|under (?=\d)",
    "about": r"about (?=\d)|some (?=\d)|around (?=\d)|roughly|approximately|nearly|almost|close to (?=\d)|an estimated",
    "reportedly": r"reportedly|allegedly|alleged|purported(?:ly)?|supposed(?:ly)?|apparently|so-called|unconfirmed",
    "suspected": r"suspected|believed to|thought to|presumed|feared",
    "may": r"(?-i:may)(?: have)?(?= [a-z])|might|possibly|perhaps|could have|may not|likely|probably",
}
_QUALIFIERS = re.compile("|".join(rf"(?P<q{at}>\b(?:{words}))" for at, words in enumerate(QUALIFIERS.values())), re.I)
_NAMES = tuple(QUALIFIERS)

_VERBS = (
    "said says say told tells announced stated reported reports claimed claims denied denies insisted insists "
    "added adds confirmed warned argued complained maintains maintained accused admitted acknowledged wrote explained "
    "estimates estimated alleges asserts assured affirmed informed noted conceded testified contends"
)
ATTRIBUTION = re.compile(
    rf"\b(?:according to|in the words of|quoting|citing|in (?:a|its|his|her|their) (?:statement|report)|"
    rf"{'|'.join(_VERBS.split())})\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:officials?|sources?|authorities|observers|reports|a (?:source|colleague|official|witness)"
    r"|it (?:was|is) (?:reported|said)|the media|news reports|local media|unnamed \w+)\b",
    re.IGNORECASE,
)
DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut\w+|dismiss\w+|disput\w+|contradict\w+)\b", re.IGNORECASE
)


def qualifiers(text: str) -> list[tuple[str, int, int]]:
    """(what it does, start, end) of each qualifier, in order."""
    return [
        (_NAMES[int(match.lastgroup[1:])], *match.span()) for match in _QUALIFIERS.finditer(text) if match.lastgroup
    ]
