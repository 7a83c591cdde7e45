"""What the learned typer promises: clear acts get their code and parties, look-alikes stay silent, reasons are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import ModelMissing
from sayso.extract.events.find import find_events
from sayso.extract.events.typer import ActView, open_model
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.model import MODES, EventDraft, Parsed

Parse = Callable[[str], Parsed]


def found(parsed: Parsed) -> tuple[EventDraft, ...]:
    return find_events(parsed, find_mentions(parsed), find_times(parsed), open_model())


ACTS = [
    ("Gunmen on motorcycles opened fire on a checkpoint near Gao.", "ASSAULT", "firearms", "Gunmen"),
    ("Police arrested eleven students outside the ministry on Monday.", "COERCE", "arrest", "Police"),
    ("The president declared a state of emergency in two provinces.", "COERCE", "martial-law", "president"),
    ("Thousands marched through Tbilisi against the draft law.", "PROTEST", "demo", "Thousands"),
    ("Nurses walked off the job in Harare for a third day.", "PROTEST", "strike", "Nurses"),
    ("Jordan recalled its ambassador from the capital.", "SANCTION", "withdraw", "Jordan"),
    ("The court sentenced the former governor to twelve years in prison.", "SANCTION", "convict", "court"),
    ("Sweden sent 40 field hospitals to Türkiye after the quake.", "AID", None, "Sweden"),
    ("The rebels released nine captured soldiers on Friday.", "RETREAT", "release", "rebels"),
    ("Kenya's foreign minister met his Somali counterpart in Nairobi.", "CONSULT", None, "minister"),
    ("The opposition accused the commission of rigging the count.", "ACCUSE", "allege", "opposition"),
    ("Brazil condemned the bombing of the convoy.", "ACCUSE", "disapprove", "Brazil"),
    ("The bishops urged both sides to lay down their arms.", "REQUEST", "yield", "bishops"),
    ("Hanoi rejected the demand for a new inquiry.", "REJECT", "change", "Hanoi"),
    ("Norway praised the role of the mediators.", "SUPPORT", None, "Norway"),
    ("The army deployed tanks along the border.", "MOBILIZE", None, "army"),
]
SILENT = [
    "The striker fired the ball past the keeper in the last minute.",
    "Shares in the bank plunged after a price war among lenders.",
    "A storm battered the coast and left thousands without power.",
    "The film tells the story of a soldier who loses his way.",
    "Inflation attacked the savings of the middle class.",
    "He died of a heart attack at the age of 81.",
]


@pytest.mark.parametrize(("text", "kind", "mode", "actor"), ACTS)
def test_a_clear_act_gets_its_code_and_actor(parse: Parse, text: str, kind: str, mode: str | None, actor: str) -> None:
    parsed = parse(text)
    events = [draft for draft in found(parsed) if draft.type == kind]
    assert events, [(draft.type, parsed.article.quote(draft.trigger)) for draft in found(parsed)]
    assert mode is None or events[0].mode == mode
    assert actor in " ".join(parsed.article.quote(span) for span in events[0].actors)


def test_most_look_alikes_are_no_events(parse: Parse) -> None:
    told = [text for text in SILENT if found(parse(text))]
    assert len(told) <= 1, told


def test_a_perpetrator_nobody_names_stays_unknown(parse: Parse) -> None:
    (draft,) = [
        draft for draft in found(parse("The mayor of Buga was shot dead on Sunday.")) if draft.type == "ASSAULT"
    ]
    assert draft.actors == ()


SIDES = [
    ("President Moreau met President Diallo in Dakar on Sunday.", "CONSULT", ["President Moreau", "President Diallo"]),
    ("Hundreds of miners blocked the road to the airport.", "PROTEST", ["Hundreds of miners"]),
]


@pytest.mark.parametrize(("text", "kind", "actors"), SIDES)
def test_all_who_act_are_named(parse: Parse, text: str, kind: str, actors: list[str]) -> None:
    parsed = parse(text)
    draft = next(draft for draft in found(parsed) if draft.type == kind)
    assert [parsed.article.quote(span) for span in draft.actors] == actors


def test_no_thing_acts(parse: Parse) -> None:
    assert not any(draft.actors for draft in found(parse("Shells struck a school in the old town on Friday.")))


def test_those_who_meet_suffer_nothing(parse: Parse) -> None:
    drafts = [draft for draft in found(parse(SIDES[0][0])) if draft.type == "CONSULT"]
    assert drafts and not any(draft.recipients for draft in drafts)


def test_verbs_that_are_joined_share_who_acts(parse: Parse) -> None:
    parsed = parse("Soldiers stormed the radio station in Bissau, arrested the director and closed two newspapers.")
    drafts = found(parsed)
    assert len(drafts) > 1
    assert {parsed.article.quote(span) for draft in drafts for span in draft.actors} == {"Soldiers"}
    assert all(draft.actors for draft in drafts)


def test_every_event_says_what_spoke_for_it(parse: Parse) -> None:
    for draft in found(parse("Soldiers shelled the town while envoys held talks in Doha.")):
        first = draft.reasons[0]
        assert first.name == f"typed {draft.type}" and 0 < first.score <= 1 and first.detail.count(";") == 2


def test_a_mode_belongs_to_its_type(parse: Parse) -> None:
    for text, *_ in ACTS:
        assert all(draft.mode is None or draft.mode in MODES[draft.type] for draft in found(parse(text)))


def test_chances_add_up() -> None:
    model = open_model()
    encoded = model.encoder.encode(["Troops entered the city."])[0]
    verdicts = model.typer.acts(encoded, [ActView(((7, 14),), ((0, 6),), (), ("lemma=enter",))])
    for chances in (verdicts.kind, verdicts.mode, verdicts.status, model.typer.words(encoded)):
        assert np.allclose(chances.sum(axis=-1), 1, atol=1e-4)


def test_a_sentence_is_read_alike_whatever_stands_beside_it() -> None:
    encoder = open_model().encoder
    texts = ["Troops left.", "The minister met the leaders of nine parties in the capital on Monday.", "Talks ended."]
    alone = [encoder.encode([text])[0] for text in texts]
    for one, other in zip(encoder.encode(texts), alone, strict=True):
        assert one.starts.tolist() == other.starts.tolist()
        assert (one.pieces == other.pieces).all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
def test_no_text_breaks_it(parse: Parse, text: str) -> None:
    parsed = parse(text)
    for draft in found(parsed):
        assert parsed.article.quote(draft.trigger)
        assert any(evidence.covers(draft.trigger) for evidence in draft.evidence)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"heads\.npz"):
        open_model(tmp_path)
