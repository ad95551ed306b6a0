/* Files that are dropped or chosen, sent one by one with a bar each. Without it the form sends them all at once.
   Each is judged by itself: what was taken in is attached, what was not stands with its sentence. Stands on app.js. */
(() => {
  "use strict";

  const { each, dirty } = window.page;

  class Sending {
    constructor(place) {
      this.place = place;
      this.form = place.querySelector("form");
      this.input = place.querySelector("input[type=file]");
      this.list = place.querySelector("[data-sent]");
      this.said = place.querySelector("[data-sent-said]");
      this.isUnderWay = false;
      place.querySelector("[data-drop-hint]").hidden = false;
      this.form.addEventListener("submit", (event) => this.submitted(event));
      // A file that misses the place would take the whole page away
      for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
      place.addEventListener("dragover", () => place.classList.add("gp-drop"));
      place.addEventListener("dragleave", () => place.classList.remove("gp-drop"));
      place.addEventListener("drop", (event) => this.dropped(event.dataTransfer.files));
    }

    dropped(files) {
      this.place.classList.remove("gp-drop");
      if (!files.length || this.isUnderWay) return;
      this.input.files = files;
      const kind = this.form.elements.kind;
      if (kind.value) this.form.requestSubmit();
      else {
        this.said.textContent = this.place.dataset.sayKind;
        kind.focus();
      }
    }

    submitted(event) {
      const files = [...this.input.files];
      if (!files.length || !this.form.elements.kind.value) return; // the server says what is missing
      event.preventDefault();
      if (!this.isUnderWay) this.sendAll(files);
    }

    async sendAll(files) {
      this.isUnderWay = true;
      this.list.replaceChildren();
      dirty.add(this.form);
      const lines = files.map((file) => this.line(file));
      let kept = 0;
      for (const [place, file] of files.entries()) {
        const isLast = place === files.length - 1;
        kept += await this.send(file, lines[place], isLast ? kept + 1 : 0);
      }
      this.isUnderWay = false;
      dirty.delete(this.form);
      this.input.value = "";
      if (kept === files.length) window.location.reload();
      else if (kept) await this.showAttached();
    }

    line(file) {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const state = document.createElement("span");
      name.className = "gp-files__name";
      name.textContent = file.name;
      bar.max = 100;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      item.append(name, " ", bar, " ", state);
      this.list.append(item);
      return { item, bar, state };
    }

    // 1 when it is attached, else 0 with its sentence; of `told` files the page speaks when it turns
    send(file, { item, bar, state }, told) {
      state.textContent = this.place.dataset.saySending;
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        const end = (kept, sentence) => {
          bar.remove();
          state.textContent = sentence;
          item.classList.toggle("gp-sent--refused", !kept);
          this.said.textContent = `${file.name}: ${sentence}`;
          done(kept ? 1 : 0);
        };
        request.open("POST", this.form.action);
        request.setRequestHeader("X-Upload", String(told));
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", (event) => { bar.value = event.lengthComputable ? 100 * event.loaded / event.total : 0; });
        request.addEventListener("error", () => end(false, this.place.dataset.sayLost));
        request.addEventListener("load", () => {
          if (!request.getResponseHeader("Content-Type")?.includes("json")) end(false, this.place.dataset[request.status === 200 ? "saySignedOut" : "sayBroken"]);
          else if (request.status === 201) end(true, this.place.dataset.sayKept);
          else end(false, JSON.parse(request.responseText).detail);
        });
        const body = new FormData();
        for (const name of ["csrfmiddlewaretoken", "kind"]) body.set(name, this.form.elements[name].value);
        body.set("file", file);
        request.send(body);
      });
    }

    // What was attached, drawn anew; the sentences on the others stay
    async showAttached() {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-attached]");
      if (found) document.querySelector("[data-attached]").replaceChildren(...found.childNodes);
      document.dispatchEvent(new CustomEvent("kept"));
    }
  }

  each("[data-drop]", (place) => new Sending(place));
})();
