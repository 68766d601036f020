"""What waits for review, or is on its way, gets the one step that it was submitted for."""

from django.db import migrations
from django.db.models import F, Q


def steps_of_submissions(apps, schema_editor):
    Draft = apps.get_model("drafts", "Draft")
    Revision = apps.get_model("drafts", "Revision")
    ReviewStep = apps.get_model("drafts", "ReviewStep")
    Route = apps.get_model("accounts", "ApprovalRoute")
    roles = {
        (route.force_id, route.lpt_id): step.roles
        for route in Route.objects.filter(until=None, lane="ordinary")
        for step in route.steps.filter(number=1)
    }
    current = Revision.objects.filter(
        draft__state__in=["submitted", "approved"],
        draft__revision_number=F("number"),
        steps=None,
    ).select_related("account", "draft")
    for revision in current.order_by("pk").iterator():
        account = revision.account
        named = roles.get((account.force_id, account.lpt_id)) or roles.get((account.force_id, None))
        ReviewStep.objects.create(
            revision=revision,
            number=1,
            lane="ordinary",
            roles=named or ["comms_approver"],
            quorum="any",
            needed=1,
            passed_with=1 if revision.draft.state == "approved" else None,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_one_route"),
        ("drafts", "0005_review_steps"),
    ]
    operations = [migrations.RunPython(steps_of_submissions, migrations.RunPython.noop)]
