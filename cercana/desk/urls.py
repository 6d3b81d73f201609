"""The addresses of the desk."""

from django.urls import path

from cercana.desk.views import (
    acts,
    alarms,
    alerts,
    bulk,
    calendar_moves,
    case,
    erasure,
    intake,
    intake_files,
    notices,
    on_the_spot,
    queue,
    rejections,
    search,
)

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("vistas/", queue.keep, name="keep-view"),
    path("vistas/<int:view_id>/quitar/", queue.forget, name="forget-view"),
    path("derivar/", bulk.refer_form, name="refer-form"),
    path("derivar/casos/", bulk.refer_many, name="refer-many"),
    path("derivar/deshacer/", bulk.undo_many, name="undo-many"),
    path("asignar/", bulk.assign_form, name="assign-form"),
    path("asignar/casos/", bulk.assign_many, name="assign-many"),
    path("atender/", intake.intake, name="intake"),
    path("atender/personas/", intake.people, name="people"),
    path("atender/parecidos/", intake.similar, name="similar"),
    path("atender/archivos/<uuid:form_key>/", intake_files.files, name="intake-files"),
    path("atender/momento/", on_the_spot.on_the_spot, name="on-the-spot"),
    path("plazos-del-calendario/", calendar_moves.moved_promises, name="moved-promises"),
    path("no-criticos/", rejections.rejections, name="rejections"),
    path("borrar-datos/", erasure.erase_person, name="erase-person"),
    path("borrar-datos/hecho/", erasure.erased, name="erased"),
    path("mis-avisos/", alerts.alerts, name="alerts"),
    path("alarmas/", alarms.alarms, name="alarms"),
    path("mis-avisos/equipo.js", alerts.push_worker, name="push-worker"),
    path("avisos/", notices.notices, name="notices"),
    path("avisos/cuenta/", notices.count, name="notice-count"),
    path("avisos/leidos/", notices.read, name="read-notices"),
    path("buscar/", search.search, name="search"),
    path("buscar/paleta/", search.palette, name="palette"),
    path("casos/<str:number>/", case.case, name="case"),
    path("casos/<str:number>/datos/", case.uncover, name="uncover"),
    path("casos/<str:number>/codigo/", case.code, name="code"),
    path("casos/<str:number>/archivos/<uuid:key>/", case.attachment, name="attachment"),
    path("casos/<str:number>/<slug:verb>/", acts.act, name="act"),
]
