"""Security markings, and the ordinary words that look like them."""

import pytest

from policy.core import override_rule
from tests.policy.core.packs import NEUTRAL, excerpts, found


class TestASecurityMarking:
    @pytest.mark.parametrize(
        "text",
        [
            "OFFICIAL-SENSITIVE",
            "OFFICIAL - SENSITIVE",
            "OFFICIAL–SENSITIVE op plan",
            "OFFICIAL: SENSITIVE plan",
            "Official-Sensitive plan",
            "official sensitive, do not share",
            "OFFICIAL_SENSITIVE",
            "officialsensitive",
            "0FFICIAL-SENS1TIVE",
            "OFFICIAL-SENS",
            "ＯＦＦＩＣＩＡＬ-ＳＥＮＳＩＴＩＶＥ",
            "OFFI\u0421IAL-SENSITIVE",
            "OFFICIAL\u00ad-SENSITIVE",
            "O F F I C I A L - S E N S I T I V E",
            "TOP SECRET: a raid",
            "T O P S E C R E T",
            "SECRET: a raid",
            "SECRET",
            "S\u200bECRET: a raid",
            "RESTRICTED - a raid on Friday",
            "**CONFIDENTIAL**",
            "CONFIDENTIAL briefing for staff",
            "SECRET op plan",
            "A raid on Friday [Restricted]",
            "A raid on Friday (CONFIDENTIAL)",
            "OFFICIAL\nA raid on Friday",
            "marked as RESTRICTED",
            "POLICE RESTRICTED",
            "RESTRICTED information",
            "PROTECT - PERSONAL",
            "GPMS: RESTRICTED",
            "Protective marking: none",
            "This is protectively marked",
            "UK EYES ONLY",
            "Police use only",
            "Not for onward transmission",
            "MG11 statement attached",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "protective-marking")

    @pytest.mark.parametrize(
        "text",
        [
            "Parking is restricted today",
            "RESTRICTED PARKING TODAY",
            "SPEED RESTRICTED TO 30MPH",
            "Access is RESTRICTED.",
            "Call Crimestoppers, it is confidential and anonymous",
            "CALL CRIMESTOPPERS - IT'S FREE AND CONFIDENTIAL",
            "CONFIDENTIAL reporting line",
            "CONFIDENTIAL hotline 0800 555 111",
            "The official opening is on Saturday",
            "OFFICIAL: new station opens on Monday",
            "A sensitive matter. Our official account",
            "Top secret recipe. SECRET SANTA APPEAL. Keep your PIN SECRET",
            "We protect. PROTECT - your home",
            "Not protectively marked",
            "Seized an MG4",
        ],
    )
    def test_is_no_ordinary_word(self, text: str) -> None:
        assert not found(text, "protective-marking")

    def test_is_pointed_at_once(self) -> None:
        text = "Read: GSC: OFFICIAL-SENSITIVE, then TOP SECRET"
        assert excerpts(text, "protective-marking") == ["GSC: OFFICIAL", "TOP SECRET"]

    def test_is_pointed_at_in_the_raw_text(self) -> None:
        assert excerpts("a OFFI\u200bCIAL–SENSITIVE b", "protective-marking") == [
            "OFFI\u200bCIAL–SENSITIVE"
        ]

    def test_may_be_the_forces_own(self) -> None:
        pack = override_rule(NEUTRAL, "protective-marking", markings=("(?i)marl silver",))
        assert excerpts("Marl Silver notes", "protective-marking", pack) == ["Marl Silver"]
