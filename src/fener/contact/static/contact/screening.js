// Keeps asking when the line drops. Without this file every answer is an ordinary form; with it, answers that could not be
// sent wait in this tab only (they go when it is closed: somebody else may hold the phone next) and are sent in their order.
(() => {
  const SETTLE = 600; // milliseconds in which a second press is a slip of the finger, and no answer to the next question
  const RETRY = 5000; // milliseconds between two attempts to send what waits
  const PATIENCE = 3; // how often an answer that was sent with an old page's token is sent again with a new one

  const root = document.querySelector("[data-screening]");
  const form = root && root.querySelector("[data-screening-form]");
  if (!form || !window.fetch || !window.sessionStorage) return;
  const status = root.querySelector("[data-screening-status]");
  const part = (name) => root.querySelector(`[data-screening-${name}]`);
  const key = "fener-screening-" + new URL(form.action).pathname.split("/")[2];
  const ahead = [...root.querySelectorAll("[data-screening-ahead]")];

  const waiting = () => {
    try { return JSON.parse(sessionStorage.getItem(key)) || []; } catch { return []; }
  };
  const store = (queue) => {
    if (queue.length) sessionStorage.setItem(key, JSON.stringify(queue));
    else sessionStorage.removeItem(key);
  };
  const say = (words) => { status.textContent = words || ""; };

  const send = (entry) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("answer", entry.answer);
    return fetch(entry.action, { method: "POST", body, credentials: "same-origin", redirect: "follow" });
  };

  // Sends what waits, oldest first. Returns the address to go on at, or null while the line is down.
  const flush = async () => {
    let next = null;
    for (let queue = waiting(); queue.length; queue = waiting()) {
      const [entry, ...rest] = queue;
      let response;
      try { response = await send(entry); } catch { return null; }
      if (response.status >= 500) return null;
      const landed = new URL(response.url).pathname;
      // The session ended: sign in, take the screening up again in this tab, and what waits is sent.
      if (landed.startsWith("/account/login")) return response.url;
      if (response.status === 403 && (entry.tries || 0) < PATIENCE) {
        store([{ ...entry, tries: (entry.tries || 0) + 1 }, ...rest]);
        return entry.action; // a fresh page, or the way to sign in
      }
      // Stored, or refused for good: then its page says why. Neither is repeated for ever.
      store(rest);
      next = response.url;
      if (!response.ok) break;
    }
    return next || location.href;
  };

  const skipped = (one, answers) => one.dataset.skipQuestion && answers[one.dataset.skipQuestion] === one.dataset.skipAnswer;

  let shownAt = 0;
  const showNext = () => {
    const answers = Object.fromEntries(waiting().map((e) => [new URL(e.action).pathname.split("/")[4], e.answer]));
    let one = ahead.shift();
    while (one && (skipped(one, answers) || one.dataset.id in answers)) one = ahead.shift();
    shownAt = Date.now();
    form.querySelectorAll("button").forEach((b) => { b.removeAttribute("aria-pressed"); });
    part("progress").hidden = true; // it counts what is stored
    if (!one) {
      say(root.dataset.done);
      form.hidden = true;
      return;
    }
    say(root.dataset.kept);
    form.action = one.dataset.screeningAhead;
    part("text").textContent = one.content.querySelector("span").textContent;
    part("help").textContent = one.content.querySelector("i").textContent;
    part("to").textContent = one.content.querySelector("b").textContent;
    part("text").focus();
  };

  let busy = false;
  const go = async (whenDown) => {
    busy = true;
    const next = await flush();
    if (next) { location.assign(next); return; } // stays busy: the page is about to go
    busy = false;
    whenDown();
  };

  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.value) return;
    event.preventDefault();
    if (busy || Date.now() - shownAt < SETTLE) return;
    store([...waiting(), { action: form.action, answer: button.value }]);
    go(showNext);
  });

  const again = () => { if (!busy && waiting().length) go(() => {}); };
  window.addEventListener("online", again);
  // Back from the browser's own memory: nothing is under way any more.
  window.addEventListener("pageshow", () => { busy = false; });
  setInterval(again, RETRY);
  if (waiting().length) again();
})();
