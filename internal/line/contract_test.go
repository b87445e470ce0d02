package line_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wiredesk/wiredesk/internal/line"
	"github.com/wiredesk/wiredesk/internal/stream"
	"github.com/wiredesk/wiredesk/publish/contract"
)

// schemas are all schemas of the contract, compiled.
func schemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ids := map[string]string{}
	for _, name := range contract.Names()[2:] {
		raw, _ := contract.Document(name)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = doc.(map[string]any)["$id"].(string)
		if err := c.AddResource(ids[name], doc); err != nil {
			t.Fatal(err)
		}
	}
	out := map[string]*jsonschema.Schema{}
	for name, id := range ids {
		s, err := c.Compile(id)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = s
	}
	return out
}

func keeps(t *testing.T, s *jsonschema.Schema, what string, doc []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err == nil {
		err = s.Validate(v)
	}
	if err != nil {
		t.Errorf("%s: %v in\n%s", what, err, doc)
	}
}

// TestWhatIsSentKeepsTheContract pushes copy of every fate, and holds everything that comes out to the schemas.
func TestWhatIsSentKeepsTheContract(t *testing.T) {
	all := schemas(t)
	r := start(t, settings(t), line.Everything()...)
	send := func(doc string, want int, schema string) {
		t.Helper()
		code, body := post(t, r.at.HTTP+"/v1/push/harbour", doc)
		if code != want {
			t.Fatalf("%d, want %d: %s", code, want, body)
		}
		keeps(t, all[schema], schema, []byte(body))
	}
	send(story, 202, "receipt")
	send(pictured, 202, "receipt")
	send(mill(1, 1, "usable", "LUNDBY (Reuters) - \"The wheel turned,\" the miller Ada Lund said on Monday, according to TASS."), 202, "receipt")
	send(mill(1, 2, "usable", "The wheel turned twice."), 202, "receipt")
	send(mill(1, 3, "canceled", "Kill it."), 202, "receipt")
	send(mill(2, 1, "usable", "The pond froze."), 202, "receipt")
	send(mill(2, 2, "withheld", "The pond froze."), 202, "receipt")
	send(mill(3, 1, "usable", "The pond thawed."), 202, "receipt")
	send(strings.Replace(mill(3, 2, "usable", "The pond thawed."), `"language"`, `"embargoedUntil":"2999-04-07T10:00:00Z","language"`, 1), 202, "receipt")
	send(`{"uri":"urn:mill:9","headlines":`, 422, "problem")
	events := map[string]int{}
	until(t, "everything is out", func() bool {
		events = map[string]int{}
		each(t, r, stream.NEWS, func(m jetstream.RawStreamMsg) {
			if strings.HasPrefix(m.Subject, "news.wire.") {
				events[m.Header.Get(stream.HEvent)]++
			}
		})
		return events["kill"] == 1 && events["withhold"] == 1 && events["embargo"] == 1 && events["new"] >= 2
	})
	each(t, r, stream.NEWS, func(m jetstream.RawStreamMsg) {
		keeps(t, all["article"], m.Subject, m.Data)
		if e := m.Header.Get(stream.HEvent); e == "kill" || e == "withhold" || e == "embargo" {
			keeps(t, all["notice"], "notice on "+m.Subject, m.Data)
		}
		headed(t, "newsHeaders", m)
	})
	each(t, r, stream.ARTICLES, func(m jetstream.RawStreamMsg) {
		if strings.HasPrefix(m.Subject, stream.ArticlePrefix) && len(m.Data) > 0 {
			keeps(t, all["article"], m.Subject, m.Data)
		}
		headed(t, "stageHeaders", m)
	})
	letters := 0
	each(t, r, stream.DEAD, func(m jetstream.RawStreamMsg) {
		letters++
		keeps(t, all["dead-letter"], m.Subject, flat(t, m.Header))
		headed(t, "stageHeaders", m)
	})
	if letters == 0 {
		t.Error("the unreadable document left no dead letter to look at")
	}
	if _, body := get(t, r.at.HTTP+"/v1/stream/wire/harbour?poll=1&from=current&view=row"); !rows(t, all["row"], body) {
		t.Errorf("no rows in %s", body)
	}
}

func rows(t *testing.T, s *jsonschema.Schema, body string) bool {
	t.Helper()
	some := false
	for l := range strings.Lines(body) {
		var line struct{ Row json.RawMessage }
		if err := json.Unmarshal([]byte(l), &line); err == nil && line.Row != nil {
			keeps(t, s, "row", line.Row)
			some = true
		}
	}
	return some
}

// each hands out what a stream holds.
func each(t *testing.T, r *running, name string, see func(jetstream.RawStreamMsg)) {
	t.Helper()
	js, err := jetstream.New(r.Conn())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	s, err := js.Stream(ctx, name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := s.Info(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for seq := info.State.FirstSeq; seq <= info.State.LastSeq; seq++ {
		if m, err := s.GetMsg(ctx, seq); err == nil {
			see(*m)
		}
	}
}

// headed holds our own headers of a message to the AsyncAPI document. The broker's are not looked at.
func headed(t *testing.T, schema string, m jetstream.RawStreamMsg) {
	t.Helper()
	raw, _ := contract.Document("asyncapi")
	var doc struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for name := range m.Header {
		if _, ok := doc.Components.Schemas[schema].Properties[name]; !ok && !strings.HasPrefix(name, "Nats-") {
			t.Errorf("%s has a header %s that asyncapi.json does not name under %s", m.Subject, name, schema)
		}
	}
}

func flat(t *testing.T, h nats.Header) []byte {
	t.Helper()
	one := map[string]string{}
	for name := range h {
		one[name] = h.Get(name)
	}
	doc, err := json.Marshal(one)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestRoutesAreThoseOfTheContract compares what a line answers with its OpenAPI document. The console's pages are no
// contract with programs.
func TestRoutesAreThoseOfTheContract(t *testing.T) {
	r := start(t, settings(t), line.Everything()...)
	raw, _ := contract.Document("openapi")
	var doc struct {
		Paths map[string]map[string]any
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	var said []string
	for path, methods := range doc.Paths {
		for method := range methods {
			said = append(said, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(said)
	var mounted []string
	for _, pattern := range r.Patterns() {
		if !strings.Contains(pattern, " ") {
			pattern = "POST " + pattern // a push, which answers other methods itself
		}
		if !regexp.MustCompile(` /(console|\{\$\}|$)`).MatchString(pattern) {
			mounted = append(mounted, pattern)
		}
	}
	slices.Sort(mounted)
	if fmt.Sprint(said) != fmt.Sprint(mounted) {
		t.Errorf("openapi.json says\n%s\nand the line answers\n%s", strings.Join(said, "\n"), strings.Join(mounted, "\n"))
	}
	for _, name := range contract.Names() {
		path := "/v1/schemas/" + name + ".json"
		if name == "openapi" || name == "asyncapi" {
			path = "/v1/" + name + ".json"
		}
		want, _ := contract.Document(name)
		if code, body := get(t, r.at.HTTP+path); code != http.StatusOK || body != string(want) {
			t.Errorf("%s: %d and %d bytes, want the document", path, code, len(body))
		}
	}
	if code, _ := get(t, r.at.HTTP+"/v1/schemas/..%2Fopenapi.json"); code != http.StatusNotFound {
		t.Errorf("a schema outside the folder: %d, want 404", code)
	}
}

func post(t *testing.T, address, doc string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}
