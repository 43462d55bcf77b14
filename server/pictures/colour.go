package pictures

import (
	"fmt"
	"math"
)

// colour is a colour in OKLCH: lightness 0 to 1, chroma from 0, hue in degrees.
type colour struct{ l, c, h float64 }

// lighter returns a colour as much lighter, or darker for a negative amount.
func (c colour) lighter(by float64) colour {
	c.l = min(.98, max(.12, c.l+by))
	if c.l > .93 {
		c.c = min(c.c, .03)
	}
	return c
}

// turned returns a colour with its hue turned.
func (c colour) turned(by float64) colour {
	c.h = math.Mod(c.h+by+360, 360)
	return c
}

// muted returns a colour with its chroma scaled.
func (c colour) muted(by float64) colour {
	c.c *= by
	return c
}

// against returns a shade of c that stands out on c.
func (c colour) against(by float64) colour {
	if c.l > .62 {
		return c.lighter(-by)
	}
	return c.lighter(by)
}

// hex returns the sRGB form "#rrggbb", clipped into the gamut.
func (c colour) hex() string {
	sin, cos := math.Sincos(c.h * math.Pi / 180)
	a, b := c.c*cos, c.c*sin
	l := cubed(c.l + .3963377774*a + .2158037573*b)
	m := cubed(c.l - .1055613458*a - .0638541728*b)
	s := cubed(c.l - .0894841775*a - 1.2914855480*b)
	return fmt.Sprintf("#%02x%02x%02x",
		byteOf(4.0767416621*l-3.3077115913*m+.2309699292*s),
		byteOf(-1.2684380046*l+2.6097574011*m-.3413193965*s),
		byteOf(-.0041960863*l-.7034186147*m+1.7076147010*s))
}

func cubed(x float64) float64 { return x * x * x }

// byteOf returns the sRGB byte of a linear value.
func byteOf(x float64) int {
	x = min(1, max(0, x))
	if x <= .0031308 {
		x *= 12.92
	} else {
		x = 1.055*math.Pow(x, 1/2.4) - .055
	}
	return int(math.Round(255 * x))
}

// hues are the colours that products name.
var hues = map[string]colour{
	"ink blue": {.38, .09, 262}, "sky blue": {.72, .09, 235}, "teal": {.56, .08, 195}, "blue": {.52, .11, 250}, "navy": {.34, .08, 265},
	"moss green": {.52, .09, 130}, "sage": {.72, .05, 140}, "fern": {.56, .12, 148}, "green": {.54, .11, 145}, "olive": {.55, .08, 110},
	"clay red": {.57, .13, 35}, "coral": {.71, .14, 30}, "rose": {.75, .09, 5}, "plum": {.43, .11, 340}, "red": {.55, .16, 27}, "pink": {.80, .08, 0},
	"purple": {.45, .11, 310}, "mustard": {.74, .13, 88}, "butter yellow": {.89, .09, 98}, "amber": {.76, .14, 70}, "yellow": {.86, .13, 95},
	"orange": {.73, .14, 58}, "oat": {.86, .035, 85}, "chalk white": {.95, .008, 90}, "white": {.95, .006, 90}, "cream": {.92, .03, 90},
	"slate grey": {.58, .02, 250}, "grey": {.65, .01, 250}, "gray": {.65, .01, 250}, "silver": {.80, .008, 250}, "charcoal": {.36, .012, 260},
	"black": {.26, .01, 260}, "walnut brown": {.45, .06, 55}, "brown": {.46, .07, 50}, "beige": {.86, .04, 80}, "gold": {.77, .11, 88},
}

// materials are the colours of what products are made of. What is not here
// takes the product's colour.
var materials = map[string]colour{
	"oak": {.74, .07, 75}, "beech": {.80, .06, 72}, "walnut": {.45, .06, 52}, "ash": {.84, .045, 82}, "olive wood": {.66, .075, 85},
	"birch": {.86, .04, 85}, "cedar": {.60, .09, 50}, "larch": {.68, .08, 62}, "pine": {.80, .07, 80}, "maple": {.82, .055, 75},
	"bamboo": {.80, .08, 95}, "wooden": {.72, .075, 70}, "wood": {.72, .075, 70}, "cork": {.70, .06, 65}, "willow": {.66, .06, 80},
	"beech-handled": {.80, .06, 72}, "ash-handled": {.84, .045, 82}, "cast-iron": {.33, .01, 260}, "iron": {.36, .01, 260},
	"copper": {.65, .11, 48}, "steel": {.79, .012, 250}, "brass": {.76, .11, 88}, "tin": {.77, .012, 240}, "zinc": {.73, .012, 240},
	"ceramic": {.93, .008, 90}, "porcelain": {.95, .006, 230}, "glass": {.88, .025, 200}, "terracotta": {.62, .11, 42},
	"kraft-paper": {.72, .055, 70}, "jute": {.75, .06, 80}, "straw": {.84, .08, 92}, "paper": {.94, .02, 90}, "card": {.80, .04, 75},
	"rubber": {.40, .01, 260}, "beeswax": {.80, .11, 85}, "denim": {.45, .07, 255},
}
