"""Asks the web server of this container whether it is up: exit code 0 when it is.

The request comes as it would through the proxy: for a host that is allowed, over HTTPS.
"""

import http.client
import os
import sys


def healthy(host: str, port: int) -> bool:
    """Does the web server on this machine answer for that host?"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/health/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main() -> int:
    """Ask for the first of ALLOWED_HOSTS, at PORT."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    return 0 if healthy(host, int(os.environ.get("PORT", "8000"))) else 1


if __name__ == "__main__":
    sys.exit(main())
