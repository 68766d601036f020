"""What the pages about signing in ask for."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

from accounts.sign_in.single_sign_on import Provider, provider

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON, to be read by a script from an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.simple_tag
def single_sign_on() -> Provider | None:
    """The force's own sign-in, where there is one."""
    return provider()
