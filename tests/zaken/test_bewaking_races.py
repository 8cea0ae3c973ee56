"""Two guards at once, over two real connections: still one warning and one mail."""

import threading

import pytest
from django.db import connection

from kcc.models import UitgaandBericht
from tests.factories import (
    AfdelingFactory,
    InterneTaakFactory,
    MedewerkerFactory,
    gewone_openingstijden,
    moment,
)
from zaken.models import TaakGebeurtenis, Waarschuwing
from zaken.services.bewaking import run_guard

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_at_once_warn_once() -> None:
    gewone_openingstijden()
    coor = MedewerkerFactory.create(email="coor@voorbeeld.test")
    afdeling = AfdelingFactory.create(email="postbus@voorbeeld.test", coordinator=coor, hoofd=coor)
    InterneTaakFactory.create_batch(25, afdeling=afdeling)
    samen, fouten = threading.Barrier(3), []

    def guard() -> None:
        try:
            samen.wait(timeout=30)
            run_guard(at=moment("2026-11-23 17:00"))
        except Exception as exc:
            fouten.append(exc)
        finally:
            connection.close()

    draden = [threading.Thread(target=guard) for _ in range(3)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(timeout=60)
    assert fouten == []
    assert Waarschuwing.objects.count() == 75
    assert TaakGebeurtenis.objects.filter(soort="gewaarschuwd").count() == 75
    assert Waarschuwing.objects.filter(gemeld_op=None).count() == 0
    # Whoever came first may have mailed while another was still at work: never the same taak twice.
    for adres in ("coor@voorbeeld.test", "postbus@voorbeeld.test"):
        teksten = UitgaandBericht.objects.filter(aan=adres).values_list("tekst", flat=True)
        regels = [r for t in teksten for r in t.splitlines() if r.startswith("- T")]
        assert len(regels) >= 25
        assert len(regels) == len(set(regels))
