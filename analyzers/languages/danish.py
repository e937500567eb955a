"""Danish: words between spaces; Snowball strips the article that ends a noun (huset). Compounds are cut."""

from analyzers.compounds import Compounding, Decompounder
from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# What a verb is prefixed with makes a new word, which its parts do not explain: modstand, samarbejde.
# Gathered by hand, from no list: the particles and prefixes of verbs, a closed class (Hansen and Heltoft,
# Grammatik over det Danske Sprog, on the forming of words).
_PARTICLES = """
    altid atter bagefter bagved bort borte både bare dengang deraf derefter derfor derfra derhen
    deri dermed derpå derved efter eller ellers fejl fast fordi foran forbi forud forinden frem
    fremad fuld gennem hele helt hen heraf herefter herfra heri hermed herned hertil herved hjem
    hvad hvor hvorfor hvordan igen igennem imellem imod inde inden indad indenfor langs lige løs med
    mellem mere meget midt mis misse modsat mod neden nedad nede ned nogen noget nær omkring op oppe
    opad over overfor rundt sammen selv siden samt skal under uden udad udenfor ude undervejs
    vedrørende vide videre være ville tilbage tværs tæt
"""
_PREFIXES = """
    af an be bi bort efter er ent for fra frem gen hen i ind med mis mod ned næst om op over på sam
    til und ud under ved van u
"""
# Latin and Greek beginnings that are no words by themselves, though the list has them.
_FOREIGN = """
    anti auto euro extra ekstra hyper inter kilo kon mega meta mikro mini mono multi nano para poly
    post pro semi super tele trans
"""
# Endings that are words to the list and to nobody else; and words that are suffixes when they come last
# (fuld, løs, bar).
_SUFFIXES = """
    skab skaber skabet skabelse skaberne skabs skabelig hed heden heder hederne heds agtig agtige
    agtigt bar bare bart barhed som somme somt somhed løs løse løst løshed løsheden fuld fulde fuldt
    lig lige ligt ligen lighed ligheder ning ninger ningen ningerne nings ling linge lingen lings
    ende endes ene enes else elsen elser elserne elses isk iske iskt ist isten ister isterne isere
    iseret isering tion tionen tioner tionerne sion sionen ation ationen itet iteten iteter inde
    inden inder inderne ere eren erne ernes erens mæssig mæssige mæssigt værdig stille stiller
    stillet stilling stillingen sætte sætter sat satte tage tager taget tagne tagelse given givet
    gående holde holder holdt holdende holdning tænke tænkt tænker komme kommer kommet komne
    kommende værende listisk listiske logisk logiske sige siger sagt sagde stå står stået stående gå
    går gået lægge lægger lagt lagde give
"""
# Nouns of three letters that build compounds, and that few other words begin or end with by chance.
_SHORT = """
    arv bad bil blå bog bro bus båd bål bær cup dag dyr død dør fag fly får gas gud hav hud hus hår
    høj ild job jul kop kul køb kød lam liv lov lys lån løb løn mad mos ord ost pas pil rav rug rum
    råd ræv rød rør sag sal ski sne sol sti søm tid tog træ tyv tøj uge ulv vej vin øje øre
"""
# Beginnings, and then ends, of other words by chance, found among the words of the list.
_NEVER_FIRST = """
    fore stil aner best indb mods inte forsk skildr scor uret tran anden andre forst fors før form
    frygt gene hver indg inds opg ops udg uds udt unders ungs vær være vare sams tils mind mindst
    bes bet beg bev bel ret tag tal far mor mål løs høj ben
"""
_NEVER_LAST = """
    aktør agere hal inger rand ører yder omme ligt enligt rækket mene mest meste riske risk reture
    tore tegner terne høj rød blå lade ring ringe ringen ringer ringerne røre rede reder retter
    rettet rer rende rene rere ret retten ingen ingerne elle tal tals vise viser vist sten ting
    tinge tingen gen ner nerne gens mål kur tag tab
"""

_compounds = Decompounder(
    Compounding(
        words="small_da",
        links=("s", "e"),
        rare_links=("er", "n", "ne"),
        linked=("hed", "skab", "ning", "tion", "itet", "dom", "ing"),
        dropped=("e",),
        endings=("en", "et", "n", "t", "er", "e", "r", "erne", "ene", "ne", "s", "ens", "ets", "ers", "es"),
        bound=frozenset(f"{_PARTICLES} {_FOREIGN} {_SUFFIXES}".split()),
        frequent=frozenset({"arbejde", "børn", "brug", "folk", "mand"}),
        short=frozenset(_SHORT.split()),
        never_first=frozenset(f"{_PARTICLES} {_PREFIXES} {_SUFFIXES} {_NEVER_FIRST}".split()),
        never_last=frozenset(f"{_SUFFIXES} {_NEVER_LAST}".split()),
        forms_known=True,
        prefixes=frozenset(_PREFIXES.split()),
    )
)

PROFILE = LanguageProfile(
    code="da",
    name="Danish",
    endonym="dansk",
    scripts=frozenset({"Latin"}),
    stem=snowball("danish"),
    compounds=_compounds,
    load=_compounds.load,
    version="2",
    libraries=("PyStemmer", "wordfreq"),
)
