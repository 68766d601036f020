"""Every word for a vehicle beside which an older registration is one."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "personal-identifiers"


class TestAnOlderRegistration:
    @pytest.mark.parametrize(
        "vehicle",
        [
            *(
                "car",
                "van",
                "vehicle",
                "motorbike",
                "motorcycle",
                "moped",
                "scooter",
                "lorry",
                "HGV",
                "truck",
            ),
            *("pickup", "4x4", "trailer", "tractor", "quad", "taxi", "minibus", "convertible"),
            *("hatchback", "estate", "saloon", "Ford", "Fiesta", "Focus", "Transit", "Vauxhall"),
            *("Astra", "Corsa", "VW", "Volkswagen", "Golf", "Polo", "Audi", "BMW", "Mercedes"),
            *("Mini", "Fiat", "Renault", "Clio", "Peugeot", "Citroen", "Nissan", "Qashqai"),
            *("Toyota", "Honda", "Hyundai", "Kia", "Mazda", "Skoda", "Seat", "Volvo", "Jaguar"),
            *("Land Rover", "Range Rover", "Lexus", "Porsche", "Subaru", "Suzuki", "Tesla"),
            *("Cortina", "Escort", "Capri", "Dacia", "Alfa", "Jeep", "Insignia", "Zafira"),
            *("Passat", "Tiguan", "Octavia", "Fabia", "Micra", "Yaris", "Civic", "Yamaha"),
            *("Kawasaki", "Ducati", "Triumph", "Harley", "bike", "caravan", "Rover"),
        ],
    )
    def test_is_one_beside_a_vehicle(self, vehicle: str) -> None:
        assert excerpts(f"It is a blue {vehicle}, P123 ABC", RULE) == ["P123 ABC"]

    @pytest.mark.parametrize("deed", ["Driver", "Driven by", "Driving"])
    def test_is_one_where_somebody_drives(self, deed: str) -> None:
        assert excerpts(f"{deed} P123 ABC", RULE) == ["P123 ABC"]

    @pytest.mark.parametrize("called", ["Reg", "VRM", "VRN", "Index", "Plate", "Registration"])
    def test_is_one_where_it_is_called_one(self, called: str) -> None:
        assert excerpts(f"{called}: P123 ABC", RULE) == ["P123 ABC"]

    @pytest.mark.parametrize("thing", ["boat", "tent", "kite", "shed", "bench"])
    def test_is_none_beside_anything_else(self, thing: str) -> None:
        assert not found(f"It is a blue {thing}, P123 ABC", RULE)
