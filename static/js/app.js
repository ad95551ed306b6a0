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
        if (state.finished) {
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

  // Characters: counted as the server counts them, by code point, a line end as one
  const startCounter = (area) => {
    const limit = Number(area.dataset.counter);
    const shown = document.createElement("p");
    shown.className = "gp-counter";
    area.after(shown);
    area.removeAttribute("maxlength");
    const count = () => {
      const left = limit - [...area.value.trim().normalize("NFC")].length;
      shown.textContent = words(left < 0 ? "Over" : "Under", { number: Math.abs(left), limit });
      shown.classList.toggle("gp-counter--over", left < 0);
    };
    area.addEventListener("input", count);
    count();
  };

  // Totals while typing; in cents, because floats do not add up
  const cents = (text) => {
    let figures = text.replace(/[\s\u00a0\u202f'’€]/g, "");
    const last = Math.max(figures.lastIndexOf(","), figures.lastIndexOf("."));
    if (last < 0) return BigInt(figures || "0") * 100n;
    const whole = figures.slice(0, last).replace(/[.,]/g, "");
    const places = figures.slice(last + 1);
    return BigInt(whole || "0") * 100n + BigInt(`${places}00`.slice(0, 2));
  };

  const euro = (value) => {
    const figures = String(value).padStart(3, "0");
    const whole = figures.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
    return `EUR\u00a0${whole}.${figures.slice(-2)}`;
  };

  const startTotal = (output) => {
    const group = output.dataset.sumTotal;
    const add = () => {
      let total = 0n;
      for (const input of document.querySelectorAll(`[data-sum-group="${group}"]`)) {
        try {
          total += cents(input.value);
        } catch {
          continue; // not a number yet
        }
      }
      output.textContent = euro(total);
    };
    document.addEventListener("input", (event) => {
      if (event.target.dataset?.sumGroup === group) add();
    });
    add();
  };

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

  // Autosave: every five seconds after a change, and when the page is left. What was not acknowledged stays here.
  class Autosave {
    constructor(form) {
      this.form = form;
      this.shown = form.querySelector("[data-saved]");
      this.key = `unsent:${form.dataset.autosaveUrl}`;
      this.timer = null;
      this.stopped = false;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("submit", () => this.sent());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && dirty.has(form)) this.save();
      });
      this.offerBack();
    }

    texts() {
      const kept = {};
      for (const [name, value] of new FormData(this.form)) {
        if (typeof value === "string" && !["csrfmiddlewaretoken", "stamp"].includes(name)) {
          (kept[name] ||= []).push(value);
        }
      }
      return kept;
    }

    changed() {
      if (this.stopped) return;
      dirty.add(this.form);
      this.remember();
      this.timer ||= setTimeout(() => this.save(), 5000);
    }

    remember() {
      const kept = { at: now().toISOString(), texts: this.texts() };
      try {
        localStorage.setItem(this.key, JSON.stringify(kept));
      } catch {
        console.warn("autosave: this browser keeps nothing");
      }
    }

    sent() {
      clearTimeout(this.timer);
      this.stopped = true;
      dirty.delete(this.form);
    }

    async save() {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.stopped) return;
      const before = JSON.stringify(this.texts());
      this.say("saving", words("Saving"));
      try {
        const answer = await fetch(this.form.dataset.autosaveUrl, {
          method: "POST", body: new FormData(this.form), keepalive: false,
          headers: { "X-Autosave": "1", Accept: "application/json" },
        });
        if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) throw new Error("no answer");
        await this.understand(answer, before);
      } catch (fault) {
        this.failed(words("Failed"));
      }
    }

    async understand(answer, before) {
      const said = await answer.json();
      if (answer.ok) return this.acknowledged(said, before);
      if (answer.status === 409) {
        this.stopped = true;
        return this.say("failed", said.detail);
      }
      if (answer.status === 400) return this.say("failed", said.detail);
      throw new Error(String(answer.status));
    }

    acknowledged(said, before) {
      const stamp = this.form.elements.stamp;
      if (stamp && said.stamp !== undefined) stamp.value = said.stamp;
      if (JSON.stringify(this.texts()) === before) {
        dirty.delete(this.form);
        localStorage.removeItem(this.key);
      } else {
        this.timer ||= setTimeout(() => this.save(), 5000);
      }
      this.say("saved", words("Saved", { time: brussels.format(new Date(said.saved_at || now())) }));
    }

    failed(sentence) {
      this.say("failed", sentence);
      this.timer ||= setTimeout(() => this.save(), 5000);
    }

    say(state, sentence) {
      if (!this.shown) return;
      this.shown.className = `gp-saved gp-saved--${state}`;
      this.shown.textContent = sentence;
    }

    // After a crash or a lost session: what was typed and never reached the server can be taken back
    offerBack() {
      const kept = JSON.parse(localStorage.getItem(this.key) || "null");
      if (!kept || JSON.stringify(kept.texts) === JSON.stringify(this.texts())) {
        localStorage.removeItem(this.key);
        return;
      }
      const box = document.createElement("div");
      box.className = "ecl-notification ecl-notification--warning gp-notification";
      box.setAttribute("role", "status");
      const content = document.createElement("div");
      content.className = "ecl-notification__content";
      const sentence = document.createElement("p");
      sentence.textContent = words("Kept", { time: brussels.format(new Date(kept.at)) });
      content.append(sentence, this.choice(words("Restore"), box, () => this.restore(kept.texts)));
      content.append(this.choice(words("Discard"), box, () => localStorage.removeItem(this.key)));
      box.append(content);
      this.form.prepend(box);
    }

    choice(label, box, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "gp-button gp-button--secondary gp-button--small";
      button.textContent = label;
      button.addEventListener("click", () => { act(); box.remove(); });
      return button;
    }

    restore(texts) {
      for (const element of this.form.elements) {
        if (!element.name || ["file", "submit", "button"].includes(element.type)) continue;
        if (["csrfmiddlewaretoken", "stamp"].includes(element.name)) continue;
        const values = texts[element.name] || [];
        if (["checkbox", "radio"].includes(element.type)) element.checked = values.includes(element.value);
        else if (element.multiple) for (const one of element.options) one.selected = values.includes(one.value);
        else element.value = values.shift() ?? "";
      }
      this.form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const focusSummary = (box) => box.focus();

  each("[data-clock]", showClock);
  each("[data-menu-button]", startMenu);
  each("[data-deadline]", countDown);
  each("[data-poll-url]", watchProgress);
  each("textarea[data-counter]", startCounter);
  each("[data-sum-total]", startTotal);
  each("[data-confirm]", startConfirm);
  each("form[data-warn-unsaved]", startWarning);
  each("form[data-autosave-url]", (form) => new Autosave(form));
  each("[data-error-summary]", focusSummary);
  watchLeaving();
})();
