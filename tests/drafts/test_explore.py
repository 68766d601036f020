import pytest
from tests.factories import *
from django.utils import timezone
pytestmark = pytest.mark.django_db

def test_pages(client):
    s = scene()
    d = approved(s)
    assert d.state == "approved"
    o = s.person(); client.force_login(o)
    import re
    for url in ["/desk/","/write/","/drafts/",f"/drafts/{d.pk}/","/deliveries/","/rulebook/","/practice-timeline/","/incidents/"]:
        r = client.get(url); print(url, r.status_code, len(r.content))
    a = s.person(Role.COMMS_APPROVER); client.force_login(a)
    d2 = submitted(s)
    for url in ["/desk/","/write/","/drafts/",f"/drafts/{d.pk}/",f"/drafts/{d2.pk}/","/deliveries/","/rulebook/","/practice-timeline/","/incidents/","/review/",f"/review/{d2.pk}/"]:
        r = client.get(url); print(url, r.status_code, len(r.content))
        t = re.sub(r"\s+"," ",re.sub(r"<[^>]+>"," ",r.content.decode().split("<main")[1].split("</main")[0]))
        print("   ", t[:600])
