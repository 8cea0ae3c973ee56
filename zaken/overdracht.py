"""A hand-off in the making: what the agent must know and say before he promises anything."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from contacts.models import Klantcontact
from contacts.validators import clean_telefoonnummer
from organisatie.models import Afdeling
from organisatie.werkkalender import NoOpeningstijden
from zaken.models import Overdrachtsafspraak
from zaken.services import agreement_for, compute_termijn
from zaken.termijnen import say_uiterlijk

# By these roads people expect an answer in writing and not a phone call.
SCHRIFTELIJK = frozenset({"email", "webformulier", "brief", "chat", "whatsapp", "social"})


@dataclass(frozen=True)
class Overdracht:
    """What the panel shows for this klantcontact and the department that is chosen in it."""

    klantcontact: Klantcontact
    afdeling: Afdeling | None
    nu: datetime

    @cached_property
    def uiterlijk(self) -> str:
        """The end of the term in words; empty when it cannot be computed."""
        if self.afdeling is None:
            return ""
        try:
            termijn = compute_termijn(self.klantcontact.product, self.afdeling, self.nu)
        except NoOpeningstijden:
            return ""
        return say_uiterlijk(termijn.op, self.nu)

    @property
    def zin(self) -> str:
        """What the agent reads aloud."""
        return promise(self.klantcontact, self.afdeling, self.uiterlijk)

    @cached_property
    def afspraak(self) -> Overdrachtsafspraak | None:
        """The agreement that this department made about the product."""
        afspraak = agreement_for(self.klantcontact.product, localdate(self.nu))
        if afspraak is None or afspraak.afdeling != self.afdeling:
            return None
        return afspraak

    @property
    def vragen(self) -> list[str]:
        """What the department wants to know, a line each."""
        if self.afspraak is None:
            return []
        return [regel.strip() for regel in self.afspraak.toelichting.splitlines() if regel.strip()]


def proposed_afdeling(klantcontact: Klantcontact, nu: datetime) -> Afdeling | None:
    """The department of the agreement about the product, else the one that owns the product."""
    afspraak = agreement_for(klantcontact.product, localdate(nu))
    if afspraak is not None and afspraak.afdeling.is_actief:
        return afspraak.afdeling
    eigenaar = klantcontact.product.afdeling if klantcontact.product else None
    return eigenaar if eigenaar is not None and eigenaar.is_actief else None


def needs_adres(klantcontact: Klantcontact) -> bool:
    """True when nothing that we know of the citizen says how to reach him."""
    partij = klantcontact.partij
    return partij is None or not (partij.adres or partij.digitale_adressen.exists())


def first_values(klantcontact: Klantcontact) -> dict[str, Any]:
    """What the agent already wrote on the werkplek, so that he types nothing twice."""
    getypt = str(klantcontact.concept.get("klant", ""))
    try:
        clean_telefoonnummer(getypt)
    except ValidationError:
        getypt = getypt if "@" in getypt else ""
    return {
        "gevraagde_handeling": klantcontact.onderwerp,
        "toelichting": klantcontact.inhoud,
        "bereikbaar_via": getypt,
    }


def promise(klantcontact: Klantcontact, afdeling: Afdeling | None, uiterlijk: str) -> str:
    """The sentence that the citizen hears or reads."""
    if afdeling is None or not uiterlijk:
        return ""
    if klantcontact.kanaal in SCHRIFTELIJK:
        return f"U krijgt uiterlijk {uiterlijk} antwoord van de afdeling {afdeling}."
    return f"De afdeling {afdeling} belt u uiterlijk {uiterlijk} terug."
