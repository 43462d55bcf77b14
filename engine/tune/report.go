package tune

import (
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"also/engine"
)

// WriteTable writes trials as tab-separated values, a row each below a row of names.
func WriteTable[W any](w io.Writer, trials []Trial[W]) error {
	t := csv.NewWriter(w)
	t.Comma = '\t'
	rows := [][]string{{"trial", "step", "value", "difference", "uncertainty", "best", "recall", "ndcg", "trained", "epochs", "dim", "secondDim", "unobserved",
		"lambda", "nu", "weighing", "sources", "ridgeLambda", "userPower", "targetPower", "ridge", "filter", "filterTargets", "trend", "trendHalfLifeDays",
		"popularity", "blends", "seconds", "elapsed", "error"}}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', 5, 64) }
	for _, trial := range trials {
		var n engine.NeighbourConfig
		if trial.Neighbours != nil {
			n = *trial.Neighbours
		}
		var g engine.GainConfig
		if trial.Gain != nil {
			g = *trial.Gain
		}
		rows = append(rows, []string{strconv.Itoa(trial.Number), string(trial.Step), number(trial.Value), number(trial.Difference), number(trial.Uncertainty),
			strconv.FormatBool(trial.Best), number(trial.Recall), number(trial.NDCG), strconv.Itoa(trial.Trained), strconv.Itoa(trial.Epochs),
			strconv.Itoa(trial.Dim), strconv.Itoa(trial.SecondDim), number(trial.Unobserved), number(trial.Lambda), number(trial.Nu), keyOf(trial.Weighing),
			strconv.Itoa(n.Sources), number(n.Lambda), number(n.UserPower), number(n.TargetPower), number(n.Ridge), number(n.Filter), strconv.Itoa(n.FilterTargets),
			number(g.Trend), number(g.HalfLifeDays), number(g.Popularity), strconv.Itoa(trial.Blends), number(trial.Seconds), number(trial.Elapsed), trial.Error})
	}
	if err := t.WriteAll(rows); err != nil {
		return fmt.Errorf("write the trials: %w", err)
	}
	return nil
}

// Sizes of the plot, in its own units.
const (
	plotWidth, plotHeight                    = 840, 420
	plotLeft, plotRight, plotTop, plotBottom = 64, 16, 40, 44
)

// plot is what the picture shows.
type plot struct {
	Title         string
	Dots          []dot
	Best          string // points of the line of the best so far
	Across, Along []tick
}

type dot struct {
	X, Y  float64
	Best  bool
	Label string
}

type tick struct {
	At    float64
	Label string
}

// WritePlot draws whole trials by when they ended, and the best so far, as SVG.
func WritePlot[W any](w io.Writer, title string, trials []Trial[W]) error {
	p := plot{Title: title}
	var whole []Trial[W]
	for _, t := range trials {
		if t.Whole() {
			whole = append(whole, t)
		}
	}
	if len(whole) > 0 {
		draw(&p, whole)
	}
	if err := picture.Execute(w, p); err != nil {
		return fmt.Errorf("draw the trials: %w", err)
	}
	return nil
}

func draw[W any](p *plot, trials []Trial[W]) {
	low, high, end := trials[0].Value, trials[0].Value, 1.0
	for _, t := range trials {
		low, high, end = min(low, t.Value), max(high, t.Value), max(end, t.Elapsed)
	}
	margin := max((high-low)*.08, 1e-4)
	low, high = low-margin, high+margin
	x := func(v float64) float64 { return plotLeft + v/end*(plotWidth-plotLeft-plotRight) }
	y := func(v float64) float64 {
		return plotHeight - plotBottom - (v-low)/(high-low)*(plotHeight-plotTop-plotBottom)
	}
	for k := range 5 {
		share := float64(k) / 4
		p.Along = append(p.Along, tick{x(share * end), fmt.Sprintf("%.0f s", share*end)})
		p.Across = append(p.Across, tick{y(low + share*(high-low)), fmt.Sprintf("%.4f", low+share*(high-low))})
	}
	best := -1.0
	for _, t := range trials {
		p.Dots = append(p.Dots, dot{x(t.Elapsed), y(t.Value), t.Best, fmt.Sprintf("Trial %d: %.4f", t.Number, t.Value)})
		if t.Best {
			if best >= 0 {
				p.Best += fmt.Sprintf("%.1f,%.1f ", x(t.Elapsed), y(best))
			}
			p.Best += fmt.Sprintf("%.1f,%.1f ", x(t.Elapsed), y(t.Value))
			best = t.Value
		}
	}
	p.Best += fmt.Sprintf("%.1f,%.1f", x(end), y(best))
}

// picture draws a plot that reads on light and on dark ground.
var picture = template.Must(template.New("plot").Parse(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 420" role="img" aria-label="{{.Title}}">
<style>
text{font:12px system-ui,sans-serif;fill:#555}.title{font-size:14px;fill:#222}.grid{stroke:#8884}.best{fill:none;stroke:#2a6f4e;stroke-width:2}
.dot{fill:#8889}.dot.is-best{fill:#2a6f4e}
@media (prefers-color-scheme:dark){text{fill:#bbb}.title{fill:#eee}.best{stroke:#7cc7a2}.dot.is-best{fill:#7cc7a2}}
</style>
<text class="title" x="64" y="22">{{.Title}}</text>
{{range .Across}}<line class="grid" x1="64" x2="824" y1="{{.At}}" y2="{{.At}}"/><text x="56" y="{{.At}}" dy="4" text-anchor="end">{{.Label}}</text>
{{end}}{{range .Along}}<text x="{{.At}}" y="400" text-anchor="middle">{{.Label}}</text>
{{end}}{{range .Dots}}<circle class="dot{{if .Best}} is-best{{end}}" cx="{{.X}}" cy="{{.Y}}" r="4"><title>{{.Label}}</title></circle>
{{end}}<polyline class="best" points="{{.Best}}"/>
</svg>
`))
