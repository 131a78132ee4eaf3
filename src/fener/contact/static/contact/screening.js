// Keeps asking when the line drops. Without this file every answer is an ordinary form; with it, answers that could not be
// sent wait in this tab only (they go when it is closed: somebody else may hold the phone next) and are sent in their order.
// What waits is encrypted: browsers write what a tab keeps to the phone's memory. The key comes with the page, for whoever
// is signed in and this screening alone, and is never stored: after a reload the node gives it again to the same person.
(() => {
  const SETTLE = 600; // milliseconds in which a second press is a slip of the finger, and no answer to the next question
  const RETRY = 5000; // milliseconds between two attempts to send what waits
  const PATIENCE = 3; // how often an answer that was sent with an old page's token is sent again with a new one

  const root = document.querySelector("[data-screening]");
  const form = root && root.querySelector("[data-screening-form]");
  if (!form || !window.fetch || !window.sessionStorage) return;
  const status = root.querySelector("[data-screening-status]");
  const part = (name) => root.querySelector(`[data-screening-${name}]`);
  const place = "fener-screening-" + new URL(form.action).pathname.split("/")[2];
  const ahead = [...root.querySelectorAll("[data-screening-ahead]")];

  // Without TLS browsers have no cryptography: then what waits is in this page's memory alone.
  const subtle = window.crypto && crypto.subtle;
  const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const key = subtle && subtle.importKey("raw", bytes(root.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"]);
  root.removeAttribute("data-key");

  let queue = [];
  const waiting = () => queue;
  const store = async (entries) => {
    queue = entries;
    if (!entries.length) sessionStorage.removeItem(place);
    if (!entries.length || !key) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(JSON.stringify(entries)));
    // Something newer may have been stored meanwhile, or all may have been sent.
    if (queue === entries) sessionStorage.setItem(place, btoa(String.fromCharCode(...iv, ...new Uint8Array(sealed))));
  };
  const load = async () => {
    const kept = sessionStorage.getItem(place);
    if (!kept || !key) return;
    try {
      const data = bytes(kept);
      const opened = await subtle.decrypt({ name: "AES-GCM", iv: data.slice(0, 12) }, await key, data.slice(12));
      queue = JSON.parse(new TextDecoder().decode(opened));
    } catch { sessionStorage.removeItem(place); } // somebody else's, who was signed in here before: nobody can read it
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
    while (waiting().length) {
      const [entry, ...rest] = waiting();
      let response;
      try { response = await send(entry); } catch { return null; }
      if (response.status >= 500) return null;
      const landed = new URL(response.url).pathname;
      // The session ended: sign in, take the screening up again in this tab, and what waits is sent.
      if (landed.startsWith("/account/login")) return response.url;
      if (response.status === 403 && (entry.tries || 0) < PATIENCE) {
        await store([{ ...entry, tries: (entry.tries || 0) + 1 }, ...rest]);
        return entry.action; // a fresh page, or the way to sign in
      }
      // Stored, or refused for good: then its page says why. Neither is repeated for ever.
      await store(rest);
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
  const go = async (whenDown, entry) => {
    busy = true;
    if (entry) await store([...waiting(), entry]);
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
    go(showNext, { action: form.action, answer: button.value });
  });

  const again = () => { if (!busy && waiting().length) go(() => {}); };
  window.addEventListener("online", again);
  // Back from the browser's own memory: nothing is under way any more.
  window.addEventListener("pageshow", async (event) => {
    if (event.persisted) { queue = []; await load(); } // a later page may have sent what this one remembers
    busy = false;
  });
  setInterval(again, RETRY);
  busy = true; // until what waited before is known
  load().finally(() => { busy = false; again(); });
})();
