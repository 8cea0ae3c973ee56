"""Articles, synonyms and products out of a spreadsheet: looked at first, whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils.timezone import now

from kcc.models import UitgaandBericht
from kennisbank.models import ArtikelVersie, Invoer, Kennisartikel, Product, Synoniem
from kennisbank.search import search
from kennisbank.services import invoer as services
from tests.conftest import HTMX
from tests.factories import AfdelingFactory, ProductFactory
from tests.kennisbank.invoerhulp import (
    PAGINA,
    bied_aan,
    csv_van,
    lees_in,
    tekst_van,
    xlsx_van,
    zinnen,
)

KOP = ["kenmerk", "soort", "titel", "kort antwoord", "uitleg", "afdeling", "product"]
RIJ = ["fiets-kwijt", "vraag en antwoord", "Fiets kwijt", "Bel de gemeente.", "Neem *niets* mee.",
       "burgerzaken", "paspoort"]  # fmt: skip


@pytest.fixture
def redacteur(client_as: Callable[..., Any]) -> Any:
    AfdelingFactory.create(identificatie="burgerzaken")
    ProductFactory.create(naam="paspoort")
    return client_as("kennisredacteur", email="anna@voorbeeld.test")


@pytest.mark.parametrize("maak", [csv_van, xlsx_van], ids=["csv", "xlsx"])
def test_first_look_then_read_in(redacteur: Any, maak: Callable[..., bytes]) -> None:
    een = bied_aan(redacteur, "artikelen", maak(KOP, RIJ))
    assert (een.stand, een.nieuw, een.gewijzigd, een.ongewijzigd) == ("gecontroleerd", 1, 0, 0)
    assert not Kennisartikel.objects.exists()
    assert "Lees 1 wijziging in" in tekst_van(redacteur, een)

    redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    assert (een.stand, een.gedaan, bytes(een.bestand)) == ("klaar", 1, b"")
    artikel = Kennisartikel.objects.get(slug="fiets-kwijt")
    versie = artikel.huidige_versie
    assert versie is not None and artikel.product is not None
    assert (versie.nummer, versie.auteur) == (1, redacteur.medewerker)
    assert versie.uitleg_html == "<p>Neem <em>niets</em> mee.</p>"
    assert artikel.product.naam == "paspoort"
    assert "bestand.csv" in artikel.gebeurtenissen.get().tekst
    assert [t.titel for t in search("fiets kwijt", medewerker=redacteur.medewerker)][:1] == [
        "Fiets kwijt"
    ]
    mail = UitgaandBericht.objects.get()
    assert (mail.aan, mail.onderwerp) == ("anna@voorbeeld.test", "Ingelezen: bestand.csv")
    assert str(een.uuid) in mail.tekst


def test_a_version_comes_only_where_a_text_differs(redacteur: Any) -> None:
    lees_in(redacteur, "artikelen", csv_van(KOP, RIJ))
    een = lees_in(redacteur, "artikelen", csv_van(KOP, [*RIJ[:3], "Bel ons.", *RIJ[4:]]))
    assert (een.nieuw, een.gewijzigd) == (0, 1)
    regel = een.verslag[0]
    assert regel["velden"] == [["kort antwoord", "Bel de gemeente.", "Bel ons."]]
    assert "Bel de gemeente." in tekst_van(redacteur, een)
    lees_in(redacteur, "artikelen", csv_van([*KOP, "trefwoorden"], [
        *RIJ[:3], "Bel ons.", *RIJ[4:], "tweewieler"]))  # fmt: skip
    artikel = Kennisartikel.objects.get()
    assert artikel.trefwoorden == "tweewieler"
    assert [v.nummer for v in artikel.versies.all()] == [2, 1]
    een = bied_aan(redacteur, "artikelen", csv_van(KOP, [*RIJ[:3], "Bel ons.", *RIJ[4:]]))
    assert (een.nieuw, een.gewijzigd, een.ongewijzigd) == (0, 0, 1)
    assert "Alles is al bij" in tekst_van(redacteur, een)


def test_one_bad_row_and_nothing_is_saved(redacteur: Any) -> None:
    goed = [f"goed-{n}" for n in range(3)]
    rijen = [[slug, *RIJ[1:]] for slug in goed]
    kwaad = ["kwaad", "gedicht", "", "Bel.", "", "niemand", "bestaat niet"]
    een = bied_aan(redacteur, "artikelen", csv_van(KOP, *rijen, kwaad, ["goed-1", *RIJ[1:]]))
    assert een.stand == "fouten"
    fouten = zinnen(een)
    assert "5 soort: Kies uit: productbeschrijving" in fouten
    assert "5 titel: Vul dit in." in fouten
    assert "5 afdeling: Er is geen afdeling die niemand heet." in fouten
    assert "5 product: Er is geen product dat bestaat niet heet." in fouten
    assert "6 : Dit staat ook in rij 3. Laat er één staan." in fouten
    assert "Er is niets opgeslagen" in tekst_van(redacteur, een)
    services.work_on(invoer_id=een.pk)
    bevestig = redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    assert bevestig.status_code == 422
    assert not Kennisartikel.objects.exists()
    assert not ArtikelVersie.objects.exists()


def test_html_and_scripts_in_a_cell_are_text(redacteur: Any) -> None:
    rij = ["xss", RIJ[1], "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
           "[klik](javascript:alert(1)) <svg/onload=alert(1)>", *RIJ[5:]]  # fmt: skip
    een = lees_in(redacteur, "artikelen", csv_van(KOP, rij))
    versie = Kennisartikel.objects.get().huidige_versie
    assert versie is not None
    assert "<svg" not in versie.uitleg_html and "javascript:" not in (
        versie.uitleg_html.replace("(javascript:", "")
    )
    pagina = redacteur.get(reverse("kennisbank:invoer_een", args=[een.uuid])).content
    assert b"<script>alert" not in pagina
    assert b"<img src=x" not in pagina


def test_a_killed_worker_is_taken_up_where_it_was(
    redacteur: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "STUK", 2)
    rijen = [[f"stuk-{n}", *RIJ[1:]] for n in range(5)]
    een = bied_aan(redacteur, "artikelen", csv_van(KOP, *rijen))
    redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    echt, keer = services._run, []

    def breekt(*args: Any, **kwargs: Any) -> Any:
        uit = echt(*args, **kwargs)  # the rows are written …
        keer.append(1)
        if len(keer) == 2:
            raise OperationalError("weg")  # … and the process is gone before the piece is kept
        return uit

    monkeypatch.setattr(services, "_run", breekt)
    with pytest.raises(OperationalError):
        services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    assert (een.stand, een.gedaan) == ("inlezen", 2)
    assert Kennisartikel.objects.count() == 2
    assert not UitgaandBericht.objects.exists()
    assert "2 van 5 rijen ingelezen (40 %)" in tekst_van(redacteur, een)

    services.work_on(invoer_id=een.pk)  # its sign of life is young: somebody may be busy
    assert Kennisartikel.objects.count() == 2
    later = now() + services.STIL * 2
    assert services.sweep_invoer(at=later) == 1
    Invoer.objects.filter(pk=een.pk).update(levensteken_op=now() - services.STIL * 2)
    services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    assert (een.stand, een.gedaan) == ("klaar", 5)
    assert sorted(Kennisartikel.objects.values_list("slug", flat=True)) == [r[0] for r in rijen]
    assert ArtikelVersie.objects.count() == 5
    assert UitgaandBericht.objects.count() == 1
    assert services.sweep_invoer(at=later) == 0


def test_what_changed_since_the_check_stops_it(
    redacteur: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "STUK", 1)
    een = bied_aan(redacteur, "artikelen", csv_van(KOP, ["een", *RIJ[1:-1], ""], RIJ))
    redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    Product.objects.filter(naam="paspoort").update(naam="reisdocument")
    services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    assert (een.stand, een.gedaan) == ("afgebroken", 1)
    assert "3 product: Er is geen product dat paspoort heet." in zinnen(een)
    assert Kennisartikel.objects.get().slug == "een"
    assert UitgaandBericht.objects.get().onderwerp == "Niet helemaal ingelezen: bestand.csv"


def test_a_defect_is_told_and_not_tried_for_ever(
    redacteur: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    een = bied_aan(redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["kliko", "bak"]))
    redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    monkeypatch.setattr(services, "_run", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.work_on(invoer_id=een.pk)
    een.refresh_from_db()
    assert een.stand == "afgebroken"
    assert services.sweep_invoer(at=now() + services.STIL * 2) == 0


def test_stopping_keeps_what_was_read(redacteur: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "STUK", 1)
    een = bied_aan(
        redacteur, "synoniemen",
        csv_van(["woord", "zoek ook op"], ["kliko", "container"], ["bak", "container"]),
    )  # fmt: skip
    redacteur.post(reverse("kennisbank:invoer_bevestigen", args=[een.uuid]))
    een.refresh_from_db()
    assert services.read_piece(invoer=een, rijen=services.read_bestand(een).rijen)
    redacteur.post(reverse("kennisbank:invoer_stoppen", args=[een.uuid]))
    services.work_on(invoer_id=een.pk)
    assert Synoniem.objects.count() == 1
    assert "gestopt na 1 van de 2 rijen" in tekst_van(redacteur, een)


def test_a_file_that_nobody_can_check_is_given_up(redacteur: Any) -> None:
    een = bied_aan(redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["kliko", "bak"]))
    Invoer.objects.filter(pk=een.pk).update(stand="controle")
    services.sweep_invoer(at=now() + services.HOPELOOS * 2)
    een.refresh_from_db()
    assert een.stand == "fouten"
    assert "niet te controleren" in zinnen(een)


def test_synonyms(redacteur: Any) -> None:
    Synoniem.objects.create(woord="Kliko", woorden="container")
    een = lees_in(
        redacteur, "synoniemen",
        csv_van(["Woord", "Zoek_ook_op", "notitie"], ["kliko", "container, bak", "x"],
                ["reispas", "paspoort", ""]),
    )  # fmt: skip
    assert (een.nieuw, een.gewijzigd) == (1, 1)
    assert dict(Synoniem.objects.values_list("woord", "woorden")) == {
        "kliko": "container, bak",
        "reispas": "paspoort",
    }
    assert "Deze kolommen kennen we niet en zijn niet gelezen: notitie." in tekst_van(
        redacteur, een
    )


def test_products(redacteur: Any) -> None:
    paspoort = ProductFactory.create(naam="paspoort")
    een = lees_in(
        redacteur, "producten",
        csv_van(["naam", "UPL-adres", "trefwoorden", "afdeling"],
                ["paspoort", str(paspoort.upn_uri), "reispas", "burgerzaken"],
                ["stoepkrijtvergunning", "", "krijt", ""]),
    )  # fmt: skip
    assert (een.nieuw, een.gewijzigd) == (1, 1)
    paspoort.refresh_from_db()
    assert paspoort.trefwoorden == "reispas"
    gevonden = search("krijt", medewerker=redacteur.medewerker)
    assert [t.product_naam for t in gevonden][:1] == ["stoepkrijtvergunning"]


def test_withdrawn_articles_stay_withdrawn(redacteur: Any) -> None:
    lees_in(redacteur, "artikelen", csv_van(KOP, RIJ))
    Kennisartikel.objects.update(is_actief=False)
    een = bied_aan(redacteur, "artikelen", csv_van(KOP, [*RIJ[:3], "Anders.", *RIJ[4:]]))
    assert "2 kenmerk: Dit artikel is ingetrokken. Zet het eerst terug." in zinnen(een)


# --- the pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", ["kcc_medewerker", "vakspecialist", "teamleider", "beheerder"])
def test_who_may_not(client_as: Callable[..., Any], redacteur: Any, rol: str) -> None:
    een = bied_aan(redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["kliko", "bak"]))
    client = client_as(rol)
    assert client.get(PAGINA).status_code == 403
    assert client.post(PAGINA).status_code == 403
    for naam in ("invoer_een", "invoer_bevestigen", "invoer_stoppen"):
        adres = reverse(f"kennisbank:{naam}", args=[een.uuid])
        assert client.get(adres).status_code == 403
        assert client.post(adres).status_code == 403
    een.refresh_from_db()
    assert een.stand == "gecontroleerd"


def test_get_changes_nothing(redacteur: Any) -> None:
    een = bied_aan(redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["kliko", "bak"]))
    for naam in ("invoer_bevestigen", "invoer_stoppen"):
        assert redacteur.get(reverse(f"kennisbank:{naam}", args=[een.uuid])).status_code == 405
    een.refresh_from_db()
    assert een.stand == "gecontroleerd"


def test_a_file_that_is_not_there_is_404(redacteur: Any) -> None:
    geen = "00000000-0000-4000-8000-000000000000"
    for naam in ("invoer_een", "invoer_bevestigen", "invoer_stoppen"):
        client = redacteur.get if naam == "invoer_een" else redacteur.post
        assert client(reverse(f"kennisbank:{naam}", args=[geen])).status_code == 404


def test_confirming_twice_reads_in_once(redacteur: Any) -> None:
    een = lees_in(redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["kliko", "bak"]))
    for naam in ("invoer_bevestigen", "invoer_stoppen"):
        antwoord = redacteur.post(reverse(f"kennisbank:{naam}", args=[een.uuid]))
        assert antwoord.status_code == 422
        assert "Dit bestand is ingelezen." in antwoord.content.decode()


def test_the_page_asks_again_while_busy_only(redacteur: Any) -> None:
    bestand = csv_van(["woord", "zoek ook op"], ["kliko", "bak"])
    een = bied_aan(redacteur, "synoniemen", bestand)
    adres = reverse("kennisbank:invoer_een", args=[een.uuid])
    assert b"every 1s" not in redacteur.get(adres, headers=HTMX).content
    Invoer.objects.filter(pk=een.pk).update(stand="inlezen")
    deel = redacteur.get(adres, headers=HTMX).content
    assert b"every 1s" in deel and b"<progress" in deel and b"<html" not in deel
    assert b"Ververs" in redacteur.get(adres).content


def test_a_form_without_a_choice_is_422(redacteur: Any) -> None:
    antwoord = redacteur.post(PAGINA)
    assert antwoord.status_code == 422
    assert "Kies wat er in het bestand staat." in antwoord.content.decode()
    assert "Kies eerst een bestand." in antwoord.content.decode()


@pytest.mark.parametrize("aantal", [1, 20])
def test_the_list_costs_the_same_for_every_length(
    redacteur: Any, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        services.start_invoer(
            soort="synoniemen", bestandsnaam=f"{nummer}.csv", inhoud=b"x" * 1000,
            by=redacteur.medewerker, at=now(),
        )  # fmt: skip
    redacteur.get(PAGINA)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as gevraagd:
        redacteur.get(PAGINA)
    lijst = [v["sql"] for v in gevraagd if 'FROM "kennisbank_invoer"' in v["sql"]]
    assert len(lijst) == 1
    assert '"kennisbank_invoer"."bestand"' not in lijst[0].split("FROM")[0]
    assert len([v for v in gevraagd if 'FROM "organisatie_medewerker"' in v["sql"]]) <= 1


def test_a_name_of_a_file_is_text(redacteur: Any) -> None:
    assert services.clean_name("..\\..\\etc/a\u202egpj.csv\r\nX: y") == "agpj.csvX: y"
    assert services.clean_name("\x00") == "bestand"
    een = bied_aan(
        redacteur, "synoniemen", csv_van(["woord", "zoek ook op"], ["a", "b"]), "<b>x<b>.csv"
    )
    pagina = redacteur.get(reverse("kennisbank:invoer_een", args=[een.uuid])).content
    assert b"<b>x" not in pagina
