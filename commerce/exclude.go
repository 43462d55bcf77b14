package commerce

import (
	"context"
	"fmt"

	"also/shop"
)

// EventExclude lets an event count no more in the taste of who did it, and
// returns the event that says so. Doing it twice changes nothing.
func (s *Service) EventExclude(ctx context.Context, target shop.Event) (shop.Event, error) {
	if target.User() == 0 {
		return shop.Event{}, shop.Errorf(shop.BadUserInput, "id", "nobody's taste knows this %s: there is nothing to take back", target.Type)
	}
	if target.Type == shop.ExcludedFromTaste {
		return shop.Event{}, shop.Errorf(shop.BadUserInput, "id", "this event takes back another itself: record what happened anew instead")
	}
	e := s.event(shop.ExcludedFromTaste)
	e.ID = shop.DerivedUUID("exclude", target.ID.String())
	e.Source, e.Customer, e.Session, e.Ref = "api", target.Customer, target.Session, target.ID
	if _, err := s.Store.RecordEvents(ctx, []shop.Event{e}); err != nil { // one recorded before is as good
		return shop.Event{}, fmt.Errorf("exclude an event: %w", err)
	}
	s.acted(e.User())
	return e, nil
}
