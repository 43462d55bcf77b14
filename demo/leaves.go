package demo

import "also/shop"

// department is a category at the root of the tree.
type department struct {
	id, name string
	line     string // what a description begins with
	leaves   []leaf
}

// leaf is a category that products are in.
type leaf struct {
	id, name, code string
	nouns          []string
	materials      []string
	measures       []string // how small, medium and large are written; nil: so
	low, high      int      // whole euros
	peak           int      // month of the best sales; 0: all the year
	rebuy          bool     // people buy the same again
	goesWith       string   // leaf whose products complete one of this
}

var departments = []department{
	{"kitchen", "Kitchen", "Made for every day at the stove and the table.", []leaf{
		{"boards", "Chopping boards", "BRD", []string{"board", "serving board", "bread board"}, []string{"oak", "beech", "walnut", "ash", "olive wood"}, nil, 14, 80, 0, false, "knives"},
		{"pans", "Pans and pots", "PAN", []string{"frying pan", "stew pot", "saucepan"}, []string{"cast-iron", "copper", "enamel", "steel"}, nil, 24, 180, 11, false, "boards"},
		{"knives", "Kitchen knives", "KNF", []string{"bread knife", "paring knife", "kitchen knife"}, []string{"steel", "ceramic", "beech-handled"}, nil, 12, 120, 0, false, "boards"},
		{"jars", "Storage jars", "JAR", []string{"jar", "canister", "pickling jar"}, []string{"glass", "stoneware", "tin"}, nil, 6, 40, 8, false, "honey"},
		{"cloths", "Kitchen cloths", "CLO", []string{"tea towel", "dish cloth", "oven cloth"}, []string{"linen", "cotton", "waffle-weave"}, nil, 5, 24, 0, true, "aprons"},
		{"bowls", "Bowls", "BWL", []string{"mixing bowl", "soup bowl", "salad bowl"}, []string{"stoneware", "enamel", "beech", "glass"}, nil, 9, 60, 0, false, "cloths"},
	}},
	{"tea-and-coffee", "Tea and coffee", "For the quiet quarter of an hour.", []leaf{
		{"teas", "Teas", "TEA", []string{"black tea", "green tea", "herbal tea", "white tea"}, []string{"jasmine", "bergamot", "elderflower", "smoky", "ginger", "mint", "rose-petal"}, []string{"50 g", "100 g", "250 g"}, 4, 28, 12, true, "teapots"},
		{"coffees", "Coffees", "COF", []string{"coffee beans", "filter coffee", "espresso beans"}, []string{"dark-roast", "light-roast", "chocolatey", "nutty", "citrus"}, []string{"250 g", "500 g", "1 kg"}, 6, 36, 0, true, "mugs"},
		{"teapots", "Teapots", "POT", []string{"teapot", "tea kettle", "tea infuser"}, []string{"stoneware", "cast-iron", "glass", "enamel"}, nil, 14, 110, 12, false, "teas"},
		{"mugs", "Mugs and cups", "MUG", []string{"mug", "cup", "espresso cup"}, []string{"stoneware", "enamel", "porcelain", "glass"}, nil, 6, 32, 0, false, "coffees"},
		{"honey", "Honey and preserves", "HON", []string{"honey", "marmalade", "plum jam"}, []string{"heather", "lime-blossom", "orchard", "forest"}, []string{"125 g", "250 g", "500 g"}, 4, 22, 10, true, "teas"},
	}},
	{"home", "Home", "For rooms that are lived in.", []leaf{
		{"candles", "Candles", "CAN", []string{"candle", "tea light set", "pillar candle"}, []string{"beeswax", "soy-wax", "rapeseed-wax"}, nil, 4, 38, 12, true, "lamps"},
		{"cushions", "Cushions", "CUS", []string{"cushion", "floor cushion", "seat pad"}, []string{"linen", "velvet", "wool", "cotton"}, nil, 14, 70, 10, false, "blankets"},
		{"blankets", "Blankets", "BLA", []string{"blanket", "throw", "quilt"}, []string{"wool", "cotton", "alpaca", "fleece"}, nil, 28, 190, 11, false, "cushions"},
		{"vases", "Vases", "VAS", []string{"vase", "bud vase", "jug"}, []string{"glass", "stoneware", "terracotta"}, nil, 9, 85, 5, false, "candles"},
		{"lamps", "Lamps", "LMP", []string{"table lamp", "desk lamp", "night light"}, []string{"brass", "paper", "ash", "glass"}, nil, 22, 210, 11, false, "candles"},
		{"rugs", "Rugs", "RUG", []string{"rug", "runner", "doormat"}, []string{"jute", "wool", "cotton"}, nil, 24, 260, 9, false, "cushions"},
	}},
	{"garden", "Garden", "For beds, balconies and window sills.", []leaf{
		{"pots", "Plant pots", "PLP", []string{"plant pot", "hanging pot", "trough"}, []string{"terracotta", "zinc", "stoneware", "willow"}, nil, 5, 60, 4, false, "seeds"},
		{"seeds", "Seeds", "SED", []string{"tomato seeds", "sweet pea seeds", "salad seeds", "sunflower seeds"}, []string{"early", "late", "climbing", "dwarf", "heirloom"}, []string{"one bed", "two beds", "four beds"}, 2, 12, 3, true, "pots"},
		{"tools", "Garden tools", "GTL", []string{"trowel", "hand fork", "dibber", "rake"}, []string{"ash-handled", "steel", "copper"}, nil, 9, 70, 4, false, "watering"},
		{"watering", "Watering cans", "WAT", []string{"watering can", "plant mister", "rain gauge"}, []string{"zinc", "enamel", "copper"}, nil, 8, 65, 5, false, "pots"},
		{"bird-houses", "Bird houses", "BRH", []string{"bird house", "bird feeder", "bee hotel"}, []string{"cedar", "larch", "pine"}, nil, 12, 60, 2, false, "seeds"},
	}},
	{"paper-and-craft", "Paper and craft", "For hands that like to make things.", []leaf{
		{"notebooks", "Notebooks", "NOT", []string{"notebook", "sketchbook", "diary"}, []string{"linen-bound", "kraft-paper", "felt-bound", "cloth-bound"}, nil, 5, 34, 1, true, "pens"},
		{"pens", "Pens and inks", "PEN", []string{"fountain pen", "bottle of ink", "brush pen"}, []string{"brass", "resin", "wooden"}, nil, 4, 90, 9, false, "notebooks"},
		{"yarn", "Yarn", "YRN", []string{"sock yarn", "chunky yarn", "lace yarn"}, []string{"merino", "alpaca", "cotton", "linen"}, []string{"50 g", "100 g", "200 g"}, 4, 32, 10, true, "needles"},
		{"needles", "Needles and hooks", "NDL", []string{"knitting needles", "crochet hook", "darning set"}, []string{"bamboo", "birch", "brass"}, []string{"fine", "medium", "thick"}, 4, 28, 10, false, "yarn"},
		{"paints", "Paints and brushes", "PNT", []string{"watercolour set", "gouache set", "brush set"}, []string{"student", "studio", "travel"}, nil, 8, 75, 0, true, "notebooks"},
		{"wrapping", "Wrapping paper", "WRP", []string{"wrapping paper", "ribbon roll", "gift tags"}, []string{"kraft-paper", "cotton", "tissue"}, nil, 2, 12, 12, true, "candles"},
	}},
	{"outdoors", "Outdoors", "For the long way home.", []leaf{
		{"backpacks", "Backpacks", "BAG", []string{"backpack", "day bag", "roll-top bag"}, []string{"canvas", "waxed-cotton", "recycled"}, nil, 34, 160, 6, false, "flasks"},
		{"flasks", "Flasks", "FLA", []string{"flask", "drinking bottle", "lunch box"}, []string{"steel", "enamel", "bamboo"}, nil, 9, 48, 7, false, "backpacks"},
		{"lanterns", "Lanterns", "LAN", []string{"camping lantern", "storm lantern", "head torch"}, []string{"tin", "brass", "rubber"}, nil, 12, 75, 8, false, "camp"},
		{"camp", "Camping", "CMP", []string{"camp stool", "picnic blanket", "hammock"}, []string{"canvas", "waxed-cotton", "jute"}, nil, 18, 120, 6, false, "lanterns"},
	}},
	{"wear", "Wear", "Soft, sturdy and easy to mend.", []leaf{
		{"scarves", "Scarves", "SCF", []string{"scarf", "neckerchief", "snood"}, []string{"merino", "silk", "cotton", "alpaca"}, nil, 14, 85, 11, false, "hats"},
		{"socks", "Socks", "SOK", []string{"socks", "knee socks", "slipper socks"}, []string{"merino", "cotton", "bamboo"}, nil, 5, 24, 12, true, "hats"},
		{"hats", "Hats", "HAT", []string{"beanie", "sun hat", "cap"}, []string{"wool", "straw", "corduroy"}, nil, 12, 60, 11, false, "scarves"},
		{"aprons", "Aprons", "APR", []string{"apron", "garden apron", "children's apron"}, []string{"linen", "denim", "canvas"}, nil, 16, 65, 0, false, "cloths"},
	}},
	{"play", "Play", "For rainy afternoons and long evenings.", []leaf{
		{"puzzles", "Puzzles", "PUZ", []string{"puzzle", "map puzzle", "puzzle cube"}, []string{"wooden", "card", "cork"}, []string{"100 pieces", "500 pieces", "1,000 pieces"}, 8, 45, 12, false, "games"},
		{"toys", "Wooden toys", "TOY", []string{"stacking tower", "train set", "animal set", "building blocks"}, []string{"beech", "maple", "birch"}, nil, 9, 95, 12, false, "puzzles"},
		{"games", "Board games", "GAM", []string{"board game", "card game", "dice game"}, []string{"wooden", "pocket", "family"}, nil, 7, 60, 12, false, "puzzles"},
		{"kites", "Kites and balls", "KIT", []string{"kite", "throwing ring", "skipping rope"}, []string{"cotton", "paper", "nylon"}, nil, 6, 40, 9, false, "flasks"},
	}},
}

// categories returns the tree, parents before children.
func categories() []shop.Category {
	var all []shop.Category
	for _, d := range departments {
		all = append(all, shop.Category{ID: d.id, Name: d.name})
		for _, l := range d.leaves {
			all = append(all, shop.Category{ID: l.id, Name: l.name, Parent: d.id})
		}
	}
	return all
}
