"""Twenty, the tree of kinds: a table of plain knowledge in six languages, read by `questions/kinds.py`.

A line: a kind, two spaces deeper than its parent; then its words, English / German / Spanish / French / Italian / Portuguese,
folded and in singular. Kinds side by side exclude each other, unless their parent has a "+". With "~" only the first word (and
what "=" joins to it) means the kind itself and the others something of it ("whale" of the mammals); with "~~" none does. A line
that begins with "|" goes on with the last one.
"""

from __future__ import annotations

from typing import Final

TREE: Final = """
all+:
  thing+: thing, object, physical object, item, inanimate object / ding, sache, etwas / cosa, algo / chose / cosa / coisa
  animate+: living thing, living being, living creature, organism, life form, creature, being / lebewesen / ser vivo
| / etre vivant / essere vivente / ser vivo
  some:
    person+: person, human, human being, somebody, someone, people, historical figure, celebrity / person, mensch, jemand
| / persona, alguien, humano / personne, quelqu un, humain, etre humain / persona, qualcuno, umano, essere umano / pessoa,
| alguem, humano
      man: man, guy, male, boy, gentleman / mann, mannlich, junge / hombre, varon / homme, masculin / uomo, maschio / homem
      woman: woman, lady, female, girl / frau, weiblich, madchen / mujer / femme, feminin / donna, femmina / mulher
      scientist+: scientist, researcher, scholar, academic / wissenschaftler, forscher, wissenschaftlerin, naturforscher
| / cientifico, cientifica, investigador / scientifique, savant, chercheur / scienziato, scienziata / cientista
        physicist: physicist / physiker, physikerin / fisico, fisica / physicien, physicienne / fisico, fisica / fisico,
| fisica
        chemist: chemist / chemiker, chemikerin / quimico, quimica / chimiste / chimico, chimica / quimico, quimica
        biologist~: biologist, naturalist, botanist, zoologist / biologe, biologin / biologo / biologiste, naturaliste
| / biologo / biologo
        mathematician: mathematician / mathematiker, mathematikerin / matematico, matematica / mathematicien / matematico
| / matematico
        astronomer: astronomer, cosmologist / astronom / astronomo / astronome / astronomo / astronomo
        otherscientist~~: economist, psychologist, geologist, historian, linguist, computer scientist, anthropologist
| / okonom, psychologe, historiker / economista, historiador / economiste, historien / economista, storico / economista,
| historiador
      thinker+~: philosopher, theologian / philosoph, philosophin / filosofo, filosofa / philosophe / filosofo / filosofo
      engineer+~: engineer, inventor, architect / ingenieur, erfinder, architekt / ingeniero, inventor, arquitecto
| / ingenieur, inventeur, architecte / ingegnere, inventore, architetto / engenheiro, inventor, arquiteto
      medic~: doctor=physician, nurse, surgeon / arzt, arztin / medico / medecin / medico / medico
      lawyer~: lawyer, judge, jurist / anwalt, jurist / abogado, juez / avocat / avvocato / advogado
      writer+: writer, author / schriftsteller, schriftstellerin, autor, autorin / escritor, escritora, autor / ecrivain,
| ecrivaine, auteur / scrittore, scrittrice, autore / escritor, escritora, autor
        poet: poet / dichter, dichterin / poeta / poete / poeta / poeta
        novelist: novelist / romancier / novelista / romancier, romanciere / romanziere / romancista
        playwright: playwright, dramatist / dramatiker / dramaturgo / dramaturge / drammaturgo / dramaturgo
        journalist: journalist / journalist / periodista / journaliste / giornalista / jornalista
      artist+: artist / kunstler, kunstlerin / artista / artiste / artista / artista
        painter: painter / maler, malerin / pintor, pintora / peintre / pittore, pittrice / pintor, pintora
        sculptor: sculptor / bildhauer / escultor / sculpteur / scultore / escultor
        photographer: photographer / fotograf / fotografo / photographe / fotografo / fotografo
        musician+: musician / musiker, musikerin / musico / musicien, musicienne / musicista / musico
          singer: singer, rapper, vocalist, popstar, pop star / sanger, sangerin / cantante / chanteur, chanteuse
| / cantante / cantor, cantora
          composer: composer / komponist, komponistin / compositor, compositora / compositeur, compositrice / compositore
| / compositor
          pianist~: pianist, violinist, guitarist, drummer / pianist / pianista / pianiste / pianista / pianista
        performer+~: performer, entertainer, comedian, dancer, tv star / tanzer, komiker / bailarin / danseur / ballerino
| / dancarino
          actor: actor, actress, film star, movie star / schauspieler, schauspielerin / actor, actriz / acteur, actrice
| / attore, attrice / ator, atriz
        director: film director, filmmaker / regisseur / cineasta / realisateur / regista / cineasta
      athlete+: athlete, sportsperson, sportsman, sports star / sportler, sportlerin / deportista, atleta / sportif,
| sportive, athlete / sportivo, atleta / atleta, esportista
        footballer: footballer, soccer player, football player / fussballer, fussballspieler / futbolista / footballeur
| / calciatore / futebolista, jogador
        othersport~~: tennis player, basketball player, boxer, swimmer, cyclist, racing driver, golfer, runner,
| baseball player, chess player / tennisspieler, boxer / tenista, boxeador / joueur de tennis, boxeur / tennista, pugile
| / tenista
      politician+: politician, statesman, stateswoman, leader, political leader, head of state / politiker, politikerin,
| staatsmann / politico, politica, estadista / politicien, homme politique, femme politique, homme d etat / politico,
| politica, statista / politico, politica, estadista
        president: president, us president / prasident, prasidentin / presidente, presidenta / president, presidente
| / presidente / presidente
        minister~: prime minister, minister, chancellor / minister, kanzler, premierminister / ministro, primer ministro
| / ministre, premier ministre / ministro / ministro
        ruler+~: ruler=monarch, emperor, empress, king, queen, pharaoh, tsar, sultan, royal, royalty / herrscher, konig,
| konigin, kaiser, pharao / gobernante, rey, reina, emperador, faraon, monarca / souverain, roi, reine, empereur, pharaon,
| monarque / sovrano, re, regina, imperatore, faraone, monarca / governante, rei, rainha, imperador, farao, monarca
      soldier+~: soldier, general, admiral, military leader, warrior, officer / soldat, general, feldherr / soldado,
| general, militar / soldat, general, militaire / soldato, generale / soldado, general, militar
      explorer+~: explorer, navigator, traveller, sailor, astronaut, cosmonaut / entdecker, seefahrer, astronaut
| / explorador, navegante / explorateur, navigateur / esploratore, navigatore / explorador, navegador
      religious+~: saint, priest, pope, prophet, monk, nun, bishop, religious leader / papst, heiliger, priester / santo,
| papa, sacerdote / saint, pape, pretre / santo, papa, prete / santo, papa, padre
      businessperson+: businessman, businesswoman, entrepreneur, business magnate, industrialist / unternehmer,
| unternehmerin / empresario, empresaria / entrepreneur, homme d affaires / imprenditore / empresario
      activist+: activist, revolutionary, freedom fighter, campaigner / aktivist, revolutionar / activista,
| revolucionario / militant, revolutionnaire / attivista, rivoluzionario / ativista, revolucionario
    animal+~: animal, carnivore, herbivore, predator, beast / tier, raubtier / animal / animal / animale / animal
      fauna:
        mammal~: mammal, marsupial, rodent, primate, monkey, whale, dolphin, bat, bear, elephant, deer, pig / saugetier
| / mamifero / mammifere / mammifero / mamifero
          hoofed+~: hoofed mammal, horse, cow, cattle, antelope, sheep, goat, giraffe, camel / huftier, pferd, rind
| / caballo, vaca / cheval, vache / cavallo, mucca / cavalo, vaca
          feline~: cat, feline, big cat, lion, tiger, leopard / katze, grosskatze / gato, felino / chat, felin / gatto,
| felino / gato, felino
          canine~: dog, wolf, fox, dog breed / hund, wolf / perro, lobo / chien, loup / cane, lupo / cao, cachorro, lobo
        bird~: bird, songbird, raptor, owl, eagle, parrot, penguin / vogel / ave, pajaro / oiseau / uccello / ave, passaro
        reptile~: reptile, snake, lizard, turtle, crocodile, dinosaur / reptil, schlange / reptil, serpiente / reptile,
| serpent / rettile, serpente / reptil, cobra
        amphibian~: amphibian, frog, toad, salamander / amphibie, frosch / anfibio, rana / amphibien, grenouille / anfibio,
| rana / anfibio, ra
        fish~: fish, shark / fisch, hai / pez, tiburon / poisson, requin / pesce, squalo / peixe, tubarao
        insect~: insect, bee, ant, beetle, butterfly, moth, fly, mosquito / insekt, kafer / insecto / insecte / insetto
| / inseto
        arachnid~: spider, arachnid, scorpion / spinne / arana / araignee / ragno / aranha
        mollusc~: mollusc, mollusk, squid, octopus, snail, cephalopod, clam / weichtier, schnecke / molusco / mollusque
| / mollusco / molusco
        crustacean~: crustacean, crab, lobster, shrimp / krebstier / crustaceo / crustace / crostaceo / crustaceo
    plant+~: plant, crop, herb, shrub, grass, vine, algae / pflanze, gras / planta, hierba / plante, herbe / pianta, erba
| / planta, erva
      tree~: tree, conifer / baum / arbol / arbre / albero / arvore
      flower~: flower / blume / flor / fleur / fiore / flor
      vegetable~: vegetable, tuber, root vegetable / gemuse / verdura, hortaliza / legume / verdura, ortaggio / legume,
| verdura
      fruit~: fruit, berry / obst, frucht / fruta, fruto / fruit / frutto, frutta / fruta, fruto
    fungus~: fungus, mushroom / pilz / hongo, seta / champignon / fungo / fungo, cogumelo
    microbe~: bacterium, bacteria, virus, microbe, germ / bakterie, virus / bacteria, virus / bacterie, virus / batterio,
| virus / bacteria, virus
    place+: place, location, somewhere, area, geographical feature / ort, gegend / lugar, sitio / lieu, endroit / luogo,
| posto / lugar, local
      territory:
        country+: country, nation, nation state, island country, sovereign state / land, staat, nation / pais,
| nacion, estado / pays, nation / paese, nazione / pais, nacao
        settlement+: settlement, municipality / siedlung, gemeinde / localidad, municipio / localite, commune
| / centro abitato, comune / municipio
          city+: city, metropolis, port city / stadt, grossstadt / ciudad / ville / citta / cidade
            capital: capital, capital city / hauptstadt / capital / capitale / capitale / capital
          town~: town, village / dorf, kleinstadt / pueblo, aldea / village, bourg / paesino, villaggio / vila, aldeia
        continent: continent / kontinent / continente / continent / continente / continente
        waters: body of water, water, waterway / gewasser, wasser / agua, masa de agua / eau, plan d eau / acqua / agua
          river: river, stream / fluss, strom / rio / fleuve, riviere / fiume / rio
          lake: lake / see / lago / lac / lago / lago
          sea~: sea, ocean / meer, ozean / mar, oceano / mer, ocean / mare, oceano / mar, oceano
        relief: natural feature, landform / landschaft / accidente geografico / relief / rilievo / relevo
          mountain~: mountain, volcano, hill, peak, mountain range / berg, vulkan, gebirge / montana, volcan / montagne,
| volcan / montagna, vulcano / montanha, vulcao
          desert: desert / wuste / desierto / desert / deserto / deserto
          valley~: valley, canyon, cave, waterfall, forest, beach, glacier / tal, wald / valle, bosque / vallee, foret
| / valle, foresta / vale, floresta
        region+~: region, province, county, us state, state, district, continent region, peninsula / region, provinz, bundesland
| / region, provincia / region, departement, province / regione, provincia / regiao, provincia
    structure+: structure, building, construction, landmark, monument, architecture / gebaude, bauwerk, bau, denkmal
| / edificio, monumento, construccion / batiment, monument, edifice, construction / edificio, monumento, costruzione
| / edificio, monumento, construcao
      church: church, cathedral, basilica, chapel / kirche, dom, kathedrale / iglesia, catedral / eglise, cathedrale
| / chiesa, cattedrale, duomo / igreja, catedral
      mosque: mosque / moschee / mezquita / mosquee / moschea / mesquita
      tower~: tower, skyscraper / turm, wolkenkratzer / torre, rascacielos / tour, gratteciel / torre, grattacielo / torre,
| arranhaceus
      bridge: bridge / brucke / puente / pont / ponte / ponte
      castle~: castle, fortress, palace / burg, schloss, palast / castillo, palacio / chateau, palais / castello, palazzo
| / castelo, palacio
      temple~: temple, pyramid / tempel, pyramide / templo, piramide / temple, pyramide / tempio, piramide / templo, piramide
      tomb: tomb, mausoleum, grave / grab, grabmal, mausoleum / tumba, mausoleo / tombe, tombeau, mausolee / tomba,
| mausoleo / tumulo, mausoleu
      wall~: wall, barrier, fortification / mauer / muralla, muro / mur, muraille / muro, muraglia / muro, muralha
      arena~: stadium, arena, amphitheatre, theater, theatre building / stadion / estadio, anfiteatro / stade,
| amphitheatre / stadio, anfiteatro / estadio, anfiteatro
      statue~: statue=sculpture / statue, skulptur / estatua, escultura / statue, sculpture / statua, scultura / estatua,
| escultura
      infrastructure~~: airport, station, railway station, museum, hospital, university building, school / flughafen,
| bahnhof, museum / aeropuerto, estacion, museo / aeroport, gare, musee / aeroporto, stazione, museo / aeroporto, estacao,
| museu
    heavenly: celestial body, celestial object, astronomical object, heavenly body / himmelskorper / cuerpo celeste
| / astre, corps celeste / corpo celeste / corpo celeste
      planet: planet, dwarf planet / planet / planeta / planete / pianeta / planeta
      star~: star / stern / estrella / etoile / stella / estrela
      moon~: moon, natural satellite, satellite / mond / luna, satelite / lune, satellite naturel / luna, satellite / lua,
| satelite
      galaxy~: galaxy, constellation, comet, asteroid / galaxie / galaxia / galaxie / galassia / galaxia
    substance+~: substance, material, chemical, chemical compound, compound / stoff, material / sustancia, material
| / substance, materiau, matiere / sostanza, materiale / substancia, material
      element: element, chemical element / element, chemisches element / elemento, elemento quimico / element,
| element chimique / elemento, elemento chimico / elemento, elemento quimico
      matter:
        metal: metal, precious metal / metall / metal / metal / metallo / metal
        gas: gas / gas / gas / gaz / gas / gas
      mineral~: mineral, rock, stone, gemstone, crystal / mineral, gestein, stein / mineral, roca, piedra / mineral, roche,
| pierre / minerale, roccia, pietra / mineral, rocha, pedra
    fare+:
      food+~: food, dish, snack, dessert, sweet, candy, something to eat / essen, lebensmittel, speise, gericht / comida,
| alimento, plato / nourriture, aliment, plat / cibo, alimento, piatto / comida, alimento, prato
      drink: drink, beverage, something to drink / getrank / bebida / boisson / bevanda / bebida
    bodypart+~: body part=part of the body, organ, bone, muscle / organ, korperteil / organo, parte del cuerpo / organe,
| partie du corps / organo, parte del corpo / orgao, parte do corpo
    artifact+~: tool, gadget, invention, everyday object, household item / werkzeug, gegenstand, erfindung / herramienta,
| invento / outil, invention / attrezzo, invenzione / ferramenta, invencao
      vehicle+: vehicle, means of transport / fahrzeug, verkehrsmittel / vehiculo / vehicule / veicolo / veiculo
        ship: ship, boat, vessel, ocean liner, steamship, liner / schiff, boot / barco, buque / navire, bateau / nave,
| barca / navio, barco
        aircraft~: aircraft=plane=airplane=aeroplane, jet, helicopter, airliner / flugzeug / avion / avion / aereo / aviao
        car~: car=automobile, truck / auto, automobil / coche, automovil / voiture, automobile / auto, automobile / carro,
| automovel
        train: train, locomotive / zug, lokomotive / tren / train / treno / trem, comboio
        cycle~: bike=bicycle, motorcycle / fahrrad, motorrad / bicicleta, moto / velo, bicyclette, moto / bicicletta,
| moto / bicicleta, moto
        spacecraft~: spacecraft, rocket, space station, space probe / raumschiff, rakete / nave espacial, cohete / fusee,
| vaisseau spatial / razzo, astronave / foguete, nave espacial
      instrument+~: instrument=musical instrument, string instrument, wind instrument / instrument=musikinstrument
| / instrumento=instrumento musical / instrument=instrument de musique / strumento=strumento musicale / instrumento=instrumento
| musical
      device+: device, machine, apparatus, appliance / gerat, maschine, apparat / aparato, maquina, dispositivo / appareil,
| machine, dispositif / apparecchio, macchina, dispositivo / aparelho, maquina, dispositivo
        computing~~: computer, smartphone, phone, console, television / computer, telefon / ordenador, computadora,
| telefono / ordinateur, telephone / computer, telefono / computador, telefone
      weapon~: weapon, gun, sword, bomb / waffe / arma / arme / arma / arma
      clothing~: clothing=garment=clothes=something you wear, shoe / kleidung, kleidungsstuck / ropa, prenda
| / vetement / vestito, indumento / roupa
      furniture~: furniture, chair, table / mobel, stuhl, tisch / mueble, silla / meuble, chaise / mobile, sedia / movel,
| cadeira
    pastime+:
      game+~: game, puzzle / spiel / juego / jeu / gioco / jogo
        videogame: video game, computer game / videospiel, computerspiel / videojuego / jeu video / videogioco, videogame
| / videogame, jogo eletronico
        boardgame~: board game, card game / brettspiel, kartenspiel / juego de mesa / jeu de societe, jeu de plateau
| / gioco da tavolo / jogo de tabuleiro
      sport+~: sport, team sport, ball sport, martial art / sport, sportart, mannschaftssport / deporte / sport / sport
| / esporte, desporto
      toy: toy / spielzeug / juguete / jouet / giocattolo / brinquedo
    work+: work of art, artwork, creative work, piece of art / kunstwerk, werk / obra de arte, obra / oeuvre d art,
| oeuvre / opera d arte / obra de arte, obra
      written+~: book=written work=literary work, literature, story / buch, erzahlung / libro, historia / livre,
| histoire / libro, storia / livro, historia
        novel: novel / roman / novela / roman / romanzo / romance
        play~: play, tragedy, drama, comedy / theaterstuck, tragodie, drama / obra de teatro, tragedia / piece,
| piece de theatre, tragedie / dramma, tragedia / peca, tragedia
        poem~: poem, epic / gedicht / poema / poeme / poesia, poema / poema
      film: film, movie, motion picture / film, spielfilm / pelicula, film / film / film / filme
      series: tv series, tv show, television series, television show, sitcom, anime / fernsehserie, serie / serie,
| serie de television / serie, serie televisee / serie televisiva, telefilm / serie, serie de televisao
      painting~: painting=picture, portrait, fresco / gemalde, bild / pintura, cuadro / tableau, peinture / dipinto,
| quadro / pintura, quadro
      music~: music=piece of music, song, album, symphony, opera, symphonic poem, tone poem / lied, musikstuck, oper
| / cancion, opera / chanson, opera / canzone, opera / cancao, musica, opera
    event+: event, historical event, happening / ereignis / evento, acontecimiento / evenement / evento, avvenimento
| / evento, acontecimento
      war~: war, battle, conflict, siege, military conflict / krieg, schlacht / guerra, batalla / guerre, bataille
| / guerra, battaglia / guerra, batalha
      revolution: revolution, overthrow, revolt, uprising, rebellion / revolution, aufstand / revolucion, rebelion
| / revolution, revolte / rivoluzione, rivolta / revolucao, revolta
      disaster~: disaster, earthquake, famine, accident / katastrophe / desastre / catastrophe / disastro / desastre
        outbreak: epidemic, pandemic, plague / epidemie, pandemie / epidemia, pandemia / epidemie, pandemie
| / epidemia, pandemia / epidemia, pandemia
      mission~: space mission, mission, spaceflight, flight, expedition / raumflug, mission / mision / mission / missione
| / missao
      festival~: festival, competition, tournament, sports event, sporting event, holiday / fest, wettbewerb / festival,
| torneo, competicion / festival, tournoi, competition / festa, torneo, competizione / festival, torneio, competicao
    character+~: fictional character, cartoon character, superhero, mythical creature, deity, god, goddess / figur,
| romanfigur, gott / personaje, dios / personnage, dieu / personaggio, dio / personagem, deus
    group+~: organization=organisation=institution, group / organisation, gruppe, verein / organizacion, grupo
| / organisation, groupe / organizzazione, gruppo / organizacao, grupo
      company: company, business, corporation, brand, manufacturer / unternehmen, firma, marke / empresa, marca, compania
| / entreprise, societe, marque / azienda, impresa, marchio / empresa, marca
      band: band, rock band, musical group / band, musikgruppe / banda, grupo musical / groupe de musique
| / gruppo musicale / banda
      team: team, sports club, football club / mannschaft, fussballverein / equipo, club de futbol / equipe,
| club de football / squadra, squadra di calcio / equipa, time, clube
      school: university, college / universitat, hochschule / universidad / universite / universita / universidade
      party: political party / partei / partido politico / parti politique / partito politico / partido politico
    idea+~: idea=concept=something abstract=abstract, theory, science, field of study, religion, philosophy, belief
| / idee, begriff, theorie, wissenschaft, religion / idea, concepto, teoria, ciencia, religion / idee, concept, theorie,
| science, religion / idea, concetto, teoria, scienza, religione / ideia, conceito, teoria, ciencia, religiao
      language: language / sprache / idioma, lengua / langue / lingua / lingua, idioma
      disease: disease, illness, medical condition / krankheit / enfermedad / maladie / malattia / doenca
"""
