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

// hash returns the argon2id hash of a password in PHC form. It waits while
// HashLimit others are being made.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	if err := s.startHashing(ctx); err != nil {
		return "", err
	}
	defer func() { <-s.hashing }()
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}

// verify reports whether a password has the hash. A hash of another form or
// cost than a sane one is shop.Internal.
func (s *Service) verify(ctx context.Context, password, phc string) (bool, error) {
	var version, memory, time, threads int
	parts := strings.Split(phc, "$")
	bad := shop.Errorf(shop.Internal, "", "a stored password has no form that this version knows")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, bad
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &time, &threads); err != nil || version != argon2.Version {
		return false, bad
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, bad
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) < 16 || memory < 8 || memory > 1<<20 || time < 1 || time > 10 || threads < 1 || threads > 16 {
		return false, bad
	}
	if err := s.startHashing(ctx); err != nil {
		return false, err
	}
	defer func() { <-s.hashing }()
	got := argon2.IDKey([]byte(password), salt, uint32(time), uint32(memory), uint8(threads), uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (s *Service) startHashing(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &shop.Error{Code: shop.DeadlineExceeded, Message: "too many people sign in at once: try again", Err: ctx.Err()}
	}
}
