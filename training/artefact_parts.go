package training

import (
	"slices"

	"also/engine"
	"also/shop"
	"also/warehouse"
)

// The parts of a model, by the files that hold them.
var partFiles = []string{factorsFile, secondFactorsFile, neighboursFile, gainFile, attributesFile}

// weightTensors are the tensors of the attributes, by set of factors.
var weightTensors = []string{"weights", "weights-2"}

// partTensors lays the parts of a model out, by file; stands is what its features
// stand for, parts are the names of those that there are.
func partTensors(p engine.Parts, stands []int64) (parts []string, tensors map[string][]warehouse.Tensor) {
	tensors = map[string][]warehouse.Tensor{}
	add := func(part string, t ...warehouse.Tensor) {
		parts, tensors[part] = append(parts, part), t
	}
	factors := func(name string, f engine.Factors) warehouse.Tensor {
		return warehouse.Tensor{Name: name, Shape: []int{f.Rows, f.Dim}, F32: f.Data}
	}
	for k, f := range p.Factors {
		add(partFiles[k], factors("users", f.Model.Users), factors("items", f.Model.Items))
	}
	if n := p.Neighbours; n != nil {
		add(neighboursFile, warehouse.Tensor{Name: "ptr", Shape: []int{len(n.Ptr)}, I64: n.Ptr},
			warehouse.Tensor{Name: "target", Shape: []int{len(n.Target)}, I32: n.Target},
			warehouse.Tensor{Name: "weight", Shape: []int{len(n.Weight)}, F32: n.Weight})
	}
	if p.Gain != nil {
		add(gainFile, warehouse.Tensor{Name: "gain", Shape: []int{len(p.Gain)}, F32: p.Gain})
	}
	if p.Attributes != nil {
		t := []warehouse.Tensor{{Name: "feature", Shape: []int{len(stands)}, I64: stands}}
		for k, f := range p.Attributes.Sets {
			t = append(t, factors(weightTensors[k], f))
		}
		add(attributesFile, t...)
	}
	return parts, tensors
}

// errParts is a model that is damaged.
var errParts = shop.Errorf(shop.Internal, "", "the model's parts do not fit together: promote another one, or train again")

// readParts takes the parts that the manifest names from their files.
func (a *Artefact) readParts() (engine.Parts, error) {
	for _, part := range a.Manifest.Parts {
		if !slices.Contains(partFiles, part) {
			return engine.Parts{}, shop.Errorf(shop.Unavailable, "", "the model has a part %q that this version cannot serve: use a newer one", part)
		}
	}
	has := func(part string) bool { return slices.Contains(a.Manifest.Parts, part) }
	var p engine.Parts
	configs, weight := a.Recipe.Sets()
	for k, cfg := range configs {
		m, err := a.readFactors(partFiles[k], cfg)
		if err != nil {
			return p, err
		}
		p.Factors = append(p.Factors, engine.WeightedModel{Model: m, Weight: weight})
	}
	if has(neighboursFile) {
		t, err := a.tensors(neighboursFile, "ptr", "target", "weight")
		if err != nil {
			return p, err
		}
		p.Neighbours = &engine.Neighbours{Ptr: t[0].I64, Target: t[1].I32, Weight: t[2].F32}
	}
	if has(gainFile) {
		t, err := a.tensors(gainFile, "gain")
		if err != nil {
			return p, err
		}
		p.Gain = t[0].F32
	}
	if has(attributesFile) {
		t, err := a.tensors(attributesFile, append([]string{"feature"}, weightTensors[:len(configs)]...)...)
		if err != nil {
			return p, err
		}
		a.Features, p.Attributes = t[0].I64, &engine.AttributeMap{}
		for k, cfg := range configs {
			p.Attributes.Sets = append(p.Attributes.Sets, engine.Factors{Rows: len(a.Features), Dim: cfg.Dim, Data: t[k+1].F32})
		}
	}
	if err := p.Validate(); err != nil {
		return p, &shop.Error{Code: shop.Internal, Message: errParts.Message, Err: err}
	}
	return p, nil
}

func (a *Artefact) readFactors(file string, cfg engine.Config) (*engine.Model, error) {
	t, err := a.tensors(file, "users", "items")
	if err != nil {
		return nil, err
	}
	if len(t[0].F32) != len(a.Users)*cfg.Dim || len(t[1].F32) != len(a.SKUs)*cfg.Dim {
		return nil, errParts
	}
	return &engine.Model{
		Config: cfg,
		Users:  engine.Factors{Rows: len(a.Users), Dim: cfg.Dim, Data: t[0].F32},
		Items:  engine.Factors{Rows: len(a.SKUs), Dim: cfg.Dim, Data: t[1].F32},
	}, nil
}

// tensors returns tensors of one file.
func (a *Artefact) tensors(file string, names ...string) ([]warehouse.Tensor, error) {
	all := make([]warehouse.Tensor, len(names))
	for k, name := range names {
		var err error
		if all[k], err = a.file.Tensor(file, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// arranged returns the parts with their rows and columns in the order of a training
// set; zeros for those the model does not know, and the gain 1.
func (a *Artefact) arranged(d *warehouse.Dataset) engine.Parts {
	n := numberingOf(a.Users, a.SKUs)
	var p engine.Parts
	for _, f := range a.Parts.Factors {
		dim := f.Model.Config.Dim
		m := &engine.Model{Config: f.Model.Config, Users: engine.NewFactors(len(d.Users), dim), Items: engine.NewFactors(len(d.SKUs), dim)}
		for row, u := range d.Users {
			if from, known := n.users[u]; known {
				copy(m.Users.Row(row), f.Model.Users.Row(int(from)))
			}
		}
		for col, sku := range d.SKUs {
			if from, known := n.skus[sku]; known {
				copy(m.Items.Row(col), f.Model.Items.Row(int(from)))
			}
		}
		p.Factors = append(p.Factors, engine.WeightedModel{Model: m, Weight: f.Weight})
	}
	if a.Parts.Attributes != nil {
		p.Attributes = &engine.AttributeMap{}
		for _, f := range a.Parts.Attributes.Sets {
			f.Data = slices.Clone(f.Data) // it outlives the artefact
			p.Attributes.Sets = append(p.Attributes.Sets, f)
		}
	}
	cols := columnsIn(numberingOf(d.Users, d.SKUs), a.SKUs)
	if a.Parts.Neighbours != nil {
		p.Neighbours = a.Parts.Neighbours.Renumbered(cols, len(d.SKUs))
	}
	if a.Parts.Gain != nil {
		p.Gain = slices.Repeat([]float32{1}, len(d.SKUs))
		for from, col := range cols {
			if col >= 0 {
				p.Gain[col] = a.Parts.Gain[from]
			}
		}
	}
	return p
}

// columnsIn returns the column of each sku, -1 where it has none; they ascend, as
// both lists of skus do.
func columnsIn(n numbering, skus []string) []int32 {
	cols := make([]int32, len(skus))
	for k, sku := range skus {
		cols[k] = -1
		if col, known := n.skus[sku]; known {
			cols[k] = col
		}
	}
	return cols
}
