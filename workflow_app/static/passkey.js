// Keys and passkeys (WebAuthn): the page carries the question as JSON, the browser asks the person, the answer is sent with the form.
"use strict";
(() => {
  const able = Boolean(window.PublicKeyCredential && navigator.credentials);
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
    return Uint8Array.from(plain, (one) => one.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const listed = (all) => (all || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const question = (asked) => {
    const key = { ...asked.publicKey, challenge: bytes(asked.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    if (key.allowCredentials) key.allowCredentials = listed(key.allowCredentials);
    if (key.excludeCredentials) key.excludeCredentials = listed(key.excludeCredentials);
    return { publicKey: key };
  };

  const answer = (found) => {
    const told = { clientDataJSON: text(found.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) told[name] = text(found.response[name]);
    }
    if (found.response.getTransports) told.transports = found.response.getTransports();
    return { id: found.id, rawId: text(found.rawId), type: found.type, response: told, clientExtensionResults: found.getClientExtensionResults() };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button"), said = form.querySelector("[role=alert]");
    const ask = async () => {
      said.hidden = true;
      button.disabled = true;
      try {
        const asked = question(JSON.parse(form.dataset.options));
        const found = form.dataset.passkey === "create" ? await navigator.credentials.create(asked) : await navigator.credentials.get(asked);
        form.elements.credential.value = JSON.stringify(answer(found));
        form.submit();
      } catch {
        said.hidden = false;
        button.disabled = false;
      }
    };
    if (able) form.hidden = false;
    else button.disabled = true;
    button.addEventListener("click", ask);
    form.addEventListener("submit", (event) => { event.preventDefault(); if (able) ask(); });
  }
  const missing = document.querySelector("[data-passkey-missing]");
  if (missing && !able) missing.hidden = false;
})();
