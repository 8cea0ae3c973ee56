"""What colleagues report about articles, and how the editors answer it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kcc.outbox import queue_mail
from kennisbank.models import (
    ArtikelVersie,
    Gebruik,
    Melding,
    MeldingSoort,
    MeldingStand,
    Product,
)
from kennisbank.services.gebruik import clean_vraag, log_gebruik
from organisatie.models import Medewerker

TWEEMAAL_BINNEN = timedelta(minutes=1)  # the same report again is a second click, not a second one


class MeldingFout(Exception):
    """Base of what an editor can be told when a step cannot be done."""


class MeldingGewijzigd(MeldingFout):
    """A colleague did something with it since the screen was made."""

    def __init__(self) -> None:
        super().__init__(
            "Een collega heeft deze melding intussen gewijzigd. Hieronder ziet u hoe zij nu is. "
            "Kijk of uw stap nog nodig is en probeer het dan opnieuw."
        )


class MeldingAfgehandeld(MeldingFout):
    """It was answered already."""

    def __init__(self) -> None:
        super().__init__("Deze melding is al afgehandeld.")


class MeldingVanIemandAnders(MeldingFout):
    """A colleague has it."""

    def __init__(self, wie: Medewerker) -> None:
        super().__init__(f"{wie} behandelt deze melding al.")


class MeldingHeeftConcept(MeldingFout):
    """There is a draft for it."""

    def __init__(self) -> None:
        super().__init__("Van deze melding is al een concept gemaakt.")


class AfdelingOntbreekt(MeldingFout):
    """A new article needs an owner."""

    def __init__(self) -> None:
        super().__init__("Kies welke afdeling eigenaar wordt van het nieuwe artikel.")


@transaction.atomic
def report_melding(
    *,
    soort: str,
    by: Medewerker,
    at: datetime,
    artikelversie: ArtikelVersie | None = None,
    product: Product | None = None,
    klantcontact_uuid: UUID | None = None,
    zoekvraag: str = "",
    toelichting: str = "",
) -> Melding:
    """Store what a colleague says. ``zoekvraag`` is kept without what may be about a person.

    "Helpt" needs no answer and is done at once; said twice about the same contact it is one.
    """
    artikel = artikelversie.artikel if artikelversie else None
    if product is None and artikel is not None:
        product = artikel.product
    velden: dict[str, Any] = {
        "soort": soort,
        "artikel": artikel,
        "artikelversie": artikelversie,
        "klantcontact_uuid": klantcontact_uuid,
        "toelichting": toelichting.strip(),
        "door": by,
    }
    is_dank = soort == MeldingSoort.HELPT
    eerder = Melding.objects.filter(**velden, product=product)
    if not is_dank or klantcontact_uuid is None:
        eerder = eerder.filter(op__gt=at - TWEEMAAL_BINNEN)
    if (dezelfde := eerder.first()) is not None:
        return dezelfde
    if is_dank:
        velden |= {"stand": MeldingStand.AFGEHANDELD, "afgehandeld_op": at}
    if is_dank and klantcontact_uuid is None and artikelversie is not None:
        # At the desk "gebruik als antwoord" says so; on the article's own page only this does.
        log_gebruik(artikelversie=artikelversie, soort=Gebruik.Soort.GEBRUIKT, at=at)
    return Melding.objects.create(
        **velden, product=product, zoekvraag=clean_vraag(zoekvraag, hoogstens=200), op=at
    )


def lock_melding(melding: Melding, versie: int | None) -> Melding:
    """Read it again under lock. Raises MeldingGewijzigd, MeldingAfgehandeld."""
    vers = Melding.objects.select_for_update().get(pk=melding.pk)
    if vers.stand == MeldingStand.AFGEHANDELD:
        raise MeldingAfgehandeld
    if versie is not None and versie != vers.versie:
        raise MeldingGewijzigd
    return vers


def store_melding(melding: Melding, *velden: str) -> Melding:
    melding.versie += 1
    melding.save(update_fields=[*velden, "versie"])
    return melding


@transaction.atomic
def claim_melding(*, melding: Melding, by: Medewerker, at: datetime) -> Melding:
    """Take a report. Raises MeldingVanIemandAnders, so that two editors never both have it, and
    MeldingAfgehandeld. Taking what one has already changes nothing.
    """
    vers = lock_melding(melding, None)
    if vers.behandelaar_id == by.pk:
        return vers
    if vers.behandelaar is not None:
        raise MeldingVanIemandAnders(vers.behandelaar)
    vers.behandelaar, vers.stand = by, MeldingStand.IN_BEHANDELING
    return store_melding(vers, "behandelaar", "stand")


@transaction.atomic
def release_melding(*, melding: Melding, versie: int, by: Medewerker, at: datetime) -> Melding:
    """Let a report go, one's own or that of a colleague who is away. Raises MeldingGewijzigd,
    MeldingAfgehandeld.
    """
    vers = lock_melding(melding, versie)
    vers.behandelaar, vers.stand = None, MeldingStand.NIEUW
    return store_melding(vers, "behandelaar", "stand")


@transaction.atomic
def assign_melding(
    *, melding: Melding, to: Medewerker, versie: int, by: Medewerker, at: datetime
) -> Melding:
    """Give a report to an editor. Raises MeldingGewijzigd, MeldingAfgehandeld."""
    vers = lock_melding(melding, versie)
    vers.behandelaar, vers.stand = to, MeldingStand.IN_BEHANDELING
    return store_melding(vers, "behandelaar", "stand")


@transaction.atomic
def answer_melding(
    *, melding: Melding, antwoord: str, by: Medewerker, at: datetime, versie: int | None = None
) -> Melding:
    """Answer a report and close it; the one who reported is told by mail that there is an answer.

    ``versie`` is what the screen had read, or None where no screen is involved: then it does not
    matter who had it (publishing its draft answers it). Raises MeldingGewijzigd,
    MeldingAfgehandeld, MeldingVanIemandAnders.
    """
    vers = lock_melding(melding, versie)
    if versie is not None and vers.behandelaar is not None and vers.behandelaar_id != by.pk:
        raise MeldingVanIemandAnders(vers.behandelaar)
    vers.stand, vers.antwoord = MeldingStand.AFGEHANDELD, antwoord.strip()
    vers.afgehandeld_door, vers.afgehandeld_op = by, at
    vers.behandelaar = vers.behandelaar or by
    if vers.door_id == by.pk:
        vers.gelezen_op = at  # nobody needs to be told what he wrote himself
    else:
        _tell(vers, at)
    return store_melding(
        vers,
        "stand", "antwoord", "afgehandeld_door", "afgehandeld_op", "behandelaar", "gelezen_op",
    )  # fmt: skip


def _tell(melding: Melding, at: datetime) -> None:
    """A mail without contents: what was reported may be about somebody."""
    if not (melding.door.email and melding.door.is_active):
        return
    queue_mail(
        aan=melding.door.email,
        onderwerp="Er is antwoord op uw melding over de kennisbank",
        tekst=(
            "Goedendag,\n\nEr is antwoord op iets wat u meldde over de kennisbank. U leest het "
            f"hier:\n{settings.BASE_URL}{reverse('kennisbank:mijn_meldingen')}\n\n"
            "Dank dat u helpt om de antwoorden goed te houden."
        ),
        sleutel=f"melding-beantwoord:{melding.uuid}",
        at=at,
    )


@transaction.atomic
def read_antwoorden(*, by: Medewerker, at: datetime) -> int:
    """The answers to what this person reported are on his screen now. Returns how many were new."""
    return Melding.objects.unread_answers(by).update(gelezen_op=at)
