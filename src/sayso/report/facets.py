"""What reports of one incident agree on, where they stand against one another, and what one origin tells alone.

For each facet of an incident (what, who, to whom, where, when, each harm, cause, names) the positions that reports
hold. What one report leaves out is no disagreement, nor is a more precise place or day inside another's, nor a toll
that has grown. A denial stands opposite what it denies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.model import (
    Analysis,
    Basis,
    Claim,
    Event,
    EventType,
    Incident,
    Label,
    Span,
    Stance,
    Story,
    Toll,
    TollEstimate,
    VictimKind,
)
from sayso.report import tables
from sayso.report.archive import Archive, bounds, days
from sayso.report.checks import clip
from sayso.report.claims import Desk
from sayso.report.exclusion import (
    FORCE,
    by_key,
    camp,
    country_names,
    day_of,
    elsewhere,
    inside,
    interval,
    is_pronoun,
    low_of,
    never,
    next_day,
    other_camp,
    other_days,
    other_figure,
    side,
    uncounted,
    widened,
    within,
)
from sayso.report.frames import framed, happening, names_happening, people
from sayso.report.positions import Position, Standing, gather, holder, oppose, settle, speaker
from sayso.report.sayings import independent
from sayso.text import fold

WHAT, WHO, TO_WHOM, WHERE, WHEN, CAUSE = "what", "who", "to whom", "where", "when", "cause"
CALLED, WHO_CALLED, TO_WHOM_CALLED = "name", "name of who", "name of whom"
PEOPLE_CALLED, BLAMED = "names of people", "blamed"
CRISIS = "crisis"  # reason of an incident that counts the harm of a whole crisis: of many places and days


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of an incident with what is held of it, the standing of the whole first."""

    name: str
    positions: tuple[Position, ...]

    @property
    def standing(self) -> Standing:
        """That of its gravest position: one dispute makes a facet contested."""
        order = list(_ORDER)
        return min((position.standing for position in self.positions), key=order.index, default=Standing.UNKNOWN)


_ORDER = (
    Standing.CONTESTED, Standing.DIFFERS, Standing.UNDISPUTED, Standing.SINGLE, Standing.WITHDRAWN,
    Standing.SUPERSEDED, Standing.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """An incident, or what a story is called, facet by facet."""

    id: str  # of the incident or story
    origins: frozenset[str]
    facets: tuple[Facet, ...]

    @property
    def contested(self) -> tuple[Facet, ...]:
        return tuple(facet for facet in self.facets if facet.standing is Standing.CONTESTED)


def agree(desk: Desk, incident: Incident) -> Agreement:
    """What the reports of an incident agree on and what they do not."""
    facets = [Facet(name, tuple(found)) for name, found in _Facets(desk, incident).all() if found]
    return Agreement(incident.id, independent(desk.archive, incident.articles), tuple(facets))


def agree_on_names(desk: Desk, story: Story) -> Agreement:
    """What a story's articles call its matter and its people, and whom they blame."""
    found = {
        CALLED: framed(desk, happening(desk, story)),
        PEOPLE_CALLED: framed(desk, people(desk, story), one_matter=False),
        BLAMED: _blamed(desk, story),
    }
    facets = tuple(Facet(name, tuple(positions)) for name, positions in found.items() if positions)
    return Agreement(story.id, independent(desk.archive, story.articles), facets)


class _Facets:
    """The facets of one incident."""

    def __init__(self, desk: Desk, incident: Incident) -> None:
        self.desk, self.incident = desk, incident
        self.archive = desk.archive
        self.events = [self.archive.events[id] for id in incident.events if id in self.archive.events]
        ids = {id for event in self.events for id in (*event.actors, *event.recipients)}
        self.countries = country_names(self.archive.actors[id] for id in sorted(ids) if id in self.archive.actors)
        self.crisis = any(reason.name == CRISIS for reason in incident.reasons)

    def all(self) -> Iterator[tuple[str, list[Position]]]:
        denials = list(denials_of(self.desk, self.incident))
        of_tolls = {
            total.harm: [claim for claim in denials if self._about_harm(claim, total)] for total in self.incident.tolls
        }
        counted = {claim.id for claims in of_tolls.values() for claim in claims}
        yield WHAT, self.what([claim for claim in denials if claim.id not in counted])
        if not self.crisis:
            whom = [(event, zip(event.recipients, event.recipient_spans, strict=False)) for event in self.events]
            who = [(event, zip(event.actors, event.actor_spans, strict=False)) for event in self.events]
            yield WHO, settle(self.desk, self.sides(who), other_camp)
            yield TO_WHOM, settle(self.desk, self.sides(whom), never)
            yield WHERE, self.where()
            yield WHEN, self.when()
        for total in self.incident.tolls:
            yield total.harm.value, oppose(self.toll(total), self._denied(of_tolls[total.harm]))
        yield CAUSE, self.causes()
        yield from self.called()

    # ----------------------------------------------------------------- what was done

    def what(self, denials: Iterable[Claim]) -> list[Position]:
        """The codes of what happened; kinds of one happening exclude none, and only a denial stands against it."""
        found = [
            (event.type.value.lower(), event.type, holder(self.desk, event, event.trigger)) for event in self.events
        ]
        told = [replace(one, note=self._modes(one)) for one in settle(self.desk, gather(found), never)]
        return oppose(told, self._denied(denials))

    def _modes(self, position: Position) -> str:
        """The modes that tell it more closely; of what several origins tell, those that several give."""
        origins: dict[str, set[str]] = defaultdict(set)
        for event in self.events:
            if event.type is position.value and event.mode:
                origins[event.mode] |= independent(self.archive, [event.trigger.article])
        least = min(2, len(position.origins))
        return ", ".join(sorted(mode for mode, names in origins.items() if len(names) >= least))

    def _denied(self, denials: Iterable[Claim]) -> list[Position]:
        """Each denial as a position of its own, with who denies."""
        made = []
        for saying in dict.fromkeys(self.desk.sayings.of[claim.id] for claim in denials):
            holders = tuple(speaker(self.desk, claim) for claim in saying.claims)
            words = clip(self.archive.quotes(saying.claims[0].content))
            made.append(Position(f"{saying.claims[0].stance.value} “{words}”", holders))
        return made

    def _about_harm(self, claim: Claim, total: TollEstimate) -> bool:
        tolls = (self.archive.tolls[id] for id in claim.about if id in self.archive.tolls)
        return any(toll.harm is total.harm for toll in tolls)

    # ----------------------------------------------------------------- who, to whom

    def sides(self, sides: Iterable[tuple[Event, Iterable[tuple[str, Span]]]]) -> list[Position]:
        """Participants by name or by the noun that describes them."""
        found = []
        for event, participants in sides:
            for id, span in participants:
                actor = self.archive.actors.get(id)
                if actor and (key := side(actor, self.countries)):
                    of = (key, camp(actor), self._force(event))
                    found.append((uncounted(actor.name), of, holder(self.desk, event, span)))
        return by_key(gather(found))

    def _force(self, event: Event) -> frozenset[tuple[str, str]]:
        """The mode of force that an event tells, with each whom it hits."""
        hit = [side(self.archive.actors[id], self.countries) for id in event.recipients if id in self.archive.actors]
        told = event.mode if event.type in FORCE else None
        return frozenset((told, whom) for whom in hit if told and whom)

    # ----------------------------------------------------------------- where, when

    def where(self) -> list[Position]:
        """Places, each with the reports that name one inside it; where a report was filed counts if none says more."""
        placed = [(event, place) for event in self.events if (place := self.archive.places.get(event.place or ""))]
        filed = {analysis.dateline_place for analysis in self._analyses()}
        told = [(event, place) for event, place in placed if place.is_location and place.id not in filed] or placed
        found = [
            (place.name, (fold(place.name), place.country), holder(self.desk, event, place.span))
            for event, place in told
        ]
        known = {(fold(place.name), place.country): place for _, place in told}
        made = [replace(one, value=known[one.value]) for one in gather(found) if isinstance(one.value, tuple)]
        return settle(self.desk, widened(made, within), elsewhere)

    def when(self) -> list[Position]:
        """Days, each with the reports that give one inside; a day apart may be one night."""
        found = []
        for event in self.events:
            time = self.archive.times.get(event.time or "")
            if time and time.first and time.last and time.basis is not Basis.DATELINE:
                span = interval(time)
                found.append((days(time.first, time.last), span, holder(self.desk, event, time.span)))
        told = widened(gather(found), inside)
        return settle(self.desk, told, other_days, next_day)

    def _analyses(self) -> list[Analysis]:
        return [self.archive.analyses[article] for article in self.incident.articles]

    # ----------------------------------------------------------------- tolls

    def toll(self, total: TollEstimate) -> list[Position]:
        """The reconciled figure with all that agree, those that stand against it, and those that are past."""
        same, earlier = figures_beside(self.archive, self.incident, total)
        denied = [id for id in total.withdrawn if self._only_denied(id)]
        basis = {self._bounds(id) for id in total.basis}
        apart = {self._bounds(id) for id in (*total.dissent, *denied)} - basis
        kinds = {_particular(self.archive.tolls[id]) for id in total.basis if id in self.archive.tolls}
        others = [id for id in earlier if None not in kinds and self._others_than(kinds, id)]
        again = [id for id in (*earlier, *denied) if self._bounds(id) in apart or id in others]
        agreeing = [*total.basis, *same, *(id for id in denied if self._bounds(id) in basis)]
        told = [*self._as_one(self._figures(agreeing), total), *self._figures(dict.fromkeys((*total.dissent, *again)))]
        grown = [one for one in told if any(self._outgrown(one, other) for other in told)]
        past = [*grown, *self._figures([id for id in earlier if id not in again], kinds=False)]
        gone = [id for id in total.withdrawn if id not in denied]
        return [
            *settle(self.desk, [one for one in told if one not in grown], self._not_both, self._counts_otherwise),
            *(replace(one, standing=Standing.SUPERSEDED) for one in past),
            *(replace(one, standing=Standing.WITHDRAWN) for one in self._figures(gone, kinds=False)),
        ]

    def _others_than(self, kinds: set[str | None], id: str) -> bool:
        """Whether a figure counts particular people, and others than those."""
        return _particular(self.archive.tolls[id]) not in {None, *kinds}

    def _only_denied(self, id: str) -> bool:
        """Whether a figure is set aside for a denial alone: its report still gives it, and the denial is opposite."""
        toll = self.archive.tolls.get(id)
        denials = [claim for claim in self.archive.claims_on.get(id, ()) if claim.stance is Stance.DENIES]
        return toll is not None and not toll.withdrawn and bool(denials)

    def _bounds(self, id: str) -> tuple[int, int | None] | None:
        toll = self.archive.tolls.get(id)
        return (toll.low, toll.high) if toll else None

    def _figures(self, ids: Iterable[str], kinds: bool = True) -> list[Position]:
        """Figures with who gives them; of different `kinds` of victims apart."""
        tolls = [self.archive.tolls[id] for id in ids if id in self.archive.tolls]
        found = [
            (
                bounds(toll.low, toll.high),
                (toll.low, toll.high, _particular(toll) if kinds else None),
                holder(self.desk, toll, toll.span),
            )
            for toll in tolls
        ]
        return [replace(one, note=f"of {_kind_of(one)}") if _kind_of(one) else one for one in gather(found)]

    def _as_one(self, agreeing: list[Position], total: TollEstimate) -> list[Position]:
        """Figures that overlap are one position, under the best; where that sums victims told apart, under the sum."""
        if not agreeing:
            return []
        first, *rest = sorted(agreeing, key=lambda one: low_of(one) != total.best)
        holders = tuple(who for one in agreeing for who in one.holders)
        if total.best is not None and low_of(first) < total.low:
            whole, parts = (total.best, total.best, None), " and ".join(one.says for one in agreeing)
            return [Position(bounds(*whole[:2]), holders, note=f"the sum of {parts}", value=whole)]
        others = ", ".join(dict.fromkeys(one.says for one in rest if one.says != first.says))
        return [replace(first, holders=holders, note=f"also given as {others}" if others else first.note)]

    def _not_both(self, one: Position, two: Position) -> bool:
        """Whether two figures of the same victims cannot both be right: neither has grown from the other."""
        grown = self._outgrown(one, two) or self._outgrown(two, one)
        return self._counts_otherwise(one, two) and not grown

    def _counts_otherwise(self, one: Position, two: Position) -> bool:
        return other_figure(one, two) and self._same_victims(one, two)

    def _outgrown(self, one: Position, two: Position) -> bool:
        """Whether a later and higher figure of the same victims is what the first has grown to."""
        return self._counts_otherwise(one, two) and low_of(one) < low_of(two) and day_of(one) < day_of(two)

    def _same_victims(self, one: Position, two: Position) -> bool:
        """Whether two figures count the same; officers among "people" may be a part of them."""
        return _kind_of(one) == _kind_of(two)

    # ----------------------------------------------------------------- causes and names

    def causes(self) -> list[Position]:
        """Reasons given and blame laid for it, in the reports' words."""
        found = [
            (f"{cause.kind}: “{self.archive.quote(cause.span)}”", fold(self.archive.quote(cause.span)), who)
            for event in self.events
            for cause in event.causes
            if (who := holder(self.desk, replace(event, claims=cause.claims or event.claims), cause.span))
        ]
        return settle(self.desk, gather(found), never)

    def called(self) -> Iterator[tuple[str, list[Position]]]:
        """What the incident, those in it and those it harmed are called."""
        yield CALLED, framed(self.desk, self._labels({event.id for event in self.events}))
        yield WHO_CALLED, framed(self.desk, self._people({id for event in self.events for id in event.actors}))
        whom = self._people({id for event in self.events for id in event.recipients})
        yield TO_WHOM_CALLED, framed(self.desk, list(dict.fromkeys([*whom, *self._victims()])))

    def _labels(self, targets: set[str]) -> list[Label]:
        return [label for target in sorted(targets) for label in self.archive.labels.get(target, ())]

    def _people(self, targets: set[str]) -> list[Label]:
        return [label for label in self._labels(targets) if not names_happening(label)]

    def _victims(self) -> Iterator[Label]:
        """Names of those whom the incident's figures count."""
        ids = {id for total in self.incident.tolls for id in (*total.basis, *total.dissent, *total.withdrawn)}
        for toll in (self.archive.tolls[id] for id in sorted(ids) if id in self.archive.tolls):
            analysis = self.archive.analyses[toll.span.article]
            yield from (label for label in analysis.labels if label.span.overlaps(toll.span))


# --------------------------------------------------------------------------- denials


def denials_of(desk: Desk, incident: Incident) -> Iterator[Claim]:
    """Claims that deny or doubt what others tell of an incident, each once."""
    told = {*incident.events, *(id for total in incident.tolls for id in (*total.basis, *total.dissent))}
    about = [desk.sayings.of[claim.id] for id in sorted(told) for claim in desk.archive.claims_on.get(id, ())]
    opposed = [denial.claims[0] for saying in dict.fromkeys(about) for denial in desk.checks.of(saying).deniers]
    found = {claim.id: claim for claim in (*tables.disputes(desk.archive, incident), *opposed)}
    yield from found.values()


def _blamed(desk: Desk, story: Story) -> list[Position]:
    """Whom the story's articles report to be blamed, and by whom."""
    archive = desk.archive
    found = []
    for article in story.articles:
        for event in archive.analyses[article].events:
            blamed = _known(archive.actors[id].name for id in event.recipients)
            accusers = _known(archive.actors[id].name for id in event.actors)
            who = holder(desk, event, event.trigger)
            if event.type is EventType.ACCUSE and event.mode == "allege" and blamed and accusers and who:
                says = f"{who.outlet} ← {accusers[0]}"
                accuser = replace(who, voice=f"accuser {fold(accusers[0])}", name=accusers[0], own=False, says=says)
                found.append((", ".join(blamed), fold(" ".join(blamed)), replace(accuser, who=None)))
    return settle(desk, gather(found), never, lambda one, two: one.value != two.value)


def _known(names: Iterable[str]) -> list[str]:
    return [name for name in names if not is_pronoun(name)]


def _particular(toll: Toll) -> str | None:
    """Whom a figure counts, where these are not just people, who may be anybody."""
    plain = toll.kind is None or toll.kind is VictimKind.CIVILIANS
    return None if plain or toll.kind is None else toll.kind.value.replace("_", " ")


def _kind_of(figure: Position) -> str | None:
    return str(figure.value[2]) if isinstance(figure.value, tuple) and figure.value[2] else None


def figures_beside(archive: Archive, incident: Incident, total: TollEstimate) -> tuple[list[str], list[str]]:
    """Figures of an incident that do not vote: those that give the best figure too, and those with lower ones."""
    counted = {toll.id: toll for event in incident.events for toll in archive.tolls_of.get(event, ())}
    others = [
        toll for id, toll in counted.items() if toll.harm is total.harm and id not in total.standings and toll.low
    ]
    others += [archive.tolls[id] for id in total.superseded if id in archive.tolls]
    same = [toll.id for toll in others if toll.low == total.best]
    return same, [toll.id for toll in others if toll.low != total.best]
