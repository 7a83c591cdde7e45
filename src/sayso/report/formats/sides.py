"""Who stood against whom in a happening, in ACLED's terms: event, sub-event, and the code of each side."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import EventType
from sayso.report.formats.codes import acled_event, acled_inter, street_words
from sayso.report.formats.told import Happening, Party

STATE, REBELS, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
ARMED = frozenset({STATE, REBELS, POLITICAL, IDENTITY, EXTERNAL})
BY_SIDES = "by sides"
_BARE = frozenset({"beat", "primitive"})  # force that does not count as excessive against protesters

_VIOLENCE, _STREET, _STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
SUB_EVENTS = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip
_KINDS = {"Protests": _STREET, "Strategic developments": _STRATEGIC}
DISORDER = {sub: _KINDS.get(event, _VIOLENCE) for event, subs in SUB_EVENTS.items() for sub in subs} | {
    "Violent demonstration": _STREET,
    "Excessive force against protesters": f"{_VIOLENCE}; {_STREET}",
}
_Side = tuple[tuple[Party, ...], int | None]


@dataclass(frozen=True, slots=True)
class Clash:
    """A happening as ACLED files it. Which side is first does not say who attacked."""

    event: str
    sub_event: str
    first: tuple[Party, ...] = ()
    inter1: int | None = None
    second: tuple[Party, ...] = ()
    inter2: int | None = None

    @property
    def sides(self) -> tuple[_Side, _Side]:
        """Both sides; a lone one is the first."""
        first, second = (self.first, self.inter1), (self.second, self.inter2)
        return (second, first) if first == ((), None) else (first, second)

    @property
    def interaction(self) -> str | None:
        """Both codes, the lower first; "10" for state forces alone; None where the first is not known."""
        codes = sorted(code for code in (self.inter1, self.inter2) if code)
        return f"{codes[0]}{codes[1] if len(codes) > 1 else 0}" if codes else None


def clash_of(one: Happening) -> Clash | str:
    """How ACLED files a happening; a reason in words where it does not."""
    type, mode = one.lead.event.type, one.mode
    filed = acled_event(type, mode)
    if filed is None:
        return "of a kind that ACLED does not record"
    event, sub = filed
    actors, recipients = one.actors, one.recipients
    a, r = _inter(actors, one), _inter(recipients, one)
    if type is EventType.PROTEST:
        # whom a protest is against is no side of it, unless it stands there armed
        return Clash(
            event, sub, actors, RIOTERS if event == "Riots" else PROTESTERS, recipients, r if r in ARMED else None
        )
    a = RIOTERS if a == PROTESTERS else a  # who commits violence in the street is filed as a rioter
    if mode == "crowd-control":
        return _by_force(event, sub, (actors, a), (recipients, r))
    if event == BY_SIDES:
        return _by_sides(mode, (actors, a), (recipients, r))
    if event == "Violence against civilians":
        if r not in (CIVILIANS, PROTESTERS):
            return "violence whose sides are not told"
        r = CIVILIANS
    if a == RIOTERS and sub == "Looting/property destruction":
        event, sub = "Riots", "Violent demonstration"
    return Clash(event, sub, actors, a, recipients, r)


def _by_sides(mode: str | None, actors: _Side, recipients: _Side) -> Clash | str:
    """Violence by who was armed; where that is not told of both sides nothing is guessed."""
    a, r = actors[1], recipients[1]
    if a in ARMED and r in ARMED:
        return Clash("Battles", "Armed clash", *actors, *recipients)
    if r == PROTESTERS and (a in ARMED or a is None):  # also where nobody says who shot them
        sub = "Protest with intervention" if mode in _BARE else "Excessive force against protesters"
        return Clash("Protests", sub, *recipients, *actors)
    if a in ARMED and r == CIVILIANS:
        return Clash("Violence against civilians", "Attack", *actors, *recipients)
    if a == RIOTERS:
        return Clash("Riots", "Mob violence" if r else "Violent demonstration", *actors, *recipients)
    return "violence whose sides are not told"


def _by_force(event: str, sub: str, actors: _Side, recipients: _Side) -> Clash | str:
    """Tear gas, batons and the like are used against people in the street, named or not."""
    if actors[1] not in ARMED:
        return "violence whose sides are not told"
    people, code = recipients
    if code not in (None, PROTESTERS, CIVILIANS):
        return "violence whose sides are not told"
    return Clash(event, sub, people, PROTESTERS, *actors)


def _inter(parties: tuple[Party, ...], one: Happening) -> int | None:
    """The code of the first party that has one."""
    country = one.where.country if one.where else None
    return next((code for party in parties if (code := inter_of(party, country))), None)


def inter_of(party: Party, country: str | None) -> int | None:
    """ACLED's code of an actor; None where neither its name nor its sector tells. `country` is where it happened.

    Forces of another state, and of bodies of several states, are external ones.
    """
    words = party.name.casefold().split()
    if any(word.startswith(street_words()) for word in words):
        return PROTESTERS
    code = next((code for sector in party.sectors if (code := acled_inter(sector))), None)
    if code == STATE and _abroad(party.country, country):
        return EXTERNAL
    return code


def _abroad(of: str | None, country: str | None) -> bool:
    return of in ("IGO", "UNO", "EUR") or bool(of and country and of != country)


def targets_civilians(clash: Clash) -> bool:
    """Whether civilians or protesters were the ones attacked."""
    if clash.sub_event == "Excessive force against protesters" or clash.event == "Violence against civilians":
        return True
    return clash.event in ("Explosions/Remote violence", "Riots") and clash.inter2 in (CIVILIANS, PROTESTERS)
