"""Where a question goes under a routing model, and where last month's would have gone."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from contacts.models import Klantcontact
from kennisbank.models import Product
from organisatie.models import Afdeling, Groep
from zaken.models import Lijn, Routeringsmodel, Routeringsregel, Vaardigheid


@dataclass(frozen=True)
class Routevraag:
    """What a rule can look at."""

    kanaal: str
    doelgroep: str
    product_id: int | None
    afdeling_id: int | None  # that of the product, or else the responsible one


@dataclass(frozen=True)
class Route:
    """Where it goes, and the rule that says so; no rule: nowhere yet."""

    groep: Groep | None
    lijn: int
    regel: Routeringsregel | None


class Router:
    """One model with its rules and skills, read once: two queries, for any number of questions."""

    def __init__(self, model: Routeringsmodel) -> None:
        self.model = model
        self.regels = list(model.regels.select_related("groep__afdeling").order_by("volgorde"))
        self._hoogste: dict[tuple[int, int | None, int | None], int] = {}
        nodig = {regel.groep_id for regel in self.regels if regel.niveau is not None}
        rijen = Vaardigheid.objects.filter(
            medewerker__is_active=True, medewerker__groepen__in=nodig
        ).values_list("medewerker__groepen", "product", "afdeling", "niveau")
        for groep, product, afdeling, niveau in rijen if nodig else ():
            sleutel = (groep, product, afdeling)
            self._hoogste[sleutel] = max(niveau, self._hoogste.get(sleutel, 0))

    def route(self, vraag: Routevraag) -> Route:
        """The first rule that fits decides."""
        for regel in self.regels:
            if self._fits(regel, vraag):
                return Route(regel.groep, regel.lijn, regel)
        return Route(None, Lijn.EERSTE, None)

    def _fits(self, regel: Routeringsregel, vraag: Routevraag) -> bool:
        return (
            regel.kanaal in ("", vraag.kanaal)
            and regel.doelgroep in ("", vraag.doelgroep)
            and regel.product_id in (None, vraag.product_id)
            and regel.afdeling_id in (None, vraag.afdeling_id)
            and (regel.niveau is None or self._skilled(regel.groep_id, vraag) >= regel.niveau)
        )

    def _skilled(self, groep: int, vraag: Routevraag) -> int:
        """The best level that anybody of this group has for the question."""
        product = afdeling = 0
        if vraag.product_id is not None:
            product = self._hoogste.get((groep, vraag.product_id, None), 0)
        if vraag.afdeling_id is not None:
            afdeling = self._hoogste.get((groep, None, vraag.afdeling_id), 0)
        return max(product, afdeling)


def active_router() -> Router | None:
    """The model that is in force."""
    model = Routeringsmodel.objects.filter(is_actief=True).first()
    return Router(model) if model else None


def routed_groep(contact: Klantcontact, afdeling: Afdeling) -> Groep | None:
    """The team of this department that the model in force sends the question to, if any."""
    router = active_router()
    if router is None:
        return None
    route = router.route(question_of(contact))
    return route.groep if route.groep and route.groep.afdeling_id == afdeling.pk else None


def question_of(contact: Klantcontact) -> Routevraag:
    """A klantcontact as the rules see it."""
    product = contact.product
    van = product.afdeling_id if product else None
    return Routevraag(
        contact.kanaal, contact.doelgroep, contact.product_id, van or contact.afdeling_id
    )


@dataclass
class Bestemming:
    """One line of a simulation: a group and line, and how much would go there."""

    naam: str
    lijn: str
    aantal: int = 0
    nu: int = 0  # under the model in force
    kanalen: Counter[str] = field(default_factory=Counter)

    @property
    def verschil(self) -> int:
        """More or less than under the model in force."""
        return self.aantal - self.nu


@dataclass(frozen=True)
class Simulatie:
    """Where the contacts of a period would have gone."""

    totaal: int
    bestemmingen: list[Bestemming]
    nergens: int


def simulate(model: Routeringsmodel, *, van: datetime, tot: datetime) -> Simulatie:
    """Send the closed klantcontacten of a period (``van`` ≤ moment < ``tot``) through a model.

    They are counted by what a rule can look at, so that a month of any size costs one query and as
    many decisions as there are kinds of question.
    """
    groepen = list(
        Klantcontact.objects.filter(
            afgerond_op__isnull=False, plaatsgevonden_op__gte=van, plaatsgevonden_op__lt=tot
        )
        .order_by()
        .values_list("kanaal", "doelgroep", "product", "afdeling")
        .annotate(aantal=Count("pk"))
    )
    eigenaar = dict(Product.objects.values_list("pk", "afdeling"))
    router, nu = Router(model), active_router()
    regels: dict[tuple[str, str], Bestemming] = {}
    nergens = 0
    for kanaal, doelgroep, product, afdeling, aantal in groepen:
        vraag = Routevraag(kanaal, doelgroep, product, eigenaar.get(product) or afdeling)
        naar = _line(regels, router.route(vraag))
        if naar is None:
            nergens += aantal
        else:
            naar.aantal += aantal
            naar.kanalen[kanaal] += aantal
        if nu is not None and (was := _line(regels, nu.route(vraag))) is not None:
            was.nu += aantal
    volgorde = sorted(regels.values(), key=lambda b: (-b.aantal, b.naam, b.lijn))
    return Simulatie(sum(rij[-1] for rij in groepen), volgorde, nergens)


def _line(regels: dict[tuple[str, str], Bestemming], route: Route) -> Bestemming | None:
    if route.groep is None:
        return None
    naam, lijn = f"{route.groep.naam} ({route.groep.afdeling})", str(Lijn(route.lijn).label)
    return regels.setdefault((naam, lijn), Bestemming(naam, lijn))
