/* A passkey is made, or shown, by the browser itself: what it says goes into the form, and the form is sent. */
(function () {
  "use strict";

  const options = document.getElementById("passkey-options");

  async function ask(form) {
    const said = await window.webauthnJSON[form.dataset.passkey](JSON.parse(options.textContent));
    form.elements.credential.value = JSON.stringify(said);
    form.submit();
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      ask(form).catch(function () {
        form.querySelector("[data-passkey-failed]").hidden = false;
      });
    });
  });
})();
