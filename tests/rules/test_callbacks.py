"""Calling back: until when, when again, and when it is over; the hours of the area count, nights do not."""

from datetime import datetime, time, timedelta
from typing import Any, TypeAlias

import pytest

from cercana.rules.callbacks import (
    Attempt,
    CallBackFacts,
    Outcome,
    PreferredWay,
    ServiceTime,
    Standing,
    compared_number,
    counted_attempts,
    offered_ways,
    outlook_of,
    promised_moment,
)
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import to_lima

Given: TypeAlias = Any
LUNCH = (Slot(time(8), time(13)), Slot(time(14), time(16, 45)))
SERVICE = ServiceTime(OfficeHours(dict.fromkeys(range(5), LUNCH)), peru_calendar())
MOBILE = "987 654 321"


def at(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def tried(*attempts: tuple[str, Outcome]) -> list[Attempt]:
    return [Attempt(at(moment), outcome) for moment, outcome in attempts]


def facts(attempts: list[Attempt] | None = None, phone: str = MOBILE, **given: Given) -> CallBackFacts:
    known: dict[str, Given] = {"received_at": at("2026-11-23T10:00"), "promised_at": at("2026-11-23T12:00")} | given
    return CallBackFacts(phone=phone, attempts=attempts or [], **known)


class TestPromisedMoment:
    @pytest.mark.parametrize(
        ("called", "promised"),
        [
            ("2026-11-23T10:00", "2026-11-23T12:00"),
            ("2026-11-23T12:30", "2026-11-23T15:30"),  # an hour of lunch between
            ("2026-11-23T16:00", "2026-11-24T09:15"),
            ("2026-11-23T03:00", "2026-11-23T10:00"),
            ("2026-11-27T20:00", "2026-11-30T10:00"),  # a Friday night
            ("2026-12-07T16:45", "2026-12-10T10:00"),  # 8 and 9 December are holidays
        ],
    )
    def test_is_two_hours_of_attention_later(self, called: str, promised: str) -> None:
        assert promised_moment(at(called), SERVICE) == at(promised)


class TestOutlook:
    def test_of_nobody_tried_is_the_promise(self) -> None:
        outlook = outlook_of(facts(), SERVICE)

        assert (outlook.standing, outlook.until) == (Standing.TO_CALL, at("2026-11-23T12:00"))

    @pytest.mark.parametrize("called", ["2026-11-23T12:41", "2026-11-23T13:20", "2026-11-23T22:00"])
    def test_of_nobody_tried_begins_with_the_call_whatever_the_hour(self, called: str) -> None:
        received = at(called)
        outlook = outlook_of(facts(received_at=received, promised_at=promised_moment(received, SERVICE)), SERVICE)

        assert outlook.from_ == received

    @pytest.mark.parametrize(
        ("outcome", "again"), [(Outcome.NO_ANSWER, "2026-11-23T13:00"), (Outcome.BUSY, "2026-11-23T11:10")]
    )
    def test_after_an_attempt_waits_before_the_next(self, outcome: Outcome, again: str) -> None:
        outlook = outlook_of(facts(tried(("2026-11-23T11:00", outcome))), SERVICE)

        assert (outlook.standing, outlook.from_) == (Standing.TO_CALL, at(again))

    def test_waits_for_the_hour_somebody_asked_for(self) -> None:
        preferred = at("2026-11-24T15:00")

        outlook = outlook_of(facts(tried(("2026-11-23T11:00", Outcome.BUSY)), preferred_at=preferred), SERVICE)

        assert (outlook.from_, outlook.until) == (preferred, preferred + timedelta(minutes=30))

    def test_after_three_attempts_two_hours_apart_asks_for_another_way(self) -> None:
        three = tried(
            ("2026-11-23T09:00", Outcome.NO_ANSWER),
            ("2026-11-23T11:00", Outcome.BUSY),
            ("2026-11-23T14:00", Outcome.NO_ANSWER),
        )

        assert outlook_of(facts(three[:2]), SERVICE).standing is Standing.TO_CALL
        assert outlook_of(facts(three), SERVICE).standing is Standing.OTHER_WAY

    def test_does_not_count_calling_three_times_in_a_row(self) -> None:
        hasty = tried(*((f"2026-11-23T09:0{minute}", Outcome.NO_ANSWER) for minute in range(3)))

        assert counted_attempts(hasty) == 1
        assert outlook_of(facts(hasty), SERVICE).standing is Standing.TO_CALL

    def test_of_who_was_spoken_with_is_to_be_settled_whatever_came_later(self) -> None:
        attempts = tried(("2026-11-23T09:00", Outcome.SPOKE), ("2026-11-23T11:00", Outcome.NO_ANSWER))

        assert outlook_of(facts(attempts), SERVICE).standing is Standing.TO_SETTLE

    @pytest.mark.parametrize("phone", ["", "anonymous", "201"])
    def test_of_a_number_that_nobody_can_call_is_another_way(self, phone: str) -> None:
        assert outlook_of(facts(phone=phone), SERVICE).standing is Standing.OTHER_WAY

    def test_of_a_wrong_number_is_another_way(self) -> None:
        attempts = tried(("2026-11-23T09:00", Outcome.WRONG_NUMBER))

        assert outlook_of(facts(attempts), SERVICE).standing is Standing.OTHER_WAY


class TestOtherWays:
    def test_offer_first_what_the_person_prefers(self) -> None:
        ways = offered_ways(facts(preferred_way=PreferredWay.LETTER), sends_texts=True)

        assert ways == [PreferredWay.LETTER, PreferredWay.SMS, PreferredWay.MAIL]

    @pytest.mark.parametrize(("phone", "sends"), [(MOBILE, False), ("01 5138800", True)])
    def test_offer_no_text_where_none_can_be_sent(self, phone: str, sends: bool) -> None:
        assert PreferredWay.SMS not in offered_ways(facts(phone=phone), sends_texts=sends)


class TestComparedNumber:
    def test_is_the_same_with_the_code_of_the_country_and_without(self) -> None:
        assert compared_number("+51 987-654-321") == compared_number(MOBILE) == "987654321"
