"""Which words tell of which topic: nouns of definitions and categories, infobox names, in the languages of most wikis.

Tables of plain language knowledge, read by `topics` and `person`. Folded, singular; a word may tell of two topics.
"""

# ruff: noqa: RUF001 - letters of other scripts on purpose

from __future__ import annotations

from article_data.language.words import fold

_WORDS = {
    "person": """
    person people man woman birth death biography human personen personne persona pessoa humano personendaten biographie
    biografia biografie личность персона человек родившиеся умершие naissance deces geboren gestorben mann frau
    nacimiento
    fallecido nati morti nascidos mortos homme femme hombre mujer uomo donna homem mulher leader officeholder alumni
    """,
    "place": """
    place city town village municipality capital country state province region county district island
    archipelago river lake
    mountain volcano sea ocean bay gulf strait peninsula continent desert valley glacier settlement commune
    canton republic
    territory borough suburb neighbourhood neighborhood hamlet forest park waterfall canyon cape beach geography kingdom
    nation microstate sovereign metropolis port reef lagoon cave plateau basin landform stadt gemeinde ort
    dorf land
    bundesland insel fluss see berg gebirge hauptstadt staat kreis landkreis ville commune village pays region
    departement
    ile fleuve riviere lac montagne capitale etat ciudad municipio pueblo pais provincia isla rio lago montana localidad
    estado citta comune paese isola fiume monte regione stato cidade municipio concelho ilha montanha pais freguesia
    asentamiento assentamento город село деревня страна река озеро остров гора область район столица государство посёлок
    ort gewasser
    """,
    "animal": """
    animal mammal bird fish reptile amphibian insect rodent spider beetle butterfly moth ant bee wasp snake
    lizard turtle frog
    toad salamander shark whale dolphin seal primate monkey ape bat cat dog horse cattle breed dinosaur
    arthropod crustacean
    mollusc mollusk snail worm vertebrate invertebrate fauna marsupial carnivore carnivoran predator owl eagle
    duck parrot
    deer antelope pig sheep goat bear wolf lion tiger tier vogel saugetier fisch insekt raubtier
    oiseau poisson
    mammifere insecte animaux ave mamifero pez insecto animale uccello mammifero pesce animais passaro peixe
    животное птица
    рыба млекопитающее насекомое songbird raptor crab shrimp coral sponge jellyfish
    """,
    "plant": """
    plant tree flower shrub herb grass fern moss orchid rose oak pine palm cactus conifer legume weed vine flora
    algae alga
    wildflower pflanze baum blume strauch plante arbre fleur planta arbol flor pianta albero fiore arvore
    растение дерево
    цветок botany flowering cultivar seaweed fungus mushroom lichen
    """,
    "history": """
    history war battle siege revolution rebellion revolt uprising empire dynasty treaty era conflict massacre invasion
    campaign crusade civilization civilisation archaeology event century coup assassination genocide expedition monarchy
    emperor king queen pharaoh ruler monarch knight samurai medieval ancient antiquity geschichte krieg schlacht
    konig kaiser
    reich histoire guerre bataille roi reine empereur historia guerra batalla rey reina imperio storia battaglia
    re regina
    imperatore impero batalha rei rainha imperador история война битва сражение царь император король военный military
    commander general admiral soldier officer
    """,
    "science": """
    science scientist physics physicist chemistry chemist biology biologist astronomy astronomer geology
    geologist ecology
    element compound molecule atom particle planet star galaxy moon asteroid comet constellation gene protein
    enzyme cell
    acid alkane hydrocarbon mineral metal gas theory hypothesis unit energy radiation evolution anatomy
    disease disorder
    syndrome medicine drug physician organ tissue bacterium virus infection psychology psychologist anthropology
    anthropologist sociology economics linguistics botanist zoologist physiology neuroscience meteorology climatology
    substance chemical scientific research wissenschaft wissenschaftler physiker chemiker krankheit planet stern
    scientifique physicien chimiste maladie etoile ciencia cientifico fisico quimico enfermedad estrella scienza
    scienziato
    chimico malattia stella doenca наука ученый учёный физик химик болезнь планета звезда taxon surgeon medical
    """,
    "technology": """
    technology computer software hardware programming engine machine vehicle car automobile aircraft airplane airliner
    helicopter ship boat locomotive railway train rocket spacecraft spaceflight satellite weapon rifle pistol
    gun tank missile
    robot device tool instrument internet website protocol file format encoding telephone radio camera
    electronics engineer
    engineering inventor invention processor console smartphone bridge tunnel dam airport telescope microscope technik
    fahrzeug flugzeug schiff auto logiciel ordinateur avion navire voiture tecnologia ordenador buque coche nave
    macchina
    navio carro программа компьютер самолёт корабль автомобиль astronaut cosmonaut algorithm cipher
    """,
    "music": """
    music song album single band musician singer composer composition symphony opera concerto sonata rapper songwriter
    guitarist pianist violinist drummer orchestra conductor instrument genre soundtrack musical jazz rock pop
    hymn anthem
    ballad quartet choir musik lied komponist musiker sangerin sanger musique chanson chanteur chanteuse
    compositeur musicien
    groupe musica cancion cantante compositor banda canzone cantante compositore musicista gruppo cancao cantor cantora
    музыка песня альбом певец певица композитор группа музыкант
    """,
    "film": """
    film movie television series sitcom actor actress director filmmaker screenwriter producer cinema animation
    cartoon anime
    episode documentary comedian season show fernsehserie schauspieler schauspielerin regisseur acteur actrice
    realisateur
    cinema pelicula actor actriz serie televisao telenovela attore attrice regista ator atriz cineasta фильм
    актёр актриса
    режиссёр сериал film-maker showrunner
    """,
    "literature": """
    literature book novel novella poem poet poetry writer author novelist playwright dramatist play essay
    essayist story tale
    fiction magazine newspaper journal comic manga fable epic epigram journalist literary pamphlet trilogy saga
    dictionary
    encyclopedia literatur buch roman schriftsteller schriftstellerin dichter autor livre ecrivain poete auteur
    libro novela
    escritor escritora poeta romanzo scrittore scrittrice livro romance литература книга роман писатель поэт superhero
    character character
    """,
    "art": """
    art artist painter painting sculptor sculpture architect architecture building church cathedral museum palace castle
    temple tower monument photographer photography drawing fashion designer design gallery theatre theater dance
    dancer ballet
    fresco mural statue engraver illustrator kunst kunstler maler bildhauer gemalde gebaude kirche schloss
    architekt peintre
    peinture sculpteur eglise chateau musee pintor pintura escultor iglesia castillo arquitecto pittore scultore chiesa
    castello pintor igreja castelo художник картина скульптор архитектор церковь музей visual decorative
    """,
    "sport": """
    sport footballer football soccer basketball baseball cricket cricketer tennis golfer golf boxer boxing
    wrestler swimmer
    athlete cyclist racing driver skier skater hockey rugby player team club league championship tournament
    olympics olympic
    game chess stadium coach quarterback pitcher gymnast sprinter runner judo karate marathon martial
    fussballspieler sportler
    fussballverein joueur sportif footballeur futbolista deportista equipo calciatore sportivo squadra jogador
    futebolista
    esporte спортсмен футболист клуб sportsperson referee goalkeeper climbing
    """,
    "politics": """
    politics politician president minister senator governor mayor chancellor ambassador diplomat party election
    government
    parliament congress senate constitution court judge lawyer legislation legal political ideology activist
    revolutionary
    statesman republic democracy policy agreement legislature politiker politikerin partei wahl regierung bundeskanzler
    politique homme-politique parti president politico politica partido presidente partito ministro politiker eleicao
    политик партия президент министр выборы law jurist officeholder
    """,
    "religion": """
    religion god goddess saint pope bishop priest monk church bible prophet theologian theology deity buddhism
    christianity
    islam hinduism judaism buddhist christian islamic jewish hindu catholic mosque monastery cathedral prayer
    scripture gospel
    apostle religious cardinal archbishop caliph imam rabbi heiliger papst bischof gott saint pape eveque dieu
    santo papa
    obispo dios vescovo dio bispo deus религия святой папа епископ бог sect denomination diocese
    """,
    "mythology": """
    mythology myth legend legendary mythological mythical demigod titan nymph hero folklore folkloric monster
    giant fairy
    dragon greek-myth mythologie mythe legende mitologia mito mythe leggenda мифология миф deity god goddess
    """,
    "food": """
    food dish cuisine drink beverage bread cheese fruit vegetable soup sauce cake dessert beer wine spice meat
    sausage pasta
    recipe cooking meal snack confectionery pastry liqueur cocktail salad noodle grain cereal nut berry
    ingredient coffee tea
    speise getrank gericht lebensmittel obst gemuse kase wein bier plat boisson fromage vin biere aliment comida
    plato bebida
    queso vino cibo piatto formaggio prato queijo vinho блюдо напиток сыр вино chef agriculture agronomy crop farming
    """,
    "language": """
    language dialect alphabet letter script vowel consonant grammar word pronoun verb linguistics linguistic orthography
    phonology creole sprache dialekt buchstabe langue dialecte lettre lengua idioma dialecto letra lingua
    dialetto lettera
    dialeto язык диалект буква syntax phoneme diacritic writing
    """,
    "mathematics": """
    mathematics mathematician theorem number geometry algebra equation function set polygon triangle statistics
    statistical
    statistician probability calculus topology polynomial integer logic logician proof conjecture curve matrix vector
    mathematik mathematiker satz zahl mathematiques mathematicien theoreme nombre matematica matematico teorema numero
    математика математик теорема число arithmetic algorithm fallacy geometer
    """,
    "philosophy": """
    philosophy philosopher ethics metaphysics epistemology philosophical aesthetics virtue morality
    existentialism stoicism
    philosoph philosophie philosophin filosofia filosofo философия философ thinker ontology principle ideology
    """,
    "business": """
    business company corporation brand bank businessman businesswoman entrepreneur economy economist industry
    manufacturer
    retailer airline supermarket enterprise finance currency stock market trade product investor unternehmen firma marke
    unternehmer entreprise societe marque empresa compania marca azienda impresa societa компания банк
    предприятие economic
    organization organisation nonprofit
    """,
    "education": """
    university college school academy education institute professor teacher library faculty student universitat schule
    hochschule universite ecole universidad escuela universita scuola universidade escola университет школа
    """,
}

TOPICS: dict[str, tuple[str, ...]] = {}
"""The topics that a folded, singular word tells of."""
for _topic, _text in _WORDS.items():
    for _word in dict.fromkeys(map(fold, _text.split())):
        TOPICS[_word] = (*TOPICS.get(_word, ()), _topic)

INFOBOXES = {
    "person": "person biography biographie biografia persona personne personendaten bio персона writer scientist "
    "philosopher "
    "officeholder artist actor politician royalty monarch saint philosopher comedian architect astronaut "
    "criminal engineer "
    "economist academic model chef pirate president judge clergy religious noble 人物 biografia",
    "place": "settlement city country state province town village island river lake mountain continent place park "
    "province "
    "municipality county district region localidad commune ville pays assentamento geopolitical нп государство город "
    "gemeinde ort fluss insel see berg divisione 国家 城市 行政区划 sea ocean protected valley volcano desert building airport",
    "animal": "taxobox speciesbox automatic taxobox dog cat horse breed",
    "plant": "cultivar plant",
    "history": "military conflict war battle former empire dynasty treaty event civilian pharaoh royalty monarch",
    "science": "scientist disease medical element planet star galaxy drug unit mineral anatomy chemical chembox gene "
    "enzyme "
    "protein particle taxon comet asteroid symptom academic",
    "technology": "software computer automobile aircraft ship weapon spaceflight spacecraft train rail programming os "
    "website bridge "
    "engine rocket satellite mobile camera telescope file",
    "music": "musical album song single band composition opera instrument musician singer musician composer concert "
    "genre",
    "film": "film television actor filmmaker episode cinema anime animanga comedian show channel",
    "literature": "book novel writer poem play newspaper magazine journal comics author short story document",
    "art": "artist artwork painting architect building church museum photographer fashion sculpture castle historic "
    "monument",
    "sport": "sport sportsperson football cricketer tennis golfer boxer cyclist athlete basketball baseball ice hockey "
    "rugby club "
    "league swimmer gymnast racing games olympic martial chess nfl nba mlb stadium team tournament skier",
    "politics": "officeholder politician election political party president minister senator governor mayor legislature "
    "legislation "
    "constitution court judge government document ambassador",
    "religion": "saint pope bishop religious church christian religion clergy mosque deity monastery temple diocese",
    "mythology": "deity mythology mythical creature legendary",
    "food": "food beverage drink cheese wine beer cocktail prepared chef restaurant",
    "language": "language dialect letter writing grapheme script",
    "mathematics": "number theorem mathematical polygon function polyhedron",
    "philosophy": "philosopher philosophy",
    "business": "company brand bank currency organization organisation unternehmen entreprise empresa azienda airline "
    "economy product",
    "education": "university school college library academic",
}
"""Words in an infobox's name."""

BIOLOGICAL = frozenset({"taxobox", "speciesbox", "subspeciesbox", "hybridbox"})
"""Infoboxes of living things, which do not tell plants from animals: the other words must."""
