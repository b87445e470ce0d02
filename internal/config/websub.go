package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// WebSub names the hubs that are told of changed feeds.
type WebSub struct {
	Hubs []string `yaml:"hubs"`
}

// maxHubs bounds how many hubs are told of a change.
const maxHubs = 8

func (k *checker) websub() {
	if k.HTTP.URL = strings.TrimSuffix(k.HTTP.URL, "/"); k.HTTP.URL != "" {
		if u := k.absolute("http.url", k.HTTP.URL); u != nil && u.RawQuery != "" {
			k.fail("http.url", "has a query: write it like https://wire.example.org")
		}
	}
	if len(k.WebSub.Hubs) > maxHubs {
		k.fail("websub.hubs", "%d hubs are too many: use at most %d", len(k.WebSub.Hubs), maxHubs)
	}
	for i, hub := range k.WebSub.Hubs {
		k.absolute(fmt.Sprintf("websub.hubs[%d]", i), hub)
	}
	if len(k.WebSub.Hubs) > 0 && k.HTTP.URL == "" {
		k.warn("websub.hubs", "hubs elsewhere cannot reach feeds at %s: set http.url to the address they can reach", k.HTTP.Listen)
	}
}

// absolute is the address of a web server, or nil where a setting is none.
func (k *checker) absolute(path, address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "" || strings.ContainsAny(address, "<>\" ") {
		k.fail(path, "not an address: write it like https://hub.example/, without a user")
		return nil
	}
	return u
}

// Names are those that clients may call us by, besides addresses and localhost.
func (h HTTP) Names() []string {
	u, err := url.Parse(h.URL)
	if err != nil || u.Hostname() == "" {
		return h.Hosts
	}
	return append(slices.Clip(h.Hosts), u.Hostname())
}
