package training

import (
	"fmt"
	"time"
)

// Level says how much a line of a run's log matters.
type Level string

// The levels.
const (
	Info    Level = "INFO"
	Warning Level = "WARNING" // the run goes on, or ended otherwise than asked
	Failure Level = "ERROR"   // the run ended because of it
)

// Line is one line of a run's log, for people.
type Line struct {
	At    time.Time `json:"at"`
	Level Level     `json:"level"`
	Text  string    `json:"text"`
}

// logLines is how many lines a run's log keeps; the oldest go first.
const logLines = 100

// say adds a line to the run's log.
func (r *Run) say(at time.Time, level Level, format string, args ...any) {
	r.Log = append(r.Log, Line{At: at.UTC(), Level: level, Text: fmt.Sprintf(format, args...)})
	if over := len(r.Log) - logLines; over > 0 {
		r.Log = append([]Line(nil), r.Log[over:]...)
		r.LogDropped += over
	}
}
