/* How a typed amount is read: the same as core/amounts.py reads it. tests/cases/amounts.csv is run against both. */
(() => {
  "use strict";

  const GROUPED = /^\d{1,3}([ .,])\d{3}(?:\1\d{3})*(?:([.,])\d{1,2})?$/;
  const PLAIN = /^\d*(?:[.,]\d{1,2})?$/;

  const figuresIn = (text) => text
    .trim()
    .replace(/^(?:€|EUR)\s*/i, "")
    .replace(/\s*(?:€|EUR)$/i, "")
    .replace(/([.,])(?:-{1,2}|[–—])$/, (_, mark) => `${mark}00`)
    .replace(/[\u00a0\u2009\u202f'’]/g, " ")
    .trim()
    .replace(/^\+/, "");

  const isGrouped = (figures) => {
    const found = figures.match(GROUPED);
    if (!found || found[1] === found[2]) return false;
    const isAmbiguous = /^\d{1,3}[.,]\d{3}$/.test(figures);
    return !isAmbiguous;
  };

  // In cents, because floats do not add up; null for what is empty or cannot be read as one amount
  const cents = (text) => {
    const figures = figuresIn(text);
    if (!/\d/.test(figures) || !(PLAIN.test(figures) || isGrouped(figures))) return null;
    const [, whole, places] = figures.match(/^(.*?)(?:[.,](\d{1,2}))?$/);
    const value = BigInt(whole.replace(/[ .,]/g, "") || "0") * 100n + BigInt(`${places || ""}00`.slice(0, 2));
    return value < 10n ** 14n ? value : null;
  };

  const euro = (value) => {
    const figures = String(value < 0n ? -value : value).padStart(3, "0");
    const whole = figures.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
    const nothing = document.documentElement.dataset.sayNothing || "EUR\u00a00.00"; // as this page writes amounts
    const [zero, mark] = nothing.match(/0(\D)00/);
    return nothing.replace(zero, () => `${value < 0n ? "-" : ""}${whole}${mark}${figures.slice(-2)}`);
  };

  window.amounts = { cents, euro };
})();
