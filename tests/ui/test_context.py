"""What every page knows of its reader."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from cercana.ui.context import THEME_COOKIE, appearance


class TestAppearance:
    @pytest.mark.parametrize(
        ("cookie", "theme"), [("olivar", "olivar"), ("olivar-noche", "olivar-noche"), ('"><script>', ""), ("", "")]
    )
    def test_takes_only_a_theme_that_exists(self, rf: RequestFactory, cookie: str, theme: str) -> None:
        request = rf.get("/")
        request.COOKIES[THEME_COOKIE] = cookie
        assert appearance(request)["theme"] == theme

    def test_names_the_language_of_the_reader(self, rf: RequestFactory) -> None:
        with translation.override("en"):
            assert appearance(rf.get("/"))["language"] == "en"
