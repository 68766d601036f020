"""Every route of the version before becomes a route with one step, whoever it named."""

from django.db import migrations


def steps_of_routes(apps, schema_editor):
    Route = apps.get_model("accounts", "ApprovalRoute")
    RouteStep = apps.get_model("accounts", "RouteStep")
    whose = {}
    for route in Route.objects.filter(steps=None, until=None, step=1).order_by("pk"):
        whose.setdefault((route.force_id, route.lpt_id, route.lane), []).append(route)
    for routes in whose.values():
        first, *others = routes
        RouteStep.objects.create(
            route=first, number=1, roles=sorted({route.role for route in routes})
        )
        # One route for a team: the others stand in its step.
        Route.objects.filter(pk__in=[route.pk for route in others]).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_route_steps")]
    operations = [migrations.RunPython(steps_of_routes, migrations.RunPython.noop)]
