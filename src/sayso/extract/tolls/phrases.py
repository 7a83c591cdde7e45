"""Harm told by a verb with the words after it, or by where somebody lies: "gunned down", "fell ill", "burnt down",
"hit by a stray bullet", "in critical condition", "flown to hospital".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sayso.extract.tolls.counts import is_person, lemma_of, noun_words, read_count, read_counts
from sayso.extract.tolls.kinds import names_people
from sayso.extract.tolls.rules import Found, HarmWords, taken_by, told
from sayso.extract.tolls.victims import is_told, objects, passive_victims, subjects, verb_above
from sayso.knowledge import table
from sayso.model import PROPERTY, Harm, Parsed

_PARTICLES = frozenset("in up out down off away".split())
_REACH = 7  # tokens after the verb in which its phrase must stand
_FORCE = frozenset("police policeman officer authority soldier army troop government security gendarme guard".split())
_SHARP = frozenset("gunshot bullet stab knife shrapnel wound injury burn trauma fracture cut bruise concussion".split())
_CONDITION = frozenset("critical serious stable fair grave guarded satisfactory good extremely".split())
_HOSPITALS = frozenset("hospital clinic infirmary ward center centre medical er".split())
_MOVED = frozenset("take rush airlift fly transport transfer bring drive send carry hospitalize treat admit".split())
_CAPTORS = frozenset("gang militant rebel gunman kidnapper captor militia bandit abductor insurgent pirate".split())
_CELLS = frozenset("station jail prison cell custody detention suspicion".split())
_OVER = frozenset({("over",), ("after",), ("for",), ("in",)})
_CRIMES = frozenset("attack murder riot killing bombing plot probe unrest connection protest shooting raid".split())
_BLOWS = frozenset(
    {
        "beat",
        "club",
        "batter",
        "pummel",
        "bludgeon",
        "thrash",
        "flog",
        "whip",
        "trample",
        "torture",
        "punch",
        "kick",
        "slap",
    }
)
_AFTERWARDS = frozenset({"die", "dead", "succumb", "morgue", "mortuary"})


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[tuple[str, tuple[str, ...], Harm], ...]]:
    """Verb to (table, the words after it, harm), the longest first."""
    found: dict[str, list[tuple[str, tuple[str, ...], Harm]]] = {}
    data = table("tolls.toml")
    for name in ("phrase", "suffer", "ruin"):
        for entry, harm in data[name].items():
            verb, *after = entry.split()
            found.setdefault(verb, []).append((name, tuple(after), Harm(harm)))
    return {verb: tuple(sorted(rows, key=lambda row: -len(row[1]))) for verb, rows in found.items()}


@lru_cache(maxsize=1)
def phrase_words() -> frozenset[str]:
    """Lemmas that can set off one of these rules."""
    more = {"hit", "strike", "pierce", "condition", "hospital", "seize", "hold", "treat", "care", "support", "life"}
    return frozenset(_phrases()) | more | {"hospitalize", *_BLOWS, "center", "centre", "clinic", "recover", "evacuate"}


def phrased(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Six men were rounded up; 70 guests fell ill; 14 homes were reduced to rubble."""
    rows = _phrases().get(parsed.lemma[token].lower())
    if rows is None or (parsed.pos[token] not in {"VERB", "AUX"} and parsed.tag[token] not in {"VBN", "VBD", "JJ"}):
        return None
    for name, after, harm in rows:
        if not _follows(parsed, token, after):
            continue
        if after == ("prisoner",):
            harm = taken_by(parsed, token)
        if harm is Harm.ARRESTED and after and after[-1] in {"away", "off"}:
            harm = taken_by(parsed, token)
        if harm is Harm.ABDUCTED and after == ("into",) and "police" in parsed.text[token : token + 9]:
            harm = Harm.ARRESTED
        if harm is Harm.ARRESTED and _takes_care(parsed, token):
            continue
        heads = victims(parsed, token) if name != "suffer" else subjects(parsed, token)
        if harm in PROPERTY and not heads:  # "three houses collapsed"; but of one that sank or burnt others tell
            heads = [head for head in subjects(parsed, token) if parsed.tag[head] in {"NNS", "NNPS", "CD"}]
        if harm in PROPERTY and after:
            heads = [*heads, *_inside(parsed, token, after)]
        if harm not in PROPERTY and name == "phrase":
            heads = [head for head in heads if _may_be_people(parsed, head)]
        if toll := told(parsed, token, heads, harm) or _more_property(parsed, token, heads, harm):
            return toll
    return None


def _takes_care(parsed: Parsed, verb: int) -> bool:
    """A hospital that takes people in, and whoever is picked up unhurt, are of no arrest."""
    last = parsed.sents[parsed.sent[verb]][1]
    wards = any(lemma_of(parsed, who) in _HOSPITALS for who in subjects(parsed, verb))
    near = {word.lower() for word in parsed.text[verb + 1 : min(last, verb + 6)]}
    return wards or bool(near & {"wounded", "injured", "unhurt", "alive", "safe", "unharmed"})


def _more_property(parsed: Parsed, token: int, heads: Sequence[int], harm: Harm) -> Found | None:
    """ "Destroyed six houses, damaged four": a number alone, where property stands before it."""
    first, _ = parsed.sents[parsed.sent[token]]
    if harm not in PROPERTY or not any(lemma_of(parsed, at) in noun_words().property for at in range(first, token)):
        return None
    for head in heads:
        counted = read_count(parsed, head) if parsed.pos[head] == "NUM" else None
        if counted and counted.plain and is_told(parsed, token):
            return Found(counted, harm, token)
    return None


def victims(parsed: Parsed, verb: int) -> list[int]:
    """Whom a verb is done to: passive subject or object."""
    return passive_victims(parsed, verb) or objects(parsed, verb)


def _follows(parsed: Parsed, verb: int, after: Sequence[str]) -> bool:
    """Whether the words stand behind the verb in order, each a part of what hangs on it."""
    last = parsed.sents[parsed.sent[verb]][1]
    at = verb + 1
    for word in after:
        while at < min(last, verb + 1 + _REACH) and word not in (parsed.lemma[at].lower(), parsed.text[at].lower()):
            at += 1
        if at >= min(last, verb + 1 + _REACH) or not _under(parsed, at, verb):
            return False
        if word in _PARTICLES and len(after) == 1 and any(parsed.dep[child] == "pobj" for child in parsed.children[at]):
            return False  # "taken in the raid" is no "taken in"
        at += 1
    return True


def _under(parsed: Parsed, token: int, verb: int) -> bool:
    for _ in range(4):
        token = parsed.head[token]
        if token == verb:
            return True
        if parsed.dep[token] in {"conj", "relcl", "advcl"}:
            return False
    return False


def _inside(parsed: Parsed, verb: int, after: Sequence[str]) -> list[int]:
    """ "Set fire to 12 cars", "caused damage to 40 homes": what stands after the phrase's preposition."""
    if after[-1] != "to":
        return []
    last = parsed.sents[parsed.sent[verb]][1]
    return [
        inner
        for prep in range(verb + 1, min(last, verb + 1 + _REACH))
        if parsed.text[prep].lower() == "to"
        for inner in parsed.children[prep]
        if parsed.dep[inner] == "pobj"
    ]


def _may_be_people(parsed: Parsed, head: int) -> bool:
    return parsed.pos[head] in {"NUM", "PRON", "NOUN", "PROPN", "ADJ", "DET"} and (
        lemma_of(parsed, head) not in noun_words().things
    )


# --------------------------------------------------------------------------- held and seized


def seized(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Armed men seized 26 pupils: abducted; police seized 12 men: arrested; 40 kilos or a town: none."""
    if parsed.lemma[token] not in {"seize", "hold"} or parsed.pos[token] != "VERB":
        return None
    heads = [head for head in victims(parsed, token) if _are_people(parsed, head)]
    agents = [lemma_of(parsed, who) for who in (*_agents(parsed, token), *subjects(parsed, token))]
    by_force = any(agent in _FORCE for agent in agents)
    if parsed.lemma[token] == "hold" and any(agent in _CAPTORS for agent in agents):
        return told(parsed, token, heads, Harm.ABDUCTED)
    if parsed.lemma[token] == "hold":
        last = parsed.sents[parsed.sent[token]][1]
        after = {lemma.lower() for lemma in parsed.lemma[token + 1 : min(last, token + 12)]}
        over = not objects(parsed, token) and parsed.text[token + 1 : token + 2] in _OVER  # "three held over attack"
        if not (by_force or after & _CELLS or (over and after & _CRIMES)):
            return None
        by_force = True
    return told(parsed, token, heads, Harm.ARRESTED if by_force else Harm.ABDUCTED)


def _agents(parsed: Parsed, verb: int) -> list[int]:
    return [
        inner for child in parsed.children[verb] if parsed.dep[child] == "agent" for inner in parsed.children[child]
    ]


def _are_people(parsed: Parsed, head: int) -> bool:
    if parsed.tag[head] == "NNS" and lemma_of(parsed, head) not in noun_words().things:
        return True
    return is_person(parsed, head) or parsed.pos[head] == "NUM" or parsed.lemma[head].lower() == "people"


# --------------------------------------------------------------------------- hurt, by what hit or where they lie


@lru_cache(maxsize=1)
def _hitting() -> tuple[frozenset[str], frozenset[str]]:
    data = table("tolls.toml")
    return frozenset(data["weapon"]["words"]), frozenset(data["body"]["words"])


def hit(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """A boy was hit by a stray bullet; a shot struck two bystanders; she was struck in the leg."""
    if parsed.lemma[token] not in {"hit", "strike", "pierce"} or parsed.pos[token] != "VERB":
        return None
    weapons, body = _hitting()
    heads = [head for head in victims(parsed, token) if _are_people(parsed, head)]
    by = {lemma_of(parsed, who) for who in (*_agents(parsed, token), *subjects(parsed, token))} & weapons
    in_body = any(
        lemma_of(parsed, inner) in body
        for child in parsed.children[token]
        if parsed.dep[child] in {"prep", "agent"}
        for inner in parsed.children[child]
    )
    times = {"time", "times"} & {word.lower() for word in parsed.text[token + 1 : token + 4]}
    if not (by or in_body or times) or _dies(parsed, token):
        return None
    return told(parsed, token, heads, Harm.INJURED)


def beaten(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Two officers were beaten with iron bars; but a team that beat two rivals hurt nobody."""
    if parsed.lemma[token] not in _BLOWS or parsed.pos[token] != "VERB":
        return None
    passive = passive_victims(parsed, token)
    known = any(names_people(parsed, head) for head in objects(parsed, token))
    if (not passive and parsed.lemma[token] == "beat" and not known) or _dies(parsed, token):
        return None
    after = {word.lower() for word in parsed.text[token + 1 : token + 8]}
    if parsed.lemma[token] == "beat" and after & {"final", "semi-final", "match", "game", "points", "election", "poll"}:
        return None
    return told(parsed, token, [head for head in victims(parsed, token) if _are_people(parsed, head)], Harm.INJURED)


def condition(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """A man is in critical condition; two were left in intensive care, on life support, fighting for their lives."""
    lemma = parsed.lemma[token].lower()
    before = {word.lower() for word in parsed.text[max(0, token - 4) : token]}
    lies = (
        (lemma == "condition" and before & _CONDITION and "in" in before)
        or (lemma == "care" and "intensive" in before)
        or (lemma == "support" and "life" in before)
        or (lemma == "life" and {"fighting", "for"} <= before)
        or (lemma == "hospital" and parsed.text[token - 1].lower() == "in")
    )
    if not lies or _dies(parsed, token):
        return None
    prep = parsed.head[token]
    if lemma == "life" and parsed.text[prep].lower() == "for":
        verb = parsed.head[prep]
        return told(parsed, verb, subjects(parsed, verb), Harm.INJURED)
    above = parsed.head[prep] if parsed.dep[token] == "pobj" else None
    if above is not None and parsed.pos[above] in {"NOUN", "NUM", "PROPN"}:
        counted = read_counts(parsed, above)
        return Found(counted, Harm.INJURED, token) if counted and counted.bounds.high != 0 else None
    lying = verb_above(parsed, token)
    if lying is None:
        return None
    heads = [*objects(parsed, lying), *passive_victims(parsed, lying), *subjects(parsed, lying)]
    return told(parsed, lying, [head for head in heads if _are_people(parsed, head)], Harm.INJURED)


def to_hospital(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Five people were taken to hospital; a firefighter is being treated for burns; but not where they died of it."""
    verb = _treats(parsed, token)
    if verb is None or _dies(parsed, verb):
        return None
    heads = subjects(parsed, verb) if parsed.lemma[verb] == "recover" else victims(parsed, verb)
    return told(parsed, verb, [head for head in heads if _are_people(parsed, head)], Harm.INJURED)


def _treats(parsed: Parsed, token: int) -> int | None:
    """The verb of being treated, recovering or being moved to hospital that a word belongs to."""
    lemma = parsed.lemma[token].lower()
    after = {parsed.lemma[at].lower() for at in range(token + 1, min(len(parsed), token + 9))}
    if lemma == "treat" and parsed.pos[token] == "VERB":
        return token if after & (_SHARP | _HOSPITALS | _FOR) else None
    if lemma == "recover" and parsed.pos[token] == "VERB":
        return token if after & (_SHARP | _HOSPITALS | _FROM) else None
    if lemma in _HOSPITALS and parsed.dep[token] == "pobj":
        verb = verb_above(parsed, token)
        return verb if verb is not None and parsed.lemma[verb] in _MOVED else None
    return None


_FOR = frozenset(
    {
        "gas",
        "effect",
        "exposure",
        "dehydration",
        "heatstroke",
        "poisoning",
        "exhaustion",
        "smoke",
        "scene",
        "inhalation",
        "hypothermia",
        "shock",
    }
)
_FROM = frozenset({"surgery", "shoot", "shooting", "stabbing", "operation"})


def _dies(parsed: Parsed, token: int) -> bool:
    """Whether the sentence, or the next where it begins with "he" or "they", says that they died of it."""
    number = parsed.sent[token]
    first, last = parsed.sents[number]
    if any(parsed.lemma[at].lower() in _AFTERWARDS for at in range(first, last)):
        return True
    if number + 1 >= len(parsed.sents):
        return False
    first, last = parsed.sents[number + 1]
    begins = parsed.text[first].lower() in {"he", "she", "they", "both", "the"}
    return begins and any(parsed.lemma[at].lower() in _AFTERWARDS for at in range(first, last))


PHRASES = (phrased, seized, hit, beaten, condition, to_hospital)
