"""Personal details planted in real answers: how many are found, and what is hidden without need.

Details are made from a seed in the formats of their issuers, each written several ways (spaces,
small letters, slips of the finger), and set into real answers to a health service. Names are drawn
by Faker from its lists for sixteen countries, which Folkmoot's own were not made from. What is
hidden without need is counted in a town's remarks, full of street names, and in the same answers as
they came. `--show` prints what was missed and what was hidden.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import re
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from faker import Faker

from folkmoot.texts import Kind, find_personal_details
from folkmoot.texts.redaction.numbers import passes_luhn, passes_nhs_check

SEED = 2026
PLANTED = 1_000
NAMES_PLANTED = 4_000
PATTERNS_PROMISED, NAMES_PROMISED = 0.98, 0.90
LOCALES = (
    "en_GB en_IE en_IN en_PK pl_PL tr_TR ro_RO pt_PT it_IT fr_FR lt_LT yo_NG ig_NG ha_NG tw_GH "
    "en_KE"
)
# "#" any digit, "%" a digit but nought, "?" a letter of a registration; "|" divides the ways.
WRITTEN = {
    Kind.EMAIL: "jo.bloggs@example.co.uk|s_ahmed9#@example.org|k.o'shea@example.com|"
    "TEAM+plan@EXAMPLE.NET|zofia1990 @ example.org|a-m.lee [at] example [dot] org|"
    "jo.bloggs(at)example.com|mo.%# at gmail dot com",
    Kind.PHONE: "07700900###|07700 900###|07700 900 ###|077 0090 0###|07700-900-###|07700.900.###|"
    "07700/900###|O7700 900###|+447700900###|+44 7700 900###|+44 (0)7700 900 ###|0044 7700 900###|"
    "447700900###|020 7946 0###|(020) 7946 0###|0207 946 0###|0161 496 0###|01632 960###|"
    "(01632) 960 ###|+33 6 12 34 5# ##|+48 601 234 ###|00353 87 123 4###|+90 532 123 4# ##|"
    "+234 803 123 4###|0 7 7 0 0 9 0 0 # # #|07700 90###",
    Kind.POSTCODE: "SE% 4TQ|SW%# 2AA|E%6AN|nw% 1bt|LS1# 4DY|EC2A  4NE|cr01pb|BT1%-3GH|HA9 0WS",
    Kind.ADDRESS: "%# Elm Road|%B, Mill Lane|No. %# Victoria Street|Flat %#, %# Manor Avenue|"
    "%# Upper Church St|flat %# oakfield house|%# acacia crescent|Flat %B, Albert Court|"
    "%# STATION ROAD|Apartment %#, The Rye Building|%# St John's Hill|%a queens terrace",
    Kind.VEHICLE: "LK%# ???|LK%#???|lk%#bcd|lk%# xyz|LK %# ???|LK%#-???|M%## ???|M%##???|??? %##K|"
    "reg m%## bcd",
    Kind.NATIONAL_INSURANCE: "AB%#####C|JK %# ## ## A|jk %# ## ## a|JK-%#-##-##-B|jk%#####d|"
    "NI number AB%#####",
    Kind.BANK_ACCOUNT: "sort code 60-16-%#|account number %#######|60-16-%# %#######|"
    "GB29NWBK60161331926819|GB29 NWBK 6016 1331 9268 19|gb29 nwbk 6016 1331 9268 19|"
    "acc no. %#######",
    Kind.CRIME_REFERENCE: "%######/2#|4#/%#####/2#|crime reference number %##########|"
    "Crime Ref: 2#*%#####|CAD %###/12MAR2#|CAD %### of 12/03/2#|incident number %#####|"
    "crime ref no WM%#####|CRN %######/2#|log number %###|log 0%## of 3/4/2#|"
    "police ref 202#0312-%###|reference NFRC%#########|incident ref 2#-%#####|CR/%#####/2#",
    Kind.DATE_OF_BIRTH: "born 1%/0%/19%#|born on %.%.8%|I was born on the %-%-19%#|DOB % May 19%#|"
    "d.o.b. 2%th of June 19%#|dob: March %, 19%#|date of birth % jan 8%|Date of Birth - 19%#-0%-0%|"
    "%Jul19%# (dob)|my birthday is % August|date of brith 0%/1#/19%#",
    Kind.LINK: "https://example.org/me?id=7|http://example.com|www.example.com/jo|example.com|"
    "example.co.uk/people/jo|WWW.EXAMPLE.ORG|facebook.com/jo.bloggs.%|youtu.be/dQw4w9Wg",
    Kind.SOCIAL_MEDIA: "@jo_bloggs%#|@ZofiaK|insta: jo.bloggs|Instagram is zofiak_|twitter @mo_b|"
    "snapchat joey200#x|u/angry_resident|my tiktok name is dancingjo|on Facebook as jo.bloggs.%",
}
# What announces a detail may stay; the detail itself may not.
ANNOUNCED = re.compile(
    r"No\. |reg |(?:sort code|account number|acc no\.|NI number|NHS number) |"
    r"(?:crime reference number|Crime Ref:|CAD|incident number|crime ref no|CRN|log number|log|"
    r"police ref|reference|incident ref) |(?:I was )?born (?:on )?(?:the )?|(?:DOB|d\.o\.b\.|dob:|"
    r"date of birth|Date of Birth -|my birthday is|date of brith) |insta: |Instagram is |twitter |"
    r"snapchat |my tiktok name is |on Facebook as "
)
SENTENCES = {
    Kind.PHONE: "Ring me on {}.|my number is {}|Call {} after six.|{} is my mobile",
    Kind.ADDRESS: "I live at {}.|We are at {}, near the school|it happened outside {}",
    Kind.VEHICLE: "The car was {}.|A white van, {}, parked here|number plate {}",
    Kind.POSTCODE: "We live in {}.|postcode {}|The {} area is not safe.",
}
ANY_SENTENCE = "It was {}.|({})|Please note {} for your records.|You have it: {}"
# F a full name, G a given name, S a surname. The rules were made with these in view.
NAMED = (
    "My name is F.|my name is F and i am 70|Yours sincerely, F|F was wonderful.|I am F from Leeds.|"
    "A nurse called G sat with me.|My son G was searched.|Mr S explained it all.|Dr S was rude.|"
    "PC S never rang back.|I spoke to F about it.|Thanks to G and the team.|G helped me a lot.|"
    "We saw Mrs S at the desk.|Ask F, she knows.|G is a star|Staff nurse G was kind.|Signed F|"
    "mr S was late|sister G was very good to me|The manager, F, apologised.|{full} 2019|"
    "My neighbour G called the police.|It was F who sorted it out.|Give G a pay rise!|"
    "I want to complain about F.|F (receptionist) is lovely|as G said at the time|Big up G!!|"
    "G and the girls on ward 4 were brill|the lady who did my bloods, G, has a heart of gold|"
    "Can you pass this on to F please|G's manner put us at ease|councillor S promised this|"
    "My daughter's teacher is F.|Mrs S next door, F and I all wrote."
).replace("{full}", "F")
# These were written before it was known how they would come out, and no rule was made for them.
UNSEEN = (
    "I wish there were more people like G.|Our bin man G always waves.|What F did saved a life|"
    "F runs the youth club on our road.|You should hear G talk about being searched|"
    "She went to school with F|the PCSOs (G and a tall one) know everyone|Put G in charge.|"
    "G, if you read this: you were right.|Nobody at the counter but G had any idea|"
    "I was robbed by F in March|Sergeant S and F came to our meeting|My case worker is called F|"
    "F and G from number nine saw it all"
)

# And these after a rule was made for a name that stands alone.
LATER = (
    "Honestly G saved my bacon twice|Only F from housing ever replied|Our street would be lost "
    "without G|If you see G tell her the lamp is fixed|Last week F and two others swept the path|"
    "He said his boss was S|We lost G to a knife in 2019|Somebody should promote G|That was before "
    "F took over the club|At the meeting F shouted at me|Since G left nobody answers|F has lived "
    "here for forty years|the caretaker (F) locks the gate|They arrested G outside the shop"
)


def filled(chance: random.Random, pattern: str) -> str:
    """Return a pattern with its digits and letters drawn."""
    if "http" in pattern:
        return pattern
    drawn = {"#": "0123456789", "%": "123456789", "?": "BCDFGHJKLMNPRSTVWXY"}
    return re.sub("[#%?]", lambda mark: chance.choice(drawn[mark[0]]), pattern)


def nhs_number(chance: random.Random) -> str:
    """Return a number that passes the NHS check, or one with a slip said to be one."""
    right: list[int] = []
    while not right:
        number = [chance.randint(1, 9), *chance.choices(range(10), k=8)]
        right = [last for last in range(10) if passes_nhs_check([*number, last])]
    whole = "".join(map(str, [*number, right[0]]))
    parts = whole[:3], whole[3:6], whole[6:]
    slip = whole[:-1] + str((right[0] + 1) % 10)
    return chance.choice([whole, " ".join(parts), "-".join(parts), f"NHS number {slip}"])


def card_number(chance: random.Random) -> str:
    """Return a number that passes the Luhn check."""
    number = chance.choice(["4", "51", "34", "6759"])
    many = chance.choice([15, 15, 14, 18])
    number += "".join(str(chance.randint(0, 9)) for _ in range(many - len(number)))
    whole = next(number + str(last) for last in range(10) if passes_luhn([*map(int, number), last]))
    parts = [whole[at : at + 4] for at in range(0, len(whole), 4)]
    return chance.choice([whole, " ".join(parts), "-".join(parts), "  ".join(parts)])


def detail(chance: random.Random, kind: Kind) -> str:
    """Return one detail of a kind, written one of its ways."""
    made = {Kind.NHS_NUMBER: nhs_number, Kind.CARD_NUMBER: card_number}
    if kind in made:
        return made[kind](chance)
    return filled(chance, chance.choice(WRITTEN[kind].split("|")))


def read(folder: Path, name: str, column: str) -> list[str]:
    """Return the different texts of a column, in order."""
    with (folder / "responses" / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(dict.fromkeys(row[column].strip() for row in csv.DictReader(lines)))


def is_hidden(text: str, detail: str) -> bool:
    """Whether every letter and digit of the detail is in a span."""
    start = text.index(detail)
    covered = {at for span in find_personal_details(text) for at in range(span.start, span.end)}
    places = range(start, start + len(detail))
    return all(at in covered for at in places if text[at].isalnum())


def set_into(chance: random.Random, sentence: str, answers: list[str]) -> str:
    """Return the sentence before or behind a real answer, or alone."""
    answer = chance.choice(answers)
    ways = [f"{sentence} {answer}", f"{answer} {sentence}", f"{answer}\n{sentence}", sentence]
    return chance.choice(ways)


def recall_of(kind: Kind, answers: list[str], missed: list[str]) -> float:
    """Return the share of planted details of a kind that are hidden whole."""
    chance = random.Random(f"{SEED} {kind.name}")
    found = 0
    for _ in range(PLANTED):
        whole = detail(chance, kind)
        bare = ANNOUNCED.sub("", whole, count=1).removesuffix(" (dob)").lstrip("@")
        sentence = chance.choice(SENTENCES.get(kind, ANY_SENTENCE).split("|")).format(whole)
        if is_hidden(set_into(chance, sentence, answers), bare):
            found += 1
        else:
            missed.append(sentence)
    return found / PLANTED


def recall_of_names(frames: str, many: int, answers: list[str], missed: list[str]) -> float:
    """Return the share of names that are hidden whole; some are in small letters or capitals."""
    chance = random.Random(SEED)
    fakers = [Faker(locale) for locale in LOCALES.split()]
    for number, each in enumerate(fakers):
        each.seed_instance(SEED + number)
    found = 0
    for _ in range(many):
        faker = chance.choice(fakers)
        first, last = faker.first_name(), faker.last_name()
        if chance.random() < 0.1:
            last += f"-{faker.last_name()}"
        parts = {"F": f"{first} {last}", "G": first, "S": last}
        frame = chance.choice(frames.split("|"))
        # Where a frame has several, the full name counts; the others only stand beside it.
        name = parts[min(re.findall(r"\b[FGS]\b", frame))]
        sentence = re.sub(r"\b[FGS]\b", lambda slot, of=parts: of[slot[0]], frame)
        style = chance.choices([str, str.lower, str.upper], [0.85, 0.1, 0.05])[0]
        sentence, name = style(sentence), style(name)
        if is_hidden(set_into(chance, sentence, answers), name):
            found += 1
        else:
            missed.append(sentence)
    return found / many


def print_hidden(label: str, texts: list[str], show: bool) -> None:
    """Print how much is hidden in texts as they came."""
    began = time.perf_counter()
    spans = [(text, span) for text in texts for span in find_personal_details(text)]
    seconds = time.perf_counter() - began
    kinds = Counter(span.kind.value for _, span in spans)
    counted = ", ".join(f"{kind} {many}" for kind, many in kinds.most_common())
    print(
        f"Hidden in {len(texts):,} {label}: {1000 * len(spans) / len(texts):.1f} a thousand "
        f"({counted}); {len(texts) / seconds:,.0f} a second"
    )
    for text, span in spans if show else ():
        before, after = text[max(0, span.start - 30) : span.start], text[span.end : span.end + 20]
        print(f"    {before!r} [{text[span.start : span.end]}] {after!r}")


def main() -> None:
    """Print recall a kind, what is hidden without need, and whether the promises are kept."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside)
    if not folder.is_dir():
        sys.exit("No shared data: name its folder in FOLKMOOT_SHARED_DATA.")
    show = "--show" in sys.argv
    answers = read(folder, "nhs-friends-and-family-phase1.csv", "feedback")
    remarks = read(folder, "american-assembly.bowling-green_comments.csv", "comment-body")
    print(f"{PLANTED:,} details a kind planted in {len(answers):,} real answers")
    print(f"{platform.platform()}, Python {platform.python_version()}, Faker {version('faker')}")
    recalls = {}
    for kind in (each for each in Kind if each is not Kind.NAME):
        missed: list[str] = []
        recalls[kind] = recall_of(kind, answers, missed)
        print(f"  {kind.value:26} recall {recalls[kind]:.3f}")
        if show:
            print("".join(f"    missed: {sentence}\n" for sentence in missed[:20]), end="")
    for label, frames, many in (
        ("", NAMED, NAMES_PLANTED),
        (" in sentences unseen", UNSEEN, PLANTED),
        (" in later sentences", LATER, PLANTED),
    ):
        missed = []
        share = recall_of_names(frames, many, answers, missed)
        recalls.setdefault(Kind.NAME, share)
        print(f"  {Kind.NAME.value + label:26} recall {share:.3f}")
        if show:
            print("".join(f"    missed: {sentence}\n" for sentence in missed[:40]), end="")
    print_hidden("remarks on a town", remarks, show)
    print_hidden("real answers (most hold the name of a nurse)", answers, show)
    patterns = min(share for kind, share in recalls.items() if kind is not Kind.NAME)
    kept = patterns >= PATTERNS_PROMISED and recalls[Kind.NAME] >= NAMES_PROMISED
    print(
        f"Promise of recall at least {PATTERNS_PROMISED} for patterns and {NAMES_PROMISED} for "
        f"names: {'kept' if kept else 'NOT KEPT'}"
    )


if __name__ == "__main__":
    main()
