"""Reads off a saying what its source does with the content.

The verb or noun of saying tells the stance; where it only asserts, the content's own form may tell more: a question,
an order, a promise, condolences, a report that is called false.
"""

from __future__ import annotations

from sayso.extract.clauses import Range, child, own_subject
from sayso.extract.cues import cues
from sayso.extract.hedges import main_word
from sayso.extract.lexicon import is_plural
from sayso.extract.orders import order_entry
from sayso.extract.sayings import Saying, lemma_of
from sayso.extract.wording import wording
from sayso.model import Parsed, Stance

_SELF = frozenset({"he", "she", "it", "they", "i", "we"})
_SINGULAR = frozenset({"he", "she", "it", "i"})


def stance_of(parsed: Parsed, saying: Saying, negation: Range | None = None) -> Stance:
    """What the source does with the content."""
    entry = order_entry(parsed, saying)
    base = _by_noun(parsed, saying) or (entry.stance if entry else Stance.ASSERTS)
    if base in (Stance.ASSERTS, Stance.DEMANDS) and saying.content and _is_threat(parsed, saying):
        return Stance.THREATENS
    if negation is not None:
        neither = parsed.text[negation[0]].lower() in ("neither", "nor")
        return Stance.ASSERTS if neither else base
    if base is Stance.ASSERTS and saying.content:
        return _by_form(parsed, saying)
    return base


def _by_noun(parsed: Parsed, saying: Saying) -> Stance | None:
    """ "expressed condolences", "voiced doubts", "issued a threat": the noun tells, the verb only carries it."""
    if saying.part != "verb" or saying.lemma not in cues().light:
        return None
    thing = child(parsed, saying.cue, "dobj")
    if thing is None:
        return None
    lemma = lemma_of(parsed, thing)
    if lemma in wording().wishes:
        return Stance.HOPES
    entry = cues().nouns.get((lemma, "clause")) or cues().nouns.get((lemma, "to"))
    return entry.stance if entry else None


# --------------------------------------------------------------------------- what the content's form tells


def _by_form(parsed: Parsed, saying: Saying) -> Stance:
    if is_question(parsed, saying):
        return Stance.ASKS
    if (own := _in_first_person(parsed, saying)) is not None:
        return own
    if _is_order(parsed, saying):
        return Stance.DEMANDS
    if _is_called_false(parsed, saying):
        return Stance.DENIES
    if _is_wish(parsed, saying):
        return Stance.HOPES
    return Stance.PROMISES if _is_promise(parsed, saying) else Stance.ASSERTS


def is_question(parsed: Parsed, saying: Saying) -> bool:
    """Whether each sentence of the content is a question, or it begins with "whether"."""
    ends = [_ends_in_mark(parsed, *piece) for piece in saying.content]
    if all(ends) and _sentences(parsed, saying) <= sum(_marks(parsed, *piece) for piece in saying.content):
        return True
    return parsed.text[saying.content[0][0]].lower() == "whether"


def _ends_in_mark(parsed: Parsed, first: int, last: int) -> bool:
    return "?" in parsed.text[max(first, last - 1) : last + 1]


def _marks(parsed: Parsed, first: int, last: int) -> int:
    return sum(text == "?" for text in parsed.text[first : last + 1])


def _sentences(parsed: Parsed, saying: Saying) -> int:
    return len({parsed.sent[token] for piece in saying.content for token in piece})


def _is_order(parsed: Parsed, saying: Saying) -> bool:
    """ "Leave the square now", in quotation marks."""
    first, last = saying.content[0]
    while first < last and not parsed.text[first][0].isalnum():
        first += 1
    if first == saying.content[0][0]:
        return False  # no mark before it: the reporter's words
    word = parsed.text[first].lower()
    if word == "let":
        return False
    if word == "do" and parsed.text[first][0].isupper():
        return parsed.text[min(last, first + 1)].lower() in ("not", "n't", "n’t")
    if parsed.text[min(last, first + 1)].lower() in ("you", ",", "'s", "’s"):
        return False  # "Thank you", "Look, ..."
    return (
        parsed.tag[first] == "VB"
        and parsed.dep[first] in ("ROOT", "ccomp")
        and own_subject(parsed, first) is None
        and word not in ("thank", "god", "suffice")
    )


def _in_first_person(parsed: Parsed, saying: Saying) -> Stance | None:
    """ "I hope he comes", "We demand our wages", "please send someone": the quoted words say what they do."""
    main = main_word(parsed, saying.content[0])
    first, last = saying.content[0]
    if "please" in parsed.text[first : last + 1] or "Please" in parsed.text[first : first + 2]:
        return Stance.ASKS
    opening = [word.lower() for word in parsed.text[first : min(first + 4, last + 1)] if word[0].isalnum()][:3]
    if opening[:2] == ["let", "us"] and set(opening[2:]) & {"pray", "hope"}:
        return Stance.HOPES
    if parsed.pos[main] != "VERB" or parsed.tag[main] not in ("VBP", "VB"):
        return None
    subject = child(parsed, main, "nsubj")
    if subject is None or parsed.text[subject].lower() not in ("i", "we") or child(parsed, main, "aux", "neg"):
        return None
    lemma = lemma_of(parsed, main)
    if lemma in _FELT or main - first > 5:
        return None
    found = next((entry for frame in _FRAMES if (entry := cues().verbs.get((lemma, frame)))), None)
    return found.stance if found and found.stance in _DONE_BY_SAYING else None


_FELT = frozenset("need like love hate dream prefer want plan mean aim".split())
_FRAMES = ("clause", "to", "object", "prep:for", "prep:on")
_DONE_BY_SAYING = frozenset({Stance.HOPES, Stance.DEMANDS, Stance.ASKS, Stance.DENIES, Stance.DOUBTS, Stance.PROMISES})


def _is_called_false(parsed: Parsed, saying: Saying) -> bool:
    """ "called the report a lie", "described the claims as baseless"."""
    if not saying.frame.startswith(("named", "object", "prep:as")):
        return False
    verb = saying.cue
    named = child(parsed, verb, "oprd")
    as_what = next((token for token in parsed.children[verb] if parsed.text[token].lower() == "as"), None)
    if named is None and as_what is not None:
        named = child(parsed, as_what, "pobj", "amod", "pcomp")
    return named is not None and lemma_of(parsed, named) in wording().false


def _is_wish(parsed: Parsed, saying: Saying) -> bool:
    """ "extended condolences", "conveyed his best wishes": the thing said is a wish."""
    if not saying.frame.startswith(("object", "thing")):
        return False
    first, last = saying.content[0]
    thing = child(parsed, saying.cue, "dobj")
    return thing is not None and first <= thing <= last and lemma_of(parsed, thing) in wording().wishes


def _is_promise(parsed: Parsed, saying: Saying) -> bool:
    """ "said it would rebuild the mill": what one will do oneself."""
    if saying.part != "verb" or saying.links[-1].head is None:
        return False
    main = main_word(parsed, saying.content[0])
    if parsed.pos[main] != "VERB" or lemma_of(parsed, main) in wording().states:
        return False
    future = any(parsed.text[kid].lower() in ("will", "would", "'ll", "’ll", "shall") for kid in parsed.children[main])
    passive = any(parsed.dep[kid] in ("auxpass", "nsubjpass") for kid in parsed.children[main])
    if not future or passive or any(parsed.dep[kid] == "advcl" for kid in parsed.children[main] if kid < main):
        return False
    subject = child(parsed, main, "nsubj")
    return subject is not None and _is_self(parsed, subject, saying.links[-1].head)


def _is_threat(parsed: Parsed, saying: Saying) -> bool:
    """ "warned that its men would shoot", "warned them to leave or be shot", "reserved all options"."""
    words = [word for low, high in saying.content for word in parsed.text[low : high + 1]]
    if "options" in words and any(word.startswith("reserv") for word in words):
        return True
    if saying.lemma != "warn":
        return False
    if parsed.tag[saying.content[0][0]] == "TO":
        return "or" in words or "otherwise" in words
    main = main_word(parsed, saying.content[-1])
    subject = child(parsed, main, "nsubj", "nsubjpass")
    if subject is None or not any(parsed.tag[kid] == "MD" for kid in parsed.children[main]):
        return False
    whose = child(parsed, subject, "poss")
    return parsed.text[subject if whose is None else whose].lower() in _OWN


_OWN = frozenset({"he", "she", "they", "we", "i", "his", "her", "their", "our", "my", "its"})


def _is_self(parsed: Parsed, subject: int, source: int) -> bool:
    """Whether the subject of the content can be the source: a pronoun of its number."""
    word = parsed.text[subject].lower()
    if word not in _SELF:
        return False
    if word in ("i", "we"):
        return True
    if parsed.pos[source] == "PRON":
        return parsed.text[source].lower() == word
    return (word in _SINGULAR) != is_plural(parsed, source)
