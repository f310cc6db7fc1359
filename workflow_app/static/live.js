// Tells the page to look again. The socket carries signals, never data; the server decides what is shown.
"use strict";
(() => {
  const POLL = 60000, QUIET = 300, LONGEST = 30000;
  const look = () => document.body.dispatchEvent(new CustomEvent("look"));
  let pending = 0, tries = 0;

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
    const socket = new WebSocket(`${scheme}//${location.host}/ws/live`);
    socket.onopen = () => { if (tries) soon(); tries = 0; tell(true); };
    socket.onmessage = () => { soon(); tell(true); };
    socket.onclose = (event) => {
      tell(false);
      if (event.code === 4401) return;
      tries += 1;
      setTimeout(connect, Math.random() * Math.min(LONGEST, 1000 * 2 ** tries));
    };
  };

  // What somebody is doing in the list is not swept away: a look waits while a control in it has the focus.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = event.detail.elt;
    const busy = document.activeElement;
    if (event.detail.requestConfig.triggeringEvent?.type === "look" && busy && list.contains(busy) && busy.matches("select, input")) {
      event.preventDefault();
      setTimeout(soon, 5000);
    }
  });

  // A replaced list keeps the focus where it was, as far as the control still exists; a refusal takes it.
  document.addEventListener("htmx:afterSwap", () => {
    const refusal = document.querySelector(".refusal");
    if (refusal) refusal.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const first = document.querySelector("#faults, .refusal");
    if (first) first.focus();
    if (!document.body.dataset.live || !document.getElementById("inbox")) return;
    connect();
    setInterval(() => { if (!document.hidden) look(); }, POLL * (0.9 + 0.2 * Math.random()));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  });

  // j and k walk through the list, Enter opens: only when nothing is being typed.
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    if (event.key !== "j" && event.key !== "k") return;
    const links = [...document.querySelectorAll("#inbox .acts a.btn")];
    const next = links[links.indexOf(document.activeElement) + (event.key === "j" ? 1 : -1)] || links[event.key === "j" ? 0 : links.length - 1];
    if (next) next.focus();
  });
})();
