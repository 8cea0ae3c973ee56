// Refreshing the figures calmly: what was unfolded stays unfolded, and nobody is kept logged in by it.
const REGION = "cijfers";
const IDLE = 30 * 60 * 1000; // half of the session, so that it can still end by itself

let active = Date.now();
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => (active = Date.now()), { passive: true });
}

// An unseen page asks for nothing, and neither does one that nobody touches.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (elt.id !== REGION || !("bijwerken" in elt.dataset)) return;
  if (document.hidden || Date.now() - active > IDLE) event.preventDefault();
});

const unfolded = new Set();
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== REGION) return;
  unfolded.clear();
  for (const part of event.detail.target.querySelectorAll("details[open][id]")) unfolded.add(part.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  unfolded.clear();
});
