package demo

// Words that names are made of. All are made up, or plain things.
var (
	series = []string{
		"Ashgrove", "Thistlemere", "Brambleford", "Fernhollow", "Larkspindle", "Mossbridge", "Puddlewick", "Oatfield",
		"Wrenbury", "Copperbeck", "Hazelmarch", "Lanternhill", "Driftmoor", "Quillbrook", "Saltmarrow", "Tanglewood Lane",
		"Willowmarch", "Emberdale", "Foxglen", "Harebell", "Icklewater", "Juniper Row", "Kettlestone", "Meadowmint",
		"Nettlecombe", "Orchardine", "Pebblecroft", "Rookwhistle", "Snowberry Nook", "Thimbledown", "Underbough", "Velvetfen",
	}
	vendorFirst = []string{
		"Acorn", "Bramble", "Clover", "Dormouse", "Ember", "Finch", "Gosling", "Hearth", "Ivy", "Jackdaw", "Kindling", "Lichen",
		"Moss", "Nutmeg", "Otter", "Pumpkin", "Quince", "Rowan", "Sparrow", "Thimble", "Umber", "Violet", "Wagtail", "Yarrow",
	}
	vendorSecond = []string{"Anvil", "Thread", "Puddle", "Kettle", "Paper Boat", "Wheelbarrow", "Lantern", "Teaspoon", "Button", "Haystack", "Marble"}
	firstNames   = []string{
		"Ada", "Bela", "Cleo", "Dario", "Edda", "Falk", "Greta", "Henno", "Isa", "Juno", "Kaja", "Lio", "Mats", "Nele", "Ove", "Pia",
		"Quin", "Rika", "Sören", "Tove", "Ulla", "Vito", "Wanja", "Xenia", "Yara", "Zeno",
	}
)

// hue is a colour by name and the family that a taste speaks of.
type hue struct{ name, family string }

var hues = []hue{
	{"ink blue", "blue"}, {"sky blue", "blue"}, {"teal", "blue"},
	{"moss green", "green"}, {"sage", "green"}, {"fern", "green"},
	{"clay red", "red"}, {"coral", "red"}, {"rose", "red"}, {"plum", "red"},
	{"mustard", "yellow"}, {"butter yellow", "yellow"}, {"amber", "yellow"},
	{"oat", "neutral"}, {"chalk white", "neutral"}, {"slate grey", "neutral"}, {"charcoal", "neutral"}, {"walnut brown", "neutral"},
}

var families = []string{"blue", "green", "red", "yellow", "neutral"}

var patterns = []string{"plain", "plain", "plain", "striped", "dotted", "checked", "floral", "woven"}

var sizes = []string{"small", "medium", "large"}
