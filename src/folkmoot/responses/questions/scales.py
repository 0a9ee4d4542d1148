"""Ready points of scales, in the wording of the Government Statistical Service."""

from __future__ import annotations

from folkmoot.responses.questions.kinds import Option

OWN = "own"
# Balanced five-point scales, best known end first; see "Questionnaire design" of the GSS.
SCALES = {
    "agreement": (
        Option("strongly-agree", "Strongly agree"),
        Option("agree", "Agree"),
        Option("neither", "Neither agree nor disagree"),
        Option("disagree", "Disagree"),
        Option("strongly-disagree", "Strongly disagree"),
    ),
    "satisfaction": (
        Option("very-satisfied", "Very satisfied"),
        Option("fairly-satisfied", "Fairly satisfied"),
        Option("neither", "Neither satisfied nor dissatisfied"),
        Option("fairly-dissatisfied", "Fairly dissatisfied"),
        Option("very-dissatisfied", "Very dissatisfied"),
    ),
    "importance": (
        Option("very-important", "Very important"),
        Option("fairly-important", "Fairly important"),
        Option("not-very-important", "Not very important"),
        Option("not-at-all-important", "Not at all important"),
    ),
}
DO_NOT_KNOW = Option("do-not-know", "Do not know")
NAMES = (
    ("agreement", "Agreement: strongly agree to strongly disagree"),
    ("satisfaction", "Satisfaction: very satisfied to very dissatisfied"),
    ("importance", "Importance: very important to not at all important"),
    (OWN, "My own points, written below"),
)
