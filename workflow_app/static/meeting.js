// The meeting while it is held: who is there, who has left, in which order they speak, and how the vote stands. It only helps
// while typing: everything is counted and judged again by the rules when it is saved.
"use strict";
(() => {
  const english = document.documentElement.lang.startsWith("en");
  const word = (zh, en) => (english ? en : zh);
  const field = (line, name) => line.querySelector(`[name$="-${name}"]`);
  const ticked = (line, name) => Boolean(field(line, name)?.checked);
  const name = (line) => field(line, "cadre").selectedOptions[0]?.textContent.replace(/（.*）/, "") || "";
  const lines = (box) => [...box.querySelectorAll(".row-list > .row-box")].filter((line) => field(line, "cadre")?.value);
  const voting = (box) => lines(box).filter((line) => ticked(line, "present") && !ticked(line, "recused"));
  const quorum = (there, due) => there * 3 >= due * 2 && due > 0;

  const chair = (there) => there.find((line) => ticked(line, "leader")) || there.find((line) => ticked(line, "stand_in"));
  const byOrder = (there) => [...there].sort((a, b) => (Number(field(a, "order").value) || 99) - (Number(field(b, "order").value) || 99));

  // The order as it stands, without gaps, the chair last.
  const number = (box, fresh) => {
    const there = voting(box), last = chair(there);
    const order = (fresh ? there : byOrder(there)).filter((line) => line !== last);
    [...order, ...(last ? [last] : [])].forEach((line, n) => { field(line, "order").value = n + 1; });
  };

  // Who is away or has left the room says nothing: the fields are emptied and closed.
  const seat = (box) => lines(box).forEach((line) => {
    const out = !ticked(line, "present") || ticked(line, "recused");
    line.classList.toggle("out", out);
    for (const what of ["order", "view", "vote"]) {
      const one = field(line, what);
      if (out) one.value = "";
      one.disabled = out;
    }
  });

  const count = (box) => {
    const there = voting(box), due = lines(box).length, votes = (what) => there.filter((line) => field(line, "vote").value === what).length;
    const agree = votes("agree"), no = votes("disagree"), later = votes("postpone"), open = there.length - agree - no - later;
    const result = agree * 2 > due ? "adopt" : no * 2 > due ? "reject" : "postpone";
    return { due, there, away: lines(box).filter((line) => ticked(line, "recused")), agree, no, later, open, need: Math.floor(due / 2) + 1, result };
  };

  const RESULTS = { adopt: ["通过", "adopted"], reject: ["不同意过半，不予通过", "rejected"], postpone: ["未过半，应当缓议或退回", "no majority"] };

  const show = (box) => {
    const out = box.querySelector("[data-tally]"), now = count(box), enough = quorum(now.there.length, now.due);
    out.hidden = false;
    out.classList.toggle("bad", !enough);
    const said = now.open ? word(`还有${now.open}人未表决`, `${now.open} still to vote`) : word(`按票数：${RESULTS[now.result][0]}`, `By the vote: ${RESULTS[now.result][1]}`);
    out.textContent = word(
      `应到${now.due}人，参加本案${now.there.length}人（${enough ? "达到" : "不足"}三分之二），回避${now.away.length}人。同意${now.agree}，不同意${now.no}，缓议${now.later}；通过须同意${now.need}票${now.agree >= now.need ? "，已过半数" : `，还差${now.need - now.agree}票`}。${said}。`,
      `Due ${now.due}, taking part ${now.there.length} (${enough ? "quorum" : "no quorum"}), recused ${now.away.length}. For ${now.agree}, against ${now.no}, postpone ${now.later}; ${now.need} needed. ${said}.`,
    );
  };

  // The minutes as far as they follow from what was entered; the secretary goes on from there.
  const minutes = (box) => {
    const now = count(box), form = box.closest("form"), day = form.querySelector("[name=held_on]").value, place = form.querySelector("[name=place]").value;
    const said = { agree: "同意", disagree: "不同意", postpone: "缓议" };
    const absent = lines(box).filter((line) => !ticked(line, "present")).map(name), head = chair(now.there);
    const views = byOrder(now.there).map((line) => `${name(line)}：${said[field(line, "view").value] || "未表态"}`);
    return [
      `${day}，${place}讨论本案。应到会成员${now.due}人，参加讨论${now.there.length}人${absent.length ? `，缺席${absent.length}人（${absent.join("、")}）` : ""}${now.away.length ? `；${now.away.map(name).join("、")}应当回避，在讨论前离场` : ""}。`,
      head ? `会议由${name(head)}主持，最后表态。` : "",
      `与会成员依次发表意见：${views.join("；")}。`,
      `表决：同意${now.agree}票，不同意${now.no}票，缓议${now.later}票。`,
    ].filter(Boolean).join("\n");
  };

  const setUp = (box) => {
    const all = () => { seat(box); show(box); };
    box.addEventListener("change", (event) => {
      const what = event.target.name?.split("-").pop(), line = event.target.closest(".row-box");
      if (what === "leader" && event.target.checked) lines(box).forEach((one) => { if (one !== line) field(one, "leader").checked = false; });
      if (what === "view" && !field(line, "vote").value) field(line, "vote").value = event.target.value;
      seat(box);
      if (["present", "recused", "leader", "stand_in"].includes(what)) number(box, false);
      show(box);
    });
    box.addEventListener("input", all);
    const press = (what, act) => {
      const button = box.querySelector(`[${what}]`);
      button.hidden = false;
      button.addEventListener("click", () => { act(); box.dispatchEvent(new Event("input", { bubbles: true })); });
    };
    press("data-all-present", () => { lines(box).forEach((line) => { field(line, "present").checked = true; }); seat(box); number(box, false); });
    press("data-number", () => number(box, true));
    press("data-rest-agree", () => voting(box).forEach((line) => { for (const what of ["view", "vote"]) if (!field(line, what).value) field(line, what).value = "agree"; }));
    const text = box.closest("form").querySelector("textarea[name=minutes]");
    if (text) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-primary mt-1", textContent: word("由以上记录生成纪要草稿", "Draft the minutes from what was entered") });
      button.addEventListener("click", () => { text.value = minutes(box); text.dispatchEvent(new Event("input", { bubbles: true })); text.focus(); });
      text.after(button);
    }
    all();
  };

  const attendance = (form) => {
    const out = form.querySelector("[data-quorum]");
    const show = () => {
      const due = form.querySelectorAll("[data-member]").length, there = form.querySelectorAll("[name=present]:checked").length, enough = quorum(there, due);
      out.hidden = false;
      out.classList.toggle("bad", !enough);
      out.textContent = word(`应到${due}人，到会${there}人，${enough ? "达到三分之二，可以开会" : "不足三分之二，表决无效"}。`, `Due ${due}, present ${there}: ${enough ? "quorum" : "no quorum"}.`);
    };
    form.addEventListener("change", show);
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll('.table-rows[data-rows="members"]').forEach(setUp);
    document.querySelectorAll("[data-meeting]").forEach(attendance);
  });
})();
