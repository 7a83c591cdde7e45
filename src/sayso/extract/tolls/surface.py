"""Reads words of harm around a counted phrase as they stand, where the sentence's structure told nothing.

Every counted phrase that no other rule took is looked at: what follows it ("did not survive", "were taken hostage"),
what stands before it ("no trace of", "drove off with"), and verbs that stand around it ("put 30 in hospital").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from sayso.extract.tolls.bounds import Bounds, bounded, is_year, number_run
from sayso.extract.tolls.counts import Count, is_person, join_counts, lemma_of, noun_words, read_count, sharing
from sayso.extract.tolls.rules import Found, harm_words
from sayso.knowledge import table
from sayso.model import PROPERTY, Harm, Parsed, Reason

_POSSESSIVE = r"(?:their|his|her|its|our|my|your|the)"
_HOME = r"(?:homes?|houses?|flats?|apartments?|dwellings?|places)"
_ADVERB = (
    r"(?:\w+ly|also|later|then|now|still|already|all|both|so far|too|since|so|again|either|even|since then|in turn)"
)
_WHO = r"(?:who|that|which|whom)"
_BE = r"(?:was|were|is|are|been|being|be|got|get|gets|getting|lies?|lay|lying|remain|remains|remained|left)"
_SAID = r"(?:said|believed|reported|known|thought|understood|confirmed|presumed|found|listed as|listed|reportedly)"
_AUX = rf"(?:(?:{_WHO}|{_BE}|{_ADVERB}|{_SAID}|have|has|had|to have|to be|had to be|did|does|do),? )*?"
_ENDED = (  # what may follow a participle that stands without "were": no object
    r"(?=$|\s*[.,;:!?()\-\u2013\u2014\u201d\"]| (?:in|on|at|by|as|after|when|during|near|from|for|over"
    r"|and|or|while|outside"
    r"|inside|this|last|late|early|with|since|to|because|before|but|under|across|following|amid|into|if|of|yesterday|today|overnight"
    r"|off|so|along|when|where|that|which|throughout|within|between|through|around|beneath|aboard|alongside|behind"
    r"|\w+day|january|february|march|april|may|june|july|august|september|october|november|december|is|was|were|are"
    r"|without|again|\w+ly|have|has|had|then|until|near|nearby|together|one|two|say|says|said)\b)"
)
_SKIP_AFTER = r"(?:(?: [^\s,;:.]+){0,8}?|(?:,| \u2013| \u2014| \() [^,;()]{1,70}(?:,| \u2013| \u2014|\)))"
_DETERMINERS = (
    r"(?: (?:all|the|these|those|only|just|also|another|further|as well as|yet|of|off|up|away|down|what|were|was))*"
)
_UNTOLD = re.compile(
    r"\b(?:could|would|may|might|can|should|must|will|shall|not|n't|n\u2019t|never|cannot|if|unless|whether|without|fear"
    r"|feared|fears|fearing|threat\w*|plan(?:s|ned|ning)?|plot\w*|attempt\w*|tr(?:y|ied|ies|ying)|vow\w*|want\w*|hop(?:e|ed|ing)"
    r"|refus\w+|avoid\w*|prevent\w*|risk\w*|aim\w*|capable|able|likely|intend\w*|conspir\w+|designed|order(?:s|ed)?"
    r"|to|before|denies|deny|neither|foil\w+|avert\w*|demand\w*|urg\w+"
    r"|call(?:s|ed|ing)? (?:for|on)|against|warn\w*)\b[^,;.:]{0,22}$"
)
_MODAL = re.compile(r"\b(?:could|would|may|might|will|shall|should)\b[^,;.:]{0,60}$")
_WENT_ON = re.compile(
    r"\b(?:(?:went|goes|gone|going) on to|(?:said|believed|thought|known|reported|alleged|claim\w*"
    r"|appears?|seems?|suspected|accused|understood) to have"
    r"|proceeded to|managed to|had to(?: be)?|(?:forced|obliged|compelled|made) (?:\w+ ){0,4}to)\b[^,;.:]{0,22}$"
)
_DOUBT = re.compile(
    r"\b(?:could|would|may|might|can|should|must|will|shall|not|n't|never|cannot|to|fear\w*|if|unless)\b"
)


@dataclass(frozen=True, slots=True)
class _Cues:
    """Patterns of one harm, compiled once."""

    harm: Harm
    after: re.Pattern[str]  # at the words after the phrase
    passive: re.Pattern[str]  # participles after the phrase; without "were" no object may follow
    before: re.Pattern[str]  # ends right before the phrase
    active: re.Pattern[str]  # a verb that ends right before the phrase
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]  # before and after it


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cues, ...]:
    data = table("toll_cues.toml")
    irregular: Mapping[str, str] = data["irregular"]
    return tuple(_compile(Harm(harm), data, irregular) for harm in data["verb"] | data["subject"] | data["before"])


def _compile(harm: Harm, data: Mapping[str, Mapping[str, Sequence[str]]], irregular: Mapping[str, str]) -> _Cues:
    verbs = [_fill(verb) for verb in data["verb"].get(harm.value, ())]
    subject = "|".join(map(_fill, data["subject"].get(harm.value, ())))
    before = "|".join(map(_fill, data["before"].get(harm.value, ())))
    passive, active, around = [], [], []
    for verb in verbs:
        first, _, rest = verb.partition(" ") if not verb.startswith("(?:") else _first_group(verb)
        forms = _forms(first, irregular)
        done = _forms(first, irregular, done=True)
        passive.append(f"{done} {rest}" if rest else done)
        active.append(f"{forms} {rest}" if rest else forms)
        if rest:
            around.append(
                (re.compile(rf"\b{forms}{_DETERMINERS}$"), re.compile(rf"^(?: [^\s,;:.]+){{0,6}}? {rest}(?!\w)"))
            )
    never = r"(?!)"
    return _Cues(
        harm,
        re.compile(rf"^(?P<gap>{_SKIP_AFTER})? {_AUX}(?:{subject or never})(?!\w)"),
        re.compile(
            rf"^(?P<gap>{_SKIP_AFTER})? (?:{_AUX}{_BE} (?:{_ADVERB} )*(?:{'|'.join(passive) or never})(?![\w-])"
            rf"|(?:{_ADVERB} )*(?:{'|'.join(passive) or never}){_ENDED})"
        ),
        re.compile(rf"(?<!\w)(?:{'|'.join(filter(None, [before, *_totals(harm, passive)])) or never}){_DETERMINERS}$"),
        re.compile(rf"(?<![\w-])(?:{'|'.join(active) or never})(?: {_ADVERB})?{_DETERMINERS}$"),
        tuple(around),
    )


_STATES = {
    Harm.KILLED: "dead|deaths|killed|fatalities|lives lost", Harm.INJURED: "wounded|injured|hurt|injuries",
    Harm.MISSING: "missing|disappeared|unaccounted for", Harm.DISPLACED: "homeless|displaced|evacuated|evacuees",
    Harm.ARRESTED: "detained|arrested|detainees|arrests|in custody", Harm.SICK: "infected|sick|cases|infections",
    Harm.ABDUCTED: "abducted|kidnapped|hostages", Harm.AFFECTED: "casualties|affected",
}  # fmt: skip


def _totals(harm: Harm, done: Sequence[str]) -> Iterator[str]:
    """ "The tally of missing stood at", "the number of people driven out: over"; "among those picked up were"."""
    told = "|".join([*([_STATES[harm]] if harm in _STATES else []), *done])
    if told:
        yield (
            rf"(?:number|toll|tally|count|figure|total) (?:of|for) (?:[\w'-]+ ){{0,3}}?(?:{told})(?: [\w'-]+){{0,9}}?"
            r" (?:at|to|reached|reaches|is|was|now|past|exceeds|exceeded|topped|tops|hit|hits|passed|passes)"
        )
        yield rf"among (?:the|those)(?: people)? (?:{told})(?: [\w'-]+){{0,7}} (?:was|were|are|is)"
        yield rf"among (?:the|those)(?: people)? (?:{told}) (?:was|were|are|is)"


def _first_group(verb: str) -> tuple[str, str, str]:
    """A verb that is a choice of several: where its group closes."""
    depth = 0
    for at, sign in enumerate(verb):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return verb[: at + 1], " ", verb[at + 1 :].strip()
    raise ValueError(verb)


def _fill(pattern: str) -> str:
    return pattern.replace("~", _POSSESSIVE).replace("@", _HOME)


def _forms(verb: str, irregular: Mapping[str, str], done: bool = False) -> str:
    """A verb's forms as a pattern; only past ones where what is done to somebody is told."""
    if verb.startswith("(?:"):
        return "(?:" + "|".join(_forms(one, irregular, done) for one in verb[3:-1].split("|")) + ")"
    stem = verb.replace("[sz]", "Z")
    if irregular.get(verb):
        past, *_ = [irregular[verb]]
    elif stem.endswith("e"):
        past = f"{verb}d"
    elif stem.endswith("y") and stem[-2] not in "aeou":
        past = f"{verb[:-1]}ied"
    else:
        past = f"{verb}(?:{stem[-1]})?ed"
    if verb in {"hang", "burn", "hold", "shoot", "mow"} or irregular.get(verb) is None or verb in _REGULAR:
        past += f"|{verb}d" if verb.endswith("e") else f"|{verb}(?:{stem[-1]})?ed"
    if verb in _SAME:
        past += f"|{verb}"
    if done:
        return f"(?:{past})"
    going = f"{verb[:-1]}ing" if stem.endswith("e") else f"{verb}(?:{stem[-1]})?ing"
    third = f"{verb[:-1]}ies" if stem.endswith("y") and stem[-2] not in "aeou" else f"{verb}(?:e?s)?"
    return f"(?:{past}|{going}|{third})"


_REGULAR = frozenset({"fell", "net", "turn", "force", "render", "wreck", "round", "kidnap", "hang", "burn", "mow"})
_SAME = frozenset({"cut", "put", "hurt", "hit", "set", "split", "beat"})


# --------------------------------------------------------------------------- counted phrases


def phrases(parsed: Parsed, sent: int) -> list[Count]:
    """The counted phrases of a sentence one by one, joined ones apart, in order."""
    first, last = parsed.sents[sent]
    found: list[Count] = []
    for at in range(first, last):
        if parsed.pos[at] not in {"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET", "VERB"} or _inner(parsed, at):
            continue
        if (
            parsed.pos[at] in {"DET", "VERB"}
            and parsed.tag[at] not in {"CD", "NNS"}
            and parsed.text[at].lower() not in _ALONE
        ):
            continue
        count = read_count(parsed, at) or read_count(parsed, at, of_property=True)
        if count is None and lemma_of(parsed, at) in noun_words().property:
            count = _one_thing(parsed, at)
        if count is not None and count.bounds.high != 0 and parsed.text[count.last].lower() != "both":
            found.append(_trimmed(parsed, count))
    found += _by_number(parsed, first, last, found)
    return sorted(_outermost(found), key=lambda count: count.first)


def _trimmed(parsed: Parsed, count: Count) -> Count:
    """A phrase with the nouns joined under its number; "120 sustained injuries" is a number and what it suffered."""
    if count.head is None:
        return count
    for at in range(count.first + 1, count.head):
        if parsed.text[at].lower() in {"sustained", "suffered", "received"}:
            return Count(count.bounds, count.first, at - 1, None, plain=True)
    return replace(count, last=max([count.last, *sharing(parsed, count.head)]))


_ALONE = frozenset({"another", "dozens", "scores", "hundreds", "thousands", "several", "many"})


def _one_thing(parsed: Parsed, head: int) -> Count | None:
    """The mill, the mayor's house: one, where it is told as a thing by itself."""
    marks = [child for child in parsed.children[head] if parsed.dep[child] in {"det", "poss"} and child < head]
    if parsed.tag[head] != "NN" or not marks or lemma_of(parsed, head) in _BUILT_IN:
        return None
    low = {parsed.text[at].lower() for at in marks}
    if not (low & {"the", "a", "an", "his", "her", "their"} or any(parsed.dep[at] == "poss" for at in marks)):
        return None

    start = min(parsed.left[child] for child in marks)
    return Count(Bounds(1, 1), start, head, (start, head), head=head)


_BUILT_IN = frozenset(
    "roof wall window door floor gate line post base field village town district camp settlement".split()
)


def _inner(parsed: Parsed, token: int) -> bool:
    """Whether a word belongs to the name of a noun after it."""
    head = parsed.head[token]
    if parsed.pos[head] == "VERB" or parsed.text[head].lower() in harm_words().state:
        return False
    return (
        parsed.dep[token] in {"nummod", "compound", "amod", "quantmod", "nmod", "det", "poss"}
        and token < head <= token + 8
    )


def _by_number(parsed: Parsed, first: int, last: int, known: Sequence[Count]) -> Iterator[Count]:
    """Numbers that the parser hung on nothing, with the noun that follows."""
    at = first
    while at < last:
        run = number_run(parsed, at, at, last)
        if run is None:
            if (range_ := _RANGE.match(parsed.text[at])) and int(range_[1]) < int(range_[2]):
                yield Count(Bounds(int(range_[1]), int(range_[2])), at, at, None, plain=True)
            at += 1
            continue
        at = run[1] + 1
        if any(count.first <= run[1] and run[0] <= count.last for count in known) or is_year(parsed, run):
            continue
        if parsed.text[run[1] + 1 : run[1] + 2] and parsed.text[run[1] + 1].lower() in _MEASURES:
            continue
        if run[0] > first and parsed.text[run[0] - 1] in {"$", "\u20ac", "\u00a3", "-", ".", ":", "no.", "aged"}:
            continue
        bounds, start, end = bounded(parsed, run, first, last)
        head = end + 1
        while head + 1 < last and _names(parsed, head):
            head += 1
        if head < last and parsed.pos[head] in {"NOUN", "PROPN"} and parsed.tag[head] in {"NNS", "NNPS"}:
            yield Count(bounds, start, head, (end + 1, head), head=head)
        elif head < last and parsed.pos[head] not in {"NOUN", "PROPN", "SYM"}:
            yield Count(bounds, start, end, None, plain=True)


def _names(parsed: Parsed, token: int) -> bool:
    """Whether a word stands in a noun phrase that goes on: "suspected cholera" cases."""
    modifier = parsed.pos[token] in {"ADJ", "NOUN", "PROPN"} or parsed.tag[token] == "VBN"
    return modifier and parsed.pos[token + 1] in {"NOUN", "PROPN"}


_RANGE = re.compile(r"(\d{1,6})[-\u2013](\d{1,6})$")
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_MEASURES = frozenset(
    "% percent per years year year-old days day weeks hours minutes months am pm a.m. p.m. o'clock - : km kilometres "
    "miles million times january february march april may june july august september "
    "october november december points metres meters kilos dollars euros people's".split()
)


def _outermost(counts: Sequence[Count]) -> list[Count]:
    """Each phrase once: the longest of those that overlap."""
    kept: list[Count] = []
    for count in sorted(counts, key=lambda count: (count.first - count.last, count.first)):
        if not any(count.first <= other.last and other.first <= count.last for other in kept):
            kept.append(count)
    return kept


def may_suffer(parsed: Parsed, count: Count, harm: Harm) -> bool:
    """Whether what is counted can be what a harm befalls: people, or property."""
    if count.head is None:
        first = parsed.sents[parsed.sent[count.first]][0]
        things = any(lemma_of(parsed, at) in noun_words().property for at in range(first, count.first))
        return harm not in PROPERTY or things
    lemma = lemma_of(parsed, count.head)
    if harm in PROPERTY:
        return lemma in noun_words().property and not (count.bounds.single and lemma in _BUILT_IN)
    if lemma in noun_words().things or lemma in _ABSTRACT:
        return False
    if parsed.tag[count.head] in {"NNS", "NNPS"} or not count.bounds.single:
        return True
    return _is_one_person(parsed, count, lemma)


def _is_one_person(parsed: Parsed, count: Count, lemma: str) -> bool:
    """Whether a single victim is told as one: "a welder", "another welder"; "the suspect" may be anybody."""
    one = parsed.text[count.first].lower() in {"a", "an", "another", "one"}
    return one and is_person(parsed, count.head or count.last) and not lemma.endswith(("ment", "ence"))


_ABSTRACT = frozenset(
    "body corpse injury wound death arrest casualty fatality life attack blast explosion group report shot figure toll "
    "case bomb village town storey floor region area state nation government official district side "
    "source hostage-taking family "
    "fire clash incident raid strike earthquake storm flood province building".split()
) - frozenset({"family", "official"})


# --------------------------------------------------------------------------- reading


def beyond_structure(parsed: Parsed, found: Sequence[Found]) -> list[Found]:
    """Tolls of counted phrases that no other rule took."""
    more: list[Found] = []
    for sent in range(len(parsed.sents)):
        counts = phrases(parsed, sent)
        if counts:
            more += _read_sentence(parsed, sent, counts, found)
    return more


def _read_sentence(parsed: Parsed, sent: int, counts: Sequence[Count], found: Sequence[Found]) -> list[Found]:
    taken = [(toll.count.first, toll.count.last) for toll in found]
    told: dict[int, tuple[Harm, int]] = {}
    free = [i for i, count in enumerate(counts) if not _overlaps(count, taken)]
    groups = _groups(parsed, counts)
    for i in free:
        group = groups[i]
        if body := _body(parsed, sent, counts[i]) or _cases(parsed, sent, counts[i]):
            told[i] = body
            continue
        for harm, trigger in _harms(parsed, sent, counts[group[0]], counts[group[-1]]):
            if may_suffer(parsed, counts[i], harm):
                told[i] = (harm, trigger)
                break
    tolls: list[Found] = []
    done: set[int] = set()
    if parsed.text[parsed.sents[sent][1] - 1] == "?":
        return []
    for i in free:
        if i not in told or i in done:
            continue
        same = [j for j in groups[i] if told.get(j) == told[i]]
        done |= set(same)
        count = join_counts([counts[j] for j in same])
        if count.head is not None and lemma_of(parsed, count.head) in _BODIES:
            count = replace(count, who=None, head=None, members=())
        tolls.append(Found(count, *told[i]))
    return [*tolls, *_among_them(parsed, sent, [counts[i] for i in free if i not in told], [*found, *tolls])]


_BODIES = frozenset({"body", "corpse", "skeleton", "case", "infection"})


def _body(parsed: Parsed, sent: int, count: Count) -> tuple[Harm, int] | None:
    """Eighteen corpses, a charred body: dead, wherever they are told of; of whom is not said."""
    if count.head is None or lemma_of(parsed, count.head) not in {"body", "corpse", "skeleton"} or count.bounds.low < 1:
        return None
    if parsed.text[count.first].lower() in {"the", "his", "her", "some", "their"} or count.last > count.head:
        return None
    first, _ = parsed.sents[sent]
    left = _plain(parsed.article.text[parsed.start[first] : parsed.start[count.first]])
    return None if _UNTOLD.search(left + " ") else (Harm.KILLED, count.head)


_DISEASE = re.compile(
    r"\b(?:cholera|measles|malaria|ebola|dengue|typhoid|polio|flu|influenza|covid|virus|fever|plague|pox|mpox|diarrh\w+"
    r"|outbreak|epidemic|infections?|disease|suspected cases|hepatitis|meningitis|diphtheria|dysentery"
    r"|anthrax|tuberculosis|zika|poisoning)\b"
)


def _cases(parsed: Parsed, sent: int, count: Count) -> tuple[Harm, int] | None:
    """1,260 suspected cholera cases: so many sick."""
    if count.head is None or lemma_of(parsed, count.head) not in {"case", "infection"} or count.bounds.low < 2:
        return None
    first, last = parsed.sents[sent]
    text = _plain(parsed.article.text[parsed.start[first] : parsed.end[last - 1]])
    left = _plain(parsed.article.text[parsed.start[first] : parsed.start[count.first]])
    return (Harm.SICK, count.head) if _DISEASE.search(text) and not _UNTOLD.search(left + " ") else None


def _among_them(parsed: Parsed, sent: int, counts: Sequence[Count], found: Sequence[Found]) -> list[Found]:
    """ "Five people, a toddler among them"; "injuring 22, two seriously": parts of the toll before."""
    more = []
    last = parsed.sents[sent][1]
    for count in counts:
        after = _plain(parsed.article.text[parsed.end[count.last] : parsed.end[last - 1]])
        before = [toll for toll in found if toll.count.last < count.first and parsed.sent[toll.count.first] == sent]
        whole = max(before, key=lambda toll: toll.count.last, default=None)
        if (
            whole is None
            or whole.harm in PROPERTY
            or whole.count.bounds.single
            or not may_suffer(parsed, count, whole.harm)
        ):
            continue
        if re.match(r"(?:are |were |is |was )?among (?:them|the (?:dead|victims|casualties))\b", after) or (
            whole.harm is Harm.INJURED
            and count.plain
            and re.match(r"(?:of them )?(?:seriously|critically|gravely|severely|badly)(?:$|[.,;])", after)
        ):
            told_of = parsed.article.quote(parsed.span(whole.count.first, whole.count.last))
            more.append(
                Found(count, whole.harm, whole.trigger, whole.total, (Reason("part", 1.0, f"of {told_of}"),), part=True)
            )
    return more


def _overlaps(count: Count, taken: Sequence[tuple[int, int]]) -> bool:
    return any(first <= count.last and count.first <= last for first, last in taken)


_JOINED = re.compile(r"^(?:,|,? and| as well as| or| nor| along with)$")


def _groups(parsed: Parsed, counts: Sequence[Count]) -> dict[int, tuple[int, ...]]:
    """Which phrases stand side by side: "17 girls and their teacher", "six shops, a bank and a church"."""
    runs: list[list[int]] = []
    for i, count in enumerate(counts):
        if runs:
            previous = counts[runs[-1][-1]]
            between = parsed.article.text[parsed.end[previous.last] : parsed.start[count.first]]
            if _JOINED.match(between.lower().rstrip()) and not (previous.plain and between.strip() == ","):
                runs[-1].append(i)
                continue
        runs.append([i])
    whole: dict[int, tuple[int, ...]] = {}
    for run in runs:
        has_and = any(
            "and" in parsed.article.text[parsed.end[counts[a].last] : parsed.start[counts[b].first]]
            for a, b in pairwise(run)
        )
        for i in run:
            whole[i] = tuple(run) if has_and else (i,)
    return whole


def _harms(parsed: Parsed, sent: int, first: Count, last: Count) -> Iterator[tuple[Harm, int]]:
    """What the words around a phrase, or a list of them, say befell it; the nearest words first."""
    begin, end = parsed.sents[sent]
    text = parsed.article.text
    left = _plain(text[parsed.start[begin] : parsed.start[first.first]])
    right = _plain(text[parsed.end[last.last] : parsed.end[end - 1]])
    if _is_name_or_age(parsed, first, left, right):
        return
    acts = not _OBLIQUE.search(left) or right.lstrip().startswith("who ")
    acts = acts or bool(re.match(r",? there (?:is|was|has been|have been)", right.lstrip()))
    acts = acts and not _CONDITION.search(left)
    left, right = left.rstrip(), " " + right.lstrip() if not right.startswith((",", ";", ".", "(")) else right
    ranked: list[tuple[int, Harm, int]] = []
    for cue in _cues():
        follows = (pattern.match(right) for pattern in (cue.after, cue.passive) if acts)
        if any(match and _gap_is_plain(parsed, last.last + 1, match) for match in follows):
            ranked.append((1, cue.harm, min(end - 1, last.last + 1)))
        precedes = (pattern.search(left) for pattern in (cue.before, cue.active))
        if any(match and _is_told(left[: match.start()]) for match in precedes):
            ranked.append((0, cue.harm, max(begin, first.first - 1)))
        for opens, closes in cue.around:
            if (
                (match := opens.search(left))
                and _is_told(left[: match.start()])
                and (ends := closes.match(right))
                and not _DOUBT.search(right[: ends.start()])
            ):
                ranked.append((-1, cue.harm, max(begin, first.first - 1)))
    for _, harm, trigger in sorted(ranked, key=lambda row: (row[0], _ORDER.index(row[1]))):
        yield harm, trigger


_ORDER = [
    Harm.SICK, Harm.ABDUCTED, Harm.ARRESTED, Harm.DISPLACED, Harm.AFFECTED, Harm.KILLED, Harm.INJURED, Harm.MISSING,
    Harm.DESTROYED, Harm.DAMAGED,
]  # fmt: skip


_OBLIQUE = re.compile(r"\b(?:by|for|in|on|at|from|to|against|near|of|than|after|before|while|into|towards?|like)$")
_CONDITION = re.compile(r"\b(?:if|whether|unless|would|could|might|may|lest)\b[^,;.:]{0,30}$")


def _is_name_or_age(parsed: Parsed, count: Count, left: str, right: str) -> bool:
    """Whether a lone number is an age, a score or the number of a thing: "Ana, 51,", "6-0", "Ward 6"."""
    if not count.plain or count.head is not None or parsed.pos[count.last] not in {"NUM", "PROPN", "NOUN"}:
        return False
    before = parsed.text[count.first - 1] if count.first else ""
    tagged = count.first > 0 and parsed.pos[count.first - 1] in {"PROPN", "NOUN"} and parsed.text[count.first].isdigit()
    tagged = tagged and parsed.sent[count.first - 1] == parsed.sent[count.first]
    aged = before.lower() == "aged" or bool(re.search(r"\baged\b[^.;]{0,12}$", left))
    scored = right[:1] in {"-", "\u2013"} or bool(re.search(r"\d[-\u2013]$", left))
    under = (
        parsed.text[count.first].lower() in {"under", "over"}
        and count.first > 0
        and parsed.pos[count.first - 1] == "NOUN"
    )
    dated = right.split(" ")[0].strip(",.") in _MONTHS
    return dated or under or aged or scored or before == "(" or (before == "," and right[:1] in {",", ")"}) or tagged


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())


def _is_told(before: str) -> bool:
    """Whether nothing before a verb takes it out of what happened."""
    doubted = _MODAL.search(before + " ") or _UNTOLD.search(before + " ")
    return not doubted or bool(_WENT_ON.search(before + " "))


def _gap_is_plain(parsed: Parsed, at: int, match: re.Match[str]) -> bool:
    """Whether no verb, "and" or number of another clause stands between a phrase and what it suffers."""
    if re.search(r"\b(?:could|would|may|might|can|should|must|will|shall|fear\w*|if|unless)\b", match.group()):
        return "could not be" in match.group()
    gap = match.group("gap") or ""
    if not gap or gap.startswith((",", " \u2013", " \u2014", " (")):
        return True
    words = gap.split()
    if words[-1] in {"the", "a", "an", "to", "of", "by"} or {"saying", "said", "says", "told"} & set(words):
        return False
    if words[0] in {"who", "that", "which", "whose"}:
        return "and" not in words
    last = min(len(parsed), at + len(words))
    return "and" not in words and not any(_is_finite(parsed, token, at) for token in range(at, last))


def _is_finite(parsed: Parsed, token: int, first: int) -> bool:
    """Whether a word is the verb of a clause; "in charge" and "working at the mine" are none."""
    if parsed.pos[token] not in {"VERB", "AUX"}:
        return False
    if parsed.tag[token] in {"VBD", "VBZ", "VBP", "MD", "VB"}:
        return True
    return (
        parsed.pos[token] == "VERB" and parsed.tag[token] == "VBN" and token > first and parsed.tag[token - 1] != "IN"
    )
