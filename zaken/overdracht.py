"""A hand-off in the making: what the agent must know and say before he promises anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from contacts.models import Klantcontact
from contacts.services import PANEEL
from contacts.validators import clean_telefoonnummer
from organisatie.models import Afdeling
from organisatie.werkkalender import NoOpeningstijden
from zaken.models import Overdrachtsafspraak
from zaken.services import TaakFout, agreement_for, compute_termijn
from zaken.termijnen import say_uiterlijk

# By these roads people expect an answer in writing and not a phone call.
SCHRIFTELIJK = frozenset({"email", "webformulier", "brief", "chat", "whatsapp", "social"})

# What of the panel is kept while it is typed; anything else that comes in is not ours.
VELDEN = frozenset(
    {"afdeling", "medewerker", "gevraagde_handeling", "toelichting", "bereikbaar_via"}
)
_VRAAG = re.compile(r"vraag_[0-9]{1,9}\Z")
MAX_VELDEN = 80
MAX_TEKST = 60_000


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
        return promise(self.klantcontact, self.afdeling, self.uiterlijk, self.afspraak)

    @cached_property
    def afspraak(self) -> Overdrachtsafspraak | None:
        """What this department agreed about the question."""
        if self.afdeling is None:
            return None
        return agreement_for(self.klantcontact.product, self.afdeling, localdate(self.nu))


def proposed_afdeling(klantcontact: Klantcontact, nu: datetime) -> Afdeling | None:
    """The department that agreed to answer for the product or its group, else the one that owns
    the product. Where several agreed, the owner goes first.
    """
    product = klantcontact.product
    if product is None:
        return None
    afspraken = (
        Overdrachtsafspraak.objects.valid_on(localdate(nu))
        .about(product)
        .exclude(product=None, productgroep=None)
        .filter(afdeling__is_actief=True)
        .select_related("afdeling")
    )
    gevonden = list(afspraken)
    gevonden.sort(key=lambda a: (a.product_id is None, a.afdeling_id != product.afdeling_id))
    if gevonden:
        return gevonden[0].afdeling
    eigenaar = product.afdeling
    return eigenaar if eigenaar is not None and eigenaar.is_actief else None


def kept(gestuurd: Mapping[str, str]) -> dict[str, str]:
    """What of a panel is kept on the server. Raises TooMuchText."""
    velden = {
        naam: waarde for naam, waarde in gestuurd.items() if naam in VELDEN or _VRAAG.match(naam)
    }
    if len(velden) > MAX_VELDEN or sum(map(len, velden.values())) > MAX_TEKST:
        raise TooMuchText
    return velden


class TooMuchText(TaakFout):
    """More than a panel holds."""

    def __init__(self) -> None:
        super().__init__("Dit is te veel tekst om te bewaren. Maak het korter.")


def needs_adres(klantcontact: Klantcontact) -> bool:
    """True when nothing that we know of the citizen says how to reach him."""
    partij = klantcontact.partij
    return partij is None or not (partij.adres or partij.digitale_adressen.exists())


def first_values(klantcontact: Klantcontact) -> dict[str, Any]:
    """What the agent already wrote, here or on the werkplek, so that he types nothing twice."""
    getypt = str(klantcontact.concept.get("klant", ""))
    try:
        clean_telefoonnummer(getypt)
    except ValidationError:
        getypt = getypt if "@" in getypt else ""
    return {
        "gevraagde_handeling": klantcontact.onderwerp,
        "toelichting": klantcontact.inhoud,
        "bereikbaar_via": getypt,
        **klantcontact.concept.get(PANEEL, {}),
    }


def promise(
    klantcontact: Klantcontact,
    afdeling: Afdeling | None,
    uiterlijk: str,
    afspraak: Overdrachtsafspraak | None = None,
) -> str:
    """The sentence that the citizen hears or reads: that of the agreement, or the common one."""
    if afdeling is None or not uiterlijk:
        return ""
    if afspraak is not None and afspraak.belofte:
        # Not format(): whoever writes the sentence may use any other brace.
        zin = afspraak.belofte.replace("{afdeling}", str(afdeling))
        return zin.replace("{uiterlijk}", uiterlijk)
    if klantcontact.kanaal in SCHRIFTELIJK:
        return f"U krijgt uiterlijk {uiterlijk} antwoord van de afdeling {afdeling}."
    return f"De afdeling {afdeling} belt u uiterlijk {uiterlijk} terug."
