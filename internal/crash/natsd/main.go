// Command natsd is nats-server with a configuration file, on a port and a folder of the test's choice.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: natsd CONFIG PORT FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "natsd:", err)
		os.Exit(1)
	}
}

func run(config, port, folder string) error {
	o, err := server.ProcessConfigFile(config)
	if err != nil {
		return err
	}
	if o.Port, err = strconv.Atoi(port); err != nil {
		return err
	}
	o.StoreDir = folder
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.ConfigureLogger()
	s.Start()
	if !s.ReadyForConnections(20 * time.Second) {
		return fmt.Errorf("not ready within 20 s")
	}
	s.WaitForShutdown()
	return nil
}
