"""The register of KPIs: nothing on a dashboard shows a figure that is not in here.

The formula stands here twice: in words, for who reads the figure, and as names of counted fields
(models.UurTelling and UurTaken), for who computes it. Only counts are added up and divided at the
very end, so a percentage is never an average of percentages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from contacts.services import HERHAAL_DAGEN


class Soort(Enum):
    """How a figure is made of counts."""

    AANTAL = "aantal"
    AANDEEL = "aandeel"
    PERCENTIEL = "percentiel"


class Richting(Enum):
    """Which side of the norm is good."""

    HOGER = "hoger is beter"
    LAGER = "lager is beter"
    GEEN = "hoger is niet beter of slechter"


@dataclass(frozen=True)
class Kpi:
    """One figure: what it says, how it is counted, and where it misleads.

    ``teller`` and ``noemer`` name fields of the roll-ups; of a percentiel ``deel`` is the share
    that is ready by then, as a pair of whole numbers, so that no rounding enters.
    """

    slug: str
    naam: str
    kort: str
    soort: Soort
    eenheid: str
    richting: Richting
    formule: str
    teller_in_woorden: str
    noemer_in_woorden: str
    bronnen: tuple[str, ...]
    valkuilen: tuple[str, ...]
    waarover: tuple[str, str]
    teller: str
    noemer: str = ""
    deel: tuple[int, int] = (1, 1)

    @property
    def is_aandeel(self) -> bool:
        """A share of a whole, shown as a percentage."""
        return self.soort is Soort.AANDEEL

    @property
    def is_aantal(self) -> bool:
        """A plain number."""
        return self.soort is Soort.AANTAL

    @property
    def is_percentiel(self) -> bool:
        """A duration within which a share was ready."""
        return self.soort is Soort.PERCENTIEL


_CONTACT = "afgesloten klantcontacten, op het uur waarin ze plaatsvonden"
_TAAK = "interne taken"

CONTACTEN = Kpi(
    slug="contacten",
    naam="Contacten",
    kort="Contacten",
    soort=Soort.AANTAL,
    eenheid="contacten",
    richting=Richting.GEEN,
    formule="Alle vragen die het KCC afsloot, over alle kanalen. Eén gesprek met twee vragen telt"
    " als twee contacten.",
    teller_in_woorden="afgesloten contacten",
    noemer_in_woorden="",
    bronnen=(_CONTACT,),
    valkuilen=(
        "Een concept dat nog open staat, telt niet mee.",
        "Ook een gesprek waarvan de verbinding werd verbroken, telt mee.",
        "Is vandaag nog niet om, dan vergelijken wij met de vorige periode tot hetzelfde uur.",
    ),
    waarover=("contact", "contacten"),
    teller="contacten",
)
FCR_B = Kpi(
    slug="fcr-b",
    naam="Direct opgelost",
    kort="Direct opgelost",
    soort=Soort.AANDEEL,
    eenheid="%",
    richting=Richting.HOGER,
    formule="Het deel van de behandelde contacten dat het KCC zelf afmaakte: niet doorverbonden,"
    " niet verwezen en niet overgedragen aan een afdeling. In de vakliteratuur: FCR zonder"
    " overdracht.",
    teller_in_woorden="contacten zonder overdracht",
    noemer_in_woorden="behandelde contacten (alles, behalve een verbroken verbinding)",
    bronnen=(_CONTACT, "interne taken bij die contacten"),
    valkuilen=(
        "Een aanvraag opnemen is geen overdracht: dat is gewoon werk van het KCC.",
        "Het cijfer zegt niet of het antwoord goed was. Kijk daarvoor ook naar herhaalvragen.",
        "Gemeenten meten dit verschillend. Vergelijk alleen als de formule gelijk is.",
    ),
    waarover=("behandeld contact", "behandelde contacten"),
    teller="fcr_b",
    noemer="behandeld",
)
FCR_A = Kpi(
    slug="fcr-a",
    naam="Opgelost volgens medewerker",
    kort="Volgens medewerker",
    soort=Soort.AANDEEL,
    eenheid="%",
    richting=Richting.HOGER,
    formule="Het deel van de contacten met een vraag waarbij de medewerker koos voor ‘Zelfstandig"
    " afgehandeld’ of ‘Afgehandeld na ruggespraak’.",
    teller_in_woorden="contacten die volgens de medewerker zijn afgehandeld",
    noemer_in_woorden="contacten met een vraag",
    bronnen=(_CONTACT,),
    valkuilen=(
        "De medewerker beoordeelt zichzelf. Dat valt vaak hoog uit; controleer elke maand een"
        " steekproef.",
        "‘Afgehandeld, klant belt terug’ telt niet als opgelost.",
    ),
    waarover=("contact met een vraag", "contacten met een vraag"),
    teller="fcr_a",
    noemer="met_vraag",
)
FCR_C = Kpi(
    slug="fcr-c",
    naam=f"Geen herhaalvraag binnen {HERHAAL_DAGEN} dagen",
    kort="Geen herhaalvraag",
    soort=Soort.AANDEEL,
    eenheid="%",
    richting=Richting.HOGER,
    formule="Het deel van de herkenbare contacten waarna dezelfde klant niet opnieuw contact had"
    f" over hetzelfde product, binnen {HERHAAL_DAGEN} keer 24 uur en over welk kanaal ook.",
    teller_in_woorden="herkenbare contacten zonder herhaling",
    noemer_in_woorden="herkenbare contacten: klant en product zijn bekend, en er was een vraag",
    bronnen=(_CONTACT, "latere klantcontacten van dezelfde partij over hetzelfde product"),
    valkuilen=(
        "Het zegt alleen iets over contacten waarvan klant én product bekend zijn. Kijk dus ook"
        " naar de dekking.",
        f"De laatste {HERHAAL_DAGEN} dagen zijn voorlopig: de klant kan nog terugkomen. Die dagen"
        " tellen niet mee in het cijfer, wij tonen ze apart.",
        "Iemand kan terugkomen met een andere vraag over hetzelfde product. Dat telt hier toch als"
        " herhaling.",
    ),
    waarover=("herkenbaar contact", "herkenbare contacten"),
    teller="fcr_c",
    noemer="herkenbaar",
)
DEKKING = Kpi(
    slug="fcr-c-dekking",
    naam="Dekking van de herhaalmeting",
    kort="Dekking",
    soort=Soort.AANDEEL,
    eenheid="%",
    richting=Richting.HOGER,
    formule="Het deel van de contacten met een vraag waarvan wij de klant en het product kennen."
    " Over dit deel zegt ‘Geen herhaalvraag’ iets; over de rest niet.",
    teller_in_woorden="contacten waarvan klant en product bekend zijn",
    noemer_in_woorden="contacten met een vraag",
    bronnen=(_CONTACT,),
    valkuilen=(
        "Een hoge dekking is geen doel: wie anoniem wil blijven, mag dat.",
        "Per kanaal verschilt de dekking veel. Vergelijk herhaalvragen van kanalen daarom"
        " voorzichtig.",
    ),
    waarover=("contact met een vraag", "contacten met een vraag"),
    teller="herkenbaar",
    noemer="met_vraag",
)
OVERGEDRAGEN = Kpi(
    slug="overgedragen",
    naam="Overgedragen aan afdelingen",
    kort="Overgedragen",
    soort=Soort.AANTAL,
    eenheid="taken",
    richting=Richting.GEEN,
    formule="Alle taken die het KCC in deze periode aan een afdeling gaf: vragen die het niet zelf"
    " kon beantwoorden.",
    teller_in_woorden="overgedragen taken",
    noemer_in_woorden="",
    bronnen=(f"{_TAAK}, op het uur waarin ze zijn overgedragen",),
    valkuilen=(
        "Een taak die terugkomt en opnieuw wordt doorgestuurd, telt één keer.",
        "Minder taken is alleen goed nieuws als de vragen ook echt beantwoord zijn.",
    ),
    waarover=("taak", "taken"),
    teller="overgedragen",
)
BINNEN_TERMIJN = Kpi(
    slug="taken-binnen-termijn",
    naam="Terugbellen en taken binnen termijn",
    kort="Binnen termijn",
    soort=Soort.AANDEEL,
    eenheid="%",
    richting=Richting.HOGER,
    formule="Het deel van de taken waarvan de termijn in deze periode afliep, dat vóór het einde"
    " van de termijn was afgehandeld. De termijn volgt uit de overdrachtsafspraak en loopt alleen"
    " door in openingstijd.",
    teller_in_woorden="taken die op tijd klaar waren",
    noemer_in_woorden="taken waarvan de termijn afliep",
    bronnen=(f"{_TAAK}, op het uur waarin de termijn afloopt",),
    valkuilen=(
        "Een contactpoging is nog geen antwoord: alleen een afgehandelde taak telt als op tijd.",
        "Een taak die nog open staat en waarvan de termijn voorbij is, telt mee als te laat.",
        "Een taak telt bij de afdeling waar hij nu ligt, niet bij wie hem het eerst kreeg.",
    ),
    waarover=("taak", "taken"),
    teller="binnen_termijn",
    noemer="verschuldigd",
)
MEDIAAN = Kpi(
    slug="doorlooptijd-mediaan",
    naam="De helft van de taken klaar binnen",
    kort="Doorlooptijd, helft",
    soort=Soort.PERCENTIEL,
    eenheid="werkuren",
    richting=Richting.LAGER,
    formule="De middelste doorlooptijd van de taken die in deze periode zijn afgehandeld. Zet ze"
    " van kort naar lang: dit is de tijd van de taak in het midden. Alleen openingstijd telt.",
    teller_in_woorden="",
    noemer_in_woorden="afgehandelde taken",
    bronnen=(f"{_TAAK}, op het uur waarin ze zijn afgehandeld", "de openingstijden"),
    valkuilen=(
        "Taken die nog open staan, tellen niet mee. Wie lastig werk laat liggen, lijkt sneller.",
        "Het is een bestaande waarde uit de rij (de kleinste waarbij minstens de helft klaar is),"
        " geen gemiddelde van twee.",
    ),
    waarover=("afgehandelde taak", "afgehandelde taken"),
    teller="werkminuten",
    noemer="afgehandeld",
    deel=(1, 2),
)
P90 = Kpi(
    slug="doorlooptijd-p90",
    naam="9 van de 10 taken klaar binnen",
    kort="Doorlooptijd, 9 van 10",
    soort=Soort.PERCENTIEL,
    eenheid="werkuren",
    richting=Richting.LAGER,
    formule="De doorlooptijd waarbinnen minstens 90 % van de afgehandelde taken klaar was. Alleen"
    " openingstijd telt. Dit cijfer laat zien hoe lang de langzaamste taken duren; een gemiddelde"
    " verbergt dat.",
    teller_in_woorden="",
    noemer_in_woorden="afgehandelde taken",
    bronnen=(f"{_TAAK}, op het uur waarin ze zijn afgehandeld", "de openingstijden"),
    valkuilen=(
        "Bij weinig taken bepaalt één taak het cijfer. Kijk dus naar het aantal.",
        "Taken die nog open staan, tellen niet mee.",
    ),
    waarover=("afgehandelde taak", "afgehandelde taken"),
    teller="werkminuten",
    noemer="afgehandeld",
    deel=(9, 10),
)

KPIS: Mapping[str, Kpi] = MappingProxyType(
    {
        kpi.slug: kpi
        for kpi in (
            FCR_B, FCR_A, FCR_C, DEKKING, BINNEN_TERMIJN, MEDIAAN, P90, CONTACTEN, OVERGEDRAGEN,
        )
    }
)  # fmt: skip
