"""Ethnicity, nationality, religion or immigration status of somebody who is suspected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.types import Post, Severity

_FLAGS: Final = regex.IGNORECASE | regex.VERBOSE

_LANDS: Final = r"""(?:
    afghan|african|albanian|algerian|american|arab|asian|australian|bangladeshi|bengali|bosnian
    |brazilian|british|bulgarian|caribbean|chinese|colombian|congolese|croatian|czech|dutch|egyptian
    |english|eritrean|estonian|ethiopian|european|filipino|french|gambian|georgian|german|ghanaian
    |greek|hungarian|indian|iranian|iraqi|irish|israeli|italian|jamaican|japanese|kenyan|korean
    |kosovan|kurdish|latvian|lebanese|libyan|lithuanian|mediterranean|moldovan|moroccan|nepalese
    |nigerian|oriental|pakistani|palestinian|polish|portuguese|romanian|roma|russian|rwandan
    |scottish|senegalese|serbian|slovak(?:ian)?|somali(?:an)?|spanish|sri\slankan|sudanese|syrian
    |tamil|thai|tunisian|turkish|ugandan|ukrainian|vietnamese|welsh|yemeni|zimbabwean)"""
_FAITHS: Final = r"""(?:muslim|islamic|christian|jewish|sikh|hindu|catholic|protestant|buddhist)"""
_REGION: Final = r"(?:(?:north|south|east|west|central)(?:ern)?[- ]|middle[- ])"
_ETHNIC: Final = rf"""(?:
    (?:dark|light|fair|olive|brown|pale|black|tanned|white)[- ]skin(?:ned)?
    |black|white|(?:mixed|dual)[- ](?:race|heritage|ethnicity)|mixed[- ]raced|biracial|half[- ]caste
    |{_REGION}?{_LANDS}|middle[- ]eastern|caucasian|coloured|bame|afro[- ]caribbean
    |ic\s?[1-9]|hispanic|latino|gyps(?:y|ies)|travell?er|romany|{_FAITHS})"""
_STATUS: Final = r"""(?:
    (?:illegal|undocumented|failed|economic)\s(?:im)?migrants?|illegal\s(?:entrants?|aliens?|workers?)
    |illegals|asylum[- ]seekers?|(?:im)?migrants?|refugees?|foreign\s(?:nationals?|criminals?
    |offenders?|gangs?|drivers?)|overstayers?|foreigners?|immigration\sstatus
    |(?:in|entered|came\sto|living\sin)\s(?:the\s)?(?:uk|country|britain)\sillegally)"""
_PERSON: Final = r"""(?:
    (?:business|gun|knife|fisher|work|con|hit)?(?:wo)?m[ae]n|males?|females?|youths?|boys?|girls?
    |lads?|guys?|blokes?|teen(?:ager)?s?|adults?|suspects?|offenders?|drivers?|gangs?|nationals?
    |gang\smembers?|citizens?|burglars?|robbers?|thie(?:f|ves)|persons?|people|individuals?
    |criminals?|dealers?|attackers?|rapists?|groomers?|passengers?|cyclists?|fugitives?|murderers?
    |killers?|fraudsters?|origin|descent|appearance|heritage|background|ethnicity|accents?
    |nationality|speaking)"""
_LOOKS: Final = r"""(?:
    young|old|older|tall|short|slim|thin|stocky|bald|large|big|heavy|teenage|adult
    |elderly|middle[- ]aged|local|bearded|overweight|unknown|unidentified|masked|well[- ]built|drunk
    |hooded|shaven[- ]headed|bald[- ]headed|\d\S{0,8}|looking|or|and|in\s(?:his|her|their)\s\w+)"""
_BEING: Final = r"""(?:
    [,:]|\sis|\swas|\swere|\sare|\sbeing|\sdescribed|\sdescribes|\swho|\ss?he|\sas
    |\san?|\sof|\spossibly|\s(?:believed|thought)\sto\sbe|\seither|\sthey\sare)"""
_GROUP: Final = r"""(?-i:(?:Romanian|Pole|Albanian|Somali|Pakistani|Lithuanian|Nigerian|Afghan|Iraqi
    |Turk|Arab|Bulgarian|Jamaican|Vietnamese|Muslim|Jew|Sikh|Hindu|[Gg]yps(?:y|ie)|[Tt]raveller)s?)"""
_CAUGHT: Final = (
    r"(?:arrest|charg|jail|caught|detain|convict|sentenc|nick|stole|robb|attack|wanted)"
)
_ENDS: Final = (
    r"(?=[,.;!]|\s(?:and|with|aged|male|female|approx\w*|around|about|in\s(?:his|her))\b|$)"
)

_DESCRIBED = regex.compile(
    rf"""\b{_ETHNIC}(?:,?[\s/-](?:{_ETHNIC}|{_LOOKS})){{0,4}}[,\s-]\s?{_PERSON}\b
        (?!\s(?:dog|labrador|shirt|jacket|clothing))
      | \b{_PERSON}{_BEING}{{1,5}}\s{_ETHNIC}{_ENDS}
      | \b(?:(?:he|she|they)\s(?:is|are|was|were)|described(?:\sas)?)\s(?:(?:being|an?)\s){{0,2}}
        {_ETHNIC}{_ENDS}
      | \b(?:ethnicity|nationality):?\s(?:is\s)?\w+
      | \b{_STATUS}\b
      | \b{_GROUP}\s(?:(?:who|has|have|was|were|been)\s){{0,3}}{_CAUGHT}\w*
      | \b{_CAUGHT}\w*\s(?:an?|the|two|three|four)\s{_GROUP}\b
      | \b{_PERSON}\s(?:originally\s)?from\s(?:Romania|Poland|Albania|Somalia|Pakistan|Lithuania
        |Nigeria|Afghanistan|Iraq|Iran|Syria|Vietnam|Bulgaria|Eritrea|Sudan|Jamaica|Turkey|India
        |Bangladesh|Latvia|Ukraine|China|Moldova|Ghana|Ethiopia|Kosovo)\b""",
    _FLAGS,
)
# Without one of these no group is told of, and no pattern needs to run.
_HINTS: Final = Stems(
    *(
        "black",
        "white",
        "skin",
        "mixed",
        "dual",
        "biracial",
        "caste",
        "colour",
        "bame",
    ),
    *("hispanic", "latin", "gyps", "travel", "roma", "muslim", "islam", "christian", "jew", "sikh"),
    *("hindu", "catholic", "protestant", "buddhist", "illegal", "asylum", "migra", "refugee"),
    *("foreign", "overstay", "nationality", "ethnicity", "ic1", "ic2", "ic3", "ic4", "ic5", "ic6"),
    *("ic ", "asian", "african", "caribbean", "europe", "eastern", "polish", "pole", "albania"),
    *("somali", "brit", "irish", "scot", "welsh", "english", "chinese", "china", "turk", "arab"),
    *("kurd", "iraq", "iran", "syria", "afghan", "pakistan", "india", "bengal", "bangla", "tamil"),
    *("nigeria", "ghana", "kenya", "uganda", "gambia", "congo", "sudan", "eritrea", "ethiopia"),
    *("jamaica", "vietnam", "thai", "filipino", "japan", "korea", "orient", "russia", "ukrain"),
    *("lithuan", "latvia", "eston", "bulgar", "hungar", "czech", "slovak", "serb", "bosnia"),
    *("kosov", "croat", "greek", "ital", "span", "portug", "french", "german", "dutch", "brazil"),
    *("colomb", "americ", "australi", "israel", "palestin", "leban", "egypt", "libya", "alger"),
    *("tunis", "morocc", "yemen", "zimbab", "rwanda", "senegal", "nepal", "lanka", "moldov"),
    *("georgian", "mediterr"),
)
_SUSPECTED = regex.compile(
    r"""\b(?:suspect|offend|did\sit\b|legged|wanted|arrest|charged|jail|sentenc|convict|custody|robb|burgl|thie[fv]|theft
    |stol|steal|assault|attack|stabb|rap(?:e|ing|ist)|murder|indecent|expos|shoplift|fraud|drug|deal(?:er
    |ing)|knife|gun\b|gang|crim(?:e|inal)|(?:speak|talk)\sto|identify|recogni[sz]e|cctv|e-?fit|sought
    |descri(?:bed|ption)|trac(?:e|ing)|(?:ran|made|drove)\s(?:off|away)|fled|suspicious|loiter
    |approach|remand|court|detained|nicked|seized|uninsured|disqualified|drink[- ]driv|caught|hunt
    |look(?:ing)?\sfor|threaten|smash|damage|vandal|harass|abus|stop\s(?:and\s)?search|spat|groom)""",
    _FLAGS,
)
_MISSING = regex.compile(
    r"(?i)\b(?:missing|misper|last seen|concern(?:ed|s)? for|safe and well|welfare)\b"
)
_NO_SUSPECT = regex.compile(
    r"""\s?(?:who\s|has\s|have\s|had\s)?(?:was|were|been|is|are|being)\s(?:\w+ly\s)?(?:the\svictims?
      |assaulted|attacked|stabbed|robbed|raped|abused|approached|followed|injured|shot|killed
      |murdered|targeted|hit|struck|threatened|spat|harassed|racially|subjected)
    | \s?(?:communit|histor|lives|hate|festival|food|restaurant|police\sassociation|officers?
      |staff|network|women'?s|men'?s|leaders?|elders?|heritage\s(?:month|week)|new\syear)""",
    _FLAGS,
)
_VICTIM_AHEAD = regex.compile(
    r"""(?:\bvictims?(?:,|:|\sis|\swas|\sare|\s-)?(?:\s(?:an?|the|described|as|being))*\s
    |\b(?:attack|assault|murder|rape|stabbing|robbery|abuse|killing|death|shooting|hate\scrime
    |crimes?|racism|discrimination|offences?)\s(?:on|of|against|by|towards?)\s(?:an?|the|two|three|our)?\s?
    |\b(?:attacked|assaulted|stabbed|robbed|raped|abused|targeted|targeting|targets|threatened
    |harassed|murdered|killed|abusing|protect|support(?:ing|s)?|helping|help|joining|recruit)\s
    (?:an?|the|two|our|local)?\s?|\b(?:help|advice|support)\sfor\s)(?:[\w-]+\s){0,2}$""",
    _FLAGS,
)


_CRIME = regex.compile(
    r"(?i)\b(?:suspects?|wanted|arrest\w*|robb\w*|burgl\w*|assault\w*|attack\w*|offenders?|court)\b"
)


def descriptors_of_suspects(case: Case) -> Iterator[Span]:
    """Words that tell to what group somebody belongs, where the text is about a suspect."""
    text = case.reading.folded.text
    if not _HINTS.are_in(case.reading) or _SUSPECTED.search(text) is None:
        return
    if _MISSING.search(text) and not _CRIME.search(text):
        return
    for match in case.matches(_DESCRIBED):
        start, end = match.span()
        if _NO_SUSPECT.match(text[end : end + 40]) or _VICTIM_AHEAD.search(
            text[max(0, start - 60) : start]
        ):
            continue
        start, end = case.place(start, end)
        yield Span(
            start,
            end,
            f"“{match.group().strip()}” tells what group a suspect belongs to.",
            confidence=0.7,
        )


SUSPECT_DESCRIPTOR: Final = Rule(
    id="suspect-descriptor",
    title="What group a suspect belongs to",
    subject="People",
    severity=Severity.NEEDS_REASON,
    cites=authorities.DESCRIPTORS,
    advice="Leave it out, or send the appeal to comms: a description of a suspect goes out there.",
    find=descriptors_of_suspects,
    wrong=tweets(
        "Robbery in Brackenford: the suspect is a white man in his 30s, 6ft tall",
        "Two Eastern European men were seen acting suspiciously in Saltmere",
        "Do you know him? The offender is described as Asian, aged 20 to 25",
        "IC2 male wanted for burglary in Oldermoor",
        "Arrested: an illegal immigrant found hiding in a van",
        "A Romanian national was caught shoplifting in Kingsmarl",
    ),
    right=(
        *tweets(
            "A white van was stolen in Oldermoor. The thief wore a black jacket.",
            "We met members of the Polish community in Foxhollow to talk about hate crime",
            "A Muslim woman was assaulted on a bus in Saltmere. Hate crime hurts: report it.",
            "Black History Month: come and hear our officers' stories",
        ),
        Example(
            Post("Missing from Oldermoor: a woman in her 60s. She is white, 5ft 4, in a red coat."),
            note="A missing person is not a suspect.",
        ),
    ),
    answers=(
        "Comms has agreed to this description",
        "It does not describe a suspect",
        "The force has already published this description",
    ),
)
