// Package evaluate judges models: rankings against held-out entries, by the
// metrics and protocols of the literature.
//
// A Scorer ranks items for a user from the user's history; a trained model is
// one (Model), and so are the baselines. Evaluate keeps every user's values, so
// that intervals (Interval) and paired differences between two models
// (Compare) can be drawn from them.
//
// Protocols: ByTime cuts dated entries at a moment; LeaveOneOut holds out each
// user's last (He et al., "Neural Collaborative Filtering", WWW 2017);
// StrongGeneralisation holds out whole users and folds them in from a part of
// their history (Liang et al., "Variational Autoencoders for Collaborative
// Filtering", WWW 2018); ReadLightGCN reads published splits (He et al.,
// "LightGCN", SIGIR 2020), judged by full ranking.
package evaluate
