// Package tune searches for the recipe of a model on validation splits.
//
// Search begins with a candidate, takes steps from the best so far, and returns
// what it tried. Steps are of three kinds, by what they cost. A blend changes
// weights and gains alone: all parts stay, and a batch of blends is judged from
// one pass over the users' scores by part. A step of neighbours fits those anew
// beside factors that stay. Factors go by successive halving (Jamieson and
// Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
// Optimization", AISTATS 2016): several are trained for a quarter of the epochs,
// the better half goes on where it stopped, and so on, and only the last is
// blended and compared with the best.
//
// A candidate replaces the best where it is better by more than the standard
// error of their paired difference over all judged users: less is chance.
//
// Equal options lead through equal candidates, whatever the number of workers; a
// budget of time decides how far.
package tune
