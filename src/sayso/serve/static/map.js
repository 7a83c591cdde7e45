// The map to move and zoom.
"use strict";

(async () => {
  const holder = document.getElementById("live");
  const answer = await fetch(holder.dataset.map);
  if (answer.ok) await Bokeh.embed.embed_item(await answer.json(), holder.id);
  else holder.textContent = "The map could not be read.";
})();
