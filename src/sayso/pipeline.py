"""The wiring: which stage runs after which, in batches. No decision about the news is made here.

read ──▶ split ──▶ parse (new sentences only) ──▶ extract ──▶ resolve ──▶ bind
         └ this process: each distinct sentence is asked for once per run ┘
                   └ workers ┘                    └───── workers ─────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from sayso.config import Config
from sayso.extract.claims.attribution import find_claims
from sayso.extract.claims.observations import find_observations
from sayso.extract.events.find import find_events
from sayso.extract.events.typer import Model, open_model
from sayso.extract.labels import find_labels
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.extract.tolls.find import find_tolls
from sayso.model import Analysis, Article, Parsed, Rejected, Use
from sayso.parse.spacy_parser import Columns, SpacyParser, assemble, load_pipeline, parse_sentences
from sayso.ports import Gazetteer
from sayso.resolve.actors import resolve_actors
from sayso.resolve.bind import Drafts, bind
from sayso.resolve.gazetteer import default_path, open_gazetteer
from sayso.resolve.parties import with_parties
from sayso.resolve.places import resolve_places
from sayso.resolve.times import resolve_times
from sayso.resolve.zones import zone_of_report
from sayso.workers import Workers

# An article coded, an article kept as it is (no pipeline for its language), or one that could not be used.
Outcome = Analysis | Article | Rejected
_Job = tuple[Article, list[tuple[int, int]], list[Columns]]
_CHUNK = 192  # sentences parsed in one task: long enough to fill batches, short enough to share out


def analyse(parsed: Parsed, gazetteer: Gazetteer, typer: Model | None = None) -> Analysis:
    """One article's parse to its analysis: extract, resolve, bind. The typer is the shipped one if none is given."""
    return analyse_by(parsed, gazetteer, typer or open_model())


def analyse_by(parsed: Parsed, gazetteer: Gazetteer, typer: Model | None) -> Analysis:
    """The same by a typer, or without one by the rules alone, which code more: ordinary crime too."""
    mentions = find_mentions(parsed)
    timexes = find_times(parsed)
    events = find_events(parsed, mentions, timexes, typer)
    claims = find_claims(parsed, mentions)
    drafts = Drafts(
        claims=claims,
        events=events,
        tolls=find_tolls(parsed),
        labels=find_labels(parsed, mentions, events),
        observations=find_observations(parsed, claims),
    )
    places = resolve_places(parsed, mentions, gazetteer)
    named = tuple(place for place in places if place.use is not Use.DEMONYM)  # adjectives are read from the words
    actors = with_parties(parsed, resolve_actors(parsed, mentions, gazetteer), events, named, gazetteer)
    times = resolve_times(parsed, timexes, zone_of_report(parsed.article, places, gazetteer))
    return bind(parsed, drafts, actors, places, times)


@lru_cache(maxsize=2)
def _gazetteer(path: str) -> Gazetteer:
    return open_gazetteer(Path(path) if path else None)


def place_index_ready(config: Config) -> bool:
    """Whether the place index is built; the first run builds it, which takes about half a minute."""
    return (Path(config.gazetteer) if config.gazetteer else default_path()).is_file()


def _prepare(pipeline: str, gazetteer: str) -> None:
    """Load what a worker needs before its first task."""
    load_pipeline(pipeline)
    _gazetteer(gazetteer)


def _analyse_jobs(gazetteer: str, jobs: Sequence[_Job]) -> list[Outcome]:
    return [_analyse_job(job, _gazetteer(gazetteer)) for job in jobs]


def _analyse_job(job: _Job, gazetteer: Gazetteer) -> Analysis | Rejected:
    """The one place that catches the unexpected: a fault in one article must not cost the others."""
    article, ranges, columns = job
    try:
        return analyse(assemble(article, ranges, columns), gazetteer)
    except Exception as fault:
        where = article.origin or article.url or article.id
        return Rejected(where, "analyse", "internal error", f"{type(fault).__name__}: {fault}; please report it")


def code(items: Iterable[Article | Rejected], config: Config) -> Iterator[Outcome]:
    """Analyse articles as they come, in order; memory depends on the batch, not on how many there are."""
    parser = SpacyParser(config.pipeline)
    stream = iter(items)
    if config.processes > 1:
        _gazetteer(config.gazetteer)  # built once, here, before several processes want it
    with Workers(config.processes, _prepare, (config.pipeline, config.gazetteer)) as workers:
        waiting: list[Future[list[Outcome]]] = []
        for batch in iter(lambda: list(islice(stream, config.batch * config.processes)), []):
            started = list(_start(batch, parser, workers, config))
            for done in waiting:
                yield from done.result()
            waiting = started
        for done in waiting:
            yield from done.result()


def _start(
    batch: Sequence[Article | Rejected], parser: SpacyParser, workers: Workers, config: Config
) -> Iterator[Future[list[Outcome]]]:
    """Parse a batch's new sentences and start its analyses; one future an item, in order."""
    codable = [item for item in batch if isinstance(item, Article) and _has_pipeline(item, parser)]
    parse = partial(parse_sentences, config.pipeline)
    jobs = parser.prepare(codable, lambda missing: workers.map(parse, missing, _CHUNK))
    analyses = iter([workers.submit(partial(_analyse_jobs, config.gazetteer), [job]) for job in jobs])
    taken = set(map(id, codable))
    for item in batch:
        if id(item) in taken:
            yield next(analyses)
        else:
            kept: Future[list[Outcome]] = Future()
            kept.set_result([item])
            yield kept


def _has_pipeline(article: Article, parser: SpacyParser) -> bool:
    """An article too short for its language to be told is taken for one of the parser's."""
    return article.lang is None or article.lang in parser.languages


def stamp(config: Config) -> str:
    """What an analysis was made with, so that any figure can be traced and outdated ones redone."""
    from sayso import __version__

    parser = SpacyParser(config.pipeline)
    return f"sayso {__version__}; {parser.name}; {_gazetteer(config.gazetteer).name}; config {config.digest}"
