// Saves a form while somebody types: <form data-autosave-url="…"> with a hidden field `versie`.
// One request at a time, so that two saves never overtake each other; what failed is kept and tried again.

const QUIET = 700; // ms after the last change
const LATEST = 1800; // ms after the first change that is not yet saved
const KEEPALIVE_MAX = 60_000; // bytes; browsers refuse more in a request that outlives its page
const LONGEST_WAIT = 30_000; // ms between two tries
const LOST = "Niet opgeslagen. Uw tekst staat nog hier; we proberen het zo opnieuw.";

const savers = new Map();
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const announce = (detail) => document.dispatchEvent(new CustomEvent("kcc:melding", { detail: { sleutel: "bewaren", ...detail } }));

class Saver {
  constructor(form) {
    this.form = form;
    this.dirty = false;
    this.stopped = false;
    this.running = null;
    this.tries = 0;
    this.failing = false;
    this.restored = false; // a fresh token was just taken: a refusal now is not about the token
    this.held = null;
  }

  changed() {
    this.dirty = true;
    this.lastLeft = null;
    this.rejected = false;
    if (this.stopped) return;
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.flush(), QUIET);
    this.latest ??= setTimeout(() => this.flush(), LATEST);
  }

  clearTimers() {
    for (const timer of [this.quiet, this.latest, this.retry]) clearTimeout(timer);
    this.latest = undefined;
  }

  /** Save what is not saved yet. Resolves when that is done or has failed; never rejects. */
  flush() {
    this.clearTimers();
    if (!this.form.isConnected && !this.running) {
      // The answer to its own button replaced it (a browser says "change" when it takes the field away): the new
      // form has the text and the new `versie`, and saving the old one would be a conflict with ourselves.
      this.dirty = false;
      savers.delete(this.form);
      return Promise.resolve();
    }
    if (!this.dirty || this.stopped || this.rejected) return this.running ?? Promise.resolve();
    if (this.running) return this.running.then(() => this.flush());
    if (this.held) return this.held.then(() => this.flush());
    this.running = this.send().finally(() => {
      this.running = null;
      if (!this.form.isConnected && !this.dirty) savers.delete(this.form);
    });
    return this.running;
  }

  body() {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") data.append(name, value);
    }
    return data;
  }

  request(body) {
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body,
      credentials: "same-origin",
      keepalive: body.toString().length < KEEPALIVE_MAX,
      redirect: "manual",
      headers: {
        Accept: "application/json",
        "X-Autosave": "1",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "",
      },
    });
  }

  async send() {
    this.dirty = false;
    let answer;
    try {
      answer = await this.request(this.body());
    } catch {
      this.later();
      return;
    }
    if (answer.ok) {
      this.saved(await answer.json().catch(() => ({})));
    } else if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") {
      this.denied(answer.status);
    } else if (answer.status >= 500 || answer.status === 429) {
      this.later();
    } else {
      this.refused(answer.status, await this.sentence(answer));
    }
  }

  async sentence(answer) {
    const text = await answer.text().catch(() => "");
    try {
      return JSON.parse(text).melding;
    } catch {
      const plain = (answer.headers.get("Content-Type") ?? "").startsWith("text/plain");
      return plain && text.length < 500 ? text : "";
    }
  }

  saved({ versie, opgeslagen_op: at }) {
    this.tries = 0;
    this.failing = false;
    this.restored = false;
    const field = this.form.elements.versie;
    if (field && versie > Number(field.value)) field.value = versie; // answers may cross when the page was left
    this.show(`opgeslagen ${at ?? new Date().toLocaleTimeString("nl-NL")}`);
    announce({ weg: "bewaren" });
    this.form.dispatchEvent(new CustomEvent("kcc:bewaard", { bubbles: true, detail: { versie } }));
  }

  /** No connection, or the server is away: try again, ever slower. */
  later() {
    this.dirty = this.failing = true;
    this.tries += 1;
    this.show(LOST, true);
    announce({ tekst: LOST, soort: "fout", dringend: true });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.flush(), Math.min(LONGEST_WAIT, 1000 * 2 ** this.tries));
  }

  /** The session is gone or its token changed: zitting.js finds out which, and says when to go on. */
  denied(status) {
    this.dirty = this.failing = true;
    this.show("Niet opgeslagen. Uw tekst staat nog hier.", true);
    if (status === 403 && this.restored) {
      this.refused(status, "U heeft geen rechten om dit op te slaan. Uw tekst staat nog hier.");
      return;
    }
    document.dispatchEvent(new CustomEvent("kcc:zitting-verlopen"));
  }

  /** The server does not want this text. After a conflict we stop, so as not to write over a colleague's work. */
  refused(status, sentence) {
    this.dirty = this.failing = true;
    this.rejected = true;
    if (status === 409) this.stopped = true;
    const tekst = sentence || "Niet opgeslagen. Uw tekst staat nog hier. Laad de pagina opnieuw in een ander tabblad om te zien wat er is gewijzigd.";
    this.show("Niet opgeslagen.", true);
    announce({ tekst, soort: "fout", dringend: true });
  }

  show(text, wrong = false) {
    const outside = this.form.id ? document.querySelector(`[data-autosave-stand="#${CSS.escape(this.form.id)}"]`) : null;
    const place = this.form.querySelector("[data-autosave-stand]") ?? outside;
    if (!place) return;
    place.textContent = text;
    place.dataset.stand = wrong ? "fout" : "goed";
  }

  /** The page goes away: one last request that outlives it, on top of the one that may still be under way. */
  leave() {
    if (!this.dirty || this.stopped || this.rejected) return;
    this.clearTimers();
    const versie = Number(this.form.elements.versie?.value ?? 0) + (this.running ? 1 : 0);
    sessionStorage.setItem(LEFT, JSON.stringify({ pad: location.pathname, versie, op: Date.now() }));
    if (!this.running && !this.lastLeft) {
      this.flush();
      return;
    }
    const body = this.body();
    if (body.has("versie")) body.set("versie", Number(body.get("versie")) + 1);
    this.dirty = false;
    // A page that goes away hears its running request fail, though it arrives: not a reason to send this again.
    if (this.lastLeft === body.toString()) return;
    this.lastLeft = body.toString();
    this.request(body)
      .then(async (answer) => (answer.ok ? this.saved(await answer.json()) : this.changed()))
      .catch(() => this.changed());
  }
}

function saverOf(form) {
  if (!form?.dataset?.autosaveUrl) return null;
  if (!savers.has(form)) savers.set(form, new Saver(form));
  return savers.get(form);
}

const unfinished = () => [...savers.values()].filter((saver) => saver.running || (saver.dirty && !saver.stopped && !saver.rejected));
const flushAll = () => Promise.race([Promise.all(unfinished().map((saver) => saver.flush())), wait(3000)]);

for (const name of ["input", "change"]) {
  document.addEventListener(name, ({ target }) => {
    if (!target.closest?.("[data-autosave-niet]")) saverOf(target.form)?.changed();
  });
}
document.addEventListener("focusout", ({ target }) => savers.get(target.form)?.flush());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const saver of savers.values()) saver.leave();
});
addEventListener("pagehide", () => {
  for (const saver of savers.values()) saver.leave();
});
addEventListener("pageshow", ({ persisted }) => {
  // Back out of the browser's memory: the form has an old `versie`, and the server has the text.
  if (persisted && savers.size && ![...savers.values()].some((saver) => saver.dirty)) location.reload();
});
addEventListener("beforeunload", (event) => {
  // Only when saving does not work: what is merely not saved yet goes along with the page (leave).
  if ([...savers.values()].some((saver) => saver.dirty && saver.failing && saver.form.isConnected)) event.preventDefault();
});
document.addEventListener("kcc:zitting-hersteld", () => {
  for (const saver of savers.values()) {
    saver.restored = true;
    saver.flush();
  }
});

// A page that is reloaded in the middle of a word: its last save may arrive after the new page was made.
// That page then shows less than the server has, and its `versie` is old. Loaded once more, it is right.
const LEFT = "kcc-verlaten";
addEventListener("load", () => {
  const left = JSON.parse(sessionStorage.getItem(LEFT) ?? "null");
  sessionStorage.removeItem(LEFT);
  const field = document.querySelector("form[data-autosave-url]")?.elements.versie;
  if (left?.pad !== location.pathname || !field || Number(field.value) > left.versie) return;
  if (Date.now() - left.op < 5000) setTimeout(() => location.reload(), 300);
});

// A submit carries the whole form, but must not overtake a save that is under way: it would bring an old `versie`.
document.addEventListener(
  "submit",
  (event) => {
    const own = savers.get(event.target);
    own?.clearTimers();
    const others = unfinished().filter((saver) => saver !== own || saver.running);
    if (!others.length) {
      if (own) own.dirty = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target: form, submitter } = event;
    flushAll().then(() => resubmit(form, submitter));
  },
  true,
);

/** Send it now, whatever the save did: the server decides on what it gets. */
function resubmit(form, submitter) {
  const own = savers.get(form);
  if (own) own.dirty = false;
  const held = [...savers.values()].filter((saver) => saver.dirty && saver !== own);
  for (const saver of held) saver.rejected = true; // not again in this round
  if (submitter?.isConnected) form.requestSubmit(submitter);
  else form.requestSubmit();
  for (const saver of held) saver.rejected = false;
}

// The same for what htmx asks after a click or a submit: the server then knows the text that is on the screen.
document.addEventListener("htmx:confirm", (event) => {
  const kind = event.detail.triggeringEvent?.type;
  if (kind !== "click" || !unfinished().length) return;
  event.preventDefault();
  const { question, issueRequest } = event.detail;
  flushAll().then(() => {
    if (!question || confirm(question)) issueRequest(true);
  });
});
// A button of the form saves too and gets a new `versie` back: until that is here, typing waits its turn.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const saver = savers.get(detail.elt.form ?? detail.elt.closest("form"));
  if (!saver || detail.requestConfig.triggeringEvent?.type !== "click") return;
  saver.held = new Promise((done) => {
    detail.xhr.addEventListener("loadend", () =>
      setTimeout(() => {
        saver.held = null;
        done();
      }, 50),
    );
  });
});
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, ({ detail }) => savers.get(detail.elt?.closest?.("form"))?.changed());
}
