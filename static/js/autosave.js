/* Forms that save themselves: five seconds after a change, and when the page is left.
   What the server has not acknowledged stays in this browser and is offered back. Stands on app.js. */
(() => {
  "use strict";

  const { each, words, now, brussels, dirty } = window.page;
  const OURS = ["csrfmiddlewaretoken", "stamp"];
  const PAUSE = 5000;

  class Autosave {
    constructor(form) {
      this.form = form;
      this.shown = form.querySelector("[data-saved]");
      this.key = `unsent:${form.dataset.autosaveUrl}`;
      this.timer = null;
      this.stopped = false;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("submit", () => this.submitted());
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && dirty.has(form)) this.save({ leaving: true });
      });
      this.offerBack();
    }

    get stamp() {
      return this.form.elements.stamp?.value ?? "";
    }

    texts() {
      const kept = {};
      for (const [name, value] of new FormData(this.form)) {
        if (typeof value === "string" && !OURS.includes(name)) (kept[name] ||= []).push(value);
      }
      return kept;
    }

    changed() {
      if (this.stopped) return;
      dirty.add(this.form);
      this.remember({});
      this.later();
    }

    later() {
      this.timer ||= setTimeout(() => this.save({}), PAUSE);
    }

    remember({ submitted = false }) {
      const kept = { at: now().toISOString(), texts: this.texts(), stamp: this.stamp, submitted };
      try {
        localStorage.setItem(this.key, JSON.stringify(kept));
      } catch (fault) {
        console.warn(`autosave: this browser keeps nothing (${fault.message})`);
      }
    }

    submitted() {
      if (dirty.has(this.form)) this.remember({ submitted: true });
      clearTimeout(this.timer);
      this.stopped = true;
      dirty.delete(this.form);
    }

    // Files go with the button only: nobody wants a large one sent at every word
    body() {
      const body = new FormData(this.form);
      for (const input of this.form.querySelectorAll("input[type=file]")) body.delete(input.name);
      return body;
    }

    async save({ leaving = false }) {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.stopped) return;
      const before = JSON.stringify(this.texts());
      this.say("saving", words("Saving"));
      try {
        const answer = await fetch(this.form.dataset.autosaveUrl, {
          method: "POST", body: this.body(), keepalive: leaving, redirect: "manual",
          headers: { "X-Autosave": "1", Accept: "application/json" },
        });
        await this.understand(answer, before);
      } catch (fault) {
        console.warn(`autosave: ${fault.message}`);
        this.failed(words("Failed"));
      }
    }

    async understand(answer, before) {
      if (answer.type === "opaqueredirect") return this.failed(words("SignedOut"));
      if (answer.status === 403) return this.end(words("Reload"));
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
      const said = await answer.json();
      if (answer.ok) return this.acknowledged(said, before);
      if (answer.status === 409) return this.end(said.detail);
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
        this.later();
      }
      this.say("saved", words("Saved", { time: brussels.format(new Date(said.saved_at || now())) }));
    }

    failed(sentence) {
      this.say("failed", sentence);
      this.later();
    }

    end(sentence) {
      this.stopped = true;
      this.say("failed", sentence);
    }

    say(state, sentence) {
      if (!this.shown) return;
      this.shown.className = `gp-saved gp-saved--${state}`;
      this.shown.textContent = sentence;
    }

    // After a crash or a lost session: what was typed and never reached the server can be taken back
    offerBack() {
      const kept = JSON.parse(localStorage.getItem(this.key) || "null");
      if (!kept) return;
      const arrived = kept.submitted && kept.stamp !== this.stamp;
      if (arrived || JSON.stringify(kept.texts) === JSON.stringify(this.texts())) {
        localStorage.removeItem(this.key);
        return;
      }
      this.form.prepend(this.offer(kept));
    }

    offer(kept) {
      const box = document.createElement("div");
      box.className = "ecl-notification ecl-notification--warning gp-notification";
      box.setAttribute("role", "status");
      const content = document.createElement("div");
      content.className = "ecl-notification__content";
      const sentence = document.createElement("p");
      sentence.textContent = words("Kept", { time: brussels.format(new Date(kept.at)) });
      const choices = document.createElement("div");
      choices.className = "gp-actions";
      choices.append(
        this.choice(words("Restore"), box, () => this.restore(kept.texts)),
        this.choice(words("Discard"), box, () => localStorage.removeItem(this.key)),
      );
      content.append(sentence, choices);
      box.append(content);
      return box;
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
        if (!element.name || OURS.includes(element.name)) continue;
        if (["file", "submit", "button"].includes(element.type)) continue;
        putBack(element, texts[element.name] || []);
      }
      this.form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  const putBack = (element, values) => {
    if (["checkbox", "radio"].includes(element.type)) {
      element.checked = values.includes(element.value);
    } else if (element.multiple) {
      for (const one of element.options) one.selected = values.includes(one.value);
    } else {
      element.value = values.shift() ?? "";
    }
  };

  each("form[data-autosave-url]", (form) => new Autosave(form));
})();
