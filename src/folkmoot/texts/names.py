"""Names of people as they occur in Britain, and the words by which others are recognised.

Short on purpose: a list finds the common names, the context ("my name is", "PC ...") the rest.
"""

from __future__ import annotations

from folkmoot.texts.english import listed

# Never, or hardly ever, another word of English or a place on its own.
FIRST_NAMES = listed(
    "angharad bronwen carys cerys dilys ffion glenys rhiannon rosa sian aoife sinead roisin "
    "aaron abdi abdul abdullah abigail adam adele adrian ahmed aisha aishah alan alastair albert "
    "alec alex alexander alexandra alfie alice alicia alison alistair amanda amina amir amy ana "
    "andrea andrew andy angela anita anna anne annabel annette annie anthony antonia antonio "
    "anwar archie arjun arthur asha ayesha ayisha barbara barry beatrice belinda ben benjamin "
    "bernadette bernard beth bethany brenda brian bridget bryan callum cameron carl carlos carmen "
    "carol caroline catherine cathy cecilia chantelle charlie charles chinedu chloe chris "
    "christian christina christine christopher ciara claire clare clive colin connor craig "
    "cynthia damian daniel danielle darren dave david davina dawid deborah debbie declan deirdre "
    "delroy denise dennis derek diana diane dimitri dominic donald donna doreen dorothy douglas "
    "duncan dylan edith edward eileen elaine eleanor elena elijah elizabeth ellen ellie elliot "
    "emily emma emmanuel eric erica esther ethan eugene eva evelyn ewan farah farhan fatima "
    "fatimah fatou felicity fiona florence francesca francis frederick gareth gary gavin gemma "
    "geoff geoffrey george georgia georgina gerald geraldine gillian gloria gordon graham gregory "
    "gurpreet gwen habib hamza hannah hardeep harjit haroon harriet harry hasan hassan heather "
    "helen helena henry hilary howard hugh hussain hussein ian ibrahim imran indira ingrid irene "
    "isaac isabel isabella isabelle ivan jacob jacqueline jacqui jade jake jamal jamie james jane "
    "janet janice jasmine jason jean jeanette jeff jeffrey jemma jennifer jenny jeremy jerome "
    "jessica jill jimmy joan joanna joanne jodie joe joel john johnny jonathan jordan jose joseph "
    "josephine josh joshua joyce juan judith julia julian julie juliet justin kamran karen karim "
    "karl kate katherine kathleen kathryn kathy katie katy kayleigh keith kelly kenneth kerry "
    "kevin khalid kieran kim kimberly kirsty krishna kwame kyle lakshmi laura lauren lawrence "
    "leah leanne leila leon leonard leroy lesley leslie lewis liam linda lindsay lindsey lisa "
    "louise lucas lucinda lucy luke lydia lynn lynne magda maja malcolm malik mandy manjit marcia "
    "marcus margaret maria marie marilyn marion marjorie martha martin martyn mary matilda matt "
    "matthew maureen maurice megan mehmet melanie melissa michael michelle miguel mike miriam "
    "mohamed mohammad mohammed moira molly monica muhammad muriel mustafa nadia naomi natalie "
    "natasha nathan neil nia niamh nicholas nicola nicole nigel nikhil nina noah noel nora norman "
    "olga oliver olivia olu oluwaseun omar oscar osman owen pamela parminder patricia patrick "
    "paul paula pauline peter phil philip philippa phillip phoebe phyllis piotr priya rachael "
    "rachel rajesh ralph ramesh rashid ravi raymond rebecca reginald rhys richard rita robert "
    "robin roger ronald rosemary rosie roxanne rupert russell ruth ryan sabrina sally samantha "
    "samir samuel sandra sandeep sanjay sara sarah sean sebastian shabnam shannon sharon sheila "
    "shirley siobhan simon simone sofia sonia sophia sophie stacey stanley stella stephanie "
    "stephen steve steven stuart sunil sunita susan suzanne sylvia tamara tanya tariq tendai "
    "teresa terence theo theresa thomas tiffany timothy tina toby tom tomasz tony tracey tracy "
    "trevor tunde tyrone ursula usman valerie vanessa vera veronica vijay vikram vincent virginia "
    "vivian vivienne walter wayne wendy wesley wilfred william winston yasmin yusuf yvonne zac "
    "zachary zainab zara zoe zofia"
)

# Also words, months, places or flowers: a name only with a capital and a sign that it is one.
DOUBTFUL_FIRST_NAMES = listed(
    "amber april art august austin bill bob brad brooke chase chelsea crystal dan dawn dean dick "
    "dixon don drew earl eve faith frank fred gene grace grant guy hazel holly hope iris ivy jack "
    "jay jo joy june kay ken kit lance lee lily mark marsha max may mercy miles nick noor olive "
    "pat patience pearl penny peggy pete ray reed rob rod rose rowan roy ruby rusty sam sandy "
    "scott sidney skip stan sue summer ted terry tim trinity victor victoria violet will woody "
    "wren"
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

# The word before a name that says whose it is.
KIN = listed(
    "son daughter brother sister husband wife partner mother father mum dad mom nan gran grandson "
    "granddaughter nephew niece cousin aunt uncle friend neighbour neighbor colleague boss "
    "manager landlord carer keyworker caseworker teacher nurse doctor physio counsellor therapist"
)

# A capital after a first name that is not a surname, or a first name that is part of a place.
PLACE_WORDS = listed(
    "street st road rd avenue lane station park ward hospital square house gate centre center "
    "court bridge market green hill line gardens terrace crescent close drive way place school "
    "college university church cathedral estate common cross circus town village wing clinic unit "
    "surgery practice county co airport blvd boulevard farm farms garden golf visitor day "
    "foundation trust act inquiry report review island"
)

SAINTLY = listed("st saint queen king prince princess lady lord blessed")

# Capitals that begin a sentence or name an office after a person's name.
NOT_SURNAMES = listed(
    "police officer officers sergeant constable inspector met metropolitan council mayor london "
    "nhs gp ward team staff ps pcso friday monday tuesday wednesday thursday saturday sunday "
    "january february march april june july august september october november december "
    "phone telephone tel mobile email e-mail address postcode aged age born from"
)
