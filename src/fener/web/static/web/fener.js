// The little that pages do beyond HTML. Every page works without it.
// 1. an error summary takes the focus, so that a screen reader starts there;
// 2. a form that is under way is not sent a second time;
// 3. an open menu closes by the Escape key;
// 4. what one seldom needs first (a list's filter) is folded on a narrow screen;
// 5. "Leave this page" goes away at once and leaves no step back.

const DOUBLE_TAP = 1500; // milliseconds in which a second press is a slip of the finger
const SHIFT_WINDOW = 5000; // milliseconds in which three Shift presses must fall

const summary = document.querySelector('[data-fener="error-summary"]');
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest("fieldset") || field.closest(".govuk-form-group") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const now = Date.now();
  if (now - (sent.get(event.target) || 0) < DOUBLE_TAP) event.preventDefault();
  else sent.set(event.target, now);
});

// Long work in portions: whoever began it watches it go on, and leaves the page to stop it.
const goOn = document.querySelector('form[data-fener="go-on"]');
if (goOn) setTimeout(() => goOn.requestSubmit(), 700);

if (window.matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll('details[data-fener="fold"]').forEach((part) => (part.open = false));
}

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement?.closest('[data-fener="menu"][open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

const exit = document.querySelector('[data-fener="exit"] a');
if (exit) {
  const leave = () => {
    document.body.classList.add("fener-gone");
    document.title = " ";
    window.location.replace(exit.href);
  };
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses, Date.now()].filter((at) => Date.now() - at < SHIFT_WINDOW);
    if (presses.length >= 3) leave();
  });
  // Coming back by the browser's own memory must show the page, not an empty one.
  window.addEventListener("pageshow", () => document.body.classList.remove("fener-gone"));
}
