"""What news copy says of itself in its first and last lines: headline, byline, dateline, outlet, date, credits.

Each rule looks at one short line and may pass; the order of the rules is the policy. Nothing is read from the middle
of a text, where a name in brackets or a "by" is part of the story.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sayso.read.agencies import NOBODY, credited, distinct, is_agency, is_name, known_agency
from sayso.read.dates import find_date, find_short_date, has_day

HEAD_LINES, TAIL_LINES = 7, 6
STAMP = 220  # characters; longer lines are prose
TITLE = 220

UPPER = r"[^\W\d_a-zà-öø-ÿа-яё]"  # a capital letter of any script that has them
WORD = rf"(?:(?:{UPPER}\w?\.)+|{UPPER}[\w'’\-]*)"  # "St.", "D.C.", "Nur-Sultan"
PLACE = rf"{WORD}(?:[ ](?:(?:de|del|la|el|al|of|the|und|am|an|sur|di|da|do)[ ])?{WORD}){{0,3}}"
PLACES = (
    rf"(?P<place>{PLACE})(?:\s*/\s*{PLACE})*(?:\s*\([^()]{{2,30}}\)\s*\[\w+\])?"
    rf"(?:,\s+(?P<region>{PLACE}(?:,\s+{PLACE})?)\b(?!\.?\s*\d))?"
)
FILED = r"(?:\((?P<filed>[^()]{2,60})\)|/(?P<slashed>[^/\n]{2,30})/)"
DASH = r"(?:\s*[—–:]|\s*--|\s+-)"

DATELINE = re.compile(rf"\s*(?:{PLACES})(?P<when>[,.]?\s+[^()\n—–:/]{{3,40}}?)??[,.]?\s*{FILED}\s*(?:{DASH}|\.|\s)")
DATELINE_DATED = re.compile(rf"\s*(?:{PLACES})[,.]?\s+(?P<when>[^()\n—–:/]{{3,40}}?){DASH}(?:\s|$)")
DATELINE_CAPITALS = re.compile(
    r"\s*(?P<place>[^\W\d_a-z][^\W\d_a-z.'’\- ]*(?:[ \-][^\W\d_a-z]+){0,3})"
    r"(?:,\s+[A-Z][\w. ]{1,25})?\s*(?:—|–|--| - )\s*\S"
)
DATELINE_AGENCY = re.compile(rf"\s*{FILED}(?:{DASH}|\.)")
LABELS = frozenset(
    "in on at the a an by since from until after before last this for as when monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november december "
    "watch breaking video update updated exclusive analysis opinion live note photos editorial explainer factbox "
    "listen timeline correction corrected interview report reports comment review column alert "
    "developing just".split()
)

BY = re.compile(r"(?:^|(?<=[\s|(]))(?:Story |Written |Words |Text )?[Bb](?:y|Y):?\s+(?P<names>[^|\n]{3,140})")
PERSON = re.compile(
    rf"{UPPER}[\w.'’\-]*(?:\s+(?:{UPPER}[\w.'’\-]*|de|del|van|von|der|den|al|el|bin|ibn|da|dos|la|le)){{1,4}}"
)
SEPARATOR = re.compile(r"\s*[|·•]\s*|\s{3,}")
STAMP_WORDS = re.compile(
    r"(?i)\b(?:(?:first |last )?(?:published|updated?|posted|modified|created|issued)(?: (?:on|at))?|date|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?:?"
)
AFTER_STAMP = re.compile(r"(?i)^[\s,;|.)]*(?:[A-Z]{2,5}|local time|hrs?|IST|[+-]\d+)?[\s.)]*$")

SOURCE_LINE = re.compile(
    r"(?i)^\W{0,2}(?:sources?|agency|credit|источник|quelle|fuente|fonte|kaynak)\s*:\s*(?P<names>[^\n]{2,80}?)\W{0,2}$"
)
WITH_INPUT = re.compile(
    r"(?i)\bwith\s+(?:additional\s+)?(?:inputs?|files|reporting|material|information|contributions?)\s+(?:from|by)\s+(?P<names>[^.\n)]{2,90})"
)
MORE_REPORTING = re.compile(r"(?i)\b(?:additional|further)\s+reporting\s+by\s+(?P<names>[^.\n);]{2,90})")
REPORTING = re.compile(
    r"(?i)^\W{0,2}(?:reporting|reported|writing)\s+(?:and\s+writing\s+)?by\s+(?P<names>[^;.)\n]{3,140})"
)
COPYRIGHT = re.compile(
    r"(?i)(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*)?(?:by\s+)?(?:the\s+)?(?P<names>[^\n.,|]{2,50})"
)
SIGNED = re.compile(r"^\s*(?:[—–-]{1,2}\s*(?P<dashed>[^\n.]{2,40})|\((?P<names>[^()\n]{2,40})\))\s*\.?\s*$")
FIRST_PUBLISHED = re.compile(
    r"(?i)\b(?:first|originally)\s+(?:published|appeared)\s+(?:by|in|on|at)\s+(?P<names>[^.\n]{2,60})"
)
PHOTO_MARK = " (photo)"  # an agency's picture beside a text says nothing of where the text is from
PHOTO = re.compile(
    rf"(?P<who>{UPPER}[\w.'’\-]+(?:\s{UPPER}[\w.'’\-]+){{0,3}})\s*/\s*(?P<names>{UPPER}[\w.\-]+(?:\s{UPPER}[\w.\-]+){{0,3}})"
)
PHOTO_CUE = re.compile(
    r"(?i)\b(?:photo(?:graph)?|picture|image|foto|фото)\b[^:\n]{0,20}:\s*(?:by\s+)?(?P<names>[^\n]{2,60})$"
)


@dataclass(slots=True)
class Head:
    """What the first and last lines say; empty where they say nothing."""

    title: str | None = None
    outlet: str | None = None
    byline: tuple[str, ...] = ()
    credits: list[str] = field(default_factory=list)
    published: str | None = None
    place: str | None = None
    place_span: tuple[int, int] | None = None
    filed: tuple[str, ...] = ()  # the names in the dateline's parenthesis
    filed_date: str | None = None
    filed_day: str | None = None  # a day without its year, as written


Rule = Callable[[str, int, Head], bool]  # a line, where it begins, what is known so far; True: the line is used up


def read_head(text: str, body: int = 0, beside: str = "") -> Head:
    """Read the first and last lines of a text whose body begins at `body`; `beside` stood around it."""
    head = Head()
    if not body:
        head.title = headline(text)
        body = len(head.title or "")
    for at, line in _lines(text, body, HEAD_LINES):
        if any(rule(line, at, head) for rule in HEAD_RULES) and head.place_span:
            break
    for line in _last_lines(text, body):
        for rule in TAIL_RULES:
            if rule(line, 0, head):
                break
    for line in beside.split("\n")[:200]:
        if len(line) < STAMP:
            _photo(line, 0, head)
            _copyright(line, 0, head)
            _source(line, 0, head)
    head.credits = list(distinct(head.credits))
    return head


def headline(text: str) -> str | None:
    """The first line of plain text, if a blank line follows and it reads like a headline."""
    end = text.find("\n\n", 0, TITLE + 2)
    if end < 8:
        return None
    line = text[:end]
    if "\n" in line or line != line.strip() or "|" in line or not text[end:].strip():
        return None
    if line[-1] in ".:;,—–-" and not line.endswith(("...", "U.S.", "U.N.", "U.K.")):
        return None
    if len(line.split()) < 2 and line.isascii():
        return None
    if BY.match(line) or DATELINE.match(line) or DATELINE_DATED.match(line) or _is_stamp(line):
        return None
    return line


def _is_stamp(line: str) -> bool:
    found = Head()
    return _stamp(line, 0, found)


def _lines(text: str, start: int, count: int) -> Iterator[tuple[int, str]]:
    """The first non-empty lines from a place on, each with its offset; a very long line only by its beginning."""
    at = start
    while count and at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at : min(end, at + 2000)]
        if line.strip():
            yield at, line
            count -= 1
        at = end + 1


def _last_lines(text: str, body: int) -> list[str]:
    lines = [line.strip() for line in text[max(body, len(text) - 3000) :].split("\n") if line.strip()]
    return [line if len(line) < 400 else line[-160:] for line in lines[-TAIL_LINES:]]


# --------------------------------------------------------------------------- rules for the first lines


def _dateline(line: str, at: int, head: Head) -> bool:
    """PLACE, Jan 6 (Agency) — ; Place, 6 January 2022 (NAME): ; PLACE — ; (Agency) —."""
    if head.place_span or head.filed:
        return False
    match = DATELINE.match(line)
    if match and not _plausible(match):
        match = None
    if match is None:
        match = DATELINE_DATED.match(line)
        if match and not (has_day(match["when"]) and len(match["when"]) < 30 and not _is_label(match["place"])):
            match = None
    if match is None:
        match = DATELINE_CAPITALS.match(line)
        if match and (not match["place"].isupper() or len(match["place"]) < 3 or _is_label(match["place"])):
            match = None
    if match is None:
        match = DATELINE_AGENCY.match(line)
        if match is None or not known_agency(match["filed"] or match["slashed"]):
            return False
    _take_dateline(match, at, head)
    return True


def _plausible(match: re.Match[str]) -> bool:
    """A place and a bracket alone may be prose ("Tokayev (right) said"): ask for a dash, a day or an agency."""
    between = match["when"]
    if between and not has_day(between):
        return False
    filed = match["filed"] or match["slashed"]
    names = credited(filed)
    ends = match[0].rstrip()[-1]
    dashed = ends in "—–-:"
    if _is_label(match["place"]):
        return False
    known = any(known_agency(name) for name in names)
    return bool(between or dashed or known) and (bool(names) or dashed) and (dashed or known or bool(between and names))


def _is_label(words: str) -> bool:
    first, *rest = words.lower().split()
    return first.strip(".:") in LABELS and not (first == "the" and rest and rest[0] in ("hague", "gambia", "vatican"))


def _take_dateline(match: re.Match[str], at: int, head: Head) -> None:
    groups = match.groupdict()
    if groups.get("place"):
        place = match["place"].rstrip(".,")
        start = at + match.start("place")
        head.place, head.place_span = place, (start, start + len(place))
    filed = groups.get("filed") or groups.get("slashed")
    if filed:
        head.filed = credited(filed)
    when = groups.get("when")
    if when:
        found = find_date(when) or find_short_date(when)
        if found:
            head.filed_date = found.day
        elif has_day(when):
            head.filed_day = when


def _byline(line: str, at: int, head: Head) -> bool:
    """By NAME and NAME in PLACE | Outlet | Update: 2022-01-08 07:32."""
    match = BY.search(line)
    if (
        match is None
        or len(line) > STAMP
        or (match.start() > 0 and "|" not in line and not line[: match.start()].isspace())
    ):
        return False
    names, agencies = split_byline(match["names"])
    if not names and not agencies:
        return False
    head.byline = head.byline or names
    head.credits.extend(agencies)
    rest = line[match.end() :]
    if rest.strip(" |"):
        _stamp(rest.strip(" |"), at, head)
    return True


def split_byline(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Persons and agencies in a byline; nothing if any part of it reads like prose."""
    persons: list[str] = []
    agencies: list[str] = []
    words = re.sub(r"(?i)^\s*by:?\s+", "", words).strip()
    for part in re.split(r"\s*(?:,|;|&|\s/\s|\band\b|\bwith\b|\bи\b)\s*", words):
        part = re.sub(rf"\s+(?:in|from|at|for|–|—|-)\s+{UPPER}.*$", "", part).strip(" .\t")
        if not part:
            continue
        if is_agency(part):
            agencies.append(known_agency(part) or part)
        elif PERSON.fullmatch(part) and not all(word.lower() in NOBODY for word in part.split()):
            persons.append(part)
        elif persons or agencies:  # "By Jane Roe, senior correspondent": what follows a name describes it
            if len(part.split()) > 6:
                return (), ()
        else:
            return (), ()
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(agencies))


def _stamp(line: str, at: int, head: Head) -> bool:
    """NAME, Jan. 5, 2022; NAME | Section | Updated: 2022-01-08 11:50; NAME 2022-01-06 19:30 GMT."""
    if len(line) > STAMP or not any(map(str.isdigit, line)):
        return False
    found = find_date(line)
    if found is None or not AFTER_STAMP.match(line[found.end :]):
        return False
    before = STAMP_WORDS.sub(" ", line[: found.start])
    parts = [part.strip(" ,;:.—–-()") for part in SEPARATOR.split(before.strip())]
    parts = [part for part in parts if part]
    if any(not is_name(part) for part in parts):
        return False
    if parts and "," in parts[0]:
        return False
    head.published = head.published or found.iso
    if parts and head.outlet is None:
        head.outlet = known_agency(parts[0]) or parts[0]
    return True


# --------------------------------------------------------------------------- rules for the last lines


def _source(line: str, at: int, head: Head) -> bool:
    """Source: Example Wire."""
    match = SOURCE_LINE.match(line)
    if match:
        head.credits.extend(credited(match["names"]))
    return bool(match)


def _with_input(line: str, at: int, head: Head) -> bool:
    """(With input from Example Wire)."""
    match = WITH_INPUT.search(line)
    if match and len(line) < STAMP:
        head.credits.extend(credited(match["names"]))
        return True
    return False


def _reporting(line: str, at: int, head: Head) -> bool:
    """Reporting by A and B; editing by C. Persons are the byline if there is none, agencies are credits."""
    more = MORE_REPORTING.search(line)
    if more:
        head.credits.extend(name for name in credited(more["names"]) if is_agency(name))
    match = REPORTING.match(line)
    if match:
        names, agencies = split_byline(match["names"])
        head.byline = head.byline or names
        head.credits.extend(agencies)
    return bool(match or more)


def _copyright(line: str, at: int, head: Head) -> bool:
    """© 2022 AFP: a credit only for a known agency, since every page carries its own outlet's notice."""
    match = COPYRIGHT.search(line)
    if match:
        agency = known_agency(match["names"]) or known_agency(match["names"].split(" - ")[0])
        if agency:
            head.credits.append(agency)
    return bool(match)


def _signed(line: str, at: int, head: Head) -> bool:
    """(Example Wire), — Reuters or Example Newswire, alone on the line."""
    match = SIGNED.match(line)
    if match is None:
        if len(line) < 40 and is_agency(line):
            head.credits.extend(credited(line))
        return False
    names = credited(match["names"] or match["dashed"])
    head.credits.extend(name for name in names if match["names"] or known_agency(name))
    return bool(names)


def _first_published(line: str, at: int, head: Head) -> bool:
    """This article was first published by Example Wire."""
    match = FIRST_PUBLISHED.search(line)
    if match and len(line) < STAMP and not has_day(match["names"]):
        head.credits.extend(credited(match["names"]))
        return True
    return False


def _photo(line: str, at: int, head: Head) -> bool:
    """NAME / AGENCY behind a caption, or Photo: AGENCY."""
    for match in PHOTO.finditer(line):
        agency = _agency_at_start(match["names"])
        if agency and known_agency(match["who"]) is None:
            head.credits.append(agency + PHOTO_MARK)
            return True
    cue = PHOTO_CUE.search(line)
    agency = known_agency(cue["names"]) if cue else None
    if agency:
        head.credits.append(agency + PHOTO_MARK)
    return bool(agency)


def _agency_at_start(words: str) -> str | None:
    parts = words.split()
    return next((found for size in range(len(parts), 0, -1) if (found := known_agency(" ".join(parts[:size])))), None)


def _photo_in_head(line: str, at: int, head: Head) -> bool:
    """A caption among the first lines ends in its photographer's credit; the line may still be something else."""
    if len(line) < 500:
        _photo(line, at, head)
    return False


HEAD_RULES: tuple[Rule, ...] = (_photo_in_head, _stamp, _byline, _dateline)
TAIL_RULES: tuple[Rule, ...] = (_source, _photo, _with_input, _first_published, _reporting, _copyright, _signed, _stamp)
