"""Twenty, tables of the Earth: continents, countries and cities with their names in six languages. Plain knowledge."""

from __future__ import annotations

from typing import Final

from article_data.language.words import word_set

# Continent: names and adjectives, folded; "*": any ending; "_": a space inside a name.
CONTINENTS: Final = """
EU: europe europa european* europa* europe* europeen*
AS: asia asie asien asian asiat*
AF: africa afrique afrika african* afrikan* africain*
NA: north_america north_american central_america caribbean nordamerika america_del_norte norteamerica amerique_du_nord
 nordamerica america_del_nord america_do_norte
SA: south_america south_american sudamerika america_del_sur sudamerica amerique_du_sud america_del_sud america_do_sul
OC: oceania ozeanien oceanie oceanian
AN: antarctica antarktis antarctique antartide antartida
"""
# Country, continents, hemisphere (N, S, or - for both): names and adjectives as above.
COUNTRIES: Final = """
france EU N: france frankreich francia franca french* franzos* frances* francais* francese* francia*
germany EU N: germany deutschland alemania allemagne germania alemanha german germans deutsch* aleman* allemand* tedesc* alema
italy EU N: italy italien italia italie italian* italien* italienisch*
spain EU N: spain spanien espana espagne spagna espanha spanish spaniard* spanisch* espanol* espagnol* spagnol* espanhol*
portugal EU N: portugal portogallo portuguese portugies* portugues* portugais* portoghese*
britain EU N: united_kingdom uk britain great_britain england scotland wales grossbritannien vereinigtes_konigreich schottland
 reino_unido gran_bretana inglaterra escocia royaume_uni grande_bretagne angleterre ecosse regno_unito gran_bretagna
 inghilterra
 scozia british* english* scottish welsh britisch* englisch* ingles* britanic* anglais* britannique* inglese* britannic*
ireland EU N: ireland irland irlanda irlande irish* irisch* irland*
netherlands EU N: netherlands holland niederlande paises_bajos pays_bas olanda paesi_bassi holanda dutch* niederland*
 neerland* olandes* holand* hollandais*
belgium EU N: belgium belgien belgica belgique belgio belgian* belgisch* belga belge
switzerland EU N: switzerland schweiz suiza suisse svizzera suica swiss schweiz* suiz* svizzer*
austria EU N: austria osterreich autriche austrian* osterreich* austria* autrichien*
poland EU N: poland polen polonia pologne polish polnisch* polac* polonais*
russia EU,AS N: russia russland rusia russie soviet_union sowjetunion russian* russisch* rusa ruso rusos russe* russo russi
 soviet* sowjet* sovietic*
ukraine EU N: ukraine ucrania ucraina ukrainian* ukrain* ucrain* ucranian*
greece EU N: greece griechenland grecia grece greek* griech* grieg* grec* grego* grega*
sweden EU N: sweden schweden suecia suede svezia swedish schwed* suec* suedois* svedes*
norway EU N: norway norwegen noruega norvege norvegia norwegian* norweg* norueg* norveg*
denmark EU N: denmark danemark dinamarca danimarca danish danisch* danes danois* dinamarques*
finland EU N: finland finnland finlandia finlande finnish finnisch* finland*
iceland EU N: iceland islandia islande islanda islandia icelandic islandisch* islandes* islandais*
hungary EU N: hungary ungarn hungria hongrie ungheria hungarian* ungar* hungar* hongrois* ungheres*
czechia EU N: czech_republic czechia bohemia tschechien chequia republica_checa tchequie cechia czech* tschech* checo checa
 tchec* ceco ceca
romania EU N: romania rumanien rumania roumanie romanian* rumanisch* ruman* roumain* rumen*
serbia EU N: serbia serbien serbie serbian* serb*
croatia EU N: croatia kroatien croacia croatie croazia croatian* kroat* croat*
vatican EU N: vatican_city vatican vatikan vaticano
turkey AS,EU N: turkei turquia turquie turchia turkish turkisch* turc* turco turca ottoman* osmanisch* otoman*
egypt AF N: egypt agypten egipto egypte egitto egito egyptian* agypt* egipci* egyptien* egizi*
morocco AF N: morocco marokko marruecos maroc marocco moroccan* marokk* marroqui* marocain*
algeria AF N: algeria algerien argelia algerie algerian* algerisch* argelin*
tunisia AF N: tunisia tunesien tunez tunisie tunisian* tunesisch*
libya AF N: libya libyen libia libye libyan*
sudan AF N: sudan soudan south_sudan sudanese
ethiopia AF N: ethiopia athiopien etiopia ethiopie ethiopian* athiop*
nigeria AF N: nigeria nigerian*
ghana AF N: ghana ghanaian*
kenya AF -: kenya kenia kenyan*
tanzania AF S: tanzania tansania tanzanie tanzanian*
south_africa AF S: south_africa sudafrika sudafrica afrique_du_sud africa_do_sul south_african* sudafrikan* sudafrican*
 sud_africain*
zimbabwe AF S: zimbabwe simbabwe zimbabwean*
congo AF -: congo kongo congolese
madagascar AF S: madagascar madagaskar
china AS N: china chine cina chinese chinesisch* chino chinos china chinas chinois* cines*
japan AS N: japan japon giappone japao japanese japanisch* japones* japonais* giappones*
korea AS N: korea south_korea north_korea corea coree coreia korean* korean* corean* coreen*
india AS N: india indien inde indian indians indisch* indiano indien indienne
pakistan AS N: pakistan pakistani*
bangladesh AS N: bangladesh
nepal AS N: nepal nepalese nepali
mongolia AS N: mongolia mongolei mongolie mongol*
vietnam AS N: vietnam vietnamese vietnam*
thailand AS N: thailand tailandia thailande thai
indonesia AS,OC -: indonesia indonesien indonesie indonesian* indones*
philippines AS N: philippines philippinen filipinas filippine filipino*
iran AS N: iran persia persien iranian* persian* persisch* irani*
iraq AS N: iraq irak iraqi* mesopotamia
israel AS N: israel israele israeli* israelisch*
saudi_arabia AS N: saudi_arabia saudi_arabien arabia_saudita arabie_saoudite saudi*
syria AS N: syria syrien siria syrie syrian*
cambodia AS N: cambodia kambodscha camboya cambodge cambogia cambodian* khmer
afghanistan AS N: afghanistan afganistan afghan*
usa NA N: united_states usa the_us the_states united_states_of_america vereinigte_staaten estados_unidos etats_unis
 stati_uniti american* amerikan* estadounidense* americain* statunitens*
canada NA N: canada kanada canadian* kanad* canadien* canades*
mexico NA N: mexico mexiko mexique messico mexican* mexik* mexicain* messican*
cuba NA N: cuba kuba cuban* kuban*
jamaica NA N: jamaica jamaika jamaican*
guatemala NA N: guatemala
panama NA N: panama panamanian
brazil SA S: brazil brasilien brasil bresil brasile brazilian* brasilian* brasilen* bresilien* brasileir*
argentina SA S: argentina argentinien argentine argentin*
chile SA S: chile chili cile chilean* chilen* cilen*
peru SA S: peru perou peruvian* peruan* peruvien*
colombia SA -: colombia kolumbien colombie colombian* kolumbian*
venezuela SA N: venezuela venezuelan*
bolivia SA S: bolivia bolivien bolivian*
ecuador SA -: ecuador equateur equador ecuadorian*
uruguay SA S: uruguay uruguayan*
paraguay SA S: paraguay
australia OC S: australia australien australie australian* australisch* australien*
new_zealand OC S: new_zealand neuseeland nueva_zelanda nouvelle_zelande nuova_zelanda nova_zelandia
"""
# Region: the countries and continents it is made of, then names. A place in one of them may still lie outside of it.
REGIONS: Final = """
america = NA SA: america americas the_americas amerika amerique
latin_america = SA mexico cuba guatemala panama: latin_america lateinamerika america_latina amerique_latine
middle_east = iran iraq israel saudi_arabia syria turkey egypt: middle_east naher_osten medio_oriente moyen_orient oriente_medio
scandinavia = sweden norway denmark finland iceland: scandinavia skandinavien escandinavia scandinavie scandinavian*
"""
# City: its country.
CITIES: Final = """
france: paris lyon marseille versailles | germany: berlin munich munchen hamburg cologne ulm leipzig frankfurt
italy: rome roma rom venice venezia venedig venise florence firenze florenz milan milano naples napoli turin
italy: genoa pisa cremona verona
spain: madrid barcelona seville sevilla toledo granada | portugal: lisbon lisboa lissabon
britain: london londres londra oxford cambridge manchester liverpool edinburgh glasgow stratford belfast | ireland: dublin
netherlands: amsterdam rotterdam | belgium: brussels bruxelles antwerp | switzerland: zurich bern geneva basel
austria: vienna wien salzburg | poland: warsaw krakow gdansk | russia: moscow moskau petersburg leningrad | ukraine: kyiv kiev
greece: athens athen sparta | sweden: stockholm | norway: oslo | denmark: copenhagen | finland: helsinki | iceland: reykjavik
hungary: budapest | czechia: prague prag | turkey: istanbul constantinople ankara | egypt: cairo kairo alexandria giza luxor
south_africa: johannesburg pretoria cape_town soweto | china: beijing peking shanghai hong_kong | japan: tokyo kyoto osaka hiroshima
korea: seoul pyongyang | india: delhi mumbai bombay calcutta kolkata agra | vietnam: hanoi | iran: tehran | iraq: baghdad babylon
israel: jerusalem tel_aviv | syria: damascus | usa: new_york new_york_city washington chicago los_angeles san_francisco hollywood
usa: las_vegas new_mexico boston philadelphia california texas florida hawaii alaska | canada: toronto montreal vancouver ottawa
mexico: mexico_city | cuba: havana | brazil: rio_de_janeiro sao_paulo brasilia | argentina: buenos_aires | chile: santiago
peru: lima cusco cuzco | australia: sydney melbourne canberra | new_zealand: auckland wellington
"""
# Names that hold one of a place without being there.
ELSEWHERE: Final = (
    "indian_ocean south_china_sea french_horn german_shepherd guinea_pig american_football english_channel indiana"
)
# Whole words above that name people or languages and no place.
PEOPLES: Final = word_set(
    """
    french german germans scottish welsh dutch swiss austrian polish rusa ruso rusos russe russo russi belga danes
    danish chinese chino chinos turkish turco turca finnish icelandic alema sudanese congolese indian indians indisch
    indiano indien indienne nepalese nepali vietnamese thai khmer japanese spanish irani ceco ceca checo checa
    """
)
# South, north, west, east in degrees: all of a box is in the continent.
BOXES: Final = (
    ("EU", 43.5, 71.5, -24.6, 38.0),
    ("EU", 38.0, 43.5, -9.6, 25.5),
    ("AF", -35.0, 27.0, -18.0, 32.0),
    ("AF", -35.0, 10.0, 32.0, 48.5),
    ("AS", 6.5, 75.0, 62.0, 150.0),
    ("AS", 12.8, 36.0, 43.5, 62.0),
    ("OC", -44.0, -10.6, 112.0, 154.0),
    ("OC", -48.0, -34.0, 166.0, 179.0),
    ("NA", 14.0, 75.0, -168.0, -52.0),
    ("SA", -56.0, 7.0, -82.0, -34.0),
)
