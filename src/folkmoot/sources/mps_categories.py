"""The offence categories of the MPS borough file, in both wordings, and the series they make.

Title Case is the wording of the files that name the column `LookUp_BoroughName`; UPPER CASE that of
the files that came with the recording system CONNECT. They are compared in capitals, so one table
serves both.
"""

from __future__ import annotations

from folkmoot.core.periods import Month
from folkmoot.sources.tables import Break, Series

KEY = "mps-borough-crime"

MAJOR_OF_MINOR = {
    minor.upper(): major
    for major, minors in {
        "ARSON AND CRIMINAL DAMAGE": ["Arson", "Criminal Damage"],
        "BURGLARY": [
            "Burglary Business and Community",
            "Domestic Burglary",
            "Burglary in a Dwelling",
            "Burglary - Residential",
            "Burglary Non-Dwelling",
            "Res Burglary of a Home",
            "Res Burglary of Unconnected Building",
        ],
        "DRUG OFFENCES": ["Drug Trafficking", "Trafficking of Drugs", "Possession of Drugs"],
        "HISTORICAL FRAUD AND FORGERY": ["Historical Fraud and Forgery"],
        "FRAUD AND FORGERY": ["Fraud and Forgery"],
        "NFIB FRAUD": ["NFIB"],
        "MISCELLANEOUS CRIMES AGAINST SOCIETY": [
            "Misc Crimes Against Society",
            "Absconding from Lawful Custody",
            "Aiding Suicide",
            "Bail Offences",
            "Bigamy",
            "Concealing an Infant Death Close to Birth",
            "Dangerous Driving",
            "Disclosure, Obstruction, False or Misleading State",
            "Exploitation of Prostitution",
            "Forgery or Use of Drug Prescription",
            "Fraud or Forgery Associated with Driver Records",
            "Going Equipped for Stealing",
            "Handling Stolen Goods",
            "Making, Supplying or Possessing Articles for use i",
            "Obscene Publications",
            "Offender Management Act",
            "Other Forgery",
            "Other Notifiable Offences",
            "Perjury",
            "Perverting Course of Justice",
            "Possession of False Documents",
            "Profitting From or Concealing Proceeds of Crime",
            "Soliciting for Prostitution",
            "Threat or Possession With Intent to Commit Crimina",
            "Wildlife Crime",
        ],
        "POSSESSION OF WEAPONS": [
            "Possession of Weapons",
            "Other Firearm Offences",
            "Other Knife Offences",
            "Possession of Article with Blade or Point",
            "Possession of Firearm with Intent",
            "Possession of Firearms Offences",
            "Possession of Other Weapon",
        ],
        "PUBLIC ORDER OFFENCES": [
            "Other Offences Against the State, or Public Order",
            "Other Offences Public Order",
            "Public Fear Alarm or Distress",
            "Public Fear, Alarm or Distress",
            "Racially or Religiously Aggravated Public Fear, Al",
            "Race or Religious Agg Public Fear",
            "Violent Disorder",
        ],
        "ROBBERY": ["Robbery of Business Property", "Robbery of Personal Property"],
        "SEXUAL OFFENCES": ["Other Sexual Offences", "Rape"],
        "THEFT": [
            "Bicycle Theft",
            "Other Theft",
            "Shoplifting",
            "Theft from Person",
            "Theft from the Person",
        ],
        "VEHICLE OFFENCES": [
            "Aggravated Vehicle Taking",
            "Interfering with a Motor Vehicle",
            "Theft from a Motor Vehicle",
            "Theft from a Vehicle",
            "Theft or Taking of a Motor Vehicle",
            "Theft or Unauth Taking of a Motor Veh",
        ],
        "VIOLENCE AGAINST THE PERSON": [
            "Death Serious Injury Illegal Driving",
            "Homicide",
            "Stalking and Harassment",
            "Violence with Injury",
            "Violence without Injury",
        ],
    }.items()
    for minor in minors
}

_CLASSIFICATION = Break(
    Month(2019, 3),
    "New crime classification",
    "In March 2019 the Metropolitan Police began to group offences by the updated Home Office "
    "classification; the file gives earlier months in it too.",
)
CONNECT = Break(
    Month(2024, 3),
    "New recording system",
    "On 28 February 2024 the Metropolitan Police began to record crime in a new system, "
    "CONNECT. The borough is now the place of the offence, no longer the one that handles the "
    "case, in earlier months too.",
)
_HATE_CRIME = Break(
    Month(2024, 3),
    "New recording system",
    "Hate crime is recorded differently in CONNECT, in use since 28 February 2024; the "
    "publisher says that figures before and after March 2024 do not compare.",
)
_FRAUD = Break(
    Month(2013, 3),
    "Fraud no longer recorded by forces",
    "Since March 2013 the national reporting centre Action Fraud records fraud, which the force "
    "itself recorded before: about 2,500 offences a month.",
)


def _series(
    key: str, title: str, definition: str, *categories: str, breaks: tuple[Break, ...] = ()
) -> Series:
    return Series(
        key=key,
        title=title,
        source=KEY,
        unit="offences recorded",
        definition=definition,
        categories=categories,
        breaks=breaks or (_CLASSIFICATION, CONNECT),
    )


SERIES = (
    _series(
        "all-recorded-crime",
        "All recorded crime",
        "Every offence that the file lists, fraud included where it is listed.",
        breaks=(_FRAUD, _CLASSIFICATION, CONNECT),
    ),
    _series("homicide", "Homicide", "Murder, manslaughter and infanticide.", "Homicide"),
    _series(
        "violence-with-injury",
        "Violence with injury",
        "Violence in which somebody was hurt; homicide is counted apart.",
        "Violence with Injury",
    ),
    _series(
        "robbery",
        "Robbery",
        "Robbery of people and of businesses.",
        "Robbery of Personal Property",
        "Robbery of Business Property",
    ),
    _series(
        "personal-robbery",
        "Personal robbery",
        "Robbery of something that a person carried.",
        "Robbery of Personal Property",
    ),
    _series(
        "burglary",
        "Burglary",
        "Burglary of homes, of businesses and of community buildings.",
        "Domestic Burglary",
        "Burglary in a Dwelling",
        "Burglary - Residential",
        "Res Burglary of a Home",
        "Res Burglary of Unconnected Building",
        "Burglary Business and Community",
        "Burglary Non-Dwelling",
    ),
    _series(
        "criminal-damage",
        "Criminal damage",
        "Damage to property on purpose; arson is not counted here.",
        "Criminal Damage",
    ),
    _series(
        "theft-from-the-person",
        "Theft from the person",
        "Theft from somebody’s hand, pocket or bag without force.",
        "Theft from Person",
        "Theft from the Person",
    ),
    _series(
        "theft-of-a-motor-vehicle",
        "Theft of a motor vehicle",
        "Theft or unauthorised taking of a motor vehicle; aggravated taking is not counted here.",
        "Theft or Taking of a Motor Vehicle",
        "Theft or Unauth Taking of a Motor Veh",
    ),
    _series(
        "theft-from-a-motor-vehicle",
        "Theft from a motor vehicle",
        "Theft of things or parts from a vehicle.",
        "Theft from a Motor Vehicle",
        "Theft from a Vehicle",
    ),
    _series(
        "weapons-offences",
        "Possession of weapons",
        "Having a blade, a firearm or another weapon.",
        "Possession of Weapons",
        "Other Firearm Offences",
        "Other Knife Offences",
        "Possession of Article with Blade or Point",
        "Possession of Firearm with Intent",
        "Possession of Firearms Offences",
        "Possession of Other Weapon",
    ),
    _series("rape", "Rape", "Rape, whenever it happened.", "Rape"),
    _series(
        "other-sexual-offences",
        "Other sexual offences",
        "Sexual offences other than rape, whenever they happened.",
        "Other Sexual Offences",
    ),
    _series(
        "race-or-religious-public-fear",
        "Race or religious public fear",
        "Causing public fear, alarm or distress, aggravated by hatred of race or religion.",
        "Racially or Religiously Aggravated Public Fear, Al",
        "Race or Religious Agg Public Fear",
        breaks=(_CLASSIFICATION, _HATE_CRIME),
    ),
)

# A file lists a category for a borough only where it counted at least one offence. These are so
# common that a borough without them means a file cut off between two rows.
NEVER_ABSENT = (
    *(
        (one.title, frozenset(name.upper() for name in one.categories))
        for one in SERIES
        if one.categories and one.key != "homicide"
    ),
    ("Other theft", frozenset({"OTHER THEFT"})),
    ("Shoplifting", frozenset({"SHOPLIFTING"})),
    ("Bicycle theft", frozenset({"BICYCLE THEFT"})),
    ("Violence without injury", frozenset({"VIOLENCE WITHOUT INJURY"})),
)
