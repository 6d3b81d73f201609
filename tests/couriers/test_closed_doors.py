"""Addresses at which no courier knocks."""

import pytest

from cercana.couriers.closed_doors import is_closed


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
        assert is_closed((host, 80))

    @pytest.mark.parametrize("host", ["::1", "::", "fe80::1%eth0", "::ffff:127.0.0.1", "::ffff:169.254.169.254"])
    def test_is_so_in_the_newer_internet_too(self, host: str) -> None:
        assert is_closed((host, 80, 0, 0))

    def test_is_every_socket_in_a_file(self) -> None:
        assert is_closed("/run/docker.sock")
        assert is_closed(b"/run/docker.sock")

    @pytest.mark.parametrize("host", ["10.1.2.3", "192.168.0.20", "203.0.113.9", "2001:db8::1"])
    def test_is_no_address_of_the_municipality_or_the_internet(self, host: str) -> None:
        assert not is_closed((host, 443))

    def test_is_no_proxy_that_the_environment_names(self) -> None:
        assert not is_closed(("127.0.0.1", 3128), {("127.0.0.1", 3128)})
        assert is_closed(("127.0.0.1", 5432), {("127.0.0.1", 3128)})
