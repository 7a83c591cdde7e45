"""Situation reports: what happened and on whose say-so, every line with its references.

`make_report` makes a record of a part of an archive; `render` writes it as Markdown, HTML, PDF or text document.
"""

from sayso.report.sitrep.contents import make_report
from sayso.report.sitrep.record import Report
from sayso.report.sitrep.render import FORMS, render, write
from sayso.report.sitrep.scope import Scope

__all__ = ["FORMS", "Report", "Scope", "make_report", "render", "write"]
