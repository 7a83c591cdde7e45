"""What counts of people harmed promise: bounds, harm and victims as told, and nothing for what is no toll.

A case is a sentence and its tolls as `harm low-high victims`; no high is open above, `-` names nobody, `*` is a running
total, `part` a figure within another, `withdrawn` one that the text takes back. An empty right side means
that the sentence tells of no toll.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.numbers import number_value, whole, year_value
from sayso.extract.tolls.counts import bound_count
from sayso.extract.tolls.find import find_tolls
from sayso.model import Article, Harm, Parsed, TollDraft
from tests.builders import parsed

Parse = Callable[[str], Parsed]

CASES = (
    (
        "The interior ministry said 26 “armed criminals” had been killed and 18 injured in the unrest.",
        "killed 26-26 armed criminals *; injured 18-18 armed criminals *",
    ),
    ("The blast tore through a market, killing at least 12 people.", "killed 12- people"),
    ("The death toll rose to 164 on Sunday.", "killed 164-164 - *"),
    ("Police said more than 5,800 people had been detained.", "arrested 5800- people"),
    ("More than 5,800 detained, ministry says", "arrested 5800- -"),
    ("Dozens of demonstrators were wounded in the square.", "injured 12- demonstrators"),
    ("Three police officers died in the clash.", "killed 3-3 police officers"),
    ("A bomb killed two near the station.", "killed 2-2 -"),
    ("No one was hurt.", "injured 0-0 -"),
    ("Nobody was injured in the fire.", "injured 0-0 -"),
    ("Between 10 and 15 people were killed.", "killed 10-15 people"),
    ("Between 10 and 15 dead after landslide", "killed 10-15 -"),
    ("Up to 40 people were injured.", "injured 1-40 people"),
    ("The collapse left 18 dead.", "killed 18-18 -"),
    ("The flood left 5 people dead and 30 missing.", "killed 5-5 people; missing 30-30 people"),
    ("Hundreds were arrested.", "arrested 100- -"),
    ("A soldier was killed by a sniper.", "killed 1-1 soldier"),
    ("An estimated 20,000 people fled their homes.", "displaced 20000-20000 people"),
    ("The raid killed nine people, including two children.", "killed 9-9 people; killed 2-2 children part"),
    ("The quake killed 1.2 million birds.", ""),
    ("The senate killed a bill on Tuesday.", ""),
    ("The coach said the team killed three hours at the airport.", ""),
    ("Twenty-six miners were killed underground.", "killed 26-26 miners"),
    ("About 5 800 protesters were arrested.", "arrested 5800-5800 protesters"),
    ("Gunmen kidnapped 14 students from a school.", "abducted 14-14 students"),
    ("Two soldiers and a civilian died.", "killed 2-2 soldiers; killed 1-1 civilian"),
    ("The floods displaced tens of thousands of people.", "displaced 10000- people"),
    ("Several people were hurt.", "injured 3- people"),
    ("The attack could kill hundreds of people.", ""),
    ("Rebels threatened to kill 12 hostages.", ""),
    ("The suspect, 24, was arrested in 2019.", "arrested 1-1 suspect"),
    ("A 24-year-old man was shot dead outside a bar.", "killed 1-1 24-year-old man"),
    ("Two men were shot and wounded.", "injured 2-2 men"),
    ("Both drivers were killed.", "killed 2-2 drivers"),
    ("At least 225 people have been killed since the unrest began.", "killed 225- people *"),
    ("So far, 164 people have died.", "killed 164-164 people *"),
    ("The fire claimed 12 lives.", "killed 12-12 -"),
    ("Seven sailors lost their lives.", "killed 7-7 sailors"),
    ("Hospitals reported 30 deaths.", "killed 30-30 -"),
    ("The deaths of three nurses shocked the town.", "killed 3-3 nurses"),
    ("Police made 40 arrests.", "arrested 40-40 -"),
    ("There were no casualties.", "affected 0-0 -"),
    ("Nearly 300 people are missing after the ferry sank.", "missing 300-300 people"),
    ("The bomber killed himself and 12 others.", "killed 12-12 others"),
    ("Fewer than 10 people were injured.", "injured 1-10 people"),
    ("Ten to 15 villagers were abducted.", "abducted 10-15 villagers"),
    ("Thousands of families were forced to flee.", "displaced 1000- families"),
    ("As many as 50 prisoners were executed.", "killed 1-50 prisoners"),
    ("Twelve people were taken into custody.", "arrested 12-12 people"),
    ("Police arrested 40 journalists in the capital.", "arrested 40-40 journalists"),
    ("Some 200 civilians were wounded.", "injured 200-200 civilians"),
    ("Four killed, 12 wounded in bombing", "killed 4-4 -; injured 12-12 -"),
    ("The death toll from the landslide has passed 300.", "killed 300- - *"),
    ("Six wounded protesters were taken to hospital.", "injured 6-6 protesters"),
    ("The mine blast killed 14 and injured another 20.", "killed 14-14 -; injured 20-20 -"),
    ("If 100 people die, the law will change.", ""),
    ("Thirty people were killed or injured.", "affected 30-30 people"),
    ("Two people were found dead in a car.", "killed 2-2 people"),
    ("The 12 people who died were buried on Monday.", "killed 12-12 people"),
    ("Police did not arrest 12 people.", ""),
    ("He was not among the 40 detained activists.", "arrested 40-40 activists"),
    ("None of the passengers was injured.", "injured 0-0 passengers"),
    ("Violence has driven 3,000 people from their homes.", "displaced 3000-3000 people"),
    ("A million people were displaced by the war.", "displaced 1000000-1000000 people"),
    ("The toll climbed from 44 to 164.", "killed 164-164 - *"),
    ("The number of dead rose to 19, officials said.", "killed 19-19 - *"),
    ("Two dozen rebels were killed.", "killed 24-24 rebels"),
    ("A dozen people were injured.", "injured 12-12 people"),
    ("Half the town voted and 12 percent were injured.", ""),
    ("As of Friday, 2,000 people had been arrested.", "arrested 2000-2000 people"),
    ("A woman and her two sons were killed.", "killed 1-1 woman; killed 2-2 sons"),
    ("Ivan Petrov was killed on Monday.", "killed 1-1 Ivan Petrov"),
    ("A 10-year sentence was handed to the killer.", ""),
    ("The strike killed 15 members of the security forces.", "killed 15-15 members of the security forces"),
    ("Militants took 30 workers hostage.", "abducted 30-30 workers"),
    ("The virus sickened 400 pupils.", "sick 400-400 pupils"),
    (
        "Officials said the protests have left at least 19 people dead and hundreds wounded.",
        "killed 19- people; injured 100- people",
    ),
    ("Security forces shot and killed four men.", "killed 4-4 men"),
    ("The gunman shot three people before he was killed.", "injured 3-3 people"),
    (
        "Fourteen people, including five children, were injured in the crash.",
        "injured 14-14 people; injured 5-5 children part",
    ),
    (
        "The army said its troops had killed 31 militants and captured 12.",
        "killed 31-31 militants; arrested 12-12 militants",
    ),
    ("A landslide buried a village, killing 44.", "killed 44-44 -"),
    ("Authorities say 9,900 people are in custody.", "arrested 9900-9900 people"),
    (
        "The cholera outbreak has killed 87 people and sickened more than 3,000 since March.",
        "killed 87-87 people *; sick 3000- people *",
    ),
    ("Eighteen security officers were among the dead.", "killed 18-18 security officers part"),
    ("The minister denied that 12 people were killed.", "killed 12-12 people withdrawn"),
    ("She turned 40 and was hurt by the remark.", ""),
    ("There were no reports of injuries.", ""),
    ("No injuries were reported.", "injured 0-0 -"),
    ("The police arrested a man and two women on Tuesday.", "arrested 1-1 man; arrested 2-2 women"),
    ("Over 100 people died and 250 others were wounded.", "killed 100- people; injured 250-250 people"),
    ("Around 30 detainees escaped.", ""),
    ("The company cut 300 jobs, killing morale.", ""),
    ("More than 200 people have died in the conflict.", "killed 200- people *"),
    ("The war killed hundreds of thousands of civilians.", "killed 100000- civilians"),
    ("Two dead, three missing after boat capsizes", "killed 2-2 -; missing 3-3 -"),
    ("Rescuers pulled 12 bodies from the rubble.", "killed 12-12 -"),
    ("The rebels say they will execute 10 prisoners.", ""),
    ("He was sentenced for killing two officers.", "killed 2-2 officers"),
    ("Thousands fled the fighting.", "displaced 1000- -"),
    ("Two suspects fled the scene.", ""),
    ("Police said three suspects were still missing.", "missing 3-3 suspects"),
    ("A police officer was wounded and a bystander killed.", "injured 1-1 police officer; killed 1-1 bystander"),
    ("At least one person was killed and five were hurt.", "killed 1- person; injured 5-5 -"),
    ("The ministry put the death toll at 225.", "killed 225-225 - *"),
    (
        "The confirmed death toll now stands at 31, with 12 people still missing.",
        "killed 31-31 - *; missing 12-12 people",
    ),
    ("A total of 7,939 people have been detained across the country.", "arrested 7939-7939 people *"),
    ("Five people were shot, two fatally, outside a club.", "injured 5-5 people"),
    ("The mayor and 10 others were killed.", "killed 11-11 mayor and 10 others"),
    ("There were two attempted murders.", ""),
    ("Four people were shot and killed.", "killed 4-4 people"),
    ("One man is dead and three others are injured.", "killed 1-1 man; injured 3-3 others"),
    ("A 2014 video of the men killed in the raid was shown.", ""),
    (
        "Eight police officers and servicemen had been killed and 317 hurt in several regions.",
        "killed 8-8 police officers; injured 317-317 police officers",
    ),
    ("The committee counts 60 dead since the army took power.", "killed 60-60 - *"),
    ("That brought to 56 the number killed since the coup.", "killed 56-56 - *"),
    ("More than 2,000 persons have been taken to police stations.", "arrested 2000- persons"),
    ("Police hold upwards of 3,000 people.", "arrested 3000- people"),
    ("The number of people in custody is 9,900.", "arrested 9900-9900 people *"),
    ("At least seven bodies had been brought to the ward.", "killed 7- -"),
    ("A police general was stabbed to death during a rally.", "killed 1-1 police general"),
    ("Dozens of attackers had been eliminated during the night.", "killed 12- attackers"),
    ("The firm eliminated 300 jobs.", ""),
    ("The bank holds 3,000 accounts.", ""),
    ("None of its soldiers had been killed or wounded.", "killed 0-0 its soldiers; injured 0-0 its soldiers"),
    (
        "The clan's count of the dead did not change: 26 gunmen and 18 officers.",
        "killed 26-26 gunmen *; killed 18-18 officers *",
    ),
)


def test_a_part_of_a_toll_is_marked(parse: Parse) -> None:
    found = find_tolls(parse("The fighting has cost 164 lives, 103 of them in the port."))
    assert [(toll.low, [reason.name for reason in toll.reasons]) for toll in found] == [(164, []), (103, ["part"])]


def shown(tolls: tuple[TollDraft, ...]) -> str:
    return "; ".join(map(line_of, tolls))


def line_of(toll: TollDraft) -> str:
    high = "" if toll.high is None else toll.high
    marks = [" part" * toll.part, " withdrawn" * toll.withdrawn, " *" * toll.cumulative]
    return f"{toll.harm} {toll.low}-{high} {toll.victims or '-'}{''.join(marks)}"


@pytest.mark.parametrize(("text", "tolls"), CASES)
def test_tolls_are_read_as_told(parse: Parse, text: str, tolls: str) -> None:
    assert shown(find_tolls(parse(text))) == tolls


def test_a_toll_points_at_its_words(parse: Parse) -> None:
    """The span quotes the counted phrase, the trigger the word of harm, `as_of` the day it was counted to."""
    read = parse("As of Friday, more than 2,000 people had been arrested.")
    (toll,) = find_tolls(read)
    assert read.article.quote(toll.span) == "more than 2,000 people"
    assert toll.trigger is not None and read.article.quote(toll.trigger) == "arrested"
    assert toll.as_of is not None and read.article.quote(toll.as_of) == "Friday"


def test_a_hand_built_parse_is_enough() -> None:
    read = parsed(
        ("A", "a", "DET", "det", 1),
        ("bomb", "bomb", "NOUN", "nsubj", 2),
        ("killed", "kill", "VERB", "ROOT", 2),
        ("two", "two", "NUM", "dobj", 2),
    )
    (toll,) = find_tolls(read)
    assert (toll.harm, toll.low, toll.high) == (Harm.KILLED, 2, 2)


@pytest.mark.parametrize(
    ("before", "numbers", "low", "high"),
    [
        ("said at least", (12,), 12, None),
        ("said more than", (5800,), 5800, None),
        ("said no more than", (7,), 1, 7),
        ("up to", (40,), 1, 40),
        ("fewer than", (1,), 1, 1),
        ("between", (10, 15), 10, 15),
        ("said about", (30,), 30, 30),
        ("", (12,), 12, 12),
    ],
)
def test_bounds_follow_the_words_before_a_number(before: str, numbers: tuple[int, ...], low: int, high: int) -> None:
    found = bound_count(before, numbers)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5,800", 5800), ("5.800", 5800), ("5\u202f800", 5800), ("twenty - six", 26), ("1.2 million", 1_200_000),
        ("two hundred and five", 205), ("a hundred", 100), ("two dozen", 24), ("three thousand", 3000), ("zero", 0),
        ("2.5", None), ("several", None), ("", None), ("\u0664\u0662", None),
    ],
)  # fmt: skip
def test_numbers_in_any_spelling(words: str, value: int | None) -> None:
    assert whole(number_value(words.split(" "))) == value


def test_years_read_aloud() -> None:
    assert year_value(["nineteen", "ninety", "-", "seven"]) == 1997
    assert year_value(["twenty", "twelve"]) == 2012
    assert year_value(["twenty", "six"]) is None


@given(st.lists(st.text(max_size=8), max_size=6))
def test_odd_numbers_never_raise(words: list[str]) -> None:
    number_value(words)
    year_value(words)


LEMMAS = {
    "killed": "kill", "houses": "house", "burned": "burn", "wounds": "wound", "bodies": "body", "held": "hold",
    "said": "say", "risen": "rise", "shot": "shoot",
}  # fmt: skip


@given(st.data())
def test_tolls_of_any_parse_are_bounded_spans(data: st.DataObject) -> None:
    """Whatever the parser says, a toll quotes the article and its bounds are in order."""
    vocabulary = (
        "two killed people at least dead 26 toll of dozens no one a man including them among not from houses burned "
        "himself hospital in condition and dozen several hundred another third old year the their shot wounds with "
        "hundred bodies held police , - ; 5 800 missing as said number risen to hit bullet"
    ).split()
    words = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=12))
    size = len(words)
    heads = [data.draw(st.integers(0, max(number - 1, 0))) for number in range(size)]
    deps = st.sampled_from(["nsubjpass", "nsubj", "dobj", "nummod", "det", "amod", "prep", "pobj", "conj", "acl"])
    tags = st.sampled_from(["NOUN", "VERB", "NUM", "ADJ", "ADP", "DET", "PRON"])
    rows = [
        (word, LEMMAS.get(word, word), data.draw(tags), data.draw(deps), head)
        for word, head in zip(words, heads, strict=True)
    ]
    read = parsed(*rows)
    for toll in find_tolls(read):
        assert read.article.quote(toll.span)
        assert toll.low >= 0 and (toll.high is None or toll.low <= toll.high)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "12", "killed", "“", "dead dead dead", "\u200f26 killed\u0000"])
def test_odd_texts_never_raise(parse: Parse, text: str) -> None:
    find_tolls(parse(text))


def test_an_empty_article_has_no_tolls() -> None:
    empty: tuple[str, ...] = ()
    read = Parsed(Article(""), empty, empty, empty, empty, empty, (), (), (), empty, (), ())
    assert find_tolls(read) == ()
