// Small behaviour of parts of the page, all by data attributes, and the focus after a swap.

const TIMERS = new WeakMap();

/**
 * mm:ss since `data-sinds`, or h:mm:ss after an hour. Not announced: it would never be silent.
 * `data-nu`, the server's time when the page was made, corrects a clock that is wrong.
 */
class GesprekTimer extends HTMLElement {
  static observedAttributes = ["data-sinds", "data-pauze"];

  connectedCallback() {
    this.setAttribute("role", "timer");
    this.setAttribute("aria-live", "off");
    const now = Date.parse(this.dataset.nu);
    this.ahead = Number.isNaN(now) ? 0 : Date.now() - now;
    this.start();
  }

  disconnectedCallback() {
    clearInterval(this.ticker);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.start();
  }

  start() {
    clearInterval(this.ticker);
    if (this.hasAttribute("data-pauze")) return;
    this.tick();
    this.ticker = setInterval(() => this.tick(), 1000);
  }

  tick() {
    const since = Date.parse(this.dataset.sinds);
    if (Number.isNaN(since)) return;
    const total = Math.max(0, Math.floor((Date.now() - (this.ahead ?? 0) - since) / 1000));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(total / 3600);
    const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
    this.textContent = hours ? `${hours}:${rest}` : rest;
  }
}
customElements.define("gesprek-timer", GesprekTimer);

// data-dialoog="#id" opens a dialog; the browser gives the focus back when it closes.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialoog]");
  if (!opener) return;
  event.preventDefault();
  document.querySelector(opener.dataset.dialoog)?.showModal();
});

// A menu closes with Escape, with a click beside it, and when the focus leaves it.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", ({ target }) => {
  const menu = target.closest?.("details.menu");
  closeMenus(target.closest?.(".menu__item") ? null : menu);
});
document.addEventListener("focusin", ({ target }) => closeMenus(target.closest?.("details.menu")));

// Unfolding in place: data-opent="#vak" on the link that fills it, data-sluit="#vak" (or Escape) empties it.
const openersOf = (box) => document.querySelectorAll(`[data-opent="#${CSS.escape(box.id)}"]`);

function fold(box, hide) {
  if (hide) box.hidden = true;
  else box.replaceChildren();
  const openers = [...openersOf(box)];
  for (const opener of openers) opener.setAttribute("aria-expanded", "false");
  (openers.find((one) => "laatst" in one.dataset) ?? openers[0])?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opent]");
  if (opener) {
    for (const other of document.querySelectorAll("[data-opent][data-laatst]")) delete other.dataset.laatst;
    opener.dataset.laatst = "";
    return;
  }
  const closer = event.target.closest?.("[data-sluit]");
  if (!closer) return;
  const [, how, selector] = /^(verberg:)?(.*)$/.exec(closer.dataset.sluit);
  const box = document.querySelector(selector);
  if (!box) return;
  event.preventDefault();
  fold(box, Boolean(how));
});

// Before the keys of the page: one Escape closes one thing, the innermost.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || document.querySelector("dialog:modal")) return;
  const menu = document.querySelector("details.menu[open]");
  const box = event.target.closest?.(".uitvouw");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (box?.id) fold(box, false);
  else return;
  event.preventDefault();
}, { capture: true });

// Up and down through the links of a list; down from a search field into it, up from the first row back.
const rowsOf = (list) => [...list.querySelectorAll("a[href], button")].filter((row) => row.checkVisibility?.() ?? true);
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const field = event.target.closest?.("[data-pijlen-naar]");
  if (field) {
    const first = event.key === "ArrowDown" && rowsOf(document.querySelector(field.dataset.pijlenNaar) ?? document.createElement("ul"))[0];
    if (first) {
      event.preventDefault();
      first.focus();
    }
    return;
  }
  const list = event.target.closest?.("[data-pijlen]");
  if (!list) return;
  const rows = rowsOf(list);
  const next = rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  event.preventDefault();
  if (next < 0) document.querySelector(`[data-pijlen-naar="#${CSS.escape(list.id)}"]`)?.focus();
  else rows[Math.min(next, rows.length - 1)]?.focus();
});

// data-verdwijnt="15": gone after so many seconds, counted only while nobody points at it or is in it.
function vanish(strip) {
  if (TIMERS.has(strip)) return;
  let left = Number(strip.dataset.verdwijnt) * 10;
  const ticker = setInterval(() => {
    if (!strip.isConnected) clearInterval(ticker);
    else if (!strip.matches(":hover, :focus-within") && --left <= 0) {
      clearInterval(ticker);
      strip.remove();
    }
  }, 100);
  TIMERS.set(strip, ticker);
}

function begin(root) {
  for (const strip of root.querySelectorAll("[data-verdwijnt]")) vanish(strip);
  for (const opener of root.querySelectorAll("[data-opent]:not([aria-expanded])")) opener.setAttribute("aria-expanded", "false");
}
begin(document);
document.addEventListener("htmx:load", ({ detail }) => begin(detail.elt.parentElement ?? detail.elt));

// A late answer to the search for a klant does not close the form that was opened meanwhile.
let unfolded = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  unfolded = detail.target.id === "klant-treffers" && Boolean(detail.target.querySelector("details.vouw[open]"));
});
document.addEventListener("htmx:afterSwap", () => {
  if (unfolded) document.querySelector("#klant-treffers details.vouw")?.setAttribute("open", "");
  unfolded = false;
});

// The result that is open beside the list is marked in it.
document.addEventListener("htmx:pushedIntoHistory", () => {
  for (const link of document.querySelectorAll(".treffer__titel > a")) {
    link.closest(".treffer").toggleAttribute("aria-current", false);
    if (link.pathname === location.pathname) link.closest(".treffer").setAttribute("aria-current", "true");
  }
});

// After a swap: the first wrong field, else what asks for the focus, else (only if the focus is lost) the heading.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const target = detail.target?.isConnected ? detail.target : document.getElementById(detail.target?.id) ?? document.body;
  for (const opener of target.id ? openersOf(target) : []) opener.setAttribute("aria-expanded", String(target.childElementCount > 0));
  const changes = detail.requestConfig?.verb && detail.requestConfig.verb !== "get";
  const asked = Boolean(target.id) && [...openersOf(target)].some((opener) => "laatst" in opener.dataset); // who opens a box wants to be in it
  const busyElsewhere = !asked && document.activeElement?.matches("input, textarea, select") && !target.contains(document.activeElement);
  const wrong = changes && target.querySelector('[aria-invalid="true"], [role="alert"][tabindex]');
  const wanted = !busyElsewhere && target.querySelector("[data-focus]");
  const lost = !document.activeElement || document.activeElement === document.body;
  const heading = ((lost && changes) || asked) && target.querySelector("h1, h2, h3");
  const next = wrong || wanted || heading;
  if (!next) return;
  if (next === heading) next.tabIndex = -1;
  next.focus();
});

// A page that is a panel by itself (opened without htmx) begins where the panel does.
if (document.activeElement === document.body) document.querySelector("main [data-focus], .zij--rechts [data-focus]")?.focus();

// The server says where the typing goes on: HX-Trigger-After-Settle: {"kcc:focus": {"op": "#id_onderwerp"}}.
document.addEventListener("kcc:focus", ({ detail }) => document.querySelector(detail.op)?.focus());

// More tabs than fit: the one that is open is in sight. Only the row itself scrolls, never the page.
for (const row of document.querySelectorAll(".tabs")) {
  const open = row.querySelector("[aria-current]");
  if (open && row.scrollWidth > row.clientWidth) row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
}
