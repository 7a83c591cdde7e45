"""Makes actors of mentions: name, kind, country, sector, title, each with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.model import Actor, Mention, Parsed, Reason, Span, content_id
from sayso.ports import Gazetteer
from sayso.resolve.roles import Role, known_name, role_of
from sayso.text import fold

_INSTITUTIONS = frozenset(["GOV", "COP", "MIL", "JUD", "LEG", "SPY", "OPP", "PRM"])
_NAMED = frozenset(["PERSON", "ORG", "GPE", "NORP"])


@dataclass(slots=True)
class _Party:
    """One participant with its mentions, while it is being understood."""

    mentions: list[Mention]
    country: str | None = None
    is_state: bool = False  # a country, or a capital that stands for one; not some other town that acts
    reasons: list[Reason] = field(default_factory=list)

    def labelled(self, *labels: str) -> list[Mention]:
        return [mention for mention in self.mentions if mention.label in labels]

    @property
    def label(self) -> str:
        """What it is named as: a person before an organisation before a country before a description."""
        return next((label for label in ("PERSON", "ORG", "GPE", "NORP") if self.labelled(label)), "nominal")


def resolve_actors(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Actor, ...]:
    """One actor for each group of mentions that names or describes one, by position."""
    parties = _gather(mentions)
    for party in parties:
        party.country, reason = _find_country(parsed, party, gazetteer)
        party.reasons.extend(reason)
        party.is_state = party.label == "GPE" and _is_state(parsed.article.quote(party.mentions[0].span), gazetteer)
    parties = _merge(parsed, parties, gazetteer)
    home = _home_country(parsed, mentions, gazetteer)
    return tuple(_make_actor(parsed, party, home) for party in parties)


def _is_state(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a place name stands for a state: a country's or its present capital's."""
    if gazetteer.country(text) is not None:
        return True
    if gazetteer.capital_of(text) is None:
        return False
    return any(candidate.capital for candidate in gazetteer.candidates(text)[:3])


def _gather(mentions: Sequence[Mention]) -> list[_Party]:
    groups: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == "actor":
            groups.setdefault(mention.group, []).append(mention)
    return [_Party(found) for found in groups.values() if any(mention.label != "pronoun" for mention in found)]


# --------------------------------------------------------------------------- country


def _tokens(parsed: Parsed, mention: Mention) -> range:
    """The tokens of a mention; broken offsets give its head alone."""
    first, last = parsed.token_at(mention.span.start), parsed.token_at(mention.span.end - 1)
    if first is None or last is None or last < first:
        return range(mention.head, mention.head + 1)
    return range(first, last + 1)


def _name_start(parsed: Parsed, mention: Mention) -> int:
    """Where the name begins after its title; the end of the mention for a description."""
    tokens = _tokens(parsed, mention)
    if mention.label != "PERSON":
        return tokens.stop
    first = tokens.stop - 1
    while first > tokens.start and parsed.ent[first - 1] and not parsed.ent_start[first]:
        first -= 1
    titles = [token for token in tokens if token < tokens.stop - 1 and _is_title(parsed, token)]
    return max(first, titles[-1] + 1) if titles else first


def _is_title(parsed: Parsed, token: int) -> bool:
    role = role_of(parsed, range(token, token + 1))
    return role is not None and role.kind in ("office", "person", "anonymous")


def _find_country(parsed: Parsed, party: _Party, gazetteer: Gazetteer) -> tuple[str | None, list[Reason]]:
    """The country its own words tell: its name, its title, what stands in apposition."""
    for mention in party.mentions:
        text = parsed.article.quote(mention.span)
        known = known_name(text) if mention.label in _NAMED else None
        if known is not None and known.country is not None:
            return known.country, [Reason("country", 1.0, f"known body: {text}")]
    for mention in sorted(party.mentions, key=lambda mention: mention.label != "PERSON"):
        if mention.label == "pronoun":
            continue
        tokens = range(_tokens(parsed, mention).start, _name_start(parsed, mention))
        found = _country_in(parsed, tokens, gazetteer)
        if found is not None:
            country, words, score = found
            return country, [Reason("country", score, words)]
    return None, []


def _country_in(parsed: Parsed, tokens: range, gazetteer: Gazetteer) -> tuple[str, str, float] | None:
    """The first country a phrase names: (code, the words, how sure). "Envoy to X" is not of X."""
    stop = next((token for token in tokens if parsed.text[token].lower() == "to"), tokens.stop)
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
    votes: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind == "place":
            text = parsed.article.quote(mention.span)
            country = gazetteer.country(text) or gazetteer.capital_of(text)
            if country is not None:
                votes[country] += 1
    if not votes:
        return None
    (country, count), total = votes.most_common(1)[0], votes.total()
    if count < 2 or count / total < 0.7:
        return None
    return country, f"{count} of {total} located place names"


# --------------------------------------------------------------------------- merging with knowledge of countries


def _merge(parsed: Parsed, parties: list[_Party], gazetteer: Gazetteer) -> list[_Party]:
    """Join what only a country shows to be one: "US" and "United States", "the Kazakh president" and his name."""
    kept: list[_Party] = []
    countries: dict[str, _Party] = {}
    for party in parties:
        if party.label == "GPE" and party.country is not None:
            text = parsed.article.quote(party.mentions[0].span)
            if gazetteer.country(text) is not None:
                other = countries.setdefault(party.country, party)
                if other is not party:
                    other.mentions.extend(party.mentions)
                    continue
        kept.append(party)
    people = [party for party in kept if party.label == "PERSON" and party.country is not None]
    return [party for party in kept if not _joins_holder(parsed, party, people)]


def _joins_holder(parsed: Parsed, party: _Party, people: list[_Party]) -> bool:
    """Whether an office without a name is one named person's, whose mentions then take it in."""
    if party.label != "nominal" or party.country is None:
        return False
    offices = {office for mention in party.labelled("nominal") if (office := _office(parsed, mention)) is not None}
    if len(offices) != 1 or _before(parsed, party.mentions[0]) in ("a", "an"):
        return False
    holders = [
        person
        for person in people
        if person.country == party.country
        and offices & {_office(parsed, mention) for mention in person.labelled("PERSON", "nominal")}
    ]
    if len(holders) != 1:
        return False
    holders[0].mentions.extend(party.mentions)
    holders[0].reasons.append(Reason("same office", 0.85, parsed.article.quote(party.mentions[0].span)))
    return True


def _office(parsed: Parsed, mention: Mention) -> tuple[str, tuple[str, ...]] | None:
    """The singular office a mention names with what qualifies it: ("minister", ("foreign",))."""
    tokens = range(_tokens(parsed, mention).start, _name_start(parsed, mention))
    role = role_of(parsed, tokens)
    if role is None or role.kind != "office" or role.plural:
        return None
    return role.key, role.qualifiers


def _before(parsed: Parsed, mention: Mention) -> str:
    first = _tokens(parsed, mention).start
    return parsed.text[first - 1].lower() if first else ""


# --------------------------------------------------------------------------- actors


def _make_actor(parsed: Parsed, party: _Party, home: tuple[str, str] | None) -> Actor:
    mentions = sorted(party.mentions, key=lambda mention: mention.span)
    spans: tuple[Span, ...] = tuple(dict.fromkeys(mention.span for mention in mentions))
    name, title = _name_and_title(parsed, party)
    kind, sector, reasons = _kind_and_sector(parsed, party, name)
    country = party.country
    reasons = [*party.reasons, *reasons]
    if country is None and home is not None and party.label == "nominal" and _is_local(kind, sector, party, parsed):
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


def _is_local(kind: str, sector: tuple[str, ...], party: _Party, parsed: Parsed) -> bool:
    """Whether a bare description may take the article's country: its institutions, not troops from anywhere."""
    if not _INSTITUTIONS & set(sector) or kind not in ("organization", "office", "group", "anonymous"):
        return False
    words = " ".join(parsed.article.quote(mention.span).lower() for mention in party.labelled("nominal"))
    return not any(word in words for word in ("foreign-", "-led", "outside", "external", "western", "international"))


def _name_and_title(parsed: Parsed, party: _Party) -> tuple[str, str | None]:
    """The fullest form of the name, and the title that goes with it."""
    if party.label != "PERSON":
        shown = party.labelled(party.label)
        texts = [" ".join(parsed.article.quote(mention.span).split()) for mention in shown]
        return max(texts, key=len), None
    names, titles = [], []
    for mention in party.labelled("PERSON"):
        tokens, start = _tokens(parsed, mention), _name_start(parsed, mention)
        names.append(_words(parsed, range(start, tokens.stop)))
        if role_of(parsed, range(tokens.start, start)) is not None:
            titles.append(_words(parsed, range(tokens.start, start)))
    described = [_words(parsed, _tokens(parsed, mention)) for mention in party.labelled("nominal")]
    titles = [title for title in titles if title] or [text for text in described if len(text) < 80]
    return max(names, key=len), max(titles, key=len, default=None)


def _words(parsed: Parsed, tokens: range) -> str:
    if not tokens:
        return ""
    return " ".join(parsed.article.text[parsed.start[tokens.start] : parsed.end[tokens.stop - 1]].split())


def _kind_and_sector(parsed: Parsed, party: _Party, name: str) -> tuple[str, tuple[str, ...], list[Reason]]:
    """What an actor is and which PLOVER sectors it belongs to."""
    label = party.label
    known = next(
        (found for mention in party.labelled("ORG", "NORP", "GPE") if (found := _known(parsed, mention))), None
    )
    if known is not None and label != "PERSON":
        return known.kind, known.sector, [Reason("sector", 1.0, f"known body: {name}")] if known.sector else []
    roles = list(_roles(parsed, party))
    best = next((role for role in roles if role.sector), roles[0] if roles else None)
    sector = best.sector if best is not None else ()
    reasons = [Reason("sector", 0.8, best.words)] if best is not None and sector else []
    if label == "PERSON":
        return "person", sector, reasons
    if label == "ORG":
        return (best.kind if best is not None and best.kind in ("media", "agency") else "organization"), sector, reasons
    if label == "GPE":
        return ("country" if party.is_state else "organization"), (), []
    if label == "NORP":
        return "group", sector, reasons
    return _described_kind(best), sector, reasons


def _is_outlet(parsed: Parsed, name: str) -> bool:
    outlet = parsed.article.outlet
    return outlet is not None and fold(outlet).removeprefix("the ") == fold(name).removeprefix("the ")


def _known(parsed: Parsed, mention: Mention) -> Role | None:
    return known_name(parsed.article.quote(mention.span))


def _roles(parsed: Parsed, party: _Party) -> Iterator[Role]:
    """What each naming or describing mention says its bearer is; a person's name says nothing."""
    for mention in party.mentions:
        if mention.label == "pronoun":
            continue
        tokens = range(_tokens(parsed, mention).start, _name_start(parsed, mention))
        head = mention.head if mention.head in tokens and mention.label == "nominal" else None
        role = role_of(parsed, tokens, head)
        if role is not None:
            yield role


def _described_kind(role: Role | None) -> str:
    """The kind of an actor without a name."""
    if role is None:
        return "group"
    if role.kind in ("person", "office"):
        return "group" if role.plural else "office" if role.kind == "office" else "anonymous"
    if role.kind == "group" and not role.plural and role.single:
        return "anonymous"
    return "group" if role.kind == "country" else role.kind
