"""Words that tweets write with a capital and that are no part of a name, in small letters."""

from __future__ import annotations

from typing import Final

WORDS: Final = frozenset(
    """
A Abbey Abducted Abduction About Above Absconded Absolute Absolutely Abuse Abused Abuser Abusers
Academy ACC Achievement Across Act Action Actions Active Activity Actor Actress Actually
Additionally Adidas Admiral Admits Admitted Adult Adults Advice AFC African After Afternoon Again
Against Age Aged Agency Ago Ahead Aid Airport Aka Albanian Albion Album Aldi Alert Alerts All
Almost Alone Along Alpha Already Also Alternatively Although Always Alzheimer's Alzheimers Am
Amazing Amazon Ambulance Amid Among An Analyst And Anniversary Announce Announced Announcing
Another ANPR Answer Answers Anti Anti-Social Anti-social Antisocial Any Anybody Anyone Anything
App Appalling Apparently Appeal Appealing Appeals Appear Appearance Appeared Appears Apple
Application Applications Apply Apprehended Approval Approved Apr April Arcade Archbishop Are Area
Arena Argos Argus Armani Armed Arms Army Armys Around Arrest Arrested Arresting Arrests Arson
Arsonist Artist ARV As ASB Asda Asian Ask ASP Aspire Assault Assaulted Assaults Assistant
Association Astra At Ateca Athletic Attack Attacked Attacker Audi Aug August Aunt Auntie Author
Authority Autism Autos Autumn Ave Avenue Average Avoid AWA Award Awarded Awards Awareness Away
Awful Aygo B&Q BA Baby Back Backpack Badge Badges Bag Bail Bailed BAME Ban Band Bank Banned Banner
Bar Barclays Barnardo's Barnardos Baron Baroness Barred Bars Baton Battalion Bay BBC Be Beach Bean
Beat Beats Beautiful Became Because Become Been Before Began Behavior Behaviour Behind Being
Believe Beloved Below Belt Berlingo Beside Best Better Between Beware Beyond BHX Big Bike
Bikeability Biker BikeRegister Bikeregister Bikers Bikes Bill Billion Birthday Bishop Black Blaze
Blobby Block Blog Blue BMW Board Boat Boatwatch Bobby Body-worn Bodycam Bonfire Book Booking Boots
Borough Bosch Boss Both Box Boxing Boy Boys Brave Bravery Bravo Breach Breached Bread Breakfast
Breaking BRI Bridge Bright Brilliant Bring Bringing British Brother Brothers Brown BSc BTP Buddha
Build Building Bulletin Bullied Bullies Bully Bullying Burberry Bureau Burglar Burglaries Burglars
Burglary Bus Business Bust But BWV By Bye Bypass Cabbie CAD Caddy Cadet Cadets Cafe Cake Cakes
Call Called Caller Callers Calling Callous Calls Callsign Came Camera Cameras Campaign Can Can't
Canal Cancer Cannabis Cannot Captain Car Caravan Card Cards Career Careers Caribbean Carnival Cars
Cash Castle Cat Category Cathedral Catholic Cattle Caught Caution Cautioned CBE CBO CC CCTV Cell
Cells Celtic Center Central Centre Century Certainly Champion Champions Championship Changing
Channel Chapel Chapter Charge Charged Charges Charity Chase Chased Cheat Cheats Check Checks
Cheers Chief Child Child-seat Childline Children Chinese Chocolate Choir Christian Christmas
Chronicle Church CI CID Cigarettes Cinema Cities Citroen City Clearly Click Clinic Clio Cllr Close
Closed Closure Club Co-op Coach Coast Coat Cocaine Code Coffee Cold Colleague Colleague's
Colleagues Collection Collections College Collision Collisions Colonel Come Coming Commander
Commendation Commended Comment Comments Commission Commissioner Committee Common Community
Community-Speedwatch Company Competition Complaint Complaints Concert Condolences Confirm
Confirmed Confirms Congrats Congratulations Conman Conmen Constable Constables Constabulary
Constituency Contact Control Convicted Conviction Coop Coordinator Coronavirus Coroner Coroner's
Coroners Corporal Corsa Costa Could Council Councillor Councillors Countryside County Couple
Courage Courageous Courier Course Coursers Coursing Court Courts Cousin COVID Covid Cowardly CPS
Crackdown Crash Crashed Crescent Crew Crews Cricket Crime Crimes Crimestoppers Crimewatch Criminal
Criminals Crisis Critical Crown Cruel CSE CSI Cup Cuppa Cupra Curfew Currently Custodial Custody
Cyber Cycle Cycles Cycling Cyclist Cyclists DA DAC Dad Dads Dale Damage Damaged Dame Danger
Dangerous Dark Dashcam Date Daughter Daughters Day Days DC DCC DCI DCs DCS Dead Dealer Dealer's
Dealers Dealing Dear Death Dec December Defender Definitely Degree Delay Delays Delighted
Deliveroo Delivery Delta Dementia Denied Denies Depot Deputy Described Description Despicable Det
Detail Details Detained Detective Detectives Detention Devastated Devastating DeWalt Dewalt DI
Diabetes Did Didn't Died Dies Diesel Digger Dinner Director Discovery Dismissed Disorder
Dispatcher Disqualified Disrupt Disrupted Distance Distancing Distraction District Diversion
Diversions Division Diwali DM DMs DNA Do Dock Docks Doctor Doctors Documentary Does Doesn't Dog
Dogs Doing Domestic Don't Donate Donated Donation Donations Done Door Doorbell Doorknock Doors
Doorstep Double Down Dozen Dozens DPD Dr Drama Drink Drinking Drive Driver Drivers Driving Drone
Drones Drop Drop-in Drop-off Drove Drug Drug-dealer Drugs Drunk DS DSU Duchess DUI Duke During
Dust Duster DV DVLA DVSA Each Earl Earlier Earlies Early East Easter Eastern Echo Eggs Eid Eight
Eighteen Eighth Eighty Either Electric Eleven Else Email Emails Emergency Employee Employees
Empower Empowering Engagement Engineer English Enjoy Enough Enquiries Enquiry Ensure Entry Episode
Escape Escaped Especially Essential Estate Etc EU European Even Evening Event Events Eventually
Ever Every Everybody Everyone Everything Evidence Evil Evoque Evri Ex Ex-partner Excellent
Executive Expect Exploitation Exploited Express Fabia Face Facebook Faced Faces Facing Factory
Fail Failed Failing Fair Faith Families Family Fan Fans Fantastic FAQ Farm Farmer Farmers
Farmwatch Fatal Fatalities Fatality Fatally Father Fathers FC Feature Featured Featuring Feb
February Federation Female Females Ferrari Festival Fete Few FGM Fiat Field Fields Fiesta Fifteen
Fifth Fifty Filling Film Final Finally Find Fine Fined Fines Fire Firearm Firearms Firefighter
Firefighters First Firstly Five Flag Flags Flasher Flat Flats Fled FLO Flood Floods Floor Fly
Fly-tipper Fly-tippers Fly-tipping Focus Follow Followed Followers Following Food Foods Footage
Football For Force Forces Ford Foreign Forensic Forensics Forest Forget Form Formally Former
Formerly Forms Fortunately Forty Forum Found Foundation Founder Four Fourteen Fourth Foxtrot FPN
Framework Fraud Fraudster Fraudsters Free French Fri Friday Friend Friends From Fuel Full Fund
Fundraiser Fundraising Further Furthermore Fury Futures FYI Gallery Game Games Gang Gangs Gangster
Gangsters Garage Garden Gardens Gate Gave Gazette GB General Generally Genital Genuinely German
Get Gets Getting Gift Gifts Girl Girls Give Given Gives Global GMP Go Goes Going Gold Golden Golf
Gone Good Goodbye Goodnight Google Got Government GP Graffiti Grammar Gran Grandad Grandfather
Grandma Grandmother Grandmother's Grateful Great Greater Green Greggs Grey Groomed Groomer
Groomers Grooming Gross Ground Group Grove Grow Growing Guardian Gucci Guidance Guide Guilty Gun
Gunman Gunner Guns Gurdwara Gym Habitual Had Haha Hair Half Halfords Halifax Hall Halloween Hamper
Hampers Handcuffs Handed Handler Handlers Hanukkah Happy Harassed Harassment Harbour Hare Has
Has-been Hasn't Hat Hate Haul Have Haven't Having He Head Health Hear Heard Hearing Heart
Heartbroken Heartless Hearts Heath Height Held Helicopter Hello Helmet Helmets Help Helped Helping
Hence Her Herald Here Heritage Hero Heroes Heroin Hers Herself Hey HHJ Hi Hid Hiding High Highness
Hill Hills Him Himself Hindu His History Hit HM HMIC HMICFRS HMP HMS Hockey Hold Holder Holding
Holiday Home Honda Honour Honoured Hoodie Hooray Hope Hopefully Horizons Horrific Horror Horse
Horsebox Horses Horsewatch Hospital Hospitality Hospitals Hotel Hotspot Hotspots Hour Hours House
Houses How However HQ HSBC Http Https Hub Human Hundred Hundreds Hunt Hunted Hunts Hurray
Hurricane Husband Hybrid Hyundai I I'd I'll I'm I've Ibiza Ice Iceland Identified Identify If Ikea
Image Images Imam IMD Immediately Immobilise Important Importantly In Inc Incident Incidents
Including Incredible Indeed Independent Indian Industrial Infirmary Info Information Initially
Injunction Injured Injuries Injury Inn Inquest Inquiry Inside Insignia Insp Inspector
Inspirational Inspire Inspiring Instagram Instead Institution Insurance International Internet
Interview Interviewed Into Introduce Introducing Investigating Investigation Investigations
Investigator Investigators IOPC IPCC iPhone Irish Is Island Isle Isn't It It's Italian Item Items
Its ITV IWD Jacket Jaguar Jail Jail-time Jailed Jan January Jazz JCB Jeans Jehovah's Jewellery
Jewish Job Jobs Join Joined Joining JP Judge Juke Jul July Jummah Jumped Jun Junction June Junior
Jury Just Justice Kaleidoscope KC Keep Keeping Kept Ketamine Key Keys KFC Kia Kicked Kid Kidnap
Kidnapped Kids Killed Killer Killing Kind Kindness King Kingpin Knife Knifeman Knives Knock Know
Known Kodiaq Kuga Lady Lake Lakes Lancashire's Land Landlord Lane Laptop Large Last Lastly Late
Later Lates Latest Launch Launched Launches Launching Law Lead Leader Leaf Leaflet Leaflets League
Learn Leave Leaving Left Legion Leisure Less Lest Let Let's Letterbox Level LGBT LGBTQ Liar
Library Licence License Lidl Lieutenant Life Life-sentence Light Like Likely Limit Limits Line
Lines Link Links Listen Literally Litter Little Live Lives Living Lloyds Ln Local Locals Locate
Located Lock Lockdown Locked Locks Log Look Looking Looks Lord Lorries Lorry Lorry-driver Lost
Lots Lottery Love Loved Lovely Loving Lower LPT LPU Ltd Luckily Lunch Madam Made Magazine
Magistrate Magistrates Magna Mail Majesty Major Make Makes Making Makita Male Males Mall Man
Manager Mandir Manhunt Manslaughter Many Map Maps Mar Marathon March Marina Marine Marines Market
Marking Masjid Mask Masks Master Match Matter May Maybe Mayor MBE MC McDonald's McDonalds Me Mean
Meanwhile Mechanism Medal Media Meet Meeting Meetings Men Mental MEP Mercedes Mercury Merry Met
Metro Mews MIB Micra Midnight Might Milk Million Mind Mine Mini Minister Ministry Minute Minutes
Mirror Misconduct Misper Miss Missing Mister MIT Mixed Mobile Mobile-phone MOD Mon Moncler Monday
Mondeo Money Monkey Month Months Moon Moor Moors Moped More Moreover Morning Morrisons Mosque Most
MOT Mother Mothers Motivator Motor Motorbike Motorcycle Motorcyclist Motorcyclists Motorist
Motorists Motors Motorway Movie MP Mph MPs MPS Mr Mrs Ms MSP Much Mugger Muggers Mugging Multiple
Mum Mums Murder Murdered Museum Musician Muslim Must Mutilation Mx My Myself Named Nan Nana
Nando's National Nationwide Nature Natwest NatWest Navigate Navratri Navy NB NCA Near Nearby
Nearly Need Needed Needs Negative Neighbour Neighbourhood Neighbourhood-Watch Neighbourhoods
Neighbours Nephew Network Never Nevertheless New News Newsletter Newsnight Next Nextdoor NHS Nice
Nicked Niece Night Nights Nike Nine Nineteen Ninety Ninth Nissan Nitrous No Nobody Noise Nominated
Nominee None Noon Normally North Northeast Northern Northwest Not Note Notes Nothing Notice
Notorious Nov November Now NPAS NPT NSPCC Nuisance Number Numbers Numerous Nurse Nursery Nurses
OBE Observer Obviously Oct October Of Off Offence Offences Offender Offenders Offending Offer
Offers Office Officer Officer's Officers Officials Often Oh OK Old Older Ombudsman On Once One
Ongoing Online Only Onto Op Op-Snap Open Opened Opening Operation Ops Or Orange Orchestra Order
Orderly Orders Originally Other Others Otherwise Our Ours Out Outcome Outside Over Own Owner
Owners Oxide Paedophile Paedophiles Page Pakistani Palace Panel Panorama Parade Paramedic
Paramedics Parcel Parish Park Parking Parks Parliament Parole Part Particularly Partner
Partnership Parva Pass Passat Passenger Passengers Past Patch Patient Patients Patrol Patrolling
Patrols Pavement PC PCC PCCs PCs PCSO PCSOs PD PDF Peace Pedestrian Pedestrians Penalties Penalty
Pensioner People Perhaps Persistent Person Persons Pervert Petrol Peugeot PH PhD Phishing Phone
Photo Photos Pic Picanto Pickpocket Pickpockets Pics Picture Pictured Pictures Pier Pink Place
Plan Plane Planned Plans Plate Plates Platform Player Players Plc Plea Pleaded Pleads Please
Pleased Plot Pls Plus Pm PM Poacher Poachers Poaching Podcast Points Police Policing Policy Polish
Poll Polo Pool Pop Pop-up Pope Porsche Portal Portuguese Positive Possibly Post Poster Posters
Poundland Prada Predator Predators Premier Presents President Press Prevention Previously Pride
Primark Primary Prime Prince Princess Priorities Priority Prison Prisoner Prisons Prius Private
Proactive Probably Probation Probe Prof Professor Profile Programme Project Prolific Property
Protect Protected Protecting Protocol Proud PS PSD PSNI Pub Public Public-Facing Pubwatch Puma
Punched Pupil Pupils Puppy Purple Purse Pursue Pursued Pursuit Put Q&A Qashqai QC QPM Quad Quarter
Quay Queen Question Questioned Questions Quick Quickly Quite Quiz Quizzed Rabbi Race Radio Radios
RAF Raid Raided Raids Rail Railway Rain Raise Raised Raising Ramadan Rambo Ran Range Rangers Rape
Raped Rapist Rarely Rather Rd Read Ready Really Recall Recalled Recently Recognise Recovered
Recovery Recruit Recruiting Recruitment Red Reduction Reebok Ref Referee Reference Referral Refuge
Regards Regiment Region Register Registration Release Released Releases Remanded Remember
Remembrance Remind Reminder Renault Repairs Repeat Report Reported Reporting Reports Rescue
Researcher Resident Residents Respect Respectively Response Rest Restaurant Restrictions Result
Results Retail Return Retweet Retweets Rev Reveal Revealed Reveals Reverend Review Reviewed
Reviews RFC Ride Rider Riders Right Ring Ringleader RIP Rise River RNLI Road Roads Robbed Robber
Robberies Robbers Robbery Rogue Role Rolex Romanian Room Roundabout Route Rover Rovers Row Royal
RSPCA RT RTA RTC RTI Rugby Rules Run Rural Sad Sadly Safe Safely Safer Safety Said Sainsbury's
Saint Salvation Samaritans Same Samsung Samurai Sandero Santander Sat Saturday Saturn Saw Say Says
Scam Scam-artist Scammer Scammers Scams Scheme School Schoolboy Schoolgirl Schools Scientist
Scooter Scottish Sea Search Search-warrant Searches Searching Seat Seatbelt Secondary Secondly
Secretary Section Security See Seeing Seek Seeking Seeks Seem Seen Seized Seldom Selecta
SelectaDNA Semi Send Senior Sent Sentence Sentenced Sentences Sentencing Sep Sept September
Sergeant Sergeants Serial Series Serious Seriously Serve Served Service Services Serving Seven
Seventeen Seventh Seventy Several Sexual Sgt Shabbat Share Shared Sharing She She'll Sheep Shelter
Shield Shift Ship Shirt Shock Shocking Shoes Shooting Shootings Shop Shopkeeper Shoplifter
Shoplifters Shoplifting Shopper Shoppers Shopping Shops Shopwatch Short Shortly Shot Should Shout
Show Shows Sibling Siblings Sighting Sightings Sign Signage Significant Signs Sikh Silver
Similarly Simply Since Sincerely Singer Single SIO Sir Sister Sisters Site Six Sixteen Sixth Sixty
Skoda Sky Slavery Slim Small Smart SmartWater Smash Smile Smishing Snap Snapchat Snow SNT So
Social Society Soldier Soldiers Some Somebody Someone Something Sometimes Somewhere Son Song Sons
Soon Sorry Sought Soul South Southeast Southern Southwest Spanish Spark Sparked Special Specials
Specifically Speed Speeder Speeders Speeding Speeds Speedwatch Spice Sponsor Sponsored Sponsors
Sport Sportage Sports Spot Spotted Spouse Spray Spring Sprinter Sq Squad Squadron Square St
Stabbed Stabbing Stadium Staff Stalked Stalker Stalkers Stalking Stall Stand Standard Standards
Star Starbucks Stars Statement Station Stations Stay Stays Stepdaughter Stepfather Stepping Steps
Sticker Stickers Stihl Still Stole Stolen Stones Stop Stopped Stops Store Stores Storm Story
Strategy Stream Street Streetwatch Stronger Student Students Submission Submissions Subway Success
Successful Such Suddenly Suicide Suite Summonsed Sun Sunday Sunshine Superb Superintendent
Supermarket Support Supporter Supporters Supt Sure Surgery Survey Suspect Suspected Suspects
Suspended Swoop Synagogue Tackle Tackling Tag Tagged Take Takeaway Taken Takes Taking Talk Talking
Talks Tall Tango Target Targeted Targeting Taser Tavern Tax Taxi Tea Teacher Teachers Team Team's
Teams Technician Teen Teenager Teenagers Tel Telegraph Telephone Television Tell Temple Ten Tenant
Tenants Tennis Tenth Terminal Terrace Terrible Terror Terrorism Terrorist Tesco Tesla Text Texts
Than Thank Thankfully Thanks Thankyou That That's The Theatre Theft Thefts Their Theirs Them
Themselves Then There There's Therefore These They They're They've Thief Thieves Thin Thing Things
Think Third Thirteen Thirty This Those Though Thought Thoughts Thousand Thousands Threatened
Threats Three Threw Thrice Thrive Through Thu Thug Thugs Thur Thurs Thursday Thus Ticket Tickets
Tier Tiguan TikTok Till Time Times Tip Tipping Tips To Tobacco Today Toddler Together Tomorrow
Tonight Too Took Tool Tools Top Tour Toward Towards Tower Towers Town Towns Toy Toyota Toys Trace
Traceable Traced Tractor Trader Traders Traffic Trafficked Trafficking Tragedy Tragic Tragically
Trailer Train Trainer Trainers Training Tram Transit Transporter Travel Trespass Trespassers Trial
Tribute Tributes Tried Triple Triplets Trophy Trousers Truck Trucker Trust Try Trying Tucson Tue
Tues Tuesday Turkish Turn TVP Tweet Tweeting Tweets Twelve Twenty Twice Twin Twins Twitter Two
Tyres Uber UK UN Uncle Under Underground Unfortunately Uniform Uninsured Union Unit Unite United
Units Unity University Unless Unlikely Until Up Update Updated Updates Upload Upon Upper Urban
Urge Urged Urgent Urges Urging US Us USA Use Used Useful Using Usually Vacancies Vacancy Vaccine
Vaisakhi Valley Van Vandal Vandalised Vandalism Vandals Vans Vape Vapes Various Vauxhall VAWG
Vehicle Vehicles Venus Versace Very Vest Veteran Veterans Via Victim Victims Video View Vile Villa
Village Violence Violent Visit Visited Vivaro Volkswagen Volunteer Volunteers Volvo Vote Voyeur VW
Waitrose Walk Walkabout Walker's Wallet Wanderers Want Wanted Wants Ward Warehouse Warn Warned
Warning Warns Warrant Warrants Was Wasn't Watch Water Way We We'll We're We've Weapon Weapons
Wearing Weather Web Website Wed Wednesday Week Weekend Welcome Welfare Well Wellbeing Welsh Went
Were Weren't West Western Wetherspoons What What's Whatever WhatsApp When Whenever Where Wherever
Whether Which While Whilst Whippy Whiskey White Who Who's Whole Whose Why Wicked Wide Wife
Wildlife Wilko Win Wind Window Windows Wing Winner Winners Winter Wish With Within Without Witness
Witnessed Witnesses WMP Woman Women Won Won't Wonder Wood Woods Worker Workers Working World
Worried Would Wouldn't Wow Written Www WYP Xmas Yankee Yaris Yay Year Years Yellow Yes Yesterday
Yet Yob Yobs You You'd You'll You're You've Young Younger Your Yours Yourself Youth Youths Youtube
YouTube Zero Zombie Zone Zoo Zoom Zulu
""".casefold().split()
)
"""Words of headlines, of the police, of roads and buildings, of brands."""


PLACES: Final = frozenset(
    """
Aberdeen Aberystwyth Abingdon Accrington Acton Addlestone Afghanistan Africa Albania Aldershot
Alfreton Algeria Alnwick Alton Altrincham America Amersham Amsterdam Andover Anglesey Antrim
Arbroath Armagh Arnold Ascot Ashbourne Ashby Ashford Ashington Asia Athens Atherstone Australia
Austria Avon Axminster Aylesbury Ayr Bacup Bakewell Balham Banbury Banff Bangladesh Bangor
Barbados Barcelona Barking Barnet Barnsley Barnstaple Barry Barton Basildon Basingstoke Bath
Batley Battersea Beccles Beckenham Bedford Bedfordshire Belarus Belfast Belgium Belgravia Belper
Benidorm Berkshire Berlin Berwick Bethnal Beverley Bewdley Bexhill Bexley Bicester Biddulph
Bideford Biggleswade Bilbrook Bilston Bingley Birkenhead Birmingham Blackburn Blackpool Blandford
Bletchley Bloxwich Blyth Bodmin Bognor Bolsover Bolton Bootle Bordesley Boston Bournemouth
Brackenford Bracknell Bradford Braintree Brazil Brecon Brent Brentford Brentwood Bridgend
Bridgwater Bridlington Bridport Brighouse Brighton Bristol Britain Brixham Brixton Broadstairs
Bromley Bromsgrove Brownhills Brussels Buckingham Buckinghamshire Bude Bulgaria Burnley Burntwood
Burslem Burton Bury Buxton Caerphilly Caister Calderdale Camberley Camberwell Camborne Cambridge
Cambridgeshire Camden Canada Cannock Canterbury Cardiff Cardigan Carlisle Carmarthen Castleford
Caterham Catford Chatham Cheadle Chelmsford Chelsea Cheltenham Chepstow Chesham Cheshire Cheslyn
Chester Chesterfield Chichester China Chippenham Chiswick Chorley Cirencester Clacton Clapham
Cleckheaton Cleethorpes Cleveland Clitheroe Coalville Codsall Colchester Colne Congleton Consett
Corby Cornwall Coventry Cramlington Crawley Crewe Croatia Cromer Croydon Cumbria Cwmbran Cyprus
Dagenham Darlington Dartford Dartmouth Darwen Daventry Deal Denbigh Denmark Deptford Derby
Derbyshire Devizes Devon Dewsbury Didcot Digbeth Doncaster Dorchester Dorking Dorridge Dorset
Dover Dubai Dublin Dudley Dulwich Dumfries Dundee Dunstable Durham Dyfed Ealing Eastbourne
Eastleigh Easton Eccles Eccleshall Edgbaston Edinburgh Edmonton Egham Egypt Ellesmere Ely Enfield
England Epping Epsom Erdington Erith Eritrea Essex Estonia Ethiopia Europe Evesham Exeter Exmouth
Falkirk Falmouth Fareham Farnborough Farnham Farnworth Faversham Feltham Fenton Fife Finland
Fleetwood Folkestone Formby Foxhollow France Frome Fulham Gainsborough Gambia Gateshead Germany
Ghana Gibraltar Gillingham Glamorgan Glasgow Glastonbury Glossop Gloucester Gloucestershire
Gnosall Godalming Goole Gosport Grantham Gravesend Grays Greece Greenwich Grimsby Guernsey
Guildford Gwent Gwynedd Hackney Hailsham Halesowen Halifax Hammersmith Hampshire Handsworth Hanley
Harborne Haringey Harlow Harpenden Harrogate Harrow Hartlepool Harwich Haslingden Hastings
Hatfield Havant Haverhill Havering Hayes Heathrow Hemel Hempstead Hendon Henley Hereford
Herefordshire Hertford Hertfordshire Heston Hexham Heywood Highgate Hillingdon Hinckley Hitchin
Hockley Holborn Holland Holyhead Hornsey Horsham Houghton Hounslow Hove Huddersfield Hull
Humberside Hungary Huntingdon Huyton Hyde Ibiza Iceland Ilford Ilkeston Ilkley India Indonesia
Inverness Ipswich Iran Iraq Ireland Islington Israel Italy Jamaica Japan Jarrow Jersey Jordan
Keighley Kendal Kenilworth Kensington Kent Kenya Keswick Kettering Keynsham Kidderminster
Kidlington Kidsgrove Kilburn Kilmarnock Kingsmarl Kingswinford Kirkby Kirkcaldy Kirklees
Knaresborough Knowsley Knutsford Kosovo Lambeth Lancashire Lancaster Latvia Launceston Leatherhead
Lebanon Leeds Leek Leicester Leicestershire Leighton Leominster Letchworth Lewes Lewisham Leyland
Leyton Leytonstone Liberia Libya Lichfield Lincoln Lincolnshire Lisbon Lithuania Littlehampton
Liverpool Livingston Llandudno Llanelli London Longton Loughborough Loughton Louth Lowestoft
Ludlow Luton Lymington Lytham Macclesfield Madrid Magaluf Maidenhead Maidstone Malaysia Malden
Maldon Malta Malvern Manchester Mansfield Margate Marlborough Marlshire Matlock Melton Merseyside
Merthyr Merton Mexico Middlesbrough Middlesex Middleton Mildenhall Milton Minehead Mitcham Moldova
Monmouth Morecambe Morley Morocco Moscow Mossley Motherwell Nantwich Neath Nepal Netherlands
Newark Newbury Newcastle Newcastle-under-Lyme Newham Newhaven Newmarket Newport Newquay Nigeria
Norfolk Normanton Northallerton Northampton Northamptonshire Northolt Northumberland Northumbria
Northwich Norway Norwich Norwood Nottingham Nottinghamshire Nuneaton Oadby Okehampton Oldbury
Oldermoor Oldham Orpington Ossett Oswestry Otley Oxford Oxfordshire Padstow Paignton Paisley
Pakistan Palestine Paris Peckham Pembroke Pembrokeshire Penarth Penistone Penkridge Penrith Penryn
Penzance Perry Perth Peterborough Petersfield Philippines Plaistow Plumstead Plymouth Poland
Pontefract Pontypridd Poole Portishead Portsmouth Portugal Powys Prague Prestatyn Preston
Prestwich Pudsey Putney Qatar Queensbury Radcliffe Rainham Ramsgate Rawtenstall Reading Redbridge
Redcar Redditch Redhill Redruth Reigate Rhondda Rhyl Richmond Ripon Rochdale Rochester Romania
Rome Romford Rossendale Rotherham Rowley Royston Rugby Rugeley Ruislip Runcorn Rushden Russia
Rutland Ryde Rye Salford Salisbury Saltaire Saltmere Sandwell Scarborough Scotland Scunthorpe
Seaford Sedgley Sefton Selby Senegal Serbia Sevenoaks Sheffield Shepton Shipley Shirley Shrewsbury
Shropshire Sidcup Singapore Sittingbourne Skegness Skelmersdale Skipton Sleaford Slough Slovakia
Slovenia Smethwick Solihull Somalia Somerset Southall Southampton Southend Southport Southsea
Southwark Spain Spalding Spennymoor Stafford Staffordshire Staines Stalybridge Stamford Stanmore
Stansted Stepney Stevenage Stirling Stockport Stocksbridge Stockton Stoke Stone Stourbridge
Stowmarket Stratford Streatham Streetly Stroud Sudan Sudbury Suffolk Sunderland Surbiton Surrey
Sussex Sutton Swadlincote Swanage Swansea Sweden Swindon Switzerland Syria Taiwan Tamworth Taunton
Teddington Telford Tenerife Tewkesbury Thailand Thetford Thirsk Thornton Tipton Tiverton Todmorden
Tokyo Tonbridge Tooting Torbay Torquay Totnes Tottenham Trent Tring Trowbridge Truro Tunbridge
Tunstall Turkey Twickenham Tynemouth Tyneside Uckfield Uganda Ukraine Ulverston Uttoxeter Uxbridge
Vietnam Wakefield Wales Wallasey Wallsend Walsall Waltham Walthamstow Wandsworth Wantage
Warminster Warrington Warwick Warwickshire Washington Watford Wednesbury Wednesfield
Wellingborough Wellington Welwyn Wembley Westminster Weston Wetherby Weybridge Weymouth Whitby
Whitechapel Whitehaven Whitstable Wickford Widnes Wigan Wight Willesden Wilmslow Wiltshire
Wimbledon Winchester Windsor Winsford Wirral Wisbech Witney Woking Wokingham Wolverhampton
Wombourne Woodford Woolwich Worcester Worcestershire Workington Worksop Worthing Wrexham Wycombe
Yardley Yate Yemen Yeovil York Yorkshire Zimbabwe
""".casefold().split()
)
"""Towns, counties and countries."""
