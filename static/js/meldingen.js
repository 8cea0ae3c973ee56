// Messages that appear without a new page: at once (role=alert) or when the reader is free (role=status).
// Other modules ask for one with the event "kcc:melding"; the server with HX-Trigger: {"melding": {"tekst": …}}.
// detail: tekst; soort (goed, info, let-op, fout); dringend; sleutel (replaces the message with the same key,
// and is not read again when its text is the same); link {tekst, url}; weg (remove the message with that key).

const KINDS = {
  goed: ["utrecht-alert--ok", "vink"],
  info: ["utrecht-alert--info", "info"],
  "let-op": ["utrecht-alert--warning", "let-op"],
  fout: ["utrecht-alert--error", "let-op"],
};
const QUIET_FOR = 6000; // ms that a quiet message stays

const element = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

function icon(name) {
  const sheet = document.querySelector(".icoon use")?.getAttribute("href").split("#")[0] ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icoon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sheet}#${name}`);
  svg.append(use);
  return svg;
}

function remove(key) {
  for (const old of document.querySelectorAll(".meldingen [data-sleutel]")) {
    if (old.dataset.sleutel === key) old.remove();
  }
}

function show({ tekst, soort = "info", dringend = false, sleutel = tekst, link }) {
  const region = document.getElementById(dringend ? "meldingen-dringend" : "meldingen-rustig");
  if (!region || !tekst) return;
  const present = [...region.children].find((old) => old.dataset.sleutel === sleutel);
  if (present?.dataset.tekst === tekst) return;
  present?.remove();

  const [className, iconName] = KINDS[soort] ?? KINDS.info;
  const box = element("div", `utrecht-alert bericht ${className}`);
  box.dataset.sleutel = sleutel;
  box.dataset.tekst = tekst;
  const sign = element("div", "utrecht-alert__icon");
  sign.append(icon(iconName));
  const content = element("div", "utrecht-alert__content");
  const line = element("p", "utrecht-alert__message", tekst);
  if (link) {
    const anchor = element("a", "nl-link", link.tekst);
    anchor.href = link.url;
    anchor.target = "_blank";
    anchor.rel = "noopener";
    line.append(" ", anchor);
  }
  content.append(line);
  box.append(sign, content);
  if (dringend) {
    const close = element("button", "nl-button nl-button--subtle nl-button--icon-only knop--klein bericht__sluit");
    close.type = "button";
    close.setAttribute("aria-label", "Melding sluiten");
    close.append(icon("sluit"));
    close.addEventListener("click", () => box.remove());
    box.append(close);
  } else {
    setTimeout(() => box.remove(), QUIET_FOR);
  }
  region.append(box);
}

document.addEventListener("kcc:melding", ({ detail }) => (detail.weg ? remove(detail.weg) : show(detail)));
document.addEventListener("melding", ({ detail }) => show({ soort: "goed", ...detail }));

// What went wrong in a request of htmx. Nothing was swapped, so whatever was typed is still there.
const SENTENCES = {
  403: "U heeft geen rechten om dit te doen. Er is niets gewijzigd.",
  404: "Dit is er niet meer. Laad de pagina opnieuw.",
  409: "Een collega was u voor. Laad de pagina opnieuw om te zien wat er is gewijzigd.",
  413: "Dit is te veel tekst om in één keer te versturen. Maak de tekst korter.",
  429: "Dit is te vaak achter elkaar gebeurd. Wacht even en probeer het opnieuw.",
};
const GENERAL = "Er ging iets mis. Er is niets gewijzigd en uw tekst staat nog hier. Probeer het opnieuw.";

document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status === 401) return; // zitting.js says so
  if (xhr.status === 403 && document.querySelector('.meldingen [data-sleutel="zitting"]')) return; // and this follows from it
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  const id = xhr.getResponseHeader("X-Request-Id");
  let tekst = SENTENCES[xhr.status] ?? GENERAL;
  if (type.startsWith("text/plain") && xhr.responseText && xhr.responseText.length < 500) tekst = xhr.responseText;
  else if (xhr.status >= 500 && id) tekst += ` Blijft het misgaan? Geef dan code ${id} door aan uw beheerder.`;
  show({ tekst, soort: "fout", dringend: true, sleutel: "htmx" });
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () =>
    show({
      tekst: "Er is geen verbinding. Er is niets gewijzigd en uw tekst staat nog hier. Probeer het zo opnieuw.",
      soort: "fout",
      dringend: true,
      sleutel: "htmx",
    }),
  );
}
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) remove("htmx");
});
