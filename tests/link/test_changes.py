"""What a copy changed: figures, names, places, quotations, qualifiers, sources, what it left out and put in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.changes import find_changes
from sayso.link.copies import copy_of
from sayso.model import Article, ChangeKind, CopyKind, Links
from sayso.store.codec import pack_links, unpack_links
from tests.link.test_copies import OTHER, WIRE

REPORT = (
    "Flames took the fish hall of Mirbek on Tuesday night, killing at least 12 people, the hospital said.\n\n"
    "About 300 sailors fled towards the Lower Quay, according to the harbour master. Doctor Ines Karlo treated 40 of "
    "them on the floor of a school.\n\n"
    '"We had four beds and no water, and nobody came until the morning," she told reporters.\n\n'
    "The mayor denied that the fire brigade had been late. It has two engines for the whole coast."
)
# (words of the report, what the copy has instead, kind, what must be told of it)
CASES = [
    ("killing at least 12 people", "killing 12 people", ChangeKind.QUALIFIER, "dropped: at least"),
    ("12 people, the hospital said.", "12 people.", ChangeKind.SOURCE, "own voice"),
    ("treated 40 of them", "treated 140 of them", ChangeKind.NUMBER, "40 → 140"),
    ("the Lower Quay", "the Upper Quay", ChangeKind.PLACE, "Lower Quay → Upper Quay"),
    ("Doctor Ines Karlo", "Doctor Ines Karlov", ChangeKind.NAME, "Karlov"),
    ("according to the harbour master", "officials said", ChangeKind.SOURCE, "→ officials said"),
    ("four beds and no water, and nobody", "four beds, and nobody", ChangeKind.QUOTATION, "in other words"),
    (", and nobody came until the morning", "", ChangeKind.QUOTATION, "cut short"),
    ("The mayor denied that the fire brigade had been late. ", "", ChangeKind.OMISSION, "a denial"),
    ("the whole coast.", "the whole coast.\n\nOur shop sells smoke alarms of every size.", ChangeKind.ADDITION, ""),
]


@pytest.mark.parametrize(("before", "after", "kind", "told"), CASES, ids=[f"{row[2]}: {row[1]}" for row in CASES])
def test_what_was_changed_is_named_where_it_stands(before: str, after: str, kind: ChangeKind, told: str) -> None:
    assert before in REPORT
    early, late = Article(REPORT, id="a"), Article(REPORT.replace(before, after), id="b")
    changes = find_changes(late, early, CopyKind.EDITED)
    assert [change.kind for change in changes] == [kind]
    assert told in changes[0].detail
    place = changes[0].before
    assert place is None or early.quote(place)[:4] in REPORT[max(0, REPORT.index(before) - 80) : place.end]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("12 people", "twelve people"),
        ("at least 12", "no fewer than 12"),
        ("About 300", "Around 300"),
        ("the hospital said", "according to the hospital"),
    ],
)
def test_the_same_in_other_words_is_no_change(before: str, after: str) -> None:
    late = Article(REPORT.replace(before, after), id="b")
    assert find_changes(late, Article(REPORT, id="a"), CopyKind.EDITED) == ()


def test_an_excerpt_is_not_told_what_stands_around_it() -> None:
    late = Article(
        "Our week abroad was long.\n\n" + REPORT.split("\n\n")[0] + "\n\nElsewhere it rained on the fair.", id="b"
    )
    kinds = {change.kind for change in find_changes(late, Article(REPORT, id="a"), CopyKind.EXCERPT)}
    assert kinds == {ChangeKind.OMISSION}


def test_changes_are_kept_with_the_copy_and_older_copies_have_none() -> None:
    early = Article(REPORT, id="a", published="2021-05-03")
    found = copy_of(early, Article(REPORT.replace("at least 12", "30"), id="b", published="2021-05-04"))
    assert found is not None and len(found.changes) == 2
    packed = [(kind, line) for kind, _, line in pack_links(Links((found,), (), (), ()))]
    assert unpack_links(packed).copies == (found,)
    older = {key: value for key, value in json.loads(packed[0][1]).items() if key != "changes"}
    assert unpack_links([("copy", json.dumps(older))]).copies == (replace(found, changes=()),)


SENTENCES = [sentence + "." for text in (WIRE, OTHER, REPORT) for sentence in text.replace("\n\n", " ").split(". ")]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=10).map(" ".join) | st.text(max_size=80)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(CopyKind))
def test_every_change_quotes_its_articles(one: str, two: str, kind: CopyKind) -> None:
    early, late = Article(one, id="a"), Article(two, id="b")
    for change in find_changes(late, early, kind):
        assert change.before or change.after
        assert change.before is None or early.quote(change.before).strip()
        assert change.after is None or late.quote(change.after).strip()


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_text_changes_nothing_of_itself(text: str) -> None:
    assert find_changes(Article(text, id="b"), Article(text, id="a"), CopyKind.EDITED) == ()
