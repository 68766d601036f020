"""How a view says who may see it. The resolver walk fails for a view that says nothing."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import View

from accounts.models import User
from accounts.sign_in.reauthentication import ask_first


class Request(HttpRequest):
    """A request of someone who is signed in."""

    user: User


@method_decorator(never_cache, name="dispatch")
class PermittedView(View):
    """A page that needs `permission`. Each view asks for its objects: not theirs is 404.

    403 without the permission as such: the page exists, but is not for this role.
    """

    permission: ClassVar[str]
    # Whether what is done here is dangerous: whoever has not signed in within
    # settings.REAUTHENTICATE_AFTER shows first who they are. `asks_again` may spare some presses.
    reauthenticates: ClassVar[bool] = False
    request: Request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.request.user.has_perm(self.permission):
            raise PermissionDenied
        if self.reauthenticates and self.asks_again() and (asked := ask_first(request)):
            return asked
        return super().dispatch(request, *args, **kwargs)

    def asks_again(self) -> bool:
        """Of a view that reauthenticates: whether this very request is the dangerous one."""
        return True
