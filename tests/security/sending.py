"""What a press on the button of each page sends."""

import base64
import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.guidance import guidance
from accounts.services import plan_import
from drafts.services import blocks_to_pass_over
from notices.services import CHOOSABLE
from tests.security.world import NUMBER, World

HACKED = next(module for module in guidance().modules if module.id == "hacked")
IMPORTED = b"name,email,mobile,role\nNell,nell@force.example.org,07700900555,Policy owner\n"
# Two steps of corporate communications.
STEPS = json.dumps(
    [
        {"roles": ["comms_approver"], "quorum": "any", "needed": 1, "categories": [], "rules": []},
        {"roles": ["comms_duty"], "quorum": "any", "needed": 1, "categories": [], "rules": []},
    ]
)
WISHED = {"handle": "KingsmarlFete", "platform": "x", "kind": "lpt", "do": "save"}
ORDER = {"terms": "Fern Street siege", "case_name": "A case", "court": "A court"}


def sent(name: str, world: World) -> dict[str, Any]:
    """What a press on the button there sends."""
    draft = world.submitted
    forms: dict[str, dict[str, Any]] = {
        "confirm-mobile": {"number": NUMBER},
        "drafts:write": {"text": "Mine", "account": world.scene.account.pk, "when": "asap"},
        "drafts:check": {"text": "Mine"},
        "drafts:edit": {
            "text": "Mine",
            "account": world.scene.account.pk,
            "when": "asap",
            "revision": world.written.revision_number,
        },
        "drafts:pass-over": {
            "finding": blocks_to_pass_over(world.blocked, now=timezone.now())[0].key,
            "reason": "It must say so.",
            "revision_hash": world.blocked.content_hash,
        },
        "approvals:review": {
            "decision": "approve",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": draft.step,
        },
        "approvals:bulk": {
            "decision": "return",
            "pick": f"{draft.pk}.{draft.revision_number}.{draft.step}.{draft.content_hash}",
            "reason": "tone",
        },
        "approvals:save-view": {"name": "Mine"},
        "approvals:suggest": {
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "text": "Better words",
        },
        "approvals:comment": {"text": "Is the road open?"},
        "approvals:change-route": {"do": "put", "seen": 0, "steps": STEPS},
        "approvals:change-team-route": {"do": "put", "seen": 0, "steps": STEPS},
        "approvals:look-after": {"was_right": "yes"},
        "approvals:cover": {
            # Read of a comms admin alone.
            "absent": world.people["app"].pk,
            "person": world.people["off"].pk,
            "since": timezone.localdate().isoformat(),
            "until": timezone.localdate().isoformat(),
            "reason": "On leave",
        },
        "told": dict.fromkeys(CHOOSABLE, "hourly"),
        "words-in-mail": {"on": "1"},
        "people:guidance": {"version": guidance().version},
        "people:guidance-page": {
            f"q{place}": question.right for place, question in enumerate(HACKED.questions)
        },
        "people:add": {
            "full_name": "Nell Newcome",
            "email": "nell.newcome@force.example.org",
            "mobile": "07700 900555",
            "role": "officer",
            "lpt": world.lpt.pk,
            "since": timezone.localdate().isoformat(),
        },
        "people:give-role": {"role": "psd", "since": timezone.localdate().isoformat()},
        "people:second-factor": {"checked": "called_back", "reason": "A new phone."},
        "people:import": {
            "do": "apply",
            "content": base64.b64encode(IMPORTED).decode(),
            "digest": plan_import(
                IMPORTED, force=world.lpt.force, actor=world.people["adm"], now=timezone.now()
            ).digest,
        },
        "people:force": {"do": "guidance"},
        "people:add-team": {"name": "Another team", "seen": "new"},
        "approvals:add-account": {
            "platform": "x",
            "handle": "AnotherLPT",
            "kind": "lpt",
            "lpt": world.lpt.pk,
            "publisher": "default",
            "seen": "new",
        },
        "approvals:merge-team": {"into": world.people["oth"].memberships.get().lpt_id},
        "duty": {
            "person": world.shift.person_id,
            "first_day": (timezone.localdate() + timedelta(days=20)).isoformat(),
            "begins": "21:00",
            "last_day": (timezone.localdate() + timedelta(days=21)).isoformat(),
            "ends": "07:00",
        },
        "publishing:answer": {
            "answer": "drop",
            "evidence": "I looked.",
            "fence": world.delivery.fence,
        },
        "publishing:move-time": {
            "seen": world.waiting.due_at.isoformat(),
            "date": (timezone.localdate() + timedelta(days=2)).isoformat(),
            "time": "10:00",
            "reason": "News.",
        },
        "publishing:news": {
            "scope": f"lpt-{world.scene.lpt.pk}",
            "due": "",
            "do": "hold",
            "reason": "News.",
        },
        "publishing:inject-fault": {"kind": "refusal"},
        "publishing:choose-publisher": {"publisher": "lookup", "seen": "connects"},
        "publishing:reveal": {"reason": "The platform is down for the app."},
        "publishing:profile": {"field": "bio", "wanted": "New words.", "reason": "We moved."},
        "publishing:take-down": {"reason": "wrong"},
        "publishing:confirm-gone": {"outcome": "gone", "evidence": "I looked."},
        "publishing:explain-post": {"explanation": "by_hand", "posted_by": "Somebody"},
        "approvals:central-write": {
            "text": "For all",
            "accounts": [world.scene.account.pk],
            "when": "asap",
        },
        "approvals:central-change": {
            "text": "For all",
            "accounts": [world.scene.account.pk],
            "when": "asap",
        },
        "approvals:central": {
            "decision": "approve",
            **{
                f"seen-{one.pk}": f"{one.revision_number}:{one.content_hash}:0"
                for one in world.central.drafts()
            },
        },
        "lifecycle:new-request": WISHED,
        "lifecycle:edit-request": WISHED,
        "lifecycle:answer-request": {"verdict": "support", "seen": 1},
        "lifecycle:hand-over": {
            "why": "leaving",
            "plan": "closure",
            "last_day": timezone.localdate().isoformat(),
        },
        "lifecycle:ask-comms": {"text": "May we?"},
        "lifecycle:question": {"text": "Yes.", "seen": 1},
        "lifecycle:close-question": {"seen": 1},
        "lifecycle:keep": {"because": "They come back in March."},
        "lifecycle:ask-to-follow": {
            "account": world.scene.account.pk,
            "handle": "@MarlshireCC",
            "who": "partner",
            "why": "Our streets.",
            "looked": "on",
            "no_celebrity": "on",
        },
        "lifecycle:decide-following": {"do": "yes"},
        "lifecycle:review-followers": {"blocked": "0"},
        "lifecycle:offer": {"account": world.offer.account_id},
        "lifecycle:answer-offer": {"do": "no", "answer": "Not ours."},
        "lifecycle:hacked": {"account": world.scene.account.pk},
        "incidents:list": {
            "kind": "hold",
            "scope": f"lpt-{world.scene.lpt.pk}",
            "reason": "Wait.",
        },
        "rules:rule": {"severity": "advise", "param_max": "3", "seen": "0"},
        "rules:list": {"left": "Saltmere Quay", "seen": "0"},
        "rules:numbers": {
            "x": "140",
            "mastodon": "500",
            "bluesky": "300",
            "non_emergency": "101",
            "emergency": "999",
            "page": "https://marlshire.example.org/report",
            "team": "14",
            "comms": "28",
            "closing": "56",
            "seen": "0",
        },
        "rules:versions": {"number": "1"},
        "rules:version": {"do": "activate", "content_hash": world.version.content_hash},
        "rules:own-account": {"handle": "@MyOwnName"},
        "policy:restrictions": ORDER,
        "policy:change-restriction": ORDER,
        "policy:elections": {
            "area": "Kingsmarl",
            "starts_on": timezone.localdate().isoformat(),
            "ends_on": timezone.localdate().isoformat(),
        },
    }
    return forms.get(name, {})
