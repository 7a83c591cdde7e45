"""Tells which proposals are no claims: silence, refusals, questions left open, things that cannot speak, fragments."""

from __future__ import annotations

from collections.abc import Callable

from sayso.extract.claims.cues import cues
from sayso.extract.claims.idioms import idioms
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.clauses import Range, child, is_passive, negated
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind, Stance

_NOBODY = frozenset({"nobody", "none", "no-one"})
_FIRST_PERSON = frozenset({"i", "we"})
_LIKELY_WITH_OBJECT = 0.36
_LIKELY = 0.45  # share of a ranked saying from which on any source may speak; what is not ranked yet has 1.0
_SHORT_QUOTE = 7  # tokens, marks included: "put the town “under increased protection”"
_LONGEST_CUE = 5  # tokens
_MARKS = frozenset("\"'“”‘’«»„")
_NOTHING = frozenset({"nothing", "little", "anything"})
_OPEN = frozenset({"whether", "who", "whom", "whose", "what", "how", "when", "where", "why", "which", "if"})
_INSIDE_CLAUSE = frozenset(
    {"dobj", "advmod", "nsubj", "nsubjpass", "attr", "pobj", "det", "poss", "prep", "mark", "amod"}
)


def is_claim(parsed: Parsed, saying: Saying) -> bool:
    """Whether nothing speaks against a proposal being somebody's word about the world."""
    return not any(objection(parsed, saying) for objection in _OBJECTIONS)


# --------------------------------------------------------------------------- nothing is said


def is_silence(parsed: Parsed, saying: Saying) -> bool:
    """ "declined to say how many had died", "refused to disperse": neither the refusal nor the words are a claim."""
    if saying.part != "verb":
        return False
    silent, head = cues().silent, parsed.head[saying.cue]
    if parsed.dep[saying.cue] == "xcomp" and lemma_of(parsed, head) in silent:
        return lemma_of(parsed, saying.cue) not in cues().refused
    if saying.lemma not in silent or not saying.frame.startswith("to"):
        return False
    done = [lemma_of(parsed, token) for token in parsed.children[saying.cue] if parsed.dep[token] == "xcomp"]
    return not any(lemma in cues().refused for lemma in done)


def is_act(parsed: Parsed, saying: Saying) -> bool:
    """ "attacked the convoy", "accepted the resignation": what is done to a thing is nobody's word.

    What was learned from campaign news would let such things in ("the senator attacked the plan"), so a verb that the
    tables do not know with an object must be likely.
    """
    if saying.part != "verb":
        return False
    if saying.frame in ("to", "clause"):
        return saying.lemma in cues().resolving and parsed.tag[saying.content[0][0]] == "TO"
    if saying.frame.startswith("named"):
        return saying.lemma in cues().appointing
    if _only_issues(parsed, saying):
        return True
    if not saying.frame.startswith("object"):
        return False
    if saying.entry is None and saying.share < _LIKELY_WITH_OBJECT:
        return True
    if saying.frame == "object" and saying.lemma in cues().handling:
        return True
    if saying.lemma in ("deny", "refuse") and is_passive(parsed, saying.cue):
        return True  # "she has been denied insulin"
    return saying.lemma in cues().acts and not (saying.entry is not None and saying.entry.sure)


def _only_issues(parsed: Parsed, saying: Saying) -> bool:
    """ "issued a statement", "read out a letter": that something was said, not what."""
    thing = child(parsed, saying.cue, "dobj")
    if thing is None or saying.lemma not in cues().light | cues().carrying:
        return False
    if parsed.text[min(thing + 1, len(parsed) - 1)] == ":":
        return False  # "issued the following statement: “...”"
    if saying.frame not in ("object", "quote") or not any(low <= thing <= high for low, high in saying.content):
        return False
    return cues().kinds.get(lemma_of(parsed, thing)) is SourceKind.DOCUMENT


def is_seeming(parsed: Parsed, saying: Saying) -> bool:
    """ "seemed to give way": the outlet's own impression."""
    return saying.lemma in cues().seeming and saying.part == "verb"


def is_perception(parsed: Parsed, saying: Saying) -> bool:
    """ "saw patients carried off a boat", "showed reporters a photograph": what eyes met, in nobody's words."""
    if saying.part != "verb" or saying.frame == "quote" or saying.frame.startswith(("object-", "prep:")):
        return False
    if saying.lemma in _SHOWING:
        head = saying.links[-1].head
        return head is not None and saying.frame.startswith("object") and _has_hands(parsed, head)
    if saying.lemma not in _SENSES:
        return False
    return not any(parsed.text[at].lower() in _THAT for at in range(*_opening(saying)))


def _has_hands(parsed: Parsed, head: int) -> bool:
    """Somebody, not a thing that tells of itself ("the figures show a fall")."""
    kind = cues().kinds.get(lemma_of(parsed, head))
    return kind is not SourceKind.DOCUMENT and (kind is not None or parsed.pos[head] in ("PRON", "PROPN"))


def _opening(saying: Saying) -> tuple[int, int]:
    first, last = saying.content[0]
    return first, min(first + 2, last + 1)


_SHOWING = frozenset({"show", "display"})
_SENSES = frozenset("see hear watch witness spot glimpse".split())
_THAT = frozenset({"that", "how", "why", "no"})


def is_courtesy(parsed: Parsed, saying: Saying) -> bool:
    """ "wishes to remind travellers that X": X is what is said, the wish is a form."""
    if saying.part != "verb" or saying.lemma not in idioms().courtesy:
        return False
    done = [
        at for at in parsed.children[saying.cue] if parsed.dep[at] == "xcomp" and lemma_of(parsed, at) in cues().speech
    ]
    return any(parsed.dep[kid] in ("ccomp", "dobj") for at in done for kid in parsed.children[at])


def is_left_open(parsed: Parsed, saying: Saying) -> bool:
    """ "did not say whether", "knew where they were going", "it was not known who": no proposition is told."""
    if saying.part == "adjective":  # "it was not clear who"
        unclear = saying.lemma in ("clear", "unclear", "uncertain", "unsure") or negated(
            parsed, parsed.head[saying.cue]
        )
        return unclear and saying.frame == "clause" and _opens_question(parsed, saying)
    if saying.part != "verb" or _is_open_infinitive(parsed, saying):
        return saying.part == "verb"
    if saying.frame == "quote" or _is_asking(saying):
        return False
    known = saying.lemma in cues().knowing
    if not _opens_question(parsed, saying):
        unsaid = saying.lemma in cues().unsaid and negated(parsed, saying.cue)
        return unsaid or (known and saying.lemma == "verify" and negated(parsed, saying.cue))
    return known  # "did not say how many": that it was not said is a claim


def _is_asking(saying: Saying) -> bool:
    return saying.entry is not None and saying.entry.stance in (Stance.ASKS, Stance.DOUBTS)


def _opens_question(parsed: Parsed, saying: Saying) -> bool:
    """Whether the content is itself an open question, not a clause that has one for its subject."""
    first, last = saying.content[0]
    word = next((at for at in range(first, min(first + 3, last) + 1) if parsed.text[at].lower() in _OPEN), None)
    if word is None or (word > first and parsed.pos[first] != "ADP"):
        return False
    node = word
    for _ in range(6):
        if parsed.dep[node] == "csubj":
            return False
        if not first <= parsed.head[node] <= last or parsed.dep[node] not in _INSIDE_CLAUSE:
            return True
        node = parsed.head[node]
    return True


def _is_open_infinitive(parsed: Parsed, saying: Saying) -> bool:
    """ "asked where to buy cigarettes"."""
    first = saying.content[0][0]
    return first + 1 < len(parsed) and parsed.text[first].lower() in _OPEN and parsed.text[first + 1].lower() == "to"


def is_order_by_nobody(parsed: Parsed, saying: Saying) -> bool:
    """ "doctors had been told to ...", "a call to leave": somebody's order is news of an act when no one gives it."""
    if saying.links[-1].head is not None:
        return False
    if saying.part == "noun":
        return saying.frame == "to"
    if saying.frame != "to passive":
        return False
    orders = (cues().verbs.get((saying.lemma, frame)) for frame in ("to", "clause"))
    return saying.lemma == "tell" or any(entry is not None and entry.stance is Stance.DEMANDS for entry in orders)


# --------------------------------------------------------------------------- nobody says it


def is_mute(parsed: Parsed, saying: Saying) -> bool:
    """A source that cannot speak: "nobody", "no state", "that", "history taught"; "it" where something is inferred."""
    head = saying.links[-1].head
    if head is None or (saying.part not in ("verb", "adjective", "noun") and saying.frame != "idiom"):
        return False
    word, infers = parsed.text[head].lower(), saying.lemma in cues().inferring
    lemma = lemma_of(parsed, head) if parsed.pos[head] == "NOUN" and not parsed.ent[head] else ""
    if word in _NOBODY or word.isdigit() or lemma in cues().mute:  # "at least 20 feared dead"
        return True
    if any(parsed.text[kid].lower() == "no" for kid in parsed.children[head]):
        # "no group has claimed" tells what was not said, "they said no state had proposed" does not
        return saying.lemma not in cues().speech or parsed.dep[saying.cue] == "ccomp"
    if _LIKELY <= saying.share < 1.0:
        return False
    if parsed.pos[head] in ("PRON", "DET", "SCONJ") and word in cues().mute_pronouns:
        return infers or word not in ("it", "they")
    if parsed.tag[head] == "VBG":
        return True
    return bool(lemma) and infers and noun_at(parsed, head) is None and lemma not in cues().kinds


def is_own_eyes(parsed: Parsed, saying: Saying) -> bool:
    """ "We saw smoke", "we do not know who": the outlet's own voice, where no quotation gives it to another."""
    head = saying.links[-1].head
    if head is None or saying.part != "verb" or parsed.text[head].lower() not in _FIRST_PERSON:
        return False
    return saying.lemma in cues().perception or saying.lemma in cues().knowing


# --------------------------------------------------------------------------- what is said is a fragment


def is_fragment(parsed: Parsed, saying: Saying) -> bool:
    """ "what it called a clean-up", "dismissed Massimov", "were afraid to give their names"."""
    if len(saying.content) == 1 and parsed.text[saying.content[0][0]].lower() in _NOTHING:
        return True
    if saying.part == "adjective":
        return saying.frame == "to" and saying.entry is not None and saying.entry.stance is Stance.DOUBTS
    if saying.part == "noun":
        opening = parsed.text[saying.content[0][0]].lower()
        about = saying.frame in ("prep:on", "prep:about") or opening in ("on", "about")
        return about and saying.lemma in cues().topical
    if saying.part != "verb":
        return False
    if saying.lemma == "rule" and parsed.dep[saying.cue] == "ccomp" and negated(parsed, saying.cue):
        return True  # "said it could not rule out sabotage" is one claim
    if saying.entry is None and saying.lemma not in cues().speech and _is_held_at_a_distance(parsed, saying):
        return True
    if saying.frame == "quote":
        return False
    (first, last), *more = saying.content
    if not more and last < saying.cue and last - first < _LONGEST_CUE and lemma_of(parsed, last) in cues().speech:
        return True  # "local media reported", whose content the parser took for what governs it
    if saying.frame == "named" or saying.frame.startswith("object"):
        if any(_is_relative(parsed, piece) for piece in saying.content):
            return True
        felt = saying.entry is not None and saying.lemma not in cues().acts  # "endorsed Massimov"
        return saying.frame == "object" and not felt and all(_is_name(parsed, piece) for piece in saying.content)
    if _is_listener(parsed, saying):
        return True
    if saying.lemma == "talk" and not saying.frame.startswith("prep"):
        return True  # "Ceasefire talks resume": the parser sees a ceasefire talk
    if saying.frame == "prep:for" and parsed.ent[saying.content[0][1]] == "DATE":
        return True  # "called a strike for Thursday"
    if saying.frame == "prep:as":
        return any(parsed.dep[token] == "dobj" for token in parsed.children[saying.cue])
    if saying.lemma == "press" and parsed.text[min(saying.cue + 1, len(parsed) - 1)].lower() == "on":
        return True
    return saying.lemma in cues().aspect or _is_wish_to_see(parsed, saying)


def _is_listener(parsed: Parsed, saying: Saying) -> bool:
    """ "told his chief of staff twice", "wrote to me from the camp", "did not respond to a request"."""
    if saying.frame == "object" and saying.lemma in _INFORMING:
        return True
    opens = parsed.text[saying.content[0][0]].lower()
    to = saying.frame == "prep:to" or (opens == "to" and parsed.tag[saying.content[0][0]] == "IN")
    return (
        to
        and saying.lemma in cues().speech
        and (saying.lemma in _ANSWERING or (saying.lemma, "prep:to") not in cues().verbs)
    )


_INFORMING = frozenset("tell inform notify brief assure remind".split())
_ANSWERING = frozenset({"respond", "reply", "react", "answer"})


def _is_held_at_a_distance(parsed: Parsed, saying: Saying) -> bool:
    """Whether the content is a few words in quotation marks and no more."""
    (first, last), *more = saying.content
    return not more and last - first < _SHORT_QUOTE and parsed.text[first] in _MARKS and parsed.text[last] in _MARKS


def _is_wish_to_see(parsed: Parsed, saying: Saying) -> bool:
    """ "wanted to see it burn": nobody saw or knew anything yet."""
    known = saying.lemma in cues().knowing or saying.lemma in cues().perception
    return known and parsed.dep[saying.cue] == "xcomp" and parsed.tag[saying.cue] == "VB"


def _is_relative(parsed: Parsed, piece: Range) -> bool:
    return piece[0] == piece[1] and parsed.tag[piece[0]] in ("WP", "WDT")


def _is_name(parsed: Parsed, piece: Range) -> bool:
    return all(parsed.pos[token] in ("PROPN", "PRON", "DET", "PUNCT") for token in range(piece[0], piece[1] + 1))


_OBJECTIONS: tuple[Callable[[Parsed, Saying], bool], ...] = (
    is_silence,
    is_act,
    is_seeming,
    is_perception,
    is_courtesy,
    is_left_open,
    is_order_by_nobody,
    is_mute,
    is_own_eyes,
    is_fragment,
)
