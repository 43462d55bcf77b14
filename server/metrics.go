package server

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"also/pulse"
)

// gaugesWithin is how long the gauges may take to measure.
const gaugesWithin = 2 * time.Second

// metrics is what Prometheus reads.
type metrics struct {
	http.Handler
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	fields   *prometheus.HistogramVec
	failures *prometheus.CounterVec
	visible  prometheus.Histogram
	latest   *pulse.Latencies // the same, for the console
}

// buckets reach from half a millisecond to ten seconds.
var buckets = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

func newMetrics(gauges func(context.Context) map[string]float64, latest *pulse.Latencies) *metrics {
	reg := prometheus.NewRegistry()
	m := &metrics{
		latest:  latest,
		Handler: promhttp.HandlerFor(reg, promhttp.HandlerOpts{}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "also_http_requests_total", Help: "Requests by route, method and status.",
		}, []string{"route", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "also_http_request_seconds", Help: "How long requests took, by route.", Buckets: buckets,
		}, []string{"route"}),
		fields: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "also_graphql_field_seconds", Help: "How long root fields of the schema took.", Buckets: buckets,
		}, []string{"field"}),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "also_graphql_field_errors_total", Help: "Root fields of the schema that failed.",
		}, []string{"field"}),
		visible: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "also_event_visible_seconds", Help: "From an event's arrival until the next answer knows it.", Buckets: buckets,
		}),
	}
	reg.MustRegister(m.requests, m.took, m.fields, m.failures, m.visible, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if gauges != nil {
		reg.MustRegister(measured(gauges))
	}
	return m
}

func (m *metrics) request(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// eventful are the fields that record what a shopper did: when they answer, the
// next answer knows it.
var eventful = map[string]bool{"eventsRecord": true, "viewerEventsRecord": true, "cartLineSet": true, "orderPlace": true}

// field observes a root field of the schema.
func (m *metrics) field(name string, took time.Duration, failed bool) {
	m.fields.WithLabelValues(name).Observe(took.Seconds())
	if failed {
		m.failures.WithLabelValues(name).Inc()
	} else if eventful[name] {
		m.visible.Observe(took.Seconds())
		m.latest.Observe(took)
	}
}

// measured are gauges that are measured when they are read.
type measured func(context.Context) map[string]float64

// Describe implements prometheus.Collector: the names are not known before.
func (measured) Describe(chan<- *prometheus.Desc) {}

// Collect implements prometheus.Collector.
func (g measured) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), gaugesWithin)
	defer cancel()
	for name, v := range g(ctx) {
		out <- prometheus.MustNewConstMetric(prometheus.NewDesc(name, "Measured when read.", nil, nil), prometheus.GaugeValue, v)
	}
}
