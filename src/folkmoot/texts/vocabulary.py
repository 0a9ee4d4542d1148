"""Whether a word is one of everyday English, so that others stand out: names above all.

The words are those that WordLlama's tokenizer, which comes in its wheel, keeps whole, and a list
of what people write to public services. It is a list of words that is read; no model is run.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from folkmoot.texts.english import FUNCTION_WORDS, LIGHT_VERBS, VAGUE, listed

_WORD_MARK = "▁"
# Longest first, so that most of a word is taken off before it is looked up.
_ENDINGS = tuple(
    sorted(
        listed(
            "nesses ments fully ingly ation ness ment ings ions able ible ally less ship hood ward "
            "wise ing ers est ful ive ism ist ity ous ies ily ion ish ors lly ry ed er es ly al or "
            "ic 's s y d r"
        ),
        key=lambda ending: (-len(ending), ending),
    )
)
_SHORTEST_STEM = 3

# Said to public services, and in too many pieces for a tokenizer to keep whole.
_SUPPLEMENT = listed(
    "abuse abusive accident accommodating accommodation accountability adhd admission adult "
    "african aftercare agencies airport alcohol aldi amazon ambulance ambulances ambulatory "
    "antisocial anxiety anybody apology appalling appointment apprentice appt appts arrange asbo "
    "asd asda asian asthma attentive audiologist aunt auntie autism autistic awareness baby bame "
    "bandages banging bathroom bbc bedroom bedside beforehand behalf benches beneficial bengali "
    "bereavement bicycle bike bikes bins bipolar biscuits blanket bleeding bloke bloods bobbies "
    "bobby borough boroughs breakfast brexit brill britain british brunch bullying burglar "
    "burglaries burglary bus buses buzzer bystander cab cafe calories camhs campus cancer "
    "cannabis canteen carer carers caretaker caribbean caring carpark catered catheter cctv ceo "
    "chairman chairs chaplain chaplaincy charity chemist chestnut childcare chinese chiropody "
    "christian christians christmas cigarette cinema clarification cleaner cleaners cleanliness "
    "clinic clinical clinician clinicians clinics clothes cocaine coeliac coffee cognitive "
    "colleague colleagues college comfy commissioner commute commuter commuters compassion "
    "compassionate competent complain complained complaint comprehension comprehensive concierge "
    "concise condescending considerate consistency constable consultant consultants consultation "
    "continence convict convicts cop cops coronavirus costco councillor councillors councils "
    "counselling counsellor courteous courtesy covid cpn cpr cps curbside cure custody cycling "
    "cyclist cyclists dad daddy dbs dealers dementia dental dentist depression dept deputy "
    "deserve desperate detective detox diabetes diabetic diagnosed diagnosis diagnostic diet "
    "dietician dietitian dietitians dinner disability disabled discharge disciplinary disgusting "
    "dishonest disney disorder dispatcher distress distressing diwali doctor doctors dog dogs "
    "domestic downtown dressing drivers drs drug drugs drunk easter ehcp eid elderly electrician "
    "email emergency emotional empathetic empathy endoscopy engagement england english epidural "
    "epilepsy equality estate estates europe european everbody everthing everybody everyday "
    "everyone everythng evrything excellent exemplary exercise exercises expertise eyes fabulous "
    "facebook facilities fantastic fatigue feedback feminist firefighter flat flats folks fraud "
    "friendly frightened frustrating gang gangs garage gents genuinely gloves gluten google govt "
    "gp gps graffiti gran grandad granddaughter grandma grandmother grandparents grandson groups "
    "guys gym gynaecology halloween handouts harassment hcw headache headmaster headteacher "
    "healing health healthcare healthier hearing helpful helpfull hindu hindus hip homeless "
    "homelessness homeowner homework honesty hooligans horticulture hospital hospitals "
    "housekeepers housing humiliated humiliating humour hygiene illness inappropriate indian "
    "infected infection informative injection injury instagram insulin interchange interfere "
    "internet interpersonal intervention intimidation invaluable ireland islam islamic jab jail "
    "jew jewish jews joke jolly judge judgemental kayak kettle kindness kitchen knee knife knives "
    "knowledgable knowledgeable kroger lad ladies lads landlord landlords laptop lass lateness "
    "laundry lawyer leaflet leaflets learnt legalized lgbt lgbtq library lidl lifestyle litter "
    "lockdown loitering lol loneliness lonely lovley lunch mall manager managers mandala "
    "marijuana marvellous maternity matron mattress mayor mbt mbti meal meals medication "
    "medications medicine meds mental mentor mentors menu methadone microwave midwife midwives "
    "millennials mindfulness misuse mobile mobility mood mortgage mosque mot motorist motorists "
    "mps mri mugged mugger muggers mugging mum mummy murder muslim muslims neighbour "
    "neighbourhood neighbours nephew netflix neurology nhs niece nobody noise noisy nothimg "
    "nuisance nurse nursery nurses nursing nutrition obesity occupational officer officers ofsted "
    "oncology ongoing operation optician orderly organised orthopaedic outpatient outpatients "
    "outreach outstanding overdose overnight paediatric palliative pals pandemic panic paperwork "
    "paramedic paramedics paranoia parking passers password patience patronising pavement "
    "pavements pcso pcsos pedestrian pedestrians pension pensioner pensioners pharmacist pharmacy "
    "phenelzine phlebotomist phone physio physios physiotherapist physiotherapy pillow pillows "
    "plumber podiatric podiatrist podiatry policing polish polite politician politicians porter "
    "porters potholes practitioner praise predators pregnancy pregnant prescribed prescription "
    "prescriptions priest privacy proactive probation professional professionalism professionals "
    "promptly psychiatric psychiatrist psychologist psychology ptsd pub pubs punctual "
    "questionnaire racially racism racist radiographer radiology ramadan rape rapist rapists "
    "reablement realise realistic reassurance reassure reassured reassuring reception "
    "receptionist receptionists recieved recomend recycling redacted redo referral rehab "
    "rehabilitation relatives reliable residents respectful respiratory responsive robbery "
    "rollator rota roundabout roundabouts rubbish rude rushed safeguarding safer salad sandwich "
    "sandwiches satisfactory satisfied scan scanner schizophrenia schooling scooter scooters "
    "scotland scottish seclusion secretary sepsis sergeant sexism shopkeeper shopkeepers shower "
    "showers sikh sikhs sister smoking snacks soap solicitor somali somebody sore specialist "
    "specialists speeding sports squad squirrel stabbing stabbings staffing stratergies stroke "
    "substance suicide superb superintendent supermarket supportive surgeon surgery surgical "
    "suspicion sympathetic symptoms tablet tablets tailored takeaway tasty taxi taxis teenager "
    "teenagers telephone television teller tenant tenants tesco tfl thankyou theft therapeutic "
    "therapies therapist therapists therapy thugs tiktok timescales toast toilet toilets tough "
    "traffic trains tram transgender transphobia trauma traumatic travesty treasurer treatement "
    "trolley trustworthy tube tuition turkish tutor tutors tv twitter uber uk ukraine "
    "unacceptable unhelpful unit university unpleasant unprofessional unsure unwell upset usa "
    "vaccinations vaccine vaccines vandalism vehicle vehicles vicar victims violence volunteer "
    "volunteers vulnerable waiter waitress waitrose wales walkers walmart ward warden wardens "
    "wards wash washed weaning weekend welcoming wellbeing welsh whatsapp whatsoever wheelchair "
    "whoever wifi workouts workshop wound xray yobs yoga youth youths youtube yrs zebra zoom"
)


@cache
def _words() -> frozenset[str]:
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("WordLlama is not installed: install Folkmoot again.")
    folder = Path(found.origin).parent / "tokenizers"
    (path,) = folder.glob("*tokenizer_config.json")
    kept = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
    whole = {token[1:] for token in kept if token.startswith(_WORD_MARK) and token[1:].islower()}
    return frozenset(whole) | _SUPPLEMENT | FUNCTION_WORDS | LIGHT_VERBS | VAGUE


@lru_cache(maxsize=50_000)
def is_everyday(word: str) -> bool:
    """Whether the word, or the word without a common ending, is one of everyday English.

    Case does not matter. "Everyday", "Helped" and "nurses" are; "Wiremu" and "Adeyemi" are not.
    """
    lower = word.casefold()
    known = _words()
    if lower in known:
        return True
    for ending in _ENDINGS:
        stem = lower.removesuffix(ending)
        if stem == lower or len(stem) < _SHORTEST_STEM:
            continue
        if (
            stem in known
            or stem + "e" in known
            or (stem.endswith("i") and stem[:-1] + "y" in known)
        ):
            return True
        if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2] and stem[:-1] in known:
            return True
    return False
