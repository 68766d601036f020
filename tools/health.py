"""Asks a web server whether it is up: exit code 0 when it is.

`python -m tools.health [path] [server]`: /healthz of this container where nothing else is said. The
request comes as it would through the proxy: for a host that is allowed, over HTTPS.
"""

import http.client
import os
import sys


def healthy(host: str, port: int, path: str = "/healthz", server: str = "127.0.0.1") -> bool:
    """Does the web server on that machine answer for that host?"""
    connection = http.client.HTTPConnection(server, port, timeout=4)
    try:
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def main(*where: str) -> int:
    """Ask for the first of ALLOWED_HOSTS, at PORT; `where` is a path and a server."""
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    return 0 if healthy(host, int(os.environ.get("PORT", "8000")), *where) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
