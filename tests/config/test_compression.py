import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cercana.config.compression import PageCompressionMiddleware
from tests.factories import make_municipality

GZIP = {"accept-encoding": "gzip, br"}


class TestPageCompression:
    @pytest.mark.django_db
    def test_sends_a_page_small_and_whole(self, client: Client) -> None:
        make_municipality()
        plain = client.get("/cuenta/login/")
        small = client.get("/cuenta/login/", headers=GZIP)

        assert small["Content-Encoding"] == "gzip"
        assert len(small.content) < len(plain.content) / 2
        assert b"</html>" in gzip.decompress(small.content)

    @pytest.mark.django_db
    def test_never_gives_the_same_page_the_same_size(self, client: Client) -> None:
        make_municipality()

        sizes = {len(client.get("/cuenta/login/", headers=GZIP).content) for _ in range(12)}

        assert len(sizes) > 1

    def test_leaves_files_as_they_are(self) -> None:
        file = HttpResponse(b"%PDF" * 500, content_type="application/pdf")

        request = RequestFactory().get("/", headers=GZIP)

        answer = PageCompressionMiddleware(lambda _request: file).process_response(request, file)

        assert not answer.has_header("Content-Encoding")
