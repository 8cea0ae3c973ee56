"""From a question or a letter to a zaak."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from contacts.models import Klantcontact, Partij
from kcc.services import log_verwerking
from organisatie.models import Afdeling, Medewerker
from organisatie.werkkalender import laad_werkkalender
from zaken.models import (
    InterneTaak,
    Zaak,
    ZaakBetrokkene,
    ZaakGebeurtenis,
    Zaaktype,
)
from zaken.services.zaak.fouten import (
    CommissieImpossible,
    StartdatumInvalid,
    ZaaktypeInvalid,
)
from zaken.services.zaak.koppelen import connect_klantcontact, connect_taak, lock_taak_to_link
from zaken.services.zaak.stap import add_status, add_zaakgebeurtenis
from zaken.services.zaak.termijn import recompute
from zaken.zaaknummer import next_identificatie

MAX_OMSCHRIJVING = 80


@transaction.atomic
def start_zaak(
    *,
    zaaktype: Zaaktype,
    omschrijving: str,
    by: Medewerker,
    at: datetime,
    klantcontact: Klantcontact | None = None,
    taak: InterneTaak | None = None,
    partij: Partij | None = None,
    toelichting: str = "",
    startdatum: date | None = None,
    termijn_vanaf: date | None = None,
    met_commissie: bool = False,
    afdeling: Afdeling | None = None,
) -> Zaak:
    """Start a zaak, linked both ways to the contact and the taak that it came from, if any.

    Who asked in them is its applicant, unless ``partij`` says otherwise. ``startdatum`` is the day
    of receipt, today when left out; ``termijn_vanaf`` the day after which the law counts, which is
    the same day but for a bezwaar (art. 7:10 Awb). Raises ZaaktypeInvalid, StartdatumInvalid,
    CommissieImpossible, NoOpeningstijden, and what linking raises.
    """
    vandaag = localdate(at)
    start = startdatum or vandaag
    if start > vandaag:
        raise StartdatumInvalid
    eerste = zaaktype.statustypen.order_by("volgnummer").first()
    if eerste is None or not Zaaktype.objects.valid_on(vandaag).filter(pk=zaaktype.pk).exists():
        raise ZaaktypeInvalid(str(zaaktype))
    if met_commissie and not zaaktype.doorlooptijd_commissie:
        raise CommissieImpossible(str(zaaktype))
    if taak is not None:  # before the zaak: who else links this taak locks it first too
        taak = lock_taak_to_link(taak=taak, by=by)
    bron = klantcontact or (taak.klantcontact if taak is not None else None)
    partij = partij or (bron.partij if bron is not None else None)
    bij = afdeling or zaaktype.afdeling
    zaak = Zaak(
        identificatie=next_identificatie(vandaag.year),
        zaaktype=zaaktype,
        omschrijving=omschrijving.strip()[:MAX_OMSCHRIJVING],
        toelichting=toelichting,
        registratiedatum=vandaag,
        startdatum=start,
        termijn_vanaf=termijn_vanaf or start,
        met_commissie=met_commissie,
        afdeling=bij,
        status=eerste,
        aangemaakt_op=at,
        aangemaakt_door=by,
    )
    recompute(zaak, laad_werkkalender(bij))
    zaak.save()
    add_zaakgebeurtenis(zaak=zaak, soort=ZaakGebeurtenis.Soort.GESTART, by=by, at=at)
    add_status(zaak=zaak, statustype=eerste, by=by, at=at)
    if partij is not None:
        ZaakBetrokkene.objects.create(
            zaak=zaak, rol=ZaakBetrokkene.Roltype.INITIATOR, partij=partij, toegevoegd_op=at
        )
        log_verwerking(
            partijen=[partij.uuid], handeling="zaak gestart", doel=str(zaak), by=by, at=at
        )
    if klantcontact is not None:
        connect_klantcontact(zaak=zaak, klantcontact=klantcontact, by=by, at=at)
    if taak is not None:
        connect_taak(zaak=zaak, taak=taak, by=by, at=at)
    return zaak
