"""Emoji as one reader sees them: sequences that stand for a single picture.

Only sequences that are recommended for general interchange (Unicode's emoji data, version 17)
count as one; an arbitrary chain of joined emoji is counted piece by piece.
"""

from __future__ import annotations

from typing import Final

import regex

_SKIN: Final = "[🏻-🏿]"
_ADULT: Final = f"[👨👩🧑]{_SKIN}?"
_JOIN: Final = "\u200d"
_VS: Final = "\ufe0f?"
_HEADING: Final = f"(?:{_JOIN}➡{_VS})?"
_GENDER: Final = f"{_JOIN}[♀♂]{_VS}"

_COUNTRIES: Final = (
    "A[CDEFGILMOQRSTUWXZ]|B[ABDEFGHIJLMNOQRSTVWYZ]|C[ACDFGHIKLMNOPQRUVWXYZ]|D[EGJKMOZ]"
    "|E[ACEGHRSTU]|F[IJKMOR]|G[ABDEFGHILMNPQRSTUWY]|H[KMNRTU]|I[CDELMNOQRST]|J[EMOP]"
    "|K[EGHIMNPRWYZ]|L[ABCIKRSTUVY]|M[ACDEFGHKLMNOPQRSTUVWXYZ]|N[ACEFGILOPRUZ]|OM"
    "|P[AEFGHKLMNRSTWY]|QA|R[EOSUW]|S[ABCDEGHIJKLMNORSTVXYZ]|T[ACDFGHJKLMNORTVWZ]|U[AGMNSYZ]"
    "|V[ACEGINU]|W[FS]|XK|Y[ET]|Z[AMW]"
)


def _in_flag_letters(pattern: str) -> str:
    return "".join(
        chr(ord("🇦") + ord(letter) - ord("A")) if letter.isascii() and letter.isalpha() else letter
        for letter in pattern
    )


def _in_tags(name: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in name)


_FLAGS: Final = (
    _in_flag_letters(_COUNTRIES),
    "🏴(?:" + "|".join(map(_in_tags, ("gbeng", "gbsct", "gbwls"))) + ")\U000e007f",
    f"🏴{_JOIN}☠{_VS}",
    f"🏳{_VS}{_JOIN}(?:🌈|⚧{_VS})",
)
_COUPLES: Final = (
    f"{_ADULT}{_JOIN}❤{_VS}{_JOIN}(?:💋{_JOIN})?{_ADULT}",
    f"{_ADULT}{_JOIN}[🤝🐰🫯]{_JOIN}{_ADULT}",
    f"🫱{_SKIN}?{_JOIN}🫲{_SKIN}?",
    f"👯{_SKIN}?{_GENDER}",
)
_FAMILIES: Final = (
    f"👨{_JOIN}(?:[👨👩]{_JOIN})?(?:👧{_JOIN}[👦👧]|👦(?:{_JOIN}👦)?|👧)",
    f"👩{_JOIN}(?:👩{_JOIN})?(?:👧{_JOIN}[👦👧]|👦(?:{_JOIN}👦)?|👧)",
    f"🧑{_JOIN}(?:🧑{_JOIN})?🧒(?:{_JOIN}🧒)?",
)
_PEOPLE: Final = (
    f"{_ADULT}{_JOIN}[🦯🦼🦽]{_HEADING}",
    f"{_ADULT}{_JOIN}(?:[⚕⚖✈]{_VS}|[🌾🍳🍼🎄🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦰-🦳🩰])",
    f"[🏃🚶🧎]{_SKIN}?(?:{_GENDER})?{_HEADING}",
    f"[🏋🏌🕵⛹](?:{_SKIN}|{_VS}){_GENDER}",
    f"[🏄🏊👮👰👱👳👷💁💂💆💇🙅-🙇🙋🙍🙎🚣🚴🚵🤦🤵🤷🤸🤹🤼🤽🤾🦸🦹🧍🧏🧔🧖-🧝]{_SKIN}?{_GENDER}",
    f"[👯🤼🧞🧟]{_GENDER}",
)
_JOINED: Final = (
    f"👁{_VS}{_JOIN}🗨{_VS}",
    f"😮{_JOIN}💨|😵{_JOIN}💫|😶{_JOIN}🌫{_VS}|🙂{_JOIN}[↔↕]{_VS}",
    f"❤{_VS}{_JOIN}[🔥🩹]|⛓{_VS}{_JOIN}💥",
    f"🐕{_JOIN}🦺|🐈{_JOIN}⬛|🐻{_JOIN}❄{_VS}|🐦{_JOIN}[⬛🔥]|🍋{_JOIN}🟩|🍄{_JOIN}🟫",
)
_SINGLES: Final = (
    "[#*0-9]\ufe0f?\u20e3",
    "[©®]\ufe0f",
    rf"\p{{Emoji_Modifier_Base}}{_SKIN}",
    rf"[\p{{Emoji}}--[#*0-9©®]]{_VS}",
)

EMOJI = regex.compile(
    "|".join((*_FLAGS, *_COUPLES, *_FAMILIES, *_PEOPLE, *_JOINED, *_SINGLES)), regex.V1
)
