"""Files with a taak: taken in by what they are, never by what they say they are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from contacts.services import open_partij
from organisatie.models import Medewerker
from zaken.bestandssoort import BestandGeweigerd, clean_name, recognise
from zaken.models import Bijlage, InterneTaak, TaakGebeurtenis
from zaken.services.fouten import BijlageFout
from zaken.services.stap import lock_taak, store_step
from zaken.virusscan import ScanMislukt, VirusGevonden, scan

MAX_BYTES = 10 * 1024 * 1024
MAX_PER_TAAK = 20


@dataclass(frozen=True)
class Bestand:
    """A file as it came in: the name that the sender gave it, and its bytes."""

    naam: str
    inhoud: bytes


@dataclass(frozen=True)
class Gekeurd:
    """A file that was looked at and found good, not yet stored."""

    naam: str
    mediatype: str
    inhoud: bytes
    scan: Bijlage.Scan


def add_bijlagen(
    *, taak: InterneTaak, bestanden: Sequence[Bestand], by: Medewerker, at: datetime
) -> InterneTaak:
    """Check each file, have it scanned, and keep them all, or none of them.

    At most 10 MB each and 20 with one taak. Scanning is a conversation with another machine and so
    happens before the transaction. Raises BijlageFout, TaakAlreadyClosed, TaakElsewhere.
    """
    if not bestanden:
        raise BijlageFout("Kies een bestand.")
    if len(bestanden) > MAX_PER_TAAK:
        raise BijlageFout(f"Kies hoogstens {MAX_PER_TAAK} bestanden.")
    return _store(
        taak=taak, gekeurd=[check_bestand(bestand) for bestand in bestanden], by=by, at=at
    )


def check_bestand(bestand: Bestand) -> Gekeurd:
    """Look at its content and have it scanned; before a transaction. Raises BijlageFout."""
    if not bestand.inhoud:
        raise BijlageFout("Dit bestand is leeg. Kies een ander bestand.")
    if len(bestand.inhoud) > MAX_BYTES:
        raise BijlageFout("Dit bestand is groter dan 10 MB. Maak het kleiner.")
    try:
        soort = recognise(bestand.inhoud, naam=bestand.naam)
        stand = scan(bestand.inhoud)
    except BestandGeweigerd as exc:
        raise BijlageFout(str(exc)) from None
    except VirusGevonden:
        raise BijlageFout("In dit bestand zit een virus. Het is niet opgeslagen.") from None
    except ScanMislukt:
        raise BijlageFout(
            "De viruscontrole werkt nu niet, dus we nemen geen bestanden aan. "
            "Probeer het over een paar minuten opnieuw."
        ) from None
    schoon = Bijlage.Scan.SCHOON if stand else Bijlage.Scan.NIET_GESCAND
    return Gekeurd(clean_name(bestand.naam, soort), soort.mediatype, bestand.inhoud, schoon)


@transaction.atomic
def _store(
    *, taak: InterneTaak, gekeurd: list[Gekeurd], by: Medewerker, at: datetime
) -> InterneTaak:
    vers = lock_taak(taak=taak, by=by)
    # Under the lock, or two uploads at once would both still fit.
    if vers.bijlagen.count() + len(gekeurd) > MAX_PER_TAAK:
        raise BijlageFout(f"Bij een taak passen {MAX_PER_TAAK} bijlagen. Kies er minder.")
    keep_bijlagen(taak=vers, gekeurd=gekeurd, by=by, at=at)
    return store_step(
        taak=vers,
        velden=[],
        soort=TaakGebeurtenis.Soort.BIJLAGE,
        by=by,
        at=at,
        tekst=", ".join(stuk.naam for stuk in gekeurd),
    )


def keep_bijlagen(
    *, taak: InterneTaak, gekeurd: Sequence[Gekeurd], by: Medewerker, at: datetime
) -> None:
    """Store files that were checked, within the caller's transaction and under its lock."""
    Bijlage.objects.bulk_create(
        Bijlage(
            taak=taak,
            naam=stuk.naam,
            mediatype=stuk.mediatype,
            grootte=len(stuk.inhoud),
            sha256=hashlib.sha256(stuk.inhoud).hexdigest(),
            scan=stuk.scan,
            door=by,
            op=at,
            inhoud=stuk.inhoud,
        )
        for stuk in gekeurd
    )


@transaction.atomic
def open_bijlage(*, bijlage: Bijlage, by: Medewerker, at: datetime) -> bytes:
    """The bytes of a file, and a line in the processing log for whose it is."""
    partij = bijlage.taak.klantcontact.partij
    if partij is not None:
        open_partij(partijen=[partij], doel=bijlage.taak.nummer, by=by, at=at)
    return bytes(bijlage.inhoud)
