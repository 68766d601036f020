"""What people do with their own record."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.services import confirm_mobile


class ConfirmMobile(PermittedView):
    permission = "accounts.confirm_mobile"

    def post(self, request: Request) -> HttpResponse:
        confirm_mobile(request.user, now=timezone.now())
        messages.success(request, "Thank you. Your number is confirmed for six months.")
        return redirect("insights:desk")
