"""What binding makes of drafts alone: nesting by id, hedges kept, and events that the outlet's own people saw."""

from __future__ import annotations

from dataclasses import replace

from sayso.model import (
    Analysis,
    Certainty,
    ClaimDraft,
    EventDraft,
    EventType,
    Harm,
    LinkDraft,
    ObservationDraft,
    Parsed,
    Reason,
    SayingMode,
    SourceKind,
    Span,
    Stance,
    Status,
    TollDraft,
)
from sayso.resolve.bind import Drafts, bind
from tests.builders import parsed, span_of

TEXT = "Aydin did not deny police reportedly said guards fired . Our reporters counted 3 wounded ."


def report(**article: object) -> Parsed:
    words = TEXT.split()
    return parsed(*((word, word.lower(), "X", "dep", 0) for word in words), **article)


def claim(given: Parsed, source: str, cue: str, content: str, **more: object) -> ClaimDraft:
    link = LinkDraft(span_of(given.article, source), SourceKind.PERSON, span_of(given.article, cue))
    fields: dict[str, object] = {
        "mode": SayingMode.INDIRECT,
        "stance": Stance.ASSERTS,
        "certainty": Certainty.CERTAIN,
        **{key: span_of(given.article, str(value)) if key != "within" else value for key, value in more.items()},
    }
    return ClaimDraft((link,), (span_of(given.article, content),), **fields)  # type: ignore[arg-type]


def event(trigger: Span) -> EventDraft:
    return EventDraft(trigger, EventType.ASSAULT, None, (), (), (), Status.OCCURRED, (trigger,))


def bound(given: Parsed, **drafts: object) -> Analysis:
    full = {"claims": (), "events": (), "tolls": (), "labels": (), **drafts}
    return bind(given, Drafts(**full), (), (), ())  # type: ignore[arg-type]


def test_a_claim_knows_the_claim_around_it_however_often_each_was_drafted() -> None:
    given = report()
    outer = claim(given, "Aydin", "deny", "police reportedly said guards fired", negation="did not")
    inner = claim(given, "police", "said", "guards fired", hedge="reportedly", within=2)
    other = claim(given, "reporters", "counted", "3 wounded")
    found = bound(given, claims=(other, other, outer, inner, outer, inner)).claims
    assert [one.content[0] for one in found] == [other.content[0], outer.content[0], inner.content[0]]
    assert [one.within for one in found] == [None, None, found[1].id]
    assert [one.hedge for one in found] == [None, None, span_of(given.article, "reportedly")]
    assert [one.negation for one in found] == [None, span_of(given.article, "did not"), None]


def test_no_claim_stands_in_itself() -> None:
    given = report()
    drafts = (claim(given, "police", "said", "guards fired", within=0),)
    assert bound(given, claims=drafts).claims[0].within is None
    drafts = (claim(given, "police", "said", "guards fired", within=7),)
    assert bound(given, claims=drafts).claims[0].within is None


def test_a_credit_comes_before_the_sources_of_the_text_and_changes_nothing_else() -> None:
    plain, carried = report(), report(credits=("Meridian Wire",))
    drafts = (claim(plain, "police", "said", "guards fired"),)
    event_at = event(span_of(plain.article, "fired"))
    one, two = (bound(each, claims=drafts, events=(event_at,)) for each in (plain, carried))
    assert two.claims[0].chain[1:] == one.claims[0].chain
    assert (one.events, one.tolls) == (two.events, two.tolls)
    assert [actor.name for actor in two.actors] == ["Meridian Wire"]


def test_what_reporters_saw_is_about_the_events_and_tolls_it_holds() -> None:
    given = report()
    who, cue = span_of(given.article, "Our reporters"), span_of(given.article, "counted")
    seen = ObservationDraft(who, cue, span_of(given.article, "3 wounded"))
    toll = TollDraft(span_of(given.article, "3 wounded"), Harm.INJURED, 3, 3, None, False)
    wounding = event(span_of(given.article, "wounded"))
    firing = event(span_of(given.article, "fired"))
    found = bound(given, events=(firing, wounding), tolls=(toll,), observations=(seen,))
    (observation,) = found.observations
    assert (observation.who, observation.cue, observation.content) == (seen.who, seen.cue, seen.content)
    assert observation.about == (found.events[1].id, found.tolls[0].id)
    assert Reason("first-hand", 1.0, "Our reporters counted") in found.events[1].reasons
    assert not any(reason.name == "first-hand" for reason in found.events[0].reasons)


def test_who_did_not_deny_it_makes_it_no_less_true() -> None:
    given = report()
    fired = event(span_of(given.article, "fired"))
    denial = claim(given, "Aydin", "deny", "guards fired")
    for negation, status in ((None, Status.NEGATED), (span_of(given.article, "did not"), Status.OCCURRED)):
        draft = ClaimDraft(
            denial.chain, denial.content, denial.mode, Stance.DENIES, denial.certainty, negation=negation
        )
        assert bound(given, claims=(draft,), events=(fired,)).events[0].status is status


def test_an_event_told_again_keeps_the_claims_of_all_its_places_and_the_own_voice() -> None:
    given = report()
    says = claim(given, "police", "said", "guards fired")
    fired, wounded = span_of(given.article, "fired"), span_of(given.article, "wounded")
    toll = TollDraft(span_of(given.article, "3 wounded"), Harm.INJURED, 3, 3, None, False, trigger=wounded)
    for trigger, again in ((fired, wounded), (wounded, fired)):
        joined = replace(event(trigger), again=(again,))
        found = bound(given, claims=(says,), events=(joined,), tolls=(toll,))
        (told,) = found.events
        assert told.claims == (found.claims[0].id,)
        assert found.claims[0].about[0] == found.tolls[0].event == told.id
        assert Reason("own voice", 1.0, "wounded") in told.reasons
    alone = bound(given, claims=(says,), events=(event(fired),)).events[0]
    assert alone.claims and not alone.reasons


def test_what_one_source_denies_and_another_place_tells_is_told() -> None:
    given = report()
    denial = replace(claim(given, "Aydin", "deny", "guards fired"), stance=Stance.DENIES)
    fired, wounded = span_of(given.article, "fired"), span_of(given.article, "wounded")
    for again, status in (((), Status.NEGATED), ((wounded,), Status.OCCURRED)):
        joined = replace(event(fired), again=again)
        assert bound(given, claims=(denial,), events=(joined,)).events[0].status is status
