// Marks and cards point at one another; what is shown is kept in the address.
"use strict";

(() => {
  const reading = document.getElementById("reading");
  const cards = document.getElementById("cards");
  const layers = document.getElementById("layers");
  if (!reading || !cards || !layers) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let lit = [];

  const marksOf = (id) => reading.querySelectorAll(`.mark[data-id="${CSS.escape(id)}"]`);
  const cardOf = (id) => document.getElementById(`card-${id}`);

  function light(id) {
    for (const one of lit) one.classList.remove("lit");
    lit = id ? [...marksOf(id), cardOf(id)].filter(Boolean) : [];
    for (const one of lit) one.classList.add("lit");
  }

  // Only the margin is moved: the page stays where the reader is. A heading stands over the first 38 pixels.
  function bring(id) {
    const card = cardOf(id);
    if (!card || cards.scrollHeight <= cards.clientHeight) return;
    const top = card.getBoundingClientRect().top - cards.getBoundingClientRect().top;
    const fits = top >= 38 && top + card.offsetHeight <= cards.clientHeight;
    if (!fits) cards.scrollTo({ top: cards.scrollTop + top - 38, behavior: calm ? "auto" : "smooth" });
  }

  let waiting = 0;
  function pointed(event) {
    const mark = event.target.closest(".mark[data-id]");
    const card = mark ? null : event.target.closest(".card[data-id]");
    clearTimeout(waiting);
    if (mark) {
      light(mark.dataset.id);
      waiting = setTimeout(() => bring(mark.dataset.id), event.type === "focusin" ? 0 : 250);
    } else light(card ? card.dataset.id : "");
  }
  reading.addEventListener("pointerover", pointed);
  reading.addEventListener("focusin", pointed);
  reading.addEventListener("pointerleave", () => light(""));

  function choose() {
    const boxes = [...layers.querySelectorAll("input[name=show]")];
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    for (const box of boxes) reading.classList.toggle(`no-${box.value}`, !box.checked);
    const address = new URL(location.href);
    address.searchParams.delete("show");
    if (chosen.length < boxes.length) address.searchParams.set("show", chosen.join(",") || "none");
    history.replaceState(null, "", address.href.replaceAll("%2C", ","));
  }
  layers.addEventListener("change", choose);
  layers.querySelector("button").hidden = true;
  for (const link of layers.querySelectorAll("a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const all = new URL(link.href).searchParams.get("show") !== "none";
      for (const box of layers.querySelectorAll("input[name=show]")) box.checked = all;
      choose();
    });
  }

  const opened = cards.querySelector(".card.opened");
  if (opened) {
    bring(opened.dataset.id);
    light(opened.dataset.id);
    if (!location.hash) marksOf(opened.dataset.id)[0]?.scrollIntoView({ block: "center" });
  }
  const places = [...reading.querySelectorAll("mark.at")];
  const told = places.flatMap((one) => [...one.querySelectorAll(".mark"), one.closest(".mark")]).filter(Boolean);
  const shown = told.find((one) => one.matches(".event, .toll, .claim")) || told[0];
  if (shown && !opened) bring(shown.dataset.id);
})();
