"""Pages are packed on their way; papers and files, which are packed already, are not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PAGES = ("text/html", "application/json")


class Packed(GZipMiddleware):
    """gzip for pages only. Django pads the answer by a random length, so that its size tells nothing of what is in it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack a page."""
        return super().process_response(request, response) if response.headers.get("Content-Type", "").startswith(PAGES) else response
