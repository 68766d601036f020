"""What the small X does when it is asked, one method for each endpoint."""

import re
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.publishing.fake_http import Reply, Request, problem
from tests.publishing.fake_x.answers import DUPLICATE, UNAUTHORIZED
from tests.publishing.fake_x.store import CLIENT, Code, Picture, Store, Tweet, User

LONGEST = 280
LINK = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|uk)\b(?:/\S*)?", re.IGNORECASE)
START_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
PICTURES = {"image/jpeg", "image/bmp", "image/png", "image/webp", "image/pjpeg", "image/tiff"}


class FakeX(Store):
    """The rules by which requests change what X holds; it serves inside its context."""

    def answer(self, request: Request) -> Reply:
        """Carry a request out."""
        with self.lock:
            for method, path, name in APP_ROUTES:
                if (request.method, request.path) == (method, path):
                    answer: Reply = getattr(self, name)(request)
                    return answer
            user = self.user_of(request)
            if user is None:
                return UNAUTHORIZED
            for method, pattern, name in ROUTES:
                match = re.fullmatch(pattern, request.path)
                if match and method == request.method:
                    reply: Reply = getattr(self, name)(user, request, *match.groups())
                    return reply
            return problem(404, "Not Found", "Not Found")

    def _authorize(self, request: Request) -> Reply:
        """The page on which a person gives access: leads back with a code, or with an error."""
        asked = request.query
        redirect_uri = asked.get("redirect_uri", "")
        right = {
            "response_type": "code",
            "client_id": CLIENT["client_id"],
            "code_challenge_method": "S256",
        }
        is_right = all(asked.get(name) == value for name, value in right.items())
        is_whole = asked.get("state") and asked.get("code_challenge") and asked.get("scope")
        if redirect_uri not in self.callbacks or not (is_right and is_whole):
            return problem(400, "Bad Request", "You weren't able to give access to the App.")
        if not self.at_the_screen:
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(24)
            user = self.join(self.at_the_screen)
            self._codes[code] = Code(user, asked["code_challenge"], redirect_uri, asked["scope"])
            answer = {"state": asked["state"], "code": code}
        return Reply(302, {}, {"Location": f"{redirect_uri}?{urlencode(answer)}"})

    def _token(self, request: Request) -> Reply:
        """Tokens for a code or for a refresh token; each is taken once."""
        if not self._is_the_app(request):
            error = "unauthorized_client"
            return Reply(401, {"error": error, "error_description": "Missing valid authorization"})
        form = dict(parse_qsl(request.body.decode()))
        user, scope = None, "tweet.write offline.access"
        if form.get("grant_type") == "refresh_token":
            user = self._refresh_tokens.pop(form.get("refresh_token", ""), None)
            self.refreshes += user is not None
        elif form.get("grant_type") == "authorization_code":
            code = self._codes.pop(form.get("code", ""), None)
            digest = sha256(form.get("code_verifier", "").encode()).digest()
            proof = urlsafe_b64encode(digest).decode().rstrip("=")
            if code and (code.challenge, code.redirect_uri) == (proof, form.get("redirect_uri")):
                user, scope = code.user, code.scope
        if user is None:
            description = "Value passed for the token was invalid."
            return Reply(400, {"error": "invalid_request", "error_description": description})
        tokens = self._new_bearer(user)
        if "offline.access" not in scope.split():
            del tokens["refresh_token"]
        answer = {"token_type": "bearer", "expires_in": 7200, "scope": scope}
        return Reply(200, {**answer, **tokens})

    def _revoke(self, request: Request) -> Reply:
        if not self._is_the_app(request):
            return Reply(401, {"error": "unauthorized_client"})
        token = dict(parse_qsl(request.body.decode())).get("token", "")
        self._bearers.pop(token, None)
        self._refresh_tokens.pop(token, None)
        return Reply(200, {"revoked": True})

    def _is_the_app(self, request: Request) -> bool:
        pair = f"{CLIENT['client_id']}:{CLIENT['client_secret']}".encode()
        return request.headers.get("authorization") == f"Basic {b64encode(pair).decode()}"

    def _create(self, user: User, request: Request) -> Reply:
        asked = request.json()
        text, pictures = asked.get("text", ""), asked.get("media", {}).get("media_ids", [])
        reply_to = asked.get("reply", {}).get("in_reply_to_tweet_id")
        if not text and not pictures:
            return problem(400, "Invalid Request", "text is missing.", "invalid-request")
        if len(LINK.sub("x" * 23, text)) > LONGEST:
            return problem(403, "Forbidden", "Your Tweet text is too long.")
        if len(pictures) > 4 or any(each not in self.pictures for each in pictures):
            return problem(400, "Invalid Request", "Your media IDs are invalid.", "invalid-request")
        points_to = {"replied_to": reply_to, "quoted": asked.get("quote_tweet_id")}
        points_to = {how: target for how, target in points_to.items() if target}
        if any(target not in self.tweets for target in points_to.values()):
            detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
            return problem(403, "Forbidden", detail)
        text = self._with_name(text, points_to)
        if any(each.text == text for each in self.posts_of(user.username)):
            return DUPLICATE
        tweet = self._add(user, text, at=self._now(), points_to=points_to, pictures=pictures)
        return Reply(201, {"data": {"id": tweet.id, "text": self._wrapped(tweet)[0]}})

    def _with_name(self, text: str, points_to: Mapping[str, str]) -> str:
        """A reply begins with the name of whom it answers, whether that was typed or not."""
        if "replied_to" not in points_to:
            return text.strip()
        name = f"@{self.tweets[points_to['replied_to']].author.username}"
        return text.strip() if name in text.split() else f"{name} {text.strip()}"

    def _delete(self, user: User, request: Request, tweet_id: str) -> Reply:
        tweet = self.tweets.get(tweet_id)
        if tweet is None:
            return problem(404, "Not Found Error", "Could not find tweet.", "resource-not-found")
        if tweet.author != user:
            return problem(403, "Forbidden", "You are not authorized to delete this Tweet.")
        del self.tweets[tweet_id]
        return Reply(200, {"data": {"deleted": True}})

    def _retweet(self, user: User, request: Request, user_id: str) -> Reply:
        source = request.json().get("tweet_id", "")
        if user_id != user.id:
            return problem(403, "Forbidden", "The `id` must be yours.", "invalid-request")
        if source not in self.tweets:
            return problem(404, "Not Found Error", "Could not find tweet.", "resource-not-found")
        mine = self.posts_of(user.username)
        if any(each.points_to.get("retweeted") == source for each in mine):
            return problem(403, "Forbidden", "You have already retweeted this Tweet.")
        original = self.tweets[source]
        text = f"RT @{original.author.username}: {original.text}"
        self._add(user, text, at=self._now(), points_to={"retweeted": source})
        return Reply(200, {"data": {"retweeted": True}})

    def _unretweet(self, user: User, request: Request, user_id: str, source: str) -> Reply:
        for each in self.posts_of(user.username):
            if each.points_to.get("retweeted") == source:
                del self.tweets[each.id]
        return Reply(200, {"data": {"retweeted": False}})

    def _upload(self, user: User, request: Request) -> Reply:
        parts = request.parts()
        mime = parts.get("media_type", b"").decode()
        if mime not in PICTURES or parts.get("media_category") != b"tweet_image":
            return problem(400, "Invalid Request", "media type unrecognized.", "invalid-request")
        key = self._next_id(self._now())
        self.pictures[key] = Picture(parts["media"], mime)
        return Reply(200, {"data": {"id": key, "media_key": f"3_{key}", "expires_after_secs": 9}})

    def _describe(self, user: User, request: Request) -> Reply:
        asked = request.json()
        if asked.get("id") not in self.pictures:
            return problem(400, "Invalid Request", "media id is invalid.", "invalid-request")
        self.pictures[asked["id"]].alt_text = asked["metadata"]["alt_text"]["text"]
        return Reply(200, {"data": {"id": asked["id"]}})

    def _me(self, user: User, request: Request) -> Reply:
        shown = {"id": user.id, "name": f"{user.username} (X)", "username": user.username}
        profile = self.profiles.get(user.username, {})
        optional = {
            "description": escape(profile.get("description", ""), quote=False),
            "profile_image_url": "https://pbs.twimg.com/profile_images/1/normal.png",
            "protected": False,
            "url": "",
            "verified": False,
            **{name: value for name, value in profile.items() if name != "description"},
        }
        if link := profile.get("url"):
            # Every address is behind t.co, here as well.
            optional["url"] = "https://t.co/profile"
            meant = {"url": optional["url"], "expanded_url": link}
            optional["entities"] = {"url": {"urls": [meant]}}
        asked = request.query.get("user.fields", "").split(",")
        told = {name: value for name, value in optional.items() if name in asked}
        return Reply(200, {"data": {**shown, **told}})

    def _timeline(self, user: User, request: Request, user_id: str) -> Reply:
        return self._page(request, [t for t in self.tweets.values() if t.author.id == user_id])

    def _mentions(self, user: User, request: Request, user_id: str) -> Reply:
        (name,) = (each.username for each in self.users.values() if each.id == user_id)
        called = re.compile(rf"@{name}\b", re.IGNORECASE)
        return self._page(request, [t for t in self.tweets.values() if called.search(t.text)])

    def _page(self, request: Request, found: list[Tweet]) -> Reply:
        """Newest first, at most `max_results` from `pagination_token` on."""
        asked = request.query
        start, size = asked.get("start_time"), int(asked.get("max_results", "10"))
        if not 5 <= size <= 100 or (start and not START_TIME.fullmatch(start)):
            return problem(400, "Invalid Request", "A parameter is invalid.", "invalid-request")
        if start:
            since = datetime.fromisoformat(start).timestamp()
            found = [tweet for tweet in found if tweet.at >= since]
        since_id, offset = int(asked.get("since_id", "0")), int(asked.get("pagination_token", "0"))
        found = [tweet for tweet in found if int(tweet.id) > since_id]
        found.sort(key=lambda tweet: int(tweet.id), reverse=True)
        page = found[offset : offset + size]
        body: dict[str, Any] = {"meta": {"result_count": len(page)}}
        if page:
            body["data"] = [self._shown(tweet, request) for tweet in page]
            body["meta"] |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if offset + size < len(found):
            body["meta"]["next_token"] = str(offset + size)
        if page and "author_id" in asked.get("expansions", ""):
            authors = {tweet.author.id: tweet.author.username for tweet in page}
            users = [{"id": key, "username": name, "name": name} for key, name in authors.items()]
            body["includes"] = {"users": users}
        return Reply(200, body)

    def _shown(self, tweet: Tweet, request: Request) -> dict[str, Any]:
        """The fields that are always there, and those that were asked for."""
        text, urls = self._wrapped(tweet)
        at = datetime.fromtimestamp(int(tweet.at), UTC)
        optional = {
            "author_id": tweet.author.id,
            "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "entities": {"urls": urls} if urls else None,
            "referenced_tweets": [{"type": how, "id": to} for how, to in tweet.points_to.items()],
        }
        asked = request.query.get("tweet.fields", "").split(",")
        named = {name: value for name, value in optional.items() if value and name in asked}
        return {"id": tweet.id, "text": text, "edit_history_tweet_ids": [tweet.id], **named}

    def _wrapped(self, tweet: Tweet) -> tuple[str, list[dict[str, Any]]]:
        """The text with &<> escaped and every link behind t.co, and what the links mean."""
        urls: list[dict[str, Any]] = []

        def short(typed: str, **more: str) -> str:
            link = self._links.setdefault(typed, f"https://t.co/{secrets.token_hex(5)}")
            expanded = typed if "://" in typed else f"http://{typed}"
            urls.append({"url": link, "expanded_url": expanded, **more})
            return link

        text, end = "", 0
        for found in LINK.finditer(tweet.text):
            text += escape(tweet.text[end : found.start()], quote=False) + short(found[0])
            end = found.end()
        text += escape(tweet.text[end:], quote=False)
        page = f"https://x.com/{tweet.author.username}/status/{tweet.id}"
        if quoted := tweet.points_to.get("quoted"):
            text += " " + short(f"https://twitter.com/i/web/status/{quoted}")
        if tweet.pictures:
            text += " " + short(f"{page}/photo/1", media_key=f"3_{tweet.pictures[0]}")
        return text.strip(), urls


APP_ROUTES = (
    ("GET", "/i/oauth2/authorize", "_authorize"),
    ("POST", "/2/oauth2/token", "_token"),
    ("POST", "/2/oauth2/revoke", "_revoke"),
)
ROUTES = (
    ("POST", r"/2/tweets", "_create"),
    ("DELETE", r"/2/tweets/(\d+)", "_delete"),
    ("POST", r"/2/users/(\d+)/retweets", "_retweet"),
    ("DELETE", r"/2/users/(\d+)/retweets/(\d+)", "_unretweet"),
    ("POST", r"/2/media/upload", "_upload"),
    ("POST", r"/2/media/metadata", "_describe"),
    ("GET", r"/2/users/me", "_me"),
    ("GET", r"/2/users/(\d+)/tweets", "_timeline"),
    ("GET", r"/2/users/(\d+)/mentions", "_mentions"),
)
