"""What the dashboard and a definition page show, put together from figures, norms and names."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.http import urlencode

from kennisbank.models import Product
from organisatie.models import Afdeling
from rapportage import grafieken
from rapportage.cijfers import Cijfers, Keuze, load_cijfers
from rapportage.forms import STANDAARD_DAGEN
from rapportage.kpis import DEKKING, FCR_C, Kpi
from rapportage.models import Norm
from rapportage.normen import load_normen
from rapportage.opvallend import opvallend
from rapportage.tabellen import (
    punten,
    rijen_afdeling,
    rijen_doelgroep,
    rijen_kanaal,
    rijen_product,
    top_producten,
)
from rapportage.weergave import doelwaarde, getal, met_eenheid, tegel, tegels


@dataclass(frozen=True)
class Snel:
    """A period that is one click away."""

    naam: str
    url: str
    is_gekozen: bool


def overzicht(keuze: Keuze, *, afdelingen: list[Afdeling], nu: datetime) -> dict[str, Any]:
    """All that the dashboard prints for this choice."""
    cijfers = load_cijfers(keuze, nu=nu)
    normen = load_normen()
    namen = {afdeling.pk: afdeling.naam for afdeling in afdelingen}
    productnamen = _productnamen(cijfers)
    per_afdeling = rijen_afdeling(cijfers, normen, namen)
    per_kanaal = rijen_kanaal(cijfers, normen)
    lijn = punten(cijfers, normen)
    return {
        "cijfers": cijfers,
        "is_leeg": not any(cijfers.totaal.nu.values()),
        "tegels": tegels(cijfers, normen),
        "punten": lijn,
        "per_afdeling": per_afdeling,
        "per_kanaal": per_kanaal,
        "per_product": rijen_product(cijfers, productnamen),
        "per_doelgroep": rijen_doelgroep(cijfers),
        "opvallend": opvallend(
            cijfers,
            afdelingen=per_afdeling,
            kanalen=per_kanaal,
            producten=[(productnamen[pk], paar) for pk, paar in top_producten(cijfers)],
        ),
        "grafiek_direct": _json(grafieken.direct_opgelost(lijn)),
        "grafiek_contacten": _json(grafieken.contacten(lijn)),
        "grafiek_termijn": _json(grafieken.binnen_termijn(per_afdeling)),
        "vraag": vraag(keuze),
    }


def definitie(kpi: Kpi, keuze: Keuze, *, nu: datetime) -> dict[str, Any]:
    """What a figure means, what it is made of in this period, and which norms it had."""
    cijfers = load_cijfers(keuze, nu=nu)
    normen = load_normen()
    waarde = cijfers.totaal.waarde(kpi)
    return {
        "kpi": kpi,
        "cijfers": cijfers,
        "waarde": met_eenheid(waarde),
        "tegel": tegel(kpi, cijfers, normen),
        "teller": getal(waarde.teller),
        "noemer": getal(waarde.noemer),
        "dekking": DEKKING if kpi is FCR_C else None,
        "normen": [
            (norm, doelwaarde(norm), is_geldig(norm, keuze.tot)) for norm in normen.van(kpi.slug)
        ],
        "vraag": vraag(keuze),
    }


def _json(spec: grafieken.Spec) -> str:
    """For an attribute: htmx takes every script element out of what it swaps in, data or not."""
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def is_geldig(norm: Norm, dag: date) -> bool:
    """Whether a norm holds on this day."""
    return norm.geldig_vanaf <= dag and (norm.geldig_tot is None or norm.geldig_tot >= dag)


def _productnamen(cijfers: Cijfers) -> dict[int, str]:
    gezocht = [pk for pk, _ in top_producten(cijfers)]
    return dict(Product.objects.filter(pk__in=gezocht).values_list("pk", "naam"))


def vraag(keuze: Keuze) -> str:
    """The choice as the query of an address, the same for the same choice."""
    delen = {"van": keuze.van.isoformat(), "tot": keuze.tot.isoformat()}
    if keuze.kanaal:
        delen["kanaal"] = keuze.kanaal
    if keuze.afdeling:
        delen["afdeling"] = keuze.afdeling.identificatie
    return urlencode(delen)


def snelle_periodes(keuze: Keuze, *, vandaag: date) -> list[Snel]:
    """Links to the periods that people ask for, with the other filters kept."""
    vorige_maand_eind = vandaag.replace(day=1) - timedelta(days=1)
    periodes = [
        ("7 dagen", vandaag - timedelta(days=6), vandaag),
        (f"{STANDAARD_DAGEN} dagen", vandaag - timedelta(days=STANDAARD_DAGEN - 1), vandaag),
        ("90 dagen", vandaag - timedelta(days=89), vandaag),
        ("Vorige maand", vorige_maand_eind.replace(day=1), vorige_maand_eind),
        ("Dit jaar", vandaag.replace(month=1, day=1), vandaag),
    ]
    return [
        Snel(
            naam,
            f"?{vraag(Keuze(van, tot, keuze.kanaal, keuze.afdeling))}",
            (van, tot) == (keuze.van, keuze.tot),
        )
        for naam, van, tot in periodes
    ]
