import pytest
from django.test import Client
from django.urls import get_resolver
import tests.test_security as S
from tests.test_architecture import routes
from tests.publishing.fixtures import ledger
from django.core.cache import cache
from django.db import transaction
from audit.models import Record
@pytest.mark.django_db
def test_gen(ledger):
    w=S.world()
    for name,_ in routes(get_resolver().url_patterns):
        for method in ("GET","POST","PUT","DELETE"):
            row=[]
            for who in S.PEOPLE:
                c=Client()
                cache.clear()
                with transaction.atomic():
                    S.visit(c,who,w)
                    b=Record.objects.count()
                    r=getattr(c,method.lower())(S.address(name,w), S.sent(name,w) if method=="POST" else {})
                    row.append(f"{r.status_code}{'*' if Record.objects.count()>b else ''}")
                    transaction.set_rollback(True)
            print(f"{name:38}{method:7}"+"".join(f"{x:5}" for x in row))
