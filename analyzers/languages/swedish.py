"""Swedish: words between spaces; Snowball strips the article that ends a noun (huset). Compounds are cut."""

from analyzers.compounds import Compounding, Decompounder
from analyzers.profile import LanguageProfile
from analyzers.stemming import snowball

# What a verb is prefixed with makes a new word, which its parts do not explain: motstånd, samarbete.
# Gathered by hand, from no list: the particles and prefixes of verbs, a closed class (Teleman and others,
# Svenska Akademiens grammatik, on verbs and their particles).
_PARTICLES = """
    allt alltid alltså bakom bakåt bara borta bort där därav därefter däri därifrån därmed därpå
    därtill därvid efter eller emellan emot fast fram framför framåt från före förbi förut genom
    hela hemma hit hos huru här härav härifrån härmed härtill igen igenom ihop ihåg inför innan inne
    inom inåt isär just kring kvar lika lös lösa medan mellan miss misse mot motsatt mycket någon
    något nedan nedåt neråt också omkring runt samman sedan själv sönder tills tillbaka tillsammans
    under undan uppe uppåt utan utanför utom utåt vara varav varför varje varmed vidare vill åter
    ända över överens överallt fort fel full hän
"""
_PREFIXES = """
    an av be bi bak e er ent fort från för hop i in inne kvar med miss mot ned ner o om på sam till
    upp ur ut vid van vän ute ny und åt
"""
# Latin and Greek beginnings that are no words by themselves, though the list has them.
_FOREIGN = """
    anti auto euro extra hyper inter kilo mega meta mikro mini mono multi nano para poly post semi
    super tele trans ultra vice kon kom pro
"""
# Endings that are words to the list and to nobody else; and words that are suffixes when they come last
# (full, lös, bar).
_SUFFIXES = """
    skap skapen skaper skapet skaps skaplig skapliga het heten heter heterna hets heters aktig
    aktiga aktigt bara bart barhet sam samma samt samhet lös lösa löst löshet löshetens full fulla
    fullt lig liga ligt ligen lighet ligheter ning ningar ningen ningarna nings ling lingar lingen
    ande andet anden ende enden else elsen elser elserna iska iskt isk isten ister isterna isera
    iserad iserade isering tion tionen tioner tionerna sion sionen ation ationen itet iteten iteter
    inna innan innor innorna are aren arna arnas erna ernas orna ornas artad artade mässig mässiga
    mässigt värd värda värt ställer stående ställa ställt ställd ställda ställning ställningen enhet
    enheter sätt sätta sätter satt satte satta taga tagna tagen tagande given givna givet gående
    hållande hållning inga ingar ingen tänka tänkt komma komna kommen kommet kommande varo varande
    varon liter listiska listisk listan logisk logiska logiskt metern
"""
# Nouns of three letters that build compounds, and that few other words begin or end with by chance.
_SHORT = """
    bad ben bil blå bok bot bro bus byx bär båt dag död eld fat gas hav hem hov hud hus kår kök köp
    lag liv lok lov läs lån lön mat mål ord ost pub rum råd råg röd sal sjö snö sol sov tak tid tur
    tåg ugn val ved vin vit väg vår
"""
# Beginnings, and then ends, of other words by chance, found among the words of the list.
_NEVER_FIRST = """
    avs bet ins uts red tjän vill ville var vare varm varmt tur när läg hal gär ank mer mera mest
    fler först ram ill illa dess halv illegal lev ler men mina minne lek fas förs vars ren pass vet
    vete
"""
_NEVER_LAST = """
    aktör akt enda gas hal hög höga högt ibland ifrån ingen lade lades lagd lagda lande lar las lat
    let lera lerat lerade ler ling men mera ner nade nande nar nare nat ning ras rad rade rande rar
    rare rat ring ringen ringar ringarna röd sten cent visa visar visat visas kor slös slösa slöst
    alen amma tals turner utan vit ella tal gala inga ingar skor erat erans ersta klara klarar
    klarat kern gat gats
"""

_compounds = Decompounder(
    Compounding(
        words="large_sv",
        links=("s",),
        rare_links=("e", "a"),
        linked=("het", "skap", "ning", "tion", "itet", "dom"),
        dropped=("a", "e"),
        changed=(("a", "o"), ("a", "u"), ("a", "e"), ("e", "a")),
        endings=(
            "en",
            "et",
            "n",
            "t",
            "ar",
            "er",
            "or",
            "r",
            "arna",
            "erna",
            "orna",
            "na",
            "s",
            "ens",
            "ets",
            "a",
            "ts",
            "ns",
        ),
        bound=frozenset(f"{_PARTICLES} {_FOREIGN} {_SUFFIXES}".split()),
        frequent=frozenset({"barn", "folk", "människor", "rätt", "stor"}),
        short=frozenset(_SHORT.split()),
        never_first=frozenset(f"{_PARTICLES} {_PREFIXES} {_SUFFIXES} {_NEVER_FIRST}".split()),
        never_last=frozenset(f"{_SUFFIXES} {_NEVER_LAST}".split()),
        forms_known=True,
        prefixes=frozenset(_PREFIXES.split()),
    )
)

PROFILE = LanguageProfile(
    code="sv",
    name="Swedish",
    endonym="svenska",
    scripts=frozenset({"Latin"}),
    stem=snowball("swedish"),
    compounds=_compounds,
    load=_compounds.load,
    version="2",
    libraries=("PyStemmer", "wordfreq"),
)
