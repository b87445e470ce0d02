package mail

import (
	"net/mail"
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/draft"
)

// verdict is one check of a mail server, as Authentication-Results (RFC 8601) states it.
var verdict = regexp.MustCompile(`\b(spf|dkim|dmarc|arc)=([a-z]+)`)

// sender keeps who the message says it is from, and what helps to tell whether that is true: the verdicts of the server
// that took it in, which are in the topmost field only, since a forger can write the others, and addresses that do not
// agree with the sender's.
func sender(d *draft.Draft, h header) {
	from, domain := address(h.text("from"))
	if from != "" {
		d.InfoSource("", draft.Coded{Name: from})
	}
	d.Original("from", h.text("from"))
	results := h.get("authentication-results")
	d.Original("authentication", results)
	for _, m := range verdict.FindAllStringSubmatch(strings.ToLower(results), -1) {
		d.Signal("mail:" + m[1] + "=" + m[2])
	}
	if results == "" {
		if spf, _, _ := strings.Cut(h.get("received-spf"), " "); spf != "" {
			d.Signal("mail:spf=" + strings.ToLower(spf))
		}
	}
	for _, name := range []string{"return-path", "reply-to", "sender"} {
		if _, other := address(h.text(name)); other != "" && domain != "" && !related(other, domain) {
			d.Signal("mail:" + name + "-differs")
			d.Original(name, h.text(name))
		}
	}
	if domain != "" && strings.Contains(from, "@") && !strings.Contains(strings.ToLower(from), domain) {
		d.Signal("mail:name-shows-another-address")
	}
}

// address is the name in an address field, or the address where there is no name, and its domain.
func address(value string) (name, domain string) {
	value = strings.TrimSpace(value)
	if value == "" || value == "<>" {
		return "", ""
	}
	at, err := mail.ParseAddress(value)
	if err != nil {
		_, domain, _ = strings.Cut(strings.TrimRight(value, "> "), "@")
		shown, _, _ := strings.Cut(value, "<")
		return strings.Trim(shown, ` "`), strings.ToLower(domain)
	}
	_, domain, _ = strings.Cut(at.Address, "@")
	if at.Name == "" {
		return at.Address, strings.ToLower(domain)
	}
	return at.Name, strings.ToLower(domain)
}

// related says whether two domains are one, or one lies within the other.
func related(a, b string) bool {
	return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
}
