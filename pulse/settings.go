package pulse

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"also/shop"
	"also/store"
	"also/training"
)

// Settings is what can be changed while the shop is served.
type Settings struct {
	ShopName   string // as people see it
	Schedule   string // when runs start by themselves: cron, five fields, UTC; empty: never
	Promote    bool   // whether such a run goes live by itself when it is not worse
	MaxAgeDays int    // how old the live model may be before that is a problem
	UpdatedAt  *time.Time
}

// changes are the settings that somebody made; what is nil is as the server was started with.
type changes struct {
	ShopName   *string    `json:"shopName,omitempty"`
	Schedule   *string    `json:"schedule,omitempty"`
	Promote    *bool      `json:"promote,omitempty"`
	MaxAgeDays *int       `json:"maxAgeDays,omitempty"`
	UpdatedAt  *time.Time `json:"updatedAt,omitempty"`
}

// SettingsPatch changes what is not nil.
type SettingsPatch struct {
	ShopName   *string
	Schedule   *string
	Promote    *bool
	MaxAgeDays *int
}

// settingsName is the control record of the settings, settingsTopic where a change is told.
const (
	settingsName  = "settings/shop"
	settingsTopic = "settings"
)

// MaxShopName is how many characters a shop's name has at most.
const MaxShopName = 60

// settingsTries is how often an update is tried again that met another.
const settingsTries = 5

// current holds the settings of this process.
type current struct{ made atomic.Pointer[changes] }

// Settings returns the settings in force.
func (s *Service) Settings() Settings {
	out := s.Defaults
	c := s.current.made.Load()
	if c == nil {
		return out
	}
	set(&out.ShopName, c.ShopName)
	set(&out.Schedule, c.Schedule)
	set(&out.Promote, c.Promote)
	set(&out.MaxAgeDays, c.MaxAgeDays)
	out.UpdatedAt = c.UpdatedAt
	return out
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

// Plan is what the settings say of training by itself.
func (s *Service) Plan() training.Plan {
	now := s.Settings()
	return training.Plan{Cron: now.Schedule, Promote: now.Promote}
}

// Load reads the settings; Follow does so all the time.
func (s *Service) Load(ctx context.Context) error {
	c, _, err := s.readSettings(ctx)
	if err == nil {
		s.current.made.Store(&c)
	}
	return err
}

func (s *Service) readSettings(ctx context.Context) (c changes, raw []byte, err error) {
	if raw, err = s.Store.Control(ctx, settingsName); err != nil {
		return c, nil, fmt.Errorf("read the settings: %w", err)
	}
	if raw != nil {
		if err := json.Unmarshal(raw, &c); err != nil {
			return c, nil, fmt.Errorf("read the settings: %w", err)
		}
	}
	return c, raw, nil
}

func (s *Service) reload(ctx context.Context) {
	if err := s.Load(ctx); err != nil && ctx.Err() == nil {
		s.Log.WarnContext(ctx, "follow the settings", "error", err)
	}
}

// SettingsUpdate changes settings, here at once and in other processes within
// moments. It fails with shop.BadUserInput for values that make no sense.
func (s *Service) SettingsUpdate(ctx context.Context, p SettingsPatch) (Settings, error) {
	if err := s.checkSettings(&p); err != nil {
		return Settings{}, err
	}
	for try := 1; ; try++ {
		err := s.saveSettings(ctx, p)
		if shop.CodeOf(err) == shop.Conflict && try < settingsTries {
			continue
		}
		if err != nil {
			return Settings{}, fmt.Errorf("change the settings: %w", err)
		}
		break
	}
	if err := s.Store.Publish(ctx, settingsTopic, nil); err != nil {
		s.Log.WarnContext(ctx, "tell of new settings", "error", err) // the others look by themselves
	}
	return s.Settings(), nil
}

func (s *Service) checkSettings(p *SettingsPatch) error {
	if p.ShopName != nil {
		*p.ShopName = strings.TrimSpace(*p.ShopName)
		if n := utf8.RuneCountInString(*p.ShopName); n == 0 || n > MaxShopName {
			return shop.Errorf(shop.BadUserInput, "shopName", "give the shop a name of 1 to %d characters", MaxShopName)
		}
	}
	if p.Schedule != nil {
		*p.Schedule = strings.TrimSpace(*p.Schedule)
		if *p.Schedule != "" {
			if _, err := training.NextRun(*p.Schedule, s.Now()); err != nil {
				return err
			}
		}
	}
	if p.MaxAgeDays != nil && (*p.MaxAgeDays < 1 || *p.MaxAgeDays > 365) {
		return shop.Errorf(shop.BadUserInput, "modelMaxAgeDays", "give 1 to 365 days, not %d", *p.MaxAgeDays)
	}
	return nil
}

func (s *Service) saveSettings(ctx context.Context, p SettingsPatch) error {
	c, raw, err := s.readSettings(ctx)
	if err != nil {
		return err
	}
	now := s.Now().UTC().Truncate(time.Millisecond)
	c.ShopName, c.Schedule = cmp.Or(p.ShopName, c.ShopName), cmp.Or(p.Schedule, c.Schedule)
	c.Promote, c.MaxAgeDays = cmp.Or(p.Promote, c.Promote), cmp.Or(p.MaxAgeDays, c.MaxAgeDays)
	c.UpdatedAt = &now
	value, err := json.Marshal(c)
	if err != nil {
		return err
	}
	conds := store.PutConditions{Same: []shop.ControlRecord{{Name: settingsName, Value: raw}}}
	if err := s.Store.PutControl(ctx, []shop.ControlRecord{{Name: settingsName, Value: value}}, conds); err != nil {
		return err
	}
	s.current.made.Store(&c)
	return nil
}
