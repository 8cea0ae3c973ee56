"""Import of the national product list: what comes in, what is refused, and fetching it."""

import http.server
import io
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from kennisbank import services
from kennisbank.models import Doelgroep, Grondslag, Kennisartikel, Product
from kennisbank.search import search
from kennisbank.upl import MAX_BYTES, UplFout, UplNietOpgehaald, fetch_upl
from tests.factories import AfdelingFactory, MedewerkerFactory, ProductFactory
from tests.kennisbank.conftest import BESTANDEN

KLEIN = BESTANDEN / "upl-klein.csv"
ECHT = settings.BASE_DIR.parent / "shared" / "data" / "UPL-actueel.csv"
TERMEN = "http://standaarden.overheid.nl/owms/terms/"


def lees(bestand: bytes) -> services.ImportVerslag:
    return services.import_upl(bestand=bestand)


def vervang(oud: str, nieuw: str, aantal: int = -1) -> bytes:
    tekst = KLEIN.read_text(encoding="utf-8")
    assert oud in tekst
    return tekst.replace(oud, nieuw, aantal).encode()


@pytest.mark.django_db
def test_municipal_products_come_in_once_with_all_their_grondslagen() -> None:
    verslag = lees(KLEIN.read_bytes())
    assert str(verslag) == "4 producten: 4 nieuw, 0 gewijzigd, 0 ongewijzigd"
    paspoort = Product.objects.get(upn_uri=f"{TERMEN}paspoort")
    assert (paspoort.naam, paspoort.doelgroep) == ("paspoort", Doelgroep.BURGER)
    assert (paspoort.is_aanvraag, paspoort.is_melding) == (True, False)
    assert list(paspoort.grondslagen.values_list("label", "link")) == [
        ("Artikel 1 Voorbeeldwet", "https://voorbeeld.test/wet/1/tekst"),
        ("Artikel 2, lid 1, Voorbeeldwet", ""),
    ]
    verhuizen = Product.objects.get(naam="verhuismelding")
    assert (verhuizen.doelgroep, verhuizen.is_melding) == (Doelgroep.BEIDE, True)
    assert verhuizen.is_verplichting
    assert Product.objects.get(naam="terrasvergunning").doelgroep == Doelgroep.BEDRIJF
    naamloos = Product.objects.get(is_placeholder=True)
    assert (naamloos.naam, naamloos.doelgroep) == ("UPL-naam nog niet beschikbaar", "")
    assert not Product.objects.filter(naam="kentekenbewijs").exists()


@pytest.mark.django_db
def test_importing_twice_changes_nothing() -> None:
    lees(KLEIN.read_bytes())
    voor = list(Product.objects.values()), set(Grondslag.objects.values_list("pk", "uri"))
    assert str(lees(KLEIN.read_bytes())) == "4 producten: 0 nieuw, 0 gewijzigd, 4 ongewijzigd"
    assert str(lees(b"\xef\xbb\xbf" + KLEIN.read_bytes())).endswith("4 ongewijzigd")
    assert (list(Product.objects.values()), set(Grondslag.objects.values_list("pk", "uri"))) == voor


@pytest.mark.django_db
def test_what_the_municipality_added_stays() -> None:
    burgerzaken = AfdelingFactory.create()
    eigen = ProductFactory.create(
        naam="paspoortje", upn_uri=f"{TERMEN}paspoort", afdeling=burgerzaken, trefwoorden="reispas"
    )
    verslag = lees(KLEIN.read_bytes())
    assert (verslag.nieuw, verslag.gewijzigd) == (3, 1)
    assert ("paspoort", "gewijzigd: naam, aanvraag, grondslagen") in verslag.wijzigingen
    eigen.refresh_from_db()
    assert (eigen.naam, eigen.trefwoorden, eigen.afdeling) == ("paspoort", "reispas", burgerzaken)


@pytest.mark.django_db
def test_a_grondslag_that_changes_is_a_change_of_its_product() -> None:
    lees(KLEIN.read_bytes())
    anders = vervang("Artikel 1 Voorbeeldwet", "Artikel 1a Voorbeeldwet")
    verslag = lees(anders)
    assert verslag.wijzigingen == [("paspoort", "gewijzigd: grondslagen")]
    assert Grondslag.objects.filter(label="Artikel 1a Voorbeeldwet").count() == 1
    assert Grondslag.objects.count() == 2


@pytest.mark.django_db
def test_a_product_that_left_the_list_stays_and_is_named() -> None:
    lees(KLEIN.read_bytes())
    ProductFactory.create(naam="eigen product", upn_uri=None)
    regels = KLEIN.read_text(encoding="utf-8").splitlines(keepends=True)
    zonder = "".join(regel for regel in regels if not regel.startswith("terrasvergunning"))
    verslag = lees(zonder.encode())
    assert verslag.niet_meer_in_lijst == ["terrasvergunning"]
    assert Product.objects.filter(naam="terrasvergunning", is_actief=True).exists()


@pytest.mark.django_db
def test_a_renamed_product_is_found_by_its_new_name(publiceer: object) -> None:
    assert callable(publiceer)
    lees(KLEIN.read_bytes())
    terras = Product.objects.get(naam="terrasvergunning")
    stuk: Kennisartikel = publiceer(
        titel="Buiten zitten", product=terras, afdeling=AfdelingFactory.create()
    )
    lees(vervang("terrasvergunning,http", "gevelbankvergunning,http"))
    gevonden = search("gevelbankvergunning", medewerker=MedewerkerFactory.create())
    assert stuk.uuid in {treffer.uuid for treffer in gevonden}


@pytest.mark.django_db
def test_a_trial_saves_nothing() -> None:
    verslag = services.import_upl(bestand=KLEIN.read_bytes(), proef=True)
    assert (verslag.nieuw, len(verslag.wijzigingen)) == (4, 4)
    assert not Product.objects.exists()
    assert not Grondslag.objects.exists()


RIJEN = KLEIN.read_bytes().splitlines(keepends=True)
FOUT = [
    (b"", 0, "leeg"),
    (b"\n\n", 1, "ontbreken"),
    (b"naam,adres\nx,y\n", 1, "deze kolommen ontbreken in de kop: UniformeProductnaam, URI"),
    (vervang(",", ";"), 1, "puntkomma"),
    (vervang("Bedrijf,Dienst", "Burger,Dienst"), 1, "ontbreken in de kop: Bedrijf"),
    (vervang("Grondslaglink\n", "Grondslaglink,URI\n"), 1, "dubbel"),
    (vervang("Artikel 1 ", "Artikel é ").decode().encode("latin-1"), 3, "UTF-8"),
    (KLEIN.read_bytes().decode().encode("utf-16"), 1, "UTF-8"),
    (vervang("paspoort,http", "pas\x00poort,http", 1), 3, "teken dat niet"),
    (vervang(f"verhuismelding,{TERMEN}verhuismelding", "verhuismelding,"), 6, "de URI ontbreekt"),
    (vervang("verhuismelding,http", ",http"), 6, "de naam van het product ontbreekt"),
    (vervang(f"{TERMEN}terrasvergunning", f"{TERMEN}paspoort"), 5, "een andere naam: paspoort"),
    (vervang(f"{TERMEN}kentekenbewijs", "kentekenbewijs"), 7, "geen webadres: kentekenbewijs"),
    (vervang("https://voorbeeld.test/wet/1/tekst", "javascript:alert(1)"), 3, "webadres: java"),
    (vervang(",,,,X,,X,,,X,", ",,,,ja,,X,,,X,"), 5, "bij Gemeente staat ja; daar hoort een X"),
    (vervang("terrasvergunning,http", f"{'t' * 201},http"), 5, "langer dan 200 tekens"),
    (vervang('"Artikel 2, lid 1, Voorbeeldwet"', '"Artikel 2'), 7, "geen goede CSV"),
    (vervang("X,X,,,,,,,,,,,,,,", "X,X"), 2, "deze rij heeft 6 waarden, en de kop heeft er 20"),
    (RIJEN[0] + RIJEN[-1], 0, "geen enkel product van gemeenten"),
    (b"x" * (MAX_BYTES + 1), 0, "groter dan 5 MB"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("bestand", "rij", "reden"), FOUT, ids=range(len(FOUT)))
def test_a_bad_list_is_refused_with_row_and_reason(bestand: bytes, rij: int, reden: str) -> None:
    with pytest.raises(UplFout) as fout:
        lees(bestand)
    assert (fout.value.fouten[0].rij, fout.value.aantal) == (rij, 1)
    assert reden in fout.value.fouten[0].reden
    assert not Product.objects.exists()


@pytest.mark.django_db
def test_every_bad_row_is_told_and_the_list_of_them_is_bounded() -> None:
    kop, *rijen = KLEIN.read_text(encoding="utf-8").splitlines(keepends=True)
    kapot = kop + "".join(rij.replace(TERMEN, "x:") for rij in rijen * 50)
    with pytest.raises(UplFout) as fout:
        lees(kapot.encode())
    assert fout.value.aantal == 300
    assert [f.rij for f in fout.value.fouten] == list(range(2, 102))


@pytest.mark.django_db
def test_too_many_rows_are_refused() -> None:
    kop, rij = KLEIN.read_text(encoding="utf-8").splitlines(keepends=True)[:2]
    with pytest.raises(UplFout, match="niets opgeslagen") as fout:
        lees((kop + rij * 20_000).encode())
    assert "meer dan 20000 rijen" in fout.value.fouten[0].reden


@pytest.mark.django_db
def test_a_label_that_is_too_long_is_cut() -> None:
    lees(vervang("Artikel 1 Voorbeeldwet", "Artikel " + "1" * 400))
    assert max(len(grondslag.label) for grondslag in Grondslag.objects.all()) == 300


@pytest.mark.django_db
def test_the_command_ends_with_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_upl", str(KLEIN))
    assert capsys.readouterr().out == "4 producten: 4 nieuw, 0 gewijzigd, 0 ongewijzigd\n"
    ProductFactory.create(naam="vroeger", upn_uri=f"{TERMEN}vroeger")
    call_command("import_upl", str(KLEIN))
    assert capsys.readouterr().out.splitlines() == [
        "vroeger: staat niet meer in de lijst, blijft bewaard",
        "4 producten: 0 nieuw, 0 gewijzigd, 4 ongewijzigd",
    ]


@pytest.mark.django_db
def test_the_command_fails_with_rows_and_reasons(tmp_path: Path) -> None:
    (tmp_path / "fout.csv").write_bytes(vervang(f"verhuismelding,{TERMEN}", "verhuismelding,"))
    with pytest.raises(CommandError) as fout:
        call_command("import_upl", str(tmp_path / "fout.csv"))
    assert fout.value.returncode == 1
    assert str(fout.value).splitlines() == [
        "Deze lijst is niet te gebruiken. Er is niets opgeslagen.",
        "rij 6: dit is geen webadres: verhuismelding",
    ]
    with pytest.raises(CommandError, match="is niet te lezen"):
        call_command("import_upl", str(tmp_path / "weg.csv"))
    with pytest.raises(CommandError, match="is niet te lezen"):
        call_command("import_upl", str(tmp_path))
    assert not Product.objects.exists()


@pytest.mark.django_db
def test_the_real_list_gives_450_products() -> None:
    assert ECHT.is_file(), "de landelijke lijst hoort naast de checkout te staan"
    uit = io.StringIO()
    call_command("import_upl", str(ECHT), stdout=uit)
    assert uit.getvalue() == "450 producten: 450 nieuw, 0 gewijzigd, 0 ongewijzigd\n"
    assert Product.objects.count() == 450
    assert [p.naam for p in Product.objects.filter(is_placeholder=True)] == [
        "UPL-naam nog niet beschikbaar"
    ]
    per_doelgroep = {
        doelgroep: Product.objects.filter(doelgroep=doelgroep).count() for doelgroep in Doelgroep
    }
    assert sum(per_doelgroep.values()) == 450
    assert all(per_doelgroep.values())
    voor = set(Grondslag.objects.values_list("pk", flat=True))
    call_command("import_upl", str(ECHT), stdout=uit)
    assert uit.getvalue().splitlines()[-1] == (
        "450 producten: 0 nieuw, 0 gewijzigd, 450 ongewijzigd"
    )
    assert set(Grondslag.objects.values_list("pk", flat=True)) == voor


class _Lijst(http.server.BaseHTTPRequestHandler):
    """Serves the small list, and everything that can go wrong beside it."""

    def do_GET(self) -> None:
        if self.path == "/weg.csv":
            self.send_error(404)
            return
        self.send_response(200)
        if self.path == "/kapot.csv":
            self.send_header("Content-Length", "99999")
        self.end_headers()
        try:
            if self.path == "/stil.csv":
                self.connection.recv(1)  # nothing comes: until the client hangs up
            elif self.path == "/groot.csv":
                for _ in range(MAX_BYTES // 65536 + 2):
                    self.wfile.write(b"x" * 65536)
            else:
                self.wfile.write(KLEIN.read_bytes())
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(settings: Any) -> Iterator[str]:
    """The address of a web server on loopback that has the list."""
    settings.OPHALEN_TOEGESTAAN = ["127.0.0.1"]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Lijst) as dienst:
        draad = threading.Thread(target=dienst.serve_forever, args=(0.05,), daemon=True)
        draad.start()
        yield f"http://127.0.0.1:{dienst.server_port}"
        dienst.shutdown()


@pytest.mark.django_db
def test_without_a_file_the_list_is_fetched(
    server: str, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.UPL_ADRES = f"{server}/upl.csv"  # type: ignore[attr-defined]
    call_command("import_upl")
    assert capsys.readouterr().out.splitlines() == [
        f"Lijst ophalen van {server}/upl.csv",
        "4 producten: 4 nieuw, 0 gewijzigd, 0 ongewijzigd",
    ]


@pytest.mark.parametrize(
    ("pad", "reden"),
    [
        ("/weg.csv", "de server antwoordt met foutcode 404"),
        ("/groot.csv", "het antwoord is te groot"),
        ("/stil.csv", "de server antwoordt niet op tijd"),
        ("/kapot.csv", "het antwoord kwam niet helemaal binnen"),
    ],
)
def test_what_goes_wrong_on_the_way_is_one_sentence(server: str, pad: str, reden: str) -> None:
    with pytest.raises(UplNietOpgehaald, match=reden):
        fetch_upl(f"{server}{pad}", timeout=1.0 if pad == "/stil.csv" else 60)


def test_a_list_on_our_own_network_is_not_fetched(server: str, settings: Any) -> None:
    settings.OPHALEN_TOEGESTAAN = []
    with pytest.raises(UplNietOpgehaald, match="openbare internet"):
        fetch_upl(f"{server.rpartition(':')[0]}/upl.csv")


@pytest.mark.parametrize(
    "adres", ["file:///etc/passwd", "ftp://x.test/upl.csv", "upl.csv", "http://"]
)
def test_only_web_addresses_are_fetched(adres: str) -> None:
    with pytest.raises(UplNietOpgehaald, match="klopt niet"):
        fetch_upl(adres)


@pytest.mark.django_db
def test_a_server_that_is_not_there_ends_the_command(settings: object) -> None:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    settings.UPL_ADRES = f"http://127.0.0.1:{poort}/upl.csv"  # type: ignore[attr-defined]
    settings.OPHALEN_TOEGESTAAN = ["127.0.0.1"]  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="er is geen verbinding") as fout:
        call_command("import_upl", stdout=io.StringIO())
    assert fout.value.returncode == 1
