"""States of health, and the words beside which a code is one."""

import pytest

from policy.core import Severity
from tests.policy.core.packs import excerpts, found


class TestHealth:
    @pytest.mark.parametrize(
        "illness",
        [
            *("dementia", "Alzheimer's", "schizophrenia", "autism", "epilepsy", "diabetes"),
            *("bipolar", "depression", "psychosis", "HIV", "cancer", "learning difficulties"),
            *("learning disabilities", "mental health", "ADHD", "Asperger's", "PTSD"),
        ],
    )
    def test_is_somebodys_own(self, illness: str) -> None:
        text = f"She suffers from {illness}"
        assert excerpts(text, "personal-identifiers") == [text]
        assert not found(f"Talk to us about {illness}", "personal-identifiers")
        assert not found(f"If someone suffers from {illness}", "personal-identifiers")

    @pytest.mark.parametrize(
        "state", ["autistic", "epileptic", "diabetic", "bipolar", "schizophrenic", "suicidal"]
    )
    def test_is_said_of_somebody(self, state: str) -> None:
        text = f"Ben is {state}"
        assert excerpts(text, "personal-identifiers") == [text]


class TestACode:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("API token: ab12cd34", "API token: ab12cd34"),
            ("Our access key is ab12cd34", "access key is ab12cd34"),
            ("Key safe 9876", "Key safe 9876"),
            ("Lock combo 4821", "Lock combo 4821"),
            ("The OTP is 482193", "OTP is 482193"),
            ("pssword: hunter2", "pssword: hunter2"),
            ("Sign in with saltmere and Bobby2020", "Sign in with saltmere and Bobby2020"),
            ("Credentials: saltmere / Bobby2020", "Credentials: saltmere / Bobby2020"),
            ("Use 'truncheon' as the password", "Use 'truncheon' as the password"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, "credential-disclosure") == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "The wifi is fast",
            "A sign of spring",
            "Your password is never safe if you share it",
            "Use 'truncheon' as the title",
            "The key is 12 characters",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "credential-disclosure")


class TestACard:
    def test_is_known_where_its_figures_stand_alone(self) -> None:
        number = "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"
        assert excerpts(f"His card is {number}", "personal-identifiers") == [number]


class TestAHome:
    def test_weighs_less_where_people_are_invited(self) -> None:
        (private,) = found("A man's home at ST16 3AA was searched", "personal-identifiers")
        (public,) = found(
            "The care home at ST16 3AA has an open day on Friday", "personal-identifiers"
        )
        assert (private.severity, public.severity) == (Severity.BLOCK, Severity.NEEDS_REASON)


class TestADateOfBirth:
    def test_is_found_after_one_that_is_none(self) -> None:
        for other in ("DOB 31/02/1990", "born 01/02/1700"):
            text = f"{other}, DOB 01/02/1990"
            assert excerpts(text, "personal-identifiers") == ["DOB 01/02/1990"]
