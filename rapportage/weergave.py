"""Figures as people read them: Dutch notation, verdicts in words, and the tiles."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from contacts.services import HERHAAL_DAGEN
from rapportage.cijfers import Cijfers, Waarde, voorlopige_waarde
from rapportage.kpis import (
    BINNEN_TERMIJN,
    CONTACTEN,
    DEKKING,
    FCR_A,
    FCR_B,
    FCR_C,
    MEDIAAN,
    OVERGEDRAGEN,
    P90,
    Kpi,
    Richting,
)
from rapportage.models import Norm
from rapportage.normen import Normen, is_gehaald

# The order of the tiles: the verdict first, then what stands behind it.
TEGELS = (FCR_B, BINNEN_TERMIJN, FCR_C, FCR_A, MEDIAAN, P90, CONTACTEN, OVERGEDRAGEN)


def getal(waarde: Fraction | int, decimalen: int = 0) -> str:
    """Dutch notation, rounded half up: 1.204 or 81,4."""
    exact = Decimal(waarde.numerator) / Decimal(waarde.denominator)
    rond = exact.quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    return f"{rond:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def procent(teller: int, noemer: int) -> str:
    """A share with one decimal, or a dash when there is nothing to divide by."""
    return f"{getal(Fraction(100 * teller, noemer), 1)} %" if noemer else "–"


def doelwaarde(norm: Norm) -> str:
    """The target without useless zeros: 80 or 82,5."""
    return f"{norm.doelwaarde.normalize():f}".replace(".", ",")


def cijfer(waarde: Waarde, norm: Norm | None = None) -> str:
    """The figure without its unit. More decimals where rounding would seem to reach the norm."""
    if waarde.is_leeg:
        return "–"
    if waarde.kpi.is_aantal:
        return getal(waarde.teller)
    tekst = getal(waarde.getal, 1)
    if norm is not None and not is_gehaald(waarde, norm):
        doel = Fraction(norm.doelwaarde)
        for decimalen in (1, 2, 3, 4):
            tekst = getal(waarde.getal, decimalen)
            if Fraction(tekst.replace(".", "").replace(",", ".")) != doel:
                break
    return tekst


def met_eenheid(waarde: Waarde) -> str:
    """The figure as part of a sentence: 81,4 % or 3,5 werkuren."""
    return cijfer(waarde) if waarde.is_leeg else f"{cijfer(waarde)} {waarde.kpi.eenheid}"


def verschil(nu: Waarde, vorig: Waarde) -> str:
    """How much it moved, in words; empty when one of the two says nothing."""
    if nu.is_leeg or vorig.is_leeg:
        return ""
    if nu.kpi.is_aantal:
        if not vorig.teller:
            return ""
        stap, eenheid = Fraction(100 * (nu.teller - vorig.teller), vorig.teller), "%"
        woorden = ("meer", "minder")
    else:
        stap = nu.getal - vorig.getal
        eenheid = "procentpunt" if nu.kpi.is_aandeel else nu.kpi.eenheid
        woorden = ("hoger", "lager") if nu.kpi.is_aandeel else ("langer", "korter")
    hoeveel = getal(abs(stap), 1)
    if hoeveel == "0,0":
        return "gelijk aan"
    return f"{hoeveel} {eenheid} {woorden[stap < 0]} dan"


@dataclass(frozen=True)
class Oordeel:
    """A figure against its norm, in a word and an icon."""

    norm: str
    is_gehaald: bool

    @property
    def woord(self) -> str:
        """The verdict."""
        return "gehaald" if self.is_gehaald else "niet gehaald"

    @property
    def icoon(self) -> str:
        """Repeats the verdict."""
        return "vink" if self.is_gehaald else "kruis"


def oordeel(waarde: Waarde, norm: Norm | None) -> Oordeel | None:
    """The verdict, or None without a norm or without anything to judge."""
    if norm is None or waarde.is_leeg:
        return None
    eenheid = waarde.kpi.eenheid
    hoogstens = "hoogstens " if waarde.kpi.richting is Richting.LAGER else ""
    return Oordeel(f"{hoogstens}{doelwaarde(norm)} {eenheid}", is_gehaald(waarde, norm))


@dataclass(frozen=True)
class Tegel:
    """One figure as the dashboard shows it."""

    kpi: Kpi
    cijfer: str
    eenheid: str
    oordeel: Oordeel | None
    waarover: str
    verschil: str
    extra: tuple[str, ...]
    is_voorlopig: bool

    @property
    def klasse(self) -> str:
        """Which kind of tile."""
        if self.is_voorlopig:
            return "tegel--voorlopig"
        if self.oordeel is None:
            return ""
        return "tegel--gehaald" if self.oordeel.is_gehaald else "tegel--niet-gehaald"


def tegels(cijfers: Cijfers, normen: Normen) -> list[Tegel]:
    """The tiles in their order."""
    return [tegel(kpi, cijfers, normen) for kpi in TEGELS]


def tegel(kpi: Kpi, cijfers: Cijfers, normen: Normen) -> Tegel:
    """One tile: figure, verdict against the norm of the last day, n, and change."""
    keuze, totaal = cijfers.keuze, cijfers.totaal
    afdeling_id = keuze.afdeling.pk if keuze.afdeling else None
    norm = normen.op(kpi.slug, keuze.tot, kanaal=keuze.kanaal, afdeling_id=afdeling_id)
    waarde, extra, is_voorlopig = totaal.waarde(kpi), list[str](), False
    if kpi is FCR_C:
        dekking = totaal.waarde(DEKKING)
        voorlopig = voorlopige_waarde(totaal.nu)
        is_voorlopig = waarde.is_leeg and not voorlopig.is_leeg
        if is_voorlopig:
            waarde = voorlopig
            extra.append("voorlopig: de klant kan nog terugkomen")
        elif not voorlopig.is_leeg:
            extra.append(
                f"laatste {HERHAAL_DAGEN} dagen voorlopig: {met_eenheid(voorlopig)}"
                f" (n = {getal(voorlopig.noemer)})"
            )
        extra.append(f"dekking {met_eenheid(dekking)}")
    aantal = waarde.noemer
    return Tegel(
        kpi=kpi,
        cijfer=cijfer(waarde, norm),
        eenheid="" if waarde.is_leeg or kpi.is_aantal else kpi.eenheid,
        oordeel=None if is_voorlopig else oordeel(waarde, norm),
        waarover="" if kpi.is_aantal else f"{getal(aantal)} {kpi.waarover[aantal != 1]}",
        verschil="" if is_voorlopig else verschil(waarde, totaal.vorige(kpi)),
        extra=tuple(extra),
        is_voorlopig=is_voorlopig,
    )
