"""What searching gives back, and how found words are shown."""

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from kennisbank.models import ArtikelSoort
from kennisbank.search.begrip import Begrip
from kennisbank.search.hulp import Hulp
from kennisbank.search.woorden import normalise, stem, words

# Marks around a found word. Control characters: they cannot be typed, and never pass for HTML.
BEGIN, EIND = "\x02", "\x03"
MAX_WOORD = 60  # letters of what is still another word for something
# The facet soort: the kinds of articles, all of them together, and products by name.
ARTIKEL, PRODUCT = "artikel", "productnaam"
SOORTEN = {**{str(soort): str(soort.label) for soort in ArtikelSoort}, PRODUCT: "productpagina"}


@dataclass(frozen=True)
class Treffer:
    """One result. ``soort`` is "artikel" or "product"; the two ``_html`` are safe to show."""

    soort: str
    uuid: UUID
    titel: str
    titel_html: SafeString
    fragment_html: SafeString
    kort_antwoord: str
    product_id: int | None
    product_naam: str
    afdeling_naam: str
    versie_id: int | None
    versie_nummer: int | None
    herzien_op: date | None
    is_over_tijd: bool
    score: float
    soort_label: str = ""
    gepubliceerd_op: datetime | None = None
    reden: str = ""  # why it was found, when that is not in plain sight

    @property
    def leeftijd(self) -> str:
        """How old the text is, as people say it; empty for a product."""
        return age(localdate(self.gepubliceerd_op)) if self.gepubliceerd_op else ""


@dataclass(frozen=True)
class Facet:
    """One choice in the column on the left, and how many results it would give."""

    waarde: str
    naam: str
    aantal: int


@dataclass(frozen=True)
class Zoekresultaat:
    """What the search page shows. ``gelezen_als`` is set when typing errors were corrected."""

    vraag: str
    treffers: list[Treffer]
    aantal: int = 0
    soorten: list[Facet] = field(default_factory=list)
    afdelingen: list[Facet] = field(default_factory=list)
    gelezen_als: str = ""
    is_afgekapt: bool = False
    is_ruim: bool = False
    hulp: Hulp | None = None  # when nothing was found


def age(sinds: date) -> str:
    """ "3 weken oud", counted from a day until today."""
    dagen = (localdate() - sinds).days
    if dagen < 1:
        return "van vandaag"
    if dagen < 14:
        return f"{dagen} dag oud" if dagen == 1 else f"{dagen} dagen oud"
    if dagen < 60:
        return f"{dagen // 7} weken oud"
    return f"{dagen // 30} maanden oud" if dagen < 730 else f"{dagen // 365} jaar oud"


def make_treffer(rij: dict[str, Any], vandaag: date, begrip: Begrip | None = None) -> Treffer:
    """One row of the search query as a result."""
    is_artikel = rij["k_kenmerk"] != PRODUCT
    # The short answer; but when the words stand in neither title nor answer, where they do.
    kort, lang = rij["k_kort_kop"], html.unescape(rij["k_lang_kop"])
    elders = BEGIN in lang and BEGIN not in kort and BEGIN not in rij["k_titel_kop"]
    fragment = (f"… {lang} …" if elders else kort) if is_artikel else lang
    zin = rij.get("k_zin", "")
    if zin and not is_artikel and not any(BEGIN in s for s in (lang, rij["k_titel_kop"])):
        fragment = zin  # of a long list of words: the one
    return Treffer(
        soort=ARTIKEL if is_artikel else "product",
        soort_label=SOORTEN[rij["k_kenmerk"]],
        uuid=rij["uuid"],
        titel=rij["k_titel"],
        titel_html=_marked(rij["k_titel_kop"]),
        fragment_html=_marked(fragment),
        kort_antwoord=rij["k_kort"],
        product_id=rij["k_product"],
        product_naam=rij["k_product_naam"],
        afdeling_naam=rij["k_afdeling"],
        versie_id=rij["k_versie"],
        versie_nummer=rij["k_nummer"],
        herzien_op=rij["k_herzien"],
        is_over_tijd=rij["k_herzien"] is not None and rij["k_herzien"] < vandaag,
        gepubliceerd_op=rij["k_sinds"],
        score=rij["k_score"],
        reden=_reason(rij, zin, begrip) if begrip else "",
    )


def _reason(rij: dict[str, Any], zin: str, begrip: Begrip) -> str:
    """Why this was found, as far as its title does not say so itself."""
    redenen = []
    stammen = {stem(woord) for woord in words(f"{zin} {rij['k_titel']}")}
    for groep in begrip.groepen:
        if groep.hersteld and stem(groep.hersteld) in stammen:
            redenen.append(f"‘{groep.woord}’ gelezen als ‘{groep.hersteld}’")
        elif stem(groep.woord) not in stammen:
            ander = [w for w in words(f"{zin} {rij['k_titel']}") if stem(w) in groep.synoniemen]
            redenen += [f"‘{groep.woord}’ is ook ‘{woord}’" for woord in ander[:1]]
    if not zin:
        redenen.append("de woorden staan in de tekst")
    elif zin != rij["k_titel"] and zin not in rij["k_kort"]:
        van = rij["k_product_naam"]
        is_ander = van and len(zin) <= MAX_WOORD and normalise(zin) != normalise(van)
        redenen.append(f"gevonden op ‘{zin}’" + (f" (ander woord voor {van})" if is_ander else ""))
    return "; ".join(dict.fromkeys(redenen))


def _marked(tekst: str) -> SafeString:
    """Escape first, and only then turn the marks into HTML; a mark without its pair goes."""
    veilig = html.escape(" ".join(tekst.split()))
    veilig = re.sub(f"{BEGIN}([^{BEGIN}{EIND}]*){EIND}", r'<mark class="nl-mark">\1</mark>', veilig)
    return mark_safe(re.sub(f"[{BEGIN}{EIND}]", "", veilig))  # noqa: S308 - escaped just above
