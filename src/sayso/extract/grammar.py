"""Reads who stands where around a verb or noun: subjects, objects, prepositions, through passives, relative clauses,
control and coordination. Knows the parser's labels and no events.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sayso.extract.events.frames import cue_words
from sayso.knowledge import table
from sayso.model import Parsed

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE = frozenset({"nsubjpass", "csubjpass"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_VERBAL = frozenset({"VERB", "AUX"})
_DEEPEST = 5  # steps through control and coordination
# Verbs whose infinitive belongs to their subject although they have an object.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "take", "make", "hold", "launch"})


@dataclass(slots=True)
class Arguments:
    """What stands around one verb or noun, as token indexes of content heads."""

    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    datives: list[int] = field(default_factory=list)
    preps: list[tuple[str, int]] = field(default_factory=list)
    complements: list[int] = field(default_factory=list)  # verbs of infinitives and clauses
    particles: set[str] = field(default_factory=set)
    passive: bool = False


class Grammar:
    """The dependencies of one article, asked for by token; answers are kept."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.lemma = _lemmas(parsed)
        self._known: dict[int, Arguments] = {}
        self._quantity = cue_words("quantity", "words")

    def arguments(self, token: int, depth: int = 0) -> Arguments:
        """Everything around a verb, shared and inherited participants included."""
        if token in self._known:
            return self._known[token]
        found = self._own(token)
        if depth < _DEEPEST:
            self._borrow(token, found, depth)
        if depth == 0:
            self._known[token] = found
        return found

    def expand(self, token: int) -> list[int]:
        """A noun with all it is coordinated with, quantities replaced by what they count."""
        found: list[int] = []
        queue = [token]
        while queue and len(found) < 30:
            at = queue.pop(0)
            found.append(self.content(at))
            queue.extend(child for child in self.parsed.children[at] if self.parsed.dep[child] == "conj")
        return found

    def content(self, token: int) -> int:
        """What is counted: of "dozens of soldiers" the soldiers."""
        if self.lemma[token] in self._quantity:
            for child in self.parsed.children[token]:
                if self.parsed.dep[child] == "prep" and self.lemma[child] == "of":
                    for inner in self.parsed.children[child]:
                        if self.parsed.dep[inner] == "pobj":
                            return inner
        return token

    def noun_preps(self, noun: int) -> list[tuple[str, int]]:
        """The prepositions after a noun, each with what follows."""
        found: list[tuple[str, int]] = []
        for child in self.parsed.children[noun]:
            if self.parsed.dep[child] in ("prep", "agent", "dative"):
                found.extend(self._prep(child))
        return found

    def modifiers(self, noun: int) -> list[int]:
        """What stands before a noun: compounds, adjectives, possessors."""
        deps, children = self.parsed.dep, self.parsed.children[noun]
        return [child for child in children if deps[child] in ("compound", "amod", "nmod", "poss") and child < noun]

    def governor(self, token: int) -> int | None:
        """The nearest verb above a token, or None."""
        at = token
        for _ in range(60):
            head = self.parsed.head[at]
            if head == at:
                return None
            if self.parsed.pos[head] in _VERBAL:
                return head
            at = head
        return None

    def clause(self, verb: int) -> tuple[int, int]:
        """First and last token of the clause of a verb, coordinated verbs left to themselves."""
        return self.parsed.left[verb], self.parsed.right[verb]

    def _own(self, token: int) -> Arguments:
        found = Arguments()
        parsed = self.parsed
        for child in parsed.children[token]:
            dep = parsed.dep[child]
            if dep in _SUBJECTS and not (parsed.tag[token] == "VBN" and self._is_bare_passive(token)):
                found.subjects.extend(self._nominals(child))
            elif dep in _PASSIVE or dep in _SUBJECTS:
                found.objects.extend(self._nominals(child))
                found.passive = True
            elif dep in ("dobj", "obj"):
                found.objects.extend(self._nominals(child))
            elif dep == "dative":
                if parsed.pos[child] == "ADP":
                    found.preps.extend(self._prep(child))
                else:
                    found.datives.extend(self._nominals(child))
            elif dep == "agent":
                found.subjects.extend(noun for _, noun in self._prep(child))
                found.passive = True
            elif dep == "prep":
                found.preps.extend(self._prep(child))
                found.particles.add(self.lemma[child])
            elif dep in ("xcomp", "ccomp"):
                found.complements.append(child)
            elif dep in ("prt", "advmod"):
                found.particles.add(self.lemma[child])
            elif dep == "auxpass":
                found.passive = True
        return found

    def _is_bare_passive(self, verb: int) -> bool:
        """The second half of "26 were killed and 18 injured"."""
        parsed, head = self.parsed, self.parsed.head[verb]
        if parsed.dep[verb] != "conj" or any(parsed.dep[child] in ("aux", "dobj") for child in parsed.children[verb]):
            return False
        return any(parsed.dep[child] == "auxpass" for child in parsed.children[head])

    def senses(self, noun: int) -> list[int]:
        """The words that tell what a noun is: itself, and for a pale head ("curfew hours") its modifiers."""
        if self.lemma[noun] not in cue_words("generic", "words"):
            return [noun]
        of = [token for name, token in self.noun_preps(noun) if name == "of"]
        return [noun, *self.modifiers(noun), *of]

    def _nominals(self, token: int) -> list[int]:
        return [noun for noun in self.expand(token) if self.lemma[noun] != "there"]

    def _prep(self, prep: int) -> list[tuple[str, int]]:
        parsed, name = self.parsed, self.lemma[prep]
        found: list[tuple[str, int]] = []
        for child in parsed.children[prep]:
            dep = parsed.dep[child]
            if dep == "pobj":
                found.extend((name, noun) for noun in self.expand(child))
            elif dep in ("prep", "pcomp") and parsed.pos[child] == "ADP":
                found.extend(self._prep(child))  # "out of", "because of"
            elif dep == "conj" and parsed.pos[child] == "ADP":
                found.extend(self._prep(child))
        return found

    def _borrow(self, verb: int, found: Arguments, depth: int) -> None:
        """Fill in what the clause leaves to its surroundings."""
        parsed, dep, head = self.parsed, self.parsed.dep[verb], self.parsed.head[verb]
        if dep == "relcl":
            self._relative(found, head)
        elif dep == "acl":
            self._reduced(verb, found, head, depth)
        if found.subjects or (found.passive and found.objects) or head == verb:
            return
        if dep == "conj" and parsed.pos[head] in _VERBAL:
            above = self.arguments(head, depth + 1)
            self._inherit(verb, found, above.objects if above.passive else above.subjects, above)
        elif dep in ("xcomp", "ccomp", "advcl", "pcomp"):
            self._control(verb, found, depth)

    def _inherit(self, verb: int, found: Arguments, who: list[int], above: Arguments) -> None:
        if found.passive:
            found.objects = found.objects or list(who)
        elif above.passive and self.parsed.tag[verb] == "VBN":
            found.objects, found.passive = found.objects or list(above.objects), True
            found.subjects = list(above.subjects)
        else:
            found.subjects = list(who)

    def _relative(self, found: Arguments, antecedent: int) -> None:
        nouns = [antecedent]

        def replaced(tokens: list[int]) -> list[int]:
            return [
                noun
                for token in tokens
                for noun in (nouns if self.lemma[token] in _RELATIVE and self.parsed.pos[token] != "NOUN" else [token])
            ]

        relative = any(self.lemma[token] in _RELATIVE for token in (*found.subjects, *found.objects))
        found.subjects, found.objects = replaced(found.subjects), replaced(found.objects)
        found.preps = [(name, noun) for name, token in found.preps for noun in replaced([token])]
        if not relative and found.subjects and not found.objects:
            found.objects = nouns

    def _reduced(self, verb: int, found: Arguments, noun: int, depth: int) -> None:
        tag = self.parsed.tag[verb]
        if tag == "VBN" or found.passive:
            found.passive = True
            found.objects = found.objects or [self.content(noun)]
        elif tag == "VBG":
            found.subjects = found.subjects or [self.content(noun)]
        elif not found.subjects:  # "its plan to impose": whoever has the plan
            owners = [child for child in self.parsed.children[noun] if self.parsed.dep[child] == "poss"]
            above = self.governor(noun)
            if owners:
                found.subjects = owners
            elif above is not None and above != verb and self.parsed.dep[noun] in ("dobj", "attr", "pobj"):
                found.subjects = list(self.arguments(above, depth + 1).subjects)

    def _control(self, verb: int, found: Arguments, depth: int) -> None:
        parsed, dep, head = self.parsed, self.parsed.dep[verb], self.parsed.head[verb]
        if dep == "ccomp" and parsed.tag[verb] not in ("VB", "VBG"):
            return
        if dep == "pcomp":
            head = parsed.head[head]
        if parsed.pos[head] not in _VERBAL and parsed.pos[head] != "ADJ":
            return
        above = self.arguments(head, depth + 1)
        # "ordered troops to leave", "accused the army of firing": the object acts; "met to discuss": the subject does.
        by_object = dep in ("xcomp", "ccomp", "pcomp") and (
            dep != "pcomp" or self.lemma[parsed.head[verb]] in ("of", "for", "from")
        )
        if by_object and self.lemma[head] not in _SUBJECT_CONTROL:
            who = above.objects or above.datives or [n for name, n in above.preps if name in ("on", "upon")]
            who = who if who and (dep != "pcomp" or above.objects) else []
        else:
            who = []
        who = who or (above.objects if above.passive else above.subjects)
        if found.passive or (parsed.tag[verb] == "VBN" and dep == "advcl"):
            found.passive, found.objects = True, found.objects or list(who)
        else:
            found.subjects = list(who)


def _lemmas(parsed: Parsed) -> list[str]:
    """Lemmas in small letters, known slips mended, "cease - fire" put together on its last token."""
    hyphened = table("event_words.toml")["hyphen"]
    found = list(map(_lemma, parsed.text, parsed.lemma))
    for number, text in enumerate(parsed.text[1:-1], 1):
        if text == "-":
            joined = f"{parsed.text[number - 1].lower()}-{found[number + 1]}"
            found[number + 1] = hyphened.get(joined, found[number + 1])
    return found


@lru_cache(maxsize=16_384)
def _lemma(text: str, lemma: str) -> str:
    mended, low = table("event_words.toml")["lemma"], lemma.lower()
    known: str = mended.get(text.lower()) or mended.get(low, low)
    return known
