"""A small municipality to simulate in: what laad_demo brings, but in a tenth of a second."""

from datetime import date

from organisatie.models import Medewerker, Openingstijd
from tests.factories import AfdelingFactory, MedewerkerFactory, ProductFactory, artikel
from zaken.models import Overdrachtsafspraak

PRODUCTEN = {
    "burgerzaken": ("paspoort", "rijbewijs", "verhuismelding", "bezoekafspraak", "briefadres"),
    "belastingen": ("belastingkwijtschelding", "woz-beschikking", "belastingaanslag bezwaar"),
    "parkeren": ("parkeervergunning", "parkeerbelasting"),
    "openbare-ruimte": ("melding openbare ruimte (algemeen)", "ongediertebestrijding"),
    "ondernemen": ("terrasvergunning", "objectvergunning"),
}
# In working days, or hours where it says so.
TERMIJNEN = {"paspoort": (4, "werkuren"), "woz-beschikking": (5, "werkdagen")}


def build_gemeente() -> None:
    """Departments, people, products, articles, agreements and opening hours."""
    kcc = AfdelingFactory.create(identificatie="kcc")
    for _ in range(6):
        MedewerkerFactory.create(afdelingen=[kcc])
    for identificatie, namen in PRODUCTEN.items():
        afdeling = AfdelingFactory.create(identificatie=identificatie)
        for _ in range(2):
            MedewerkerFactory.create(rollen=["vakspecialist"], afdelingen=[afdeling])
        for naam in namen:
            product = ProductFactory.create(naam=naam, afdeling=afdeling)
            artikel(product=product, versie__kort_antwoord=f"Zo gaat het met {naam}.")
            if naam in TERMIJNEN:
                aantal, eenheid = TERMIJNEN[naam]
                Overdrachtsafspraak.objects.create(
                    product=product,
                    afdeling=afdeling,
                    termijn_aantal=aantal,
                    termijn_eenheid=eenheid,
                    geldig_vanaf=date(2024, 1, 1),
                )
    for weekdag in range(1, 6):
        Openingstijd.objects.create(weekdag=weekdag, van="09:00", tot="17:00")


def agents() -> set[int]:
    """Who answers the phone."""
    return set(Medewerker.objects.filter(rollen=["kcc_medewerker"]).values_list("pk", flat=True))
