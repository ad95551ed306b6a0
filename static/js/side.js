/* The list of parts beside the pages of a proposal: it follows what is saved, and its links take along what was typed.
   Without it the list says how things stood when the page was drawn. Stands on app.js and autosave.js. */
(() => {
  "use strict";

  const { each, sums } = window.page;

  // Beside a wide page the list is open, which not every browser can be told by style alone
  const wide = window.matchMedia("(min-width: 64rem)");
  const unfold = (fold) => {
    fold.open = wide.matches;
    wide.addEventListener("change", () => { fold.open = wide.matches; });
  };

  // What follows from a save, put in the place of what the page said before
  const exchange = (fresh) => {
    for (const one of fresh.querySelectorAll("[data-fresh]")) {
      const old = document.getElementById(one.id);
      if (old) put(old, document.importNode(one, true));
    }
  };

  const put = (old, one) => {
    const held = old.contains(document.activeElement) ? place(old, document.activeElement) : null;
    const open = [...old.querySelectorAll("details")].map((fold) => fold.open);
    old.replaceChildren(...one.childNodes);
    const folds = [...old.querySelectorAll("details")];
    if (folds.length === open.length) folds.forEach((fold, at) => { fold.open = open[at]; });
    else if (folds[0] && open[0]) folds[0].open = true;
    if (held) [...old.querySelectorAll(held.selector)].at(held.at)?.focus();
    sums(old);
  };

  const place = (old, element) => {
    const selector = element.tagName.toLowerCase();
    return { selector, at: [...old.querySelectorAll(selector)].indexOf(element) };
  };

  let asking = null;
  const refresh = async () => {
    const answer = await fetch(window.location.pathname, { headers: { "X-Fresh": "1", Accept: "text/html" }, redirect: "manual" });
    if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
  };

  document.addEventListener("kept", () => {
    if (!document.querySelector("[data-fresh]")) return;
    asking = (asking || Promise.resolve()).then(refresh).catch((fault) => console.warn(`side: ${fault.message}`));
  });

  each(".gp-side__fold", unfold);
})();
