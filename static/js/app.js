/* What pages do by themselves. Everything here is a comfort: without it each page still reads and sends.
   One failing part never stops another. Words come from the page (data-say-… on <html>) in its language. */
(() => {
  "use strict";

  const words = (name, values = {}) => {
    const said = document.documentElement.dataset[`say${name}`] || "";
    return said.replace(/%\((\w+)\)s/g, (_, key) => values[key]);
  };

  const each = (selector, start) => {
    for (const element of document.querySelectorAll(selector)) {
      try {
        start(element);
      } catch (fault) {
        console.warn(`${selector}: ${fault.message}`);
      }
    }
  };

  // The server's clock: all remaining times count from it, never from this computer's.
  const clock = document.querySelector("[data-clock]");
  const behind = clock ? Date.parse(clock.dataset.clock) - Date.now() : 0;
  const now = () => new Date(Date.now() + behind);
  const brussels = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Brussels", timeStyle: "medium" });

  const showClock = (element) => {
    setInterval(() => { element.textContent = brussels.format(now()); }, 1000);
  };

  // Menu on a narrow screen
  const startMenu = (button) => {
    button.hidden = false;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    });
  };

  // Time left
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const span = (seconds) => {
    const first = units.findIndex(([, size]) => seconds >= size);
    const two = units.slice(first < 0 ? 3 : first, (first < 0 ? 3 : first) + 2);
    const parts = [];
    let rest = seconds;
    for (const [unit, size] of two) {
      const number = Math.floor(rest / size);
      rest -= number * size;
      if (number || !parts.length) {
        const style = { style: "unit", unit, unitDisplay: "long" };
        parts.push(new Intl.NumberFormat(document.documentElement.lang, style).format(number));
      }
    }
    return parts.join(" ");
  };

  const countDown = (element) => {
    const end = Date.parse(element.dataset.deadline);
    const show = () => {
      const seconds = Math.floor((end - now()) / 1000);
      const name = seconds >= 0 ? "Left" : "Passed";
      element.textContent = words(name, { time: span(Math.abs(seconds)) });
    };
    show();
    setInterval(show, 1000);
  };

  // A page that reloads itself does not overtake the one its reader has just asked for: on a slow line it still lives
  // meanwhile. A download asks and leaves nothing, so after a while the page goes on.
  let asked = -Infinity;
  window.addEventListener("beforeunload", () => { asked = Date.now(); });
  const isLeaving = () => Date.now() - asked < 15000;

  // Batches: ask how far they have come until they are finished
  const watchProgress = (element) => {
    const bar = element.querySelector("progress");
    const ask = async () => {
      try {
        const answer = await fetch(element.dataset.pollUrl, { headers: { Accept: "application/json" } });
        const state = await answer.json();
        bar.max = state.total || 1;
        bar.value = state.done;
        element.querySelector("[data-done]").textContent = state.done;
        element.querySelector("[data-total]").textContent = state.total;
        if (state.finished && !isLeaving()) {
          window.location.reload();
          return;
        }
      } catch (fault) {
        console.warn(`progress: ${fault.message}`);
      }
      setTimeout(ask, 1000);
    };
    if (Number(bar.value) < Number(bar.max) || !bar.max) setTimeout(ask, 1000);
  };

  // What is still being made: ask more and more rarely, and put it in its place when it is there
  const startTurning = (element) => {
    const ask = async (seconds) => {
      await new Promise((done) => { setTimeout(done, seconds * 1000); });
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById(element.id);
      if (found && !found.hasAttribute("data-turns")) element.replaceChildren(...found.childNodes);
      else if (seconds < 60) await ask(seconds * 1.5);
    };
    ask(1).catch((fault) => console.warn(`turning: ${fault.message}`));
  };

  // Characters: counted as the server counts them, by code point, a line end as one
  // A short answer is counted aloud only when it comes near its limit: a counter at every line would be noise.
  const startCounter = (area) => {
    const limit = Number(area.dataset.counter);
    const quiet = area.tagName === "INPUT" ? Math.max(5, limit / 5) : Infinity;
    const shown = document.createElement("p");
    shown.className = "gp-counter";
    area.after(shown);
    area.removeAttribute("maxlength");
    const count = () => {
      const left = limit - [...area.value.trim().normalize("NFC")].length;
      shown.textContent = words(left < 0 ? "Over" : "Under", { number: Math.abs(left), limit });
      shown.classList.toggle("gp-counter--over", left < 0);
      shown.hidden = left > quiet;
    };
    area.addEventListener("input", count);
    count();
  };

  // Totals while typing
  const { cents, euro } = window.amounts;

  const sumOf = (group) => {
    let total = 0n;
    for (const input of document.querySelectorAll(`[data-sum-group~="${group}"]`)) {
      total += cents(input.value) ?? 0n; // what cannot be read is no amount yet
    }
    return total;
  };

  // A rate in hundredths of a per cent on top, half a cent upwards; another group taken away
  const startTotal = (output) => {
    const { sumTotal: group, sumRate: rate, sumLess: less } = output.dataset;
    const add = () => {
      let total = sumOf(group);
      if (rate) total += (total * cents(rate) + 5000n) / 10000n;
      if (less) total -= sumOf(less);
      output.textContent = euro(total);
    };
    const heard = (event) => {
      if (!output.isConnected) document.removeEventListener("input", heard); // drawn anew
      else if (event.target.dataset?.sumGroup?.split(" ").some((one) => one === group || one === less)) add();
    };
    document.addEventListener("input", heard);
    add();
  };

  const sums = (place) => { for (const output of place.querySelectorAll("[data-sum-total]")) startTotal(output); };

  // A question before a step that cannot be taken back
  const startConfirm = (button) => {
    button.addEventListener("click", (event) => {
      if (!window.confirm(button.dataset.confirm)) event.preventDefault();
    });
  };

  // Leaving a page with something unsaved
  const dirty = new Set();
  const watchLeaving = () => {
    window.addEventListener("beforeunload", (event) => {
      if (dirty.size) event.preventDefault();
    });
  };

  const startWarning = (form) => {
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("submit", () => dirty.delete(form));
  };

  // What a form had brought when its sender was no longer signed in, put back into that form
  const startUnsent = (box) => {
    const kept = JSON.parse(document.getElementById(box.dataset.unsent).textContent);
    const form = [...document.forms].find((one) => !box.contains(one) && one.method === "post" && pathOf(one) === kept.action);
    const button = box.querySelector("[data-put-back]");
    button.hidden = !form;
    button.addEventListener("click", () => {
      for (const field of form.elements) putBack(field, kept.texts);
      for (let up = form; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
      form.querySelectorAll("details").forEach((one) => { one.open = true; });
      [...form.elements].find((one) => one.type !== "hidden")?.focus();
    });
  };
  const pathOf = (form) => new URL(form.getAttribute("action") || "", window.location.href).pathname;
  const putBack = (field, texts) => {
    const values = texts.filter(([name]) => name === field.name).map(([, value]) => value);
    if (!field.name || ["hidden", "file", "submit", "password"].includes(field.type)) return;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else if (field.type === "select-multiple") for (const one of field.options) one.selected = values.includes(one.value);
    else if (values.length) field.value = values[0];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // The SHA-256 of a file, calculated here: the file does not leave the browser
  const startHashing = (section) => {
    if (!window.crypto?.subtle) return;
    section.hidden = false;
    const said = section.querySelector("[data-hashed]");
    section.querySelector("input[type=file]").addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (!file) return;
      const bytes = new Uint8Array(await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      document.getElementById(section.dataset.hashFile).value = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
      said.textContent = said.dataset.said;
    });
  };

  // A question that depends on the answer to another: there while it is asked, with what was typed kept
  const startDepending = (field) => {
    const on = document.getElementById(field.dataset.onlyIf);
    const box = field.closest(".gp-field");
    const show = () => {
      const isAsked = on.value === field.dataset.onlyIfIs && !on.closest(".gp-field").hidden;
      if (box.hidden !== isAsked) return;
      box.hidden = !isAsked;
      field.dispatchEvent(new Event("asked"));
    };
    on.addEventListener("change", show);
    on.addEventListener("asked", show);
    show();
  };

  const focusSummary = (box) => box.focus();

  each("[data-clock]", showClock);
  each("[data-menu-button]", startMenu);
  each("[data-deadline]", countDown);
  each("[data-poll-url]", watchProgress);
  each("[data-turns]", startTurning);
  each("[data-counter]", startCounter);
  each("[data-sum-total]", startTotal);
  each("[data-confirm]", startConfirm);
  each("form[data-warn-unsaved]", startWarning);
  each("[data-hash-file]", startHashing);
  each("[data-unsent]", startUnsent);
  each("[data-only-if]", startDepending);
  each("[data-error-summary]", focusSummary);
  watchLeaving();

  window.page = { each, words, now, brussels, dirty, sums };
})();
