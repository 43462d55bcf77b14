package tune

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"also/engine"
	"also/engine/evaluate"
)

// Options say what to search for, on what, and how long.
type Options[W any] struct {
	// Data returns the splits, the same ones however Train's entries are weighed; at
	// least one.
	Data func(ctx context.Context, weighing W) ([]Split, error)
	// Weigh draws how else entries may be weighed, a step away; nil: no other way.
	Weigh func(*rand.Rand, W) W
	// Dated says that Dates are known, so that a gain by trend may be tried.
	Dated bool
	// Start is the candidate to begin with.
	Start Candidate[W]
	// Metric is searched by, evaluate.NDCG (the default) or evaluate.Recall, of
	// lists of 20.
	Metric evaluate.Metric
	// Budget is how long to search; 0: until Trials. The first trial is finished
	// whatever it takes.
	Budget time.Duration
	// Trials is how many to make at most; 0: no limit.
	Trials int
	// Seed makes what is drawn.
	Seed uint64
	// Round continues a search: how many rounds it had. Start then is its best.
	Round int
	// Users is how many are judged of a split, at most. Default 5,000.
	Users int
	// MaxDim is the highest dimension to try. Default 512.
	MaxDim int
	// Weights asks for steps of weights alone: all parts stay as Start has them, a
	// change must be no worse on any split, and the search ends where none is better. It
	// is made to be quick: splits then are of one history, each to a later day than the
	// one before, from whose factors its own go on; and all blends but the first rank
	// those items of a user alone that are its first by that.
	Weights bool
	// Keep says which weights stay as Start has them.
	Keep Keep
	// CacheBytes is how much memory parts may take that are kept to be used again. Default 1 GiB.
	CacheBytes int64
	// Workers is the number of goroutines, by default GOMAXPROCS.
	Workers int
	// Progress, if set, is called after every trial, and Round after every round
	// with how many there were.
	Progress func(Trial[W])
	Rounds   func(n int)
}

// Keep names weights that a search leaves alone.
type Keep struct {
	Neighbours  bool // those of neighbours, and which there are
	TargetPower bool // how those depend on a target's frequency
	Gain        bool
}

func (o Options[W]) withDefaults() (Options[W], error) {
	if o.Metric == "" {
		o.Metric = evaluate.NDCG
	}
	if o.Metric != evaluate.NDCG && o.Metric != evaluate.Recall {
		return o, &engine.InvalidError{Field: "metric", Message: "must be ndcg or recall"}
	}
	if o.Budget <= 0 && o.Trials <= 0 {
		return o, &engine.InvalidError{Field: "budget", Message: "or trials must be above 0: a search has no end of its own"}
	}
	if o.Users <= 0 {
		o.Users = 5000
	}
	if o.CacheBytes <= 0 {
		o.CacheBytes = 1 << 30
	}
	if o.MaxDim <= 0 {
		o.MaxDim = 512
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Progress == nil {
		o.Progress = func(Trial[W]) {}
	}
	if o.Rounds == nil {
		o.Rounds = func(int) {}
	}
	var err error
	o.Start.Recipe, err = o.Start.Recipe.WithDefaults()
	return o, err
}

// Result is what a search found.
type Result[W any] struct {
	// Best is the best candidate's trial, Trials all of them.
	Best   Trial[W]
	Trials []Trial[W]
}

// Search tries candidates until the budget is used up. When ctx ends before, it
// returns what it has with ctx's error. It fails with an *engine.InvalidError for
// options that make no sense and with Data's error.
func Search[W any](ctx context.Context, opts Options[W]) (Result[W], error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return Result[W]{}, err
	}
	s := &search[W]{
		Options: opts, began: time.Now(), tried: map[string]bool{},
		parts: parts{workers: opts.Workers, room: opts.CacheBytes, entries: map[any]*cached{}},
	}
	limited := ctx
	if opts.Budget > 0 {
		var stop context.CancelFunc
		limited, stop = context.WithTimeout(ctx, opts.Budget)
		defer stop()
	}
	if err := s.begin(ctx); err != nil {
		return s.result, err
	}
	for round := opts.Round; !s.over(limited); round++ {
		if err := s.round(limited, round); err != nil && limited.Err() == nil {
			return s.result, err
		}
		s.Rounds(round + 1)
	}
	return s.result, ctx.Err()
}

// search is the state of one.
type search[W any] struct {
	Options[W]
	began  time.Time
	space  space[W]
	parts  parts
	data   []weighed // the latest last
	users  [][]int32 // judged, by split
	tried  map[string]bool
	result Result[W]
	best   []values // of the best trial, by split
	// blended is the candidate whose blends were all tried.
	blended string
}

func (s *search[W]) over(ctx context.Context) bool {
	return ctx.Err() != nil || s.Trials > 0 && len(s.result.Trials) >= s.Trials || s.Weights && s.blended == s.result.Best.key()
}

// begin judges the first candidate.
func (s *search[W]) begin(ctx context.Context) error {
	splits, err := s.splits(ctx, s.Start.Weighing)
	if err != nil {
		return err
	}
	if len(splits) == 0 {
		return &engine.InvalidError{Field: "data", Message: "has no split to judge on"}
	}
	rows := 0
	entries := 0
	for _, split := range splits {
		users := split.judgedUsers(s.Users)
		if len(users) == 0 {
			return &engine.InvalidError{Field: "data", Message: "holds nothing out in split " + split.Name}
		}
		s.users = append(s.users, users)
		rows += split.Train.Rows + split.Train.Cols
		entries += 2 * split.Train.Entries()
	}
	m := splits[0].Train
	s.space = space[W]{
		dated: s.Dated, keep: s.Keep, maxDim: min(s.MaxDim, max(minDim, min(m.Rows, m.Cols)/2)), weigh: s.Weigh,
		frequency: max(1, float64(entries)/float64(max(1, rows))),
	}
	return s.whole(ctx, Start, s.Start)
}

// weighed is the splits of one way to weigh entries.
type weighed struct {
	key    string
	splits []Split
}

// keptWeighed is of how many ways to weigh entries the splits are kept.
const keptWeighed = 6

// splits returns those of a way to weigh entries, made once while it is used.
func (s *search[W]) splits(ctx context.Context, weighing W) ([]Split, error) {
	key := keyOf(weighing)
	at := slices.IndexFunc(s.data, func(w weighed) bool { return w.key == key })
	if at >= 0 {
		found := s.data[at]
		s.data = append(slices.Delete(s.data, at, at+1), found)
		return found.splits, nil
	}
	splits, err := s.Data(ctx, weighing)
	if err != nil {
		return nil, err
	}
	if len(s.data) == keptWeighed {
		s.data = slices.Delete(s.data, 0, 1)
	}
	s.data = append(s.data, weighed{key, splits})
	return splits, nil
}

// round takes one step of each kind. Its draws follow from the seed, the round
// and the best.
func (s *search[W]) round(ctx context.Context, round int) error {
	s.space.rng = rand.New(rand.NewPCG(s.Seed, uint64(round)))
	if key := s.result.Best.key(); key != s.blended {
		if err := s.blend(ctx, Blend, s.result.Best.Candidate); err != nil {
			return err
		}
		if s.result.Best.key() == key {
			s.blended = key
		}
	}
	if s.over(ctx) || s.Weights {
		return ctx.Err()
	}
	if err := s.halve(ctx); err != nil || s.over(ctx) {
		return err
	}
	if s.result.Best.Neighbours == nil && round%4 != 0 {
		return nil
	}
	if c, ok := s.fresh(s.space.neighbours); ok {
		return s.blend(ctx, Neighbours, c)
	}
	return nil
}

// fresh draws until a candidate was not tried before; false if none comes.
func (s *search[W]) fresh(draw func(Candidate[W]) Candidate[W]) (Candidate[W], bool) {
	for range 50 {
		c := draw(s.result.Best.Candidate)
		if key := c.key(); !s.tried[key] && c.Validate() == nil {
			s.tried[key] = true
			return c, true
		}
	}
	return Candidate[W]{}, false
}

// halved is how many candidates a halving begins with.
const halved = 4

// halve draws other factors and trains them for longer and longer, half of them
// each time; the last is blended, and compared with the best.
func (s *search[W]) halve(ctx context.Context) error {
	type runner struct {
		Candidate[W]
		value float64
	}
	var runners []runner
	for range halved {
		if c, ok := s.fresh(s.space.factors); ok {
			runners = append(runners, runner{Candidate: c})
		}
	}
	for share := 4; len(runners) > 1; share /= 2 {
		for k := range runners {
			if s.over(ctx) {
				return ctx.Err()
			}
			c := runners[k].Candidate
			short := c
			short.Epochs = max(1, c.Epochs/share)
			start := time.Now()
			judged, err := s.judge(ctx, short, []Candidate[W]{short})
			if ctx.Err() != nil {
				return ctx.Err()
			}
			t := Trial[W]{Step: Factors, Candidate: c, Trained: short.Epochs, Blends: 1, Seconds: time.Since(start).Seconds()}
			runners[k].value = math.Inf(-1)
			if err != nil {
				t.Error = err.Error()
			} else {
				s.fill(&t, judged[0])
				runners[k].value = t.Value
			}
			s.note(t)
		}
		slices.SortStableFunc(runners, func(a, b runner) int { return cmp.Compare(b.value, a.value) })
		runners = runners[:(len(runners)+1)/2]
	}
	if len(runners) == 0 || math.IsInf(runners[0].value, -1) || s.over(ctx) {
		return ctx.Err()
	}
	return s.blend(ctx, Factors, runners[0].Candidate)
}

// whole judges one candidate and compares it with the best.
func (s *search[W]) whole(ctx context.Context, step Step, c Candidate[W]) error {
	s.tried[c.key()] = true
	start := time.Now()
	judged, err := s.judge(ctx, c, []Candidate[W]{c})
	if err != nil {
		return err
	}
	s.compare(Trial[W]{Step: step, Candidate: c, Trained: c.Epochs, Blends: 1, Seconds: time.Since(start).Seconds()}, judged[0])
	return nil
}

// combined is how many of the single changes that helped are tried together.
const combined = 3

// blend judges a candidate with many weights, each changed alone, then those
// changes together that helped most, and compares the best of all.
func (s *search[W]) blend(ctx context.Context, step Step, c Candidate[W]) error {
	start := time.Now()
	t := Trial[W]{Step: step, Candidate: c, Trained: c.Epochs}
	list := s.space.blends(c)
	judged, err := s.judge(ctx, c, list)
	if err == nil {
		var together []Candidate[W]
		for _, set := range subsets(s.helped(judged), combined) {
			changed := make([]Candidate[W], len(set))
			for k, at := range set {
				changed[k] = list[at]
			}
			together = append(together, merged(c, changed))
		}
		if len(together) > 0 {
			var more [][]values
			more, err = s.judge(ctx, c, together)
			list, judged = append(list, together...), append(judged, more...)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	t.Seconds = time.Since(start).Seconds()
	if err != nil {
		t.Error = err.Error()
		s.note(t)
		return nil
	}
	best := 0
	for k := range judged {
		if s.mean(judged[k]) > s.mean(judged[best]) && (!s.Weights || s.nowhereWorse(judged[k], judged[0])) {
			best = k
		}
	}
	t.Candidate, t.Blends = list[best], len(list)
	s.compare(t, judged[best])
	return nil
}

// helped returns the changes that are better than the first, the best first.
func (s *search[W]) helped(judged [][]values) []int {
	var at []int
	for k := 1; k < len(judged); k++ {
		if s.mean(judged[k]) > s.mean(judged[0]) && (!s.Weights || s.nowhereWorse(judged[k], judged[0])) {
			at = append(at, k)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return cmp.Compare(s.mean(judged[b]), s.mean(judged[a])) })
	return at
}

// nowhereWorse reports whether a is as good as b on every split.
func (s *search[W]) nowhereWorse(a, b []values) bool {
	for k := range a {
		if mean(s.of(a[k])) < mean(s.of(b[k])) {
			return false
		}
	}
	return true
}

// subsets returns the sets of two or more of the first n.
func subsets(at []int, n int) [][]int {
	at = at[:min(n, len(at))]
	var sets [][]int
	for mask := range 1 << len(at) {
		var set []int
		for k, v := range at {
			if mask>>k&1 == 1 {
				set = append(set, v)
			}
		}
		if len(set) > 1 {
			sets = append(sets, set)
		}
	}
	return sets
}

// judge judges blends of a candidate's parts on every split.
func (s *search[W]) judge(ctx context.Context, c Candidate[W], blends []Candidate[W]) ([][]values, error) {
	splits, err := s.splits(ctx, c.Weighing)
	if err != nil {
		return nil, err
	}
	recipes := make([]engine.Recipe, len(blends))
	for k, b := range blends {
		recipes[k] = b.Recipe
	}
	needed := recipes
	if s.Weights { // what any step will need, at once
		for _, b := range s.space.blends(c) {
			needed = append(needed, b.Recipe)
		}
	}
	judged := make([][]values, len(blends))
	var before *fitted
	for k, split := range splits {
		f, err := s.parts.fit(ctx, split, c.Recipe, needed, before)
		if err != nil {
			return nil, err
		}
		f.users = s.users[k]
		if s.Weights {
			if err := s.parts.keepSums(f, c.Recipe); err != nil {
				return nil, err
			}
			before, f.shortens = f, true
		}
		of, err := f.judge(ctx, recipes, s.Workers)
		if err != nil {
			return nil, err
		}
		for b := range blends {
			judged[b] = append(judged[b], of[b])
		}
	}
	return judged, nil
}

// of returns the values of the metric that is searched by.
func (s *search[W]) of(v values) []float64 {
	if s.Metric == evaluate.Recall {
		return v.recall
	}
	return v.ndcg
}

// mean is the mean over splits of the mean over users.
func (s *search[W]) mean(judged []values) float64 {
	var sum float64
	for _, v := range judged {
		sum += mean(s.of(v))
	}
	return sum / float64(len(judged))
}

func mean(v []float64) float64 {
	var sum float64
	for _, x := range v {
		sum += x
	}
	return sum / float64(max(1, len(v)))
}

// fill writes what was measured into a trial.
func (s *search[W]) fill(t *Trial[W], judged []values) {
	t.Value = s.mean(judged)
	for _, v := range judged {
		t.Values = append(t.Values, mean(s.of(v)))
		t.Recall += mean(v.recall) / float64(len(judged))
		t.NDCG += mean(v.ndcg) / float64(len(judged))
	}
}

// compare makes a trial the best if it is better by more than chance, and notes it.
func (s *search[W]) compare(t Trial[W], judged []values) {
	s.fill(&t, judged)
	if s.best == nil {
		t.Best = true
	} else {
		t.Difference, t.Uncertainty = s.difference(judged)
		t.Best = t.Difference > t.Uncertainty
	}
	if t.Best {
		s.best = judged
	}
	s.note(t)
}

// difference returns how much better than the best something is, and the standard
// error of that over users.
func (s *search[W]) difference(judged []values) (diff, uncertainty float64) {
	var variance float64
	for k := range judged {
		a, b := s.of(s.best[k]), s.of(judged[k])
		d := mean(b) - mean(a)
		var square float64
		for u := range a {
			e := b[u] - a[u] - d
			square += e * e
		}
		n := float64(len(a))
		diff += d
		variance += square / max(1, n-1) / n
	}
	splits := float64(len(judged))
	return diff / splits, math.Sqrt(variance) / splits
}

// note keeps a trial and tells of it.
func (s *search[W]) note(t Trial[W]) {
	t.Number, t.Elapsed = len(s.result.Trials)+1, time.Since(s.began).Seconds()
	s.result.Trials = append(s.result.Trials, t)
	if t.Best {
		s.result.Best = t
	}
	s.Progress(t)
}
