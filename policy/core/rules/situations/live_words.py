"""What tells that an incident goes on, and what does not."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules.phrases import Phrases, pattern

_INCIDENT: Final = (
    r"(?:(?:incident|collision|crash|rt[ac]|burglar|break in|robber|theft|stabbing|shooting|fight"
    r"|brawl|assault|disturbance|fire|blaze|explosion|protest|siege|stand ?off|domestic|emergenc"
    r"|alarm|intruder|pursuit|chase|suspect|firearm|gun|weapon|warrant|raid|bomb|device|shoplift"
    r"|youth|group|jumper|shout|job)\w*|disorder|reports? of|immediate|kni(?:fe(?! crime)|ves)"
    r"|concern for"
    r"|body|murder|gas leak|suspicious|stolen|shots|fail(?:ed|ing)? to stop|affray|grade (?:1|one)"
    r"|999 call|violen(?:t|ce)|m[ae]n|males?|wom[ae]n|females?|persons?|rooftop|hostage)"
)
_WE: Final = (
    r"(?:we|we're|i'm|police|officers?|cops|pcs?|pcsos?|patrols?|units?|crews?|colleagues?|teams?"
    r"|emergency services|responders|response|detectives|firearms)"
)
_NOW: Final = r"(?:(?:still|now|currently|all|both|just|already|also|here|back|busy) ){0,2}"
_ARE: Final = rf"(?:are|is|am|remain|we're|i'm|they're|currently|now|still) {_NOW}"
_OPENING: Final = r"(?:(?<=^|[.!?:|\n]|[.!?:|\n]\s)(?:now |just |currently |team |team's )?)"
_WE_ARE: Final = rf"(?:{_ARE}|{_OPENING})"
_CROWD: Final = (
    r"(?:protest\w*|demonstrat\w+|march|marchers|crowds?|rally|blockade|siege|stand ?off|disorder"
    r"|convoy|gathering|rave|roadblock|counter protest\w*)"
)
# What "dealing with" is about on an ordinary day.
_BUSINESS: Final = (
    r"(?:fewer|more|less|recent|calls?|demand|enquir\w+|volumes?|backlog|messages?|complaints?"
    r"|technical|issues?"
    r"|concerns?|asb|anti ?social|nuisance|parking|speeding|queries|emails?|paperwork|your)"
)
# "Officers dealing with a theft found drugs" is a tale.
_NOT_TOLD_AFTER: Final = (
    r"(?![^.!?\n]{0,80}\b(?:\w+ed|found|were|was|had|made|said|gave|last|yesterday)\b)"
)
LIVE: Final = Phrases(
    {
        "onscene": (r"#onscene",),
        "scene": (
            r"(?<!\b(?:was|were|been|arrived?|arriving|first|got|had|turned up)\s(?:\w+\s)?)"
            r"on scene(?! (?:of crime|investigat|command|within|yesterday|last))",
            rf"{_ARE}(?:at|on) (?:the|this) scene",
            r"(?:police|officers|units|crews|emergency services|colleagues|cops)"
            r" (?:at|on) (?:the )?scene"
            r"(?! (?:\w+ly )?(?:\w+ed|found|saw|said|were|was|had|that|who|when|told|took|gave)\b)",
            r"scene guard",
            r"scene (?:is|remains?|still) (?:\w+ )?(?:cordoned|in place|sealed|guarded|held)",
        ),
        "route": (
            r"(?<!\b(?:was|were|been|while|whilst|when|somewhere)\s(?:\w+\s)?)(?:en route|enroute)"
            r"(?! (?:to|for|back) (?:\w+ ){0,2}?(?:custody|cells|hospital|court|prison|school|work"
            r"|home|station|meet|visit|football|event|surgery|fair|fete|meeting|training|talk|retirement|pension|recovery"
            r"|success|glory|the (?:pub|beach))\b)",
        ),
        "there": (
            r"(?:officers|police|units|crews|we|we're|they|they're)(?: are)?(?: still| now)? there"
            r"(?: now|(?= and| looking|[.,!]))",
            r"there(?:'s| is| are| has been) (?:an?|another|some)? ?(?:\w+ ){0,2}?(?:stand ?off"
            r"|siege|fight"
            r"|disturbance|fire|disorder|robbery|brawl|shooting|stabbing|explosion|incident)"
            r" (?:at|in|on|outside|near|going|happening|under ?way|unfolding)"
            r"(?! (?:mon|tues|wednes|thurs|fri|satur|sun)day| (?:19|20)\d\d)",
        ),
        "we have": (
            r"we have (?:got )?(?:an?|another) (?:\w+ ){0,2}?(?:stand ?off|siege|fight"
            r"|disturbance|fire"
            r"|pursuit|shooting|stabbing|incident) (?:at|in|on|outside|near|going|happening)",
        ),
        "officers are": (
            rf"officers are {_NOW}(?:at|in|on|outside)(?! patrol)[^.!?\n]{{1,50}}? (?:following"
            rf"|after|due to"
            rf"|because of|responding to) (?:an?|the|reports? of an?"
            rf"|reports?) (?:\w+ ){{0,3}}?{_INCIDENT}",
        ),
        "police are": (
            rf"police are {_NOW}(?:at|in|on|outside)(?! patrol)[^.!?\n]{{1,50}}? (?:following"
            rf"|after|due to"
            rf"|because of|responding to) (?:an?|the|reports? of an?"
            rf"|reports?) (?:\w+ ){{0,3}}?{_INCIDENT}",
        ),
        "services are": (
            rf"emergency services are {_NOW}(?:at|in|on|outside) (?:\w+ ){{0,3}}?{_INCIDENT}",
        ),
        "running": (rf"{_WE_ARE}running to (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "way": (
            rf"{_WE}(?: (?:are|is|am|have))? {_NOW}(?:on|making) (?:our|my|their) way"
            r"(?! (?:to|from|back|home|for) (?:\w+ ){0,3}?(?:custody|cells|hospital|court|prison"
            r"|school|work|home|meet|visit|football|event|surgery|fair|fete|meeting|training|talk"
            r"|making|becoming|duty|station)\b)(?! home)",
            rf"(?:on|making) (?:our|my) way to (?:\w+ ){{0,4}}?{_INCIDENT}",
        ),
        "heading": (
            rf"{_WE_ARE}heading (?:over |out )?(?:to|towards) (?:\w+ ){{0,4}}?{_INCIDENT}",
        ),
        "rushing": (rf"{_WE_ARE}rushing to (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "racing": (rf"{_WE_ARE}racing to (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "off to": (rf"{_WE_ARE}off to (?:an?|another|reports of) (?:\w+ ){{0,2}}?{_INCIDENT}",),
        "blues": (
            r"(?:going|running|driving) (?:on )?blues(?: and twos)? to",
            r"blues (?:and|n|&) twos (?:on|to|all the way)(?=[,.!\s])(?! (?:the|only|are|when))",
        ),
        "shots": (
            r"shots (?:being )?(?:heard|fired)(?: \w+){1,4} way\b",
            r"(?:reports? of|just heard) shots (?:fired|heard)"
            r"(?![^.!?\n]{0,80}\b(?:yesterday|last|on \w+day)\b)",
        ),
        "blue": (
            r"(?:on|under) blue lights? (?:to|heading)",
            r"blue light (?:run|drive"
            r"|response) to",
        ),
        "respond": (
            rf"(?:police|officers|emergency services|crews|units) (?:currently )?responding to"
            rf" (?:[\w']+ ){{0,4}}?{_INCIDENT}{_NOT_TOLD_AFTER}",
            rf"{_WE_ARE}responding to (?:\w+ ){{0,4}}?{_INCIDENT}(?![^.!?\n]{{0,90}}\bsaid\b)",
        ),
        "dealing|busy with": (
            rf"{_WE_ARE}(?:dealing|busy) with (?!(?:[\w']+ ){{0,3}}?{_BUSINESS}\b)"
            rf"(?:[\w']+ ){{0,4}}?{_INCIDENT}",
            r"currently dealing with (?:an?|another|multiple|several|two|three|the)"
            rf"(?! (?:\w+ ){{0,3}}?{_BUSINESS})",
            rf"(?:police|officers|emergency services|crews|units) dealing with (?:an?|another|the)"
            rf" (?:[\w']+ ){{0,3}}?{_INCIDENT}{_NOT_TOLD_AFTER}",
        ),
        "attend": (
            rf"(?:police|officers|emergency services|crews"
            rf"|units) (?:currently )?attending (?:an?|the)"
            rf" (?:[\w']+ ){{0,4}}?{_INCIDENT}{_NOT_TOLD_AFTER}",
            rf"{_OPENING}in attendance at",
            rf"{_WE_ARE}attending (?!(?:\w+ ){{0,3}}?(?:meeting|surgery|event|course|training))"
            rf"(?:\w+ ){{0,4}}?{_INCIDENT}",
            r"(?:are|remain|currently|now|still) (?:\w+ )?in attendance",
        ),
        "called": (
            r"(?:just|literally) (?:been )?called (?:out )?(?:to|out)(?! (?:say|thank|ask|see))",
            rf"(?:are|we're) being called (?:out )?to (?:\w+ ){{0,4}}?{_INCIDENT}",
            rf"(?:we've|have|has) (?:just "
            rf"|now )?been called (?:out )?to (?:\w+ ){{0,5}}?{_INCIDENT}",
        ),
        "just": (
            r"just (?:arrived|pulled up|got|turned up|landed) (?:at|to|on|in)"
            rf" (?:\w+ ){{0,4}}?(?!suspect|stolen|job){_INCIDENT}",
            r"just (?:had|received|got|taken) (?:an?|another) (?:\w+ ){0,2}?(?:call|report)s?"
            rf" (?:of|to|about) (?:\w+ ){{0,4}}?{_INCIDENT}",
        ),
        "currently": (
            r"currently (?:at|on|in|outside|near|searching|chasing|containing|hunting|holding"
            r"|surrounding|detaining|hiding|tracking|stood|sat|standing)"
            r"(?! (?:\w+ )?(?:custody|hospital|prison|bail|remand|cells|court|police))"
            rf" (?:\w+ ){{0,5}}?{_INCIDENT}",
        ),
        "as we speak": (rf"{_INCIDENT}[^.!?\n]{{0,80}}\bas we speak",),
        "right now": (
            rf"{_INCIDENT}[^.!?\n]{{0,60}}\bright now",
            rf"right now[^.!?\n]{{0,60}}\b{_INCIDENT}",
        ),
        "happening now": (rf"{_INCIDENT}[^.!?\n]{{0,60}}\bhappening now",),
        "going": (
            r"(?:ongoing|on going) (?:\w+ )?(?:incident|situation|siege|stand ?off|emergency"
            r"|pursuit|search|disorder|deployment|firearms|fire|disturbance)\w*",
            r"(?:incident|situation|siege|stand ?off|pursuit|disorder|search|chase|evacuation"
            r"|fight|fire|disturbance|raid|warrant)s?(?: (?:at|in|on|near) [^.!?\n]{2,40}?)?"
            r" (?:(?:is|are|remains?|still|currently) )*(?:ongoing|on going|going on)",
        ),
        "progress": (
            r"(?:burglary|break in|robbery|theft|fight|assault|pursuit|incident|raid|warrant"
            r"|siege|search|evacuation)s? (?:(?:is|are|still|now) )*in progress",
        ),
        "obs": (
            r"on obs",
            r"obs (?:(?:is|are|still|now|currently) ){0,2}(?:going on|under ?way|running|in place)",
        ),
        "plain clothes": (
            r"plain clothes (?:officers|cops|team) (?:are|out|in|on|around)",
            r"plain clothes (?:obs|ops?|operation|patrols?) (?:(?:is|are|still|now) ){0,2}"
            r"(?:going on|under ?way|running|right now|out|about)",
        ),
        "still": (
            rf"{_WE}(?: are)? still (?:at|in|on|outside) (?:the|an?) (?:\w+ )?(?:address|scene"
            rf"|property"
            r"|house|flat|location|area|road|street|park|river)",
            r"(?:suspects?|offenders?|gunm[ae]n|burglars?|intruders?) (?:is|are) still (?:inside"
            r"|in the"
            r"|outside|on the|there|armed|running)",
        ),
        "while": (
            r"while (?:we|officers|police|crews|emergency services|they) (?:\w+ )?deal with"
            rf" (?:\w+ ){{0,3}}?{_INCIDENT}",
        ),
        "down": (r"talk(?:ing)? (?:an?|the|him|her|this) (?:\w+ )?down",),
        "at a": (
            rf"{_OPENING}(?:still |now )?at (?:an?|another) (?:\w+ ){{0,2}}?(?:burglary|robbery"
            rf"|crash"
            r"|collision|rt[ac]|fight|stabbing|shooting|disturbance|domestic|sudden death|fire"
            rf"|siege){_NOT_TOLD_AFTER}",
        ),
        "happeningnow": (r"#happeningnow",),
        "raiding": (r"(?:officers|police|we're|are) (?:now |currently )?raiding",),
        "way to": (rf"{_WE}(?: are)? {_NOW}on the way to (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "continu": (rf"continu(?:e|es|ing) to deal with (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "tackling": (r"tackling (?:an?|the) (?:\w+ )?(?:blaze|fire)",),
        "increased police": (
            r"increased police presence[^.!?\n]{0,60} (?:following|after|due to"
            r"|because of) (?:an?|the)",
        ),
        "people are": (
            r"people are (?:now |currently |still )*(?:blocking|obstructing|occupying|gathered"
            r"|gathering)",
        ),
        "avoid ": (
            r"avoid (?:[\w'-]+ ){1,3}?(?:town|city) centre",
            r"avoid (?:[\w'-]+ ){1,5}?(?:due to|because of) (?:an?|the|ongoing) (?:\w+ ){0,2}?"
            rf"(?:{_INCIDENT}|gathering)",
            r"avoid (?:[\w'-]+ ){1,5}?(?:as|while) (?:emergency|officers|police|we|crews)",
        ),
        "at the address": (rf"{_WE} (?:are )?{_NOW}at the address",),
        "at an address": (rf"{_WE} (?:are )?{_NOW}at an address",),
        "taking place": (r"police (?:operation|incident) (?:is |currently )*taking place",),
        "scene in place": (r"scene in place",),
        "sealed off": (r"(?<!\b(?:was|were|had been)\s)sealed off",),
        "remain": (
            rf"(?:{_WE}|armed \w+|{_CROWD}|group|people) (?:\w+ and )?(?:will )?(?:still )?remains?"
            r" (?:(?:by|at|in|on|outside|near|inside|around) (?:the|this|an?|[a-z]+)|there"
            r"|on scene)",
        ),
        "surrounded": (r"(?:have|we've|got) (?:\w+ )?(?:surrounded|the place surrounded)",),
        "barricaded": (r"(?:has|have) barricaded",),
        "situation": (r"(?:fast moving|fluid|dynamic|evolving|rapidly \w+) situation",),
        "leave the area": (r"leave the area (?:immediately|now|at once|as soon)",),
        "windows": (
            r"(?:fire|smoke|blaze|leak|chemical)[^?]{0,120}\b(?:keep|close"
            r"|shut)(?:ing)? (?:\w+ ){0,4}?"
            r"windows(?: and doors)?",
        ),
        "on route": (rf"on route to (?:\w+ ){{0,4}}?{_INCIDENT}",),
        "heading there": (rf"{_WE}(?: are)? {_NOW}heading there",),
        "blue light": (r"blue lighting (?:it )?to",),
        "been ": (
            r"just been (?:sent|deployed|dispatched|tasked|diverted|redirected) to"
            rf" (?:\w+ ){{0,4}}?{_INCIDENT}",
        ),
        "number": (
            r"(?:large|high|huge) numbers? of (?:officers|police|emergency|cops|patrols)(?: \w+)?"
            r" (?:in|at|on|around|outside|near)(?! (?:training|the force))",
        ),
        "fail": (
            r"failed to stop (?:for (?:us|officers|police) )?and is now",
            r"(?:has"
            r"|have) just failed to stop",
        ),
        "about to": (
            r"about to (?:raid|execute|hit|storm|go through|go in|put (?:a|the) door|search"
            r"|arrest|enter|make (?:an? )?(?:arrest|raid))",
        ),
        "door": (r"doors? (?:is |are )?(?:going in|about to go in|going through)",),
        "raid|warrant": (
            r"(?:raids?|warrants?) (?:planned |set )?(?:for )?(?:tomorrow|later (?:today"
            r"|tonight)|tonight at|at dawn)",
        ),
        "negotiators": (r"negotiators (?:talking|speaking|working|there|engaging)",),
        "marching": (rf"{_CROWD} (?:is |are )(?:now |currently |still )*marching",),
        "gathering": (
            r"(?:crowds?|protesters|protestors|demonstrators) (?:is |are )(?:now "
            r"|currently |still )*gathering",
        ),
        "block": (rf"{_CROWD} (?:is |are |have )(?:now |currently |still )*block(?:ing|ed)",),
        "under": (
            r"(?:siege|stand ?off|pursuit|search|evacuation|rescue"
            r"|manhunt)(?: \w+){0,4}? under ?way",
        ),
        "unfolding": (
            r"(?:incident|situation)(?: \w+){0,4}? unfolding|unfolding (?:incident|situation)",
        ),
        "live ": (r"live (?:incident|situation|firearms incident|job|pursuit)(?! training)",),
        "avoid": (
            r"avoid(?:ing)? (?:(?:the|this|that|our|all of the) (?:[\w']+ ){0,2}?(?:area|vicinity"
            r"|location|scene|street|town centre|city centre|estate|building|park))",
        ),
        "away from": (
            r"(?:stay|keep|staying|keeping) (?:well )?away from (?:the|this|that) (?:\w+ ){0,2}?"
            r"(?:area|vicinity|location|scene|street|town centre|city centre|estate|building|park)",
        ),
        "clear of": (
            r"(?:stay|keep|steer|staying|keeping|steering) (?:well )?clear of (?:the|this|that)"
            r" (?:\w+ ){0,2}?(?:area|vicinity|location|scene|street|town centre|estate|building)",
        ),
        "cordon": (
            r"cordons? (?!was|were|had|which|that|will)(?:\w+ ){0,3}?(?:in place|in force|up|set up"
            r"|remain\w*"
            r"|being)",
            r"(?<!\b(?:was|were|had been)\s)cordoned off",
            r"(?:behind|outside|large|big|have a|put (?:in )?a) (?:the |police )?cordon",
        ),
        "presence": (
            r"(?<!\bwill\s(?:\w+\s){0,3}|\bexpect\s(?:to\ssee\s)?(?:a\s)?)"
            r"(?:large|heavy|heavier|significant|big|huge|considerable|substantial)"
            r" (?:police|armed|emergency services?) presence",
        ),
        "activity": (r"(?:police|emergency services?) activity (?:in|at|on|around|near|outside)",),
        "lots of": (r"lots of (?:police|officers|emergency) (?:\w+ )?(?:in|at|on|around|outside)",),
        "helicopter": (
            r"helicopter (?:\w+ )?(?:is|currently|now) (?:\w+ ){0,2}?(?:up|overhead|out|searching"
            r"|assisting|helping|looking|in the air|above|over|circling|deployed|supporting)",
            r"helicopter (?:up|overhead|circling)",
            r"(?:can|may|might|will) (?:\w+ ){0,2}?(?:hear|see) the (?:police )?helicopter",
        ),
        "npas": (r"npas (?:\w+ )?(?:is|are|up|overhead|currently)",),
        "moved": (rf"{_CROWD} ha(?:s|ve) (?:now )?moved (?:in|on|to|towards|from|up|down|off)\w*",),
        "moving": (rf"{_CROWD} (?:is|are) (?:now |currently )?moving",),
        "engag": (
            rf"(?:continu\w+ to engage|(?:are|is|continue) (?:\w+ )?engaging) with (?:those|the"
            rf" (?:\w+ )?{_CROWD})",
        ),
        "negotiat": (rf"{_ARE}negotiating with", r"negotiators? (?:is|are)"),
        "pursu": (rf"{_WE_ARE}(?:in (?:a |hot |active )?pursuit|pursuing)",),
        "chasing": (rf"{_WE_ARE}chasing (?:an?|the|two|three|after) (?:\w+ ){{0,3}}?{_INCIDENT}",),
        "looking for": (
            rf"{_WE} (?:are |is )?{_NOW}(?:in|around|out in|at) [^.!?\n]{{1,40}}? looking for"
            r" (?:an?|the|two|three|four|several) (?:\w+ ){0,3}?(?:suspects?|offenders?|m[ae]n"
            r"|males?"
            r"|youths?|burglars?|thie(?:f|ves)|driver|females?)",
        ),
        "searching": (
            rf"{_WE_ARE}searching (?:the (?:\w+ )?(?:area|woods?|fields?|gardens?|river|lake|canal"
            r"|estate|streets?|building)|for (?:\w+ ){0,3}?(?:suspects?|offenders?|gunm[ae]n"
            r"|intruders?|burglars?|driver))",
        ),
        "warrant": (
            rf"{_WE_ARE}(?:executing|carrying out|conducting|doing|at) (?:\w+ ){{0,4}}?warrants?"
            r"(?! (?:every|each|regularly|all the time))",
        ),
        "evacuat": (
            r"(?:is|are|being|has been|have been) (?:being )?evacuated|(?:are|is|currently)"
            r" evacuating",
        ),
        "murder": (
            r"(?:launched|opened|begun|started) (?:an? )?(?:\w+ )?murder (?:investigation|inquiry"
            r"|enquiry)",
            r"murder (?:investigation|inquiry|enquiry) (?:(?:has|been|is|now) )*(?:launched"
            r"|under ?way|opened|begun|started)",
        ),
        "armed ": (
            r"armed (?:police|officers|response)(?: units?| vehicles?| officers)? (?:are|is|on|at"
            r"|have been deployed|in attendance|now|currently|surround\w*|outside)",
        ),
        "indoors": (rf"{_INCIDENT}[^!?]{{0,120}}\b(?:stay|remain|keep) indoors",),
        "inside": (rf"{_INCIDENT}[^!?]{{0,120}}\b(?:stay|remain|keep) inside",),
        "incident": (
            r"(?:due to|because of|following|after) (?:an? )?(?:ongoing |serious |major |police )*"
            r"police incident",
            r"major incident (?:has been |is )?(?:declared|under ?way)",
        ),
        "breaking": (
            rf"(?:#breaking(?: ?news)?|{_OPENING}breaking(?: news)?(?= ?[:|!-]))"
            rf"[^#]{{0,40}}?\b{_INCIDENT}",
        ),
    }
)
# Incidents that are over may be told.
OVER: Final = Phrases(
    {
        "clear": (r"(?:all|now|is) (?:now )?clear(?:ed)?",),
        "resolved": (r"resolved",),
        "open": (r"re ?opened|open again|(?:now|back|fully) (?:fully )?open(?:ed)?",),
        "stood down": (r"stood down",),
        "concluded": (r"concluded",),
        "ended|finished": (r"(?:has|have|now) (?:now )?(?:ended|finished)",),
        "over": (r"(?:is|are|was|now) (?:now |all )?over(?=[.!,\s]*(?:[.!,\n]|$|and\b|thank))",),
        "lifted|removed": (r"lifted|removed",),
        "false alarm": (r"false alarm",),
    }
)
ROADS: Final = pattern(
    r"closed|closures?|(?:both|all|one|two|three) lanes?|lane (?:closed|one|two|three|\d)|traffic"
    r"|diversions?|[am]\d{1,4}|motorway|carriageway|alternative routes?|delays|motorists"
)
MORE_THAN_ROADS: Final = pattern(
    r"(?:stab|shot|shoot|gun|firearm|murder|burglar|robber|siege|protest|disorder|armed"
    r"|warrant|suspect|violen|bomb|threat|explo)\w*|kni(?:fe|ves)|en route|stand ?off"
)
# Somebody of ours is somewhere, or does something that is done at incidents ...
AT_WORK: Final = pattern(
    rf"(?:we're|i'm|they're|{_WE} (?:are|is|am)|armed \w+ are|(?:team|dogs?|unit|disposal|squad)"
    rf" (?:is|are)) {_NOW}(?:at|in|on|outside|near|there|attending|responding|working on|entering"
    rf"|dealing(?! with (?:\w+ ){{0,3}}?{_BUSINESS})|assisting|searching|chasing|pursuing|tracking"
    r"|following(?! up)|containing|surrounding|holding|guarding|heading|rushing|on (?:our"
    r"|their) way"
    r"|engaging|trying to|hunting|detaining|arresting|storming|working to (?:bring|resolve|contain"
    r"|move|stop|clear|end|keep)|(?:supporting|helping|with) (?:our |the )?(?:colleagues|fire"
    r"|ambulance|firefighters|paramedics)|speaking to an? (?:man|woman|male|female))",
    r"(?:currently|at the moment|right now|at this time|as i type)(?: looking for| following| with"
    r"| chasing| searching| on| at)?",
)
# ... where something is that goes on, in a sentence about nothing else.
GRAVE: Final = pattern(
    r"(?:stabb|shoot|robber|burglar|disturbance|disorder|barricad|intruder|explosion|suspect"
    r"|hostage|machete|firearm|protest|demonstrator|blockade|pursuit|brawl|collision|crash"
    r"|incident)\w*|fires?(?! (?:service|safety|crews?|station|fighters?))|fights?|siege"
    r"|kni(?:fe(?! crime)|ves)|(?<!speed )guns?|gunm[ae]n|shots|bombs?|on (?:the |a )?roof"
    r"|warrants?|raids?|cannabis (?:grow|farm|factory)|stolen (?:car|van|vehicle|motorbike"
    r"|bike)|rt[ac]s?|crowds?|fail(?:ed|ing) to stop|armed|ran from|run from|made off"
    r"|bail(?:ed)? out|stand ?off|large group|(?:three|two|four|several) (?:males|lads|youths)"
    r"|shot"
)
# None of `GRAVE` can be said without one of these.
GRAVE_STEMS: Final = Stems(
    *("stabb", "shoot", "robber", "burglar", "disturb", "disorder", "barricad", "intrud"),
    *("explosion", "suspect", "hostage", "machete", "firearm", "protest", "demonstrat", "blockade"),
    *("pursuit", "brawl", "collision", "crash", "incident", "fire", "fight", "siege", "kni", "gun"),
    *("shot", "bomb", "roof", "warrant", "raid", "cannabis", "stolen", "rta", "rtc", "crowd"),
    *("fail", "armed", "ran", "run", "made", "bail", "stand", "large", "males", "lads", "youths"),
)
TALK: Final = regex.compile(
    r"\b(?:bonfire|fireworks?|investigat\w+|appeal\w*|ask(?:ing)?|witness\w*|custody|hospital"
    r"|bail|remand\w*"
    r"|interview\w*|question\w*|review\w*|court|patrol\w*|advice|prevent\w*|reassur\w*"
    r"|leaflet\w*|training|trained|school\w*|surgery|recent|recently|tackl\w*|reduc\w*"
    r"|campaign|recruit\w*|volunteer\w*|survey|yesterday|last (?:night|week|month|year)"
    r"|tomorrow|will be|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|at the weekend"
    r"|talking (?:about|to)|event|stall|market|open day|enquir\w+|inquir\w+|charged|jailed"
    r"|sentenced|convicted|arrested|seized|determined|committed|aware of|help(?:ing)? us"
    r"|operation \w+|op [a-z]+|awareness|speaking about|visit\w*|meeting|information"
    r"|following (?:a|the) (?:spate|number|rise|series|recent)|reports of (?:anti|asb)"
    r"|thank\w*|sorry|award\w*|day of action|delays|queues?|slow|social media|twitter|facebook"
    r"|at war|at risk|exercise|demonstration of|drill|if you|we're looking for (?:people|new)"
    r"|(?:were|was) \w+ed)\b"
)
IN_GENERAL: Final = regex.compile(
    r"\b(?:if|on average|whenever|anyone|someone|unless|imagine|remember when|should you"
    r"|when you)\b"
)
TOLD_IF: Final = regex.compile(r"\b(?:999|if you|report it|call us when)\b")
CROWDED: Final = pattern(
    r"tickets?", r"match ?day", r"concert", r"parade", r"marathon", r"carnival", r"race"
)
# What comes and is known before: its roads are shut for it.
PLANNED: Final = regex.compile(
    r"\b(?:match ?day|concert|parade|(?:half )?marathon|carnival|race|10k|fun run|procession"
    r"|festival|fete|fireworks|bonfire|street party|cycle ride|derby)\b[^!?]{0,60}"
    r"\b(?:on|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
)
