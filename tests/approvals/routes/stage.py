"""What the tests of approval routes share."""

from django.utils import timezone

from accounts.models import LPT, ApprovalRoute, Lane, User
from accounts.roles import Role
from accounts.services import Step
from approvals.routes import RouteBook
from approvals.services import keep_route
from tests.factories import Scene

OFFICER, SUPERVISOR, COMMANDER, COMMS, DUTY = (
    Step((role,))
    for role in (
        Role.OFFICER,
        Role.LPT_SUPERVISOR,
        Role.LPT_COMMANDER,
        Role.COMMS_APPROVER,
        Role.COMMS_DUTY,
    )
)

MISSING = Step((Role.COMMS_APPROVER,), categories=("missing-person",))


def keep(
    scene: Scene,
    actor: User,
    *steps: Step,
    lpt: LPT | None = None,
    lane: Lane = Lane.ORDINARY,
    seen: int | None = None,
) -> ApprovalRoute | None:
    current = ApprovalRoute.objects.current().filter(force=scene.force, lpt=lpt, lane=lane).first()
    return keep_route(
        scene.force,
        steps,
        lpt=lpt,
        lane=lane,
        seen=(current.pk if current else 0) if seen is None else seen,
        actor=actor,
        now=timezone.now(),
    )


def book(scene: Scene) -> RouteBook:
    return RouteBook(scene.force, now=timezone.now())
