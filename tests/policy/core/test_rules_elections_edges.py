"""Every word of politics that comms looks at before an election."""

from datetime import date

import pytest

from policy.core import Context, Election, Post, check
from tests.policy.core.packs import DEMONSTRATION

NEAR = Context(elections=(Election("Saltmere", date(2027, 5, 6)),))


def is_politics(text: str, context: Context = NEAR) -> bool:
    findings = check(Post(text), context, DEMONSTRATION).findings
    return "politics-in-election-period" in {finding.rule for finding in findings}


class TestPolitics:
    @pytest.mark.parametrize(
        "text",
        [
            "The independent party held a stall",
            "All political parties came",
            "Labour came by",
            "Conservatives came by",
            "A tory came by",
            "The tories came by",
            "Lib Dems came by",
            "Liberal Democrats came by",
            "Reform UK came by",
            "UKIP came by",
            "Plaid Cymru came by",
            "The SNP came by",
            "The DUP came by",
            "Sinn Féin came by",
            "Parish councillors came by",
            "A member of parliament came by",
            "The police commissioner came by",
            "We announced extra officers",
            "It is election night",
            "See you at the hustings",
            "Out on the campaign trail",
            "Canvassers knock on doors",
            "The referendum is near",
            "An exit poll is out",
        ],
    )
    def test_is_seen_before_an_election_only(self, text: str) -> None:
        assert is_politics(text)
        assert not is_politics(text, Context())

    @pytest.mark.parametrize(
        "text", ["Labour exploitation is a crime", "Our birthday party for the cadets"]
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not is_politics(text)
