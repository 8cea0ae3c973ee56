"""Writes about people and organisations, and the reading of their data, which is a write too."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from contacts.models import DigitaalAdres, Klantcontact, Partij, PartijIdentificator
from contacts.services.gesprekken import _lock
from kcc.services import log_verwerking
from organisatie.models import Medewerker


class IdentificatorInUse(Exception):
    """The number already belongs to a partij that we know."""

    def __init__(self, soort: str) -> None:
        super().__init__(
            f"Dit {PartijIdentificator.Soort(soort).label} hoort al bij een klant die we kennen. "
            "Zoek op het nummer om die te kiezen."
        )
        self.soort = soort


@dataclass(frozen=True, kw_only=True)
class NieuwePartij:
    """What is known of somebody new; numbers and addresses are in their stored notation."""

    soort_partij: str = Partij.Soort.PERSOON
    voornaam: str = ""
    voorvoegsel_achternaam: str = ""
    achternaam: str = ""
    organisatienaam: str = ""
    geboortedatum: date | None = None
    straatnaam: str = ""
    postcode: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    huisnummertoevoeging: str = ""
    plaats: str = ""
    telefoonnummer: str = ""
    email: str = ""
    identificatoren: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def add_partij(
    *, nieuw: NieuwePartij, klantcontact: Klantcontact, by: Medewerker, at: datetime
) -> Partij:
    """Store somebody new and make him the partij of this contact. Raises IdentificatorInUse."""
    partij = Partij.objects.create(
        soort_partij=nieuw.soort_partij,
        voornaam=nieuw.voornaam,
        voorvoegsel_achternaam=nieuw.voorvoegsel_achternaam,
        achternaam=nieuw.achternaam,
        organisatienaam=nieuw.organisatienaam,
        geboortedatum=nieuw.geboortedatum,
        straatnaam=nieuw.straatnaam,
        postcode=nieuw.postcode,
        huisnummer=nieuw.huisnummer,
        huisletter=nieuw.huisletter,
        huisnummertoevoeging=nieuw.huisnummertoevoeging,
        plaats=nieuw.plaats,
        aangemaakt_op=at,
    )
    for soort, object_id in nieuw.identificatoren.items():
        try:
            with transaction.atomic():
                PartijIdentificator.objects.create(
                    partij=partij, code_soort_object_id=soort, object_id=object_id
                )
        except IntegrityError as exc:
            raise IdentificatorInUse(soort) from exc
    for soort, adres in (
        (DigitaalAdres.Soort.TELEFOON, nieuw.telefoonnummer),
        (DigitaalAdres.Soort.EMAIL, nieuw.email),
    ):
        if adres:
            DigitaalAdres.objects.create(
                partij=partij, soort=soort, adres=adres, is_standaard_adres=True
            )
    link_partij(klantcontact=klantcontact, partij=partij, by=by, at=at)
    return partij


@transaction.atomic
def link_partij(
    *, klantcontact: Klantcontact, partij: Partij | None, by: Medewerker, at: datetime
) -> Klantcontact:
    """Say who is asking; None makes the contact anonymous again.

    Raises KlantcontactAlreadyClosed, GesprekAlreadyClosed.
    """
    vers = _lock(klantcontact)
    vers.partij = partij
    vers.is_anoniem = False
    vers.concept = {**vers.concept, "klant": ""}
    vers.versie += 1
    if partij is not None and partij.soort_partij == Partij.Soort.ORGANISATIE:
        vers.doelgroep = "ondernemer"
    vers.save(update_fields=["partij", "is_anoniem", "concept", "versie", "doelgroep"])
    if partij is not None:
        log_verwerking(partijen=[partij.uuid], handeling="gekozen", doel=vers.nummer, by=by, at=at)
    return vers


@transaction.atomic
def open_partij(*, partijen: list[Partij], doel: str, by: Medewerker, at: datetime) -> None:
    """Note that the data of these people was shown, and for which contact."""
    log_verwerking(
        partijen=[p.uuid for p in partijen], handeling="getoond", doel=doel, by=by, at=at
    )


@transaction.atomic
def reveal_adres(*, partij: Partij, doel: str, by: Medewerker, at: datetime) -> None:
    """Note that the address of somebody with geheimhouding was asked for."""
    log_verwerking(
        partijen=[partij.uuid], handeling="geheim adres getoond", doel=doel, by=by, at=at
    )
