// <vega-grafiek data-spec="…">: draws a Vega-Lite specification, without eval, in the theme's colours.
// vega.js and vega-lite.js are classic scripts; deferred ones have run before this module does.
import { expressionInterpreter } from "../gebouwd/grafiek/vega-interpreter.js";

const { vega, vegaLite } = globalThis;

const NUMBERS = { decimal: ",", thousands: ".", grouping: [3], currency: ["€ ", ""] };
const TIMES = {
  dateTime: "%A %-d %B %Y %X",
  date: "%d-%m-%Y",
  time: "%H:%M:%S",
  periods: ["", ""],
  days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
  shortDays: ["zo", "ma", "di", "wo", "do", "vr", "za"],
  months: "januari februari maart april mei juni juli augustus september oktober november december".split(" "),
  shortMonths: "jan feb mrt apr mei jun jul aug sep okt nov dec".split(" "),
};

vega.formatLocale(NUMBERS);
vega.timeFormatLocale(TIMES);

/** The same specification with the names of custom properties replaced by their values. */
function fillIn(part, theme) {
  if (typeof part === "string") return part.startsWith("--kcc-") ? theme.getPropertyValue(part).trim() : part;
  if (Array.isArray(part)) return part.map((one) => fillIn(one, theme));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, fillIn(one, theme)]));
}

// What was drawn last, by id: a refreshed page shows it at once, so that nothing jumps.
const DRAWN = new Map();

class VegaGrafiek extends HTMLElement {
  connectedCallback() {
    const last = DRAWN.get(this.id);
    if (last && !this.firstChild) this.replaceChildren(last.svg.cloneNode(true));
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.draw();
    this.scheme.addEventListener("change", this.redraw);
    this.observer = new ResizeObserver(() => {
      const width = Math.round(this.clientWidth);
      if (width && width !== this.width) this.draw();
    });
    this.observer.observe(this);
  }

  disconnectedCallback() {
    this.scheme.removeEventListener("change", this.redraw);
    this.observer.disconnect();
    this.view?.finalize();
    this.view = undefined;
  }

  async draw() {
    this.width = Math.round(this.clientWidth);
    const spec = fillIn(JSON.parse(this.dataset.spec), getComputedStyle(document.documentElement));
    const holder = document.createElement("div");
    const wide = spec.width === "container" ? { ...spec, width: this.width } : spec;
    const view = new vega.View(vega.parse(vegaLite.compile(wide).spec, null, { ast: true }), {
      expr: expressionInterpreter,
      renderer: "svg",
      logLevel: vega.Error,
    });
    // Drawn out of sight and put in place in one step; no animation, so nothing to reduce.
    await view.initialize(holder).runAsync();
    if (!this.isConnected) return view.finalize();
    this.view?.finalize();
    this.view = view;
    this.replaceChildren(...holder.childNodes);
    const svg = this.querySelector("svg");
    if (svg) DRAWN.set(this.id, { svg });
    this.dataset.getekend = "";
  }
}
customElements.define("vega-grafiek", VegaGrafiek);
