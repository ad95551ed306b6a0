/* What was typed and never reached the server: kept in this browser for its person, offered back, forgotten at sign-out. */
(() => {
  "use strict";

  const { each, words, now, brussels } = window.page;
  let isOver = false; // signed out: what is typed from here on is nobody's
  const person = document.body.dataset.person || "";

  class Memory {
    constructor(address) {
      this.key = `unsent:${person}:${address}`;
    }

    // {name: {base, sent, value}}
    keep(answers) {
      if (isOver || !Object.keys(answers).length) return this.forget();
      try {
        return localStorage.setItem(this.key, JSON.stringify({ at: now().toISOString(), answers }));
      } catch (fault) {
        return console.warn(`unsent: this browser keeps nothing (${fault.message})`);
      }
    }

    kept() {
      return { answers: {}, ...JSON.parse(localStorage.getItem(this.key) || "null") };
    }

    forget() {
      localStorage.removeItem(this.key);
    }
  }

  const button = (label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "gp-button gp-button--secondary gp-button--small";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  };

  const hidden = (name, value) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    return input;
  };

  const offer = (at, decided) => {
    const box = document.createElement("div");
    box.className = "ecl-notification ecl-notification--warning gp-notification";
    box.setAttribute("role", "status");
    const content = document.createElement("div");
    content.className = "ecl-notification__content";
    const sentence = document.createElement("p");
    sentence.textContent = words("Kept", { time: brussels.format(new Date(at)) });
    const choices = document.createElement("div");
    choices.className = "gp-actions";
    const choice = (label, takes) => button(label, () => { box.remove(); decided(takes); });
    choices.append(choice(words("Restore"), true), choice(words("Discard"), false));
    content.append(sentence, choices);
    box.append(content);
    return box;
  };

  // One element of the answer's name after the other takes its values
  const putBack = (element, values) => {
    if (["checkbox", "radio"].includes(element.type)) {
      element.checked = values.includes(element.value);
    } else if (element.multiple) {
      for (const one of element.options) one.selected = values.includes(one.value);
    } else {
      element.value = values.shift() ?? "";
    }
  };

  // The next person at this browser finds nothing of this one
  const forgetAll = (form) => form.addEventListener("submit", () => {
    isOver = true;
    for (const key of Object.keys(localStorage)) if (key.startsWith("unsent:")) localStorage.removeItem(key);
  });

  each("form[data-sign-out]", forgetAll);

  window.unsent = { Memory, button, hidden, offer, putBack };
})();
