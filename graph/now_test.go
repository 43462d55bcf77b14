package graph

import (
	"fmt"
	"testing"

	"also/shop"
)

func TestFiguresWithThePeriodBefore(t *testing.T) {
	w := newWorld(t)
	w.stock(t, 5)
	w.happen(t, 10)
	w.carry(t)
	admin := w.holder(shop.RoleAdmin)
	data := admin.must(t, `{ kpis(period: WEEK, slices: 7) { events users buyers orders revenue { amount currency } conversion clickThroughRate recommendedShare
		slices { from users } before { events clickThroughRate before { events } } } }`, nil)
	want(t, data, "kpis.orders", 1)
	want(t, data, "kpis.buyers", 5)
	want(t, data, "kpis.users", 10)
	want(t, data, "kpis.conversion", 0.5)
	want(t, data, "kpis.clickThroughRate", nil)
	want(t, data, "kpis.recommendedShare", 0)
	want(t, data, "kpis.revenue.0.amount", "12.50")
	want(t, data, "kpis.before.events", 0)
	want(t, data, "kpis.before.before", nil)
	if slices := at(t, data, "kpis.slices").([]any); len(slices) != 7 {
		t.Fatalf("%d slices", len(slices))
	}
	want(t, data, "kpis.slices.6.users", 10)
	for _, bad := range []string{`kpis { events }`, `kpis(period: DAY, from: "2026-01-01T00:00:00Z") { events }`, `kpis(period: DAY, slices: 61) { events }`,
		`kpis(from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { events }`} {
		admin.refused(t, "{ "+bad+" }", nil, shop.BadUserInput)
	}
}

func TestPipesAndProblemsAreTold(t *testing.T) {
	w := newWorld(t)
	admin := w.holder(shop.RoleAdmin)
	data := admin.must(t, `{ transporter { through carried pipes { key kind state entries lagMs rate history { at } } visible { count p99Ms } } problems { code severity sentence reason nextLabel nextPath count } }`, nil)
	kinds := map[string]int{}
	for _, p := range at(t, data, "transporter.pipes").([]any) {
		kinds[fmt.Sprint(at(t, p, "kind"))]++
	}
	if kinds["OUTBOX"] < 2 || kinds["COMPACTION"] != 1 || kinds["TRAINING"] != 1 || kinds["LISTS"] != 1 {
		t.Errorf("the pipes are %v", kinds)
	}
	want(t, data, "problems.0.code", "NO_PRODUCTS")
	want(t, data, "problems.0.severity", "CRITICAL")
	want(t, data, "problems.0.nextPath", "/imports")
}

func TestSettingsAreChanged(t *testing.T) {
	w := newWorld(t)
	admin := w.holder(shop.RoleAdmin)
	update := `mutation($in: SettingsUpdateInput!) { settingsUpdate(input: $in) { settings { shopName trainingSchedule nextTrainingAt modelMaxAgeDays } userErrors { field code message } } }`
	change := func(in map[string]any) map[string]any { return admin.must(t, update, map[string]any{"in": in}) }
	done := change(map[string]any{"shopName": " Fern & Flint ", "trainingSchedule": "0 2 * * *"})
	want(t, done, "settingsUpdate.settings.shopName", "Fern & Flint")
	if at(t, done, "settingsUpdate.settings.nextTrainingAt") == nil {
		t.Error("with a schedule there is no next run")
	}
	want(t, change(map[string]any{"trainingSchedule": "now and then"}), "settingsUpdate.userErrors.0.field", "trainingSchedule")
	want(t, change(map[string]any{"modelMaxAgeDays": 0}), "settingsUpdate.userErrors.0.field", "modelMaxAgeDays")
	want(t, change(map[string]any{"modelMaxAgeDays": 3}), "settingsUpdate.settings.shopName", "Fern & Flint")
	data := admin.must(t, `{ settings { trainingSchedule promoteAutomatically groups { name settings { key name value explanation change } } } }`, nil)
	want(t, data, "settings.trainingSchedule", "0 2 * * *")
	for _, g := range at(t, data, "settings.groups").([]any) {
		for _, s := range at(t, g, "settings").([]any) {
			if at(t, s, "value") == "" || at(t, s, "explanation") == "" || at(t, s, "change") == "" {
				t.Errorf("%v says too little", s)
			}
		}
	}
	want(t, w.stranger().must(t, `{ shop { name } }`, nil), "shop.name", "Fern & Flint")
}
