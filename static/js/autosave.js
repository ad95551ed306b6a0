/* Forms that save themselves: five seconds after a change, and when the page is left. One save is on its way at a time.
   A form with a field “drawn” sends single changes, each with what it was based on; another is sent as a whole.
   What the server has not acknowledged, to the letter, stays in this browser and is offered back. Stands on app.js. */
(() => {
  "use strict";

  const { each, words, now, brussels, dirty } = window.page;
  const { Memory, button, hidden, offer, putBack } = window.unsent;
  const OURS = ["csrfmiddlewaretoken", "stamp", "drawn", "unheard", "row"];
  const PAUSE = 5000;
  const PATIENCE = 20_000;
  const MOST_ON_LEAVING = 60_000; // bytes: a browser refuses more than 64 KB once the page is gone

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  class Autosave {
    constructor(form) {
      this.form = form;
      this.shown = form.querySelector("[data-saved]");
      this.memory = new Memory(form.dataset.autosaveUrl);
      this.drawn = form.elements.drawn ? JSON.parse(form.elements.drawn.value) : null;
      this.known = this.values();
      this.bases = { ...this.drawn };
      this.unheard = {};
      this.elsewhere = {}; // changes to rows that this page does not show
      this.savings = [];
      this.timer = this.flight = null;
      this.offered = {}; // what an earlier page left, as long as nobody has chosen
      this.halted = this.left = this.waits = false;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("submit", (event) => this.submitted(event));
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.save({ leaving: true });
      });
      window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
      form.querySelector("[data-discard]")?.addEventListener("click", (event) => this.discard(event));
      document.addEventListener("click", (event) => this.takenAlong(event));
      this.offerBack();
    }

    // what is on the page, and what of it is not acknowledged

    values() {
      const found = {};
      for (const { name, type } of this.form.elements) {
        if (!name || OURS.includes(name) || ["file", "submit", "button"].includes(type)) continue;
        if (!this.drawn || name in this.drawn) found[name] ||= [];
      }
      for (const [name, value] of new FormData(this.form)) {
        if (typeof value === "string" && name in found) found[name].push(value);
      }
      return found;
    }

    pending() {
      const changes = { ...this.elsewhere };
      for (const [name, value] of Object.entries(this.values())) {
        if (!same(value, this.known[name])) {
          changes[name] = { base: this.bases[name] ?? "", sent: [...(this.unheard[name] || [])], value };
        }
      }
      return changes;
    }

    changed() {
      if (this.left) return;
      this.waits = false;
      this.remember();
      this.later();
    }

    later() {
      if (!this.halted && !this.waits) this.timer ||= setTimeout(() => this.save({}), PAUSE);
    }

    remember() {
      const answers = this.pending();
      const isAny = Object.keys(answers).length > 0;
      if (isAny) dirty.add(this.form); else dirty.delete(this.form);
      this.memory.keep({ ...this.offered, ...answers });
      return isAny;
    }

    // saving

    save({ leaving = false }) {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.halted || this.left || this.flight) return this.flight;
      const changes = this.pending();
      if (!Object.keys(changes).length) return null;
      const body = this.drawn ? this.bodyOf(changes) : this.whole();
      this.say("saving", words("Saving"));
      for (const [name, { value }] of Object.entries(changes)) (this.unheard[name] ||= []).push(plain(value, this.bases[name]));
      this.remember();
      this.flight = this.send(body, changes, leaving && this.fits(changes)).finally(() => {
        this.flight = null;
        if (this.remember()) this.later();
      });
      return this.flight;
    }

    bodyOf(changes) {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      body.set("saving", crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`);
      body.set("changes", JSON.stringify(Object.entries(changes).map(([name, { base, sent, value }]) => (
        { name, base, sent, value: plain(value, base) }
      ))));
      return body;
    }

    // Files go with the button only: nobody wants a large one sent at every word
    whole() {
      const body = new FormData(this.form);
      for (const input of this.form.querySelectorAll("input[type=file]")) body.delete(input.name);
      return body;
    }

    // Larger ones go the ordinary way; what that does not bring home stays in this browser and is offered next time
    fits(changes) {
      const sent = this.drawn ? changes : this.values();
      return new Blob([JSON.stringify(sent)]).size < MOST_ON_LEAVING;
    }

    async send(body, changes, keepalive) {
      try {
        const answer = await fetch(this.form.dataset.autosaveUrl, {
          method: "POST", body, keepalive, redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
          headers: { "X-Autosave": "1", Accept: "application/json" },
        });
        await this.understand(answer, changes);
      } catch (fault) {
        console.warn(`autosave: ${fault.message}`);
        this.say("failed", words("Failed"));
      }
    }

    async understand(answer, changes) {
      if (answer.type === "opaqueredirect") return this.refused(changes, words("SignedOut"));
      if (answer.status === 403) return this.halt(changes, words("Reload"));
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(String(answer.status));
      const said = await answer.json();
      if (answer.ok) return this.acknowledged(said, changes);
      if (answer.status === 409) return this.halt(changes, said.detail);
      if (answer.status === 400) return this.refused(changes, said.detail, { waits: true });
      throw new Error(String(answer.status));
    }

    // A refusal was heard: nothing of it is on the server, and all of it stays in this browser
    refused(changes, sentence, { waits = false } = {}) {
      this.waits = waits; // for another word: the same would be refused again
      for (const name of Object.keys(changes)) this.unheard[name] = changes[name].sent;
      this.say("failed", sentence);
    }

    halt(changes, sentence) {
      this.refused(changes, sentence);
      this.halted = true;
    }

    acknowledged(said, changes) {
      const stamp = this.form.elements.stamp;
      if (stamp && said.stamp !== undefined) stamp.value = said.stamp;
      for (const [name, { value, base }] of Object.entries(changes)) {
        this.known[name] = value;
        this.bases[name] = plain(value, base);
        this.unheard[name] = [];
        delete this.elsewhere[name];
      }
      if (said.saving) this.mayUndo(said.saving);
      this.showTyped(said.typed || {});
      const kept = Object.keys(said.kept || {}).length ? words("KeptBoth", { labels: Object.values(said.kept).join(", ") }) : "";
      const time = brussels.format(new Date(said.saved_at || now()));
      this.say(kept ? "failed" : "saved", `${words("Saved", { time })} ${kept}`.trim());
      this.form.dispatchEvent(new CustomEvent("kept", { bubbles: true }));
    }

    showTyped(sentences) {
      for (const old of this.form.querySelectorAll("[data-typed]")) old.remove();
      for (const [name, sentence] of Object.entries(sentences)) {
        const element = this.form.elements[name];
        if (!element?.after) continue;
        const line = document.createElement("p");
        line.className = "gp-counter gp-counter--over";
        line.dataset.typed = name;
        line.textContent = sentence;
        element.after(line);
      }
    }

    // The button waits for the save on its way, then goes on from what was acknowledged
    submitted(event) {
      if (this.left) return;
      clearTimeout(this.timer);
      if (this.flight) {
        event.preventDefault();
        const { submitter } = event;
        this.flight.finally(() => this.form.requestSubmit(submitter));
        return;
      }
      this.remember();
      if (this.drawn) this.writeBases();
      this.left = true;
      dirty.delete(this.form);
    }

    // A link of the list beside the page: what was typed goes home first; what does not stays in this browser
    async takenAlong(event) {
      const link = event.target.closest?.("[data-side] a, .gp-along a");
      const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!link || !isPlain || !dirty.has(this.form) || link.pathname === window.location.pathname) return;
      event.preventDefault();
      await this.flight;
      await this.save({});
      window.location.assign(link.href);
    }

    writeBases() {
      for (const [name, { value, base }] of Object.entries(this.elsewhere)) {
        for (const one of value) this.form.append(hidden(name, one));
        this.bases[name] = base;
      }
      this.form.elements.drawn.value = JSON.stringify(this.bases);
      this.form.append(hidden("unheard", JSON.stringify(this.unheard)));
    }

    // going back

    mayUndo(saving) {
      this.savings.push(saving);
      if (this.undoButton || !this.shown) return;
      this.undoButton = button(words("Undo"), () => this.undoLast());
      this.shown.after(this.undoButton);
    }

    async undoLast() {
      await this.settle();
      if (await this.undo(this.savings.pop())) window.location.reload();
    }

    async discard(event) {
      event.preventDefault();
      await this.settle();
      this.left = true;
      for (const saving of this.savings.splice(0).reverse()) {
        if (!(await this.undo(saving))) return;
      }
      window.location.assign(event.target.closest("a").href);
    }

    // Nothing is saved from here on, and what was not saved is forgotten
    async settle() {
      this.halted = true;
      clearTimeout(this.timer);
      await this.flight;
      this.memory.forget();
      dirty.delete(this.form);
    }

    async undo(saving) {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      body.set("undo", saving);
      try {
        const answer = await fetch(this.form.dataset.autosaveUrl, { method: "POST", body, headers: { "X-Autosave": "1" } });
        if (answer.ok) return true;
        this.say("failed", (await answer.json()).detail);
      } catch (fault) {
        this.say("failed", words("NotUndone"));
        console.warn(`undo: ${fault.message}`);
      }
      return false;
    }

    // saying

    say(state, sentence) {
      if (!this.shown) return;
      this.shown.className = `gp-saved gp-saved--${state}`;
      this.shown.textContent = sentence;
    }

    // After a crash or a lost session: what was typed and never reached the server can be taken back
    offerBack() {
      const { at, answers } = this.memory.kept();
      const unsent = Object.entries(answers).filter(([name, { value, base }]) => (
        !same(value, this.known[name]) && !(this.drawn && same(plain(value, base), this.bases[name]))
      ));
      this.offered = Object.fromEntries(unsent);
      if (unsent.length) this.form.prepend(offer(at, (takes) => this.decided(takes)));
      else this.memory.forget();
    }

    decided(takes) {
      const answers = this.offered;
      this.offered = {};
      if (takes) this.restore(answers);
      else this.remember();
    }

    // Each answer on the base on which it was typed: what colleagues saved since is not written over
    restore(answers) {
      for (const [name, answer] of Object.entries(answers)) {
        const elements = [...this.form.elements].filter((one) => one.name === name);
        if (!elements.length) {
          this.elsewhere[name] = answer;
          continue;
        }
        this.bases[name] = answer.base;
        this.unheard[name] = answer.sent;
        const values = [...answer.value];
        for (const element of elements) putBack(element, values);
      }
      this.form.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // A list of codes travels as a list, anything else as its text
  const plain = (value, base) => (Array.isArray(base) ? value : value.join(", "));

  each("form[data-autosave-url]", (form) => { if (form.dataset.autosaveUrl) new Autosave(form); });
})();
