"""Words so ordinary that they give no name away: what a name's telling words are measured against.

A table of plain language knowledge. A name's word that stands here is masked only as a part of the whole name, or where
it is the whole name. Called by `naming_words`, `masking` and, for judging them, by `leaks`.
"""

from __future__ import annotations

_FUNCTION = """
a about above across after again against all almost along already also although always am among an and another any are
around as at away back be because become became been before behind being below beneath beside besides between beyond both
but by can cannot could d de der des did do does doing done down during each either el else en et etc even ever every few
first for former from further had half has have having he hence her here hers herself him himself his how however i if in
inside instead into is it its itself just la las le least les less like los many may me might mine more most much must my
neither never next no nobody none nor not nothing now of off often on once one only onto or other others our ours out
outside over own per perhaps quite rather s same second several shall she should since so some somebody something
sometimes somewhat soon still such t than that the their theirs them themselves then there therefore these they third this
those though through throughout thus till to together too toward towards two three four five six seven eight nine ten
under until up upon us use used very via von van was we well were what whatever when whenever where whether which while
who whole whom whose why will with within without would y yes yet you your yours
eleven twelve hundred thousand million billion zero fifth fourth sixth seventh eighth ninth tenth last dozen
"""
_PLAIN = """
able academic academy account act action active activity actual added addition administration administrative adult advanced
affair affairs age agency agent agreement aid aim air alliance allied alone ancient angle animal annual answer area argument
arm armed army arrival art article arts aspect assembly assistant associated association attack attempt author authority
authorities average award awards axis background bad bank base based basic basis bay beach bear beautiful beauty beginning
behavior behaviour belief best better big bill bird birds birth black block blood blue board boat body bodies book books
border born borough bottom boy branch bridge brief british bright broad brother brothers brown building buildings built
business call called calling camp capital captain car care career carry case cases cat category cause cell cells center
central centre century certain chain chair chairman chamber chance change changes channel chapter character characters
charge chart chemical chief child children choice church circle circuit cities citizen citizens city civil claim class
classes classic classical clean clear climate close closed club coast coastal code collection college colonial colony color
colour combat combined command commander commission committee common commons communication communications community
company complete complex component composition computer concept condition conditions conduct conference conflict congress
connection constitution construction contact content continental contract contrast control convention cost council count
country counties county couple course court courts cover creation crew crime crisis critical cross crown culture cultural
current curve cut cycle daily dance danger dark data date daughter day days dead deal death debate debt decade decision deep
defeat defence defense definition degree demand democratic demographics department depth description design detail details
development device devices difference different difficult digital direct direction director disaster discovery disease
distance distribution district divine division doctor document dog domestic door double draft drama dream drive drug dry due
duke dutch duty early earl earth east eastern easy economic economics economy edge edition education educational effect
effects effort eight election elections electric electronic element elements emperor empire employment end enemy energy
engine engineering england english entry environment environmental equal equation equipment era error estate eternal ethnic
european event events evidence evil evolution example exchange executive exercise existence expansion experience experiment
expression extended extension external eye eyes face fact factor factors faith fall false family families famous far farm
fast father feature features federal federation feet female festival fiction field fields fight figure figures file film
films final finance financial find fire firm fish fishes fixed flag flat flight flora floor flow flower follow food foot
football force forces foreign forest form formal formation forms formula fort forward foundation frame france free freedom
french fresh friend friends front fruit full function functions fund fundamental future gallery game games garden gas gate
gender general generation genus geography geographic geographical german germany giant girl given glass global goal god gods
gold golden good government governments governor grand graph great greek green ground group groups growth guard guide gulf
hall hand hands happy hard harbor harbour head health heart heat heavy height hell help heritage hero heroes high higher
highest highway hill hills historic historical history hold hole holiday holy home honor honour hope horse hospital host hot
hour house houses human humans hundred hunting husband ice idea ideal identity image images impact imperial important
improvement independence independent index indian individual indoor industrial industry industries influence information
initial inner institute institution institutional institutions instrument instruments insurance intelligence interest
interior internal international introduction invasion investment iron island islands issue issues italian japanese job joint
journal judge judgment junior justice key kind king kingdom kings knowledge known labor labour lady lake lakes land lands
language languages large late later launch law laws lead leader leaders leadership league learning left legal legislature
length lesser letter letters level liberal library life light limit limited line linear lines link list literary literature
little live lives living local location logic london long lord loss lost love low lower machine machines magazine magic main
major majority male man management manner map march marine maritime mark market marriage married mass master material
materials mathematical mathematics matter mayor mean meaning means measure measurement mechanical media medical medicine
medieval medium meeting member members memory men mental metal metals method methods middle migration military mind mine
minister ministry minor minute mission mixed mode model modern modest moment money month monument moon moral mother motion
motor mount mountain mountains mouth move movement movements movie multiple municipal municipality museum music musical name
names narrow nation national nations native natural nature naval navy near nearby necessary need negative net network new
news night noble normal north northeast northern northwest note notes novel nuclear number numbers object objects ocean
office officer officers official oil old older open opening opera operation operations opinion order orders ordinary
organ organic organisation organisations organization organizations origin original origins outer outline owner page pages
paint painter painting palace paper parallel park parliament part particular parties parts party pass passage past path
pattern peace people peoples performance period periods permanent person personal persons phase philosophy phrase physical
picture piece pieces place places plain plan planet plant plants plate play player players plays plural poem poet poetry
point points police policy political politics poor pope popular population port position positive possible post potential
power powers practice present president presidential press pressure primary prime prince princess principal principle
principles private prize problem problems procedure procedures process processes product production products profession
professional professor program programme progress project proper property proposal protection protest provide province
provinces public publication pure purpose quality quantity queen question questions quick race racing radio railway rain
range rank rate ratio reaction reading real reality reason rebellion reception record records red reduction reform region
regional regions regular relation relations relationship relationships relative religion religious remains report
representation representative republic republican research reserve resistance resource resources response rest result
results return review revolution revolutionary rich right rights ring rise rising rite river rivers road roads rock role
romance roman room root round route routes royal rule rulers rules run rural russian safety saint salt same sand scale
school schools science sciences scientific scientist scientists score screen sea search season seat secret section sector
security selection self senate senior sense sentence separate sequence serial series service services set sets settlement
sex shape share ship ships short show side sign significance silver similar simple single singular sister site sites size
skill sky slave slavery small snow social socialist societies society soft soil soldier soldiers solid solution son song
songs sound source sources south southeast southern southwest soviet space spanish speaker special species specific speech
speed spirit spoken sport sports spring square staff stage standard standards star stars state statement states station
stations statistics status stem step stock stone stories storm story straight strait strategy stream street strength string
strong structure structures student studies study style subject submarine substance success suffrage summer summit sun
supply support supreme surface survey symbol system systems table tail task tax teacher team teams technical technique
techniques technology television temperature temple term terms territorial territories territory test text theater theatre
theme theorem theory thing things thought throne time times title titles today tool tools top total tour tourism tower town
towns trade tradition traditional traffic training transfer transport transportation travel treaty tree trees trial tribe
tribes true trust turn type types under understanding union unit united units unity universal university unknown upper urban
usage use user users valley value values variable variation version vice victory video view village villages visual voice
volume vote wall war warfare wars water waters wave waves way ways weapon weapons weather week weight welfare well west
western wheel white wide wife wild wind wing winter woman women wood wooden word words work worker workers working works
world worlds worship writer writers writing written wrong year years yellow young youth zone
american americans european africa african asian christian catholic europe america
"""


def word_set(text: str) -> frozenset[str]:
    """Read a table of words, written as running text."""
    return frozenset(text.split())


_TABLE = word_set(f"{_FUNCTION} {_PLAIN}")
_FUNCTION_TABLE = word_set(_FUNCTION)


def is_ordinary(word: str) -> bool:
    """Tell whether a folded word is in so many names and texts that it alone gives no name away."""
    return word in _TABLE or word.isdecimal()


def is_function_word(word: str) -> bool:
    """Tell whether a folded word only joins others or counts."""
    return word in _FUNCTION_TABLE
