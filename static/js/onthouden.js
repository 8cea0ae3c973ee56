// What somebody typed in a panel that unfolds in place stays known while this page is open: Escape, another panel
// or another taak in the same place does not lose it. In memory only, because it may be about a person.

const typed = new Map(); // path of the form → Map of name → value, or a list of the chosen values

const keyOf = (form) => new URL(form.action).pathname;
const formsIn = (root) => [...root.querySelectorAll(".uitvouw form[action]"), ...(root.closest?.(".uitvouw") ? root.querySelectorAll("form[action]") : [])];
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function remember({ target }) {
  const form = target.form;
  if (!target.name || !form?.closest(".uitvouw")) return;
  const key = keyOf(form);
  if (!typed.has(key)) typed.set(key, new Map());
  const chosen = () => [...form.elements].filter((one) => one.name === target.name && one.checked).map((one) => one.value);
  typed.get(key).set(target.name, isChoice(target) ? chosen() : target.value);
}
document.addEventListener("input", remember);
document.addEventListener("change", remember);

function restore(form) {
  for (const [name, value] of typed.get(keyOf(form)) ?? []) {
    for (const field of [...form.elements].filter((one) => one.name === name)) {
      if (isChoice(field)) field.checked = value.includes(field.value);
      else if (field.value !== value) {
        field.value = value;
        // What hangs on a choice (the term of another afdeling) has to follow it.
        if (field.matches("select")) field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
  }
}
document.addEventListener("htmx:load", ({ detail }) => {
  for (const form of new Set(formsIn(detail.elt))) restore(form);
});

// Saved, or thrown away on purpose.
const forget = (form) => form?.closest(".uitvouw") && typed.delete(keyOf(form));
// Before htmx acts on the answer: that may be going to another page, which asks whether anything is left here.
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (detail.xhr.status < 300 && detail.requestConfig?.verb === "post") forget(detail.elt.closest?.("form"));
});
document.addEventListener("click", ({ target }) => forget(target.closest?.("[data-sluit]")?.closest("form")), { capture: true });
document.addEventListener("submit", ({ target, defaultPrevented }) => !defaultPrevented && forget(target));

// Leaving the page would lose it: the browser asks first.
addEventListener("beforeunload", (event) => {
  const filled = [...typed.values()].some((fields) => [...fields.values()].some((value) => typeof value === "string" && value.trim()));
  if (filled) event.preventDefault();
});
