// Tells the server when somebody is done searching, so that the editors see what is not found. Not every keystroke:
// only when he rests, leaves the field or opens a result. The page says what was asked and how much there was
// (data-zoekactie, data-aantal) and where to tell it (data-naar); the field is [data-zoekveld].
// Enter on the search page loads it, and the server notes that itself.

const REST = 1500; // ms without a keystroke
const LONG = 190; // signs; of a longer question the server may have used the begin only

let timer;
let due = false; // done, but the answer to what was typed is not there yet

const plain = (text) => text.trim().replace(/\s+/g, " ");
let told = plain(document.querySelector("[data-zoekactie]")?.dataset.zoekactie ?? ""); // what the page came with
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

/** What is on the screen answers what stands in the field; of a very long question only the begin was used. */
const isAbout = (typed, question) => typed === question || (question.length >= LONG && typed.startsWith(question));

function tell() {
  clearTimeout(timer);
  const field = document.querySelector("[data-zoekveld]");
  const found = document.querySelector("[data-zoekactie]");
  if (!field || plain(field.value).length < 3) return;
  const question = found?.dataset.zoekactie ?? "";
  due = !question || !isAbout(plain(field.value), plain(question));
  if (due || plain(question) === told) return;
  told = plain(question);
  const body = new URLSearchParams({ vraag: question, aantal: found.dataset.aantal });
  // Whether it arrives is nobody's problem: the search itself worked.
  fetch(found.dataset.naar, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": token(), "HX-Request": "true" } }).catch(() => {});
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-zoekveld]")) return;
  due = false;
  clearTimeout(timer);
  timer = setTimeout(tell, REST);
});
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Enter" || !target.matches?.("[data-zoekveld]") || target.form?.method !== "get") return;
  clearTimeout(timer);
  told = plain(target.value);
});
document.addEventListener("change", ({ target }) => target.matches("[data-zoekveld]") && tell());
document.addEventListener("click", ({ target }) => target.closest?.("#treffers a, .antwoordrij button") && tell(), { capture: true });
document.addEventListener("htmx:afterSettle", () => due && tell());
