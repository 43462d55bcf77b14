// Package engine is the mathematics of Also: sparse matrices in, factors and
// lists out.
//
// It trains implicit-feedback matrix factorisation by alternating least
// squares (Hu, Koren, Volinsky, ICDM 2008, in the form of Rendle et al.,
// "Revisiting the Performance of iALS on Item Recommendation Benchmarks",
// RecSys 2022), folds new users and items into a trained model by the same row
// update, answers exact top-K questions, and explains a score by shares that
// add up to it. It knows nothing of shops, stores or files: users and items are
// dense numbers from 0.
//
// The objective. A training entry (u, i) carries a weight w ≥ 0 and a target
// term b. With ŷ_ui = x_u·y_i, training minimises
//
//	Σ_(u,i)∈S (w ŷ² − 2 b ŷ + const)  +  α0 Σ_u Σ_i ŷ²  +  Σ_u λ_u |x_u|²  +  Σ_i λ_i |y_i|²
//	λ_u = λ (|S_u| + α0 · items)^ν        λ_i = λ (|S_i| + α0 · users)^ν
//
// so that every row update solves
//
//	(α0 YᵀY + λ_u I + Σ w y yᵀ) x = λ_u μ_u + Σ b y
//
// where μ_u is a prior mean, zero unless given. How w and b follow from what a
// user did is named by the Objective; negative feedback has b < 0.
//
// Same seed, same factors, to the bit, on one build and CPU, whatever the
// number of workers: every sum runs over fixed blocks in a fixed order.
package engine
