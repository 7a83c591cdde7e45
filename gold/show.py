"""`python -m gold.show dev`: the texts where sayso and the annotation differ, claim beside claim.

The blind half measures what nobody tuned on, so its texts are printed only with `--blind`, never while rules are made.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.gold_claims import Pair, chain_is_right, match, said_links, wrong_fields
from eval.harness import Line
from gold.claims import HALVES, GoldClaim, GoldText, load
from sayso.model import Analysis, Article, Claim, Span


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gold.show", description=__doc__)
    parser.add_argument("half", choices=HALVES)
    parser.add_argument("--blind", action="store_true", help="print the blind half: never while making rules")
    parser.add_argument("--id", action="append", help="only this text; may be repeated")
    parser.add_argument("--chains", action="store_true", help="only texts with a claim missed or a chain wrong")
    parser.add_argument("--cache", type=Path, help="keep parses here between runs")
    chosen = parser.parse_args(argv)
    if chosen.half == "blind" and not chosen.blind:
        print("the blind half is not for reading while rules are made; --blind prints it all the same", file=sys.stderr)
        return 2
    texts = [text for text in load(chosen.half) if not chosen.id or text.id in chosen.id]
    line = Line(chosen.cache.resolve() if chosen.cache else None)
    for text, analysis in zip(texts, line.code(text.article for text in texts), strict=True):
        if lines := list(differences(text, analysis, chosen.chains)):
            print(f"\n{text.id} ({text.register})", text.article.text, *lines, sep="\n")
    return 0


def differences(text: GoldText, analysis: Analysis, chains_only: bool = False) -> Iterator[str]:
    """Lines for each gold claim missed or read otherwise, each claim too many, each first-hand passage missed."""
    pairs = match(text, analysis)
    found = {pair.number: pair for pair in pairs}
    for number, gold in enumerate(text.claims):
        if number not in found:
            yield f"  missed  {_gold(text, gold)}"
        elif wrong := _wrong(text, analysis, found[number], pairs, chains_only):
            yield f"  gold    {_gold(text, gold)}"
            yield f"  sayso   {_given(analysis, found[number].claim)}   ✗ {', '.join(wrong)}"
    taken = {pair.claim.id for pair in pairs}
    for claim in () if chains_only else analysis.claims:
        if claim.id not in taken:
            yield f"  extra   {_given(analysis, claim)}"
    for passage in () if chains_only else text.firsthand:
        if not any(passage.words.overlaps(one.content) for one in analysis.observations):
            yield f"  unseen  {_words(text.article, passage.words)}"


def _wrong(text: GoldText, analysis: Analysis, pair: Pair, pairs: list[Pair], chains_only: bool) -> list[str]:
    if chains_only:
        return [] if chain_is_right(text, pair.gold, pair.claim) else ["chain"]
    return wrong_fields(text, analysis, pair, pairs)


def _gold(text: GoldText, claim: GoldClaim) -> str:
    extra = {name: getattr(claim, name) for name in ("addressee", "channel", "time", "hedge", "negation")}
    extra["within"] = None if claim.within is None else f"claim {claim.within + 1}"
    return _told(text.article, claim.chain, claim, extra, "source")


def _given(analysis: Analysis, claim: Claim) -> str:
    """A predicted claim in the same notation, names for ids."""
    extra: dict[str, Any] = {name: getattr(claim, name) for name in ("channel", "hedge", "negation", "addressed")}
    extra["addressee"] = next((actor.name for actor in analysis.actors if actor.id == claim.addressee), None)
    extra["time"] = next((time.span for time in analysis.times if time.id == claim.time), None)
    outer = (number for number, other in enumerate(analysis.claims, 1) if other.id == claim.within)
    extra["within"] = next((f"claim {number}" for number in outer), None)
    return _told(analysis.article, said_links(claim), claim, extra, "span")


def _told(article: Article, chain: Any, claim: GoldClaim | Claim, extra: dict[str, Any], source: str) -> str:
    """Channel "said" (media) ← two residents "citing" (witness) | the content | indirect, asserts, certain."""
    links = " ← ".join(
        f'{_words(article, getattr(link, source))} "{_words(article, link.cue)}" ({link.kind})' for link in chain
    )
    content = " … ".join(_words(article, piece) for piece in claim.content)
    rest = [f"{name}: {_words(article, part)}" for name, part in extra.items() if part]
    return f"{links} | {content} | {', '.join([claim.mode, claim.stance, claim.certainty, *rest])}"


def _words(article: Article, part: Span | str | None) -> str:
    return " ".join(article.quote(part).split()) if isinstance(part, Span) else part or "-"


if __name__ == "__main__":
    sys.exit(main())
