// Rows of a form: add and remove; the checklist ticks what is filled in; the vote is counted as it is typed.
"use strict";
(() => {
  const english = document.documentElement.lang.startsWith("en");
  const word = (zh, en) => (english ? en : zh);

  const renumber = (box) => {
    const name = box.dataset.rows, lines = [...box.querySelectorAll(".row-list > .row-box")];
    lines.forEach((line, n) => {
      line.querySelector(".row-no").textContent = n + 1;
      line.setAttribute("aria-label", `${box.querySelector("legend").textContent.trim()} ${n + 1}`);
      line.querySelectorAll("[name], [id], [for], [aria-describedby], [hx-params]").forEach((node) => {
        for (const key of ["name", "id", "for", "aria-describedby", "hx-params"]) {
          const value = node.getAttribute(key);
          if (value) node.setAttribute(key, value.replace(new RegExp(`(^|id_| id_)${name}-(\\d+|__prefix__)-`, "g"), `$1${name}-${n}-`));
        }
      });
    });
    const total = box.querySelector(`[name="${name}-TOTAL_FORMS"]`), initial = box.querySelector(`[name="${name}-INITIAL_FORMS"]`);
    total.value = lines.length;
    if (Number(initial.value) > lines.length) initial.value = lines.length;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const removable = (box, line) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-link";
    button.textContent = word("删除", "Remove");
    button.addEventListener("click", () => {
      const next = line.nextElementSibling || line.previousElementSibling;
      line.remove();
      renumber(box);
      (next?.querySelector("input, select, textarea") || box.querySelector("[data-add]")).focus();
    });
    (line.querySelector("[data-remove]") || line).append(button);
  };

  const setUp = (box) => {
    const list = box.querySelector(".row-list"), add = box.querySelector("[data-add]"), blank = box.querySelector("template");
    list.querySelectorAll(".row-box").forEach((line) => removable(box, line));
    add.hidden = false;
    add.addEventListener("click", () => {
      list.append(blank.content.cloneNode(true));
      const line = list.lastElementChild;
      removable(box, line);
      renumber(box);
      window.htmx?.process(line);
      line.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  };

  const filled = (form, anchor) => {
    const place = document.getElementById(anchor);
    if (!place) return false;
    if (place.matches("input, select, textarea")) return place.type === "checkbox" ? place.checked : place.value.trim() !== "";
    if (place.matches("[data-rows]")) {
      const lines = [...place.querySelectorAll(".row-list > .row-box")];
      const typed = (line) => [...line.querySelectorAll("input:not([type=hidden]), select, textarea")].some((f) => (f.type === "checkbox" || f.type === "radio" ? f.checked : f.value.trim()));
      const least = Number(place.querySelector('[name$="-MIN_NUM_FORMS"]').value);
      return lines.filter(typed).length >= Math.max(least, 1);
    }
    return [...place.querySelectorAll("input")].some((f) => f.checked);
  };

  const tick = (form) => {
    document.querySelectorAll("[data-checklist] [data-for]").forEach((line) => {
      line.classList.toggle("done", filled(form, line.dataset.for));
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-rows]").forEach(setUp);
    document.querySelectorAll("form[data-check]").forEach((form) => {
      const all = () => tick(form);
      form.addEventListener("input", all);
      form.addEventListener("change", all);
      all();
      let changed = false;
      form.addEventListener("input", (event) => { changed = changed || event.isTrusted; });
      form.addEventListener("submit", () => { changed = false; });
      window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
    });
    // A file that was taken in at once need not come along a second time.
    document.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt.matches("input[type=file]")) event.detail.elt.value = "";
    });
    // Ctrl+Enter goes on to the preview.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("form[data-check]")?.requestSubmit(document.querySelector('form[data-check] [value="preview"]') || undefined);
    });
  });
})();
