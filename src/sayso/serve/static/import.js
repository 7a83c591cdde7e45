// Files dropped on the page, and how an import goes. Without scripts a button hands in and the page reloads itself.
"use strict";

(() => {
  const drop = document.getElementById("drop");
  if (drop) {
    const field = drop.querySelector("input[type=file]");
    const hint = document.getElementById("hint");
    hint.hidden = false;
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      field.files = event.dataTransfer.files;
      if (field.files.length) drop.requestSubmit();
    });
    drop.addEventListener("submit", () => {
      const bytes = [...field.files].reduce((sum, file) => sum + file.size, 0);
      document.getElementById("sending").textContent =
        `Sending ${field.files.length} files, ${(bytes / 1e6).toFixed(1)} MB …`;
    });
  }

  const job = document.getElementById("job");
  async function look() {
    try {
      const told = await (await fetch(job.dataset.poll)).json();
      if (told.over) return location.reload();
      document.getElementById("state").textContent = told.state;
      for (const one of job.querySelectorAll("[data-count]")) {
        const count = told[one.dataset.count];
        one.textContent = typeof count === "object" ? Object.values(count).reduce((sum, number) => sum + number, 0) : count;
      }
    } catch {
      document.getElementById("state").textContent = "no answer from the desk; looking again";
    }
    return setTimeout(look, 700);
  }
  if (job && job.dataset.poll) setTimeout(look, 400);
})();
