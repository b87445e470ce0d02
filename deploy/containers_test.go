package deploy_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// object is a document, or a part of one, of Kubernetes or compose.
type object map[string]any

func documents(t *testing.T, name string) (out []object) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for d := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()); ; {
		var o object
		err := d.Decode(&o)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, o)
	}
}

// at goes down names and list positions; nil where there is nothing.
func (o object) at(path ...any) any {
	var now any = map[string]any(o)
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := now.(map[string]any)
			now = m[s]
		case int:
			l, _ := now.([]any)
			if s >= len(l) {
				return nil
			}
			now = l[s]
		}
	}
	return now
}

// TestCompose: three brokers, two of each worker, all without rights to spare; every variable stands in env.example.
func TestCompose(t *testing.T) {
	c := documents(t, "compose/compose.yaml")[0]
	for _, name := range []string{"wire-1", "wire-2", "wire-3", "ingest", "enrich", "publish", "streams"} {
		if c.at("services", name, "read_only") != true || c.at("services", name, "cap_drop", 0) != "ALL" {
			t.Errorf("%s: may write to its image or has capabilities", name)
		}
	}
	for _, role := range []string{"ingest", "enrich", "publish"} {
		if n := c.at("services", role, "deploy", "replicas"); n != uint64(2) {
			t.Errorf("%v of %s, want two", n, role)
		}
		if user := c.at("services", role, "environment", "WIREDESK_NATS_USER"); user != role {
			t.Errorf("%s is %v on the broker", role, user)
		}
	}
	example, err := os.ReadFile("compose/env.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range variables(t, "compose/compose.yaml", `\$\{(WIRE_\w+)`) {
		if !strings.Contains(string(example), "\n"+name+"=") {
			t.Errorf("env.example does not name %s", name)
		}
	}
	for _, name := range slices.Concat(variables(t, "accounts.conf", `\$(WIRE_\w+)`), variables(t, "cluster/nats.conf", ` \$(WIRE_\w+)`)) {
		if c.at("services", "wire-1", "environment", name) == nil {
			t.Errorf("the brokers' files want %s, and compose does not bring it", name)
		}
	}
}

func variables(t *testing.T, file, pattern string) (out []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		out = append(out, m[1])
	}
	return out
}

// TestKubernetes: each workload has a disruption budget and what the restricted standard asks for, the workers probes.
func TestKubernetes(t *testing.T) {
	for file, kind := range map[string]string{"broker": "StatefulSet", "ingest": "Deployment", "enrich": "Deployment", "publish": "Deployment"} {
		all := documents(t, "kubernetes/"+file+".yaml")
		workload := find(t, all, kind)
		budget := find(t, all, "PodDisruptionBudget")
		if budget.at("spec", "maxUnavailable") != uint64(1) || budget.at("spec", "selector", "matchLabels", "app") != file {
			t.Errorf("%s: the disruption budget is of another: %v", file, budget)
		}
		if workload.at("spec", "template", "metadata", "labels", "app") != file {
			t.Errorf("%s: its pods are labelled otherwise", file)
		}
		pod := func(path ...any) any { return workload.at(append([]any{"spec", "template", "spec"}, path...)...) }
		if pod("securityContext", "runAsNonRoot") != true || pod("containers", 0, "securityContext", "readOnlyRootFilesystem") != true ||
			pod("containers", 0, "securityContext", "allowPrivilegeEscalation") != false || pod("containers", 0, "securityContext", "capabilities", "drop", 0) != "ALL" ||
			pod("securityContext", "seccompProfile", "type") != "RuntimeDefault" || pod("automountServiceAccountToken") != false {
			t.Errorf("%s: not what the restricted standard asks for", file)
		}
		if pod("containers", 0, "livenessProbe") == nil || pod("containers", 0, "readinessProbe") == nil || pod("containers", 0, "resources", "limits", "memory") == nil {
			t.Errorf("%s: no probes, or no limit of memory", file)
		}
	}
}

func find(t *testing.T, all []object, kind string) object {
	t.Helper()
	for _, o := range all {
		if o["kind"] == kind {
			return o
		}
	}
	t.Fatalf("no %s", kind)
	return nil
}

// TestScaling: KEDA looks at consumers that there are.
func TestScaling(t *testing.T) {
	for _, o := range documents(t, "kubernetes/keda/scale.yaml") {
		name, _ := o.at("spec", "triggers", 0, "metadata", "stream").(string)
		consumer := o.at("spec", "triggers", 0, "metadata", "consumer")
		all := stream.Consumers()[name]
		if len(all) == 0 || all[0].Durable != consumer || o.at("spec", "scaleTargetRef", "name") != consumer {
			t.Errorf("scales %v by consumer %v of %s; the line has %v", o.at("spec", "scaleTargetRef", "name"), consumer, name, all)
		}
	}
}
