package training

import (
	"context"
	"fmt"

	"also/shop"
)

// SwitchPreview is what changes if a model goes live.
type SwitchPreview struct {
	From           string // the live model; "" if none is
	To             string
	IsRollBack     bool   // rolling back returns to To
	RollBackTo     string // what rolling back would return to afterwards; "": nothing
	Difference     *Difference
	Paired         map[string]Measure // nil unless From and To were compared
	EventsUnlearnt int64              // that From learnt from and To did not
	Text           []string           // the same, in sentences
}

// PreviewSwitch says what changes if a model goes live. It fails with
// shop.NotFound if there is none of that id.
func (s *Service) PreviewSwitch(ctx context.Context, id string) (SwitchPreview, error) {
	to, err := s.Model(ctx, id)
	if err != nil {
		return SwitchPreview{}, err
	}
	l, _, err := s.readLive(ctx)
	if err != nil {
		return SwitchPreview{}, err
	}
	p := SwitchPreview{From: l.ID, To: id, RollBackTo: l.ID}
	if id == l.Previous {
		p.IsRollBack = true
		past, err := s.kept(ctx, l.Past)
		if err != nil {
			return SwitchPreview{}, err
		}
		p.RollBackTo = append(past, "")[0]
	}
	if l.ID == "" || l.ID == id {
		p.RollBackTo = l.Previous
		p.Text = p.sentences()
		return p, nil
	}
	from, err := s.Model(ctx, l.ID)
	if err != nil {
		return SwitchPreview{}, err
	}
	p.EventsUnlearnt = max(0, int64(from.Manifest.Dataset.Through-to.Manifest.Dataset.Through))
	d, err := s.Difference(ctx, l.ID, id)
	if err != nil {
		return SwitchPreview{}, err
	}
	p.Difference = &d
	c, err := s.Comparison(ctx, l.ID, id)
	if err != nil && shop.CodeOf(err) != shop.NotFound {
		return SwitchPreview{}, err
	}
	if c.Judgement != nil {
		p.Paired = c.Judgement.Paired
	}
	p.Text = p.sentences()
	return p, nil
}

// sentences says what the preview holds.
func (p SwitchPreview) sentences() []string {
	if p.From == p.To {
		return []string{"It answers already: nothing changes."}
	}
	if p.From == "" {
		return []string{"It is the first model to answer. Until now shoppers see best-sellers and what is new."}
	}
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if d := p.Difference; d.Sampled > 0 {
		say("%.0f %% of the first ten places change, in the lists of the %d customers and sessions that were active last.", 100*d.Changed, d.Sampled)
	}
	if p.Paired == nil {
		say("The two were not judged on one hold-out: compare them to know which is better.")
	} else {
		say("Judged on one hold-out: %s; %s.", p.Paired[chiefMeasure].Describe("Recall@20"), p.Paired["ndcg@20"].Describe("nDCG@20"))
	}
	if p.EventsUnlearnt > 0 {
		say("The live model learnt from %d later events. This one does not know what they say of products; what each customer did still counts.", p.EventsUnlearnt)
	}
	if n := p.Difference.OnlyA; n > 0 {
		say("%d products that the live model knows are new to it: they come by best-sellers and the like until customers meet them.", n)
	}
	switch {
	case p.IsRollBack && p.RollBackTo == "":
		say("After that there is nothing to roll back to. The model that answers now stays in the list, and can be promoted again.")
	case p.IsRollBack:
		say("The model that answers now stays in the list, and can be promoted again.")
	default:
		say("Rolling back returns to the model that answers now.")
	}
	return all
}
