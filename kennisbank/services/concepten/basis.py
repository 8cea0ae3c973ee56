"""What the steps share: what a draft holds, reading it under lock, and what must be so.

Lock order: the article first, then its draft.
"""

from datetime import datetime
from typing import Any

from kennisbank.models import (
    ArtikelVersie,
    Concept,
    ConceptGebeurtenis,
    ConceptStand,
    Kennisartikel,
)
from kennisbank.opmaak import html_to_markdown, images_without_text
from kennisbank.services.artikelen import ArtikelIngetrokken
from kennisbank.services.concepten.fouten import (
    ConceptAndersBewaard,
    ConceptNietOpen,
    ConceptOnvolledig,
    ConceptVerouderd,
    NietUwAfdeling,
)
from kennisbank.services.versies import TekstOngewijzigd
from kennisbank.soorten import check_soort
from organisatie.models import Medewerker

TEKST = ("titel", "kort_antwoord", "uitleg", "vraag_door", "werkinstructie")
# What draft and article both have: copied from the one when editing starts, to it at publication.
KENMERKEN = (
    "soort", "product", "afdeling", "doelgroep", "alleen_intern", "trefwoorden", "herzien_op",
    "geldig_van", "geldig_tot", "is_belangrijk",
)  # fmt: skip
CONTACT = ("contactpersoon", "vervanger", "telefoonnummer")
VELDEN = (*TEKST, *KENMERKEN, *CONTACT)
LIJSTEN = ("andere_producten", "zie_ook", "voor_groepen")
BEWERKBAAR = (ConceptStand.VOORSTEL, ConceptStand.BEWERKING)
LOGSOORT = ConceptGebeurtenis.Soort


def fields_of(artikel: Kennisartikel, versie: ArtikelVersie | None) -> dict[str, Any]:
    """What a draft of this article begins with: kenmerken, and this version's text as Markdown."""
    velden: dict[str, Any] = {naam: getattr(artikel, naam) for naam in KENMERKEN}
    if versie is not None:
        velden |= {"titel": versie.titel, "kort_antwoord": versie.kort_antwoord}
        velden |= {
            naam: html_to_markdown(getattr(versie, f"{naam}_html"))
            for naam in ("uitleg", "vraag_door", "werkinstructie")
        }
        velden |= {naam: getattr(versie, naam) for naam in CONTACT}
    return velden


def lock_concept(concept: Concept) -> Concept:
    """Read it again under lock, after its article."""
    if concept.artikel_id is not None:
        Kennisartikel.objects.select_for_update().get(pk=concept.artikel_id)
    return Concept.objects.select_for_update().get(pk=concept.pk)


def store(concept: Concept) -> Concept:
    concept.versie += 1
    concept.save()
    return concept


def log_stap(
    concept: Concept, soort: str, by: Medewerker | None, at: datetime, tekst: str = ""
) -> ConceptGebeurtenis:
    return ConceptGebeurtenis.objects.create(
        concept=concept, soort=soort, door=by, op=at, tekst=tekst.strip()
    )


def back_to_editing(concept: Concept) -> None:
    concept.stand = ConceptStand.BEWERKING
    concept.goedgekeurd_door = concept.goedgekeurd_op = concept.publiceren_op = None


def must_be(concept: Concept, *standen: str, versie: int | None = None) -> None:
    if concept.stand not in standen:
        raise ConceptNietOpen(concept)
    if versie is not None and concept.versie != versie:
        raise ConceptAndersBewaard(concept)


def must_own(concept: Concept, by: Medewerker) -> None:
    if not by.afdelingen.filter(pk=concept.afdeling_id).exists():
        raise NietUwAfdeling(concept)


def must_fit(concept: Concept) -> None:
    """Its article is there, and has no newer version than the one that was worked in."""
    artikel = concept.artikel
    if artikel is None:
        return
    if not artikel.is_actief:
        raise ArtikelIngetrokken
    nummer = artikel.huidige_versie.nummer if artikel.huidige_versie else 0
    if nummer != concept.basis:
        raise ConceptVerouderd(nummer)


def must_be_ready(concept: Concept) -> None:
    """Whole, and different from what is published."""
    must_fit(concept)
    if fouten := missing(concept):
        raise ConceptOnvolledig(fouten)
    if concept.artikel is not None and not differs(concept):
        raise TekstOngewijzigd("U heeft nog niets veranderd. Er is niets om goed te keuren.")


def missing(concept: Concept) -> list[str]:
    """What has to be there before it can be published, as sentences."""
    fouten = [] if concept.titel.strip() else ["Vul een titel in."]
    waarden = {naam: getattr(concept, naam) for naam in VELDEN}
    fouten += check_soort(concept.soort, waarden).values()
    if images_without_text(f"{concept.uitleg}\n\n{concept.vraag_door}\n\n{concept.werkinstructie}"):
        fouten.append("Schrijf bij elke afbeelding wat erop staat: ![wat u ziet](afbeelding:…).")
    return fouten


def differs(concept: Concept) -> bool:
    """True when publishing it would change anything about its article."""
    artikel = concept.artikel
    if artikel is None or artikel.huidige_versie is None:
        return True
    nu = fields_of(artikel, artikel.huidige_versie)
    if any(_plain(getattr(concept, naam)) != _plain(waarde) for naam, waarde in nu.items()):
        return True
    return any(
        set(getattr(concept, naam).values_list("pk", flat=True))
        != set(getattr(artikel, naam).values_list("pk", flat=True))
        for naam in LIJSTEN
    )


def _plain(waarde: Any) -> Any:
    return "\n".join(waarde.split()) if isinstance(waarde, str) else waarde
