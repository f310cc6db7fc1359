// Tells the page to look again. The socket carries signals, never data; the server decides what is shown.
"use strict";
(() => {
  const POLL = 60000, QUIET = 300, LONGEST = 30000;
  const look = () => document.body.dispatchEvent(new CustomEvent("look"));
  let pending = 0, tries = 0, seen = "";

  // Several acts in a burst are one look; the delay is spread so that many pages do not ask at the same moment.
  const soon = () => {
    if (pending) return;
    pending = setTimeout(() => { pending = 0; look(); }, QUIET * (0.5 + Math.random()));
  };

  const tell = (on) => {
    const place = document.getElementById("live");
    if (!place) return;
    const time = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    const words = document.documentElement.lang.startsWith("en") ? [`Live · ${time}`, "Updates every minute"] : [`实时 · ${time} 更新`, "每分钟更新"];
    place.textContent = on ? `● ${words[0]}` : `○ ${words[1]}`;
    place.classList.toggle("off", !on);
  };

  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    // Told what was seen last, the server says whether anything was missed meanwhile.
    const socket = new WebSocket(`${scheme}//${location.host}/ws/live${seen ? `?after=${seen}` : ""}`);
    socket.onopen = () => { if (tries && !seen) soon(); tries = 0; tell(true); };
    socket.onmessage = (event) => { seen = JSON.parse(event.data).v || seen; soon(); tell(true); };
    socket.onclose = (event) => {
      tell(false);
      if (event.code === 4401) return;
      tries += 1;
      setTimeout(connect, Math.random() * Math.min(LONGEST, 1000 * 2 ** tries));
    };
  };

  // What somebody is doing in the list is not swept away: a look waits while a control in it is in use, ticks are
  // set again, and the answer to an act stays until the next act. A look that an act has overtaken is dropped.
  let acts = 0, kept = null;
  const looks = new WeakMap(), answers = new WeakSet();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const type = event.detail.requestConfig.triggeringEvent?.type;
    if (!type) return;
    if (type !== "look") {
      acts += 1;
      answers.add(event.detail.xhr);
      return;
    }
    const list = event.detail.elt, busy = document.activeElement;
    const typed = document.getElementById("bulk-reason")?.value;
    if (typed || (list.contains(busy) && busy.matches("select, input:not([name=item])"))) {
      event.preventDefault();
      setTimeout(soon, 5000);
    } else looks.set(event.detail.xhr, acts);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    kept = null;
    if (!looks.has(xhr)) return;
    if (looks.get(xhr) !== acts) {
      event.detail.shouldSwap = false;
      soon();
      return;
    }
    const answer = target.querySelector(".results, .refusal");
    kept = { answer, focused: answer === document.activeElement, ticks: [...target.querySelectorAll('input[name="item"]:checked')].map((tick) => tick.id) };
  });

  // A replaced list keeps the focus where it was, as far as the control still exists; the answer to an act takes it.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (answers.has(event.detail.xhr)) document.querySelector(".refusal, .results")?.focus();
    if (!kept) return;
    kept.ticks.forEach((id) => { const tick = document.getElementById(id); if (tick && !tick.disabled) tick.checked = true; });
    if (kept.answer) document.getElementById("inbox")?.prepend(kept.answer);
    if (kept.focused) kept.answer.focus();
    kept = null;
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const row of document.querySelectorAll(".map, .ribbon")) {
      const now = row.querySelector(".now")?.getBoundingClientRect();
      if (now) row.scrollLeft = now.left - row.getBoundingClientRect().left - row.clientWidth / 2 + now.width / 2;
    }
    const first = document.querySelector("#faults, .refusal");
    if (first) first.focus();
    if (!document.body.dataset.live) return;
    connect();
    setInterval(() => { if (!document.hidden) look(); }, POLL * (0.9 + 0.2 * Math.random()));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  });

  // Keys of the list, only while nothing is being typed: j and k walk, Enter opens, c claims, r releases, x ticks.
  const rowOf = (node) => node?.closest?.("#inbox tbody tr");
  const step = (by) => {
    const rows = [...document.querySelectorAll("#inbox tbody tr")];
    const at = rows.indexOf(rowOf(document.activeElement));
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    (next?.querySelector(".acts a.btn") || next?.querySelector("td a"))?.focus();
  };
  const press = (what) => rowOf(document.activeElement)?.querySelector(what)?.click();
  const keys = { j: () => step(1), k: () => step(-1), c: () => press("[data-claim]"), r: () => press("[data-release]"), x: () => press(".tick-col input") };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (document.getElementById("inbox")) keys[event.key]?.();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    document.querySelectorAll('#inbox input[name="item"]:enabled').forEach((tick) => { tick.checked = event.target.checked; });
  });
})();
