"""Further ways in which teams say when they come, go and are few."""

from __future__ import annotations

from typing import Final

from policy.core.rules.phrases import Phrases

_US: Final = (
    r"(?:we|we're|we've|i|i'm|i've|us|team|teams|crew|section|shift|relief|response|officers?"
    r"|pcs?|pcsos?|(?:team|section|shift|relief) (?:\w|\d))"
)
_OFFICER: Final = (
    r"(?:pcs?o? \w+|sgt \w+|sergeant \w+|ps \w+|insp \w+|inspector \w+|dc \w+|your pcso"
    r"|your (?:local )?officer|our pcso|our sergeant|team|everyone|whole team|all of us|both of us"
    r"|we're|i'm|we are|i am|we're all|we are all)"
)
_HOUR: Final = (
    r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|hrs?))?|\d{4}(?: ?hrs?)?|midnight|noon|midday)"
)
# No space beside the hyphen: in a phrase it would stand for the hyphen too.
_TO: Final = r"(?:\s?-\s?| ?(?:to|until|till?|x) ?)"
_HENCE: Final = (
    r"(?= for| until| till?| from| next| this| over| all| today| tonight| tomorrow| now| so"
    r"| (?:mon|tues|wednes|thurs|fri|satur|sun)day|[.!,:]|$)"
)
_START: Final = r"(?<=^|[.!?\n:#]\s?)"
_BOOKED: Final = (
    rf"{_US}(?:'ve|'s| are| is| have| has|'re)? (?:just |now |all )*(?:booked|logged|clocked"
    r"|signed|booking|logging|clocking|signing) (?:back )?(?:on|off|in|out)"
    r"(?= for| now| at| duty| shift| and| until|[.!,]|$)"
)
SIGNS: Final = Phrases(
    {
        "nights": (
            rf"{_START}(?:first |last |more )?nights(?! (?:out|like|of|in|are drawing|are getting))"
            r"(?= for| until| till?| this| all| next| again| now| tonight| \d|[.!,:]|$)",
            r"(?:week|set|run|block|couple|\d|two|three|four|five|six|seven|last|first|next|my|our)"
            r"(?: of)?(?: my| our| the)? (?:\w+ )?nights"
            r"(?= (?:starts?|begins?|done|over|down|to go|left|then|shift)|[.!,]|$)"
            r"(?<!(?:two|three|four|five|\d) nights)",
            r"(?:done|finished|survived|starting|started|into|another set of) (?:with )?(?:my "
            r"|our )?"
            r"nights(?! (?:out|sleep))",
        ),
        "lates": (rf"{_START}lates{_HENCE}", r"lates (?:this|next|all|today|tomorrow|again)"),
        "earlies": (rf"{_START}earlies{_HENCE}", r"earlies (?:this|next|all|today|tomorrow)"),
        "shift": (
            rf"{_US}(?: are| is|'re| will be)? (?:now |all |back )*(?:on|working) (?:the |a )?"
            r"(?:early|late|night|day|twilight|10 hour|12 hour) shift",
            r"(?:early|late|night|day) shift (?:is |are |has |have )*(?:on|here|here and"
            r"|started|starting|out and|ready|tonight|today|now)",
            r"(?:\d+|ten|twelve|eight|long) ?(?:hr|hour|hrs|hours) shift"
            r"(?= (?:done|over|finished|ahead|tonight|today)|[.!,]|$)",
            r"(?:start|end|finish|middle|way) (?:of |through )?(?:our |my |the )?(?:\w+ )?shift",
            r"(?:next|new|oncoming|other) shift (?:is|are|has|have|will|comes?|takes?)",
            r"(?:our|my) shift",
        ),
        "clock": (r"clock(?:ed|ing) off(?= after| at| early| soon| shortly| now|[.!,]|$)",),
        "wrap": (
            r"(?:that's|it's|and that's|thats) a wrap (?:for|from) (?:\w+ ){0,2}(?:team|shift|us"
            r"|relief|section|nights|lates|crew|turn|\w)(?= |[.!,]|$)",
        ),
        "over": (
            r"(?:team(?: \w)?|shift|relief|section|nights|days|lates|earlies|turn|crew|\w team)"
            r" (?:(?:are|is|now|will be|have|has) )*(?:taking|taken|take|takes) over",
        ),
        "home": (
            rf"{_START}(?:now )?(?:going|heading|homeward|headed) home(?! (?:after|from) the)"
            r"(?= now| for| to| until| soon| after|[.!,]|$)",
            r"(?:time|ready) (?:to|for us to) (?:go|head) home(?= now| for|[.!,]|$)",
            rf"{_START}home (?:now|soon|for|to) (?:bed|for|a|some|sleep|tea|the|my)",
        ),
        " bed": (
            r"(?:we're|i'm|and|time|now|it's|team's|team is|us|me|then) (?:all )?(?:off to|off for|"
            r"to|for) (?:my |our |a |some )?(?:\w+ )?bed(?= now| for|[.!,]|$)",
        ),
        "refs": (r"(?:on|for|our|quick|late|taking) refs(?! watch)",),
        "break": (
            rf"{_US}(?: are| is|'re|'s)? (?:now |just |all )*(?:on|having|taking|grabbing) (?:a"
            rf" |our"
            r" |their |my )?(?:quick )?(?:meal |lunch |tea |dinner |refs )?break"
            r"(?! (?:in|ins|out)\b)",
        ),
        "work": (
            rf"(?:{_OFFICER})(?: is| are| will be)? (?:all |now )?(?:working|at work|in work)"
            rf" (?:from )?{_HOUR}{_TO}{_HOUR}",
            rf"(?:{_OFFICER})(?: is| are| will be)? (?:all |now )?working (?:tonight |today )?"
            rf"(?:until|till?|from|through (?:to|until)) {_HOUR}",
            r"(?:we|i|team|you) (?:will be |are |am )?back (?:at|in|to) work",
            r"(?:return|returning|returns|back) to (?:duty|work)"
            r"(?= on| tomorrow| next| in| at|[.!,]|$)(?<!(?:you|safely|people) (?:\w+ )?back to"
            r" work)",
            r"(?:not|isn't|aren't) (?:in |at )?work(?:ing)? (?:today|tonight|tomorrow|until|this)",
        ),
        "booked": (_BOOKED,),
        "logged": (_BOOKED,),
        "clocked": (_BOOKED,),
        "signed": (_BOOKED,),
        "booking": (
            _BOOKED,
            rf"{_START}(?:now |just )?booking (?:on|off)(?= for| now| at| duty|[.!,]|$)",
        ),
        "logging": (
            _BOOKED,
            rf"{_START}(?:now |just )?logging (?:on|off)(?= for| now| at| duty|[.!,]|$)",
        ),
        "signing": (
            _BOOKED,
            rf"{_START}(?:now |just )?signing (?:on|off|out)(?= for| now| at| duty|[.!,]|$)",
        ),
        "leave": (rf"{_OFFICER}(?: is| are| will be)? (?:now |away )*on (?:\w+ )?leave{_HENCE}",),
        "holiday": (
            rf"{_OFFICER}(?: is| are| will be)? (?:now |away |off )*on (?:\w+ )?holidays?{_HENCE}",
        ),
        "away": (rf"{_OFFICER}(?: is| are| will be) (?:now |all )*away{_HENCE}",),
        " off": (
            rf"{_OFFICER}(?: is| are| will be) (?:now |all )*off{_HENCE}",
            r"(?:two|three|four|five|six|few|couple of|some|my|our|well earned|\d)"
            r" (?:\w+ )?days off(?= now| for| until| till?|[.!,]|$)(?! (?:school|work))",
            r"(?:day|weekend|night|week) off (?:tomorrow|today|now|for (?:the )?team)",
        ),
        "no tweets": (r"no tweets (?:until|till?|for|from|tonight|today|tomorrow|this)",),
        "no more tweets": (r"no more tweets (?:until|till?|for|from|tonight|today)",),
        "tweeting": (
            r"(?:back|no longer|stop) tweeting (?:until|again|from|on|tonight|at|for the)",
        ),
        "back": (
            rf"(?:we're|i'm|we are|i am|we'll be|i'll be|we will be|team (?:is|are|will be)) back"
            rf" (?:on |in |at )*(?:{_HOUR}|tomorrow|tonight|tmrw|tmw"
            r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
            rf"{_START}back (?:on |in |at )*(?:tomorrow|tmrw|tmw|tonight)(?= at| for|[.!,]|$)",
            rf"{_START}back (?:in the (?:office|station) |on |in |at )+(?:mon|tues|wednes|thurs"
            rf"|fri|satur"
            r"|sun)day(?= at| for| from|[.!,]|$)",
            r"back (?:from|off) (?:annual )?leave(?= today| tomorrow| now| on|[.!,]|$)",
            r"leave[.,]? (?:and )?back (?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)",
        ),
        "team|crew": (
            r"(?:early|late|night|day|weekend) (?:team|crew|response team)s? (?:(?:is|are) "
            r"(?:now )?(?:on|here|starting|reporting|out|in)|on (?:tonight|duty|now|until|till?)"
            r"|tonight|today|reporting|signing)",
            r"team (?:\w )?(?:is |are )?(?:now )?(?:on|in) until",
        ),
        "stretched": (r"stretched (?:\w+ )?(?:tonight|today|this (?:evening|weekend)|at present)",),
        "on the ground": (r"(?:thin|low|few|light) on the ground",),
        "crews": (
            r"(?:just|only|got|have|with) (?:one|two|three|four|1|2|3|4) (?:\w+ )?crews (?:on|out"
            r"|available|covering|tonight|for)",
        ),
        "officers": (
            r"(?:just|only|got|have|with) (?:one|two|three|four|1|2|3|4) (?:\w+ )?officers (?:on"
            r"|out|available|covering|tonight|for)(?! (?:the|bikes?|foot|patrol))",
        ),
        "handover": (r"(?:shift |quiet |busy |after |at )handover",),
        "briefing": (
            r"(?:heading|off|going|sat|just|in|before|out of) (?:in|in to|into|to|out of|for|from)?"
            r" ?(?:shift )?briefing(?= before| ready| now| for (?:nights|lates)| then)",
        ),
        "duty": (
            rf"(?:{_OFFICER}) (?:is |are |will be )?(?:back )?(?:on|off) duty"
            r"(?= until| till?| from| today| tonight| tomorrow| this| at| again| next| all"
            r"|[.!,]|$)",
            r"(?:duty|duties) (?:until|till?|finish|done)",
            r"(?:back|next) on duty(?= on| at| tomorrow| next| from|[.!,]|$)",
            rf"(?:on|off) duty (?:at|from|until|till?) {_HOUR}",
        ),
        "bed": (r"(?:finished|done|home)[.!,]? (?:and |now |then )*bed(?=[.!,]|$)",),
        "then home": (
            r"(?:then|and then|before|just) (?:back |off |it's |we're )*home(?= for| to|[.!,]|$)",
        ),
        "not in": (
            r"(?:i'm|we're|i am|we are) not in (?:again |work )?(?:until|till?|today"
            r"|this)",
        ),
        "go off": (rf"(?:we|i|team) (?:all )?go off (?:duty )?(?:at|around) {_HOUR}",),
        "next patrol": (r"next patrols? (?:is|will be|at|from|not until)",),
        "through": (
            rf"working (?:right |straight )?through (?:to|until|till?|the night)(?: {_HOUR})?",
        ),
        "section": (rf"section (?:is |are )?on (?:duty )?(?:until|till?|from) {_HOUR}",),
        "team ": (rf"team (?:\w )?(?:is |are )?on (?:duty )?(?:until|till?|from) {_HOUR}",),
        "crew": (
            r"(?:just|only) (?:the )?(?:one|two|1|2) (?:\w+ )?crews? (?:out|on|available"
            r"|left)",
        ),
        "cops|bobbies|pcs": (
            r"(?:just|only) (?:the )?(?:one|two|three|\d) (?:\w+ )?(?:cops|bobbies|pcs|pcsos)"
            r" (?:for|on|out|covering|left|tonight)",
        ),
        "time": (
            rf"(?:duty|shift) times?(?: is| are|:)? (?:today |tonight"
            rf" )?{_HOUR}{_TO}{_HOUR}",
        ),
        "finish": (
            rf"(?:pcsos?|officers|team|we|i) (?:all )?finish(?:es)? (?:work |duty |tonight )?at"
            rf" {_HOUR}",
        ),
        "knock": (r"knock(?:ed|ing)? off(?= at| early| now| for|[.!,]|$)",),
        "see you all": (
            r"(?:off now|going now|done now|home)[.,!]? (?:and )?see you (?:all )?(?:tomorrow|on"
            r"|next|in)",
        ),
        "night all": (r"(?:good |g )?night all(?=[.!,]|$)",),
        "goodnight": (r"goodnight (?:from|all|everyone|\w+ and stay safe)",),
        "late finish": (r"late finish",),
        "early start": (r"early start (?:tomorrow|today|this|for (?:the team|us))",),
        "quick turn": (r"quick (?:turn ?around|changeover)",),
        "till late": (r"(?:on|out|working|about) till late",),
    }
)
