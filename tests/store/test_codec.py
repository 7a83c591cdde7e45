"""Link records of archives made before a toll had a course still load; new ones come back as they were."""

from __future__ import annotations

import json

from sayso.model import EventType, Harm, Incident, Links, Reason, TollEstimate, TollStep, Turn
from sayso.store.codec import pack_links, unpack_links

STEP = TollStep("2022-01-05", Turn.CORRECTED, 9, 9, None, ("a",), ("o",))
TOLL = TollEstimate(
    Harm.KILLED, 9, 9, None, ("a",), ("b",), ("c",), ("d",), (("e", "a"),), ("o",), (STEP,), (Reason("headline", 0.9),)
)
FIELDS = ("superseded", "corrected", "origins", "steps", "reasons")


def links(toll: TollEstimate) -> Links:
    kind = EventType("ASSAULT")
    return Links(incidents=(Incident("i", kind, (), (), (), None, None, None, None, None, None, (toll,)),))


def test_a_toll_comes_back_with_its_course() -> None:
    packed = [(kind, line) for kind, _, line in pack_links(links(TOLL))]
    assert unpack_links(packed) == links(TOLL)


def test_a_toll_stored_before_it_had_a_course_loads() -> None:
    ((kind, _, line),) = pack_links(links(TOLL))
    record = json.loads(line)
    for field in FIELDS:
        del record["tolls"][0][field]
    (toll,) = unpack_links([(kind, json.dumps(record))]).incidents[0].tolls
    assert toll == TollEstimate(Harm.KILLED, 9, 9, None, ("a",), ("b",), ("c",))


def test_each_toll_has_one_standing() -> None:
    assert TOLL.standings == {"a": "basis", "b": "dissent", "c": "withdrawn", "d": "superseded", "e": "corrected"}
