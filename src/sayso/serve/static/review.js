// Judging by keys: one keystroke says it, one takes it back. Without scripts the same forms do the same.
"use strict";

(() => {
  const list = document.getElementById("doubts");
  const told = document.getElementById("told");
  const failed = document.getElementById("failed");
  const toasts = told.parentElement;
  const csrf = document.querySelector('meta[name="csrf"]').content;
  const SEEN = "sayso-seen"; // questions left as they are in this visit
  const done = []; // what u takes back, the last last: {card, group | skip}
  let sending = Promise.resolve(); // words are sent one after the other
  let waiting = 0;

  const seen = new Set(JSON.parse(sessionStorage.getItem(SEEN) || "[]"));
  const remember = () => sessionStorage.setItem(SEEN, JSON.stringify([...seen].slice(-2000)));
  const HERE = ".doubt:not([hidden], .gone)";
  const cards = () => [...list.querySelectorAll(HERE)];
  const current = () => document.activeElement.closest(HERE);

  // ------------------------------------------------------------------ telling

  let quiet = 0;
  function tell(words, undo) {
    failed.textContent = "";
    told.textContent = words;
    show(undo);
  }
  function complain(words) {
    told.textContent = "";
    failed.textContent = words;
    show(false);
  }
  function show(undo) {
    toasts.classList.add("up", "says");
    button.hidden = !undo;
    clearTimeout(quiet);
    if (!failed.textContent) quiet = setTimeout(() => toasts.classList.remove("says"), 12000);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.innerHTML = "Undo <kbd>u</kbd>";
  button.addEventListener("click", undo);

  // ------------------------------------------------------------------ moving

  function focus(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const all = cards();
    const at = all.indexOf(current());
    focus(all[Math.min(all.length - 1, Math.max(0, at + by))]);
  }
  function leave(card) {
    const all = cards();
    const next = all[all.indexOf(card) + 1] || all[all.indexOf(card) - 1];
    card.classList.add("gone");
    setTimeout(() => { card.hidden = card.classList.contains("gone"); }, 150); // once it has faded
    if (next) focus(next);
    else document.getElementById("main").focus();
  }
  function restore(card) {
    card.hidden = false;
    card.classList.remove("gone");
    document.getElementById("none").hidden = true;
    focus(card);
  }
  function refill() {
    if (cards().length || waiting) return;
    document.getElementById("none").hidden = false;
    if (list.dataset.more) location.href = list.dataset.more;
  }

  // ------------------------------------------------------------------ saying

  function send(address, fields) {
    waiting += 1;
    const sent = sending.then(async () => {
      const answer = await fetch(address, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json", "X-CSRF": csrf },
      });
      const said = await answer.json().catch(() => ({ fault: `the desk answered ${answer.status}` }));
      if (!answer.ok) throw new Error(said.fault || said.detail || `the desk answered ${answer.status}`);
      return said;
    });
    sending = sent.catch(() => {}).finally(() => { waiting -= 1; });
    return sent;
  }

  async function say(form, submitter) {
    const card = form.closest(".doubt");
    const fields = new URLSearchParams(new FormData(form, submitter));
    card.querySelectorAll(".fault").forEach((one) => one.remove());
    const mine = { card, group: "" };
    done.push(mine);
    leave(card);
    tell("Saving …", false);
    try {
      const said = await send("/review/judge", fields);
      mine.group = said.group;
      tell(said.text, true);
      sending.then(refill);
    } catch (fault) {
      done.splice(done.indexOf(mine), 1);
      const words = document.createElement("p");
      words.className = "fault";
      words.textContent = `Not kept: ${fault.message}`;
      card.append(words);
      restore(card);
      complain(`Not kept: ${fault.message}. The question is back.`);
    }
  }

  function pass(card, words) {
    seen.add(card.dataset.key);
    remember();
    done.push({ card, skip: true });
    leave(card);
    tell(words, true);
    refill();
  }

  async function undo() {
    const last = done.pop();
    if (!last) {
      const form = document.getElementById("undo"); // of the page before
      if (form) form.requestSubmit();
      else tell("Nothing to undo in this visit to the page; Said already lists what was said.", false);
      return;
    }
    if (last.skip) {
      seen.delete(last.card.dataset.key);
      remember();
      restore(last.card);
      tell("The question is back.", false);
      return;
    }
    await sending; // what is on its way must have its name
    if (!last.group) return;
    try {
      await send("/review/undo", new URLSearchParams({ group: last.group, csrf }));
      restore(last.card);
      tell("Taken back.", false);
    } catch (fault) {
      done.push(last);
      complain(`Not taken back: ${fault.message}. Press u to try again.`);
    }
  }

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    say(event.target, event.submitter);
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest('[data-key="y"]')) pass(event.target.closest(".doubt"), "Left as it is.");
  });
  addEventListener("beforeunload", (event) => {
    if (waiting) event.preventDefault();
  });

  // ------------------------------------------------------------------ keys

  function press(card, key) {
    const form = key >= "0" && key <= "9" ? card.querySelector("details[open]") : card;
    const target = form && form.querySelector(`button[data-key="${key}"]`);
    if (target) target.click();
    return Boolean(target);
  }
  function choose(card) {
    const details = card.querySelector("details.wrong");
    if (!details) return;
    details.open = true;
    details.querySelector("button").focus();
  }
  const ACTS = {
    j: () => step(1), ArrowDown: () => step(1),
    k: () => step(-1), ArrowUp: () => step(-1),
    u: undo,
    "?": () => { location.href = "/keys"; },
    x: (card) => card ? pass(card, "Skipped for this visit.") : step(1),
    w: (card) => card ? choose(card) : step(1),
    o: (card) => card ? card.querySelector("a.evidence").click() : step(1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) {
      if (event.key === "Escape") focus(current());
      return;
    }
    const card = current();
    const act = ACTS[event.key];
    if (act) act(card);
    else if (!(card && press(card, event.key))) return;
    event.preventDefault();
  });

  // ------------------------------------------------------------------ at first

  toasts.append(button);
  button.hidden = true;
  document.getElementById("keyline").hidden = false;
  document.querySelectorAll(".seen").forEach((one) => { one.hidden = false; });
  document.querySelectorAll("a.evidence").forEach((one) => { one.target = "_blank"; one.rel = "noopener"; });
  for (const card of cards()) if (seen.has(card.dataset.key)) card.hidden = true;
  if (list.children.length) refill();
  if (!location.hash) focus(cards()[0]);
})();
