"""Makes actors of mentions: name, kind, country, sector, title, each with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.model import Actor, Mention, Parsed, Reason, content_id
from sayso.ports import Gazetteer
from sayso.resolve.roles import Role, before_title, known_name, noun_kind, role_of
from sayso.text import fold

_INSTITUTIONS = frozenset(["GOV", "COP", "MIL", "JUD", "LEG", "SPY", "OPP", "PRM"])
_FROM_ELSEWHERE = ("foreign-", "-led", "outside", "external", "western", "international")
_LEADERS = frozenset(["president", "premier", "minister"])
_TITLES = frozenset(["office", "person", "anonymous"])


@dataclass(frozen=True, slots=True)
class _Reading:
    """A mention by tokens: a title or description up to `name`, a person's name after it; what its words say it is."""

    mention: Mention
    text: str
    tokens: range
    name: int
    role: Role | None

    @property
    def said(self) -> range:
        """The tokens of the title or the description."""
        return range(self.tokens.start, self.name)


@dataclass(slots=True)
class _Party:
    """One participant with its mentions, while it is being understood."""

    mentions: list[Mention]
    readings: list[_Reading]  # of all but the pronouns
    label: str  # what it is named as: PERSON before ORG before GPE before NORP before nominal
    country: str | None = None
    is_state: bool = False  # a country, or a capital that stands for one; not some other town that acts
    reasons: list[Reason] = field(default_factory=list)

    def labelled(self, *labels: str) -> list[_Reading]:
        return [reading for reading in self.readings if reading.mention.label in labels]


def resolve_actors(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Actor, ...]:
    """One actor for each group of mentions that names or describes one, by position."""
    parties = [party for party in _gather(parsed, mentions) if not _is_adjective(parsed, party, gazetteer)]
    for party in parties:
        if _is_people(party, gazetteer):
            party.label = "NORP"
        party.country, reasons = _find_country(parsed, party, gazetteer)
        party.reasons.extend(reasons)
        party.is_state = party.label == "GPE" and _is_state(party.readings[0].text, gazetteer)
    home = _home_country(parsed, mentions, gazetteer)
    parties = _merge(parsed, parties, gazetteer, home)
    leaders = Counter(office for party in parties if party.label == "PERSON" for office in _leading(party))
    actors = (_make_actor(parsed, party, home, leaders) for party in parties)
    return tuple(sorted(actors, key=lambda actor: actor.spans[0]))


# --------------------------------------------------------------------------- reading mentions


def _gather(parsed: Parsed, mentions: Sequence[Mention]) -> list[_Party]:
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == "actor":
            groups.setdefault(mention.group, []).append(mention)
    parties = []
    for found in groups.values():
        readings = [_read(parsed, mention) for mention in found if mention.label != "pronoun"]
        if readings:
            labels = {reading.mention.label for reading in readings}
            label = next((name for name in ("PERSON", "ORG", "GPE", "NORP") if name in labels), "nominal")
            parties.append(_Party(found, readings, label))
    return parties


def _read(parsed: Parsed, mention: Mention) -> _Reading:
    """What a mention's own words say; a person's name says nothing."""
    first, last = parsed.token_at(mention.span.start), parsed.token_at(mention.span.end - 1)
    if first is None or last is None or last < first:  # offsets that no token holds
        first = last = mention.head
    if mention.label == "PERSON":
        first = _after_another(parsed, first, last)
    tokens = range(first, last + 1)
    name = _name_start(parsed, tokens) if mention.label == "PERSON" else tokens.stop
    head = mention.head if mention.head in tokens and mention.label == "nominal" else None
    role = role_of(parsed, range(first, name), head)
    return _Reading(mention, parsed.article.quote(mention.span), tokens, name, role)


def _after_another(parsed: Parsed, first: int, last: int) -> int:
    """Where a person begins in "Peru's Quispe and Foreign Minister Ana Ruiz", which the parser took for one title."""
    for token in range(last - 1, first, -1):
        if parsed.text[token].lower() == "and" and "POS" in parsed.tag[first:token]:
            return token + 1
    return first


def _is_adjective(parsed: Parsed, party: _Party, gazetteer: Gazetteer) -> bool:
    """Whether a country's adjective was taken for somebody's name: "his Kazakh colleague"."""
    if party.label != "PERSON" or any(len(reading.tokens) > 1 for reading in party.readings):
        return False
    return all(
        gazetteer.country(reading.text) is not None and parsed.dep[reading.mention.head] in ("amod", "compound", "nmod")
        for reading in party.readings
    )


def _is_people(party: _Party, gazetteer: Gazetteer) -> bool:
    """Whether a country's name is its people's: "told Kazakhs to stay indoors"."""
    texts = {reading.text for reading in party.readings}
    return party.label == "GPE" and all(
        text[-1:] == "s" and text[-2:-1] not in ("", "e", "d", "s") and gazetteer.country(text[:-1]) is not None
        for text in texts
    )


def _name_start(parsed: Parsed, tokens: range) -> int:
    """Where a person's name begins after the title."""
    first = tokens.stop - 1
    while first > tokens.start and (
        (parsed.ent[first - 1] and not parsed.ent_start[first])
        or (not parsed.ent[first - 1] and not parsed.ent[first] and parsed.pos[first - 1] == "PROPN")
    ):
        first -= 1
    titles = [token for token in range(first, tokens.stop - 1) if noun_kind(parsed, token) in _TITLES]
    return titles[-1] + 1 if titles else first


# --------------------------------------------------------------------------- country


def _is_state(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a place name stands for a state: a country's or its present capital's."""
    if gazetteer.country(text) is not None:
        return True
    if gazetteer.capital_of(text) is None:
        return False
    return any(candidate.capital for candidate in gazetteer.candidates(text)[:3])


def _find_country(parsed: Parsed, party: _Party, gazetteer: Gazetteer) -> tuple[str | None, list[Reason]]:
    """The country its own words tell: its name, its title, what stands in apposition."""
    for reading in party.labelled("ORG", "GPE", "NORP"):
        known = known_name(reading.text)
        if known is not None and known.country is not None:
            return known.country, [Reason("country", 1.0, f"known body: {reading.text}")]
    for reading in sorted(party.readings, key=lambda reading: reading.mention.label != "PERSON"):
        found = _country_in(parsed, reading.said, gazetteer)
        if found is not None:
            country, words, score = found
            return country, [Reason("country", score, words)]
    return None, []


def _country_in(parsed: Parsed, tokens: range, gazetteer: Gazetteer) -> tuple[str, str, float] | None:
    """The first country a phrase names: (code, the words, how sure). "Envoy to X" is not of X."""
    stop = next((token for token in tokens if parsed.text[token] == "to"), tokens.stop)
    for first in range(tokens.start, stop):
        if not parsed.text[first][:1].isupper():
            continue
        for last in range(min(first + 3, stop), first, -1):
            text = parsed.article.text[parsed.start[first] : parsed.end[last - 1]]
            known = known_name(text) if last - first > 1 or text.isupper() else None
            if known is not None and known.country in ("UNO", "EUR", "IGO"):
                return known.country, text, 0.9
            if (country := gazetteer.country(text)) is not None:
                return country, text, 0.95
            if (country := gazetteer.capital_of(text)) is not None:
                return country, f"{text}, a capital", 0.7
    return None


def _home_country(parsed: Parsed, mentions: Sequence[Mention], gazetteer: Gazetteer) -> tuple[str, str] | None:
    """The country an article is about, if its place names leave little doubt: (code, why)."""
    names = Counter(parsed.article.quote(mention.span) for mention in mentions if mention.kind == "place")
    votes: Counter[str] = Counter()
    for text, count in names.items():
        country = gazetteer.country(text) or gazetteer.capital_of(text)
        if country is not None:
            votes[country] += count
    if not votes:
        return None
    (country, count), total = votes.most_common(1)[0], votes.total()
    if count < 2 or count / total < 0.7:
        return None
    return country, f"{count} of {total} located place names"


# --------------------------------------------------------------------------- merging with knowledge of countries


def _merge(parsed: Parsed, parties: list[_Party], gazetteer: Gazetteer, home: tuple[str, str] | None) -> list[_Party]:
    """Join what only a country shows to be one: "US" and "United States", "the Kazakh president" and his name."""
    kept: list[_Party] = []
    countries: dict[str, _Party] = {}
    for party in parties:
        if party.is_state and party.country is not None and gazetteer.country(party.readings[0].text) is not None:
            other = countries.setdefault(party.country, party)
            if other is not party:
                other.mentions.extend(party.mentions)
                other.readings.extend(party.readings)
                continue
        kept.append(party)
    if home is not None:
        _lend_countries(kept, home[0])
    people = [party for party in kept if party.label == "PERSON" and party.country is not None]
    return [party for party in kept if not _joins_holder(parsed, party, people)]


def _lend_countries(parties: Sequence[_Party], home: str) -> None:
    """ "President Serikbay" is of the article's country where "the Kazakh president" is named and no other one."""
    holders: dict[tuple[str, tuple[str, ...]], list[_Party]] = {}
    countries: dict[tuple[str, tuple[str, ...]], set[str | None]] = {}
    for party in parties:
        for office in [office for reading in party.readings if (office := _office(reading)) is not None]:
            if party.label == "PERSON" and party not in holders.setdefault(office, []):
                holders[office].append(party)
            countries.setdefault(office, set()).add(party.country)
    for office, held in holders.items():
        if len(held) == 1 and held[0].country is None and countries[office] == {None, home}:
            held[0].country = home
            held[0].reasons.append(
                Reason("country", 0.8, f"the only {office[0]} named, and the office is said to be its")
            )


def _joins_holder(parsed: Parsed, party: _Party, people: list[_Party]) -> bool:
    """Whether an office without a name is one named person's, whose mentions then take it in."""
    if party.label != "nominal" or party.country is None or _before(parsed, party.readings[0]) in ("a", "an"):
        return False
    offices = {office for reading in party.readings if (office := _office(reading)) is not None}
    if len(offices) != 1:
        return False
    holders = [
        person
        for person in people
        if person.country == party.country and offices & {_office(reading) for reading in person.readings}
    ]
    if len(holders) != 1:
        return False
    holders[0].mentions.extend(party.mentions)
    holders[0].reasons.append(Reason("same office", 0.85, party.readings[0].text))
    return True


def _office(reading: _Reading) -> tuple[str, tuple[str, ...]] | None:
    """The singular office a mention names with what qualifies it: ("minister", ("foreign",))."""
    role = reading.role
    return (role.key, role.qualifiers) if role is not None and role.kind == "office" and not role.plural else None


def _before(parsed: Parsed, reading: _Reading) -> str:
    return parsed.text[reading.tokens.start - 1].lower() if reading.tokens.start else ""


# --------------------------------------------------------------------------- actors


def _leading(party: _Party) -> set[str]:
    """The head of state or government a person is called."""
    offices = {office[0] for reading in party.readings if (office := _office(reading)) is not None}
    return offices & _LEADERS


def _make_actor(parsed: Parsed, party: _Party, home: tuple[str, str] | None, leaders: Counter[str]) -> Actor:
    spans = tuple(sorted({mention.span for mention in party.mentions}))
    name, title = _name_and_title(parsed, party)
    kind, sector, reasons = _kind_and_sector(parsed, party, name)
    country = party.country
    reasons = [*party.reasons, *reasons]
    leads = party.label == "PERSON" and any(leaders[office] == 1 for office in _leading(party)) and "ELI" not in sector
    if country is None and home is not None and (leads or _is_local(kind, sector, party)):
        country = home[0]
        reasons.append(Reason("country", 0.6, f"not named; {home[1]} lie in {home[0]}"))
    return Actor(
        id=content_id("actor", parsed.article.id, spans[0].start, spans[0].end),
        name=name,
        kind=kind,
        country=country,
        sector=sector,
        title=title,
        spans=spans,
        reasons=tuple(reasons),
    )


def _is_local(kind: str, sector: tuple[str, ...], party: _Party) -> bool:
    """Whether a bare description may take the article's country: its institutions, not troops from anywhere."""
    if party.label != "nominal" or kind not in ("organization", "office", "group", "anonymous"):
        return False
    words = " ".join(reading.text.lower() for reading in party.readings)
    return bool(_INSTITUTIONS & set(sector)) and not any(word in words for word in _FROM_ELSEWHERE)


def _name_and_title(parsed: Parsed, party: _Party) -> tuple[str, str | None]:
    """The fullest form of the name, and the title that goes with it."""
    if party.label != "PERSON":
        return max(
            (" ".join(reading.text.split()) for reading in party.labelled(party.label) or party.readings), key=len
        ), None
    people = party.labelled("PERSON")
    names = [_words(parsed, range(reading.name, reading.tokens.stop)) for reading in people]
    titles = [_words(parsed, _title_of(parsed, reading)) for reading in people if reading.role is not None]
    if not titles:
        titles = [reading.text for reading in party.labelled("nominal") if len(reading.text) < 80]
    return max(names, key=len), max(titles, key=len, default=None)


def _title_of(parsed: Parsed, reading: _Reading) -> range:
    """The title without a preposition before it."""
    said = reading.said
    return said[1:] if said and parsed.text[said.start].lower() in before_title() else said


def _words(parsed: Parsed, tokens: range) -> str:
    """The characters of some tokens, on one line."""
    if not tokens:
        return ""
    return " ".join(parsed.article.text[parsed.start[tokens.start] : parsed.end[tokens.stop - 1]].split())


def _kind_and_sector(parsed: Parsed, party: _Party, name: str) -> tuple[str, tuple[str, ...], list[Reason]]:
    """What an actor is and which PLOVER sectors it belongs to."""
    if _is_outlet(parsed, name):
        return "media", ("JRN",), [Reason("kind", 1.0, "the outlet itself")]
    names = (known_name(reading.text) for reading in party.labelled("ORG", "NORP", "GPE"))
    known = next((found for found in names if found is not None), None)
    if known is not None and party.label != "PERSON":
        return known.kind, known.sector, [Reason("sector", 1.0, f"known body: {name}")] if known.sector else []
    roles = [reading.role for reading in party.readings if reading.role is not None]
    best = next((role for role in roles if role.sector), roles[0] if roles else None)
    sector = best.sector if best is not None else ()
    reasons = [Reason("sector", 0.8, best.words)] if best is not None and sector else []
    if party.label == "GPE":
        return ("country" if party.is_state else "organization"), (), []
    if party.label == "ORG":
        kind = best.kind if best is not None and best.kind in ("media", "agency") else "organization"
        return kind, sector, reasons
    kinds = {"PERSON": "person", "NORP": "group"}
    return kinds.get(party.label) or _described_kind(best), sector, reasons


def _is_outlet(parsed: Parsed, name: str) -> bool:
    outlet = parsed.article.outlet
    return outlet is not None and fold(outlet).removeprefix("the ") == fold(name).removeprefix("the ")


def _described_kind(role: Role | None) -> str:
    """The kind of an actor without a name."""
    if role is None:
        return "group"
    if role.kind in ("person", "office"):
        return "group" if role.plural else "office" if role.kind == "office" else "anonymous"
    if role.kind == "group" and role.single:
        return "anonymous"
    return "group" if role.kind == "country" else role.kind
