// Type @ and a few letters in a note, and choose the colleague: his name goes into the text, and he is chosen in the list below it.

let list = null;
let field = null;
let start = -1;
let active = 0;

const choice = (textarea) => textarea.form?.querySelector("select[data-noem-keuze]");
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function close() {
  list?.remove();
  list = null;
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
  field = null;
}

function mark(next) {
  const items = [...list.children];
  active = (next + items.length) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
  field.setAttribute("aria-activedescendant", items[active].id);
  items[active].scrollIntoView({ block: "nearest" });
}

function pick(option) {
  const textarea = field;
  const name = `@${option.textContent.trim()} `;
  textarea.setRangeText(name, start, textarea.selectionStart, "end");
  option.selected = true;
  close();
  textarea.focus();
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

function open(textarea, options) {
  close();
  field = textarea;
  list = document.createElement("ul");
  list.className = "noemlijst";
  list.id = "noemlijst";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Collega’s");
  options.forEach((option, index) => {
    const item = document.createElement("li");
    item.id = `noem-${index}`;
    item.setAttribute("role", "option");
    item.textContent = option.textContent;
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      pick(option);
    });
    item.option = option;
    list.append(item);
  });
  textarea.after(list);
  textarea.setAttribute("aria-controls", list.id);
  mark(0);
}

document.addEventListener("input", (event) => {
  const textarea = event.target;
  if (!textarea.matches?.("textarea[data-noem]")) return;
  const before = textarea.value.slice(0, textarea.selectionStart);
  const found = /(?:^|\s)@([\p{L}.\-]{0,30})$/u.exec(before);
  const select = found && choice(textarea);
  if (!select) return close();
  start = before.length - found[1].length - 1;
  const wanted = bare(found[1]);
  const fits = [...select.options].filter((option) => bare(option.textContent).split(/[\s.]+/).some((part) => part.startsWith(wanted)));
  if (fits.length) open(textarea, fits.slice(0, 6));
  else close();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (!list || event.target !== field) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) mark(active + steps[event.key]);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) pick(list.children[active].option);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
