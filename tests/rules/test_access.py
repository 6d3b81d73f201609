from dataclasses import replace

import pytest

from cercana.rules.access import SYSTEM, Actor, ActorKind, Facts, Membership, Role, Scope, may, scope
from cercana.rules.acts import Act
from cercana.rules.entitlements import (
    may_attend_turns,
    may_link_devices,
    may_open_windows,
    may_register,
    may_register_slower,
)
from cercana.rules.lifecycle import Stage

AREA, OTHER, ABOVE, DESK = "obras", "fiscalizacion", "gerencia", "atencion"
READS = {Act.VIEW, Act.VIEW_PERSONAL}
SENSITIVE = {Act.VIEW_SENSITIVE}
OPINION = {Act.READ_OPINION}

# What each relation to a case may do, beside looking: written out so that a change of the rule shows here.
EVERYBODY = {
    Act.REFER,
    Act.NOTE,
    Act.RECORD_IDENTITY,
    Act.SHOW_CODE,
    Act.WRITE,
    Act.LOG_CONVERSATION,
    Act.WITHDRAW,
    Act.MERGE,
    Act.LINK,
    Act.RECLASSIFY,
    Act.SET_LEGAL_NATURE,
    Act.ATTACH,
    Act.REQUEST_INTERPRETER,
    Act.FINISH_TASK,
    Act.ABSTAIN,
    Act.RECEIVE_MESSAGE,
    Act.PROPOSE_CRITICAL,
    Act.RECORD_IDENTITY,
}
ATTENDING = EVERYBODY | {Act.RECORD_PLATFORM_CODE}
ANSWERS_DANGER = {Act.CONFIRM_CRITICAL, Act.REJECT_CRITICAL}
INTAKE = ATTENDING | ANSWERS_DANGER
WORKERS = ATTENDING | {
    Act.HAND_BACK,
    Act.RECORD_ACTION,
    Act.PROMISE,
    Act.KEEP_PROMISE,
    Act.FORWARD,
    Act.TELL_FORWARDED,
    Act.ANSWER,
    Act.ATTEMPT_CONFIRMATION,
    Act.CONTEST,
    Act.NOTIFY,
    Act.RECORD_NOTIFICATION,
    Act.ACKNOWLEDGE_ALARM,
    Act.CHECK_IN,
}
SUPERVISORS = WORKERS | {
    Act.CONFIRM,
    Act.UNDO_REFERRAL,
    Act.TAKE,
    Act.ASSIGN,
    Act.AGREE_TO_CLOSURE,
    Act.REOPEN,
    Act.RECLASSIFY_SLOWER,
    Act.IDENTIFY_STAFF,
    Act.DECIDE_ABSTENTION,
    Act.REVOKE_ACCESS,
    Act.CONFIRM_CRITICAL,
    Act.ASK_LOWERING,
    Act.DECIDE_LOWERING,
    Act.REMOVE_DANGER,
    Act.END_DRILL,
}
ON_DUTY = WORKERS | ANSWERS_DANGER | {Act.TAKE, Act.DECIDE_LOWERING}
CITIZENS = {
    Act.CONFIRM,
    Act.CONTEST,
    Act.WITHDRAW,
    Act.REOPEN,
    Act.ATTACH,
    Act.RECEIVE_MESSAGE,
    Act.REVOKE_ACCESS,
    Act.RECORD_PLATFORM_CODE,
    Act.GIVE_OPINION,
}


def staff(role: Role, *areas: str, id_: int = 1, site: str = "", on_duty: bool = False) -> Actor:
    reach = frozenset(areas or {AREA})
    own = (areas or (AREA,))[0]
    return Actor(ActorKind.STAFF, staff_id=id_, memberships=(Membership(role, own, reach, site),), on_duty=on_duty)


AGENT = staff(Role.AGENT, DESK)
OFFICER = staff(Role.AREA_OFFICER)
HEAD = staff(Role.SUPERVISOR)
HEAD_ABOVE = staff(Role.SUPERVISOR, ABOVE, AREA)
DUTY = staff(Role.DUTY_OFFICER, ABOVE, on_duty=True)
CITIZEN = Actor(ActorKind.CITIZEN, case_key="k")

CASE = Facts(key="k", stage=Stage.IN_FOLLOW_UP, area=AREA)
UNREFERRED = Facts(key="k", stage=Stage.REGISTERED, area=DESK)
CRITICAL = replace(CASE, is_critical=True)
ANSWERED = replace(CASE, stage=Stage.ANSWERED)
CLOSED = replace(CASE, stage=Stage.CLOSED)


def allowed(actor: Actor, facts: Facts) -> set[Act]:
    return {act for act in Act if may(actor, act, facts).allowed}


class TestMay:
    @pytest.mark.parametrize(
        ("actor", "facts", "acts"),
        [
            pytest.param(AGENT, UNREFERRED, READS | INTAKE | {Act.UNDO_REFERRAL, Act.SOLVE_ON_THE_SPOT}, id="intake"),
            pytest.param(AGENT, replace(UNREFERRED, intake_id=2), set(), id="case of another intake agent"),
            pytest.param(AGENT, replace(UNREFERRED, is_restricted=True), set(), id="restricted, before referral"),
            pytest.param(
                AGENT,
                replace(UNREFERRED, is_restricted=True, intake_id=1),
                READS | INTAKE | {Act.UNDO_REFERRAL, Act.SOLVE_ON_THE_SPOT},
                id="restricted, taken in by this agent",
            ),
            pytest.param(AGENT, CASE, set(), id="agent after referral"),
            pytest.param(AGENT, ANSWERED, {Act.CONFIRM, Act.CONTEST}, id="agent whom the citizen tells yes or no"),
            pytest.param(AGENT, replace(ANSWERED, is_restricted=True), set(), id="agent, restricted and answered"),
            pytest.param(AGENT, replace(ANSWERED, attended=frozenset({1})), {Act.CONTEST}, id="agent who attended it"),
            pytest.param(
                AGENT, replace(CASE, owner_id=1), READS | SENSITIVE | WORKERS | {Act.REVOKE_ACCESS}, id="owner"
            ),
            pytest.param(OFFICER, CASE, READS | WORKERS | {Act.UNDO_REFERRAL, Act.TAKE}, id="area"),
            pytest.param(OFFICER, replace(CASE, area=OTHER), set(), id="other area"),
            pytest.param(OFFICER, replace(CASE, is_restricted=True), set(), id="restricted case"),
            pytest.param(HEAD, CASE, READS | SENSITIVE | OPINION | SUPERVISORS, id="head"),
            pytest.param(HEAD_ABOVE, CASE, READS | SENSITIVE | OPINION | SUPERVISORS, id="head of the area above"),
            pytest.param(HEAD, replace(CASE, area=OTHER), set(), id="head of another area"),
            pytest.param(DUTY, CRITICAL, READS | SENSITIVE | ON_DUTY, id="duty officer, critical"),
            pytest.param(DUTY, CASE, set(), id="duty officer, not critical"),
            pytest.param(replace(DUTY, on_duty=False), CRITICAL, set(), id="duty officer off the roster"),
            pytest.param(staff(Role.ANALYST), CLOSED, {Act.VIEW}, id="analyst, closed"),
            pytest.param(staff(Role.ANALYST), CASE, set(), id="analyst, open"),
            pytest.param(staff(Role.TRAINER), CASE, set(), id="trainer"),
            pytest.param(staff(Role.ADMINISTRATOR), CASE, set(), id="administrator"),
            pytest.param(staff(Role.AUDITOR), CASE, READS | SENSITIVE | OPINION, id="auditor"),
            pytest.param(staff(Role.DATA_PROTECTION), CASE, {Act.ERASE}, id="data protection"),
            pytest.param(
                staff(Role.DATA_PROTECTION),
                replace(CASE, is_data_rights=True),
                READS | SENSITIVE | {Act.ERASE},
                id="data protection, data rights",
            ),
            pytest.param(CITIZEN, CASE, READS | CITIZENS, id="citizen"),
            pytest.param(CITIZEN, replace(CASE, key="other"), set(), id="citizen of another case"),
        ],
    )
    def test_allows_exactly_what_the_table_of_roles_says(self, actor: Actor, facts: Facts, acts: set[Act]) -> None:
        assert allowed(actor, facts) == acts

    def test_lets_the_schedule_do_only_what_a_schedule_does(self) -> None:
        assert allowed(SYSTEM, CASE) - READS - SENSITIVE == {
            Act.SHOW_CODE,
            Act.ATTACH,
            Act.WRITE,
            Act.ATTEMPT_CONFIRMATION,
            Act.CLOSE_WITHOUT_CONFIRMATION,
            Act.PROPOSE_CRITICAL,
            Act.RECORD_NOTIFICATION,
            Act.FINISH_TASK,
            Act.RECEIVE_MESSAGE,
            Act.MOVE_PROMISE,
            Act.RAISE_ALARM,
            Act.ESCALATE_ALARM,
            Act.LOG_CALL,
            Act.ATTACH,
        }

    def test_refuses_the_yes_recorded_by_who_attended(self) -> None:
        attended = replace(ANSWERED, attended=frozenset({1}))

        for actor in (HEAD, AGENT):
            decision = may(actor, Act.CONFIRM, attended)
            assert (decision.allowed, decision.reason) == (False, "attended_it")
            assert may(replace(actor, staff_id=2), Act.CONFIRM, attended).allowed

    def test_leaves_the_yes_to_agents_and_heads_but_lets_the_area_write_down_a_no(self) -> None:
        for actor, facts in ((OFFICER, ANSWERED), (OFFICER, replace(ANSWERED, owner_id=1))):
            assert not may(actor, Act.CONFIRM, facts).allowed
            assert may(actor, Act.CONTEST, facts).allowed

    def test_freezes_the_rights_of_who_abstained_but_lets_them_look(self) -> None:
        assert allowed(HEAD, replace(CASE, abstained=frozenset({1}))) == READS | SENSITIVE | OPINION


class TestComplaintAboutStaff:
    about_desk = replace(CASE, about_staff=True, complained_area=AREA, complained_site="norte")
    about_one = replace(about_desk, complained_staff_id=1)

    @pytest.mark.parametrize("role", [Role.AREA_OFFICER, Role.AGENT, Role.DUTY_OFFICER])
    def test_hides_from_everybody_of_the_desk_until_a_person_is_identified(self, role: Role) -> None:
        member = staff(role, site="norte")

        assert allowed(member, replace(self.about_desk, owner_id=1)) == set()
        assert allowed(staff(Role.AREA_OFFICER, site="sur"), self.about_desk)

    @pytest.mark.parametrize("site", ["norte", "sur", ""])
    def test_hides_from_every_desk_of_the_area_if_nobody_said_which(self, site: str) -> None:
        about_some_desk = replace(self.about_desk, complained_site="")

        assert allowed(staff(Role.AREA_OFFICER, site=site), about_some_desk) == set()
        assert allowed(HEAD, about_some_desk)

    def test_leaves_it_to_the_supervisor_of_the_desk(self) -> None:
        assert allowed(HEAD, self.about_desk) == READS | SENSITIVE | OPINION | SUPERVISORS

    @pytest.mark.parametrize("role", list(Role))
    def test_hides_from_the_person_complained_of_in_whatever_role(self, role: Role) -> None:
        facts = replace(self.about_one, owner_id=1, is_critical=True, is_data_rights=True)

        assert allowed(staff(role, on_duty=True), facts) == set()

    def test_opens_again_to_the_others_of_the_desk_once_identified(self) -> None:
        assert allowed(staff(Role.AREA_OFFICER, id_=2, site="norte"), self.about_one)

    def test_is_read_by_an_auditor_of_the_same_desk(self) -> None:
        auditor = replace(
            staff(Role.AUDITOR, site="norte"),
            memberships=(
                Membership(Role.AUDITOR, ABOVE, frozenset({ABOVE})),
                Membership(Role.AREA_OFFICER, AREA, frozenset({AREA}), "norte"),
            ),
        )

        assert allowed(auditor, self.about_desk) == READS | SENSITIVE | OPINION


class TestMayRegister:
    @pytest.mark.parametrize("role", list(Role))
    def test_lets_those_register_who_attend_people(self, role: Role) -> None:
        attends = {Role.AGENT, Role.AREA_OFFICER, Role.SUPERVISOR, Role.DUTY_OFFICER}

        assert may_register(staff(role)).allowed == (role in attends)

    def test_lets_the_public_register(self) -> None:
        assert may_register(Actor(ActorKind.CITIZEN)).allowed

    @pytest.mark.parametrize("role", list(Role))
    def test_leaves_a_slower_class_to_a_supervisor(self, role: Role) -> None:
        assert may_register_slower(staff(role)).allowed == (role is Role.SUPERVISOR)

    def test_gives_the_public_no_slower_class(self) -> None:
        assert not may_register_slower(Actor(ActorKind.CITIZEN)).allowed


class TestTheCounter:
    @pytest.mark.parametrize("role", list(Role))
    def test_is_attended_by_who_attends_people_and_linked_by_administrators(self, role: Role) -> None:
        attends = {Role.AGENT, Role.AREA_OFFICER, Role.SUPERVISOR, Role.DUTY_OFFICER}

        assert may_attend_turns(staff(role)).allowed == (role in attends)
        assert may_link_devices(staff(role)).allowed == (role is Role.ADMINISTRATOR)

    def test_calls_who_supervises_reception_when_a_wait_is_long(self) -> None:
        assert may_open_windows(staff(Role.SUPERVISOR), AREA).allowed
        assert not may_open_windows(staff(Role.SUPERVISOR), "another").allowed
        assert not may_open_windows(staff(Role.AGENT), AREA).allowed

    @pytest.mark.parametrize("actor", [Actor(ActorKind.CITIZEN), SYSTEM])
    def test_is_nobodys_who_is_no_staff(self, actor: Actor) -> None:
        assert not may_attend_turns(actor).allowed
        assert not may_open_windows(actor, AREA).allowed
        assert not may_link_devices(actor).allowed


class TestScope:
    def test_of_a_citizen_is_one_case(self) -> None:
        assert scope(CITIZEN) == Scope(case_key="k", desk_exclusion=False)

    def test_of_an_agent_reaches_an_answered_case_for_the_yes_and_the_no_alone(self) -> None:
        assert scope(AGENT, Act.CONFIRM) == replace(scope(AGENT), answered=True)
        assert {act for act in Act if scope(AGENT, act).answered} == {Act.CONFIRM, Act.CONTEST}
        assert not scope(OFFICER, Act.CONFIRM).answered

    def test_of_an_administrator_is_nothing_but_what_they_own(self) -> None:
        assert scope(staff(Role.ADMINISTRATOR)) == Scope(staff_id=1, desks=frozenset({(AREA, "")}))
