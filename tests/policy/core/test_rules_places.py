"""Exact places of crimes, and places that people must know."""

import pytest

from policy.core import Post, check, override_rule
from tests.policy.core.packs import DEMONSTRATION, NOTHING, excerpts, found


class TestAnExactPlace:
    @pytest.mark.parametrize(
        "text",
        [
            "Burglary on Mill Lane",
            "burglary in mill lane, oldermoor",
            "BURGLARY IN MILL LANE",
            "Man stabbed on Acacia Ave last night",
            "Robbery at the junction of Mill Lane and Station Road",
            "Cannabis farm at 14 Mill Lane",
            "cannabis farm at 14 mill lane",
            "Cannabis grow found at No. 14 Mill Lane",
            "drugs warrant at number 14",
            "Flat 3, Acacia Court raided",
            "Flat 12b searched this morning",
            "Assault outside 22a High St, Saltmere",
            "Body found at SJ 921 234",
            "The stolen car is at 52.8071, -2.1169",
            "52.80712,-2.11709 is where he was found",
            "grid ref SJ921234: body found",
            "what3words filled.count.soap burglary",
            "Arrest at ///filled.count.soap",
            "Shed break-in, ST16 3AA",
            "robbery #MillLane",
            "Theft from a van in The Crescent, Foxhollow",
            "Car crime in Park View Road: we've arrested two",
            "Three cars were broken into overnight on Church Street, Saltmere.",
            "Arson at 5 Church Walk, Kingsmarl",
            "Two arrested after fight in Market Square",
            "Assault in Kingsmarl Way",
            "Burglary in Mill Ln",
            "Drug dealing in Acacia Gardens: warrant executed",
            "A woman was attacked walking along Canal Street",
            "Victim lives at 14 Mill Lane",
            "Domestic at 14 Mill Lane, one in custody",
            "Burglary at 14, Mill Lane",
            "Stabbing in St John's Road",
            "stabbing in St. John's Rd",
            "Robbery in O'Connell Street",
            "Car stolen from Queen's Drive",
            "shots fired on 5th Avenue",
            "Robbery in Stoke-on-Trent Road",
            "Warrant just executed on Beech Close, male arrested",
            "Fight outside the Red Lion, Mill Lane",
            "Burglary at Rose Cottage, Mill Lane",
            "Theft at 14 Acaci\u0430 Avenue",
            "Burglary in Mill L\u0430ne",
            "warrant at s t 1 6 3 a a",
            "fatal collision on Brackenford Road",
            "A man died at Acacia House, flat 4",
            "Officers found 200 plants at an address in Mill Lane",
            "Suspicious male seen around Oak Drive and Elm Close",
            "Anti-social behaviour on Saltmere Parade",
            "Latitude 52.807 longitude -2.117 burglary",
            "52°48'25\"N 2°07'01\"W body found",
            "Burglary on Lower Mill Lane in Oldermoor",
            "Attempted break-in overnight at a home on Oak Tree Close",
            "Did you see anything? Two males seen in gardens around Foxhollow Drive",
            "A house on Church Lane was broken into",
            "Van broken into, Church Lane, tools taken",
            "Theft of number plates, Station Road, Oldermoor",
            "Garage broken into - Elm Grove",
            "Car keyed on Victoria Road between 8pm and 7am",
            "Criminal damage, Queen Street: a window smashed",
            "Robbery near the shops on Park Road",
            "Stolen bike from outside Tesco, High Street",
            "We're at Mill Lane dealing with a stabbing",
            "#Burglary Mill Lane #Oldermoor between 1900-2100",
            "Catalytic converter theft Elm Road, Saltmere",
            "Drugs warrant Acacia Road this morning. 1 arrested",
            "Police were called to Harbour Street at 9pm after reports of a fight",
            "A man was found with head injuries in Mill Street",
            "We are investigating an incident in Victoria Road",
            "Officers attended an address in Birch Grove following concerns",
            "A 20-year-old was arrested in Oxford Road for drink driving",
            "woman robbed in alley off Mill Lane",
            "attempted burglary tennyson road oldermoor",
            "Assault - Beech Ave, last night",
            "Fire at a house on Beech Avenue is being treated as arson",
            "Hit and run on Castle Street",
            "we've had reports of an indecent exposure along Canal Lane",
            "distraction burglary in Orchard Way",
            "Shed burglary - The Grove, Saltmere",
            "Victim was followed down St Mary's Lane",
            "Youths throwing stones in Wood Street #ASB",
            "Moped stolen from Hill Rise",
            "Appeal after pensioner robbed on Hawthorn Crescent",
            "Man, 30, shot in Hawthorn Cres",
            "Two vehicles collided on Manor Road. A boy, 5, is critical",
            "Were you on Dale Street at about 10pm when a man was attacked?",
            "A man has been charged after a robbery on Dale Street",
            "Knife found on Dale Street",
            "Cordon in place at Dale Street following a serious assault",
            "29 Dale Street burgled",
            "raid at flat 7",
            "Burglary at Apartment 4, The Mill",
            "w3w: filled.count.soap theft",
            "///filled.count.soap stolen tractor",
            "Body found 53.4808N, 2.2426W",
            "Stolen digger last seen SJ 9210 2340",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "exact-location")


class TestAPlaceForAll:
    @pytest.mark.parametrize(
        "text",
        [
            "Surgery on Mill Lane, Saturday 10am",
            "Come and see us at 12 High Street",
            "Mill Lane is closed due to a collision",
            "A34 closed, avoid the area",
            "Road safety week",
            "The road is wet",
            "Two men were arrested in the street",
            "Assault in a side street",
            "Appeared at Mill Lane Magistrates' Court charged with assault",
            "Arrested and taken to Bridge Street police station",
            "Leeds street robbery appeal",
            "Drink Drive arrests up",
            "Officers from Mill Lane Police Station arrested two",
            "#RoadSafety arrests",
            "#DrinkDrive arrest",
            "#SaferStreets robbery",
            "Robbery in Oldermoor",
            "Two arrested in Saltmere for theft",
            "Crash on the M62 between J25 and J26",
            "The middle lane is blocked after a collision",
            "flat tyre after crash",
            "A flat rate",
            "flat 50% off",
            "3 Flat out",
            "Download what3words, it saved a victim",
            "what3words.com helps us to find victims",
            "W12 burglary",
            "Arrested at home",
            "Church Street surgery moved after the burglary",
            "Bike marking at Mill Lane Co-op, 10am",
            "Crime on our streets is down",
            "Victims of street harassment, speak up",
            "Police close road after crash",
            "Officers drive to stop crime",
            "The Avengers: Close call",
            "We closed down a brothel in Oldermoor",
            "Downing Street statement on crime",
            "Wall Street scam",
            "The National Crime Agency",
            "St John Ambulance helped the victim",
            "St Giles Trust helps victims",
            "Happy St George's Day, victims",
            "Version 51.555 of the guide",
            "Temperatures 12.5, 13.6",
            "M6 J10 collision",
            "on the A449 Ring Road crash",
            "Test Drive scam",
            "Memory Lane: 1970 murder",
            "Wrong side of the road crash",
            "on the road again after the crash",
            "High Street banks warn of fraud",
            "on high street shops theft",
            "One way street arrests",
            "car stolen from outside his home",
            "Knife amnesty bin on Mill Lane, drop in",
            "Speed checks on Mill Lane",
            "Found on Mill Lane: a purse",
            "Lost dog on Mill Lane",
            "New bus lane on Mill Lane opens",
            "Patrolling Mill Lane this morning, all quiet",
            "Remembrance parade on Church Street",
            "Memorial at 12 Church Street for officers",
            "Road closed, collision, delays on Station Road",
            "Officers on foot in Station Road this afternoon",
            "Station Road is closed both ways following a collision",
            "Please avoid Mill Lane due to a burst water main",
            "Traffic lights out at Mill Lane",
            "Abandoned vehicle removed from Mill Lane",
            "Speedwatch on Mill Lane: 12 letters sent",
            "Beat surgery today: Tesco, Station Road, 2pm to 4pm",
            "Street surgery in Mill Lane to talk about burglary",
            "We're at the Mill Lane Co-op until 3 with crime prevention advice",
            "Please come to Saltmere Library, 2 Church Road",
            "Neighbourhood Watch meeting, St Mary's Hall, Church Street, to discuss burglaries",
            "Leaflet drop in Mill Lane",
            "Parking tickets in Mill Lane outside the school",
            "Saltmere Road runners raised £500 for victims",
            "Burglars love an open door",
            "Think! Drink driving kills. Leave the car on the drive",
            "The high street is busy",
            "Our road policing unit arrested a drink driver on the M62",
            "Off-road bikes seized in Oldermoor",
            "Back on the road after crash",
            "Roads policing arrested two in Saltmere",
            "Driver arrested after a crash near Saltmere",
            "Car crime down in Saltmere",
            "Street drinking: two arrested",
            "Jailed: street dealer in Saltmere",
            "Street robber jailed for 5 years",
            "Victim walked along the street",
            "We attend every domestic incident",
            "Crossing the road? Two killed this year",
            "Rural crime: quad theft in Foxhollow",
            "Don't drive home after drinks: 3 arrested",
            "Drive safe: 3 killed",
            "Close your windows: burglars about",
            "Terrace house burgled in Saltmere",
            "Man from Saltmere Avenue Club... charity",
            "She lives at home",
            "40% off flat fee",
            "Flat battery after crash",
            "Detectives at Acacia House police station",
            "Robbers jailed at Kingsmarl Crown Court",
            "Sentenced at Wood Street Magistrates Court",
            "Officers from Saltmere Road Station made 2 arrests",
            "PC Street arrested two",
            "PC Lane arrested a burglar",
            "Sgt Close found the suspect",
            "Inspector Hill said the victim",
            "Mrs Lane was burgled",
            "St John's Ambulance treated injured",
            "The M6 between J1 and J2: collision",
            "On the A1 at Saltmere: fatal crash",
            "Death on the Nile, Square Mile",
        ],
    )
    def test_is_left_alone(self, text: str) -> None:
        assert not found(text, "exact-location")


class TestTheFinding:
    def test_offers_the_area_in_the_place_of_the_street(self) -> None:
        (finding,) = found("Burglary on Mill Lane, Oldermoor last night", "exact-location")
        assert finding.excerpt == "on Mill Lane, Oldermoor"
        assert finding.replacements == ("in the Oldermoor area",)

    @pytest.mark.parametrize(
        ("text", "excerpt"),
        [
            ("Robbery at 14 Acacia Avenue", "14 Acacia Avenue"),
            ("Robbery (Mill Lane) last night", "Mill Lane"),
            ("Burglary at ST16\u200b 3AA", "ST16\u200b 3AA"),
            ("Robbery #MillLane", "#MillLane"),
            ("Robbery on St John's Road", "St John's Road"),
        ],
    )
    def test_points_into_the_raw_text(self, text: str, excerpt: str) -> None:
        assert excerpts(text, "exact-location") == [excerpt]

    def test_is_silent_in_the_categories_that_are_about_a_place(self) -> None:
        text = "Burglary advice on Mill Lane"
        assert found(text, "exact-location")
        for category in ("meeting", "traffic", "partner-event"):
            report = check(Post(text, category=category), NOTHING, DEMONSTRATION)
            assert "exact-location" not in {finding.rule for finding in report.findings}


class TestAStopCheck:
    @pytest.mark.parametrize(
        "text",
        [
            "Stopped AB12 CDE, no insurance",
            "Stopped near ST16 3AA",
            "Driver from 14 Acacia Avenue",
            "Stopped reg ab12cde",
        ],
    )
    def test_is_anonymous(self, text: str) -> None:
        report = check(Post(text, category="stop-check"), NOTHING, DEMONSTRATION)
        assert "stop-check-details" in {finding.rule for finding in report.blocking}
        report = check(Post(text, category="arrest"), NOTHING, DEMONSTRATION)
        assert "stop-check-details" not in {finding.rule for finding in report.findings}

    def test_may_be_of_another_category_in_another_pack(self) -> None:
        pack = override_rule(DEMONSTRATION, "stop-check-details", categories=("arrest",))
        report = check(Post("Stopped AB12 CDE", category="arrest"), NOTHING, pack)
        assert "stop-check-details" in {finding.rule for finding in report.blocking}
