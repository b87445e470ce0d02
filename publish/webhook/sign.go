package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk"
)

// Secret is one to sign with: whsec_ and the base64 of 24 to 64 bytes. Printed it shows stars. As JSON it is itself,
// which is how it reaches [New].
type Secret string

const (
	prefix   = "whsec_"
	leastKey = 24 // bytes
	mostKey  = 64
)

// UnmarshalText takes the text as it is.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = Secret(text)
	return nil
}

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "*****"
}

// GoString hides the secret.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

const makeOne = "make one with: echo whsec_$(openssl rand -base64 32)"

// keys are those of all secrets. A value or a line may hold several, with white space between.
func (s Settings) keys() ([][]byte, error) {
	setting, words := "secrets", []string{}
	for _, secret := range s.Secrets {
		words = append(words, strings.Fields(string(secret))...)
	}
	if s.SecretsFile != "" {
		setting = "secrets_file"
		if len(words) > 0 {
			return nil, errors.New("secrets_file: given twice, here and as secrets: leave one of them out")
		}
		text, err := os.ReadFile(s.SecretsFile)
		if err != nil {
			return nil, fmt.Errorf("secrets_file: %w", err)
		}
		words = strings.Fields(string(text))
	}
	if len(words) == 0 {
		if len(s.Secrets) > 0 || s.SecretsFile != "" {
			return nil, fmt.Errorf("%s: empty: %s", setting, makeOne)
		}
		return nil, fmt.Errorf("a webhook without a secret, whose receiver could not tell who sends: add secrets_file: …; %s", makeOne)
	}
	keys := make([][]byte, len(words))
	for i, word := range words {
		var err error
		if keys[i], err = key(word); err != nil {
			return nil, fmt.Errorf("%s: secret %d of %d: %w", setting, i+1, len(words), err)
		}
	}
	return keys, nil
}

func key(word string) ([]byte, error) {
	code, ok := strings.CutPrefix(word, prefix)
	if !ok {
		return nil, fmt.Errorf("it does not begin with %s: %s", prefix, makeOne)
	}
	k, err := base64.StdEncoding.DecodeString(code)
	if err != nil {
		return nil, fmt.Errorf("what follows %s is not base64: %s", prefix, makeOne)
	}
	if len(k) < leastKey || len(k) > mostKey {
		return nil, fmt.Errorf("%d bytes, the limits are %d and %d: %s", len(k), leastKey, mostKey, makeOne)
	}
	return k, nil
}

// signatures are those of every key over what is sent, as the header webhook-signature lists them.
func (h *Hook) signatures(id string, at time.Time, doc []byte) string {
	all := make([]string, len(h.keys))
	for i, k := range h.keys {
		mac := hmac.New(sha256.New, k)
		_, _ = fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
		_, _ = mac.Write(doc)
		all[i] = "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	return strings.Join(all, " ")
}

// id names a revision at this output: the same whenever it is sent. A story that begins anew after the line has forgotten
// it has revision 1 again, and another receipt.
func (h *Hook) id(a wiredesk.Article) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{h.output, a.Story, strconv.Itoa(a.Revision), a.Event, a.Receipt}, "\x00")))
	return "msg_" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:15]))
}
