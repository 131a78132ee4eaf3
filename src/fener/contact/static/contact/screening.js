// Keeps asking when the line drops. Without this file every answer is an ordinary form; with it, answers that could not be
// sent wait in this tab only (they go when it is closed: somebody else may hold the phone next) and are sent in their order.
(() => {
  const root = document.querySelector("[data-screening]");
  const form = root && root.querySelector("[data-screening-form]");
  if (!form || !window.fetch || !window.sessionStorage) return;
  const status = root.querySelector("[data-screening-status]");
  const key = "fener-screening-" + new URL(form.action).pathname.split("/")[2];
  const ahead = [...root.querySelectorAll("[data-screening-ahead]")];
  const waiting = () => JSON.parse(sessionStorage.getItem(key) || "[]");
  const store = (queue) => sessionStorage.setItem(key, JSON.stringify(queue));
  const say = (words) => { status.textContent = words || ""; };

  const send = async (entry) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("answer", entry.answer);
    return fetch(entry.action, { method: "POST", body, credentials: "same-origin", redirect: "follow" });
  };

  // Sends what waits, oldest first. Returns the address to go on at, or null while the line is down.
  const flush = async () => {
    let next = null;
    for (let queue = waiting(); queue.length; queue = waiting()) {
      let response;
      try { response = await send(queue[0]); } catch { return null; }
      // The session ended meanwhile: sign in, come back in this tab, and what waits is sent.
      if (new URL(response.url).pathname.startsWith("/account/")) return response.url;
      if (response.status >= 500) return null;
      // An answer that the server refuses is not repeated for ever: its page says why.
      store(queue.slice(1));
      next = response.url;
      if (!response.ok) break;
    }
    return next || location.href;
  };

  const showNext = () => {
    const one = ahead.shift();
    if (!one) { say(root.dataset.done); form.querySelectorAll("button").forEach((b) => { b.disabled = true; }); return; }
    form.action = one.dataset.screeningAhead;
    root.querySelector("[data-screening-text]").textContent = one.content.querySelector("span").textContent;
    root.querySelector("[data-screening-help]").textContent = one.content.querySelector("i").textContent;
    root.querySelector("[data-screening-to]").textContent = "";
    form.querySelectorAll("button").forEach((b) => { b.removeAttribute("aria-pressed"); b.classList.add("govuk-button--secondary"); });
    root.querySelector("h1").focus?.();
  };

  let busy = false;
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || !button.value) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    store([...waiting(), { action: form.action, answer: button.value }]);
    const next = await flush();
    busy = false;
    if (next) { location.assign(next); return; }
    say(root.dataset.kept);
    showNext();
  });

  const again = async () => {
    if (busy || !waiting().length) return;
    busy = true;
    const next = await flush();
    busy = false;
    if (next) { say(root.dataset.sent); location.assign(next); }
  };
  window.addEventListener("online", again);
  setInterval(again, 5000);
  again();
})();
