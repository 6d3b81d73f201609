from dataclasses import replace
from itertools import product

import pytest

from cercana.accounts.models import Membership, User
from cercana.accounts.queries import actor_for
from cercana.cases import queries
from cercana.cases.errors import CaseChanged, CaseNotFound
from cercana.cases.models import Case
from cercana.organization.models import Site
from cercana.rules.access import Actor, ActorKind, Role, may, scope
from cercana.rules.acts import Act
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, PUBLIC, citizen_of, make_actor, make_case


def every_case() -> list[Case]:
    """Return cases that differ in everything access looks at."""
    cases = [make_case(stage) for stage in (Stage.REGISTERED, Stage.REFERRED, Stage.IN_FOLLOW_UP, Stage.CLOSED)]
    cases += [make_case(Stage.IN_FOLLOW_UP, category=code) for code in ("noise", "violence_or_child")]
    cases.append(make_case(category="violence_or_child"))
    cases += [make_case(category="poor_attention", complained_site=site) for site in ("sede_central", "")]
    cases.append(make_case(legal_nature="data_access"))
    return cases


def every_actor(cases: list[Case]) -> list[Actor]:
    """Return one of each role in each area and site, a duty officer on the roster, and the citizens."""
    Site.objects.create(code="sede_sur", name="Sede sur", address="Jr. de Prueba 2")
    areas = ["alcaldia", "atencion_ciudadano", "obras_infraestructura", "pavimentos", "fiscalizacion"]
    actors = [
        make_actor(role, area, site=site) for role, area, site in product(Role, areas, ("sede_central", "sede_sur"))
    ]
    actors += [replace(actor, on_duty=True) for actor in actors if actor.has(Role.DUTY_OFFICER)]
    return actors + [citizen_of(case) for case in cases] + [PUBLIC]


class TestVisibleCases:
    def test_agree_with_the_rule_for_every_actor_and_case(self) -> None:
        cases = every_case()
        actors = every_actor(cases)
        worker = next(actor for actor in actors if actor.has(Role.AREA_OFFICER))
        Case.objects.filter(pk=cases[7].pk).update(complained_staff_id=worker.staff_id)
        cases.append(make_case(category="poor_attention", complained_site="sede_sur"))

        for actor in actors:
            seen = set(queries.visible_cases(scope(actor)).values_list("number", flat=True))
            stored = Case.objects.filter(pk__in=[case.pk for case in cases])
            judged = {case.number for case in stored if may(actor, Act.VIEW, queries.facts_of(case)).allowed}
            assert seen == judged, (actor.memberships, actor.on_duty)

    @pytest.mark.parametrize("act", [Act.CONFIRM, Act.CONTEST])
    def test_hold_every_case_about_which_a_caller_may_be_heard(self, act: Act) -> None:
        cases = [make_case(Stage.ANSWERED), make_case(Stage.ANSWERED, category="violence_or_child")]

        for actor in every_actor(cases):
            found = set(queries.visible_cases(scope(actor, act)).values_list("number", flat=True))
            judged = {case.number for case in cases if may(actor, act, queries.facts_of(case)).allowed}
            assert judged <= found, (actor.memberships, actor.on_duty)

    def test_are_none_for_somebody_unknown(self) -> None:
        make_case()

        assert not queries.visible_cases(scope(Actor(ActorKind.STAFF))).exists()

    def test_end_with_the_membership(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        make_case(Stage.REFERRED)
        assert queries.visible_cases(scope(officer)).count() == 1

        user = User.objects.get(full_name=officer.name)
        Membership.objects.filter(user=user).update(valid_until=NOW.date().replace(day=1))

        fresh = actor_for(user, NOW)
        assert not queries.visible_cases(scope(fresh)).exists()


class TestCaseFor:
    def test_makes_absent_and_forbidden_look_alike(self) -> None:
        case = make_case(Stage.REFERRED)
        stranger = make_actor(Role.AREA_OFFICER, "fiscalizacion")

        with pytest.raises(CaseNotFound) as forbidden:
            queries.case_for(stranger, Act.VIEW, number=case.number)
        with pytest.raises(CaseNotFound) as absent:
            queries.case_for(stranger, Act.VIEW, number="SI-2026-999999-X")

        assert type(forbidden.value) is type(absent.value)
        assert str(forbidden.value) == str(absent.value)

    def test_tells_who_acted_meanwhile(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP)

        with pytest.raises(CaseChanged, match=r"tomó el caso a las \d\d:\d\d"):
            queries.case_for(officer, Act.NOTE, number=case.number, seen=case.last_sequence - 1)

        assert queries.case_for(officer, Act.NOTE, number=case.number, seen=case.last_sequence) == case
