"""Headers that keep the shop's pages to their own scripts and to the shop's chat."""

from urllib.parse import urlsplit

PICTURE = {
    # A picture may be opened by itself, and an SVG file is a document that could carry scripts.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",
}
SCRIPT = {
    # Embedded by other origins; asked for again each time, and answered 304 if unchanged.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def for_page(chat_url: str) -> dict[str, str]:
    """For a page whose chat is at this address, over HTTP and over WebSocket."""
    chat = urlsplit(chat_url)
    web_socket = "wss" if chat.scheme == "https" else "ws"
    policy = {
        "default-src": "'self'",
        "connect-src": f"'self' {chat.scheme}://{chat.netloc} {web_socket}://{chat.netloc}",
        # An imported catalogue keeps its pictures where the shop has them.
        "img-src": "'self' https: http: data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
