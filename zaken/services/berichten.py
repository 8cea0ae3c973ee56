"""The answer to the citizen by mail."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from contacts.models import DigitaalAdres
from kcc.outbox import check_address, queue_mail
from organisatie.models import Medewerker
from zaken.models import InterneTaak, TaakGebeurtenis, TaakStatus, Terugkoppeling
from zaken.services.behandeling import claim_interne_taak, finish_interne_taak
from zaken.services.fouten import BerichtFout
from zaken.services.stap import lock_taak, must_be_free_for, store_step

MAX_TEKST = 10_000
MAX_ONDERWERP = 150


@transaction.atomic
def send_antwoord(
    *,
    taak: InterneTaak,
    aan: str,
    bevestigd: bool,
    onderwerp: str,
    tekst: str,
    afhandelen: bool,
    by: Medewerker,
    at: datetime,
    versie: int | None = None,
) -> InterneTaak:
    """Send the citizen a mail with exactly this text, and finish the taak with it if asked.

    ``aan`` is an address of the partij that was verified, or any other that ``bevestigd`` says was
    checked with the citizen. Nothing of the taak itself goes along. The history keeps a copy.
    Raises BerichtFout, TaakAlreadyClaimed, TaakChanged, TaakAlreadyClosed, TaakElsewhere.
    """
    vers = lock_taak(taak=taak, by=by, versie=versie)
    must_be_free_for(vers, by)
    aan, onderwerp = aan.strip(), " ".join(onderwerp.split())
    _must_be_sendable(vers, aan, onderwerp, tekst, bevestigd=bevestigd)
    if vers.status != TaakStatus.IN_BEHANDELING and not afhandelen:
        vers = claim_interne_taak(taak=vers, by=by, at=at)
    vers = store_step(
        taak=vers,
        velden=[],
        soort=TaakGebeurtenis.Soort.BERICHT,
        by=by,
        at=at,
        tekst=f"Aan {aan}\nOnderwerp: {onderwerp}\n\n{tekst}",
    )
    queue_mail(
        aan=aan,
        onderwerp=onderwerp,
        tekst=tekst,
        # The versie moved by one with this very step: no other message can have the same.
        sleutel=f"taak-bericht:{vers.uuid}:{vers.versie}",
        at=at,
        reeks=f"taak:{vers.uuid}",
    )
    if afhandelen:
        vers = finish_interne_taak(
            taak=vers, antwoord=tekst, terugkoppeling=Terugkoppeling.GEMAILD, by=by, at=at
        )
    return vers


def _must_be_sendable(
    taak: InterneTaak, aan: str, onderwerp: str, tekst: str, *, bevestigd: bool
) -> None:
    if not onderwerp or len(onderwerp) > MAX_ONDERWERP:
        raise BerichtFout(
            "onderwerp", f"Vul een onderwerp in van hoogstens {MAX_ONDERWERP} tekens."
        )
    if not tekst.strip() or len(tekst) > MAX_TEKST:
        raise BerichtFout("tekst", f"Schrijf het bericht, in hoogstens {MAX_TEKST} tekens.")
    if open_plek := re.search(r"\{\w*\}", f"{onderwerp} {tekst}"):
        raise BerichtFout("tekst", f"Vul {open_plek[0]} eerst in, of haal het weg.")
    try:
        check_address(aan)
    except ValidationError:
        raise BerichtFout("aan", "Dit is geen geldig e-mailadres.") from None
    if not bevestigd and not is_verified(taak, aan):
        raise BerichtFout(
            "bevestigd", "Controleer het adres bij de klant en kruis dat aan. Dan kan het weg."
        )


def is_verified(taak: InterneTaak, adres: str) -> bool:
    """True for an e-mail address that the citizen once confirmed."""
    return DigitaalAdres.objects.filter(
        partij=taak.klantcontact.partij_id,
        soort=DigitaalAdres.Soort.EMAIL,
        adres=adres,
        verificatie_datum__isnull=False,
    ).exists()
