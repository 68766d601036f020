"""`manage.py demo`."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import Force
from drafts.models import Draft


@pytest.mark.django_db
class TestTheCommand:
    def test_says_how_much_it_made(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("demo")
        made = Draft.objects.count()
        assert capsys.readouterr().out == f"The demonstration is ready ({made} drafts made).\n"
        call_command("demo")
        assert capsys.readouterr().out == "The demonstration is ready (0 drafts made).\n"

    def test_makes_nothing_where_the_demonstration_is_off(self, settings: Settings) -> None:
        settings.DEMO = False
        with pytest.raises(CommandError, match="use createforce for a real force"):
            call_command("demo")
        assert not Force.objects.exists()
