// Keeps a form while it is being written; nothing leaves the page before it is known to be kept. Sends once.
"use strict";
(() => {
  const PAUSE = 1500, AGAIN = 3000;

  const guard = (form) => {
    const said = document.getElementById("saved");
    let timer = 0, kept = new URLSearchParams(new FormData(form)).toString(), going = false;

    const body = (what) => {
      const data = new FormData();
      for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "do") data.append(name, value);
      data.append("do", what);
      return data;
    };

    const say = (text, bad, link) => {
      said.textContent = text;
      said.classList.toggle("bad", Boolean(bad));
      if (link) {
        const a = document.createElement("a");
        a.href = said.dataset.signIn; a.target = "_blank"; a.rel = "noopener"; a.className = "btn btn-primary d-block mt-2"; a.textContent = said.dataset.signInWords;
        said.append(a);
      }
    };

    // Signing in again makes the page's own mark of origin stale: fetch the new one, leave what was typed alone.
    const renew = async () => {
      const page = await fetch(location.href, { credentials: "same-origin", redirect: "follow" });
      const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
      if (!found) return false;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = found.value; });
      return true;
    };

    const keep = async (again = true) => {
      const now = new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string")).toString();
      try {
        const answer = await fetch(location.href, { method: "POST", body: body("save"), credentials: "same-origin", redirect: "manual" });
        if (answer.ok) {
          kept = now;
          say(`${said.dataset.saved} ${(await answer.json()).at}`);
          return true;
        }
        if (answer.status === 403 && again && (await renew())) return keep(false);
        if (answer.status === 409 || answer.status === 410) return true;
        say(said.dataset.signedOut, true, true);
      } catch {
        say(said.dataset.offline, true);
        // The browser does not always tell that the network is back, and never that the server is.
        clearTimeout(timer);
        timer = setTimeout(keep, AGAIN);
      }
      return false;
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    };

    form.addEventListener("input", soon);
    window.addEventListener("online", () => keep());
    window.addEventListener("focus", () => { if (said.classList.contains("bad")) keep(); });
    form.addEventListener("submit", async (event) => {
      if (going) return;
      event.preventDefault();
      const button = event.submitter;
      clearTimeout(timer);
      if (!(await keep())) {
        said.scrollIntoView({ block: "center" });
        return;
      }
      going = true;
      form.requestSubmit(button || undefined);
      going = false;
    });
  };

  // A second press while the first is under way sends nothing; the server would answer both with the same receipt.
  const once = (form) => form.addEventListener("submit", (event) => {
    if (form.dataset.going) event.preventDefault();
    form.dataset.going = "1";
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-draft]").forEach(guard);
    document.querySelectorAll("form[data-once]").forEach(once);
    window.addEventListener("pageshow", () => document.querySelectorAll("form[data-once]").forEach((form) => { delete form.dataset.going; }));
    document.getElementById("faults")?.focus();
  });
})();
