// The map to zoom opens in place of the plain one.
"use strict";

document.getElementById("zoom")?.addEventListener("click", (event) => {
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = event.target.href;
  frame.className = "map";
  frame.title = "Map of incidents";
  document.getElementById("map").replaceChildren(frame);
  event.target.remove();
});
