"""German: words between spaces; Snowball's stemmer reads ae, oe and ue as ä, ö and ü. Compounds are cut."""

from analyzers.compounds import Compounding, Decompounder
from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# What a verb is prefixed with makes a new word, which its parts do not explain: Gegenstand, Unterkunft,
# Zusammenarbeit. Gathered by hand: the particles and prefixes of German verbs, a closed class, from no list.
_PARTICLES = """
    ander auseinander außer beiseite bevor dabei dafür daher dahin daneben daran darauf darein davon
    davor dazu dazwischen dran drauf drein drin durch durcheinander einander einig empor ent
    entgegen entlang entzwei fehl fest fort gegen gegenüber gemein gleich heim heran herauf heraus
    herbei herein herum herunter hervor hinab hinauf hinaus hinein hinter hinterher hinunter hinweg
    hinzu hoch inne irre kund miss mit mitein miteinander nach nahe neben nicht nieder ober ohne
    rauf raus rein rück runter rüber samt sonder statt teil trotz über überein umher unter unterein
    voll voran voraus vorbei vorher vorüber vorwärts wahr weiter wider wieder willkommen zurecht
    zurück zusammen zuvor zuwider zwischen rückwärts
"""
_PREFIXES = (
    "ab an auf aus be bei dar durch ein emp ent er ge her hin los miss mit nach um un ver vor weg zer zu"
)
# Latin and Greek beginnings that are no words by themselves, though the list has them.
_FOREIGN = """
    anti auto euro hyper inter kilo mega meta mikro mini mono multi nano para poly post semi super
    tele trans
"""
# Endings that are words to the list, from slips and hyphens, and no words to anybody.
_SUFFIXES = """
    schaft schaften haft hafte haften hafter haftes haftig haftigkeit heit heiten keit keiten igkeit
    igkeiten ung ungen lich liche lichen licher liches lichkeit lichkeiten lein chen ling linge
    lingen nisse nissen isch ische ischen ischer isches iert ierte ierten ierter iertes ieren ierend
    ierende ierenden ierung ierungen ation ationen tion tionen sion sionen ität itäten tät täten
    ismus ismen isten istin istinnen innen mente menten artig artige artigen los lose losen loser
    loses losigkeit losigkeiten sam same samen samer sames samkeit bare baren barer bares barkeit
    ende enden ender endes ster sten ste tümer tümern tums weise sche schen scher sches teln tels
    tung tungen rung rungen lung lungen nung nungen sung sungen gung gungen
"""

_compounds = Decompounder(
    Compounding(
        words="large_de",
        links=("s", "es"),
        rare_links=("n", "en", "er", "e", "ens", "ns"),
        linked=("ung", "heit", "keit", "schaft", "ion", "tät", "tum", "ling"),
        dropped=("e",),
        endings=("s", "es", "n", "en", "e", "er", "ern", "em"),
        bound=frozenset(f"{_PARTICLES} {_FOREIGN} {_SUFFIXES}".casefold().split()),
        frequent=frozenset({"zeit", "jahr", "jahre", "jahren", "leben", "mann", "menschen"}),
        prefixes=frozenset(_PREFIXES.split()),
        infixes=("ge", "zu"),
    )
)

PROFILE = LanguageProfile(
    code="de",
    name="German",
    endonym="Deutsch",
    scripts=frozenset({"Latin"}),
    stem=snowball("german"),
    compounds=_compounds,
    load=_compounds.load,
    version="2",
    libraries=("PyStemmer", "wordfreq"),
)
