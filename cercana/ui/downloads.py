"""Files that people gave us, on their way out: never shown in our pages, only saved."""

from pathlib import Path

from django.http import FileResponse

_POLICY = "sandbox; default-src 'none'"


def download(path: Path, name: str, content_type: str) -> FileResponse:
    """Return the file at ``path`` to be saved as ``name``; should a browser open it, nothing in it can act."""
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
