"""The term of a taak: let it stand still, let it run again, extend it."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from kcc.access import KccRequest, access
from zaken import services
from zaken.forms.termijnen import StilzetForm, VerlengForm
from zaken.views.basis import done, one_click, posted, step, workable_or_404


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_stilzetten(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let the term stand still, with the reason that the KCC can read."""
    taak = workable_or_404(request, uuid)
    form = StilzetForm(posted(request), initial={"versie": taak.versie})
    stap = partial(services.pause_termijn, taak=taak, by=request.user, at=now())
    return step(
        request, taak, form, "stilzetten", lambda wat: stap(**wat),
        lambda: done(request, taak, "De termijn staat stil."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_http_methods(["GET", "POST"])
def taak_verlengen(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Promise the citizen a later moment, before the promised one is over."""
    taak = workable_or_404(request, uuid)
    form = VerlengForm(posted(request), initial={"versie": taak.versie})
    stap = partial(services.extend_termijn, taak=taak, by=request.user, at=now())
    return step(
        request, taak, form, "verlengen", lambda wat: stap(**wat),
        lambda: done(request, taak, "De termijn is verlengd. Laat het de klant weten."),
    )  # fmt: skip


@access("zaken.change_internetaak")
@require_POST
def taak_hervatten(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Let the term run again."""
    return one_click(request, uuid, services.resume_termijn, "De termijn loopt weer.")
