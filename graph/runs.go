package graph

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"also/graph/model"
	"also/shop"
	"also/training"
	"also/warehouse"
)

// toRun maps a run of training to the schema's.
func toRun(run training.Run) *model.TrainingRun {
	out := &model.TrainingRun{
		ID: globalID(kindRun, run.ID), Kind: run.Kind, State: run.State, Phase: orNull(run.Phase), Epoch: run.Epoch,
		Epochs: run.Epochs, Losses: slices.Clone(run.Losses), Rate: orNull(run.Rate), QueuedAt: run.QueuedAt, StartedAt: run.StartedAt,
		EndedAt: run.EndedAt, Attempts: run.Attempts, Promote: run.Promote, Error: orNull(run.Error), CancelAsked: run.CancelAsked,
		ModelName: run.Model, ErrorCode: orNull(run.ErrorCode), Promoted: run.Promoted, Note: orNull(run.Note), Log: run.Log,
		LogDropped: run.LogDropped, Choose: run.Chooses(), Chosen: orNull(run.Chosen),
	}
	if out.Log == nil {
		out.Log = []training.Line{}
	}
	if out.Losses == nil {
		out.Losses = []float64{}
	}
	if run.TimeLeft > 0 {
		ms := float64(run.TimeLeft) / float64(time.Millisecond)
		out.TimeLeftMs = &ms
	}
	out.Config = toConfig(run.Config)
	return out
}

// toConfig maps the parameters of training.
func toConfig(c training.Config) model.TrainingConfig {
	out := model.TrainingConfig{
		Dim: c.Dim, Epochs: c.Epochs, Objective: string(c.Objective), Unobserved: c.Unobserved, Lambda: c.Lambda, Nu: c.Nu,
		Seed: strconv.FormatUint(c.Seed, 10), Solver: string(c.Solver),
		SecondDim: orNull(c.SecondDim),
	}
	if n := c.Neighbours; n != nil {
		out.Neighbours = &model.TrainingNeighbours{
			Sources: n.Sources, Lambda: n.Lambda, UserPower: n.UserPower, TargetPower: n.TargetPower, Ridge: n.Ridge, Filter: n.Filter, FilterTargets: n.FilterTargets,
		}
	}
	if g := c.Gain; g != nil {
		out.Gain = &model.TrainingGain{Trend: g.Trend, HalfLifeDays: g.TrendHalfLife(), Popularity: g.Popularity}
	}
	return out
}

// startInput decodes what trainingRunStart was given.
func startInput(in *model.TrainingRunStartInput) (training.StartInput, error) {
	if in == nil {
		return training.StartInput{}, nil
	}
	out := training.StartInput{Kind: deref(in.Kind), Promote: deref(in.Promote)}
	if in.TuningID != nil {
		var err error
		if out.Tuning, err = keyOf(kindTuning, "tuningId", *in.TuningID); err != nil {
			return out, err
		}
	}
	if in.Config == nil {
		return out, nil
	}
	var c training.Config
	c.Dim, c.Epochs, c.Unobserved = deref(in.Config.Dim), deref(in.Config.Epochs), deref(in.Config.Unobserved)
	c.Lambda, c.Nu = deref(in.Config.Lambda), 1
	if in.Config.Nu != nil {
		c.Nu = *in.Config.Nu
	}
	if text := in.Config.Seed; text != nil {
		seed, err := strconv.ParseUint(*text, 10, 64)
		if err != nil {
			return out, shop.Errorf(shop.BadUserInput, "config.seed", "%q is not a decimal number below 2^64", *text)
		}
		c.Seed = seed
	}
	c.SecondDim, c.Neighbours, c.Gain = deref(in.Config.SecondDim), neighboursInput(in.Config), gainInput(in.Config)
	out.Config, out.NoChoice = &c, in.Config.Choose != nil && !*in.Config.Choose
	out.Dataset = &warehouse.DatasetSpec{Weighing: weighingInput(in.Config)}
	return out, nil
}

// weighingInput lays what was said of events over the defaults.
func weighingInput(in *model.TrainingConfigInput) shop.Weighing {
	g := shop.Weighing{
		HalfLifeDays: deref(in.HalfLifeDays), Ages: shop.Ages(deref(in.Ages)), Quantity: shop.Quantity(deref(in.Quantity)), Repeats: shop.Repeats(deref(in.Repeats)),
	}
	for t, v := range map[shop.EventType]*float64{
		shop.CartAdd: in.WeightCartAdd, shop.ProductView: in.WeightProductView, shop.Click: in.WeightClick,
		shop.Rating: in.WeightRating, shop.NotInterested: in.WeightNotInterested,
	} {
		if v == nil {
			continue
		}
		if g.Weights == nil {
			g.Weights = shop.DefaultWeights()
		}
		g.Weights[t] = *v
	}
	return g
}

// toWeighing maps how events are weighed.
func toWeighing(g shop.Weighing) model.EventWeighing {
	out := model.EventWeighing{
		Text: orNull(training.DescribeWeighing(g)), Weights: []model.EventWeight{}, HalfLifeDays: orNull(g.HalfLifeDays),
		Ages:     model.EventAges(cmp.Or(g.Ages, shop.AgeChoices[0])),
		Quantity: model.EventQuantity(cmp.Or(g.Quantity, shop.Quantities[0])),
		Repeats:  model.EventRepeats(cmp.Or(g.Repeats, shop.RepeatChoices[0])),
	}
	for _, t := range shop.EventTypes {
		if w := g.Weights[t]; w > 0 {
			out.Weights = append(out.Weights, model.EventWeight{Type: t, Weight: w})
		}
	}
	return out
}

// neighboursInput is nil where nothing was said of neighbours.
func neighboursInput(in *model.TrainingConfigInput) *training.NeighbourConfig {
	if in.NeighbourRidge == nil && in.NeighbourFilter == nil && in.NeighbourSources == nil {
		return nil
	}
	n := training.DefaultNeighbours()
	give(&n.Ridge, in.NeighbourRidge)
	give(&n.Filter, in.NeighbourFilter)
	give(&n.Sources, in.NeighbourSources)
	if n.Ridge == 0 && n.Filter == 0 {
		n = training.NeighbourConfig{}
	}
	return &n
}

// gainInput is nil where nothing was said of a gain.
func gainInput(in *model.TrainingConfigInput) *training.GainConfig {
	if in.GainTrend == nil && in.GainPopularity == nil {
		return nil
	}
	return &training.GainConfig{Trend: deref(in.GainTrend), Popularity: deref(in.GainPopularity)}
}

// give sets to to what was given, if anything was.
func give[T any](to *T, v *T) {
	if v != nil {
		*to = *v
	}
}

// toModel maps a model to the schema's. A configuration that cannot be read,
// which another trainer may have written, shows as zeros.
func toModel(m training.Model) *model.Model {
	out := &model.Model{
		ID: globalID(kindModel, m.Manifest.ID), Name: m.Manifest.ID, CreatedAt: m.Manifest.CreatedAt,
		TrainedThrough: m.Manifest.Dataset.Through, TrainedAt: m.Manifest.Dataset.At, State: m.State, Trainer: m.Manifest.Trainer,
		Users: m.Manifest.Dataset.Users, Items: m.Manifest.Dataset.Items, Entries: count(m.Manifest.Dataset.Entries),
		Events: count(m.Manifest.Dataset.Events),
	}
	out.Title, out.Note, out.Bytes = orNull(m.Label.Title), orNull(m.Label.Note), count(m.Bytes())
	out.Weighing = toWeighing(m.Manifest.Dataset.Spec.Weighing)
	if info := m.Manifest.Dataset; !info.From.IsZero() {
		out.LearntFrom, out.LearntUntil = &info.From, &info.To
	}
	out.Parts = make([]model.ModelPart, len(m.Manifest.Parts))
	for k, part := range m.Manifest.Parts {
		out.Parts[k] = model.ModelPart{Name: part, Text: m.PartText(part)}
		if n := m.PartBytes(part); n > 0 {
			bytes := count(n)
			out.Parts[k].Bytes = &bytes
		}
	}
	var c training.Config
	if json.Unmarshal(m.Manifest.Config, &c) == nil {
		out.Config = toConfig(c)
	}
	if len(m.Manifest.Metrics) > 0 {
		out.Metrics = toMetrics(m.Metrics)
	}
	return out
}

func toMetrics(m training.Metrics) *model.ModelMetrics {
	out := &model.ModelMetrics{Protocol: m.Protocol, Users: m.Users, Model: toMeasures(m.Model), Baselines: []model.Baseline{}}
	for _, name := range sortedKeys(m.Baselines) {
		out.Baselines = append(out.Baselines, model.Baseline{Name: name, Metrics: toMeasures(m.Baselines[name]), Better: toDifferences(m.Better[name])})
	}
	if m.Repeats != nil {
		out.Repeats = toMetrics(*m.Repeats)
	}
	if m.NeverSold != nil {
		out.NeverSold = toMetrics(*m.NeverSold)
	}
	return out
}

func toMeasures(measures map[string]training.Measure) []model.Metric {
	out := make([]model.Metric, 0, len(measures))
	for _, name := range sortedKeys(measures) {
		v := measures[name]
		out = append(out, model.Metric{Name: name, Mean: v.Mean, Low: v.Low, High: v.High})
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
