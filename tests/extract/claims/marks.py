"""The notation of `claims.txt`: `[The agency:agency] <quoted> [witnesses:witness] <as saying> {people were killed}`.

Marks come off to give the text; what they held becomes what a claim must be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from sayso.model import Article, ClaimDraft

_MARK = re.compile(r"\[(?:(\d):)?([^\]]*?):([a-z]+)\]|<(?:(\d):)?([^>]*)>|\{([^}]*)\}")


@dataclass
class Told:
    """One claim as marked."""

    chain: list[tuple[str | None, str]] = field(default_factory=list)  # source, kind
    cues: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)  # stance, certainty, mode
    named: dict[str, str] = field(default_factory=dict)  # to, via, on, hedge, not, in


def read_mark(line: str) -> tuple[str, Told | None]:
    """A line to its bare text and the claim it marks, if any."""
    marked, _, after = line.partition(" || ")
    told, sources, cues = Told(), [], []
    for match in _MARK.finditer(marked):
        place, source, kind, cue_place, cue, content = match.groups()
        if source is not None:
            sources.append((int(place or len(sources) + 1), source, kind))
        elif cue is not None:
            cues.append((int(cue_place or len(cues) + 1), cue))
        else:
            told.content.append(content)
    told.chain = [(source, kind) for _, source, kind in sorted(sources)]
    told.cues = [cue for _, cue in sorted(cues)]
    for word in re.findall(r"\w+=[^=]+?(?= \w+=|$)|[a-z]+", after):
        name, equals, value = word.partition("=")
        if equals:
            told.named[name] = value.strip()
        else:
            told.words.add(word)
    text = _MARK.sub(lambda match: next(g for g in (match[2], match[5], match[6]) if g is not None), marked)
    return text, (told if told.content else None)


def read_cases(path: Path) -> list[tuple[str, list[Told]]]:
    """The blocks of a case file: each text with its claims."""
    cases: list[tuple[str, list[Told]]] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        read = [read_mark(line) for line in lines]
        texts = {text for text, _ in read}
        assert len(texts) == 1, f"lines of one block differ: {texts}"
        cases.append((read[0][0], [told for _, told in read if told]))
    return cases


def show(article: Article, claim: ClaimDraft) -> Told:
    """A claim in the same terms."""
    quote = article.quote
    told = Told(
        [(quote(link.source) if link.source else None, str(link.kind)) for link in claim.chain if link.source],
        list(dict.fromkeys(quote(link.cue) for link in claim.chain if link.cue)),
        [quote(span) for span in claim.content],
        {str(claim.stance), str(claim.certainty), str(claim.mode)},
    )
    spans = {"to": claim.addressee, "via": claim.channel, "on": claim.time, "hedge": claim.hedge, "not": claim.negation}
    for name, span in spans.items():
        if span:
            told.named[name] = quote(span)
    return told


def agrees(marked: Told, found: Told) -> bool:
    """Whether a found claim is what was marked: chain, cues and content exactly, and whatever else was named."""
    return (
        marked.chain == found.chain
        and marked.cues == found.cues
        and " ".join(marked.content) == " ".join(found.content)
        and marked.words <= found.words
        and all(found.named.get(name) == (value if value != "-" else None) for name, value in marked.named.items())
    )
