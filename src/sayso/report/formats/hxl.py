"""HXL: one row an incident, with the hashtags of the humanitarian exchange language in the second row, never the first.

Tolls stand as the bare tag for the best figure, `+min` and `+max` for its bounds; `+max` is empty where it is open.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sayso.model import Harm
from sayso.report.archive import Archive
from sayso.report.formats.facts import chosen, counts_of, facts, place_of, reported
from sayso.report.formats.files import Handed, Row, within, write_commas
from sayso.report.formats.told import Happening

# Of people alone: HXL's #affected has no place for houses.
_AFFECTED = {
    Harm.KILLED: "killed", Harm.INJURED: "injured", Harm.MISSING: "missing", Harm.DISPLACED: "idps",
    Harm.ARRESTED: "detained", Harm.ABDUCTED: "abducted", Harm.SICK: "sick", Harm.AFFECTED: "affected",
}  # fmt: skip
_BOUNDS = {"low": "+min", "best": "", "high": "+max"}

TAGS = {
    "id": "#event+id",
    "type": "#event+type",
    "mode": "#event+mode",
    "status": "#status",
    "summary": "#description",
    "first_day": "#date+start",
    "last_day": "#date+end",
    "dated_by": "#date+source",
    "first_report": "#date+reported",
    "country_name": "#country+name",
    "country": "#country+code",
    "province": "#adm1+name",
    "place": "#loc+name",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "place_level": "#geo+precision",
    "radius_m": "#geo+radius+m",
    "geonameid": "#loc+id+geonames",
    "actors": "#group+name+first",
    "recipients": "#group+name+second",
    **{
        f"{harm.value}_{bound}": f"#affected+{tag}{attribute}"
        for harm, tag in _AFFECTED.items()
        for bound, attribute in _BOUNDS.items()
    },
    "tolls": "#description+tolls",
    "says": "#meta+says",
    "own_voice": "#meta+own_voice",
    "first_hand": "#meta+first_hand",
    "stance": "#meta+stance",
    "accusation": "#meta+accusation",
    "certainty": "#meta+certainty",
    "hedge": "#meta+hedge",
    "origins": "#meta+origins+num",
    "articles": "#meta+articles+num",
    "only_source": "#meta+only_source",
    "disputed": "#meta+disputed",
    "disputed_by": "#meta+disputed_by",
    "outlets": "#meta+source",
    "urls": "#meta+url",
    "article": "#meta+id",
    "start": "#meta+start",
    "end": "#meta+end",
    "quote": "#meta+quote",
}


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Header, tags, rows."""
    left: Counter[str] = Counter()
    rows = [_row(one) for one in chosen(archive, every, left)]
    path, _ = write_commas(folder / "incidents.hxl.csv", tuple(TAGS), [TAGS, *map(within, rows)])
    return Handed([(path, len(rows))], left)


def _row(one: Happening) -> Row:
    known, spot, out = facts(one), place_of(one), reported(one)
    cells: dict[str, Any] = {
        **known,
        "first_report": out[0].date().isoformat() if out else None,
        "country_name": spot.codes.name if spot and spot.codes else None,
        "province": spot.admin1 if spot else None,
        "lat": spot.point[0] if spot and spot.point else None,
        "lon": spot.point[1] if spot and spot.point else None,
        "tolls": [count.words for count in counts_of(one)],
        "urls": list(dict.fromkeys(proof["url"] for proof in known["evidence"] if proof["url"])),
    }
    for count in counts_of(one):
        cells.update({f"{count.harm}_{bound}": getattr(count, bound) for bound in _BOUNDS})
    return {name: cells.get(name) for name in TAGS}
