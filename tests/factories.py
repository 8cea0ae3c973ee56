"""Fixed, readable test records. A factory fills what a test does not care about."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from contacts.models import Gesprek, Klantcontact, Partij
from kennisbank.models import ArtikelVersie, Kennisartikel, Product
from kennisbank.search import index
from organisatie.models import Afdeling, Groep, Medewerker, Openingstijd
from zaken.models import InterneTaak

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(tekst: str) -> datetime:
    """``"2026-11-18 14:00"`` as local time in Amsterdam."""
    return datetime.fromisoformat(tekst).replace(tzinfo=AMSTERDAM)


WOENSDAG = moment("2026-11-18 14:00")


class AfdelingFactory(DjangoModelFactory[Afdeling]):
    """A department; the same identificatie gives the same row."""

    class Meta:
        model = Afdeling
        django_get_or_create = ("identificatie",)

    identificatie = "burgerzaken"
    naam = factory.LazyAttribute(lambda a: a.identificatie.replace("-", " ").capitalize())
    is_kcc = factory.LazyAttribute(lambda a: a.identificatie == "kcc")


class GroepFactory(DjangoModelFactory[Groep]):
    """A team."""

    class Meta:
        model = Groep

    afdeling = factory.SubFactory(AfdelingFactory)
    identificatie = factory.Sequence(lambda n: f"groep-{n}")
    naam = factory.Sequence(lambda n: f"Groep {n}")


class MedewerkerFactory(DjangoModelFactory[Medewerker]):
    """Somebody with a role; ``afdelingen=[…]`` puts him in departments. Password: ``demo``."""

    class Meta:
        model = Medewerker
        skip_postgeneration_save = True

    gebruikersnaam = factory.Sequence(lambda n: f"medewerker{n}")
    voornaam = "Anna"
    achternaam = factory.Sequence(lambda n: f"Jansen{n}")
    rollen = ["kcc_medewerker"]

    @factory.post_generation
    def password(obj: Medewerker, create: bool, waarde: str | None, **kwargs: Any) -> None:
        """Hash it, as login expects."""
        obj.set_password(waarde or "demo")
        obj.save(update_fields=["password"])

    @factory.post_generation
    def afdelingen(obj: Medewerker, create: bool, waarde: list[Afdeling] | None, **kw: Any) -> None:
        """Put the person in departments."""
        if waarde:
            obj.afdelingen.set(waarde)


class ProductFactory(DjangoModelFactory[Product]):
    """A product; the same name gives the same row."""

    class Meta:
        model = Product
        django_get_or_create = ("naam",)
        skip_postgeneration_save = True

    naam = "paspoort"
    upn_uri = factory.LazyAttribute(lambda p: f"https://voorbeeld.test/upl/{p.naam}")
    doelgroep = "eu-burger"
    afdeling = factory.SubFactory(AfdelingFactory)

    @factory.post_generation
    def index(obj: Product, create: bool, waarde: bool | None, **kwargs: Any) -> None:
        """Found as every stored product is; ``index=False`` leaves that out."""
        if create and waarde is not False:
            index.refresh(producten=[obj.pk])


class KennisartikelFactory(DjangoModelFactory[Kennisartikel]):
    """An article without a version; see ``artikel`` for one that is published."""

    class Meta:
        model = Kennisartikel

    slug = factory.Sequence(lambda n: f"artikel-{n}")
    soort = "vac"
    product = factory.SubFactory(ProductFactory)
    afdeling = factory.SelfAttribute("product.afdeling")
    doelgroep = "eu-burger"
    herzien_op = date(2027, 5, 1)


class ArtikelVersieFactory(DjangoModelFactory[ArtikelVersie]):
    """A stored text; ``artikel.huidige_versie`` is for the test (or the service) to set."""

    class Meta:
        model = ArtikelVersie

    artikel = factory.SubFactory(KennisartikelFactory)
    nummer = 1
    titel = "Paspoort aanvragen"
    kort_antwoord = "U vraagt een paspoort aan op het gemeentehuis."
    gepubliceerd_op = WOENSDAG


class PartijFactory(DjangoModelFactory[Partij]):
    """A person with a name."""

    class Meta:
        model = Partij

    soort_partij = "persoon"
    voornaam = "Maria"
    voorvoegsel_achternaam = "de"
    achternaam = "Vries"
    aangemaakt_op = WOENSDAG


class GesprekFactory(DjangoModelFactory[Gesprek]):
    """An open phone call."""

    class Meta:
        model = Gesprek

    kanaal = "telefoon"
    medewerker = factory.SubFactory(MedewerkerFactory)
    gestart_op = WOENSDAG


class KlantcontactFactory(DjangoModelFactory[Klantcontact]):
    """A concept in an open call; ``afgerond=True`` makes it a closed contact."""

    class Meta:
        model = Klantcontact

    class Params:
        afgerond = factory.Trait(
            gespreksresultaat="zelfstandig_afgehandeld",
            afgerond_op=factory.SelfAttribute("plaatsgevonden_op"),
            onderwerp="Wanneer is mijn paspoort klaar?",
            gesprek=factory.SubFactory(
                GesprekFactory,
                medewerker=factory.SelfAttribute("..medewerker"),
                kanaal=factory.SelfAttribute("..kanaal"),
                gestart_op=factory.SelfAttribute("..plaatsgevonden_op"),
                opgehangen_op=factory.SelfAttribute("..plaatsgevonden_op"),
                afgerond_op=factory.SelfAttribute("..plaatsgevonden_op"),
            ),
        )

    nummer = factory.Sequence(lambda n: f"K{n:08d}0"[:10])
    medewerker = factory.SubFactory(MedewerkerFactory)
    kanaal = "telefoon"
    plaatsgevonden_op = WOENSDAG
    opgeslagen_op = factory.SelfAttribute("plaatsgevonden_op")
    gesprek = factory.SubFactory(
        GesprekFactory,
        medewerker=factory.SelfAttribute("..medewerker"),
        kanaal=factory.SelfAttribute("..kanaal"),
        gestart_op=factory.SelfAttribute("..plaatsgevonden_op"),
    )


class InterneTaakFactory(DjangoModelFactory[InterneTaak]):
    """A new hand-off to a department, of a closed contact."""

    class Meta:
        model = InterneTaak

    nummer = factory.Sequence(lambda n: f"T{n:08d}0"[:10])
    klantcontact = factory.SubFactory(
        KlantcontactFactory, afgerond=True, gespreksresultaat="overgedragen"
    )
    afdeling = factory.SubFactory(AfdelingFactory)
    gevraagde_handeling = "Terugbellen over het spoedpaspoort"
    aangemaakt_op = WOENSDAG
    aangemaakt_door = factory.SelfAttribute("klantcontact.medewerker")
    termijn_op = moment("2026-11-20 17:00")


def artikel(**velden: Any) -> Kennisartikel:
    """A published article. Keywords of the version go in as ``versie__titel=…``."""
    van_versie = {k.removeprefix("versie__"): v for k, v in velden.items() if "versie__" in k}
    stuk = KennisartikelFactory.create(**{k: v for k, v in velden.items() if "versie__" not in k})
    stuk.huidige_versie = ArtikelVersieFactory.create(artikel=stuk, **van_versie)
    stuk.save(update_fields=["huidige_versie"])
    return stuk


def gewone_openingstijden() -> None:
    """Monday to Friday from 9 to 17."""
    for weekdag in range(1, 6):
        Openingstijd.objects.get_or_create(weekdag=weekdag, van="09:00", defaults={"tot": "17:00"})
