import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from cercana.config.language import LanguageMiddleware


class TestLanguageMiddleware:
    @pytest.mark.parametrize(
        ("path", "language"),
        [("/", "en"), ("/casos/", "en"), ("/mesa/", "es"), ("/admin/", "es"), ("/cuenta/login/", "es")],
    )
    def test_speaks_english_to_the_public_only(self, path: str, language: str) -> None:
        request = RequestFactory().get(path, headers={"accept-language": "en-US,en"})

        with translation.override("es"):
            LanguageMiddleware(lambda _request: HttpResponse()).process_request(request)
            assert translation.get_language() == language
