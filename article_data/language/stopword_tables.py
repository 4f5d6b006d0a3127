"""Function words of the languages most wikis are written in, for where NLTK's lists are not installed.

Tables of plain language knowledge: articles, pronouns, prepositions, conjunctions, auxiliary verbs, common adverbs.
"""

# ruff: noqa: RUF001 - letters of other scripts on purpose

from __future__ import annotations

TABLES = {
    "en": """
    a about above after again against all almost along already also although always am among an and another any are
    around as at away be became because become been before being below between both but by came can cannot could did do
    does doing done down during each either else enough even ever every few for from further had has have having he her
    here hers herself him himself his how however i if in indeed instead into is it its itself just least less many may
    me might more moreover most much must my myself near nearly neither never no none nor not nothing now of off
    often on
    once one only onto or other others our ours out over own per perhaps quite rather really same seen several shall she
    should since so some something sometimes somewhat still such than that the their theirs them themselves then there
    thereby therefore these they this those though through throughout thus to together too toward towards under until
    unto up upon us very via was we well were what whatever when where whereas whether which while who whole whom whose
    why will with within without would yet you your yours s t don
    """,
    "de": """
    ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus außer
    bei beide beiden beim bereits bis bzw da dabei dadurch daher damit danach dann daran darauf daraus darin das dass
    davon dazu dein dem den denen denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort
    du durch
    eher ein eine einem einen einer eines einige einigen einiger einmal er erst es etwa etwas euch euer für gegen
    gegenüber gewesen hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres
    im immer in indem ins insbesondere ist ja jede jedem jeden jeder jedes jedoch jene jener jetzt kann kein
    keine keinem
    keinen keiner können könnte konnte konnten man mehr mehrere mein meist mich mir mit mittels muss musste nach nachdem
    neben nicht nichts noch nun nur ob obwohl oder oft ohne schon sehr seien sein seine seinem seinen seiner seines seit
    selbst sich sie sind so sodass sogar solche sollte sollten somit sondern sonst soll sowie statt trotz über überhaupt
    um und uns unser unter usw viel viele vielen vom von vor war wäre waren was weder wegen weil weiter weitere weiteren
    welche welchem welchen welcher welches wenig weniger wenn wer werde werden wie wieder will wir wird wo wobei wodurch
    wollen worden wurde wurden würde während zu zum zur zwar zwischen
    """,
    "fr": """
    à afin ai ainsi alors après as assez au aucun aucune aussi autour autre autres aux avaient avait avant avec
    avoir car
    ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci comme comment contre d dans de
    déjà depuis
    dernier des dès deux devant donc dont du durant elle elles en encore ensuite entre environ es est et étaient était
    étant été être eu eux fait fois font furent fut hors ici il ils j jusque jusqu l la là laquelle le lequel
    les lesquels
    leur leurs lors lorsque lui m ma mais malgré me même mêmes mes moi moins mon n ne ni non nos notre nous on
    ont or ou où
    par parce parfois parmi pas pendant peu peut peuvent plus plusieurs pour pourtant près puis qu quand que quel quelle
    quelques quels qui quoi s sa sans se selon sera seront ses si sien soi soit son sont sous souvent sur
    surtout t ta tant
    te tel telle tels tes toi ton toujours tous tout toute toutefois toutes très trop tu un une vers voici voir
    vos votre
    vous y
    """,
    "es": """
    a además ahí ahora al algo alguna algunas alguno algunos allí ambos ante antes aquel aquella aquellos aquí así aún
    aunque bajo bien cada casi como con contra cual cuales cualquier cuando cuanto cuya cuyo de del desde después donde
    dos dónde durante e él el ella ellas ello ellos embargo en encima entonces entre era eran es esa esas ese
    eso esos esta
    está estaba estaban están estar estas este esto estos fue fueron fuera gran ha había habían hace hacia han
    hasta hay he
    incluso la las le les lo los luego más me mediante menos mi mientras mientras mis misma mismas mismo mismos mucho
    muchos muy nada ni ningún ninguna no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco
    por porque
    pues puede pueden que qué quien quienes se sea según ser será si sí sido siempre siendo sin sino sobre son
    su sus tal
    también tampoco tan tanto te tiene tienen toda todas todavía todo todos tras tu tus u un una unas uno unos
    usted varios
    y ya yo
    """,
    "it": """
    a abbia abbiamo ad agli ai al alcuna alcune alcuni alcuno all alla alle allo allora altra altre altri altro anche
    ancora anni appena assai avanti aveva avevano avere c che chi ci ciascuno ciò circa coi col come con contro
    cosa così
    cui d da dagli dai dal dall dalla dalle dallo davanti degli dei del dell della delle dello dentro di dopo dove due
    dunque durante e è ebbe ed egli era erano essa esse essere essi esso fa fino forse fra fu fuori furono gli
    già ha hanno
    i il in infatti inoltre insieme invece io l la là le lei li lo loro lui lungo ma mai me meno mentre mi mia mio molta
    molti molto ne né negli nei nel nell nella nelle nello nessuno niente noi non nostra nostro o ogni oltre ora oppure
    ossia ovvero per perché però più poi poiché presso prima propria proprio può qua quale quali qualche quando quanto
    quasi quella quelle quelli quello questa queste questi questo qui quindi sarà se sé sebbene secondo sei sempre senza
    si sia siano sino solo sono sopra sotto stata state stati stato stessa stessi stesso su sua sue sugli sui sul sull
    sulla sulle sullo suo suoi tale tali tanto te tra tramite troppo tu tutta tutte tutti tutto un una uno v
    verso vi voi
    vostro
    """,
    "pt": """
    a à ainda algo alguma algumas algum alguns além ante antes ao aos apenas após aquela aquelas aquele aqueles
    aquilo as
    às assim até bem cada com como contra contudo cuja cujo da daquele das de dela dele deles depois desde dessa
    desse desta
    deste do dois dos durante e é ela elas ele eles em embora enquanto entanto entre era eram essa essas esse esses esta
    está estão estas estava estavam este estes eu foi for foram fosse há havia isso isto já la lhe lhes lo logo
    mais mas me
    mediante menos mesma mesmas mesmo mesmos meu minha muita muitas muito muitos na nada nas nela nele nem nenhum nessa
    nesse nesta neste no nos nós nossa nosso num numa não o onde os ou outra outras outro outros para pela pelas
    pelo pelos
    pois por porém porque pouco qual quais qualquer quando quanto quase que quem são se seja sem sempre sendo
    ser será seu
    seus si sido sob sobre sua suas tal também tanto tão te tem têm ter tinha tinham toda todas todo todos tu
    tudo um uma
    umas uns você vários
    """,
    "nl": """
    aan achter al alle alleen alles als altijd ander andere anderen beide ben bij bijna binnen boven daar
    daarbij daarmee
    daarna daarom dan dat de deze die dit doch doen door dus echter een eens eerder eerst elk elke en enige
    enkele er eraan
    erop ervan ge geen geweest had hadden haar hij hem hen het hier hierbij hierdoor hiervan hoe hoewel hun
    iemand iets ik
    in indien is ja je jij kan kon konden kunnen maar me meer meest men met mijn moest moet moeten na naar naast
    niet niets
    nog nu of om omdat onder ondanks ons onze ook op over per reeds samen sinds sommige soms staat steeds te
    tegen tegenover
    terwijl toch toen tijdens tot tussen u uit uw van vanaf vanuit vaak veel verder vele via volgens voor vooral waar
    waarbij waardoor waarin waarmee waarna waarop waaruit waarvan wanneer waren was wat we weer wel welke werd
    werden wie
    wij wil wordt worden zal ze zeer zelf zich zij zijn zo zoals zonder zou zouden zowel
    """,
    "ru": """
    а без более больше будет будто бы был была были было быть в вам вас ведь весь во вокруг вот впрочем все всегда всего
    всей всех всю вы где да даже два для до другие другой его ее её ей ему если есть еще ещё же за здесь и из
    или им ими иногда
    их к каждый как какая какой когда которая которого которое которой которые который которых кроме кто ли либо
    лишь между
    меня мне много могут можно может мой мы на над надо наиболее нас наш не него нее неё ней некоторые нельзя
    несколько нет
    ни нибудь никогда ним них ничего но ну о об около один однако он она они оно от очень перед по под после
    потом потому
    почти при про просто против раз с сам сама самого самый свое своего своей свои своих свою себе себя сейчас
    со совсем так
    такая также такие такой там те тем теперь то тогда того тоже той только том тот тут ты у уже хотя чего чей
    чем через что
    чтобы эта эти этим этих это этого этой этом этот эту я является являются
    """,
}
"""By language code, as running text."""
TABLES["simple"] = TABLES["en"]
