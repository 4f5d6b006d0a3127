"""What Messenger and WhatsApp share at graph.facebook.com: whose call it is, and how errors look.

Owns the telling apart of the two and the Graph API's error body. Opens no socket.
Source: https://developers.facebook.com/docs/graph-api/guides/error-handling (2026-05).
"""

from __future__ import annotations

import re

from ops.simulator.exchange import Answer, Json, Request, as_text, bearer, json_answer, read_body

GRAPH_PATH = re.compile(r"/v[0-9]+\.[0-9]+/(?P<node>[^/]+)(?:/(?P<edge>[^/]+))?")

_WHATSAPP_FIELDS = ("verified_name", "display_phone_number", "quality_rating")


def is_whatsapp(request: Request) -> bool:
    """Return whether a Graph request is meant for WhatsApp: by its body, or by the fields that it asks for."""
    if b'"messaging_product"' in request.raw or "messaging_product" in request.query:
        return True
    if request.verb == "GET":
        return any(field in request.query.get("fields", "") for field in _WHATSAPP_FIELDS)
    body, _ = read_body(request)
    return "recipient" not in body and ("to" in body or "type" in body)


def token_of(request: Request, body: Json) -> str:
    """Return the access token: a bearer, a query parameter or a field."""
    return bearer(request) or request.query.get("access_token", "") or as_text(body.get("access_token"))


def graph_error(
    code: int, message: str, *, status: int = 400, subcode: int | None = None, details: str | None = None
) -> Answer:
    """Return the Graph API's error; `details` makes it WhatsApp's form."""
    error: Json = {"message": message, "type": "OAuthException", "code": code}
    if subcode is not None:
        error["error_subcode"] = subcode
    if details is not None:
        error["error_data"] = {"messaging_product": "whatsapp", "details": details}
    error["fbtrace_id"] = "AsimulatedTraceId"
    return json_answer({"error": error}, status=status, error=f"{code} {message}")


def broken_server(status: int) -> Answer:
    """Return what Graph answers when it fails itself."""
    if status == 500:
        return graph_error(1, "An unknown error has occurred.", status=500)
    if status == 503:
        return graph_error(2, "Service temporarily unavailable", status=503)
    page = b"<!DOCTYPE html><html><title>Error</title></html>"
    return Answer(status=status, body=page, content_type="text/html", error=str(status))
