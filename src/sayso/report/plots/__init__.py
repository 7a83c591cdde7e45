"""Pictures of an archive: a map, a timeline, tolls over time, as SVG, PNG or characters in a terminal.

What is shown is chosen in `marks`, `calendar` and `figures`, which know nothing of drawing; `draw_*` make pictures of
it by matplotlib and `text_*` lines of characters. `outline` and `view` are the world and how it is laid on a sheet.
"""

from __future__ import annotations

import logging

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # which fonts it would rather have is no concern of ours
