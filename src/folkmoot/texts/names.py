"""Names of people as they occur in Britain, and the words by which others are recognised.

Short on purpose: a list finds the common names, the context ("my name is", "PC ...") the rest.
"""

from __future__ import annotations

from folkmoot.texts.english import listed

# Never, or hardly ever, another word of English or a place on its own.
FIRST_NAMES = listed(
    "aaron abbi abbie abdi abdul abdullah abi abigail adam adele adeola adrian adunni afia aggie "
    "agnes agnieszka ahmad ahmed aisha aishah akua alan alastair albert alec aleksandar "
    "aleksander aleksandra alex alexander alexandra alfie ali alice alicia alina alison alistair "
    "allan ama amanda amara amelia amelie amina amir amy ana anastasia andrea andreea andrei "
    "andrew andrzej andy angela angelo angharad angus ania anika anil anita anjali ann anna "
    "annabel anne annette annie anthony antoni antonia antonio anwar aoife archie arif arjun "
    "arnold arthur asha ashley ashok asif ayaan ayesha ayisha aylin ayodele ayse azra babatunde "
    "barbara barry bartosz basia beatrice becky belinda bella ben benjamin bernadette bernard "
    "bernie beryl beth bethany betty bianca bilal billie billy bobby bogdan bola bonnie "
    "brenda brian bridget bronwen bryan bryony burak caitlin callum calvin cameron candice carl "
    "carla carlos carly carmen carol caroline carolyn carys cassandra cathal catherine cathy "
    "cecilia cemal cerys chandra chantelle charlene charles charlie charlotte chiara chidi chika "
    "chinedu chioma chloe chris christa christie christina christine christopher ciara ciaran "
    "ciprian claire clare claudia clive colin connor conor cormac craig cristian cristina cynthia "
    "daisy daljit damian damilola daniel daniela danielle danny danuta darius darren dave david "
    "davina dawid debbie deborah declan deepa deepak deirdre delia delroy demetrius denise dennis "
    "derek dermot diana diane dianne dilip dilys dimitra dimitri dominic donald donna doreen "
    "dorota dorothy douglas duncan dylan ebony ebru edita edith edward efe eileen ekaterina "
    "elaine eleanor elena elif elijah eliza elizabeth ella ellen ellie elliot elliott eloise elsa "
    "elsie emeka emilia emilio emily emine emma emmanuel emre enid eric erica erin esther ethan "
    "eugene eva evelyn ewa ewan ezra faisal farah farhan farida fatima fatimah fatou fay faye "
    "felicity femi ferhat ffion filip fiona florence folasade francesca francesco francis franco "
    "frankie freddie frederick freya funmi gail gareth gary gavin gaynor gemma geoff geoffrey "
    "george georgi georgia georgina geraint gerald geraldine gerard gillian giovanni giulia "
    "giuseppe glen glenn glenys gloria gordon graham gregory grzegorz gulsen gurpreet gwen habib "
    "habiba hafsa halima hamza hana hannah hardeep harjit harold haroon harriet harry hasan hasna "
    "hassan hayley heather heidi helen helena helga henry henryk hilary hilda hollie howard hugh "
    "hugo huseyin hussain hussein ian ibrahim ifeanyi ifeoma ilona imogen imran indira ines "
    "ingrid ingrida ioana iqbal irene isaac isabel isabella isabelle isha ishaan isla ismail ivan "
    "ivana iwona izabela jacek jackie jacob jacqueline jacqui jade jadwiga jake jakub jamal james "
    "jamie jamila jan jana jane janet janice janine jasmine jason jean jeanette jeff jeffrey "
    "jemma jen jenna jennifer jenny jeremy jerome jess jessica jill jimmy joan joanna joanne "
    "jodie joe joel john johnny jolanta jonas jonathan jordan jorge jose joseph josephine josh "
    "joshua josie joyce juan judith jules julia julian julie juliet justin justyna kacper kamal "
    "kamala kamran karen karim karl karol karolina kasia katarzyna kate katherine kathleen "
    "kathryn kathy katie katy kavita kayleigh kayode kehinde keith kelly kemi kenneth kenny kerry "
    "kevin khadija khalid kieran kim kimberly kirsten kirsty klaudia kofi krishna krystyna "
    "krzysztof kunal kwabena kwaku kwame kwasi kyle lakshmi lara lata latoya laura lauren "
    "lawrence leah leanne leila leo leon leonard leonie leroy lesley leslie letitia lewis liam "
    "lidia lilian lilly lina linda lindsay lindsey lisa lola lorna lorraine lottie louisa louise "
    "luca lucas lucia lucinda lucy luis lukasz luke lydia lynda lynn lynne mabel maciej maeve "
    "magda maggie mahmoud maja malcolm malgorzata malik mandy manjit manoj manuel marcia marcus "
    "marek margaret margot maria mariam mariana marie marilyn marina marion marius mariusz "
    "marjorie marlene marta martha martin martyn marvin mary mateusz mathew matilda matt matteo "
    "matthew maureen maurice mavis maxine meena meera megan mehdi mehmet mei melanie melissa "
    "mercedes mesut michael michal michelle miguel mihai mike mila milena millie mina minnie "
    "miriam miroslav mohamed mohammad mohammed mohamud mohsin moira molly mona monica morag moses "
    "muhammad muhammed murat muriel mustafa myra nadia nadine naila nana nancy naomi naresh "
    "natalie natasha nathan naveed neha neil nestor ngozi nia niall niamh nicholas nicki nicky "
    "nicola nicole nigel nikhil nina nita noah noel nora noreen norman nuala nura obi oksana ola "
    "olena olga oliver olivia olu oluchi olufemi oluwafemi oluwaseun omar oreoluwa osagie oscar "
    "osman owen ozlem padraig paige pamela pankaj paolo parminder parveen patricia patrick patsy "
    "paul paula pauline pawel pearse penelope percy peter petra phil philip philippa phillip "
    "phoebe phyllis pierre piotr polly pooja poonam prakash pranav preeti priya przemyslaw "
    "quentin rachael rachel rafael rahul raj raja rajesh rajiv rakesh ralph ramesh ramona rania "
    "rashid ravi raymond rebecca rebekah reena reginald rehana renata rhiannon rhoda rhona rhys "
    "ricardo richard ricky rita robert robin roger rohan roisin roman romana ronald ronnie rory "
    "rosa rosalind rosemary rosie roxanne rukhsana rupert russell ruth ryan sabrina sade sadia "
    "safiya saira sajid salim sally salma samantha samir samuel sana sandeep sandra sania sanjay "
    "sanjeev santiago sara sarah saskia sean sebastian seema segun selin selma serena serkan seun "
    "shabana shabnam shafiq shahid shaista shane shanice shannon sharon shazia sheila shelley "
    "sheryl shirley shreya sian simon simone sinead sinem siobhan slawomir sofia sofie sonia "
    "sophia sophie stacey stanley stefan stefania stella steph stephanie stephen steve steven "
    "stewart stuart subhash sulaiman suleiman suleyman sunil sunita suresh susan susanna susannah "
    "susanne suzanne svetlana syed sylvia szymon tadeusz taiwo talal tamara tamsin tania tanvir "
    "tanya tariq tariro tatiana temitope tendai terence teresa tessa thandi thelma theo theresa "
    "thomas tiffany timothy tina toby tom tomas tomasz tommy tony tracey tracy trevor tricia "
    "trish trisha tristan tunde tyrone uche umar umut ursula urszula usman uzma valentina valerie "
    "vanessa vasile vera verity veronica vicki vicky vijay vikki vikram vimal vincent violeta "
    "virginia vivian vivienne wale walter waqas wasim wayne wendy wesley wiktor wiktoria wilfred "
    "william winifred winston wojciech xavier yasmin yaw yetunde yolanda youssef yousuf yusra "
    "yusuf yvonne zac zachary zahid zahra zainab zara zaynab zbigniew zeynep zoe zofia zoya "
    "zubair zuzanna"
)

# Also words, months, places or flowers: a name only with a capital and a sign that it is one.
DOUBTFUL_FIRST_NAMES = listed(
    "amber april art august austin bill blessing bob brad brooke chase chelsea christian crystal "
    "dan dawn dean dick dixon don drew earl eve faith frank fred gene grace grant guy hazel holly "
    "hope iris ivy jack jay jo joy june kay ken kit lance lee lily mark marsha max may mercy "
    "miles mo nick noor olive pat patience pearl peggy penny pete ray reed rob rod rose rowan roy "
    "ruby rusty sam sandy scott sidney skip stan sue summer ted terry tim trinity victor victoria "
    "violet will woody wren"
)

TITLES = listed(
    "Mr Mrs Ms Miss Mx Dr Doctor Prof Professor Rev Reverend Fr Sir Dame PC WPC PCSO DC DI DS DCI "
    "Sgt Sergeant Insp Inspector Constable Superintendent Supt Officer Cllr Councillor Nurse "
    "Matron Sister Imam Rabbi Judge"
)

# Said of a person in lower case too, before a name in capitals.
SPOKEN_TITLES = listed(
    "nurse doctor officer sergeant inspector constable councillor professor superintendent"
)

# Before a surname in small letters too, whatever word it may be: "mr green".
FORMAL_TITLES = listed("mr mrs ms mx dr drs pc wpc")

# The word before a name that says whose it is.
KIN = listed(
    "son daughter brother sister husband wife partner mother father mum dad mom nan gran grandson "
    "granddaughter nephew niece cousin aunt uncle friend neighbour neighbor colleague boss "
    "manager landlord carer keyworker caseworker teacher nurse doctor physio counsellor therapist"
)

# A capital after a first name that is not a surname, or a first name that is part of a place.
PLACE_WORDS = listed(
    "act airport ave avenue barracks bay beach blvd borough boulevard bridge broadway bypass "
    "cathedral cemetery center centre church circus city clinic close co college common council "
    "county court creek crescent cross ct day depot dept downs drive estate farm farms fields "
    "foundation gables garden gardens gate golf govt green grove hall heath high highway hill "
    "hospital house hwy inquiry island lake lane library line ln mall market mews museum parade "
    "park parkway pkwy place police practice quay rd rds recycling report review rise river road "
    "row school square st stadium station street surgery terrace tower towers town trail trust "
    "tube unit university valley village visitor walk ward waste way wing woods"
)

SAINTLY = listed("st saint queen king prince princess lady lord blessed")

# Capitals that begin a sentence or name an office after a person's name.
NOT_SURNAMES = listed(
    "police officer officers sergeant constable inspector met metropolitan council mayor london "
    "nhs gp ward team staff ps pcso friday monday tuesday wednesday thursday saturday sunday "
    "january february march april june july august september october november december "
    "phone telephone tel mobile email e-mail address postcode aged age born from"
)

# Between first name and surname, in small letters.
LINKING = listed("van von de der den du da dos del della di la le bin ibn al el ter mac ni ui ó o")

# Surnames so common, or so like other words, that no other sign would give them away.
COMMON_SURNAMES = listed(
    "adams ahmed akhtar ali allen andrews archer bailey baker banks barnes begum bell bennett "
    "berry bird black bose brook brooks brown bush butler carter chan chapman chen chowdhury "
    "clark clarke collins cook cooper cox cross das davies day desai dixon evans field fields "
    "fisher fletcher ford foster fox frost graham gray green gupta hall harris harrison harvey "
    "hill holmes hunt hussain iqbal islam jackson jenkins johnson jones kaur kelly khan king "
    "knight kumar lamb lane lee li lloyd mahmood malik marshall mason matthews may miah mills "
    "mistry moore morgan morris murphy murray nair nguyen north page palmer park parker parks "
    "patel pearson pope porter potter powell price rahman rao reddy rice rivers roberts robinson "
    "rogers rose roy russell scott sen shah sharma shaw shepherd simpson singer singh smith snow "
    "stevens stone swan taylor thompson tran turner uddin walker wang ward waters webb west white "
    "wilkinson williams wilson winter wolf wong wood woods wright young"
)

# Cities, towns, boroughs and countries that stand where a name could.
PLACES = listed(
    "aberdeen abuja accra acton afghanistan algeria america anerley ankara archway australia "
    "balham bangladesh barbados barking barnet barnsley basildon bassetlaw battersea beckenham "
    "beckton bedfordshire beijing belfast belgium berkshire berlin bermondsey bethnal bexley "
    "birmingham blackpool bolton bournemouth bradford brazil brent brighton bristol brixton "
    "bromley bulgaria california cambridge cambridgeshire camden canada canary cardiff carshalton "
    "catford cheam chelmsford cheltenham cheshire china chingford chislehurst chiswick clapham "
    "clapton colchester colindale colliers cork cornwall coulsdon coventry crawley cricklewood "
    "croydon cumbria cyprus dagenham dalston december delhi denmark deptford derby derbyshire "
    "derry devon dhaka doncaster dorset dublin dulwich dundee ealing edgware edinburgh edmonton "
    "egypt eltham enfield eritrea essex estonia ethiopia exeter february feltham finchley finland "
    "finsbury florida france friday fulham galway gatwick germany ghana gipsy glasgow gloucester "
    "gloucestershire golders greece greenford greenwich hackney haggerston hainault halifax "
    "hammersmith hampshire hampstead hanwell hanworth haringey harlesden harrow havering heathrow "
    "hendon herne hertfordshire highgate hillingdon hinckley holloway homerton hornsey hounslow "
    "hoxton huddersfield hull humber hungary ilford india indiana inverness ipswich iran iraq "
    "islington israel istanbul italy jamaica january japan karachi kensington kent kentish "
    "kentucky kenya kew keynes kilburn kingston kolkata korea lagos lahore lambeth lancashire "
    "latvia leeds leicester leicestershire lewisham lexington leyton leytonstone limehouse "
    "lincoln lincolnshire lisbon lithuania liverpool london loughborough louisville luton madrid "
    "malta manchester mansfield melton mersey merton mexico middlesbrough milton mitcham monday "
    "morden morocco mortlake mumbai muswell nairobi nashville neasden nepal netherlands newark "
    "newcastle newham newington newport nigeria norfolk northampton northamptonshire northolt "
    "norway norwich norwood nottingham nottinghamshire november nunhead october ohio oldham "
    "orpington oxford oxfordshire pakistan palestine palmers paris peckham penge peterborough "
    "pinner plaistow plumstead plymouth poland poole poplar portsmouth portugal preston purley "
    "putney reading redbridge richmond rochdale romania rome romford rotherham rotherhithe "
    "ruislip russia salford saturday september shadwell sheffield shoreditch sidcup silvertown "
    "slough somalia somerset southall southampton southend southwark spain staffordshire stanmore "
    "stansted stepney stockport stoke stratford streatham sudan suffolk sunday sunderland "
    "surbiton surrey sussex sutton swansea sweden swindon sydenham syria teddington tees "
    "tennessee texas thailand thames thamesmead thornton thursday tokyo tooting tottenham "
    "trinidad tuesday tufnell tulse turkey twickenham tyne uganda uxbridge vauxhall vietnam "
    "walthamstow wandsworth wanstead wapping warsaw warwickshire wednesday wembley westminster "
    "whitechapel wigan willesden wiltshire wimbledon wolverhampton woodford woolwich "
    "worcestershire worksop wrexham york yorkshire"
)
