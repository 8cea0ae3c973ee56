"""Publishing many texts at once, as an import does: the same as publish_versie, in bulk."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from kennisbank.models import ArtikelGebeurtenis, ArtikelVersie, Kennisartikel
from kennisbank.opmaak import markdown_to_html, sanitise
from kennisbank.resources.tabellen import LANG, VAN_ARTIKEL, VAN_VERSIE, ArtikelRij
from kennisbank.services.versies import refresh_zoekvector
from organisatie.models import Medewerker

HERZIEN_NA = timedelta(days=365)  # when a file does not say


@transaction.atomic
def publish_versies(
    *, teksten: Mapping[int, Mapping[str, str]], reden: str, by: Medewerker, at: datetime
) -> None:
    """Publish for each article (by primary key) its next version; what a text does not name stays.

    ``reden`` enters the history of each. HTML is sanitised here. The caller refreshes what they are
    found by: publishing needs it once for a whole chunk.
    """
    # Under lock, in one order: two editors at once would otherwise take the same number.
    artikelen = {
        artikel.pk: artikel
        for artikel in Kennisartikel.objects.select_for_update()
        .filter(pk__in=teksten)
        .order_by("pk")
    }
    huidig = ArtikelVersie.objects.in_bulk(
        [a.huidige_versie_id for a in artikelen.values() if a.huidige_versie_id]
    )
    nummers = dict(
        ArtikelVersie.objects.filter(artikel__in=artikelen)
        .order_by()
        .values_list("artikel")
        .annotate(Max("nummer"))
    )
    versies = []
    for pk, artikel in artikelen.items():
        oud = huidig.get(artikel.huidige_versie_id or 0)
        versie = ArtikelVersie(
            artikel=artikel,
            nummer=nummers.get(pk, 0) + 1,
            gepubliceerd_op=at,
            auteur=by,
            goedgekeurd_door=by,
            titel=oud.titel if oud else "",
            kort_antwoord=oud.kort_antwoord if oud else "",
            contactpersoon_id=oud.contactpersoon_id if oud else None,
            vervanger_id=oud.vervanger_id if oud else None,
            telefoonnummer=oud.telefoonnummer if oud else "",
            **{f"{veld}_html": getattr(oud, f"{veld}_html") if oud else "" for veld in LANG},
        )
        for veld, tekst in teksten[pk].items():
            setattr(versie, veld, sanitise(tekst) if veld.endswith("_html") else tekst)
        versies.append(versie)
    ArtikelVersie.objects.bulk_create(versies)
    with connection.cursor() as cursor:
        # bulk_update would write a CASE of five hundred branches for what is one join.
        cursor.execute(
            "UPDATE kennisbank_kennisartikel artikel SET huidige_versie_id = versie.id"
            " FROM kennisbank_artikelversie versie"
            " WHERE versie.id = ANY(%s) AND versie.artikel_id = artikel.id",
            [[versie.pk for versie in versies]],
        )
    ArtikelGebeurtenis.objects.bulk_create(
        ArtikelGebeurtenis(
            artikel=versie.artikel,
            versie=versie,
            soort=ArtikelGebeurtenis.Soort.RECHTGEZET,
            door=by,
            op=at,
            tekst=reden,
        )
        for versie in versies
    )


@transaction.atomic
def store_artikelen(*, rijen: list[ArtikelRij], reden: str, by: Medewerker, at: datetime) -> None:
    """Write articles of an import, new ones and old; a version comes only where a text differs."""
    nieuw = [
        Kennisartikel(
            **{veld: getattr(rij, veld) for veld in VAN_ARTIKEL if veld != "herzien_op"},
            herzien_op=rij.herzien_op or _later(at),
        )
        for rij in rijen
        if rij.artikel_id is None
    ]
    gemaakt = {artikel.slug: artikel.pk for artikel in Kennisartikel.objects.bulk_create(nieuw)}
    anders = {rij.artikel_id: rij for rij in rijen if rij.artikel_id and rij.differs(VAN_ARTIKEL)}
    bestaand = list(Kennisartikel.objects.select_for_update().filter(pk__in=anders).order_by("pk"))
    velden = [veld for veld in VAN_ARTIKEL if any(rij.differs((veld,)) for rij in anders.values())]
    for artikel in bestaand:
        for veld in velden:
            if anders[artikel.pk].differs((veld,)):
                setattr(artikel, veld, getattr(anders[artikel.pk], veld))
    if velden:
        Kennisartikel.objects.bulk_update(bestaand, [v.removesuffix("_id") for v in velden])
    teksten = {}
    for rij in rijen:
        if rij.differs(VAN_VERSIE):
            teksten[rij.artikel_id or gemaakt[rij.slug]] = _text_of(rij)
    publish_versies(teksten=teksten, reden=reden, by=by, at=at)
    pks = [rij.artikel_id or gemaakt[rij.slug] for rij in rijen]
    refresh_zoekvector(artikelen=Kennisartikel.objects.filter(pk__in=pks))


def _text_of(rij: ArtikelRij) -> dict[str, str]:
    """What differs. A long text that is the same keeps its HTML to the letter."""
    tekst: dict[str, str] = {}
    for veld in VAN_VERSIE:
        waarde = getattr(rij, veld)
        if waarde == rij.was.get(veld):
            continue
        if veld in LANG:
            tekst[f"{veld}_html"] = markdown_to_html(waarde)
        else:
            tekst[veld] = waarde
    return tekst


def _later(at: datetime) -> date:
    return (at + HERZIEN_NA).date()
