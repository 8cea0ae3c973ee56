// Keys of the page, from the page itself: data-toets="ctrl+Enter" on a link or button clicks it, on a field focuses it.
// Several keys for one thing are separated by a space. `ctrl` is also the command key of a Mac.
// A key of one character never works while somebody types, and can be switched off (WCAG 2.1.4).

const STORE = "kcc-losse-toetsen";
const TYPING = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable="true"]';
const NAMES = { ctrl: "Ctrl", alt: "Alt", shift: "Shift", enter: "Enter", escape: "Esc", arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→" };

const looseKeysOn = () => localStorage.getItem(STORE) !== "uit";
const keysOf = (element) => element.dataset.toets.toLowerCase().split(/\s+/).filter(Boolean);
const isLoose = (key) => key.length === 1;

function pressed(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && event.key.length > 1) parts.push("shift");
  parts.push(event.key.toLowerCase());
  return parts.join("+");
}

const usable = (element) => (element.checkVisibility?.() ?? true) && !element.disabled && element.getAttribute("aria-disabled") !== "true";

/** All elements with a key that work now: on the page, or only those in the dialog that is open. */
function candidates() {
  const dialog = document.querySelector("dialog:modal");
  return [...(dialog ?? document).querySelectorAll("[data-toets]")].filter((one) => usable(one) || "toetsAltijd" in one.dataset);
}

/** Of several with the same key the one nearest to the focus: a panel that is open goes before the page. */
function nearest(found) {
  for (let around = document.activeElement; around; around = around.parentElement) {
    const inside = found.find((one) => around.contains(one));
    if (inside) return inside;
  }
  return found[0];
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const key = pressed(event);
  const loose = isLoose(key);
  if (loose && (!looseKeysOn() || event.target.closest?.(TYPING))) return;
  const found = candidates().filter((one) => keysOf(one).includes(key));
  if (!found.length) return;
  const target = nearest(found);
  event.preventDefault();
  if (event.repeat && !/arrow|^[jk]$/.test(key)) return;
  if (target.matches(TYPING)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
    // A menu that a key opens is gone on with by key.
    if (target.matches("summary")) target.parentElement.querySelector(".menu__item:not([hidden])")?.focus();
  }
});

function nameOf(element) {
  if (element.dataset.toetsNaam) return element.dataset.toetsNaam;
  const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (label) return label.trim();
  const copy = element.cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd, svg, .nl-number-badge")) hint.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function fillList() {
  const list = document.querySelector("[data-toetsenlijst]");
  if (!list) return;
  const seen = new Set();
  list.replaceChildren();
  for (const one of candidates()) {
    for (const key of keysOf(one)) {
      if (seen.has(key)) continue;
      seen.add(key);
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const parts = key === "+" ? ["+"] : key.split("+");
      for (const part of parts) {
        const cap = document.createElement("kbd");
        cap.className = "toets";
        cap.textContent = NAMES[part] ?? part;
        term.append(cap, " ");
      }
      const description = document.createElement("dd");
      description.textContent = nameOf(one);
      row.append(term, description);
      list.append(row);
    }
  }
}

/** Tell assistive technology too. */
function describe(root) {
  for (const one of root.querySelectorAll("[data-toets]:not([aria-keyshortcuts])")) {
    const keys = one.dataset.toets.split(/\s+/).map((key) => key.replace(/^ctrl\+/i, "Control+"));
    one.setAttribute("aria-keyshortcuts", keys.join(" "));
  }
}

const dialog = document.getElementById("toetsen");
if (dialog) {
  for (const button of document.querySelectorAll('[data-dialoog="#toetsen"]')) {
    button.hidden = false;
    button.addEventListener("click", fillList, { capture: true });
  }
  document.querySelector(".voet__toetsen")?.removeAttribute("hidden");
  const toggle = dialog.querySelector("[data-toetsen-los]");
  toggle.checked = looseKeysOn();
  toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "aan" : "uit"));
}
describe(document);
document.addEventListener("htmx:load", ({ detail }) => describe(detail.elt.parentElement ?? detail.elt));
