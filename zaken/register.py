"""Where zaken are kept. Ours now; a municipality with a register of its own puts that in its place.

Whoever outside of this room's own pages of zaken wants to know or start one, asks ``register()``.
A register of somebody else is a class with the four methods of ``Zaakregister``; the setting
``KCC_ZAAKREGISTER`` names it. See docs/besluiten/zaken.md for how they map onto the ZGW APIs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from contacts.models import Klantcontact, Partij
from organisatie.models import Medewerker
from zaken.models import InterneTaak, Statustype, Zaak, Zaaktype
from zaken.services import zaak as services

EIGEN = "zaken.register.EigenRegister"


@dataclass(frozen=True)
class ZaakGegevens:
    """What any register can say about a zaak, and what an agent needs to tell a caller."""

    identificatie: str
    zaaktype: str
    omschrijving: str
    status: str
    statustekst: str
    startdatum: date
    uiterlijk: date
    verwacht: date | None = None
    einddatum: date | None = None
    resultaat: str = ""
    staat_stil: bool = False
    is_te_laat: bool = False
    afdeling: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class NieuweZaak:
    """What a register is told about a zaak that begins. ``zaaktype`` is the identificatie."""

    zaaktype: str
    omschrijving: str
    toelichting: str = ""
    startdatum: date | None = None
    termijn_vanaf: date | None = None
    met_commissie: bool = False
    klantcontact: Klantcontact | None = None
    taak: InterneTaak | None = None
    partij: Partij | None = None


class Zaakregister(Protocol):
    """The four things that we ask of a register. What somebody may see, the register decides."""

    def zaken_of(self, partij_uuid: UUID, *, by: Medewerker, at: datetime) -> list[ZaakGegevens]:
        """The zaken of a person or organisation: the open ones first."""

    def zaak(self, identificatie: str, *, by: Medewerker, at: datetime) -> ZaakGegevens | None:
        """One zaak by its number; None when it is not there, or not for this person."""

    def start(self, nieuw: NieuweZaak, *, by: Medewerker, at: datetime) -> ZaakGegevens:
        """Start a zaak. Raises ZaakFout with a sentence for the screen."""

    def set_status(
        self,
        identificatie: str,
        volgnummer: int,
        *,
        by: Medewerker,
        at: datetime,
        toelichting: str = "",
    ) -> ZaakGegevens:
        """Bring a zaak to another stage. Raises ZaakFout with a sentence for the screen."""


def register() -> Zaakregister:
    """The register that this municipality uses."""
    klasse = import_string(getattr(settings, "KCC_ZAAKREGISTER", EIGEN))
    gemaakt: Zaakregister = klasse()
    return gemaakt


class EigenRegister:
    """Our own tables."""

    def zaken_of(self, partij_uuid: UUID, *, by: Medewerker, at: datetime) -> list[ZaakGegevens]:
        """See Zaakregister; writes the line in the processing log."""
        services.list_zaken_of(partij_uuid=partij_uuid, by=by, at=at)
        zaken = Zaak.objects.visible_to(by).of_partij(partij_uuid)
        met = zaken.select_related("zaaktype", "status", "resultaat", "afdeling")
        alles = [
            *met.open().order_by("uiterlijke_einddatum_afdoening", "pk"),
            *met.closed().order_by("-einddatum", "-pk")[:10],
        ]
        return [describe(zaak, localdate(at)) for zaak in alles]

    def zaak(self, identificatie: str, *, by: Medewerker, at: datetime) -> ZaakGegevens | None:
        """See Zaakregister; writes the lines in the processing log."""
        gevonden = (
            Zaak.objects.visible_to(by)
            .with_row_details()
            .filter(identificatie=identificatie)
            .first()
        )
        if gevonden is None:
            return None
        services.open_zaak(zaak=gevonden, by=by, at=at)
        return describe(gevonden, localdate(at))

    def start(self, nieuw: NieuweZaak, *, by: Medewerker, at: datetime) -> ZaakGegevens:
        """See Zaakregister."""
        zaaktype = (
            Zaaktype.objects.valid_on(localdate(at))
            .filter(identificatie=nieuw.zaaktype)
            .select_related("afdeling")
            .order_by("-begin_geldigheid")
            .first()
        )
        if zaaktype is None:
            raise services.ZaaktypeInvalid(nieuw.zaaktype)
        zaak = services.start_zaak(
            zaaktype=zaaktype,
            omschrijving=nieuw.omschrijving,
            toelichting=nieuw.toelichting,
            startdatum=nieuw.startdatum,
            termijn_vanaf=nieuw.termijn_vanaf,
            met_commissie=nieuw.met_commissie,
            klantcontact=nieuw.klantcontact,
            taak=nieuw.taak,
            partij=nieuw.partij,
            by=by,
            at=at,
        )
        return describe(zaak, localdate(at))

    def set_status(
        self,
        identificatie: str,
        volgnummer: int,
        *,
        by: Medewerker,
        at: datetime,
        toelichting: str = "",
    ) -> ZaakGegevens:
        """See Zaakregister."""
        zaak = Zaak.objects.visible_to(by).filter(identificatie=identificatie).first()
        if zaak is None:
            raise services.ZaakNotFound
        statustype = Statustype.objects.filter(zaaktype=zaak.zaaktype_id, volgnummer=volgnummer)
        if (gekozen := statustype.first()) is None:
            raise services.StatusInvalid
        vers = services.set_status(
            zaak=zaak, statustype=gekozen, toelichting=toelichting, by=by, at=at
        )
        return describe(vers, localdate(at))


def describe(zaak: Zaak, vandaag: date) -> ZaakGegevens:
    """A zaak of ours, in the words of any register."""
    return ZaakGegevens(
        identificatie=zaak.identificatie,
        zaaktype=str(zaak.zaaktype),
        omschrijving=zaak.omschrijving,
        status=str(zaak.status),
        statustekst=zaak.status.statustekst,
        startdatum=zaak.startdatum,
        uiterlijk=zaak.uiterlijke_einddatum_afdoening,
        verwacht=zaak.einddatum_gepland,
        einddatum=zaak.einddatum,
        resultaat=str(zaak.resultaat or ""),
        staat_stil=zaak.opschorting_indicatie,
        is_te_laat=zaak.is_late(vandaag),
        afdeling=str(zaak.afdeling),
        url=reverse("zaken:zaak", args=[zaak.uuid]),
    )
