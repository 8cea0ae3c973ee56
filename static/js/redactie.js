// Writing an article: a row of buttons above each text with markup, pasting from Word, and adding an image.
// The texts are Markdown in ordinary text boxes: without this script everything still works, by typing the signs.

const PASTE_MAX = 2_000_000; // characters; the server refuses more

const BUTTONS = [
  { teken: "B", naam: "Vet", toets: "b", doe: (field) => around(field, "**", "vette tekst") },
  { teken: "I", naam: "Cursief", toets: "i", doe: (field) => around(field, "*", "schuine tekst") },
  { teken: "H", naam: "Kop", doe: (field) => lines(field, (line) => `### ${line.replace(/^#+\s*/, "")}`) },
  { teken: "•", naam: "Opsomming", doe: (field) => lines(field, (line) => `- ${bare(line)}`) },
  { teken: "1.", naam: "Genummerde stappen", doe: (field) => lines(field, (line, index) => `${index + 1}. ${bare(line)}`) },
  { teken: "Link", naam: "Link", toets: "k", doe: link },
  { teken: "Afbeelding", naam: "Afbeelding", doe: openImage, alleenMet: "#afbeelding-dialoog" },
];
const bare = (line) => line.replace(/^\s*(?:[-*]|\d+\.)\s+/, "");

/** Put text where the caret is, or over what is chosen. As typed, so that undoing works. */
function insert(field, text) {
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const chosen = (field) => field.value.slice(field.selectionStart, field.selectionEnd);

function around(field, sign, example) {
  const text = chosen(field);
  const start = field.selectionStart;
  // Spaces at the ends stay outside: Markdown does not read "**word **" as bold.
  const [, before, kernel, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text || example);
  insert(field, `${before}${sign}${kernel}${sign}${after}`);
  if (!text) field.setSelectionRange(start + sign.length, start + sign.length + example.length);
}

function lines(field, change) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const next = field.value.indexOf("\n", field.selectionEnd);
  field.setSelectionRange(start, next < 0 ? field.value.length : next);
  const text = chosen(field);
  let index = -1;
  const changed = text.split("\n").map((line) => (line.trim() || !text.trim() ? change(line, ++index) : line));
  // A list or heading begins after a blank line.
  const above = field.value.slice(0, start).trimEnd();
  const tight = above && !/\n\s*\n$/.test(field.value.slice(0, start)) && !/^\s*(?:[-*]|\d+\.)\s/.test(above.split("\n").at(-1));
  insert(field, (tight ? "\n" : "") + changed.join("\n"));
}

function link(field) {
  const text = chosen(field) || "tekst van de link";
  const start = field.selectionStart;
  if (/^https?:\/\/\S+$/.test(text)) {
    insert(field, `[tekst van de link](${text})`);
    field.setSelectionRange(start + 1, start + 18);
  } else {
    insert(field, `[${text}](https://)`);
    const at = start + text.length + 3;
    field.setSelectionRange(at, at + 8);
  }
}

// --- the row of buttons: one stop for Tab, arrows within (WAI-ARIA toolbar) ---

function toolbar(field) {
  const bar = document.createElement("div");
  bar.className = "werkbalk";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Opmaak van ${field.labels[0]?.textContent.replace(/\(.*\)/, "").trim().toLowerCase() ?? "de tekst"}`);
  bar.setAttribute("aria-controls", field.id);
  for (const { teken, naam, toets, doe, alleenMet } of BUTTONS) {
    if (alleenMet && !document.querySelector(alleenMet)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "werkbalk__knop";
    button.textContent = teken;
    button.title = toets ? `${naam} (Ctrl ${toets.toUpperCase()})` : naam;
    button.setAttribute("aria-label", naam);
    if (toets) button.setAttribute("aria-keyshortcuts", `Control+${toets.toUpperCase()}`);
    button.tabIndex = bar.childElementCount ? -1 : 0;
    button.addEventListener("click", () => doe(field));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.children];
    const now = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || now < 0) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
    next.focus();
  });
  field.before(bar);
}

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const field = event.target.closest?.("textarea[data-opmaak]");
  const button = field && BUTTONS.find(({ toets }) => toets === event.key.toLowerCase());
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.doe(field);
}, { capture: true });

// --- pasting: the server makes clean Markdown of what Word or a web page puts on the clipboard ---

const tokenOf = (form) => form.elements.csrfmiddlewaretoken?.value ?? "";

document.addEventListener("paste", async (event) => {
  const field = event.target.closest?.("textarea[data-opmaak]");
  const address = field?.form?.dataset.plakken;
  const html = event.clipboardData?.getData("text/html");
  if (!address || !html || html.length > PASTE_MAX) return; // the browser pastes the plain text
  const plain = event.clipboardData.getData("text/plain");
  event.preventDefault();
  const [start, end] = [field.selectionStart, field.selectionEnd];
  let text = plain;
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams({ html }),
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": tokenOf(field.form) },
    });
    if (answer.ok) text = (await answer.json()).markdown || plain;
  } catch {
    // Without a connection the plain text is better than nothing.
  }
  field.setSelectionRange(start, end);
  // A list, a heading or several paragraphs begin on a line of their own.
  const block = /^(?:[-#]|\d+\.)|\n\n/.test(text);
  insert(field, (block && /\S *$/.test(field.value.slice(0, start)) ? "\n\n" : "") + text);
});

// --- an image: the dialog sends it, and the answer is the Markdown for where the caret was ---

let imageFor = null;

function openImage(field) {
  imageFor = field;
  const dialog = document.querySelector("#afbeelding-dialoog");
  dialog.querySelector("[data-afbeelding-fout]").textContent = "";
  dialog.showModal();
}

document.addEventListener("click", ({ target }) => target.closest?.("[data-afbeelding-sluit]")?.closest("dialog").close());
document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("form[data-afbeelding]");
  if (!form) return;
  event.preventDefault();
  const complain = (text) => (form.querySelector("[data-afbeelding-fout]").textContent = text);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": tokenOf(form) },
    });
    const data = await answer.json();
    if (!answer.ok) return complain(data.melding);
    form.closest("dialog").close();
    form.reset();
    insert(imageFor, data.markdown);
  } catch {
    complain("Het toevoegen lukt nu niet. Probeer het zo opnieuw.");
  }
});

// --- the preview is drawn again and again: what somebody unfolded in it stays open ---

let open = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "voorbeeld") open = [...detail.target.querySelectorAll("details[open]")].map((one) => one.id);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "voorbeeld") for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});

for (const field of document.querySelectorAll("textarea[data-opmaak]")) toolbar(field);
