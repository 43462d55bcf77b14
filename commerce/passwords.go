package commerce

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"also/shop"
)

// The cost of a password's hash: RFC 9106's second choice with less time, about
// 90 ms of one core.
const (
	argonMemory  = 64 * 1024 // KiB
	argonTime    = 1
	argonThreads = 2
	argonSalt    = 16
	argonKey     = 32
)

// noPassword is the hash of a password that nobody has, so that a sign-in with an unknown
// address costs what a known one does.
const noPassword = "$argon2id$v=19$m=65536,t=1,p=2$bm8tc3VjaC1hY2NvdW50AA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// hashed is a password's argon2id hash with what it was made with.
type hashed struct {
	memory        uint32 // KiB
	time          uint32
	threads       uint8
	salt, derived []byte
}

func (h hashed) of(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, uint32(len(h.derived)))
}

// String returns the PHC form.
func (h hashed) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads,
		b64.EncodeToString(h.salt), b64.EncodeToString(h.derived))
}

// parseHash reads the PHC form. One that this version does not know, or whose cost is beyond reason, is
// shop.Internal: it is our own record.
func parseHash(phc string) (hashed, error) {
	var h hashed
	var version int
	bad := shop.Errorf(shop.Internal, "", "a stored password has no form that this version knows")
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return h, bad
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &h.memory, &h.time, &h.threads); err != nil || version != argon2.Version {
		return h, bad
	}
	var err, keyErr error
	h.salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	h.derived, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	const maxMemory, maxTime, maxThreads, maxBytes = 1 << 20, 10, 16, 64
	if err != nil || keyErr != nil || len(h.salt) < 8 || len(h.salt) > maxBytes || len(h.derived) < 16 || len(h.derived) > maxBytes ||
		h.memory < 8 || h.memory > maxMemory || h.time < 1 || h.time > maxTime || h.threads < 1 || h.threads > maxThreads {
		return h, bad
	}
	return h, nil
}

// hash returns the hash of a password in PHC form. It waits while HashLimit
// others are being made.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	h := hashed{memory: argonMemory, time: argonTime, threads: argonThreads, salt: make([]byte, argonSalt), derived: make([]byte, argonKey)}
	if _, err := rand.Read(h.salt); err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	if err := s.startHashing(ctx); err != nil {
		return "", err
	}
	defer func() { <-s.hashing }()
	h.derived = h.of(password)
	return h.String(), nil
}

// verify reports whether a password has the hash.
func (s *Service) verify(ctx context.Context, password, phc string) (bool, error) {
	h, err := parseHash(phc)
	if err != nil {
		return false, err
	}
	if err := s.startHashing(ctx); err != nil {
		return false, err
	}
	defer func() { <-s.hashing }()
	return subtle.ConstantTimeCompare(h.of(password), h.derived) == 1, nil
}

func (s *Service) startHashing(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &shop.Error{Code: shop.DeadlineExceeded, Message: "too many people sign in at once: try again", Err: ctx.Err()}
	}
}
