"""What analysts say of an archive, kept and acted on: judgements, which link anew what they are about, and grades."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.config import Config
from sayso.errors import ConfigError
from sayso.judging import (
    JudgementRow,
    Signature,
    Taken,
    list_words,
    missing_words,
    read_lines,
    reattach,
    state,
    word_lines,
)
from sayso.judging import withdraw as take_back
from sayso.link.verdicts import Verdicts, read_verdicts, touched
from sayso.model import Judgement, Links, Reason, Verdict
from sayso.ports import Store
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from sayso.report.grades import Grade, last_grades, read_grade
from sayso.report.sources import SourceRow, gradable
from sayso.store import Catalogue, SqlStore

_CITING = 200  # articles in which a source that is to be graded is looked up


@dataclass(frozen=True, slots=True)
class Judged:
    """The words that were kept, and what they are about is linked to now."""

    words: tuple[Judgement, ...]
    links: Links


class Correcting(ABC):
    """What an analyst can say of an archive, and what was said."""

    store: Store
    config: Config

    @abstractmethod
    def desk(self) -> Desk: ...

    @abstractmethod
    def part(self, articles: Iterable[str]) -> Archive: ...

    @abstractmethod
    def catalogue(self) -> AbstractContextManager[Catalogue]: ...

    @abstractmethod
    def link_again(self) -> None:
        """Link what was touched."""

    def judge(
        self,
        what: str,
        verdict: Verdict | None,
        others: Sequence[str] = (),
        by: str = "",
        note: str = "",
        *,
        withdraw: bool = False,
    ) -> Judged:
        """Append an analyst's word, and link again with it: it wins over every score, and on every later run.

        `project.judge("3f2a91", Verdict.NOT_SAME, ["77ab02"], by="ana")`. Ids may be prefixes; InputError where they
        name what cannot be judged so. Of WRONG_CODE the one other, if any, is the right code, "ASSAULT:firearms".
        With `withdraw` it is taken back, by the same statement, or by the id of a judgement and no verdict.
        `by` is the setting `analyst` unless given.
        """
        signature = Signature(self._analyst(by), moment(), note)
        with self.store.writing():
            if withdraw or verdict is None:
                words = take_back(self.store, what, verdict, others, signature)
            else:
                words = state(self.store, what, verdict, others, signature)
            self._judge(words)
        return Judged(tuple(words), self.store.links_of([id for word in words for id in (word.left, word.right)]))

    def judgements(self, most: int | None = None, skip: int = 0) -> list[JudgementRow]:
        """All that analysts ever said, the latest last, with whether it holds and what overrules it.

        With `most` the latest so many, after `skip` later ones.
        """
        return list_words(self.store, most, skip)

    def export_judgements(self) -> Iterator[str]:
        """Every word as a line of JSON, for another archive or a colleague."""
        return word_lines(self.store.judgements())

    def import_judgements(self, lines: Iterable[str], name: str = "-") -> Taken:
        """Append the words of another archive, and link again; what is known already is left as it is.

        Bad lines are told and cost nothing of the rest. A word on an event that is not here passes to the one that
        has the very same words in the same article; what is about nothing here is kept, and holds once it is.
        """
        words, bad = read_lines(lines, name)
        with self.store.writing():
            known = {word.id for word in self.store.judgements()}
            fresh = list({word.id: word for word in words if word.id not in known}.values())
            moved = tuple(reattach(self.store, words))
            new = tuple(pair for pair in moved if pair[1].id not in known)
            self._judge([*fresh, *(here for _, here in moved)])
        there = {word for word, _ in moved}
        missing = tuple(missing_words(self.store, (word for word in words if word not in there)))
        return Taken(len(fresh), len(words) - len(fresh), new, missing, tuple(bad))

    def verdicts(self) -> Verdicts:
        """What all judgements come to."""
        return read_verdicts(self.store.judgements())

    def why(self, pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]]) -> list[tuple[Reason, ...]]:
        """What speaks for and against two tellings being of one happening, each named by its article and an event."""
        from sayso.link.why import explain_tellings

        with self.catalogue() as lists:
            return explain_tellings(lists.index(), pairs, self.verdicts())

    def _analyst(self, by: str) -> str:
        if name := (by or self.config.analyst).strip():
            return name
        raise ConfigError("who says so?", about="--by", way_out="--by NAME, SAYSO_ANALYST or analyst in sayso.toml")

    def grades(self) -> dict[str, Grade]:
        """The grades that stand, by a source's key or a claim's id."""
        return last_grades(self.store.judgements())

    def grade(self, what: str, grade: str, by: str = "", note: str = "") -> str:
        """Append an analyst's Admiralty grade ("B2") of a source, by name, or of a claim, by id; gives what was graded.

        Nothing is linked again: a grade is shown beside what a source says and changes nothing else.
        """
        return self.keep_grade(what, grade, by, note)[0]

    def keep_grade(self, what: str, grade: str, by: str = "", note: str = "") -> tuple[str, Judgement]:
        """Append a grade as `grade` does; what was graded, and the word that was kept."""
        read = read_grade(grade)
        by = self._analyst(by)
        key, name = self._graded(what)
        word = Judgement(key, read, Verdict.GRADE, by, moment(), note)
        with self.store.writing():
            self.store.judge(word)
        return name, word

    def _graded(self, what: str) -> tuple[str, str]:
        """What a grade is kept under, and how it is called."""
        if re.fullmatch(r"[0-9a-f]{6,16}", what) and (found := self.store.find(what)) and found.kind == "claim":
            return found.id, f"claim {found.id}"
        row = self._gradable(what)
        return row.key, row.name

    def _gradable(self, name: str) -> SourceRow:
        """The source of a name, looked up among the articles that cite it by that very name; only where none do,
        among all."""
        articles: list[str] = []
        if isinstance(self.store, SqlStore):
            with self.catalogue() as lists:
                articles = lists.citing(name, _CITING)
        if articles:
            return gradable(Desk(self.part(articles), self.grades()), name)
        return gradable(self.desk(), name)

    def _judge(self, words: Sequence[Judgement]) -> None:
        """Append words, and link again what they are about."""
        before = self.verdicts()
        self.store.judge(*words)
        after = self.verdicts()
        about = {id for word in words for id in touched(word)}
        near = before.around(about) | after.around(about)
        with self.store.linking() as index:
            articles = set(index.articles_of(sorted(near)).values())
            index.touch(articles | set(self.store.has(sorted(near))))
        self.link_again()


def moment() -> str:
    """The time to the microsecond: of two words in one second the later counts."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
