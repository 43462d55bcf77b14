package graph

import (
	"time"

	"also/catalogue"
	"also/customers"
	"also/graph/generated"
	"also/graph/model"
	"also/shop"
)

// usual is how many elements a list without `first` is taken to have.
const usual = 5

// times is the cost of a list: that of one element for each that is asked for.
func times(child int, first *int) int {
	n := maxFirst
	if first != nil {
		n = min(max(*first, 1), maxFirst) // a first out of range is refused by its resolver
	}
	return 1 + n*child
}

// What a field costs that works harder than looking something up.
const (
	solving = 50    // a shopper's row solved again, the whole catalogue scored
	opening = 50    // the beginning of a file read
	asking  = 1_000 // a question to the lake
)

// few is the cost of a list that has no `first`.
func few(child int) int { return 1 + usual*child }

// some makes the cost of a list of up to n elements that has no `first`.
func some(n int) func(int) int { return func(child int) int { return 1 + n*child } }

// pipesUsual is how many pipes there are.
const pipesUsual = 20

// alone is what a field costs that cannot be read for a list at once: so that it
// is asked of one thing, or of a few.
const alone = 1000

// costs says what the fields cost that lead to many things; every other field
// costs one more than what is asked below it.
func costs() generated.ComplexityRoot {
	var c generated.ComplexityRoot
	catalogueCosts(&c)
	peopleCosts(&c)
	recommendationCosts(&c)
	modelCosts(&c)
	runCosts(&c)
	importCosts(&c)
	insightCosts(&c)
	c.Query.Nodes = func(child int, ids []string) int { return 1 + len(ids)*child }
	c.Query.Keys = few
	c.Query.DemoCustomers = few
	c.Settings.Groups = few
	c.SettingGroup.Settings = few
	return c
}

func catalogueCosts(c *generated.ComplexityRoot) {
	products := func(child int, first *int, _, _ *string, _ *model.ProductFilter, _ *catalogue.Sort) int {
		return times(child, first)
	}
	c.Query.Products, c.Vendor.Products, c.Category.Products = products, products, products
	c.Query.Vendors = func(child int, first *int, _, _ *string, _ *model.VendorFilter, _ *model.VendorSort) int {
		return times(child, first)
	}
	c.Query.Categories = func(child int, first *int, _, _ *string, _ *model.CategoryFilter, _ *model.CategorySort) int {
		return times(child, first)
	}
	related := func(child int, first *int, _ *string) int { return times(child, first) }
	c.Product.Similar, c.Product.BoughtTogether, c.Product.MoreByVendor, c.Product.BestSellersInCategory = related, related, related, related
	c.Product.Categories = few
	c.Product.Images = few
	c.Product.Attributes = few
	c.Category.Children = few
	c.ProductFacets.Categories = few
	c.ProductFacets.Vendors = few
	c.ProductFacets.Prices = few
	c.ProductFacets.Attributes = few
	c.AttributeFacet.Values = few
	c.SearchSuggestions.Products = some(catalogue.MaxSuggestions)
	c.SearchSuggestions.Categories, c.SearchSuggestions.Vendors = few, few
}

func peopleCosts(c *generated.ComplexityRoot) {
	c.Query.Customers = func(child int, first *int, _, _ *string, _ *model.CustomerFilter, _ *customers.Sort) int {
		return times(child, first)
	}
	c.Query.Orders = func(child int, first *int, _ *string, _ *model.OrderFilter, _ *model.OrderSort) int {
		return times(child, first)
	}
	c.Query.Carts = func(child int, first *int, _ *string) int { return times(child, first) }
	c.Query.Forgettings = func(child int, first *int, _ *string) int { return times(child, first) }
	c.Forgetting.Models = few
	c.Customer.Attributes = few
	c.Customer.Orders = func(child int, first *int, _ *string) int { return times(child, first) }
	// What one customer did, and what they would be shown, is worked out for each alone.
	c.Customer.History = func(child int, first *int, _ *string) int { return alone + times(child, first) }
	c.Customer.Profile = func(child int, first *int) int { return alone + times(child, first) }
	c.Customer.Recommendations = func(child int, _ string, first *int) int { return alone + times(child, first) }
	c.Cart.Lines = few
	c.Order.Lines = few
	c.Viewer.Orders = func(child int, first *int, _ *string) int { return times(child, first) }
	c.Viewer.RecentlyViewed = times
	c.Taste.Events = times
	c.Taste.Beliefs = times
}

func recommendationCosts(c *generated.ComplexityRoot) {
	c.Query.Recommendations = func(child int, _ string, _ []string, _, _ *string, _ []model.AttributeInput, _ *model.RecommendationFilter, first *int, _ *string) int {
		return solving + times(child, first)
	}
	c.Subscription.RecommendationsUpdated = func(child int, _ string, _ []string, first *int) int { return solving + times(child, first) }
	c.RecommendationEdge.Reasons = func(child int, first *int) int {
		if first == nil {
			return few(child)
		}
		return times(child, first)
	}
}

func modelCosts(c *generated.ComplexityRoot) {
	c.Query.Models = func(child int, first *int, _ *string, _ *model.ModelFilter, _ *model.ModelSort) int {
		return times(child, first)
	}
	c.Model.Parts = few
	c.ModelMetrics.Model = few
	c.ModelMetrics.Baselines = few
	c.Baseline.Metrics, c.Baseline.Better = few, few
	c.ModelDifference.Sample = some(10)
	c.ModelSampleLists.A = some(10)
	c.ModelSampleLists.B = some(10)
	c.ModelJudgement.A = few
	c.ModelJudgement.B = few
	c.ModelJudgement.Differences = few
	c.ModelJudgement.Vendors = some(50)
	c.ModelSwitchPreview.Differences = few
}

func runCosts(c *generated.ComplexityRoot) {
	c.Query.TrainingRuns = func(child int, first *int, _ *string, _ *model.TrainingRunFilter, _ *model.TrainingRunSort) int {
		return times(child, first)
	}
	c.TrainingRun.Log = some(100)
	c.TrainingDefaults.Parameters = few
	c.TrainingParameter.Choices = few
	c.EventWeighing.Weights = few
	c.Query.Tunings = few
	c.Tuning.Trials = some(100)
}

func importCosts(c *generated.ComplexityRoot) {
	c.Query.Imports = func(child int, first *int, _ *string, _ *model.ImportFilter, _ *model.ImportSort) int {
		return times(child, first)
	}
	c.Import.Rejects = func(child int, first *int) int { return opening + times(child, first) }
	c.Import.Mapping = few
	c.Import.Reasons = few
	c.ImportPreview.Columns = few
	c.ImportPreview.Fields = few
	c.ImportPreview.Mapping = few
}

func insightCosts(c *generated.ComplexityRoot) {
	c.Query.Events = func(child int, first *int, _ *string, _ *model.EventFilter) int {
		return asking + times(child, first)
	}
	c.Query.Event = func(child int, _ shop.UUID) int { return asking + child }
	c.EventWay.Steps = few
	c.EventTail.Events = few
	c.Mutation.EventsRecord = func(child int, in model.EventsRecordInput) int { return 1 + len(in.Events) + child }
	c.Mutation.ViewerEventsRecord = func(child int, in model.ViewerEventsRecordInput) int { return 1 + len(in.Events) + child }
	c.EventsRecordPayload.Rejected = few
	c.ViewerEventsRecordPayload.Rejected = few
	c.Query.Kpis = func(child int, _, _ *time.Time, _ *model.KpiPeriod, _ *int) int { return asking + child }
	c.Kpis.Slices = some(maxSlices)
	c.Kpis.Revenue = few
	c.Kpis.RecommendedRevenue = few
	c.Query.Problems = func(child int) int { return asking + few(child) }
	c.Transporter.Pipes = some(pipesUsual)
	c.Pipe.History = few // numbers that are kept
}
