"""What stands before or after a name when a text tells about a person."""

from __future__ import annotations

from typing import Final

import regex

# A cue never looks farther than this to either side.
REACH: Final = 48

_FLAGS: Final = regex.IGNORECASE | regex.VERBOSE
# What ends where a name begins is read from there backwards: it costs a quarter of a search from
# the front. Only whether it matches may be asked, and no part of it may be possessive.
_BACKWARDS: Final = regex.REVERSE

_TITLES: Final = r"(?:mr|mrs|ms|miss|mx|master|dr)\.?\s"
_PEOPLE: Final = r"""
    victims?|(?:gentle|fisher|work|business)?m[ae]n|(?:business)?wom[ae]n|boys?|girls?|lads?|males?
    |females?|teen(?:ager)?s?|youths?|drivers?|motorists?|riders?|bikers?|motorcyclists?|cyclists?
    |pedestrians?|passengers?|pensioners?|fathers?|mothers?|dads?|mums?|mams?|sons?|daughters?
    |brothers?|sisters?|wife|husband|partner|boyfriend|girlfriend|fianc[eé]e?|uncle|aunt(?:ie)?
    |nephew|niece|cousin|grand(?:father|mother|son|daughter|dad|ma)|nan|friends?|neighbours?|baby
    |toddler|infant|child|pupils?|students?|school(?:boy|girl)|dealers?|burglars?|thugs?|thief|thieves
    |killers?|murderers?|rapists?|p(?:a)?edophiles?|offenders?|fugitives?|prisoners?|inmate
    |absconders?|suspects?|defendants?|robbers?|fraudsters?|conm[ae]n|stalkers?|abusers?|bullies
    |bully|predators?|arsonists?|attackers?|shoplifters?|criminals?|persons?|resident|owner
    |landlord|lorry\sdriver|boss|gangsters?|gunm[ae]n|knifem[ae]n|terrorists?|groomers?|perverts?
    |trafficker|smuggler|hooligan|vandal|yob|witness|hero|teacher|nurse|carer|doctor|coach"""
_NAMED: Final = r"""
    (?:named|identified|known|remembered|charged|arrest(?:ed|ing)?|jailed|convicted|sentenced
    |wanted|missing|find(?:ing)?|found|trac(?:e|ed|ing)|locat(?:e|ed|ing)|seen|spotted|recogni[sz]e
    |called|known\sas|remembered\sas|aka|a\.k\.a\.|nicked|detained|caught|remanded|seeking|summonsed|prosecuted|fined|bailed
    |sought|know|interview(?:ed)?|suspected|accused|imprisoned|locked\sup|banned|murdered|killed
    |stabbed|robbed|assaulted|attacked|raped|injured|hunting|tracking(?:\sdown)?|track\sdown
    |was|where(?:'s|\sis)|where|who\sis|about|for|like\sto\sname)"""
_SAYING_NAMED: Final = r"""
    (?:named|identified)(?:\s(?:him|her|them|the\s\w+))?(?:\s(?:by\s\w+\s)?as|\slocally\sas|:)?"""
_STRONG_NAMED: Final = r"""
    (?:charged|arrest(?:ed|ing)?|jailed|convicted|sentenced|wanted|missing|find(?:ing)?|trac(?:e|ed
    |ing)|locat(?:e|ed|ing)|seen|you\sspot|recogni[sz]e|aka|a\.k\.a\.?|nicked|detained|remanded|summonsed
    |prosecuted|imprisoned|locked\sup|murdered|killed|hunting|track(?:ing)?\sdown|know\swhere
    |where(?:'s|\sis)|like\sto\sname)"""
_OF: Final = r"""
    (?:murders?|deaths?|killings?|disappearance|famil(?:y|ies)|parents|relatives|friends|sentencing
    |whereabouts|arrest|conviction|memory|loss|body|shooting|stabbing|welfare|kidnap(?:ping)?
    |abduction|manslaughter|rape|assault|image|picture|photo|cctv|details|next\sof\skin|birth
    |safety|return|sightings?|sighting|trial|name|partner|wife|husband|mother|father|mum|dad|son
    |daughter|brother|sister)"""
_FOR: Final = r"""(?:search(?:es|ing)?|appeals?|appealing|tributes?|justice|looking|hunt(?:ing)?
    |concern(?:s|ed)?|worried|wanted|warrant|recall|inquest|fears?|vigil|funeral)"""
_AGE_IN_WORDS: Final = (
    r"(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"(?:-\w{3,5})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_AGE_BEFORE: Final = (
    rf"\b(?:\d{{1,2}}|{_AGE_IN_WORDS})\s?-?(?:year|yr)s?[- ]?old|\b\d{{1,2}}\s?(?:yo|y/o|yr)\b"
)

BEFORE: Final = regex.compile(
    rf"""(?:
        \b{_TITLES}
      | \b{_SAYING_NAMED}\s
      | \b{_STRONG_NAMED}[:,]?\s (?:(?:is|as|a|up)\s)?
      | \b(?:{_PEOPLE})(?:,|:|\sis|\swas|\scalled|\snamed)?\s
      | \b{_OF}\sof\s
      | \b{_FOR}\s(?:for|to|about|into|into\sthe)\s
      | (?:{_AGE_BEFORE})(?:\s\w+)?,?\s
      | \b(?:missing|wanted|found|jailed|charged|convicted|guilty|arrested|update|appeal|victim|name
         |suspect|misper)\s?[:\-|]\s
    )(?:[#]\w+\s)?$""",
    _FLAGS | _BACKWARDS,
)

_DONE: Final = r"""
    (?:(?:re-?)?arrest|nick|cuff|apprehend|charg|jail|sentenc|convict|imprison|remand|bail|detain|prosecut|fin|bann|find
    |kill|murder|stabb|shot|robb|assault|attack|attacking|hit|struck|identif|nam|trac|locat|rescu
    |disqualif|summons|recall|releas|caught|captur|tasered|accus|suspect|acquitt|cautioned|lock)
    (?:ed|ied|ned|d|t)?"""
_BEEN: Final = r"""(?:was|is|has|had|were|have|are|being|been|also|now|still|already|sadly|today
    |yesterday|just|tonight|later|safely|this\sweek|last\s\w+|on\s\w+)"""
AFTER: Final = regex.compile(
    rf"""(?:
        ,?\s?\(?\b(?:aged?\s)?\d{{1,2}}(?:\s?(?:yrs?|years|y/?o))?\)?(?=[,.;:)\s]|$)(?!\s?(?:am|pm|st\b|nd\b|rd\b|th\b|%|points
            |minutes|years?\s(?:in|of|ago)|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))
      | \sis\s(?:only\s|just\s)?\d{{1,2}}\b(?=[,.!]|\sand\b)
      | ,?\s(?:aged|who(?:'s|se|m)?|is\saged|aka|a\.k\.a|also\sknown|pictured|\(pictured)\b
      | (?:,|\s-|\sand\s\w+\s\w+)?(?:\s(?:from|of)\s\#?\w+(?:\s\w+)?,?)?(?:\s(?:who|which))?
        (?:,?\s{_BEEN}){{1,4}}\s
        (?:{_DONE}|found|missing|wanted|last\sseen|guilty|dead|seen|known\sto|in\scourt|in\scustody
          |in\sprison|behind\sbars|before|due|back\sin|serving|safe|subject|reported|spoken|believed|described
          |driving|drunk|over\sthe|a\swanted|missed|pronounced|taken|walking|cycling|travelling
          |staying|vulnerable|suffering|responsible|given|ordered|handed|held|sent)\b
      | ,?\s(?:got|gets|received|given|was\sgiven)\s(?:\w+\s){{0,2}}?
          (?:years?|months?|weeks?|life|bail|asbo|cbo|\d+)\b
      | ,?\s(?:jailed|sentenced|arrested|charged|convicted|remanded|wanted|missing|guilty|found
          |nicked|nabbed|detained|cautioned|summonsed|prosecuted|caught\s(?:with|by|on|after|in)
          |banned|fined|pleaded|pleads|appeared|appears|admitted|admits|denied|denies|died|dies|suffered
          |stabbed|killed|murdered|went\smissing|goes|handed\s(?:him|her|them)self|absconded|escaped
          |failed\sto|left\s(?:home|his|her|the)|attacked|assaulted|robbed|raped|stole|threatened
          |breached|fled|punched|used|carried\sout|targeted|sold|dealt|drove|groomed|lied|conned
          |imprisoned|locked\sup|recalled|may\s(?:be|have)|could\sbe|might\sbe|has\slinks|has\sties)\b
      | 's\s(?:famil(?:y|ies)|mum|mother|dad|father|parents|death|murder|body(?![ -]?(?:worn|cam))
          |killers?|brother|sister|loved\sones?|wife|husband|partner|son|daughter|car|home|house|disappearance
          |whereabouts|friends|funeral|inquest|sentence|trial|phone|bank|victim|attackers?|injuries|memory
          |welfare|safety|relatives|next\sof\skin|address|flat|vehicle|conviction|arrest)\b
      | \s?[|:\-]\s?(?:missing|wanted|found|jailed|charged|arrested|guilty|appeal)\b
    )""",
    _FLAGS,
)
TITLE_BEFORE: Final = regex.compile(rf"\b{_TITLES}$", regex.IGNORECASE | _BACKWARDS)
# Worth less: a person as well as many other things.
BEFORE_WEAK: Final = regex.compile(
    rf"""(?:\b(?:{_NAMED}|well\sdone|thank\syou|thanks|to|by|with|and|against|meet|met|when|after
        |congratulations|welcome|remember(?:ing)?|rip|love|miss)[,:]?\s|[|\-:]\s|&\s|^)$""",
    _FLAGS | _BACKWARDS,
)
AFTER_WEAK: Final = regex.compile(
    r"""(?:,?\s(?:of|from|was|is|has|had|said|says|told|and)\s|,\s(?:a|the|his|her)\s|\s-\s
        |'s\s(?:life|story|work|name|account|actions))""",
    _FLAGS,
)
COUPLED: Final = regex.compile(r"(\p{Lu}\p{L}++),? (?:and|&|&amp;) $")
# A place is said to be in, at or near somewhere; people hardly ever are.
PLACE_BEFORE: Final = regex.compile(
    r"\b(?:in|at|near|on|along|around|outside|between|towards?|off|via|into|the|area|our|your)"
    r"\s(?:the\s)?$",
    regex.IGNORECASE | _BACKWARDS,
)
INSTITUTION_BEFORE: Final = regex.compile(
    r"\b(?:[Oo]p(?:eration)?|OP(?:ERATION)?|[Pp]roject|[Pp]rogramme|[Ss]torm|HMP|HMS|RAF|[Aa]sk\sfor"
    r"|[Ll]ake|[Mm]ount|[Pp]ort|St\.?|Saint|Exercise|[Hh]urricane|[Cc]odename|[Tt]eam"
    r"|Seat|SEAT|Renault|Skoda|Vauxhall|Ford|Fiat|Nissan|Toyota|Honda|Kia|Hyundai|Suzuki|Mazda|Dacia"
    r"|Peugeot|Citro[eë]n|VW|Volkswagen|Mercedes|Mitsubishi|Subaru|Lexus|Volvo|Yamaha)\s[\"']?$",
    _BACKWARDS,
)
# After a name, or as the last word of what looks like one, these name no person.
_INSTITUTIONS: Final = """
    academy airport appeal arena arms avenue award awards bank bay beach borough bridge building
    campaign cathedral cemetery center centre charity church city clause close club college common
    community council court crescent cup day district dock docks drive estate farm fc field fields
    foundation fund gallery gardens garden gate green grove hall high hill hospice hospital hotel
    house infant infirmary inn inquiry institute island junior lane law legacy leisure library
    limited line lodge ltd market memorial mews museum park parade place pledge police primary
    protocol pub quay report retail review rise road row rovers rule scheme school secondary shield
    shopping solicitors sports square stadium station street terrace theatre tower town trophy trust
    united university walk ward way wharf wood woods works yard"""
INSTITUTIONS: Final = frozenset(_INSTITUTIONS.split())
INSTITUTION_AFTER: Final = regex.compile(
    rf"(?:'s)?\s(?-i:(?=\p{{Lu}}))(?:{'|'.join(sorted(INSTITUTIONS))})(?:'s)?\b(?!\s(?:has|was|is)\b)",
    regex.IGNORECASE,
)
