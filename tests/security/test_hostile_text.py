"""What was typed stays what it is: words."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import LPT, Force, SocialAccount, User
from accounts.roles import Role
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from drafts.models import Draft, Submission
from drafts.services import Writing, check_content, content_of, write
from drafts.workflow import State
from incidents.models import HoldKind
from incidents.services import place
from lifecycle.services import ask_comms, write_on
from notices.services import tell
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import Scene, submitted
from tests.pages import Page
from tests.security.hostile import CANARY, PAYLOADS, TOGETHER, dangers


def say_it_everywhere(scene: Scene, text: str) -> tuple[dict[str, User], list[str]]:
    """Put `text` into every field that anybody fills in; who reads it, and at which addresses."""
    now = timezone.now()
    people = {"author": scene.person(), "approver": scene.person(Role.COMMS_APPROVER)}
    admin = people["admin"] = scene.person(Role.COMMS_ADMIN)
    Force.objects.filter(pk=scene.force.pk).update(name=text[:100], comms_phone=text[:20])
    LPT.objects.filter(pk=scene.lpt.pk).update(
        name=text[:100], comms_contact=text, meeting_place=text, area_hashtag=text[:50]
    )
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(
        full_name=text[:100], collar_number=text[:20]
    )
    SocialAccount.objects.filter(pk=scene.account.pk).update(handle=text[:15], signature=text[:30])
    people = {who: User.objects.get(pk=person.pk) for who, person in people.items()}
    account = SocialAccount.objects.select_related("force", "lpt").get(pk=scene.account.pk)
    pages = []
    for state in State:
        draft = write(
            Writing(text=text, account=account, category="meeting"),
            author=people["author"],
            now=now,
        )
        report = check_content(content_of(draft), now=now)
        Submission.objects.create(
            revision=draft.current_revision,
            draft=draft,
            person=people["author"],
            at=now,
            report=report.as_dict(),
            answers={finding.key: text for finding in report.findings},
            generation=1,
            declaration="x",
        )
        Decision.objects.create(
            draft=draft,
            revision=draft.current_revision,
            step=1,
            verdict=Verdict.RETURN,
            person=people["approver"],
            at=now,
            content_hash=draft.content_hash,
            reason=Reason.OTHER,
            sentence=text,
        )
        Draft.objects.filter(pk=draft.pk).update(
            state=state, submitted_at=now, queue_at=now, returned_by=text[:100],
            returned_reason=text,
        )  # fmt: skip
        pages.append(draft.get_absolute_url())
        if state == State.DRAFT:
            pages.append(f"/drafts/{draft.pk}/edit/")
        if state == State.SUBMITTED:
            pages.append(f"/review/{draft.pk}/")
        if state == State.APPROVED:
            Delivery.objects.create(
                draft=draft,
                revision=draft.current_revision,
                account=account,
                approved_by=admin,
                approved_at=now,
                approved_hash=draft.content_hash,
                state=DeliveryState.NEEDS_HUMAN,
                due_at=now,
                next_at=now,
                not_after=now + timedelta(hours=1),
                last_error=text[:300],
                external_url=f"/{text}"[:300],
            )
    place(kind=HoldKind.CRITICAL_INCIDENT, scope=scene.lpt, reason=text, actor=admin, now=now)
    tell(people.values(), text, link="/drafts/", now=now)
    tabs = [f"/drafts/?state={tab}" for tab in ("writing", "waiting", "approved", "ended")]
    asked = ask_comms(text, force=account.force, actor=people["author"], about=account, now=now)
    write_on(asked, text, actor=people["approver"], seen=1, now=now)
    pages += [asked.get_absolute_url(), "/questions/", "/ask-comms/", "/call-list/"]
    pages += ["/desk/", "/write/", "/review/", "/deliveries/", "/incidents/", "/rulebook/", *tabs]
    return people, pages


@pytest.mark.django_db
class TestHostileText:
    def test_comes_in_many_kinds(self) -> None:
        assert len(PAYLOADS) >= 40
        assert all(CANARY in payload for payload in PAYLOADS)

    def test_that_was_not_escaped_would_be_found(self) -> None:
        harmful = [p for p in PAYLOADS if dangers(Page.of(f"<p title='{p}'>{p}</p>"))]
        assert len(harmful) >= 15

    @pytest.mark.parametrize("text", TOGETHER)
    def test_is_shown_as_words_on_every_page(self, client: Client, text: str) -> None:
        people, pages = say_it_everywhere(Scene(), text)
        for who, person in people.items():
            client.force_login(person)
            read = 0
            # Whoever may review sees every page; of the others one round each will do.
            for path in pages if who == "approver" else [*pages[-10:], pages[0]]:
                response = client.get(path)
                page = Page.of(response)
                assert dangers(page) == [], path
                read += CANARY in page.root.text and response.status_code == 200
            # They met it wherever they may go.
            assert read >= {"author": 9, "approver": len(pages), "admin": 3}[who]

    @pytest.mark.parametrize("text", TOGETHER)
    def test_is_shown_as_words_when_it_comes_back(self, client: Client, text: str) -> None:
        scene = Scene()
        draft = submitted(scene)
        people = {role: scene.person(role) for role in (Role.OFFICER, Role.COMMS_APPROVER)}
        tries: list[tuple[Role | None, str, dict[str, str]]] = [
            (Role.OFFICER, "/write/", {"text": text, "when": "x", "date": text, "time": text}),
            (Role.OFFICER, "/write/", dict.fromkeys(("account", "category", "key"), text)),
            (Role.OFFICER, "/write/check/", {"text": text, "answer-key-0": text}),
            (
                Role.COMMS_APPROVER,
                f"/review/{draft.pk}/",
                {"decision": "reject", "sentence": text, "reason": text},
            ),
            (Role.COMMS_APPROVER, "/incidents/", {"kind": "hold", "scope": "x", "reason": text}),
            (None, "/write/", {"text": text}),
            (None, "/accounts/login/", {"login": text, "password": text}),
            (None, "/accounts/password/reset/", {"email": text}),
        ]
        for role, path, typed in tries:
            cache.clear()
            client.logout()
            if role:
                client.force_login(people[role])
            response = client.post(path, typed, follow=True)
            assert response.status_code in {200, 404, 419, 422}
            assert dangers(Page.of(response)) == [], path
        client.force_login(people[Role.OFFICER])
        for query in (f"/rulebook/?q={quote(text)}", f"/drafts/?state={quote(text)}"):
            assert dangers(Page.of(client.get(query))) == []
