package pulse

import (
	"context"
	"fmt"
	"time"

	"also/shop"
	"also/training"
	"also/warehouse"
)

// StepKind is a step of an event's way.
type StepKind string

// The steps, in their order.
const (
	StepRecorded StepKind = "RECORDED"
	StepJournal  StepKind = "JOURNAL"
	StepParquet  StepKind = "PARQUET"
	StepFoldedIn StepKind = "FOLDED_IN"
	StepModel    StepKind = "MODEL"
)

// StepState is where a step stands.
type StepState string

// The states of a step.
const (
	StepDone    StepState = "DONE"
	StepWaiting StepState = "WAITING"
	StepSkipped StepState = "SKIPPED" // it does not apply
)

// Step is one step of an event's way.
type Step struct {
	Kind  StepKind
	State StepState
	At    *time.Time     // when it was done; nil: it is not, or that is not known
	Took  *time.Duration // since the event was recorded; of StepRecorded, since it happened; nil where At is
	Text  string         // for people
}

// Way is how far an event has come.
type Way struct {
	Event    shop.Event
	Steps    []Step
	Excluded bool // a later event says that it shall not count
}

// Event returns an event and its way; shop.NotFound if there is none of that id.
func (s *Service) Event(ctx context.Context, id shop.UUID) (Way, error) {
	waiting, err := s.waiting(ctx) // before the lake, so that it is not missed on its way
	if err != nil {
		return Way{}, err
	}
	found, err := s.Lake.Event(ctx, id)
	if shop.CodeOf(err) == shop.NotFound {
		for _, e := range waiting {
			if e.ID == id {
				found, err = warehouse.FoundEvent{Event: e}, nil
			}
		}
	}
	if err != nil {
		return Way{}, fmt.Errorf("find an event: %w", err)
	}
	for _, e := range waiting {
		found.Excluded = found.Excluded || e.Type == shop.ExcludedFromTaste && e.Ref == id
	}
	live, err := s.liveModel(ctx)
	if err != nil {
		return Way{}, err
	}
	w := Way{Event: found.Event, Excluded: found.Excluded}
	w.Steps = []Step{recorded(&found.Event), s.journal(&found.Event), parquet(found), foldedIn(found, live), trained(found, live)}
	return w, nil
}

// liveModel returns the model that answers, nil if there is none.
func (s *Service) liveModel(ctx context.Context) (*training.Model, error) {
	id, err := s.Training.LiveID(ctx)
	if err != nil || id == "" {
		return nil, err
	}
	m, err := s.Training.Model(ctx, id)
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// done is a step that was done at a moment.
func done(kind StepKind, from, at time.Time, format string, args ...any) Step {
	took := max(0, at.Sub(from))
	return Step{Kind: kind, State: StepDone, At: &at, Took: &took, Text: fmt.Sprintf(format, args...)}
}

func recorded(e *shop.Event) Step {
	return done(StepRecorded, e.OccurredAt, e.RecordedAt, "%s told us. It was checked and, in one step, brought into the view and the outbox.", sourceWord(e.Source))
}

// sourceWord names who told us of an event at the beginning of a sentence.
func sourceWord(source string) string {
	switch source {
	case "shop":
		return "The shop's own pages or commands"
	case "api":
		return "The API's eventsRecord"
	case "":
		return "Somebody who did not say who they are"
	}
	return fmt.Sprintf("The import %q", source)
}

func (s *Service) journal(e *shop.Event) Step {
	if e.Position == 0 {
		return Step{Kind: StepJournal, State: StepWaiting, Text: "It waits in the outbox for the transporter, which writes it to the journal within moments."}
	}
	text := fmt.Sprintf("It is on disk, at position %d of the shop's history.", e.Position)
	if s.Pipes != nil {
		if at, ok := s.Pipes.JournalledAt(warehouse.Position(e.Position)); ok {
			return done(StepJournal, e.RecordedAt, at, "%s", text)
		}
	}
	return Step{Kind: StepJournal, State: StepDone, Text: text}
}

func parquet(e warehouse.FoundEvent) Step {
	switch {
	case e.Position == 0:
		return Step{Kind: StepParquet, State: StepWaiting, Text: "It must be in the journal first."}
	case e.Landing:
		return Step{Kind: StepParquet, State: StepWaiting, Text: "It is still in the landing, where every question to the lake sees it. Compaction takes it along within a quarter of an hour."}
	case e.CompactedAt.IsZero():
		return Step{Kind: StepParquet, State: StepDone, Text: fmt.Sprintf("It is in the Parquet of %s.", e.Day())}
	}
	return done(StepParquet, e.RecordedAt, e.CompactedAt, "It is in the Parquet of %s, in a file written at this time.", e.Day())
}

// saysNothing reports whether an event does not speak of taste to a model, or to none.
func saysNothing(e *shop.Event, live *training.Model) bool {
	weighing := shop.Weighing{Weights: shop.DefaultWeights()}
	if live != nil && live.Manifest.Dataset.Spec.Weights != nil {
		weighing = live.Manifest.Dataset.Spec.Weighing
	}
	w, _ := weighing.Of(e)
	return w == 0 || e.User() == 0
}

func foldedIn(e warehouse.FoundEvent, live *training.Model) Step {
	skipped := func(text string) Step { return Step{Kind: StepFoldedIn, State: StepSkipped, Text: text} }
	switch {
	case saysNothing(&e.Event, live):
		return skipped("Events of this type say nothing of anybody's taste.")
	case e.Excluded:
		return skipped("It was taken back: it does not count.")
	case live == nil:
		return Step{Kind: StepFoldedIn, State: StepWaiting, Text: "There is no model to fold it into. Train the first one."}
	case e.Position > 0 && e.Position <= int64(live.Manifest.Dataset.Through):
		return skipped("The live model was trained on it, so there is nothing to fold in.")
	}
	return done(StepFoldedIn, e.RecordedAt, e.RecordedAt, "Answers for who did it have known it since: it is folded in each time.")
}

func trained(e warehouse.FoundEvent, live *training.Model) Step {
	switch {
	case saysNothing(&e.Event, live):
		return Step{Kind: StepModel, State: StepSkipped, Text: "Training passes over it."}
	case e.Excluded:
		return Step{Kind: StepModel, State: StepSkipped, Text: "It was taken back: training passes over it from the next run on."}
	case live == nil || e.Position == 0 || e.Position > int64(live.Manifest.Dataset.Through):
		return Step{Kind: StepModel, State: StepWaiting, Text: "The next training run learns from it."}
	}
	return done(StepModel, e.RecordedAt, live.Manifest.CreatedAt, "The live model %.8s is trained through position %d.", live.Manifest.ID, live.Manifest.Dataset.Through)
}
