"""Word lists for English: what carries no meaning alone, and what may hold a phrase together.

Lists, not a model: small enough to read, the same everywhere, and harmless to an answer in
another language, which simply meets none of them.
"""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one string."""
    return frozenset(words.split())


PRONOUNS = listed(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves this that these "
    "those who whom whose which what whatever whoever someone somebody anyone anybody everyone "
    "everybody everything anything something thing things stuff one ones none nobody people's "
    "each another other others such same own self"
)

ARTICLES = listed("a an the")

PREPOSITIONS = listed(
    "about above across after against along among around at before behind below beneath beside "
    "besides between beyond by down during for from in inside into like near of off on onto out "
    "outside over per since than through throughout to toward towards under until till up upon "
    "via with within without regarding concerning"
)

CONJUNCTIONS = listed(
    "and or but nor so yet because as if when whenever while whilst although though unless whether "
    "where wherever why how however therefore also plus then else etc eg ie"
)

AUXILIARIES = listed(
    "am is are was were be been being have has had having do does did doing done can could may "
    "might must shall should will would ought cannot ain aren isn wasn weren haven hasn hadn don "
    "doesn didn couldn mustn shan shouldn won wouldn needn daren let lets "
    "i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's "
    "she'd she'll it's it'd it'll they're they've they'd they'll that's there's here's what's "
    "who's where's how's let's isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't "
    "didn't can't couldn't mustn't shouldn't won't wouldn't needn't im ive id ill dont didnt cant "
    "couldnt wouldnt doesnt isnt wasnt youre theyre thats theres"
)

ADVERBS = listed(
    "very really quite just still even only ever never always often sometimes usually again "
    "already almost rather too enough maybe perhaps probably possibly definitely certainly "
    "actually basically simply literally honestly personally generally especially particularly "
    "mostly mainly mainly extremely absolutely totally completely fully truly highly clearly "
    "obviously here there now today tomorrow yesterday once twice soon later ago away back "
    "together instead anyway somewhere anywhere everywhere nowhere well much many more most less "
    "least few fewer lot lots some any all both either neither every several bit little kind sort "
    "far so yes no not nope yeah yep ok okay oh please thanks thank thankyou cheers hi hello dear "
    "sincerely regards far first second third last next per cent"
)

# Verbs that say little by themselves: a phrase neither begins nor ends with one.
LIGHT_VERBS = listed(
    "engage engages communicate communicates get gets getting got gotten give gives giving gave "
    "given go goes going gone went come comes coming came make makes making made take takes "
    "taking took taken put puts putting keep keeps kept keeping say says saying said tell tells "
    "telling told know knows knowing knew known think thinks thinking thought believe believes "
    "believed feel feels felt want wants wanted wanting need needs needed needing like likes "
    "liked love loves loved hope hopes hoped wish try tries tried trying seem seems seemed look "
    "looks looked looking see sees seeing saw seen find finds finding found use uses used using "
    "worked become becomes became happen happens happened happening allow allows allowed ask asks "
    "asked asking start starts started stopped help helps helped show shows showed shown mean "
    "means meant live lives lived ensure ensures bring brings brought set sets leave leaves left "
    "called hear hears heard understand understands understood agree disagree provide provides "
    "provided providing offer offers offered include includes included including add adds added "
    "deal deals dealt turn turns turned run runs ran stay stayed talked speak spoke spoken having "
    "doing improve improved explained treated been cannot enjoyed appreciate appreciated suggest "
    "require required continue continued follow followed remain couldn't walked stand stood sit "
    "sat waited reported attend attended receive received listen listened answer answered arrive "
    "arrived mention mentioned stopping discharged"
)

VAGUE = listed(
    "thing things way ways lot lots bit time times day days week weeks month months year years "
    "point points part parts able sure etc general overall anything else something area "
    "areas place places number example case matter issue issues problem problems question end "
    "good great nice lovely excellent amazing brilliant fantastic bad poor new old big small long "
    "different important main better best worse worst whole full real right wrong true available "
    "possible likely clear person people everyone man men woman somebody others aspect thanks "
    "happy pleased satisfied improvement improvements comment comments"
)

# Mean something and yet name hardly a theme: a label is built on them only for want of others.
TOO_GENERAL = listed(
    "city county town country community borough council government service services staff care "
    "police officer resident residents family families need today life work experience visit "
    "group session course question answer survey class"
)

# Describe a thing and leave it out where they end a phrase.
DESCRIBING = listed(
    "young younger older elderly local public private higher high lower low safe safer black white "
    "asian wide whole early late free medical mental physical social national human quick kind "
    "friendly caring polite professional brilliant fantastic happy satisfied helpful positive "
    "compassionate reassuring comfortable calm key"
)

# Begin an order, not the name of a thing; such a phrase gives way to one that names its thing.
ORDERS = listed(
    "build fill eliminate enforce reduce increase create protect prevent require complete mandate "
    "legalize legalise develop add change fix invest raise lower cut end tackle address promote "
    "encourage educate prioritise prioritize focus ban allow expand extend restore preserve remove "
    "introduce generate attract bring hire fund spend teach train make clean pick limit open close"
)

# What people do, and seldom the name of a thing. Words that are as often things ("park", "plan",
# "visit", "wait") are left to how they are used.
DEEDS = listed(
    "accept achieve adapt add adopt afford aim allow annoy apologise apologize appear apply "
    "appoint appreciate approach argue assist attract avoid bargain beat become beg begin behave "
    "belong bother breathe bring build buy carry celebrate cheat chew choose climb close collect "
    "combine commit compare compete complain complete concentrate confirm confuse connect "
    "consider consist construct consult contribute convince cope correct create decide decrease "
    "defend define deliver deny depend describe deserve destroy determine develop die disappear "
    "discover discuss divide drag draw eat educate elect eliminate emerge employ empty enable "
    "encounter encourage enforce engage enjoy enter establish examine exist expand expect expire "
    "explain explore express extend fail feed fill fix forget forgive generate grow guess happen "
    "heal hide hire identify ignore imagine implement impose impress inform insist inspect "
    "install intend introduce invest invite involve join justify kill know learn legalise "
    "legalize lend let lie lose maintain make manage marry meet mend mix modernise modernize obey "
    "observe obtain occur operate oppose organise organize owe own pay perform permit persuade "
    "please pour prefer prepare preserve pretend prevent prioritise prioritize produce promote "
    "propose protect prove publish punish quit raise reach react read realise realize rebuild "
    "recognise recognize recommend reduce refer refuse reject relate relax relocate rely remember "
    "remind remove renovate replace require rescue resolve respond restore restrict retain "
    "rewrite rob ruin save scare scrap scrutinise scrutinize sell send separate serve settle "
    "share shout sing sit solve speak spend spoil steal stop strengthen succeed suffer suggest "
    "suppose survive suspect swear tackle talk teach tend threaten throw tolerate translate treat "
    "understand urge vanish vary waive wake wash wear widen write"
)
DEEDS_IN_PAST = listed(
    "ate became began bought broke broken brought built came caught chose chosen cut did died "
    "drew drove fallen fed fell felt forgot forgotten fought found gave given gonna gotta grew "
    "had heard held hid hit kept knew led left lent lost made meant met paid put ran rang read "
    "rose said sang sat saw sent shot slept sold spent spoke spoken stole stolen stood swore "
    "taken taught threw told took understood wanna went won wore woulda written wrote"
)

# How things are. "Public", "local" and the like stand before a thing and are in DESCRIBING.
QUALITIES = listed(
    "accurate active adequate affordable aggressive alert amazing angry anxious appropriate "
    "awesome awful awkward bad beautiful best better big bored boring bright brilliant broken "
    "busy calm careful caring cheap cheerful chilled clean clear cold colourful comfy "
    "compassionate competent confident confusing considerate consistent constant convenient cool "
    "correct corrupt courteous crap cruel damp dangerous dark deep delicious difficult diligent "
    "dirty disabled disappointing disgusting dry dull easy effective efficient empathetic "
    "empathic empty encouraging enthusiastic excellent exceptional exciting exemplary expensive "
    "extra fab fabulous fair fantastic faultless fine flexible foreign frank fresh friendly "
    "frightening funny gentle genuine glad good grateful great grumpy happy hard harsh healthy "
    "heavy high honest horrible hot huge hungry ideal ill immaculate important impressive "
    "inadequate inconsistent incredible independent informative insufficient intelligent "
    "interesting kind knowledgeable large lazy legal lenient lonely long loud lovely lovey low "
    "loyal lucky marvellous massive mean messy narrow nasty neat negative new nice noisy obvious "
    "old open ordinary outstanding overwhelming painful painless perfect pleasant pleasing polite "
    "poor positive possible powerful precise pretty professional prompt proper proud punctual "
    "pure quick quiet rapid rare ready reasonable relaxed relaxing reliable respectful responsive "
    "rich ripe rough rude sad safe satisfactory satisfying scary sensitive separate serious "
    "severe sharp short shy sick silly simple sincere slow small smart smooth soft sore special "
    "stable steady strange stressful strict strong stupid suitable super superb supportive sweet "
    "sympathetic tall terrible thankful thorough tidy tight tiny tired total tough transparent "
    "ugly unacceptable unclear understanding unfair unfriendly unhappy unhelpful unlucky "
    "unpleasant unsafe upset useful useless usual vague valuable various vast vital vulnerable "
    "warm weak welcoming wet wicked willing wise wonderful wrong"
)
QUALITY_ENDINGS = ("able", "ible", "ful", "ous", "ive", "ient", "less", "ish")

# Things whose endings are those of qualities.
THINGS = listed(
    "alternative archive bible british cable client collective constable detective dish drive "
    "english executive fable finish fish five handful hive incentive initiative irish locomotive "
    "motive mouthful narrative native nothing objective olive parish patient perspective polish "
    "relative representative rubbish spanish stable table timetable trouble turkish variable "
    "vegetable welsh"
)

DETERMINERS = listed(
    "a an the my your his her its our their this that these those no any some every each another "
    "such both all"
)

# May open a label although it carries no topic: it says which way the answers lean.
LEANING = listed("more less fewer better no lack poor bad slow faster quicker longer")

# "The staff were very friendly" says "friendly staff".
COPULAS = listed("is are was were")
INTENSIFIERS = listed(
    "very so really always all extremely most too quite absolutely just both incredibly also"
)
NOT_QUALITY_ENDINGS = ("ing", "ed", "ly", "ment", "tion", "er")
QUALITIES_IN_LY = listed("friendly unfriendly lovely costly timely untimely deadly lonely ugly")

# A phrase that one of these nearly always stands beside is a part of a longer one.
PARTICLES = listed("up off out down away back")
ORDINALS = listed("first second third next last half 1st 2nd 3rd top")
COUNTS = listed("one two three four five six seven eight nine ten several")

# A sentence that begins or ends with one leans on another.
POINTING = listed("it this that these those they them he she him her one ones so then and but or")

# May stand inside a phrase, never at its end.
INSIDE = listed(
    "of on in for to at with from by and the a an after before during between without about"
)

FUNCTION_WORDS = PRONOUNS | ARTICLES | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS

# Whole answers that are words and yet say nothing a theme could be made of.
SAYS_NOTHING = frozenset(
    {
        "no comment",
        "no comments",
        "no further comment",
        "no further comments",
        "no other comments",
        "no additional comments",
        "nothing to add",
        "nothing more to add",
        "nothing further to add",
        "nothing else to add",
        "nothing to say",
        "nothing to report",
        "nothing further",
        "no answer",
        "no response",
        "no reply",
        "no opinion",
        "no view",
        "no views",
        "no idea",
        "do not know",
        "don't know",
        "dont know",
        "i don't know",
        "i dont know",
        "i do not know",
        "not known",
        "not sure",
        "i'm not sure",
        "im not sure",
        "unsure",
        "dunno",
        "can't say",
        "cant say",
        "can't think of anything",
        "cannot think of anything",
        "prefer not to say",
        "rather not say",
        "not applicable",
        "n a",
        "na",
        "nil",
        "null",
        "test",
        "see above",
        "as above",
        "see below",
        "as below",
        "as before",
        "as stated",
        "as previously stated",
        "see previous answer",
        "see previous",
        "same as above",
        "same again",
        "ditto",
        "idk",
        "pass",
        "skip",
        "blank",
        "left blank",
        "x",
        "xx",
        "xxx",
        "asdf",
        "asdfgh",
        "qwerty",
        "blah",
        "blah blah",
        "blah blah blah",
        "lorem ipsum",
    }
)
