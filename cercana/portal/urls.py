"""The addresses of the portal; a case stands in them by its number, which opens nothing by itself."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.urls import URLPattern, path, register_converter
from django.views.decorators.cache import never_cache

from cercana.portal.views import carried, entering, following, home, installing, notices, registered, registration


class CaseNumberConverter:
    """A case number as it is written, so that no other address is taken for one."""

    regex = r"[A-Z]{1,4}-[0-9]{4}-[0-9]{6,}-[0-9A-Z]"

    def to_python(self, value: str) -> str:
        """Return the number in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the number for an address."""
        return value


register_converter(CaseNumberConverter, "case")
app_name = "portal"


def _public(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Return an address that needs no account; what people tell us there stays in no cache, on no shared computer."""
    return path(route, login_not_required(never_cache(view) if route.startswith("caso") else view), name=name)


urlpatterns = [
    _public("", home.home, "home"),
    _public("app.webmanifest", installing.manifest, "manifest"),
    _public("servicio.js", installing.worker, "worker"),
    _public("sin-conexion/", installing.offline, "offline"),
    _public("ayuda/", home.help_, "help"),
    _public("datos-personales/", home.privacy, "privacy"),
    _public("accesibilidad/", home.accessibility, "accessibility"),
    _public("casos/nuevo/", registration.what, "register"),
    _public("casos/nuevo/que-paso/", registration.what, "what"),
    _public("casos/nuevo/donde-y-cuando/", registration.where, "where"),
    _public("casos/nuevo/tus-datos/", registration.who, "who"),
    _public("casos/nuevo/revisar/", registration.review, "review"),
    _public("casos/nuevo/sin-conexion/", carried.one_page, "one_page"),
    _public("casos/nuevo/sin-conexion/enviar/", carried.deliver, "deliver"),
    _public("casos/nuevo/compartir/", carried.share, "share"),
    _public("casos/en-este-telefono/", carried.on_phone, "on_phone"),
    _public("casos/nuevo/guardado/", registration.saved, "saved"),
    _public("casos/nuevo/empezar-de-nuevo/", registration.start_over, "start_over"),
    _public("casos/nuevo/peligro/", registration.danger, "danger"),
    _public("casos/nuevo/archivos/", registration.upload, "upload"),
    _public("casos/nuevo/archivos/<uuid:key>/quitar/", registration.remove_file, "remove_file"),
    _public("casos/seguir/", entering.find, "find"),
    _public("casos/sin-codigo/", entering.lost, "lost"),
    _public("caso/<str:token>", entering.link, "link"),
    _public("casos/<case:number>/", following.track, "track"),
    _public("casos/<case:number>/en-el-telefono/", carried.for_phone, "for_phone"),
    _public("casos/<case:number>/registrado/", registered.registered, "registered"),
    _public("casos/<case:number>/constancia.pdf", registered.receipt, "receipt"),
    _public("casos/<case:number>/mensajes/", following.write, "write"),
    _public("casos/<case:number>/cierre/", following.decide, "decide"),
    _public("casos/<case:number>/avisos/", notices.notices, "notices"),
    _public("casos/<case:number>/retirar/", following.withdraw, "withdraw"),
    _public("casos/<case:number>/reabrir/", following.reopen, "reopen"),
    _public("casos/<case:number>/codigo/", following.change_code, "change_code"),
    _public("casos/<case:number>/libro/", following.platform_code, "platform_code"),
    _public("casos/<case:number>/archivos/<uuid:key>", following.file, "file"),
    _public("casos/<case:number>/salir/", entering.leave, "leave"),
]
