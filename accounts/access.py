"""How a view says who may see it. The resolver walk fails for a view that says nothing."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from accounts.models import User


class Request(HttpRequest):
    """A request of someone who is signed in."""

    user: User


@method_decorator(never_cache, name="dispatch")
class PermittedView(View):
    """A page that needs `permission`. Each view asks for its objects: not theirs is 404.

    403 without the permission as such: the page exists, but is not for this role.
    """

    permission: ClassVar[str]
    request: Request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
