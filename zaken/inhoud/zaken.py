"""Kinds of zaken for any municipality, and the zaken of the invented one."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localdate

from contacts.models import Klantcontact
from kennisbank.models import Product
from organisatie.inhoud import lees_csv
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import Werkkalender, laad_werkkalender
from zaken.models import (
    InterneTaak,
    Resultaattype,
    Statustype,
    Zaak,
    ZaakBetrokkene,
    ZaakGebeurtenis,
    ZaakKoppeling,
    ZaakStatus,
    Zaaktype,
)
from zaken.services.zaak.termijn import recompute
from zaken.services.zaak.verloop import archive_date
from zaken.zaaknummer import REEKS, make_identificatie

MAP = Path(__file__).parent
HOEVEEL = 300
WACHT_OP = (
    "op de ontbrekende papieren, waarom wij in een brief hebben gevraagd",
    "op het advies van een andere organisatie, met uw instemming",
    "op de aanvulling van uw aanvraag",
)
MEER_TIJD = (
    "Er is nog een advies nodig.",
    "De zaak is ingewikkelder dan gewoon.",
    "Meer mensen hebben bij dit besluit een belang.",
)


def _duur(tekst: str) -> tuple[int | None, str]:
    aantal, _, eenheid = tekst.partition(" ")
    return (int(aantal), eenheid) if aantal else (None, "weken")


@transaction.atomic
def laad_zaaktypen(*, vanaf: date) -> int:
    """Add the kinds of zaken that are not there yet, with their stages and results; returns how
    many. One of a department that is not there is passed over.
    """
    afdelingen = {a.identificatie: a for a in Afdeling.objects.all()}
    producten = {p.naam: p for p in Product.objects.all()}
    bekend = set(Zaaktype.objects.values_list("identificatie", flat=True))
    nieuw: dict[str, Zaaktype] = {}
    for rij in lees_csv(MAP / "zaaktypen.csv"):
        if rij["identificatie"] in bekend or rij["afdeling"] not in afdelingen:
            continue
        norm, norm_eenheid = _duur(rij["servicenorm"])
        wet, wet_eenheid = _duur(rij["doorlooptijd"])
        langer, langer_eenheid = _duur(rij["verlenging"])
        nieuw[rij["identificatie"]] = Zaaktype.objects.create(
            identificatie=rij["identificatie"],
            omschrijving=rij["omschrijving"],
            product=producten.get(rij["product"]),
            afdeling=afdelingen[rij["afdeling"]],
            servicenorm_aantal=norm,
            servicenorm_eenheid=norm_eenheid,
            doorlooptijd_aantal=wet or 1,
            doorlooptijd_eenheid=wet_eenheid,
            doorlooptijd_commissie=int(rij["commissie"]) if rij["commissie"] else None,
            termijn_start=rij["termijn_start"],
            verlenging_mogelijk=langer is not None,
            verlenging_aantal=langer,
            verlenging_eenheid=langer_eenheid if langer else "weken",
            opschorting_mogelijk=rij["opschorting"] == "ja",
            dwangsom_mogelijk=rij["dwangsom"] == "ja",
            grondslag=rij["grondslag"],
            begin_geldigheid=vanaf,
        )
    _laad_statustypen(nieuw)
    _laad_resultaattypen(nieuw)
    return len(nieuw)


def _laad_statustypen(zaaktypen: dict[str, Zaaktype]) -> None:
    rijen = [r for r in lees_csv(MAP / "zaaktypen_statussen.csv") if r["zaaktype"] in zaaktypen]
    laatste = {rij["zaaktype"]: int(rij["volgnummer"]) for rij in rijen}
    Statustype.objects.bulk_create(
        Statustype(
            zaaktype=zaaktypen[rij["zaaktype"]],
            volgnummer=int(rij["volgnummer"]),
            omschrijving=rij["omschrijving"],
            statustekst=rij["statustekst"],
            vervolg=rij["vervolg"],
            is_eindstatus=int(rij["volgnummer"]) == laatste[rij["zaaktype"]],
        )
        for rij in rijen
    )


def _laad_resultaattypen(zaaktypen: dict[str, Zaaktype]) -> None:
    Resultaattype.objects.bulk_create(
        Resultaattype(
            zaaktype=zaaktypen[rij["zaaktype"]],
            omschrijving=rij["omschrijving"],
            toelichting=rij["toelichting"],
            selectielijstklasse=rij["selectielijstklasse"],
            archiefnominatie="vernietigen" if rij["jaren"] else "blijvend_bewaren",
            bewaartermijn_jaren=int(rij["jaren"]) if rij["jaren"] else None,
        )
        for rij in lees_csv(MAP / "zaaktypen_resultaten.csv")
        if rij["zaaktype"] in zaaktypen
    )


@dataclass(frozen=True)
class _Soort:
    """A kind of zaak with all that the loader needs of it, read once."""

    type: Zaaktype
    statussen: list[Statustype]
    resultaten: list[Resultaattype]
    behandelaars: list[Medewerker]
    onderwerpen: list[str]
    kalender: Werkkalender


@dataclass
class _Verloop:
    """One invented zaak with its rows."""

    zaak: Zaak
    contact: Klantcontact
    taak: InterneTaak | None
    statussen: list[ZaakStatus] = field(default_factory=list)
    gebeurtenissen: list[ZaakGebeurtenis] = field(default_factory=list)

    def add_status(self, statustype: Statustype, wie: Medewerker, op: datetime) -> None:
        """One stage further."""
        self.zaak.status = statustype
        self.statussen.append(
            ZaakStatus(zaak=self.zaak, statustype=statustype, datum_status_gezet=op, gezet_door=wie)
        )

    def add(self, soort: str, wie: Medewerker, op: datetime, tekst: str = "") -> None:
        """One more line of history."""
        self.gebeurtenissen.append(
            ZaakGebeurtenis(zaak=self.zaak, soort=soort, door=wie, op=op, tekst=tekst)
        )


@transaction.atomic
def laad_zaken(*, nu: datetime, seed: int = 1, aantal: int = HOEVEEL) -> int:
    """Invent zaken about contacts and taken that are there; returns how many: 0 when there are
    zaken already, or nothing that they could be about. The same seed on the same data gives the
    same zaken.
    """
    if Zaak.objects.exists() or not (soorten := _read_soorten()):
        return 0
    toeval = random.Random(seed)  # noqa: S311 - invented data, no secret
    per_soort = -(-aantal // len(soorten))
    bronnen: dict[int, _Soort] = {}
    for soort in soorten:
        mogelijk = [pk for pk in _contacts_for(soort) if pk not in bronnen]
        for pk in toeval.sample(mogelijk, min(per_soort, len(mogelijk), aantal - len(bronnen))):
            bronnen[pk] = soort
    contacten = Klantcontact.objects.select_related("partij", "medewerker").in_bulk(list(bronnen))
    taken = {t.klantcontact_id: t for t in InterneTaak.objects.filter(klantcontact__in=bronnen)}
    op_volgorde = sorted(bronnen, key=lambda pk: (contacten[pk].plaatsgevonden_op, pk))
    verlopen = [
        _invent(bronnen[pk], contacten[pk], taken.get(pk), nu, toeval) for pk in op_volgorde
    ]
    _number([verloop.zaak for verloop in verlopen])
    _store(verlopen)
    return len(verlopen)


def _read_soorten() -> list[_Soort]:
    soorten = []
    kalenders: dict[int, Werkkalender] = {}
    gaat_over = lees_csv(MAP / "zaken_onderwerpen.csv")
    types = Zaaktype.objects.select_related("afdeling", "product").order_by("identificatie")
    for zaaktype in types.prefetch_related("statustypen", "resultaattypen"):
        afdeling = zaaktype.afdeling
        if afdeling.pk not in kalenders:
            kalenders[afdeling.pk] = laad_werkkalender(afdeling)
        werkers = Medewerker.objects.in_afdeling(afdeling.pk).order_by("gebruikersnaam")
        behandelaars = [m for m in werkers if m.has_perm("zaken.change_zaak")]
        statussen = sorted(zaaktype.statustypen.all(), key=lambda s: s.volgnummer)
        resultaten = sorted(zaaktype.resultaattypen.all(), key=lambda r: r.pk)
        if behandelaars and len(statussen) > 1 and resultaten:
            eigen = [r["onderwerp"] for r in gaat_over if r["zaaktype"] == zaaktype.identificatie]
            soorten.append(
                _Soort(
                    type=zaaktype,
                    statussen=statussen,
                    resultaten=resultaten,
                    behandelaars=behandelaars,
                    onderwerpen=eigen or [str(zaaktype)],
                    kalender=kalenders[afdeling.pk],
                )
            )
    return soorten


def _contacts_for(soort: _Soort) -> list[int]:
    """Contacts about the product of this kind; where nobody asked about it, about what its
    department does.
    """
    contacten = Klantcontact.objects.closed().filter(partij__isnull=False).order_by("nummer")
    over = contacten.filter(product=soort.type.product_id) if soort.type.product_id else None
    if over is None or not over.exists():
        over = contacten.filter(product__afdeling=soort.type.afdeling)
    return list(over.values_list("pk", flat=True))


def _invent(
    soort: _Soort,
    contact: Klantcontact,
    taak: InterneTaak | None,
    nu: datetime,
    toeval: random.Random,
) -> _Verloop:
    """A zaak that began with this contact, as far as it came until now."""
    at, wie = contact.plaatsgevonden_op, toeval.choice(soort.behandelaars)
    start = localdate(at)
    bezwaar = soort.type.termijn_start == Zaaktype.Termijnstart.BEZWAARTERMIJN
    zaak = Zaak(
        zaaktype=soort.type,
        omschrijving=toeval.choice(soort.onderwerpen),
        registratiedatum=start,
        startdatum=start,
        termijn_vanaf=start + timedelta(days=toeval.randrange(28) if bezwaar else 0),
        met_commissie=bool(soort.type.doorlooptijd_commissie) and toeval.random() < 0.5,
        afdeling=soort.type.afdeling,
        status=soort.statussen[0],
        aangemaakt_op=at,
        aangemaakt_door=contact.medewerker,
    )
    recompute(zaak, soort.kalender)
    verloop = _Verloop(zaak, contact, taak)
    verloop.add(ZaakGebeurtenis.Soort.GESTART, contact.medewerker, at)
    verloop.add_status(soort.statussen[0], contact.medewerker, at)
    verloop.add(ZaakGebeurtenis.Soort.GEKOPPELD, contact.medewerker, at, f"Contact {contact}")
    if taak is not None:
        verloop.add(ZaakGebeurtenis.Soort.GEKOPPELD, contact.medewerker, at, f"Taak {taak}")
    # Most are done well within the law's term, some at its very end, a few after it.
    termijn = zaak.uiterlijke_einddatum_afdoening - start
    deel = toeval.choices((0.6, 0.95, 1.6), (82, 10, 8))[0] * toeval.uniform(0.7, 1.04)
    duur = max(1.5, termijn.days * deel)
    _pass_stages(verloop, soort, wie, at, duur, nu, toeval)
    klaar = _office_hours(at + timedelta(days=duur), toeval)
    if klaar < nu:
        _finish(verloop, soort, wie, klaar, toeval)
    else:
        _hold_up(verloop, soort, wie, nu, toeval)
    zaak.versie = len(verloop.statussen) + len(verloop.gebeurtenissen)
    return verloop


def _pass_stages(
    verloop: _Verloop,
    soort: _Soort,
    wie: Medewerker,
    at: datetime,
    duur: float,
    nu: datetime,
    toeval: random.Random,
) -> None:
    """The stages between the first and the last, as far as time has come."""
    tussen = soort.statussen[1:-1]
    for nummer, statustype in enumerate(tussen, start=1):
        op = _office_hours(at + timedelta(days=duur * nummer / (len(tussen) + 1)), toeval)
        if op >= nu or op <= verloop.statussen[-1].datum_status_gezet:
            break
        if verloop.zaak.behandelaar is None:
            verloop.zaak.behandelaar = wie
            verloop.add(ZaakGebeurtenis.Soort.TOEGEWEZEN, wie, op, str(wie))
        verloop.add_status(statustype, wie, op)


def _finish(
    verloop: _Verloop, soort: _Soort, wie: Medewerker, op: datetime, toeval: random.Random
) -> None:
    gewichten = [60, *([40 / max(1, len(soort.resultaten) - 1)] * (len(soort.resultaten) - 1))]
    resultaat = toeval.choices(soort.resultaten, gewichten)[0]
    zaak = verloop.zaak
    zaak.behandelaar = wie
    zaak.einddatum, zaak.resultaat = localdate(op), resultaat
    zaak.archiefactiedatum = archive_date(zaak.einddatum, resultaat)
    verloop.add_status(soort.statussen[-1], wie, op)
    verloop.add(ZaakGebeurtenis.Soort.AFGEROND, wie, op, str(resultaat))


def _hold_up(
    verloop: _Verloop, soort: _Soort, wie: Medewerker, nu: datetime, toeval: random.Random
) -> None:
    """An open zaak: some stand still, some were extended, and somebody wrote about a late one."""
    zaak, vandaag, kans = verloop.zaak, localdate(nu), toeval.random()
    if zaak.is_late(vandaag):
        brief = zaak.uiterlijke_einddatum_afdoening + timedelta(days=3)
        if soort.type.dwangsom_mogelijk and brief <= vandaag and kans < 0.4:
            zaak.ingebrekestelling_datum = brief
            op = _office_hours(datetime.combine(brief, time(9), UTC), toeval)
            verloop.add(ZaakGebeurtenis.Soort.INGEBREKESTELLING, wie, min(op, nu))
        return
    gisteren = _office_hours(nu - timedelta(days=4), toeval)
    if gisteren <= verloop.statussen[-1].datum_status_gezet:
        return
    if soort.type.opschorting_mogelijk and kans < 0.15:
        zaak.opschorting_indicatie, zaak.opgeschort_sinds = True, localdate(gisteren)
        zaak.opschorting_reden = toeval.choice(WACHT_OP)
        verloop.add(ZaakGebeurtenis.Soort.OPGESCHORT, wie, gisteren, zaak.opschorting_reden)
    elif soort.type.verlenging_mogelijk and kans < 0.5:
        zaak.verlenging_aantal = soort.type.verlenging_aantal
        zaak.verlenging_eenheid = soort.type.verlenging_eenheid
        zaak.verlenging_reden = toeval.choice(MEER_TIJD)
        recompute(zaak, soort.kalender)
        tekst = f"{zaak.verlengd_met}: {zaak.verlenging_reden}"
        verloop.add(ZaakGebeurtenis.Soort.VERLENGD, wie, gisteren, tekst)


def _office_hours(moment: datetime, toeval: random.Random) -> datetime:
    """A moment on this day between nine and four, or on Monday when it is a weekend."""
    dag = moment.date() + timedelta(days={6: 2, 7: 1}.get(moment.isoweekday(), 0))
    begin = datetime.combine(dag, time(8), UTC)
    return begin + timedelta(minutes=toeval.randrange(420))


def _number(zaken: list[Zaak]) -> None:
    """Numbers in the order in which the zaken began."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [REEKS, len(zaken)]
        )
        for zaak, (volgnummer,) in zip(zaken, cursor.fetchall(), strict=True):
            zaak.identificatie = make_identificatie(zaak.registratiedatum.year, volgnummer)


def _store(verlopen: list[_Verloop]) -> None:
    Zaak.objects.bulk_create([verloop.zaak for verloop in verlopen])
    ZaakBetrokkene.objects.bulk_create(
        ZaakBetrokkene(
            zaak=v.zaak,
            rol=ZaakBetrokkene.Roltype.INITIATOR,
            partij=v.contact.partij,
            toegevoegd_op=v.zaak.aangemaakt_op,
        )
        for v in verlopen
    )
    ZaakKoppeling.objects.bulk_create(
        ZaakKoppeling(
            zaak=v.zaak,
            klantcontact=klantcontact,
            taak=taak,
            gekoppeld_op=v.zaak.aangemaakt_op,
            gekoppeld_door=v.contact.medewerker,
        )
        for v in verlopen
        for klantcontact, taak in ((v.contact, None), (None, v.taak))
        if klantcontact is not None or taak is not None
    )
    ZaakStatus.objects.bulk_create(s for v in verlopen for s in v.statussen)
    ZaakGebeurtenis.objects.bulk_create(g for v in verlopen for g in v.gebeurtenissen)
