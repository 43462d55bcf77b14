package pictures

// motifs are what names say that a thing looks like. Longer names win.
var motifs = map[string]motif{
	// kitchen
	"board": {80, false, board}, "serving board": {80, false, servingBoard}, "bread board": {105, false, breadBoard},
	"frying pan": {105, false, fryingPan}, "pan": {105, false, fryingPan}, "stew pot": {110, false, stewPot}, "saucepan": {105, false, saucepan}, "pot": {110, false, stewPot},
	"knife": {22, false, knife}, "bread knife": {22, false, breadKnife}, "paring knife": {22, false, paringKnife}, "knives": {22, false, knife},
	"jar": {75, false, jar}, "canister": {72, false, canister}, "pickling jar": {82, false, picklingJar},
	"towel": {0, true, towel}, "tea towel": {0, true, towel}, "dish cloth": {90, false, folded}, "oven cloth": {0, true, ovenCloth}, "cloth": {90, false, folded},
	"bowl": {95, false, bowl}, "soup bowl": {80, false, soupBowl}, "salad bowl": {115, false, saladBowl}, "mixing bowl": {95, false, bowl},
	// tea and coffee
	"tea": {72, false, teaTin}, "black tea": {72, false, teaTin}, "green tea": {72, false, teaTin}, "white tea": {68, false, teaPacket}, "herbal tea": {68, false, teaPacket},
	"coffee": {78, false, coffeeBag}, "coffee beans": {78, false, coffeeBag}, "filter coffee": {70, false, teaTin}, "espresso beans": {78, false, coffeeBag},
	"teapot": {105, false, teapot}, "tea kettle": {100, false, kettle}, "kettle": {100, false, kettle}, "tea infuser": {40, false, infuser},
	"mug": {75, false, mug}, "cup": {95, false, cup}, "espresso cup": {80, false, espressoCup},
	"honey": {72, false, honeyJar}, "marmalade": {66, false, jamJar}, "jam": {66, false, jamJar}, "plum jam": {66, false, jamJar},
	// home
	"candle": {55, false, candle}, "tea light set": {100, false, teaLights}, "pillar candle": {60, false, pillar},
	"cushion": {105, false, cushion}, "floor cushion": {120, false, floorCushion}, "seat pad": {110, false, seatPad},
	"blanket": {105, false, blanket}, "throw": {0, true, throwOver}, "quilt": {110, false, quilt},
	"vase": {60, false, vase}, "bud vase": {45, false, budVase}, "jug": {75, false, jug},
	"lamp": {60, false, tableLamp}, "table lamp": {60, false, tableLamp}, "desk lamp": {65, false, deskLamp}, "night light": {62, false, nightLight},
	"rug": {125, false, rug}, "runner": {70, false, runner}, "doormat": {120, false, doormat},
	// garden
	"plant pot": {75, false, plantPot}, "hanging pot": {0, true, hangingPot}, "trough": {120, false, trough},
	"seed": {70, false, seedPacket}, "seeds": {70, false, seedPacket},
	"trowel": {24, false, trowel}, "hand fork": {24, false, handFork}, "dibber": {24, false, dibber}, "rake": {60, false, rake},
	"watering can": {110, false, wateringCan}, "plant mister": {60, false, mister}, "rain gauge": {36, false, rainGauge},
	"bird house": {0, true, birdHouse}, "bird feeder": {0, true, birdFeeder}, "bee hotel": {0, true, beeHotel},
	// paper and craft
	"notebook": {80, false, notebook}, "sketchbook": {80, false, sketchbook}, "diary": {78, false, diary}, "book": {80, false, notebook},
	"pen": {20, false, fountainPen}, "fountain pen": {20, false, fountainPen}, "ink": {62, false, inkBottle}, "bottle of ink": {62, false, inkBottle}, "brush pen": {20, false, brushPen},
	"yarn": {95, false, yarnBall}, "sock yarn": {85, false, yarnSkein}, "chunky yarn": {95, false, yarnBall}, "lace yarn": {70, false, yarnCone},
	"needle": {60, false, needles}, "knitting needles": {60, false, needles}, "crochet hook": {20, false, hook}, "darning set": {90, false, darning},
	"paint": {105, false, paints}, "watercolour set": {105, false, paints}, "gouache set": {105, false, tubes}, "brush set": {62, false, brushes},
	"wrapping paper": {62, false, paperRoll}, "ribbon roll": {78, false, ribbon}, "gift tags": {0, true, tags},
	// outdoors
	"backpack": {88, false, backpack}, "day bag": {88, false, dayBag}, "roll top bag": {84, false, rollTop}, "bag": {88, false, dayBag},
	"flask": {46, false, flask}, "drinking bottle": {42, false, flask}, "lunch box": {95, false, lunchBox},
	"camping lantern": {62, false, lantern}, "storm lantern": {62, false, lantern}, "lantern": {62, false, lantern}, "head torch": {0, true, headTorch},
	"camp stool": {90, false, stool}, "stool": {90, false, stool}, "picnic blanket": {98, false, rolled}, "hammock": {0, true, hammock},
	// wear
	"scarf": {0, true, scarf}, "neckerchief": {0, true, neckerchief}, "snood": {85, false, snood}, "scarves": {0, true, scarf},
	"sock": {0, true, sock}, "socks": {0, true, sock}, "knee socks": {0, true, kneeSock}, "slipper socks": {0, true, sock},
	"hat": {95, false, sunHat}, "beanie": {82, false, beanie}, "sun hat": {118, false, sunHat}, "cap": {100, false, cap},
	"apron": {0, true, apron}, "garden apron": {0, true, apron}, "children's apron": {0, true, apron},
	// play
	"puzzle": {85, false, puzzle}, "map puzzle": {90, false, puzzle}, "puzzle cube": {85, false, cube},
	"toy": {75, false, tower}, "stacking tower": {75, false, tower}, "train set": {125, false, train}, "animal set": {105, false, animal}, "building blocks": {100, false, blocks},
	"game": {105, false, gameBox}, "board game": {105, false, gameBox}, "card game": {82, false, cards}, "dice game": {92, false, dice},
	"kite": {0, true, kite}, "throwing ring": {0, true, ring}, "skipping rope": {100, false, rope}, "ball": {80, false, ball},
	// what other shops sell
	"bottle": {48, false, bottle}, "whiskey": {50, false, bottle}, "whiskies": {50, false, bottle}, "whisky": {50, false, bottle}, "vodka": {46, false, bottle},
	"gin": {48, false, bottle}, "rum": {50, false, bottle}, "tequila": {50, false, bottle}, "brandies": {50, false, bottle}, "brandy": {50, false, bottle},
	"liqueur": {50, false, bottle}, "schnapps": {48, false, bottle}, "bourbon": {50, false, bottle}, "scotch": {50, false, bottle}, "wine": {46, false, bottle},
	"mezcal": {50, false, bottle}, "cocktail": {48, false, bottle}, "cocktails": {48, false, bottle}, "spirit": {48, false, bottle}, "oil": {46, false, bottle},
	"clock": {70, false, clock}, "holder": {55, false, candle}, "light": {62, false, nightLight}, "box": {95, false, parcel}, "tin": {72, false, teaTin},
}

// plain are motifs for what no word describes.
var plain = []motif{{95, false, parcel}, {88, false, carton}, {75, false, jar}, {80, false, pouch}, {72, false, teaTin}}
