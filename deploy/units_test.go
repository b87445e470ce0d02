package deploy_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unit is a service file: the values of each setting, in order.
type unit map[string][]string

func readUnit(t *testing.T, name string) unit {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	u := unit{}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' || line[0] == '[' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			t.Errorf("%s:%d: %q is no setting", name, i+1, line)
		}
		u[key] = append(u[key], value)
	}
	return u
}

// TestUnits holds the service files to what they promise: they restart unless that changes nothing, wait for the ready
// line, are watched, hold no capability and no secret.
func TestUnits(t *testing.T) {
	files, err := filepath.Glob("systemd/*.service")
	if err != nil || len(files) != 5 {
		t.Fatalf("%d units, %v; want five", len(files), err)
	}
	for _, name := range files {
		u := readUnit(t, name)
		want := map[string]string{
			"Restart": "always", "DynamicUser": "yes", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict",
			"PrivateDevices": "yes", "MemoryDenyWriteExecute": "yes", "UMask": "0077", "SystemCallArchitectures": "native",
		}
		if strings.Contains(name, "wiredesk") {
			want["Type"], want["WatchdogSec"], want["SuccessExitStatus"], want["RestartPreventExitStatus"] = "notify", "60", "130", "2 3" // usage, configuration
		}
		if strings.Contains(name, "wiredesk.service") {
			want["RestartPreventExitStatus"] = "2 3 6" // and a locked data directory
		}
		for key, value := range want {
			if got := u[key]; len(got) == 0 || got[len(got)-1] != value {
				t.Errorf("%s: %s=%v, want %s", name, key, got, value)
			}
		}
		if !slices.Contains(u["SystemCallFilter"], "@system-service") || len(u["ExecStart"]) != 1 {
			t.Errorf("%s: system calls %v, ExecStart %v", name, u["SystemCallFilter"], u["ExecStart"])
		}
	}
}

// TestUnitsBringTheirCredentials: each worker is its own user on the broker, and has what the shared configuration names.
func TestUnitsBringTheirCredentials(t *testing.T) {
	for _, role := range []string{"ingest", "enrich", "publish"} {
		u := readUnit(t, "systemd/wiredesk-"+role+"@.service")
		for _, want := range []string{"nats-password:/etc/wiredesk/secrets/" + role + "-password", "http-token:/etc/wiredesk/secrets/http-token", "sana-token:/etc/wiredesk/secrets/sana-token"} {
			if !slices.Contains(u["LoadCredential"], want) {
				t.Errorf("%s has no credential %s: %v", role, want, u["LoadCredential"])
			}
		}
		if !slices.Contains(u["Environment"], "WIREDESK_NATS_USER="+role) || !slices.Contains(u["Environment"], "WIREDESK_NATS_PASSWORD_FILE=%d/nats-password") {
			t.Errorf("%s: environment %v", role, u["Environment"])
		}
	}
}
