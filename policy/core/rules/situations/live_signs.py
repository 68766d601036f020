"""Signs of an incident that goes on, by what people see of it and what they are asked to do."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.rules.phrases import Phrases

_OURS: Final = (
    r"(?:we|we're|police|officers?|cops|units?|crews?|patrols?|teams?|section|dogs?|dog units?"
    r"|dog handlers?|npas|drones?|helicopter|firearms|armed \w+|public order|colleagues"
    r"|emergency services|resources|negotiators?|specialists?|divers)"
)
_IS: Final = r"(?:(?:is|are|have|has|been|being|now|currently|still|all|just|also) ){0,4}"
_ONE: Final = (
    r"(?:m[ae]n|males?|wom[ae]n|females?|person|someone|lads?|youths?|teenagers?|he|she|they"
    r"|suspects?|offenders?|gunm[ae]n|intruders?|occupants?|driver|group|individual)"
)
_NOT_TOLD_AFTER: Final = (
    r"(?![^.!?\n]{0,80}\b(?:\w+ed|found|were|was|had|made|said|gave|last|yesterday)\b)"
)
SIGNS: Final = Phrases(
    {
        "containment": (
            rf"containment {_IS}(?:on|in|in place|put|put in|around|set|set up|held)",
            rf"(?:{_OURS} )?{_IS}(?:setting|putting|holding|have) (?:up |in |a |on )*containment",
        ),
        "contained": (rf"{_ONE} (?:{_IS})contained (?:in|inside|at)",),
        "avoid": (r"avoid area", r"avoid (?:at the moment|for now|at this time|until further)"),
        "taking place": (
            r"(?:rescue|search|evacuation|pursuit|police incident|emergency response|raid"
            r"|firearms operation|armed operation|stand ?off|arrest)s?"
            r" (?:is|are) (?:now |currently |still )?taking place",
        ),
        "threatening": (
            rf"{_ONE} (?:(?:is|are|who is|currently|now) )?threatening (?:to|people|staff|officers"
            rf"|residents|members|passers){_NOT_TOLD_AFTER}",
        ),
        "jump": (rf"{_ONE} (?:is |about |going |wanting )+to jump",),
        " off": (
            r"(?:area|street|road|building|park|estate|town|high street|bridge|station|scene|lane)"
            r" (?:(?:is|are|has been|been|remains|now|currently) ){0,3}(?:sealed|taped|closed"
            r"|blocked|locked) off",
        ),
        "lockdown": (
            r"(?:school|area|street|building|hospital|college)s? (?:is |are )in lockdown",
        ),
        "bomb": (
            rf"bomb (?:disposal|squad)(?: \w+){{0,2}}? {_IS}(?:called|on (?:the|their) way|en route"
            r"|attending|at|there|here|requested|examining|due)\b",
        ),
        "eod": (rf"eod(?: team)? {_IS}(?:called|on (?:the|their) way|attending|at|there|here)",),
        "suspicious": (
            r"suspicious (?:package|device|item|object|vehicle)(?: \w+){0,5}? (?:is |are |being )+"
            r"(?:examined|checked|assessed|dealt|investigated|looked)",
        ),
        "being": (
            r"(?:warrants?|raid) (?:(?:is|are|now|currently) )*being (?:executed|carried)",
            rf"(?:residents|people|shoppers|homes|houses|flats|shops|{_ONE}) {_IS}being"
            rf" (?:evacuated"
            r"|asked to leave|moved back|kept back|chased|pursued|treated at (?:the )?scene)",
        ),
        "just in": (
            r"(?:cad|call|job|shout|report|log)s? (?:has |have )?just (?:come |came |dropped )?in",
        ),
        "just come in": (r"just come in",),
        "just dropped": (r"just dropped (?:in|on)",),
        "coming in": (r"(?:reports?|calls?) (?:are |is )?(?:now )?coming in (?:of|about|from)",),
        "getting": (r"getting (?:\w+ )?(?:reports of|calls (?:about|of|re))",),
        "rolling": (r"(?:we're|we are|units|crews|team|all) rolling(?= to|[.!,]|$| now)",),
        "you may": (
            r"you may (?:well )?(?:be )?(?:\w+ )?(?:hear|have heard|see|seen|have seen|notice"
            r"|noticed|have noticed|seeing|hearing) (?:[\w,&]+ ){0,5}?(?:sirens?|helicopter|drone"
            r"|armed|blue lights|lots of|a lot of|large number|several|dogs|cordon)",
        ),
        "helicopter": (
            r"(?:that's |it's )(?:our|the|npas|us in the) (?:police )?helicopter",
            r"(?:police|our) helicopter (?:is |has been )?(?:deployed|launched|scrambled)",
        ),
        "chopper": (r"chopper (?:is |up|overhead|out|above|circling)+",),
        "drone": (r"drone (?:is |now )*(?:up|overhead|deployed|in the air|searching)",),
        "risk to": (
            r"(?:currently |believed to be |there is |there's )no (?:\w+ )?risk to (?:the )?"
            r"(?:wider )?(?:public|community)",
        ),
        "barricad": (rf"{_ONE} (?:{_IS}|has )barricaded",),
        "holed up": (r"holed up",),
        "scene": (
            r"(?:colleagues|we|team|units?|crews?|officers|police|ambulance|fire)"
            r"(?:'re| are| is| have| remain|'ve)? (?:now |still |just |currently |all )*"
            r"(?:at|on|arrived (?:at|on)|remain (?:at|on)|are (?:at|on)) (?:the )?scene"
            r"(?! (?:\w+ )?(?:within|in \d|last|yesterday|before|for \d|until|and (?:\w+ed|found)"
            r"|\w+ed|found|saw|said|were|was|had|that|who|when|told|took|gave)\b)",
            r"scene (?:preservation|watch|log)",
        ),
        "nature of": (r"due to the nature of (?:the|this) (?:incident|call|job)",),
        "in custody": (
            r"(?:one|two|three|1|2|3) (?:male |in |now |detained |other )*(?:in custody|detained)"
            r"[^.!?\n]{0,40}?\b(?:still|others?|another|more) (?:\w+ )?(?:outstanding|looking"
            r"|searching|at large|to find|being sought)",
        ),
        "still": (
            r"(?:police|officers|we|units|crews|team|dogs?|they)(?:'re| are| is)? still"
            r" (?:searching"
            r"|looking|hunting|inside|outside|in the (?:property|house|building|area|flat|address))"
            r"(?! (?:for|at) (?:\w+ ){0,3}?(?:witness\w*|information|volunteers|new|missing|ways"
            r"|people who|anyone))",
            r"still (?:not safe|an active|active scene|a live|very active|unfolding|outstanding"
            r" in the area)",
        ),
        "sirens": (r"(?:blues|lights) (?:and|&|&amp;|n) (?:sirens|twos)(?! (?:on|only|are|when))",),
        "backing up": (r"backing up (?:colleagues|our colleagues|units|crews)",),
        "backup|back up": (r"(?:more|further|requesting|sending) back ?up",),
        "shout": (r"(?:off|on|back) (?:out )?(?:to|on) (?:a|another) shout",),
        "job": (
            r"(?:on (?:our |my |the )?way|off|en route|heading|racing|going|rushing) to"
            r" (?:an? |another |the next |this |next )?(?:\w+ )?job\b(?! (?:fair|centre"
            r"|interview))",
        ),
        "bear with": (
            r"(?:tied up|committed|busy|dealing)[^.!?\n]{1,60}[.!,]? ?(?:so |but )?(?:please "
            r"|pls )?"
            r"bear with",
        ),
        "active": (
            r"active (?:incident|scene|shooter|crime scene|situation|police incident|search)"
            r"(?! (?:training|exercise))",
        ),
        "wrong side": (r"(?:on|over) the wrong side of the (?:railings?|bridge|barrier|fence)",),
        "in crisis": (
            r"(?:currently|now|are|is) (?:with|speaking to|talking to) (?:\w+"
            r" ){0,3}?(?:m[ae]n|wom[ae]n|male|female|person|boy|girl|lad) in crisis",
        ),
        "cutting": (
            r"(?:crews?|fire|firefighters|they|colleagues)(?: are| is)? (?:now "
            r"|currently )?cutting (?:\w+ ){0,3}?(?:out|free)",
        ),
        "trapped": (
            rf"{_ONE} (?:is |are |still |currently )+trapped",
            r"(?:driver|person"
            r"|people|persons|occupants?) (?:reported )?trapped(?= in|[.,!]|$)",
        ),
        "to find": (
            r"(?:one|two|three|\d) (?:detained|in custody|caught|arrested)[,.]? (?:and"
            r" )?(?:one|two|\d|another) (?:more |left )?to (?:find|go)",
        ),
        "on the way": (
            r"(?:dog|dogs|units?|officers|police|help|backup|npas|helicopter"
            r"|negotiators?|crews?|team|we're|firearms|cavalry)(?:(?:,| is| are| now| all)*) on"
            r" the way(?! (?:home|to (?:work|school|court|hospital|custody)))",
        ),
        "on our way": (
            r"(?<=[.,!:|]\s)on our way(?=[.!,]|$)",
            r"(?:alarm|call|report|fight"
            r"|crash|job|incident)[^.!?\n]{0,40}[,.] (?:we're )?on our way",
        ),
        "landing": (
            r"(?:air ambulance|helicopter|haatsair|hems) (?:is |has |just |now "
            r"|currently )*(?:landing|landed|coming in)(?! (?:at|in) (?:our|the) (?:school|open"
            r"|fun))",
        ),
        "air ambulance": (
            r"air ambulance (?:(?:is|are|now|also|currently|just|has) )*(?:at|on"
            r"|en route|attending|here|there|arriving|arrived|overhead|called|inbound)(?!"
            r" (?:base|charity))",
        ),
        "chase": (
            r"(?<!\bsteeple)(?:foot|vehicle|car|police) chase (?:on|is|now|going|through|in"
            r"|around|towards|along)",
            r"(?:in|on) (?:a )?foot chase",
        ),
        "cornered": (r"(?:him|her|them|suspects?|offenders?|male) cornered",),
        "as i t": (r"as i (?:type|tweet)",),
        "as we t": (r"as we (?:type|tweet)",),
        "code zero": (r"code zero", r"code 0"),
        "first job": (
            r"(?:off|out|on|way) (?:out )?to (?:our|my|the) (?:first|next|last)"
            r" (?:job|call)",
        ),
        "run off": (
            r"(?:just|has|who's|who has) (?:just )?(?:run|ran|made|legged it|rode"
            r"|driven|driving) off (?:from|on foot|towards|into|in the)",
        ),
        "refus": (
            rf"{_ONE} (?:is |are |still |who )*(?:refuses|refusing) to (?:come|leave|get"
            rf"|speak|surrender|let)",
        ),
        "have officers": (
            r"we(?:'ve| have)(?: got)? (?:\w+ )?officers (?:at|in|on|around"
            r"|outside|searching)(?! (?:patrol|hand|duty|the beat))(?: \w+){1,6}? (?:after"
            r"|following|due|because|dealing|searching|where)",
        ),
        "units": (
            r"(?:multiple|several|numerous|all|many|lots of|two|three|\d) (?:police "
            r"|armed |response )?units (?:are |is |now |currently )*(?:attending|responding|en"
            r" route|heading|at|on|searching|there|dealing)",
        ),
        "space to": (
            r"(?:give|allow) (?:us|officers|them|crews|emergency services|everyone)(?:"
            r" some)? (?:space|room) to (?:work|do|deal)",
        ),
        "door in": (
            r"(?:about to|going to|gonna|just|ready to|putting|we're|off to) (?:put"
            r"|putting|kick|take|taking|smash)? ?(?:a |the )?doors? in",
        ),
        "blocking": (
            r"(?:currently|now|we're|are|still) (?:also )?blocking (?:the |a )?(?:road"
            r"|street|lane|junction)",
        ),
        "working at": (
            r"(?:police|officers|ambulance|crews|services|we're|colleagues)(?: are|"
            r" is)? (?:currently |still |now )?working at the scene",
        ),
        "cordon": (
            r"(?:there's|there is|there are|we have|got|currently|have set up)(?: an?)?"
            r" (?:\w+ )?cordons? (?:around|in|on|at|across|up|outside)",
            r"cordons? (?:around"
            r"|in|on|at|across|outside) [^.!?\n]{1,50} (?:at the moment|right now|currently"
            r"|while|whilst|tonight)",
        ),
        "come down": (r"(?:don't|dont|do not) come down",),
        "ransack": (r"(?:is|are|being) (?:being )?ransacked",),
        "rolling ": (r"rolling road ?block",),
        "windows": (
            r"(?:keep|close|shut) (?:your |all )?(?:doors and )?windows (?:and doors"
            r" )?(?:closed|shut)?[^!?]{0,80}(?:fire|smoke|blaze|fumes|chemical)|(?:fire|smoke"
            r"|blaze|fumes|chemical)[^!?]{0,100}(?:keep|close|shut) (?:your |all )?(?:doors and"
            r" )?windows",
        ),
        "intruders": (r"intruders? (?:on|in|at|inside)(?! the hen)(?= |$)(?! (?:your|a|an) )",),
        "eta": (r"eta (?:of |is |approx\w* |about )?(?:\d+|two|three|five|ten)(?: ?min\w*)?",),
        "dealing": (r"(?:now|currently|still) dealing(?=[.!,]|$)",),
        "police incident": (
            r"(?:there is|there's|ongoing|due to an?|due to|because of an?|current|we have an?)"
            r" (?:\w+ )?police incident",
        ),
        "go near": (
            r"(?:do not|don't|dont|please don't) go near(?! (?:the )?(?:\w+ )?(?:water"
            r"|ice|edge|railway|tracks?|lakes?|rivers?|power|substation|fireworks?|pylons?"
            r"|cliffs?|quarr\w+|overhead))",
        ),
    }
)
# Words that tell it only where the sentence also names something grave.
AT_WORK_SIGNS: Final = Phrases(
    {
        "deployed": (rf"{_OURS} {_IS}deployed",),
        "tied up": (rf"(?:{_OURS} {_IS})?tied up (?:with|at|on|in)",),
        "mobile to": (r"mobile to",),
        "eta": (r"eta",),
        "inside": (r"(?:officers|police|we're|we|team) (?:are )?(?:now |still )?inside",),
        "keep back": (r"keep back",),
        "stay back": (r"stay back",),
        "away": (r"please (?:stay|keep) (?:well )?away",),
        "clear": (r"please (?:steer|stay|keep) (?:well )?clear",),
        "do not": (r"do not (?:go|come|travel|drive|approach|attend)",),
        "don't": (r"don't (?:go|come|travel|drive|approach)",),
        "dont": (r"dont (?:go|come|travel|drive|approach)",),
        "now": (
            r"(?:going|kicking) off (?:right )?now|(?:there|here|nearby|outside) (?:right )?now"
            r"|now (?:in|at|on|near) (?:the )?\w+",
        ),
        "making entry": (r"making entry",),
        "forced entry": (r"(?:have |just )+forced entry",),
        "run to": (r"(?:blue light|emergency) run to",),
        "minutes away": (r"minutes away",),
        "mins away": (r"mins away",),
        "evacuat": (r"evacuat(?:ing|ion)|(?:area|building|street|flats|shops?) evacuated",),
        "overhead": (r"overhead",),
        "surround": (rf"{_OURS} {_IS}surround(?:ing|ed)?",),
        "closed in": (r"closed in on",),
    }
)
# A promise to say more: it tells only beside something grave.
AWAITED: Final = Phrases(
    {
        "follow": (
            r"(?:more|updates?|info|information|details) (?:info |details |information |news )?"
            r"(?:to|will|shall) follow(?: soon| shortly)?",
        ),
        "update": (
            r"(?:will|we'll|i'll|shall) (?:\w+ )?(?:keep you )?updated? (?:you )?(?:when|as|soon"
            r"|shortly|once|later|asap)",
            r"updates? (?:soon|shortly|when (?:we|i)|as (?:we|soon))",
        ),
        "when we": (r"more (?:\w+ )?when we (?:have|know|can|get)",),
        "as we": (r"more (?:\w+ )?as we (?:have|know|can|get)",),
        "bear with us": (r"bear with us",),
    }
)
# It was said of another day, or of every day.
PAST: Final = regex.compile(
    r"\byesterday(?!'s| (?:evening|night)'s)|\blast (?:week|month|year|weekend)(?!'s)"
    r"|\bwithin \d+ min|\b(?:earlier|back) in (?:january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
)
