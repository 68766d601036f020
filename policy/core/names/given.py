"""Given names heard in Britain, from many languages, in small letters."""

from __future__ import annotations

from typing import Final

GIVEN: Final = frozenset(
    """
Aadam Aadil Aakash Aaliyah Aamir Aarav Aariz Aaron Aarti Aarya Aasif Aayan Abayomi Abbas Abbie
Abby Abdallah Abdel Abdelaziz Abdelkader Abdelkrim Abdelrahman Abdi Abdiaziz Abdifatah Abdikarim
Abdimalik Abdinasir Abdirahman Abdirizak Abdisalam Abdou Abdul Abdulaziz Abdulkadir Abdulkarim
Abdulla Abdullah Abdulrahman Abdur Abebe Abed Abeer Abena Abeni Abhishek Abid Abida Abigail
Abiodun Abiola Abioye Abosede Abrar Abu Abubakar Achieng Adaeze Adam Adama Adanna Adaobi Adebayo
Adebola Adedayo Adedoyin Adeel Adekunle Adele Adem Adeola Adeolu Aderonke Adesola Adetola Adewale
Adham Adil Adjoa Adnan Adrian Adwoa Afia Afreen Afsana Afshin Aftab Afua Afzal Agata Agim Agnes
Agnesa Agnieszka Agron Ahlam Ahmad Ahmed Ahmet Ahsan Aidan Aiden Aileen Ailsa Aimee Aine Ainsley
Aisha Aishah Aisling Ajay Ajit Ajmal Akash Akbar Akhtar Akif Akin Akinola Akira Akosua Akram
Akshay Akua Akuffo Alaa Alan Alana Alasdair Alastair Alban Albana Albert Albie Albin Alec Aled
Aleena Alejandro Aleksander Aleksandr Aleksandra Aleksei Alessandro Alex Alexa Alexander Alexandra
Alexandru Alexei Alexis Alf Alfie Alfred Alhaji Ali Alia Alice Alicia Alina Alireza Alirio Alisha
Alison Alistair Aliyah Alketa Allan Allen Alojzy Alp Altaf Altin Alun Alvaro Amaan Amadou Amaka
Amal Aman Amanda Amandeep Amani Amar Amara Amardeep Amare Amarjit Amber Ameen Ameer Amelia Amelie
Amer Amina Aminah Aminata Amine Amir Amira Amit Amjad Ammar Ammara Amrik Amrit Amritpal Amy Amélie
Anam Anan Anand Ananya Anas Anastasia Anatol Anatoliy Anca Anders Andre Andrea Andreea Andrei
Andrej Andres Andrew Andris Andrius Andrzej Andy Anees Aneira Aneta Anete Angela Angelica Angelina
Angelo Angharad Angie Angus Ania Anika Anikó Anil Anila Anima Anisa Anish Anisha Anita Anjali
Anjum Ankit Ann Anna Annabel Annabelle Anne Annette Annie Annmarie Anouar Ansar Antanas Anthea
Anthony Anton Antonia Antonio Antony Anuj Anup Anwar Anwen Aoibhe Aoife Aonghas Apolonia Aqib Aqsa
Arash Arben Archibald Archie Ardian Ardit Areeb Arfan Aria Arian Ariana Arif Arjan Arjeta Arjun
Arkadiusz Arlo Armaan Arman Armend Armin Arnas Arnav Arnold Arooj Arron Arshad Arslan Arta Artan
Arthur Artur Arturas Arun Arvind Arvydas Arwel Arwen Aryan Asa Asad Asal Asena Asha Ashfaq Ashish
Ashkan Ashleigh Ashley Ashok Ashraf Ashton Asif Asim Aslam Aslan Asma Asmaa Astrid Asya Atakan
Atif Atilla Atiya Audrey Aurangzeb Aurel Aurelia Aurora Austin Aušra Ava Avni Avril Avtar Awais
Ayaan Ayan Ayaz Aydin Ayesha Ayinde Ayisha Ayla Aylin Aynur Ayo Ayodele Ayomide Ayoola Ayotunde
Ayse Aysel Aysha Aysun Ayub Azad Azadeh Azam Azeem Azeez Azhar Aziz Aziza Azra Babajide Babar
Babatunde Badar Bader Badr Bahadur Bahar Balazs Balbir Baldev Baljeet Baljinder Baljit Balogun
Balraj Balvinder Balwinder Bamidele Bao Baran Barbara Barbora Baris Barkhad Barney Barry Bartek
Bartlomiej Bartosz Bashar Basharat Bashir Batuhan Bayram Beata Beatrice Becca Becky Bedwyr Behnam
Behrouz Bekim Belinda Ben Benjamin Benny Benoit Berat Berkan Bernadette Bernard Bernice Bert
Bertha Bertie Berwyn Beryl Besim Besnik Beth Bethan Bethany Betsy Betty Beverley Beverly Bharat
Bhavesh Bhavin Bhavna Bhupinder Bilal Bilgin Billy Bilqis Bina Binh Biniam Birendra Bjorn Blair
Blathnaid Blazej Bleddyn Blerim Blerta Bláthnaid Bob Bogdan Bogdana Bogumil Bojan Bola Bolanle
Boleslaw Boris Borys Boubacar Bozena Brad Bradley Brandon Branwen Brenda Brendan Brian Brid
Bridget Bronagh Bronislaw Bronwyn Bruce Bryan Bryony Bujar Bukola Bulent Bunmi Burak Burhan Burim
Bushra Bülent Cadi Cafer Cailean Caitlin Caleb Callum Calum Calvin Cameron Camilla Candice Caoimhe
Cara Carl Carla Carlos Carly Carmel Carmen Carol Carole Caroline Carolyn Carrie Carwyn Casey
Catalin Catalina Caterina Cath Cathal Catherine Cathy Catrin Catriona Cecil Cecilia Cedric Celia
Celine Cem Cemal Cengiz Ceri Ceridwen Cerys Cezary Chad Chandan Chanel Chang Chantal Chantel
Chantelle Chao Charlene Charles Charley Charlie Charlotte Chau Chelsea Chelsie Chen Cheng Cherie
Cheryl Chetan Cheung Chiamaka Chiara Chidera Chidi Chidiebere Chika Chike Chima Chimamanda Chinedu
Chinonso Chinwe Chioma Chipo Chisom Chiu Chizoba Chloe Chong Chris Chrissie Christina Christine
Christopher Chukwudi Chukwuemeka Chukwuma Chun Cian Ciara Ciaran Ciarán Cihan Cillian Cindy
Ciprian Claire Clara Clare Clarence Clarissa Claudia Claudio Claudiu Cledwyn Clementine Cliff
Clint Clive Clodagh Cody Coinneach Colette Colin Colleen Colm Conall Connie Connor Conor Conrad
Constantin Cora Cordelia Corey Corina Corinne Cormac Cornelia Corneliu Cory Cosmin Costel Courtney
Craig Cressida Cristian Cristina Cumar Curtis Cynthia Cyril Czeslaw Cécile Dafydd Dahabo Dahir Dai
Dainius Daisy Dajuan Dalal Dalia Daljit Dalton Damian Damien Damilola Damir Damon Dana Daniel
Daniela Daniella Danielle Danish Danny Danuta Danute Danyal Daphne Dara Darcey Darcy Daria Dario
Darius Dariusz Darko Darragh Darrell Darren Darryl Darya Dave David Davide Davina Davinder Davis
Dawood Dayo Deaglan Dean Deanna Dearbhla Deb Debbie Deborah Debra Declan Deepa Deepak Deepika
Deidre Deiniol Deirdre Dejan Deka Delano Delia Delilah Della Delroy Delyth Denis Denisa Denise
Deniz Dennis Denzel Denzil Derek Dermot Derrick Derya Deshawn Desmond Devi Devon Devonte Dewi
Dexter Dhanesh Dharmesh Diana Diane Dianne Diarmuid Dickie Didier Diego Dilan Dilara Dilek Dilip
Dillon Dilraj Dilwyn Dilys Dimitar Dimitri Dimitrios Dinesh Dionne Divya Diyar Djibril Dmitri
Dmitry Doina Dom Domenico Dominic Dominik Dominika Dominique Donal Donald Donatas Donna Donncha
Donnchadh Doreen Dorel Dorin Doris Dorota Dorothy Doug Dougal Dougie Douglas Dragan Dragos Dritan
Duc Dudley Dumitru Duncan Dunya Durim Duygu Dwayne Dwight Dylan Eachann Eamonn Ebele Ebenezer
Ebere Ebony Ebru Ebube Ed Eddie Edgar Edgaras Edie Edita Edith Edmond Edmund Edna Edoardo Edona
Eduard Eduardo Edward Edwin Edwina Edyta Efa Efe Effie Efua Egle Ehsan Eifion Eileen Eilidh Eimear
Eira Eirian Eirlys Eirwen Ejaz Ejike Ekene Ekow Ekrem Ekua Ela Elaine Eleanor Elen Elena Eleri
Elfed Elham Eli Elias Elif Elijah Elin Elira Elisabeth Elise Eliza Elizabeth Ella Ellen Ellie
Elliot Elliott Ellis Elodie Eloise Elsa Elsie Elspeth Elton Eluned Elvira Elvis Elwyn Elzbieta
Emanuele Emeka Emer Emil Emile Emilia Emilija Emily Emin Emine Emir Emlyn Emma Emmanuel Emmanuella
Emrah Emre Emrys Enda Enes Engin Enid Enitan Enoch Enrico Enrique Enver Eoghan Eoin Ercan Erdal
Erdem Eren Ergin Erhan Eric Erica Erik Erika Erin Erjon Erkan Ermal Ernie Errol Ersin Ertan Eryl
Esi Esme Esmee Esosa Esra Esteban Esther Ethan Ethel Etienne Euan Eugene Eugenia Eugeniusz Eunice
Eurig Evan Evelina Evelyn Everly Evie Evin Ewa Ewan Ewelina Ewen Ezekiel Ezra Fabien Fabio Fabrice
Fadi Fadil Faduma Fadumo Fahad Fahd Fahim Faisal Faiza Faizan Fakhri Fang Farah Farai Fareed
Farhan Farhana Fariba Farid Farida Faris Farooq Farshad Faruk Farukh Farzad Farzana Fateh Fatema
Fatih Fatima Fatimah Fatjon Fatma Fatmir Fatos Fatou Fatoumata Fawad Fay Fayaz Faye Fazal Fearghas
Federico Fei Felicity Felipe Felix Femi Feng Fergus Feride Fernanda Fernando Feroz Ffion Fflur
Fiachra Fiaz Fidan Filip Filipe Filomena Filsan Fingal Finlay Finley Finn Finnian Finola Fintan
Fiona Fionn Fionnuala Firat Firoz Fisayo Fisnik Flamur Florence Florent Florentina Florian Florin
Floyd Fola Folake Folasade Foluke Fowsia Frances Francesca Francesco Francis Francisco Franciszek
Francois Frankie Franklin Françoise Fraser Fred Freda Freddie Freddy Frederick Freya Funke
Funmilayo Furkan Furqan Fyfe Gabor Gabriel Gabriela Gabriella Gabrielle Gagandeep Gail Ganesh Gani
Garang Gareth Garfield Garry Gary Gaurav Gavin Gavina Gaynor Gazmend Gbenga Gearoid Gediminas
Geeta Gemma Genc Genevieve Gentian Geoff Geoffrey Georgi Georgia Georgiana Georgie Georgina Gerald
Geraldine Gerard Gerardo Germaine Gerry Getachew Gethin Ghassan Gheorghe Gholam Ghulam Giacomo
Gianluca Gianni Gideon Gilbert Gilles Gillian Gina Ginny Gintaras Giorgio Giovanni Gita Giulia
Giuseppe Gjergj Gjon Gladys Glen Glenda Glenn Glenys Gloria Glyn Glynis Godfrey Gokhan Goncalo
Gonul Gonzalo Gopal Goran Gordon Goronwy Govind Graeme Graham Grainne Grazyna Greer Greg Gregg
Gregor Gregory Greta Gruffudd Gruffydd Grzegorz Gráinne Guillaume Guillermo Gul Guled Gulfam
Gulsen Gulzar Gunnar Guo Gurbir Gurdeep Gurdip Gurinder Gurjit Gurmeet Gurmit Gurnam Gurpal
Gurpreet Gursharan Gurvinder Gustavo Guto Gwen Gwenda Gwendoline Gwenllian Gwilym Gwyn Gwyneth
Gyula Gülsen Haben Habib Habiba Habtom Haci Hadi Hadiya Hafeez Hafid Hafiz Hafsa Hafsah Haider
Haitham Hajar Hajra Hakan Hakim Hala Haleema Halil Halima Halina Hamad Hamdi Hameed Hamid Hamish
Hamza Hamzah Hana Hanan Hanh Hani Hanif Hanifa Hanna Hannah Hans Hao Hardeep Hardip Hari Harinder
Haris Harish Harjinder Harjit Harjot Harlow Harmeet Harminder Harold Haroon Harpal Harpreet
Harriet Harriette Harrison Harry Harsh Harsha Harun Haruto Harvey Harvinder Hasan Haseeb Hashim
Hasnain Hassan Hatem Hatice Hattie Hawa Hawo Hayat Haydar Hayden Hayley Hazal Hazel Heba Hector
Heidi Heinz Heledd Helen Helena Helene Helga Hemant Henri Henrietta Henrik Henry Henryk Herbert
Hernan Hetal Hiba Hibaq Hibo Hicham Hieu Hilary Hilda Hilmi Hina Hira Hiroshi Hirsi Hisham Hitesh
Hoa Hoang Hodan Holly Horace Hossam Hossein Houda Howard Hristo Huan Huang Hubert Huda Hugh Hugo
Hui Humaira Humayun Humphrey Humza Hung Huong Husam Huseyin Husnain Hussain Hussam Hussein Huw Huy
Hysen Hywel Hüseyin Iain Ian Iarla Iaroslav Ibraheem Ibrahim Ibukun Ida Idir Idowu Idrees Idris
Iestyn Ieuan Ifan Ife Ifeanyi Ifeoma Ifor Ifrah Iftikhar Ignacio Igor Ijaz Ikechukwu Ikenna Ikra
Ikram Ileana Ilhan Ilie Ilinca Ilir Ilker Illtyd Ilona Ilyas Imaan Imad Iman Imane Imogen Imran
Imtiaz Inas Inayat Inderjit Ines Inese Inga Ingrid Innes Ioan Ioana Iolo Ion Ionel Ionela Ionut
Iorwerth Iqbal Iqra Ira Irem Irena Irene Irfan Irina Iris Irma Irshad Iryna Isaac Isabel Isabella
Isabelle Isaiah Isatou Isbel Isha Ishaan Ishaq Ishfaq Ishtiaq Isidro Islwyn Ismail Ismet Isobail
Isobel Israa Israr Issam Istvan Ivan Ivana Iveta Ivor Iwan Iwona Iyabo Iyad Izabela Izzy Jabari
Jaber Jacek Jacinta Jackie Jackson Jacob Jacqueline Jacques Jacqui Jade Jaden Jafar Jagdeep
Jagdish Jagjit Jagtar Jahangir Jahanzeb Jahmal Jaimal Jaime Jake Jakub Jalal Jaleel Jama Jamal
James Jamesina Jamie Jamil Jamila Jamshed Jana Jane Janet Janette Janice Janina Janine Janis Janki
Janos Janusz Jared Jaroslav Jaroslaw Jas Jasbir Jasdeep Jaskaran Jaskirat Jasmeet Jasmin Jasmine
Jason Jaspal Jasper Jaspreet Jasvinder Jaswant Jatin Javaid Javaughn Javed Javid Javier Javon
Jawad Jawid Jaxon Jaxson Jaya Jayden Jayesh Jayme Jayne Jean Jean-Luc Jeanette Jed Jeff Jeffrey
Jehad Jelani Jelena Jem Jemima Jemma Jen Jenna Jennie Jennifer Jenny Jens Jerell Jeremiah Jeremy
Jermain Jermaine Jerome Jerry Jerzy Jess Jessica Jessie Jetmir Jevon Jia Jian Jiang Jibril Jide
Jie Jigar Jignesh Jihad Jill Jillian Jim Jimmy Jin Jing Jinping Jisoo Jitendra Joan Joana Joanie
Joanna Joanne Joao Joaquin Jocelyn Jodie Jody Joe Joel Joey Joginder Johan Johanna John Johnathan
Johnnie Johnny Jolanta Jon Jonah Jonas Jonathan Jonathon Joni Jonny Jordan Jordon Jorg Jorge Jorja
Jose Josef Joseph Josephine Josh Joshua Josie Joud Joyce Jozef Jozsef Juan Judith Judy Julia
Julian Julianne Julie Juliet Juliette Julio Julita Julius Junaid Juned Juozas Jurgen Juris Justas
Justin Justine Justyna Jyoti Kabir Kacey Kacper Kade Kadeem Kadir Kai Kaiden Kailash Kaitlyn Kajal
Kalpesh Kalsoom Kaltrina Kamal Kamaljit Kamil Kamila Kamlesh Kamran Kane Kanisha Kanwal Kara
Karamjit Karan Kareem Karen Karim Karina Karl Karol Karolina Karolis Karsten Karthik Kasey Kashif
Kasia Kastytis Katarina Katarzyna Kate Katelyn Kateryna Kath Katharine Katherine Kathleen Kathryn
Kathy Katie Katrina Katy Katya Kausar Kaushik Kaveh Kavita Kawsar Kay Kaya Kayden Kaye Kayla
Kayleigh Kayode Kazimierz Kebede Keeley Kehinde Keir Keira Keiran Keiron Keisha Keith Kelechi
Kellie Kelly Kelsey Kelvin Kemal Kemar Kemoy Kendra Kenji Kenna Kenneth Kenny Kenta Kerem Keri
Kerim Kerri Kerry Kestutis Ketan Kev Kevin Keyvan Khadija Khadijah Khadra Khaled Khalid Khalil
Khanh Khizar Khurram Khushi Kian Kiera Kieran Kieron Kilian Kim Kimberley Kimberly Kinga Kira
Kiran Kiranjit Kirpal Kirsten Kirstie Kirstin Kirsty Kishan Kitty Kjell Klaas Klaudia Klaus Kofi
Kojo Kolawole Komal Konrad Konstantin Kornelia Krishan Krishna Kristaps Kristen Kristian Kristina
Kristine Kristof Kristy Krystian Krystyna Krzysztof Kulbir Kuldeep Kuldip Kulvinder Kulwant
Kulwinder Kumar Kunal Kurt Kushtrim Kwabena Kwadwo Kwaku Kwame Kwasi Kwesi Kwok Kyle Kylie Kyra
Kyron Kyrone Lacey Lachlan Ladan Laiba Laila Laith Lakeisha Lakhbir Lakhvinder Lakshmi Lamin
Lamine Lana Lanre Laoise Lara Larry Lars Laszlo Latif Latisha Latoya Laura Lauren Laurence Laurent
Lawrence Layal Layla Layton Leah Leandro Leanna Leanne Leeann Leighton Leila Lena Lenka Lennie
Lennox Lenny Leo Leon Leona Leonard Leonardo Leonie Leroi Leroy Leshawn Lesley Leslie Lester
Leszek Leusa Levent Lewis Lexi Leyla Leyton Li Lia Liam Lian Liang Lianne Liaqat Liban Libby Lidia
Lien Lila Lilah Lilia Lilian Liliana Lilly Lily Lina Linda Lindsay Lindsey Ling Linh Linsey Lionel
Lirim Lisa Livia Liviu Liz Liza Lizzie Lleucu Llewellyn Llewelyn Llinos Lloyd Llyr Lois Lola
Lorcan Lorenzo Loretta Lorna Lorraine Lottie Loubna Louie Louis Louisa Louise Lowri Lubna Luc Luca
Lucas Lucia Luciano Lucien Lucinda Lucio Lucy Ludmila Luigi Luis Luisa Lukas Lukasz Luke Lulzim
Luqman Luthfur Lwazi Lydia Lyla Lyn Lynda Lyndon Lynette Lynn Lynne Mabel Mabli Maciej Mackenzie
Macsen Madalina Maddie Maddison Madeleine Madhu Madiha Madison Maeve Magda Magdalena Maggie Magnus
Maha Maham Mahbub Mahdi Mahek Mahendra Maher Mahesh Mahfuz Mahima Mahir Mahmood Mahmoud Mahmud
Mahmut Mahsa Mahtab Mair Maira Maire Mairead Mairi Mairtin Maisie Maja Majd Majda Majid Maksim
Malachy Malak Malcolm Malcolmina Maldwyn Malgorzata Malik Malika Mamadou Manal Mandeep Mandy
Maninder Maninderjit Manish Manisha Manjinder Manjit Manmohan Manoj Manpreet Mansoor Mansur Manuel
Manuela Maqbool Maqsood Marc Marcel Marcelo Marcia Marcin Marco Marcos Marcus Mared Marek Mareks
Margaret Margareta Marged Margery Margot Mari Maria Mariam Mariama Marian Mariana Marianne Marie
Marijus Marilyn Mario Marion Marissa Marius Mariusz Mariyam Marjan Marjorie Marko Marlene Marlon
Marta Martha Martin Martina Martine Martyn Marvia Marvin Marwa Marwan Mary Maryam Masood Masoud
Massimo Masud Matas Mateen Matej Mateo Mateusz Mathieu Mathilde Matilda Mats Matt Matteo Matthew
Maud Maureen Maurice Mauricio Maurizio Mavis Maxime Maximilian Maxine Maxwell Maysa Mayur Mazen
Meena Meera Mefin Megan Meghan Mehak Mehboob Mehdi Mehmet Mehmood Mehran Mehreen Mehul Mehwish Mei
Meinir Meirion Mekonnen Mel Melanie Melek Melih Melissa Meltem Melvin Melvyn Meng Menna Meredydd
Mert Merve Mervyn Mesut Mhairi Mia Michael Michaela Micheal Michel Michelle Mick Mickey Miguel
Mihaela Mihai Mihail Mihaly Mihir Mike Mikhail Mikkel Mikolaj Milad Mildred Milena Millicent
Millie Milo Milos Mina Minal Mindaugas Minesh Minh Minho Miranda Mireille Mirela Miriam Mirlinda
Miroslav Miroslaw Misbah Mitchell Mitesh Mo Modestas Modou Moeen Mohamad Mohamed Mohammad
Mohammadreza Mohammed Mohamud Mohan Mohinder Mohit Mohsen Mohsin Moin Moinul Moira Mojtaba Mollie
Molly Mona Monica Monika Monique Montgomery Morag Morgan Morven Moses Mounir Mousa Moussa Mubarak
Mubashir Mudassar Muhamad Muhamet Muhammad Muhammed Muhammet Muireann Muiris Mukami Mukesh Mukhtar
Muneeb Mungo Munir Munira Murad Murat Murdo Muriel Murray Murtaza Musa Musab Mushtaq Muskan Mustaf
Mustafa Mustapha Mustaq Muuse Muzafer Muzaffar Mwangi Mya Myfanwy Mykola Myla Myra Myrtle Nabeel
Nabil Nabila Nada Nadeem Nader Nadia Nadim Nadine Nadir Nadzieja Naeem Nael Nafeesa Nagat Nageena
Naheed Nahid Naila Naina Najeeb Najib Najma Najwa Nalini Naman Nancy Nandini Naoko Naomi Narcis
Narendra Naresh Narges Nargis Narin Narinder Nasar Naseem Naseer Nasim Nasir Nasreen Nasrin Nasser
Natalia Natalie Natasha Nathalie Nathan Nathanial Nathaniel Nathu Navdeep Naveed Naveen Navin
Navjot Nawal Nawaz Nayan Nazanin Nazia Nazim Nazir Nazli Nazma Nazmul Ndidi Neal Necati Ned Nedas
Nedim Neelam Neelum Neena Neeraj Neeta Neha Neil Nell Nellie Nermin Nerys Nesrin Nettie Nev Nevaeh
Neville Nevin Ngan Nghia Ngoc Ngozi Nguyen Nhung Nia Niall Niamh Nicholai Nicholas Nick Nicky
Nicola Nicolae Nicolas Nicole Nicoleta Niels Nigel Nighat Nihal Nikesh Nikhil Nikita Nikki Nikola
Nikolai Nikolaos Nikolay Nila Nilesh Niloufar Nils Nima Nimco Nimra Nina Nirmal Nisa Nisar Nisha
Nishant Nitin Njeri Nkechi Nkiru Nnamdi Nnedi Nneka Nnenna Noah Noemie Nonso Noor Nora Norbert
Noreen Norma Norman Nosheen Nouman Nour Noura Ntombi Nuala Numan Nuno Nurcan Nurhan Nuru Nusrat
Nyasha Obi Obinna Octavian Odhran Odile Oisin Oisín Oksana Ola Olabisi Oladele Oladipo Olaf Olaide
Olamide Olanrewaju Olayinka Olcay Ole Oleg Oleksandr Oleksiy Olena Olga Olgierd Olha Oliver Olivia
Olivier Oliwia Ollie Olu Olubunmi Olufemi Olumide Olusegun Oluwaseun Oluwaseyi Oluwatobi
Oluwatosin Olwen Omair Omar Omari Omarion Omer Omid Omolara Omran Ondrej Oneil Onur Onyeka Onyinye
Oona Ophelia Oran Orhan Orla Orlagh Orville Osagie Osama Osas Oscar Osei Osian Oskar Osman Oswald
Othman Otis Ottilie Otto Oumar Ousmane Ovidiu Owain Owais Owen Ozan Ozgur Ozlem Pablo Padraic
Padraig Paige Palwinder Pam Pamela Pankaj Paolo Paramjit Paresh Parisa Parminder Parmjit Parveen
Parvez Parvin Parviz Pascal Pasquale Patricia Patrick Patryk Patsy Paul Paula Paulina Pauline
Paulius Paulo Pavan Pavel Pawan Pawel Payam Peadar Pedro Peggy Pelin Penelope Peng Penny Percival
Perparim Petar Pete Peter Petr Petra Petrica Petru Phelim Phil Philip Philippa Philippe Phillip
Phillipa Phoebe Phong Phuc Phuong Phyllis Pierre Pieter Pilar Pinar Piotr Pippa Piyush Plamen
Polly Pooja Poonam Pouya Povilas Prabhjot Pradeep Prakash Pranav Prashant Pratik Praveen Pravin
Preet Preeti Prem Priscilla Priti Pritpal Priya Priyanka Prys Przemyslaw Puja Puneet Purnima
Pádraig Qadir Qais Qaisar Qamar Qasim Qiang Qing Quan Quang Quasim Quinn Qusai Rabah Rabia Rachael
Rachel Rachid Radek Radha Radoslaw Radu Radwan Raed Rafael Rafaela Rafal Rafaqat Rafi Rafik Rafiq
Raghad Raghav Rahat Raheela Raheem Rahel Rahim Rahima Rahma Rahman Rahul Raihan Raimonds Raja
Rajan Rajeev Rajendra Rajesh Rajinder Rajiv Rajnish Raju Rajvir Rakeem Rakesh Ralph Raluca Raman
Ramandeep Ramazan Ramesh Rami Ramin Ramneek Ramon Ramona Ramunas Randeep Randolph Rania Ranjeet
Ranjit Rares Rasha Rashad Rashawn Rashid Rashida Rashpal Rasul Raul Raveena Ravi Ravinder Rawan
Raymond Raza Razia Razvan Rebecca Rebekah Recep Reda Redouane Reece Reem Reena Reggie Reginald
Rehan Rehana Rehman Rekha Remi Remigiusz Renata Renato Renee Renu Reshma Resul Reuben Reza Rezart
Rhett Rhian Rhiannon Rhoda Rhodri Rhona Rhun Rhydian Rhydwen Rhys Riad Ricardas Ricardo Richard
Richie Rickie Ricky Rida Rifat Riley Rima Rimsha Riordan Rita Ritesh Ritika Ritu Riyad Riyaz
Rizwan Rizwana Robbie Robert Roberta Robertas Roberto Robina Robyn Roddy Rodica Rodney Rodrigo
Roger Rogerio Rohan Rohit Roisin Roj Rojin Rokas Roksana Roland Rolf Romana Romario Romas Ron
Ronald Ronan Rong Roni Ronnie Ronny Roopa Rory Rosa Rosaleen Rosalie Rosalind Rosanna Rosario
Roseanne Rosemary Rosen Roshni Rosie Rosina Ross Rotimi Rowena Roxana Roxanne Roy Roya Rozina
Ruairi Ruairidh Ruari Ruaridh Ruby Rudo Rudolph Rufus Ruhul Rui Rukhsana Rukhsar Rumana Rupa
Rupert Rupinder Ruqayyah Ruslan Russ Russell Ruta Rutger Ruth Ruvimbo Ryan Ryszard Róisín Saad
Saadia Saba Sabah Sabbir Sabiha Sabina Sabir Sabri Sabrina Sachin Sadaf Saddam Sadia Sadie Sadik
Sadiq Saeed Saeeda Safa Safet Safia Safina Safiya Safwan Sagar Sahar Sahib Sahil Sahra Saido Saif
Saim Saima Saira Sajad Sajan Sajid Sajida Sajjad Sakina Salah Saleem Saleh Saleha Salem Salif
Salih Salim Sally Salma Salman Salvatore Sam Samantha Samar Samatar Sameer Samer Sami Samia Samih
Samina Samir Samira Sammy Samrah Samson Samuel Sana Sanaa Sandeep Sandip Sandra Sandrine Sandu
Sangeeta Sania Sanjay Sanjeev Sanjiv Santiago Sanya Saoirse Saqib Sara Sarabjit Sarah Sardar
Sarfraz Sarita Sarwar Sasha Saskia Satnam Satpal Satvinder Satwant Saul Saulius Saurabh Savita
Sayed Scarlett Scott Seamus Sean Sebastian Sebastiano Sedat Sefa Segun Sehrish Selam Selcuk Selim
Selin Selina Selma Selwyn Semih Semira Senga Seojun Seonaid Serdar Serena Sergei Sergey Serghei
Sergio Sergiu Sergiusz Serhat Serkan Sertan Seth Seumas Seun Sevgi Sevil Seydou Seyi Sezgin Seán
Shabana Shabaz Shabbir Shabir Shabnam Shadi Shafaq Shafiq Shahab Shahbaz Shaheen Shaheena Shahid
Shahida Shahin Shahina Shahnawaz Shahnaz Shahram Shahrukh Shahzad Shahzaib Shaima Shaista Shakeel
Shakil Shakila Shakira Shakoor Shamas Shamila Shamim Shamima Shams Shan Shanaz Shane Shaneka
Shanelle Shanice Shaniqua Shanique Shankar Shannon Shantelle Shaquille Sharif Sharmarke Sharmila
Sharmin Sharon Shashi Shaukat Shaun Shauna Shawn Shay Shayma Shazad Shazia Shea Sheena Sheetal
Sheila Shelby Shelley Shenice Sheraz Shervin Sheryl Shirin Shirley Shirwan Shivam Shivani Shkelzen
Shoaib Shobha Shona Shpend Shpresa Shreya Shubham Shug Shukri Shumaila Shwan Sian Sibusiso Sid
Siddharth Sidney Sidra Sigrid Siham Silvia Silvio Silviu Sima Simao Simon Simone Simran Simranjit
Sina Sinan Sinead Sinéad Siobhan Siobhán Sion Sioned Siphiwe Sitara Siu Siwan Sizwe Skender
Slawomir Slobodan Smita Sneha Sohail Soheil Somaya Sonal Sonali Sonam Sonay Soner Soni Sonia Sonya
Sophia Sophie Soraya Sorcha Soren Sorin Souad Spencer Stacey Stacy Stanislav Stanislaw Stanley
Stefan Stefania Stefano Stelian Stella Steph Stephanie Stephen Steve Steven Stevie Stewart Stig
Stoyan Struan Stu Stuart Suad Subhan Sudesh Sudhir Sufiyan Sufyan Suha Suhaib Suhail Sujata
Sukhbir Sukhdeep Sukhdev Sukhjinder Sukhjit Sukhpal Sukhraj Sukhvinder Sukhwinder Sulaiman Sulaman
Suleiman Suleman Suleyman Sumaira Sumaiya Sumaya Sumera Sumit Sunil Sunita Suraj Surendra Suresh
Surinder Surjit Susan Susanna Susannah Susanne Sushil Sushma Susie Suzanne Suzie Sven Svetlana
Swati Sybil Syed Sylvain Sylvia Sylvie Sylwester Sylwia Szymon Süleyman Tabassum Tabitha Tadas
Tadeusz Tadhg Tafadzwa Taha Tahir Tahira Tahmina Tahsin Taimur Taiwo Taj Tajinder Takashi Talha
Talia Taliesin Tamanna Tamara Tamas Tamer Tamika Tamsin Tanaka Taner Tania Tanisha Tanveer Tanvi
Tanvir Tanya Tapiwa Tara Taranjit Tarek Tarik Tariq Tariro Tarlochan Tarsem Tasha Taslima Tasneem
Tatenda Tatiana Tatjana Tauqeer Tauseef Tawanda Tayfun Tayyab Tayyaba Teagan Tecwyn Ted Tegan
Tegwen Tehmina Tejinder Tekle Temi Temitope Tendai Teodor Teodora Terence Teresa Terri Terry
Tesfaye Tess Tessa Thabo Thaer Thamer Thandiwe Thang Thanh Thao Thea Thelma Themba Theo Theodora
Theodore Theresa Thi Thiago Thibault Thierry Thomas Thorsten Thuy Tia Tiago Tian Tiana Tiberiu
Tibor Tiernan Tiffany Tilly Tim Timothy Timur Tina Tinashe Ting Titilayo Tobi Tobias Toby Tochukwu
Todd Tolga Tolu Tom Tomas Tomaso Tomasz Tommy Tomos Toni Tony Tope Torquil Toyin Tracey Tracy
Trang Travis Trefor Tremaine Trevaughn Trevor Tricia Trina Trisha Tristan Troy Trung Tsegay Tuan
Tuba Tudur Tufan Tugba Tuncay Tunde Turgut Turlough Tuyen Tyler Tyreese Tyrell Tyrelle Tyrese
Tyrone Tyson Uche Uday Ufuk Ugo Ugochi Ugonna Ugur Ujala Ujwal Ulrich Ultan Umair Umar Umberto
Umer Umesh Umit Umut Ursula Urszula Usha Usman Uwe Uzair Uzma Uzoma Vadim Vaibhav Valbona Valdas
Valentin Valentina Valerie Valeriu Valmir Valon Vandana Vanessa Varinder Varsha Varun Vasant
Vasile Vasilis Vasyl Vaughan Veena Veli Vera Vernon Veronica Veronika Veselin Veton Viacheslav
Vibha Vicente Vicki Vickie Vicky Victor Vijay Vikas Vikesh Vikki Vikram Vikrant Viktor Viktoria
Vinay Vince Vincent Vincenzo Vineet Vinh Vinod Violet Violeta Viorel Viorica Vipan Vipul Viraj
Virat Virender Virgil Virginija Visar Vishal Vishnu Vitalie Vitalij Vitalijus Vitor Vivek Vivian
Vivien Vivienne Vlad Vladimir Vladislav Vladut Volkan Volodymyr Waclaw Wael Wafa Wafaa Waheed Wai
Wajid Waldemar Waleed Walid Wallace Walter Wanda Wanjiku Wanjiru Waqar Waqas Warren Warsame Waseem
Wasim Wassim Wayne Wei Wen Wendy Weronika Wesley Widad Wieslaw Wiktor Wiktoria Wilfred Wilhelm
Willem William Willie Wilma Winifred Winnie Winsome Winston Wissam Witold Wladyslaw Wojciech
Wolfgang Wyn Xander Xavier Xhevdet Xia Xiang Xiao Xiaoming Xin Xing Xiu Xue Yaa Yaaseen Yahia
Yahya Yan Yana Yannick Yanyan Yaqoob Yaqub Yaroslav Yasar Yaseen Yaser Yash Yasin Yasir Yasmeen
Yasmin Yasmine Yassin Yassine Yaw Yeliz Yemi Yetunde Yevhen Yi Yilmaz Ying Ynyr Yogesh Yohannes
Yolanda Yonas Yong Yonis Younas Younes Younis Yousaf Yousef Youssef Yousuf Yu Yuan Yucel Yue Yuki
Yuko Yulia Yun Yunus Yuri Yusef Yusra Yusuf Yusupha Yves Yvette Yvonne Zaara Zac Zach Zachariah
Zachary Zack Zafar Zaheer Zahid Zahida Zahir Zahoor Zahra Zaid Zain Zaina Zainab Zak Zakaria
Zakariya Zakariyya Zaki Zaman Zameer Zana Zara Zawadi Zaynab Zbigniew Zbyszek Zdzislaw Zeenat
Zeeshan Zeinab Zeki Zena Zephaniah Zeshan Zeynep Zhe Zhen Zheng Zhi Zhong Zia Ziad Zineb Zion
Zishan Zoe Zoey Zofia Zoha Zohaib Zohra Zohreh Zola Zoltan Zoran Zouhair Zsolt Zubaida Zubair
Zulekha Zulfiqar Zuri Zuzanna Zydrunas Özgür Ümit
""".casefold().split()
)
"""Hardly ever anything but a name."""


GIVEN_OR_WORD: Final = frozenset(
    """
Abbot Abe Ace Ada Ade Adelaide Aden Al Albion Alma Ama An Ana Angel April Arran Art Ash Asher
Aspen Aston August Autumn Avery Axel Bailey Barkley Baron Bart Basil Bay Bea Beau Bell Berk Bill
Billie Bishop Blaine Blake Blaze Blessing Blossom Blue Bobby Bonnie Bora Bradford Brady Brent
Brett Bright Brook Brooke Brooklyn Bryn Bud Buddy Buster Cade Can Carey Carlisle Carlton Carter
Cash Chance Charity Chase Cherry Chester Chi China Chip Christian Christie Christmas Clement
Clifford Clio Clyde Cole Coll Comfort Constance Cooper Coral Count Crew Cruz Dale Dallas Dan
Darwin Dawn Dax Dee Del Dell Demi Des Desta Destiny Dev Di Diamond Dick Dion Dixie Dolly Dominion
Don Dong Dot Drake Duchess Duke Dung Dustin Earl Earnest Easter Easton Eda Eden Elan Elder Ember
Emerald Ernest Esk Eve Everton Fabia Faith Favour Fern Fisher Fleur Flick Flo Flora Ford Fortune
Fox Frank Friday Gale Gang Garth Gay Gaz Gene Genesis Geneva George Gift Gill Gin Ginger Goodness
Grace Gracie Grant Gray Gus Guy Hai Hal Hank Happiness Happy Harlan Harley Harmony Harper Harris
Heath Heather Heaven Hind Honey Hong Honor Hope Hua Hudson Hue Hunter Ike Imam India Innocent Iona
Isla Islay Ivy Jack Jags Jan Jay Jersey Jet Jewel Jo Jock Jools Journey Joy Jude Judge Jun June
Junior Kat Kelso Ken Kent Khalifa Kia King Kingsley Kingsman Kingston Kip Kirk Kit Lam Lan Lance
Lane Laurel Lech Lee Lei Leigh Len Lennon Levant Levi Lim Lin Lincoln Loan Logan London Long Lorne
Love Luna Mac Maddox Mae Major Mali Marina Mark Marley Marshall Marvellous Mason Mat Maverick Max
May Maya Melody Melville Mentor Mercedes Mercy Merlin Merry Milan Miles Mill Mills Milton Min Ming
Miracle Misty Monday Montana Monty Muna Myles Nam Nana Nat Nelson Nemesis Neo Nero Nest Neve Nico
Ning Noble Noel Non Norm Norris Nova Octavia Olive Opal Orlando Paa Paddy Param Paris Parker Pat
Patience Paton Pax Pearl Pepper Percy Perry Perth Peyton Phoenix Piers Ping Pip Piper Pope Poppy
Praise Precious Preston Prince Princess Promise Prosper Prudence Queenie Rab Rabbi Ram Ramadan
Rana Ranger Raven Ray Reed Reese Reg Reid Rene Rex Rich Rick Rio Ripley Ritchie River Rob Robin
Robins Rock Rocky Rod Roman Romeo Rose Rowan Royal Royce Rudy Rusty Sable Sade Sage Said Sandy
Sargent Savannah Scarlet Scout Selby Senna Sergeant Shah Shell Sherry Shu Si Sienna Simba Sky Skye
Skylar Sol Sonny Stan Star Starr Sterling Stirling Success Sue Sultan Sultana Summer Sunday Sunny
Sydney Tanner Tao Taylor Teddy Terrence Tien Tiger Tin Trey Trinity Trixie Tudor Tyne Una Unity
Val Valentine Van Venus Verity Vi Vic Victoria Victory Viola Virginia Wade Wale Walker Wally
Wednesday Will Willow Win Wing Winter Wish Woody Wren Yang Yin York Zen
""".casefold().split()
)
"""Also an ordinary word, a place, a month or a make: these need more around them."""
