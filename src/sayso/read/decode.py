"""Bytes to text: by mark, by what is valid, by what is declared; None where the bytes are no text."""

from __future__ import annotations

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_.:-]{2,40})""")
# Half a character at the end of a cut file or a few damaged ones must not cost the article.
TOLERATED = 0.01
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text of some bytes, without a byte-order mark; None if they are no text."""
    for mark, coding in MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(coding, "replace"))
    try:
        return _text(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:4096]:
        return None
    name = _known(declared)
    if name and name not in ("utf-8", "ascii"):
        return _text(data.decode(name, "replace"))
    patched = data.decode("utf-8", "replace")
    beyond_ascii = sum(char > "\x7f" for char in patched)
    damaged = patched.count("\ufffd")
    if damaged <= 2 or damaged * 4 < beyond_ascii:  # mostly sound multi-byte sequences
        return _text(patched)
    return _text(data.decode(_guess(data), "replace"))


def declared_charset(head: bytes) -> str | None:
    """The encoding that a page or XML file names in its first lines."""
    match = DECLARED.search(head[:4096])
    return match[1].decode("ascii") if match else None


def storable(text: str) -> str:
    """The text with what no file or database can hold (lone surrogates, NUL) replaced one for one."""
    return UNSTORABLE.sub("\ufffd", text) if UNSTORABLE.search(text) else text


def _known(name: str | None) -> str | None:
    """The codec behind a declared name, if it turns bytes into text."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError, UnicodeError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in ("idna", "punycode", "unicode_escape"):
        return None
    return "cp1252" if found.name == "iso8859-1" else found.name


def _guess(data: bytes) -> str:
    """Western by default; Cyrillic where high bytes come in the runs that Cyrillic words make."""
    sample = data[:20_000]
    high = sum(byte > 0x7F for byte in sample)
    if high > 0.3 * len(sample):
        scores = {name: _cyrillic(sample.decode(name, "replace")) for name in ("cp1251", "koi8-r")}
        best = max(scores, key=lambda name: scores[name])
        if scores[best] > 0.6 * high:
            return best
    return "cp1252"


def _cyrillic(text: str) -> int:
    """Small Cyrillic letters: the wrong one of two Cyrillic tables swaps small and capital."""
    return sum("а" <= char <= "я" for char in text)


def _text(text: str) -> str | None:
    """The text unless control characters or failures say that it was none."""
    sample = text[:100_000]
    odd = len(CONTROLS.findall(sample)) + sample.count("\ufffd")
    if odd > 2 and odd > TOLERATED * len(sample):
        return None
    return storable(text)
