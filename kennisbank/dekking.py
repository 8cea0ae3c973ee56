"""How complete and how fresh the kennisbank is, per department."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import (
    Avg,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
)

from kennisbank.models import Kennisartikel, Melding, Product
from kennisbank.querysets import KennisartikelQuerySet, ProductQuerySet
from organisatie.models import Afdeling


@dataclass
class Dekking:
    """The figures of one department; of None those of products without a department."""

    naam: str
    identificatie: str = ""
    producten: int = 0
    met_artikel: int = 0
    artikelen: int = 0
    leeftijd: timedelta | None = None
    over_tijd: int = 0
    zonder_redacteur: int = 0
    meldingen: int = 0

    @property
    def percentage(self) -> float | None:
        """Share of the products that an article answers, 0-100; None without products."""
        return 100 * self.met_artikel / self.producten if self.producten else None

    @property
    def dagen(self) -> int | None:
        """Average age of the texts, in days."""
        return None if self.leeftijd is None else self.leeftijd.days


def published() -> KennisartikelQuerySet:
    """Articles that count: published. News passes by and answers nothing for long."""
    return Kennisartikel.objects.filter(is_actief=True, huidige_versie__isnull=False).exclude(
        soort="nieuws"
    )


def _answered() -> Q:
    """Of a product: an article answers it, its own or one that it belongs to too."""
    eigen = published().filter(product=OuterRef("pk"))
    ook = published().filter(andere_producten=OuterRef("pk"))
    return Q(Exists(eigen)) | Q(Exists(ook))


def unanswered(producten: ProductQuerySet) -> ProductQuerySet:
    """Those that no article answers."""
    return producten.filter(~_answered())


def dekking(*, vandaag: date, nu: datetime) -> list[Dekking]:
    """One line per department that has products or articles, by name, and last the products that
    no department has yet. Five queries, however many there are.
    """
    regels: dict[int | None, Dekking] = {
        a.pk: Dekking(a.naam, a.identificatie) for a in Afdeling.objects.filter(is_actief=True)
    }
    regels[None] = Dekking("Nog zonder afdeling")
    for afdeling, aantal, met in (
        Product.objects.usable()
        .annotate(beantwoord=_answered())
        .order_by()
        .values_list("afdeling")
        .annotate(aantal=Count("pk"), met=Count("pk", filter=Q(beantwoord=True)))
    ):
        if afdeling in regels:
            regels[afdeling].producten, regels[afdeling].met_artikel = aantal, met
    oud = ExpressionWrapper(
        Value(nu) - F("huidige_versie__gepubliceerd_op"), output_field=DurationField()
    )
    for afdeling, aantal, leeftijd, over_tijd, zonder in (
        published()
        .order_by()
        .values_list("afdeling")
        .annotate(
            aantal=Count("pk"),
            leeftijd=Avg(oud),
            over_tijd=Count("pk", filter=Q(herzien_op__lt=vandaag)),
            zonder=Count("pk", filter=Q(redacteur__isnull=True)),
        )
    ):
        if afdeling in regels:
            regel = regels[afdeling]
            regel.artikelen, regel.leeftijd = aantal, leeftijd
            regel.over_tijd, regel.zonder_redacteur = over_tijd, zonder
    for veld, open_meldingen in (
        ("artikel__afdeling", Melding.objects.to_do().filter(artikel__isnull=False)),
        ("product__afdeling", Melding.objects.to_do().filter(artikel__isnull=True)),
    ):
        for afdeling, aantal in open_meldingen.order_by().values_list(veld).annotate(Count("pk")):
            if afdeling in regels:
                regels[afdeling].meldingen += aantal
    return [r for r in regels.values() if r.producten or r.artikelen or r.meldingen]


def total(regels: list[Dekking], *, naam: str = "Samen") -> Dekking:
    """All departments together; the age weighs by articles."""
    samen = Dekking(naam)
    for regel in regels:
        for veld in (
            "producten", "met_artikel", "artikelen", "over_tijd", "zonder_redacteur", "meldingen",
        ):  # fmt: skip
            setattr(samen, veld, getattr(samen, veld) + getattr(regel, veld))
    jaren = [(r.leeftijd, r.artikelen) for r in regels if r.leeftijd is not None]
    if samen.artikelen and jaren:
        samen.leeftijd = sum((leeftijd * n for leeftijd, n in jaren), timedelta()) / samen.artikelen
    return samen
