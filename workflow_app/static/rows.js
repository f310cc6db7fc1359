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
      line.querySelectorAll("[name], [id], [for], [aria-describedby]").forEach((node) => {
        for (const key of ["name", "id", "for", "aria-describedby"]) {
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
    line.append(button);
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

  // Only to help while typing: the vote is counted and judged again by the rules when it is saved.
  const count = (box) => {
    const out = box.querySelector("[data-tally]");
    if (!out) return;
    const value = (line, name) => line.querySelector(`[name$="-${name}"]`);
    const lines = [...box.querySelectorAll(".row-list > .row-box")].filter((line) => value(line, "cadre")?.value);
    const there = lines.filter((line) => value(line, "present")?.checked);
    const away = lines.filter((line) => value(line, "recused")?.checked);
    const voting = there.filter((line) => !value(line, "recused")?.checked);
    const votes = (what) => voting.filter((line) => value(line, "vote")?.value === what).length;
    const due = lines.length, quorum = there.length * 3 >= due * 2 && due > 0, agree = votes("agree"), need = Math.floor(due / 2) + 1;
    out.hidden = false;
    out.classList.toggle("bad", !quorum);
    out.textContent = word(
      `应到${due}人，到会${there.length}人（${quorum ? "达到" : "不足"}三分之二），回避${away.length}人；同意${agree}，不同意${votes("disagree")}，缓议${votes("postpone")}；通过须同意${need}票${agree >= need ? "，已过半数" : `，还差${need - agree}票`}。`,
      `Due ${due}, present ${there.length} (${quorum ? "quorum" : "no quorum"}), recused ${away.length}; for ${agree}, against ${votes("disagree")}, postpone ${votes("postpone")}; ${need} needed.`,
    );
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-rows]").forEach(setUp);
    document.querySelectorAll("form[data-check]").forEach((form) => {
      const all = () => { tick(form); form.querySelectorAll("[data-rows]").forEach(count); };
      form.addEventListener("input", all);
      form.addEventListener("change", all);
      all();
      let changed = false;
      form.addEventListener("input", (event) => { changed = changed || event.isTrusted; });
      form.addEventListener("submit", () => { changed = false; });
      window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
    });
    // Ctrl+Enter goes on to the preview.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) document.querySelector("form[data-check]")?.requestSubmit(document.querySelector('form[data-check] [value="preview"]') || undefined);
    });
  });
})();
