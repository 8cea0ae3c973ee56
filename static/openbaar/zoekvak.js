// A search box for other sites: <kcc-zoekvak gemeente-url="https://…">.
//
// What it shows comes in as text, never as HTML, and its style is a constructed sheet: so it works
// under a CSP that allows nothing but our origin. Without JavaScript the plain form stays that the
// page put between the tags (docs/api.md).

const STIJL = `
:host { display: block; position: relative; font: inherit; color: var(--kcc-zoekvak-tekst, #16211f); }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
label { display: block; margin-block-end: 0.25rem; font-weight: 600; color: inherit; }
.rij { display: flex; gap: 0.5rem; }
input, button { font: inherit; min-block-size: 2.75rem; border-radius: 4px; }
input { flex: 1; min-inline-size: 0; padding: 0.375rem 0.75rem; border: 1px solid #5f706d; background: #fff; color: #16211f; }
button { padding: 0.375rem 1rem; border: 1px solid transparent; background: var(--kcc-zoekvak-accent, #0b5f6a); color: var(--kcc-zoekvak-op-accent, #fff); font-weight: 600; cursor: pointer; }
:focus-visible { outline: 2px solid var(--kcc-zoekvak-focus, #0a4dc4); outline-offset: 2px; }
ul { position: absolute; z-index: 10; inset-inline: 0; margin: 0.25rem 0 0; padding: 0.25rem; list-style: none; background: #fff; color: #16211f; border: 1px solid #5f706d; border-radius: 4px; box-shadow: 0 6px 20px rgb(0 0 0 / 0.16); max-block-size: 24rem; overflow-y: auto; }
ul[hidden] { display: none; }
li { padding: 0.5rem 0.625rem; border-radius: 3px; cursor: pointer; border-inline-start: 3px solid transparent; }
li:hover { background: #eef3f3; }
li[aria-selected="true"] { background: #e0f0f1; border-inline-start-color: var(--kcc-zoekvak-accent, #0b5f6a); }
.titel { display: block; font-weight: 600; overflow-wrap: anywhere; }
.kort { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; color: #45534f; font-size: 0.9375em; }
.stil { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (forced-colors: active) { li[aria-selected="true"] { outline: 2px solid Highlight; } }
`;
const WACHT = 200; // milliseconds without typing before it asks
const HOEVEEL = 6;
const KORTSTE = 2;

function element(naam, kenmerken = {}, ...inhoud) {
  const nieuw = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(kenmerken)) nieuw.setAttribute(sleutel, waarde);
  nieuw.append(...inhoud);
  return nieuw;
}

class Zoekvak extends HTMLElement {
  #wortel = this.attachShadow({ mode: "open" });
  #invoer;
  #lijst;
  #stil;
  #resultaten = [];
  #gekozen = -1;
  #wekker = 0;
  #lopend = null;

  connectedCallback() {
    if (this.#invoer) return;
    const stijl = new CSSStyleSheet();
    stijl.replaceSync(STIJL);
    this.#wortel.adoptedStyleSheets = [stijl];
    this.#invoer = element("input", {
      id: "vraag", type: "search", name: "q", maxlength: "200", autocomplete: "off", role: "combobox",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "lijst",
    });
    this.#lijst = element("ul", { id: "lijst", role: "listbox", "aria-label": "Antwoorden", hidden: "" });
    this.#stil = element("div", { class: "stil", role: "status" });
    const knop = element("button", { type: "submit" }, "Zoek");
    const label = element("label", { for: "vraag" }, this.getAttribute("label") || "Zoek een antwoord van de gemeente");
    const formulier = element("form", { role: "search" }, label, element("div", { class: "rij" }, this.#invoer, knop), this.#lijst, this.#stil);
    this.#wortel.append(formulier);

    this.#invoer.addEventListener("input", () => this.#straks());
    this.#invoer.addEventListener("keydown", (gebeurtenis) => this.#toets(gebeurtenis));
    this.addEventListener("focusout", (gebeurtenis) => {
      if (!this.contains(gebeurtenis.relatedTarget)) this.#sluit();
    });
    // Or the field would lose the focus, and the list be closed before the click is there.
    this.#lijst.addEventListener("pointerdown", (gebeurtenis) => gebeurtenis.preventDefault());
    this.#lijst.addEventListener("click", (gebeurtenis) => {
      const rij = gebeurtenis.target.closest("li");
      if (rij) this.#open(Number(rij.dataset.plek));
    });
    formulier.addEventListener("submit", (gebeurtenis) => {
      // Go ourselves: then form-action of the page need not name us.
      gebeurtenis.preventDefault();
      this.#zoekpagina();
    });
  }

  disconnectedCallback() {
    clearTimeout(this.#wekker);
    this.#lopend?.abort();
  }

  get #basis() {
    try {
      const gevraagd = new URL(this.getAttribute("gemeente-url") || import.meta.url);
      if (gevraagd.protocol === "https:" || gevraagd.protocol === "http:") return gevraagd.origin;
    } catch { /* then where this file came from */ }
    return new URL(import.meta.url).origin;
  }

  #straks() {
    clearTimeout(this.#wekker);
    this.#lopend?.abort();
    if (this.#invoer.value.trim().length < KORTSTE) {
      this.#toon([]);
      this.#stil.textContent = "";
      return;
    }
    this.#wekker = setTimeout(() => this.#zoek(), WACHT);
  }

  async #zoek() {
    const vraag = new URLSearchParams({ q: this.#invoer.value.slice(0, 200), pageSize: String(HOEVEEL) });
    this.#lopend = new AbortController();
    const { signal } = this.#lopend;
    try {
      const antwoord = await fetch(`${this.#basis}/api/kennisbank/v1/zoekresultaten?${vraag}`, { signal, credentials: "omit" });
      if (!antwoord.ok) throw new Error(String(antwoord.status));
      const { count, results } = await antwoord.json();
      if (signal.aborted || this.#wortel.activeElement === null) return;
      this.#toon(results);
      this.#stil.textContent = count === 0 ? "Niets gevonden" : `${results.length} antwoorden. Kies met pijl omlaag.`;
    } catch (fout) {
      if (fout.name === "AbortError") return;
      this.#toon([]);
      this.#stil.textContent = "Suggesties zijn er even niet. Druk op Enter om te zoeken.";
    }
  }

  #toon(resultaten) {
    this.#resultaten = resultaten;
    this.#lijst.replaceChildren(...resultaten.map((een, plek) => {
      const rij = element("li", { id: `keuze-${plek}`, role: "option", "aria-selected": "false", "data-plek": String(plek) });
      rij.append(element("span", { class: "titel" }, een.titel));
      if (een.artikel) rij.append(element("span", { class: "kort" }, een.artikel.kortAntwoord));
      return rij;
    }));
    this.#kies(-1);
    this.#zet(resultaten.length > 0);
  }

  #zet(open) {
    this.#lijst.hidden = !open;
    this.#invoer.setAttribute("aria-expanded", String(open));
  }

  #sluit() {
    clearTimeout(this.#wekker);
    this.#lopend?.abort();
    this.#kies(-1);
    this.#zet(false);
  }

  #kies(plek) {
    this.#gekozen = plek;
    [...this.#lijst.children].forEach((rij, nummer) => {
      rij.setAttribute("aria-selected", String(nummer === plek));
      if (nummer === plek) rij.scrollIntoView({ block: "nearest" });
    });
    if (plek >= 0) this.#invoer.setAttribute("aria-activedescendant", `keuze-${plek}`);
    else this.#invoer.removeAttribute("aria-activedescendant");
  }

  #toets(gebeurtenis) {
    const aantal = this.#resultaten.length;
    const dicht = this.#lijst.hidden;
    if (gebeurtenis.isComposing) return;
    if ((gebeurtenis.key === "ArrowDown" || gebeurtenis.key === "ArrowUp") && aantal) {
      gebeurtenis.preventDefault();
      if (dicht) this.#zet(true);
      const stap = gebeurtenis.key === "ArrowDown" ? 1 : -1;
      // One place more than there are rows: the field itself.
      const plek = ((this.#gekozen + 1 + stap + aantal + 1) % (aantal + 1)) - 1;
      this.#kies(plek);
    } else if (gebeurtenis.key === "Enter" && !dicht && this.#gekozen >= 0) {
      gebeurtenis.preventDefault();
      this.#open(this.#gekozen);
    } else if (gebeurtenis.key === "Escape" && !dicht) {
      gebeurtenis.preventDefault();
      this.#sluit();
    }
  }

  #open(plek) {
    const een = this.#resultaten[plek];
    const doel = (een?.artikel ?? een?.product)?.webpagina;
    // Only ever to the municipality itself, whatever an answer says.
    if (doel) location.assign(new URL(new URL(doel, this.#basis).pathname, this.#basis));
  }

  #zoekpagina() {
    location.assign(`${this.#basis}/antwoorden/?${new URLSearchParams({ q: this.#invoer.value })}`);
  }
}

if (!customElements.get("kcc-zoekvak")) customElements.define("kcc-zoekvak", Zoekvak);
