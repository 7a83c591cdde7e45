"""What a browser shows of a page, asked in the page itself: whether people can read it, and reach all of it by keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

GRAVE = ("serious", "critical")  # of axe-core's degrees
MOST = 40  # presses beyond one for each element: fields of dates have parts of their own

_AXE = """async (grave) => (await axe.run({resultTypes: ["violations"]})).violations
  .filter((one) => grave.includes(one.impact))
  .map((one) => `${one.id}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "))"""

_FORM = """() => ({
  headings: [...document.querySelectorAll("h1")].filter((one) => one.getClientRects().length).length,
  levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((one) => Number(one.tagName[1])),
  wide: document.documentElement.scrollWidth - innerWidth,
  widest: [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
})"""

# Everything that can be clicked, in the order of the page, and what gets the focus from now on. What stands in a closed
# <details> is not shown; SVG has links of its own. A sign of focus is an outline, or a line around the shape in a link.
_REACHABLE = """() => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button]";
  const shown = (one) => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && [...one.getClientRects()].some((box) => box.width > 0 && box.height > 0);
  const all = [...document.querySelectorAll(kinds)].filter((one) => !one.disabled && one.tabIndex >= 0 && shown(one));
  const numbers = new Map(all.map((one, at) => [one, at]));
  window.reached = [];
  const marked = (one) => {
    const look = getComputedStyle(one);
    return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1) || look.boxShadow !== "none";
  };
  document.addEventListener("focusin", (event) => {
    const one = event.target;
    window.reached.push({at: numbers.get(one) ?? -1, marked: marked(one), what: one.outerHTML.slice(0, 100)});
  });
  return all.map((one) => one.outerHTML.slice(0, 100));
}"""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where the Tab key led."""

    reachable: Sequence[str]  # what a mouse can use, in the order of the page
    order: Sequence[int]  # places in it, as they got the focus; -1 is something else
    unmarked: Sequence[str]  # what showed nothing when it had the focus
    closed: bool  # whether it came back to where it began: nothing traps the focus

    def faults(self) -> Iterator[str]:
        missed = sorted(set(range(len(self.reachable))) - set(self.order))
        if missed:
            yield f"{len(missed)} cannot be reached by Tab: {[self.reachable[at] for at in missed[:4]]}"
        if self.unmarked:
            yield f"{len(self.unmarked)} do not show the focus: {list(self.unmarked[:4])}"
        if not self.closed:
            yield f"Tab does not come back to the beginning: {len(self.order)} of {len(self.reachable)}"
        turns = [at for at, (one, next) in enumerate(zip(self.order, self.order[1:], strict=False)) if -1 < next < one]
        if len(turns) > 1:  # once it goes from the end to the beginning
            yield f"the order is not that of the page at {[self.reachable[self.order[at]] for at in turns[:4]]}"


def walk(page: Page) -> Walk:
    """Press Tab until it comes back to what it reached first."""
    reachable: list[str] = page.evaluate(_REACHABLE)
    for _ in range(len(reachable) + MOST):
        page.keyboard.press("Tab")
    reached: list[dict[str, Any]] = page.evaluate("reached")
    order = [one["at"] for one in reached]
    again = order.index(order[0], 1) if order and order[0] in order[1:] else 0
    unmarked = {one["what"]: None for one in reached if not one["marked"]}
    return Walk(reachable, order[:again] if again else order, list(unmarked), bool(again))


def misshapen(page: Page) -> Iterator[str]:
    """What is wrong with the form of a page: headings, and what stands out sideways."""
    seen = page.evaluate(_FORM)
    if seen["headings"] != 1:
        yield f"{seen['headings']} main headings"
    jumps = [(one, next) for one, next in zip(seen["levels"], seen["levels"][1:], strict=False) if next > one + 1]
    if jumps:
        yield f"headings leave a level out: {jumps}"
    if seen["wide"] > 1:
        yield f"{seen['wide']} pixels wider than the window: {seen['widest']}"


def inaccessible(page: Page) -> list[str]:
    """What axe-core takes for a serious fault."""
    page.evaluate(_axe())
    found: list[str] = page.evaluate(_AXE, list(GRAVE))
    return found


@cache
def _axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
