// Says, while weights are typed, what they add up to. The server checks again.
"use strict";
for (const part of document.querySelectorAll("[data-sum]")) {
  const said = part.querySelector(".sum");
  const tell = () => {
    let cents = 0;
    for (const one of part.querySelectorAll("[data-weight]")) cents += Math.round(100 * (parseFloat(one.value) || 0));
    const right = cents === 10000;
    said.textContent = `${said.dataset.said} ${cents / 100}%` + (right ? "" : ` · ${said.dataset.short}`);
    said.classList.toggle("off", !right);
  };
  part.addEventListener("input", tell);
  tell();
}
