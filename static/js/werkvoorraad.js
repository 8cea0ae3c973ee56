// The list of work. It stays while a taak opens beside it, its rows are kept up to date in place, and several can be
// chosen at once. Without this script all of it works by loading the page again.

const ASK_EVERY = 5000;
const WATCH_EVERY = 10000;

const list = () => document.getElementById("werkvoorraad");
const rows = () => [...document.querySelectorAll("#werkvoorraad tr[data-taak]")];
const boxes = () => [...document.querySelectorAll('#werkvoorraad input[name="taak"]')];
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const post = (url, body) => fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), "HX-Request": "true" } });

// --- the open taak is marked in its list ---

function mark(follow) {
  for (const row of rows()) {
    const link = row.querySelector(".tabel__hoofd");
    if (link.pathname === location.pathname) {
      row.setAttribute("aria-current", "true");
      if (follow) row.scrollIntoView({ block: "nearest" });
    } else row.removeAttribute("aria-current");
  }
  const first = document.querySelector("[data-eerste]");
  if (first) first.hidden = Boolean(document.querySelector(".taak"));
}

// --- choosing several ---

let last = null;

function count() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  const head = document.querySelector("[data-alles]");
  if (head) {
    head.hidden = false;
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  const text = document.querySelector("[data-gekozen]");
  if (text) text.textContent = chosen === 1 ? "1 taak gekozen" : `${chosen} taken gekozen`;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.('#werkvoorraad input[name="taak"]');
  if (box) {
    // With shift: everything from the one before up to this one.
    const all = boxes();
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const one of all.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    count();
    return;
  }
  if (event.target.closest?.("[data-alles]")) {
    for (const one of boxes()) one.checked = event.target.checked;
    count();
    return;
  }
  // The key x: the row that has the focus, else that of the open taak, else the first.
  if (event.target.closest?.("[data-kies-rij]")) {
    const row = document.activeElement?.closest("tr[data-taak]") ?? document.querySelector('#werkvoorraad tr[aria-current="true"]') ?? rows()[0];
    const found = row?.querySelector('input[name="taak"]');
    if (!found) return;
    found.checked = !found.checked;
    last = found;
    count();
  }
});

// --- what changed since the page was made ---

let asking = false;
const fresh = new Set();

function replace(row, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const next = holder.content.querySelector("tr");
  const chosen = row.querySelector('input[name="taak"]')?.checked;
  const focus = row.contains(document.activeElement) ? document.activeElement.matches("input") ? "input" : "a" : null;
  row.replaceWith(next);
  const box = next.querySelector('input[name="taak"]');
  if (box && chosen) box.checked = true;
  window.htmx?.process(next);
  if (focus) next.querySelector(focus)?.focus({ preventScroll: true });
}

function left(row) {
  row.classList.add("werkvoorraad__weg");
  const cell = row.querySelector(".werkvoorraad__onderwerp");
  if (!cell.querySelector("[data-weg]")) {
    const word = document.createElement("span");
    word.className = "klein zacht";
    word.dataset.weg = "";
    word.textContent = " niet meer in deze lijst";
    cell.append(word);
  }
}

/** New ones are announced above the list; they come in it when somebody wants to. */
function announce() {
  const news = document.querySelector("[data-nieuws]");
  if (!news) return;
  if (!fresh.size) return news.replaceChildren();
  const words = fresh.size === 1 ? "1 nieuwe taak: toon" : `${fresh.size} nieuwe taken: toon`;
  const link = news.querySelector("a") ?? document.createElement("a");
  if (link.textContent === words) return;
  link.className = "nl-link";
  link.href = list().getAttribute("hx-get");
  link.textContent = words;
  news.replaceChildren(link);
}

function show(changes) {
  const box = list();
  if (changes.opnieuw) {
    const news = document.querySelector("[data-nieuws]");
    const link = document.createElement("a");
    link.className = "nl-link";
    link.href = box.getAttribute("hx-get");
    link.textContent = "De lijst is veranderd: toon";
    news?.replaceChildren(link);
    delete box.dataset.live;
    return;
  }
  const shown = new Map(rows().map((row) => [row.dataset.taak, row]));
  for (const [uuid, html] of Object.entries(changes.rijen ?? {})) if (shown.has(uuid)) replace(shown.get(uuid), html);
  for (const uuid of changes.weg ?? []) {
    if (shown.has(uuid)) left(shown.get(uuid));
    fresh.delete(uuid);
  }
  for (const row of rows()) {
    const who = row.querySelector("[data-kijkt]");
    const words = changes.kijkers[row.dataset.taak] ?? "";
    if (who && who.textContent !== words) who.textContent = words;
  }
  for (const uuid of changes.nieuw ?? []) fresh.add(uuid);
  box.dataset.live = changes.stand;
  announce();
  mark(false);
  count();
}

async function ask() {
  const box = list();
  if (asking || !box?.dataset.live || document.visibilityState !== "visible") return;
  asking = true;
  try {
    const body = new FormData();
    body.append("stand", box.dataset.live);
    for (const row of rows()) body.append("taak", row.dataset.taak);
    const answer = await post(box.dataset.liveVan, body);
    // While we waited the list may have been loaded anew: then this answer is about the old one.
    if (answer.status === 200 && box.isConnected) show(await answer.json());
  } catch {
    // No connection: the next time will do.
  } finally {
    asking = false;
  }
}

// --- who has the open taak open too ---

async function watch() {
  const place = document.querySelector("[data-kijkers]");
  if (!place || document.visibilityState !== "visible") return;
  try {
    const answer = await post(place.dataset.kijkers, new FormData());
    if (!answer.ok) return;
    const words = await answer.text();
    if (place.textContent !== words) place.textContent = words;
  } catch {
    // As above.
  }
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "werkvoorraad" || detail.elt?.id === "werkvoorraad") {
    fresh.clear();
    last = null;
  }
  mark(true);
  count();
  watch();
});
document.addEventListener("htmx:pushedIntoHistory", () => mark(true));
document.addEventListener("visibilitychange", () => {
  ask();
  watch();
});
setInterval(ask, ASK_EVERY);
setInterval(watch, WATCH_EVERY);
count();
watch();
