"""Who is meant by an @ and a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from approvals.mentions import Colleagues, UnclearMention

ASHA, CALLUM, PRIYA, ANIL, LEE, LEE_TWO = (
    User(pk=pk, full_name=name, email=email)
    for pk, (name, email) in enumerate(
        [
            ("PC Asha Tindall", "asha.tindall@force.example.org"),
            ("PCSO Callum O’Reeve-Smith", "callum@force.example.org"),
            ("Priya Nair", "priya.nair@force.example.org"),
            ("Anil Nair", "anil.nair@force.example.org"),
            ("Ann Lee", "ann.lee@force.example.org"),
            ("Ann Lee", "ann.lee2@force.example.org"),
        ],
        start=1,
    )
)
TEAM = Colleagues([ASHA, CALLUM, PRIYA, ANIL])


class TestAMention:
    @pytest.mark.parametrize(
        "text",
        [
            "@PC Asha Tindall",
            "@Asha Tindall can you look?",
            "Could @tindall look?",
            "@TINDALL's tweet",
            "(@Tindall)",
            "@Tindall.",
            "@Tindall, please",
            "Is it true,\n@Asha  Tindall?",
            "@asha.tindall@force.example.org knows",
            "@Asha",
        ],
    )
    def test_is_anything_that_only_one_is_called(self, text: str) -> None:
        assert TEAM.in_text(text) == [ASHA]

    @pytest.mark.parametrize(
        "text", ["@O'Reeve-Smith", "@Callum O’Reeve-Smith’s", "@o’reeve-smith-"]
    )
    def test_knows_apostrophes_and_hyphens(self, text: str) -> None:
        assert TEAM.in_text(text) == [CALLUM]

    @pytest.mark.parametrize(
        "text",
        ["", "nobody", "See you @ 6pm", "Mail tindall@force.example.org", "@", "@@", "a@Nair"],
    )
    def test_is_not_every_at_sign(self, text: str) -> None:
        assert TEAM.in_text(text) == []

    def test_counts_each_person_once_in_their_order(self) -> None:
        text = "@Priya Nair and @Tindall, then @Priya again"
        assert TEAM.in_text(text) == [PRIYA, ASHA]

    def test_takes_the_longest_name(self) -> None:
        short, longer = User(pk=7, full_name="Ann", email="a@x"), LEE
        assert Colleagues([short, longer]).in_text("@Ann Lee asked") == [longer]
        assert Colleagues([short, longer]).in_text("@Ann asked") == [short]

    @pytest.mark.parametrize(
        "name", ["Farrow", "Tindal", "O’Reeve", "Reeve-Smith", "OldermoorPolice"]
    )
    def test_of_nobody_is_refused_in_a_sentence(self, name: str) -> None:
        with pytest.raises(UnclearMention) as refusal:
            TEAM.in_text(f"Hello @{name}, are you there?")
        assert f"“{name}”" in str(refusal.value)
        assert str(refusal.value).startswith("Nobody who can see this draft")

    def test_of_several_names_them(self) -> None:
        with pytest.raises(UnclearMention) as refusal:
            TEAM.in_text("Ask @Nair")
        assert "“nair” can be Priya Nair or Anil Nair." in str(refusal.value)

    def test_of_two_of_one_name_asks_for_the_address(self) -> None:
        people = Colleagues([LEE, LEE_TWO])
        with pytest.raises(UnclearMention) as refusal:
            people.in_text("Ask @Ann Lee")
        assert "ann.lee@force.example.org or ann.lee2@force.example.org" in str(refusal.value)
        assert people.in_text("Ask @ann.lee2@force.example.org") == [LEE_TWO]

    def test_chosen_from_the_list_is_one_whole_name(self) -> None:
        assert TEAM.called("PC Asha Tindall") == TEAM.called(" @tindall ") == ASHA
        for name in ("Tindall and others", "@", "Nair"):
            with pytest.raises(UnclearMention):
                TEAM.called(name)


WORD = st.sampled_from(["Ann", "Bo", "Lee", "O'Dea", "Ray", "Sgt", "Zoë"])
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
AFTER = st.sampled_from([" ", "? ", ", and ", "\n", "'s tweet ", ". "])


class TestAnyMention:
    @given(names=st.lists(NAME, min_size=1, max_size=6, unique=True), data=st.data())
    def test_of_a_whole_name_means_that_person(self, names: list[str], data: st.DataObject) -> None:
        people = [
            User(pk=pk, full_name=name, email=f"p{pk}@x.example.org")
            for pk, name in enumerate(names, start=1)
        ]
        meant = data.draw(st.sampled_from(people))
        # What follows is no name, so that it cannot make a longer one.
        text = f"Well: @{meant.full_name}{data.draw(AFTER)}says 6."
        text = text if data.draw(st.booleans()) else text.upper()
        assert Colleagues(people).in_text(text) == [meant]

    @given(text=st.text(max_size=200))
    def test_is_found_or_refused_whatever_is_written(self, text: str) -> None:
        try:
            found = TEAM.in_text(text)
        except UnclearMention:
            assert "@" in text
        else:
            assert set(found) <= {ASHA, CALLUM, PRIYA, ANIL}
