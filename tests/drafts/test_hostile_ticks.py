"""Whatever stands in an answer or in the words beside a tick, a submission gets a page."""

from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from drafts.content import seal_of
from drafts.models import Attested, Submission
from tests.drafts.test_hostile_input import HOSTILE
from tests.factories import ASKING, Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db

APPEAL = "Have you seen Amy Sample, 14, missing from Oldermoor since Friday? Please call 101."
HOSTILE_WORDS = {name: HOSTILE[name] for name in ("null bytes", "right to left", "controls")}
HOSTILE_WORDS["1,000 characters"] = "x" * 1000


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Nothing is submitted where nobody could ever decide.
    scene.person(Role.COMMS_APPROVER)
    return scene


@pytest.mark.parametrize("words", HOSTILE_WORDS.values(), ids=HOSTILE_WORDS.keys())
class TestHostileWords:
    def test_in_an_answer_are_kept_without_what_no_table_holds(
        self, client: Client, scene: Scene, words: str
    ) -> None:
        client.force_login(scene.person())
        form = self.answered(client, scene, ASKING, "meeting", words)
        assert client.post("/write/", form | {"action": "submit"}).status_code == 302
        (answer,) = Submission.objects.get().answers.values()
        assert answer
        assert "\0" not in answer

    def test_beside_a_tick_are_kept_likewise(
        self, client: Client, scene: Scene, words: str
    ) -> None:
        client.force_login(scene.person())
        form = self.answered(client, scene, APPEAL, "missing-person", words)
        form |= {"case_stage": "none", "offence": "none", "under_18": "no"}
        for tick in ("misper-family-permission", "force-appeal-reference", "named-person-agrees"):
            form |= {f"tick-{tick}": seal_of(APPEAL), f"tick-{tick}-text": words}
        response = client.post("/write/", form | {"action": "submit"})
        assert response.status_code == 302, Page.of(response).problems
        reference = Attested.objects.get(attestation="force-appeal-reference")
        assert reference.text
        assert "\0" not in reference.text

    def answered(
        self, client: Client, scene: Scene, text: str, category: str, words: str
    ) -> dict[str, Any]:
        form: dict[str, Any] = {
            "text": text, "account": scene.account.pk, "category": category, "when": "asap",
        }  # fmt: skip
        page = Page.of(client.post("/write/check/", form))
        keys = {
            field.attrs["name"]: field.attrs["value"]
            for field in page.root.all("input")
            if field.attrs.get("name", "").startswith("answer-key-")
        }
        fields = {f"answer-{name.removeprefix('answer-key-').split('-')[0]}" for name in keys}
        answers = dict.fromkeys(fields, "other") | {f"{name}-other": words for name in fields}
        return form | keys | answers
