"""Small hand-made records for tests: what a parse or an analysis would look like, without a model."""

from __future__ import annotations

from sayso.model import Article, Parsed


def parsed(*tokens: tuple[str, str, str, str, int], text: str | None = None, **fields: object) -> Parsed:
    """One sentence from (text, lemma, pos, dep, head) rows, joined by single blanks; `head` is a token number."""
    words = [token[0] for token in tokens]
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    article = Article(text if text is not None else " ".join(words), **fields)  # type: ignore[arg-type]
    return Parsed(
        article=article,
        text=tuple(words),
        lemma=tuple(token[1] for token in tokens),
        pos=tuple(token[2] for token in tokens),
        tag=tuple(token[2] for token in tokens),
        dep=tuple(token[3] for token in tokens),
        head=tuple(token[4] for token in tokens),
        start=tuple(starts),
        end=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        ent=("",) * len(tokens),
        ent_start=(False,) * len(tokens),
        sents=((0, len(tokens)),) if tokens else (),
    )
