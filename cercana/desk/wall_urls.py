"""The address of the wall of critical cases."""

from django.urls import path

from cercana.desk.views import wall

app_name = "wall"
urlpatterns = [
    path("", wall.wall, name="wall"),
    path("hoja/", wall.sheet, name="sheet"),
    path("casos/<str:number>/cargo/", wall.take_charge, name="take-charge"),
]
