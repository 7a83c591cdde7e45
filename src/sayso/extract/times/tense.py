"""Which way a date lies: what the verb over it and the words before it say of past and future."""

from __future__ import annotations

from sayso.model import Parsed

_FUTURE = frozenset({"will", "shall", "'ll", "\u2019ll", "wo", "would"})
_PLANS = frozenset(
    "plan schedule expect due set intend hope aim slate prepare anticipate propose postpone delay defer adjourn "
    "reschedule remand tentative".split()
)
# "Agreed to meet on Friday": the Friday lies ahead of the agreement.
_AHEAD = _PLANS | frozenset(
    "agree vow promise pledge threaten want decide call ask urge order invite offer refuse decline wish vote seek "
    "announce intend allow expect".split()
)
_SIGNS = {"effective": ">", "since": "<"}
_DEADLINE = frozenset({"until", "till", "through", "by"})
_PUT_OFF = frozenset("postpone delay defer adjourn reschedule extend prolong remand suspend give have wait".split())


def tense(parsed: Parsed, token: int) -> str:
    """`<` if the verb that governs a token is of the past, `>` if it looks ahead, else nothing."""
    before = parsed.text[token - 1].lower() if token else ""
    if before in _SIGNS:
        return _SIGNS[before]
    node, told, infinitive = token, "", False
    for _ in range(12):
        if parsed.pos[node] in {"VERB", "AUX"}:
            if infinitive and parsed.lemma[node] in _AHEAD and not _had(parsed, node):
                return ">"
            if before in _DEADLINE and parsed.lemma[node] in _PUT_OFF:
                return ">"
            told = _verb_tense(parsed, node)
            if told:
                break
            infinitive = any(
                parsed.tag[child] == "TO" and parsed.dep[child] == "aux" for child in parsed.children[node]
            )
        if parsed.head[node] == node:
            break
        node = parsed.head[node]
    return "" if told == "<" and before in _DEADLINE else told


def _verb_tense(parsed: Parsed, verb: int) -> str:
    helpers = [child for child in parsed.children[verb] if parsed.dep[child] in {"aux", "auxpass"}]
    if any(parsed.text[child].lower() in _FUTURE for child in helpers):
        return ">"
    if _had(parsed, verb):
        return "<"
    if parsed.lemma[verb] in _PLANS and parsed.tag[verb] in {"VBN", "JJ", "VBZ", "VBP"}:
        return ">"
    if any(parsed.tag[child] == "TO" for child in helpers):
        return ""  # "agreed to meet": the verb above tells
    if parsed.tag[verb] == "VBD" or any(parsed.tag[child] == "VBD" for child in helpers):
        return "<"
    if parsed.tag[verb] == "VBN":  # "shares issued July 1", "has met", but "is held on Monday"
        return "<" if not helpers or any(parsed.lemma[child] == "have" for child in helpers) else ""
    if parsed.tag[verb] == "VBG" and any(parsed.lemma[child] == "have" for child in helpers):
        return "<"
    return ""  # the present tells nothing: headlines and captions tell the past in it


def _had(parsed: Parsed, verb: int) -> bool:
    """Whether a plan is itself of the past: "had been scheduled to expire"."""
    return any(parsed.text[child].lower() == "had" and parsed.dep[child] == "aux" for child in parsed.children[verb])
