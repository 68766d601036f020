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
WANTED: Final = Phrases(
    {
        "wanted": (
            r"#\w*wanted\w*",
            rf"(?:most )?wanted (?:{_WORDS}{PERSON}|on recall|on (?:a )?(?:prison|court|warrant)"
            r"|by (?:the )?(?:police|officers|us|detectives|courts?)|in connection|in relation"
            r"|(?:for|over|after|following|since|on suspicion of)"
            r"(?! (?:\w+ )?(?:event|help|our|the team|roles?|a new)))",
            r"most wanted(?! (?:gifts?|toys?|presents?|items?|awards?))",
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
        "identity": (rf"(?:know|establish|confirm) the identit(?:y|ies) of {_SOMEBODY}",),
        " id ": (rf"(?:help|us|to|you) id {_SOMEBODY}",),
        "speak": (
            r"(?:want|like|need|wish|hoping|hope|keen|trying|looking|asking|appeal\w*|wants|able"
            r"|eager)"
            rf"(?: (?:to|urgently|also|still|now))* speak (?:to|with) {_SOMEBODY}"
            r"(?! who (?:helped|assisted|stopped to help|came to|witnessed|saw|may have (?:seen"
            r"|witnessed)))",
            rf"(?:{PERSON}|who|whom|him|her|them|that)"
            r" (?:we|police|officers|detectives|they|we're|we'd) (?:want|would like|need|like|wish"
            r"|are keen|wanting) to (?:speak|talk) (?:to|with)",
        ),
        "talk to": (
            rf"(?:want|like|need|wish|keen|trying)(?: to)? talk to {_SOMEBODY}",
            rf"(?:{PERSON}|whom?|him|her|them) (?:we|police|officers|detectives|they|we'd)"
            r" (?:want|would like|need|like|wish) to talk to",
        ),
        "trac": (
            r"(?:want|like|need|wish|hoping|hope|keen|trying|try|looking|help|us|appeal\w*|seeking"
            rf"|efforts|able)(?: \w+){{0,2}}? (?:trace|tracing|track down|locate) {_SOMEBODY}",
        ),
        "find": (
            rf"(?:trying|help|need|want|us|working|urgently|looking|hoping)(?: \w+){{0,3}}? find"
            rf" {_SOMEBODY}",
        ),
        "locate": (rf"(?:help|us|trying|need|want|looking) (?:\w+ ){{0,2}}?locate {_SOMEBODY}",),
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
        "who is": (rf"who is (?:this|he|she)(?: {PERSON})?(?=\?)",),
        "who are th": (r"who are these \w+",),
        "name": (
            r"(?:can|could) you name (?:him|her|them|this|these)",
            r"name (?:him|her|them)(?=!)",
            r"(?:put|give|add) (?:us )?a name to (?:the|this|these|a|his|her|their) \w+",
            r"name (?:this|these|the) (?:face|faces|man|woman|suspect)",
        ),
        "face": (r"(?:know|recogni[sz]e) (?:this|the|these|his|her) faces?",),
        "familiar": (
            rf"(?:does|do) (?:he|she|they|this {PERSON}|these {PERSON}|anyone) look familiar",
            r"look familiar",
        ),
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
            r"breach(?:ed)? (?:of )?(?:his|her|their|the) (?:\w+ )?(?:licen[cs]e|bail|parole|tag)",
        ),
        "seen him": (r"seen him(?=\?)",),
        "seen her": (r"seen her(?=\?)",),
        "who are they": (r"who are they(?=\?)",),
        "whoisth": (r"#whoisthis\w*",),
        "after th": (rf"(?:we're|are|police|officers) after (?:this|these) {_WORDS}{PERSON}",),
        "you see th": (rf"you see (?:this|these) {_WORDS}{PERSON}",),
        "who's": (r"who's (?:this|he|she|that)(?=\?)",),
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
        "on the run": (r"on the run",),
        "at large": (r"(?:still|remains?|is|are) at large",),
        "escap": (r"(?:escaped|escape|escapee) (?:from )?(?:prison|custody|hmp|jail|court)",),
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
        "recall to": (r"recall(?:ed)? to prison",),
        "caughtoncamera": (r"#caughtoncamera",),
        "have you seen": (r"have you seen",),
        "have u seen": (r"have u seen",),
        "whereabouts": (r"(?:his|her|their) whereabouts|whereabouts of",),
        "where": (r"know where",),
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
WHO: Final = frozenset(
    {"who is this", "who is he", "who is she", "who are they", "seen him", "seen her", "who's this"}
)
# These ask for missing people, and for things, just as well.
EITHER: Final = ("whereabouts", "know where")
SEEKING_STEMS: Final = ("trac", "find", "locat", "looking for", "whereabouts")
# Calls for hands and voices, and things that are wanted.
VOLUNTEERS: Final = pattern(
    r"(?:volunteer|recruit|cadet|apprentice|applicant|nominat|career|vacanc|opinion|survey"
    r"|hiring|apply|applying)\w*|your views|views|join (?:us|our|the)|help wanted|role models?"
    r"|call handlers|special constables|police officers|pcsos"
)
DONE: Final = pattern(
    r"arrest(?:ed|ing)|detained|in custody|located|caught|nicked|handed (?:him|her)self|jailed"
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
