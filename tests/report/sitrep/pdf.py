"""Reads a PDF of ours back: its words page by page, its outline and its links, as a reader takes them from the file."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in the file."""

    pages: tuple[str, ...]
    outline: tuple[str, ...]
    links: int
    alt: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)


_ESCAPES = {b"r": b"\r", b"n": b"\n", b"t": b"\t"}
_ALT = re.compile(rb"/Alt (\(.*?[^\\]\)|<.*?>)", re.DOTALL)
_STEP = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj|BT ([\d.]+) ([\d.]+) Td", re.DOTALL)


def read_pdf(data: bytes) -> Read:
    assert data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    objects = {
        int(found[1]): found[2] for found in re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", data, re.DOTALL)
    }
    fonts = _fonts(objects)
    pages = [body for body in objects.values() if re.search(rb"/Type /Page$", body, re.MULTILINE)]
    return Read(
        pages=tuple(_words(_stream(objects[_reference(body, b"Contents")]), fonts) for body in pages),
        outline=tuple(_string(found) for body in objects.values() for found in _titles(body)),
        links=sum(body.count(b"/Subtype /Link") for body in pages),
        alt=tuple(_string(found) for body in objects.values() for found in _ALT.findall(body)),
    )


def _titles(body: bytes) -> list[bytes]:
    return re.findall(rb"/Title (\(.*?[^\\]\)|<.*?>)", body, re.DOTALL) if b"/Dest" in body else []


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % key, body)
    assert found
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\n(.*)\nendstream", body, re.DOTALL)
    assert found
    return zlib.decompress(found[1]) if b"FlateDecode" in body else found[1]


def _fonts(objects: dict[int, bytes]) -> dict[bytes, dict[int, str]]:
    """By the name that pages give a font, what each of its numbers stands for."""
    fonts = {}
    for body in objects.values():
        for names in re.findall(rb"/Font <<(.*?)>>", body, re.DOTALL):
            for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", names):
                told = _stream(objects[_reference(objects[int(number)], b"ToUnicode")])
                pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", told)
                fonts[name] = {int(code, 16): bytes.fromhex(hex.decode()).decode("utf-16-be") for code, hex in pairs}
    return fonts


def _words(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    """The strings of a page in the order in which they are drawn, a new line for each base line."""
    found, font, line = [], b"", b""
    for step in _STEP.finditer(content):
        if step[1]:
            font = step[1]
        elif step[4]:
            found.append(" " if step[4] == line else "\n")
            line = step[4]
        else:
            raw = re.sub(rb"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), step[2], flags=re.DOTALL)
            codes = [int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)]
            found.append("".join(fonts[font].get(code, "?") for code in codes))
    return "".join(found)


def _string(raw: bytes) -> str:
    if raw.startswith(b"<"):
        return bytes.fromhex(raw[1:-1].decode()).decode("utf-16")
    text = re.sub(rb"\\(.)", rb"\1", raw[1:-1], flags=re.DOTALL)
    return text.decode("utf-16") if text.startswith(b"\xfe\xff") else text.decode("latin-1")
