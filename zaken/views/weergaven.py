"""Saved views: keep the list as it is filtered now, and remove one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kcc.access import KccRequest, access
from zaken import services
from zaken.forms.werkvoorraad import WeergaveForm
from zaken.models import Weergave
from zaken.views.basis import list_of
from zaken.werkvoorraad import Keuze


@access("zaken.view_internetaak")
@require_GET
def weergave(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Show the list as this view says: an address like any other, checked like any other."""
    gevonden = get_object_or_404(Weergave.objects.visible_to(request.user), uuid=uuid)
    return redirect(f"{reverse('zaken:werkvoorraad')}?{Keuze.read(gevonden.keuze).query()}")


@access("zaken.view_internetaak")
@require_http_methods(["GET", "POST"])
def weergaven(request: KccRequest) -> HttpResponse:
    """Keep the list of this address under a name; below it all views that one has."""
    lijst = list_of(request)
    data = request.POST if request.method == "POST" else None
    form = WeergaveForm(data, by=request.user)
    if form.is_valid():
        keuze = {**lijst.keuze.to_keep(), "tab": lijst.tab.sleutel}
        try:
            services.save_weergave(**form.cleaned_data, keuze=keuze, by=request.user, at=now())
        except services.WeergaveFout as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, f"De weergave {form.cleaned_data['naam']} is bewaard.")
            return redirect(f"{reverse('zaken:werkvoorraad')}?{lijst.zonder_pagina}")
    weg = set(Weergave.objects.removable_by(request.user).values_list("pk", flat=True))
    context = {"form": form, "lijst": lijst, "weg": weg}
    return render(request, "zaken/weergaven.html", context, status=422 if form.errors else 200)


@access("zaken.view_internetaak")
@require_POST
def weergave_weg(request: KccRequest, uuid: UUID) -> HttpResponse:
    """Remove a view."""
    gevonden = get_object_or_404(
        Weergave.objects.visible_to(request.user).select_related("eigenaar"), uuid=uuid
    )
    try:
        services.delete_weergave(weergave=gevonden, by=request.user)
    except services.WeergaveFout as exc:
        messages.error(request, str(exc))
    else:
        messages.success(request, f"De weergave {gevonden} is verwijderd.")
    return redirect("zaken:weergaven")
