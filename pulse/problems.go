package pulse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"also/training"
)

// Severity says how bad a problem is.
type Severity string

// The severities, the worst first.
const (
	Critical  Severity = "CRITICAL"  // something does not work
	Attention Severity = "ATTENTION" // something will not work, or works worse than it could
	Hint      Severity = "HINT"      // something could be better
)

// ProblemCode says which problem it is.
type ProblemCode string

// The problems that are looked for.
const (
	NoProducts        ProblemCode = "NO_PRODUCTS"
	NoLiveModel       ProblemCode = "NO_LIVE_MODEL"
	ModelOld          ProblemCode = "MODEL_OLD"
	ModelBehind       ProblemCode = "MODEL_BEHIND"
	ModelDrifted      ProblemCode = "MODEL_DRIFTED"
	RunFailed         ProblemCode = "RUN_FAILED"
	CandidateBetter   ProblemCode = "CANDIDATE_BETTER"
	NoSchedule        ProblemCode = "NO_SCHEDULE"
	JournalFailing    ProblemCode = "JOURNAL_FAILING"
	NobodyCarries     ProblemCode = "NOBODY_CARRIES"
	TransporterBehind ProblemCode = "TRANSPORTER_BEHIND"
	CompactionFailing ProblemCode = "COMPACTION_FAILING"
	DiskLow           ProblemCode = "DISK_LOW"
	MemoryLow         ProblemCode = "MEMORY_LOW"
	MemoryForgets     ProblemCode = "MEMORY_FORGETS"
	NoCategory        ProblemCode = "PRODUCTS_WITHOUT_CATEGORY"
	NoPrice           ProblemCode = "PRODUCTS_WITHOUT_PRICE"
	NoPicture         ProblemCode = "PRODUCTS_WITHOUT_PICTURE"
	UnknownSKUs       ProblemCode = "UNKNOWN_SKUS"
	FewReturn         ProblemCode = "FEW_RETURN"
)

// Problem is something that is not as it should be.
type Problem struct {
	Code     ProblemCode
	Severity Severity
	Sentence string // what is the matter
	Reason   string // why that matters, or what it comes from
	Next     Next   // what to do
	Count    int64  // of what the sentence is about; 0: it is about no number of things
}

// Problems returns what is not as it should be, the worst first.
func (s *Service) Problems(ctx context.Context) ([]Problem, error) {
	var found []Problem
	var failed []error
	for _, look := range []func(context.Context) ([]Problem, error){
		s.ofCatalogue, s.ofModel, s.ofRuns, s.ofTransporter, s.ofRoom, s.ofHistory,
	} {
		of, err := look(ctx)
		found = append(found, of...)
		failed = append(failed, err)
	}
	order := []Severity{Critical, Attention, Hint}
	slices.SortStableFunc(found, func(a, b Problem) int {
		return slices.Index(order, a.Severity) - slices.Index(order, b.Severity)
	})
	return found, errors.Join(failed...)
}

// modelBehind is what share of the history the live model may lack, and
// modelBehindLeast how many events it must be to matter.
const (
	modelBehind      = 0.2
	modelBehindLeast = 1000
)

func (s *Service) ofModel(ctx context.Context) ([]Problem, error) {
	live, err := s.liveModel(ctx)
	if err != nil {
		return nil, err
	}
	head, err := s.Lake.Head(ctx)
	if err != nil {
		return nil, err
	}
	if live == nil {
		if head == 0 {
			return nil, nil // there is nothing to learn from
		}
		return []Problem{{NoLiveModel, Critical, "No model answers.", "Shoppers see best-sellers and what is new, not what fits them.",
			Next{"Train a model", "/training"}, 0}}, nil
	}
	var found []Problem
	data := live.Manifest.Dataset
	limit := time.Duration(s.Settings().MaxAgeDays) * 24 * time.Hour
	if age := s.Now().Sub(live.Manifest.CreatedAt); age > limit {
		found = append(found, Problem{ModelOld, Attention, fmt.Sprintf("The live model is %d days old.", int(age.Hours()/24)),
			fmt.Sprintf("It should not get older than %d days: new products and tastes are folded in, but what goes with what is learnt by training.", s.Settings().MaxAgeDays),
			Next{"Train now", "/training"}, 0})
	}
	if missing := int64(head - data.Through); missing > modelBehindLeast && float64(missing) > modelBehind*float64(data.Through) {
		found = append(found, Problem{ModelBehind, Attention, fmt.Sprintf("%s events came since the live model was trained.", thousands(missing)),
			fmt.Sprintf("It knows %s. An import, or a busy time, brought more than a fifth of that.", thousands(int64(data.Through))), Next{"Train now", "/training"}, missing})
	}
	return found, nil
}

func (s *Service) ofRuns(ctx context.Context) ([]Problem, error) {
	var found []Problem
	runs, err := s.Training.Runs(ctx, "", 20)
	if err != nil {
		return nil, err
	}
	ended := slices.DeleteFunc(runs, func(r training.Run) bool { return !r.Final() || r.State == training.Cancelled })
	if len(ended) > 0 {
		last := ended[0]
		switch {
		case last.State == training.Failed:
			found = append(found, Problem{RunFailed, Attention, "The last training run failed.", last.Error, Next{"Look at the run", "/training"}, 0})
		case last.Kind == training.Incremental && last.Promote && !last.Promoted:
			found = append(found, Problem{ModelDrifted, Attention, "The last incremental run drifted too far to go live.", last.Note, Next{"Start a full run", "/training"}, 0})
		}
	}
	better, err := s.betterCandidate(ctx)
	if err != nil {
		return nil, err
	}
	if better != nil {
		found = append(found, *better)
	}
	if s.Settings().Schedule == "" {
		found = append(found, Problem{NoSchedule, Hint, "Nothing trains by itself.", "Without a schedule the model learns only when somebody starts a run.",
			Next{"Set a schedule", "/settings"}, 0})
	}
	return found, nil
}

// judgedBy is the measure by which a candidate is said to be better.
const judgedBy = "ndcg@20"

// betterCandidate returns the newest candidate whose interval lies above the
// live model's mean on a hold-out cut the same way.
func (s *Service) betterCandidate(ctx context.Context) (*Problem, error) {
	models, err := s.Training.Models(ctx)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(models, func(m training.Model) bool { return m.State == training.Live })
	if at < 0 {
		return nil, nil
	}
	live, measured := models[at].Metrics.Model[judgedBy]
	for _, m := range models {
		own, ok := m.Metrics.Model[judgedBy]
		if m.State == training.Candidate && measured && ok && m.Metrics.Protocol == models[at].Metrics.Protocol && own.Low > live.Mean &&
			m.Manifest.CreatedAt.After(models[at].Manifest.CreatedAt) {
			return &Problem{CandidateBetter, Attention, fmt.Sprintf("The candidate %.8s is better than the live model.", m.Manifest.ID),
				fmt.Sprintf("Its nDCG@20 is %.4f, %.4f at the least; the live model's was %.4f.", own.Mean, own.Low, live.Mean), Next{"Compare the two", "/models"}, 0}, nil
		}
	}
	return nil, nil
}
