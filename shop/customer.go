package shop

import (
	"crypto/rand"
	"encoding/binary"
	"strconv"
	"time"
)

// UserID is the random number by which events name whoever acted: a customer,
// or a session that has not signed in. It says nothing of the person; what
// does (the shop's own customer id, an address) are control records. 0 is
// nobody. It fits 63 bits, so that SQL's BIGINT holds it.
type UserID int64

// NewUserID draws a number at random.
func NewUserID() UserID {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic("shop: NewUserID: " + err.Error())
	}
	return UserID(binary.LittleEndian.Uint64(b[:])>>1 | 1)
}

// SessionUserID returns the number of one of the shop's own session ids: the same
// for the same id, always.
func SessionUserID(shopID, external string) UserID {
	u := DerivedUUID("session", shopID, external)
	// The first and last bytes: those between hold the version and the variant.
	var b [8]byte
	copy(b[:6], u[:6])
	copy(b[6:], u[14:])
	return UserID(binary.LittleEndian.Uint64(b[:])>>1 | 1)
}

func (u UserID) String() string { return strconv.FormatInt(int64(u), 10) }

// Customer is a person or firm that has an account or was named by the shop.
type Customer struct {
	User       UserID            `json:"user"`
	ExternalID string            `json:"externalId,omitempty"` // the shop's own id
	Name       string            `json:"name,omitempty"`
	Email      string            `json:"email,omitempty"`    // lower case; set when there is an account
	Password   string            `json:"password,omitempty"` // argon2id hash in PHC form
	Attributes map[string]string `json:"attributes,omitempty"`
	CreatedAt  time.Time         `json:"createdAt"`
}

// Session is one visitor's browser. Its token is a cookie; only the token's
// SHA-256 is kept.
type Session struct {
	TokenHash string    `json:"tokenHash"` // hex
	User      UserID    `json:"user"`      // names the session's own events until sign-in
	Customer  UserID    `json:"customer,omitempty"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Owner returns whose cart and taste the session shows: its customer, if
// signed in, else itself.
func (s Session) Owner() UserID {
	if s.Customer != 0 {
		return s.Customer
	}
	return s.User
}

// Role is what a key may do.
type Role string

// The roles. ADMIN may do all that SHOP may.
const (
	RoleShop  Role = "SHOP"  // the shop's own server: events in, answers for any customer out
	RoleAdmin Role = "ADMIN" // and the catalogue, training, models, keys
)

// Key is an API key; only the SHA-256 of its secret is kept.
type Key struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Role      Role       `json:"role"`
	Hash      string     `json:"hash"` // hex
	CreatedAt time.Time  `json:"createdAt"`
	RevokedAt *time.Time `json:"revokedAt,omitempty"`
}
