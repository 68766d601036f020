"""What the small Bluesky does when it is asked, one method for each call."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from tests.publishing.fake_bluesky.answers import REPOST, WRONG_PASSWORD, Invalid, problem
from tests.publishing.fake_bluesky.lexicons import Lexicons
from tests.publishing.fake_bluesky.store import Record, Store, User, cid_of, written
from tests.publishing.fake_http import Reply, Request


class FakeBluesky(Store):
    """The rules by which requests change what the server holds; it serves inside its context."""

    def answer(self, request: Request) -> Reply:
        """Carry a request out."""
        name = request.path.removeprefix("/xrpc/")
        call = CALLS.get((request.method, name))
        if call is None:
            return problem(404, "XRPCNotSupported")
        with self.lock:
            try:
                if name in OPEN:
                    reply: Reply = getattr(self, call)(request)
                else:
                    reply = getattr(self, call)(request, self._user_of(request))
            except Invalid as error:
                return error.reply
            return reply

    def _user_of(self, request: Request) -> User:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer":
            raise Invalid("Authentication Required", "AuthMissing", 401)
        return self._holder(self.sessions.access, token)

    def _holder(self, tokens: Mapping[str, str], token: str) -> User:
        if token not in tokens:
            if token in self.sessions.issued:
                raise Invalid("Token has expired", "ExpiredToken")
            raise Invalid("Token could not be verified", "InvalidToken")
        return self._user(tokens[token])

    def _user(self, actor: str) -> User:
        for user in self.users.values():
            if actor in {user.did, user.handle}:
                return user
        raise Invalid(f"Could not find repo: {actor}", "RepoNotFound")

    def _create_session(self, request: Request) -> Reply:
        asked = request.json()
        user = self.users.get(str(asked.get("identifier", "")))
        if user is None or asked.get("password") != user.password:
            return WRONG_PASSWORD
        self.sessions.opened += 1
        return self._session(user)

    def _refresh_session(self, request: Request) -> Reply:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if request.body:
            raise Invalid("A request body was provided when none was expected")
        user = self._holder(self.sessions.refresh, token)
        del self.sessions.refresh[token]
        self.sessions.refreshed += 1
        return self._session(user)

    def _session(self, user: User) -> Reply:
        known = {"did": user.did, "handle": user.handle, "active": True}
        return Reply(200, {**self.sessions.new(user.did), **known})

    def _get_session(self, request: Request, user: User) -> Reply:
        return Reply(200, {"did": user.did, "handle": user.handle, "active": True})

    def _resolve(self, request: Request) -> Reply:
        user = self.users.get(request.query.get("handle", ""))
        if user is None:
            raise Invalid("Unable to resolve handle")
        return Reply(200, {"did": user.did})

    def _put(self, request: Request, user: User) -> Reply:
        asked = request.json()
        if self._user(str(asked["repo"])) != user:
            raise Invalid("Authentication Required", "AuthenticationRequired", 401)
        key = (user.did, str(asked["collection"]), str(asked["rkey"]))
        if len(request.body) > 150_000:
            raise Invalid("request entity too large", "PayloadTooLarge", 413)
        Lexicons({link: self.blob(link) for link in self.blobs}).check(asked["record"], *key[1:])
        current = self.records.get(key)
        value = asked["record"]
        if current is None or dict(current.value) != value:
            if "swapRecord" in asked and asked["swapRecord"] != (current and current.cid):
                raise Invalid(f"Record was at {current and current.cid}", "InvalidSwap")
            current = self._keep(*key, value)
        done = {"uri": current.uri, "cid": current.cid, "validationStatus": "valid"}
        return Reply(200, {**done, "commit": {"cid": current.cid, "rev": self._next_key(None)}})

    def _get(self, request: Request) -> Reply:
        asked = request.query
        user = self._user(asked["repo"])
        record = self.records.get((user.did, asked["collection"], asked["rkey"]))
        if record is None:
            uri = f"at://{user.did}/{asked['collection']}/{asked['rkey']}"
            raise Invalid(f"Could not locate record: {uri}", "RecordNotFound")
        return Reply(200, record.shown())

    def _list(self, request: Request) -> Reply:
        asked = request.query
        did, limit = self._user(asked["repo"]).did, int(asked.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise Invalid("Error: limit can not be greater than 100")
        wanted = (did, asked["collection"])
        found = [each for each in self.records.values() if (each.did, each.collection) == wanted]
        # Newest first, as far as keys tell.
        found.sort(key=lambda record: record.key, reverse=True)
        if cursor := asked.get("cursor"):
            found = [record for record in found if record.key < cursor]
        page = found[:limit]
        body: dict[str, Any] = {"records": [record.shown() for record in page]}
        return Reply(200, body | ({"cursor": page[-1].key} if page else {}))

    def _delete(self, request: Request, user: User) -> Reply:
        asked = request.json()
        if self._user(str(asked["repo"])) != user:
            raise Invalid("Authentication Required", "AuthenticationRequired", 401)
        key = (user.did, str(asked["collection"]), str(asked["rkey"]))
        if self.records.pop(key, None) is None:
            return Reply(200, {})
        return Reply(200, {"commit": {"cid": cid_of(b""), "rev": self._next_key(None)}})

    def _upload(self, request: Request, user: User) -> Reply:
        mime, content = request.headers.get("content-type", ""), request.body
        if not content or not mime:
            raise Invalid("Request encoding (Content-Type) required but not provided")
        if len(content) > 5 * 1024 * 1024:
            raise Invalid("request entity too large", "PayloadTooLarge", 413)
        link = cid_of(content)
        self.blobs[link] = (mime, content)
        return Reply(200, {"blob": self.blob(link)})

    def _notifications(self, request: Request, user: User) -> Reply:
        asked = parse_qs(request.query_string)
        limit, before = int(asked["limit"][0]), asked.get("cursor", [""])[0]
        notices = [
            {
                "uri": record.uri,
                "cid": record.cid,
                "author": self._author(record.did),
                "reason": reason,
                "record": dict(record.value),
                "isRead": False,
                "indexedAt": written(record.indexed_at),
            }
            for record in sorted(self.records.values(), key=lambda each: each.indexed_at)
            if (reason := self._reason(record, user))
        ]
        if wanted := asked.get("reasons"):
            notices = [notice for notice in notices if notice["reason"] in wanted]
        notices = [n for n in reversed(notices) if not before or str(n["indexedAt"]) < before]
        page = notices[:limit]
        body: dict[str, Any] = {"notifications": page, "priority": False}
        return Reply(200, body | ({"cursor": page[-1]["indexedAt"]} if page else {}))

    def _author(self, did: str) -> dict[str, str]:
        return {"did": did, "handle": self._user(did).handle}

    def _reason(self, record: Record, user: User) -> str:
        """Why `user` is told of `record`; "" when they are not."""
        if record.did == user.did:
            return ""
        if record.collection == REPOST:
            return "repost" if f"//{user.did}/" in record.value["subject"]["uri"] else ""
        if f"//{user.did}/" in record.value.get("reply", {}).get("parent", {}).get("uri", ""):
            return "reply"
        return "mention" if f"@{user.handle}" in record.value["text"] else ""


CALLS = {
    ("POST", "com.atproto.server.createSession"): "_create_session",
    ("POST", "com.atproto.server.refreshSession"): "_refresh_session",
    ("GET", "com.atproto.server.getSession"): "_get_session",
    ("GET", "com.atproto.identity.resolveHandle"): "_resolve",
    ("POST", "com.atproto.repo.putRecord"): "_put",
    ("GET", "com.atproto.repo.getRecord"): "_get",
    ("GET", "com.atproto.repo.listRecords"): "_list",
    ("POST", "com.atproto.repo.deleteRecord"): "_delete",
    ("POST", "com.atproto.repo.uploadBlob"): "_upload",
    ("GET", "app.bsky.notification.listNotifications"): "_notifications",
}
#: Those that ask for no session, or for another kind of token.
OPEN = {
    "com.atproto.server.createSession", "com.atproto.server.refreshSession",
    "com.atproto.identity.resolveHandle", "com.atproto.repo.getRecord",
    "com.atproto.repo.listRecords",
}  # fmt: skip
