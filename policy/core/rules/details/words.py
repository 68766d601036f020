"""Words that tell a crime from a meeting and from a traffic jam; all of our own choosing."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.rules.details.base import any_of

_HARM: Final = r"""
    burgl* robb(?:ed|er|ers|ery|eries|ing) thefts? thie(?:f|ves) stole* steal* shoplift*
    looting assault* attack* stab* slash(?:ed|ing) kni(?:fe|ves) blades? shot shots gun_?shots?
    (?:shed|garage|car|van|house|home)_breaks?
    shooting*
    firearms? guns? gunman weapons? machetes? murder* manslaughter homicide kill* dead deaths?
    died dies dying bod(?:y|ies) fatal* injur* wound* hurt rap(?:e|ed|es|ist) sexual*
    indecen\w+ expos(?:ed|ure|ing) flash(?:er|ed|ing) grop\w+ abus* harass* stalk* threat*
    arrest* nicked drugs? cannabis heroin cocaine crack deal(?:er|ers|ing) warrants?
    raid(?:s|ed|ing)? search(?:ed)? seiz* arson* damag* vandal* graffiti disorder fight*
    affray brawl* hit[_-]and[_-]run fail(?:ed|ing)?_to_stop victims? witness* appeal*
    br(?:oke|oken|eak|eaks|eaking)[_-]?in(?:to|s)? fraud* scam* kidnap* abduct*
    explo(?:sion|ded|sives?) punch* kicked smash* mugg* snatch* domestic incidents? cctv
    detain* custody suspects? suspici\w+ investigat* murderer hostage siege intruders? prowler
    offen[cd]* carjack* hijack* asb anti[_-]?social nuisance begging eviction trespass*
    crimes? criminal* cloned disturbance swords? hammer petrol_bomb acid ransack*
    tools_taken was_taken were_taken pickpocket* racial* racist homophobic hate bogus
    distraction forced_(?:open|entry) concern_for keyed
    (?:her|his|their)_(?:home|house|flat|address) cordons? gardens door_handles tamper*
    torched set_(?:alight|on_fire) throwing threw thrown
    (?:fe)?males?_(?:seen|acting|trying|looking|tried|ran|fled)
"""
_CRASH: Final = r"""
    collisions? crash* rt[ca]s? collided overturned fires? blaze police_were_called called_to
    (?:at|from|to)_an?_(?:\w+_)?(?:address|property) plants officers_were_called attended
"""
HARM: Final = any_of(_HARM)
INCIDENT: Final = any_of(_HARM + _CRASH)
# What is left of HARM when a road is closed: "an incident", "an investigation" belong to it.
GRAVE: Final = any_of(
    r"""
    appeal* witness* stab* shot shooting murder* burgl* robb* assault* rape sexual* kill* died
    dead death body arrest* warrants? drugs hit[_-]and[_-]run kni(?:fe|ves) weapons? firearms?
    attack* suspects? fail(?:ed|ing)?_to_stop
    """
)
TRAFFIC: Final = any_of(
    r"""
    clos(?:ed|ure|ures) traffic_(?:is|has|lights|delays|management|control|building|heavy)
    delays? avoid divert* diversions? (?:alternative|other|another)_(?:\w+_)?routes? queu\w+
    (?:partially_)?blocked re-?opened re-?opens? tailbacks? congestion lane_\d gritt\w+
    flooded passable impassable roadworks use_another shut obstruct\w+
    """
)
EVENT: Final = any_of(
    r"""
    surger(?:y|ies) meetings? drop[_-]?ins? coffee cuppa stall join_(?:us|our|your|the)
    come_(?:and|along|to|down|join|see|say) pop_(?:in|along|down|over|by) venue
    open_(?:day|evening|house) fairs? f[eê]tes? festivals? workshops? see_you say_hello
    h(?:ave|aving)_a_chat chat_(?:to|with)_(?:us|your|our) marking
    (?:public|community|remembrance|charity|sponsored|fun)_(?:event|meeting|parade|march|walk|run|day)
    engagement visit_us street_briefing beat_surgery contact_point
    your_local_(?:team|officers|pcsos?) will_be_(?:at|in|outside|on) find_us bring_your
    come_in free_(?:bike|security|marking) speak_to_us memorial carnival parade
    fireworks?_display car_boot fundrais\w+ bake_sale knife_(?:bin|amnesty|bank)
    """
)
# These say so even where the same sentence speaks of crime: "a stall about burglary".
INVITES: Final = any_of(
    r"""
    (?:street|police|beat|local|our|pcso|snt|advice|weekly|next|monthly)_surger(?:y|ies)
    drop[_-]?ins? our_(?:stall|stand|bus|van|next_(?:meeting|event))
    (?:bike|property|cycle)_(?:security_)?marking amnesty
    (?:watch|public|residents'?|community|our|team|parish|ward|forum|village)_(?:\w+_)?meetings?
    (?:knife|surrender|weapons?)_bins? come_(?:and_(?:see|say|meet|chat|talk)|along|down|in)
    pop_(?:in|along|down|over|by) say_hello see_you_(?:there|at) join_us speak_to_us
    crime_prevention_(?:event|advice|stall|day) cuppa_with coffee_with find_us visit_us
    meet_(?:us|the_team|your|our)
    """
)
VENUE: Final = any_of(
    r"""
    police_(?:station|office|hq|headquarters|post|base|box) station librar(?:y|ies) halls? hub
    community_cent(?:re|er) civic_cent(?:re|er) church mosque temple school academy college
    hospital court magistrates'? headquarters hq town_hall surgery clinic museum theatre
    stadium ground enquiry_office front_(?:counter|desk) contact_cent(?:re|er)
    our_(?:address|office) write_to po_box open(?:ing)?_hours
    """
)
HOME: Final = any_of(
    r"""
    lives? living lived resid(?:es?|ing|ent) home homes house address(?:es)? flat tenant
    neighbours? occup(?:ier|ant)s? of_no_fixed property propert(?:y|ies) premises dwelling
    """
)
# "Ann Sample, 37, of Mill Lane": what follows is where a person lives.
LIVES_IN: Final = regex.compile(
    r"""(?ix)\b(?:he|she|they|who|victim|suspect|owner|offender|witness|driver|family|caller|mum|dad
      |mother|father|man|woman|lady|pensioner|(?-i:\p{Lu}\p{L}+))\s(?:(?:still|also|now|currently)\s)?
      (?:lives?|lived|resides?|resided|is\sliving|stays|is\sstaying)\s(?:in|at|on)\s\Z
    |\b(?:family|his|her|their|victim's|suspect's|offender's)\shome\s(?:at|in|on)\s\Z
    |\b(?:his|her|their|victim's|suspect's|owner's|offender's|witness's|\bhome)\s(?:home\s)?
      address(?:\sis|\swas)?\s?[:=-]?\s\Z
    |\b(?:aged?\s)?\d{2}(?:[ -]?(?:years?[ -]olds?|yrs?[ -]old|yo))?,?\s
    (?:(?:man|woman|male|female)\s)?
    (?:and\s)?(?:(?:who\s)?(?:lives|lived|living|residing|resides)\s(?:in|at|on)|of|from)\s\Z"""
)
