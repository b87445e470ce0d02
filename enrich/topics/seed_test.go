package topics_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/wiredesk/wiredesk"
)

func TestSeedTopics(t *testing.T) {
	const seed = "../../../shared/seed/sco-summit"
	text, err := os.ReadFile(seed + ".txt")
	if err != nil {
		t.Skip("measurement data ../shared/seed is absent")
	}
	gold, err := os.ReadFile(seed + ".gold.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Topics []struct {
			Code, Name string
			Required   bool
		}
	}
	if err := json.Unmarshal(gold, &want); err != nil {
		t.Fatal(err)
	}
	a := wiredesk.Article{Text: string(text), Item: wiredesk.Item{Language: "en"}}
	enrich(t, newLexicon(t), &a)
	found := map[string]bool{}
	for _, topic := range a.Topics {
		found[topic.Code] = true
		t.Logf("%s %s %.2f, %d spans", topic.Code, topic.Name, topic.Score, len(topic.Evidence))
	}
	for _, w := range want.Topics {
		if w.Required && !found[w.Code] {
			t.Errorf("%s %s is missing", w.Code, w.Name)
		}
	}
}
