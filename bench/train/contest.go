package main

// contest is one setting in which everyone trains.
type contest struct {
	dim    int
	nu     float64
	reg    float64 // λ
	alpha0 float64
	solver string  // of ours; "" for its own choice
	target float64 // the loss to reach; 0: what irspack has after targetEpoch epochs
}

// targetEpoch is after how many epochs of irspack its loss is the target of a
// contest that states none.
const targetEpoch = 5

// contests are ν = 0 at each dimension, where implicit can take part, then ν = 1.
// At the full size the target for ν = 0 and d = 128 is the loss 5.95e6.
func contests(o options) []contest {
	var all []contest
	for _, d := range o.dims {
		c := contest{dim: d, reg: 10, alpha0: 0.1}
		if d == 128 && o.scale == 1 {
			c.target = 5.95e6
		}
		all = append(all, c)
	}
	all = append(all, contest{dim: 128, nu: 1, reg: 0.005, alpha0: 0.1})
	return append(all, contest{dim: 128, reg: 10, alpha0: 0.1, solver: "CHOLESKY"})
}
