"""Addresses at which no courier knocks."""

import pytest

from cercana.couriers.closed_doors import Doors, is_closed


class TestAClosedDoor:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.8.8.8",
            "127.1",
            "2130706433",
            ".".join("0000"),
            "localhost",
            "169.254.169.254",
            "224.0.0.1",
        ],
    )
    def test_is_this_machine_or_link_local_however_it_is_spelled(self, host: str) -> None:
        assert is_closed((host, 80), Doors.NEIGHBOURS)

    @pytest.mark.parametrize("host", ["::1", "::", "fe80::1%eth0", "::ffff:127.0.0.1", "::ffff:169.254.169.254"])
    def test_is_so_in_the_newer_internet_too(self, host: str) -> None:
        assert is_closed((host, 80, 0, 0), Doors.NEIGHBOURS)

    def test_is_every_socket_in_a_file(self) -> None:
        assert is_closed("/run/docker.sock", Doors.NEIGHBOURS)
        assert is_closed(b"/run/docker.sock", Doors.NEIGHBOURS)

    @pytest.mark.parametrize("host", ["10.1.2.3", "192.168.0.20", "203.0.113.9", "2001:db8::1"])
    def test_is_no_address_of_the_municipality_or_the_internet(self, host: str) -> None:
        assert not is_closed((host, 443), Doors.NEIGHBOURS)

    def test_is_no_proxy_that_the_environment_names(self) -> None:
        assert not is_closed(("127.0.0.1", 3128), Doors.NEIGHBOURS, {("127.0.0.1", 3128)})
        assert is_closed(("127.0.0.1", 5432), Doors.NEIGHBOURS, {("127.0.0.1", 3128)})

    @pytest.mark.parametrize("host", ["10.1.2.3", "192.168.0.20", "100.64.0.1", "fd00::1", "64:ff9b::a01:203"])
    def test_is_an_inner_network_too_for_what_a_stranger_wrote_down(self, host: str) -> None:
        assert is_closed((host, 443), Doors.INTERNET)
        assert not is_closed(("8.8.8.8", 443), Doors.INTERNET)

    def test_is_this_machine_no_more_where_a_gateway_stands_on_it(self) -> None:
        assert not is_closed(("127.0.0.1", 80), Doors.INTERNET, may_reach_here=True)
        assert is_closed(("10.1.2.3", 80), Doors.INTERNET, may_reach_here=True)
