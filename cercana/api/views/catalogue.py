"""What there is to choose from: categories, areas, sites and legal natures of today."""

from django.http import HttpResponse
from ninja import Router

from cercana.api.answers import shown
from cercana.api.callers import ApiRequest
from cercana.api.operations import reading
from cercana.api.scopes import Scope
from cercana.api.shapes.catalogue import AreaShown, Catalogue, CategoryShown, NatureShown, SiteShown
from cercana.organization import queries as organization
from cercana.rules.classification import CaseClass
from cercana.rules.promises import to_lima

router = Router(tags=["Catálogo"])


@reading(
    router,
    "/catalogue",
    name="catalogue",
    scope=Scope.CATALOGUE,
    answer=Catalogue,
    summary="Leer el catálogo",
    about="Motivos, áreas, sedes y naturalezas legales de hoy. Cambia poco: conviene pedirlo con If-None-Match.",
)
def catalogue(request: ApiRequest) -> HttpResponse:
    """Answer with everything there is to choose from today."""
    today = to_lima(request.now).date()
    municipality = organization.municipality()
    return shown(
        request,
        Catalogue(
            institution=municipality.name,
            prefix=municipality.prefix,
            categories=_categories(),
            areas=[
                AreaShown(code=each.code, name=each.name, name_en=each.name_en, parent=each.parent_id)
                for each in organization.areas(today)
            ],
            sites=[SiteShown(code=each.code, name=each.name, address=each.address) for each in organization.sites()],
            legal_natures=[
                NatureShown(
                    code=each.code,
                    name=each.name,
                    question=each.plain_question,
                    explanation=each.explanation,
                    needs_identity=each.needs_identity,
                )
                for each in organization.legal_natures(today)
            ],
            privacy_notice=organization.privacy_notice(today).text,
        ),
    )


def _categories() -> list[CategoryShown]:
    return [
        CategoryShown(
            code=each.code,
            name=each.name,
            name_en=each.name_en,
            words=each.citizen_words,
            area=each.area_id,
            class_=CaseClass(each.class_),
            legal_nature=each.legal_nature_id,
        )
        for each in organization.categories()
    ]
