package main

import (
	"cmp"
	"strings"

	"also/pulse"
)

// defaults are the settings until somebody changes them. A schedule that the
// server was started with goes live by itself.
func defaults(cron string) pulse.Settings {
	return pulse.Settings{ShopName: "Also", Schedule: cron, Promote: true, MaxAgeDays: 7}
}

// started says what this process was started with.
func (c serveCommand) started() []pulse.Fact {
	flag := func(name string) string { return "Start with --" + name + "." }
	yes := map[bool]string{true: "yes", false: "no"}
	return []pulse.Fact{
		{Key: "version", Name: "Version", Value: version, Explanation: "Of the program.", Change: "Install another."},
		{Key: "data-dir", Name: "Data folder", Value: c.DataDir, Explanation: "Where the journal, the lake and the models are.", Change: flag("data-dir")},
		{Key: "shop", Name: "Shop", Value: c.Shop, Explanation: "The shop's id: one folder of the data folder, and the beginning of every key.", Change: flag("shop")},
		{Key: "train-cron", Name: "Schedule at the start", Value: cmp.Or(c.TrainCron, "none"), Explanation: "In force until somebody sets another above.", Change: flag("train-cron")},
		{Key: "no-training", Name: "Trains", Value: yes[!c.NoTraining], Explanation: "Whether this process takes training runs from the queue.", Change: flag("no-training")},
		{Key: "origin", Name: "Other pages", Value: cmp.Or(strings.Join(c.Origin, ", "), "none"), Explanation: "Addresses whose pages may call with cookies.", Change: flag("origin")},
		{Key: "trust-proxy", Name: "Believes a proxy", Value: yes[c.TrustProxy], Explanation: "Whether X-Forwarded-* is believed: only behind a proxy that sets it.", Change: flag("trust-proxy")},
	}
}
