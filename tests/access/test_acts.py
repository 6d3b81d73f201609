"""Every verb of the desk, tried by everybody in every relation to a case, against the table in doors.toml."""

import pytest

from cercana.desk.act_forms import FORMS
from tests.access.town import DOORS, PEOPLE, Town, members

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db

# Everybody tries to do each act. Its form stands behind the same question, so that of those who may not only these ask
# for it: one who only reads, one who had the case, one who never did.
_ASK_FOR_THE_FORM = {"auditor", "agent", "stranger"}
# Refused to all as long as the citizen has said nothing, for a case that is not critical, and for one that is no drill.
_NEEDS_MORE = {"cerrar", "sin-peligro", "fin-simulacro"}


class TestAnAct:
    @pytest.mark.parametrize("verb", DOORS["verbs"])
    def test_is_done_by_whom_the_table_says(self, town: Town, verb: str) -> None:
        row = DOORS["verbs"][verb]
        self._try(town, verb, row["at"], row)

    @pytest.mark.parametrize("verb", [verb for verb, row in DOORS["verbs"].items() if "before" in row])
    def test_is_done_before_referral_by_whom_the_table_says(self, town: Town, verb: str) -> None:
        self._try(town, verb, "unreferred", {"may": DOORS["verbs"][verb]["before"]})

    @pytest.mark.parametrize("situation", DOORS["shut"])
    def test_is_nobodys_who_stands_outside_the_case(self, town: Town, situation: str) -> None:
        row = DOORS["shut"][situation]
        # What everybody has tried in this situation above is not tried again.
        verbs = [verb for verb in FORMS if DOORS["verbs"][verb]["at"] != situation]
        for who in members(row["shut"]):
            for verb in verbs:
                address = town.address("desk:act", situation, verb=verb)
                heard = town.ask(who, "POST", address, town.fields(verb, situation))
                assert (heard.status, heard.events) == (404, 0), (who, verb)
        address = town.address("desk:act", situation, verb="nota")
        for who in members(row["open"]):
            assert town.ask(who, "POST", address, {"text": "Hola."}).events == 1, who

    def _try(self, town: Town, verb: str, situation: str, row: dict[str, list[str]]) -> None:
        may, post_only, form_only = (members(row.get(name, [])) for name in ("may", "post_only", "form_only"))
        address = town.address("desk:act", situation, verb=verb)
        asked = {who: town.ask(who, "GET", address) for who in may | _ASK_FOR_THE_FORM}
        done = {who: town.ask(who, "POST", address, town.fields(verb, situation)) for who in PEOPLE}

        assert {heard.status for heard in asked.values()} <= {200, 404}
        assert {who for who, heard in asked.items() if heard.status == 200} == may | form_only
        assert {who for who, heard in done.items() if not heard.is_refused} == may | post_only
        assert not {who for who, heard in done.items() if heard.is_refused and heard.events}
        assert verb in _NEEDS_MORE or any(done[who].events for who in may)
