// The list stays while a taak opens beside it: the row of the open taak is marked, and "open the first" goes away.

function mark() {
  const path = location.pathname;
  for (const link of document.querySelectorAll(".werkvoorraad .tabel__hoofd")) {
    const row = link.closest("tr");
    if (link.pathname === path) {
      row.setAttribute("aria-current", "true");
      row.scrollIntoView({ block: "nearest" });
    } else {
      row.removeAttribute("aria-current");
    }
  }
  const first = document.querySelector("[data-eerste]");
  if (first) first.hidden = Boolean(document.querySelector(".taak"));
}

for (const name of ["htmx:afterSettle", "htmx:pushedIntoHistory"]) document.addEventListener(name, mark);
