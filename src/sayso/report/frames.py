"""What a happening and its people are called, by kinds of names that take sides.

Names of one kind ("terrorists", "extremists") are one frame. Two frames are at odds where who uses the one denies by it
what the other says: protest is no coup, and a peacekeeper no invader. A neutral word ("unrest") is at odds with none:
whoever uses it leaves the question open, which is a different choice of words and no contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sayso.model import Label, Story
from sayso.report.claims import Desk
from sayso.report.exclusion import never
from sayso.report.positions import Holder, Position, Standing, gather, holder, settle
from sayso.report.reach import origin_of
from sayso.report.sayings import independent
from sayso.text import fold


class Frame(StrEnum):
    """A kind of name that tells on whose side it comes from."""

    PROTEST = "protest"
    REVOLT = "revolt"
    DISORDER = "disorder"  # neutral as to who and why
    CRIME = "crime"
    FIGHTERS = "fighters"  # armed, cause not told
    TERROR = "terror"
    PLOT = "plot"
    INVASION = "invasion"
    PEACEKEEPING = "peacekeeping"
    REPRESSION = "repression"
    OPERATION = "operation"


# Nouns of `data/labels.toml` by frame, singular; a name is of the frame of its last noun.
_HAPPENINGS: dict[Frame, str] = {
    Frame.PROTEST: "protest|demonstration|rally|march",
    Frame.REVOLT: "uprising|revolution|rebellion|revolt|insurrection|mutiny|insurgency|popular revolt|civil war",
    Frame.DISORDER: "unrest|riot|disorder|disturbance|turmoil|upheaval|turbulence|chaos|anarchy|clash|violence|"
    "mass disorder|mass disturbance|mass riot",
    Frame.TERROR: "terrorism|terror|terrorist attack|terror attack|act of terrorism|act of terror",
    Frame.PLOT: "coup|coup attempt|attempted coup|coup d'etat|state coup|putsch|power grab|regime change|"
    "colour revolution|color revolution|hybrid war",
    Frame.INVASION: "invasion|occupation|aggression|act of aggression|incursion|intervention",
    Frame.PEACEKEEPING: "peacekeeping operation|peacekeeping mission|liberation|humanitarian intervention",
    Frame.REPRESSION: "crackdown|repression|massacre|genocide|slaughter|bloodshed|carnage|pogrom|ethnic cleansing|"
    "war crime",
    Frame.OPERATION: "special operation|special military operation|cleansing operation|counter-terrorist operation|"
    "counterterrorist operation|counter-terrorism operation|anti-terrorist operation",
}
_PEOPLE: dict[Frame, str] = {
    Frame.PROTEST: "protester|protestor|demonstrator|activist|dissident|marcher",
    Frame.REVOLT: "rebel|insurgent|guerrilla|freedom-fighter",
    Frame.DISORDER: "rioter|mob",
    Frame.CRIME: "criminal|bandit|gangster|looter|marauder|hooligan|vandal|thug|troublemaker",
    Frame.FIGHTERS: "militant|fighter|gunman|attacker|mercenary",
    Frame.TERROR: "terrorist|extremist|radical|jihadist|islamist",
    Frame.PLOT: "conspirator|traitor|agent|provocateur|saboteur|infiltrator|agitator",
    Frame.INVASION: "occupier|invader|aggressor",
    Frame.PEACEKEEPING: "peacekeeper|liberator|defender",
}
_EVENTS = {noun: frame for frame, nouns in _HAPPENINGS.items() for noun in nouns.split("|")}
_FRAMES = _EVENTS | {noun: frame for frame, nouns in _PEOPLE.items() for noun in nouns.split("|")}
_PLURALS = (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))
_SHOWN = 4  # words for one frame
_LONGEST = max(noun.count(" ") for noun in _FRAMES) + 1  # words
_ODDS = frozenset(
    frozenset(pair)
    for pair in (
        (Frame.PROTEST, Frame.CRIME), (Frame.PROTEST, Frame.FIGHTERS), (Frame.PROTEST, Frame.TERROR),
        (Frame.PROTEST, Frame.PLOT), (Frame.REVOLT, Frame.CRIME), (Frame.REVOLT, Frame.TERROR),
        (Frame.REVOLT, Frame.PLOT), (Frame.INVASION, Frame.PEACEKEEPING), (Frame.REPRESSION, Frame.OPERATION),
        (Frame.REPRESSION, Frame.PEACEKEEPING),
    )
)  # fmt: skip


def frame_of(name: str) -> Frame | None:
    """The frame of a name: that of its last noun or phrase; "foreign-trained Islamist insurgents" is revolt."""
    return _FRAMES.get(_noun(name) or "")


def names_happening(label: Label) -> bool:
    """Whether a name is one of happenings and not of people, whatever it was tied to."""
    return _noun(label.text) in _EVENTS


def _noun(name: str) -> str | None:
    """The longest known phrase that a name ends in, singular."""
    words = fold(name).split()
    for size in range(min(_LONGEST, len(words)), 0, -1):
        last = " ".join(words[-size:])
        for form in (last, *(last.removesuffix(end) + one for end, one in _PLURALS)):
            if form in _FRAMES:
                return form
    return None


def at_odds(one: Position, two: Position) -> bool:
    """Whether two frames exclude one another."""
    return frozenset((one.value, two.value)) in _ODDS


def framed(desk: Desk, labels: Sequence[Label], one_matter: bool = True) -> list[Position]:
    """The frames of a matter, each with the words for it and who uses them.

    Unless all labels name `one_matter`, frames may differ and never exclude one another.
    """
    found = [
        (label.text, frame_of(label.text) or fold(label.text), holder(desk, label, label.span)) for label in labels
    ]
    words: dict[object, dict[str, str]] = defaultdict(dict)
    for text, frame, who in found:
        if who is not None:
            words[frame].setdefault(fold(text), text)
    named = [
        replace(one, says=" / ".join(list(words[one.value].values())[:_SHOWN]), note=_kind(one.value))
        for one in gather(found)
    ]
    settled = settle(desk, named, at_odds if one_matter else never, _otherwise if one_matter else at_odds, several=True)
    return [replace(one, against=()) if one.standing is Standing.DIFFERS else one for one in settled]


def _kind(frame: object) -> str:
    return f"as {frame}" if isinstance(frame, Frame) else ""


def _otherwise(one: Position, two: Position) -> bool:
    """Whether two names are of different frames; a name of no known frame tells nothing of sides."""
    return isinstance(one.value, Frame) and isinstance(two.value, Frame) and one.value is not two.value


@dataclass(frozen=True, slots=True)
class OutletFrames:
    """How one outlet tells a story: in its own words, and in those that it passes on."""

    outlet: str
    origin: str
    articles: tuple[str, ...]
    own: tuple[str, ...]  # words in its own voice
    passed_on: tuple[str, ...]  # "Xi Jinping: unrest, color revolution"


def happening(desk: Desk, story: Story) -> list[Label]:
    """What the story's articles call its matter, which no single event codes."""
    return [label for label in _labels(desk, story) if label.target is None]


def people(desk: Desk, story: Story) -> list[Label]:
    """What they call the people in it; nobody says that these are the same people."""
    found = [label for label in _labels(desk, story) if label.target in desk.archive.actors]
    return [label for label in found if not names_happening(label)]


def _labels(desk: Desk, story: Story) -> list[Label]:
    analyses = (desk.archive.analyses[article] for article in story.articles)
    return [label for analysis in analyses for label in analysis.labels]


def by_outlet(desk: Desk, story: Story) -> list[OutletFrames]:
    """Who frames a story how: a row an outlet and origin, in order of publication."""
    articles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article in sorted(story.articles, key=lambda id: (desk.archive.article(id).published or "9999", id)):
        (origin,) = independent(desk.archive, [article])
        articles[desk.archive.outlet(article), origin].append(article)
    used: dict[str, list[tuple[str, Holder]]] = defaultdict(list)
    for label in _labels(desk, story):
        if frame_of(label.text) and (who := holder(desk, label, label.span)):
            used[who.article].append((label.text, who))
    rows = []
    for (outlet, _), ids in articles.items():
        found = [use for id in ids for use in used[id]]
        if found:
            rows.append(
                OutletFrames(
                    outlet=outlet,
                    origin=origin_of(desk.archive, ids[0]),
                    articles=tuple(ids),
                    own=_once(text for text, who in found if who.own),
                    passed_on=tuple(_by_source(found)),
                )
            )
    return rows


def _by_source(found: Iterable[tuple[str, Holder]]) -> Iterator[str]:
    """ "Xi Jinping: unrest, color revolution", a line for each source that the outlet cites."""
    words: dict[str, list[str]] = defaultdict(list)
    for text, who in found:
        if not who.own:
            words[who.name].append(text)
    for name, texts in words.items():
        yield f"{name}: {', '.join(_once(texts))}"


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Words but for case, each as it is first written."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(fold(word), word)
    return tuple(found.values())
