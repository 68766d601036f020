"""Surnames common in Britain, from many languages, in small letters."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = frozenset(
    """
Abbas Abbasi Abbott Abdelaziz Abdi Abdirahman Abdulla Abdullah Abdullahi Abdulle Abdulrahman Aboud
Abrahams Abrams Abukar Ackroyd Adair Adamczyk Adams Adamski Adamson Adan Addae Addison Addo
Adebayo Adeleke Aden Adeniyi Adeola Adesanya Adeyemi Adeyemo Adil Adkins Afolabi Afolayan Afridi
Aftab Afzal Agarwal Aggarwal Agnew Agyei Agyeman Agyemang Ahern Ahluwalia Ahmad Ahmadi Ahmed
Ainscough Ainsworth Aitken Ajayi Ajibola Akande Akbar Akers Akhtar Akhter Akinola Akinyemi Akpan
Akram Aksoy Aktas Akuffo Akyuz Alabi Alam Alao Alcock Alderson Aldridge Alexander Allan Allard
Allcock Allen Allison Allman Allsop Allsopp Amadi Amankwah Ambrose Amin Amjad Amoah Amoako Amos
Ampofo Ampong Anand Anderson Andersson Andreou Andrews Angell Aning Anokye Ansah Ansari Ansell
Anthony Antoniou Antonov Antwi Anwar Appiah Appleby Appleton Appleyard Archibald Arif Arkwright
Armitage Armstrong Arnold Arora Arrowsmith Arshad Arthur Asamoah Asante Asare Asghar Ashcroft
Ashraf Ashurst Ashworth Askew Aslam Aslan Aspinall Aspinwall Astley Aston Atherton Atik Atkins
Atkinson Attwood Atwal Auld Austin Avci Averill Awan Awuah Aydin Ayeni Ayers Aylward Ayodele Ayres
Ayub Azam Aziz Baah Babar Babatunde Babbage Backhouse Badesha Badmus Bagley Bagnall Bagshaw Bah
Baig Bailes Bailey Bainbridge Baines Bains Baird Bajwa Bakare Bakir Bakshi Balan Balci Baldock
Baldwin Balfour Balint Ballantyne Ballard Balogun Balu Bamford Bamforth Banas Bancroft Banda
Banerjee Bangura Banham Banister Bannister Bano Bansal Baran Barbu Barclay Bardsley Barham Barlow
Barnard Barnes Barnett Barraclough Barratt Barrett Barrie Barron Barrow Barrowclough Barry
Bartholomew Bartlett Barton Bartosz Bashir Basi Basra Bassett Batchelor Bateman Bates Bateson
Batten Battersby Bauer Baxendale Baxter Bayley Bayliss Baynes Bayrak Beadle Beal Beales Beardmore
Beardsley Beasley Beattie Beauchamp Beaumont Beckett Beckham Beckwith Beddoes Bedford Beech
Beecham Beeching Beesley Begum Bektas Belcher Bellamy Bellis Bello Bengtsson Bennett Bennison
Benson Bentham Bentley Benton Beresford Berg Bergman Berisha Bernard Bernstein Berry Bertrand
Bestwick Bevan Beveridge Bevins Bhagat Bhamra Bhatia Bhatt Bhatti Bhogal Bhopal Bianchi Bibi
Bickerton Biggs Bilgin Billingham Billings Binns Birchall Birkett Birtles Birtwistle Biswas
Blackburn Blackledge Blackmore Blackshaw Blackwell Blackwood Blagg Blakeley Blakemore Blakey Blanc
Blanchard Blenkinsop Blewitt Blissett Bloomfield Blundell Blythe Boakye Boardman Boateng Boland
Bolger Bolton Bondarenko Bonham Bonsu Boothroyd Borkowski Borthwick Bose Bostock Boswell Botezatu
Bottomley Boulton Bourne Bowden Bowen Bowers Bowes Bowker Bowles Bowman Bowyer Boyce Boyd Boyle
Bozkurt Bracewell Bradbury Braddock Bradley Bradshaw Brady Braithwaite Bramall Bramhall Bramley
Brammer Brannigan Bratt Bratu Brayshaw Brearley Breen Brennan Brereton Brett Brewer Brewster
Brierley Briggs Brindle Brindley Bristow Britton Broadbent Broadhurst Brockbank Brocklehurst
Bromley Brookes Brookfield Brooks Broome Brophy Brotherton Broughton Browne Brownhill Browning
Brownlow Bruce Bruno Brunt Bryan Bryant Bryce Bryson Buchanan Buckingham Buckland Buckle Buckley
Bucur Bullen Bullock Bulmer Bulut Bunting Burdett Burgess Burgin Burke Burkitt Burnett Burnham
Burrell Burrows Burslem Burt Burton Burtonwood Butterfield Butterworth Buxton Byrne Byron Cadman
Cadwallader Caglar Cahill Cain Cairns Cakir Calder Caldwell Callaghan Callan Callaway Calvert
Camara Cameron Campbell Cantwell Cardwell Carlisle Carmichael Carney Carolan Carr Carrick Carrigan
Carrington Carroll Carruthers Carson Carter Cartwright Carty Casey Cassidy Caswell Catterall
Caulfield Cavanagh Cawley Ceesay Celik Cetin Chadwick Chahal Chakraborty Chalmers Chamberlain Chan
Chana Chand Chanda Chander Chandra Chang Chaplin Chapman Chappell Charalambous Charlesworth
Charlton Charnley Chatterjee Chaudhari Chaudhary Chaudhry Chaudhuri Chauhan Cheema Cheetham Chen
Cheng Cheshire Chester Chesterton Cheung Chikwanda Chilton Chisholm Chohan Choi Chong Chopra
Choudhary Choudhry Choudhury Chow Chowdhury Christie Christodoulou Christopher Christou Chu Chukwu
Chung Churchill Ciobanu Ciocan Cisse Clancy Clapham Clare Clark Clarke Clarkson Clayton Cleary
Clegg Clemens Clements Cleveland Clifford Clifton Clough Clowes Coates Cochrane Cockburn Cocker
Coffey Coghlan Cohen Coker Colbert Colclough Coleman Coles Colley Collier Collinge Collings
Collingwood Collins Collinson Collis Colquhoun Coltman Comerford Compton Conlon Connell Connelly
Connolly Connor Connors Conroy Considine Constantin Constantinou Conteh Conti Conway Cooke Coombes
Coombs Cooney Cooper Copeland Copley Corbett Corcoran Cordingley Corless Cornell Cornes Cornish
Cornwell Corrigan Coskun Costea Costello Cottam Cotterill Coughlan Coulson Coulter Coupland
Courtney Coventry Cowan Cowell Cowley Cowling Coyle Coyne Crabtree Craddock Craig Cranston
Crawford Crawley Creighton Cresswell Crewe Crichton Cristea Critchley Croft Crompton Cronin Crosby
Crossland Crossley Crowe Crowley Crowther Croxton Cruickshank Crump Cucu Cullen Culshaw Cummings
Cummins Cunliffe Cunningham Curley Curran Currie Curry Curtin Curtis Cusack Cuthbert Cutler
Czarnecki Dabrowski Dada Dakin Daley Dalgleish Dalton Daly Dalziel Daniels Danquah Danso Dar Darby
Darcy Darko Darlington Dasgupta Datta Davenport Davey Davidson Davies Davis Davison Dawes Dawson
Deakin Dearden Debrah Deegan Deeley Deering Delaney Demir Demirci Demirel Dempsey Dempster Denby
Deng Denham Denning Dennis Dennison Denny Denton Deol Derbyshire Desai Desmond Devine Devlin Dewar
Dewhurst Dhaliwal Dhami Dhanda Dhanjal Dhanoa Dhesi Dhillon Diallo Dickens Dickenson Dickinson
Dickson Digby Dillon Dimmock Dineen Dinh Dinu Diop Dixon Dlamini Dobbs Dobre Dobson Docherty Dodd
Dodds Dodson Dodsworth Dogan Dogra Doherty Dolan Donaldson Donkor Donnelly Donoghue Donohoe
Donovan Dooley Doran Dosanjh Dougherty Douglas Dowd Dowling Downes Downey Downing Downs Doyle
Drabble Draper Drewitt Driscoll Drummond Drury Dube Dubois Ducker Duckett Duckworth Duda Dudek
Dudley Duffin Duffy Dugdale Duggan Dumitru Duncan Dunford Dunham Dunkerley Dunlop Dunn Dunne
Dunning Duong Dupont Durand Durham Durkin Durrant Dursun Dutta Dutton Dwyer Dyson Eagleton Eames
Earnshaw Eastham Eastwood Eaton Ebi Eccles Eccleston Edgar Edmonds Edmondson Edmunds Edu Edwards
Egal Egan Egbe Ekwueme Eldridge Ellershaw Elliott Ellis Ellison Ellwood Elmi Elsworth Emerson
Emery Emmett Enache Ene Ennis Entwistle Erdem Erdogan Erskine Ersoy Esposito Etherington Evans
Everett Everitt Ewart Ewing Exley Eynon Eyre Eze Ezeh Fadipe Fagan Fairbairn Fairbrother
Fairclough Fairfax Fairhurst Fairley Fallon Fang Farah Farnham Farnworth Farooq Farooqi Farr
Farrar Farrell Farrelly Farrington Farrow Fashola Faulkner Fawcett Fearon Featherstone Feeney
Felton Fenn Fenton Fenwick Ferguson Fergusson Fernandes Fernandez Fernando Ferraro Ferreira
Ferrier Ferris Fielden Fielding Findlay Finlay Finlayson Finnegan Finnigan Firth Fischer Fishwick
Fitton Fitzgerald Fitzpatrick Fitzsimmons Flanagan Flannery Fleming Fletcher Florea Floyd Flynn
Foden Fofanah Fogarty Foley Fong Fontaine Fontana Foran Forbes Forde Forrest Forrester Forshaw
Forster Forsyth Forsythe Foster Foulds Foulkes Fournier Fowler Foy Francis Franklin Franks Fraser
Frazer Frimpong Froggatt Fryer Fuchs Fuller Fulton Fung Furness Gadsby Gaffney Gajewski Gallacher
Gallagher Gallo Galloway Galvin Gandhi Gannon Gao Garcha Gardiner Gardner Garg Garland Garner
Garnett Garratt Garrett Garrity Garside Garvey Gashi Gaskell Gaskin Gaunt Gavin Geary Gedi Gee
Geoghegan Georgiev Georgiou Geraghty Gerrard Ghani Ghosh Gibb Gibbon Gibbons Gibbs Gibson Gifford
Gilbert Gilbey Gilchrist Giles Gilham Gillard Gillespie Gillett Gilligan Gilmartin Gilmore Gilmour
Gilroy Girard Gittins Gladstone Glasgow Gleave Gleeson Glenn Glennon Glynn Goddard Godfrey Godwin
Gohil Goldberg Golding Goldstein Gomes Gomez Goncalves Gonzalez Goodall Goode Goodfellow Goodman
Goodridge Goodyear Gordon Gorman Gormley Gorski Gosal Gosling Gough Gould Goulding Gower Grabowski
Grady Graham Grainger Grantham Grayson Greaves Greco Greenall Greene Greenhalgh Greenhough
Greenwood Gregg Gregory Gregson Greig Grenfell Grewal Gribbin Grice Grierson Griffin Griffith
Griffiths Grigore Grimes Grimshaw Grogan Groves Gruber Grundy Gujral Gul Guler Gulzar Gunes Gungor
Gunn Guo Gupta Guthrie Gutierrez Gwilliam Gwilym Gwynne Gyamfi Habib Hackett Haddad Hadfield Hadid
Hadley Hague Haider Haigh Haines Hakimi Halford Halfpenny Hallam Halliday Halliwell Hallsworth
Halstead Hameed Hamer Hamid Hamidi Hamill Hamilton Hammond Hampson Hampton Han Hancock Hancox
Handley Hanif Hanks Hanley Hanlon Hanna Hannah Hannan Hannon Hanrahan Hansen Hanson Haq Haque
Harbottle Harcourt Hardcastle Hardie Harding Hardman Hargreaves Harker Harkin Harkness Harland
Harley Harman Harmer Harper Harpur Harrington Harris Harrison Harrop Hart Hartley Harvey Harwood
Hasan Hashemi Hashi Hashmi Haslam Hassall Hassan Hastings Haswell Hatfield Hatton Haughton Hawes
Hawkes Hawkins Hawkswell Hawley Haworth Hawthorne Hayat Hayden Hayes Hayhurst Haynes Hayre Hays
Hayward Haywood Headley Heald Healey Healy Heaney Heaps Hearn Heaton Hebden Heer Heffernan Hegarty
Helliwell Hemmings Hemsworth Henderson Hendry Hennessy Henry Henshaw Hepworth Herbert Hernandez
Hersi Hesketh Heslop Hewitt Heywood Hibbert Hickey Hickman Hicks Higginbottom Higgins Higginson
Higgs Higham Hilditch Hillier Hillman Hilton Hinchcliffe Hinchliffe Hind Hindle Hindley Hinds
Hirsi Hirst Hitchcock Hitchen Hoang Hobbs Hobson Hodge Hodges Hodgkins Hodgkinson Hodgson Hodson
Hoffmann Hofmann Hogan Hogarth Hogg Holden Holdsworth Holgate Holley Holliday Hollingsworth
Hollins Hollis Holloway Holmes Holroyd Holt Hooper Hooton Hopkins Hopkinson Hopper Hopwood Horan
Hornby Horne Horner Horrocks Horsfall Horsley Horton Hosseini Hothi Hoti Hough Houghton Houlihan
Houston Howard Howarth Howcroft Howe Howell Howells Howes Howlett Howley Hoxha Hoyle Hu Huang
Hubbard Huddleston Hudson Huggins Hughes Hui Hulme Hulse Humphrey Humphreys Humphries Hundal
Huntington Hurley Hurrell Hussain Hussein Hussey Hutchings Hutchins Hutchinson Hutchison Hutton
Huxley Huynh Hyde Hyder Hyland Hysa Ibe Ibrahim Iddon Idowu Igwe Ikande Ike Ikram Ilie Illingworth
Ilyas Imran Ince Ingham Ingle Inglis Ingram Ioannou Ion Ionita Iqbal Irfan Irvine Irving Irwin
Isaacs Ishaq Isherwood Isik Ismail Isse Ivanov Ivanova Ives Iyer Jaber Jackson Jacobs Jacobson
Jaffer Jagger Jain Jaiswal Jalloh Jallow Jama James Jameson Jamieson Jamil Jammeh Jandu Janjua
Jankowski Jansen Jardine Jarman Jarratt Jarrett Jarvis Jassal Javaid Javed Javid Jaworski
Jefferies Jeffers Jefferson Jeffery Jeffries Jenkins Jenkinson Jenner Jennings Jensen Jepson
Jessop Jewell Jiang Jimenez Jin Johal Johns Johnson Johnston Johnstone Jolley Jones Jopling Joseph
Joshi Jowett Joyce Judd Kaczmarczyk Kaczmarek Kahlon Kainth Kaleem Kalinowski Kalsi Kalu Kamal
Kamara Kamau Kaminska Kaminski Kanda Kandola Kane Kang Kanu Kapadia Kaplan Kapoor Kara Karaca
Kargbo Karimi Kaufman Kaur Kavanagh Kay Kaya Kayani Kaymak Kazi Kazlauskas Kazmi Keane Kearney
Kearns Keating Keegan Keelan Keeling Keenan Keene Keighley Keita Kelleher Keller Kellett Kelly
Kelsall Kelso Kemp Kendall Kendrick Kenna Kennedy Kenny Kent Kenworthy Kenyon Keogh Kerr Kerrigan
Kersey Kershaw Keskin Khalid Khalil Khaliq Khan Khanna Khanom Khanum Khatoon Khatri Khatun Khokhar
Khurana Kiani Kiernan Kilbride Kilgour Kilic Killeen Kilner Kilpatrick Kilroy Kim Kingston
Kinsella Kirby Kirk Kirkbride Kirkham Kirkland Kirkman Kirkpatrick Kirkwood Kirwan Kitching Kitson
Klein Knapp Kneale Knowles Knox Koc Kohli Kola Kone Koomson Kooner Koroma Kovac Kovacs Kovalenko
Kowalczuk Kowalczyk Kowalska Kowalski Kozlowski Krajewski Kramer Krasniqi Kravchenko Krishnan Krol
Kruger Kubiak Kucharski Kufuor Kular Kumah Kumar Kumari Kurt Kwan Kwiatkowski Kwok Kyffin Kyle
Lacey Lai Laidlaw Laing Laird Lal Lalli Lally Lam Lambert Landers Lang Langan Langdon Langford
Langley Langton Larkin Larsen Larson Larsson Latham Latif Latimer Lau Laughton Laurent Laverty
Lavery Lavin Lawal Lawler Lawlor Lawrence Lawrenson Lawrie Lawson Lawton Laycock Lazar Lazenby
Leach Leadbeater Leadbetter Leahy Leary Lee Leech Leeming Leese Leeson Lefebvre Lehmann Leigh
Leighton Leitch Leka Lennon Lennox Leonard Leroy Leslie Lester Leung Levy Lewandowski Lewin Lewis
Leyland Li Liang Liao Liddell Liddle Lightfoot Lightowler Lilley Lim Lin Lindberg Lindley Lindsay
Linford Ling Lingard Linton Lis Lister Littlewood Liu Livesey Livingstone Lleshi Llewellyn Lloyd
Lo Lockett Lockhart Lockwood Lofthouse Loftus Logan Lomas Lomax Lombardi Longden Longley Lonsdale
Lopes Lopez Loughran Lovell Lovett Lowes Lowry Lowther Luca Lucas Luckhurst Ludlow Luke Lumb
Lumley Lungu Lunn Lunt Luo Luong Ly Lyle Lynch Lyon Lyons Macdonald Macfarlane Macgregor Machin
Maciejewski Macintosh Macintyre Mack Mackay Mackenzie Mackey Mackie Mackintosh Maclean Macleod
Macmillan Macpherson Madden Maddocks Maddox Magee Maguire Mahal Maher Mahmood Mahmoud Mahon
Mahoney Mair Majewski Mak Makin Makoni Malcolm Malhi Malhotra Malik Malley Mallinson Mallon Malone
Maloney Maltby Mancini Mander Mangat Manley Manneh Manning Mannion Mansell Mansfield Mansour Mara
Marin Marinescu Marino Markham Markovic Marland Marlow Marlowe Marney Marques Marr Marsden
Marshall Marston Martel Martin Martindale Martinez Martins Marvell Marwaha Masood Massey Masterson
Matei Matharu Mather Mathers Matheson Mathews Mathias Matthews Matthewson Maxwell Maybury Mayer
Mayers Mayhew Maynard Mayo Mazur Mazurek Mbeki Meakin Meehan Megson Mehmood Mehra Mehta Meier
Melia Mellor Mellors Melville Mendes Menon Mensah Menzies Mercer Mercier Meredith Merrick Merritt
Metcalf Metcalfe Meyer Meyers Miah Mian Michaels Michalak Michalski Middlemiss Middleton Mihai
Miles Millar Milligan Millington Mills Millward Milne Milner Milton Minhas Minshull Mir Mirza
Mishra Mistry Mitchell Modi Moffat Moffatt Mohamed Mohammad Mohammadi Mohammed Mohamoud Mohamud
Mohan Mohanty Moir Moldovan Mollison Molloy Moloney Molyneux Monaghan Monks Montague Montgomery
Mooney Moore Moorhouse Moradi Moran Moraru Moreau Moreira Morel Moreland Moreno Moretti Morgan
Moriarty Morina Morley Morozov Morrell Morris Morrissey Morrow Mortimer Morton Moseley Mostyn
Mottram Mountford Mowbray Moxon Moyles Moyo Mueller Mugabe Mughal Muhammad Muir Mukasa Mukherjee
Muldoon Mulholland Mullen Muller Mulligan Mullin Mullins Mulvey Munday Munir Munro Munroe Murdoch
Muresan Murphy Murray Murrell Musa Musgrave Mushtaq Mustafa Mutasa Mwangi Myatt Mycroft Myers
Nagra Nagy Naidu Naik Nair Nairn Najafi Nanda Naqvi Narang Nartey Naseer Nash Nasser Nath Naughton
Nawaz Nayak Naylor Nazir Ncube Ndlovu Ndreka Neagu Neal Neale Neary Needham Neill Neilson Nelson
Nesbitt Neville Newbold Newbury Newby Newell Newport Newsham Newsome Newton Ng Ngo Nguyen Niaz
Nichol Nicholas Nicholls Nichols Nicholson Nickson Nicol Nicolae Nielsen Nightingale Nijjar
Nikolov Nilsson Niven Nixon Njie Njoku Nkomo Nkrumah Nnadi Noblett Noel Nolan Noonan Noor Norbury
Norman Norris Norton Novak Nowak Nowakowski Nowell Nowicki Nugent Nunes Nur Nutt Nuttall Nwachukwu
Nwosu Nyambura Nyarko Oakes Oakley Oancea Oates Obeng Obi Obiora Ochieng Oddie Odeh Odell Odunsi
Oduya Ofori Ogbonna Ogden Ogilvie Ogundipe Ogunleye Okafor Okeke Okereke Okoli Okon Okonkwo Okoro
Okoye Oladipo Olaniyan Olatunji Olawale Oldfield Oldham Oliveira Oliver Ollerenshaw Olsen Olsson
Olszewski Oluwole Omar Omotosho Ong Onuoha Onyango Openshaw Opoku Oppong Oprea Ormerod Ormond Orr
Orrell Ortiz Osborn Osborne Osbourne Osei Osman Ostler Ostrowski Otieno Ou Overton Owen Owens
Owusu Oxley Oyelaran Oyewole Ozcan Ozdemir Ozer Ozkan Ozturk Padda Padgett Paget Palfrey Palin
Palmer Panchal Pandey Panesar Pankhurst Pannu Pantling Papadopoulos Parekh Parikh Parkes Parkin
Parkinson Parmar Parnell Parr Parry Parsons Partington Parveen Passmore Patchett Patel Paterson
Pathak Patil Patrick Patten Patterson Pattinson Pattison Patton Paul Pavlov Pawlak Pawlowski
Paxton Payne Peake Pearce Pearson Pegg Pemberton Pender Pendlebury Pendleton Peng Pennington
Percival Percy Pereira Perera Perez Perkin Perkins Perrin Perrott Perry Petcu Peters Petersen
Peterson Petit Petrie Petrov Petrova Pettigrew Pettit Pham Phan Phelan Phelps Philips Phillips
Philpott Phipps Phull Phung Pickard Pickering Pickersgill Pickford Pierce Piercy Piggott
Pilkington Pillai Pilling Pinder Pinnock Pinto Pires Pitts Platt Plummer Pogson Polat Pollard
Pollitt Pollock Pomfret Ponting Poole Popa Popat Popov Portman Postlethwaite Potts Poulter Poulton
Pountney Powell Poyser Prasad Preda Preece Prendergast Prescott Presley Pressley Preston Priestley
Prifti Pringle Pritchard Probert Procter Proctor Prosser Proudfoot Pryce Pryor Pugh Pullen Purcell
Purdy Purewal Purnell Purvis Putnam Pybus Pyne Qadir Qadri Qian Qin Quansah Quaye Quigley Quinlan
Quinn Quirk Quraishi Qureshi Rae Rafferty Rafiq Rahim Rahimi Rahman Rai Rainford Raja Rajan Rajput
Ralston Rama Ramirez Ramos Ramsay Ramsbottom Ramsden Ramsey Rana Randall Randhawa Rankin Rao
Rashid Ratcliffe Rathod Rathore Rattan Raven Rawcliffe Rawlings Rawlins Rawlinson Rawson Rayner
Raynor Raza Razaq Rea Reardon Reddy Redfern Redhead Redmond Redpath Redshaw Reed Reedy Rees Reese
Reeve Reeves Regan Rehal Rehman Reid Reilly Renard Renshaw Renton Reynolds Rezaei Rhodes Rhydderch
Rhys Riaz Ribeiro Ricci Richards Richardson Riches Richmond Richter Rickard Ricketts Riddell
Ridgeway Ridgway Ridley Rigby Rigg Riley Rimmer Rinaldi Riordan Ripley Ritchie Ritson Rix Riyaz
Rizvi Roache Robbins Roberts Robertson Robins Robinson Robson Roche Rodgers Rodrigues Rodriguez
Roe Rogers Rogerson Rolfe Rollins Romano Romero Ronson Rooney Roper Roscoe Rosenberg Ross Rosser
Rossi Rothwell Rourke Rousseau Roux Rowan Rowbotham Rowe Rowell Rowland Rowlands Rowlandson Rowley
Rowlinson Roy Royle Rudd Ruddock Rudge Rushton Ruskin Russell Russo Rusu Rutherford Rutkowski
Rutter Ryan Ryder Rylance Saddique Sadiq Sadler Saeed Sagoo Saha Sahin Sahota Saini Sajid Saleem
Saleh Salih Salim Salisbury Samatar Sampson Samra Samson Samuels Sanchez Sanders Sanderson
Sandford Sandham Sandhar Sandhu Sandu Sangha Sanghera Sankoh Sansom Santoro Santos Saqib Sarai
Sargeant Sargent Sarkar Sarpong Sarwar Sato Satti Saunders Sava Savill Saville Sawicki Saxena
Saxton Sayer Sayers Scanlan Scanlon Scarborough Schmidt Schmitt Schneider Schofield Scholes
Schroeder Schulz Schumacher Schwartz Scott Scrivens Scully Searle Seddon Sedgwick Sehmi Sekhon
Selby Sellars Sellers Serban Sesay Seth Sethi Settle Severn Seward Sewell Seymour Shabir
Shackleton Shafi Shafiq Shah Shahid Shaikh Shakoor Shala Shand Shanks Shannon Sharif Sharkey
Sharma Sharpe Sharples Sharrock Shaughnessy Shaw Sheard Sheehan Sheehy Shehu Sheikh Sheldon
Shelley Shelton Shen Sheppard Shergill Sheridan Sherlock Sherman Sherratt Sherwin Sherwood
Shevchenko Shi Shilton Shipley Shipman Shotton Shufflebottom Shukla Sibanda Sibley Siddall
Siddique Siddiqui Siddons Sidhu Sihota Sikora Sikorski Silcock Sillah Silva Silvester Simcock Simm
Simmonds Simmons Simms Simon Simpkin Simpson Sims Sinclair Singh Singhal Singleton Sinha Sinnott
Sissoko Sithole Sivakumar Skelton Skidmore Slade Slater Slattery Sleigh Sloan Sloane Smalley
Smallwood Smedley Smethurst Smiles Smith Smithers Smithson Smyth Smythe Snape Snell Snowden Soares
Sobczak Sodhi Sohal Sohanpal Sokolowski Solanki Somal Soni Soomro Sousa Southall Southgate
Southworth Souza Sowah Soylu Sparks Speakman Speight Spencer Spicer Spiers Spooner Spratt Springer
Squires Srinivasan Srivastava Stacey Stafford Stallard Stanciu Stanfield Stanford Stanger Stanhope
Stankiewicz Stanko Stanley Stansfield Stanton Stapleton Starkey Staveley Stead Steadman Stebbings
Steele Stefan Stein Stenson Stephen Stephens Stephenson Stepien Sterling Stevens Stevenson Stewart
Stirling Stockdale Stockton Stoddart Stoica Stoker Stokes Storer Storey Storr Stott Strachan
Stratton Stringer Stroud Stuart Stubbs Sturgess Suarez Sugden Suleman Sullivan Sultana Suman
Summerfield Sumner Sunderland Suri Sutcliffe Sutherland Sutton Suzuki Svensson Swain Swales Swann
Swanson Sweeney Sweeting Swinburn Swindells Swindon Syed Sykes Sylvester Symonds Symons Szabo
Szczepanski Szewczyk Szymanski Taggart Tahir Tahiri Tait Takhar Talbot Tallis Talukdar Tanaka
Tanase Tandy Tang Tanna Tanveer Tariq Tattersall Taylor Teague Teale Teixeira Tekin Tekle Telfer
Templeton Teng Tennant Tennyson Terry Tetteh Thackeray Thakkar Thakur Thandi Thiam Thind Thomas
Thomason Thompson Thomson Thorley Thorne Thornhill Thornley Thornton Thorp Threlfall Thurston
Tierney Tilley Timms Timson Tinsley Titterington Tiwana Tiwari Tobin Tolson Toma Tomkins Tomlinson
Tompkins Toner Tong Tonge Tonks Toomey Toor Topham Topping Toprak Torrance Torres Tosun Toth
Touray Townend Townley Townsend Townshend Tracey Trainor Tran Traore Travers Travis Treacy
Tremayne Trent Trevino Trickett Trimble Trinh Trivedi Troughton Truman Truong Tsang Tse Tsui
Tuckwell Tudor Tudose Tuffnell Tully Tuncer Tunstall Turan Turay Turnbull Turner Turnock Turton
Tweddle Twigg Twomey Tyldesley Tyrrell Tyson Ubhi Ucar Uche Uddin Udo Ullah Unal Underhill
Unsworth Upadhyay Uppal Upton Urquhart Vaghela Vance Varley Varma Vasey Vasile Vasquez Vaughan Vaz
Veitch Venables Venkatesh Verma Vernon Vickers Vickery Vieira Vincent Viner Virdee Virdi Virk Vlad
Vohra Voicu Vora Vu Vyas Waddell Waddington Wadhwa Wadsworth Wagner Wagstaff Waheed Wahid
Wainwright Waite Wakefield Wakeman Walczak Waldron Walia Wallace Waller Wallis Walmsley Walsh
Walter Walters Walton Wan Wang Wanjiru Waraich Warburton Wardle Wareham Wareing Waring Warner
Warnock Warraich Warren Warrington Warsame Warwick Wasilewski Waterhouse Waterman Waterson
Waterworth Watkins Watkinson Watkiss Watson Watt Watters Watts Waugh Weatherall Weaver Webb Webber
Weber Webster Wei Weir Weiss Welch Weller Wentworth Werner Westbrook Westcott Weston Westwood
Whalley Wharton Wheatley Wheeldon Wheeler Wheelwright Whelan Whitaker Whitbread Whitby Whitehead
Whitehouse Whitehurst Whiteley Whiteside Whitfield Whiting Whitley Whitlock Whitmore Whittaker
Whittall Whittingham Whittington Whittle Whitworth Whyte Wickham Widdowson Wieczorek Wiggins
Wignall Wilcock Wilcox Wilding Wilk Wilkes Wilkie Wilkins Wilkinson Wilks Willets Willetts
Williams Williamson Willis Willoughby Wilmot Wilmott Wilson Wiltshire Winder Windsor Winfield
Wingfield Winkworth Winship Winstanley Winston Winterbottom Winterton Wiseman Wisniewska
Wisniewski Witham Withers Witkowski Wojciechowski Wojcik Wolfe Wolstenholme Womack Wong Woodall
Woodcock Woodford Woodgate Woodhead Woodhouse Woodley Woodruff Woodward Wooldridge Woolf Woolley
Woolridge Wootton Worrall Worsley Worthington Wozniak Wragg Wray Wren Wright Wrigley Wrobel
Wroblewski Wu Wyatt Wylie Wynn Wynne Wysocki Xie Xu Xue Yadav Yan Yang Yao Yaqoob Yaqub Yardley
Yarwood Yasin Yasmin Yates Yau Yavuz Ye Yeates Yeboah Yeomans Yeung Yildirim Yildiz Yilmaz Yin Yip
Yorath Youngs Younis Yousaf Yu Yuan Yuen Yusuf Zafar Zahid Zajac Zakrzewski Zalewski Zaman
Zawadzki Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zia Zielinska Zielinski Zimmerman Zimmermann Zogu
Zou Zubair
""".casefold().split()
)
"""Hardly ever an ordinary word."""


SURNAMES_OR_WORDS: Final = frozenset(
    """
Ali Archer Baker Ball Banks Banner Barber Barker Barr Bass Bay Beach Bean Beard Beg Bell Best Bird
Bishop Black Blair Blake Bland Bloom Bolt Bond Bone Booker Booth Boots Bow Bowl Box Bradford Bread
Bridge Bridges Bright Britain Broad Brook Brown Bull Burden Burns Bush Butcher Butler Butt Button
Cable Camp Can Candy Cane Cannon Cape Capper Carpenter Carver Castle Cave Chambers Champion Chance
Chandler Chase Chin Christmas Church Clay Cliff Coast Cobb Cole Constable Cook Cope Corner Costa
Cotton Cousins Coward Cox Craven Crook Cross Crouch Crown Cruise Curl Dad Dale Dance Darling Das
Day Dean Dear Dell Deo Derby Diamond Ding Drake Drew Drinkwater Driver Dyer Dyke Eagle East Easter
Edge Elder England English Fair Fall Fan Farmer Fellows Fern Ferrari Ferry Field Fields Finch Fish
Fisher Flint Flood Flower Flowers Ford Foreman Forest Forward Fox Freed Freeman French Friend
Frost Gale Gamble Garden Gate Gates George Giant Gift Gill Glass Glover Gold Goldsmith Good
Goodwin Gore Grace Grand Grant Grave Graves Gray Green Grey Grove Guard Guest Guy Hail Hale Hall
Ham Hand Hands Harbour Hardwick Hardy Hare Harrow Hatch Hawk Hay Head Heap Heard Hearth Heath
Heather Hedges Herd Heron Herring High Hill Hills Ho Holder Holiday Holland Home Honey Hood Hook
Hope Horn House Hull Hunt Hunter Hurst Imam Ireland Islam Israel Ivory Jewel Jolly Jordan Judge
Keen Keep Kenya Kettle Key Keys Kidd King Kitchen Knight Knott Lake Lamb Lancaster Land Lane Last
Law Lawless Lawn Leaf Leather Ledger Lees Legg Lent Lever Light Lily Lime Little Lock Lodge London
Long Lord Love Lowe Luck Ma Main Major Man Mann Mark Marks Marriott Mars Marsh Mason Masters Mead
Meadow Meadows Merchant Messenger Meta Miller Mo Mole Monk Moody Moon Moor Morrison Morrisons Mort
Moss Mould Mount Mountain Ness New Newman Noble North Nurse Oak Olive Page Pal Pan Paris Parish
Park Parker Parks Parson Partridge Peacock Peck Peel Pen Penn Penny Pepper Pickles Pickup Pike
Piper Pitman Pitt Place Plant Player Pleasant Pond Pool Pope Porter Post Potter Pound Power Powers
Pratt Price Pride Priest Prince Prior Proud Provost Quick Rain Ram Read Rice Rich Rider Ridge
Riding Ring Rivers Road Rock Roman Root Rose Rule Rush Sage Said Sainsbury Sales Salmon Salt
Salter Sand Sands Savage Sawyer Scales Seal Seaman Seed Self Sen Sergeant Sexton Sharp Shearer
Sheen Shell Shepherd Shield Shields Ship Shore Short Silver Singer Skinner Slack Slow Small Smart
Snow Song South Southern Spark Spears Speed Spence Spring Squire Staff Stamp Stan Standing Star
Starling Steel Steward Stock Stocks Stone Stones Storm Straight Strange Street Strong Styles Sula
Sultan Summer Summers Sun Swallow Swan Swift Tan Tanner Tas Tate Temple Tesco Thorn Thorpe Till To
Todd Tower Town Trader Tree Tribe Trotter Trump Tucker Turk Twist Tyler Underwood Urban Usher Vale
Vane Victory Vine Wade Waitrose Walker Wall Ward Warden Ware Warman Waters Way Weeks Wells Welsh
West Wheat White Wild Wilde Will Wills Wing Winter Winters Wise Wolf Wood Woods Work Worth Yeoman
York Young Younger Yule Zulu
""".casefold().split()
)
"""Also ordinary words: these need more around them."""
