"""What the pages about signing in ask for."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest

from accounts.sign_in.sessions import access_has_ended
from accounts.sign_in.single_sign_on import Provider, provider

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON, to be read by a script from an attribute."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(code: str) -> str:
    """`code` in groups of four, to be copied by hand; where it is typed in, gaps do not count."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@register.simple_tag
def was_shut_out(request: HttpRequest) -> bool:
    """Whether somebody was signed in in this browser until their access ended."""
    return not request.user.is_authenticated and access_has_ended(request.session)


@register.simple_tag
def single_sign_on() -> Provider | None:
    """The force's own sign-in, where there is one."""
    return provider()
