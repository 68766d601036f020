"""The views of the queue that somebody keeps for themselves."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.access import PermittedView, Request
from approvals.forms import QueueFilterForm, SaveViewForm
from approvals.services import TooManyViews, drop_view, save_view
from approvals.views.queue import Queue, queue_url


class SaveView(Queue):
    """Keeping what is chosen under a name, for oneself."""

    def get(self, request: Request) -> HttpResponse:
        return redirect(queue_url(request.GET.urlencode()))

    def post(self, request: Request) -> HttpResponse:
        form = SaveViewForm(request.POST)
        chosen = QueueFilterForm(request.GET).chosen
        if not form.is_valid():
            return self.show(save_form=form, status=422)
        if not chosen:
            form.add_error("name", "Choose some filters first, and apply them.")
            return self.show(save_form=form, status=422)
        try:
            save_view(request.user, name=form.cleaned_data["name"], query=chosen)
        except TooManyViews:
            form.add_error("name", "You keep twelve views already. Drop one of them first.")
            return self.show(save_form=form, status=422)
        messages.success(request, f"Kept as “{form.cleaned_data['name']}”.")
        return redirect(queue_url(chosen))


class DropView(PermittedView):
    """Dropping a view of one's own."""

    permission = "approvals.review"

    def post(self, request: Request, pk: int) -> HttpResponse:
        if not drop_view(request.user, pk):
            raise Http404
        messages.success(request, "The view is gone. Its drafts are still in the queue.")
        return redirect("approvals:queue")
