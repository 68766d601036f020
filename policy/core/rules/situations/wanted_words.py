"""What tells that somebody is sought, and what does not."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.rules.phrases import Phrases, pattern
from policy.core.rules.situations.people import PERSON

_WORDS: Final = r"(?:[\w'#/-]+ ){0,3}?"
# Somebody in particular, as against "anyone who saw it".
_SOMEBODY: Final = (
    r"(?:him|her|them(?:\b(?! to))|(?:this|these|those|two|three|four|five|six|several|an?|the|both"
    rf"|either|any|all|some|\d+|one|more|further)(?: of (?:the|these|this|those))? {_WORDS}"
    rf"{PERSON}|these (?:two|three|four|five)|anyone (?:in|from|pictured|shown|featured)"
    rf"|{PERSON}|(?:an?|the|this|these|two|three) (?:\w+ )?(?:gun|knife|hit)m[ae]n)"
)
_IMAGE: Final = (
    r"(?:cctv|images?|photos?|photographs?|pictures?|pics?|e ?fits?|footage|stills?|mugshots?"
    r"|custody image|video|sketch|artist's impression)"
)
_SUSPECT: Final = (
    r"(?:suspects?|offenders?|attackers?|robbers?|thie(?:f|ves)|burglars?|gunm[ae]n|knifem[ae]n"
    r"|culprits?|perpetrators?|assailants?|intruders?|flasher|rapist|fraudsters?|mugger)"
)
_SHOWN: Final = (
    r"(?:in|pictured|wearing|seen|on|with|shown|here|captured|caught|from|who (?:\w+ed|stole|took))"
)
# How somebody is described: not "as a credit to the force".
_LOOKS: Final = (
    r"(?:(?:an?|about|around|approximately|approx|roughly|between|of|the|being|having|aged|believed"
    r" to be|thought to be|in (?:his|her|their)|either) ){0,3}(?:\d{1,3} ?(?:ft|foot|feet|cm|'|yrs?"
    r"|years?|to)|\d(?:'|ft)|white|black|asian|mixed|male|female|slim|slender|stocky|tall|short"
    r"|young|light skinned|dark|medium|heavy|average|skinny|thin|wearing|early|mid|late|teens"
    r"|twenties|\d0s|teenage\w*|(?:[\w-]+ ){1,2}build|bald|clean shaven)"
)
WANTED: Final = Phrases(
    {
        "wanted": (
            r"#\w*wanted\w*",
            rf"(?:most )?wanted (?:{_WORDS}{PERSON}|on recall|on (?:a )?(?:prison|court|warrant)"
            r"|by (?:the )?(?:police|officers|us|detectives|courts?)|in connection|in relation"
            r"|(?:for|over|after|following|since|on suspicion of)"
            r"(?! (?:\w+ )?(?:event|help|our|the team|roles?|a new)))",
            r"most wanted(?! (?:\w+ )?(?:gifts?|toys?|presents?|items?|awards?))",
            r"(?:is|are|was|still|remains?|also|who's|who is|he's|she's) wanted(?! to)(?! you)",
            r"(?<=^|[\n|!?.] ?)wanted(?! (?:to|by residents|you)\b)",
        ),
        "recogni": (
            rf"recogni[sz]e {_SOMEBODY}(?! behind)",
            rf"recogni[sz]e(?:s|d)? (?:him|her|them|this|the|these|anyone|either|any)"
            rf"(?: {_WORDS}(?:{PERSON}|{_IMAGE}))(?! behind)",
            r"recogni[sz]e (?:him|her|them|anyone|who)",
        ),
        "reconi": (rf"reconi[sz]e {_SOMEBODY}",),
        "identify": (rf"(?:to |you |us |help |in )?(?:identify|identifying) {_SOMEBODY}",),
        "identit": (rf"(?:know|establish|confirm) the identit(?:y|ies) of {_SOMEBODY}",),
        " id ": (rf"(?:help|us|to|you) id {_SOMEBODY}",),
        "speak|talk": (
            r"(?:want|like|need|wish|hoping|hope|keen|trying|looking|asking|appeal\w*|wants|able"
            r"|eager)"
            rf"(?: (?:to|urgently|also|still|now))* speak (?:to|with) {_SOMEBODY}"
            r"(?! who (?:helped|assisted|stopped to help|came to|witnessed|saw|may have (?:seen"
            r"|witnessed)))",
            rf"(?:{PERSON}|who|whom|him|her|them|that)"
            r" (?:we|police|officers|detectives|they|we're|we'd) (?:want|would like|need|like|wish"
            r"|are keen|wanting) to (?:speak|talk) (?:to|with)",
        ),
        "talk to": (rf"(?:want|like|need|wish|keen|trying)(?: to)? talk to {_SOMEBODY}",),
        "trac|locat": (
            r"(?:want|like|need|wish|hoping|hope|keen|trying|try|looking|help|us|appeal\w*|seeking"
            rf"|efforts|able)(?: \w+){{0,2}}? (?:trace|tracing|track down|locate) {_SOMEBODY}",
        ),
        "find": (
            rf"(?:trying|help|need|want|us|working|urgently|looking|hoping)(?: \w+){{0,3}}? find"
            rf" {_SOMEBODY}",
        ),
        "seek": (rf"(?:are|currently|still|police|officers|detectives|we're) seeking {_SOMEBODY}",),
        "sought": (rf"(?:is|are|being|still|{PERSON}|urgently) (?:being )?sought(?! to)",),
        "know": (
            r"(?:do|did) you know (?:who (?:this|he|she|they|these)|(?:this|these) "
            rf"{_WORDS}(?:{PERSON}|two|three|four|lot)|him|them|her)",
            r"(?<=^|[?.!\n] ?)know (?:him|her|them|who (?:he|she|they|this|these)|this"
            rf" {PERSON})",
            rf"knows? (?:who )?(?:this|these) {_WORDS}{PERSON}",
            rf"knows? who the {_WORDS}{PERSON} (?:is|are)",
            r"know who (?:he|she|they|these|this) (?:is|are)",
        ),
        "who is": (rf"who is (?:this|he|she) {PERSON}(?=\?)",),
        "who are th": (r"who are these \w+",),
        "name": (
            r"(?:can|could) you name (?:him|her|them|this|these)(?! (?:\w+ )?(?:horse|dog"
            r"|pup\w*|car|song|place|film|street))",
            r"name (?:him|her|them)(?=!)",
            r"(?:put|give|add) (?:us )?a name to (?:the|this|these|a|his|her|their) \w+",
            r"name (?:this|these|the) (?:face|faces|man|woman|suspect)",
        ),
        "face": (r"(?:know|recogni[sz]e) (?:this|the|these|his|her) faces?",),
        "familiar": (r"look familiar",),
        "cctv": (
            r"cctv ?(?:\w+ )?(?:appeal|released|issued|image|images|still|stills)(?! (?:system"
            r"|quality))",
            r"(?:caught|captured|seen|shown|pictured) on cctv",
            r"(?:image|still|picture|footage)s? (?:\w+ )?from cctv",
        ),
        "fit": (r"e ?fits?",),
        "released": (
            rf"{_IMAGE} (?:\w+ )?(?:have been |has been |now )?released(?: of| in| after"
            rf"| following| as| over"
            r"| showing| by police|[.:,!])",
        ),
        "issued": (
            rf"{_IMAGE} (?:\w+ )?(?:have been |has been )?issued(?: of| in| after"
            rf"| following| as| over)?",
        ),
        "suspect": (r"suspects? descriptions?",),
        "reward": (
            r"reward (?:\w+ ){0,8}?(?:arrest|hunt|find|trace|capture|conviction|identif\w*"
            r"|whereabouts)",
        ),
        "approach": (r"(?:do not|don't|not to) approach (?:him|her|them)",),
        "failed to return": (
            r"failed to return to (?:hmp|prison|(?:\w+ )?hostel"
            r"|(?:\w+ )?approved premises)",
        ),
        "driver": (r"recogni[sz]e (?:the|this|these) drivers?",),
        "rider": (r"recogni[sz]e (?:the|this|these) riders?",),
        "releas": (
            rf"releas(?:e|ed|es|ing) (?:[\w']+ ){{0,4}}?{_IMAGE}(?: \w+){{0,2}}? (?:of|showing)"
            rf" (?:[\w']+ ){{0,3}}?(?:{PERSON}|who|someone|him|her)",
        ),
        "issu": (
            rf"issu(?:e|ed|es|ing) (?:[\w']+ ){{0,4}}?{_IMAGE}(?: \w+){{0,2}}? (?:of|showing)"
            rf" (?:[\w']+ ){{0,3}}?(?:{PERSON}|who|someone|him|her)",
        ),
        "shar": (
            rf"shar(?:e|ed|es|ing) (?:[\w']+ ){{0,4}}?{_IMAGE}(?: \w+){{0,2}}? (?:of|showing)"
            rf" (?:[\w']+ ){{0,3}}?(?:{PERSON}|who|someone)",
        ),
        "pictured": (
            rf"(?:{PERSON}|person|who is|is|him|her) pictured (?:here|above|below|in (?:the|this"
            rf"|these))?",
        ),
        **{
            f"in {these} {shot}": (rf"(?:{PERSON}|faces?) (?:shown |seen )?in {these} {shot}\w*",)
            for these in ("the", "this", "these")
            for shot in ("image", "picture", "photo", "still", "footage", "video", "clip")
        },
        "breach": (
            r"breach(?:ed|ing)? (?:of )?(?:(?:his|her|their|the|court|prison|of) )*(?:\w+ )?"
            r"(?:licen[cs]e|bail|parole|tag|release conditions)",
        ),
        "seen him": (r"seen him(?=\?)",),
        "seen her": (r"seen her(?=\?)",),
        "whoisth": (r"#whoisthis\w*",),
        "after th": (rf"(?:we're|are|police|officers) after (?:this|these) {_WORDS}{PERSON}",),
        "you see th": (rf"you see (?:this|these) {_WORDS}{PERSON}",),
        "who's": (
            r"who's (?:this|he|she|that)(?=\?)",
            rf"who's (?:this|that) (?:\w+ )?{PERSON}(?=\?)",
        ),
        "seen th": (rf"seen (?:this|these) {_WORDS}{PERSON}",),
        "this is you": (r"if this is you",),
        "cctv after": (r"(?:issues?|releases?|issued|released) cctv after",),
        "cctv following": (r"(?:issues?|releases?|issued|released) cctv following",),
        "suspect ": (r"(?:police|officers|detectives) name (?:the )?suspect",),
        "hunt": (
            rf"(?<!\b(?:treasure|egg|bargain|house|job)\s)(?:hunt for"
            rf"|hunting(?: for)?) {_SOMEBODY}|manhunt",
            rf"(?:police|officers|detectives|cops|we) (?:\w+ )?hunt {_SOMEBODY}",
        ),
        "catch": (rf"help (?:us )?(?:to )?catch {_SOMEBODY}",),
        "quir": (
            rf"{_SOMEBODY}(?: \w+){{0,4}}? (?:may|can|could|might) (?:be able to )?(?:help|assist)"
            r"(?: us| police| officers| them)?(?: with)?(?: our| the| their)? [ei]nquir\w+",
        ),
        "investigation": (
            rf"{_SOMEBODY}(?: \w+){{0,4}}? (?:may|can|could|might) (?:be able to )?(?:help|assist)"
            r"(?: us| police| officers| them)?(?: with)?(?: our| the| their)? investigation",
        ),
        "able to help": (
            rf"(?:he|she|they|this {PERSON}) may be able to help(?: us| police)?(?= with (?:an?"
            rf"|the|our))",
        ),
        "on the run": (r"on the run(?! (?:up|in|into|down)\b)",),
        "at large": (r"(?:still|remains?|is|are) at large",),
        "escap": (
            r"(?:escaped|escape|escapee) (?:from )?(?:\w+ )?(?:prison|custody|hmp|jail|court)",
            r"escaped (?:prisoner|convict|inmate|patient|offender|detainee|suspect|man|woman)",
            r"(?:escaped|escapee)(?= from|[.,!:|]| and)",
        ),
        "abscond": (r"abscond(?:ed|ers?)",),
        "described as": (
            rf"{_SUSPECT} (?:is|are|was|were|has been|have been|being)? ?described as",
        ),
        "description": (rf"descriptions? of (?:the |a |our )?{_SUSPECT}",),
        "looking for": (rf"looking for {_SOMEBODY}(?! (?:who (?:can|want|would|is|are)|to))",),
        "outstanding": (
            r"outstanding (?:suspect|offender|person|male|man|wanted)\w*|(?:suspect|offender|man"
            r"|male|woman) (?:is |remains? |still )+outstanding",
        ),
        "recall": (r"(?:prison|licence) recall(?=[\s:,.!-])",),
        "recall to|recalled to": (r"recall(?:ed)? to prison",),
        "caughtoncamera": (r"#caughtoncamera",),
        "have you seen": (r"have you seen",),
        "have u seen": (r"have u seen",),
        "whereabouts": (r"(?:his|her|their) whereabouts|whereabouts of",),
        "where": (r"know where", r"whereabouts (?:(?:are|is|currently|still|remain) )*unknown"),
        "arrest": (
            r"(?:warrant|warrants) (?:(?:has|have|been|was|is|are|now) )*(?:issued|out)"
            r" for (?:the |his |her |their )?arrest",
            r"arrest warrant (?:(?:has|been|was|is|now|out) )*(?:issued|out)",
        ),
        "yourself in": (r"(?:turn|hand|give) yourself in",),
        "yourself up": (r"(?:hand|give) yourself up",),
        "is the": (rf"who is (?:the|this|that) (?:[\w-]+ ){{0,3}}?{PERSON} {_SHOWN}",),
        "who's th": (rf"who's (?:the|this|that) (?:[\w-]+ ){{0,3}}?{PERSON} {_SHOWN}",),
        "are th": (rf"who are (?:the|these|those) (?:[\w-]+ ){{0,3}}?{PERSON} {_SHOWN}",),
        " know ": (rf"(?:anyone|anybody|you|someone) know {_SOMEBODY} {_SHOWN}",),
        "name th": (rf"(?:help(?: us)?|can you|to|us) (?:to )?name (?:this|these|the) {PERSON}",),
        "name him": (r"(?:help|can|to)(?: us| you| anyone)* name (?:him|her|them)",),
    }
)
# These tell it only beside a crime.
OF_A_CRIME: Final = Phrases(
    {
        " build": (
            r"(?:slim|stocky|medium|heavy|average|large|athletic|skinny|thin|big|muscular|small)"
            r"(?: to (?:slim|medium|large|heavy|stocky))? build",
        ),
        "described": (
            rf"(?:{PERSON}|he|she|they|driver|rider|one|first|second|other) (?:(?:is|was|are|were"
            rf"|being|has been|have been) )?described (?:only |simply )?(?:as|by witnesses as)"
            rf" (?:being )?{_LOOKS}",
        ),
        " is ": (rf"{_SUSPECT} is {_LOOKS}",),
        " was ": (rf"{_SUSPECT} was {_LOOKS}",),
        "wearing": (
            rf"(?:{PERSON}|he|she|they|one|both)(?: (?:was|were|is|are|who was|last seen))?"
            r" (?:also )?wearing (?:an?|dark|black|blue|grey|all|white|red|light|jeans|hooded)",
        ),
        **{
            stem: (
                rf"(?:identify|trace|find|locate|identifying|tracing|after|seeking|speak to"
                rf"|recogni[sz]e|know) (?:the |an? |this |these )?(?:\w+ ){{0,3}}?{stem}s?"
                r"(?! (?:who (?:saw|witnessed|helped|stopped)|of the other))",
            )
            for stem in ("driver", "motorist", "cyclist", "rider", "biker")
        },
        "hunt": (r"(?:police|manhunt|continuing|huge|major|the) hunt (?:for|is|continues|goes)",),
        "look at": (r"look at (?:this|these|the) (?:cctv|image|picture)",),
        "caught on": (r"caught on (?:camera|film|video|cctv|doorbell|dashcam)",),
        "who is": (r"who is (?:this|he|she|that)(?=[?!.,\s]|$)",),
        "who are": (r"who are (?:they|these)(?=[?!.,\s]|$)",),
        "know": (
            r"(?:do|does) (?:you|anyone|u) (?:know|recogni[sz]e) who",
            # What an officer calls them: "anyone know these 2 muppets?"
            r"any(?:one|body|1) (?:know|recogni[sz]e)s? (?:this|these) (?:\w+ ){0,3}?\w+(?= ?[?])",
        ),
        "sought": (
            r"(?<!much )sought (?:after|over|following|for) (?:\w+ ){0,4}?"
            r"(?:theft|robbery|burglary|assault|attack|stabbing|shooting|crime|fraud|murder|arson"
            r"|rape|damage|offences?|incident|disorder|shoplifting)",
        ),
        "made off": (rf"{_SUSPECT}[^.!?\n]{{0,40}} made off",),
        "spot": (rf"(?:you|anyone|anybody) (?:spot|spotted) {_SOMEBODY}",),
        "let us know": (rf"know {_SOMEBODY}[^.!?\n]{{0,20}}[?.,] ?(?:please )?let us know",),
        "name th": (
            rf"(?:who|anyone|anybody|you) (?:can |could )?name (?:this|these|the) (?:\w+ ){{0,2}}?"
            rf"{PERSON}",
        ),
        "seek": (
            rf"(?:police|cops|officers|detectives|we) (?:\w+ )?seek {_SOMEBODY}"
            r"(?! who (?:saw|witnessed))",
        ),
        " id ": (r"(?:us|to|you|anyone) id (?:this|these|the|him|her|them)",),
        "cctv": (rf"{PERSON} (?:\w+ )?on (?:this |the |our )?cctv",),
        "any idea": (r"(?:any|an) idea who (?:this|he|she|they|these|that)",),
        "after th": (r"(?:we're|we are|police are|officers are) (?:still )?after (?:this|these)",),
        "description": (rf"descriptions?(?: given| is)?[:-]? {_LOOKS}",),
        "ran off": (r"ran off (?:towards|in the direction|into|down|along|across|through|with)",),
        "seen them": (r"seen them(?=[?.!]|$)",),
        "ring": (
            r"(?:faces?|he|she|they|this|these|m[ae]n|wom[ae]n)(?: \w+){0,2}? rings? (?:a|any)"
            r" bells?",
        ),
        "where are you": (r"where are you(?=[?.!])",),
        "trace": (
            rf"(?:needed|help|appeal|effort|bid) to trace (?:an? |the |this |these )?"
            rf"(?:\w+ ){{0,2}}?{PERSON}",
        ),
        " of ": (
            rf"(?:images?|pictures?|photos?) of (?:an? |the |two |three )?(?:\w+ )?{PERSON}"
            r" (?:\w+ )?(?:released|issued|circulated|published)",
        ),
        "sus ": (rf"sus (?:is |was )?(?:described as )?{_LOOKS}",),
        "been looking for": (r"been looking for(?! (?:work|jobs?|volunteers|new))",),
        "accent": (r"(?:spoke with|had|has|with) an? (?:\w+ ){1,2}accent",),
    }
)
# "W A N T E D", as no one writes it but to be overlooked.
SPREAD: Final = regex.compile(r"\bw[\W_]a[\W_]n[\W_]t[\W_]e[\W_]d\b")
# Whom they seek follows by name.
SEEKING: Final = Phrases(
    {
        stem: (
            r"(?:help|need|try\w*|want|still|working|efforts|urgently|police|officers|detectives"
            r"|appeal\w*"
            rf"|we're|are|like|keen|now)(?: \w+){{0,3}}? {verb}",
        )
        for stem, verb in (
            ("find", "find(?:ing)?"),
            ("trac", "tra(?:ce|cing|ck down)"),
            ("locat", "locat(?:e|ing)"),
            ("looking for", "looking for"),
            ("hunting", "hunting(?: for)?"),
            ("hunt for", "hunt for"),
            ("searching for", "searching for"),
            ("seeking", "seeking"),
        )
    }
)
WHO: Final = frozenset({"seen him", "seen her", "who's this"})
# These ask for missing people, and for things, just as well.
EITHER: Final = "know where"
SEEKING_STEMS: Final = ("trac", "find", "locat", "looking for", "whereabouts")
# Calls for hands and voices, and things that are wanted.
# Somebody is shown to be met, not to be caught.
INTRODUCED: Final = pattern(
    r"meet (?:your|our|the|pc\w*|pd|ph|new)|your (?:new |local |neighbourhood )*(?:team|officers?"
    r"|pcsos?)|our new(?:est)?|in uniform|newest|new recruits?|years ago|throwback|flashback"
    r"|birthday|welcome"
    r"|behind the (?:badge|camera|wheel)"
)
# What people are asked to do who know them.
TELL: Final = pattern(
    r"(?:let|tell) us(?: know)?|call|ring|phone|get in touch|contact|101|crimestoppers|message"
)
VOLUNTEERS: Final = pattern(
    r"(?:volunteer|recruit|cadet|apprentice|applicant|nominat|career|vacanc|opinion|survey"
    r"|hiring|apply|applying)\w*|your views|views|join (?:us|our|the)|help wanted|role models?"
    r"|call handlers|special constables|police officers|pcsos"
)
DONE: Final = pattern(
    r"(?<!\bto be )arrest(?:ed|ing)|detained|in custody|located"
    r"|caught(?! (?:on|stealing|in the act|(?:him|her|them) (?:with|on|stealing|taking|at)))"
    r"|nicked(?! (?:\d|an?\b|the\b|some|from|my|your|his|her|our|their|it))"
    r"|handed (?:him|her)self|jailed"
    r"|sentenced|convicted|remanded|behind bars|back in prison|guilty|charged|we've identified"
    r"|(?:has|have|been|were|was) (?:now )?(?:been )?identified|locked up|apprehended|found"
    r"|traced|back inside|imprisoned"
)
ASKING: Final = pattern(
    r"(?:do|did|does|can|could|have) (?:you|anyone|anybody)|recogni[sz]es?|call(?: us)?"
    r"|if you (?:see|know|have|can|spot)|help us|your help|help|appealing|still|ring|phone"
    r"|contact|get in touch|information|info|crimestoppers|want(?:s)? to|like to|need to"
    r"|release images?|sought|dm"
)
THANKED: Final = regex.compile(
    r"\b(?:thank|thanks|grateful|following (?:a|our|the)(?: public)? appeal|we were appealing)\b"
)
SHARED: Final = regex.compile(
    r"\b(?:thank|thanks|grateful)\b[^.!?\n]{0,60}\b(?:shar(?:ed|ing|es)|helped|calls"
    r"|got in touch)\b"
)
NO_SUSPECT: Final = pattern(
    r"witness(?:es)?|victims?|famil(?:y|ies)|relatives|next of kin|owners?|passers? by"
    r"|good samaritans?|residents|members of the public|deceased|bod(?:y|ies)|hero(?:es)?"
    r"|helped|bikes?|dog|jewellery|killed|who (?:sadly )?died|found dead"
)
MISSING_WORD: Final = pattern(r"missing", r"#?missingperson\w*", r"welfare", r"misper")
ONE: Final = regex.compile(
    rf"\s(?:him|her|them|(?:[\w'-]+\s){{0,3}}?{PERSON.replace(' ', '[ -]')})\b"
)
