"""What finding times promises: whole expressions, their type, and a value as far as the words alone tell it.

A case is a text with its expressions as `[words|TYPE|value]`; whatever is not in brackets is no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.times.find import find_times, scan
from sayso.extract.times.rules import beginnings, rules
from sayso.extract.times.words import cut
from sayso.knowledge import table
from sayso.model import Article, Parsed

Parse = Callable[..., Parsed]
MARKED = re.compile(r"\[([^|\]]+)\|(\w+)\|([^|\]]+)\]")

CASES = (
    "The market burned on [7 January 2022|DATE|2022-01-07], a market day, by [Jan. 7|DATE|XXXX-01-07].",
    "They met on [Friday, 7 January 2022|DATE|2022-01-07].",
    "They met on [January 7th, 2022|DATE|2022-01-07] and on [the 9th of January 2022|DATE|2022-01-09].",
    "Filed [2022-01-08|DATE|2022-01-08], [8.1.2022|DATE|2022-01-08], [13/1/2022|DATE|2022-01-13].",
    "Filed [7/1/2022|DATE|2022]: day or month, nobody knows.",
    "A law of [March 2021|DATE|2021-03], changed in [1998|DATE|1998] and in [the 1990s|DATE|199].",
    "It began in [early May|DATE|XXXX-05] and ended by [the end of June 2020|DATE|2020-06].",
    "He came [last week|DATE|REF-1W], [this year|DATE|REF+0Y] and [yesterday|DATE|REF-1D].",
    "He came [three days ago|DATE|REF-3D]; [two days later|DATE|LAST+2D] he left.",
    "Over [the past two weeks|DURATION|P2W<REF] and [the past week|DURATION|P1W<REF].",
    "He stayed [two days|DURATION|P2D] on a [nine-year|DURATION|P9Y] lease of [twenty-five years|DURATION|P25Y].",
    "He waited [half an hour|DURATION|PT30M], then [two and a half years|DURATION|P2.5Y].",
    "They rally [every Friday|SET|XXXX-WXX-5] and [daily|SET|P1D].",
    "It opened at [10:35 a.m.|TIME|LAST+0DT10:35], shut at [8 pm|TIME|LAST+0DT20:00].",
    "It opened [this morning|TIME|REF+0DTMO] and shut [last night|TIME|REF-1DTNI].",
    "It froze in [the winter of 1944|DATE|1944-WI] and in [the third quarter of 2020|DATE|2020-Q3].",
    "A temple of [the 19th century|DATE|18] and one of [450 BC|DATE|BC0450].",
    "The year was [nineteen ninety-seven|DATE|1997].",
    "The guards work [more than three weeks|DURATION|P3W] at a time.",
    "They marched on [New Year's Eve|DATE|XXXX-12-31] and at [Easter 2022|DATE|2022-E+0].",
    "They met on [5|DATE|XXXX-01-05] and [6 January|DATE|XXXX-01-06], "
    "and on [May 4|DATE|XXXX-05-04] and [7|DATE|XXXX-05-07].",
    "It fell on [March 5|DATE|1918-03-05]-[9, 1918|DATE|1918-03-09], in a war of [1990|DATE|1990]-[94|DATE|1994].",
    "It rained from [July|DATE|1954-07] to [November 1954|DATE|1954-11].",
    "It froze from [December|DATE|1953-12] to [January 1954|DATE|1954-01].",
    "It fell on [24 January of the same year|DATE|LAST+0Y:01-24], in [October last year|DATE|REF-1Y:10].",
    "It fell on [the 25th of this month|DATE|REF+0M:25], [last Thursday night|TIME|XXXX-WXX-4TNI].",
    "It fell in [the early hours of Tuesday|DATE|XXXX-WXX-2], "
    "at [midnight local time on Friday|TIME|XXXX-WXX-5T24:00].",
    "After a [month-long|DURATION|P1M] siege and [the nine-day-long|DURATION|P9D] march, [two weeks ago|DATE|REF-2W].",
    "They rest [every month|SET|P1M] and [each year|SET|P1Y].",
    "Sales for [the year|DURATION|P1Y] ended [June 30|DATE|XXXX-06-30], "
    "in [Q3 2021|DATE|2021-Q3] and [fiscal 2022|DATE|2022].",
    "Sales rose in [recent weeks|DURATION|PXW] after the [recent|DATE|PAST_REF] vote, "
    "[more than two years ago|DATE|REF-2Y].",
    "It closed at [10:35 a.m.|TIME|LAST+0DT10:35] (0735 GMT), on [Labor Day|DATE|XXXX-09N1-1], "
    "since [year-end|DATE|XXXX-12-31].",
    "The walls fell in [April 480 BC|DATE|BC0480-04], in a war of [240|DATE|BC0240]-[238 BC|DATE|BC0238].",
    "The [1992|DATE|1992] protests: on [May 4|DATE|XXXX-05-04] and 5 people in 3 to 5 towns held 1992 vigils.",
    "It was [June twenty-third, nineteen ninety-seven|DATE|1997-06-23], [the fifteenth of March|DATE|XXXX-03-15].",
    "At [ten thirty p.m.|TIME|LAST+0DT22:30], at [eight o'clock tonight|TIME|REF+0DT20:00].",
    "At [7 this morning|TIME|REF+0DT07:00] the doors opened.",
    "Doors opened at [3:45 in the afternoon|TIME|LAST+0DT15:45].",
    "Sales of [the first quarter of next year|DATE|REF+1Y:Q1] and [last year's fourth quarter|DATE|REF-1Y:Q4].",
    "It will end [two years from now|DATE|REF+2Y], in [the coming year|DATE|REF+1Y].",
    "He spent [the last three months of 1988|DURATION|P3M] and [the summer of '42|DATE|1942-SU] there.",
    "You may march for the fall of the regime, 2000 people said at 3 percent.",
    "A 24-year-old man, 12 years old then, bought 1990 shares for $1995.",
    "The Sun shines on flight 1802 and room 101.",
)


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, str]]]:
    return MARKED.sub(r"\1", marked), MARKED.findall(marked)


@pytest.mark.parametrize("marked", CASES)
def test_expressions_are_found_whole(parse: Parse, marked: str) -> None:
    text, expected = unmarked(marked)
    read = parse(text)
    found = [(read.article.quote(timex.span), timex.type, timex.value.rstrip("<>")) for timex in find_times(read)]
    assert found == expected


@pytest.mark.parametrize("example", table("times.toml")["examples"], ids=lambda example: str(example["text"])[:30])
def test_the_examples_of_the_table_hold(example: dict[str, str]) -> None:
    text, expected = unmarked(example["text"])
    assert [(text[first:last], type_, value) for first, last, type_, value, _ in scan(text)] == expected


@pytest.mark.parametrize(
    ("text", "toward"),
    [
        ("The council met on Friday.", "<"),
        ("The council will meet on Friday.", ">"),
        ("The council plans to meet on Friday.", ">"),
        ("The council had met on Friday.", "<"),
        ("The council met last Friday.", "<<"),
        ("The council meets next Friday.", ">>"),
    ],
)
def test_the_verb_tells_which_friday(parse: Parse, text: str, toward: str) -> None:
    (timex,) = find_times(parse(text))
    assert timex.value == f"XXXX-WXX-5{toward}"


def test_titles_count(parse: Parse) -> None:
    read = parse("Shots on Friday\n\nNobody was hurt.", title="Shots on Friday")
    assert [read.article.quote(timex.span) for timex in find_times(read)] == ["Friday"]


@given(st.text(max_size=60))
def test_atoms_are_in_order_and_inside(text: str) -> None:
    past = 0
    for _, first, last in cut(text).atoms:
        assert past <= first < last <= len(text)
        past = last


@given(
    st.lists(
        st.sampled_from(
            "the a last next Friday May 31 February 2022 9999 0 12:30 p.m. week days ago later two - , . / of in early "
            "quarter third BC 1/2 and half year every noon ' 's 's \n\n 1990s century yesterday night".split(" ")
        ),
        max_size=10,
    ).map(" ".join)
)
def test_any_words_give_ordered_spans(text: str) -> None:
    past = 0
    for first, last, type_, value, _ in scan(text):
        assert past <= first < last <= len(text) and type_ in {"DATE", "TIME", "DURATION", "SET"} and value
        past = last


def test_rules_are_only_tried_where_they_can_begin() -> None:
    """The dispatch table never hides a match: each rule is listed under every class its pattern can begin with."""
    for char, listed in rules().items():
        for rule in listed:
            assert char in beginnings(rule.pattern.pattern)


def test_an_empty_article_has_no_times() -> None:
    empty: tuple[str, ...] = ()
    assert find_times(Parsed(Article(""), empty, empty, empty, empty, empty, (), (), (), empty, (), ())) == ()
