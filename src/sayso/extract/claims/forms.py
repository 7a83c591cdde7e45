"""Looks at a content as a sentence: its main word, who does it, whether it is an order, a future, the source's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.extract.claims.cues import cues
from sayso.extract.claims.hedges import main_word
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.clauses import child, own_subject
from sayso.extract.lexicon import is_plural
from sayso.model import Parsed, SourceKind, Stance

SELF = frozenset({"he", "she", "it", "they", "i", "we"})
_SINGULAR = frozenset({"he", "she", "it", "i"})
OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "nobody", "none", "nothing"})


@dataclass(frozen=True, slots=True)
class Form:
    """A content with what its rules ask of it: its main word, that word's subject, all words in small letters."""

    parsed: Parsed
    saying: Saying
    main: int
    subject: int | None
    words: tuple[str, ...]
    opening: tuple[str, ...]  # the first words, without marks

    @property
    def first(self) -> int:
        return self.saying.content[0][0]

    @property
    def last(self) -> int:
        return self.saying.content[0][1]

    @property
    def lemma(self) -> str:
        return lemma_of(self.parsed, self.main)

    @property
    def source(self) -> int | None:
        return self.saying.links[-1].head

    @property
    def is_quoted(self) -> bool:
        return not self.parsed.text[self.first][0].isalnum()

    def kids(self, *tags: str) -> Iterator[int]:
        """Children of the main word with one of these tags."""
        return (kid for kid in self.parsed.children[self.main] if self.parsed.tag[kid] in tags)


Rule = Callable[[Form], Stance | None]


def form_of(parsed: Parsed, saying: Saying) -> Form:
    """A content made ready for the rules."""
    main = main_word(parsed, saying.content[0])
    words = tuple(parsed.text[token].lower() for low, high in saying.content for token in range(low, high + 1))
    inside = [kid for kid in parsed.children[main] if any(low <= kid <= high for low, high in saying.content)]
    subject = next((kid for kid in inside if parsed.dep[kid] in ("nsubj", "nsubjpass")), None)
    opening = tuple(word for word in words[:8] if word[0].isalnum())
    return Form(parsed, saying, main, subject, words, opening)


def first_of(rules: tuple[Rule, ...], form: Form) -> Stance | None:
    """What the first rule says that does not pass."""
    return next((found for rule in rules if (found := rule(form))), None)


# --------------------------------------------------------------------------- what several rules ask


def is_imperative(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a sentence begins with a verb that tells somebody to do something."""
    while first < last and not parsed.text[first][0].isalnum():
        first += 1
    if parsed.text[first].lower() == "please":
        return False
    word, after = parsed.text[first].lower(), parsed.text[min(last, first + 1)].lower()
    if word in ("do", "don’t", "don't"):
        return after in ("not", "n't", "n’t")
    if word in _NO_ORDER or after in ("you", ",", "'s", "’s"):
        return False  # "Thank you", "Look, ..."
    return parsed.tag[first] == "VB" and parsed.dep[first] in _CLAUSES and own_subject(parsed, first) is None


_CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "parataxis", "dep"})
_NO_ORDER = frozenset({"let", "thank", "god", "suffice", "look", "imagine", "see", "believe", "may", "long", "ask"})

WILL = frozenset({"will", "would", "'ll", "’ll", "shall", "wo"})


def is_future(form: Form) -> bool:
    return any(form.parsed.text[kid].lower() in WILL for kid in form.parsed.children[form.main])


def is_negated(form: Form) -> bool:
    parsed = form.parsed
    if any(parsed.dep[kid] == "neg" or parsed.text[kid].lower() == "never" for kid in parsed.children[form.main]):
        return True
    return form.subject is not None and parsed.text[parsed.left[form.subject]].lower() in NEGATIVE


def is_self(form: Form) -> bool:
    """Whether the subject of the content can be the source: a pronoun of its number."""
    parsed, source = form.parsed, form.source
    word = parsed.text[form.subject].lower() if form.subject is not None else ""
    if word not in SELF or source is None:
        return False
    if word in ("i", "we"):
        return True
    if parsed.pos[source] == "PRON":
        return parsed.text[source].lower() == word
    return (word in _SINGULAR) != is_plural(parsed, source)


def is_own(form: Form) -> bool:
    """Whether the source speaks of itself: "it would", "The mill will close, its owner said"."""
    parsed, subject, source = form.parsed, form.subject, form.source
    if subject is None:
        return parsed.text[form.first].lower() in WILL
    if is_self(form):
        return True
    if source is None or parsed.pos[subject] not in ("NOUN", "PROPN"):
        return False
    if lemma_of(parsed, subject) == lemma_of(parsed, source):
        return True
    owner = child(parsed, subject, "poss")  # "his government would"
    if owner is not None and parsed.text[owner].lower() in OWNERS:
        return cues().kinds.get(lemma_of(parsed, subject)) in (SourceKind.OFFICE, SourceKind.ORGANIZATION)
    owned = any(parsed.text[token].lower() in ("its", "their") for token in range(parsed.left[source], source))
    return owned and form.last < source
