"""Who else says so: which sayings others of another origin report too, and which others deny or contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sayso.model import Claim, Event, Stance, Status, Toll
from sayso.report import tables
from sayso.report.archive import depth, own_voice
from sayso.report.grounds import own_words
from sayso.report.identity import Who
from sayso.report.sayings import UNKNOWN, Saying, Sayings, independent

_RECALLING = frozenset(
    "mistake mistaken mistakenly error erroneous erroneously withdrawn withdrew retracted retraction recanted".split()
)
_FACT = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
_CALLED_BACK = frozenset({"withdrawn", "corrected"})  # standings of figures that nobody stands by any longer
Matter = tuple[str, str, str]  # incident, then "event" and its type, "toll" and its harm, or "figure" and its number


_BESIDE = 160  # characters of a content quoted beside another


def clip(words: str) -> str:
    """The beginning of a content that stands beside another."""
    return words if len(words) <= _BESIDE else words[:_BESIDE].rsplit(" ", 1)[0] + " …"


Figure = tuple[int, int | None]  # bounds: "nearly 1,000" does not confirm "more than 1,000"


@dataclass(frozen=True, slots=True)
class Voice:
    """One report of a matter: by a cited source, or in an outlet's own voice."""

    name: str
    who: tuple[Who, ...]  # none: own voice
    origin: str
    mode: str | None = None  # of the event
    figure: Figure | None = None  # of the toll
    words: str = ""  # that tell it


@dataclass(frozen=True, slots=True)
class Check:
    """What others make of a saying."""

    backers: tuple[str, ...] = ()  # who else reports it, in articles of another origin
    origins: int = 0  # how many independent origins these are
    deniers: tuple[Saying, ...] = ()
    figures: tuple[str, ...] = ()  # other figures of the same toll, with who gives them
    withdrawn: bool = False  # its figure was called back

    @property
    def disputed(self) -> bool:
        return bool(self.deniers or self.figures or self.withdrawn)

    @property
    def alone(self) -> bool:
        return not self.backers and not self.disputed


class Checks:
    """Compares sayings over the incidents and tolls they are about."""

    def __init__(self, sayings: Sayings) -> None:
        self.sayings = sayings
        self._voices: dict[Matter, list[Voice]] = defaultdict(list)
        self._denials: dict[Matter, dict[str, Saying]] = defaultdict(dict)
        self._toll_home: dict[str, tuple[str, str]] = {}  # toll: incident and standing
        self._found: dict[str, Check] = {}
        self._learn()

    def _learn(self) -> None:
        archive = self.sayings.archive
        for incident in archive.links.incidents:
            for total in incident.tolls:
                self._toll_home.update((id, (incident.id, standing)) for id, standing in total.standings.items())
        for event in archive.events.values():
            if (home := archive.incident_of.get(event.id)) and event.status in _FACT:
                self._hear((home, "event", event.type.value), event, event.mode, None)
        for toll in archive.tolls.values():
            counted, standing = self.home(toll)
            if counted and standing not in _CALLED_BACK:
                self._hear((counted, "toll", toll.harm.value), toll, None, (toll.low, toll.high))
        for incident in archive.links.incidents:
            for claim in tables.disputes(archive, incident):
                for matter in self.matters(claim, incident.id):
                    self._denials[matter][self.sayings.of[claim.id].id] = self.sayings.of[claim.id]
        for saying in self.sayings.all:
            if self.recalls(saying):
                for matter in self._matters(saying):
                    if matter[1] == "figure":
                        self._denials[matter][saying.id] = saying

    def home(self, toll: Toll) -> tuple[str, str]:
        """The incident that a toll counts the harm of ("" for none), and how it stands there."""
        known = self._toll_home.get(toll.id)
        return known or (self.sayings.archive.incident_of.get(toll.event or "", ""), "")

    def recalls(self, saying: Saying) -> bool:
        """Whether it calls a figure back: "the report of 164 dead was published by mistake"."""
        tolls = any(self.home(self._tolls[id])[1] in _CALLED_BACK for id in saying.claims[0].about if id in self._tolls)
        return tolls and not _RECALLING.isdisjoint(self.sayings.contents[saying.id].words)

    def _hear(self, matter: Matter, told: Event | Toll, mode: str | None, figure: Figure | None) -> None:
        archive = self.sayings.archive
        span = (*own_words(archive, told), *told.evidence)[0] if isinstance(told, Event) else told.span
        article = span.article
        (origin,) = independent(archive, [article])
        if own_voice(archive, told):
            outlet = archive.outlet(article)
            words = archive.quote(span)
            self._voices[matter].append(Voice(f"{outlet} (own voice)", (), origin, mode, figure, words))
        held = archive.held(told.claims)
        if not held:
            return
        claim = max(held, key=lambda one: (depth(one), one.id))
        if claim.stance is not Stance.ASSERTS or claim.negation is not None:
            return
        who = self.sayings.who(claim)
        name = self.sayings.sources.label(who[-1]) if who else archive.outlet(article)
        self._voices[matter].append(Voice(name, tuple(who), origin, mode, figure))

    def matters(self, claim: Claim, incident: str | None = None) -> Iterator[Matter]:
        """The events and tolls a claim is about, by incident; figures before the happenings they count."""
        archive = self.sayings.archive
        tolls = [archive.tolls[id] for id in claim.about if id in archive.tolls]
        for toll in tolls:
            if home := incident or self.home(toll)[0]:
                yield home, "toll", toll.harm.value
                yield home, "figure", f"{toll.harm.value} {toll.low}"
        for id in claim.about if not tolls else ():
            event = archive.events.get(id)
            if event and (happening := incident or archive.incident_of.get(id)):
                yield happening, "event", event.type.value

    def of(self, saying: Saying) -> Check:
        """Who else reports it, and who denies or contradicts it."""
        if saying.id not in self._found:
            asserted = saying.claims[0].stance is Stance.ASSERTS and saying.claims[0].negation is None
            self._found[saying.id] = self._check(saying) if asserted else Check()
        return self._found[saying.id]

    def _check(self, saying: Saying) -> Check:
        same, opposed = self.sayings.alike(saying)
        backers = {voice.name: voice.origin for voice in self._backers(saying)}
        for other in same:
            for origin in sorted(other.origins - saying.origins if self._strangers(saying, self._who(other)) else ()):
                backers[self._name(other)] = origin
        denials = {other.id: other for other in opposed}
        for matter in self._matters(saying):
            denials |= {id: one for id, one in self._denials[matter].items() if not one.keys & saying.keys}
        denials.pop(saying.id, None)
        tolls = [toll for claim in saying.claims for id in claim.about if (toll := self._tolls.get(id))]
        return Check(
            backers=tuple(sorted(backers)),
            origins=len(set(backers.values())),
            deniers=tuple(sorted(denials.values(), key=self.sayings.order)),
            figures=self._figures(saying, tolls),
            withdrawn=any(self.home(toll)[1] in _CALLED_BACK for toll in tolls) and not self.recalls(saying),
        )

    @cached_property
    def denied(self) -> Mapping[str, tuple[Saying, ...]]:
        """What each denial denies: the sayings of others, by the denial's id."""
        found: dict[str, list[Saying]] = defaultdict(list)
        for saying in self.sayings.all:
            for denial in self.of(saying).deniers:
                found[denial.id].append(saying)
        return {id: tuple(one) for id, one in found.items()}

    def denied_voices(self, denial: Saying) -> tuple[str, ...]:
        """Outlets that tell in their own voice what is denied."""
        told = {
            f"{voice.name}: “{clip(voice.words)}”"
            for matter in self._denied_matters.get(denial.id, ())
            for voice in self._voices.get(matter, ())
            if not voice.who
        }
        return tuple(sorted(told))

    @cached_property
    def _denied_matters(self) -> Mapping[str, list[Matter]]:
        found: dict[str, list[Matter]] = defaultdict(list)
        for matter, denials in self._denials.items():
            for id in denials:
                found[id].append(matter)
        return found

    @property
    def _tolls(self) -> Mapping[str, Toll]:
        return self.sayings.archive.tolls

    def _matters(self, saying: Saying) -> list[Matter]:
        return sorted({matter for claim in saying.claims for matter in self.matters(claim)})

    def _backers(self, saying: Saying) -> Iterator[Voice]:
        """Reports of the same events (of one mode) or the same figures, by others and of another origin."""
        archive = self.sayings.archive
        about = [id for claim in saying.claims for id in claim.about]
        modes = {archive.events[id].mode for id in about if id in archive.events}
        figures = {(self._tolls[id].low, self._tolls[id].high) for id in about if id in self._tolls}
        for matter in self._matters(saying):
            for voice in self._voices.get(matter, ()):
                other = voice.origin not in saying.origins and self._strangers(saying, voice.who)
                fits = voice.figure in figures if matter[1] == "toll" else not modes or voice.mode in modes | {None}
                if other and fits and not voice.origin.startswith(UNKNOWN):
                    yield voice

    def _figures(self, saying: Saying, tolls: list[Toll]) -> tuple[str, ...]:
        """Figures of others that stand against its own where an incident's figures disagree."""
        archive = self.sayings.archive
        found = set()
        for toll in tolls:
            home, standing = self.home(toll)
            totals = archive.incidents[home].tolls if home in archive.incidents else ()
            for total in totals:
                if total.harm is not toll.harm or standing not in ("basis", "dissent"):
                    continue
                others = total.dissent if standing == "basis" else total.basis
                for other in (self._tolls[id] for id in others if id in self._tolls):  # a part knows its own only
                    keys = {who.key for claim in other.claims for who in self.sayings.who(archive.claims[claim])}
                    if other.low != toll.low and not keys & saying.keys:
                        voices = archive.voices(other)
                        found.add(f"{other.harm} “{archive.quote(other.span)}”, {voices}")
        return tuple(sorted(found))

    def _name(self, saying: Saying) -> str:
        who = self.sayings.who(saying.claims[0])
        archive = self.sayings.archive
        return self.sayings.sources.label(who[-1]) if who else archive.outlet(saying.claims[0].content[0].article)

    def _who(self, saying: Saying) -> tuple[Who, ...]:
        return tuple({who.key: who for claim in saying.claims for who in self.sayings.who(claim)}.values())

    def _strangers(self, saying: Saying, others: tuple[Who, ...]) -> bool:
        """Whether none of the others may be, or speak for, a source of the saying."""
        may = self.sayings.sources.may_be_colleagues
        return not any(may(mine, other) for mine in self._who(saying) for other in others)
