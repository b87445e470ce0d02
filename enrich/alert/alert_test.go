package alert_test

import (
	"testing"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/enrich/alert"
	"github.com/wiredesk/wiredesk/enrich/lexicon"
	"github.com/wiredesk/wiredesk/enrich/structure"
)

func TestAlert(t *testing.T) {
	terms, err := alert.Terms()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Standard(terms)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text    string
		urgency int
		signals []string
		want    string
	}{
		{"URGENT - Bridge closed after crash\n\nThe old bridge was closed.", 0, nil, "urgent"},
		{"URGENT Bridge closed after crash", 0, nil, "urgent"},
		{"Breaking News\n\nBridge closed after crash\n\nThe old bridge was closed on Monday.", 0, nil, "bulletin"},
		{"FLASH: Bridge collapses", 0, nil, "flash"},
		{"+++ Eilmeldung +++ Brücke gesperrt", 0, nil, "bulletin"},
		{"عاجل: إغلاق الجسر القديم", 0, nil, "urgent"},
		{"عاجل | إغلاق الجسر القديم", 0, nil, "urgent"},
		{"خبر عاجل\n\nإغلاق الجسر القديم بعد الحادث.", 0, nil, "bulletin"},
		{"Молния. Мост закрыт", 0, nil, "flash"},
		{"СРОЧНО: мост закрыт", 0, nil, "urgent"},
		{"【快讯】大桥关闭", 0, nil, "flash"},
		{"SON DAKİKA! Köprü kapatıldı", 0, nil, "bulletin"},
		{"فوری/ پل قدیمی بسته شد", 0, nil, "urgent"},
		{"Dernière minute : le pont est fermé", 0, nil, "bulletin"},
		{"Urgent action is needed on bridges, says report", 0, nil, ""},
		{"Flash floods hit three towns", 0, nil, ""},
		{"Bridge closed\n\nThe matter is urgent: nobody can cross.", 0, nil, ""},
		{"Bridge closed", 1, nil, "flash"},
		{"Bridge closed", 2, nil, "bulletin"},
		{"Bridge closed", 4, nil, ""},
		{"Bridge closed", 4, []string{"sig:update", "sig:flash"}, "flash"},
	} {
		a := wiredesk.Article{Text: c.text, Signals: c.signals, Item: wiredesk.Item{Urgency: c.urgency}}
		v := lex.Read(a.Text)
		if err := structure.Enrich(t.Context(), v, &a); err != nil {
			t.Fatal(err)
		}
		if err := alert.Enrich(t.Context(), v, &a); err != nil {
			t.Fatal(err)
		}
		v.Release()
		if a.Alert != c.want {
			t.Errorf("%q: alert %q; want %q", c.text, a.Alert, c.want)
		}
	}
}
