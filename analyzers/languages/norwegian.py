"""Norwegian: words between spaces, Bokmål and Nynorsk; Snowball strips articles. Compounds are cut."""

from analyzers.compounds import Compounding, Decompounder
from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# What a verb is prefixed with makes a new word, which its parts do not explain: motstand, samarbeid.
# Gathered by hand, from no list: the particles and prefixes of verbs, a closed class (Faarlund, Lie and
# Vannebo, Norsk referansegrammatikk, on the forming of words).
_PARTICLES = """
    alltid alt andre attende atter bak bakover bare bort borte både deretter derfor derfra dermed
    derved etter eller ellers fast feil foran forbi forut fram frem fremad fremover full gjennom
    hele helt herav heretter herfra hermed hit hjem hva hvor hvorfor hvordan igjen igjennom imellom
    imot innad innen innenfor inne inn innover kring langs lik like lage løs med mellom mer midt mis
    misse mot nede ned nedover noen noe nær omkring opp oppe oppover over overfor rundt sammen selv
    siden saman samt skal slik under ute utad uten utenfor utover vedrørende vid vidare videre være
    ville tilbake tvers tett vekk gjen attover
"""
_PREFIXES = """
    an av be bi bort er ent etter for fra fram frem gjen hen i inn med mis mot ned om opp over på
    sam til und ut under ved van u unn
"""
# Latin and Greek beginnings that are no words by themselves, though the list has them.
_FOREIGN = """
    anti auto euro extra ekstra hyper inter kilo kon mega meta mikro mini mono multi nano para poly
    post pro semi super tele trans
"""
# Endings that are words to the list and to nobody else; and words that are suffixes when they come last
# (full, løs, bar).
_SUFFIXES = """
    skap skaper skapet skapene skaps skapelse het heten heter hetene hets heta aktig aktige bar bare
    bart barhet som somme somt somhet sam samme samt samhet løs løse løst løshet løsheten full fulle
    fullt lig lige ligt lighet ligheter ligheten ning ninger ningen ningene nings ling linger lingen
    lings ende endes ene enes ande else elser elsen elsene elses isk iske ist isten ister istene
    isere isert isering sjon sjonen sjoner sjonene asjon asjonen asjoner itet iteten iteter inne
    innen inner innene ere eren erne ernes erens messig messige verdig stille stiller stilt stilling
    stillingen sette setter satt satte tatt tar ta tagelse takelse gitt gav gir gående holde holder
    holdt holdende holdning tenke tenkt tenker komme kommer kommet kommende komst værende listisk
    listiske logisk logiske sier sagt sa stå står stått stående gå går gått legge legger lagt la
    leik leg leigheit heit heiter heita inga ingane ane ar
"""
# Nouns of three letters that build compounds, and that few other words begin or end with by chance.
_SHORT = """
    bad bil bok bro bru båt bær dag dyr død dør egg elg elv fag fly gud hav hud hus hår jul lag liv
    lov lyd lys lån mat ord ost rom råd sak sal sau ski sko snø sol sti tak tid tog tur uke ulv veg
    vei vin øks øre ørn øye
"""
# Beginnings, and then ends, of other words by chance, found among the words of the list.
_NEVER_FIRST = """
    aner best innb mots inte forsk skildr skor urett tran anden andre forst fors før form frykt gene
    hver inng inns oppg opps utg uts utd ut unders være vare sams tils mind minst minste bes bet beg
    bev bel ret lag stil fore tilbe løs høy vær
"""
_NEVER_LAST = """
    aktør agere hall inger rand ører yder omme ligt enlig enlige rekket mene mest meste riske risk
    retur tore tegner terne høy rød blå lade ring ringe ringen ringer ringene røre rede reder retter
    rettet rer rende rene rere aker angen chet erte este anter eter anse amen lende tines elle illes
    delse gent king truen ingen ingene mere tal tals viser vist vise sten ting tinge tingen gen ner
    nene gens kur tap tor ser den senere
"""

_compounds = Decompounder(
    Compounding(
        words="large_nb",
        links=("s", "e"),
        rare_links=("er", "n", "ne"),
        linked=("het", "skap", "ning", "sjon", "itet", "dom", "ing"),
        dropped=("e",),
        endings=(
            "en",
            "et",
            "a",
            "n",
            "t",
            "er",
            "e",
            "r",
            "ene",
            "ne",
            "ar",
            "ane",
            "s",
            "ens",
            "ets",
            "ers",
            "es",
        ),
        bound=frozenset(f"{_PARTICLES} {_FOREIGN} {_SUFFIXES}".split()),
        frequent=frozenset({"arbeid", "barn", "bruk", "folk", "mann", "rett"}),
        short=frozenset(_SHORT.split()),
        never_first=frozenset(f"{_PARTICLES} {_PREFIXES} {_SUFFIXES} {_NEVER_FIRST}".split()),
        never_last=frozenset(f"{_SUFFIXES} {_NEVER_LAST}".split()),
        forms_known=True,
        prefixes=frozenset(_PREFIXES.split()),
    )
)

PROFILE = LanguageProfile(
    code="no",
    name="Norwegian",
    endonym="norsk",
    scripts=frozenset({"Latin"}),
    stem=snowball("norwegian"),
    compounds=_compounds,
    load=_compounds.load,
    version="2",
    libraries=("PyStemmer", "wordfreq"),
)
