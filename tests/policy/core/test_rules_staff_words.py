"""The families, cars, homes and habits of officers, each word in a sentence of its own."""

import pytest

from tests.policy.core.packs import found

RULE = "staff-security"
HOME = "This may tell where an officer lives."
FAMILY = "This says something about an officer's family."
CAR = "This may lead to an officer's own car."
HABIT = "This tells where an officer can be met off duty."


def told(text: str) -> set[str]:
    return {finding.message for finding in found(text, RULE)}


class TestAnOfficersHome:
    @pytest.mark.parametrize(
        "text",
        [
            "PC Sample lives in Foxhollow",
            "PC Sample is living in Foxhollow",
            "Sgt Sample resides in Foxhollow",
            "Sgt Sample has moved home to Foxhollow",
            "I live off Station Road",
            "We've always lived behind the mill",
            "I've moved house to Foxhollow",
            "My house is in Foxhollow",
            "My flat is near the mill",
            "My home is in Foxhollow",
            "My address is 7 Mill Road",
            "My front door is opposite the mill",
            "My garden is next to the mill",
            "Heading home to Foxhollow",
            "Officers' houses are no secret: the constable's flat is near here",
            "A constable's home is at the mill",
            "I live round the corner",
            "I live close to the mill",
        ],
    )
    def test_is_told(self, text: str) -> None:
        assert told(text) == {HOME}

    @pytest.mark.parametrize(
        "text",
        [
            "Do we live in a safe town?",
            "If we lived near a river we would look at the flood map",
            "PC Sample visited a house in Foxhollow",
            "Our station is at the mill",
            "We went home happy",
        ],
    )
    def test_is_not_told(self, text: str) -> None:
        assert not told(text)


class TestAnOfficersFamily:
    @pytest.mark.parametrize(
        "relative",
        [
            *("wife", "husband", "partner", "girlfriend", "boyfriend", "fiancé", "son", "daughter"),
            *("kids", "child", "boy", "girl", "baby", "twins", "mum", "dad", "mother", "father"),
            *("parents", "brother", "sister", "nan", "little brother", "eldest daughter"),
        ],
    )
    @pytest.mark.parametrize("owner", ["My", "PC Sample's", "Our sergeant's"])
    def test_is_told_of(self, owner: str, relative: str) -> None:
        assert told(f"{owner} {relative} works at the mill") == {FAMILY}
        assert not told(f"The {relative} works at the mill")

    @pytest.mark.parametrize(
        "text",
        [
            "My babies go to the mill nursery",
            "My son's school is the best",
            "My daughter is called Flora",
            "PC Sample and his brother Tom ran a race",
            "Sgt Sample is married to a baker",
        ],
    )
    def test_is_told_of_in_other_words(self, text: str) -> None:
        assert told(text) == {FAMILY}


class TestAnOfficersCar:
    @pytest.mark.parametrize(
        "car",
        [
            *("car", "motor", "motorbike", "vehicle", "Audi", "BMW", "Ford", "Fiesta", "Focus"),
            *("Golf", "Polo", "Corsa", "Astra", "Mini", "Kia", "Honda", "Toyota", "Nissan"),
            *("Volvo", "Skoda", "Tesla", "Mazda", "Fiat", "Peugeot", "Renault", "Mercedes"),
        ],
    )
    def test_is_told_of(self, car: str) -> None:
        assert told(f"PC Sample's {car} is behind the mill") == {CAR}
        assert told(f"PC Sample drives a {car}") == {CAR}
        assert not told(f"A {car} is behind the mill")
        assert not told(f"PC Sample drives a marked {car}")

    @pytest.mark.parametrize(
        "text",
        [
            "We have to leave our cars at the mill",
            "This is the place our officers park",
            "Our staff all park behind the mill",
            "Staff still park behind the mill",
            "The staff parking is round the back",
            "Our own cars are parked at the mill",
        ],
    )
    def test_is_told_of_in_other_words(self, text: str) -> None:
        assert told(text) == {CAR}


class TestAnOfficersHabit:
    @pytest.mark.parametrize(
        "habit",
        [
            "PC Sample runs along the canal every morning",
            "PC Sample jogs here every Tuesday",
            "PC Sample swims here every Tuesday",
            "PC Sample commutes by train every day",
            "PC Sample cycles to work on Fridays",
            "PC Sample drives home at 5",
            "PC Sample goes climbing every weekend",
            "PC Sample trains at the mill before work",
            "PC Sample works out in the barn every night",
            "PC Sample drinks at the Plough every night",
            "PC Sample walks his dog every evening",
            "PC Sample picks up his kids at 3",
            "PC Sample drops his kids at 9",
            "PC Sample collects her kids at 3",
            "PC Sample takes her dog to the mill every evening",
            "Each evening PC Sample swims in the lake",
            "Every morning at 7 I go to church",
            "You will find me in my local pub",
            "We met on my usual run",
            "I was seen on my daily walk",
            "The Barn is my local gym",
            "My gym is the Barn",
            "My pub is the Plough",
            "My church is at the mill",
            "My running route goes past the mill",
            "My way home takes me past the mill",
            "My commute takes an hour",
        ],
    )
    def test_is_told_of(self, habit: str) -> None:
        assert told(habit) == {HABIT}

    @pytest.mark.parametrize(
        "text",
        [
            "Every morning PC Sample walks to the school to see children safely across",
            "PC Sample runs a stall on Friday",
            "Each evening we patrol the canal",
            "My local station is open",
        ],
    )
    def test_is_not_told_of(self, text: str) -> None:
        assert not told(text)


class TestAnOfficersNumber:
    @pytest.mark.parametrize("whose", ["PC Sample's mobile is", "Call me on", "My number is"])
    def test_is_told_of(self, whose: str) -> None:
        assert found(f"{whose} 07700 900123", RULE)
        assert not found("Call the shop on 07700 900123", RULE)
