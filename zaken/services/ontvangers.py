"""Who hears of a taak that needs attention, and at which address."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from kcc.access import Rol
from kcc.outbox import check_address
from organisatie.aanwezigheid import presence_of
from organisatie.models import Afdeling, Medewerker
from zaken.models import InterneTaak, Trede


@dataclass(frozen=True)
class Ontvanger:
    """Somebody or something with a mailbox; ``naam`` is for the history of the taak."""

    naam: str
    adressen: tuple[str, ...]


NIEMAND = Ontvanger("niemand: er is nergens een e-mailadres ingevuld", ())


def whom_to_warn(*, taak: InterneTaak, trede: Trede, at: datetime) -> Ontvanger:
    """To whom this step goes; when there is nobody, or no address, to the next one up. Never to
    nothing: the last is the department's mailbox and then the team leaders of the KCC.
    """
    afdeling = taak.afdeling
    if trede in (Trede.HERINNERING, Trede.TERUGBELLEN):
        eerst = _holder(taak, at) or _groep(taak)
        return eerst or _mailbox(afdeling) or _person(afdeling.coordinator) or _teamleiders()
    baas = afdeling.hoofd if trede == Trede.HOOFD else afdeling.coordinator
    naam = "afdelingshoofd" if trede == Trede.HOOFD else "coördinator"
    return _person(baas, naam) or _mailbox(afdeling) or _teamleiders()


def _holder(taak: InterneTaak, at: datetime) -> Ontvanger | None:
    """Who has the taak, or who takes over while he is away."""
    wie = taak.toegewezen_aan
    if wie is None:
        return None
    aanwezig = presence_of([wie], at)[wie.pk]
    if not aanwezig.is_afwezig:
        return _person(wie)
    return _person(aanwezig.vervanger, f"vervanger van {wie}")


def _groep(taak: InterneTaak) -> Ontvanger | None:
    groep = taak.groep
    if groep is None or not groep.is_actief or not is_address(groep.email):
        return None
    return Ontvanger(f"groep {groep}", (groep.email,))


def _mailbox(afdeling: Afdeling) -> Ontvanger | None:
    if not is_address(afdeling.email):
        return None
    return Ontvanger(f"postbus van {afdeling}", (afdeling.email,))


def _person(wie: Medewerker | None, rol: str = "") -> Ontvanger | None:
    if wie is None or not wie.is_active or not is_address(wie.email):
        return None
    return Ontvanger(f"{rol} {wie}".strip(), (wie.email,))


def _teamleiders() -> Ontvanger:
    leiders = (
        Medewerker.objects.active().filter(rollen__contains=[Rol.TEAMLEIDER]).order_by("email")
    )
    van_kcc = leiders.filter(afdelingen__is_kcc=True)
    for groep in (van_kcc, leiders):
        adressen = tuple(wie.email for wie in groep if is_address(wie.email))
        if adressen:
            return Ontvanger("teamleiders van het KCC", adressen)
    return NIEMAND


def is_address(adres: str) -> bool:
    """True for something that the outbox will take."""
    try:
        check_address(adres)
    except ValidationError:
        return False
    return True
