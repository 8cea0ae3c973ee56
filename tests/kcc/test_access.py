"""Every route has a policy, and every role is tried on every route."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kcc.access import INGELOGD, PUBLIEK, RECHTEN, Rol
from tests.conftest import HTMX
from tests.factories import MedewerkerFactory

GEEN = UUID("00000000-0000-4000-8000-000000000000")
WAARDEN = {"uuid": GEEN, "slug": "bestaat-niet", "int": 1}


def routes(
    patterns: list[Any] | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the application with its full name; the admin is walked as a whole below."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name == "admin":
                continue
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


ALLE = sorted(routes(), key=lambda paar: paar[0])


def address(naam: str, pattern: URLPattern) -> str:
    """The route's path, with values that fit its converters and belong to nothing."""
    kwargs = {
        sleutel: WAARDEN.get(type(converter).__name__.removesuffix("Converter").lower(), "x")
        for sleutel, converter in pattern.pattern.converters.items()
    }
    return reverse(naam, kwargs=kwargs)


@pytest.mark.parametrize(("naam", "pattern"), ALLE, ids=[naam for naam, _ in ALLE])
def test_every_view_has_a_policy_that_exists(naam: str, pattern: URLPattern) -> None:
    recht = getattr(pattern.callback, "kcc_access", None)
    bekend = {PUBLIEK, INGELOGD}.union(*RECHTEN.values())
    assert recht in bekend, f"{naam} heeft geen beleid"


def test_the_walk_sees_the_whole_application() -> None:
    namen = {naam for naam, _ in ALLE}
    assert {"inloggen", "contacts:werkplek", "zaken:werkvoorraad", "rapportage:overzicht"} <= namen
    assert len(namen) > 25


# One test per route and not per pair: a role more is a request more, not two hundred tests.
@pytest.mark.django_db
@pytest.mark.parametrize(("naam", "pattern"), ALLE, ids=[naam for naam, _ in ALLE])
def test_every_role_on_every_route(naam: str, pattern: URLPattern) -> None:
    if naam == "uitloggen":
        return
    recht = pattern.callback.kcc_access  # type: ignore[attr-defined]
    pad = address(naam, pattern)
    for rol in Rol.values:
        client = Client()
        client.force_login(
            MedewerkerFactory.create(rollen=[rol]), backend="organisatie.backends.MedewerkerBackend"
        )
        mag = recht in (PUBLIEK, INGELOGD) or recht in RECHTEN[rol]
        for antwoord in (client.get(pad), client.post(pad, headers=HTMX)):
            if mag:
                assert antwoord.status_code not in (401, 403), (naam, rol)
            else:
                assert antwoord.status_code == 403, (naam, rol)
            assert antwoord.status_code < 500, (naam, rol)


@pytest.mark.django_db
@pytest.mark.parametrize(("naam", "pattern"), ALLE, ids=[naam for naam, _ in ALLE])
def test_a_stranger_is_sent_to_the_login_page(naam: str, pattern: URLPattern) -> None:
    if pattern.callback.kcc_access == PUBLIEK:  # type: ignore[attr-defined]
        return
    pad = address(naam, pattern)
    antwoord = Client().get(pad)
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith(reverse("inloggen"))
    assert Client().get(pad, headers=HTMX).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("rol", Rol.values)
def test_the_admin_is_for_the_beheerder_only(rol: str) -> None:
    client = Client()
    client.force_login(
        MedewerkerFactory.create(rollen=[rol]), backend="organisatie.backends.MedewerkerBackend"
    )
    for naam in ("admin:index", "admin:organisatie_medewerker_changelist"):
        status = client.get(reverse(naam)).status_code
        assert (status == 200) == (rol == Rol.BEHEERDER), (naam, rol, status)


@pytest.mark.django_db
def test_the_admin_has_no_login_page_of_its_own() -> None:
    antwoord = Client().get(reverse("admin:login"), {"next": "/beheer/basis/"})
    assert antwoord["Location"] == f"{reverse('inloggen')}?next=%2Fbeheer%2Fbasis%2F"


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy() -> None:
    csp = Client().get(reverse("inloggen"))["Content-Security-Policy"]
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert "frame-ancestors 'none'" in csp


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(MedewerkerFactory.create(), backend="organisatie.backends.MedewerkerBackend")
    antwoord = client.post(reverse("contacts:gesprek_start"), headers=HTMX)
    assert antwoord.status_code == 403
    assert "Dit formulier is verlopen" in antwoord.text
