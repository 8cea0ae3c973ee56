"""Texts of another source: proposed to the editors, followed when the source changes.

What a source said is kept (Herkomst). A new text of it is published by itself only where nobody
here touched the text since; otherwise it becomes a proposal that says what changed at the source.
"""

import difflib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from kennisbank.invoer.bron import TEKSTEN
from kennisbank.invoer.vormen import GEWIJZIGD, NIEUW, OVERGESLAGEN, Fout, Rij, RijenFout, Uitkomst
from kennisbank.models import (
    ArtikelSoort,
    Concept,
    ConceptGebeurtenis,
    ConceptStand,
    Herkomst,
    Kennisartikel,
)
from kennisbank.opmaak import html_to_markdown, markdown_to_html
from kennisbank.resources.kolommen import Opzoek
from kennisbank.resources.tabellen import LANG
from kennisbank.services.concepten import LIJSTEN, fields_of
from kennisbank.services.versies import refresh_zoekvector
from kennisbank.services.versies_samen import HERZIEN_NA, publish_versies
from organisatie.models import Afdeling, Medewerker

INGETROKKEN = "Dit artikel is hier ingetrokken."
IN_BEWERKING = "Van dit artikel is hier een concept in bewerking. Lees het later opnieuw in."
WORDT_VOORSTEL = "Hier is de tekst aangepast. Het wordt een voorstel aan de redactie."
WORDT_VERSIE = "Hier is de tekst niet aangepast. Hij wordt meteen bijgewerkt."
GEEN_PRODUCT = "Het product kennen we niet. De redactie kiest er een."
MAX_TOELICHTING = 10_000  # characters of what changed at the source


@dataclass
class _Plan:
    """One row, what is known about it, and what it becomes."""

    rij: Rij
    uitkomst: Uitkomst
    herkomst: Herkomst | None = None
    concept: Concept | None = None  # a proposal of the same source that nobody touched
    wordt: str = ""  # "artikel", "versie", "concept" or nothing

    @property
    def tekst(self) -> dict[str, str]:
        """What the source says now."""
        return texts_of(self.rij.waarden)


def texts_of(waarden: dict[str, Any]) -> dict[str, str]:
    """Of all that a row holds, the texts."""
    return {veld: waarden[veld] for veld in TEKSTEN if veld in waarden}


def run_bron(
    rijen: list[Rij], *, opzoek: Opzoek, by: Medewerker, at: datetime, reden: str, proef: bool
) -> list[Uitkomst]:
    """Check these rows, and store what they bring unless ``proef``. Raises RijenFout."""
    huis = _house(by)
    plannen = _plan(rijen, huis)
    if not proef:
        fouten = [fout for plan in plannen for fout in plan.uitkomst.fouten]
        if fouten:
            raise RijenFout(fouten)
        _store_new([p for p in plannen if p.wordt == "artikel"], opzoek, huis, by, at, reden)
        _store_versions([p for p in plannen if p.wordt == "versie"], by, at, reden)
        for plan in plannen:
            if plan.wordt == "concept":
                _propose(plan, by, at, reden)
        _keep([p for p in plannen if p.wordt in {"versie", "concept"}], at)
    else:
        for plan in plannen:
            if plan.wordt == "artikel" and _product(plan.rij, opzoek) is None:
                plan.uitkomst.opmerking = GEEN_PRODUCT
    return [plan.uitkomst for plan in plannen]


def _house(by: Medewerker) -> int | None:
    """The department that gets what no other department owns."""
    mijn = by.afdelingen.order_by("naam").values_list("pk", flat=True).first()
    return mijn or Afdeling.objects.filter(is_kcc=True).values_list("pk", flat=True).first()


def _plan(rijen: list[Rij], huis: int | None) -> list[_Plan]:
    bronnen = {rij.waarden["bron"] for rij in rijen}
    bekend = {
        (h.bron, h.kenmerk): h
        for h in Herkomst.objects.filter(
            bron__in=bronnen, kenmerk__in=[rij.waarden["kenmerk"] for rij in rijen]
        ).select_related("artikel__huidige_versie")
    }
    open_ = {
        concept.artikel_id: concept
        for concept in Concept.objects.open().filter(
            artikel__in=[h.artikel_id for h in bekend.values()]
        )
    }
    plannen = []
    for rij in rijen:
        plan = _Plan(rij, Uitkomst(rij.nummer, rij.waarden["titel"]))
        plan.herkomst = bekend.get((rij.waarden["bron"], rij.waarden["kenmerk"]))
        if plan.herkomst is None:
            plan.wordt, plan.uitkomst.wat = "artikel", NIEUW
            if huis is None:
                zin = (
                    "Er is geen afdeling voor dit artikel. Laat de beheerder u een afdeling geven."
                )
                plan.uitkomst.fouten.append(Fout(rij.nummer, "afdeling", zin))
        elif plan.tekst != plan.herkomst.inhoud:
            _plan_update(plan, open_.get(plan.herkomst.artikel_id))
        plannen.append(plan)
    return plannen


def _plan_update(plan: _Plan, concept: Concept | None) -> None:
    """The source says something else than it did."""
    herkomst, uitkomst = plan.herkomst, plan.uitkomst
    assert herkomst is not None  # noqa: S101 - only called with one
    ons = our_texts(herkomst.artikel)
    zei = herkomst.inhoud
    for veld, nieuw in plan.tekst.items():
        if zei.get(veld, "") != nieuw:
            naam = TEKSTEN[veld][0]
            uitkomst.velden.append((naam, zei.get(veld, ""), nieuw, ons.get(veld, "")))
    if not herkomst.artikel.is_actief:
        uitkomst.wat, uitkomst.opmerking = OVERGESLAGEN, INGETROKKEN
    elif concept is not None and not _is_untouched(concept, zei):
        uitkomst.wat, uitkomst.opmerking = OVERGESLAGEN, IN_BEWERKING
    elif concept is None and ons and is_as_source_said(herkomst):
        uitkomst.wat, plan.wordt, uitkomst.opmerking = GEWIJZIGD, "versie", WORDT_VERSIE
    else:
        plan.concept = concept
        uitkomst.wat, plan.wordt = GEWIJZIGD, "concept"
        uitkomst.opmerking = WORDT_VOORSTEL if ons else ""


def our_texts(artikel: Kennisartikel) -> dict[str, str]:
    """The article's current text, as a source writes it; empty when it has none yet."""
    versie = artikel.huidige_versie
    if versie is None:
        return {}
    lang = {veld: html_to_markdown(getattr(versie, f"{veld}_html")) for veld in LANG}
    return {"titel": versie.titel, "kort_antwoord": versie.kort_antwoord, **lang}


def is_as_source_said(herkomst: Herkomst) -> bool:
    """True when the published text is still the source's own: nobody here changed it."""
    versie = herkomst.artikel.huidige_versie
    if versie is None:
        return False
    for veld, zei in herkomst.inhoud.items():
        if veld in LANG:
            gelijk = getattr(versie, f"{veld}_html") == markdown_to_html(zei)
        else:
            gelijk = " ".join(getattr(versie, veld).split()) == " ".join(zei.split())
        if not gelijk:
            return False
    return True


def _is_untouched(concept: Concept, zei: dict[str, str]) -> bool:
    """A proposal that still says what the source said when it was made."""
    return concept.stand == ConceptStand.VOORSTEL and all(
        getattr(concept, veld) == tekst for veld, tekst in zei.items()
    )


def _product(rij: Rij, opzoek: Opzoek) -> int | None:
    for veld in ("product_uri", "product_naam"):
        sleutel = str(rij.waarden.get(veld) or "").casefold()
        if sleutel and (pk := opzoek.producten.get(sleutel)):
            return pk
    return None


def _store_new(
    plannen: list[_Plan], opzoek: Opzoek, huis: int | None, by: Medewerker, at: datetime, reden: str
) -> None:
    """An article without a text, which nobody sees yet, and the proposal for its first."""
    from kennisbank.models import Product

    producten = Product.objects.in_bulk(
        [pk for plan in plannen if (pk := _product(plan.rij, opzoek))]
    )
    slugs = free_slugs([plan.rij.waarden["titel"] for plan in plannen])
    artikelen, concepten = [], []
    for plan, slug in zip(plannen, slugs, strict=True):
        van = plan.rij.waarden
        product = producten.get(_product(plan.rij, opzoek) or 0)
        afdeling = opzoek.afdelingen.get(str(van.get("afdeling") or "").casefold())
        kenmerken: dict[str, Any] = {
            "soort": van.get("soort") or ArtikelSoort.PRODUCT.value,
            "product": product,
            "afdeling_id": (product.afdeling_id if product else None) or afdeling or huis,
            "doelgroep": van.get("doelgroep") or (product.doelgroep if product else ""),
            "alleen_intern": van["alleen_intern"],
            "trefwoorden": van.get("trefwoorden", ""),
            "herzien_op": _later(at),
        }
        artikelen.append(Kennisartikel(slug=slug, **kenmerken))
        concepten.append(
            Concept(
                **kenmerken,
                **plan.tekst,
                stand=ConceptStand.VOORSTEL,
                toelichting=f"{_origin(plan.rij)} {reden}",
                ingediend_door=by,
                ingediend_op=at,
                gewijzigd_door=by,
                gewijzigd_op=at,
            )
        )
    for artikel, concept in zip(
        Kennisartikel.objects.bulk_create(artikelen), concepten, strict=True
    ):
        concept.artikel = artikel
    _log(Concept.objects.bulk_create(concepten), by, at)
    Herkomst.objects.bulk_create(
        Herkomst(
            artikel=artikel,
            bron=plan.rij.waarden["bron"],
            kenmerk=plan.rij.waarden["kenmerk"],
            versie=plan.rij.waarden.get("versie", ""),
            inhoud=plan.tekst,
            opgehaald_op=at,
        )
        for plan, artikel in zip(plannen, artikelen, strict=True)
    )


def free_slugs(titels: list[str]) -> list[str]:
    """An address part for each title, that neither an article nor an earlier title has."""
    bases = [slugify(titel)[:100].strip("-") or "artikel" for titel in titels]
    bezet = set(Kennisartikel.objects.filter(slug__in=bases).values_list("slug", flat=True))
    dubbel = {basis for basis, keer in Counter(bases).items() if keer > 1} | bezet
    for basis in dubbel:
        met_nummer = Kennisartikel.objects.filter(slug__startswith=f"{basis}-")
        bezet |= set(met_nummer.values_list("slug", flat=True))
    slugs = []
    for basis in bases:
        slug, nummer = basis, 1
        while slug in bezet:
            nummer += 1
            slug = f"{basis}-{nummer}"
        bezet.add(slug)
        slugs.append(slug)
    return slugs


def _store_versions(plannen: list[_Plan], by: Medewerker, at: datetime, reden: str) -> None:
    teksten = {}
    for plan in plannen:
        assert plan.herkomst is not None  # noqa: S101 - a version is of an article that is known
        teksten[plan.herkomst.artikel_id] = {
            f"{veld}_html" if veld in LANG else veld: markdown_to_html(tekst)
            if veld in LANG
            else tekst
            for veld, tekst in plan.tekst.items()
        }
    publish_versies(teksten=teksten, reden=reden, by=by, at=at)
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk__in=teksten))


def _propose(plan: _Plan, by: Medewerker, at: datetime, reden: str) -> None:
    """A proposal with the new text of the source; what it does not name stays as it is here."""
    herkomst = plan.herkomst
    assert herkomst is not None  # noqa: S101 - a proposal is about an article that is known
    toelichting = f"{_origin(plan.rij)} {reden}\n\n{describe_change(plan)}"[:MAX_TOELICHTING]
    if plan.concept is not None:
        for veld, tekst in plan.tekst.items():
            setattr(plan.concept, veld, tekst)
        plan.concept.toelichting = toelichting
        plan.concept.gewijzigd_door, plan.concept.gewijzigd_op = by, at
        plan.concept.versie += 1
        plan.concept.save()
        return
    artikel: Kennisartikel = _locked(Kennisartikel.objects.filter(pk=herkomst.artikel_id))
    concept = Concept.objects.create(
        **fields_of(artikel, artikel.huidige_versie) | plan.tekst,
        artikel=artikel,
        basis=artikel.huidige_versie.nummer if artikel.huidige_versie else 0,
        stand=ConceptStand.VOORSTEL,
        toelichting=toelichting,
        ingediend_door=by,
        ingediend_op=at,
        gewijzigd_door=by,
        gewijzigd_op=at,
    )
    for naam in LIJSTEN:
        getattr(concept, naam).set(getattr(artikel, naam).all())
    _log([concept], by, at)


def _locked(artikelen: QuerySet[Kennisartikel]) -> Kennisartikel:
    """Under lock, as every road to a draft does: two must not both begin one."""
    return artikelen.select_for_update().get()


def _log(concepten: list[Concept], by: Medewerker, at: datetime) -> None:
    ConceptGebeurtenis.objects.bulk_create(
        ConceptGebeurtenis(
            concept=concept,
            soort=ConceptGebeurtenis.Soort.VOORGESTELD,
            door=by,
            op=at,
            tekst=concept.toelichting,
        )
        for concept in concepten
    )


def describe_change(plan: _Plan) -> str:
    """What changed at the source: lines with − are gone there, lines with + came."""
    herkomst = plan.herkomst
    assert herkomst is not None  # noqa: S101 - without one nothing changed
    stukken = []
    for veld, nieuw in plan.tekst.items():
        oud = herkomst.inhoud.get(veld, "")
        if oud == nieuw:
            continue
        regels = [
            regel
            for regel in difflib.ndiff(oud.splitlines(), nieuw.splitlines())
            if regel[:1] in "+-" and regel[2:].strip()
        ]
        stukken.append("\n".join([f"Bij de bron veranderd, {TEKSTEN[veld][0]}:", *regels]))
    return "\n\n".join(stukken)


def _origin(rij: Rij) -> str:
    van = rij.waarden
    versie = f", versie {van['versie']}" if van.get("versie") else ""
    return f"Bron: {van['bron']}{versie}."


def _keep(plannen: list[_Plan], at: datetime) -> None:
    """Remember what the sources say now."""
    bij = []
    for plan in plannen:
        if plan.herkomst is not None:
            plan.herkomst.inhoud = plan.tekst
            plan.herkomst.versie = plan.rij.waarden.get("versie", "")
            plan.herkomst.opgehaald_op = at
            bij.append(plan.herkomst)
    Herkomst.objects.bulk_update(bij, ["inhoud", "versie", "opgehaald_op"])


def _later(at: datetime) -> date:
    return (at + HERZIEN_NA).date()
