"""Pictures of pages as SVG: a map, a timeline, tolls, lineage. Plain links, so that they work without scripts.

Everything is drawn by hand of a few hundred shapes: a page must be there at once, and a drawing library takes longer
than the page. Lengths are units of the picture's own box, which the page scales.
"""

from __future__ import annotations

from sayso.serve.drawing.courses import draw_tolls
from sayso.serve.drawing.days import draw_timeline, legend
from sayso.serve.drawing.lineage import draw_lineage
from sayso.serve.drawing.places import draw_map, key, warm_up

__all__ = ["draw_lineage", "draw_map", "draw_timeline", "draw_tolls", "key", "legend", "warm_up"]
