"""Toponyms to coordinates: what the words around a name and the other places of an article decide.

Cases mark toponyms with [ ]; the other words matter only where a rule reads them.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Article, Dateline, Level, Mention, Parsed, Place, Span
from sayso.resolve.gazetteer import open_gazetteer
from sayso.resolve.places import home_of, resolve_places
from sayso.text import fold

FACILITY = ("Square", "Airport", "Street")


def locate(marked: str, **fields: object) -> dict[str, Place]:
    """Places by what is written, the last of each name."""
    return {place_text(marked, place): place for place in locate_all(marked, **fields)}


def place_text(marked: str, place: Place) -> str:
    return plain(marked)[place.span.start : place.span.end]


def plain(marked: str) -> str:
    return marked.replace("[", "").replace("]", "")


def locate_all(marked: str, **fields: object) -> tuple[Place, ...]:
    article = Article(plain(marked), id="a", **fields)  # type: ignore[arg-type]
    parsed = tokens(article)
    mentions = []
    for number, found in enumerate(re.finditer(r"\[([^\]]+)\]", marked)):
        start = found.start() - 2 * number
        span = Span("a", start, start + len(found.group(1)))
        label = "FAC" if found.group(1).endswith(FACILITY) else "GPE"
        mentions.append(Mention(span, "place", label, parsed.token_at(start) or 0, number))
    return resolve_places(parsed, tuple(mentions), open_gazetteer())


def tokens(article: Article) -> Parsed:
    """A flat parse: words and marks, no tags, one sentence."""
    found = list(re.finditer(r"\w+(?:[-.'’]\w+)*|[^\w\s]", article.text))
    size = len(found)
    texts = tuple(match.group() for match in found)
    return Parsed(
        article=article,
        text=texts,
        lemma=texts,
        pos=("X",) * size,
        tag=("",) * size,
        dep=("dep",) * size,
        head=(0,) * size,
        start=tuple(match.start() for match in found),
        end=tuple(match.end() for match in found),
        ent=("",) * size,
        ent_start=(False,) * size,
        sents=((0, size),) if size else (),
    )


# --------------------------------------------------------------------------- one name


@pytest.mark.parametrize(
    ("marked", "name", "country", "level"),
    [
        ("Talks were held in [Nur-Sultan].", "Astana", "KAZ", Level.CITY),
        ("The mission left [Rangoon] for [Burma]'s north.", "Yangon", "MMR", Level.CITY),
        ("Shells fell near [Kiev].", "Kyiv", "UKR", Level.CITY),
        ("[Kazakhstan] closed its border.", "Kazakhstan", "KAZ", Level.COUNTRY),
        ("Security was tightened in [Xinjiang].", "Xinjiang", "CHN", Level.PROVINCE),
        ("Crowds gathered in [Almaty].", "Almaty", "KAZ", Level.CITY),
        ("Envoys toured the [Middle East].", "Middle East", None, Level.REGION),
    ],
)
def test_a_plain_name_goes_to_its_best_known_place(marked: str, name: str, country: str | None, level: Level) -> None:
    first = locate_all(marked)[0]
    assert (first.name, first.country, first.level) == (name, country, level)
    assert first.lat is not None


def test_two_namesakes_of_one_size_stay_open_with_both_as_reasons() -> None:
    place = locate("The march reached [Springfield] on Monday.")["Springfield"]
    assert place.lat is None
    assert place.country is None
    assert [reason.name for reason in place.reasons] == ["candidate", "candidate"]


def test_an_unknown_name_stays_open_and_says_so() -> None:
    place = locate("He was born in [Zzyxqua].")["Zzyxqua"]
    assert (place.name, place.lat, place.level) == ("Zzyxqua", None, None)
    assert place.reasons[0].name == "not in the gazetteer"


@pytest.mark.parametrize("name", ["North", "the West", "Downtown", "River"])
def test_a_bare_direction_or_kind_is_not_a_town(name: str) -> None:
    assert locate(f"Rain is likely in [{name}].")[name].lat is None


# --------------------------------------------------------------------------- words around


@pytest.mark.parametrize(
    ("marked", "province"),
    [
        ("A plant in [Springfield], [Illinois], closed.", 39.8),
        ("A plant in [Springfield], Ill., closed.", 39.8),
        ("A plant in [Springfield], MA closed.", 42.1),
        ("A plant in [Springfield] ([Missouri]) closed.", 37.2),
    ],
)
def test_a_state_after_the_comma_decides(marked: str, province: float) -> None:
    assert locate(marked)["Springfield"].lat == pytest.approx(province, abs=0.2)


def test_a_word_for_the_kind_decides_between_town_and_province() -> None:
    assert locate("Fighting spread in [Idlib] province.")["Idlib"].level is Level.PROVINCE
    assert locate("Fighting spread to the city of [Idlib].")["Idlib"].level is Level.CITY


def test_a_site_takes_the_coordinates_of_the_town_it_lies_in_and_keeps_its_phrase() -> None:
    found = locate("Shots rang out on the outskirts of [Republic Square] in [Almaty].")
    square, town = found["Republic Square"], found["Almaty"]
    assert (square.name, square.level, square.near) == ("outskirts of Republic Square", Level.SITE, True)
    assert (square.lat, square.lon) == (town.lat, town.lon)
    assert (town.name, town.level, town.near) == ("Almaty", Level.CITY, False)


def test_a_part_of_a_country_is_a_region_of_it() -> None:
    place = locate("Convoys crossed [northern Mali].")["northern Mali"]
    assert (place.country, place.level) == ("MLI", Level.REGION)


@pytest.mark.parametrize(
    ("marked", "name", "words"),
    [
        ("A checkpoint near [Gardez] was attacked.", "Gardez", "near"),
        ("A convoy was hit 10 km north of [Aleppo].", "Aleppo", "north of"),
        ("Shells fell on the outskirts of [Idlib].", "Idlib", "on the outskirts of"),
        ("A tanker was seized off the coast of [Oman].", "Oman", "off the coast of"),
        ("Mines lay on the road to [Kunduz].", "Kunduz", "road to"),
        ("A bomb went off on the [Kirkuk-Baiji] road.", "Kirkuk", "between Kirkuk and Baiji"),
        ("Troops held the village of [Gardez].", "Gardez", ""),
    ],
)
def test_words_for_nearness_are_kept(marked: str, name: str, words: str) -> None:
    (place,) = locate_all(marked)
    told = [reason.detail for reason in place.reasons if reason.name == "near"]
    assert (place.name, place.near, told) == (name, bool(words), [words] if words else [])


def test_a_site_alone_stays_open_even_where_the_article_names_one_city() -> None:
    place = locate("Protesters filled [Taksim Square]. Police in [Istanbul] fired tear gas.")["Taksim Square"]
    assert place.lat is None


def test_a_street_named_after_a_town_does_not_lie_in_it() -> None:
    assert locate("A car burnt on [Paris Street].")["Paris Street"].lat is None


def test_an_unknown_name_in_a_country_is_known_to_the_country_only() -> None:
    place = locate("The clinic lies in [Zzyxqua], [Kenya].")["Zzyxqua"]
    assert (place.name, place.country, place.level) == ("Zzyxqua", "KEN", Level.REGION)


def test_a_port_is_no_site() -> None:
    assert locate("Ships lay off [Port Sudan].")["Port Sudan"].level is Level.CITY


# --------------------------------------------------------------------------- namesakes


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("Troops raided [Jenin].", "PSE"),
        ("Thousands died in [Derna].", "LBY"),
        ("Pilgrims reached [Medina].", "SAU"),
        ("Fighters entered [Kobani].", "SYR"),
        ("Shells fell on [Homs].", "SYR"),
        ("Police searched homes in [Tripoli] and [Sidon].", "LBN"),
        ("Police searched homes in [Tripoli] and [Benghazi].", "LBY"),
        ("The march left [Bethlehem] for [Ramallah].", "PSE"),
        ("Schools closed in [Allentown] and [Bethlehem], [Pennsylvania].", "USA"),
    ],
)
def test_large_towns_and_company_beat_small_namesakes(marked: str, country: str) -> None:
    assert locate_all(marked)[0].country == country or locate_all(marked)[1].country == country


@pytest.mark.parametrize("marked", ["Envoys came from [Benin], [Mali] and [Niger].", "It sells in [Colorado], [Utah]."])
def test_a_list_of_lands_is_no_town_in_a_land(marked: str) -> None:
    assert {place.level for place in locate_all(marked)} <= {Level.COUNTRY, Level.PROVINCE}


def test_a_state_and_its_city_are_no_rivals() -> None:
    assert locate("He flew to [New York].")["New York"].lat is not None


@pytest.mark.parametrize(
    ("outlet", "url", "country"),
    [(None, "https://news.example.com.au/a", "AUS"), ("The Times of India", None, "IND"), ("Reuters", None, None)],
)
def test_the_home_of_an_outlet_is_its_domain_or_the_country_in_its_name(
    outlet: str | None, url: str | None, country: str | None
) -> None:
    assert home_of(Article("", outlet=outlet, url=url), open_gazetteer()) == country


def test_the_home_of_the_outlet_breaks_a_tie() -> None:
    text = "The fire spread to [Newcastle]."
    assert locate(text, url="https://example.com.au/fire")["Newcastle"].country == "AUS"
    assert locate(text, url="https://example.co.uk/fire")["Newcastle"].country == "GBR"


# --------------------------------------------------------------------------- other places


def test_the_other_places_of_the_article_decide() -> None:
    state = locate("[Atlanta], [Savannah] and [Macon] all lie in [Georgia].")["Georgia"]
    country = locate("[Tbilisi], [Batumi] and [Gori] all lie in [Georgia].")["Georgia"]
    assert (state.country, state.level) == ("USA", Level.PROVINCE)
    assert (country.country, country.level) == ("GEO", Level.COUNTRY)


def test_the_dateline_counts_where_the_text_does_not_hold_it() -> None:
    bare = locate("Two men were held in [Tripoli].")["Tripoli"]
    near = locate("Two men were held in [Tripoli].", dateline=Dateline("Beirut"))["Tripoli"]
    assert bare.country == "LBY"
    assert near.country in ("LBN", "LBY", None)


def test_one_name_has_one_sense_in_an_article() -> None:
    places = locate_all("A man from [Springfield], [Illinois], returned. [Springfield] welcomed him.")
    assert len({(place.lat, place.lon) for place in places if place.name == "Springfield"}) == 1


# --------------------------------------------------------------------------- what always holds


@given(st.lists(st.sampled_from(["Paris", "Texas", "northern Mali", "Kyiv", "Qwzx", "Republic Square", "the US"])))
def test_every_mention_gets_one_place_with_a_reason(names: list[str]) -> None:
    places = locate_all(" , ".join(f"[{name}]" for name in names))
    assert len(places) == len(names)
    assert all(place.reasons for place in places)
    assert all((place.lat is None) == (place.lon is None) for place in places)
    assert len({place.id for place in places}) == len(places)


@given(st.text(max_size=60), st.data())
def test_any_text_and_any_span_is_answered_in_place(text: str, data: st.DataObject) -> None:
    parsed = tokens(Article(text, id="a"))
    if not parsed.text:
        assert resolve_places(parsed, (), open_gazetteer()) == ()
        return
    first = data.draw(st.integers(0, len(parsed) - 1))
    span = parsed.span(first, data.draw(st.integers(first, len(parsed) - 1)))
    (place,) = resolve_places(parsed, (Mention(span, "place", "GPE", first, 0),), open_gazetteer())
    assert place.span == span
    if place.lat is None and place.reasons[0].name == "not in the gazetteer":
        assert fold(place.name) == fold(text[span.start : span.end])


def test_actors_are_not_places() -> None:
    parsed = tokens(Article("Kazakh police fired.", id="a"))
    mention = Mention(Span("a", 0, 6), "actor", "NORP", 0, 0)
    assert resolve_places(parsed, (mention,), open_gazetteer()) == ()


# --------------------------------------------------------------------------- with the real parser


def test_a_country_that_the_parser_took_for_a_person_is_found(parse) -> None:  # type: ignore[no-untyped-def]
    parsed = parse("Kiev said the talks would resume. The army of Mali stayed away.")
    places = resolve_places(parsed, (), open_gazetteer())
    assert {place.country for place in places} == {"UKR", "MLI"}


def test_a_word_of_a_persons_name_is_no_town(parse) -> None:  # type: ignore[no-untyped-def]
    parsed = parse("Barack Obama met reporters. Obama left early.")
    start = parsed.article.text.rindex("Obama")
    mention = Mention(Span(parsed.article.id, start, start + 5), "place", "GPE", parsed.token_at(start), 0)
    (place,) = resolve_places(parsed, (mention,), open_gazetteer())
    assert place.lat is None
