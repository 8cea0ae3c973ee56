"""A thousand messages go out while the worker, the broker and the mail server die again and again.

Each arrives. What arrives twice does so under one Message-ID, and each series keeps its order.
"""

import email
import email.policy
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest

from tests.proces import Stapel, wait_until
from tests.stapel.conftest import rows
from tests.stapel.wankele_post import MANIEREN

pytestmark = [pytest.mark.stapel, pytest.mark.xdist_group("stapel")]

AANTAL = 1000
# Odd numbers belong to one of 25 series; even ones stand alone.
ZET_KLAAR = f"""
from django.db import transaction
from django.utils.timezone import now
from kcc.outbox import queue_mail

for n in range({AANTAL}):
    with transaction.atomic():
        queue_mail(
            aan="inwoner@voorbeeld.nl", onderwerp=str(n), tekst="Dag", sleutel=f"proef:{{n}}",
            reeks=f"proef:{{n % 25}}" if n % 2 else "", at=now(),
        )
"""
# What takes minutes in earnest takes seconds here.
SNEL = {"KCC_BERICHT_BEZIG_SECONDEN": "5", "KCC_BERICHT_WACHT_SECONDEN": "0.5"}
WEG = "SELECT count(*)::int FROM kcc_uitgaandbericht WHERE stand = 'verzonden'"


class Post:
    """The mail server that dies, each time in the next way, and what it kept."""

    def __init__(self, stapel: Stapel) -> None:
        self.stapel = stapel
        self.part = stapel.parts["postbus"]
        self.poort = self.part.command[-1]
        self.manieren = cycle(MANIEREN)
        self.keren = 0
        self.map = stapel.data / "post"

    @property
    def mails(self) -> list[Path]:
        """In order of arrival."""
        return sorted(self.map.glob("*.eml"))

    def again(self) -> None:
        """Bring it back."""
        woorden = ["-m", "tests.stapel.wankele_post", self.poort, next(self.manieren)]
        self.part.command = [sys.executable, *woorden]
        self.stapel.restart("postbus")
        self.keren += 1


@pytest.fixture
def post(stapel: Stapel) -> Iterator[Post]:
    """The stack with that mail server, and with a worker that has little patience."""
    werker, postbus = stapel.parts["worker"], stapel.parts["postbus"]
    gewoon = (dict(werker.environment), list(postbus.command))
    werker.environment |= SNEL
    stapel.kill("worker")
    stapel.restart("worker")
    stapel.kill("postbus")
    wankel = Post(stapel)
    wankel.again()
    yield wankel
    werker.environment, postbus.command = gewoon
    for naam in ("worker", "postbus"):
        if stapel.pid(naam):
            stapel.kill(naam)
        stapel.restart(naam)


def test_a_thousand_messages_survive(stapel: Stapel, post: Post) -> None:
    toeval = random.Random(5)
    doelen = ["worker", "redis", "postbus"] * 2
    toeval.shuffle(doelen)
    # Each time that so many have come in, the next one goes.
    beurten = [(toeval.randint(100 + 130 * i, 180 + 130 * i), d) for i, d in enumerate(doelen)]

    def all_sent() -> bool:
        return rows(stapel, WEG) == [(AANTAL,)]

    with ThreadPoolExecutor(1) as schrijver:
        klaargezet = schrijver.submit(stapel.manage, "shell", "--verbosity=0", "-c", ZET_KLAAR)
        while beurten or not all_sent():
            drempel = beurten[0][0] if beurten else sys.maxsize
            wait_until(
                lambda drempel=drempel: (  # type: ignore[misc]
                    not stapel.pid("postbus")
                    or len(post.mails) >= drempel
                    or (drempel == sys.maxsize and all_sent())
                ),
                f"meer dan {len(post.mails)} berichten binnen",
            )
            if not stapel.pid("postbus"):
                post.again()
            elif len(post.mails) >= drempel:
                _, doel = beurten.pop(0)
                stapel.kill(doel)
                if doel != "postbus":  # that one is found dead above
                    stapel.restart(doel)
        klaargezet.result()

    assert_once_and_in_order(post)
    assert post.keren > len(MANIEREN)


def assert_once_and_in_order(post: Post) -> None:
    """Every message is there; a second copy names itself as such; no series is out of order."""
    namen: dict[int, set[str]] = defaultdict(set)
    reeksen: dict[int, list[int]] = defaultdict(list)
    for pad in post.mails:
        mail = email.message_from_bytes(pad.read_bytes(), policy=email.policy.default)
        nummer = int(mail["Subject"])
        namen[nummer].add(mail["Message-ID"])
        if nummer % 2:
            reeksen[nummer % 25].append(nummer)

    assert sorted(namen) == list(range(AANTAL))
    assert all(len(eigen) == 1 for eigen in namen.values())
    assert len(set.union(*namen.values())) == AANTAL
    for volgorde in reeksen.values():
        assert volgorde == sorted(volgorde)
    dubbel = len(post.mails) - AANTAL
    # Kept without an answer happened, so there is one at least; and no more than there were deaths.
    assert 1 <= dubbel <= post.keren + 2 * 2
