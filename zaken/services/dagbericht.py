"""The mail of the morning: counts and numbers of what waits for somebody, no personal data."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.timezone import make_aware as aware

from kcc.outbox import queue_mail
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.models import Bewakingsstand, GeenDagbericht, InterneTaak
from zaken.services.bewaking import link
from zaken.services.ontvangers import is_address

VANAF = time(7, 30)
GENOEMD = 10  # numbers per heading; the rest is on the page
EEN_DAG = timedelta(days=1)

VANDAAG, TE_LAAT, BELLEN, TERUG = "Vandaag klaar", "Te laat", "Terugbellen vandaag", "Teruggekomen"
KOPPEN = (TE_LAAT, VANDAAG, BELLEN, TERUG)


@dataclass
class Kop:
    """One heading of the mail: how many, and the first of them."""

    aantal: int = 0
    regels: list[str] = field(default_factory=list)

    def add(self, regel: str, adres: str) -> None:
        """One more taak."""
        self.aantal += 1
        if self.aantal <= GENOEMD:
            self.regels += [f"- {regel}", f"  {adres}"]


Koppen = dict[str, Kop]


def send_dagberichten(*, at: datetime) -> int:
    """Queue the mails of today, once, on a day on which we are open; returns how many were made.

    The key of a mail carries the day, so a run that was cut short can be done again. Who has
    nothing to do gets nothing.
    """
    vandaag = localdate(at)
    stand, _ = Bewakingsstand.objects.get_or_create(pk=Bewakingsstand.ENIGE)
    klaar = stand.dagbericht_datum is not None and stand.dagbericht_datum >= vandaag
    if klaar or localtime(at).time() < VANAF or not laad_werkkalender().is_open(vandaag):
        return 0
    persoonlijk, afdelingen = _per_person(vandaag, at), _per_coordinator(vandaag, at)
    wie = Medewerker.objects.active().filter(
        Q(pk__in=persoonlijk) | Q(pk__in=afdelingen), geen_dagbericht=None
    )
    aantal = 0
    for medewerker in wie.order_by("pk"):
        if not is_address(medewerker.email):
            continue
        tekst = _text(vandaag, persoonlijk.get(medewerker.pk), afdelingen.get(medewerker.pk, []))
        with transaction.atomic():
            queue_mail(
                aan=medewerker.email,
                onderwerp=f"Uw taken van {date_format(vandaag, 'l j F')}",
                tekst=tekst,
                sleutel=f"dagbericht:{vandaag.isoformat()}:{medewerker.pk}",
                at=at,
            )
        aantal += 1
    Bewakingsstand.objects.filter(pk=Bewakingsstand.ENIGE).update(dagbericht_datum=vandaag)
    return aantal


@transaction.atomic
def choose_dagbericht(*, wil: bool, by: Medewerker, at: datetime) -> None:
    """Begin or stop sending somebody the daily mail; saying it twice changes nothing."""
    if wil:
        GeenDagbericht.objects.filter(medewerker=by).delete()
    else:
        GeenDagbericht.objects.get_or_create(medewerker=by, defaults={"sinds": at})


def koppen_of(medewerker: Medewerker, at: datetime) -> Koppen:
    """What the mail of this person would say now."""
    return _per_person(localdate(at), at, wie=[medewerker.pk]).get(medewerker.pk, _empty())


def _per_person(vandaag: date, at: datetime, wie: Iterable[int] | None = None) -> dict[int, Koppen]:
    """Per medewerker who has something waiting; two queries."""
    begin, eind = _day(vandaag)
    uit: dict[int, Koppen] = defaultdict(_empty)
    mijn = InterneTaak.objects.open().filter(
        Q(termijn_op__lt=eind, gepauzeerd_op=None)
        | Q(terugbellen_van__gte=begin, terugbellen_van__lt=eind),
        toegewezen_aan__isnull=False,
    )
    terug = InterneTaak.objects.open().returned_to_kcc()
    if wie is not None:
        mijn, terug = mijn.filter(toegewezen_aan__in=wie), terug.filter(aangemaakt_door__in=wie)
    velden = ("nummer", "uuid", "termijn_op", "gepauzeerd_op", "terugbellen_van", "terugbellen_tot")
    for pk, nummer, uuid, termijn, stil, van, tot in (
        mijn.order_by("termijn_op", "pk").values_list("toegewezen_aan", *velden).iterator()
    ):
        adres = link("zaken:taak", uuid)
        if termijn < eind and stil is None:
            tijd = localtime(termijn)
            soort = TE_LAAT if termijn < at else VANDAAG
            sinds = date_format(tijd, "j F" if soort == TE_LAAT else "H.i")
            bij = f"sinds {sinds}" if soort == TE_LAAT else f"voor {sinds} uur"
            uit[pk][soort].add(f"{nummer}, {bij}", adres)
        if van is not None and begin <= van < eind:
            venster = " tot ".join(date_format(localtime(m), "H.i") for m in (van, tot))
            uit[pk][BELLEN].add(f"{nummer}, {venster} uur", adres)
    for pk, nummer, uuid in terug.order_by("termijn_op", "pk").values_list(
        "aangemaakt_door", "nummer", "uuid"
    ):
        uit[pk][TERUG].add(nummer, link("zaken:taak", uuid))
    return uit


def _per_coordinator(vandaag: date, at: datetime) -> dict[int, list[str]]:
    """The lines about each department that has a coordinator, where something waits; one query."""
    begin, eind = _day(vandaag)
    open_taken = ~Q(interne_taken__status="afgehandeld") & Q(interne_taken__gepauzeerd_op=None)
    laat = open_taken & Q(interne_taken__termijn_op__lt=at)
    straks = open_taken & Q(interne_taken__termijn_op__gte=at, interne_taken__termijn_op__lt=eind)
    bellen = ~Q(interne_taken__status="afgehandeld") & Q(
        interne_taken__terugbellen_van__gte=begin, interne_taken__terugbellen_van__lt=eind
    )
    vrij = laat & Q(interne_taken__toegewezen_aan=None)
    uit: dict[int, list[str]] = defaultdict(list)
    for afdeling in (
        Afdeling.objects.filter(coordinator__isnull=False, is_actief=True)
        .filter(~Q(interne_taken__status="afgehandeld"))
        .annotate(
            laat=Count("interne_taken", filter=laat),
            straks=Count("interne_taken", filter=straks),
            bellen=Count("interne_taken", filter=bellen),
            vrij=Count("interne_taken", filter=vrij),
        )
        .order_by("naam")
    ):
        if not (afdeling.laat or afdeling.straks or afdeling.bellen):
            continue
        assert afdeling.coordinator_id is not None  # noqa: S101 - filtered above
        uit[afdeling.coordinator_id] += [
            f"Afdeling {afdeling}",
            f"- te laat: {afdeling.laat}, waarvan van niemand: {afdeling.vrij}",
            f"- vandaag klaar: {afdeling.straks}",
            f"- terugbellen vandaag: {afdeling.bellen}",
            f"  {link('zaken:beloften')}?afdeling={afdeling.identificatie}",
            "",
        ]
    return uit


def _text(vandaag: date, koppen: Koppen | None, afdelingen: list[str]) -> str:
    regels = ["Goedemorgen,", "", f"Dit wacht op u op {date_format(vandaag, 'l j F')}.", ""]
    for naam in KOPPEN:
        kop = koppen[naam] if koppen else Kop()
        if kop.aantal:
            regels += [f"{naam}: {kop.aantal}", *kop.regels]
            if kop.aantal > GENOEMD:
                regels.append(f"- en nog {kop.aantal - GENOEMD}: {link('zaken:werkvoorraad')}")
            regels.append("")
    regels += afdelingen
    regels += ["Wilt u dit bericht niet meer? Zet het uit op:", link("zaken:dagbericht")]
    return "\n".join(regels) + "\n"


def _empty() -> Koppen:
    return {naam: Kop() for naam in KOPPEN}


def _day(dag: date) -> tuple[datetime, datetime]:
    """From midnight to midnight, which in two nights a year is not 24 hours."""
    return aware(datetime.combine(dag, time())), aware(datetime.combine(dag + EEN_DAG, time()))
