// An opened part of a file closes by itself: its words are taken out of the page, then the case is shown again.
// Without scripts the page turns by itself after the same time.

const box = document.querySelector("[data-opened]");
if (box) {
  const length = Number(box.dataset.opened) * 1000;
  const status = box.querySelector("[data-opened-status]");
  const more = box.querySelector("[data-opened-more]");
  const warnBefore = Math.min(60000, length / 2); // milliseconds
  let timers = [];
  let until = 0;

  const close = () => {
    box.querySelector("[data-opened-content]").replaceChildren();
    status.textContent = box.dataset.closed;
    more.hidden = true;
    window.location.replace(box.dataset.back);
  };
  const start = () => {
    timers.forEach(clearTimeout);
    until = Date.now() + length;
    status.textContent = "";
    more.hidden = true;
    timers = [
      setTimeout(() => {
        status.textContent = box.dataset.soon;
        more.hidden = false;
      }, length - warnBefore),
      setTimeout(close, length),
    ];
  };

  more.querySelector("button").addEventListener("click", start);
  // A phone that sleeps stops its timers: whoever wakes it must not find the words.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() > until) close();
  });
  // The browser's own memory of pages keeps nothing either.
  window.addEventListener("pagehide", () => box.querySelector("[data-opened-content]").replaceChildren());
  start();
}
