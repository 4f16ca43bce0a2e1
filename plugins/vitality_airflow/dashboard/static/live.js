// Every 5 seconds, while the page can be seen: ask for it again, and replace what has changed, so that whatever the
// reader holds (the focus, an open <details>, a scrolled table, what is typed) stays in their hands.
"use strict";
(() => {
  const PERIOD = 5000, PATIENCE = 15000;
  const line = document.querySelector(".live");
  const state = document.getElementById("live-state");
  const pause = document.getElementById("live-pause");
  if (!line) return;
  const time = (when) => when.toLocaleTimeString([], { hour12: false });
  const say = (text, failing) => {
    if (state.textContent !== text) state.textContent = text;
    line.classList.toggle("failing", failing);
  };
  let paused = false, heard = new Date(), before = new Map(), timer = 0;
  for (const part of document.querySelectorAll("[data-live]")) before.set(part.dataset.live, part.innerHTML);

  const inUse = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  const mark = (part, index) => part.id || part.dataset.key || `${part.tagName}${index}`;
  const name = (one) => one.id || one.dataset.key || one.getAttribute("href") || one.getAttribute("aria-label")
    || (one.tagName === "SUMMARY" ? `summary of ${one.parentElement.id}` : "");
  const reachable = (part) => [...part.querySelectorAll("a, button, [tabindex], summary")];
  const kept = (part) => {
    const all = (pick) => [...part.querySelectorAll(pick)];
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    return {
      open: all("details").map((one, n) => [mark(one, n), one.open]),
      scrolled: all(".wide").map((one) => [one.scrollLeft, one.scrollTop]),
      focus: focused ? [name(focused), reachable(part).indexOf(focused)] : null,
    };
  };
  const giveBack = (part, was) => {
    const open = new Map(was.open);
    part.querySelectorAll("details").forEach((one, n) => { one.open = open.get(mark(one, n)) ?? one.open; });
    part.querySelectorAll(".wide").forEach((one, n) => {
      if (was.scrolled[n]) [one.scrollLeft, one.scrollTop] = was.scrolled[n];
    });
    if (!was.focus) return;
    const [called, place] = was.focus, now = reachable(part);
    (now.find((one) => called && name(one) === called) ?? now[place])?.focus({ preventScroll: true });
  };
  const replace = (fresh) => {
    const parts = new Map([...fresh.querySelectorAll("[data-live]")].map((one) => [one.dataset.live, one]));
    for (const part of document.querySelectorAll("[data-live]")) {
      const key = part.dataset.live, next = parts.get(key);
      if (!next || before.get(key) === next.innerHTML || inUse(part)) continue;
      const was = kept(part);
      before.set(key, next.innerHTML);
      part.replaceChildren(...document.adoptNode(next).childNodes);
      giveBack(part, was);
      part.dispatchEvent(new CustomEvent("live:replaced", { bubbles: true }));
    }
  };
  const ask = async () => {
    clearTimeout(timer);
    try {
      const framed = document.documentElement.dataset.framed === "yes" ? { "X-Framed": "iframe" } : {};
      const options = { headers: { "X-Live": "1", ...framed }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
      const answer = await fetch(location.href.split("#")[0], options);
      if (answer.status === 401) { say("You are not logged in any more: log in to Airflow, and open this page again", true); return; }
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (paused) return;
      replace(fresh);
      heard = new Date();
      say(`Updated ${time(heard)}`, false);
    } catch {
      if (!paused) say(`No answer since ${time(heard)}`, true);
    }
    if (!paused && !document.hidden) timer = setTimeout(ask, PERIOD);
  };
  pause.addEventListener("click", () => {
    paused = !paused;
    pause.textContent = paused ? "Go on with updates" : "Pause updates";
    if (paused) { clearTimeout(timer); say(`Paused at ${time(new Date())}`, false); } else ask();
  });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!paused && !document.hidden) ask();
  });
  // A screen reader is told when updating stops or fails, not every five seconds that it goes well.
  state.setAttribute("aria-live", "off");
  new MutationObserver(() => state.setAttribute("aria-live", paused || line.classList.contains("failing") ? "polite" : "off"))
    .observe(line, { attributes: true, attributeFilter: ["class"] });
  line.hidden = false;
  say(`Updated ${time(heard)}`, false);
  if (!document.hidden) timer = setTimeout(ask, PERIOD);
})();
