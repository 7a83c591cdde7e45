"""Makes every participant of an event an actor, and says of every actor which country and sector it acts for.

`resolve_actors` knows who is mentioned; here each span that an event names as actor or recipient gets an actor where
it has none ("the miners", "a market"), and all actors get the codes that their words tell (`sectors`, `whence`), then
those that the act and its place leave. What is not told stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sayso.model import Actor, EventDraft, EventType, Parsed, Place, Reason, Span, content_id
from sayso.ports import Gazetteer
from sayso.resolve.around import Surroundings
from sayso.resolve.bodies import names_in, seats
from sayso.resolve.leaning import NONE, Seen, Standing, lean, open_model, seen
from sayso.resolve.origin import Bearings, Company, choose, is_sure, open_choice, options
from sayso.resolve.referents import Phrase, Referents, is_pronoun
from sayso.resolve.sectors import NOTHING, Telling, is_counted, noun_at, noun_key, sector_of, words
from sayso.resolve.whence import Atlas, Whence

E = EventType
SURE = 0.5  # share of a sector from which on the model overrules the tables
_FORCE = frozenset({E.ASSAULT, E.MOBILIZE, E.RETREAT})
_TURNED_AWAY = frozenset({E.COERCE, E.REJECT, E.AID})
_STATECRAFT = frozenset({E.CONSULT, E.AGREE, E.REJECT, E.THREATEN, E.SUPPORT})
_DONE_TO = frozenset({E.ASSAULT, E.COERCE, E.AID, E.MOBILIZE})


@dataclass(slots=True)
class _Party:
    """An actor, known or new, with its phrases and its parts in events."""

    actor: Actor
    phrases: list[Phrase]
    spoken: list[Phrase] | None = None
    parts: list[tuple[EventDraft, bool]] = field(default_factory=list)  # the event, and whether it acts there
    vectors: list[Sequence[float]] = field(default_factory=list)  # what the network sees at it there
    telling: Telling = NOTHING
    whence: Whence | None = None


def with_parties(
    parsed: Parsed, actors: Sequence[Actor], events: Sequence[EventDraft], places: Sequence[Place], gazetteer: Gazetteer
) -> tuple[Actor, ...]:
    """The actors, those that only events name among them, each with its country and sectors as far as told."""
    coder = _Coder(parsed, _parties(parsed, actors, events), Atlas(parsed, places, gazetteer), gazetteer)
    coder.code()
    coder.locate()
    coder.lean()
    return tuple(sorted(map(_written, coder.parties), key=lambda actor: actor.spans[0]))


def seen_by_model(
    parsed: Parsed, actors: Sequence[Actor], events: Sequence[EventDraft], places: Sequence[Place], gazetteer: Gazetteer
) -> Iterator[tuple[Actor, Seen]]:
    """Each participant as the tables code it, with what the model of sectors looks at: what it is fitted on."""
    coder = _Coder(parsed, _parties(parsed, actors, events), Atlas(parsed, places, gazetteer), gazetteer)
    coder.code()
    coder.locate()
    for party, standing in coder.standings():
        yield _written(party), seen(parsed, standing)


def seen_by_choice(
    parsed: Parsed, actors: Sequence[Actor], events: Sequence[EventDraft], places: Sequence[Place], gazetteer: Gazetteer
) -> Iterator[tuple[Actor, tuple[bool, dict[str, list[str]]]]]:
    """Each participant as tables code it, whether its country is sure, and the countries with what speaks for each."""
    coder = _Coder(parsed, _parties(parsed, actors, events), Atlas(parsed, places, gazetteer), gazetteer)
    coder.code()
    for party, found in coder.choices(coder.parties):
        yield _written(party), (is_sure(party.whence), found)


def _parties(parsed: Parsed, actors: Sequence[Actor], events: Iterable[EventDraft]) -> list[_Party]:
    """Everybody: the actors, and participants that are none as new ones; each learns its parts."""
    parties = [
        _Party(actor, [phrase for span in actor.spans if (phrase := _phrase(parsed, span, number))])
        for number, actor in enumerate(actors)
    ]
    by_span = {span: party for party in parties for span in party.actor.spans}
    by_head = {phrase.head: party for party in parties for phrase in party.phrases}
    for event in events:
        for span, acts in [*((s, True) for s in event.actors), *((s, False) for s in event.recipients)]:
            phrase = _phrase(parsed, span, len(parties))
            party = by_span.get(span) or (by_head.get(phrase.head) if phrase else None)
            if party is None and phrase is not None:
                party = _Party(_new_actor(parsed, span, phrase.head), [phrase])
                by_span[span] = by_head[phrase.head] = party
                parties.append(party)
            if party is not None:
                party.parts.append((event, acts))
                party.vectors += [event.vectors[span]] if span in event.vectors else []
    return parties


def _phrase(parsed: Parsed, span: Span, party: int) -> Phrase | None:
    first, last = parsed.token_at(span.start), parsed.token_at(span.end - 1)
    if first is None or last is None or last < first:
        return None
    outside = (t for t in range(first, last + 1) if not first <= parsed.head[t] <= last or parsed.head[t] == t)
    return Phrase(first, next(outside, last), last, party)


def _new_actor(parsed: Parsed, span: Span, head: int) -> Actor:
    kinds = {"PERSON": "person", "ORG": "organization", "GPE": "organization"}
    return Actor(
        id=content_id("actor", span.article, span.start, span.end),
        name=" ".join(parsed.article.quote(span).split()),
        kind=kinds.get(parsed.ent[head], "group"),
        country=None,
        sector=(),
        title=None,
        spans=(span,),
        reasons=(Reason("participant", 1.0, "takes part in an event"),),
    )


# --------------------------------------------------------------------------- codes


class _Coder:
    """Codes the parties of one article: by their own words, then by whom they mean, then by what is around them."""

    def __init__(self, parsed: Parsed, parties: list[_Party], atlas: Atlas, gazetteer: Gazetteer) -> None:
        self.parsed, self.parties, self.atlas, self.gazetteer = parsed, parties, atlas, gazetteer
        phrases = [phrase for party in parties for phrase in party.phrases]
        self.referents = Referents(parsed, phrases, [party.actor.kind for party in parties])
        self._numbers = {span: number for number, party in enumerate(parties) for span in party.actor.spans}

    def code(self) -> None:
        """Sectors and countries by tables, grammar and reference."""
        for party in self.parties:
            party.telling = self._sector(party)
            party.whence = self._own_country(party)
        for party in self.parties:
            self._refer(party)

    # ----------------------------------------------------------------------- whom the surroundings place

    def locate(self) -> None:
        """Give each the country that the model finds likeliest; what it told by itself stays as the reason."""
        weights = open_choice()
        if weights is None:
            return
        unsure = [party for party in self.parties if not is_sure(party.whence)]
        for party, whence in [(party, choose(offered, weights)) for party, offered in self.choices(unsure)]:
            if whence is None or party.whence is None or whence.country != party.whence.country:
                party.whence = whence

    def choices(self, parties: Iterable[_Party]) -> Iterator[tuple[_Party, dict[str, list[str]]]]:
        """Those of the parties who take part in an event, with the countries that the article offers them."""
        asked = [party for party in parties if party.parts and party.phrases]
        if not asked:
            return
        around = Surroundings(self.parsed, self.atlas, self.gazetteer)
        told = Counter(party.whence.country for party in self.parties if party.whence and party.whence.country)
        for party in asked:
            left, found = self._left(party), options(self.parsed, around, self._bearings(party, told, around))
            yield party, {country: seen for country, seen in found.items() if country != left}

    def _left(self, party: _Party) -> str | None:
        """The country of whom somebody is set against by a word: "her hosts", "their counterparts"."""
        for phrase in self._spoken(party):
            if noun_key(self.parsed, phrase.head) in words("facing"):
                owner = self.referents.owner(phrase)
                whence = None if owner is None else self.parties[owner].whence
                return None if whence is None else whence.country
        return None

    def _bearings(self, party: _Party, told: Counter[str], around: Surroundings) -> Bearings:
        own = party.whence
        places = (self._country_at(event.place, around) for event, _ in party.parts if event.place)
        rest = told.copy()
        if own is not None and own.country:
            rest[own.country] -= 1
        return Bearings(
            self._acting(party),
            _roles(party),
            party.telling.sector[0] if party.telling.sector else NONE,
            party.actor.kind,
            own,
            tuple(self._company(party, facing=False)),
            tuple(self._company(party, facing=True)),
            +rest,
            frozenset(country for country in places if country),
        )

    def _country_at(self, place: Span, around: Surroundings) -> str | None:
        found = self.atlas.country_of(place)
        words = self.atlas.tokens(place)
        return found or next((vote.country for vote in around.votes if vote.token in words), None)

    def _acting(self, party: _Party) -> Phrase:
        """The phrase that an event names."""
        spans = {span for event, _ in party.parts for span in (*event.actors, *event.recipients)}
        start = {self.parsed.token_at(span.start) for span in spans}
        return next((phrase for phrase in party.phrases if phrase.first in start), party.phrases[0])

    def _company(self, party: _Party, facing: bool) -> Iterator[Company]:
        """Those on the other side of a party's acts, or on its own."""
        for event, acts in party.parts:
            for span in event.actors if acts is not facing else event.recipients:
                number = self._numbers.get(span)
                phrase = _phrase(self.parsed, span, 0)
                if phrase is not None and (number is None or self.parties[number] is not party):
                    whence = None if number is None else self.parties[number].whence
                    yield Company(range(phrase.first, phrase.last + 1), whence.country if whence else None)

    # ----------------------------------------------------------------------- what the tables leave open

    def lean(self) -> None:
        """Give the sector that the model finds likeliest where no table is sure, or the model is surer."""
        model = open_model()
        if model is None:
            return
        found = []
        for party, standing in self.standings():
            leaned = lean(model, seen(self.parsed, standing))
            if leaned is None or not (party.telling.weak or (leaned[1] > SURE and leaned[0] != NONE)):
                continue
            sector, share, moved = leaned
            told = () if sector == NONE else (sector,)
            found.append((party, Telling(told, f"{share:.0%}: {'; '.join(moved)}", weak=True)))
        for party, telling in found:
            party.telling = telling

    def standings(self) -> Iterator[tuple[_Party, Standing]]:
        """Every participant of an event as it stands in the text."""
        told = [(party, party.telling.sector[0]) for party in self.parties if party.telling.sector]
        for party in self.parties:
            if not party.parts or not party.phrases:
                continue
            phrase = next(iter(self._spoken(party)), party.phrases[0])
            yield (
                party,
                Standing(
                    phrase,
                    _roles(party),
                    party.telling,
                    None if party.whence is None else party.whence.country,
                    party.actor.kind,
                    self._sectors(party, facing=False),
                    self._sectors(party, facing=True),
                    tuple(sorted({sector for other, sector in told if other is not party})),
                    self._is_state(phrase.first, phrase.last),
                    tuple(party.vectors),
                ),
            )

    def _sectors(self, party: _Party, facing: bool) -> tuple[str, ...]:
        """The sectors of those on a party's own side in its events, or on the other."""
        spans = (
            span for event, acts in party.parts for span in (event.actors if acts is not facing else event.recipients)
        )
        others = (self.parties[self._numbers[span]] for span in spans if span in self._numbers)
        return tuple(sorted({(*other.telling.sector, NONE)[0] for other in others if other is not party}))

    def _spoken(self, party: _Party) -> list[Phrase]:
        """The phrases that are more than a pronoun."""
        if party.spoken is None:
            party.spoken = [phrase for phrase in party.phrases if not is_pronoun(self.parsed, phrase.head)]
        return party.spoken

    # ----------------------------------------------------------------------- country

    def _own_country(self, party: _Party) -> Whence | None:
        is_person = party.actor.kind == "person"
        for phrase in self._spoken(party):
            if (code := seats().get(self._text(phrase))) is not None and party.parts:
                return Whence(code, self._text(phrase), 0.8, how="by a seat")
            found = self.atlas.own(phrase.first, phrase.head, phrase.last, is_person)
            if found is not None:
                return found
        return None

    def _opponents(self, party: _Party) -> Iterator[int]:
        """The numbers of those whom a party faces in its events."""
        for event, acts in party.parts:
            for span in event.recipients if acts else event.actors:
                if (number := self._numbers.get(span)) is not None:
                    yield number

    def _text(self, phrase: Phrase) -> str:
        return self.parsed.article.text[self.parsed.start[phrase.first] : self.parsed.end[phrase.last]]

    # ----------------------------------------------------------------------- whom it means

    def _refer(self, party: _Party) -> None:
        """Take the codes of whom a pronoun, an owner or a bare noun means."""
        spoken = self._spoken(party)
        if not spoken:
            barred = set(self._opponents(party))
            for phrase in party.phrases:
                self._follow(party, self.referents.of_pronoun(phrase.head, barred), "means")
            return
        for phrase in spoken:
            owner = self.referents.owner(phrase)
            if owner is not None and noun_key(self.parsed, phrase.head) not in words("facing"):
                self._follow(party, owner, "belongs to", noun_key(self.parsed, phrase.head) in words("own_people"))
            if (meant := self.referents.meant(phrase)) is not None:
                self._follow(party, meant, "means", replaces=True)
            if party.whence is None and noun_at(self.parsed, phrase.head) is not None:
                for other in self.referents.alike(phrase):
                    if (
                        self.parties[other].whence is not None
                        and self.parties[other].telling.sector == party.telling.sector
                    ):
                        self._follow(party, other, "is spoken of like")
                        break

    def _follow(self, party: _Party, number: int | None, how: str, replaces: bool = False) -> None:
        if number is None or self.parties[number] is party:
            return
        other = self.parties[number]
        if party.whence is None and other.whence is not None:
            words = f"{how} {other.actor.name}"
            party.whence = Whence(other.whence.country, words, 0.7, other.whence.mixed, f"by whom it {how}")
        weak = party.telling.weak and (replaces or not party.telling.sector)
        if other.telling.sector and weak and (how != "belongs to" or replaces):
            party.telling = Telling(other.telling.sector, f"{how} {other.actor.name}", weak=True)

    # ----------------------------------------------------------------------- sector

    def _sector(self, party: _Party) -> Telling:
        actor = party.actor
        if actor.kind in ("media", "agency") and actor.sector:
            return Telling(actor.sector, actor.name)
        best, spoken = NOTHING, self._spoken(party)
        for phrase in spoken:
            told = self._told_by(party, phrase)
            if not told.weak:
                return told
            best = best if best.sector else told
        return best if best.sector else self._by_part(party, spoken)

    def _told_by(self, party: _Party, phrase: Phrase) -> Telling:
        """What one phrase tells: a known name, a title, a noun, a state's name, an apposition."""
        first, head, last = phrase.first, phrase.head, phrase.last
        if self._text(phrase) in seats() and party.parts:
            return Telling((), self._text(phrase))
        known = any(
            name.holds(head) and not name.body.is_people for name in names_in(self.parsed, range(first, last + 1))
        )
        if not known and self._is_state(first, last):
            return self._state(party, phrase)
        if not known and (party.actor.kind == "person" or self.parsed.ent[head] == "PERSON"):
            told = self._title(first, last)
        else:
            told = sector_of(self.parsed, first, head, last)
        if not told.weak:
            return told
        beside = self._apposed(head)
        return beside if beside.sector else told

    def _title(self, first: int, last: int) -> Telling:
        """The title before a person's name."""
        for token in range(last - 1, first - 1, -1):
            noun = noun_at(self.parsed, token)
            if noun is None or (self.parsed.text[token][:1].isupper() and noun.sector in ("CVL", "")):
                continue  # "Son", "Singer": words of names
            return sector_of(self.parsed, first, token, token)
        return NOTHING

    def _apposed(self, head: int) -> Telling:
        """ "Boko, the mayor", "the mayor, Boko": what stands beside a name and says who it is."""
        parsed = self.parsed
        beside = [child for child in parsed.children[head] if parsed.dep[child] == "appos"]
        if parsed.dep[head] == "appos":
            beside.append(parsed.head[head])
        for noun in beside:
            if noun_at(parsed, noun) is not None:
                told = sector_of(parsed, parsed.left[noun], noun, min(parsed.right[noun], noun + 8))
                if told.sector:
                    return told
        return NOTHING

    def _is_state(self, first: int, last: int) -> bool:
        return self.atlas.is_state(first, last) or self.atlas.is_capital(first, last)

    def _state(self, party: _Party, phrase: Phrase) -> Telling:
        """A country or capital acts by its government; "Russian shelling" is its army's; a people is its citizens."""
        parsed, head, text = self.parsed, phrase.head, self.parsed.text[phrase.head]
        above = parsed.head[head]
        if parsed.dep[head] in ("amod", "compound") and above > head and noun_at(parsed, above) is not None:
            told = sector_of(parsed, head + 1, above, above)  # "Lao" for "Lao border troops"
            if told.sector and not told.weak:
                return told
        if parsed.tag[head] in ("NNPS", "NNS") and not self.atlas.is_country(phrase.first, phrase.last):
            if any(event.type in _TURNED_AWAY and not acts for event, acts in party.parts):
                return Telling(("REF",), f"{text}, helped or turned away", weak=True)
            return Telling((), text) if is_counted(parsed, head) else Telling(("CVL",), f"{text}, a people", weak=True)
        forced = any(event.type in _FORCE and acts for event, acts in party.parts)
        if (parsed.pos[head] == "ADJ" or parsed.ent[head] == "NORP") and forced:
            return Telling(("MIL",), f"{text}, who used force", weak=True)
        return Telling(("GOV",), f"{text}, a state")

    def _by_part(self, party: _Party, spoken: Sequence[Phrase]) -> Telling:
        """What the part in an event tells where words do not: of counted people who march, of a town that acts."""
        for event, acts in party.parts:
            for head in (phrase.head for phrase in spoken):
                told = self._part(party, event.type, acts, head)
                if told is not None:
                    return Telling((told[0],), f"{self.parsed.text[head]}, {told[1]}", weak=True)
        return NOTHING

    def _part(self, party: _Party, type: EventType, acts: bool, head: int) -> tuple[str, str] | None:
        key = noun_key(self.parsed, head)
        anyone = key in words("generic") or key in words("counting")
        if type is E.PROTEST and acts and anyone:
            return "CVL", "who protest"
        if type in _FORCE and acts and (key in words("arms") or self.parsed.text[head].lower() in words("arms")):
            return "MIL", "whose force it is"
        is_place = self.parsed.ent[head] == "GPE" or self.atlas.place_at(head) is not None
        if is_place and (acts or type not in _DONE_TO):
            return "GOV", "which acts"
        if key in words("states") and acts:
            return "GOV", "which acts"
        if party.actor.kind == "person" and type in _STATECRAFT and self.parsed.pos[head] == "PROPN":
            return "GOV", "who deals as states do"
        return None


def _roles(party: _Party) -> tuple[str, ...]:
    return tuple(sorted({f"{event.type.name} {'by' if acts else 'to'}" for event, acts in party.parts}))


def _written(party: _Party) -> Actor:
    """The actor with its codes and what they rest on."""
    actor, whence, telling = party.actor, party.whence, party.telling
    reasons = [reason for reason in actor.reasons if reason.name not in ("country", "sector")]
    if whence is not None and whence.country is not None:
        reasons.append(Reason("country", whence.score, whence.words))
    if telling.sector:
        reasons.append(Reason("sector", 0.5 if telling.weak else 0.85, telling.words))
    country = None if whence is None else whence.country
    return replace(actor, country=country, sector=telling.sector, reasons=tuple(reasons))
