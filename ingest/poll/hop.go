package poll

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ParseAddress reads the address of a feed: http or https, with a host, without a user in it.
func ParseAddress(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("not an address: write it like https://agency.example/rss.xml")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("the scheme %q is not polled: use https or http", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("an address without a host: write it like https://agency.example/rss.xml")
	case u.User != nil:
		return nil, errors.New("a user or password in the address: put them into poll.headers, as Authorization")
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// redirect is where an answer sends us, and whether for good; nil for an answer that sends us nowhere.
func redirect(from *url.URL, resp *http.Response) (next *url.URL, forGood bool, err error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		forGood = true
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
	default:
		return nil, false, nil
	}
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || resp.Header.Get("Location") == "" {
		return nil, false, fmt.Errorf("the server answered %s without a place to go to", status(resp.StatusCode))
	}
	to.User, to.Fragment, to.RawFragment = nil, "", ""
	switch {
	case to.Scheme != "http" && to.Scheme != "https" || to.Hostname() == "":
		return nil, false, fmt.Errorf("a redirect to scheme %q is not followed", to.Scheme)
	case from.Scheme == "https" && to.Scheme == "http":
		return nil, false, errors.New("a redirect from https to http is not followed: it would open what was closed")
	}
	return to, forGood, nil
}

// own says whether an address is at the configured place: the same host and port, at most with https in place of http.
func own(home, to *url.URL) bool {
	if !strings.EqualFold(home.Hostname(), to.Hostname()) {
		return false
	}
	return home.Scheme == to.Scheme && port(home) == port(to) || home.Scheme == "http" && to.Scheme == "https" && port(home) == "80" && port(to) == "443"
}

func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// shown is an address for people and logs: without user, query and fragment, which may hold keys.
func shown(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}).String()
}

// plainly is an error without the address, which may hold keys; and the deadline's own words where that ended it.
func plainly(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func status(code int) string {
	return strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code))
}
