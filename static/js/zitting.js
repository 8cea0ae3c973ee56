// A session that ended while the page stayed open. The page keeps all that was typed; the person logs in again
// in another tab, and when they come back the page takes a new CSRF token, since logging in makes the old one void.
// Events: in "kcc:zitting-verlopen" (and "sessie-verlopen" from HX-Trigger), out "kcc:zitting-hersteld".

const me = document.querySelector('meta[name="kcc-gebruiker"]')?.content;
const loginUrl = document.querySelector('meta[name="kcc-inloggen"]')?.content;
const startUrl = document.querySelector("a.balk__merk")?.href;
let expired = false;
let asking = false;

const say = (detail) => document.dispatchEvent(new CustomEvent("kcc:melding", { detail: { sleutel: "zitting", ...detail } }));

/** Who is logged in now, and the token that belongs to it; null when nobody is or the server is away. */
async function present() {
  try {
    const answer = await fetch(startUrl, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const user = page.querySelector('meta[name="kcc-gebruiker"]')?.content;
    const headers = page.body.getAttribute("hx-headers");
    return user && headers ? { user, headers } : null;
  } catch {
    return null;
  }
}

async function restore() {
  if (!expired || asking || !startUrl) return;
  asking = true;
  const found = await present();
  asking = false;
  if (!found) {
    say({
      tekst: "U bent niet meer ingelogd. Uw tekst staat nog op deze pagina.",
      soort: "fout",
      dringend: true,
      link: { tekst: "Log opnieuw in (in nieuw tabblad)", url: loginUrl },
    });
    return;
  }
  if (found.user !== me) {
    say({
      tekst: "Er is nu iemand anders ingelogd. Uw tekst staat nog hier, maar wordt niet opgeslagen. Kopieer uw tekst en laad de pagina opnieuw.",
      soort: "fout",
      dringend: true,
    });
    return;
  }
  expired = false;
  document.body.setAttribute("hx-headers", found.headers);
  const token = JSON.parse(found.headers)["X-CSRFToken"];
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = token;
  document.dispatchEvent(new CustomEvent("kcc:melding", { detail: { weg: "zitting" } }));
  document.dispatchEvent(new CustomEvent("kcc:zitting-hersteld"));
}

function lost() {
  expired = true;
  restore();
}

document.addEventListener("kcc:zitting-verlopen", lost);
document.addEventListener("sessie-verlopen", lost);
document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => {
  if (xhr.status === 401) lost();
});
addEventListener("focus", restore);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && restore());
