"""Dutch: words between spaces; Kraaij and Pohlmann's stemmer knows ge- and diminutives. Compounds are cut."""

from analyzers.compounds import Compounding, Decompounder
from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# What a verb is prefixed with makes a new word, which its parts do not explain: tegenstand, samenwerking.
# Gathered by hand from no list: the separable and inseparable prefixes of verbs, which are a closed class
# (Haeseryn and others, Algemene Nederlandse Spraakkunst, chapter 12), alone and before er, daar, waar, hier.
_PARTICLES = """
    achter achteraan achterop achteruit beneden bijeen binnen boven bovenop buiten daar daarbij
    daarin daarmee daarna daarom daarop daartoe daarvan daarvoor dicht dood door doorheen eraan
    erbij erin ermee erop eruit ervan ervoor gelijk gade goed haar hier hierbij hierin hiermee
    hierna hierop hiertoe hiervan hiervoor hoog langs mede meer midden mis misse naar naast neder
    neer niet omhoog omlaag omver onder onderdoor oneven open over overal overeen overheen rond
    samen stil tegelijk tegen tegemoet tegenover tekort teleur tenonder teloor terecht terug teweeg
    thuis tijdens toen tussen tussendoor vast veel verder vol volle vooraf vooral voorbij voordat
    voort vooruit voren waar waaraan waarbij waarin waarmee waarna waarom waarop waartoe waaruit
    waarvan waarvoor weder weer zeer zelf zonder
"""
_PREFIXES = """
    aan af be bij door er ge her in los mee mis na neer om on ont op te toe tot uit ver voor vol dan
    over onder
"""
# Latin and Greek beginnings that are no words by themselves, though the list has them.
_FOREIGN = """
    anti auto euro extra hyper inter kilo mega meta micro mini mono multi nano para poly post semi
    super tele trans ultra vice
"""
# Endings that are words to the list, from slips and hyphens, and to nobody else; and words that are suffixes
# when they come last (loos, lijk; Algemene Nederlandse Spraakkunst, chapter 12).
_SUFFIXES = """
    baar bare baarheid schap schappen schapper schappers schappelijk schappelijke heid heden lijk
    lijke lijker lijks lijkheid loos loze loosheid zaam zame zaamheid achtig achtige aard aards ster
    sters ling lingen ing ingen teit teiten atie aties ering eringen isme isten iste isch ische
    iteit iteiten eren eerd eerde eerden erend erende ende enden enis enissen waarts waartse matig
    matige ment menten tion sion ting tingen ring ringen ning ningen king kingen ding dingen lijn
    dom domme erij erijen rijen naar naars ares arissen aris tisch tische teur teurs ateur ateurs
    halve malig malige jarig jarige daags daagse vormig vormige gang gaan komst komsten stand
    standen sing zing ander anders anderse landers grafe grafen grafie graaf logisch logische loog
    lijken laar laars iers nissen eert keert teert seert naren ming tjes peert neert leert scher
    oren
"""

# Nouns of three letters that build compounds, and that few other words begin or end with by chance.
_SHORT = """
    bad bed bom bos bus gas hof ijs jas kas kok lid oog pad rok rij rug sap ski sok tas vak vat vee
    vis web weg wet zak zee zon
"""
# Words that begin others by chance or as prefixes (bed-acht, acht-er, vers-pillen), and the end of -erij.
_NEVER_FIRST = """
    aang acht bed best bijv buit gene gest lang overs same tran uitg vere vers verst weg
"""
_NEVER_LAST = """
    dien ieren innen keren kers mans pers rij rijen
"""
_FREQUENT = """
    deel huis jaar kinderen lang leven mensen plaats tijd vrouw werk
"""

_compounds = Decompounder(
    Compounding(
        words="large_nl",
        links=("s", "en"),
        rare_links=("e", "n", "er", "ne", "eren"),
        linked=("heid", "teit"),
        endings=("s", "en", "n", "e", "je", "jes", "tje", "tjes", "pje"),
        bound=frozenset(f"{_PARTICLES} {_FOREIGN} {_SUFFIXES}".split()),
        frequent=frozenset(_FREQUENT.split()),
        short=frozenset(_SHORT.split()),
        never_first=frozenset(f"{_PARTICLES} {_PREFIXES} {_SUFFIXES} {_NEVER_FIRST}".split()),
        never_last=frozenset(f"{_SUFFIXES} {_NEVER_LAST}".split()),
        prefixes=frozenset(_PREFIXES.split()),
        infixes=("ge", "te"),
    )
)

PROFILE = LanguageProfile(
    code="nl",
    name="Dutch",
    endonym="Nederlands",
    scripts=frozenset({"Latin"}),
    stem=snowball("dutch"),
    compounds=_compounds,
    load=_compounds.load,
    version="2",
    libraries=("PyStemmer", "wordfreq"),
)
